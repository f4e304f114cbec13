"""Requests for plans: short searches, one that nobody waits for, and the worker that makes them."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Event

from sqlalchemy import Engine

from scheduler import clock
from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.planning.problem import Problem
from scheduler.planning.queries import PlanFacts, plan
from scheduler.planning.requests.actions import request_plan
from scheduler.planning.requests.queries import RequestFacts, plan_request
from scheduler.planning.requests.searching import work_off
from tests.builders import NOW, PARTNERSHIP, UK
from tests.planning.instances import a_problem, a_round, a_series


def short(title: str = "Dialogue") -> Problem:
    """Return a problem whose proof takes no time; each title makes another one."""
    return a_problem(a_series(title={"en": title, "nl": title}))


def endless(seed: int = 0) -> Problem:
    """Return a problem whose first plan takes no time, and whose proof far more than a test has.

    Forty meetings of one to five days need three each of ten posts, all on the same day if they could.
    """
    chance = random.Random(seed)  # noqa: S311  # an instance, not a secret
    series = tuple(
        a_series(
            f"S{number:02}",
            posts=tuple(f"uk/{post}" for post in chance.sample(range(10), 3)),
            days=chance.randint(1, 5),
        )
        for number in range(40)
    )
    rounds = tuple(a_round(entry.obligation) for entry in series)
    return a_problem(*series, rounds=rounds, last=date(2027, 7, 29))


def ask(engine: Engine, problem: Problem, actor: Actor = UK, at: datetime = NOW) -> str:
    """Ask for a plan, and return the key of the request."""
    with unit_of_work(engine, actor, at) as work:
        return request_plan(work, PARTNERSHIP, problem).key


def request(engine: Engine, key: str, actor: Actor = UK) -> RequestFacts:
    with reading(engine, actor, NOW) as work:
        return plan_request(work, PARTNERSHIP, key)


def stored(engine: Engine, key: str, actor: Actor = UK) -> PlanFacts:
    with reading(engine, actor, NOW) as work:
        return plan(work, PARTNERSHIP, key)


def search_all(engine: Engine, later: timedelta = timedelta()) -> int:
    """Let a worker, whose clock is ``later``, search until nothing waits."""
    return work_off(engine, shifted(later), Event())


def shifted(later: timedelta) -> Callable[[], datetime]:
    return lambda: clock.now() + later
