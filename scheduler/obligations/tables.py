"""Obligations, and what people decided about their rounds, as the database keeps them.

``basis`` says, for each value that no source states, who assumed or set it; what is not named there is stated. Why it
was chosen stands there too, as ``<field>.note``: a text by language.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership, Structure
from scheduler.words import Words


class Obligation(OfPartnership, Base):
    """A recurring obligation with its cadence as worded and as a rule."""

    __tablename__ = "obligations"
    __table_args__ = (UniqueConstraint("partnership", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    title: Mapped[Words]
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    cadence: Mapped[Structure]
    established: Mapped[bool]
    in_force_from: Mapped[date]
    in_force_until: Mapped[date | None]
    duration: Mapped[Structure | None]
    start_time: Mapped[str | None] = mapped_column(String(5))
    window: Mapped[Structure | None]
    preferred: Mapped[Structure | None]
    host: Mapped[Structure]
    leads: Mapped[Structure]
    predecessor: Mapped[Structure | None]
    note: Mapped[Words | None]
    basis: Mapped[Structure]


class ObligationTheme(Base):
    """A theme that an obligation serves; the first is its own."""

    __tablename__ = "obligation_themes"
    __table_args__ = (UniqueConstraint("obligation_id", "theme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    position: Mapped[int]


class Topic(Base):
    """A subject that the text itself puts on the agenda of an obligation."""

    __tablename__ = "topics"
    __table_args__ = (UniqueConstraint("obligation_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    title: Mapped[Words]


class ObligationPost(Base):
    """A post on the delegation, as chair, required, optional or informed."""

    __tablename__ = "obligation_posts"
    __table_args__ = (UniqueConstraint("obligation_id", "post_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    role: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]


class Relation(Base):
    """How an obligation stands to another one, or to a body outside the programme (``outside``)."""

    __tablename__ = "relations"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    type: Mapped[str] = mapped_column(String(30))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("obligations.id"))
    outside: Mapped[str | None]
    lag_days: Mapped[int | None]
    note: Mapped[Words | None]
    basis: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]


class Evidence(Base):
    """A further passage that shows an obligation to exist, such as a press release of one of its rounds."""

    __tablename__ = "obligation_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passages.id"))
    position: Mapped[int]


class Skip(OfPartnership, Base):
    """A round that both sides agree to leave out: proposed by one, in force once every other side has agreed."""

    __tablename__ = "skips"
    __table_args__ = (UniqueConstraint("obligation_id", "due"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    due: Mapped[date]
    reason: Mapped[str]
    consents: Mapped[Structure]
    agreed_at: Mapped[datetime | None]


class DutyLink(OfPartnership, Base):
    """A calendar year in which the rounds of an obligation count for another one too.

    Proposed by one side, in force once every side has agreed, until any of them ends it. No row is deleted: ``number``
    counts the proposals for one year, since what was ended may be proposed again.
    """

    __tablename__ = "duty_links"
    __table_args__ = (UniqueConstraint("obligation_id", "other_id", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"))
    year: Mapped[int]
    number: Mapped[int]
    consents: Mapped[Structure]
    agreed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_side: Mapped[str | None] = mapped_column(String(20), ForeignKey("parties.key"))
    ended_by: Mapped[str | None] = mapped_column(String(200))


class HostSwap(OfPartnership, Layered, Base):
    """A line of the host ledger: one side hosts a round in place of the side whose turn it was, and who hosts next.

    As long as the round is one side's plan, so is the line. ``meeting`` is the UID of the round, and ``number`` counts
    its lines: a host that changes once more withdraws the line before. ``next`` waits for the consents beside it.
    """

    __tablename__ = "host_ledger"
    __table_args__ = (UniqueConstraint("meeting", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    meeting: Mapped[str] = mapped_column(String(120))
    year: Mapped[int]
    number: Mapped[int]
    turn: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    host: Mapped[str] = mapped_column(String(20), ForeignKey("parties.key"))
    reason: Mapped[str | None]
    consents: Mapped[Structure]
    agreed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    next: Mapped[str | None] = mapped_column(String(20), ForeignKey("parties.key"))
    next_consents: Mapped[Structure]
    next_agreed_at: Mapped[datetime | None]
