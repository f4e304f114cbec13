"""Briefing packs by mail."""

from dataclasses import replace
from typing import Any

import click

from agendas.cli.agenda_kit import MARKING, marking_of
from agendas.distribution.actions import send_pack
from agendas.distribution.queries import PackFacts, pack_of
from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.cli.kit import (
    Shell,
    acting,
    as_json,
    chosen_partnership,
    in_partnership,
    pass_shell,
    print_json,
    print_table,
)
from scheduler.db.work import Work
from scheduler.meetings.queries import find_meeting
from scheduler.outbox.mailers import letterhead


@click.group(name="pack")
def pack_group() -> None:
    """Briefing packs: of one side, for its own posts."""


@pack_group.command(name="send")
@click.argument("reference", metavar="MEETING")
@MARKING
@acting
@in_partnership
@pass_shell
def send(shell: Shell, *, reference: str, marking: str, named: str | None, partnership: str | None) -> None:
    """Send the pack of MEETING to the posts at the table and to private offices, each version once."""
    with shell.work(named, Act.EDIT_AGENDA) as work:
        uid = _uid(work, partnership, reference)
        borne = marking_of(shell, work, partnership, marking)
        under = replace(letterhead(shell.settings), marking=borne)
        posts = send_pack(work, uid, under, shell.settings.agenda_templates)
        nobody = pack_of(work, uid).without_mailbox
    click.echo(f"The pack goes to {', '.join(posts)}.")
    for post in nobody:
        click.echo(f"{post.reference} has no mailbox, so it gets none.")


@pack_group.command(name="show")
@click.argument("reference", metavar="MEETING")
@acting
@in_partnership
@as_json
@pass_shell
def show(shell: Shell, *, reference: str, named: str | None, partnership: str | None, as_json: bool) -> None:
    """Show who reads the pack of MEETING, and which version of it they have."""
    with shell.reading(named, Act.DRAFT) as work:
        found = pack_of(work, _uid(work, partnership, reference))
    if as_json:
        print_json(_plain(found))
        return
    rows = []
    for post in found.readers:
        had = [entry for entry in found.sent if entry.post == post.reference]
        newest = had[-1] if had else None
        state = "up to date" if post not in found.outstanding else "not sent yet"
        rows.append(
            (post.reference, newest and newest.edition, newest and f"{newest.at:%Y-%m-%d %H:%M}", state)
        )
    click.echo(f"The pack of today is {found.edition}.")
    print_table(("post", "has", "since (UTC)", "state"), rows)


def _uid(work: Work, partnership: str | None, reference: str) -> str:
    key = chosen_partnership(work, partnership)
    return find_meeting(work, key, reference, clock.now().date()).uid


def _plain(found: PackFacts) -> dict[str, Any]:
    return {
        "edition": found.edition,
        "readers": [post.reference for post in found.readers],
        "outstanding": [post.reference for post in found.outstanding],
        "without_mailbox": [post.reference for post in found.without_mailbox],
        "sent": [
            {"edition": one.edition, "post": one.post, "letter": one.letter, "at": one.at, "name": one.name}
            for one in found.sent
        ],
    }
