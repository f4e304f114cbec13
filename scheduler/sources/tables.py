"""Sources, passages and dated events as the database keeps them."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, OfPartnership, Structure
from scheduler.words import Words


class Source(OfPartnership, Base):
    """A document. ``date`` is as exact as it is known: ``2025``, ``2025-12`` or ``2025-12-03``.

    ``headings`` and ``paragraphs`` are the offsets in its text at which they begin, in ascending order.
    """

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("partnership", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    title: Mapped[Words]
    kind: Mapped[str] = mapped_column(String(30))
    date: Mapped[str | None] = mapped_column(String(10))
    date_basis: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10))
    parties: Mapped[list[str]]
    legal_status: Mapped[str | None] = mapped_column(String(200))
    place: Mapped[Words | None]
    signed_by: Mapped[list[str]]
    sha256: Mapped[str | None] = mapped_column(String(64))
    characters: Mapped[int | None]
    headings: Mapped[list[int]] = mapped_column(default=list)
    paragraphs: Mapped[list[int]] = mapped_column(default=list)
    address: Mapped[str | None]
    doubt: Mapped[str | None]


class Passage(Base):
    """Where in a source something is said: heading, and half-open offsets in characters of the source's text."""

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    heading: Mapped[str | None]
    first: Mapped[int | None]
    last: Mapped[int | None]
    also: Mapped[list[Structure]]


class DatedEvent(OfPartnership, Base):
    """Something that a source dates, or announces, once: a signature, a visit, a summit, a deadline."""

    __tablename__ = "dated_events"
    __table_args__ = (UniqueConstraint("partnership", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    title: Mapped[Words]
    date: Mapped[str | None] = mapped_column(String(10))
    tense: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(30))
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    posts: Mapped[list[str]]
    discharges: Mapped[Structure | None]
    note: Mapped[Words | None]
    basis: Mapped[Structure]
