"""Calendars from outside, read within bounds.

Owns what is believed of a foreign calendar: bytes only, never a path; at most so many octets and components; times
only in UTC or in a zone that ``zoneinfo`` knows. Recurrences are reported and never expanded here, since a rule by the
second may take hours. What an answer means for an invitation, or an entry for a diary, is decided where it is used.

The library sees only the components and properties that are read here. It would keep a foreign time zone for the whole
process under any name, so that one sender could shift the times of all others; and one malformed alarm would make it
refuse the file.
"""

import re
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.cal.component import Component
from icalendar.error import GloballyUniqueTZIDGuessed
from icalendar.prop import vBroken

from scheduler.errors import BadInput
from scheduler.ical.text import clean_text
from scheduler.words import Words

LARGEST = 2_000_000
"""Octets; a feed of some 2,000 meetings is as large."""

MOST_COMPONENTS = 5_000
LONGEST_LINE = 10_000
"""Characters of an unfolded line that is read; descriptions are not."""

MOST_STEPS = 12
"""Slashes and dots in the name of a zone; Evolution writes up to seven."""

_ENTRIES = frozenset({"VEVENT", "VTODO"})
_COMPONENTS = _ENTRIES | {"VCALENDAR"}
_RECURRENCE = frozenset({"RRULE", "RDATE", "RECURRENCE-ID"})
_TIMES = frozenset({"DTSTAMP", "DTSTART", "DTEND", "DUE", "RDATE", "RECURRENCE-ID"})
_PROPERTIES = (
    _TIMES | _RECURRENCE | {"BEGIN", "END", "METHOD", "UID", "SEQUENCE", "DURATION", "SUMMARY", "STATUS"}
)
_STEP = re.compile("[/.]")
_FOLD = re.compile("\r?\n[ \t]")
_BREAK = re.compile("\r?\n")
_NAME = re.compile(r"\s*([A-Z0-9-]+)\s*[:;]", re.ASCII | re.IGNORECASE)
_DELIMITER = re.compile(r"(?:BEGIN|END):([A-Z0-9-]+)\s*", re.ASCII | re.IGNORECASE)
_LIBRARY_ERRORS = (ValueError, TypeError, AttributeError, LookupError, OSError)
"""What the library was seen to raise for malformed input; names of zones alone give three of them."""

_ONE_CALENDAR = {"en": "one whole VCALENDAR", "nl": "één hele VCALENDAR"}
_ONCE = {"en": "once", "nl": "één keer"}
_NO_ZONE = {"en": "has no time zone", "nl": "heeft geen tijdzone"}
_KNOWN_ZONE = {
    "en": "a time in UTC, or in a zone with an IANA name",
    "nl": "een tijd in UTC, of in een tijdzone met een IANA-naam",
}


@dataclass(frozen=True, slots=True)
class ForeignEntry:
    """An event or task of somebody else.

    ``start`` and ``end`` are dates (the end exclusive) for whole days, else instants in UTC; a task ends when it is
    due. ``recurs`` says that there are more than this one.
    """

    kind: str
    uid: str
    sequence: int
    stamp: datetime | None
    start: date | datetime | None
    end: date | datetime | None
    summary: str
    status: str
    recurs: bool


@dataclass(frozen=True, slots=True)
class ForeignCalendar:
    """What a foreign calendar says; ``method`` is empty outside invitations."""

    method: str
    entries: tuple[ForeignEntry, ...]


def read_calendar(data: bytes) -> ForeignCalendar:
    """Return what the bytes of one VCALENDAR say.

    Raises ``BadInput``, with the place, for anything that is too large, malformed, or not certain to the minute: a
    floating time, or a zone that only the file itself knows.
    """
    calendar = parsed(data, _PROPERTIES)
    entries = [component for component in calendar.walk() if component.name in _ENTRIES]
    return ForeignCalendar(
        method=text_of(calendar, "METHOD", "calendar").upper(),
        entries=tuple(
            _entry(component, f"entry {number}") for number, component in enumerate(entries, start=1)
        ),
    )


def parsed(data: bytes, properties: Collection[str]) -> Component:
    """Return one VCALENDAR with its entries, of which only ``properties`` are read; raise ``BadInput`` as above."""
    return _parse(_lines_to_read(_decode(data), properties))


def there_so_often(count: int) -> Words:
    """What is said of a property that may be there once, or a few times."""
    return {"en": f"is there {count} times", "nl": f"staat er {count} keer"}


def _decode(data: bytes) -> str:
    if len(data) > LARGEST:
        raise BadInput(
            {"en": f"is {len(data)} octets long", "nl": f"is {len(data)} octetten lang"},
            place="calendar",
            remedy={
                "en": f"at most {LARGEST} octets are read",
                "nl": f"hoogstens {LARGEST} octetten worden gelezen",
            },
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            {"en": "is not UTF-8 text", "nl": "is geen tekst in UTF-8"},
            place=f"octet {error.start}",
            remedy={"en": "an .ics file in UTF-8", "nl": "een .ics-bestand in UTF-8"},
        ) from None


def _lines_to_read(text: str, properties: Collection[str]) -> bytes:
    """Return the unfolded lines that are read here, having counted the components and matched their ends."""
    kept: list[str] = []
    opened: list[str] = []
    components = hidden = 0
    for number, line in enumerate(_BREAK.split(_FOLD.sub("", text)), start=1):
        named = _NAME.match(line)
        name = named[1].upper() if named else ""
        if name == "BEGIN":
            opened.append(_component_name(line, number))
            components += 1
            hidden += opened[-1] not in _COMPONENTS
        if components > MOST_COMPONENTS:
            message = {
                "en": f"has more than {MOST_COMPONENTS} components",
                "nl": f"heeft meer dan {MOST_COMPONENTS} onderdelen",
            }
            raise BadInput(message, place=f"unfolded line {number}")
        if name in properties and not hidden:
            _check_length(line, name, number)
            kept.append(line)
        if name == "END":
            ended = _component_name(line, number)
            if not opened or opened.pop() != ended:
                message = {"en": f"END:{ended} ends nothing", "nl": f"END:{ended} beëindigt niets"}
                raise BadInput(message, place=f"unfolded line {number}")
            hidden -= ended not in _COMPONENTS
    if opened:
        message = {
            "en": f"BEGIN:{opened[-1]} is never ended",
            "nl": f"BEGIN:{opened[-1]} wordt nergens beëindigd",
        }
        raise BadInput(message, place="end of the calendar")
    return "\r\n".join([*kept, ""]).encode()


def _check_length(line: str, name: str, number: int) -> None:
    """Refuse lines that would cost too much; each step of a zone's name is a package that ``zoneinfo`` looks for."""
    if len(line) > LONGEST_LINE:
        message = {"en": f"is {len(line)} characters long", "nl": f"is {len(line)} tekens lang"}
        raise BadInput(message, place=f"unfolded line {number}, {name}")
    if name in _TIMES and len(_STEP.findall(line)) > MOST_STEPS:
        message = {"en": "names no time zone", "nl": "noemt geen tijdzone"}
        raise BadInput(message, place=f"unfolded line {number}, {name}")


def _component_name(line: str, number: int) -> str:
    delimiter = _DELIMITER.fullmatch(line)
    if delimiter is None:
        message = {
            "en": f"{line[:40]!r} neither begins nor ends a component",
            "nl": f"{line[:40]!r} begint of beëindigt geen onderdeel",
        }
        raise BadInput(message, place=f"unfolded line {number}")
    return delimiter[1].upper()


def _parse(lines: bytes) -> Component:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", GloballyUniqueTZIDGuessed
            )  # its guess is a zone that zoneinfo knows
            calendar = Calendar.from_ical(lines)
    except (
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        OSError,
    ) as error:  # all seen, from malformed input
        cause = str(error)[:200]
        message = {"en": f"cannot be read: {cause}", "nl": f"is onleesbaar: {cause}"}
        raise BadInput(message, place="calendar", remedy=_ONE_CALENDAR) from None
    if calendar.name != "VCALENDAR":
        message = {"en": f"is a {calendar.name}", "nl": f"is een {calendar.name}"}
        raise BadInput(message, place="calendar", remedy=_ONE_CALENDAR)
    return calendar


def _entry(component: Component, place: str) -> ForeignEntry:
    start = moment_of(component, "DTSTART", place)
    stamp = moment_of(component, "DTSTAMP", place)
    if stamp is not None and not isinstance(stamp, datetime):
        message = {"en": "is a day and no instant", "nl": "is een dag en geen tijdstip"}
        raise BadInput(message, place=f"{place}, DTSTAMP")
    return ForeignEntry(
        kind="event" if component.name == "VEVENT" else "task",
        uid=text_of(component, "UID", place),
        sequence=sequence_of(component, place),
        stamp=stamp,
        start=start,
        end=_end(component, start, place),
        summary=text_of(component, "SUMMARY", place),
        status=text_of(component, "STATUS", place).upper(),
        recurs=any(name in component for name in _RECURRENCE),
    )


def _only(component: Component, name: str, place: str) -> Any:
    """Return the one property of this name, or ``None``; refuse several, and one that the library could not read."""
    value = component.get(name)
    if isinstance(value, list):
        raise BadInput(there_so_often(len(value)), place=f"{place}, {name}", remedy=_ONCE)
    if isinstance(value, vBroken):
        raise _unreadable(value, name, place)
    return value


def text_of(component: Component, name: str, place: str) -> str:
    """Return one text, cleaned; empty where there is none."""
    value = _only(component, name, place)
    return "" if value is None else clean_text(str(value))


def sequence_of(component: Component, place: str) -> int:
    """Return SEQUENCE, which is 0 where it is not said."""
    value = _only(component, "SEQUENCE", place)
    if value is None:
        return 0
    if not isinstance(value, int) or value < 0:
        raise _unreadable(value, "SEQUENCE", place)
    return int(value)


def _end(component: Component, start: date | datetime | None, place: str) -> date | datetime | None:
    """Return the end as written, or the start plus a duration (as time that passes), or ``None``."""
    end = moment_of(component, "DTEND" if component.name == "VEVENT" else "DUE", place)
    if end is None and start is not None:
        return _after(start, _only(component, "DURATION", place), place)
    if start is not None and isinstance(end, datetime) != isinstance(start, datetime):
        message = {
            "en": "start and end are not both days or both instants",
            "nl": "begin en einde zijn niet allebei een dag of allebei een tijdstip",
        }
        raise BadInput(message, place=place)
    return end


def _after(start: date | datetime, duration: Any, place: str) -> date | datetime | None:
    if duration is None:
        return None
    length = getattr(duration, "dt", None)
    if not isinstance(length, timedelta):
        raise _unreadable(duration, "DURATION", place)
    try:
        return start + length
    except OverflowError:
        raise _unreadable(duration, "DURATION", place) from None


def moment_of(component: Component, name: str, place: str) -> date | datetime | None:
    """Return a day, or an instant in UTC; refuse a time whose zone is missing or known to the sender alone."""
    value = _only(component, name, place)
    if value is None:
        return None
    moment = getattr(value, "dt", None)
    if not isinstance(moment, date):
        raise _unreadable(value, name, place)
    if not isinstance(moment, datetime):
        return moment
    if not isinstance(moment.tzinfo, ZoneInfo):
        zone = value.params.get("TZID")
        raise BadInput(
            {"en": f"is in the unknown time zone {zone}", "nl": f"staat in de onbekende tijdzone {zone}"}
            if zone
            else _NO_ZONE,
            place=f"{place}, {name}",
            remedy=_KNOWN_ZONE,
        )
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise _unreadable(value, name, place) from None


def _unreadable(value: object, name: str, place: str) -> BadInput:
    written = repr(str(value)[:80])
    message = {"en": f"{written} cannot be read", "nl": f"{written} is onleesbaar"}
    return BadInput(message, place=f"{place}, {name}")
