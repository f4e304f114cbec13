"""Finding commitments: filters, search in text and notes, and what was said of each last.

The craft of the ledger's queries. What a side cannot see is not searched: the notes of the other side neither make a
commitment match nor give it news.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from agendas.commitments.entry import folded
from agendas.commitments.queries import (
    CommitmentFacts,
    ProgressFacts,
    SilenceFacts,
    commitment_of,
    in_order,
    progress,
    silences,
)
from agendas.commitments.rules import OPEN, STATUSES
from agendas.commitments.tables import Commitment, Progress, ProgressSubject
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.partnerships.tables import Theme
from scheduler.typed import not_known, one_of

OPEN_ONES = "open_ones"
"""The filter for every status that still wants an answer."""

DUE = ("overdue", "dated", "undated")
LONGEST_SEARCH = 200
MOST_TERMS = 8
PAGE = 100
"""Commitments on one page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which commitments are looked for; everything that is empty lets all through.

    ``owner`` is an office as ``uk/fcdo``; ``status`` one of the ledger or ``open_ones``; ``due`` one of
    ``DUE``; ``no_news_since`` keeps those of which nothing was said on that day or later, ``before`` those
    promised before a day.
    """

    theme: str = ""
    owner: str = ""
    status: str = ""
    due: str = ""
    no_news_since: date | None = None
    before: date | None = None
    search: str = ""

    def as_query(self) -> dict[str, str]:
        """Return what is asked for as it stands in an address."""
        return {item.name: str(value) for item in fields(self) if (value := getattr(self, item.name))}


@dataclass(frozen=True, slots=True)
class Line:
    """A commitment, the last that was said of it as far as the actor may see, and what sources are silent of."""

    commitment: CommitmentFacts
    last: ProgressFacts | None
    silence: SilenceFacts | None

    @property
    def no_news_since(self) -> date | None:
        """Return since when nothing was said: the last mention, else the day it was promised."""
        return self.last.day if self.last else self.commitment.since


@dataclass(frozen=True, slots=True)
class Found:
    """A page of lines, and how many there are in all."""

    lines: tuple[Line, ...]
    total: int


def find(
    work: Work, partnership: str, wanted: Wanted, today: date, *, limit: int | None = None, offset: int = 0
) -> Found:
    """Return the commitments that are wanted in the order of the ledger; raise ``BadInput`` for an odd filter."""
    query = _filtered(in_order(partnership), partnership, wanted, today)
    total = work.session.scalar(query.order_by(None).with_only_columns(func.count()))
    page = query.limit(limit).offset(offset) if limit else query
    known = tuple(commitment_of(row) for row in work.session.execute(page))
    return Found(with_news(work, partnership, known), total or 0)


def with_news(work: Work, partnership: str, known: Iterable[CommitmentFacts]) -> tuple[Line, ...]:
    """Return commitments with the last that was said of each."""
    known = tuple(known)
    last = _last_mentions(work, partnership, [entry.key for entry in known])
    silent = {entry.on: entry for entry in silences(work, partnership)}
    return tuple(Line(entry, last.get(entry.key), silent.get(entry.key)) for entry in known)


def notes_on(work: Work, partnership: str, key: str) -> tuple[ProgressFacts, ...]:
    """Return the notes of one commitment that stand, oldest first."""
    query = select(ProgressSubject.progress_id).where(
        ProgressSubject.partnership == partnership, ProgressSubject.commitment == key
    )
    return progress(work, partnership, only=work.session.scalars(query).all())


def open_by_theme(work: Work, partnership: str) -> dict[str, tuple[int, int]]:
    """Return for each theme how many commitments are open, and how many there are."""
    rows = work.session.execute(
        select(Theme.key, Commitment.status, func.count())
        .join(Theme, Theme.id == Commitment.theme_id)
        .where(Commitment.partnership == partnership)
        .group_by(Theme.key, Commitment.status)
    )
    counts: dict[str, tuple[int, int]] = {}
    for theme, status, number in rows:
        still, all_of_them = counts.get(theme, (0, 0))
        counts[theme] = (still + (number if status in OPEN else 0), all_of_them + number)
    return counts


def _filtered(query: Select[Any], partnership: str, wanted: Wanted, today: date) -> Select[Any]:
    _check(wanted)
    if wanted.theme:
        query = query.where(Theme.key == wanted.theme)
    if wanted.owner:
        query = query.where(Commitment.owned_by.contains(f" {wanted.owner} ", autoescape=True))
    if wanted.status:
        among = OPEN if wanted.status == OPEN_ONES else (wanted.status,)
        query = query.where(Commitment.status.in_(among))
    if wanted.due == "overdue":
        query = query.where(Commitment.due < today, Commitment.status.in_(OPEN))
    elif wanted.due:
        is_dated = wanted.due == "dated"
        query = query.where(Commitment.due.is_not(None) if is_dated else Commitment.due.is_(None))
    if wanted.before:
        query = query.where(Commitment.since < wanted.before)
    if wanted.no_news_since:
        heard = select(ProgressSubject.commitment).where(
            ProgressSubject.partnership == partnership, ProgressSubject.day >= wanted.no_news_since
        )
        query = query.where(Commitment.key.not_in(heard))
    return _searched(query, partnership, wanted.search)


def _searched(query: Select[Any], partnership: str, search: str) -> Select[Any]:
    """Keep what holds every word of a search, in its key, its text or a note on it."""
    for term in folded(search).split():
        said = (
            select(ProgressSubject.commitment)
            .join(Progress, Progress.id == ProgressSubject.progress_id)
            .where(ProgressSubject.partnership == partnership, Progress.words.contains(term, autoescape=True))
        )
        query = query.where(
            or_(
                Commitment.words.contains(term, autoescape=True),
                func.lower(Commitment.key) == term,
                Commitment.key.in_(said),
            )
        )
    return query


def _check(wanted: Wanted) -> None:
    choices: Mapping[str, tuple[str, tuple[str, ...]]] = {
        "status": (wanted.status, (*STATUSES, OPEN_ONES)),
        "due": (wanted.due, DUE),
    }
    for name, (value, known) in choices.items():
        if value and value not in known:
            raise BadInput(not_known(value), place=name, remedy=one_of(known))
    for name, value in (("search", wanted.search), ("owner", wanted.owner), ("theme", wanted.theme)):
        if len(value) > LONGEST_SEARCH or not value.isprintable() or len(value.split()) > MOST_TERMS:
            remedy = {
                "en": f"at most {MOST_TERMS} words and {LONGEST_SEARCH} characters",
                "nl": f"hoogstens {MOST_TERMS} woorden en {LONGEST_SEARCH} tekens",
            }
            raise BadInput(
                {
                    "en": "is too long or holds control characters",
                    "nl": "is te lang of bevat besturingstekens",
                },
                place=name,
                remedy=remedy,
            )


def _last_mentions(work: Work, partnership: str, keys: list[str]) -> dict[str, ProgressFacts]:
    """Return for each key the last note that names it, in batches that every database takes."""
    found: dict[str, ProgressFacts] = {}
    wanted = set(keys)
    for start in range(0, len(keys), PAGE * 5):
        batch = keys[start : start + PAGE * 5]
        query = select(ProgressSubject.progress_id).where(
            ProgressSubject.partnership == partnership, ProgressSubject.commitment.in_(batch)
        )
        ids = sorted(set(work.session.scalars(query)))
        for note in progress(work, partnership, only=ids) if ids else ():
            for key in wanted.intersection(note.commitments):
                if key not in found or found[key].day <= note.day:
                    found[key] = note
    return found
