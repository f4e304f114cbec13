"""Diaries as the database keeps them: where they come from, how the last readings went, and busy times alone."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, OfOneSide, Structure


class Diary(OfOneSide, Base):
    """The diary of a post, in whatever partnerships the post sits: from an address, or from a file (no ``address``).

    ``address`` may hold a secret and is shown to nobody. ``key`` changes whenever people put another diary in its
    place, so that a reading that began before is dropped. ``read_at`` is the last reading that succeeded; ``whole_at``
    the last that brought busy times, which reach until ``reaches``. ``due_at`` is when an address is read again.
    """

    __tablename__ = "diaries"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), unique=True)
    key: Mapped[str] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(Text)
    set_by: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    read_at: Mapped[datetime | None]
    whole_at: Mapped[datetime | None]
    reaches: Mapped[date | None]
    etag: Mapped[str | None] = mapped_column(String(500))
    modified: Mapped[str | None] = mapped_column(String(100))
    entries: Mapped[int]
    skipped: Mapped[Structure]
    assumed: Mapped[Structure]
    failure: Mapped[str | None] = mapped_column(String(40))
    failed_at: Mapped[datetime | None]
    failures: Mapped[int]


class DiaryTime(OfOneSide, Base):
    """One stretch of busy time; the end is exclusive."""

    __tablename__ = "diary_times"
    __table_args__ = (Index(None, "diary_id", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    diary_id: Mapped[int] = mapped_column(ForeignKey("diaries.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    all_day: Mapped[bool]
    tentative: Mapped[bool]
