"""What every table shares: naming of constraints, column types, and the columns of a partnership's rows.

Owns no table. Texts in languages and small structures are JSON; instants are aware and in UTC.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from scheduler.words import Words

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name that a migration can drop on both databases."""


JSON_OR_NULL = JSON(none_as_null=True)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC on the Python side, whatever the database makes of time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, which would be somebody's guess, and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; instants are stored in UTC")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware instant in UTC (SQLite keeps no zone)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


Structure = dict[str, Any]
"""A small structure that is read and written whole, never searched into."""


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Words: JSON_OR_NULL,
        Structure: JSON_OR_NULL,
        list[str]: JSON_OR_NULL,
        list[int]: JSON_OR_NULL,
        list[Structure]: JSON_OR_NULL,
    }


class OfPartnership:
    """Mixin: a row that belongs to one partnership, and is invisible to whoever is no party to it."""

    partnership: Mapped[str] = mapped_column(String(60), ForeignKey("partnerships.key"), index=True)


class Layered:
    """Mixin: a row that is joint (``layer`` is NULL) or belongs to one side, which alone may know that it exists.

    A new row that says nothing belongs to the side that writes it: nothing becomes joint by default.
    """

    layer: Mapped[str | None] = mapped_column(String(20), ForeignKey("parties.key"), index=True)


class OfOneSide(Layered):
    """Mixin: a row that belongs to one side alone, in whatever partnership; it can never be joint."""

    layer: Mapped[str | None] = mapped_column(
        String(20), ForeignKey("parties.key"), index=True, nullable=False
    )
