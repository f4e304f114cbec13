"""Letters as the database keeps them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfOneSide, OfPartnership


class Letter(OfPartnership, Layered, Base):
    """A letter to one post of one side; ``layer`` is that side, which alone may know of it.

    ``key`` says what the letter is for, and makes a second one for the same thing impossible. ``content`` is
    the whole message as it goes over the line, fixed when it was written, so that every attempt sends the
    same bytes. Whoever holds ``lease_token`` may record what became of it. From ``expires_at`` on it is not sent.
    ``is_possible_duplicate`` is set when it was sent again although it may have arrived before.
    """

    __tablename__ = "letters"
    __table_args__ = (Index(None, "state", "layer", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    post: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str]
    message_id: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None] = mapped_column(String(40))
    last_error: Mapped[str | None]
    enqueued_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    is_possible_duplicate: Mapped[bool]


class LetterContent(OfPartnership, Layered, Base):
    """What a letter says: written once with it, and apart from it, so that what changes often is a short row."""

    __tablename__ = "letter_contents"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class RelayShare(OfOneSide, Base):
    """Until when one side has used up its share of what a relay takes; that side alone may know of it."""

    __tablename__ = "relay_shares"
    __table_args__ = (UniqueConstraint("relay", "layer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    relay: Mapped[str] = mapped_column(String(300))
    used_until: Mapped[datetime | None]
