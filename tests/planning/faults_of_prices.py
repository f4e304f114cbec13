"""A plan for each rule that keeps silent about its price, or whose sums are wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from scheduler.dates.closed_days import Effect
from scheduler.dates.preferences import Preferred
from scheduler.planning.problem import Capacity, Fixed, Hosting, Plan, Problem, Slot
from tests.planning.faults import MAY_11, Fault, links, planned, without_line
from tests.planning.instances import MAY_4, a_closed_day, a_problem, a_round, a_series


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


def moved_though_both_sides_know_it() -> tuple[Problem, Plan]:
    known = a_round(issued=Slot(first=MAY_11), meeting="uid-1")
    return without_line("keep-issued", a_problem(rounds=(known,)), A=MAY_4)


def hosted_by_another_than_both_sides_know() -> tuple[Problem, Plan]:
    known = a_round(issued=Slot(first=MAY_4, host="uk"), meeting="uid-1", host="nl")
    return without_line("keep-issued", a_problem(rounds=(known,)), A=MAY_4)


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


def outside_preferred_weeks() -> tuple[Problem, Plan]:
    return without_line("preferred-weeks", a_problem(a_series(preferred=Preferred(weeks=(11, 12)))), A=MAY_4)


def outside_preferred_months() -> tuple[Problem, Plan]:
    return without_line("preferred-weeks", a_problem(a_series(preferred=Preferred(months=(3,)))), A=MAY_4)


def on_a_tuesday_and_fridays_are_preferred() -> tuple[Problem, Plan]:
    return without_line("weekday", a_problem(a_series(preferred=Preferred(weekdays=(4,)))), A=MAY_4)


def held_tentatively() -> tuple[Problem, Plan]:
    held = replace(a_closed_day(MAY_4, Effect.COSTS), kind="diary")
    problem = a_problem(a_series(calendars=("diary/A",)), calendars={"diary/A": {MAY_4: (held,)}})
    return without_line("tentative", problem, A=MAY_4)


def crowded_week() -> tuple[Problem, Plan]:
    office = Capacity(office="uk/office", title={"en": "Office", "nl": "Bureau"}, most=3, comfortable=1)
    shared = {"offices": ("uk/office",)}
    problem = a_problem(a_series("A", **shared), a_series("B", **shared), capacities=(office,))
    return without_line("load", problem, A=MAY_4, B=MAY_4 + timedelta(days=2))


def crowded_by_a_fixed_meeting() -> tuple[Problem, Plan]:
    office = Capacity(office="uk/office", title={"en": "Office", "nl": "Bureau"}, most=3, comfortable=1)
    meeting = Fixed(key="other", obligations=(), first=MAY_4, last=MAY_4, offices=("uk/office",))
    series = a_series(offices=("uk/office",))
    return without_line("load", a_problem(series, capacities=(office,), fixed=(meeting,)), A=MAY_4)


def turn_not_given_back() -> tuple[Problem, Plan]:
    problem = a_problem(
        a_series(hosting=Hosting(rule="alternate", owed_by="nl")),
        rounds=(a_round(pin=Slot(first=MAY_4, host="uk")),),
    )
    return without_line("host-debt", problem, A=MAY_4)


PRICE_FAULTS: Mapping[str, tuple[Fault, ...]] = {
    "soonest-possible": (slow_at_no_price,),
    "aim": (far_from_the_aim, charged_too_much),
    "weekday": (on_a_friday, on_a_tuesday_and_fridays_are_preferred),
    "costly-day": (in_recess,),
    "keep-date": (moved,),
    "keep-issued": (moved_though_both_sides_know_it, hosted_by_another_than_both_sides_know),
    "host-turn": (hosted_out_of_turn,),
    "builds-on": (built_on_nothing,),
    "supports": (supported_by_nothing,),
    "total": (wrong_sum, proof_without_proof, bound_above_the_price),
    "inputs": (made_for_another_problem,),
    "preferred-weeks": (outside_preferred_weeks, outside_preferred_months),
    "tentative": (held_tentatively,),
    "load": (crowded_week, crowded_by_a_fixed_meeting),
    "host-debt": (turn_not_given_back,),
}
