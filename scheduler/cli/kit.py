"""What every command shares: the installation it works on, who it acts for, and how it prints.

A command acts as one side (``--as uk``, else the setting DIALOGUES_SIDE) or as the operator (``--as operator``).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click
from flask import Flask
from sqlalchemy import Engine

from scheduler import clock
from scheduler.accounts.rules import Act, require, role_at_the_keyboard
from scheduler.actor import Actor, operator, side
from scheduler.db.schema import require_current
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.errors import BadInput, DialoguesError
from scheduler.invitations.queries import HasJointAgenda
from scheduler.partnerships.queries import partnerships, require_side
from scheduler.programmes.sections import Section
from scheduler.reminders.queries import AgendaDeadlines
from scheduler.settings import Settings

OPERATOR = "operator"
Command = TypeVar("Command", bound=Callable[..., Any])


class Ticks(Protocol):
    """What runs beside the pages, and must be told when they end."""

    def shutdown(self) -> None:
        """Finish what has begun, or give it back."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The installation that a command works on, and what other wings add to it."""

    settings: Settings
    engine: Engine
    sections: tuple[Section, ...]
    create_app: Callable[[Settings, Engine], Flask]
    start_ticks: Callable[[Settings, Engine], Ticks]
    keep_ticking: Callable[[Settings, Engine], None]
    tick: Callable[[Settings, Engine], str]
    agenda_deadlines: AgendaDeadlines
    has_joint_agenda: HasJointAgenda
    draft_agendas: Callable[["Shell", str, str, date, Path], list[Path]]
    check: Callable[[Settings], None]
    """Raises ``BadInput`` for a setting that only documents would meet, before anybody asks for one."""

    def actor(self, named: str | None) -> Actor:
        """Return who a command acts for; raise ``BadInput`` where nobody is named."""
        name = named or self.settings.side
        if not name:
            raise BadInput(
                "nobody is named to act for",
                place="--as",
                remedy="--as uk, --as operator, or set DIALOGUES_SIDE",
            )
        return operator() if name == OPERATOR else side(name, f"{name} at the command line")

    def reading(self, named: str | None, act: Act) -> AbstractContextManager[Work]:
        """Open a reading, now, for whoever ``--as`` named; raise ``NotAllowed`` unless the act is theirs."""
        return reading(self.engine, self._permitted(named, act), clock.now())

    def work(self, named: str | None, act: Act) -> AbstractContextManager[Work]:
        """Open a unit of work, now, for whoever ``--as`` named; raise ``NotAllowed`` unless the act is theirs."""
        return unit_of_work(self.engine, self._permitted(named, act), clock.now())

    def _permitted(self, named: str | None, act: Act) -> Actor:
        actor = self.actor(named)
        require(role_at_the_keyboard(actor), act)
        require_current(self.engine)
        if not actor.is_operator:
            with reading(self.engine, actor, clock.now()) as work:
                require_side(work, place="--as" if named else "DIALOGUES_SIDE")
        return actor


pass_shell = click.make_pass_decorator(Shell)


class CommandLine(click.Group):
    """Commands that a mistake a person can mend ends with one clear message, and exit code 2 or 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run one command."""
        try:
            return super().invoke(ctx)
        except DialoguesError as error:
            click.echo(str(error), err=True)
            return ctx.exit(_exit_code(error))


class Day(click.ParamType[date]):
    """A calendar day on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read ``2027-02-01``; anything else ends the command with exit code 2."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day that exists; write it as 2027-02-01", param, ctx)


class Clock(click.ParamType[time]):
    """A wall time on the command line."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """Read ``09:30``; anything else ends the command with exit code 2."""
        if isinstance(value, time):
            return value
        try:
            return datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007 (a wall time has no zone)
        except ValueError:
            self.fail(f"{value!r} is no time; write it as 09:30", param, ctx)


def acting(command: Command) -> Command:
    """Give a command the option ``--as``."""
    return click.option("--as", "named", metavar="SIDE", help="Side to act for, or operator.")(command)


def in_partnership(command: Command) -> Command:
    """Give a command the option ``--partnership``."""
    return click.option(
        "--partnership", "partnership", metavar="KEY", help="Partnership; needed where you have several."
    )(command)


def as_json(command: Command) -> Command:
    """Give a command the option ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")(command)


def in_language(command: Command) -> Command:
    """Give a command the option ``--language``."""
    return click.option(
        "--language", type=click.Choice(("en", "nl")), default="en", help="Language of what is printed."
    )(command)


def chosen_partnership(work: Work, named: str | None) -> str:
    """Return the partnership a command is about; raise ``BadInput`` where it must be named and is not."""
    known = [entry.key for entry in partnerships(work)]
    if not known:
        raise BadInput("no programme is loaded", remedy="`dialogues load FILE`")
    if named:
        if named not in known:
            raise BadInput(
                f"{named!r} is not known", place="--partnership", remedy=f"one of {', '.join(known)}"
            )
        return named
    standing = [entry.key for entry in partnerships(work) if len(entry.parties) > 1]
    if len(standing) == 1:
        return standing[0]
    raise BadInput("name the partnership", place="--partnership", remedy=f"one of {', '.join(known)}")


def write_file(file: Path, content: bytes) -> None:
    """Write a file and say so; raise ``BadInput`` where it cannot be written."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", place=str(file)) from error
    click.echo(f"Wrote {file}.")


def print_json(value: Any) -> None:
    """Print a value as JSON: dates as ISO 8601, instants in UTC with Z."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under heads in columns as wide as their widest cell."""
    cells = [
        [str(head) for head in heads],
        *([("" if cell is None else str(cell)) for cell in row] for row in rows),
    ]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())


def _exit_code(error: DialoguesError) -> int:
    """Return 2 for input that cannot be meant, else 1."""
    return 2 if isinstance(error, BadInput) else 1


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
