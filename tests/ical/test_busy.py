"""What is busy in a foreign calendar: as Outlook, Google and Apple write it, broken, huge or hostile."""

import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.errors import BadInput
from scheduler.ical.busy import BusyReading, NothingReadable, merged, read_busy
from scheduler.ical.foreign_events import Skip
from scheduler.ical.foreign_zones import Assumed
from scheduler.ical.scanning import LARGEST
from tests.ical.foreign_calendars import (
    APPLE,
    APPLE_BUSY,
    CANARY,
    FREE_BUSY,
    FREE_BUSY_BUSY,
    GOOGLE,
    GOOGLE_BUSY,
    OUTLOOK,
    OUTLOOK_BUSY,
    OUTLOOK_ZONE,
    calendar,
    event,
)

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


def read(data: bytes, zone: str = "Europe/London", first: date = FIRST, last: date = LAST) -> BusyReading:
    return read_busy(data, zone, first, last)


def told(reading: BusyReading) -> list[tuple[str, str, str]]:
    return [
        (
            f"{busy.start:%Y-%m-%dT%H:%M}",
            f"{busy.end:%Y-%m-%dT%H:%M}",
            ("tentative" if busy.tentative else "busy") + (" all day" if busy.all_day else ""),
        )
        for busy in reading.times
    ]


def times(*lines: str, zone: str = "Europe/London") -> list[tuple[str, str]]:
    return [(start[5:], end[5:]) for start, end, _ in told(read(calendar(event(*lines)), zone))]


@pytest.mark.parametrize(
    ("data", "expected"),
    [(OUTLOOK, OUTLOOK_BUSY), (GOOGLE, GOOGLE_BUSY), (FREE_BUSY, FREE_BUSY_BUSY), (APPLE, APPLE_BUSY)],
    ids=["Outlook", "Google", "free/busy", "Apple"],
)
def test_calendars_of_three_houses(data: bytes, expected: list[tuple[str, str, str]]) -> None:
    reading = read(data)
    assert told(reading) == expected
    assert reading.skipped == {}


def test_what_was_assumed_is_counted() -> None:
    assert read(APPLE).assumed == {Assumed.NO_ZONE: 1, Assumed.UNKNOWN_ZONE: 1}
    assert read(OUTLOOK).assumed == {}


def test_nothing_but_times_comes_out() -> None:
    for data in (OUTLOOK, GOOGLE, FREE_BUSY, APPLE):
        assert CANARY.encode() in data
        assert CANARY not in repr(read(data))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # midnight
        (("DTSTART:20270310T230000Z", "DTEND:20270311T010000Z"), [("03-10T23:00", "03-11T01:00")]),
        (("DTSTART:20270310T000000Z", "DTEND:20270311T000000Z"), [("03-10T00:00", "03-11T00:00")]),
        (("DTSTART;VALUE=DATE:20270310",), [("03-10T00:00", "03-11T00:00")]),
        (("DTSTART;VALUE=DATE:20270310", "DTEND;VALUE=DATE:20270310"), [("03-10T00:00", "03-11T00:00")]),
        (("DTSTART;VALUE=DATE:20270327", "DURATION:P2D"), [("03-27T00:00", "03-28T23:00")]),
        # the clocks: in spring an hour is skipped, in autumn one comes twice
        (
            ("DTSTART;TZID=Europe/London:20270328T013000", "DTEND;TZID=Europe/London:20270328T040000"),
            [("03-28T01:30", "03-28T03:00")],
        ),
        (
            ("DTSTART;TZID=Europe/London:20271031T013000", "DTEND;TZID=Europe/London:20271031T020000"),
            [("10-31T00:30", "10-31T02:00")],
        ),
        # lengths: days on the calendar, hours that pass
        (("DTSTART;TZID=Europe/London:20270327T120000", "DURATION:P1D"), [("03-27T12:00", "03-28T11:00")]),
        (("DTSTART;TZID=Europe/London:20270327T120000", "DURATION:PT24H"), [("03-27T12:00", "03-28T12:00")]),
        # what takes no time
        (("DTSTART:20270310T090000Z",), []),
        (("DTSTART:20270310T090000Z", "DTEND:20270310T090000Z"), []),
        # dates added and taken out
        (
            (
                "DTSTART:20270310T090000Z",
                "DTEND:20270310T100000Z",
                "RDATE:20270315T090000Z,20270316T090000Z",
                "RDATE;VALUE=PERIOD:20270317T090000Z/PT3H",
                "EXDATE:20270315T090000Z",
            ),
            [("03-10T09:00", "03-10T10:00"), ("03-16T09:00", "03-16T10:00"), ("03-17T09:00", "03-17T12:00")],
        ),
        (  # a day taken out of a series with hours, as some programs write it
            (
                "DTSTART:20270310T090000Z",
                "DTEND:20270310T100000Z",
                "RRULE:FREQ=DAILY;UNTIL=20270312",
                "EXDATE;VALUE=DATE:20270311",
            ),
            [("03-10T09:00", "03-10T10:00"), ("03-12T09:00", "03-12T10:00")],
        ),
        (  # whole days whose end is told as an instant
            ("DTSTART;VALUE=DATE:20270310", "RRULE:FREQ=DAILY;UNTIL=20270312T000000Z"),
            [("03-10T00:00", "03-13T00:00")],
        ),
        (  # an end in local time, which the standard forbids
            (
                "DTSTART;TZID=Europe/London:20270628T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=DAILY;UNTIL=20270629T090000",
            ),
            [("06-28T08:00", "06-28T09:00"), ("06-29T08:00", "06-29T09:00")],
        ),
    ],
)
def test_single_times(lines: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert times(*lines) == expected


def test_whole_days_are_those_of_the_owner() -> None:
    lines = ("DTSTART;VALUE=DATE:20270610", "DTEND;VALUE=DATE:20270611")
    assert times(*lines, zone="Europe/Amsterdam") == [("06-09T22:00", "06-10T22:00")]
    assert times(*lines, zone="America/New_York") == [("06-10T04:00", "06-11T04:00")]


def test_a_zone_that_only_the_file_knows_keeps_its_own_clock() -> None:
    zone = OUTLOOK_ZONE.format(name="Brussels and beyond")
    winter, summer = (
        event(f"DTSTART;TZID=Brussels and beyond:{day}T090000", "DURATION:PT1H", uid=day)
        for day in ("20270110", "20270710")
    )
    assert [start for start, *_ in told(read(calendar(zone, winter, summer)))] == [
        "2027-01-10T08:00",
        "2027-07-10T07:00",
    ]


def test_an_older_version_of_a_changed_occurrence_does_not_count() -> None:
    series = event("DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2", uid="s")
    moved = (
        event(
            "RECURRENCE-ID:20270308T090000Z",
            f"DTSTART:202703{day}T090000Z",
            "DURATION:PT1H",
            f"SEQUENCE:{sequence}",
            uid="s",
        )
        for day, sequence in (("10", 3), ("09", 1))
    )
    assert [start for start, *_ in told(read(calendar(series, *moved)))] == [
        "2027-03-01T09:00",
        "2027-03-10T09:00",
    ]


@pytest.mark.parametrize(
    ("reason", "lines"),
    [
        (Skip.TOO_OFTEN, ("DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY")),
        (Skip.TOO_OFTEN, ("DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY;COUNT=2")),
        (Skip.RULE, ("DTSTART:20270301T090000Z", "RRULE:FREQ=NEVER")),
        (Skip.RULE, ("DTSTART:20270301T090000Z", "RRULE:FREQ=DAILY;UNTIL=soon")),
        (Skip.START, ()),
        (Skip.START, ("DTSTART:20270230T090000Z",)),
        (Skip.START, ("DTSTART;TZID=Europe/London:tomorrow",)),
        (Skip.START, ("DTSTART:00010101T000000Z", "RDATE;TZID=Asia/Tokyo:00010101T000000")),
        (Skip.END, ("DTSTART:20270301T090000Z", "DTEND:late")),
        (Skip.END, ("DTSTART:20270301T090000Z", "DURATION:long")),
        (Skip.BACKWARDS, ("DTSTART:20270301T090000Z", "DTEND:20270301T080000Z")),
        (Skip.TOO_MUCH, ("DTSTART:00010101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1000000000")),
        (Skip.EXCEPTION, ("DTSTART:20270301T090000Z", "RECURRENCE-ID:once")),
    ],
)
def test_an_entry_that_cannot_be_used_is_counted_and_the_others_stand(
    reason: Skip, lines: tuple[str, ...]
) -> None:
    good = event("DTSTART:20270510T090000Z", "DTEND:20270510T100000Z", uid="good")
    reading = read(calendar(event(*lines, uid="bad"), good))
    assert (reading.entries, reading.skipped) == (1, {reason: 1})
    assert told(reading)[-1] == ("2027-05-10T09:00", "2027-05-10T10:00", "busy")
    with pytest.raises(NothingReadable) as nothing:
        read(calendar(event(*lines)))
    assert nothing.value.skipped == {reason: 1}


def test_a_broken_exception_leaves_the_series_standing() -> None:
    series = event("DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:x")
    reading = read(calendar(series))
    assert (len(reading.times), reading.entries, reading.skipped) == (2, 1, {Skip.EXCEPTION: 1})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this is no calendar"),
        (b"<html><title>Sign in</title></html>", "this is no calendar"),
        (b"BEGIN:VEVENT\nEND:VEVENT", "this is no calendar"),
        (calendar(event("DTSTART:20270301T090000Z"))[:-40], "is cut off"),
        (calendar("END:VEVENT"), "is damaged"),
        (b"BEGIN:A\n" * 9, "within each other"),
        (b"x" * (LARGEST + 1), "MB large"),
        (b"\n" * 1_000_001, "lines"),
        (calendar("BEGIN:VEVENT\nEND:VEVENT\n" * 50_001), "entries"),
        (calendar(event("DTSTART;X=" + "y" * 1_000_001 + ":20270301T090000Z")), "characters"),
    ],
)
def test_what_is_no_calendar_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(data)


def test_an_empty_calendar_is_a_free_one() -> None:
    assert read(calendar()) == BusyReading((), 0, {}, {})


def test_line_ends_byte_order_marks_and_letters_of_all_kinds() -> None:
    for data in (
        GOOGLE.replace(b"\r\n", b"\n"),
        GOOGLE.replace(b"\r\n", b"\r"),
        b"\xef\xbb\xbf" + GOOGLE,
        GOOGLE.replace(CANARY.encode(), "Büro".encode("latin-1")),
        GOOGLE.replace(b"DTSTART;TZID=Europe/London:2027", b"DTSTART;TZID=Eur\r\n ope/London:2\r\n\t027"),
        GOOGLE.lower().replace(b"begin:", b"BEGIN:").replace(b"europe/london", b"Europe/London"),
    ):
        assert told(read(data)) == GOOGLE_BUSY


def test_ten_thousand_events_are_read_in_seconds() -> None:
    entries = []
    for number in range(10_000):
        day = FIRST + timedelta(days=number % 700)
        hour = f"{8 + number % 9:02}"
        series = ["RRULE:FREQ=WEEKLY;BYDAY=TU,TH"] if number % 20 == 0 else []
        lines = [f"DTSTART;TZID=GMT Standard Time:{day:%Y%m%d}T{hour}0000", "DURATION:PT30M", *series]
        entries.append(event(*lines, uid=str(number)))
    began = time.process_time()
    reading = read(calendar(*entries), last=FIRST + timedelta(days=5 * 366))
    assert time.process_time() - began < 10  # two seconds alone on one core
    assert (reading.entries, reading.skipped) == (10_000, {})


@pytest.mark.parametrize(
    "data",
    [
        calendar(event("DTSTART:20270301T090000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY;INTERVAL=1")),
        calendar(event("DTSTART:19700101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=999999999")),
        calendar(event("DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;INTERVAL=9999999999")),
        calendar(event("DTSTART:00010101T090000Z", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")),
        calendar(event("DTSTART:20270301T090000Z", "DURATION:P99999D", "RRULE:FREQ=DAILY")),
        calendar(event("DTSTART:2027" + "\n " * 500_000 + "0301T090000Z")),
        calendar(
            *(
                event("DTSTART:20270101T000000Z", "DURATION:PT1M", "RRULE:FREQ=DAILY;BYHOUR=1,3,5,7,9,11")
                for _ in range(500)
            )
        ),
        calendar(event("DTSTART:20270301T090000Z", *["RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR,SA,SU"] * 500)),
        calendar(event("DTSTART:20270301T090000Z", "EXDATE:" + ",".join(["20270301T090000Z"] * 50_000))),
    ],
    ids=[
        "by the second",
        "a billion",
        "interval",
        "30 February",
        "endless days",
        "folds",
        "times",
        "rules",
        "dates",
    ],
)
def test_hostile_calendars_cost_seconds_and_no_more(data: bytes) -> None:
    began = time.process_time()
    with suppress(NothingReadable):
        read(data, last=FIRST + timedelta(days=5 * 366))
    assert time.process_time() - began < 10


INSTANTS = st.integers(0, 400_000).map(
    lambda minutes: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
SPANS = st.tuples(INSTANTS, st.integers(1, 3000)).map(
    lambda pair: (pair[0], pair[0] + timedelta(minutes=pair[1]))
)


@given(st.lists(SPANS, max_size=30))
def test_merged_times_are_disjoint_in_order_and_cover_the_same(
    spans: list[tuple[datetime, datetime]],
) -> None:
    joined = merged(spans)
    assert all(one[1] < other[0] for one, other in pairwise(joined))
    probes = {instant for span in spans for instant in span}
    for probe in probes:
        assert any(start <= probe < end for start, end in joined) == any(
            start <= probe < end for start, end in spans
        )


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.integers(-800, 800),
            st.integers(1, 4000),
            st.sampled_from(
                ["", "RRULE:FREQ=DAILY;INTERVAL=3", "RRULE:FREQ=MONTHLY;COUNT=30", "RRULE:FREQ=YEARLY"]
            ),
            st.sampled_from(["TZID=Europe/Amsterdam:{}T{}", "VALUE=DATE:{}", "TZID=Asia/Tokyo:{}T{}"]),
        ),
        max_size=8,
    ),
    st.integers(0, 90),
)
def test_nothing_lies_outside_the_days_asked_for(drawn: list[tuple[int, int, str, str]], days: int) -> None:
    entries = []
    for number, (offset, minutes, rule, form) in enumerate(drawn):
        day = FIRST + timedelta(days=offset)
        length = f"DURATION:PT{minutes}M" if "{}T{}" in form else f"DURATION:P{minutes // 1000 + 1}D"
        start = "DTSTART;" + form.format(f"{day:%Y%m%d}", f"{minutes % 24:02}3000")
        entries.append(event(start, length, *filter(None, [rule]), uid=str(number)))
    last = FIRST + timedelta(days=days)
    reading = read(calendar(*entries), "Europe/London", FIRST, last)
    starts, ends = datetime(2027, 1, 1, tzinfo=UTC), datetime.combine(last, datetime.min.time(), UTC)
    for busy in reading.times:
        assert starts <= busy.start < busy.end <= ends + timedelta(days=1)
    for kind in {(busy.all_day, busy.tentative) for busy in reading.times}:
        own = [busy for busy in reading.times if (busy.all_day, busy.tentative) == kind]
        assert all(one.end < other.start for one, other in pairwise(own))
    assert list(reading.times) == sorted(reading.times, key=lambda busy: (busy.start, busy.end))
