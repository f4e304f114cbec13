"""Events and free/busy times of a foreign calendar, as values: when they are, whether they take time, how they repeat.

Owns the reading of single values; which stretches of time come of them is the business of ``busy``. An entry without a
usable start, end or rule is refused with its reason (``Skipped``); a broken exception to a series is told to ``minor``
and leaves the series standing, since a time too many forbids less than a meeting that nobody can attend.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.ical.foreign_zones import AnyZone, Assumed, Zone, Zones, wall_time
from scheduler.ical.recurrence import NoRule, Rule, TooOften, read_rule
from scheduler.ical.scanning import Component, Property

LONGEST_RULE = 2_000
ONE_DAY = timedelta(days=1)

_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_LENGTH = re.compile(
    r"\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?", re.ASCII
)
_WALL_LENGTH = len("20270301T093000")
_UTC = Zone(ZoneInfo("UTC"))
_FREE_FOR_OUTLOOK = frozenset({"FREE", "WORKINGELSEWHERE"})


class Skip(StrEnum):
    """Why an entry, or a part of it, was left out."""

    TOO_OFTEN = "too_often"
    TOO_MUCH = "too_much"
    RULE = "rule"
    START = "start"
    END = "end"
    BACKWARDS = "backwards"
    PERIOD = "period"
    EXCEPTION = "exception"
    LATER_TOO = "later_too"


class Skipped(Exception):
    """An entry that cannot be used."""

    def __init__(self, reason: Skip) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class Standing(StrEnum):
    """Whether an entry takes the time of the diary's owner."""

    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time in its zone, or a day: midnight in the zone of the diary's owner."""

    wall: datetime
    is_day: bool
    zone: AnyZone

    @property
    def instant(self) -> datetime:
        """Return the instant in UTC."""
        return self.zone.instant(self.wall)


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts: days on the calendar, then time that passes (RFC 5545 section 3.8.5.3)."""

    days: int = 0
    exact: timedelta = timedelta(0)

    def end(self, start: Moment, instant: datetime) -> datetime:
        """Return when, in UTC, what begins at ``start``, which is ``instant``, ends."""
        if self.days:
            instant = start.zone.instant(start.wall + self.days * ONE_DAY)
        return instant + self.exact


@dataclass(frozen=True, slots=True)
class Event:
    """An event, a series, or one changed occurrence of a series (``replaces``)."""

    uid: str
    sequence: int
    standing: Standing
    start: Moment
    length: Length
    rules: tuple[Rule, ...]
    added: tuple[tuple[Moment, Length | None], ...]
    removed: tuple[Moment, ...]
    replaces: Moment | None

    @property
    def assumed(self) -> Assumed | None:
        """Return why the zone of its start was assumed, if it was."""
        return None if self.start.is_day else self.start.zone.assumed


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the components of one calendar, whose ``zones`` it knows."""

    zones: Zones
    minor: Callable[[Skip], None]

    def event(self, component: Component) -> Event:
        """Return an event; raise ``Skipped`` for one that cannot be used."""
        start, end = self._only(component, "DTSTART"), self._only(component, "DTEND")
        if start is None:
            raise Skipped(Skip.START)
        if end is None and component.first("DTEND"):
            raise Skipped(Skip.END)
        if component.word("X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE":
            start, end = self._whole_days(start), end and self._whole_days(end)
        rules = _rules(component)
        if start.is_day:
            rules = tuple(replace(rule, times=(frozenset(),) * 3) for rule in rules)
        return Event(
            uid=_value(component, "UID"),
            sequence=_sequence(component),
            standing=_standing(component),
            start=start,
            length=_length_until(start, end) if end else _duration(component, start),
            rules=rules,
            added=tuple(self._added(component)),
            removed=tuple(self._removed(component)),
            replaces=self._replaces(component),
        )

    def periods(self, component: Component) -> Iterator[tuple[datetime, datetime, bool]]:
        """Yield the busy periods of a VFREEBUSY, in UTC, and whether they are tentative."""
        for listed in component.all("FREEBUSY"):
            kind = listed.parameters.get("FBTYPE", "BUSY").upper()
            for value in self._values(listed) if kind != "FREE" else ():
                period = self._period(listed, value)
                if period is None:
                    self.minor(Skip.PERIOD)
                else:
                    start, length = period
                    instant = start.instant
                    yield instant, length.end(start, instant), kind == "BUSY-TENTATIVE"

    def _only(self, component: Component, name: str) -> Moment | None:
        found = component.first(name)
        return self._moment(found, found.value) if found else None

    def _moment(self, found: Property, text: str) -> Moment | None:
        """Return a day or a wall time; ``None`` for what is neither."""
        text = text.strip().upper()
        day = _DAY.fullmatch(text)
        wall = wall_time(f"{text}T000000") if day else wall_time(text)
        if wall is None or (not day and text[_WALL_LENGTH:] not in {"", "Z"}):
            return None
        if day:
            return Moment(wall, is_day=True, zone=Zone(self.zones.own))
        zone = _UTC if text.endswith("Z") else self.zones.named(found.parameters.get("TZID"))
        return Moment(wall, is_day=False, zone=zone)

    def _whole_days(self, moment: Moment) -> Moment:
        return Moment(datetime.combine(moment.wall, time()), is_day=True, zone=Zone(self.zones.own))

    def _values(self, listed: Property) -> Iterator[str]:
        for value in listed.value.split(","):
            self.zones.budget.spend()
            yield value

    def _added(self, component: Component) -> Iterator[tuple[Moment, Length | None]]:
        for listed in component.all("RDATE"):
            for value in self._values(listed):
                moment = self._moment(listed, value)
                period = self._period(listed, value) if moment is None else (moment, None)
                if period is None:
                    self.minor(Skip.EXCEPTION)
                else:
                    yield period

    def _removed(self, component: Component) -> Iterator[Moment]:
        for listed in component.all("EXDATE"):
            for value in self._values(listed):
                moment = self._moment(listed, value)
                if moment is None:
                    self.minor(Skip.EXCEPTION)
                else:
                    yield moment

    def _replaces(self, component: Component) -> Moment | None:
        found = component.first("RECURRENCE-ID")
        if found is None:
            return None
        moment = self._moment(found, found.value)
        if moment is None:
            raise Skipped(Skip.EXCEPTION)
        if "RANGE" in found.parameters:
            self.minor(Skip.LATER_TOO)
        return moment

    def _period(self, listed: Property, text: str) -> tuple[Moment, Length] | None:
        """Return a period, given by its end or its length."""
        begins, _, ends = text.partition("/")
        start = self._moment(listed, begins)
        if start is None:
            return None
        length = _read_length(ends)
        if length is None:
            end = self._moment(listed, ends)
            length = None if end is None else Length(exact=end.instant - start.instant)
        return None if length is None or length.exact < timedelta(0) else (start, length)


def _standing(component: Component) -> Standing:
    """Return whether an event takes time; what Outlook says in its own words is more exact than the standard's."""
    if component.word("STATUS") == "CANCELLED":
        return Standing.FREE
    match component.word("X-MICROSOFT-CDO-BUSYSTATUS"):
        case "BUSY" | "OOF":
            return Standing.BUSY
        case "TENTATIVE":
            return Standing.TENTATIVE
        case word if word in _FREE_FOR_OUTLOOK:
            return Standing.FREE
    if component.word("TRANSP") == "TRANSPARENT":
        return Standing.FREE
    return Standing.TENTATIVE if component.word("STATUS") == "TENTATIVE" else Standing.BUSY


def _rules(component: Component) -> tuple[Rule, ...]:
    try:
        found = tuple(read_rule(_short(listed.value)) for listed in component.all("RRULE"))
    except TooOften:
        raise Skipped(Skip.TOO_OFTEN) from None
    except NoRule:
        raise Skipped(Skip.RULE) from None
    if any(rule.until and wall_time(f"{rule.until[:8]}T000000") is None for rule in found):
        raise Skipped(Skip.RULE)
    return found


def _short(rule: str) -> str:
    if len(rule) > LONGEST_RULE:
        raise NoRule
    return rule


def _length_until(start: Moment, end: Moment) -> Length:
    """Return the length of an event that says when it ends; a whole day that ends as it begins lasts one day."""
    if start.is_day and end.is_day:
        days = (end.wall - start.wall).days
        length = Length(days=days or 1)
    else:
        length = Length(exact=end.instant - start.instant)
    if length.days < 0 or length.exact < timedelta(0):
        raise Skipped(Skip.BACKWARDS)
    return length


def _duration(component: Component, start: Moment) -> Length:
    """Return the length of an event that says how long it lasts, or says nothing (RFC 5545 section 3.6.1)."""
    found = component.first("DURATION")
    if found is None:
        return Length(days=1) if start.is_day else Length()
    length = _read_length(found.value)
    if length is None:
        raise Skipped(Skip.END)
    return replace(length, days=length.days or 1, exact=timedelta(0)) if start.is_day else length


def _read_length(text: str) -> Length | None:
    found = _LENGTH.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return Length(weeks * 7 + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))


def _sequence(component: Component) -> int:
    text = _value(component, "SEQUENCE")
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0


def _value(component: Component, name: str) -> str:
    found = component.first(name)
    return found.value if found else ""


def until_of(rule: Rule, event: Event) -> Callable[[datetime], bool]:
    """Return whether a wall time of ``event`` still belongs to the series.

    The standard wants a day for days and UTC for times; real calendars mix them, and mean the last occurrence by both.
    """
    last = wall_time(rule.until) or wall_time(f"{rule.until[:8]}T000000")
    if not rule.until or last is None:
        return lambda _wall: True
    if len(rule.until) == len("20270301"):
        return lambda wall: wall.date() <= last.date()
    if not rule.until.endswith("Z"):
        return lambda wall: wall <= last
    instant, zone, is_day = last.replace(tzinfo=UTC), event.start.zone, event.start.is_day
    return lambda wall: zone.instant(wall) <= instant or (is_day and wall.date() <= last.date())
