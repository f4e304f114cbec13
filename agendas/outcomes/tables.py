"""Records of rounds as the database keeps them: each side's own working versions, and those that both sides see.

As with agendas: two tables, so that nothing of one side's can stand in a row of both.
"""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, OfOneSide, OfPartnership, Structure


class RecordDraft(OfPartnership, OfOneSide, Base):
    """A working version of one side, never changed once written; ``joint`` is the joint version last taken in."""

    __tablename__ = "record_drafts"
    __table_args__ = (UniqueConstraint("meeting", "layer", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    joint: Mapped[int | None]
    content: Mapped[Structure]
    conflicts: Mapped[list[str]]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))


class RecordVersion(OfPartnership, Base):
    """A version that both sides see, never changed once written but for its being agreed.

    ``effects`` says under which keys the ledger keeps what the record brought: new commitments, and notes.
    """

    __tablename__ = "record_versions"
    __table_args__ = (UniqueConstraint("meeting", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    content: Mapped[Structure]
    remark: Mapped[str]
    side: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))
    agreed_at: Mapped[datetime | None]
    signed: Mapped[Structure | None]
    seal: Mapped[str | None] = mapped_column(String(64))
    effects: Mapped[Structure]


class RecordSignature(OfPartnership, Base):
    """A side's agreement to what a subject of the record says: to its digest."""

    __tablename__ = "record_signatures"
    __table_args__ = (UniqueConstraint("meeting", "subject", "digest", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    side: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
