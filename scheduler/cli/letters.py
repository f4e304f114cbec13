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
from scheduler.db.work import Work
from scheduler.invitations.queries import fates, invitation
from scheduler.outbox import actions
from scheduler.outbox.queries import LetterFacts, first_to_act_on, letter, letters
from scheduler.outbox.rules import STATE_WORDS, TWICE, LetterState
from scheduler.reminders.queries import ledger
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
@click.option("--meeting", "uid", metavar="UID", help="Only letters about this meeting.")
@click.option("--post", metavar="POST", help="Only letters to this post of your side.")
@in_language
@as_json
@pass_shell
def list_letters(
    shell: Shell,
    *,
    named: str | None,
    partnership: str | None,
    states: tuple[str, ...],
    uid: str | None,
    post: str | None,
    language: str,
    as_json: bool,
) -> None:
    """List the letters to your side's posts: those that need a person first, otherwise the newest first."""
    wanted = tuple(LetterState(state) for state in states) or tuple(LetterState)
    with shell.reading(named, Act.LETTERS_READ) as work:
        chosen = chosen_partnership(work, partnership)
        keys = _about(work, uid) if uid else None
        reference = f"{work.actor.side}/{post}" if post and "/" not in post else post
        found = first_to_act_on(letters(work, chosen, states=wanted, keys=keys, post=reference))
    if as_json:
        print_json([_structure(entry) for entry in found])
        return
    rows = [
        (f"{entry.enqueued_at:%Y-%m-%d %H:%M}", _fate(entry, language), entry.post, entry.subject, entry.key)
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
        click.echo(f"{name:<18} {'' if value is None else value}")
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


def _about(work: Work, uid: str) -> set[str]:
    """Return the keys of the letters about a meeting: invitations, and reminders, also those within a digest."""
    found = invitation(work, uid)
    reminded = ledger(work, found.meeting.partnership)
    return set(fates(work, found)) | {
        entry.letter for entry in reminded if entry.subject == uid and entry.letter
    }


def _fate(entry: LetterFacts, language: str) -> str:
    state = say(STATE_WORDS[entry.state], language)
    return f"{state} ({say(TWICE, language)})" if entry.is_possible_duplicate else state


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
        "expires_at": entry.expires_at,
        "sent_at": entry.sent_at,
        "possible_duplicate": entry.is_possible_duplicate,
        "message_id": entry.message_id,
    }
