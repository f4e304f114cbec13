"""Meetings as the database keeps them: local wall time and zone; identity and revision as calendars want them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership, Structure
from scheduler.words import Words


class Meeting(OfPartnership, Layered, Base):
    """A round. One side's plan is a row of that side; once offered it is joint, with a revision count that starts anew.

    Times are wall times in ``zone``; without ``start_time`` the meeting lasts whole days. ``sequence`` rises
    when time, place or status change materially, ``revision`` with every change; ``changed_at`` is the
    DTSTAMP of both.
    """

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[date | None] = mapped_column(index=True)
    last_day: Mapped[date | None]
    start_time: Mapped[str | None] = mapped_column(String(5))
    end_time: Mapped[str | None] = mapped_column(String(5))
    zone: Mapped[str] = mapped_column(String(60))
    host: Mapped[str | None] = mapped_column(String(20), ForeignKey("parties.key"))
    place: Mapped[Words | None]
    sequence: Mapped[int]
    revision: Mapped[int]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    note: Mapped[Words | None]
    basis: Mapped[Structure]


class MeetingDuty(Base):
    """An obligation that a meeting discharges; the first is its own, further ones are merged into it."""

    __tablename__ = "meeting_duties"
    __table_args__ = (UniqueConstraint("meeting_id", "obligation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    position: Mapped[int]


class MeetingConsent(Base):
    """A side's consent to the date of a meeting, with who and when."""

    __tablename__ = "meeting_consents"
    __table_args__ = (UniqueConstraint("meeting_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    party: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class MeetingOption(OfPartnership, Layered, Base):
    """A slot, host and place on offer for a meeting: joint, since options come to be by being offered.

    ``number`` counts every option that the meeting ever had, so that an answer to one never falls on another that took
    its place. Of the options that stand, the meeting itself shows the first.
    """

    __tablename__ = "meeting_options"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[date]
    last_day: Mapped[date]
    start_time: Mapped[str | None] = mapped_column(String(5))
    end_time: Mapped[str | None] = mapped_column(String(5))
    zone: Mapped[str] = mapped_column(String(60))
    host: Mapped[str | None] = mapped_column(String(20), ForeignKey("parties.key"))
    place: Mapped[Words | None]
    offered_by: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))


class OptionAnswer(Base):
    """What a side answered to an option, with who and when; offering one is the first acceptance of it."""

    __tablename__ = "meeting_option_answers"
    __table_args__ = (UniqueConstraint("option_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("meeting_options.id"), index=True)
    party: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    answer: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class MeetingNote(OfPartnership, Layered, Base):
    """A note on a meeting, or on an option: of one side, unless that side wrote it as joint."""

    __tablename__ = "meeting_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    option_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_options.id"))
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
