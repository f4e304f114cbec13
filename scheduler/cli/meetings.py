"""Commands about rounds: list, show, offer and answer, move, postpone, cancel, record as held, note."""

from collections.abc import Callable
from datetime import date, time

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
from scheduler.cli.offers import accept, offer, refuse, withdraw
from scheduler.cli.rounds import (
    ASSUMED,
    change_round,
    described,
    option_lines,
    print_state,
    row,
    structure,
)
from scheduler.cli.words import text
from scheduler.db.work import Work
from scheduler.invitations.actions import call_off
from scheduler.meetings import actions
from scheduler.meetings.choices import moved
from scheduler.meetings.queries import consents, find_meeting, meetings
from scheduler.meetings.rules import State
from scheduler.planning.objections import objections

HEADS = ("day", "time", "round", "state", "host", "title", "uid")


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
        print_json([structure(entry, {}) for entry in found])
        return
    print_table([text(f"head.{head}", language) for head in HEADS], [row(entry, language) for entry in found])
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
        spoken_against = objections(work, found)
        agreed_by = consents(work, found.id)
    if as_json:
        print_json(structure(found, spoken_against, agreed_by))
        return
    for label, value in described(found, agreed_by, language):
        click.echo(f"{label:<16} {value}")
    for line in option_lines(found, spoken_against, language):
        click.echo(line)


def _add_act(name: str, act: Act, change: Callable[[Work, str], None], meaning: str) -> None:
    """Add a command that does one thing to the round it names."""

    @meetings_group.command(name=name, help=meaning)
    @click.argument("reference", metavar="MEETING")
    @acting
    @in_partnership
    @pass_shell
    def do(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
        change_round(shell, reference, named, partnership, act, change)


for answering in (offer, accept, refuse, withdraw):
    meetings_group.add_command(answering)

for added in (
    (
        "agree",
        Act.AGREE,
        actions.agree,
        "Consent to the one date on offer; with every side's consent the meeting is agreed.",
    ),
    (
        "held",
        Act.RECORD,
        lambda work, uid: actions.record_held(work, uid, work.now.date()),
        "Record that an agreed round took place; only this discharges its duties.",
    ),
):
    _add_act(*added)


def _add_call_off(name: str, act: Act, state: State, meaning: str) -> None:
    """Add a command that takes the date of a round away, with a word to whoever was invited."""

    @meetings_group.command(name=name, help=meaning)
    @click.argument("reference", metavar="MEETING")
    @click.option("--tell", default="", help="A word to everybody who was invited, on both sides.")
    @acting
    @in_partnership
    @pass_shell
    def do(shell: Shell, *, reference: str, tell: str, named: str | None, partnership: str | None) -> None:
        change_round(
            shell, reference, named, partnership, act, lambda work, uid: call_off(work, uid, state, tell)
        )


_add_call_off("cancel", Act.CANCEL, State.CANCELLED, "Cancel a round; its duty is open again.")
_add_call_off(
    "postpone", Act.POSTPONE, State.POSTPONED, "Take the date of a round away without giving it a new one."
)


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
        actions.move(work, found.uid, moved(found.slot, day, start, found.zone))
    print_state(shell, named, found.uid)


@meetings_group.command(name="note")
@click.argument("reference", metavar="MEETING")
@click.argument("text")
@acting
@in_partnership
@pass_shell
def note(shell: Shell, *, reference: str, text: str, named: str | None, partnership: str | None) -> None:
    """Write a note on a round, for your own side's eyes alone."""
    change_round(
        shell, reference, named, partnership, Act.NOTE, lambda work, uid: actions.write_note(work, uid, text)
    )
