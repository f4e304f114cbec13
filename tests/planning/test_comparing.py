from dataclasses import replace
from datetime import timedelta

from scheduler.planning.comparing import (
    Kind,
    Standing,
    compare_plans,
    compare_with_calendar,
    standings_of_calendar,
)
from scheduler.planning.problem import Fixed, Hosting, Slot
from scheduler.planning.solver import solve
from tests.planning.instances import MAY_4, a_plan, a_problem, a_round, a_series

WEEK = timedelta(weeks=1)


def test_a_plan_does_not_differ_from_itself() -> None:
    problem = a_problem()
    plan = solve(problem)
    same = compare_plans((problem, plan), (problem, plan))
    assert [change.kind for change in same.changes] == [Kind.STAYS]
    assert (same.added, same.saved, same.price_before, same.price_after) == ((), (), 0, 0)


def test_a_round_moves_and_its_charges_come_and_go() -> None:
    problem = a_problem()
    one, other = a_plan(problem, {"A/2027-1": MAY_4}), a_plan(problem, {"A/2027-1": MAY_4 + WEEK})
    found = compare_plans((problem, one), (problem, other))
    (change,) = found.changes
    assert (change.kind, change.days, change.issued) == (Kind.MOVED, 7, False)
    assert change.words["en"] == "Dialogue A: from Tuesday 4 May 2027 to Tuesday 11 May 2027, 7 days later"
    assert change.words["nl"] == "Dialoog A: van dinsdag 4 mei 2027 naar dinsdag 11 mei 2027, 7 dagen later"
    assert [(charge.about, charge.rule, charge.price) for charge in found.added] == [("A/2027-1", "aim", 14)]
    assert found.saved == ()
    back = compare_plans((problem, other), (problem, one))
    assert (back.changes[0].days, back.added, back.saved) == (-7, (), found.added)
    assert back.changes[0].words["en"].endswith("7 days earlier")


def test_a_round_that_loses_or_gains_its_day_is_told_so() -> None:
    problem = a_problem(a_series("A"), a_series("B"))
    one, other = a_plan(problem, {"A/2027-1": MAY_4}), a_plan(problem, {"B/2027-1": MAY_4})
    found = compare_plans((problem, one), (problem, other))
    assert [(change.kind, change.about) for change in found.changes] == [
        (Kind.DROPPED, "A/2027-1"),
        (Kind.PLACED, "B/2027-1"),
    ]
    assert [change.words["en"] for change in found.changes] == [
        "Dialogue A: no longer has a day (was Tuesday 4 May 2027)",
        "Dialogue B: newly placed on Tuesday 4 May 2027",
    ]


def test_another_host_is_a_change_of_its_own() -> None:
    asked = {party: a_problem(rounds=(a_round(pin=Slot(first=MAY_4, host=party)),)) for party in ("uk", "nl")}
    found = compare_plans((asked["uk"], solve(asked["uk"])), (asked["nl"], solve(asked["nl"])))
    (change,) = found.changes
    assert (change.kind, change.host_changed) == (Kind.HOST, True)
    assert change.words["en"] == "Dialogue A: stays on Tuesday 4 May 2027; nl hosts instead of uk"


def test_against_the_calendar_what_stands_stays_and_what_is_planned_moves() -> None:
    standing = Fixed(key="uid-1", obligations=("B",), first=MAY_4, last=MAY_4, host="uk")
    online = a_series("A", hosting=Hosting(rule="online"))
    problem = a_problem(
        online,
        a_series("B"),
        rounds=(a_round(planned=Slot(first=MAY_4 - WEEK)),),
        fixed=(standing,),
    )
    found = compare_with_calendar(problem, a_plan(problem, {"A/2027-1": MAY_4}))
    assert [(change.kind, change.about, change.issued) for change in found.changes] == [
        (Kind.MOVED, "A/2027-1", False),
        (Kind.STAYS, "uid-1", True),
    ]
    assert found.issued_moves == ()
    assert {charge.rule for charge in found.added} == {"keep-date"}


def test_a_released_meeting_is_one_with_the_meeting_it_was() -> None:
    before = a_problem(
        rounds=(a_round(number=2),),
        fixed=(Fixed(key="uid-1", obligations=("A",), first=MAY_4, last=MAY_4, host="uk"),),
    )
    released = replace(
        a_round(), key="A/uid-1", meeting="uid-1", issued=Slot(first=MAY_4, host="uk"), host=None
    )
    after = a_problem(rounds=(released,))
    found = compare_plans(
        (before, a_plan(before, {})), (after, a_plan(after, {"A/uid-1": MAY_4 + timedelta(days=2)}))
    )
    moved = next(change for change in found.changes if change.about == "uid-1")
    assert (moved.kind, moved.days, moved.issued) == (Kind.MOVED, 2, True)
    assert found.issued_moves == (moved,)


def test_a_calendar_of_today_is_matched_by_series_and_day() -> None:
    problem = a_problem()
    plan = a_plan(problem, {"A/2027-1": MAY_4})
    now = Standing(
        key="uid-9",
        obligation="A",
        title={"en": "Dialogue A"},
        first=MAY_4 - WEEK,
        last=MAY_4 - WEEK,
        meeting="uid-9",
    )
    (change,) = compare_with_calendar(problem, plan, (now,)).changes
    assert (change.kind, change.days, change.before) == (Kind.MOVED, 7, now)


def test_the_calendar_of_a_problem_is_what_was_planned_or_issued() -> None:
    planned = a_problem(rounds=(a_round(planned=Slot(first=MAY_4, host="nl")),))
    (standing,) = standings_of_calendar(planned)
    assert (standing.first, standing.last, standing.host, standing.issued) == (MAY_4, MAY_4, "nl", False)
