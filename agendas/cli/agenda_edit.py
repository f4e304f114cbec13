"""Editing an agenda at the command line: the own one, or with --joint a proposal on the joint one."""

from collections.abc import Callable
from typing import Any, Literal

import click

from agendas.cli.agenda_kit import JOINT_OPTION, in_words, item_key, on_round, round_uid, today, words_of
from agendas.drafting.actions import redraft as draft_anew
from agendas.drafting.actions import start_draft
from agendas.negotiation.desk import Desk, keep, open_desk
from agendas.negotiation.papers import NOTE_KINDS
from agendas.text import accept
from agendas.versions import rules
from agendas.versions.actions import restore as restore_draft
from agendas.versions.actions import settle as settle_one
from agendas.versions.content import LEFT_OUT, Content, Item, Place
from agendas.versions.queries import Notes, the_draft
from scheduler.accounts.rules import Act
from scheduler.cli.kit import Shell, pass_shell
from scheduler.meetings.queries import meeting
from scheduler.tokens import new_identifier


@click.command()
@on_round
@pass_shell
def start(shell: Shell, /, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Draft the agenda of MEETING and keep it as version 1 of your side, to go on from."""
    with shell.work(named, Act.EDIT_AGENDA) as work:
        number = start_draft(work, round_uid(work, partnership, reference), today())
    click.echo(f"Version {number} of your side is kept.")


@click.command()
@on_round
@pass_shell
def redraft(shell: Shell, /, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Draft anew from what is known today; what people changed stays, and what clashes is named."""
    with shell.work(named, Act.EDIT_AGENDA) as work:
        uid = round_uid(work, partnership, reference)
        number = draft_anew(work, uid, today())
        conflicts = len(the_draft(work, uid).conflicts)
    said = (
        f"Version {number} of your side is kept."
        if number
        else "Nothing has happened that changes the draft."
    )
    click.echo(f"{said} To settle: {conflicts}." if conflicts else said)


@click.command()
@on_round
@click.argument("number", metavar="NUMBER", type=int)
@pass_shell
def restore(
    shell: Shell, /, *, number: int, reference: str, named: str | None, partnership: str | None
) -> None:
    """Bring version NUMBER of your side back, as the newest one."""
    with shell.work(named, Act.EDIT_AGENDA) as work:
        uid = round_uid(work, partnership, reference)
        made = restore_draft(work, uid, meeting(work, uid).partnership, number)
    click.echo(f"Version {made} of your side is kept.")


@click.command()
@on_round
@click.argument("index", metavar="NUMBER", type=click.IntRange(min=1))
@click.argument("choice", metavar="ours|theirs", type=click.Choice(("ours", "theirs")))
@pass_shell
def settle(
    shell: Shell, *, index: int, choice: str, reference: str, named: str | None, partnership: str | None
) -> None:
    """Settle difference NUMBER, as `agenda show` counts them: what stands, or the other."""
    with shell.work(named, Act.EDIT_AGENDA) as work:
        uid = round_uid(work, partnership, reference)
        made = settle_one(work, uid, meeting(work, uid).partnership, index - 1, theirs=choice == "theirs")
    click.echo(f"Version {made} of your side is kept.")


@click.command()
@on_round
@in_words("title", "Title")
@in_words("text", "Annotation")
@click.option("--minutes", type=int, default=10, help="Minutes; 10 when left out.")
@click.option("--day", type=int, default=1, help="Day of the round, counted from 1.")
@click.option("--lead", metavar="SIDE", help="The side that opens; your own when left out.")
@click.option("--wanted", type=click.Choice(rules.WANTED), help="The result that is wanted.")
@click.option("--after", metavar="ITEM", help="Behind which item; behind the day's subjects when left out.")
@JOINT_OPTION
@pass_shell
def add(shell: Shell, /, **options: Any) -> None:
    """Put another item on the agenda of MEETING."""

    def change(content: Content, side: str) -> Content:
        item = Item(
            f"{rules.ADDED}/{new_identifier()}",
            rules.ADDED,
            words_of(options, "title") or {},
            minutes=options["minutes"],
            day=options["day"] - 1,
            lead=options["lead"] or side,
            wanted=options["wanted"],
            text=words_of(options, "text", is_long=True) or {},
        )
        after = item_key(content, options["after"]) if options["after"] else None
        return rules.add(content, item, after)

    _edit(shell, options, lambda desk: change(desk.content, desk.side))


@click.command(name="set")
@on_round
@click.argument("item", metavar="ITEM")
@in_words("title", "Title")
@in_words("text", "Annotation")
@click.option("--minutes", type=int, help="Minutes.")
@click.option("--day", type=int, help="Day of the round, counted from 1.")
@click.option("--lead", metavar="SIDE", help="The side that opens.")
@click.option(
    "--office", "offices", multiple=True, metavar="SIDE/OFFICE", help="An office that leads; repeatable."
)
@click.option("--wanted", type=click.Choice(rules.WANTED), help="The result that is wanted.")
@click.option(
    "--same", type=click.Choice(("en", "nl")), multiple=True, help="A language that still says the same."
)
@JOINT_OPTION
@pass_shell
def set_item(shell: Shell, /, *, item: str, **options: Any) -> None:
    """Change ITEM, named by its key or its number in the running order."""

    def change(desk: Desk) -> Content:
        key = item_key(desk.content, item)
        kept = rules.the_item(desk.content, key)
        values = {name: options[name] for name in ("minutes", "lead", "wanted") if options[name] is not None}
        if options["day"] is not None:
            values["day"] = options["day"] - 1
        if options["offices"]:
            values["offices"] = tuple(options["offices"])
        for name, is_long in (("title", False), ("text", True)):
            said = words_of(options, name, getattr(kept, name), is_long=is_long)
            if said is not None:
                values[name] = said
        return rules.edit(desk.content, key, same=options["same"], **values)

    _edit(shell, options, change)


@click.command()
@on_round
@click.argument("item", metavar="ITEM")
@click.argument("direction", metavar="up|down", type=click.Choice(("up", "down")))
@JOINT_OPTION
@pass_shell
def move(shell: Shell, /, *, item: str, direction: str, **options: Any) -> None:
    """Move ITEM a place up or down."""
    steps = -1 if direction == "up" else 1
    _edit(shell, options, lambda desk: rules.move(desk.content, item_key(desk.content, item), steps))


@click.command()
@on_round
@click.argument("commitment", metavar="COMMITMENT")
@click.argument("where", metavar="ITEM")
@in_words("because", "Why it is left out")
@JOINT_OPTION
@pass_shell
def put(shell: Shell, /, *, commitment: str, where: str, **options: Any) -> None:
    """Treat COMMITMENT under ITEM, or leave it out with a reason where ITEM is left-out."""

    def change(desk: Desk) -> Content:
        place = where if where == LEFT_OUT else item_key(desk.content, where)
        return rules.put(desk.content, commitment, place, words_of(options, "because"))

    _edit(shell, options, change)


@click.command()
@on_round
@click.argument("item", metavar="ITEM")
@click.argument("place", metavar="room|writing|dropped", type=click.Choice([str(place) for place in Place]))
@in_words("because", "Why")
@JOINT_OPTION
@pass_shell
def place(
    shell: Shell, /, *, item: str, place: Literal["room", "writing", "dropped"], **options: Any
) -> None:
    """Treat ITEM in the room, in writing, or not at all; the latter two with a reason.

    What a dropped item treats is left out for the same reason.
    """
    _edit(
        shell,
        options,
        lambda desk: rules.place(
            desk.content, item_key(desk.content, item), Place(place), words_of(options, "because")
        ),
    )


@click.command(name="drop-theme")
@on_round
@click.argument("theme", metavar="THEME")
@in_words("because", "Why")
@JOINT_OPTION
@pass_shell
def drop_theme(shell: Shell, /, *, theme: str, **options: Any) -> None:
    """Say why THEME is not treated; without a reason, take that back."""
    _edit(
        shell,
        options,
        lambda desk: rules.drop_theme(desk.content, theme, words_of(options, "because") or {}),
    )


@click.command()
@on_round
@click.argument("item", metavar="ITEM")
@click.argument("kind", metavar="KIND", type=click.Choice(NOTE_KINDS))
@click.argument("text", metavar="TEXT")
@pass_shell
def brief(shell: Shell, /, *, item: str, kind: str, text: str, **options: Any) -> None:
    """Write for your side alone about ITEM; KIND: objective, points, if_raised, usable, not_for_disclosure."""

    def noted(desk: Desk) -> Notes:
        key = item_key(desk.content, item)
        said = {**desk.notes.get(key, {}), kind: accept(text, "TEXT")}
        return {**desk.notes, key: {name: words for name, words in said.items() if words}}

    _edit(shell, {**options, "is_joint": False}, lambda desk: desk.content, noted)


def _edit(
    shell: Shell,
    options: dict[str, Any],
    change: Callable[[Desk], Content],
    noted: Callable[[Desk], Notes] | None = None,
) -> None:
    """Keep what a change makes of the own agenda, or propose it on the joint one."""
    is_joint = options["is_joint"]
    with shell.work(options["named"], Act.NEGOTIATE if is_joint else Act.EDIT_AGENDA) as work:
        uid = round_uid(work, options["partnership"], options["reference"])
        desk = open_desk(work, uid, "joint" if is_joint else "own")
        notes = noted(desk) if noted else None
        number = keep(work, desk, change(desk), today(), notes=notes)
    click.echo(
        f"Proposed as joint version {number}." if is_joint else f"Version {number} of your side is kept."
    )


COMMANDS: tuple[click.Command, ...] = (
    start, redraft, restore, settle, add, set_item, move, put, place, drop_theme, brief,
)  # fmt: skip
