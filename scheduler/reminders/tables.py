"""The ledger of reminders given, which is all that is remembered of them: the rest follows from what stands."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership


class GivenReminder(OfPartnership, Layered, Base):
    """A reminder that a post of the side ``layer`` was given, in a letter whose own row tells its fate.

    ``key`` is ``reminder/<meeting>/<milestone>/<post>/<sequence>``; that it is unique is what makes a second
    one impossible. One letter may carry several reminders.
    """

    __tablename__ = "reminders_given"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    letter: Mapped[str | None] = mapped_column(String(300), ForeignKey("letters.key"), index=True)
    given_at: Mapped[datetime]
