import json
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings

from scheduler.planning.problem import Problem, Slot
from scheduler.planning.record import fingerprint, plan_from_json, problem_from_json, to_json
from scheduler.planning.solver import solve
from tests.planning.drawn import problems
from tests.planning.instances import MAY_4, a_plan, a_problem, a_round, a_series, uk_nl


def test_a_plan_comes_back_from_its_json() -> None:
    problem = uk_nl(date(2026, 11, 21), date(2027, 6, 30))
    plan = solve(problem)
    assert (len(plan.placements), len(plan.unplaced), len(plan.breaches)) == (4, 2, 7)
    assert plan_from_json(json.loads(json.dumps(to_json(plan)))) == plan


def test_a_problem_comes_back_from_its_json() -> None:
    problem = uk_nl(date(2026, 11, 21), date(2027, 6, 30))
    assert problem_from_json(json.loads(json.dumps(to_json(problem)))) == problem


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems(length=10, most_rounds=4))
def test_any_problem_comes_back_from_its_json(problem: Problem) -> None:
    assert problem_from_json(json.loads(json.dumps(to_json(problem)))) == problem


def test_a_day_is_written_as_iso_and_nothing_as_null() -> None:
    written = to_json(a_plan(a_problem(), {"A/2027-1": MAY_4}))
    assert {
        name: written["placements"][0][name] for name in ("round", "first", "last", "setting", "lines")
    } == {
        "round": "A/2027-1",
        "first": "2027-05-04",
        "last": "2027-05-04",
        "setting": "party",
        "lines": [],
    }


def test_equal_problems_have_one_fingerprint_and_others_another() -> None:
    problem = a_problem(a_series("A"), a_series("B"))
    turned = replace(problem, series=problem.series[::-1], rounds=problem.rounds[::-1])
    assert fingerprint(turned) == fingerprint(problem)
    pinned = replace(problem, rounds=(a_round("A", pin=Slot(first=MAY_4)), a_round("B")))
    assert len({fingerprint(problem), fingerprint(pinned), fingerprint(replace(problem, weekdays=(0,)))}) == 3


def test_the_order_of_the_parties_has_a_meaning() -> None:
    one, other = (a_problem(a_series(parties=parties)) for parties in (("uk", "nl"), ("nl", "uk")))
    assert fingerprint(one) != fingerprint(other)
