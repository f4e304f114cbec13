from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.dates.windows import Window
from scheduler.planning.problem import Fixed, Minimum, Order, Series
from scheduler.planning.rounds import Owed, reporting_orders, rounds_owed
from tests.planning.instances import ANNUAL, TWICE, a_round, a_series

TODAY = date(2026, 11, 21)
FIRST = date(2027, 1, 1)
LAST = date(2027, 12, 31)
HELD = date(2026, 3, 24)


def held(day: date, *obligations: str) -> Fixed:
    return Fixed(key=f"held-{day}", obligations=obligations or ("A",), first=day, last=day)


def owed(
    *series: Series,
    fixed: tuple[Fixed, ...] = (),
    today: date = TODAY,
    first: date = FIRST,
    last: date = LAST,
) -> Owed:
    return rounds_owed(series, fixed, today=today, first=first, last=last)


def aims(found: Owed) -> list[tuple[str, date]]:
    return [(round_.key, round_.aim) for round_ in found.rounds]


def year(number: int, obligation: str = "A", least: int = 1, counts: tuple[str, ...] = ()) -> Minimum:
    return Minimum(
        obligation=obligation,
        rule="calendar-year",
        counts=counts or (obligation,),
        since=date(number, 1, 1),
        until=date(number, 12, 31),
        least=least,
    )


def test_an_annual_round_is_due_twelve_months_after_the_last_one() -> None:
    found = owed(a_series(), fixed=(held(HELD),))
    assert aims(found) == [("A/2027-1", date(2027, 5, 4))]
    assert found.minimums == (year(2027),)


def test_the_clock_starts_at_the_last_round_where_that_is_later() -> None:
    found = owed(a_series(in_force_from=date(2025, 12, 3)), fixed=(held(HELD),))
    assert aims(found) == [("A/2027-1", date(2027, 3, 24))]
    assert found.rounds[0].earliest == date(2027, 3, 20)


def test_an_agreed_skip_starts_the_clock_and_keeps_its_year() -> None:
    found = owed(a_series(skips=(date(2027, 3, 24),)), last=date(2028, 12, 31))
    assert aims(found) == [("A/2028-1", date(2028, 3, 24))]
    assert found.minimums == (year(2028),)


def test_a_late_round_keeps_its_due_date_and_the_next_follows_a_year_after_the_first_possible_day() -> None:
    late = a_series(in_force_from=date(2025, 12, 3), lead_weeks=26)
    found = owed(late, first=TODAY, last=date(2028, 12, 31))
    assert aims(found) == [("A/2026-1", date(2026, 12, 3)), ("A/2028-1", date(2028, 5, 22))]
    assert found.minimums == (year(2026), year(2027), year(2028))


def test_a_meeting_agreed_for_the_horizon_answers_for_its_round() -> None:
    assert aims(owed(a_series(), fixed=(held(date(2027, 4, 20)),))) == []


def test_a_calendar_year_that_would_close_short_brings_the_round_forward() -> None:
    found = owed(a_series(cadence=TWICE, in_force_from=date(2026, 11, 1)), fixed=(held(date(2027, 8, 3)),))
    assert aims(found) == [("A/2027-2", LAST)]
    assert found.minimums == (year(2027, least=2),)


def test_twice_a_year_is_every_six_months() -> None:
    found = owed(a_series(cadence=TWICE, in_force_from=date(2026, 9, 1)))
    assert aims(found) == [("A/2027-1", date(2027, 3, 1)), ("A/2027-2", date(2027, 9, 20))]


def test_the_aim_is_the_nearest_day_of_the_window() -> None:
    assert aims(owed(a_series(window=Window((9, 10, 11))))) == [("A/2027-1", date(2027, 9, 1))]
    assert aims(owed(a_series(window=Window((1, 2, 3))))) == [("A/2027-1", date(2027, 3, 31))]


def test_a_window_that_the_round_before_leaves_no_room_in_waits_for_the_next_year() -> None:
    twice_in_february = a_series(cadence=TWICE, window=Window((2,)))
    found = owed(twice_in_february, fixed=(held(date(2026, 12, 1)),), first=TODAY)
    assert aims(found) == [("A/2028-1", date(2028, 2, 1))]


def test_nothing_is_owed_once_the_obligation_has_ended() -> None:
    assert owed(a_series(in_force_until=date(2027, 5, 3))) == Owed((), ())


def test_a_round_that_can_only_be_held_after_the_horizon_is_owed_all_the_same() -> None:
    assert aims(owed(a_series(lead_weeks=60))) == [("A/2027-1", date(2027, 5, 4))]


@pytest.mark.parametrize(
    "values",
    [
        {"cadence": Cadence(CadenceRule.REGULAR)},
        {"cadence": Cadence(CadenceRule.CONTINUING)},
        {"cadence": Cadence(CadenceRule.WHENEVER_APPROPRIATE)},
        {"cadence": Cadence(CadenceRule.CONTACT)},
        {"cadence": Cadence(CadenceRule.AFTER_EVENT)},
        {"kind": "contact"},
        {"kind": "report"},
    ],
    ids=str,
)
def test_no_round_is_owed_without_an_interval_or_without_a_meeting(values: dict[str, Any]) -> None:
    assert owed(a_series(**values)) == Owed((), ())


def test_an_interval_that_a_person_set_is_planned_and_binds_no_year() -> None:
    found = owed(a_series(cadence=Cadence(CadenceRule.REGULAR, months=12, set_by="a desk officer")))
    assert aims(found) == [("A/2027-1", date(2027, 5, 4))]
    assert found.minimums == ()


def test_every_three_years_binds_no_year() -> None:
    every_three = a_series(
        cadence=Cadence(CadenceRule.EVERY_N_YEARS, years=3), in_force_from=date(2024, 5, 4)
    )
    assert (aims(owed(every_three)), owed(every_three).minimums) == ([("A/2027-1", date(2027, 5, 4))], ())


def test_an_event_asks_for_one_round_after_it() -> None:
    after = a_series(cadence=Cadence(CadenceRule.AFTER_EVENT, months=3, anchor=date(2027, 1, 12)))
    assert aims(owed(after)) == [("A/2027-1", date(2027, 4, 12))]
    assert aims(owed(after, fixed=(held(date(2027, 2, 2)),))) == []


def umbrella(**values: Any) -> Series:
    return a_series("U", cadence=TWICE, covers=("A", "B"), in_force_from=date(2025, 12, 3), **values)


def test_an_umbrella_needs_nothing_where_the_series_it_covers_give_enough() -> None:
    found = owed(a_series("A"), a_series("B", window=Window((9, 10))), umbrella())
    assert {round_.obligation for round_ in found.rounds} == {"A", "B"}
    assert found.minimums[-2:] == (
        year(2027, "U", 2, ("U", "A", "B")),
        Minimum(
            obligation="U",
            rule="longest-gap",
            counts=("U", "A", "B"),
            since=date(2025, 12, 4),
            until=date(2026, 9, 3),
            least=1,
        ),
    )


def test_an_umbrella_fills_the_longest_gap_of_the_year() -> None:
    found = owed(a_series("A"), umbrella())
    assert aims(found) == [("A/2027-1", date(2027, 5, 4)), ("U/2027-2", date(2027, 9, 1))]


def test_an_umbrella_asks_for_no_round_that_would_come_too_late_for_its_year() -> None:
    found = owed(umbrella(), first=TODAY, last=date(2026, 12, 31))
    assert found.rounds == ()
    assert found.minimums[0] == year(2026, "U", 2, ("U", "A", "B"))


def test_rounds_report_first_to_first() -> None:
    rounds = (
        a_round("A", 2, aim=date(2027, 9, 1)),
        a_round("A", 1),
        a_round("B", 1),
        a_round("B", 2, aim=date(2027, 10, 1)),
        a_round("B", 3, aim=date(2027, 11, 1)),
    )
    assert reporting_orders(rounds, (Order(before="A", after="B", lag_days=7),)) == (
        Order(before="A/2027-1", after="B/2027-1", lag_days=7),
        Order(before="A/2027-2", after="B/2027-2", lag_days=7),
    )


def test_meetings_that_stand_take_their_turn_among_the_rounds_that_report() -> None:
    rounds = (a_round("A", 1), a_round("A", 2, aim=date(2027, 11, 2)), a_round("B", 2, aim=date(2027, 11, 3)))
    standing = held(date(2027, 6, 1), "B")
    assert reporting_orders(rounds, (Order(before="A", after="B"),), (standing,)) == (
        Order(before="A/2027-1", after=standing.key),
        Order(before="A/2027-2", after="B/2027-2"),
    )


@settings(max_examples=60, deadline=None)
@given(
    cadence=st.sampled_from((ANNUAL, TWICE, Cadence(CadenceRule.N_PER_YEAR, times=5))),
    in_force_from=st.dates(date(2024, 1, 1), LAST),
    rounds=st.lists(st.dates(date(2024, 1, 1), LAST), max_size=3),
    months=st.sampled_from(((), (2,), (9, 10, 11))),
)
def test_rounds_follow_each_other_inside_their_window(
    cadence: Cadence, in_force_from: date, rounds: list[date], months: tuple[int, ...]
) -> None:
    series = a_series(cadence=cadence, in_force_from=in_force_from, window=Window(months))
    found = owed(
        series, fixed=tuple(held(day) for day in rounds), first=TODAY, last=date(2028, 12, 31)
    ).rounds
    ordered = sorted(found, key=lambda round_: round_.aim)
    assert len({round_.key for round_ in found}) == len(found)
    assert all(not months or round_.aim.month in months for round_ in found)
    assert [round_.aim for round_ in ordered] == sorted({round_.aim for round_ in found})
    assert (
        found
        == owed(
            replace(series),
            fixed=tuple(held(day) for day in reversed(rounds)),
            first=TODAY,
            last=date(2028, 12, 31),
        ).rounds
    )
