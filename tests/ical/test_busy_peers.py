"""Series as ical.js works them out, with their exceptions and across changes of the clocks: the same, to the second."""

from datetime import date

import pytest

from scheduler.ical.busy import read_busy
from tests.ical.foreign_calendars import OUTLOOK_ZONE, calendar, event
from tests.peers import ical_js

ZONE = OUTLOOK_ZONE.format(name="W. Europe Standard Time")
IN_ZONE = "TZID=W. Europe Standard Time"
START = (f"DTSTART;{IN_ZONE}:20270126T093000", f"DTEND;{IN_ZONE}:20270126T103000")
MOVED = event(
    f"RECURRENCE-ID;{IN_ZONE}:20270209T093000",
    f"DTSTART;{IN_ZONE}:20270210T140000",
    f"DTEND;{IN_ZONE}:20270210T160000",
    uid="series",
)
CANCELLED = event(f"RECURRENCE-ID;{IN_ZONE}:20270223T093000", *START, "STATUS:CANCELLED", uid="series")


@pytest.mark.parametrize(
    ("rule", "more", "others"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", (), (MOVED, CANCELLED)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU;COUNT=60", (), (MOVED,)),
        (
            "FREQ=WEEKLY;UNTIL=20271026T073000Z",
            (f"EXDATE;{IN_ZONE}:20270202T093000,20270330T093000",),
            (MOVED,),
        ),
        ("FREQ=DAILY;INTERVAL=3", (), ()),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20280229T083000Z", (), (MOVED, CANCELLED)),
        ("FREQ=MONTHLY;BYDAY=4TU", (), (CANCELLED,)),
        ("FREQ=MONTHLY;BYDAY=-1TU", (), ()),
        ("FREQ=MONTHLY;BYMONTHDAY=26", (), ()),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1;COUNT=12", (), ()),
        ("FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31,26", (), ()),
        ("FREQ=YEARLY;BYMONTH=1,6;BYDAY=-1TU", (), ()),
        ("FREQ=YEARLY", (f"RDATE;{IN_ZONE}:20270301T120000",), ()),
    ],
)
def test_a_series_is_busy_when_ical_js_says(
    rule: str, more: tuple[str, ...], others: tuple[str, ...]
) -> None:
    data = calendar(ZONE, event(*START, f"RRULE:{rule}", *more, uid="series"), *others)
    reading = read_busy(data, "Europe/London", date(2026, 1, 1), date(2028, 12, 31))
    expected = [span for span in ical_js.occurrences(data) if span[0].year < 2029]
    assert len(expected) > 3 or "YEARLY" in rule
    assert [(busy.start, busy.end) for busy in reading.times] == expected
