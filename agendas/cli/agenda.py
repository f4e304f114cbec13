"""Draft agendas as files, and the group of all commands about agendas."""

from datetime import date
from pathlib import Path

import click

from agendas.cli import agenda_edit, agenda_shown, agenda_talks
from agendas.cli.agenda_kit import MARKING, form_of, marking_of
from agendas.drafting.queries import Subject, draft_document, subject
from agendas.rendering.checking import check_templates
from agendas.rendering.formats import FORMATS, Format, render
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
from scheduler.meetings.queries import meetings
from scheduler.meetings.rules import COMING
from scheduler.obligations.queries import obligations
from scheduler.partnerships.queries import partnership as find_partnership


@click.group(name="agenda")
def agenda_group() -> None:
    """Agendas: drafted from what is open, edited by a side, negotiated by both."""


@agenda_group.command(name="draft")
@click.argument("reference", metavar="MEETING")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Format; else the ending of the file.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@click.option("--on", "on", type=Day(), help="The day on which it is drafted; today when left out.")
@MARKING
@acting
@in_partnership
@in_language
@pass_shell
def draft(
    shell: Shell,
    *,
    reference: str,
    form: Format | None,
    out: Path,
    on: date | None,
    marking: str,
    named: str | None,
    partnership: str | None,
    language: str,
) -> None:
    """Draft the agenda of MEETING: a UID, an obligation such as JS-R05 (its next round), or JS-R05/2027."""
    today = on or clock.now().date()
    with shell.reading(named, Act.DRAFT) as work:
        key = chosen_partnership(work, partnership)
        about = subject(work, key, reference, today)
        borne = marking_of(shell, work, key, marking)
        document = draft_document(work, key, about, today, language=language, marking=borne or None)
    write_file(out, render(document, form_of(form, out), shell.settings.agenda_templates))


@agenda_group.command(name="templates")
@pass_shell
def try_templates(shell: Shell) -> None:
    """Try the Word templates in the folder of the setting AGENDA_TEMPLATES, each with a document of every part."""
    templates = shell.settings.agenda_templates
    if templates is None:
        click.echo("AGENDA_TEMPLATES names no folder; documents are written with the shipped templates.")
        return
    for template in check_templates(templates):
        click.echo(f"{template.name} can be used.")


def draft_agendas(shell: Shell, side: str, partnership: str, today: date, folder: Path) -> list[Path]:
    """Write a Word draft of every round to come into ``folder``, where it is missing; return all the files."""
    folder.mkdir(parents=True, exist_ok=True)
    with shell.reading(side, Act.DRAFT) as work:
        promised = {entry.key: entry for entry in obligations(work, partnership)}
        language = find_partnership(work, partnership).party(side).language
        files = []
        for entry in meetings(work, partnership, first=today, states=COMING):
            file = folder / f"{entry.obligation}-{entry.day}.docx"
            files.append(file)
            if not file.exists():
                about = Subject(promised[entry.obligation], entry)
                marking = shell.settings.marking or None
                document = draft_document(work, partnership, about, today, language=language, marking=marking)
                file.write_bytes(render(document, "docx", shell.settings.agenda_templates))
    return files


for command in (*agenda_shown.COMMANDS, *agenda_edit.COMMANDS, *agenda_talks.COMMANDS):
    agenda_group.add_command(command)
