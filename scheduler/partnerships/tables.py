"""Partnerships, parties, offices, posts, themes and closed days as the database keeps them.

Parties, offices and posts exist once in an installation, since one minister may sit in several partnerships; what a
partnership knows of them stands in its own lists, so that no side sees another partnership's posts.
"""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership, Structure
from scheduler.words import Words


class Party(Base):
    """A government, as a side: its language, zone, capital, public holidays and office hours."""

    __tablename__ = "parties"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[Words]
    short: Mapped[Words]
    language: Mapped[str] = mapped_column(String(10))
    zone: Mapped[str] = mapped_column(String(60))
    capital: Mapped[Words]
    holiday_country: Mapped[str] = mapped_column(String(2))
    holiday_subdivision: Mapped[str | None] = mapped_column(String(10))
    office_from: Mapped[str] = mapped_column(String(5))
    office_until: Mapped[str] = mapped_column(String(5))
    markings: Mapped[Structure | None]
    basis: Mapped[Structure]


class Partnership(Base):
    """A standing relation between parties, with the languages it works in."""

    __tablename__ = "partnerships"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[Words]
    languages: Mapped[list[str]]


class Member(OfPartnership, Base):
    """A party in a partnership, in the order of the documents."""

    __tablename__ = "partnership_members"
    __table_args__ = (UniqueConstraint("partnership", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    position: Mapped[int]


class Office(Base):
    """A ministry, embassy or agency of a party."""

    __tablename__ = "offices"
    __table_args__ = (UniqueConstraint("party", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[Words]
    short: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(30))
    city: Mapped[Words]
    is_secretariat: Mapped[bool]
    capacity: Mapped[Structure | None]
    basis: Mapped[Structure]


class Post(Base):
    """A post in an office, whoever holds it. ``letters_to`` names the post that gets its mail."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("party", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    key: Mapped[str] = mapped_column(String(60))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    title: Mapped[Words]
    level: Mapped[str] = mapped_column(String(20))
    mailbox: Mapped[str | None] = mapped_column(String(254))
    is_private_office: Mapped[bool]
    letters_to: Mapped[str | None] = mapped_column(String(60))
    basis: Mapped[Structure]


class PartnershipOffice(OfPartnership, Base):
    """An office that a partnership names."""

    __tablename__ = "partnership_offices"
    __table_args__ = (UniqueConstraint("partnership", "office_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    position: Mapped[int]


class PartnershipPost(OfPartnership, Base):
    """A post that a partnership names."""

    __tablename__ = "partnership_posts"
    __table_args__ = (UniqueConstraint("partnership", "post_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    position: Mapped[int]


class Theme(OfPartnership, Base):
    """A theme of a partnership, in the order of its founding document."""

    __tablename__ = "themes"
    __table_args__ = (UniqueConstraint("partnership", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    title: Mapped[Words]
    kind: Mapped[str] = mapped_column(String(30))
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    leads: Mapped[Structure]
    basis: Mapped[Structure]


class ClosedDayRow(OfPartnership, Layered, Base):
    """Days on which a party, or some of its offices, cannot or would rather not meet: recess, summits, absences."""

    __tablename__ = "closed_days"
    __table_args__ = (UniqueConstraint("partnership", "party", "kind", "first", "last", "layer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    title: Mapped[Words]
    first: Mapped[date]
    last: Mapped[date]
    effect: Mapped[str] = mapped_column(String(10))
    levels: Mapped[list[str]]
    offices: Mapped[list[str]]
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str]
    basis: Mapped[str] = mapped_column(String(200))
