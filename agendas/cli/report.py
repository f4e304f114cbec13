"""The yearly report to the ministers, as a file."""

from datetime import date
from pathlib import Path

import click

from agendas.cli.agenda_kit import MARKING, form_of, marking_of
from agendas.rendering.formats import FORMATS, Format, render
from agendas.reports.document import report_document
from agendas.reports.queries import year_of
from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.cli.kit import (
    Day,
    Shell,
    acting,
    chosen_partnership,
    in_language,
    in_partnership,
    pass_shell,
    write_file,
)


@click.command(name="report")
@click.option(
    "--year", type=click.IntRange(2000, 2100), help="Calendar year; else the twelve months until today."
)
@click.option("--on", "on", type=Day(), help="The last day of the report; today when left out.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Format; else the ending of the file.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@MARKING
@acting
@in_partnership
@in_language
@pass_shell
def report(
    shell: Shell,
    *,
    year: int | None,
    on: date | None,
    form: Format | None,
    out: Path,
    marking: str,
    named: str | None,
    partnership: str | None,
    language: str,
) -> None:
    """Write the report to the ministers: what was owed and held, how every commitment stands, what is asked."""
    first, last = year_of(year, on or clock.now().date())
    with shell.reading(named, Act.READ) as work:
        key = chosen_partnership(work, partnership)
        borne = marking_of(shell, work, key, marking)
        document = report_document(work, key, first, last, language=language, marking=borne or None)
    write_file(out, render(document, form_of(form, out), shell.settings.agenda_templates))
