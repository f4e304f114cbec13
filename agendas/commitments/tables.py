"""Commitments, progress on them, proposals about them, and recorded silences as the database keeps them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership, Structure
from scheduler.words import Words


class Commitment(OfPartnership, Base):
    """Something promised under a theme. ``owners`` and ``posts`` list keys by side; the source is never quoted.

    ``since`` is the day it was promised; ``decided_at`` when somebody last changed its status. Filters and searches
    read ``owned_by``, the offices as ``" uk/fcdo nl/bz "``, and ``words``, the text folded.
    """

    __tablename__ = "commitments"
    __table_args__ = (
        UniqueConstraint("partnership", "key"),
        Index("ix_commitments_open", "partnership", "theme_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    text: Mapped[Words]
    kind: Mapped[str] = mapped_column(String(40))
    strength: Mapped[str] = mapped_column(String(20))
    verb: Mapped[str]
    owners: Mapped[Structure]
    posts: Mapped[Structure] = mapped_column(default=dict)
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    meeting: Mapped[str | None] = mapped_column(String(40))
    item: Mapped[str | None] = mapped_column(String(60))
    since: Mapped[date | None]
    topics: Mapped[list[str]]
    due: Mapped[date | None]
    deliverable: Mapped[Words | None]
    optional: Mapped[bool]
    doubt: Mapped[str | None]
    same_matter_as: Mapped[list[str]]
    status: Mapped[str] = mapped_column(String(20))
    evidence: Mapped[str | None]
    merged_into: Mapped[str | None] = mapped_column(String(60))
    decided_at: Mapped[datetime | None]
    basis: Mapped[Structure]
    owned_by: Mapped[str] = mapped_column(default=" ")
    words: Mapped[str] = mapped_column(default="")


class CommitmentProposal(OfPartnership, Layered, Base):
    """A change of the ledger that waits: one side's own, or offered to the other; ``detail`` says what it would write.

    ``standing`` names the commitment while an offered one waits, so that two cannot wait for one.
    """

    __tablename__ = "commitment_proposals"
    __table_args__ = (UniqueConstraint("uid"), UniqueConstraint("standing"))

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40))
    commitment: Mapped[str] = mapped_column(String(60), index=True)
    change: Mapped[str] = mapped_column(String(20))
    detail: Mapped[Structure]
    reason: Mapped[str]
    proposed_by: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    proposed_at: Mapped[datetime]
    consents: Mapped[Structure]
    standing: Mapped[str | None] = mapped_column(String(130))
    outcome: Mapped[str | None] = mapped_column(String(20))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(default="")


class Progress(OfPartnership, Layered, Base):
    """What was said of commitments, topics, obligations or events, and when: joint, or one side's own note.

    ``party`` and ``name`` say who wrote it; a note of a programme file has neither. A correction is a newer note:
    ``superseded_by`` is its key, in the same layer or, where a side's own note was offered, in the joint one.
    """

    __tablename__ = "progress"
    __table_args__ = (UniqueConstraint("partnership", "layer", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    day: Mapped[date]
    text: Mapped[Words]
    state: Mapped[str] = mapped_column(String(30))
    commitments: Mapped[list[str]]
    topics: Mapped[list[str]]
    obligations: Mapped[list[str]]
    events: Mapped[list[str]]
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    evidence: Mapped[str | None]
    party: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(String(200))
    written_at: Mapped[datetime | None]
    superseded_by: Mapped[str | None] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(default="")


class ProgressSubject(OfPartnership, Layered, Base):
    """Of which commitment a note that stands speaks: what "last mention" and "no news" are read from."""

    __tablename__ = "progress_subjects"
    __table_args__ = (Index("ix_progress_subjects_commitment", "commitment", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    progress_id: Mapped[int] = mapped_column(ForeignKey("progress.id"), index=True)
    commitment: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]


class Silence(OfPartnership, Base):
    """What a source, looked at, says nothing of: "no news" as an honest value."""

    __tablename__ = "silences"
    __table_args__ = (UniqueConstraint("partnership", "subject", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    subject: Mapped[str] = mapped_column(String(60))
    text: Mapped[Words]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
