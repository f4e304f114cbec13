"""Time zones as foreign calendars name them, and the instant that a wall time there means.

Owns the order in which a name is believed: an IANA name, one of Windows, an IANA name at the end of a path (as libical
writes it), what the file's own VTIMEZONE says, and last the zone of whoever owns the diary, which is then assumed.
A wall time that comes twice means its first occurrence, one that is skipped is read by the clock before the change
(RFC 5545 section 3.3.5).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from scheduler.dates.slots import check_zone
from scheduler.errors import BadInput
from scheduler.ical.recurrence import Budget, Frequency, NoRule, TooOften, occurrences, read_rule
from scheduler.ical.scanning import Component, ZoneDescription

LONGEST_NAME = 200
MOST_SEASONS = 400
"""Seasons that one VTIMEZONE may describe; some list every change since 1895."""

_WALL = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)
_UTC_NAMES = frozenset({"UTC", "Z", "GMT", "ETC/UTC", "TZONE://MICROSOFT/UTC"})
_WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}


class Assumed(StrEnum):
    """Why a time was taken to be in the zone of the diary's owner."""

    NO_ZONE = "no_zone"
    UNKNOWN_ZONE = "unknown_zone"


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that ``zoneinfo`` knows; ``assumed`` says why it was taken where the file does not say it."""

    info: ZoneInfo
    assumed: Assumed | None = None

    def instant(self, wall: datetime) -> datetime:
        """Return the instant, in UTC, of a naive wall time."""
        return wall.replace(tzinfo=self.info, fold=0).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class DescribedZone:
    """A zone that only the file itself knows: clock changes as (wall time, offset before, offset after), in order."""

    changes: tuple[tuple[datetime, timedelta, timedelta], ...]
    assumed: Assumed | None = None

    def instant(self, wall: datetime) -> datetime:
        """Return the instant, in UTC, of a naive wall time."""
        place = bisect_right(self.changes, wall, key=lambda change: change[0])
        if place == 0:
            offset = self.changes[0][1]
        else:
            at, before, after = self.changes[place - 1]
            offset = before if wall < at + (after - before) else after
        return (wall - offset).replace(tzinfo=UTC)


AnyZone = Zone | DescribedZone


@dataclass(slots=True)
class Zones:
    """The zones of one calendar, each worked out once, when a time first asks for it."""

    own: ZoneInfo
    descriptions: Iterable[ZoneDescription]
    first: datetime
    last: datetime
    budget: Budget
    _known: dict[str, AnyZone] = field(default_factory=dict)
    _described: dict[str, ZoneDescription] | None = None

    def named(self, name: str | None) -> AnyZone:
        """Return the zone of a TZID; without one, that of the diary's owner."""
        key = name or ""
        if key not in self._known:
            self._known[key] = self._found(key)
        return self._known[key]

    def _found(self, name: str) -> AnyZone:
        if not name:
            return Zone(self.own, Assumed.NO_ZONE)
        info = _known_zone(name)
        if info is not None:
            return Zone(info)
        if self._described is None:
            self._described = {_name_of(entry): entry for entry in self.descriptions}
        description = self._described.get(name)
        if description is None:
            return Zone(self.own, Assumed.UNKNOWN_ZONE)
        location = description.head.first("X-LIC-LOCATION")
        info = _known_zone(location.value) if location else None
        if info is not None:
            return Zone(info)
        changes = sorted(self._changes(description.seasons[:MOST_SEASONS]))
        return DescribedZone(tuple(changes)) if changes else Zone(self.own, Assumed.UNKNOWN_ZONE)

    def _changes(self, seasons: Iterable[Component]) -> Iterator[tuple[datetime, timedelta, timedelta]]:
        for season in seasons:
            before, after = _offset(season, "TZOFFSETFROM"), _offset(season, "TZOFFSETTO")
            if before is not None and after is not None:
                for wall in self._onsets(season):
                    yield wall, before, after

    def _onsets(self, season: Component) -> Iterator[datetime]:
        """Yield when a season begins: at its first time, at those it lists, and yearly within the days asked for."""
        start, rule = season.first("DTSTART"), season.first("RRULE")
        begins = wall_time(start.value) if start else None
        if begins is None:
            return
        yield begins
        for listed in season.all("RDATE"):
            for value in listed.value.split(","):
                self.budget.spend()
                if (wall := wall_time(value)) is not None:
                    yield wall
        with suppress(NoRule, TooOften):
            yearly = read_rule(rule.value) if rule else None
            if yearly is not None and yearly.frequency is Frequency.YEARLY:
                until = wall_time(yearly.until) or self.last
                yield from occurrences(yearly, begins, self.first, min(until, self.last), self.budget)


def wall_time(text: str) -> datetime | None:
    """Return the wall time that ``20270301T093000`` begins with; ``None`` for one that does not exist."""
    found = _WALL.match(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 (a wall time has no zone)
    except ValueError:
        return None


def _known_zone(name: str) -> ZoneInfo | None:
    """Return the zone that everybody means by a name, whatever the file adds to it."""
    if len(name) > LONGEST_NAME:
        return None
    if name.upper() in _UTC_NAMES:
        return ZoneInfo("UTC")
    parts = name.strip().strip("/").split("/")
    candidates = [_WINDOWS.get(name.casefold(), name), *("/".join(parts[-count:]) for count in (3, 2))]
    for candidate in candidates:
        with suppress(BadInput):
            return ZoneInfo(check_zone(candidate))
    return None


def _name_of(description: ZoneDescription) -> str:
    found = description.head.first("TZID")
    return found.value if found else ""


def _offset(season: Component, name: str) -> timedelta | None:
    found = season.first(name)
    match = _OFFSET.fullmatch(found.value) if found else None
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -offset if sign == "-" else offset
