"""What somebody answers to an invitation: REPLY, COUNTER and REFRESH (RFC 5546, sections 3.2.3, 3.2.7 and 3.2.6).

Owns what is believed of such a calendar; whose answer it is, and whether it counts, is decided where invitations are.
Only what says who answers what is read. The times of a REPLY are not: it cannot change them, and some programs name
zones in it that nobody else knows.

Habits of programs that are met here: Exchange and outlook.com leave out ORGANIZER, which is therefore not asked for;
rooms of Gromox leave out ATTENDEE; whoever delegates lists both, the delegate beside the delegating.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

from icalendar.cal.component import Component
from icalendar.prop import vBroken

from scheduler.errors import BadInput
from scheduler.ical.reader import moment_of, parsed, sequence_of, text_of, there_so_often
from scheduler.ical.text import clean_text

ANSWERING = frozenset({"REPLY", "COUNTER", "REFRESH"})
LONGEST_COMMENT = 1_000
"""Characters of a comment that are kept: a sentence to the organiser, and not a letter."""

MOST_ATTENDEES = 50
_PROPERTIES = frozenset(
    {"BEGIN", "END", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "ATTENDEE", "COMMENT", "RECURRENCE-ID"}
)
_TIMES = _PROPERTIES | {"DTSTART", "DTEND", "DURATION"}


@dataclass(frozen=True, slots=True)
class ForeignAttendee:
    """Somebody who answers: addresses in lower case, ``status`` as PARTSTAT (RFC 5545, section 3.2.12) in capitals."""

    address: str
    status: str
    delegated_to: str = ""
    delegated_from: str = ""


@dataclass(frozen=True, slots=True)
class ForeignAnswer:
    """An answer to one event. ``start`` and ``end`` are what a COUNTER proposes, days or instants in UTC."""

    method: str
    uid: str
    sequence: int
    stamp: datetime
    attendees: tuple[ForeignAttendee, ...]
    comment: str
    start: date | datetime | None = None
    end: date | datetime | None = None


def read_answer(data: bytes) -> ForeignAnswer:
    """Return what the bytes of a calendar answer.

    Raises ``BadInput``, with the place, for anything that is too large, malformed, no answer, or of several events.
    """
    calendar = parsed(data, _PROPERTIES)
    method = text_of(calendar, "METHOD", "calendar").upper()
    if method not in ANSWERING:
        message = {
            "en": f"{method or 'nothing'!r} is no answer",
            "nl": f"{method or 'niets'!r} is geen antwoord",
        }
        raise BadInput(message, place="METHOD")
    events = [component for component in calendar.walk() if component.name == "VEVENT"]
    if len(events) != 1 or "RECURRENCE-ID" in events[0]:
        raise BadInput(
            {"en": "is not about one event", "nl": "gaat niet over één bijeenkomst"}, place="calendar"
        )
    event = events[0]
    stamp = moment_of(event, "DTSTAMP", "event")
    if not isinstance(stamp, datetime):
        raise BadInput(
            {"en": "is missing, or no instant", "nl": "ontbreekt, of is geen tijdstip"}, place="DTSTAMP"
        )
    start, end = _proposed(data) if method == "COUNTER" else (None, None)
    return ForeignAnswer(
        method=method,
        uid=text_of(event, "UID", "event"),
        sequence=sequence_of(event, "event"),
        stamp=stamp,
        attendees=tuple(_attendees(event)),
        comment=" ".join(clean_text(str(value)) for value in _all(event, "COMMENT"))[:LONGEST_COMMENT],
        start=start,
        end=end,
    )


def _proposed(data: bytes) -> tuple[date | datetime | None, date | datetime | None]:
    """Return when a COUNTER would have it; a time that is not certain to the minute is no proposal."""
    (event,) = (entry for entry in parsed(data, _TIMES).walk() if entry.name == "VEVENT")
    return moment_of(event, "DTSTART", "event"), moment_of(event, "DTEND", "event")


def _attendees(event: Component) -> Iterator[ForeignAttendee]:
    values = _all(event, "ATTENDEE")
    if len(values) > MOST_ATTENDEES:
        raise BadInput(there_so_often(len(values)), place="ATTENDEE")
    for value in values:
        parameters = getattr(value, "params", {})
        yield ForeignAttendee(
            address=_address(value),
            status=str(parameters.get("PARTSTAT", "NEEDS-ACTION")).upper(),
            delegated_to=_address(parameters.get("DELEGATED-TO", "")),
            delegated_from=_address(parameters.get("DELEGATED-FROM", "")),
        )


def _address(value: Any) -> str:
    """Return the address in ``mailto:desk@ministry.example``; of several, the first."""
    one = value[0] if isinstance(value, list) and value else value
    written = clean_text(str(one or "")).strip().strip('"')
    scheme, _, address = written.partition(":")
    return unquote(address if scheme.lower() == "mailto" else written).strip().lower()


def _all(event: Component, name: str) -> list[Any]:
    value = event.get(name)
    values = value if isinstance(value, list) else [value]
    if any(isinstance(one, vBroken) for one in values):
        raise BadInput({"en": "cannot be read", "nl": "is onleesbaar"}, place=name)
    return [one for one in values if one is not None]
