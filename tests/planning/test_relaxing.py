from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler.dates.slots import days_between
from scheduler.dates.windows import Window
from scheduler.errors import Conflict
from scheduler.planning.applications import collect
from scheduler.planning.checker import check
from scheduler.planning.conflicts import broken, impossibilities
from scheduler.planning.days import Days
from scheduler.planning.problem import Capacity, Fixed, Problem, Slot
from scheduler.planning.relaxing import Relaxation, relaxations
from scheduler.planning.solver import solve
from tests.planning.drawn import problems
from tests.planning.instances import MAY_4, a_closed_day, a_problem, a_round, a_series

BRIEFLY = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
MINISTER = {"posts": ("uk/minister",), "calendars": ("uk",)}
ONLY_MAY_4 = {
    "uk": {
        day: (a_closed_day(day),)
        for day in days_between(date(2027, 1, 1), date(2027, 12, 31))
        if day != MAY_4
    }
}
ISSUED = Fixed(key="uid-B", obligations=("B",), first=MAY_4, last=MAY_4, host="uk", posts=("uk/minister",))


def ways(problem: Problem) -> list[Relaxation]:
    """Return the ways out of the one thing that the cheapest plan could not do."""
    plan = solve(problem)
    (each,) = impossibilities(problem, plan)
    return list(relaxations(problem, plan, each))


@BRIEFLY
@given(problems(length=30, most_rounds=5))
def test_every_way_out_does_what_the_plan_could_not_and_breaks_nothing_more(problem: Problem) -> None:
    try:
        plan = solve(problem)
    except Conflict:
        return
    known = collect(Days(problem))
    lost = broken(known, {placed.round: placed.first for placed in plan.placements})
    for each in impossibilities(problem, plan)[:2]:
        found = relaxations(problem, plan, each)
        assert [way.price for way in found] == sorted(way.price for way in found)
        for way in found:
            assert way.more == way.price - plan.price
            if way.plan is plan:
                continue
            assert check(way.problem, way.plan) == ()
            chosen = {placed.round: placed.first for placed in way.plan.placements}
            assert broken(collect(Days(way.problem)), chosen) <= lost - {each.about.name}


def test_a_window_opens_by_the_fewest_days_and_a_notice_is_shortened_by_the_fewest() -> None:
    series = a_series(window=Window((1, 2)))
    found = ways(a_problem(series, rounds=(a_round(earliest=date(2027, 3, 5)),)))
    assert [(way.rule, way.days, way.words["en"], [day for _, day in way.moves]) for way in found] == [
        ("window", 5, "close the window of Dialogue A 5 days later", [date(2027, 3, 5)]),
        ("lead-time", 5, "shorten the notice of Dialogue A by 5 days", [date(2027, 2, 28)]),
        ("placed", None, "leave the round without a day, as the plan does", []),
    ]
    assert found[0].words["nl"] == "het venster van Dialoog A 5 dagen later sluiten"


def test_a_closed_day_is_allowed_or_the_meeting_that_stands_moves() -> None:
    # B was issued on the only open day; A needs the same minister.
    problem = a_problem(
        a_series("A", **MINISTER),
        a_series("B", posts=("uk/minister",)),
        rounds=(a_round("A"),),
        calendars=ONLY_MAY_4,
        fixed=(ISSUED,),
    )
    found = {way.rule: way for way in ways(problem)}
    assert found["closed-day"].words["en"] == "allow Dialogue A on Wednesday 5 May 2027 all the same"
    assert found["one-meeting-a-day"].words["en"] == "move the meeting of Dialogue B on Tuesday 4 May 2027"
    assert dict(found["one-meeting-a-day"].moves) == {"A/2027-1": MAY_4, "B/uid-B": date(2027, 5, 5)}


@pytest.mark.parametrize(
    ("problem", "rule", "words"),
    [
        (
            a_problem(
                a_series("A", **MINISTER),
                a_series("B", posts=("uk/minister",)),
                rounds=(a_round("A"), a_round("B", pin=Slot(first=MAY_4))),
                calendars=ONLY_MAY_4,
            ),
            "pin",
            "release the pin of Dialogue B to Tuesday 4 May 2027",
        ),
        (
            a_problem(
                a_series("A", offices=("uk/office",), calendars=("uk",)),
                a_series("B", offices=("uk/office",), calendars=("uk",)),
                capacities=(Capacity(office="uk/office", title={"en": "Office", "nl": "Bureau"}, most=1),),
                calendars=ONLY_MAY_4,
                names={"uk/office": {"en": "the office", "nl": "het bureau"}},
            ),
            "capacity",
            "let the office bear one meeting more in a week",
        ),
    ],
    ids=["pin", "capacity"],
)
def test_other_rules_give_way(problem: Problem, rule: str, words: str) -> None:
    assert words in [way.words["en"] for way in ways(problem) if way.rule == rule]
