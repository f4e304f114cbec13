"""Commands about posts: who holds them from when until when, as mailbox and language; who is new and not yet told."""

from collections.abc import Iterable
from datetime import datetime
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
from scheduler.invitations.telling.queries import Newcomer, newcomers
from scheduler.partnerships.holders.actions import Term, record_told, remove_holder, set_holder
from scheduler.partnerships.holders.queries import holders
from scheduler.partnerships.holders.rules import Holder
from scheduler.partnerships.queries import PostFacts, posts
from scheduler.words import LANGUAGES, say

DAY = click.DateTime(["%Y-%m-%d"])


@click.group(name="posts")
def posts_group() -> None:
    """Posts of your side: who holds them from when until when, never by name."""


@posts_group.command(name="list")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_posts(
    shell: Shell, *, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """List the posts of your side with today's mailbox, and everybody who ever held them."""
    with shell.reading(named, Act.READ) as work:
        key = chosen_partnership(work, partnership)
        own = [entry for entry in posts(work, key) if entry.party == work.actor.side]
        known = holders(work, key)
    if as_json:
        print_json([_post(entry, known.get(entry.reference, ())) for entry in own])
        return
    print_table(
        ("POST", "TITLE", "MAILBOX TODAY", "HOLDERS"),
        [
            (
                entry.reference,
                say(entry.title, language),
                entry.mailbox,
                ", ".join(f"{term.first}–{term.last or ''}" for term in known.get(entry.reference, ())),
            )
            for entry in own
        ],
    )


@posts_group.command(name="set-holder")
@click.argument("post")
@click.option("--from", "first", type=DAY, required=True, help="The first day in the post.")
@click.option("--until", "last", type=DAY, help="The last day in the post; open when left out.")
@click.option("--mailbox", default="", help="Where the letters are read; that of the post when left out.")
@click.option(
    "--written-in", type=click.Choice(LANGUAGES), help="Language of the letters, if not your side's."
)
@acting
@in_partnership
@pass_shell
def set_(
    shell: Shell,
    *,
    post: str,
    first: datetime,
    last: datetime | None,
    mailbox: str,
    written_in: str | None,
    named: str | None,
    partnership: str | None,
) -> None:
    """Say who holds a POST of your side from a day on; said again of the same day, it replaces what was said."""
    term = Term(
        first=first.date(), last=last.date() if last else None, mailbox=mailbox, language=written_in or ""
    )
    with shell.work(named, Act.DELEGATE) as work:
        set_holder(work, chosen_partnership(work, partnership), post, term)
    click.echo("Done. Whoever is invited at another address now hears of it with the next tick.")


@posts_group.command(name="remove-holder")
@click.argument("post")
@click.option("--from", "first", type=DAY, required=True, help="The first day of what was said.")
@acting
@in_partnership
@pass_shell
def remove(shell: Shell, *, post: str, first: datetime, named: str | None, partnership: str | None) -> None:
    """Take back what your side said of a POST from a day on; letters and answers stay on record."""
    with shell.work(named, Act.DELEGATE) as work:
        remove_holder(work, chosen_partnership(work, partnership), post, first.date())
    click.echo("Done.")


@posts_group.command(name="newcomers")
@click.option("--all", "with_told", is_flag=True, help="Also those who were told.")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_newcomers(
    shell: Shell,
    *,
    with_told: bool,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """List the posts of your side that changed hands, with the meetings to come that the newcomer must know of."""
    with shell.reading(named, Act.READ) as work:
        key = chosen_partnership(work, partnership)
        found = [entry for entry in newcomers(work, key) if with_told or entry.waits]
    if as_json:
        print_json([_structure(entry) for entry in found])
        return
    print_table(
        ("POST", "SINCE", "TOLD BY", "MEETINGS TO COME"),
        [
            (
                entry.handover.holder.post,
                entry.handover.holder.first,
                entry.handover.told_by,
                "; ".join(
                    f"{say(one.meeting.title, language)}, {one.meeting.day}" for one in entry.expected_at
                ),
            )
            for entry in found
        ],
    )


@posts_group.command(name="told")
@click.argument("post")
@acting
@in_partnership
@pass_shell
def told(shell: Shell, *, post: str, named: str | None, partnership: str | None) -> None:
    """Say that whoever took over a POST was told what is to come."""
    with shell.work(named, Act.DELEGATE) as work:
        record_told(work, chosen_partnership(work, partnership), post)
    click.echo("Done.")


def _post(entry: PostFacts, terms: Iterable[Holder]) -> dict[str, Any]:
    return {
        "post": entry.reference,
        "mailbox": entry.mailbox,
        "language": entry.language,
        "holders": [
            {
                "from": term.first,
                "until": term.last,
                "mailbox": term.mailbox,
                "language": term.language,
                "joint": term.is_joint,
            }
            for term in terms
        ],
    }


def _structure(entry: Newcomer) -> dict[str, Any]:
    return {
        "post": entry.handover.holder.post,
        "since": entry.handover.holder.first,
        "told_at": entry.handover.told_at,
        "told_by": entry.handover.told_by,
        "meetings": [one.meeting.uid for one in entry.expected_at],
    }
