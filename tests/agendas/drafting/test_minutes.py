from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.drafting.minutes import (
    CONFERENCE,
    DIALOGUE,
    LONGEST_SITTING,
    TRAINING,
    Form,
    days_of,
    pauses_of,
    sessions_of,
    share,
    spread,
)

FORMS = (DIALOGUE, CONFERENCE, TRAINING)


@given(st.sampled_from(FORMS), st.integers(1, 3), st.integers(1, 1000), st.none() | st.times())
def test_a_day_is_its_parts_its_pauses_and_room_for_at_least_a_minute(
    form: Form, days: int, minutes: int, start: time | None
) -> None:
    for day in days_of(form, days, minutes, start):
        parts = sum(part.minutes for part in (*day.first, *day.last))
        assert parts + sum(pause.minutes for pause in day.pauses) + day.room == minutes
        assert day.room >= 1


@given(st.sampled_from(FORMS), st.integers(1, 1000))
def test_procedure_never_takes_more_than_half(form: Form, minutes: int) -> None:
    [day] = days_of(form, 1, minutes, None)
    assert sum(part.minutes for part in (*day.first, *day.last)) * 2 <= minutes


@pytest.mark.parametrize(
    ("minutes", "start", "pauses"),
    [
        (120, time(10), []),
        (121, time(10), [("break", 50)]),
        (240, time(9), [("break", 110)]),
        (240, time(10), [("break", 65), ("lunch", 150)]),
        (235, time(10), [("break", 110)]),
        (299, None, [("break", 85), ("break", 190)]),
        (300, None, [("lunch", 120)]),
        (360, time(10), [("break", 65), ("lunch", 150), ("break", 275)]),
        (420, time(9), [("break", 95), ("lunch", 210), ("break", 335)]),
        (360, time(13), [("break", 110), ("break", 235)]),
        (300, time(7, 30), [("break", 90), ("break", 195)]),
    ],
)
def test_pauses_stand_where_a_day_needs_them(
    minutes: int, start: time | None, pauses: list[tuple[str, int]]
) -> None:
    assert [(pause.kind, pause.target) for pause in pauses_of(minutes, start)] == pauses


@given(st.integers(1, 1000), st.none() | st.times())
def test_no_sitting_between_two_pauses_is_too_long(minutes: int, start: time | None) -> None:
    pauses = pauses_of(minutes, start)
    ends = [0, *(pause.target + pause.minutes for pause in pauses)]
    sittings = [
        target - end for end, target in zip(ends, [*(p.target for p in pauses), minutes], strict=True)
    ]
    assert max(sittings) <= LONGEST_SITTING


@given(st.integers(1, 500), st.lists(st.integers(1, 60), min_size=1, max_size=12), st.sampled_from((1, 5)))
def test_shares_sum_to_the_room_and_none_is_below_its_least(room: int, least: list[int], grain: int) -> None:
    shares = share(room, least, grain)
    assert sum(shares) == room
    if sum(least) <= room:
        assert [got for got, need in zip(shares, least, strict=True) if got < need] == []


def test_a_part_without_minutes_is_done_with_another() -> None:
    parts = {
        minutes: [
            part.covers for day in days_of(DIALOGUE, 1, minutes, None) for part in (*day.first, *day.last)
        ]
        for minutes in (60, 45)
    }
    assert parts == {
        60: [("opening", "adoption"), ("actions",), ("other_business",), ("next_round", "readout")],
        45: [("opening", "adoption"), ("actions",), ("other_business", "next_round", "readout")],
    }


@given(
    st.sampled_from((CONFERENCE, TRAINING)), st.integers(1, 3), st.integers(1, 1000), st.none() | st.times()
)
def test_the_sessions_of_a_day_fill_its_room(form: Form, days: int, minutes: int, start: time | None) -> None:
    for day in days_of(form, days, minutes, start):
        assert sum(sessions_of(day)) == day.room
        assert min(sessions_of(day)) > 0


def test_spare_time_is_dealt_out_by_weight() -> None:
    assert share(100, (10, 10, 10), 5, (1, 1, 2)) == (30, 25, 45)


def test_spare_time_is_dealt_out_in_proportion_and_in_fives() -> None:
    assert share(100, (10, 20, 10), 5) == (25, 50, 25)
    assert share(63, (10, 10), 5) == (33, 30)


@given(st.lists(st.integers(1, 60), max_size=12), st.lists(st.integers(60, 300), min_size=1, max_size=5))
def test_subjects_never_overfill_a_day_nor_go_back_one(least: list[int], rooms: list[int]) -> None:
    days = spread(least, rooms)
    placed = [(day, need) for day, need in zip(days, least, strict=True) if day is not None]
    assert [day for day, _ in placed] == sorted(day for day, _ in placed)
    used = [sum(need for day, need in placed if day == number) for number in range(len(rooms))]
    assert [number for number, minutes in enumerate(used) if minutes > rooms[number]] == []


def test_subjects_are_spread_over_the_days() -> None:
    assert spread([10, 10, 10, 10], [100, 100]) == (0, 0, 1, 1)
    assert spread([90, 90, 90], [100, 100]) == (0, 1, None)
