"""What busy times do to the days of a meeting, and how long a failing address is left alone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.dates.slots import days_between
from scheduler.diaries.rules import BusyTime, Diarist, closed_days_of, days_read, hours_on, wait_after

POST = "nl/minister"
READ = datetime(2027, 2, 1, 8, 30, tzinfo=UTC)
WHO = Diarist(POST, {"en": "Minister", "nl": "Minister van Zaken"}, "Europe/Amsterdam", READ)
MEETING = hours_on(time(10), time(16), "Europe/London")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2027-{text}+00:00")


def busy(
    start: str, end: str, *, all_day: bool = False, tentative: bool = False, post: str = POST
) -> BusyTime:
    return BusyTime(post, at(start), at(end), all_day, tentative)


def days(*times: BusyTime) -> list[tuple[str, str, str]]:
    return [
        (f"{row.first:%m-%d}", f"{row.last:%m-%d}", str(row.effect))
        for row in closed_days_of(times, MEETING, WHO)
    ]


@pytest.mark.parametrize(
    ("time_", "expected"),
    [
        (busy("03-10T09:00", "03-10T10:00"), []),  # ends as the meeting begins
        (busy("03-10T09:00", "03-10T10:01"), [("03-10", "03-10", "forbids")]),
        (busy("03-10T16:00", "03-10T17:00"), []),
        (busy("03-10T15:59", "03-10T17:00"), [("03-10", "03-10", "forbids")]),
        (busy("03-10T12:00", "03-10T12:30", tentative=True), [("03-10", "03-10", "costs")]),
        (
            busy("07-07T09:00", "07-07T09:30"),
            [("07-07", "07-07", "forbids")],
        ),  # ten o'clock of a London summer
        (busy("03-10T15:00", "03-13T09:00"), [("03-10", "03-12", "forbids")]),
        (busy("03-09T23:00", "03-10T23:00", all_day=True), [("03-10", "03-10", "forbids")]),
        (busy("03-09T23:00", "03-12T23:00", all_day=True, tentative=True), [("03-10", "03-12", "costs")]),
        (busy("03-27T23:00", "03-28T22:00", all_day=True), [("03-28", "03-28", "forbids")]),  # 23 hours long
        (busy("03-10T12:00", "03-10T13:00", post="nl/other"), []),
    ],
)
def test_a_busy_time_takes_these_days(time_: BusyTime, expected: list[tuple[str, str, str]]) -> None:
    assert days(time_) == expected


def test_what_is_certain_outweighs_what_is_tentative_and_neighbours_are_one_row() -> None:
    assert days(
        busy("03-10T12:00", "03-10T13:00", tentative=True),
        busy("03-11T12:00", "03-11T13:00"),
        busy("03-11T11:00", "03-11T12:00", tentative=True),
        busy("03-12T12:00", "03-12T13:00"),
        busy("03-15T12:00", "03-15T13:00"),
    ) == [("03-10", "03-10", "costs"), ("03-11", "03-12", "forbids"), ("03-15", "03-15", "forbids")]


def test_hours_over_midnight_belong_to_the_day_they_begin() -> None:
    night = hours_on(time(22), time(2), "Europe/London")
    row = closed_days_of([busy("03-11T01:00", "03-11T01:30")], night, WHO)[0]
    assert (row.first, row.last) == (date(2027, 3, 10), date(2027, 3, 10))


def test_a_closed_day_says_whose_diary_and_how_old_and_nothing_more() -> None:
    assert closed_days_of([busy("03-10T12:00", "03-10T13:00")], MEETING, WHO) == (
        ClosedDay(
            party="nl",
            first=date(2027, 3, 10),
            last=date(2027, 3, 10),
            title={"en": "busy in the diary of Minister", "nl": "bezet in de agenda van Minister van Zaken"},
            effect=Effect.FORBIDS,
            kind="diary",
            source="diary of Minister, as of 2027-02-01 08:30 UTC",
            basis="stated",
        ),
    )


INSTANTS = st.integers(0, 60 * 24 * 60).map(lambda minutes: at("03-01T00:00") + timedelta(minutes=minutes))


@given(st.lists(st.tuples(INSTANTS, st.integers(1, 5000)), max_size=12))
def test_a_day_is_taken_if_and_only_if_its_hours_are_touched(drawn: list[tuple[datetime, int]]) -> None:
    times = [
        BusyTime(POST, start, start + timedelta(minutes=length), all_day=False, tentative=False)
        for start, length in drawn
    ]
    taken = {day for row in closed_days_of(times, MEETING, WHO) for day in days_between(row.first, row.last)}
    for day in days_between(date(2027, 2, 25), date(2027, 5, 10)):
        starts, ends = MEETING(day)
        assert (day in taken) == any(entry.start < ends and starts < entry.end for entry in times)


def test_an_address_that_fails_is_asked_seldomer_and_never_more_than_a_day_apart() -> None:
    hour = timedelta(hours=1)
    assert [wait_after(failures, hour) // hour for failures in (1, 2, 3, 4, 5, 1000)] == [2, 4, 8, 16, 24, 24]
    assert wait_after(3, timedelta(days=3)) == timedelta(days=3)


def test_five_years_are_read() -> None:
    first, last = days_read(date(2027, 2, 1))
    assert (first, last > date(2032, 1, 31)) == (date(2027, 1, 1), True)
