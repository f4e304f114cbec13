"""What is remembered of reminders: the ledger of those given, what people said to them, and what a side has set.

Everything here belongs to one side. When somebody is told next is kept nowhere: it follows from what stands.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfOneSide, OfPartnership


class GivenReminder(OfPartnership, Layered, Base):
    """A reminder that a post of the side ``layer`` was given, in a letter whose own row tells its fate.

    ``key`` is ``reminder/<meeting>/<milestone>/<post>/<sequence>``; that it is unique is what makes a second
    one impossible. One letter may carry several reminders. ``about`` is the key of the reminder that it repeats or
    escalates, or its own; ``day`` that of the step, unknown for what was given before days were kept.
    """

    __tablename__ = "reminders_given"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    about: Mapped[str] = mapped_column(String(300), index=True)
    subject: Mapped[str] = mapped_column(String(120))
    step: Mapped[str] = mapped_column(String(40))
    post: Mapped[str] = mapped_column(String(120))
    day: Mapped[date | None]
    letter: Mapped[str | None] = mapped_column(String(300), ForeignKey("letters.key"), index=True)
    given_at: Mapped[datetime]


class ReminderSetting(OfPartnership, OfOneSide, Base):
    """One value that a side has set in the place of a default.

    An empty ``obligation``, ``post`` or ``level`` means all. ``amount`` is weeks before a round, or working days for a
    step of escalation; ``None`` leaves it as it is, unless the step ``is_off``. ``audience`` is one of the audiences,
    or a post; ``None`` leaves it as it is.
    """

    __tablename__ = "reminder_settings"
    __table_args__ = (UniqueConstraint("partnership", "layer", "step", "obligation", "post", "level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(String(40))
    obligation: Mapped[str] = mapped_column(String(60))
    post: Mapped[str] = mapped_column(String(120))
    level: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int | None]
    is_off: Mapped[bool]
    audience: Mapped[str | None] = mapped_column(String(120))
    set_by: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]


class ReminderDigest(OfPartnership, OfOneSide, Base):
    """That a post wants its reminders gathered: every working day, or weekly on ``weekday`` (0 is Monday)."""

    __tablename__ = "reminder_digests"
    __table_args__ = (UniqueConstraint("partnership", "post"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post: Mapped[str] = mapped_column(String(120))
    rhythm: Mapped[str] = mapped_column(String(20))
    weekday: Mapped[int]
    set_by: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]


class ReminderAnswer(OfPartnership, OfOneSide, Base):
    """What somebody said to a reminder, ``about``: that it is in hand, or (``until``) to be reminded again on a day.

    Answers are only ever added, each once, and what they come to depends on no order.
    """

    __tablename__ = "reminder_answers"
    __table_args__ = (UniqueConstraint("about", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(40))
    until: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(String(200))
    answered_at: Mapped[datetime]


class ReminderLink(OfPartnership, OfOneSide, Base):
    """The link in a letter by which its post answers what the letter reminds of; only its digest is kept."""

    __tablename__ = "reminder_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    letter: Mapped[str] = mapped_column(String(300), ForeignKey("letters.key"), unique=True)
    post: Mapped[str] = mapped_column(String(120))
    expires_at: Mapped[datetime]
