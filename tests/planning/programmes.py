"""The small programme with something changed, loaded, planned and approved."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.queries import MeetingFacts, meeting
from scheduler.planning.actions import approve, store_plan
from scheduler.planning.problem import Problem
from scheduler.planning.queries import plan, problem
from scheduler.planning.solver import solve
from scheduler.programmes.loading import load
from tests.builders import NOW, OPERATOR, PARTNERSHIP, SECTIONS, SMALL, TODAY, UK, programme

FIRST, LAST = date(2027, 2, 1), date(2027, 12, 31)
Changes = dict[str, Any]


def load_changed(engine: Engine, *, soc: Changes | None = None, **further: Any) -> None:
    """Load the small programme with other values for its dialogue, and anything else changed by name."""
    given = programme(SMALL)
    given["obligations"][0] |= soc or {}
    for section, change in further.items():
        change(given[section])
    with unit_of_work(engine, OPERATOR, NOW) as work:
        load(work, given, SECTIONS)


def problem_of(engine: Engine, actor: Actor = UK, key: str = PARTNERSHIP, last: date = LAST) -> Problem:
    """Return the problem of a side over the year."""
    with reading(engine, actor, NOW) as work:
        return problem(work, key, FIRST, last, TODAY)


def approved(engine: Engine, rounds: Iterable[str]) -> tuple[MeetingFacts, ...]:
    """Plan the year for the United Kingdom, approve rounds, and return their meetings."""
    asked = problem_of(engine)
    found = solve(asked)
    with unit_of_work(engine, UK, NOW) as work:
        key = store_plan(work, PARTNERSHIP, asked, found)
    with unit_of_work(engine, UK, NOW) as work:
        made = approve(work, PARTNERSHIP, plan(work, PARTNERSHIP, key), rounds)
    with reading(engine, UK, NOW) as work:
        return tuple(meeting(work, made[name]) for name in rounds)
