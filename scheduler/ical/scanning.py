"""Foreign calendars of any size, as the few lines of them that say when somebody is busy.

Owns what is believed of the lines: bytes only, so many octets and entries at most, and every component ended. Titles,
places, people and descriptions are dropped here and go no further. Kept apart from ``reader``, whose small invitations
go through the library: diaries hold thousands of entries, of which a broken one must not spoil the others.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scheduler.errors import BadInput
from scheduler.words import Words

LARGEST = 20_000_000
"""Octets; ten thousand appointments with their descriptions are as large."""

MOST_LINES = 1_000_000
LONGEST_LINE = 1_000_000
"""Characters of an unfolded line that is read: thirty thousand periods."""

MOST_ENTRIES = 50_000
DEEPEST = 8
"""Components within components; a calendar has three at most."""

DAMAGED = {
    "en": "the calendar is damaged: a part ends that never began",
    "nl": "de agenda is beschadigd: een deel eindigt dat nooit begon",
}
CUT_OFF = {"en": "the calendar is cut off", "nl": "de agenda is afgebroken"}
NO_CALENDAR = {"en": "this is no calendar", "nl": "dit is geen agendabestand"}
WHOLE_FILE = {"en": "give a whole .ics file", "nl": "kies een volledig .ics-bestand"}

_EVENT, _FREE_BUSY, _ZONE, _OBSERVANCE = "VEVENT", "VFREEBUSY", "VTIMEZONE", "OBSERVANCE"
_KINDS = {
    ("VCALENDAR", "VEVENT"): _EVENT,
    ("VCALENDAR", "VFREEBUSY"): _FREE_BUSY,
    ("VCALENDAR", "VTIMEZONE"): _ZONE,
    ("VCALENDAR", "VTIMEZONE", "STANDARD"): _OBSERVANCE,
    ("VCALENDAR", "VTIMEZONE", "DAYLIGHT"): _OBSERVANCE,
}
_TIMES = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"})
_READ: Mapping[str, frozenset[str]] = {
    _EVENT: _TIMES
    | {"UID", "SEQUENCE", "DURATION", "RRULE", "STATUS", "TRANSP"}
    | {"X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-ALLDAYEVENT"},
    _FREE_BUSY: frozenset({"FREEBUSY"}),
    _ZONE: frozenset({"TZID", "X-LIC-LOCATION"}),
    _OBSERVANCE: frozenset({"DTSTART", "RDATE", "RRULE", "TZOFFSETFROM", "TZOFFSETTO"}),
}
_BREAK = re.compile("\r\n?")
_FOLD = re.compile("\n[ \t]")
_PARAMETER = re.compile(r'(?:"[^"]*"|[^";])+')


@dataclass(frozen=True, slots=True)
class Property:
    """A content line: its value as written, and its parameters by name, unquoted."""

    value: str
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Component:
    """An event, free/busy times, or one season of a time zone: the properties that are read, by name."""

    properties: dict[str, list[Property]] = field(default_factory=dict)

    def all(self, name: str) -> list[Property]:
        """Return every property of this name, in the order of the file."""
        return self.properties.get(name, [])

    def first(self, name: str) -> Property | None:
        """Return the first property of this name."""
        return next(iter(self.properties.get(name, ())), None)

    def word(self, name: str) -> str:
        """Return the first value of this name in capitals; empty where there is none."""
        found = self.first(name)
        return "" if found is None else found.value.strip().upper()


@dataclass(frozen=True, slots=True)
class ZoneDescription:
    """A VTIMEZONE, not yet understood."""

    head: Component = field(default_factory=Component)
    seasons: list[Component] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a calendar holds that matters for busy times."""

    events: list[Component] = field(default_factory=list)
    free_busy: list[Component] = field(default_factory=list)
    zones: list[ZoneDescription] = field(default_factory=list)


def scan(data: bytes) -> Scanned:
    """Return the components of one or several VCALENDARs.

    Raises ``BadInput`` for anything else, for one that is cut off, and for one that is too large.
    """
    scanned = Scanned()
    opened: list[str] = []
    current: Component | None = None
    began = False
    for line in _lines(data):
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        if name == "BEGIN":
            opened.append(_component_name(line))
            current = _open(scanned, opened)
            began = began or opened == ["VCALENDAR"]
        elif name == "END":
            if not opened or opened.pop() != _component_name(line):
                raise BadInput(DAMAGED, place="calendar", remedy=WHOLE_FILE)
            current = _reopened(scanned, opened)
        elif current is not None and name in _READ[_KINDS[tuple(opened)]]:
            current.properties.setdefault(name, []).append(_property(name, line))
    if opened or not began:
        raise BadInput(CUT_OFF if began else NO_CALENDAR, place="calendar", remedy=WHOLE_FILE)
    return scanned


def _lines(data: bytes) -> Iterator[str]:
    """Return the unfolded lines; what is not UTF-8 stands in texts, of which none is read."""
    if len(data) > LARGEST:
        raise BadInput(
            {
                "en": f"the calendar is {len(data) / 1e6:.0f} MB large",
                "nl": f"de agenda is {len(data) / 1e6:.0f} MB groot",
            },
            place="calendar",
            remedy={
                "en": f"at most {LARGEST / 1e6:.0f} MB are read; export fewer years, or free/busy times only",
                "nl": f"hoogstens {LARGEST / 1e6:.0f} MB wordt gelezen; exporteer minder jaren, of alleen "
                "vrije en bezette tijden",
            },
        )
    text = _FOLD.sub("", _BREAK.sub("\n", data.decode("utf-8-sig", errors="replace")))
    if text.count("\n") > MOST_LINES:
        raise _too_many(MOST_LINES, {"en": "lines", "nl": "regels"})
    return iter(text.split("\n"))


def _too_many(most: int, what: Words) -> BadInput:
    return BadInput(
        {
            "en": f"the calendar has more than {most} {what['en']}",
            "nl": f"de agenda heeft meer dan {most} {what['nl']}",
        },
        place="calendar",
    )


def _component_name(line: str) -> str:
    return line.partition(":")[2].strip().upper()


def _open(scanned: Scanned, opened: list[str]) -> Component | None:
    """Return where the properties of the component that begins go; ``None`` where they are not read."""
    if len(opened) > DEEPEST:
        raise _too_many(DEEPEST, {"en": "parts within each other", "nl": "delen binnen elkaar"})
    kind = _KINDS.get(tuple(opened))
    if kind is None:
        return None
    if len(scanned.events) + len(scanned.free_busy) + len(scanned.zones) >= MOST_ENTRIES:
        raise _too_many(MOST_ENTRIES, {"en": "entries", "nl": "afspraken"})
    if kind == _ZONE:
        scanned.zones.append(ZoneDescription())
        return scanned.zones[-1].head
    kept = {
        _EVENT: scanned.events,
        _FREE_BUSY: scanned.free_busy,
        _OBSERVANCE: scanned.zones[-1].seasons if scanned.zones else [],
    }[kind]
    kept.append(Component())
    return kept[-1]


def _reopened(scanned: Scanned, opened: list[str]) -> Component | None:
    """Return where the rest of the component goes within which another has just ended."""
    match _KINDS.get(tuple(opened)):
        case "VEVENT":
            return scanned.events[-1]
        case "VFREEBUSY":
            return scanned.free_busy[-1]
        case "VTIMEZONE":
            return scanned.zones[-1].head
    return None


def _property(name: str, line: str) -> Property:
    """Return a line apart; names of zones may hold colons, even unquoted, and times hold none."""
    if len(line) > LONGEST_LINE:
        message = {
            "en": f"the calendar holds a line of more than {LONGEST_LINE} characters",
            "nl": f"de agenda bevat een regel van meer dan {LONGEST_LINE} tekens",
        }
        raise BadInput(message, place=name)
    if name in _TIMES:
        head, _, value = line.rpartition(":")
    elif ";" not in line.partition(":")[0]:
        head, _, value = line.partition(":")
    else:
        head, value = _split_quoted(line)
    _, *parameters = _PARAMETER.findall(head)
    pairs = (parameter.partition("=") for parameter in parameters)
    return Property(value.strip(), {key.strip().upper(): text.strip().strip('"') for key, _, text in pairs})


def _split_quoted(line: str) -> tuple[str, str]:
    """Return what stands before and after the first colon outside quotation marks."""
    quoted = False
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return line[:place], line[place + 1 :]
    return line, ""
