"""Agendas as the database keeps them: each side's own working versions, and the versions that both sides see.

Two tables, so that nothing of one side's can stand in a row of both. A meeting is named by its UID: it may be deleted
while it is one side's plan, and what was written for it stays.
"""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, OfOneSide, OfPartnership, Structure
from scheduler.words import Words


class AgendaDraft(OfPartnership, OfOneSide, Base):
    """A working version of one side, never changed once written.

    ``facts`` are those last taken in, ``drafted`` what drafting made of them, ``joint`` the number of the joint version
    last taken in; ``notes`` are the side's own words on its items, by item and kind.
    """

    __tablename__ = "agenda_drafts"
    __table_args__ = (UniqueConstraint("meeting", "layer", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    joint: Mapped[int | None]
    content: Mapped[Structure]
    facts: Mapped[Structure]
    drafted: Mapped[Structure]
    notes: Mapped[Structure]
    conflicts: Mapped[list[Structure]]
    act: Mapped[str] = mapped_column(String(20))
    remark: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))


class AgendaVersion(OfPartnership, Base):
    """A version that both sides see, never changed once written but for its freezing.

    ``side`` made it; ``seal`` is the digest of everything that froze, ``signed`` who agreed for each side, and when.
    """

    __tablename__ = "agenda_versions"
    __table_args__ = (UniqueConstraint("meeting", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    content: Mapped[Structure]
    facts: Mapped[Structure]
    act: Mapped[str] = mapped_column(String(20))
    remark: Mapped[str]
    side: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))
    frozen_at: Mapped[datetime | None]
    signed: Mapped[Structure | None]
    seal: Mapped[str | None] = mapped_column(String(64))


class ItemResult(OfPartnership, Base):
    """What an item came to, by the record of the round that both sides agreed last."""

    __tablename__ = "item_results"
    __table_args__ = (UniqueConstraint("meeting", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]
    item: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[Words]
    wanted: Mapped[str | None] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(String(20))
    text: Mapped[Words]
    commitments: Mapped[list[str]]
