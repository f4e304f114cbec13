"""Reading the ledger: commitments under themes, what was said of them, and what a source says nothing of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from agendas.commitments.rules import OPEN
from agendas.commitments.tables import Commitment, Progress, Silence
from scheduler.db.work import Work
from scheduler.partnerships.tables import Theme
from scheduler.sources.tables import Source
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """A commitment. ``owners`` gives the keys of offices by side; ``topics`` are ``obligation/topic``."""

    key: str
    theme: str
    text: Words
    kind: str
    strength: str
    verb: str
    owners: dict[str, list[str]]
    passage_id: int | None
    topics: tuple[str, ...]
    due: date | None
    deliverable: Words | None
    optional: bool
    doubt: str | None
    same_matter_as: tuple[str, ...]
    status: str
    basis: dict[str, Any]

    @property
    def is_open(self) -> bool:
        """Tell whether it still wants an answer at the next round."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """What was said, and when; ``layer`` ``None`` is joint."""

    key: str
    layer: str | None
    day: date
    text: Words
    state: str
    commitments: tuple[str, ...]
    topics: tuple[str, ...]
    obligations: tuple[str, ...]
    events: tuple[str, ...]
    passage_id: int | None


@dataclass(frozen=True, slots=True)
class SilenceFacts:
    """What a source says nothing of; ``source_date`` is as exact as the source's own date."""

    on: str
    text: Words
    source: str
    source_date: str | None


def commitments(
    work: Work, partnership: str, *, themes: Iterable[str] | None = None, only_open: bool = False
) -> tuple[CommitmentFacts, ...]:
    """Return commitments in the order of the ledger, under the themes named or under all."""
    query = (
        select(Commitment, Theme.key)
        .join(Theme, Theme.id == Commitment.theme_id)
        .where(Commitment.partnership == partnership)
        .order_by(Theme.position, Commitment.position)
    )
    if themes is not None:
        query = query.where(Theme.key.in_(list(themes)))
    if only_open:
        query = query.where(Commitment.status.in_(OPEN))
    return tuple(_commitment(row, theme) for row, theme in work.session.execute(query))


def progress(work: Work, partnership: str, *, only_joint: bool = False) -> tuple[ProgressFacts, ...]:
    """Return what was said, oldest first: joint notes and, unless ``only_joint``, the acting side's own."""
    query = select(Progress).where(Progress.partnership == partnership)
    if only_joint:
        query = query.where(Progress.layer.is_(None))
    return tuple(
        ProgressFacts(
            row.key,
            row.layer,
            row.day,
            row.text,
            row.state,
            tuple(row.commitments),
            tuple(row.topics),
            tuple(row.obligations),
            tuple(row.events),
            row.passage_id,
        )
        for row in work.session.scalars(query.order_by(Progress.day, Progress.position))
    )


def silences(work: Work, partnership: str) -> tuple[SilenceFacts, ...]:
    """Return the recorded silences in the order of the file."""
    rows = work.session.execute(
        select(Silence, Source.key, Source.date)
        .join(Source, Source.id == Silence.source_id)
        .where(Silence.partnership == partnership)
        .order_by(Silence.position)
    )
    return tuple(SilenceFacts(row.subject, row.text, source, day) for row, source, day in rows)


def _commitment(row: Commitment, theme: str) -> CommitmentFacts:
    return CommitmentFacts(
        key=row.key,
        theme=theme,
        text=row.text,
        kind=row.kind,
        strength=row.strength,
        verb=row.verb,
        owners=row.owners,
        passage_id=row.passage_id,
        topics=tuple(row.topics),
        due=row.due,
        deliverable=row.deliverable,
        optional=row.optional,
        doubt=row.doubt,
        same_matter_as=tuple(row.same_matter_as),
        status=row.status,
        basis=row.basis,
    )
