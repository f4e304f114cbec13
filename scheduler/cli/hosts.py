"""Commands about hosts: whose turn it is, handing a round over, and who hosts next because of it."""

from typing import Any

import click

from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.cli.kit import (
    Shell,
    acting,
    as_json,
    chosen_partnership,
    in_language,
    in_partnership,
    pass_shell,
    print_json,
)
from scheduler.cli.obligations import consent_structure, reader_of
from scheduler.cli.words import text
from scheduler.meetings.hosting import host_turns, swap_host
from scheduler.meetings.queries import find_meeting, meeting
from scheduler.meetings.rules import STATE_WORDS
from scheduler.obligations.actions import agree_hand_over, answer_next_host
from scheduler.obligations.host_turns import HostSwapFacts, HostTurn
from scheduler.obligations.queries import host_ledger
from scheduler.obligations.records import Reader, of_answer, of_hand_over
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.words import say


@click.group(name="hosts")
def hosts_group() -> None:
    """Who hosts: turns, and rounds handed over."""


@hosts_group.command(name="swap")
@click.argument("reference", metavar="MEETING")
@click.option("--to", "host", metavar="SIDE", required=True, help="Side that hosts the round now.")
@click.option("--reason", default="", help="Why, for both sides to read; nothing when left out.")
@acting
@in_partnership
@pass_shell
def swap(
    shell: Shell, *, reference: str, host: str, reason: str, named: str | None, partnership: str | None
) -> None:
    """Hand a round to another host: its capital, on its clocks at the same hour; the other side is asked anew."""
    today = clock.now().date()
    with shell.work(named, Act.HAND_OVER) as work:
        found = find_meeting(work, chosen_partnership(work, partnership), reference, today)
        swap_host(work, found.uid, host, reason=reason)
        changed = meeting(work, found.uid)
    place, state = say(changed.place or {}, "en"), say(STATE_WORDS[changed.state], "en")
    click.echo(f"{changed.obligation} on {changed.day}: {host} hosts, in {place} ({changed.zone}); {state}.")


@hosts_group.command(name="agree")
@click.argument("reference", metavar="MEETING")
@acting
@in_partnership
@pass_shell
def agree(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Agree to the host of a round that was handed over; to agree to its date does this too."""
    today = clock.now().date()
    with shell.work(named, Act.HAND_OVER) as work:
        found = find_meeting(work, chosen_partnership(work, partnership), reference, today)
        agree_hand_over(work, found.uid)
    click.echo(f"Agreed that {found.host} hosts {found.obligation} on {found.day}.")


@hosts_group.command(name="answer")
@click.argument("reference", metavar="MEETING")
@click.option(
    "--next", "host", metavar="SIDE", required=True, help="Side that hosts the round after this one."
)
@acting
@in_partnership
@pass_shell
def answer(shell: Shell, *, reference: str, host: str, named: str | None, partnership: str | None) -> None:
    """Say who hosts next because a round was handed over; it is settled once every side says the same."""
    today = clock.now().date()
    with shell.work(named, Act.HAND_OVER) as work:
        key = chosen_partnership(work, partnership)
        found = find_meeting(work, key, reference, today)
        answer_next_host(work, found.uid, host)
        line = next(
            line for line in host_ledger(work, key) if line.meeting == found.uid and not line.withdrawn_at
        )
    settled = "settled" if line.next_agreed_at else "it waits for the other side"
    click.echo(f"{host} hosts {found.obligation} after {line.year}: {settled}.")


@hosts_group.command(name="list")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_hosts(
    shell: Shell, *, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """Say whose turn each dialogue is and why, and list the rounds that were handed over."""
    with shell.reading(named, Act.READ) as work:
        key = chosen_partnership(work, partnership)
        facts, reader = find_partnership(work, key), reader_of(work, key)
        turns, ledger = host_turns(work, key), host_ledger(work, key)
    if as_json:
        print_json(
            {
                "turns": {entry: _turn_structure(turn) for entry, turn in turns.items()},
                "ledger": [_line_structure(line) for line in ledger],
            }
        )
        return
    for entry, turn in turns.items():
        whose = say(facts.party(turn.host).name, language) if turn.host else text("turn.nobody", language)
        click.echo(f"{entry}  {whose}: {say(turn.reason, language)}")
    click.echo("\n" + text("ledger", language))
    for line in ledger:
        _print_line(line, facts, reader, language)
    if not ledger:
        click.echo(text("ledger.empty", language))


def _print_line(line: HostSwapFacts, facts: PartnershipFacts, reader: Reader, language: str) -> None:
    names = {party.key: say(party.name, language) for party in facts.parties}
    said = text("ledger.line", language, year=line.year, host=names[line.host], turn=names[line.turn])
    click.echo(f"{line.obligation}  {said}")
    click.echo(f"       {say(of_hand_over(line, reader), language)}")
    if line.reason:
        click.echo(f"       “{line.reason}”")
    if line.next:
        answered = text("ledger.next", language, host=names[line.next])
        click.echo(f"       {answered}: {say(of_answer(line, reader), language)}")
    elif line.is_open:
        click.echo(f"       {text('ledger.asked', language)}")


def _turn_structure(turn: HostTurn) -> dict[str, Any]:
    return {
        "host": turn.host,
        "since": turn.since,
        "reason": turn.reason,
        "debts": [{"party": debt.party, "meeting": debt.swap.meeting} for debt in turn.debts],
        "question": turn.question.meeting if turn.question else None,
    }


def _line_structure(line: HostSwapFacts) -> dict[str, Any]:
    return {
        "obligation": line.obligation,
        "meeting": line.meeting,
        "layer": line.layer or "joint",
        "year": line.year,
        "turn": line.turn,
        "host": line.host,
        "reason": line.reason,
        "consents": [consent_structure(consent) for consent in line.consents],
        "agreed_at": line.agreed_at,
        "withdrawn_at": line.withdrawn_at,
        "next": line.next,
        "next_consents": [consent_structure(consent) for consent in line.next_consents],
        "next_agreed_at": line.next_agreed_at,
    }
