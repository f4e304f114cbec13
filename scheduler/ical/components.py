"""VEVENT, VTODO and VCALENDAR as bytes, in the forms that real calendar programs accept.

Owns which property carries what and in which order. Each component is written for itself, so that its bytes
can be kept and a calendar is a mere join of them. Stamps and sequence numbers are arguments: they come from
what is stored, never from a clock, or the bytes of an unchanged feed would change with every reading.

Habits of programs that are met here: Outlook ignores calendar properties that stand after a component; a UID
on the calendar makes vdirsyncer take a feed for one item; Apple and Microsoft drop events without UID; khal
guesses an hour where DTEND equals DTSTART; Nextcloud cannot show a UID with a slash; Google gives up on
sequence numbers that are clock times.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from icalendar import Event as EventComponent
from icalendar import Todo as TodoComponent
from icalendar import vText
from icalendar.cal.component import Component
from icalendar.prop import vCategory

from scheduler.dates.slots import Slot
from scheduler.errors import BadInput
from scheduler.ical.text import clean_text, escape, fold, one_line, plain_value, web_address
from scheduler.ical.timezones import keeps_wall_time, timezones_named

PRODUCT = "-//Standing Dialogues//Scheduler//EN"
LONGEST_UID = 255
"""Octets (RFC 7986 section 5.3)."""


class EventStatus(StrEnum):
    """Whether a meeting stands (RFC 5545 section 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class TodoStatus(StrEnum):
    """How far a task is (RFC 5545 section 3.8.1.11)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    IN_PROCESS = "IN-PROCESS"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class Classification(StrEnum):
    """Who the owner would show it to. A wish and no protection: what must stay private is not written at all."""

    PUBLIC = "PUBLIC"
    PRIVATE = "PRIVATE"
    CONFIDENTIAL = "CONFIDENTIAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What events and tasks have in common. Stamps are instants, aware; texts are plain, not escaped.

    ``colour`` is a CSS colour name (RFC 7986 section 5.9); ``related_to`` holds the UIDs of other entries.
    """

    uid: str
    stamp: datetime
    created: datetime
    last_modified: datetime
    sequence: int
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    classification: Classification = Classification.PUBLIC
    colour: str = ""
    related_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Entry):
    """A meeting, or a deadline shown as a day. A transparent event leaves its reader free."""

    slot: Slot
    status: EventStatus
    is_transparent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo(Entry):
    """A task due on a day. ``priority`` runs from 1 (highest) to 9, 0 is none (RFC 5545 section 3.8.1.9)."""

    due: date
    status: TodoStatus = TodoStatus.NEEDS_ACTION
    percent_complete: int = 0
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarProperties:
    """What a calendar says of itself; ``refresh_hours`` is how often a program may come back."""

    name: str
    description: str = ""
    colour: str = ""
    refresh_hours: int = 1


def event_bytes(event: Event) -> bytes:
    """Return one VEVENT. Raises ``BadInput`` for values that cannot stand in a calendar."""
    component = EventComponent()
    _add_identity(component, event)
    _add_slot(component, event.slot)
    _add_text(component, event)
    component.add("status", event.status.value)
    component.add("transp", "TRANSPARENT" if event.is_transparent else "OPAQUE")
    return _serialise(component)


def todo_bytes(todo: Todo) -> bytes:
    """Return one VTODO. Raises ``BadInput`` for values that cannot stand in a calendar. Outlook shows none."""
    component = TodoComponent()
    _add_identity(component, todo)
    component.add("due", todo.due)
    _add_text(component, todo)
    component.add("status", todo.status.value)
    component.add("percent-complete", _in_range(todo.percent_complete, 0, 100, "percent_complete"))
    component.add("priority", _in_range(todo.priority, 0, 9, "priority"))
    return _serialise(component)


def calendar_bytes(
    properties: CalendarProperties, timezones: Iterable[bytes], components: Iterable[bytes]
) -> bytes:
    """Return a VCALENDAR: its own properties, then the time zones, then the components, each given as bytes.

    A feed has no METHOD (Outlook shows a published one as raw text), no UID and no SOURCE, which would tell
    its secret. One that shows nothing holds a time zone that nothing refers to, since a calendar must have a
    component (RFC 5545 section 3.4) and some programs refuse one that has none.
    """
    parts = [*timezones, *components] or timezones_named(["Etc/UTC"])
    return b"".join([_head(properties), *parts, b"END:VCALENDAR\r\n"])


class _SafeText(vText):
    """TEXT with our own escapes; those of the library take a backslash before an N for a line break."""

    def to_ical(self) -> bytes:
        return escape(self).encode()


def _head(properties: CalendarProperties) -> bytes:
    name, description = escape(one_line(properties.name)), escape(clean_text(properties.description))
    refresh = f"PT{_in_range(properties.refresh_hours, 1, 168, 'refresh_hours')}H"
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        *([f"DESCRIPTION:{description}", f"X-WR-CALDESC:{description}"] if description else []),
        *([f"COLOR:{plain_value(properties.colour, 'colour')}"] if properties.colour else []),
        f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}",
        f"X-PUBLISHED-TTL:{refresh}",
    ]
    return b"".join(fold(line) for line in head)


def _add_identity(component: Component, entry: Entry) -> None:
    component.add("uid", _SafeText(_uid(entry.uid)))
    component.add("dtstamp", _instant(entry.stamp, "stamp"))
    component.add("created", _instant(entry.created, "created"))
    component.add("last-modified", _instant(entry.last_modified, "last_modified"))
    component.add("sequence", _in_range(entry.sequence, 0, 2**31 - 1, "sequence"))


def _add_slot(component: Component, slot: Slot) -> None:
    """Add DTSTART and DTEND; the end of whole days is the day after the last (RFC 5545 section 3.6.1)."""
    start, end = slot.local_start, slot.local_end
    if start is None or end is None:
        component.add("dtstart", slot.first_day)
        component.add("dtend", slot.last_day + timedelta(days=1))
    elif keeps_wall_time(slot):
        component.add("dtstart", start)
        component.add("dtend", end)
    else:
        component.add("dtstart", start.astimezone(UTC))
        component.add("dtend", end.astimezone(UTC))


def _add_text(component: Component, entry: Entry) -> None:
    component.add("summary", _SafeText(one_line(entry.summary)))
    if entry.description:
        component.add("description", _SafeText(clean_text(entry.description)))
    if entry.location:
        component.add("location", _SafeText(one_line(entry.location)))
    if entry.url:
        component.add("url", web_address(entry.url, "url"))
    if entry.categories:
        component.add("categories", _categories(entry.categories))
    component.add("class", entry.classification.value)
    if entry.colour:
        component.add("color", _SafeText(plain_value(entry.colour, "colour")))
    for related in entry.related_to:
        component.add("related-to", _SafeText(_uid(related)))


def _categories(names: tuple[str, ...]) -> vCategory:
    """Return them as one property, since several are read as the last one by some programs."""
    categories = vCategory([])
    categories.cats = [_SafeText(one_line(name)) for name in names]
    return categories


def _uid(uid: str) -> str:
    plain_value(uid, "uid")
    if "/" in uid or " " in uid or len(uid.encode()) > LONGEST_UID:
        raise BadInput(
            {
                "en": f"{uid!r} is no identifier that every calendar program can keep",
                "nl": f"{uid!r} is geen kenmerk dat elk agendaprogramma kan bewaren",
            },
            place="uid",
            remedy={
                "en": f"at most {LONGEST_UID} characters, without slash or space",
                "nl": f"hoogstens {LONGEST_UID} tekens, zonder schuine streep of spatie",
            },
        )
    return uid


def _instant(value: datetime, place: str) -> datetime:
    if value.utcoffset() is None:
        raise BadInput(
            {"en": f"{value} has no time zone", "nl": f"{value} heeft geen tijdzone"},
            place=place,
            remedy={"en": "an aware datetime, best in UTC", "nl": "een tijdstip met tijdzone, liefst in UTC"},
        )
    return value.astimezone(UTC)


def _in_range(value: int, lowest: int, highest: int, place: str) -> int:
    if not lowest <= value <= highest:
        raise BadInput(
            {"en": f"{value} is out of range", "nl": f"{value} valt buiten de grenzen"},
            place=place,
            remedy={
                "en": f"a number from {lowest} to {highest}",
                "nl": f"een getal van {lowest} tot en met {highest}",
            },
        )
    return value


def _serialise(component: Component) -> bytes:
    """Return the lines in the order in which they were added: the library's order and folds are not ours."""
    return b"".join(fold(line) for line in component.content_lines(sorted=False) if line)
