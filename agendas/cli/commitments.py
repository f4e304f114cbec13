"""Commands about the ledger of commitments: reading it, noting, proposing and agreeing changes, tables in and out."""

from datetime import date
from pathlib import Path

import click

from agendas.cli.commitments_shown import (
    line_row,
    line_structure,
    note_structure,
    proposal_structure,
    show_one,
)
from agendas.commitments import actions
from agendas.commitments.entry import Entry
from agendas.commitments.finding import DUE, OPEN_ONES, Wanted, find, with_news
from agendas.commitments.importing import apply_import, export_rows, plan_import, sides_of
from agendas.commitments.notes import Note, correct_note, offer_note
from agendas.commitments.notes import write_note as write
from agendas.commitments.queries import commitment, progress, proposals
from agendas.commitments.rules import KINDS, PROGRESS_STATES, STATUSES, STRENGTHS, StatusChange
from agendas.commitments.table import write_table
from agendas.commitments.wording import change_words
from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.audit.queries import changes_about
from scheduler.cli.kit import (
    Day,
    Shell,
    acting,
    as_json,
    chosen_partnership,
    in_language,
    in_partnership,
    pass_shell,
    print_json,
    print_table,
    write_file,
)
from scheduler.errors import BadInput

HEADS = ("KEY", "STATUS", "DUE", "AGE", "LAST NEWS", "TEXT")


@click.group(name="commitments")
def commitments_group() -> None:
    """What was promised under each theme: how it stands, and who says so."""


@commitments_group.command(name="list")
@click.option("--theme", default="", help="Only this theme.")
@click.option("--owner", default="", metavar="SIDE/OFFICE", help="Only those of an office, such as uk/fcdo.")
@click.option(
    "--status", type=click.Choice((*STATUSES, OPEN_ONES)), help="Only this status, or all open ones."
)
@click.option("--due", type=click.Choice(DUE), help="Only overdue ones, or those with or without a due date.")
@click.option("--no-news-since", type=Day(), help="Only those of which nothing was said from this day on.")
@click.option("--before", type=Day(), help="Only those promised before this day.")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_commitments(
    shell: Shell,
    *,
    theme: str,
    owner: str,
    status: str | None,
    due: str | None,
    no_news_since: date | None,
    before: date | None,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """List commitments by theme with their age and what was said of them last, and what waits for an answer."""
    wanted = Wanted(theme, owner, status or "", due or "", no_news_since, before)
    _print_found(shell, named, partnership, wanted, language if not as_json else "")


@commitments_group.command(name="search")
@click.argument("words")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def search(
    shell: Shell, *, words: str, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """Find commitments that hold all WORDS in their text or in notes you may read."""
    _print_found(shell, named, partnership, Wanted(search=words), language if not as_json else "")


@commitments_group.command(name="show")
@click.argument("key", metavar="COMMITMENT")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def show(
    shell: Shell, *, key: str, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """Show one commitment with its notes, what is proposed, and its history."""
    with shell.reading(named, Act.READ) as work:
        chosen = chosen_partnership(work, partnership)
        line = with_news(work, chosen, [commitment(work, chosen, key)])[0]
        notes = [note for note in progress(work, chosen, with_superseded=True) if key in note.commitments]
        waiting = proposals(work, chosen, commitment=key, standing=False)
        history = changes_about(work, chosen, f"commitment/{key}")
        today = work.now.date()
    if as_json:
        print_json(
            {
                **line_structure(line, today),
                "notes": [note_structure(note) for note in notes],
                "proposals": [proposal_structure(entry) for entry in waiting],
                "history": [
                    {"at": change.at, "by": change.name, "act": change.act, "joint": change.layer is None}
                    for change in history
                ],
            }
        )
        return
    show_one(line, notes, waiting, history, language, today)


@commitments_group.command(name="note")
@click.argument("key", metavar="COMMITMENT")
@click.argument("text")
@click.option("--on", "day", type=Day(), help="Day it was said; today when left out.")
@click.option("--state", type=click.Choice(PROGRESS_STATES), default="progress", help="What it says.")
@click.option("--evidence", default="", help="document:SR#Heading, meeting:UID, or an address.")
@click.option("--joint", is_flag=True, help="For both sides to read; otherwise your own side alone.")
@click.option("--corrects", metavar="NOTE", help="Stand in the place of this note, in its layer.")
@acting
@in_partnership
@in_language
@pass_shell
def note(
    shell: Shell,
    *,
    key: str,
    text: str,
    day: date | None,
    state: str,
    evidence: str,
    joint: bool,
    corrects: str | None,
    named: str | None,
    partnership: str | None,
    language: str,
) -> None:
    """Write a note on a COMMITMENT, or correct one; nothing is overwritten."""
    said = Note(day or clock.now().date(), {language: text}, (key,), state, evidence)
    with shell.work(named, Act.OFFER if joint or corrects else Act.NOTE) as work:
        chosen = chosen_partnership(work, partnership)
        chosen_note = correct_note(work, chosen, corrects, said) if corrects else ""
        written = chosen_note or write(work, chosen, said, joint=joint)
    click.echo(f"Noted: {written}.")


@commitments_group.command(name="propose")
@click.argument("key", metavar="COMMITMENT")
@click.argument("status", type=click.Choice(STATUSES))
@click.option("--evidence", default="", help="document:SR#Heading, meeting:UID, or an address.")
@click.option("--reason", default="", help="Why; both sides read it.")
@click.option("--into", default="", metavar="COMMITMENT", help="The one it is merged into.")
@click.option("--private", is_flag=True, help="Keep it to your side until you offer it.")
@acting
@in_partnership
@pass_shell
def propose(
    shell: Shell,
    *,
    key: str,
    status: str,
    evidence: str,
    reason: str,
    into: str,
    private: bool,
    named: str | None,
    partnership: str | None,
) -> None:
    """Bring a COMMITMENT to another STATUS, or propose it where the other side must agree."""
    change = StatusChange(status, evidence, reason, into)
    with shell.work(named, Act.NOTE if private else Act.OFFER) as work:
        chosen = chosen_partnership(work, partnership)
        uid = actions.change_status(work, chosen, key, change, private=private)
    click.echo(f"{key}: {status}." if uid is None else f"Proposed: {uid}.")


@commitments_group.command(name="add")
@click.argument("theme")
@click.option("--en", default="", help="What was promised, in English.")
@click.option("--nl", default="", help="What was promised, in Dutch.")
@click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True, help="What it is.")
@click.option("--strength", type=click.Choice(STRENGTHS), default="will", show_default=True, help="The verb.")
@click.option("--owner", "owners", multiple=True, metavar="SIDE/OFFICE", help="Owner; may be given again.")
@click.option("--post", "posts", multiple=True, metavar="SIDE/POST", help="Post; may be given again.")
@click.option("--due", type=Day(), help="The day by which it is due.")
@click.option("--meeting", default="", metavar="UID", help="The meeting where it was promised.")
@click.option("--item", default="", help="The item of its agenda.")
@click.option("--document", default="", help="The document that says it.")
@click.option("--heading", default="", help="The heading there.")
@click.option("--reason", default="", help="Why; both sides read it.")
@click.option("--private", is_flag=True, help="Keep it to your side until you offer it.")
@acting
@in_partnership
@pass_shell
def add(
    shell: Shell,
    *,
    theme: str,
    en: str,
    nl: str,
    kind: str,
    strength: str,
    owners: tuple[str, ...],
    posts: tuple[str, ...],
    due: date | None,
    meeting: str,
    item: str,
    document: str,
    heading: str,
    reason: str,
    private: bool,
    named: str | None,
    partnership: str | None,
) -> None:
    """Propose a new commitment under THEME; it is in the ledger once both sides have agreed."""
    texts = {language: text for language, text in (("en", en), ("nl", nl)) if text}
    entry = Entry(
        theme=theme,
        text=texts,
        kind=kind,
        strength=strength,
        owners=_by_side("--owner", owners),
        posts=_by_side("--post", posts),
        due=due,
        meeting=meeting,
        item=item,
        document=document,
        heading=heading,
    )
    with shell.work(named, Act.NOTE if private else Act.OFFER) as work:
        chosen = chosen_partnership(work, partnership)
        key = actions.add_commitment(work, chosen, entry, reason=reason, private=private)
    click.echo(f"Proposed: {key}.")


@commitments_group.command(name="offer")
@click.argument("reference", metavar="PROPOSAL_OR_NOTE")
@acting
@in_partnership
@pass_shell
def offer(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Show a proposal or a note of your own side to the other; ``all`` offers every proposal that waits here."""
    with shell.work(named, Act.OFFER) as work:
        chosen = chosen_partnership(work, partnership)
        if reference == "all":
            own = [entry.uid for entry in proposals(work, chosen) if entry.layer]
            offered = [actions.offer_proposal(work, uid) for uid in own]
        elif reference.startswith("N-"):
            offered = [offer_note(work, chosen, reference)]
        else:
            offered = [actions.offer_proposal(work, reference)]
    click.echo(f"Offered: {', '.join(offered) or 'nothing waited'}.")


@commitments_group.command(name="agree")
@click.argument("uid", metavar="PROPOSAL")
@acting
@pass_shell
def agree(shell: Shell, *, uid: str, named: str | None) -> None:
    """Agree to a PROPOSAL; it is done once every side needed has agreed."""
    with shell.work(named, Act.AGREE) as work:
        is_done = actions.agree(work, uid)
    click.echo("Agreed, and done." if is_done else "Agreed; another side has still to agree.")


@commitments_group.command(name="decline")
@click.argument("uid", metavar="PROPOSAL")
@click.option("--reason", default="", help="Why; both sides read it.")
@acting
@pass_shell
def decline(shell: Shell, *, uid: str, reason: str, named: str | None) -> None:
    """Decline a PROPOSAL of the other side, or withdraw one of your own."""
    with shell.work(named, Act.AGREE) as work:
        actions.decline(work, uid, reason)
    click.echo("Closed; the ledger stays as it is.")


@commitments_group.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--preview", is_flag=True, help="Show what would change, and change nothing.")
@acting
@in_partnership
@in_language
@pass_shell
def import_table(
    shell: Shell, *, file: Path, preview: bool, named: str | None, partnership: str | None, language: str
) -> None:
    """Take a table (CSV) in: what differs becomes a proposal of your side, seen by the other once you offer it."""
    with shell.work(named, Act.NOTE) as work:
        chosen = chosen_partnership(work, partnership)
        steps = plan_import(work, chosen, file.read_bytes())
        kept = 0 if preview else apply_import(work, chosen, steps)
    for step in steps:
        if step.act != "unchanged":
            what = change_words(step.act, step.detail or {}, language)
            click.echo(f"line {step.line}: {step.key}: {what} {' '.join(step.fields)}".rstrip())
    click.echo(f"{len(steps)} rows, {kept} proposals kept to your side.")


@commitments_group.command(name="export")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@acting
@in_partnership
@pass_shell
def export_table(shell: Shell, *, out: Path, named: str | None, partnership: str | None) -> None:
    """Write what both sides have in the ledger as a table (CSV) for a spreadsheet."""
    with shell.reading(named, Act.READ) as work:
        chosen = chosen_partnership(work, partnership)
        content = write_table(export_rows(work, chosen), sides_of(work, chosen))
    write_file(out, content.encode())


def _print_found(
    shell: Shell, named: str | None, partnership: str | None, wanted: Wanted, language: str
) -> None:
    """Print what is found: as JSON where no language is given."""
    with shell.reading(named, Act.READ) as work:
        chosen, today = chosen_partnership(work, partnership), work.now.date()
        found = find(work, chosen, wanted, today)
        waiting = () if wanted.search else proposals(work, chosen)
    if not language:
        structures = [line_structure(line, today) for line in found.lines]
        print_json({"commitments": structures, "waiting": [proposal_structure(entry) for entry in waiting]})
        return
    print_table(HEADS, [line_row(line, language, today) for line in found.lines])
    for entry in waiting:
        what = change_words(entry.change, entry.detail, language)
        layer = f" [{entry.layer}]" if entry.layer else ""
        click.echo(f"{entry.uid}{layer} {entry.commitment}: {what}")


def _by_side(option: str, given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for reference in given:
        side, _, key = reference.partition("/")
        if not key:
            raise BadInput(f"{reference!r} names no side", place=option, remedy="write it as uk/fcdo")
        lists[side] = (*lists.get(side, ()), key)
    return lists
