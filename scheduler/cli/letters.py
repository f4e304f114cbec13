"""Commands about letters and their fate, and the ones that send them: a tick by hand, and a process that only ticks."""

import signal
import sys
from typing import Any

import click

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
    print_table,
)
from scheduler.db import schema
from scheduler.outbox import actions
from scheduler.outbox.queries import LetterFacts, letter, letters
from scheduler.outbox.rules import STATE_WORDS, LetterState
from scheduler.words import say


@click.group(name="letters")
def letters_group() -> None:
    """Letters of your side: what was written, and what became of it."""


@letters_group.command(name="list")
@acting
@in_partnership
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([str(state) for state in LetterState]),
    help="Only letters in this state; may be given several times.",
)
@in_language
@as_json
@pass_shell
def list_letters(
    shell: Shell,
    *,
    named: str | None,
    partnership: str | None,
    states: tuple[str, ...],
    language: str,
    as_json: bool,
) -> None:
    """List the letters to your side's posts, newest first."""
    wanted = tuple(LetterState(state) for state in states) or tuple(LetterState)
    with shell.reading(named, Act.LETTERS_READ) as work:
        found = letters(work, chosen_partnership(work, partnership), states=wanted)
    if as_json:
        print_json([_structure(entry) for entry in found])
        return
    rows = [
        (
            f"{entry.enqueued_at:%Y-%m-%d %H:%M}",
            say(STATE_WORDS[entry.state], language),
            entry.post,
            entry.subject,
            entry.key,
        )
        for entry in found
    ]
    print_table(("WRITTEN (UTC)", "STATE", "POST", "SUBJECT", "KEY"), rows)


@letters_group.command(name="show")
@click.argument("key", metavar="LETTER")
@acting
@as_json
@pass_shell
def show_letter(shell: Shell, *, key: str, named: str | None, as_json: bool) -> None:
    """Show one letter: its fate, and the message as it goes over the line."""
    with shell.reading(named, Act.LETTERS_READ) as work:
        entry, content = letter(work, key)
    message = content.decode("ascii")
    if as_json:
        print_json({**_structure(entry), "message": message})
        return
    for name, value in _structure(entry).items():
        click.echo(f"{name:<12} {'' if value is None else value}")
    click.echo()
    click.echo(message)


@letters_group.command(name="resend")
@click.argument("key", metavar="LETTER")
@click.option("--why", required=True, help="The reason, for the record.")
@acting
@pass_shell
def resend(shell: Shell, *, key: str, why: str, named: str | None) -> None:
    """Send a letter again: the same message under the same name; marked where it may have arrived before."""
    with shell.work(named, Act.LETTERS_CHANGE) as work:
        actions.resend(work, key, why)
    click.echo(f"{key} waits to be sent again.")


@letters_group.command(name="drop")
@click.argument("key", metavar="LETTER")
@click.option("--why", required=True, help="The reason, for the record.")
@acting
@pass_shell
def drop(shell: Shell, *, key: str, why: str, named: str | None) -> None:
    """Drop a letter that has not gone."""
    with shell.work(named, Act.LETTERS_CHANGE) as work:
        actions.drop(work, key, why)
    click.echo(f"{key} is dropped.")


@click.command(name="tick")
@pass_shell
def tick_once(shell: Shell) -> None:
    """Do once everything that is due now: write reminders, send letters, search for plans. For cron."""
    schema.require_current(shell.engine)
    click.echo(shell.tick(shell.settings, shell.engine))


@click.command(name="worker")
@pass_shell
def work(shell: Shell) -> None:
    """Tick every TICK_SECONDS and search for plans until told to end; any number of these may run."""
    schema.require_current(shell.engine)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    shell.keep_ticking(shell.settings, shell.engine)


def _structure(entry: LetterFacts) -> dict[str, Any]:
    return {
        "key": entry.key,
        "partnership": entry.partnership,
        "post": entry.post,
        "address": entry.address,
        "subject": entry.subject,
        "state": str(entry.state),
        "attempts": entry.attempts,
        "not_before": entry.not_before,
        "last_error": entry.last_error,
        "enqueued_at": entry.enqueued_at,
        "sent_at": entry.sent_at,
        "message_id": entry.message_id,
    }
