from dataclasses import replace
from datetime import date

from scheduler.planning.checker import check
from scheduler.planning.merging import proposals
from scheduler.planning.problem import Problem
from scheduler.planning.rounds import Merge, rounds_owed
from scheduler.planning.solver import solve
from tests.planning.instances import a_problem, a_series

TODAY, FIRST, LAST = date(2026, 11, 21), date(2027, 1, 1), date(2027, 12, 31)
SERIES = (
    a_series("A", posts=("uk/minister",)),
    a_series("B", posts=("uk/minister", "nl/minister"), lead_weeks=26),
)


def problem(*merges: Merge, last: date = LAST) -> Problem:
    owed = rounds_owed(SERIES, (), today=TODAY, first=FIRST, last=last, merges=merges)
    return a_problem(*SERIES, rounds=owed.rounds, minimums=owed.minimums, last=last, may_merge=(("A", "B"),))


def test_a_merged_duty_needs_no_round_of_its_own_in_its_year() -> None:
    asked = problem(Merge(obligation="A", other="B", year=2027), last=date(2028, 12, 31))
    assert [(entry.key, entry.also, entry.merged_for) for entry in asked.rounds] == [
        ("A/2027-1", ("B",), 2027),
        ("A/2028-1", (), None),
        ("B/2028-1", (), None),
    ]
    assert asked.rounds[0].earliest == date(2027, 5, 22)  # the longer notice of the two


def test_the_duty_is_counted_from_the_round_that_served_it() -> None:
    plan = solve(problem(Merge(obligation="A", other="B", year=2027), last=date(2028, 12, 31)))
    assert plan.all_breaches == ()
    assert sorted(placed.duties for placed in plan.placements) == [("A",), ("A", "B"), ("B",)]


def test_a_merge_in_a_year_without_a_round_changes_nothing() -> None:
    assert problem(Merge(obligation="A", other="B", year=2031)) == problem()


def test_what_a_merge_would_save_was_solved_and_is_right() -> None:
    asked = problem()
    plan = solve(asked)
    (found,) = proposals(asked, plan, solve)
    merged = problem(found.merge)
    cheaper = solve(merged)
    assert check(merged, cheaper) == ()
    assert (found.merge, found.fewer) == (Merge(obligation="A", other="B", year=2027), 1)
    assert found.saved == plan.price - cheaper.price
    assert found.day == cheaper.placements[0].first
    assert found.words["en"].startswith("Dialogue A and Dialogue B as one meeting in 2027, on ")


def test_nothing_is_proposed_that_the_programme_does_not_allow() -> None:
    asked = replace(problem(), may_merge=())
    assert proposals(asked, solve(asked), solve) == ()


def test_nothing_is_proposed_beside_a_plan_that_may_not_be_the_best() -> None:
    asked = problem()
    assert proposals(asked, replace(solve(asked), proven=False), solve) == ()


def test_what_is_merged_already_is_not_proposed_again() -> None:
    asked = problem(Merge(obligation="A", other="B", year=2027))
    assert proposals(asked, solve(asked), solve) == ()
