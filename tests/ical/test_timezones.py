"""Time zones with the same rule every year, against zoneinfo itself."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.dates.slots import Slot, all_day_slot, exists
from scheduler.ical.timezones import keeps_wall_time, timezones, yearly_rules

LONDON = "Europe/London"
AMSTERDAM = "Europe/Amsterdam"


def slot(day: date, start: time, zone: str) -> Slot:
    return Slot(day, day, start, time(23, 59), zone)


def at_noon(zone: str, year: int = 2027) -> Slot:
    return slot(date(year, 7, 1), time(12), zone)


def test_the_time_zone_of_amsterdam() -> None:
    (written,) = timezones([at_noon(AMSTERDAM)])
    assert written == (
        b"BEGIN:VTIMEZONE\r\n"
        b"TZID:Europe/Amsterdam\r\n"
        b"BEGIN:DAYLIGHT\r\n"
        b"DTSTART:19960331T020000\r\n"
        b"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
        b"TZOFFSETFROM:+0100\r\n"
        b"TZOFFSETTO:+0200\r\n"
        b"TZNAME:CEST\r\n"
        b"END:DAYLIGHT\r\n"
        b"BEGIN:STANDARD\r\n"
        b"DTSTART:19961027T030000\r\n"
        b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
        b"TZOFFSETFROM:+0200\r\n"
        b"TZOFFSETTO:+0100\r\n"
        b"TZNAME:CET\r\n"
        b"END:STANDARD\r\n"
        b"END:VTIMEZONE\r\n"
    )


def test_a_zone_whose_clocks_never_change() -> None:
    (written,) = timezones([at_noon("Asia/Kolkata")])
    assert written == (
        b"BEGIN:VTIMEZONE\r\n"
        b"TZID:Asia/Kolkata\r\n"
        b"BEGIN:STANDARD\r\n"
        b"DTSTART:19700101T000000\r\n"
        b"TZOFFSETFROM:+0530\r\n"
        b"TZOFFSETTO:+0530\r\n"
        b"TZNAME:IST\r\n"
        b"END:STANDARD\r\n"
        b"END:VTIMEZONE\r\n"
    )


def test_only_the_zones_that_are_used_each_once_and_by_name() -> None:
    slots = [at_noon(LONDON), at_noon(AMSTERDAM), at_noon(LONDON), at_noon("Africa/Cairo"), at_noon("UTC")]
    names = [zone.split(b"\r\n")[1] for zone in timezones(slots)]
    assert names == [b"TZID:Europe/Amsterdam", b"TZID:Europe/London"]
    assert timezones([all_day_slot(date(2027, 6, 14), date(2027, 6, 18), LONDON)]) == ()


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Africa/Cairo", "Asia/Jerusalem", "America/Santiago"])
def test_zones_without_one_numbered_weekday_are_written_in_utc(zone: str) -> None:
    assert yearly_rules(zone) is None
    assert keeps_wall_time(at_noon(zone)) is False


@pytest.mark.parametrize(
    ("zone", "first_year"), [(LONDON, 1997), ("America/New_York", 2008), ("Europe/Istanbul", 2018)]
)
def test_days_before_the_present_rule_are_written_in_utc(zone: str, first_year: int) -> None:
    assert keeps_wall_time(at_noon(zone, first_year - 1)) is False
    assert keeps_wall_time(at_noon(zone, first_year)) is True


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Zulu"])
def test_utc_stays_utc(zone: str) -> None:
    assert keeps_wall_time(at_noon(zone)) is False


def test_a_time_that_occurs_twice_is_written_in_utc() -> None:
    assert keeps_wall_time(slot(date(2027, 10, 31), time(2, 30), AMSTERDAM)) is False
    assert keeps_wall_time(slot(date(2027, 10, 31), time(3), AMSTERDAM)) is True


def test_a_time_that_never_occurs_is_written_in_utc() -> None:
    skipped = Slot(date(2027, 3, 28), date(2027, 3, 28), time(2, 30), time(12), AMSTERDAM)
    assert keeps_wall_time(skipped) is False


ZONES = [
    LONDON,
    AMSTERDAM,
    "Europe/Dublin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Asia/Tokyo",
]


WALL_TIMES = st.datetimes(datetime(2010, 1, 1), datetime(2037, 12, 31))  # noqa: DTZ001 (wall times have no zone)


@given(zone=st.sampled_from(ZONES), moment=WALL_TIMES)
def test_a_parser_that_knows_the_rules_alone_finds_the_offset_of_zoneinfo(
    zone: str, moment: datetime
) -> None:
    wanted = slot(moment.date(), moment.time().replace(microsecond=0), zone)
    assume(exists(wanted.first_day, moment.time(), zone))
    assume(keeps_wall_time(wanted))
    local = moment.replace(microsecond=0)
    assert local.replace(tzinfo=parsed(zone)).utcoffset() == local.replace(tzinfo=ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [2026, 2027, 2031])
def test_every_hour_of_a_year_has_the_offset_of_zoneinfo(zone: str, year: int) -> None:
    rules, truth = parsed(zone), ZoneInfo(zone)
    hours = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=number) for number in range(365 * 24))
    walls = [hour.astimezone(truth).replace(tzinfo=None) for hour in hours]
    wrong = [
        wall
        for wall in walls
        if keeps_wall_time(slot(wall.date(), wall.time(), zone))
        and wall.replace(tzinfo=rules).utcoffset() != wall.replace(tzinfo=truth).utcoffset()
    ]
    assert wrong == []


def parsed(zone: str) -> tzinfo:
    """Return what dateutil, which knows no zone by name here, makes of our lines."""
    (lines,) = timezones([at_noon(zone)])
    rules = tz.tzical(StringIO(lines.decode())).get()
    assert rules is not None
    return rules
