"""The C library libical 3, which Evolution, GNOME and KDE read calendars with, through ctypes."""

import ctypes
from datetime import UTC, date, datetime

import pytest

from tests.peers.reading import Reading

LIBRARY = "libical.so.3"
VEVENT = 4  # icalcomponent_kind in icalenums.h


class Time(ctypes.Structure):
    """struct icaltimetype."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


def read(calendar: bytes) -> list[Reading]:
    """Return the events in the order of the file; skips the test where the library is missing."""
    try:
        library = _declared(ctypes.CDLL(LIBRARY))
    except OSError:
        pytest.skip("libical is not installed: apt install libical3")
    parsed = library.icalcomponent_new_from_string(calendar)
    assert parsed, "libical cannot parse it"
    try:
        assert library.icalcomponent_count_errors(parsed) == 0, "libical reports errors in it"
        readings = []
        event = library.icalcomponent_get_first_component(parsed, VEVENT)
        while event:
            readings.append(_reading(library, event))
            event = library.icalcomponent_get_next_component(parsed, VEVENT)
        return readings
    finally:
        library.icalcomponent_free(parsed)


def _reading(library: ctypes.CDLL, event: int) -> Reading:
    uid = library.icalcomponent_get_uid(event).decode()
    summary = library.icalcomponent_get_summary(event).decode()
    start = library.icalcomponent_get_dtstart(event)
    if start.is_date:
        return Reading(uid, date(start.year, start.month, start.day), all_day=True, summary=summary)
    seconds = library.icaltime_as_timet_with_zone(start, start.zone)
    return Reading(uid, datetime.fromtimestamp(seconds, UTC), all_day=False, summary=summary)


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, arguments in [
        ("icalcomponent_new_from_string", pointer, [text]),
        ("icalcomponent_free", None, [pointer]),
        ("icalcomponent_count_errors", number, [pointer]),
        ("icalcomponent_get_first_component", pointer, [pointer, number]),
        ("icalcomponent_get_next_component", pointer, [pointer, number]),
        ("icalcomponent_get_uid", text, [pointer]),
        ("icalcomponent_get_summary", text, [pointer]),
        ("icalcomponent_get_dtstart", Time, [pointer]),
        ("icaltime_as_timet_with_zone", ctypes.c_long, [Time, pointer]),
    ]:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
