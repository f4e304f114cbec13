"""What tests of several rooms need: who acts and when, a partnership to act in, and rounds on its calendar."""

import atexit
import copy
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from agendas.commitments.programme import sections
from scheduler.actor import Actor, operator, side
from scheduler.dates.slots import Slot, timed_slot
from scheduler.db.engine import make_engine
from scheduler.db.schema import migrate
from scheduler.db.work import unit_of_work
from scheduler.errors import DialoguesError
from scheduler.meetings import actions
from scheduler.obligations.queries import obligation
from scheduler.programmes.loading import SHIPPED, load, read_programme

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
OPERATOR = operator()
UK, NL, US = (side(party, f"{party} secretariat") for party in ("uk", "nl", "us"))
SECTIONS = sections()
SMALL = Path(__file__).parent / "programmes" / "small.yaml"
PARTNERSHIP = "uk-nl"


def programme(file: Path) -> dict[str, Any]:
    """Return a programme file in normal form, to be changed at will."""
    return copy.deepcopy(_read(file))


def load_files(engine: Engine, *files: Path) -> None:
    """Load programme files: by default the small one."""
    with unit_of_work(engine, OPERATOR, NOW) as work:
        for file in files or (SMALL,):
            load(work, programme(file), SECTIONS)


def loaded_sqlite(folder: Path) -> str:
    """Return the address of a new SQLite database with every shipped programme in it."""
    return f"sqlite:///{shutil.copy(_template(), folder / 'loaded.db')}"


def slot(day: date, begins: time = time(10)) -> Slot:
    """Return six hours in London."""
    return timed_slot(day, begins, time(begins.hour + 6), "Europe/London")


def planned(engine: Engine, day: date, *, key: str = "SOC", actor: Actor = UK, merged: str = "") -> str:
    """Put a round on the calendar of one side alone, for ``key`` and one obligation more; return its UID."""
    with unit_of_work(engine, actor, NOW) as work:
        duties = tuple(obligation(work, PARTNERSHIP, name) for name in (key, merged) if name)
        return actions.plan_round(work, actions.Round(duties, slot(day), "uk", None, {"host": "assumed"}))


def offered(engine: Engine, day: date, *, key: str = "SOC", actor: Actor = UK, merged: str = "") -> str:
    """Put a round on the calendar and offer it to the other side."""
    uid = planned(engine, day, key=key, actor=actor, merged=merged)
    with unit_of_work(engine, actor, NOW) as work:
        actions.offer(work, uid)
    return uid


def agreed(engine: Engine, day: date, *, key: str = "SOC", merged: str = "") -> str:
    """Put a round on the calendar that both sides agreed."""
    uid = offered(engine, day, key=key, merged=merged)
    with unit_of_work(engine, NL, NOW) as work:
        actions.agree(work, uid)
    return uid


def refusal(error: type[DialoguesError], act: Callable[..., object], *words: Any, **named: Any) -> str:
    """Return what is said when ``act`` is refused, as a person reads it."""
    return refused(error, act, *words, **named).line("en")


def refused(
    error: type[DialoguesError], act: Callable[..., object], *words: Any, **named: Any
) -> DialoguesError:
    """Return what ``act`` raises when it is refused."""
    with pytest.raises(error) as caught:
        act(*words, **named)
    return caught.value


@cache
def _read(file: Path) -> dict[str, Any]:
    return read_programme(file, SECTIONS)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="dialogues-tests-"))
    atexit.register(shutil.rmtree, folder)
    file = folder / "loaded.db"
    migrate(f"sqlite:///{file}")
    engine = make_engine(f"sqlite:///{file}")
    load_files(engine, *sorted(SHIPPED.glob("*.yaml")))
    engine.dispose()  # with its last connection closed, the file alone is the whole of the database
    return file
