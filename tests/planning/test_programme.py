"""The obligations of the real programme on 21 November 2026, none of them prepared, with the holidays of both sides."""

from datetime import date
from functools import cache

from scheduler.planning.checker import check
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.solver import solve
from tests.planning.instances import uk_nl

RED_AFTER_FIFTEEN_MONTHS = date(2027, 3, 3)
YEAR_END = date(2026, 12, 31)


@cache
def first_plan(last: date = date(2027, 12, 31)) -> tuple[Problem, Plan]:
    problem = uk_nl(date(2026, 11, 21), last)
    return problem, solve(problem)


def test_a_neglected_programme_gets_a_proven_plan_that_the_checker_accepts() -> None:
    problem, plan = first_plan()
    assert check(problem, plan) == ()
    assert (plan.proven, plan.unplaced) == (True, ())


def test_every_limit_that_can_no_longer_be_kept_is_named_and_no_other() -> None:
    _, plan = first_plan()
    late = {(breach.rule, breach.obligation, breach.limit) for breach in plan.all_breaches}
    never_held = ("JS-R01", "JS-R07", "JS-R10", "JS-R12")
    assert late == {
        *(("longest-gap", obligation, RED_AFTER_FIFTEEN_MONTHS) for obligation in never_held),
        *(("calendar-year", obligation, YEAR_END) for obligation in (*never_held, "JS-R02", "JS-R11")),
        ("longest-gap", "JS-R02", date(2026, 12, 24)),
    }


def test_days_are_as_near_as_lead_times_windows_and_holidays_allow() -> None:
    _, plan = first_plan()
    first_days = {placed.round: placed.first for placed in plan.placements}
    ministers = {first_days.pop("JS-R01/2026-1"), first_days.pop("JS-R12/2026-1")}
    assert ministers == {date(2027, 5, 24), date(2027, 5, 25)}  # 26 weeks' notice ends on Saturday 22 May
    assert first_days == {
        "JS-R05/2027-1": date(2027, 3, 24),
        "JS-R07/2026-1": date(
            2027, 10, 6
        ),  # after the conference it builds on, in the first week both can be
        "JS-R10/2026-1": date(2027, 10, 4),
        "JS-R11/2026-1": date(2027, 1, 25),  # a week from Monday to Friday
    }


def test_the_series_that_an_umbrella_covers_leave_it_nothing_of_its_own() -> None:
    problem, _ = first_plan()
    assert "JS-R02" not in {round_.obligation for round_ in problem.rounds}


def test_hosts_alternate_after_the_first_round() -> None:
    _, plan = first_plan(date(2028, 12, 31))
    hosts: dict[str, list[str | None]] = {}
    for placed in plan.placements:
        hosts.setdefault(placed.round.split("/")[0], []).append(placed.host)
    assert hosts["JS-R10"] == ["uk", "nl"]  # the last one was in The Hague
    assert {frozenset(pair) for pair in hosts.values()} == {frozenset(("uk", "nl"))}


def test_a_horizon_too_short_for_a_window_leaves_its_rounds_out_with_the_reason() -> None:
    problem, plan = first_plan(date(2027, 6, 30))
    assert check(problem, plan) == ()
    assert [(entry.round, entry.rules) for entry in plan.unplaced] == [
        ("JS-R07/2026-1", ("window", "lead-time")),
        ("JS-R10/2026-1", ("window", "lead-time")),
    ]
