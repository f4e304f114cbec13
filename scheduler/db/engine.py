"""The engine: SQLite for one machine, PostgreSQL beyond it, with the same promises from both.

SQLite runs with a write-ahead log, enforced foreign keys and explicit transactions: a unit of work begins with
``BEGIN IMMEDIATE``, because a deferred transaction that turns into a write loses the race silently or fails late; a
reading begins with a plain ``BEGIN`` and cannot write. On PostgreSQL a reading is one read-only snapshot.

What went wrong with a statement is said without its values: errors end in the log, which no side's notes may reach.

JSON is read by msgspec, five times as fast as by the standard library: a ledger has seven such columns in every row.
"""

import json
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from scheduler.errors import BadInput

READING = "reading"
BUSY_SECONDS = 10
"""How long a writer waits for another one on SQLite before it gives up."""

_JSON: msgspec.json.Decoder[Any] = msgspec.json.Decoder()


def make_engine(url: str) -> Engine:
    """Return an engine for ``sqlite:///…`` or ``postgresql://…``; raise ``BadInput`` for anything else."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadInput(
            "is not an address of a database", place="DATABASE_URL", remedy="sqlite:///file.db"
        ) from error
    match parsed.get_backend_name():
        case "sqlite":
            engine = create_engine(
                parsed,
                hide_parameters=True,
                json_deserializer=read_json,
                connect_args={"timeout": BUSY_SECONDS},
            )
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        case "postgresql":
            address = parsed.set(drivername="postgresql+psycopg")
            return create_engine(
                address, hide_parameters=True, json_deserializer=read_json, pool_pre_ping=True
            )
        case other:
            raise BadInput(
                f"{other} is not supported", place="DATABASE_URL", remedy="use sqlite:///… or postgresql://…"
            )


def reading_engine(engine: Engine) -> Engine:
    """Return a view of the same engine whose transactions are consistent snapshots that cannot write."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READING: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def read_json(stored: str | bytes) -> Any:
    """Return the value of a JSON text as the standard library reads it."""
    try:
        return _JSON.decode(stored)
    except msgspec.DecodeError:
        return json.loads(stored)  # half a surrogate pair, or a number past all bounds


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would otherwise begin transactions on its own, deferred, and only before some statements.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
