"""What was sent of packs, as the database keeps it."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, OfOneSide, OfPartnership


class PackSending(OfPartnership, OfOneSide, Base):
    """A pack of one side that went to a post in a ``letter``; ``edition`` names its version, as ``joint-3.own-7``."""

    __tablename__ = "pack_sendings"
    __table_args__ = (UniqueConstraint("letter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(String(120), index=True)
    edition: Mapped[str] = mapped_column(String(60))
    post: Mapped[str] = mapped_column(String(120))
    letter: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(200))
