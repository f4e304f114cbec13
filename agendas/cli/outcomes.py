"""Commands about what came of a round: the side's own record, offering it, agreeing to it, its paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from agendas.cli.agenda_kit import MARKING, form_of, marking_of
from agendas.cli.outcomes_shown import plain, print_record
from agendas.outcomes import actions, editing
from agendas.outcomes.content import Change, NewCommitment, Record, Said
from agendas.outcomes.paper import record_document
from agendas.outcomes.queries import (
    is_true_to_its_seal,
    record_draft,
    record_version,
    signing,
    the_record_draft,
)
from agendas.rendering.formats import FORMATS, Format, render
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
    write_file,
)
from scheduler.db.work import Work
from scheduler.errors import Conflict
from scheduler.meetings.queries import find_meeting
from scheduler.tokens import new_identifier
from scheduler.words import Words

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(name="outcomes")
def outcomes_group() -> None:
    """What came of a round: attendance, results by item, new commitments, progress; agreed by both sides."""


def of_a_round(command: Command) -> Command:
    """Give a command its meeting, who acts, and the partnership."""
    return click.argument("reference", metavar="MEETING")(acting(in_partnership(command)))


def worded(command: Command) -> Command:
    """Give a command a text in both languages."""
    english = click.option("--en", "english", default="", help="The words in English.")
    dutch = click.option("--nl", "dutch", default="", help="The words in Dutch.")
    return english(dutch(command))


@outcomes_group.command(name="begin")
@of_a_round
@pass_shell
def begin(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Begin your side's own record of MEETING, from the joint agenda if there is one."""
    with shell.work(named, Act.EDIT_AGENDA) as work:
        number = actions.begin(work, _uid(work, partnership, reference))
    click.echo(
        f"Version {number} of your side's record. The other side sees nothing of it until you offer it."
    )


@outcomes_group.command(name="show")
@of_a_round
@in_language
@as_json
@pass_shell
def show(
    shell: Shell,
    *,
    reference: str,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Show the record of MEETING: your side's own, and how far the joint one is."""
    with shell.reading(named, Act.DRAFT) as work:
        uid = _uid(work, partnership, reference)
        mine = record_draft(work, uid)
        joint = signing(work, uid) if record_version(work, uid) else None
    if as_json:
        print_json(plain(mine, joint))
    else:
        print_record(mine, joint, language)


@outcomes_group.command(name="item")
@of_a_round
@click.argument("item")
@click.argument("result", type=click.Choice(("decided", "steer", "noted", "not_reached")))
@worded
@pass_shell
def item(
    shell: Shell,
    *,
    reference: str,
    named: str | None,
    partnership: str | None,
    item: str,
    result: str,
    english: str,
    dutch: str,
) -> None:
    """Record what ITEM came to."""
    text = _words(english, dutch)
    _edit(
        shell, named, partnership, reference, lambda record: editing.with_result(record, item, result, text)
    )


@outcomes_group.command(name="add-item")
@of_a_round
@click.argument("item")
@worded
@pass_shell
def add_item(
    shell: Shell,
    *,
    reference: str,
    named: str | None,
    partnership: str | None,
    item: str,
    english: str,
    dutch: str,
) -> None:
    """Add ITEM, which was on no agenda; --en and --nl give its title."""
    title = _words(english, dutch)
    _edit(shell, named, partnership, reference, lambda record: editing.with_item(record, item, title))


@outcomes_group.command(name="attendance")
@of_a_round
@click.argument("post")
@click.argument("presence", type=click.Choice(("present", "absent", "delegate")))
@worded
@pass_shell
def attendance(
    shell: Shell,
    *,
    reference: str,
    named: str | None,
    partnership: str | None,
    post: str,
    presence: str,
    english: str,
    dutch: str,
) -> None:
    """Record whether POST came; for a delegate, --en and --nl give the post that came in its place."""
    instead = _words(english, dutch)
    _edit(
        shell,
        named,
        partnership,
        reference,
        lambda record: editing.with_presence(record, post, presence, instead),
    )


@outcomes_group.command(name="new")
@of_a_round
@click.argument("item")
@click.argument("theme")
@worded
@click.option("--kind", default="action", help="action, continuing_cooperation or political_position.")
@click.option("--strength", default="will", help="The verb: will, commit_to, continue_to, aim, explore …")
@click.option("--owner", "owners", multiple=True, metavar="SIDE/OFFICE", help="Who owns it; several times.")
@click.option("--due", default="", help="The day by which it is due.")
@pass_shell
def new(
    shell: Shell,
    *,
    reference: str,
    named: str | None,
    partnership: str | None,
    item: str,
    theme: str,
    english: str,
    dutch: str,
    kind: str,
    strength: str,
    owners: tuple[str, ...],
    due: str,
) -> None:
    """Record something newly promised under ITEM and THEME."""
    part = NewCommitment(
        key=new_identifier()[:12],
        item=item,
        theme=theme,
        text=_words(english, dutch),
        kind=kind,
        strength=strength,
        owners=editing.owners_of(owners),
        due=editing.read_day(due, "--due"),
    )
    _edit(shell, named, partnership, reference, lambda record: editing.with_new(record, part))


@outcomes_group.command(name="progress")
@of_a_round
@click.argument("item")
@click.argument("commitments", nargs=-1, required=True)
@worded
@click.option(
    "--evidence", default="", help="document:SR#Heading, meeting:UID or https://…; else this round."
)
@pass_shell
def progress(
    shell: Shell,
    *,
    reference: str,
    named: str | None,
    partnership: str | None,
    item: str,
    commitments: tuple[str, ...],
    english: str,
    dutch: str,
    evidence: str,
) -> None:
    """Record progress on COMMITMENTS as reported under ITEM."""
    text = _words(english, dutch)
    part = Said(new_identifier()[:12], item, commitments, text, evidence=evidence)
    _edit(shell, named, partnership, reference, lambda record: editing.with_said(record, part))


@outcomes_group.command(name="change")
@of_a_round
@click.argument("commitment")
@worded
@click.option("--status", default="", help="open, in_progress, blocked, delivered, merged or dropped.")
@click.option("--due", default="", help="Another day by which it is due.")
@click.option(
    "--evidence", default="", help="document:SR#Heading, meeting:UID or https://…; else this round."
)
@click.option("--reason", default="", help="Why; blocked, dropped and opened again need one.")
@click.option("--into", default="", help="The commitment that it is merged into.")
@pass_shell
def change(
    shell: Shell,
    *,
    reference: str,
    named: str | None,
    partnership: str | None,
    commitment: str,
    english: str,
    dutch: str,
    status: str,
    due: str,
    evidence: str,
    reason: str,
    into: str,
) -> None:
    """Record what the ledger is to say of COMMITMENT from now on: its status, its day, or its words."""
    part = Change(
        key=commitment,
        commitment=commitment,
        status=status,
        due=editing.read_day(due, "--due"),
        text=_words(english, dutch),
        evidence=evidence,
        reason=reason,
        into=into,
    )
    _edit(shell, named, partnership, reference, lambda record: editing.with_change(record, part))


@outcomes_group.command(name="offer")
@of_a_round
@click.option(
    "--only", "chosen", multiple=True, metavar="PART", help="Offer this part alone, such as item/readout."
)
@click.option("--remark", default="", help="A line to the other side.")
@pass_shell
def offer(
    shell: Shell,
    *,
    reference: str,
    named: str | None,
    partnership: str | None,
    chosen: tuple[str, ...],
    remark: str,
) -> None:
    """Offer your side's record to the other side; offering is agreeing to what it says."""
    with shell.work(named, Act.RECORD) as work:
        number = actions.offer(work, _uid(work, partnership, reference), chosen or None, remark)
    click.echo(f"Joint version {number} of the record.")


@outcomes_group.command(name="take-in")
@of_a_round
@pass_shell
def take_in(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Take the joint record into your side's own; what both changed is named and stays as yours."""
    with shell.work(named, Act.EDIT_AGENDA) as work:
        uid = _uid(work, partnership, reference)
        number, conflicts = actions.take_in(work, uid), the_record_draft(work, uid).conflicts
    click.echo(f"Version {number} of your side's record.")
    for name in conflicts:
        click.echo(
            f"Changed by both, yours stands: {name}. `dialogues outcomes settle` once you have looked."
        )


@outcomes_group.command(name="settle")
@of_a_round
@pass_shell
def settle(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Say that the parts that both changed were looked at and stand as they are now."""
    with shell.work(named, Act.EDIT_AGENDA) as work:
        number = actions.settle(work, _uid(work, partnership, reference))
    click.echo(f"Version {number} of your side's record has no open differences.")


@outcomes_group.command(name="agree")
@of_a_round
@pass_shell
def agree(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Agree to the joint record; when both sides have, the ledger says so and the round counts as held."""
    with shell.work(named, Act.RECORD) as work:
        uid = _uid(work, partnership, reference)
        is_agreed = actions.sign(work, uid)
        left = signing(work, uid).obstacles
    click.echo("The record is agreed by both sides." if is_agreed else f"Agreed. Still open: {len(left)}.")


@outcomes_group.command(name="paper")
@of_a_round
@click.option(
    "--version", "number", type=click.IntRange(min=1), help="Joint version; the newest when left out."
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Format; else the ending of the file.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@MARKING
@in_language
@pass_shell
def paper(
    shell: Shell,
    *,
    reference: str,
    named: str | None,
    partnership: str | None,
    number: int | None,
    form: Format | None,
    out: Path,
    marking: str,
    language: str,
) -> None:
    """Write the joint record as a document."""
    with shell.reading(named, Act.DRAFT) as work:
        uid, borne = _uid(work, partnership, reference), marking_of(shell, work, partnership, marking)
        document = record_document(work, uid, number, language=language, marking=borne or None)
    write_file(out, render(document, form_of(form, out), shell.settings.agenda_templates))


@outcomes_group.command(name="verify")
@of_a_round
@pass_shell
def verify(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Check that the agreed record is, letter for letter, what both sides agreed."""
    with shell.reading(named, Act.DRAFT) as work:
        is_true = is_true_to_its_seal(work, _uid(work, partnership, reference))
    if not is_true:
        raise Conflict("the record is not what both sides agreed", remedy="restore it from a backup")
    click.echo("The record is what both sides agreed.")


def _edit(
    shell: Shell,
    named: str | None,
    partnership: str | None,
    reference: str,
    change: Callable[[Record], Record],
) -> None:
    with shell.work(named, Act.EDIT_AGENDA) as work:
        uid = _uid(work, partnership, reference)
        latest = the_record_draft(work, uid)
        number = actions.keep(work, uid, latest.number, change(latest.record))
    click.echo(f"Version {number} of your side's record.")


def _uid(work: Work, partnership: str | None, reference: str) -> str:
    key = chosen_partnership(work, partnership)
    return find_meeting(work, key, reference, clock.now().date()).uid


def _words(english: str, dutch: str) -> Words:
    return {language: words for language, words in (("en", english), ("nl", dutch)) if words}
