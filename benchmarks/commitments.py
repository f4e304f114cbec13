"""Selecting the open commitments under themes, against the bare query: ``python -m benchmarks.commitments``.

Two shapes of ledger: one in which all are open and selected, and one that keeps fifty open ones among more and
more closed ones. Ours reads facts through a unit of work, with the filter of layers; the contestant runs the same SQL
through the driver alone and reads its JSON with the standard library. Both in turns within one run: read ratios.
"""

import argparse
import contextlib
import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import JSON, URL, Engine, delete, insert, select

from agendas.commitments.programme import sections
from agendas.commitments.queries import COLUMNS, commitments, in_order
from agendas.commitments.rules import OPEN
from agendas.commitments.tables import Commitment
from scheduler import clock
from scheduler.actor import operator, side
from scheduler.db.engine import make_engine
from scheduler.db.schema import migrate
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.partnerships.tables import Theme
from scheduler.programmes.loading import SHIPPED, load, read_programme
from tests.databases import postgresql_database, postgresql_server

KEY, THEMES = "uk-nl", ("JS-T3", "JS-T4")
SIZES = (50, 500, 5_000, 50_000)
STILL_OPEN = 50
MANY = 1_000
"""Up to so many are selected so fast that they take five times the turns."""

JSON_COLUMNS = tuple(place for place, column in enumerate(COLUMNS) if isinstance(column.type, JSON))


def fill(engine: Engine, size: int, *, all_open: bool) -> None:
    """Bring the ledger to so many commitments under the two themes; the rest of the shipped ones stay."""
    with unit_of_work(engine, operator(), clock.now()) as work:
        themes = work.session.scalars(select(Theme.id).where(Theme.key.in_(THEMES))).all()
        work.session.execute(delete(Commitment))
        row: dict[str, Any] = {"partnership": KEY, "kind": "action", "strength": "will", "verb": "will"}
        row |= {"topics": [], "same_matter_as": [], "optional": False, "basis": {}, "posts": {}, "words": ""}
        row |= {"owners": {"uk": ["home-office"], "nl": ["jenv"]}, "owned_by": " uk/home-office nl/jenv "}
        text = {"en": "Share findings on routes and money", "nl": "Bevindingen delen over routes en geld"}
        rows = [
            {
                **row,
                "key": f"B-{number}",
                "position": number,
                "theme_id": themes[number % len(themes)],
                "text": text,
                "status": "open" if all_open or number < STILL_OPEN else "delivered",
            }
            for number in range(size)
        ]
        work.session.execute(insert(Commitment), rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def ours(work: Work) -> int:
    """Select as drafting does."""
    return len(commitments(work, KEY, themes=THEMES, only_open=True))


def bare(engine: Engine) -> Callable[[], int]:
    """Return the same selection through the driver: a connection of its own, SQL written beforehand, JSON read.

    The filter of layers is not in it, nor are days and instants made of what SQLite keeps as text.
    """
    wanted = select(Theme.id).where(Theme.partnership == KEY, Theme.key.in_(THEMES))
    query = in_order(KEY).where(Commitment.theme_id.in_(wanted), Commitment.status.in_(OPEN))
    text = str(query.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True}))
    connection = connected(engine.url)

    def select_bare() -> int:
        cursor = connection.cursor()
        cursor.execute(text)
        rows = [list(row) for row in cursor.fetchall()]
        for row in rows:
            for place in JSON_COLUMNS:
                if isinstance(row[place], str):  # SQLite's; the driver of PostgreSQL has read it already
                    row[place] = json.loads(row[place])
        cursor.close()
        return len(rows)

    return select_bare


def connected(url: URL) -> Any:
    """Return a connection of the bare driver, with all that it does by itself."""
    if url.get_backend_name() == "sqlite":
        return sqlite3.connect(str(url.database))
    return psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))


def opened(engine: Engine) -> None:
    """Open a unit of work, read nothing, and close it."""
    with reading(engine, side("uk", "benchmark"), clock.now()) as work:
        work.session.connection()


def measure(engine: Engine, turns: int) -> tuple[int, list[float]]:
    """Return how many are selected, and medians in milliseconds: ours, the bare query, a unit of work without a query.

    The first two are read in transactions that stand open: one unit of work reads all that a page or a draft shows.
    """
    plain = bare(engine)
    with reading(engine, side("uk", "benchmark"), clock.now()) as work:
        found = ours(work)
        if found != plain():
            raise AssertionError("the two do not select the same")
        acts: tuple[Callable[[], object], ...] = (lambda: ours(work), plain, lambda: opened(engine))
        turns = turns if found > MANY else turns * 5
        taken = [[milliseconds(act) for act in acts] for _ in range(turns)]
    return found, [statistics.median(times) for times in zip(*taken, strict=True)]


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long it takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


@contextlib.contextmanager
def databases(folder: Path) -> Iterator[list[str]]:
    """Give the address of an empty database of each kind."""
    with (
        postgresql_server(f"benchmark-{os.getpid()}", folder / "lock") as server,
        postgresql_database(server, "commitments_benchmark") as database,
    ):
        yield [f"sqlite:///{folder / 'ledger.db'}", database.render_as_string(hide_password=False)]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="commitments under the themes")
    parser.add_argument("--turns", type=int, default=15, help="selections of each kind")
    options = parser.parse_args()
    print("database    shape        size  selected   ours ms   bare ms  ratio  opening ms")
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as urls:
        for url in urls:
            migrate(url)
            engine = make_engine(url)
            with unit_of_work(engine, operator(), clock.now()) as work:
                load(work, read_programme(SHIPPED / "uk_nl.yaml", sections()), sections())
            for shape in ("all open", "few open"):
                for size in options.sizes:
                    fill(engine, size, all_open=shape == "all open")
                    found, (mine, plain, opening) = measure(engine, options.turns)
                    line = f"{engine.dialect.name:<11} {shape:<9} {size:>7} {found:>9}"
                    print(
                        f"{line} {mine:>9.2f} {plain:>9.2f} {mine / plain:>6.2f} {opening:>11.2f}", flush=True
                    )
            engine.dispose()


if __name__ == "__main__":
    main()
