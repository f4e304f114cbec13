"""Commitments, progress on them, and recorded silences as the database keeps them."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership, Structure
from scheduler.words import Words


class Commitment(OfPartnership, Base):
    """Something promised under a theme. ``owners`` lists the keys of offices by side; the source is never quoted."""

    __tablename__ = "commitments"
    __table_args__ = (
        UniqueConstraint("partnership", "key"),
        Index("ix_commitments_open", "partnership", "theme_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    text: Mapped[Words]
    kind: Mapped[str] = mapped_column(String(40))
    strength: Mapped[str] = mapped_column(String(20))
    verb: Mapped[str]
    owners: Mapped[Structure]
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    topics: Mapped[list[str]]
    due: Mapped[date | None]
    deliverable: Mapped[Words | None]
    optional: Mapped[bool]
    doubt: Mapped[str | None]
    same_matter_as: Mapped[list[str]]
    status: Mapped[str] = mapped_column(String(20))
    basis: Mapped[Structure]


class Progress(OfPartnership, Layered, Base):
    """What was said of commitments, topics, obligations or events, and when: joint, or one side's own note."""

    __tablename__ = "progress"
    __table_args__ = (UniqueConstraint("partnership", "layer", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    day: Mapped[date]
    text: Mapped[Words]
    state: Mapped[str] = mapped_column(String(30))
    commitments: Mapped[list[str]]
    topics: Mapped[list[str]]
    obligations: Mapped[list[str]]
    events: Mapped[list[str]]
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))


class Silence(OfPartnership, Base):
    """What a source, looked at, says nothing of: "no news" as an honest value."""

    __tablename__ = "silences"
    __table_args__ = (UniqueConstraint("partnership", "subject", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    subject: Mapped[str] = mapped_column(String(60))
    text: Mapped[Words]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
