"""What commands about an agenda share: which round they mean, which item, and how an agenda is printed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from agendas.drafting.content import as_draft
from agendas.drafting.paper import meeting_of
from agendas.drafting.selection import judge, weighed
from agendas.negotiation.papers import Edition
from agendas.papers.pen import Pen
from agendas.papers.wording import WANTED
from agendas.rendering.formats import FORMATS, Format
from agendas.text import accept, accept_line
from agendas.versions.content import Content, Item
from agendas.versions.rules import the_item
from agendas.versions.stored import written
from scheduler import clock
from scheduler.cli.kit import Shell, acting, chosen_partnership, in_partnership, print_table
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.markings import Markings, raised
from scheduler.meetings.queries import find_meeting
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.words import LANGUAGES, Words, say

Command = TypeVar("Command", bound=Callable[..., Any])

JOINT_OPTION = click.option(
    "--joint",
    "is_joint",
    is_flag=True,
    help="Propose it on the joint agenda, which the other side sees at once.",
)

MARKING = click.option(
    "--marking",
    default="",
    metavar="WORDS",
    help="Marking of this document, as your side writes it; never lower than the setting MARKING.",
)


def on_round(command: Command) -> Command:
    """Give a command the argument MEETING, and the options that say for whom and where."""
    named = acting(in_partnership(command))
    return click.argument("reference", metavar="MEETING")(named)


def in_words(name: str, said: str) -> Callable[[Command], Command]:
    """Give a command an option for each language of a text: ``--title-en``, ``--title-nl``."""

    def give(command: Command) -> Command:
        for code in reversed(LANGUAGES):
            named = f"--{name.replace('_', '-')}-{code}"
            command = click.option(named, f"{name}_{code}", help=f"{said}, in {NAMES[code]}.")(command)
        return command

    return give


NAMES = {"en": "English", "nl": "Dutch"}


def words_of(
    options: dict[str, Any], name: str, kept: Words | None = None, *, is_long: bool = False
) -> Words | None:
    """Return a text as the options give it over what was kept; ``None`` where no option does. Empty takes it away."""
    given = {
        code: options[f"{name}_{code}"] for code in LANGUAGES if options.get(f"{name}_{code}") is not None
    }
    if not given:
        return None
    read = accept if is_long else accept_line
    said = {code: read(text, f"--{name.replace('_', '-')}-{code}") for code, text in given.items()}
    return {code: text for code, text in {**(kept or {}), **said}.items() if text}


def today() -> date:
    """Return the present day."""
    return clock.now().date()


def round_uid(work: Work, partnership: str | None, reference: str) -> str:
    """Return the UID of what MEETING names: a UID, an obligation such as JS-R05 (its next round), or JS-R05/2027."""
    return find_meeting(work, chosen_partnership(work, partnership), reference, today()).uid


def item_key(content: Content, named: str) -> str:
    """Return the key of an item named by its key or by its number in the running order, counted from one."""
    if named.isascii() and named.isdigit():
        room = content.in_room
        if not 1 <= int(named) <= len(room):
            raise BadInput(f"there is no item {named}", place="ITEM", remedy=f"from 1 to {len(room)}")
        return room[int(named) - 1].key
    return the_item(content, named).key


def print_agenda(edition: Edition, language: str) -> None:
    """Print an agenda as a table: times, minutes, leads, what is wanted, items, commitments; what is left out below."""
    drafted = as_draft(edition.content, edition.facts)
    offsets = {item.key: item.offset for item in drafted.items}
    pen = Pen(meeting_of(edition.facts), language)
    rows = [
        (
            number,
            item.day + 1,
            pen.start(item.day, offsets[item.key]),
            item.minutes,
            pen.short(item.lead) if item.lead else "",
            say(WANTED[item.wanted], language) if item.wanted else "",
            item.key,
            _said(item, language),
        )
        for number, item in enumerate(edition.content.in_room, start=1)
    ]
    print_table(("NO", "DAY", "FROM", "MINUTES", "LEAD", "WANTED", "KEY", "ITEM"), rows)
    for item in edition.content.items:
        if item not in edition.content.in_room:
            click.echo(f"{item.place}: {item.key} {_said(item, language)}: {say(item.because, language)}")
    for left in edition.content.left_out:
        click.echo(f"left out: {left.commitment}: {say(left.because, language)}")


def agenda_structure(edition: Edition) -> dict[str, Any]:
    """Return an agenda for other programs, with what each commitment on it weighs and why."""
    treated = edition.content.whereabouts()
    lines = [line for line in judge(edition.facts) if line.commitment.key in treated]
    return {
        "layer": "own" if edition.stage == "draft" else "joint",
        "version": edition.number,
        "stage": edition.stage,
        "side": edition.side,
        "content": written(edition.content),
        "weights": {line.commitment.key: {"weight": line.weight, "because": weighed(line)} for line in lines},
        "agreement": {
            stand.subject: {
                "digest": stand.digest,
                "agreed": {signature.side: written(signature) for signature in stand.signatures},
                "waits_for": list(stand.waits_for),
            }
            for stand in edition.stands
        },
        "signed": dict(edition.signed) or None,
        "seal": edition.seal or None,
    }


def marking_of(shell: Shell, work: Work, partnership: str | None, asked: str) -> str:
    """Return the marking of a document of the acting side: the one asked for, else that of the installation."""
    facts, side = find_partnership(work, chosen_partnership(work, partnership)), work.actor.party
    markings = facts.party(side).markings if side else Markings()
    return raised(asked, shell.settings.marking, markings, "--marking")


def form_of(form: Format | None, out: Path) -> Format:
    """Return the format of a file: the one asked for, else the one that its name says; the two must not differ."""
    said = next((known for known in FORMATS if out.suffix == f".{known}"), None)
    if form and said and form != said:
        remedy = f"name the file {out.stem}.{form}"
        raise BadInput(f"{form} is not what {out.name} says", place="--format", remedy=remedy)
    if not (form or said):
        remedy = f"one of {', '.join(FORMATS)}"
        raise BadInput(f"{out.name!r} does not say its format", place="--format", remedy=remedy)
    return form or said or FORMATS[0]


def _said(item: Item, language: str) -> str:
    keys = f" [{', '.join(item.commitments)}]" if item.commitments else ""
    waits = f" ({', '.join(item.stale)} waits for a look)" if item.stale else ""
    return f"{say(item.title, language)}{keys}{waits}"
