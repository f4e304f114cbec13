"""What items came to in the meeting, once both sides have agreed it: read by whoever drafts the next agenda.

The craft of the queries and actions of versions. How a result is recorded and agreed is the business of ``outcomes``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from agendas.versions.tables import ItemResult
from scheduler.db.work import Work
from scheduler.words import Words

NOT_REACHED = "not_reached"
RESULTS = ("decided", "steer", "noted", NOT_REACHED)


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What an item came to: one of ``RESULTS``, the joint text, and the commitments that it treated."""

    item: str
    kind: str
    title: Words
    wanted: str | None
    result: str
    text: Words
    commitments: tuple[str, ...]


def results(work: Work, meeting: str) -> tuple[ResultFacts, ...]:
    """Return what the items of a round came to, in the order of its record; empty before a record is agreed."""
    query = select(ItemResult).where(ItemResult.meeting == meeting).order_by(ItemResult.position)
    return tuple(
        ResultFacts(row.item, row.kind, row.title, row.wanted, row.result, row.text, tuple(row.commitments))
        for row in work.session.scalars(query)
    )


def keep_results(work: Work, partnership: str, meeting: str, found: Iterable[ResultFacts]) -> None:
    """Keep what the items of a round came to, in the place of what an earlier record said."""
    work.session.execute(delete(ItemResult).where(ItemResult.meeting == meeting))
    for position, entry in enumerate(found):
        work.session.add(
            ItemResult(
                partnership=partnership,
                meeting=meeting,
                position=position,
                item=entry.item,
                kind=entry.kind,
                title=dict(entry.title),
                wanted=entry.wanted,
                result=entry.result,
                text=dict(entry.text),
                commitments=list(entry.commitments),
            )
        )
    work.session.flush()
