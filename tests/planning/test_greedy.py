import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler.errors import Conflict
from scheduler.planning.checker import check
from scheduler.planning.greedy import greedy_plan
from scheduler.planning.problem import Plan, Problem, Slot
from scheduler.planning.solver import solve
from tests.planning.drawn import problems
from tests.planning.instances import MAY_4, a_problem, a_round, a_series

BRIEFLY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@BRIEFLY
@given(problems(length=40, most_rounds=6))
def test_the_checker_finds_nothing_wrong_and_the_cheapest_plan_lies_between_bound_and_price(
    problem: Problem,
) -> None:
    plan, refused = _planned_or_refused(problem)
    if plan is None:
        with pytest.raises(Conflict, match=f"^{re.escape(refused)}$"):
            solve(problem)
        return
    assert check(problem, plan) == ()
    assert plan.bound <= solve(problem).price <= plan.price
    assert not plan.proven


def test_rounds_that_share_a_post_take_the_cheapest_days_in_turn() -> None:
    plan = greedy_plan(
        a_problem(a_series("A", posts=("uk/minister",)), a_series("B", posts=("uk/minister",)))
    )
    assert {placed.round: placed.first for placed in plan.placements} == {
        "A/2027-1": MAY_4,
        "B/2027-1": date(2027, 5, 5),
    }
    assert (plan.price, plan.bound) == (2, 0)


def test_pinned_rounds_come_first() -> None:
    plan = greedy_plan(
        a_problem(
            a_series("A", posts=("uk/minister",)),
            a_series("B", posts=("uk/minister",)),
            rounds=(a_round("A"), a_round("B", pin=Slot(first=MAY_4))),
        )
    )
    assert [placed.round for placed in plan.placements if placed.first == MAY_4] == ["B/2027-1"]


def _planned_or_refused(problem: Problem) -> tuple[Plan | None, str]:
    """Return the plan, or the words with which the problem was refused."""
    try:
        return greedy_plan(problem), ""
    except Conflict as refused:
        return None, str(refused)
