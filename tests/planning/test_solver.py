from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib.metadata import version
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, seed, settings

from scheduler.dates.closed_days import Effect
from scheduler.dates.slots import days_between
from scheduler.dates.windows import Window
from scheduler.errors import Conflict
from scheduler.planning.checker import check
from scheduler.planning.problem import (
    Hosting,
    Plan,
    Problem,
    Slot,
)
from scheduler.planning.rules import BY_NAME
from scheduler.planning.solver import solve
from scheduler.planning.wording import Force
from tests.planning.drawn import problems
from tests.planning.instances import (
    MAY_4,
    TWICE,
    a_closed_day,
    a_plan,
    a_problem,
    a_round,
    a_series,
)

LAST = date(2027, 12, 31)
BRIEFLY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
HARD = {rule.name for rule in BY_NAME.values() if rule.force is Force.HARD}


def every_plan(problem: Problem) -> Iterator[Plan]:
    """Account for every choice of days in which the checker, not the solver, finds no hard rule broken."""
    every = [
        problem.first + timedelta(days=number) for number in range((problem.last - problem.first).days + 1)
    ]
    choices = [
        [day for day in (*every, None) if not _hard(problem, {round_.key: day})] for round_ in problem.rounds
    ]
    for choice in product(*choices):
        chosen = {round_.key: day for round_, day in zip(problem.rounds, choice, strict=True)}
        if not _hard(problem, chosen):
            yield _accounted(problem, chosen)


def _accounted(problem: Problem, chosen: dict[str, date | None]) -> Plan:
    return a_plan(problem, {key: day for key, day in chosen.items() if day})


def _hard(problem: Problem, chosen: dict[str, date | None]) -> bool:
    """Tell whether a rule is broken that the rounds named in ``chosen`` answer for."""
    broken = check(problem, _accounted(problem, chosen))
    return any(violation.rule in HARD and violation.round in chosen for violation in broken)


def solved(problem: Problem) -> Plan:
    """Return the plan; a problem whose pins cannot hold is no example."""
    try:
        return solve(problem)
    except Conflict:
        reject()


@pytest.mark.parametrize("number", range(10))
def test_the_checker_finds_nothing_wrong_with_a_thousand_plans(number: int) -> None:
    @seed(number)
    @settings(BRIEFLY, max_examples=100)
    @given(problems(length=14, most_rounds=4))
    def finds_nothing(problem: Problem) -> None:
        plan = solved(problem)
        assert check(problem, plan) == ()
        assert plan.proven or has_a_broken_turn(plan)

    finds_nothing()


def has_a_broken_turn(plan: Plan) -> bool:
    """Tell whether a turn to host costs something: hosts follow the days, so only then may the proof have a gap."""
    return any(line.rule in {"host-turn", "host-debt"} for placed in plan.placements for line in placed.lines)


@settings(BRIEFLY, max_examples=60)
@given(problems(length=6, most_rounds=3))
def test_no_plan_is_cheaper_and_none_exists_where_it_says_so(problem: Problem) -> None:
    cheapest = min((plan.price for plan in every_plan(problem)), default=None)
    try:
        plan = solve(problem)
    except Conflict:
        assert cheapest is None
        return
    assert cheapest is not None
    assert plan.bound <= cheapest <= plan.price
    assert plan.price == cheapest or (not plan.proven and has_a_broken_turn(plan))


@BRIEFLY
@given(problems(length=40, most_rounds=5))
def test_the_same_inputs_give_the_same_plan_in_whatever_order_they_come(problem: Problem) -> None:
    turned = replace(
        problem,
        series=problem.series[::-1],
        rounds=problem.rounds[::-1],
        fixed=problem.fixed[::-1],
        minimums=problem.minimums[::-1],
        links=problem.links[::-1],
    )
    plan = solved(problem)
    assert solve(turned) == plan


def test_a_round_is_placed_on_the_day_it_is_due() -> None:
    plan = solve(a_problem())
    assert [(placed.round, placed.first, placed.last) for placed in plan.placements] == [
        ("A/2027-1", MAY_4, MAY_4)
    ]
    assert (plan.price, plan.bound, plan.proven) == (0, 0, True)


def test_nothing_to_place_is_a_plan() -> None:
    plan = solve(replace(a_problem(), rounds=()))
    assert (plan.placements, plan.unplaced, plan.price, plan.proven) == ((), (), 0, True)


def test_a_limit_is_kept_while_a_day_can_be_found_whatever_the_wishes_cost() -> None:
    # Due on 4 May and red after 4 August; everything until the last day before the limit is leave or recess.
    leave = {
        day: (a_closed_day(day, Effect.FORBIDS if day < date(2027, 8, 4) else Effect.COSTS),)
        for day in days_between(date(2027, 1, 1), date(2027, 8, 4))
    }
    plan = solve(a_problem(a_series(level="ministerial", calendars=("uk",)), calendars={"uk": leave}))
    assert [placed.first for placed in plan.placements] == [date(2027, 8, 4)]
    assert plan.all_breaches == ()


def test_a_limit_that_cannot_be_kept_is_broken_as_little_as_can_be_and_shows_both_dates() -> None:
    plan = solve(a_problem(rounds=(a_round(earliest=date(2027, 9, 7)),)))
    (placed,) = plan.placements
    (breach,) = placed.breaches
    assert placed.first == date(2027, 9, 7)
    assert (breach.rule, breach.limit, breach.day, breach.soonest) == (
        "longest-gap",
        date(2027, 8, 4),
        date(2027, 9, 7),
        date(2027, 9, 7),
    )
    assert breach.reason == {
        "en": "limit Wednesday 4 August 2027 (15 months after Monday 4 May 2026); day planned: "
        "Tuesday 7 September 2027; first possible day by lead times (assumed): Tuesday 7 September 2027",
        "nl": "grens woensdag 4 augustus 2027 (15 maanden na maandag 4 mei 2026); geplande dag: dinsdag "
        "7 september 2027; eerste mogelijke dag volgens de aanlooptijden (aangenomen): dinsdag 7 september 2027",
    }


def test_a_round_without_any_day_is_left_out_with_the_rules_that_left_none() -> None:
    series = a_series(window=Window((1, 2)), assumed=("window",))
    (entry,) = solve(a_problem(series, rounds=(a_round(earliest=date(2027, 3, 1)),))).unplaced
    assert (entry.round, entry.rules) == ("A/2027-1", ("window", "lead-time"))
    assert entry.reason["en"] == (
        "Dialogue A: no day found from Friday 1 January 2027 to Friday 31 December 2027; in the way: "
        "A round lies in its window (assumed); "
        "A round is no sooner than the save-the-date of its level allows (assumed)"
    )


def test_a_round_crowded_out_names_the_rule_between_rounds() -> None:
    only_day = {day: (a_closed_day(day),) for day in days_between(date(2027, 1, 1), LAST) if day != MAY_4}
    shared = {"posts": ("uk/minister",), "calendars": ("uk",)}
    plan = solve(a_problem(a_series("A", **shared), a_series("B", **shared), calendars={"uk": only_day}))
    assert len(plan.placements) == 1
    assert [entry.rules for entry in plan.unplaced] == [("one-meeting-a-day",)]


@pytest.mark.parametrize(
    ("problem", "day", "rule"),
    [
        (
            a_problem(a_series(window=Window((6,))), rounds=(a_round(pin=Slot(first=MAY_4)),)),
            "Tuesday 4 May 2027",
            "A round lies in its window.",
        ),
        (
            a_problem(
                a_series(hosting=Hosting(rule="fixed", party="nl")),
                rounds=(a_round(pin=Slot(first=MAY_4, host="uk")),),
            ),
            "Tuesday 4 May 2027",
            "The host is one that the host rule allows.",
        ),
        (
            a_problem(rounds=(a_round(pin=Slot(first=date(2028, 5, 4))),)),
            "Thursday 4 May 2028",
            "A round lies within the days planned.",
        ),
        (
            a_problem(
                a_series("A", posts=("uk/minister",)),
                a_series("B", posts=("uk/minister",)),
                rounds=(a_round("A", pin=Slot(first=MAY_4)), a_round("B", pin=Slot(first=MAY_4))),
            ),
            "Tuesday 4 May 2027 beside B/2027-1",
            "A post that a meeting needs attends one meeting a day.",
        ),
    ],
    ids=["window", "host", "horizon", "beside another pin"],
)
def test_pins_that_cannot_hold_are_refused_by_name(problem: Problem, day: str, rule: str) -> None:
    with pytest.raises(Conflict) as caught:
        solve(problem)
    said = f"A/2027-1 is pinned to {day}, which these rules forbid: {rule}"
    assert (caught.value.message["en"], caught.value.place) == (said, "A/2027-1")


def test_a_pin_that_cannot_hold_is_refused_in_dutch_too() -> None:
    with pytest.raises(Conflict) as caught:
        solve(a_problem(a_series(window=Window((6,))), rounds=(a_round(pin=Slot(first=MAY_4)),)))
    assert caught.value.message["nl"] == (
        "A/2027-1 is vastgezet op dinsdag 4 mei 2027, wat deze regels verbieden: "
        "Een ronde valt in de maanden van haar venster."
    )
    assert caught.value.remedy["nl"].endswith(
        " Maak een vastgezette ronde los, of zet haar op een andere dag vast"
    )


def test_a_plan_says_how_it_was_found() -> None:
    plan = solve(a_problem(), seed=7)
    assert (plan.solver, plan.seed, plan.parameters["num_workers"]) == ("ortools CP-SAT", 7, 1)
    assert plan.version == version("ortools")


def a_turn_to_break(**values: Any) -> Problem:
    """Return two rounds of a series, of which people asked the wrong side to host the first."""
    rounds = (a_round(host="uk"), a_round(number=2, aim=date(2027, 5, 26), earliest=date(2027, 5, 27)))
    hosting = Hosting(rule="alternate", next="nl")
    series = a_series(cadence=TWICE, hosting=hosting, in_force_from=date(2027, 1, 1))
    return a_problem(series, rounds=rounds, **values)


def test_a_turn_that_must_be_broken_leaves_the_plan_proved() -> None:
    plan = solve(a_turn_to_break())
    assert "host-turn" in {line.rule for line in plan.placements[0].lines}
    assert (plan.proven, plan.bound, plan.unplaced) == (True, plan.price, ())


def test_nothing_is_proved_where_leaving_out_another_round_might_keep_the_turn() -> None:
    problem = a_turn_to_break(first=date(2027, 5, 1), last=date(2027, 5, 31))
    plan = solve(problem)
    cheapest = min(other.price for other in every_plan(problem))
    assert (len(plan.unplaced), plan.proven) == (1, False)
    assert plan.bound <= cheapest < plan.price
    assert check(problem, plan) == ()
