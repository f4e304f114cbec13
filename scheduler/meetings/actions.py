"""Changing meetings: plan, offer, accept, refuse, withdraw, move, postpone, cancel, record as held, note.

Every act checks the state table, raises the revision, and leaves an audit entry in the meeting's layer. A plan of one
side becomes joint only when it is offered; its count of revisions then starts anew, so that nothing tells how
often the side changed its mind.

An offer is one to three options, and offering is the offering side's own acceptance of each. The meeting itself shows
the first option that stands; the option that every side accepted becomes its date.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from scheduler.audit.actions import record
from scheduler.dates.slots import Slot
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotAllowed, NotFound
from scheduler.meetings import queries
from scheduler.meetings.choices import Choice
from scheduler.meetings.options import (
    acceptances,
    add_option,
    as_choice,
    close_options,
    differing,
    give_answer,
    numbered,
    refuse_unfit,
    set_consents,
    set_date,
    shown,
    slot_columns,
    standing_options,
)
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.rules import (
    COMING,
    KNOWN_TO_BOTH,
    STATE_WORDS,
    Answer,
    OptionState,
    State,
    cannot_become,
    is_material,
    letters_about,
    may_become,
)
from scheduler.meetings.tables import Meeting, MeetingDuty, MeetingNote, MeetingOption
from scheduler.obligations.actions import consent_to_hand_over, offer_hand_over
from scheduler.obligations.queries import ObligationFacts, obligation
from scheduler.outbox.actions import hold_back
from scheduler.partnerships.queries import partnership
from scheduler.tokens import new_identifier
from scheduler.typed import require_readable
from scheduler.words import Words

LONGEST_NOTE = 10_000
"""Characters of a note: several pages, and no file."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round to be put on the calendar; ``duties`` are the obligations that it discharges, its own first."""

    duties: tuple[ObligationFacts, ...]
    slot: Slot
    host: str | None
    place: Words | None
    basis: dict[str, Any]
    number: int | None = None


def plan_round(work: Work, round_: Round) -> str:
    """Put a round on the calendar of the acting side alone, as ``planned``; return its UID."""
    own = round_.duties[0]
    meeting = Meeting(
        partnership=own.partnership,
        layer=work.actor.side,
        uid=new_identifier(),
        number=round_.number,
        state=State.PLANNED,
        level=own.effective_level,
        host=round_.host,
        place=round_.place,
        sequence=0,
        revision=1,
        created_at=work.now,
        changed_at=work.now,
        basis=round_.basis,
        **slot_columns(round_.slot),
    )
    work.session.add(meeting)
    work.session.flush()
    for position, duty in enumerate(round_.duties):
        work.session.add(MeetingDuty(meeting_id=meeting.id, obligation_id=duty.id, position=position))
    _audit(work, meeting, "planned", day=str(round_.slot.first_day))
    return meeting.uid


def offer(work: Work, uid: str, further: Sequence[Choice] = ()) -> None:
    """Lay options before the other side: of a planned round its own date first, then ``further`` ones.

    To what is on offer already ``further`` options are added; a round without a date is offered anew on the first of
    them. Raise ``BadInput`` for a day in the past, for the same option twice, and for more than three; ``Conflict``
    where the state allows no offer.
    """
    meeting = _find(work, uid)
    before = State(meeting.state)
    _require(meeting, State.OFFERED)
    if before is State.AGREED or not (further or before is State.PLANNED):
        raise Conflict(
            {
                "en": f"both sides know this meeting: it is {before}",
                "nl": f"beide zijden kennen deze bijeenkomst: haar stand is “{STATE_WORDS[before]['nl']}”",
            },
            remedy={
                "en": "move it to offer another date",
                "nl": "verplaats haar om een andere datum voor te leggen",
            },
        )
    choices = [*([shown(meeting)] if before is State.PLANNED else []), *further]
    refuse_unfit(work, choices, [as_choice(option) for option in standing_options(work, meeting)])
    if before is State.PLANNED:
        meeting.layer = JOINT
        meeting.state = State.OFFERED
        meeting.sequence, meeting.revision = 0, 1
        meeting.created_at = meeting.changed_at = work.now
        if not offer_hand_over(work, uid, meeting.host, choices[0].slot.first_day.year):
            say_whose(work, uid, {"host": _promised_host(work, uid)})
    options = [add_option(work, meeting, choice) for choice in choices]
    if before is State.PLANNED:
        set_consents(work, meeting, options[0])
    elif before is not State.OFFERED:
        _show(work, meeting, options[0], State.OFFERED)
    _audit(work, meeting, "offered", days=[str(choice.slot.first_day) for choice in choices])


def agree(work: Work, uid: str) -> None:
    """Accept the one option on offer; raise ``Conflict`` where there are several, or none."""
    meeting = _find(work, uid)
    options = _on_offer(work, meeting)
    if len(options) > 1:
        raise Conflict(
            {"en": f"{len(options)} options are on offer", "nl": f"er liggen {len(options)} opties voor"},
            remedy={"en": "accept one of them by its number", "nl": "aanvaard er één, met haar nummer"},
        )
    _accept(work, meeting, options[0])


def accept(work: Work, uid: str, number: int) -> None:
    """Accept an option; with every side's acceptance it becomes the date, and the other options are closed."""
    meeting = _find(work, uid)
    _accept(work, meeting, numbered(_on_offer(work, meeting), number))


def refuse(work: Work, uid: str, number: int | None = None, reason: str = "") -> None:
    """Refuse one option, or all that others offered; where none is left standing, the round wants a date again.

    ``reason`` becomes a note of the refusing side alone. Raise ``Conflict`` where there is nothing to refuse.
    """
    meeting = _find(work, uid)
    options = _on_offer(work, meeting)
    chosen = [option for option in options if option.offered_by != work.actor.side]
    if number is not None:
        chosen = [numbered(options, number)]
    if not chosen or chosen[0].offered_by == work.actor.side:
        raise Conflict(
            {"en": "your own side offered this date", "nl": "uw eigen zijde legde deze datum voor"},
            remedy={"en": "withdraw it", "nl": "trek hem in"},
        )
    if reason.strip():
        _note(work, meeting, reason, chosen[0] if len(chosen) == 1 else None)
    for option in chosen:
        give_answer(work, option, Answer.REFUSED)
    _take_back(work, meeting, chosen, OptionState.REFUSED)
    _audit(work, meeting, "refused", options=[option.number for option in chosen], state=meeting.state)


def withdraw(work: Work, uid: str, number: int | None = None) -> None:
    """Take back one option that the acting side offered, or all; raise ``Conflict`` where there is none."""
    meeting = _find(work, uid)
    options = _on_offer(work, meeting)
    chosen = [option for option in options if option.offered_by == work.actor.side]
    if number is not None:
        chosen = [numbered(options, number)]
    if not chosen or chosen[0].offered_by != work.actor.side:
        raise Conflict(
            {"en": "another side offered this date", "nl": "een andere zijde legde deze datum voor"},
            remedy={"en": "refuse it", "nl": "wijs hem af"},
        )
    _take_back(work, meeting, chosen, OptionState.WITHDRAWN)
    _audit(work, meeting, "withdrew", options=[option.number for option in chosen], state=meeting.state)


def hold(work: Work, uid: str) -> MeetingFacts:
    """Return a meeting that nobody else can change until the work ends, for an act that follows from what it reads."""
    _find(work, uid)
    return queries.meeting(work, uid)


def say_whose(work: Work, uid: str, basis: Mapping[str, str | None]) -> None:
    """Say whose values of a meeting are, where people set what was assumed; part of an act that sets them.

    ``None`` leaves nothing to say of a value.
    """
    meeting = _find(work, uid)
    meeting.basis = {field: whose for field, whose in {**meeting.basis, **basis}.items() if whose}


def move(work: Work, uid: str, slot: Slot, *, host: str | None = None, place: Words | None = None) -> None:
    """Give a meeting another slot, host or place; one that both sides know is thereby offered anew, and nothing else.

    Nothing happens where nothing would change, so that calendars are not told of a move that is none.
    """
    meeting = _find(work, uid)
    choice = Choice(slot, host or meeting.host, place or meeting.place)
    changed = differing(meeting, choice)
    if not changed and meeting.state in COMING:
        return
    if meeting.state == State.PLANNED:
        refuse_unfit(work, [choice])
        set_date(meeting, choice)
        _change(work, meeting, State.PLANNED, changed)
    else:
        _require(meeting, State.OFFERED)
        refuse_unfit(work, [choice])
        close_options(work, meeting)
        _show(work, meeting, add_option(work, meeting, choice), State.OFFERED)
    _audit(work, meeting, "moved", changed=sorted(changed))


def postpone(work: Work, uid: str) -> None:
    """Take the date away without a new one; the duty is open again."""
    meeting = _find(work, uid)
    _change(work, meeting, State.POSTPONED)
    close_options(work, meeting)
    _audit(work, meeting, "postponed")


def cancel(work: Work, uid: str) -> None:
    """Cancel a meeting; it stays visible as cancelled, and its duty is open again."""
    meeting = _find(work, uid)
    _change(work, meeting, State.CANCELLED)
    close_options(work, meeting)
    _audit(work, meeting, "cancelled")


def record_held(work: Work, uid: str, today: date) -> None:
    """Record that an agreed meeting took place; this alone discharges its duties."""
    meeting = _find(work, uid)
    if meeting.first_day is None or meeting.first_day > today:
        raise BadInput(
            {"en": "the meeting lies in the future", "nl": "de bijeenkomst moet nog komen"},
            place="meeting",
            remedy={"en": "record it once it was held", "nl": "leg haar vast zodra zij is gehouden"},
        )
    _change(work, meeting, State.HELD)
    _audit(work, meeting, "held", day=str(meeting.first_day))


def write_note(work: Work, uid: str, text: str) -> None:
    """Write a note on a meeting, for the acting side's eyes alone."""
    if not text.strip():
        raise BadInput(
            {"en": "the note is empty", "nl": "de notitie is leeg"},
            place="text",
            remedy={"en": "write what should be remembered", "nl": "schrijf op wat onthouden moet worden"},
        )
    _note(work, _find(work, uid), text, None)


def _promised_host(work: Work, uid: str) -> str | None:
    """Return whose word the host of a round is that nobody has handed over."""
    found = queries.meeting(work, uid)
    return obligation(work, found.partnership, found.obligation).basis.get("host")


def _find(work: Work, uid: str) -> Meeting:
    if work.actor.is_operator:
        raise NotAllowed(
            {"en": "the operator changes no meetings", "nl": "de beheerder wijzigt geen bijeenkomsten"},
            remedy={"en": "act as a side with --as", "nl": "handel namens een zijde met --as"},
        )
    # The row is held until the work ends, or two sides that act at once would each miss what the other did.
    found = work.session.scalars(select(Meeting).where(Meeting.uid == uid).with_for_update()).one_or_none()
    if found is None:
        raise NotFound(f"there is no meeting {uid!r}", remedy="`dialogues meetings list` shows them")
    return found


def _require(meeting: Meeting, following: State) -> None:
    current = State(meeting.state)
    if not may_become(current, following):
        raise Conflict(cannot_become(current, following))


def _change(work: Work, meeting: Meeting, state: State, changed: frozenset[str] = frozenset()) -> None:
    before = State(meeting.state)
    _require(meeting, state)
    meeting.state = state
    meeting.revision += 1
    if state in KNOWN_TO_BOTH and is_material(changed, before, state):
        meeting.sequence += 1
        hold_back(work, letters_about(meeting.uid, "REQUEST"))
    # DTSTAMP is the tie-breaker between two versions of one SEQUENCE, so it must rise even within one second.
    meeting.changed_at = max(work.now, meeting.changed_at + timedelta(seconds=1))


def _on_offer(work: Work, meeting: Meeting) -> list[MeetingOption]:
    if meeting.state != State.OFFERED:
        raise Conflict(
            {
                "en": f"the meeting is {meeting.state}, not offered",
                "nl": f"de stand van de bijeenkomst is “{STATE_WORDS[State(meeting.state)]['nl']}”",
            },
            remedy={
                "en": "only an offered date can be answered",
                "nl": "alleen op een voorgelegde datum kan worden geantwoord",
            },
        )
    return standing_options(work, meeting)


def _accept(work: Work, meeting: Meeting, option: MeetingOption) -> None:
    give_answer(work, option, Answer.ACCEPTED)
    consent_to_hand_over(work, meeting.uid, option.host)
    accepted = {entry.party for entry in acceptances(work, option)}
    if accepted >= {party.key for party in partnership(work, meeting.partnership).parties}:
        close_options(work, meeting)
        option.state = OptionState.TAKEN
        _show(work, meeting, option, State.AGREED)
    elif not differing(meeting, as_choice(option)):
        set_consents(work, meeting, option)
    _audit(work, meeting, "consented", state=meeting.state, option=option.number)


def _take_back(work: Work, meeting: Meeting, chosen: Iterable[MeetingOption], becomes: OptionState) -> None:
    """Let options stand no longer; the meeting then shows the first that is left, or wants a date again."""
    for option in chosen:
        option.state = becomes
    left = standing_options(work, meeting)
    if not left:
        set_consents(work, meeting, None)
        _change(work, meeting, State.WANTED)
    elif differing(meeting, as_choice(left[0])):
        _show(work, meeting, left[0], State.OFFERED)


def _show(work: Work, meeting: Meeting, option: MeetingOption, state: State) -> None:
    """Let a meeting show an option as its date, with the consents of those who accepted it."""
    choice = as_choice(option)
    changed = differing(meeting, choice)
    set_date(meeting, choice)
    _change(work, meeting, state, changed)
    set_consents(work, meeting, option)


def _note(work: Work, meeting: Meeting, text: str, option: MeetingOption | None) -> None:
    require_readable(text, "text", LONGEST_NOTE)
    work.session.add(
        MeetingNote(
            partnership=meeting.partnership,
            layer=work.actor.side,
            meeting_id=meeting.id,
            option_id=option.id if option else None,
            at=work.now,
            name=work.actor.name,
            text=text.strip(),
        )
    )
    record(work, meeting.partnership, "noted", f"meeting/{meeting.uid}", layer=work.actor.side)


def _audit(work: Work, meeting: Meeting, act: str, **detail: Any) -> None:
    record(work, meeting.partnership, act, f"meeting/{meeting.uid}", layer=meeting.layer, **detail)
