"""Answers and mails as the database keeps them."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, OfOneSide, OfPartnership
from scheduler.words import Words


class TakenMail(Base):
    """That a mail was read, by the digest of its bytes: what makes reading it again change nothing. No content."""

    __tablename__ = "mails_taken"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    taken_at: Mapped[datetime]


class AnswerRow(OfPartnership, OfOneSide, Base):
    """One answer of a post of one side, as it came: never changed, never removed."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    post: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(20))
    sequence: Mapped[int]
    stamp: Mapped[datetime]
    comment: Mapped[str]
    delegated_to: Mapped[str] = mapped_column(String(254))
    channel: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime]
    is_verified: Mapped[bool]


class PuzzlingMail(OfPartnership, OfOneSide, Base):
    """A mail to the side ``layer`` that needs a person, with its bytes; ``settled_by`` says who was done with it."""

    __tablename__ = "mails_for_a_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    reason: Mapped[str] = mapped_column(String(20))
    problem: Mapped[Words]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    post: Mapped[str | None] = mapped_column(String(120))
    letter: Mapped[str | None] = mapped_column(String(300), ForeignKey("letters.key"), index=True)
    sender: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(200))
    outcome: Mapped[str | None] = mapped_column(String(20))


class StrayMail(Base):
    """A mail of which nobody knows whose it is; for the operator alone, since it may be anybody's."""

    __tablename__ = "stray_mails"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    reason: Mapped[str] = mapped_column(String(20))
    sender: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(200))
    outcome: Mapped[str | None] = mapped_column(String(20))


class AnswerLink(OfPartnership, OfOneSide, Base):
    """The link in an invitation by which its post answers: what it asked of whom; only the digest of its secret."""

    __tablename__ = "answer_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    post: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(254))
    sequence: Mapped[int]
    made_at: Mapped[datetime]
