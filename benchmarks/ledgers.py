"""Made-up ledgers of any size in a database of each kind, for the benchmarks of selecting and drafting."""

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import JSON, URL, Engine, Select, delete, insert, select

from agendas.commitments.programme import sections
from agendas.commitments.tables import Commitment, Progress, ProgressSubject
from agendas.drafting.selection import KIND_WEIGHT, STRENGTH_WEIGHT
from scheduler import clock
from scheduler.actor import operator
from scheduler.db.engine import make_engine
from scheduler.db.schema import migrate
from scheduler.db.work import Work, unit_of_work
from scheduler.partnerships.tables import Theme
from scheduler.programmes.loading import SHIPPED, load, read_programme
from scheduler.sources.tables import Passage, Source
from tests.databases import postgresql_database, postgresql_server

KEY, THEMES = "uk-nl", ("JS-T3", "JS-T4")
TODAY = date(2027, 2, 10)
STILL_OPEN = 50
EVERY = 4
"""Of so many commitments one has news, and one a day on which it is due."""

KINDS, STRENGTHS = tuple(KIND_WEIGHT), tuple(STRENGTH_WEIGHT)
TEXT = {"en": "Share findings on routes and money", "nl": "Bevindingen delen over routes en geld"}


@contextlib.contextmanager
def programmes(folder: Path) -> Iterator[tuple[Engine, ...]]:
    """Give the shipped programme in a database of each kind."""
    with (
        postgresql_server(f"benchmark-{os.getpid()}", folder / "lock") as server,
        postgresql_database(server, "ledgers_benchmark") as database,
    ):
        urls = (f"sqlite:///{folder / 'ledger.db'}", database.render_as_string(hide_password=False))
        engines = tuple(map(_with_programme, urls))
        yield engines
        for engine in engines:
            engine.dispose()


def fill(engine: Engine, size: int, *, all_open: bool = True) -> None:
    """Bring the ledger to so many commitments under the two themes, each with a passage of its own, and their news."""
    with unit_of_work(engine, operator(), clock.now()) as work:
        for table in (ProgressSubject, Progress, Commitment):
            work.session.execute(delete(table))
        passages = _passages(work, size)
        themes = work.session.scalars(select(Theme.id).where(Theme.key.in_(THEMES))).all()
        commitments = [
            _commitment(number, all_open=all_open)
            | {"theme_id": themes[number % len(themes)], "passage_id": passages[number]}
            for number in range(size)
        ]
        work.session.execute(insert(Commitment), commitments)
        notes = [_note(number) | {"passage_id": passages[number]} for number in range(0, size, EVERY)]
        work.session.execute(insert(Progress), notes)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def bare(engine: Engine, *queries: Select[*tuple[Any, ...]]) -> Callable[[], int]:
    """Return what asks the driver alone: a connection of its own, SQL written beforehand, JSON by the standard library.

    The filter of layers is not in it, nor are days and instants made of what SQLite keeps as text. It returns how many
    rows it read.
    """
    prepared = [
        (
            str(query.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True})),
            [place for place, column in enumerate(query.selected_columns) if isinstance(column.type, JSON)],
        )
        for query in queries
    ]
    connection = _connected(engine.url)

    def ask() -> int:
        return sum(_read(connection, text, places) for text, places in prepared)

    return ask


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long it takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _with_programme(url: str) -> Engine:
    migrate(url)
    engine = make_engine(url)
    with unit_of_work(engine, operator(), clock.now()) as work:
        load(work, read_programme(SHIPPED / "uk_nl.yaml", sections()), sections())
    return engine


def _passages(work: Work, count: int) -> list[int]:
    """Bring the passages that no programme brought to so many, and return their ids."""
    made_up = Passage.heading == "Made up"
    source = work.session.scalars(select(Source.id).where(Source.key == "JS")).one()
    known = len(work.session.scalars(select(Passage.id).where(made_up)).all())
    row = {"source_id": source, "heading": "Made up", "also": []}
    rows = [row | {"first": number, "last": number + 1} for number in range(known, count)]
    if rows:
        work.session.execute(insert(Passage), rows)
    return list(work.session.scalars(select(Passage.id).where(made_up).order_by(Passage.id)))


def _commitment(number: int, *, all_open: bool) -> dict[str, Any]:
    return {
        "partnership": KEY,
        "key": f"B-{number}",
        "position": number,
        "text": TEXT,
        "kind": KINDS[number % len(KINDS)],
        "strength": STRENGTHS[number % len(STRENGTHS)],
        "verb": "will",
        "owners": {"uk": ["home-office"], "nl": ["jenv"]},
        "owned_by": " uk/home-office nl/jenv ",
        "due": TODAY + timedelta(days=number % 900 - 300) if number % EVERY == 1 else None,
        "topics": [],
        "same_matter_as": [],
        "optional": False,
        "basis": {},
        "posts": {},
        "status": "open" if all_open or number < STILL_OPEN else "delivered",
    }


def _note(number: int) -> dict[str, Any]:
    return {
        "partnership": KEY,
        "layer": None,
        "key": f"P-{number}",
        "position": number,
        "day": TODAY - timedelta(days=number % 700),
        "text": TEXT,
        "state": "progress",
        "commitments": [f"B-{number}"],
        "topics": [],
        "obligations": [],
        "events": [],
    }


def _connected(url: URL) -> Any:
    """Return a connection of the bare driver, with all that it does by itself."""
    if url.get_backend_name() == "sqlite":
        return sqlite3.connect(str(url.database))
    return psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))


def _read(connection: Any, text: str, json_places: list[int]) -> int:
    cursor = connection.cursor()
    cursor.execute(text)
    rows = [list(row) for row in cursor.fetchall()]
    for row in rows:
        for place in json_places:
            if isinstance(row[place], str):  # SQLite's; the driver of PostgreSQL has read it already
                row[place] = json.loads(row[place])
    cursor.close()
    return len(rows)
