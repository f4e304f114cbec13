"""Options as rows: what a choice says, what stands, what a side answered, and whose consent a meeting therefore holds.

The craft of ``actions``, which decides what becomes of a meeting; nothing here checks or changes its state.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select

from scheduler.dates.slots import Slot
from scheduler.dates.written import write_date
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.meetings.choices import Choice
from scheduler.meetings.queries import slot_of
from scheduler.meetings.rules import FURTHEST, MOST_OPTIONS, Answer, OptionState
from scheduler.meetings.tables import Meeting, MeetingConsent, MeetingOption, OptionAnswer
from scheduler.words import Words


def shown(meeting: Meeting) -> Choice:
    """Return what a meeting shows; raise ``Conflict`` for one that never had a date."""
    if meeting.first_day is None:
        raise Conflict(
            {"en": "the meeting has no date", "nl": "de bijeenkomst heeft geen datum"},
            remedy={"en": "move it to one", "nl": "verplaats haar naar een datum"},
        )
    return Choice(slot_of(meeting, meeting.first_day), meeting.host, meeting.place)


def as_choice(option: MeetingOption) -> Choice:
    """Return what an option offers."""
    return Choice(slot_of(option, option.first_day), option.host, option.place)


def slot_columns(slot: Slot) -> dict[str, Any]:
    """Return a slot as the columns of a meeting or an option."""
    return {
        "first_day": slot.first_day,
        "last_day": slot.last_day,
        "start_time": f"{slot.start:%H:%M}" if slot.start else None,
        "end_time": f"{slot.end:%H:%M}" if slot.end else None,
        "zone": slot.zone,
    }


def columns(choice: Choice) -> dict[str, Any]:
    """Return a choice as the columns of a meeting or an option."""
    return {**slot_columns(choice.slot), "host": choice.host, "place": choice.place}


def differing(meeting: Meeting, choice: Choice) -> frozenset[str]:
    """Return the columns that would change if a meeting showed a choice."""
    wanted = columns(choice)
    return frozenset(column for column in wanted if wanted[column] != getattr(meeting, column))


def set_date(meeting: Meeting, choice: Choice) -> None:
    """Let the columns of a meeting say a choice."""
    for column, value in columns(choice).items():
        setattr(meeting, column, value)


def refuse_unfit(work: Work, choices: Sequence[Choice], standing: Sequence[Choice] = ()) -> None:
    """Refuse what cannot be offered beside what stands: too many, the same twice, a day in the past or out of reach."""
    together = [*standing, *choices]
    if len(together) > MOST_OPTIONS:
        raise BadInput(
            {
                "en": f"{len(together)} options are too many",
                "nl": f"{len(together)} opties is te veel",
            },
            place="day",
            remedy={
                "en": f"offer at most {MOST_OPTIONS} at a time",
                "nl": f"leg er hoogstens {MOST_OPTIONS} tegelijk voor",
            },
        )
    for number, choice in enumerate(together):
        if choice in together[:number]:
            message = _of_day(
                choice.slot.first_day, "{day} is offered twice", "{day} is twee keer voorgelegd"
            )
            remedy = {"en": "offer different days", "nl": "leg verschillende dagen voor"}
            raise BadInput(message, place="day", remedy=remedy)
    for choice in choices:
        _refuse_out_of_reach(choice.slot, work.now.astimezone(ZoneInfo(choice.slot.zone)).date())


def standing_options(work: Work, meeting: Meeting) -> list[MeetingOption]:
    """Return the options that can be accepted; asked only while the row of the meeting is held."""
    of_meeting = (MeetingOption.meeting_id == meeting.id, MeetingOption.state == OptionState.STANDING)
    return list(work.session.scalars(select(MeetingOption).where(*of_meeting).order_by(MeetingOption.number)))


def numbered(options: Iterable[MeetingOption], number: int) -> MeetingOption:
    """Return an option by its number; raise ``Conflict`` for one that was taken back meanwhile, or never was."""
    by_number = {option.number: option for option in options}
    if number not in by_number:
        on_offer = ", ".join(str(known) for known in by_number)
        raise Conflict(
            {"en": f"option {number} is not on offer", "nl": f"optie {number} ligt niet voor"},
            remedy={"en": f"on offer: {on_offer}", "nl": f"wat voorligt: {on_offer}"},
        )
    return by_number[number]


def add_option(work: Work, meeting: Meeting, choice: Choice) -> MeetingOption:
    """Offer a choice, which the acting side thereby accepts."""
    known = select(func.max(MeetingOption.number)).where(MeetingOption.meeting_id == meeting.id)
    option = MeetingOption(
        partnership=meeting.partnership,
        layer=JOINT,
        meeting_id=meeting.id,
        number=(work.session.scalar(known) or 0) + 1,
        state=OptionState.STANDING,
        offered_by=work.actor.side,
        **columns(choice),
    )
    work.session.add(option)
    work.session.flush()
    give_answer(work, option, Answer.ACCEPTED)
    return option


def give_answer(work: Work, option: MeetingOption, answer: Answer) -> None:
    """Record what the acting side answers; the same answer again changes nothing of who gave it and when."""
    known = work.session.scalars(
        select(OptionAnswer).where(OptionAnswer.option_id == option.id, OptionAnswer.party == work.actor.side)
    ).one_or_none()
    if known is None:
        known = OptionAnswer(option_id=option.id, party=work.actor.side)
        work.session.add(known)
    elif known.answer == answer:
        return
    known.answer, known.name, known.at = answer, work.actor.name, work.now
    work.session.flush()


def acceptances(work: Work, option: MeetingOption) -> Sequence[OptionAnswer]:
    """Return who accepted an option, the first first."""
    accepted = (OptionAnswer.option_id == option.id, OptionAnswer.answer == Answer.ACCEPTED)
    return work.session.scalars(
        select(OptionAnswer).where(*accepted).order_by(OptionAnswer.at, OptionAnswer.id)
    ).all()


def set_consents(work: Work, meeting: Meeting, option: MeetingOption | None) -> None:
    """Let the consents to the date of a meeting be those who accepted an option; without one, nobody consents."""
    work.session.execute(delete(MeetingConsent).where(MeetingConsent.meeting_id == meeting.id))
    for entry in acceptances(work, option) if option else ():
        consent = MeetingConsent(meeting_id=meeting.id, party=entry.party, name=entry.name, at=entry.at)
        work.session.add(consent)


def close_options(work: Work, meeting: Meeting) -> None:
    """Let no option of a meeting stand any longer, nor the one it had taken."""
    for option in work.session.scalars(
        select(MeetingOption).where(
            MeetingOption.meeting_id == meeting.id,
            MeetingOption.state.in_((OptionState.STANDING, OptionState.TAKEN)),
        )
    ):
        option.state = OptionState.CLOSED


def _refuse_out_of_reach(slot: Slot, today: date) -> None:
    """Refuse a slot that begins before ``today``, or ends farther ahead than a round can be."""
    day, furthest = slot.first_day, today + FURTHEST
    if day < today:
        raise BadInput(
            _of_day(day, "{day} lies in the past", "{day} ligt in het verleden"),
            place="day",
            remedy=_of_day(today, "choose a day from {day} on", "kies een dag vanaf {day}"),
        )
    if slot.last_day > furthest:
        raise BadInput(
            _of_day(day, "{day} is too far ahead", "{day} ligt te ver vooruit"),
            place="day",
            remedy=_of_day(furthest, "choose a day until {day}", "kies een dag tot en met {day}"),
        )


def _of_day(day: date, english: str, dutch: str) -> Words:
    """Return a sentence with a day, written out in each language."""
    sentences = {"en": english, "nl": dutch}
    return {code: sentence.format(day=write_date(day, code)) for code, sentence in sentences.items()}
