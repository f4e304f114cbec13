"""Asking for a plan and stopping the search, for a side; claiming, telling how far and finishing, for its worker.

A worker acts as the side whose request it holds, and as the person who asked. Whatever it writes compares state and
attempt in the same statement, so that a worker whose lease was lost writes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.exc import IntegrityError

from scheduler.audit.actions import record
from scheduler.db.base import Structure
from scheduler.db.work import Work
from scheduler.errors import Conflict
from scheduler.planning.actions import store_plan
from scheduler.planning.greedy import greedy_plan
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.record import fingerprint, to_json
from scheduler.planning.requests.queries import RequestFacts, Waiting, free, plan_request
from scheduler.planning.requests.rules import LEASE, LOST, MOST_LOST, OPEN, RequestState
from scheduler.planning.requests.tables import PlanRequest
from scheduler.planning.solver import Progress
from scheduler.tokens import new_identifier
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class Claimed:
    """A request in the hands of one worker; ``attempt`` proves that. ``price`` is that of the first plan.

    ``problem`` is as it was stored: whoever claims must not stumble over it.
    """

    key: str
    attempt: int
    partnership: str
    asked_by: str
    problem: Structure
    price: int


def request_plan(work: Work, partnership: str, problem: Problem) -> RequestFacts:
    """Ask for the cheapest plan, and store the first valid one at once.

    Who asks again for the same inputs while the search is not over gets the same request. Raise ``Conflict`` where
    pins cannot hold beside the hard rules.
    """
    inputs = fingerprint(problem)
    known = _still_open(work, partnership, inputs)
    if known:
        return plan_request(work, partnership, known)
    found = greedy_plan(problem)
    try:
        with work.session.begin_nested():
            key = _add(work, partnership, problem, inputs, found)
    except IntegrityError:  # somebody of the same side asked for the same at the same moment
        key = _still_open(work, partnership, inputs) or ""
    return plan_request(work, partnership, key)


def ask_to_stop(work: Work, partnership: str, key: str) -> RequestFacts:
    """End a search; the best plan found is kept. Raise ``NotFound``, or ``Conflict`` where it is over already.

    A search that nobody has in hand ends here; its worker ends the other within a beat or two.
    """
    wanted = update(PlanRequest).where(PlanRequest.partnership == partnership, PlanRequest.key == key)
    over = wanted.where(free(work.now)).values(
        _ended(RequestState.STOPPED, work.now)
        | {"attempt": PlanRequest.attempt + 1, "stop_asked_at": work.now}
    )
    running = wanted.where(PlanRequest.state == RequestState.RUNNING).values(stop_asked_at=work.now)
    if _run(work, over) or _run(work, running):
        record(work, partnership, "plan search stopped", f"plan request/{key}", layer=work.actor.side)
        return plan_request(work, partnership, key)
    plan_request(work, partnership, key)
    raise Conflict(
        {"en": "this search is over already", "nl": "deze zoekopdracht is al voorbij"},
        place=key,
        remedy={
            "en": "`dialogues plan show` shows what it found",
            "nl": "`dialogues plan show` toont wat zij vond",
        },
    )


def claim(work: Work, waiting: Waiting) -> Claimed | None:
    """Take a request for one worker and one lease.

    Return ``None`` where another worker was faster, or where too many disappeared with it: it has failed then.
    """
    mine = PlanRequest.key == waiting.key, PlanRequest.attempt == waiting.attempt, free(work.now)
    row = work.session.scalars(select(PlanRequest).where(*mine)).one_or_none()
    if row is None:
        return None
    lost = row.lost + (row.state == RequestState.RUNNING)
    values: dict[str, Any] = {"attempt": waiting.attempt + 1, "lost": lost, "price": row.first_price}
    if lost < MOST_LOST:
        values |= {"state": RequestState.RUNNING, "claimed_until": work.now + LEASE}
    else:
        values |= _ended(RequestState.FAILED, work.now) | {"failure": LOST}
    if not _run(work, update(PlanRequest).where(*mine).values(values)) or lost >= MOST_LOST:
        return None
    return Claimed(
        key=row.key,
        attempt=waiting.attempt + 1,
        partnership=row.partnership,
        asked_by=row.asked_by,
        problem=row.problem,
        price=row.first_price,
    )


def tell_progress(work: Work, request: Claimed, progress: Progress | None) -> bool:
    """Renew the lease and say how far the search is; return ``False`` where it shall stop, or is no longer ours."""
    values: dict[str, Any] = {"claimed_until": work.now + LEASE}
    if progress:
        price = request.price if progress.price is None else min(progress.price, request.price)
        values |= {
            "price": price,
            "bound": progress.bound,
            "effort": progress.effort,
            "progress_at": work.now,
        }
    if not _run(work, _held(request).values(values)):
        return False
    asked = select(PlanRequest.stop_asked_at).where(PlanRequest.key == request.key)
    return work.session.scalars(asked).one() is None


def finish(work: Work, request: Claimed, problem: Problem, found: Plan) -> bool:
    """Store what a search found, unless the first plan is better; ``False`` where the request is no longer ours.

    Raise ``Conflict`` where the checker finds a fault in it.
    """
    if not _run(work, _held(request).values(_ended(RequestState.DONE, work.now))):
        return False
    row = work.session.scalars(select(PlanRequest).where(PlanRequest.key == request.key)).one()
    if row.stop_asked_at and not found.proven:
        row.state = RequestState.STOPPED
    row.bound = found.bound
    if found.price <= row.first_price:
        row.price = found.price
        row.final_plan = _store(work, request.partnership, problem, found)
    return True


def fail(work: Work, request: Claimed, why: Words) -> None:
    """Record that a search failed, and what its reader is told; the first plan stays."""
    _run(work, _held(request).values(_ended(RequestState.FAILED, work.now) | {"failure": why}))


def give_back(work: Work, request: Claimed) -> None:
    """Let another worker have a request at once, because this one ends."""
    _run(work, _held(request).values(state=RequestState.QUEUED, claimed_until=None))


def _add(work: Work, partnership: str, problem: Problem, inputs: str, found: Plan) -> str:
    first_plan = _store(work, partnership, problem, found)
    key = new_identifier()[:12]
    work.session.add(
        PlanRequest(
            partnership=partnership,
            key=key,
            asked_at=work.now,
            asked_by=work.actor.name,
            first=problem.first,
            last=problem.last,
            today=problem.today,
            inputs=inputs,
            problem=to_json(problem),
            state=RequestState.QUEUED,
            first_plan=first_plan,
            first_price=found.price,
            price=found.price,
            bound=found.bound,
            effort=0,
            attempt=0,
            lost=0,
        )
    )
    record(work, partnership, "plan asked for", f"plan request/{key}", layer=work.actor.side)
    return key


def _store(work: Work, partnership: str, problem: Problem, found: Plan) -> str:
    key = store_plan(work, partnership, problem, found)
    work.session.flush()  # the request that names it comes after it
    return key


def _still_open(work: Work, partnership: str, inputs: str) -> str | None:
    return work.session.scalars(
        select(PlanRequest.key).where(
            PlanRequest.partnership == partnership,
            PlanRequest.inputs == inputs,
            PlanRequest.state.in_(sorted(OPEN)),
        )
    ).one_or_none()


def _held(request: Claimed) -> Update:
    return update(PlanRequest).where(
        PlanRequest.key == request.key,
        PlanRequest.attempt == request.attempt,
        PlanRequest.state == RequestState.RUNNING,
    )


def _ended(state: RequestState, now: datetime) -> dict[str, Any]:
    """Return what the end of a search changes; until a better plan is stored, the first one is the best."""
    return {
        "state": state,
        "finished_at": now,
        "claimed_until": None,
        "final_plan": PlanRequest.first_plan,
        "price": PlanRequest.first_price,
    }


def _run(work: Work, statement: Update) -> int:
    result: CursorResult[Any] = work.session.execute(  # type: ignore[assignment]
        statement, execution_options={"synchronize_session": False}
    )
    return result.rowcount
