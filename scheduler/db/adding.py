"""Adding rows that may be there already: whoever comes second changes nothing, and fails nothing."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.db.base import Base
from scheduler.db.work import Work

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
"""Both know ON CONFLICT DO NOTHING, each under a name of its own."""


def add_new(
    work: Work, kind: type[Base], rows: Sequence[Mapping[str, Any]], *, unique: tuple[str, ...], told: str
) -> frozenset[Any]:
    """Add those of ``rows`` whose ``unique`` columns nobody holds yet; return what these have in the column ``told``.

    Of two units of work that try it at once, one adds. Every row names its layer, for nothing is filled in here.
    """
    statement = _statement(work.session.get_bind().dialect.name, kind, unique, told)
    return frozenset(work.session.connection().execute(statement, rows).scalars())


@cache
def _statement(dialect: str, kind: type[Base], unique: tuple[str, ...], told: str) -> Executable:
    """Return a statement put together once for each process: some are run for every letter."""
    table = cast(Table, kind.__table__)
    new = _INSERT[dialect](table).on_conflict_do_nothing(index_elements=unique)
    return cast(Executable, new.returning(table.c[told]))
