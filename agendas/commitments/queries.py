"""Reading the ledger: commitments under themes, what was said of them, and what a source says nothing of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Row, Select, String, bindparam, select

from agendas.commitments.entry import Known
from agendas.commitments.rules import OPEN
from agendas.commitments.tables import Commitment, CommitmentProposal, Progress, Silence
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.meetings.queries import meetings
from scheduler.obligations.consents import Consent, read_consents
from scheduler.partnerships.queries import offices, partnership, posts
from scheduler.partnerships.queries import themes as find_themes
from scheduler.partnerships.tables import Theme
from scheduler.sources.queries import sources
from scheduler.sources.tables import Source
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """A commitment. ``owners`` and ``posts`` give keys by side; ``topics`` are ``obligation/topic``.

    ``since`` is the day it was promised; ``meeting`` (UID) and ``item`` say in which round, where it was one;
    ``decided_at`` when somebody last changed its status, on ``evidence``.
    """

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
    posts: dict[str, list[str]]
    since: date | None
    meeting: str | None
    item: str | None
    evidence: str | None
    merged_into: str | None
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether it still wants an answer at the next round."""
        return self.status in OPEN

    def age(self, today: date) -> int | None:
        """Return how many days ago it was promised; ``None`` where no source says when."""
        return (today - self.since).days if self.since else None


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """What was said, and when; ``layer`` ``None`` is joint.

    ``party`` and ``name`` say who wrote it, where no programme file brought it; ``superseded_by`` names the newer note.
    """

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
    evidence: str | None = None
    party: str | None = None
    name: str | None = None
    written_at: datetime | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A change that waits, or waited: ``layer`` ``None`` is offered to both, else one side's own and not offered yet.

    ``detail`` is a change of status or, for ``add`` and ``amend``, the entry; ``outcome`` ``None`` while it stands.
    """

    uid: str
    layer: str | None
    commitment: str
    change: str
    detail: dict[str, Any]
    reason: str
    proposed_by: str
    name: str
    proposed_at: datetime
    consents: tuple[Consent, ...]
    outcome: str | None
    closed_at: datetime | None
    closed_by: str | None
    answer: str


@dataclass(frozen=True, slots=True)
class SilenceFacts:
    """What a source says nothing of; ``source_date`` is as exact as the source's own date."""

    on: str
    text: Words
    source: str
    source_date: str | None


COLUMNS: tuple[Any, ...] = (
    Commitment.key,
    Theme.key.label("theme"),
    Commitment.text,
    Commitment.kind,
    Commitment.strength,
    Commitment.verb,
    Commitment.owners,
    Commitment.passage_id,
    Commitment.topics,
    Commitment.due,
    Commitment.deliverable,
    Commitment.optional,
    Commitment.doubt,
    Commitment.same_matter_as,
    Commitment.status,
    Commitment.basis,
    Commitment.posts,
    Commitment.since,
    Commitment.meeting,
    Commitment.item,
    Commitment.evidence,
    Commitment.merged_into,
    Commitment.decided_at,
)
"""The fields of ``CommitmentFacts`` in their order: single columns, since rows as objects cost twice as much."""


def commitments(
    work: Work, partnership: str, *, themes: Iterable[str] | None = None, only_open: bool = False
) -> tuple[CommitmentFacts, ...]:
    """Return commitments in the order of the ledger, under the themes named or under all."""
    values = {"partnership": partnership} | ({} if themes is None else {"themes": list(themes)})
    query = _selection(is_under_themes=themes is not None, only_open=only_open)
    return tuple(map(commitment_of, work.session.execute(query, values).all()))


def commitment(work: Work, partnership: str, key: str) -> CommitmentFacts:
    """Return one commitment; raise ``NotFound`` where there is none that the actor may see."""
    row = work.session.execute(in_order(partnership).where(Commitment.key == key)).one_or_none()
    if row is None:
        raise NotFound(
            {"en": f"there is no commitment {key!r}", "nl": f"er is geen afspraak {key!r}"},
            remedy={"en": "look for its key in the ledger", "nl": "zoek de sleutel op in het register"},
        )
    return commitment_of(row)


def in_order(partnership: str | BindParameter[str]) -> Select[Any]:
    """Return the query of all commitments of a partnership in the order of the ledger."""
    query: Any = select(*COLUMNS)
    ordered: Select[Any] = (
        query.join(Theme, Theme.id == Commitment.theme_id)
        .where(Commitment.partnership == partnership)
        .order_by(Theme.position, Commitment.position, Commitment.key)
    )
    return ordered


def commitment_of(row: Row[Any]) -> CommitmentFacts:
    """Return the facts in a row of ``in_order``."""
    facts = list(row)
    facts[8], facts[13] = tuple(facts[8]), tuple(facts[13])
    return CommitmentFacts(*facts)


def progress(
    work: Work,
    partnership: str,
    *,
    only_joint: bool = False,
    with_superseded: bool = False,
    only: Iterable[int] | None = None,
) -> tuple[ProgressFacts, ...]:
    """Return what was said, oldest first: joint notes and, unless ``only_joint``, the acting side's own.

    What a newer note corrects is left out unless asked for; ``only`` names rows.
    """
    query = select(Progress).where(Progress.partnership == partnership)
    if only_joint:
        query = query.where(Progress.layer.is_(None))
    if not with_superseded:
        query = query.where(Progress.superseded_by.is_(None))
    if only is not None:
        query = query.where(Progress.id.in_(list(only)))
    in_time = query.order_by(Progress.day, Progress.position, Progress.written_at, Progress.key)
    return tuple(_progress(row) for row in work.session.scalars(in_time))


def silences(work: Work, partnership: str) -> tuple[SilenceFacts, ...]:
    """Return the recorded silences in the order of the file."""
    rows = work.session.execute(
        select(Silence, Source.key, Source.date)
        .join(Source, Source.id == Silence.source_id)
        .where(Silence.partnership == partnership)
        .order_by(Silence.position)
    )
    return tuple(SilenceFacts(row.subject, row.text, source, day) for row, source, day in rows)


def proposals(
    work: Work, partnership: str, *, commitment: str | None = None, standing: bool = True
) -> tuple[ProposalFacts, ...]:
    """Return what is proposed and waits (or, without ``standing``, all that ever was), oldest first."""
    query = select(CommitmentProposal).where(CommitmentProposal.partnership == partnership)
    if commitment is not None:
        query = query.where(CommitmentProposal.commitment == commitment)
    if standing:
        query = query.where(CommitmentProposal.outcome.is_(None))
    rows = work.session.scalars(query.order_by(CommitmentProposal.proposed_at, CommitmentProposal.id))
    return tuple(_proposal(row) for row in rows)


def known_names(work: Work, key: str) -> Known:
    """Return everything that a new commitment may name; meetings only where both sides know them."""
    parties = [party.key for party in partnership(work, key).parties]
    own_offices, own_posts = offices(work, key), posts(work, key)
    return Known(
        themes=frozenset(theme.key for theme in find_themes(work, key)),
        offices={
            party: frozenset(office.key for office in own_offices if office.party == party)
            for party in parties
        },
        posts={party: frozenset(post.key for post in own_posts if post.party == party) for party in parties},
        documents=frozenset(source.key for source in sources(work, key)),
        meetings={
            entry.uid: f"{entry.obligation}-{entry.day.year}" if entry.day else entry.obligation
            for entry in meetings(work, key)
            if entry.layer is None
        },
    )


@cache
def _selection(*, is_under_themes: bool, only_open: bool) -> Select[Any]:
    """Return the query of ``commitments``, made once: composing it takes as long as reading fifty rows."""
    partnership = bindparam("partnership", type_=String())
    query = in_order(partnership)
    if is_under_themes:
        # With their partnership, so that themes are found first and the index of open commitments answers: however
        # many are closed, they are not read.
        among = Theme.key.in_(bindparam("themes", expanding=True))
        query = query.where(Theme.partnership == partnership, among)
    return query.where(Commitment.status.in_(OPEN)) if only_open else query


def _progress(row: Progress) -> ProgressFacts:
    return ProgressFacts(
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
        row.evidence,
        row.party,
        row.name,
        row.written_at,
        row.superseded_by,
    )


def _proposal(row: CommitmentProposal) -> ProposalFacts:
    return ProposalFacts(
        uid=row.uid,
        layer=row.layer,
        commitment=row.commitment,
        change=row.change,
        detail=row.detail,
        reason=row.reason,
        proposed_by=row.proposed_by,
        name=row.name,
        proposed_at=row.proposed_at,
        consents=read_consents(row.consents),
        outcome=row.outcome,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        answer=row.answer,
    )
