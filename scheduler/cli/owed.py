"""The command that says what is owed."""

from datetime import date
from typing import Any

import click

from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.cli.kit import (
    Day,
    Shell,
    acting,
    as_json,
    chosen_partnership,
    in_language,
    in_partnership,
    pass_shell,
    print_json,
)
from scheduler.cli.words import called, text
from scheduler.dates.written import write_date
from scheduler.meetings.hosting import host_turns
from scheduler.meetings.queries import Owed, owed
from scheduler.obligations.host_turns import HostTurn
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.words import say

ORDER = ("red", "amber", "green", "none")
STYLES: dict[str, dict[str, Any]] = {
    "red": {"fg": "red", "bold": True},
    "amber": {"fg": "yellow", "bold": True},
}


@click.command(name="owed")
@acting
@in_partnership
@click.option("--on", "on", type=Day(), help="The day to judge on; today when left out.")
@in_language
@as_json
@pass_shell
def show_owed(
    shell: Shell, *, named: str | None, partnership: str | None, on: date | None, language: str, as_json: bool
) -> None:
    """Say what each obligation owes, its colour and why: the most pressing first."""
    today = on or clock.now().date()
    with shell.reading(named, Act.READ) as work:
        key = chosen_partnership(work, partnership)
        entries, turns = owed(work, key, today), host_turns(work, key)
        sides = {party.key: party.name for party in find_partnership(work, key).parties}
    asked = {key: turn for key, turn in turns.items() if turn.question}
    if as_json:
        questions = [_question(key, turn) for key, turn in asked.items()]
        print_json({"on": today, "owed": [_structure(entry) for entry in entries], "questions": questions})
        return
    click.echo(text("owed_on", language, day=write_date(today, language)) + "\n")
    if not entries:
        click.echo(
            "This programme promises nothing that recurs."
            if language == "en"
            else "Dit programma belooft niets terugkerends."
        )
    for entry in sorted(entries, key=lambda entry: ORDER.index(entry.duty.colour)):
        _print(entry, language)
    if asked:
        click.echo(text("questions", language))
    for key, turn in asked.items():
        click.echo(f"       {key}  {say(turn.reason, language)}")
        if turn.question and turn.question.next:
            said = turn.question.next_consents[0].party
            values = {"side": say(sides[said], language), "host": say(sides[turn.question.next], language)}
            click.echo(f"       {text('question.answered', language, **values)}")


def _print(entry: Owed, language: str) -> None:
    colour = str(entry.duty.colour)
    width = max(len(text(f"colour.{name}", language)) for name in ORDER)
    sign = click.style(text(f"colour.{colour}", language).ljust(width), **STYLES.get(colour, {}))
    click.echo(f"{sign}  {entry.obligation.key}  {say(entry.obligation.title, language)}")
    for reason in entry.duty.reasons:
        click.echo(f"       {say(reason, language)}")
    assumed = sorted(field for field, basis in entry.obligation.basis.items() if basis == "assumed")
    if assumed:
        names = ", ".join(called(field, language) for field in assumed)
        click.echo(f"       {text('assumed_values', language)}: {names}")
    click.echo()


def _question(key: str, turn: HostTurn) -> dict[str, Any]:
    asked = turn.question
    return {
        "obligation": key,
        "meeting": asked.meeting if asked else None,
        "question": turn.reason,
        "next": asked.next if asked else None,
        "answered_by": [consent.party for consent in asked.next_consents] if asked else [],
    }


def _structure(entry: Owed) -> dict[str, Any]:
    duty, obligation = entry.duty, entry.obligation
    return {
        "obligation": obligation.key,
        "title": obligation.title,
        "kind": obligation.kind,
        "level": obligation.level,
        "cadence": {
            "stated": obligation.cadence_stated,
            "rule": obligation.cadence.rule,
            "times": obligation.cadence.times,
            "years": obligation.cadence.years,
            "months": obligation.cadence.months,
            "set_by": obligation.cadence.set_by,
        },
        "colour": duty.colour,
        "due": duty.due,
        "save_the_date": duty.save_the_date,
        "red_after": duty.red_after,
        "last_held": duty.last_held,
        "agreed_for": duty.agreed_for,
        "next_meeting": entry.next_meeting.uid if entry.next_meeting else None,
        "reasons": duty.reasons,
        "basis": obligation.basis,
    }
