"""The search: parts and near days change no answer, watching changes nothing, a stop gives what there is."""

from itertools import count
from threading import Event

import pytest
from hypothesis import HealthCheck, given, reject, settings

from benchmarks.programmes import LOOSE, TIGHT, made_up
from scheduler.errors import Conflict
from scheduler.planning.account import account
from scheduler.planning.checker import check
from scheduler.planning.cpsat import ask
from scheduler.planning.days import Days
from scheduler.planning.model import Model
from scheduler.planning.parts import Part, parts
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.solver import Progress, solve
from tests.planning.drawn import problems
from tests.planning.instances import a_problem, a_series

BRIEFLY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def lowest(problem: Problem, plan: Plan) -> int:
    """Return the lowest price there is by the whole model asked at once: every day of every round, in one part."""
    days = Days(problem)
    model = Model(days)
    everything = Part(model, tuple(days.rounds), tuple(range(len(model.prices))), tuple(model.rows))
    answer = ask(everything, seed=0, effort=60.0, told=lambda *_: True, halt=Event())
    assert answer.proven
    hosting = account(days, {placed.round: placed.first for placed in plan.placements}).hosting
    return model.certain + answer.bound + hosting


@BRIEFLY
@given(problems(length=40, most_rounds=6))
def test_the_plan_costs_what_the_whole_model_says(problem: Problem) -> None:
    try:
        plan = solve(problem)
    except Conflict:
        reject()
    assert plan.price == lowest(problem, plan)
    assert plan.proven == (plan.bound == plan.price)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("tightness", [LOOSE, TIGHT, 5.0])
def test_the_plan_of_a_year_costs_what_the_whole_model_says(seed: int, tightness: float) -> None:
    problem = made_up(20, seed, tightness)
    plan = solve(problem)
    assert check(problem, plan) == ()
    assert (plan.proven, plan.price) == (True, lowest(problem, plan))


def test_watching_changes_nothing_and_sees_price_and_bound_meet() -> None:
    problem, seen = made_up(60, 2, TIGHT), list[Progress]()

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return True

    plan = solve(problem, watch=watch)
    assert plan == solve(problem)
    prices, bounds = [entry.price or 0 for entry in seen], [entry.bound for entry in seen]
    assert prices == sorted(prices, reverse=True)
    assert bounds == sorted(bounds)
    assert all(bound <= plan.price <= price for price, bound in zip(prices, bounds, strict=True))
    assert prices[-1] == plan.price
    assert prices[0] > prices[-1]


@pytest.mark.parametrize("allowed", [0, 1, 3, 6])
def test_a_stop_gives_the_best_plan_yet_and_claims_no_more(allowed: int) -> None:
    problem, told = made_up(60, 2, TIGHT), count(1)
    cheapest = solve(problem)
    plan = solve(problem, watch=lambda _: next(told) <= allowed)
    assert check(problem, plan) == ()
    assert not plan.proven
    assert plan.bound <= cheapest.price <= plan.price


def test_rounds_that_nothing_joins_are_decided_apart() -> None:
    shared = {"posts": ("uk/minister",)}
    days = Days(a_problem(a_series("A", **shared), a_series("B"), a_series("C", **shared)))
    assert [part.rounds for part in parts(Model(days))] == [("A/2027-1", "C/2027-1"), ("B/2027-1",)]


def test_days_that_are_not_near_cost_no_more_than_they_do() -> None:
    days = Days(a_problem())
    starts = days.starts(days.rounds["A/2027-1"])
    (part,) = parts(Model(days, {"A/2027-1": [min(starts)]}))
    (beyond,) = part.model.beyond["A/2027-1"]
    assert part.beyond({beyond}) == ["A/2027-1"]
    assert (part.least, part.prices[beyond]) == (0, 0)
