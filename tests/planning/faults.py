"""A plan for each rule that breaks it, and no other: hard rules and limits. Those of prices stand beside this."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from scheduler.dates.slots import OfficeHours
from scheduler.dates.windows import Window
from scheduler.planning.problem import Capacity, Fixed, Hosting, Link, Minimum, Order, Plan, Problem, Slot
from tests.planning.instances import (
    LONDON_HOURS,
    MAY_4,
    NEW_YORK_HOURS,
    SHORT_DAY,
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


def before_what_stands_and_reports_to_it() -> tuple[Problem, Plan]:
    standing = Fixed(key="stands", obligations=("B",), first=date(2027, 4, 28), last=date(2027, 4, 28))
    order = Order(before="stands", after="A/2027-1", lag_days=7)
    return planned(
        a_problem(a_series("A"), a_series("B"), rounds=(a_round("A"),), fixed=(standing,), orders=(order,)),
        A=MAY_4,
    )


def after_what_stands_and_it_reports_to() -> tuple[Problem, Plan]:
    standing = Fixed(key="stands", obligations=("B",), first=MAY_11, last=MAY_11)
    order = Order(before="A/2027-1", after="stands", lag_days=7)
    return planned(
        a_problem(a_series("A"), a_series("B"), rounds=(a_round("A"),), fixed=(standing,), orders=(order,)),
        A=MAY_4,
    )


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


def in_a_blackout() -> tuple[Problem, Plan]:
    blocked = replace(a_closed_day(MAY_4), kind="blackout")
    return planned(a_problem(a_series(calendars=("uk",)), calendars={"uk": {MAY_4: (blocked,)}}), A=MAY_4)


def diary_taken() -> tuple[Problem, Plan]:
    taken = replace(a_closed_day(MAY_4), kind="diary")
    series = a_series(calendars=("diary/A",), days=2)
    problem = a_problem(series, calendars={"diary/A": {MAY_4: (taken,)}})
    return planned(problem, A=date(2027, 5, 3))


def longer_than_the_office_is_open() -> tuple[Problem, Plan]:
    series = a_series(hours=6, hosting=Hosting(rule="fixed", party="nl"))
    return planned(a_problem(series, office_hours={"nl": SHORT_DAY}), A=MAY_4)


def begins_as_stated_before_the_office_opens() -> tuple[Problem, Plan]:
    series = a_series(hours=3, start=time(8), hosting=Hosting(rule="fixed", party="nl"))
    return planned(a_problem(series, office_hours={"nl": SHORT_DAY}), A=MAY_4)


def few_hours_in_common() -> tuple[Problem, Plan]:
    hours = {"uk": LONDON_HOURS, "nl": NEW_YORK_HOURS}
    return planned(a_problem(a_series(hours=4, hosting=Hosting(rule="online")), office_hours=hours), A=MAY_4)


def no_hour_in_common_in_a_third_place() -> tuple[Problem, Plan]:
    hosting = Hosting(rule="third_place", zone="Europe/Brussels")
    evening = OfficeHours("Europe/Amsterdam", time(17), time(20))
    hours = {"uk": LONDON_HOURS, "nl": evening}
    return planned(a_problem(a_series(hours=1, hosting=hosting), office_hours=hours), A=MAY_4)


def merged(year: int = 2027) -> Problem:
    round_ = a_round("A", also=("B",), merged_for=year)
    return a_problem(a_series("A"), a_series("B"), rounds=(round_,))


def merged_for_another_year() -> tuple[Problem, Plan]:
    return planned(merged(year=2028), A=MAY_4)


def merged_duty_forgotten() -> tuple[Problem, Plan]:
    problem, plan = planned(merged(), A=MAY_4)
    return problem, replace(plan, placements=(replace(plan.placements[0], duties=("A",)),))


def post_of_a_merged_duty_taken() -> tuple[Problem, Plan]:
    problem = merged()
    meeting = Fixed(key="other", obligations=(), first=MAY_4, last=MAY_4, posts=("uk/minister",))
    series = (a_series("A"), a_series("B", posts=("uk/minister",)))
    return planned(replace(problem, series=series, fixed=(meeting,)), A=MAY_4)


def merged_too_soon_after_the_other_duty() -> tuple[Problem, Plan]:
    held = Fixed(key="held", obligations=("B",), first=date(2027, 1, 5), last=date(2027, 1, 5))
    return planned(replace(merged(), fixed=(held,)), A=MAY_4)


def outside_the_window_of_a_merged_duty() -> tuple[Problem, Plan]:
    return planned(replace(merged(), series=(a_series("A"), a_series("B", window=Window((6,))))), A=MAY_4)


def merged_duty_late_in_silence() -> tuple[Problem, Plan]:
    early = a_series("B", in_force_from=date(2026, 1, 1))
    problem, plan = without_breach(replace(merged(), series=(a_series("A"), early)), A=MAY_4)
    return problem, plan


HARD_FAULTS: Mapping[str, tuple[Fault, ...]] = {
    "horizon": (out_of_horizon,),
    "lead-time": (too_soon,),
    "window": (out_of_window, outside_the_window_of_a_merged_duty),
    "closed-day": (closed,),
    "pin": (pin_moved, pin_left_out, host_unpinned),
    "one-meeting-a-day": (two_meetings_at_once, beside_a_fixed_meeting, post_of_a_merged_duty_taken),
    "capacity": (full_week,),
    "smallest-gap": (
        too_close,
        too_close_to_a_fixed_round,
        in_the_wrong_turn,
        merged_too_soon_after_the_other_duty,
    ),
    "order": (out_of_order, before_what_stands_and_reports_to_it, after_what_stands_and_it_reports_to),
    "host": (wrong_host, host_where_none_is),
    "longest-gap": (
        late_in_silence,
        late_after_the_one_before,
        called_late_falsely,
        late_by_another_date,
        umbrella_late_in_silence,
        merged_duty_late_in_silence,
    ),
    "calendar-year": (short_year_in_silence, short_year_at_half_price),
    "placed": (forgotten, placed_twice, invented, cut_short, left_out_for_free),
    "blackout": (in_a_blackout,),
    "diary": (diary_taken,),
    "office-hours": (
        longer_than_the_office_is_open,
        begins_as_stated_before_the_office_opens,
        few_hours_in_common,
        no_hour_in_common_in_a_third_place,
    ),
    "merged-duties": (merged_for_another_year, merged_duty_forgotten),
}
