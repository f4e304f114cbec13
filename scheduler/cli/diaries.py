"""Commands about diaries: give a post its diary from a file or an address, read it again, see how it stands."""

from collections.abc import Iterator
from pathlib import Path
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
    print_table,
)
from scheduler.diaries.actions import keep_file, read_file, remove, set_address
from scheduler.diaries.queries import PostDiary, diaries, diary, own_post
from scheduler.diaries.reasons import ASSUMED_WORDS, FAILURE_WORDS, SKIP_WORDS, write_age
from scheduler.diaries.refreshing import asking, refresh
from scheduler.diaries.rules import SHOWN_AHEAD
from scheduler.errors import BadInput, Unavailable
from scheduler.ical.scanning import LARGEST
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.words import FALLBACK, say

FROM_STANDARD_INPUT = "-"


@click.group(name="diaries")
def diaries_group() -> None:
    """Diaries of your side's posts: only when they are busy is kept, and only your side's plans use it."""


@diaries_group.command(name="list")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_diaries(
    shell: Shell, *, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """List the posts of your side with their diaries: when each was read, and what went wrong."""
    with shell.reading(named, Act.DIARIES_READ) as work:
        found = diaries(work, chosen_partnership(work, partnership))
    if as_json:
        print_json([_structure(entry) for entry in found])
        return
    heads = ("POST", "FROM", "READ", "DAYS TAKEN", "LEFT OUT", "LAST FAILURE")
    print_table(heads, [_row(entry, language) for entry in found])


@diaries_group.command(name="show")
@click.argument("post")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def show(
    shell: Shell, *, post: str, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """Show how the diary of POST stands: how old it is, what it holds, and what was left out and why."""
    with shell.reading(named, Act.DIARIES_READ) as work:
        found = diary(work, chosen_partnership(work, partnership), post)
    if as_json:
        print_json(_structure(found))
        return
    for line in _told(found, language):
        click.echo(line)


@diaries_group.command(name="add")
@click.argument("post")
@click.option(
    "--file",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Calendar file (.ics), as Outlook, Google or Apple export it.",
)
@click.option(
    "--address", metavar="URL", help="Address of a calendar, read again and again; - asks for it unseen."
)
@acting
@in_partnership
@pass_shell
def add(
    shell: Shell,
    *,
    post: str,
    file: Path | None,
    address: str | None,
    named: str | None,
    partnership: str | None,
) -> None:
    """Give POST its diary, in the place of any other: from a file, or from an address that is read at once."""
    if (file is None) == (address is None):
        raise BadInput(
            "says not where the diary comes from", place="add", remedy="--file FILE or --address URL"
        )
    if file is not None:
        _add_file(shell, post, file, named, partnership)
    else:
        _add_address(shell, post, address or "", named, partnership)


@diaries_group.command(name="refresh")
@click.argument("post")
@acting
@in_partnership
@pass_shell
def refresh_now(shell: Shell, *, post: str, named: str | None, partnership: str | None) -> None:
    """Read the address of POST now, and not only when it is due."""
    with shell.reading(named, Act.DIARIES_CHANGE) as work:
        key = chosen_partnership(work, partnership)
        reference = own_post(work, key, post).reference
    _refresh(shell, named, key, reference)


@diaries_group.command(name="remove")
@click.argument("post")
@acting
@in_partnership
@pass_shell
def take_away(shell: Shell, *, post: str, named: str | None, partnership: str | None) -> None:
    """Take the diary of POST away, with all its busy times."""
    with shell.work(named, Act.DIARIES_CHANGE) as work:
        remove(work, chosen_partnership(work, partnership), post)
    click.echo(f"{post} has no diary any more.")


def _add_file(shell: Shell, post: str, file: Path, named: str | None, partnership: str | None) -> None:
    if file.stat().st_size > LARGEST:
        raise BadInput("is too large", place=str(file), remedy=f"at most {LARGEST // 1_000_000} MB are read")
    with shell.reading(named, Act.DIARIES_CHANGE) as work:
        key = chosen_partnership(work, partnership)
        reference = own_post(work, key, post).reference
        zone = find_partnership(work, key).party(work.actor.side).zone
        now = work.now
    good = read_file(file.read_bytes(), zone, now)
    with shell.work(named, Act.DIARIES_CHANGE) as work:
        keep_file(work, key, reference, good)
    _say_read(shell, named, key, reference)


def _add_address(shell: Shell, post: str, address: str, named: str | None, partnership: str | None) -> None:
    if address == FROM_STANDARD_INPUT:
        address = click.prompt("Address", hide_input=True, err=True)
    with shell.work(named, Act.DIARIES_CHANGE) as work:
        key = chosen_partnership(work, partnership)
        reference = own_post(work, key, post).reference
        set_address(work, key, reference, address, asking(shell.settings).allowed)
    _refresh(shell, named, key, reference)


def _refresh(shell: Shell, named: str | None, key: str, reference: str) -> None:
    refresh(shell.engine, shell.actor(named), reference, asking(shell.settings), clock.now)
    _say_read(shell, named, key, reference)


def _say_read(shell: Shell, named: str | None, key: str, reference: str) -> None:
    """Say what came of a reading; raise ``Unavailable`` where it failed."""
    with shell.reading(named, Act.DIARIES_READ) as work:
        found = diary(work, key, reference)
    stands = found.diary
    if stands and stands.failure:
        kept = "its busy times of before stand" if stands.read_at else "no busy times are known yet"
        raise Unavailable(
            f"the diary could not be read: {say(FAILURE_WORDS[stands.failure], FALLBACK)}; {kept}",
            place=reference,
            remedy="it is tried again by itself",
        )
    for line in _told(found, FALLBACK):
        click.echo(line)


def _row(entry: PostDiary, language: str) -> tuple[object, ...]:
    stands = entry.diary
    if stands is None:
        return (entry.post.reference, "no diary", "", "", "", "")
    return (
        entry.post.reference,
        stands.host or "file",
        say(write_age(stands.age), language) if stands.age is not None else "never",
        entry.days,
        sum(stands.skipped.values()),
        say(FAILURE_WORDS[stands.failure], language) if stands.failure else "",
    )


def _told(entry: PostDiary, language: str) -> Iterator[str]:
    """Yield what is to say of a diary, line by line."""
    stands = entry.diary
    if stands is None:
        yield f"{entry.post.reference}: no diary."
        return
    yield f"{entry.post.reference}: {stands.host or 'from a file'}, set by {stands.set_by}."
    if stands.age is not None:
        yield f"{stands.entries} entries, {say(write_age(stands.age), language)}; busy times until {stands.reaches}."
        yield f"Busy within office hours on {entry.days} working days of the next {SHOWN_AHEAD.days} days."
    if stands.failure:
        yield f"Not read since {stands.failed_at:%Y-%m-%d %H:%M} UTC: {say(FAILURE_WORDS[stands.failure], language)}."
    for reason, count in stands.skipped.items():
        yield f"Left out, {count}: {say(SKIP_WORDS[reason], language)}."
    for why, count in stands.assumed.items():
        yield f"Assumed, {count}: {say(ASSUMED_WORDS[why], language)}."


def _structure(entry: PostDiary) -> dict[str, Any]:
    stands = entry.diary
    found = (
        {}
        if stands is None
        else {
            "host": stands.host,
            "set_by": stands.set_by,
            "set_at": stands.set_at,
            "read_at": stands.read_at,
            "due_at": stands.due_at,
            "reaches": stands.reaches,
            "entries": stands.entries,
            "skipped": stands.skipped,
            "assumed": stands.assumed,
            "failure": stands.failure,
            "failed_at": stands.failed_at,
            "days": entry.days,
        }
    )
    return {"post": entry.post.reference, "diary": found or None}
