"""Wall times, zones and working days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.dates import slots
from scheduler.errors import BadInput

LONDON = "Europe/London"
AMSTERDAM = "Europe/Amsterdam"


def last_sunday(year: int, month: int) -> date:
    return max(date(year, month, day) for day in range(25, 32) if date(year, month, day).weekday() == 6)


def test_summer_and_winter_give_different_utc_for_the_same_wall_time() -> None:
    winter = slots.timed_slot(date(2027, 1, 12), time(10), time(16), LONDON)
    summer = slots.timed_slot(date(2027, 7, 13), time(10), time(16), LONDON)
    assert winter.starts_at_utc == datetime(2027, 1, 12, 10, tzinfo=UTC)
    assert summer.starts_at_utc == datetime(2027, 7, 13, 9, tzinfo=UTC)
    assert summer.ends_at_utc == datetime(2027, 7, 13, 15, tzinfo=UTC)
    assert summer.local_start == datetime(2027, 7, 13, 10, tzinfo=ZoneInfo(LONDON))
    assert summer.is_all_day is False


def test_a_timed_slot_may_last_over_several_days() -> None:
    slot = slots.timed_slot(date(2027, 3, 27), time(10), time(9), AMSTERDAM, last_day=date(2027, 3, 28))
    assert slot.days == (date(2027, 3, 27), date(2027, 3, 28))
    assert slot.ends_at_utc is not None
    assert slot.starts_at_utc is not None
    assert slot.ends_at_utc - slot.starts_at_utc == timedelta(hours=22)  # one hour of the night is skipped


def test_whole_days_have_no_instant() -> None:
    slot = slots.all_day_slot(date(2027, 6, 14), date(2027, 6, 18), LONDON)
    assert slot.is_all_day is True
    assert (slot.local_start, slot.local_end, slot.starts_at_utc, slot.ends_at_utc) == (None,) * 4
    assert slot.is_ambiguous is False
    assert len(slot.days) == 5


@pytest.mark.parametrize(("zone", "hour"), [(LONDON, 1), (AMSTERDAM, 2)])
@pytest.mark.parametrize("year", range(2020, 2041))
def test_an_hour_that_the_clocks_skip_is_refused(zone: str, hour: int, year: int) -> None:
    spring = last_sunday(year, 3)
    with pytest.raises(BadInput) as refused:
        slots.timed_slot(spring, time(hour, 30), time(12), zone)
    assert refused.value.place == "start"
    assert refused.value.message["en"] == (
        f"0{hour}:30 does not exist on {spring} in {zone}: the clocks go forward over it"
    )
    with pytest.raises(BadInput) as refused_end:
        slots.timed_slot(spring, time(0, 30), time(hour, 59), zone)
    assert refused_end.value.place == "end"
    assert slots.timed_slot(spring, time(hour + 1), time(12), zone).start == time(hour + 1)


@pytest.mark.parametrize(("zone", "hour", "utc_hour"), [(LONDON, 1, 0), (AMSTERDAM, 2, 0)])
@pytest.mark.parametrize("year", range(2020, 2041))
def test_an_hour_that_comes_twice_means_the_first(zone: str, hour: int, utc_hour: int, year: int) -> None:
    autumn = last_sunday(year, 10)
    slot = slots.timed_slot(autumn, time(hour, 30, fold=1), time(12), zone)
    assert slot.starts_at_utc == datetime(year, 10, autumn.day, utc_hour, 30, tzinfo=UTC)
    assert slot.is_ambiguous is True
    assert slots.timed_slot(autumn, time(hour + 1), time(12), zone).is_ambiguous is False


def test_an_hour_that_a_later_law_skips_is_ambiguous_and_counted_on_from_before() -> None:
    """Such slots pass by ``timed_slot`` only where the law, or a file, came after it (RFC 5545 section 3.3.5)."""
    skipped = slots.Slot(date(2027, 3, 28), date(2027, 3, 28), time(1, 30), time(12), LONDON)
    assert skipped.is_ambiguous is True
    assert skipped.starts_at_utc == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_an_ambiguous_end_counts_as_well() -> None:
    assert slots.timed_slot(date(2027, 10, 31), time(0, 30), time(1, 30), LONDON).is_ambiguous is True


def test_an_end_that_is_not_after_the_start_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        slots.timed_slot(date(2027, 3, 23), time(10), time(10), LONDON)
    assert (refused.value.place, refused.value.remedy["en"]) == (
        "end",
        "give a later end, or a later last day",
    )
    with pytest.raises(BadInput):
        slots.timed_slot(date(2027, 3, 23), time(10), time(12), LONDON, last_day=date(2027, 3, 22))


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(BadInput) as refused:
        slots.all_day_slot(date(2027, 6, 18), date(2027, 6, 14), LONDON)
    assert refused.value.place == "last_day"


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "London",
        "Europe",
        "europe/london",
        "UTC+02:00",
        "../etc/passwd",
        "/etc/passwd",
        "x\x00",
        "a" * 999,
    ],
)
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(BadInput) as refused:
        slots.timed_slot(date(2027, 3, 23), time(10), time(12), zone)
    assert refused.value.place == "zone"
    with pytest.raises(BadInput):
        slots.all_day_slot(date(2027, 3, 23), date(2027, 3, 23), zone)


@given(
    day=st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    start=st.times(),
    zone=st.sampled_from(
        [LONDON, AMSTERDAM, "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
    ),
)
def test_utc_and_back_is_the_wall_time(day: date, start: time, zone: str) -> None:
    assume(slots.exists(day, start, zone))
    slot = slots.Slot(day, day, start, None, zone)
    assert slot.starts_at_utc is not None
    back = slot.starts_at_utc.astimezone(ZoneInfo(zone))
    assert (back.date(), back.time().replace(fold=0)) == (day, start.replace(fold=0))


def test_a_day_that_a_country_left_out_does_not_exist() -> None:
    assert slots.exists(date(2011, 12, 30), time(10), "Pacific/Apia") is False


def test_working_days_step_over_closed_ones() -> None:
    kings_day_and_weekends = {date(2027, 4, 27), date(2027, 4, 24), date(2027, 4, 25)}
    assert slots.working_day_on_or_before(date(2027, 4, 27), kings_day_and_weekends.__contains__) == date(
        2027, 4, 26
    )
    assert slots.working_day_on_or_before(date(2027, 4, 25), kings_day_and_weekends.__contains__) == date(
        2027, 4, 23
    )
    assert slots.working_day_on_or_after(date(2027, 4, 24), kings_day_and_weekends.__contains__) == date(
        2027, 4, 26
    )
    assert slots.working_day_on_or_after(date(2027, 4, 28), kings_day_and_weekends.__contains__) == date(
        2027, 4, 28
    )


def test_a_year_without_working_days_is_an_error_and_not_a_loop() -> None:
    with pytest.raises(BadInput):
        slots.working_day_on_or_after(date(2027, 1, 1), lambda _: True)


UK_HOURS = slots.OfficeHours(LONDON, time(9), time(17))
NL_HOURS = slots.OfficeHours(AMSTERDAM, time(9), time(17))
US_HOURS = slots.OfficeHours("America/New_York", time(9), time(17))
NZ_HOURS = slots.OfficeHours("Pacific/Auckland", time(9), time(17))


def test_hours_that_offices_share_in_the_zone_asked_for() -> None:
    day = date(2027, 3, 23)
    assert slots.common_hours(day, [UK_HOURS, NL_HOURS], LONDON) == (
        datetime(2027, 3, 23, 9, tzinfo=ZoneInfo(LONDON)),
        datetime(2027, 3, 23, 16, tzinfo=ZoneInfo(LONDON)),
    )
    assert slots.common_hours(day, [UK_HOURS, NL_HOURS], AMSTERDAM) == (
        datetime(2027, 3, 23, 10, tzinfo=ZoneInfo(AMSTERDAM)),
        datetime(2027, 3, 23, 17, tzinfo=ZoneInfo(AMSTERDAM)),
    )


def test_offices_share_another_hour_while_only_one_has_changed_its_clocks() -> None:
    shared = [slots.common_hours(date(2027, 3, day), [NL_HOURS, US_HOURS], AMSTERDAM) for day in (12, 15)]
    assert [hours and hours[0].time() for hours in shared] == [time(15), time(14)]


def test_offices_that_never_work_at_once() -> None:
    assert slots.common_hours(date(2027, 3, 23), [UK_HOURS, NZ_HOURS], LONDON) is None
    assert slots.common_hours(date(2027, 3, 23), [], LONDON) is None
