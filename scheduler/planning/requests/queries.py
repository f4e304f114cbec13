"""Reading requests for plans, as far as the actor may see them: its own side's.

Nothing here tells of a queue: where a request stands among those of the other side is nobody's business.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select

from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.planning.requests.rules import OPEN, STATE_WORDS, STOPPING, RequestState, gap_words
from scheduler.planning.requests.tables import PlanRequest
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request for a plan.

    ``first_plan`` stands from the start, ``final_plan`` once the search is over: the same, where it found none better.
    ``price`` and ``bound`` speak of the best plan known; ``effort`` is the deterministic time spent on it.
    """

    key: str
    asked_at: datetime
    asked_by: str
    first: date
    last: date
    today: date
    state: RequestState
    first_plan: str
    final_plan: str | None
    price: int
    bound: int
    effort: float
    progress_at: datetime | None
    stop_asked_at: datetime | None
    finished_at: datetime | None
    failure: Words | None

    @property
    def is_open(self) -> bool:
        """Tell whether a better plan may still come."""
        return self.state in OPEN

    @property
    def plan(self) -> str:
        """Return the key of the best plan that is stored."""
        return self.final_plan or self.first_plan

    @property
    def standing(self) -> Words:
        """Return the state in words; one that was asked to stop says so until it has."""
        return STOPPING if self.is_open and self.stop_asked_at else STATE_WORDS[self.state]

    @property
    def gap(self) -> Words:
        """Return in words how near the best plan is to the cheapest."""
        return gap_words(self.price, self.bound)


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
    """A request that a worker may claim; the oldest comes first. ``attempt`` counts the claims so far."""

    asked_at: datetime
    key: str
    attempt: int


def plan_requests(work: Work, partnership: str) -> tuple[RequestFacts, ...]:
    """Return the requests of the acting side, newest first."""
    rows = work.session.scalars(
        select(PlanRequest)
        .where(PlanRequest.partnership == partnership)
        .order_by(PlanRequest.asked_at.desc(), PlanRequest.id.desc())
    )
    return tuple(_facts(row) for row in rows)


def plan_request(work: Work, partnership: str, key: str) -> RequestFacts:
    """Return one request of the acting side; raise ``NotFound``."""
    wanted = select(PlanRequest).where(PlanRequest.partnership == partnership, PlanRequest.key == key)
    row = work.session.scalars(wanted).one_or_none()
    if row is None:
        raise NotFound(
            f"there is no request {key!r}", remedy="`dialogues plan requests` shows those of your side"
        )
    return _facts(row)


def oldest_waiting(work: Work) -> Waiting | None:
    """Return the oldest request of the acting side that a worker may claim."""
    waiting = select(PlanRequest.asked_at, PlanRequest.key, PlanRequest.attempt).where(free(work.now))
    row = work.session.execute(waiting.order_by(PlanRequest.asked_at, PlanRequest.id).limit(1)).one_or_none()
    return Waiting(*row) if row else None


def free(now: datetime) -> ColumnElement[bool]:
    """Return the condition on rows that ``now`` a worker may claim."""
    return or_(
        PlanRequest.state == RequestState.QUEUED,
        and_(PlanRequest.state == RequestState.RUNNING, PlanRequest.claimed_until < now),
    )


def _facts(row: PlanRequest) -> RequestFacts:
    return RequestFacts(
        key=row.key,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        first=row.first,
        last=row.last,
        today=row.today,
        state=RequestState(row.state),
        first_plan=row.first_plan,
        final_plan=row.final_plan,
        price=row.price,
        bound=row.bound,
        effort=row.effort,
        progress_at=row.progress_at,
        stop_asked_at=row.stop_asked_at,
        finished_at=row.finished_at,
        failure=row.failure,
    )
