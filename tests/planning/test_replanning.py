from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.planning.checker import check
from scheduler.planning.problem import Fixed, Hosting, Order, Problem
from scheduler.planning.replanning import broken_now, cost, problem_with_released, replan
from scheduler.planning.solver import solve
from tests.planning.drawn import problems
from tests.planning.instances import MAY_4, a_closed_day, a_problem, a_round, a_series
from tests.planning.test_solver import every_plan

BRIEFLY = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
WEEK = timedelta(weeks=1)
SHARED = {"posts": ("uk/minister",)}
HELD = Fixed(key="held", obligations=("A",), first=date(2026, 5, 4), last=date(2026, 5, 4), host="nl")


def issued(obligation: str = "A", day: date = MAY_4, **values: Any) -> Fixed:
    return Fixed(
        **{
            "key": f"uid-{obligation}",
            "obligations": (obligation,),
            "first": day,
            "last": day,
            "host": "uk",
            "posts": ("uk/minister",),
            **values,
        }
    )


def standing(*meetings: Fixed, **values: Any) -> Problem:
    """Return a problem in which meetings stand and no further round is owed."""
    series = tuple(
        a_series(key, **SHARED) for key in dict.fromkeys(entry.obligations[0] for entry in meetings)
    )
    problem = a_problem(*series, rounds=(a_round(),), fixed=meetings)
    return replace(problem, rounds=(), **values)


def closed(problem: Problem, *days: date) -> Problem:
    """Close days for every dialogue."""
    return replace(
        problem,
        series=tuple(replace(entry, calendars=("uk",)) for entry in problem.series),
        calendars={"uk": {day: (a_closed_day(day),) for day in days}},
    )


def released(problem: Problem) -> Problem:
    """Take every drawn date that was planned for one that both sides know."""
    rounds = tuple(
        replace(entry, planned=None, issued=entry.planned, meeting=f"uid-{entry.key}")
        if entry.planned and not entry.pin
        else entry
        for entry in problem.rounds
    )
    return replace(problem, rounds=rounds)


@BRIEFLY
@given(problems(length=6, most_rounds=3))
def test_no_plan_moves_fewer_meetings_or_by_fewer_days_or_is_cheaper(drawn: Problem) -> None:
    problem = released(drawn)
    least = min(((cost(problem, plan), plan.price) for plan in every_plan(problem)), default=None)
    try:
        plan = replan(problem)
        found = (cost(problem, plan), plan.price)
    except Conflict:
        found = None
    assert found == least


@BRIEFLY
@given(problems(length=40, most_rounds=6))
def test_the_checker_finds_nothing_wrong_with_a_new_plan(drawn: Problem) -> None:
    problem = released(drawn)
    try:
        plan = replan(problem)
    except Conflict:
        return
    assert check(problem, plan) == ()
    assert plan.proven


def test_what_is_released_and_may_stay_stays() -> None:
    problem = problem_with_released(standing(issued("A"), issued("B", MAY_4 + WEEK)), ["uid-A", "uid-B"])
    plan = replan(problem)
    assert {placed.round: placed.first for placed in plan.placements} == {
        "A/uid-A": MAY_4,
        "B/uid-B": MAY_4 + WEEK,
    }
    assert (cost(problem, plan).moved, plan.price) == (0, 0)


def test_one_meeting_makes_room_for_another_rather_than_both_moving() -> None:
    # A must leave its day; the only open day near is that of B, and every other is a week away.
    problem = standing(issued("A"), issued("B", MAY_4 + timedelta(days=1)))
    near = [MAY_4 + timedelta(days=number) for number in range(-6, 7) if number != 1]
    plan = replan(problem_with_released(closed(problem, *near), ["uid-A", "uid-B"]))
    found = {placed.round: placed.first for placed in plan.placements}
    assert found["B/uid-B"] == MAY_4 + timedelta(days=1)
    assert abs((found["A/uid-A"] - MAY_4).days) == 7


def test_a_move_of_fewer_days_goes_before_a_better_weekday() -> None:
    problem = closed(standing(issued("A", date(2027, 5, 6))), date(2027, 5, 6), date(2027, 5, 5))
    plan = replan(problem_with_released(problem, ["uid-A"]))
    assert [placed.first for placed in plan.placements] == [date(2027, 5, 7)], "a Friday"


def test_a_meeting_at_short_notice_stays_or_moves_beyond_the_notice() -> None:
    soon = date(2026, 12, 1)
    problem = standing(issued("A", soon), first=date(2026, 11, 21))
    stays = replan(problem_with_released(problem, ["uid-A"]))
    assert [placed.first for placed in stays.placements] == [soon]
    moves = replan(problem_with_released(closed(problem, soon), ["uid-A"]))
    assert [placed.first for placed in moves.placements] == [date(2026, 11, 21) + timedelta(weeks=17)]


def test_the_host_stays_unless_another_is_asked_for_and_that_counts_as_a_move() -> None:
    series = a_series("A", hosting=Hosting(rule="alternate", next="nl"))
    problem = replace(standing(issued("A")), series=(series,))
    for asked, host, moved in (({}, "uk", 0), ({"uid-A": "nl"}, "nl", 1)):
        freed = problem_with_released(problem, ["uid-A"], asked)
        plan = replan(freed)
        (placed,) = plan.placements
        assert (placed.first, placed.host, cost(freed, plan).moved) == (MAY_4, host, moved)
        assert check(freed, plan) == ()


def test_gaps_count_from_the_meeting_before_and_not_from_one_that_comes_later() -> None:
    later = issued("A", date(2027, 12, 7), key="later")
    problem = replace(
        standing(HELD, issued("A"), later), series=(a_series("A", in_force_from=date(2026, 1, 1)),)
    )
    freed = problem_with_released(
        closed(problem, *(MAY_4 + timedelta(days=n) for n in range(120))), ["uid-A"]
    )
    plan = replan(freed)
    (placed,) = plan.placements
    assert placed.first == date(2027, 5, 3)
    assert check(freed, plan) == ()


def test_a_released_meeting_still_reports_first() -> None:
    reports = Order(before="A", after="B", lag_days=7)
    problem = standing(issued("A"), issued("B", MAY_4 + 2 * WEEK), reporting=(reports,))
    freed = problem_with_released(closed(problem, MAY_4 + 2 * WEEK), ["uid-A", "uid-B"])
    assert freed.orders == (replace(reports, before="A/uid-A", after="B/uid-B"),)
    early = problem_with_released(
        closed(problem, *(MAY_4 + timedelta(days=n) for n in range(12))), ["uid-A", "uid-B"]
    )
    first, second = (placed.first for placed in replan(early).placements)
    assert (second - first).days > reports.lag_days


def test_a_released_meeting_is_held_against_the_gap_to_the_one_that_stands_after_it() -> None:
    later = issued("A", date(2027, 12, 7), key="later")
    first = issued("A", date(2026, 9, 15))
    series = a_series("A", in_force_from=date(2025, 9, 1))
    problem = replace(
        standing(first, later), series=(series,), today=date(2026, 1, 5), first=date(2026, 2, 1)
    )
    freed = problem_with_released(
        closed(problem, *(date(2026, 9, 7) + timedelta(days=n) for n in range(10))), ["uid-A"]
    )
    (gap,) = freed.minimums
    assert (gap.rule, gap.since, gap.until, gap.least) == (
        "longest-gap",
        date(2026, 9, 7),
        date(2027, 12, 6),
        1,
    )
    plan = replan(freed)
    assert (plan.placements[0].first, plan.all_breaches) == (date(2026, 9, 17), ())
    assert check(freed, plan) == ()


def test_without_anything_released_it_is_the_plan_of_always() -> None:
    problem = a_problem()
    assert replan(problem) == solve(problem)


def test_what_breaks_a_rule_now_is_named() -> None:
    problem = closed(standing(issued("A"), issued("B", MAY_4 + WEEK), issued("C", MAY_4 + 2 * WEEK)), MAY_4)
    (broken,) = broken_now(problem)
    assert broken.meeting.key == "uid-A"
    assert [refusal.rule for refusal in broken.refusals] == ["closed-day"]
    both = broken_now(standing(issued("A"), issued("B")))
    assert [entry.meeting.key for entry in both] == ["uid-A", "uid-B"]
    assert {refusal.rule for entry in both for refusal in entry.refusals} == {"one-meeting-a-day"}


def test_only_a_meeting_to_come_within_the_days_planned_can_be_released() -> None:
    problem = standing(HELD, issued("A"))
    with pytest.raises(NotFound):
        problem_with_released(problem, ["uid-X"])
    with pytest.raises(BadInput):
        problem_with_released(problem, ["held"])
    fixed_host = replace(problem, series=(a_series(hosting=Hosting(rule="fixed", party="uk")),))
    with pytest.raises(BadInput):
        problem_with_released(fixed_host, [], {"uid-A": "nl"})
