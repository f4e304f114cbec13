from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from scheduler.dates.closed_days import Effect
from scheduler.dates.windows import Window
from scheduler.planning.checker import check
from scheduler.planning.problem import (
    Capacity,
    Fixed,
    Hosting,
    Link,
    Minimum,
    Order,
    Plan,
    Problem,
    Slot,
)
from scheduler.planning.rules import RULES
from tests.planning.instances import (
    MAY_4,
    TWICE,
    a_closed_day,
    a_plan,
    a_problem,
    a_round,
    a_series,
)

Fault = Callable[[], tuple[Problem, Plan]]

MAY_11 = date(2027, 5, 11)
NEW_YEAR_2028 = date(2028, 1, 4)
FIRST_OF_TWO = Minimum(
    obligation="A",
    rule="calendar-year",
    counts=("A",),
    since=date(2027, 1, 1),
    until=date(2027, 12, 31),
    least=2,
)


def planned(problem: Problem, **days: date) -> tuple[Problem, Plan]:
    """Account honestly for rounds by obligation: the fault is in the days."""
    return problem, a_plan(problem, {f"{obligation}/2027-1": day for obligation, day in days.items()})


def without_line(rule: str, problem: Problem, **days: date) -> tuple[Problem, Plan]:
    """Account for the days, then forget every line of one rule."""
    _, plan = planned(problem, **days)
    forgotten = [line.price for placed in plan.placements for line in placed.lines if line.rule == rule]
    assert sum(forgotten) > 0
    placements = tuple(
        replace(placed, lines=tuple(line for line in placed.lines if line.rule != rule))
        for placed in plan.placements
    )
    return problem, replace(plan, placements=placements, price=plan.price - sum(forgotten))


def without_breach(problem: Problem, **days: date) -> tuple[Problem, Plan]:
    """Account for the days, then keep silent about every limit that they break."""
    _, plan = planned(problem, **days)
    hidden = sum(breach.price for breach in plan.all_breaches)
    assert hidden > 0
    placements = tuple(replace(placed, breaches=()) for placed in plan.placements)
    return problem, replace(plan, placements=placements, breaches=(), price=plan.price - hidden)


def two(**values: Any) -> Problem:
    return a_problem(a_series("A"), a_series("B"), **values)


def links(rule: str) -> Problem:
    return two(links=(Link(rule=rule, before=("A",), after="B"),))


def out_of_horizon() -> tuple[Problem, Plan]:
    return planned(a_problem(), A=NEW_YEAR_2028)


def too_soon() -> tuple[Problem, Plan]:
    return planned(a_problem(rounds=(a_round(earliest=MAY_11),)), A=MAY_4)


def out_of_window() -> tuple[Problem, Plan]:
    return planned(a_problem(a_series(window=Window((6,)))), A=MAY_4)


def closed() -> tuple[Problem, Plan]:
    problem = a_problem(a_series(calendars=("uk",)), calendars={"uk": {MAY_4: (a_closed_day(MAY_4),)}})
    return planned(problem, A=MAY_4)


def pin_moved() -> tuple[Problem, Plan]:
    return planned(a_problem(rounds=(a_round(pin=Slot(first=MAY_11)),)), A=MAY_4)


def pin_left_out() -> tuple[Problem, Plan]:
    return planned(a_problem(rounds=(a_round(pin=Slot(first=MAY_11)),)))


def host_unpinned() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(rounds=(a_round(pin=Slot(first=MAY_4, host="nl")),)), A=MAY_4)
    return problem, replace(plan, placements=(replace(plan.placements[0], host="uk"),))


def two_meetings_at_once() -> tuple[Problem, Plan]:
    shared = {"posts": ("uk/minister",), "days": 2}
    problem = a_problem(a_series("A", **shared), a_series("B", **shared))
    return planned(problem, A=MAY_4, B=MAY_4 + timedelta(days=1))


def beside_a_fixed_meeting() -> tuple[Problem, Plan]:
    meeting = Fixed(key="other", obligations=(), first=MAY_4, last=MAY_4, posts=("uk/minister",))
    return planned(a_problem(a_series(posts=("uk/minister",)), fixed=(meeting,)), A=MAY_4)


def full_week() -> tuple[Problem, Plan]:
    office = Capacity(office="uk/office", title={"en": "Office", "nl": "Bureau"}, most=1)
    shared = {"offices": ("uk/office",)}
    problem = a_problem(a_series("A", **shared), a_series("B", **shared), capacities=(office,))
    return planned(problem, A=MAY_4, B=MAY_4 + timedelta(days=2))


def twice_a_year(*, rounds: int = 2) -> Problem:
    aims = (date(2027, 3, 2), date(2027, 9, 7))[:rounds]
    wanted = tuple(a_round("A", number, aim=aim) for number, aim in enumerate(aims, 1))
    return a_problem(a_series(cadence=TWICE, in_force_from=date(2026, 11, 1)), rounds=wanted)


def too_close() -> tuple[Problem, Plan]:
    problem = twice_a_year()
    return problem, a_plan(problem, {"A/2027-1": MAY_4, "A/2027-2": date(2027, 6, 1)})


def too_close_to_a_fixed_round() -> tuple[Problem, Plan]:
    held = Fixed(key="held", obligations=("A",), first=date(2027, 1, 5), last=date(2027, 1, 5))
    return planned(a_problem(fixed=(held,)), A=MAY_4)


def in_the_wrong_turn() -> tuple[Problem, Plan]:
    problem = twice_a_year()
    return problem, a_plan(problem, {"A/2027-1": date(2027, 9, 7), "A/2027-2": date(2027, 3, 2)})


def out_of_order() -> tuple[Problem, Plan]:
    order = Order(before="A/2027-1", after="B/2027-1", lag_days=7)
    return planned(two(orders=(order,)), A=MAY_4, B=MAY_11)


def wrong_host() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(a_series(hosting=Hosting(rule="fixed", party="nl"))), A=MAY_4)
    return problem, replace(plan, placements=(replace(plan.placements[0], host="uk"),))


def host_where_none_is() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(a_series(hosting=Hosting(rule="online"))), A=MAY_4)
    return problem, replace(plan, placements=(replace(plan.placements[0], host="uk", setting="party"),))


def late_in_silence() -> tuple[Problem, Plan]:
    return without_breach(a_problem(), A=date(2027, 8, 5))


def late_after_the_one_before() -> tuple[Problem, Plan]:
    problem = twice_a_year()
    plan = a_plan(problem, {"A/2027-1": date(2027, 3, 2), "A/2027-2": date(2027, 12, 7)})
    hidden = tuple(replace(placed, breaches=()) for placed in plan.placements)
    return problem, replace(plan, placements=hidden, price=plan.price - 100_000)


def called_late_falsely() -> tuple[Problem, Plan]:
    _, late = planned(a_problem(), A=date(2027, 8, 5))
    problem, plan = planned(a_problem(), A=MAY_4)
    named = (replace(plan.placements[0], breaches=late.placements[0].breaches),)
    return problem, replace(plan, placements=named, price=plan.price + 100_000)


def late_by_another_date() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(), A=date(2027, 8, 5))
    breach = replace(plan.placements[0].breaches[0], limit=date(2027, 7, 1))
    return problem, replace(plan, placements=(replace(plan.placements[0], breaches=(breach,)),))


def short_year_in_silence() -> tuple[Problem, Plan]:
    return without_breach(a_problem(minimums=(FIRST_OF_TWO,)), A=MAY_4)


def short_year_at_half_price() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(minimums=(replace(FIRST_OF_TWO, least=3),)), A=MAY_4)
    cheap = (replace(plan.breaches[0], price=100_000),)
    return problem, replace(plan, breaches=cheap, price=plan.price - 100_000)


def umbrella_late_in_silence() -> tuple[Problem, Plan]:
    limit = replace(FIRST_OF_TWO, rule="longest-gap", until=date(2027, 3, 31), least=1)
    return without_breach(a_problem(minimums=(limit,)), A=MAY_4)


def forgotten() -> tuple[Problem, Plan]:
    problem, plan = planned(two(), A=MAY_4)
    return problem, replace(plan, unplaced=(), price=plan.price - plan.unplaced[0].price)


def placed_twice() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(), A=MAY_4)
    return problem, replace(plan, placements=plan.placements * 2)


def invented() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(), A=MAY_4)
    return problem, replace(plan, placements=(replace(plan.placements[0], round="B/2027-1"),))


def cut_short() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(a_series(days=3)), A=MAY_4)
    return problem, replace(plan, placements=(replace(plan.placements[0], last=MAY_4),))


def left_out_for_free() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem())
    return problem, replace(plan, unplaced=(replace(plan.unplaced[0], price=0),), price=0)


def slow_at_no_price() -> tuple[Problem, Plan]:
    return without_line("soonest-possible", a_problem(), A=date(2027, 8, 5))


def far_from_the_aim() -> tuple[Problem, Plan]:
    return without_line("aim", a_problem(), A=MAY_11)


def charged_too_much() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(), A=MAY_11)
    lines = tuple(replace(line, price=line.price + 1) for line in plan.placements[0].lines)
    return problem, replace(
        plan, placements=(replace(plan.placements[0], lines=lines),), price=plan.price + 1
    )


def on_a_friday() -> tuple[Problem, Plan]:
    return without_line("weekday", a_problem(), A=date(2027, 5, 7))


def in_recess() -> tuple[Problem, Plan]:
    recess = a_closed_day(MAY_4, Effect.COSTS)
    problem = a_problem(a_series(calendars=("uk",)), calendars={"uk": {MAY_4: (recess,)}})
    return without_line("costly-day", problem, A=MAY_4)


def moved() -> tuple[Problem, Plan]:
    return without_line("keep-date", a_problem(rounds=(a_round(planned=Slot(first=MAY_11)),)), A=MAY_4)


def hosted_out_of_turn() -> tuple[Problem, Plan]:
    problem = a_problem(
        a_series(hosting=Hosting(rule="alternate", next="nl")),
        rounds=(a_round(pin=Slot(first=MAY_4, host="uk")),),
    )
    return without_line("host-turn", problem, A=MAY_4)


def built_on_nothing() -> tuple[Problem, Plan]:
    return without_line("builds-on", links("builds-on"), A=MAY_11, B=MAY_4)


def supported_by_nothing() -> tuple[Problem, Plan]:
    return without_line("supports", links("supports"), A=MAY_11, B=MAY_4)


def wrong_sum() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(), A=MAY_11)
    return problem, replace(plan, price=plan.price + 1)


def proof_without_proof() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(), A=MAY_11)
    return problem, replace(plan, proven=True)


def bound_above_the_price() -> tuple[Problem, Plan]:
    problem, plan = planned(a_problem(), A=MAY_11)
    return problem, replace(plan, bound=plan.price + 1)


def made_for_another_problem() -> tuple[Problem, Plan]:
    _, plan = planned(a_problem(), A=MAY_4)
    return a_problem(today=date(2026, 11, 22)), plan


FAULTS: Mapping[str, tuple[Fault, ...]] = {
    "horizon": (out_of_horizon,),
    "lead-time": (too_soon,),
    "window": (out_of_window,),
    "closed-day": (closed,),
    "pin": (pin_moved, pin_left_out, host_unpinned),
    "one-meeting-a-day": (two_meetings_at_once, beside_a_fixed_meeting),
    "capacity": (full_week,),
    "smallest-gap": (too_close, too_close_to_a_fixed_round, in_the_wrong_turn),
    "order": (out_of_order,),
    "host": (wrong_host, host_where_none_is),
    "longest-gap": (
        late_in_silence,
        late_after_the_one_before,
        called_late_falsely,
        late_by_another_date,
        umbrella_late_in_silence,
    ),
    "calendar-year": (short_year_in_silence, short_year_at_half_price),
    "placed": (forgotten, placed_twice, invented, cut_short, left_out_for_free),
    "soonest-possible": (slow_at_no_price,),
    "aim": (far_from_the_aim, charged_too_much),
    "weekday": (on_a_friday,),
    "costly-day": (in_recess,),
    "keep-date": (moved,),
    "host-turn": (hosted_out_of_turn,),
    "builds-on": (built_on_nothing,),
    "supports": (supported_by_nothing,),
    "total": (wrong_sum, proof_without_proof, bound_above_the_price),
    "inputs": (made_for_another_problem,),
}


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        pytest.param(rule, fault, id=f"{rule}: {fault.__name__}")
        for rule, faults in FAULTS.items()
        for fault in faults
    ],
)
def test_a_broken_rule_is_named_and_no_other(rule: str, fault: Fault) -> None:
    problem, plan = fault()
    assert {violation.rule for violation in check(problem, plan)} == {rule}


def test_every_rule_has_a_fault() -> None:
    assert list(FAULTS) == [rule.name for rule in RULES]


@pytest.mark.parametrize("day", [MAY_4, MAY_11, date(2027, 5, 7), date(2027, 8, 5)])
def test_an_honest_account_is_right(day: date) -> None:
    assert check(*planned(a_problem(minimums=(FIRST_OF_TWO,)), A=day)) == ()


def test_a_violation_names_round_day_and_sentence_in_both_languages() -> None:
    (violation,) = check(*closed())
    assert (violation.round, violation.day) == ("A/2027-1", MAY_4)
    assert violation.sentence == {
        "en": "Tuesday 4 May 2027 is closed for uk: Leave (a table)",
        "nl": "dinsdag 4 mei 2027 is gesloten voor uk: Verlof (a table)",
    }


def test_a_minimum_met_by_the_rounds_it_counts_is_no_breach() -> None:
    umbrella = replace(FIRST_OF_TWO, obligation="U", counts=("U", "A", "B"))
    problem = a_problem(
        a_series("A"), a_series("B"), rounds=(a_round("A"), a_round("B")), minimums=(umbrella,)
    )
    problem = replace(problem, series=(*problem.series, a_series("U", covers=("A", "B"))))
    assert check(*planned(problem, A=MAY_4, B=MAY_11)) == ()
