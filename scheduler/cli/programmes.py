"""Commands about programme files: load one with a preview, export one, list partnerships."""

from pathlib import Path

import click

from scheduler.accounts.rules import Act
from scheduler.cli.kit import (
    OPERATOR,
    Shell,
    acting,
    as_json,
    chosen_partnership,
    in_partnership,
    pass_shell,
    print_json,
    print_table,
    write_file,
)
from scheduler.partnerships.queries import partnerships
from scheduler.programmes import loading
from scheduler.programmes.compare import Difference
from scheduler.words import say


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="Show what would change, and change nothing.")
@pass_shell
def load(shell: Shell, *, file: Path, preview: bool) -> None:
    """Load a programme FILE (as operator): show what changes, then change it.

    Loading twice changes nothing the second time. A file with a mistake changes nothing at all.
    """
    programme = loading.read_programme(file, shell.sections)
    with shell.work(OPERATOR, Act.LOAD) as work:
        found = (loading.preview if preview else loading.load)(work, programme, shell.sections)
    _print_differences(found)
    done = sum(difference.kind != "kept" for difference in found)
    verb = "would change" if preview else "changed"
    click.echo(f"{file.name}: {done} {verb}." if done else f"{file.name}: nothing to change.")


@click.command()
@acting
@in_partnership
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; the screen otherwise."
)
@pass_shell
def export(shell: Shell, *, named: str | None, partnership: str | None, out: Path | None) -> None:
    """Write the programme of a partnership as a file that loads back to the same state."""
    with shell.reading(named, Act.EXPORT) as work:
        text = loading.export(work, chosen_partnership(work, partnership), shell.sections)
    if out:
        write_file(out, text.encode())
    else:
        click.echo(text, nl=False)


@click.command(name="partnerships")
@acting
@as_json
@pass_shell
def list_partnerships(shell: Shell, *, named: str | None, as_json: bool) -> None:
    """List the partnerships that the side is a party to."""
    with shell.reading(named, Act.READ) as work:
        known = partnerships(work)
    if as_json:
        print_json(
            [{"key": p.key, "title": p.title, "parties": [party.key for party in p.parties]} for p in known]
        )
        return
    print_table(
        ("KEY", "PARTIES", "TITLE"),
        [(p.key, ", ".join(party.key for party in p.parties), say(p.title, "en")) for p in known],
    )


def _print_differences(found: tuple[Difference, ...]) -> None:
    for difference in found:
        click.echo(f"  {difference}")
