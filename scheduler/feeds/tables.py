"""Subscriptions and written events as the database keeps them; of a secret only its digest."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership


class Subscription(OfPartnership, Layered, Base):
    """A secret address of a feed. ``layer`` is the side with whose eyes it reads, and which alone may list it.

    Nothing but ``revoked_at`` ever changes: whoever wants another feed makes another address. ``key`` names it among
    people; empty lists of themes, levels and obligations mean all.
    """

    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10))
    tier: Mapped[str] = mapped_column(String(10))
    deadlines: Mapped[str] = mapped_column(String(10))
    themes: Mapped[list[str]]
    levels: Mapped[list[str]]
    obligations: Mapped[list[str]]
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Fragment(OfPartnership, Layered, Base):
    """What was written of a meeting, in one language and tier: its VEVENT, or its deadlines in one form (``part``).

    ``mark`` names everything that the bytes were made of, among it the meeting's layer and revision: bytes under
    another mark are out of date. ``zone`` is the TZID they refer to.
    """

    __tablename__ = "feed_fragments"
    __table_args__ = (UniqueConstraint("meeting_id", "part", "language", "tier", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10))
    tier: Mapped[str] = mapped_column(String(10))
    mark: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str | None] = mapped_column(String(60))
    content: Mapped[bytes] = mapped_column(LargeBinary)
