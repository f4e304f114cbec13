"""How a round looks on the command line: as JSON, as a row, in words, and after something was done to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import click

from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.cli.kit import Shell, chosen_partnership
from scheduler.cli.words import called, text
from scheduler.dates.slots import Slot
from scheduler.dates.written import write_day
from scheduler.db.work import Work
from scheduler.meetings.queries import AnswerFacts, MeetingFacts, OptionFacts, find_meeting, meeting
from scheduler.meetings.rules import COMING, OPTION_WORDS, STATE_WORDS, Answer, State
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.planning.queries import closed_on
from scheduler.planning.refusals import Refusal
from scheduler.words import say

ASSUMED = "assumed"
OPTIONS = {"en": "Options", "nl": "Opties"}
ACCEPTED = {"en": "accepted by {party}", "nl": "aanvaard door {party}"}
REFUSED = {"en": "refused by {party}", "nl": "afgewezen door {party}"}
AGAINST = {
    "en": "against it, by your own books: {reason}",
    "nl": "ertegen, volgens uw eigen gegevens: {reason}",
}


def structure(
    entry: MeetingFacts, objections: Mapping[int, Iterable[Refusal]], agreed_by: Iterable[AnswerFacts] = ()
) -> dict[str, Any]:
    """Return a meeting as JSON shows it; its number in the database is nobody's business."""
    return {
        "uid": entry.uid,
        "obligation": entry.obligation,
        "duties": list(entry.duties),
        "title": entry.title,
        "number": entry.number,
        "state": str(entry.state),
        "level": entry.level,
        **_when(entry.slot),
        "zone": entry.zone,
        "host": entry.host,
        "place": entry.place,
        "layer": entry.layer or "joint",
        "consents": list(entry.consents),
        "agreed_by": [_answer(answer) for answer in agreed_by],
        "options": [
            {
                "option": option.number,
                "state": str(option.state),
                **_when(option.slot),
                "zone": option.slot.zone,
                "host": option.host,
                "place": option.place,
                "offered_by": option.offered_by,
                "answers": [_answer(answer) for answer in option.answers],
                "against": [
                    {"rule": refusal.rule, "reason": refusal.reason}
                    for refusal in objections.get(option.number, ())
                ],
            }
            for option in entry.options
        ],
        "sequence": entry.sequence,
        "basis": entry.basis,
    }


def row(entry: MeetingFacts, language: str) -> tuple[object, ...]:
    """Return a meeting as a row of a list shows it."""
    slot = entry.slot
    when = f"{slot.start:%H:%M}" if slot and slot.start else text("all_day", language) if slot else ""
    return (
        _day(entry) or text("no_date", language),
        f"{when}{_mark(entry, 'start_time', 'duration')}" if when else "",
        entry.obligation,
        say(STATE_WORDS[entry.state], language),
        f"{entry.host}{_mark(entry, 'host')}" if entry.host else "",
        say(entry.title, language),
        entry.uid,
    )


def described(
    entry: MeetingFacts, agreed_by: Iterable[AnswerFacts], language: str
) -> Iterator[tuple[str, str]]:
    """Yield what a person wants to know of a round: label and value."""
    yield called("title", language), say(entry.title, language)
    yield called("duties", language), ", ".join(entry.duties)
    yield called("state", language), say(STATE_WORDS[entry.state], language)
    yield (
        called("layer", language),
        text("only", language, side=entry.layer) if entry.layer else text("joint", language),
    )
    if entry.slot and entry.state is not State.WANTED:
        yield from _days(entry, entry.slot, language)
    if entry.host:
        yield called("host", language), entry.host + _mark(entry, "host")
    if entry.place:
        yield called("place", language), say(entry.place, language) + _mark(entry, "place")
    if entry.number:
        yield called("number", language), str(entry.number)
    for number, answer in enumerate(agreed_by):
        yield "" if number else called("consents", language), _who_and_when(answer.party, answer)
    yield called("uid", language), entry.uid
    if ASSUMED in entry.basis.values():
        yield "", text("legend", language)


def option_lines(
    entry: MeetingFacts, objections: Mapping[int, Iterable[Refusal]], language: str
) -> Iterator[str]:
    """Yield what was offered and answered, and what speaks against each option by the reader's own books."""
    if entry.options:
        yield f"\n{say(OPTIONS, language)}"
    for option in entry.options:
        yield f"  {option.number}  {_option(option, language)} – {say(OPTION_WORDS[option.state], language)}"
        for answer in option.answers:
            words = ACCEPTED if answer.answer is Answer.ACCEPTED else REFUSED
            what = say(words, language).format(party=answer.party)
            yield f"     {_who_and_when(what, answer)}"
        for refusal in objections.get(option.number, ()):
            yield f"     {say(AGAINST, language).format(reason=say(refusal.reason, language))}"


def change_round(
    shell: Shell,
    reference: str,
    named: str | None,
    partnership: str | None,
    act: Act,
    change: Callable[[Work, str], None],
) -> None:
    """Do one thing to the round that ``reference`` names, and print how it then stands."""
    with shell.work(named, act) as work:
        found = find_meeting(work, chosen_partnership(work, partnership), reference, clock.now().date())
        change(work, found.uid)
    print_state(shell, named, found.uid)


def print_state(shell: Shell, named: str | None, uid: str) -> None:
    """Print how a round stands, and what closes the days that it may take."""
    with shell.reading(named, Act.READ) as work:
        entry = meeting(work, uid)
        facts = find_partnership(work, entry.partnership)
        slots = [option.slot for option in entry.on_offer] or (
            [entry.slot] if entry.slot and entry.state in COMING else []
        )
        closed = [found for slot in slots for found in closed_on(work, facts, slot, entry.level)]
    click.echo(
        f"{entry.obligation} on {_day(entry) or text('no_date', 'en')}: {say(STATE_WORDS[entry.state], 'en')}."
    )
    if len(entry.on_offer) > 1:
        for option in entry.on_offer:
            click.echo(f"  {option.number}  {_option(option, 'en')}")
    for day, closing in closed:
        why = say(closing.title, "en")
        click.echo(text("closed", "en", day=write_day(day, "en"), party=closing.party, why=why))


def _when(slot: Slot | None) -> dict[str, Any]:
    return {
        "first_day": slot.first_day if slot else None,
        "last_day": slot.last_day if slot else None,
        "start": slot.start if slot else None,
        "end": slot.end if slot else None,
        "starts_at": slot.starts_at_utc if slot else None,
    }


def _answer(answer: AnswerFacts) -> dict[str, Any]:
    return {"party": answer.party, "answer": str(answer.answer), "name": answer.name, "at": answer.at}


def _day(entry: MeetingFacts) -> date | None:
    """Return the day of a round; one that is wanted again keeps its old day for calendars alone."""
    return None if entry.state is State.WANTED else entry.day


def _days(entry: MeetingFacts, slot: Slot, language: str) -> Iterator[tuple[str, str]]:
    yield called("first_day", language), write_day(slot.first_day, language)
    if slot.last_day != slot.first_day:
        yield called("last_day", language), write_day(slot.last_day, language)
    yield called("times", language), _hours(slot, language) + _mark(entry, "start_time", "duration")


def _hours(slot: Slot, language: str) -> str:
    if slot.start and slot.end:
        return f"{slot.start:%H:%M}–{slot.end:%H:%M} {slot.zone}"
    return text("all_day", language)


def _option(option: OptionFacts, language: str) -> str:
    days = dict.fromkeys((option.slot.first_day, option.slot.last_day))
    parts = [" – ".join(write_day(day, language) for day in days), _hours(option.slot, language)]
    parts += [option.host] if option.host else []
    return ", ".join([*parts, say(option.place, language)] if option.place else parts)


def _who_and_when(what: str, answer: AnswerFacts) -> str:
    return f"{what}: {answer.name}, {answer.at:%Y-%m-%d %H:%M} UTC"


def _mark(entry: MeetingFacts, *fields: str) -> str:
    return "†" if any(entry.basis.get(field) == ASSUMED for field in fields) else ""
