"""Commands about rounds: list, show, offer, agree, move, postpone, cancel, record as held, note."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import click

from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.cli.kit import (
    Clock,
    Day,
    Shell,
    acting,
    as_json,
    chosen_partnership,
    in_language,
    in_partnership,
    pass_shell,
    print_json,
    print_table,
)
from scheduler.cli.words import called, text
from scheduler.dates.slots import Slot, all_day_slot, timed_slot
from scheduler.dates.written import write_day
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.meetings import actions
from scheduler.meetings.queries import MeetingFacts, find_meeting, meeting, meetings
from scheduler.meetings.rules import COMING, STATE_WORDS
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.planning.queries import closed_on
from scheduler.words import say

HEADS = ("day", "time", "round", "state", "host", "title", "uid")
ASSUMED = "assumed"


@click.group(name="meetings")
def meetings_group() -> None:
    """Rounds: what stands on the calendar, and what happens to it."""


@meetings_group.command(name="list")
@acting
@in_partnership
@click.option("--from", "first", type=Day(), help="First day; today when left out.")
@click.option("--to", "last", type=Day(), help="Last day; no end when left out.")
@in_language
@as_json
@pass_shell
def list_meetings(
    shell: Shell,
    *,
    named: str | None,
    partnership: str | None,
    first: date | None,
    last: date | None,
    language: str,
    as_json: bool,
) -> None:
    """List the rounds that the side may see."""
    with shell.reading(named, Act.READ) as work:
        found = meetings(
            work, chosen_partnership(work, partnership), first=first or clock.now().date(), last=last
        )
    if as_json:
        print_json([structure(entry) for entry in found])
        return
    print_table(
        [text(f"head.{head}", language) for head in HEADS], [_row(entry, language) for entry in found]
    )
    if any(ASSUMED in entry.basis.values() for entry in found):
        click.echo(text("legend", language))


@meetings_group.command(name="show")
@click.argument("reference", metavar="MEETING")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def show_meeting(
    shell: Shell, *, reference: str, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """Show one round: MEETING is a UID, an obligation such as JS-R05 (its next round), or JS-R05/2027."""
    with shell.reading(named, Act.READ) as work:
        found = find_meeting(work, chosen_partnership(work, partnership), reference, clock.now().date())
    if as_json:
        print_json(structure(found))
        return
    for label, value in _described(found, language):
        click.echo(f"{label:<16} {value}")


def _add_act(name: str, act: Act, change: Callable[[Work, str], None], meaning: str) -> None:
    """Add a command that does one thing to the round it names."""

    @meetings_group.command(name=name, help=meaning)
    @click.argument("reference", metavar="MEETING")
    @acting
    @in_partnership
    @pass_shell
    def do(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
        _change(shell, reference, named, partnership, act, change)


for added in (
    (
        "offer",
        Act.OFFER,
        actions.offer,
        "Show a planned round to the other side; this is your own side's consent to its date.",
    ),
    (
        "agree",
        Act.AGREE,
        actions.agree,
        "Consent to an offered date; with every side's consent the meeting is agreed.",
    ),
    ("cancel", Act.CANCEL, actions.cancel, "Cancel a round; its duty is open again."),
    (
        "postpone",
        Act.POSTPONE,
        actions.postpone,
        "Take the date of a round away without giving it a new one.",
    ),
    (
        "held",
        Act.RECORD,
        lambda work, uid: actions.record_held(work, uid, work.now.date()),
        "Record that an agreed round took place; only this discharges its duties.",
    ),
):
    _add_act(*added)


@meetings_group.command(name="move")
@click.argument("reference", metavar="MEETING")
@click.option("--to", "day", type=Day(), required=True, help="New first day.")
@click.option("--at", "start", type=Clock(), metavar="HH:MM", help="New start; the old one when left out.")
@acting
@in_partnership
@pass_shell
def move(
    shell: Shell, *, reference: str, day: date, start: time | None, named: str | None, partnership: str | None
) -> None:
    """Move a round to another day; one that both sides know is thereby offered anew."""
    today = clock.now().date()
    with shell.work(named, Act.MOVE) as work:
        found = find_meeting(work, chosen_partnership(work, partnership), reference, today)
        actions.move(work, found.uid, _moved(found, day, start))
    _print_state(shell, named, found.uid)


@meetings_group.command(name="note")
@click.argument("reference", metavar="MEETING")
@click.argument("text")
@acting
@in_partnership
@pass_shell
def note(shell: Shell, *, reference: str, text: str, named: str | None, partnership: str | None) -> None:
    """Write a note on a round, for your own side's eyes alone."""
    _change(
        shell, reference, named, partnership, Act.NOTE, lambda work, uid: actions.write_note(work, uid, text)
    )


def structure(entry: MeetingFacts) -> dict[str, Any]:
    """Return a meeting as JSON shows it; its number in the database is nobody's business."""
    slot = entry.slot
    return {
        "uid": entry.uid,
        "obligation": entry.obligation,
        "duties": list(entry.duties),
        "title": entry.title,
        "number": entry.number,
        "state": str(entry.state),
        "level": entry.level,
        "first_day": slot.first_day if slot else None,
        "last_day": slot.last_day if slot else None,
        "start": slot.start if slot else None,
        "end": slot.end if slot else None,
        "zone": entry.zone,
        "starts_at": slot.starts_at_utc if slot else None,
        "host": entry.host,
        "place": entry.place,
        "layer": entry.layer or "joint",
        "consents": list(entry.consents),
        "sequence": entry.sequence,
        "basis": entry.basis,
    }


def _change(
    shell: Shell,
    reference: str,
    named: str | None,
    partnership: str | None,
    act: Act,
    change: Callable[[Work, str], None],
) -> None:
    with shell.work(named, act) as work:
        found = find_meeting(work, chosen_partnership(work, partnership), reference, clock.now().date())
        change(work, found.uid)
    _print_state(shell, named, found.uid)


def _print_state(shell: Shell, named: str | None, uid: str) -> None:
    with shell.reading(named, Act.READ) as work:
        entry = meeting(work, uid)
        facts = find_partnership(work, entry.partnership)
        closed = (
            closed_on(work, facts, entry.slot, entry.level) if entry.slot and entry.state in COMING else []
        )
    click.echo(f"{entry.obligation} on {entry.day or 'no date'}: {say(STATE_WORDS[entry.state], 'en')}.")
    for day, row in closed:
        click.echo(text("closed", "en", day=write_day(day, "en"), party=row.party, why=say(row.title, "en")))


def _moved(entry: MeetingFacts, day: date, start: time | None) -> Slot:
    slot = entry.slot
    if slot is None or slot.start is None or slot.end is None:
        if start:
            raise BadInput("the round lasts whole days", place="--at", remedy="leave --at out")
        length = (slot.last_day - slot.first_day) if slot else timedelta()
        return all_day_slot(day, day + length, entry.zone)
    begins = start or slot.start
    lasts = datetime.combine(slot.last_day, slot.end) - datetime.combine(slot.first_day, slot.start)
    ends = datetime.combine(day, begins) + lasts
    return timed_slot(day, begins, ends.time(), entry.zone, last_day=ends.date())


def _described(entry: MeetingFacts, language: str) -> Iterator[tuple[str, str]]:
    """Yield what a person wants to know of a round: label and value."""
    slot = entry.slot
    yield called("title", language), say(entry.title, language)
    yield called("duties", language), ", ".join(entry.duties)
    yield called("state", language), say(STATE_WORDS[entry.state], language)
    yield (
        called("layer", language),
        text("only", language, side=entry.layer) if entry.layer else text("joint", language),
    )
    if slot:
        yield called("first_day", language), write_day(slot.first_day, language)
        if slot.last_day != slot.first_day:
            yield called("last_day", language), write_day(slot.last_day, language)
        hours = (
            f"{slot.start:%H:%M}–{slot.end:%H:%M} {slot.zone}"
            if slot.start and slot.end
            else text("all_day", language)
        )
        yield called("times", language), hours + _mark(entry, "start_time", "duration")
    if entry.host:
        yield called("host", language), entry.host + _mark(entry, "host")
    if entry.place:
        yield called("place", language), say(entry.place, language) + _mark(entry, "place")
    if entry.number:
        yield called("number", language), str(entry.number)
    if entry.consents:
        yield called("consents", language), ", ".join(entry.consents)
    yield called("uid", language), entry.uid
    if ASSUMED in entry.basis.values():
        yield "", text("legend", language)


def _row(entry: MeetingFacts, language: str) -> tuple[object, ...]:
    slot = entry.slot
    when = f"{slot.start:%H:%M}" if slot and slot.start else text("all_day", language) if slot else ""
    return (
        entry.day or text("no_date", language),
        f"{when}{_mark(entry, 'start_time', 'duration')}" if when else "",
        entry.obligation,
        say(STATE_WORDS[entry.state], language),
        f"{entry.host}{_mark(entry, 'host')}" if entry.host else "",
        say(entry.title, language),
        entry.uid,
    )


def _mark(entry: MeetingFacts, *fields: str) -> str:
    return "†" if any(entry.basis.get(field) == ASSUMED for field in fields) else ""
