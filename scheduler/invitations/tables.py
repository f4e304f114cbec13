"""Delegations, what was sent, and who was told what, as the database keeps them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfOneSide, OfPartnership, Structure


class DelegationRow(OfPartnership, OfOneSide, Base):
    """That a side keeps a list of its own for a meeting; without this row the posts of the programme come."""

    __tablename__ = "delegations"
    __table_args__ = (UniqueConstraint("meeting_id", "layer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(String(200))


class DelegateRow(OfPartnership, OfOneSide, Base):
    """A post on the list of its side, perhaps in the place of another; confirmed for the day ``confirmed_for``."""

    __tablename__ = "delegates"
    __table_args__ = (UniqueConstraint("meeting_id", "post"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    post: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    stands_in_for: Mapped[str | None] = mapped_column(String(120))
    confirmed_for: Mapped[date | None]


class SharedDelegation(OfPartnership, Layered, Base):
    """What a side shows of its delegation to the other: confirmed heads, or a released list. Always joint.

    A copy, written anew when what may be seen changes, so that nothing of the list itself is ever joint.
    """

    __tablename__ = "shared_delegations"
    __table_args__ = (UniqueConstraint("meeting_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    party: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    delegates: Mapped[list[Structure]]
    released_at: Mapped[datetime | None]
    released_by: Mapped[str | None] = mapped_column(String(200))


class MeetingArrangement(OfPartnership, Layered, Base):
    """What the host says of the meeting itself: seats for each side, languages, interpretation. Always joint."""

    __tablename__ = "meeting_arrangements"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), unique=True)
    seats: Mapped[int | None]
    languages: Mapped[list[str]]
    interpretation: Mapped[bool | None]
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(String(200))


class InvitationSending(OfPartnership, Layered, Base):
    """That a person sent the invitations of a meeting, or called it off, with what they then said. Always joint.

    ``revision`` is that of the meeting, ``sequence`` the SEQUENCE that calendars are told; ``reason`` was written for
    everybody who is invited.
    """

    __tablename__ = "invitation_sendings"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    number: Mapped[int]
    is_call_off: Mapped[bool]
    sequence: Mapped[int]
    revision: Mapped[int]
    content: Mapped[Structure]
    reason: Mapped[str | None]
    party: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class AskedAgainRow(OfPartnership, OfOneSide, Base):
    """That a calendar program of an address asked for what it was told last once more (REFRESH)."""

    __tablename__ = "invitations_asked_again"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime]


class ToldRow(OfPartnership, OfOneSide, Base):
    """What one address of a side was told of a meeting, and in which letter: never changed, never removed."""

    __tablename__ = "invitations_told"
    __table_args__ = (UniqueConstraint("letter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    sending_id: Mapped[int] = mapped_column(ForeignKey("invitation_sendings.id"))
    post: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(254), index=True)
    method: Mapped[str] = mapped_column(String(20))
    cause: Mapped[str] = mapped_column(String(20))
    sequence: Mapped[int]
    stamp: Mapped[datetime]
    letter: Mapped[str] = mapped_column(String(300), ForeignKey("letters.key"))
    told_at: Mapped[datetime]
