"""The searching loop: works off the requests for plans, and opens several units of work in a row for it.

0. One line for each side: what one side has asked for never waits for the search of another, or its asking would tell.
1. Look, as the side, for its oldest request that waits; take it, and commit.
2. Search in a thread of its own, outside any transaction.
3. At every beat, in a transaction of its own: renew the lease, say how far the search is, ask whether to stop.
4. Store the plan that was found, or why there is none; a loop that is told to end gives the request back instead.

Any number of these loops may run at once, in one process or on many machines. Nothing here works across the sides.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from scheduler.actor import Actor, operator, side
from scheduler.db.work import reading, unit_of_work
from scheduler.partnerships.queries import partnerships
from scheduler.planning.problem import Plan
from scheduler.planning.record import problem_from_json
from scheduler.planning.requests import actions
from scheduler.planning.requests.actions import Claimed
from scheduler.planning.requests.queries import Waiting, oldest_waiting
from scheduler.planning.requests.rules import BEAT, failure_words
from scheduler.planning.requests.search import Search

SEARCHER = "searches"
Clock = Callable[[], datetime]
log = structlog.get_logger()


def work_off(engine: Engine, clock: Clock, closing: Event) -> int:
    """Search until no request of any side waits or ``closing`` is set; return how many searches this loop ended.

    ``clock`` gives the present instant, aware, in UTC.
    """
    sides = _Sides(_parties(engine, clock()))
    if not any(_waiting(engine, party, clock()) for party in sides.all):
        return 0
    with ThreadPoolExecutor(len(sides.all), "search") as pool:
        return sum(pool.map(lambda party: _work_off(engine, party, sides, clock, closing), sides.all))


class _Sides:
    """The sides, and which of them are searching or may be: as long as one is, all keep looking."""

    def __init__(self, parties: list[str]) -> None:
        self.all = parties
        self._busy = set(parties)

    def at_rest(self, party: str) -> bool:
        """Say that a side has nothing to search for; return whether that is so of all of them."""
        self._busy.discard(party)
        return not self._busy

    def at_work(self, party: str) -> None:
        """Say that a side searches."""
        self._busy.add(party)


def _work_off(engine: Engine, party: str, sides: _Sides, clock: Clock, closing: Event) -> int:
    ended = 0
    try:
        while not closing.is_set():
            taken = _take(engine, party, clock)
            if taken:
                sides.at_work(party)
                ended += _search(engine, *taken, clock, closing)
            elif sides.at_rest(party):
                break
            else:
                closing.wait(BEAT.total_seconds())
    finally:
        sides.at_rest(party)
    return ended


def _take(engine: Engine, party: str, clock: Clock) -> tuple[Claimed, Actor] | None:
    """Claim the oldest request of a side, with the actor who asked for it; ``None`` where none waits."""
    while waiting := _waiting(engine, party, clock()):
        with unit_of_work(engine, side(party, SEARCHER), clock()) as work:
            claimed = actions.claim(work, waiting)
        if claimed:
            return claimed, side(party, claimed.asked_by)
    return None


def _waiting(engine: Engine, party: str, now: datetime) -> Waiting | None:
    with reading(engine, side(party, SEARCHER), now) as work:
        return oldest_waiting(work)


def _parties(engine: Engine, now: datetime) -> list[str]:
    with reading(engine, operator(SEARCHER), now) as work:
        return sorted({party.key for facts in partnerships(work) for party in facts.parties})


def _search(engine: Engine, request: Claimed, asker: Actor, clock: Clock, closing: Event) -> bool:
    """Search for one plan; return ``False`` where the request was given back, or is no longer ours."""
    try:
        problem = problem_from_json(request.problem)
        found = _watch(engine, request, asker, Search(problem), clock, closing)
        with unit_of_work(engine, asker, clock()) as work:
            if closing.is_set() and not found.proven:
                actions.give_back(work, request)
                return False
            return actions.finish(work, request, problem, found)
    except OperationalError:
        raise  # the database is away: the lease runs out, and the search is made again
    except Exception as error:
        log.exception("a plan could not be searched for", request=request.key)
        with unit_of_work(engine, asker, clock()) as work:
            actions.fail(work, request, failure_words(error))
        return True


def _watch(
    engine: Engine, request: Claimed, asker: Actor, search: Search, clock: Clock, closing: Event
) -> Plan:
    try:
        while not search.is_over(BEAT):
            if closing.is_set() or not _beat(engine, request, asker, search, clock):
                break
    finally:
        search.stop()
    return search.result()


def _beat(engine: Engine, request: Claimed, asker: Actor, search: Search, clock: Clock) -> bool:
    try:
        with unit_of_work(engine, asker, clock()) as work:
            return actions.tell_progress(work, request, search.progress)
    except OperationalError:
        # A database that is busy or away for a moment ends no search; the lease outlasts many beats.
        log.warning("progress could not be written", request=request.key)
        return True
