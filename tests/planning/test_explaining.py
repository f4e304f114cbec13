"""What is said of one round of a plan, confirmed by the checker and by the rules of the obligation itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.dates.slots import OfficeHours
from scheduler.dates.windows import Window
from scheduler.errors import Conflict, NotFound
from scheduler.obligations.rules import Colour, Promise, duty
from scheduler.planning.checker import check
from scheduler.planning.explaining import Answer, every_day, explain, explain_day, round_named
from scheduler.planning.problem import Capacity, Fixed, Hosting, Order, Placement, Plan, Problem, Round, Slot
from scheduler.planning.rules import BY_NAME
from scheduler.planning.solver import solve
from scheduler.planning.wording import Force
from tests.planning.drawn import problems
from tests.planning.instances import (
    LONDON_HOURS,
    MAY_4,
    TWICE,
    a_closed_day,
    a_plan,
    a_problem,
    a_round,
    a_series,
    uk_nl,
)

BRIEFLY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
HARD = {rule.name for rule in BY_NAME.values() if rule.force is Force.HARD}
ONE_DAY = timedelta(days=1)
MAY_5 = date(2027, 5, 5)
MAY_11 = date(2027, 5, 11)
LIMIT = date(2027, 8, 4)
"""Fifteen months after 4 May 2026."""


def moved(problem: Problem, plan: Plan, key: str, day: date) -> Plan:
    """Return the plan with one round on another day and all others where they are."""
    return a_plan(problem, {**{placed.round: placed.first for placed in plan.placements}, key: day})


@BRIEFLY
@given(problems(length=14, most_rounds=4), st.integers(0, 3))
def test_the_checker_confirms_every_day(problem: Problem, number: int) -> None:
    assume(problem.rounds)
    try:
        plan = solve(problem)
    except Conflict:
        return
    round_ = problem.rounds[number % len(problem.rounds)]
    prices: dict[date, int] = {}
    for day in (problem.first + timedelta(days=away) for away in range(-2, 16)):
        answer = explain_day(problem, plan, round_, day)
        instead = moved(problem, plan, round_.key, day)
        found = check(problem, instead)
        assert {refusal.rule for refusal in answer.refusals} == {entry.rule for entry in found} & HARD
        if answer.instead:
            assert found == ()
            prices[day] = instead.price
            assert (answer.instead.price, answer.instead.more) == (instead.price, instead.price - plan.price)
            gained = sum(charge.price for charge in answer.instead.added)
            assert gained - sum(charge.price for charge in answer.instead.saved) == answer.instead.more
    assert every_day(problem, plan, round_) == {day: price - plan.price for day, price in prices.items()}
    said = explain(problem, plan, round_)
    if isinstance(said.found, Placement):
        assert prices.pop(said.found.first) == plan.price
    cheapest = sorted((price, day) for day, price in prices.items())[:3]
    assert [(other.price, other.day) for other in said.next_best] == cheapest
    assert (said.room.days, said.room.first, said.room.last) == (
        len(prices),
        min(prices, default=None),
        max(prices, default=None),
    )


def one(
    fixed: tuple[Fixed, ...] = (),
    rounds: tuple[Round, ...] = (),
    office_hours: Mapping[str, OfficeHours] | None = None,
    **values: Any,
) -> Answer:
    """Return the answer for 4 May of a series alone, planned for 11 May."""
    leave = {MAY_5: (a_closed_day(MAY_5),)}
    problem = a_problem(
        a_series(**values),
        rounds=rounds,
        fixed=fixed,
        calendars={"uk": leave},
        office_hours=office_hours or {},
    )
    return explain_day(problem, a_plan(problem, {"A/2027-1": MAY_11}), problem.rounds[0], MAY_4)


def beside(**values: Any) -> Answer:
    """Return the answer for 4 May of dialogue A, planned for 11 May beside B, which is on 4 May."""
    shared = {"posts": ("uk/minister",)} if not values else {"offices": ("uk/office",)}
    problem = a_problem(a_series("A", **shared), a_series("B", **shared), **values)
    plan = a_plan(problem, {"A/2027-1": MAY_11, "B/2027-1": MAY_4})
    return explain_day(problem, plan, problem.rounds[0], MAY_4)


def twice(day: date) -> Answer:
    """Return the answer for a day of the second round of a year, planned for September after one on 4 May."""
    rounds = (a_round(aim=MAY_4), a_round(number=2, aim=date(2027, 9, 7)))
    problem = a_problem(a_series(cadence=TWICE), rounds=rounds)
    plan = a_plan(problem, {"A/2027-1": MAY_4, "A/2027-2": date(2027, 9, 7)})
    return explain_day(problem, plan, rounds[1], day)


MEETING = Fixed(
    key="held", obligations=("A",), first=date(2027, 3, 2), last=date(2027, 3, 2), posts=("uk/minister",)
)
OFFICE = Capacity(office="uk/office", title={"en": "Office", "nl": "Bureau"}, most=1)
REPORTS = Order(before="A/2027-1", after="B/2027-1")
REFUSALS: dict[str, tuple[Callable[[], Answer], str, str, str]] = {
    "too soon": (
        lambda: one(rounds=(a_round(earliest=MAY_11),)),
        "lead-time",
        "Tuesday 4 May 2027 is too soon: with 17 weeks’ notice the first possible day is Tuesday 11 May 2027",
        "dinsdag 4 mei 2027 is te vroeg: met 17 weken vooraankondiging is dinsdag 11 mei 2027 de eerste mogelijke dag",
    ),
    "window": (
        lambda: one(window=Window((6, 7))),
        "window",
        "Tuesday 4 May 2027 lies outside the window, June–July",
        "dinsdag 4 mei 2027 valt buiten het venster, juni–juli",
    ),
    "pin": (
        lambda: one(rounds=(a_round(pin=Slot(first=MAY_11)),)),
        "pin",
        "pinned to Tuesday 11 May 2027, not Tuesday 4 May 2027",
        "vastgezet op dinsdag 11 mei 2027, niet dinsdag 4 mei 2027",
    ),
    "leave on its second day": (
        lambda: one(days=2, calendars=("uk",)),
        "closed-day",
        "Wednesday 5 May 2027 is closed (uk): Leave (a table)",
        "woensdag 5 mei 2027 is gesloten (uk): Verlof (a table)",
    ),
    "a stated start before the office opens": (
        lambda: one(
            hours=3,
            start=time(8),
            hosting=Hosting(rule="fixed", party="uk"),
            office_hours={"uk": LONDON_HOURS},
        ),
        "office-hours",
        (
            "the round begins at 08:00, as stated, and lasts 3 hours; office hours of uk on Tuesday 4 May 2027: "
            "09:00 to 17:00 (Europe/London)"
        ),
        (
            "de ronde begint om 08:00, zoals vastgelegd, en duurt 3 uur; kantooruren van uk op dinsdag 4 mei 2027: "
            "09:00 tot 17:00 (Europe/London)"
        ),
    ),
    "near a round that stands": (
        lambda: one(fixed=(MEETING,)),
        "smallest-gap",
        "Tuesday 4 May 2027 is too close to the round of Tuesday 2 March 2027: at least 6 months apart",
        "dinsdag 4 mei 2027 ligt te dicht bij de ronde van dinsdag 2 maart 2027: ten minste 6 maanden ertussen",
    ),
    "the minister sits elsewhere": (
        beside,
        "one-meeting-a-day",
        "on Tuesday 4 May 2027 uk/minister is already needed for Dialogue B (B/2027-1)",
        "op dinsdag 4 mei 2027 is uk/minister al nodig voor Dialoog B (B/2027-1)",
    ),
    "a full week": (
        lambda: beside(capacities=(OFFICE,)),
        "capacity",
        "the week of Tuesday 4 May 2027 is full for Office: at most 1",
        "de week van dinsdag 4 mei 2027 is vol voor Bureau: hoogstens 1",
    ),
    "too late for what it reports to": (
        lambda: beside(orders=(REPORTS,)),
        "order",
        "on Tuesday 4 May 2027 it ends too late for Dialogue B (B/2027-1) on Tuesday 4 May 2027, to which it reports",
        (
            "op dinsdag 4 mei 2027 eindigt zij te laat voor Dialoog B (B/2027-1) op dinsdag 4 mei 2027, "
            "waaraan zij rapporteert"
        ),
    ),
    "out of turn": (
        lambda: twice(date(2027, 1, 19)),
        "smallest-gap",
        "on Tuesday 19 January 2027 it would no longer be in turn with the round of Tuesday 4 May 2027",
        "op dinsdag 19 januari 2027 zou zij niet meer op volgorde staan met de ronde van dinsdag 4 mei 2027",
    ),
    "too close to the round before": (
        lambda: twice(date(2027, 6, 1)),
        "smallest-gap",
        "Tuesday 1 June 2027 is too close to the round of Tuesday 4 May 2027: at least 3 months apart",
        "dinsdag 1 juni 2027 ligt te dicht bij de ronde van dinsdag 4 mei 2027: ten minste 3 maanden ertussen",
    ),
}


@pytest.mark.parametrize(("asked", "rule", "english", "dutch"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_says_why_in_both_languages(
    asked: Callable[[], Answer], rule: str, english: str, dutch: str
) -> None:
    answer = asked()
    assert [(entry.rule, entry.reason) for entry in answer.refusals] == [(rule, {"en": english, "nl": dutch})]
    assert answer.instead is None


def test_a_meeting_that_stands_is_called_by_its_title() -> None:
    meeting = replace(MEETING, obligations=("B",), first=MAY_4, last=MAY_4)
    problem = a_problem(
        a_series(posts=("uk/minister",)), a_series("B"), rounds=(a_round(),), fixed=(meeting,)
    )
    (refusal,) = explain_day(
        problem, a_plan(problem, {"A/2027-1": MAY_11}), problem.rounds[0], MAY_4
    ).refusals
    assert refusal.reason["nl"] == "op dinsdag 4 mei 2027 is uk/minister al nodig voor Dialoog B"


def test_another_day_costs_what_changes_line_by_line() -> None:
    problem = a_problem()
    answer = explain_day(problem, solve(problem), problem.rounds[0], LIMIT + ONE_DAY)
    assert answer.instead is not None
    assert (answer.instead.price, answer.instead.saved) == (100_189, ())
    assert [(charge.about, charge.rule, charge.price) for charge in answer.instead.added] == [
        ("A/2027-1", "aim", 186),
        ("A/2027-1", "soonest-possible", 3),
        ("A/2027-1", "longest-gap", 100_000),
    ]


def test_a_limit_broken_on_either_day_is_no_difference() -> None:
    problem = a_problem(rounds=(a_round(earliest=date(2027, 9, 7)),))
    answer = explain_day(problem, solve(problem), problem.rounds[0], date(2027, 9, 8))
    assert answer.instead is not None
    assert [(charge.rule, charge.price) for charge in answer.instead.added] == [
        ("aim", 254),
        ("soonest-possible", 105),
    ]
    assert [(charge.rule, charge.price) for charge in answer.instead.saved] == [
        ("aim", 252),
        ("soonest-possible", 102),
    ]


def test_the_day_of_the_plan_costs_nothing_more() -> None:
    problem = a_problem()
    answer = explain_day(problem, solve(problem), problem.rounds[0], MAY_4)
    assert answer.instead is not None
    assert (answer.instead.more, answer.instead.added, answer.instead.saved) == (0, (), ())


def test_a_round_that_no_day_takes_is_explained_too() -> None:
    problem = a_problem(a_series(window=Window((1, 2))), rounds=(a_round(earliest=date(2027, 3, 1)),))
    plan = solve(problem)
    said = explain(problem, plan, problem.rounds[0])
    assert (said.found, said.next_best, said.room.days) == (plan.unplaced[0], (), 0)
    assert said.deadlines.reasons[-1] == {
        "en": "Red: the rules permit no day until the limit, Wednesday 4 August 2027.",
        "nl": "Rood: de regels laten geen dag toe tot en met de grens, woensdag 4 augustus 2027.",
    }


def test_until_when_a_date_must_be_fixed() -> None:
    problem = a_problem(a_series(window=Window((5, 6))))
    said = explain(problem, solve(problem), problem.rounds[0]).deadlines
    assert (said.amber, said.limit, said.latest, said.red) == (
        date(2027, 1, 4),
        LIMIT,
        date(2027, 6, 30),
        date(2027, 3, 3),
    )
    assert (
        "\n".join(reason["en"] for reason in said.reasons)
        == """\
Counted from Monday 4 May 2026.
Amber: unless both sides agree a date by Monday 4 January 2027; from the next day the save-the-date is due.
Red: unless a round is held by Wednesday 4 August 2027. The last day that the rules permit is \
Wednesday 30 June 2027; with 17 weeks’ notice it must be fixed by Wednesday 3 March 2027."""
    )


def test_the_obligation_turns_amber_on_the_next_day_and_not_before() -> None:
    problem = a_problem()
    said = explain(problem, solve(problem), problem.rounds[0]).deadlines
    (series,) = problem.series
    promise = Promise(series.obligation, series.cadence, series.in_force_from, None, series.lead_weeks)
    assert said.amber
    assert said.limit
    assert [
        duty(promise, (), (), day).colour
        for day in (said.amber, said.amber + ONE_DAY, said.limit, said.limit + ONE_DAY)
    ] == [Colour.GREEN, Colour.AMBER, Colour.AMBER, Colour.RED]


@pytest.mark.parametrize(("late", "latest"), [(0, LIMIT), (1, None)])
def test_a_day_within_the_limit_is_left_until_the_deadline_and_none_after_it(
    late: int, latest: date | None
) -> None:
    problem = a_problem()
    red = explain(problem, solve(problem), problem.rounds[0]).deadlines.red
    assert red
    today = red + timedelta(days=late)
    later = replace(problem, today=today, rounds=(a_round(earliest=today + timedelta(weeks=17)),))
    assert explain(later, solve(later), later.rounds[0]).deadlines.latest == latest


AMBER = """\
Geteld vanaf maandag 4 mei 2026.
Oranje: de vooraankondiging had uiterlijk dinsdag 5 januari 2027 moeten uitgaan; een datum die beide zijden \
binnen de grens overeenkomen, heft dat op.
Rood: tenzij er uiterlijk woensdag 4 augustus 2027 een ronde is gehouden. De laatste dag die de regels toelaten is \
woensdag 4 augustus 2027; met 17 weken vooraankondiging moet die uiterlijk woensdag 7 april 2027 vastliggen."""
RED = """\
Geteld vanaf maandag 4 mei 2026.
Rood: de grens van woensdag 4 augustus 2027 is verstreken; alleen een gehouden ronde of het gezamenlijk overslaan \
ervan heft dat op."""


@pytest.mark.parametrize(("today", "said"), [(date(2027, 1, 5), AMBER), (date(2027, 8, 5), RED)])
def test_what_is_late_already_is_said(today: date, said: str) -> None:
    problem = replace(a_problem(), today=today)
    deadlines = explain(problem, solve(problem), problem.rounds[0]).deadlines
    assert "\n".join(reason["nl"] for reason in deadlines.reasons) == said


def test_a_later_round_counts_from_the_one_that_the_plan_has_before_it() -> None:
    rounds = (a_round(aim=MAY_4), a_round(number=2, aim=date(2028, 5, 4)))
    problem = a_problem(rounds=rounds)
    said = explain(problem, a_plan(problem, {"A/2027-1": MAY_4, "A/2027-2": date(2027, 12, 7)}), rounds[1])
    assert (
        "\n".join(reason["en"] for reason in said.deadlines.reasons)
        == """\
Counted from Tuesday 4 May 2027, where the plan has the round before.
Amber: unless both sides agree a date by Wednesday 5 January 2028; from the next day the save-the-date is due.
Red: unless a round is held by Friday 4 August 2028, after the days planned. The last day that the rules permit \
among those planned is Friday 31 December 2027; with 17 weeks’ notice it must be fixed by Friday 3 September 2027."""
    )


def test_a_round_is_named_by_its_key_or_its_obligation() -> None:
    problem = uk_nl(date(2026, 11, 21), date(2028, 12, 31))
    assert [round_named(problem, name).key for name in ("JS-R10/2028-1", "JS-R05")] == [
        "JS-R10/2028-1",
        "JS-R05/2027-1",
    ]
    with pytest.raises(NotFound) as caught:
        round_named(replace(problem, rounds=problem.rounds[:1]), "JS-R04")
    assert str(caught.value) == ("the plan was asked for no round of 'JS-R04' (its rounds: JS-R01/2026-1)")
