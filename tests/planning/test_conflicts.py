from datetime import date, timedelta
from itertools import product

from hypothesis import HealthCheck, example, given, settings

from scheduler.dates.closed_days import Effect
from scheduler.dates.slots import days_between
from scheduler.dates.windows import Window
from scheduler.errors import Conflict
from scheduler.planning.applications import Name, collect
from scheduler.planning.checker import check
from scheduler.planning.conflicts import broken, impossibilities, impossible_pins
from scheduler.planning.days import Days
from scheduler.planning.problem import Hosting, Minimum, Problem, Slot
from scheduler.planning.rules import BY_NAME, PIN
from scheduler.planning.solver import solve
from scheduler.planning.wording import Force
from tests.planning.drawn import problems
from tests.planning.instances import MAY_4, a_closed_day, a_plan, a_problem, a_round, a_series

BRIEFLY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
RECKONED = {"host", "total", "inputs", "horizon"}
"""Rules that no choice of days can break."""

YEAR_2026 = Minimum(
    obligation="A",
    rule="calendar-year",
    counts=("A",),
    since=date(2026, 1, 1),
    until=date(2026, 12, 31),
    least=1,
)


def every_choice(problem: Problem) -> list[dict[str, date]]:
    """Return every way to give rounds days of the horizon, or none."""
    days = [
        problem.first + timedelta(days=number) for number in range((problem.last - problem.first).days + 1)
    ]
    lengths = {series.obligation: series.days for series in problem.series}
    options = [
        [None, *(day for day in days if day + timedelta(lengths[round_.obligation] - 1) <= problem.last)]
        for round_ in problem.rounds
    ]
    return [
        {round_.key: day for round_, day in zip(problem.rounds, choice, strict=True) if day}
        for choice in product(*options)
    ]


def can_hold(names: set[Name], sets: list[frozenset[Name]]) -> bool:
    return any(not names & entry for entry in sets)


def every_proper_subset_can_hold(names: list[Name], sets: list[frozenset[Name]]) -> bool:
    subsets = product((False, True), repeat=len(names))
    return all(
        all(taken) or can_hold({name for name, take in zip(names, taken, strict=True) if take}, sets)
        for taken in subsets
    )


def by_the_checker(problem: Problem, chosen: dict[str, date]) -> set[str]:
    """Return the names of the rules that a choice breaks, in the opinion of the checker."""
    plan = a_plan(problem, chosen)
    kept = {entry.key for entry in problem.rounds if entry.pin and chosen.get(entry.key) == entry.pin.first}
    found = {
        violation.rule
        for violation in check(problem, plan)
        if BY_NAME[violation.rule].force is Force.HARD
        and not (
            violation.rule == PIN.name and violation.round in kept
        )  # its host is at fault, which no day mends
    }
    found |= {breach.rule for breach in plan.all_breaches}
    return (found | ({"placed"} if plan.unplaced else set())) - RECKONED


def told(problem: Problem) -> list[tuple[list[str], str]]:
    """Return the rules of every impossibility of the cheapest plan, and its sentence."""
    found = impossibilities(problem, solve(problem))
    return [([entry.rule for entry in each.members], each.words["en"]) for each in found]


@BRIEFLY
@given(problems(length=5, most_rounds=3))
@example(
    a_problem(
        a_series(hosting=Hosting(rule="online")),
        rounds=(a_round(pin=Slot(first=MAY_4, host="uk")),),
        first=MAY_4,
        last=MAY_4 + timedelta(days=4),
    )
)
def test_applications_ask_what_the_checker_asks(problem: Problem) -> None:
    known = collect(Days(problem))
    for chosen in every_choice(problem):
        assert {name for name, _ in broken(known, chosen)} - RECKONED == by_the_checker(problem, chosen)


@BRIEFLY
@given(problems(length=6, most_rounds=3))
def test_a_set_cannot_hold_and_every_proper_subset_can(problem: Problem) -> None:
    known = collect(Days(problem))
    sets = [broken(known, chosen) for chosen in every_choice(problem)]
    try:
        found = impossibilities(problem, solve(problem))
    except Conflict:
        found = ()
        pins = impossible_pins(problem)
        assert pins is not None
        if not any(entry.rule == "host" for entry in pins.members):
            names = [entry.name for entry in pins.members]
            assert not can_hold(set(names), sets)
            assert every_proper_subset_can_hold(names, sets)
    for each in found:
        names = [entry.name for entry in each.members]
        if names:
            assert each.about.name == names[0]
            assert not can_hold(set(names), sets)
            assert every_proper_subset_can_hold(names, sets)


@BRIEFLY
@given(problems(length=40, most_rounds=6))
def test_what_a_plan_could_not_do_is_told_once_each(problem: Problem) -> None:
    try:
        plan = solve(problem)
    except Conflict:
        assert impossible_pins(problem)
        return
    known = collect(Days(problem))
    given_up = broken(known, {placed.round: placed.first for placed in plan.placements})
    assert {each.about.name for each in impossibilities(problem, plan)} == given_up
    assert impossible_pins(problem) is None


def test_window_notice_and_year_are_named_together() -> None:
    series = a_series(
        title={"en": "the energy dialogue", "nl": "de energiedialoog"}, window=Window((9, 10, 11))
    )
    problem = a_problem(
        series,
        rounds=(a_round(earliest=date(2026, 12, 19)),),
        first=date(2026, 11, 21),
        minimums=(YEAR_2026,),
    )
    year, gap = sorted(impossibilities(problem, solve(problem)), key=lambda each: each.about.rule)
    assert year.words == {
        "en": "The calendar year 2026 of the energy dialogue (rounds owed: 1), the 17 weeks’ notice of the energy "
        "dialogue (not before Saturday 19 December 2026) and the window of the energy dialogue "
        "(September–November) cannot hold together.",
        "nl": "Het kalenderjaar 2026 van de energiedialoog (vereiste rondes: 1), de 17 weken vooraankondiging van de "
        "energiedialoog (niet voor zaterdag 19 december 2026) en het venster van de energiedialoog "
        "(september–november) kunnen niet samengaan.",
    }
    assert [entry.rule for entry in gap.members] == ["longest-gap", "lead-time", "window", "placed"]


def test_rounds_that_compete_for_one_day_need_the_search() -> None:
    only_day = {
        day: (a_closed_day(day),)
        for day in days_between(date(2027, 1, 1), date(2027, 12, 31))
        if day != MAY_4
    }
    shared = {"posts": ("uk/minister",), "calendars": ("uk",)}
    ((rules, _),) = told(
        a_problem(a_series("A", **shared), a_series("B", **shared), calendars={"uk": only_day})
    )
    assert sorted(rules) == ["closed-day", "closed-day", "one-meeting-a-day", "placed", "placed"]


def test_pins_that_cannot_hold_are_told_with_the_rule() -> None:
    series = a_series(window=Window((6,)))
    found = impossible_pins(a_problem(series, rounds=(a_round(pin=Slot(first=MAY_4)),)))
    assert found is not None
    assert found.words == {
        "en": "The window of Dialogue A (June) and the pin of Dialogue A to Tuesday 4 May 2027 cannot hold together.",
        "nl": "Het venster van Dialoog A (juni) en het vastzetten van Dialoog A op dinsdag 4 mei 2027 "
        "kunnen niet samengaan.",
    }
    by_uk = a_problem(
        a_series(hosting=Hosting(rule="fixed", party="nl")),
        rounds=(a_round(pin=Slot(first=MAY_4, host="uk")),),
    )
    host = impossible_pins(by_uk)
    assert host is not None
    assert [entry.rule for entry in host.members] == ["pin", "host"]


def test_a_plan_that_does_everything_has_nothing_to_explain() -> None:
    assert told(a_problem()) == []
    closed = a_problem(
        a_series(calendars=("uk",)), calendars={"uk": {MAY_4: (a_closed_day(MAY_4, Effect.COSTS),)}}
    )
    assert told(closed) == []
