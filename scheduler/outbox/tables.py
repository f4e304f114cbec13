"""Letters as the database keeps them."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership


class Letter(OfPartnership, Layered, Base):
    """A letter to one post of one side; ``layer`` is that side, which alone may know of it.

    ``key`` says what the letter is for, and makes a second one for the same thing impossible. ``content`` is
    the whole message as it goes over the line, fixed when it was written, so that every attempt sends the
    same bytes. Whoever holds ``lease_token`` may record what became of it.
    """

    __tablename__ = "letters"
    __table_args__ = (Index(None, "state", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    post: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    message_id: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None] = mapped_column(String(40))
    last_error: Mapped[str | None]
    enqueued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
