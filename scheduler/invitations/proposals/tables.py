"""Proposals of other times as the database keeps them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, OfOneSide, OfPartnership


class ProposalRow(OfPartnership, OfOneSide, Base):
    """Another time that a post of one side proposed, and what a person of that side decided of it.

    What was proposed is never changed; ``letter`` is the one that declined it.
    """

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("meeting_id", "address", "sequence", "stamp"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    post: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(254))
    sequence: Mapped[int]
    stamp: Mapped[datetime]
    first_day: Mapped[date]
    last_day: Mapped[date]
    start_time: Mapped[str | None] = mapped_column(String(5))
    end_time: Mapped[str | None] = mapped_column(String(5))
    zone: Mapped[str] = mapped_column(String(60))
    comment: Mapped[str]
    received_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(String(20))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str]
    letter: Mapped[str | None] = mapped_column(String(300), ForeignKey("letters.key"))
