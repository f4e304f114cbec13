"""Reading agendas at the command line: as they stand, version by version, what differs, and as documents."""

from pathlib import Path

import click

from agendas.cli.agenda_kit import (
    MARKING,
    agenda_structure,
    form_of,
    marking_of,
    on_round,
    print_agenda,
    round_uid,
)
from agendas.drafting.content import facts_of
from agendas.negotiation.documents import document, find_edition
from agendas.negotiation.papers import KINDS, Edition, Kind, names_of
from agendas.negotiation.queries import negotiation
from agendas.rendering.formats import FORMATS, Format, render
from agendas.versions.difference import changes
from agendas.versions.queries import draft, drafts, version, versions
from agendas.versions.stored import written
from agendas.versions.wording import say_change, say_conflict
from scheduler.accounts.rules import Act
from scheduler.cli.kit import Shell, as_json, in_language, pass_shell, print_json, print_table, write_file
from scheduler.db.work import Work
from scheduler.words import Words, say

VERSION = click.option(
    "--version",
    "chosen",
    default="",
    metavar="NAME",
    help="own, own-3, joint or joint-2; the joint agenda when left out, else your side's own.",
)


@click.command()
@on_round
@VERSION
@in_language
@as_json
@pass_shell
def show(
    shell: Shell,
    *,
    chosen: str,
    language: str,
    as_json: bool,
    reference: str,
    named: str | None,
    partnership: str | None,
) -> None:
    """Show an agenda, who has agreed to what, and what is still open."""
    with shell.reading(named, Act.DRAFT) as work:
        uid = round_uid(work, partnership, reference)
        edition = find_edition(work, uid, chosen)
        obstacles = _obstacles(work, uid, edition)
        clashes = _clashes(work, uid, edition)
    if as_json:
        print_json({**agenda_structure(edition), "obstacles": obstacles, "to_settle": clashes})
        return
    click.echo(f"{'Own' if edition.stage == 'draft' else 'Joint'} version {edition.number}, {edition.stage}.")
    print_agenda(edition, language)
    for stand in edition.stands:
        if stand.waits_for:
            click.echo(f"waits for {', '.join(stand.waits_for)}: {stand.subject}")
    for words in obstacles:
        click.echo(f"before it can be frozen: {say(words, language)}")
    for number, words in enumerate(clashes, start=1):
        click.echo(f"to settle {number}: {say(words, language)}")


@click.command(name="versions")
@on_round
@as_json
@pass_shell
def list_versions(
    shell: Shell, *, as_json: bool, reference: str, named: str | None, partnership: str | None
) -> None:
    """List the versions of your side and the joint ones, the first one first."""
    with shell.reading(named, Act.DRAFT) as work:
        uid = round_uid(work, partnership, reference)
        rows = [
            {
                "version": f"{layer}-{entry.number}",
                "act": entry.act,
                "remark": entry.remark,
                "by": entry.made_by,
                "at": entry.made_at,
            }
            for layer, found in (("joint", versions(work, uid)), ("own", drafts(work, uid)))
            for entry in found
        ]
    if as_json:
        print_json(rows)
        return
    print_table(
        ("VERSION", "WHAT", "REMARK", "BY", "AT"),
        [
            (row["version"], row["act"], row["remark"], row["by"], f"{row['at']:%Y-%m-%d %H:%M}")
            for row in rows
        ],
    )


@click.command()
@on_round
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@in_language
@as_json
@pass_shell
def diff(
    shell: Shell,
    *,
    before: str,
    after: str,
    language: str,
    as_json: bool,
    reference: str,
    named: str | None,
    partnership: str | None,
) -> None:
    """Say in words what differs from version A to version B, each named as own-3 or joint-2."""
    with shell.reading(named, Act.DRAFT) as work:
        uid = round_uid(work, partnership, reference)
        earlier, later = find_edition(work, uid, before), find_edition(work, uid, after)
    names = names_of(later.facts, later.content, earlier.content)
    found = changes(earlier.content, later.content)
    if as_json:
        print_json([{**written(change), "words": list(say_change(change, names))} for change in found])
        return
    for change in found:
        for sentence in say_change(change, names):
            click.echo(say(sentence, language))
    if not found:
        click.echo("The two say the same.")


@click.command(name="document")
@on_round
@click.option(
    "--kind", type=click.Choice(KINDS), default="joint", help="Which paper; the agenda when left out."
)
@VERSION
@click.option("--format", "form", type=click.Choice(FORMATS), help="Format; else the ending of the file.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@MARKING
@in_language
@pass_shell
def write_document(
    shell: Shell,
    *,
    kind: Kind,
    chosen: str,
    form: Format | None,
    out: Path,
    marking: str,
    language: str,
    reference: str,
    named: str | None,
    partnership: str | None,
) -> None:
    """Write a version as a document: the agenda, your side's annotated agenda or briefing pack, a covering note."""
    with shell.reading(named, Act.DRAFT) as work:
        uid = round_uid(work, partnership, reference)
        edition = find_edition(work, uid, chosen)
        borne = marking_of(shell, work, partnership, marking)
        made = document(work, uid, kind, edition, language, borne or None)
    write_file(out, render(made, form_of(form, out), shell.settings.agenda_templates))


def _obstacles(work: Work, uid: str, edition: Edition) -> list[Words]:
    newest = version(work, uid)
    if edition.stage != "offered" or newest is None or newest.number != edition.number:
        return []
    return [obstacle.words for obstacle in negotiation(work, uid).obstacles]


def _clashes(work: Work, uid: str, edition: Edition) -> list[Words]:
    mine, joint = draft(work, uid), version(work, uid)
    if edition.stage != "draft" or mine is None or mine.number != edition.number:
        return []
    contents = (mine.content, mine.drafted, *((joint.content,) if joint else ()))
    names = names_of(facts_of(mine.facts), *contents)
    return [say_conflict(conflict, names) for conflict in mine.conflicts]


COMMANDS: tuple[click.Command, ...] = (show, list_versions, diff, write_document)
