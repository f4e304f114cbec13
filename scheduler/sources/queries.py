"""Reading sources: documents, passages as pointers a person can follow, and the events that sources date once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from scheduler.db.work import Work
from scheduler.sources.rules import PARAGRAPH, paragraph_at
from scheduler.sources.tables import DatedEvent, Passage, Source
from scheduler.words import Words, say

AT_ONCE = 1_000
"""So many ids are asked for in one query: databases refuse too many, and of these few the plan is always an index."""


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """Where something is said. ``first`` and ``last`` are half-open offsets in characters of the source's text.

    ``paragraph`` is counted from one under ``heading``, or from the beginning of a text where no heading stands yet.
    """

    source: str
    source_title: Words
    source_date: str | None
    heading: str | None
    first: int | None
    last: int | None
    paragraph: int | None = None

    def pointer(self, language: str) -> str:
        """Return for example ``Joint Statement …, Serious and Organised Crime, paragraph 2``: where a reader looks."""
        paragraph = say(PARAGRAPH, language).format(number=self.paragraph) if self.paragraph else ""
        parts = (say(self.source_title, language), self.heading, paragraph)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A document; ``date`` is as exact as it is known."""

    key: str
    title: Words
    kind: str
    date: str | None
    legal_status: str | None
    address: str | None
    doubt: str | None


@dataclass(frozen=True, slots=True)
class DatedEventFacts:
    """Something a source dates, or announces, once; ``date`` is as exact as it is known, or ``None``."""

    key: str
    title: Words
    date: str | None
    tense: str
    kind: str
    passage_id: int | None
    posts: tuple[str, ...]
    note: Words | None
    basis: dict[str, Any]


def passages(work: Work, ids: Iterable[int | None]) -> dict[int, PassageFacts]:
    """Return the passages with these ids.

    A document is read once, however many passages of it are asked for.
    """
    wanted = sorted({identifier for identifier in ids if identifier is not None})
    query = select(Passage.id, Passage.source_id, Passage.heading, Passage.first, Passage.last).join(
        Source, Source.id == Passage.source_id
    )
    rows = [
        row
        for start in range(0, len(wanted), AT_ONCE)
        for row in work.session.execute(query.where(Passage.id.in_(wanted[start : start + AT_ONCE])))
    ]
    named = select(Source).where(Source.id.in_({row.source_id for row in rows}))
    documents = {source.id: source for source in work.session.scalars(named)}
    return {row.id: _passage(row, documents[row.source_id]) for row in rows}


def sources(work: Work, partnership: str) -> tuple[SourceFacts, ...]:
    """Return the documents of a partnership in the order of its file."""
    rows = work.session.scalars(
        select(Source).where(Source.partnership == partnership).order_by(Source.position)
    )
    return tuple(
        SourceFacts(row.key, row.title, row.kind, row.date, row.legal_status, row.address, row.doubt)
        for row in rows
    )


def dated_events(work: Work, partnership: str) -> tuple[DatedEventFacts, ...]:
    """Return the dated events of a partnership in the order of its file."""
    rows = work.session.scalars(
        select(DatedEvent).where(DatedEvent.partnership == partnership).order_by(DatedEvent.position)
    )
    return tuple(
        DatedEventFacts(
            row.key,
            row.title,
            row.date,
            row.tense,
            row.kind,
            row.passage_id,
            tuple(row.posts),
            row.note,
            row.basis,
        )
        for row in rows
    )


def _passage(row: Row[*tuple[Any, ...]], source: Source) -> PassageFacts:
    return PassageFacts(
        source.key,
        source.title,
        source.date,
        row.heading,
        row.first,
        row.last,
        paragraph_at(row.first, row.heading, source.headings, source.paragraphs),
    )
