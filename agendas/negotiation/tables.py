"""What both sides said of an agenda, as the database keeps it: agreement to what an item says, and remarks."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership


class AgendaSignature(OfPartnership, Base):
    """A side's agreement to what an item, or the running order, says: to its digest, wherever it stands."""

    __tablename__ = "agenda_signatures"
    __table_args__ = (UniqueConstraint("meeting", "subject", "digest", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    side: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class AgendaComment(OfPartnership, Layered, Base):
    """A remark on an item, or on the running order: of one side, unless that side wrote it to both."""

    __tablename__ = "agenda_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    meeting: Mapped[str] = mapped_column(String(120), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    side: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
