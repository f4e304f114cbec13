"""Holders of posts as the database keeps them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfOneSide


class PostHolder(Layered, Base):
    """Who holds a post from when until when: joint where a programme file says so, else of the side that says it."""

    __tablename__ = "post_holders"
    __table_args__ = (UniqueConstraint("post_id", "first", "layer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    first: Mapped[date]
    last: Mapped[date | None]
    mailbox: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str | None] = mapped_column(String(10))
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(String(200))


class HolderTold(OfOneSide, Base):
    """That somebody of the side saw to it that whoever took over a post on the day ``first`` knows what is to come."""

    __tablename__ = "post_holders_told"
    __table_args__ = (UniqueConstraint("post_id", "first", "layer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    first: Mapped[date]
    told_at: Mapped[datetime]
    told_by: Mapped[str] = mapped_column(String(200))
