"""VTIMEZONE, with the same rule every year.

Owns the one form of time zone that all calendar programs read alike: one STANDARD and one DAYLIGHT, each with
a yearly RRULE on a numbered weekday (RFC 5545 section 3.6.5; Exchange reads no other). The library's own
generator is not used: it writes lists of dates at the wrong hour, which Thunderbird and others show one hour
late.

The rules are read off ``zoneinfo`` by looking for the clock changes of every year. A zone that keeps no such
rule (Casablanca follows Ramadan; Cairo changes on the day after a Thursday) has none, nor have the years
before the present rule of a zone began: ``keeps_wall_time`` says so, and then times are written in UTC.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.dates.slots import Slot
from scheduler.ical.text import fold

FIRST_YEAR = 1970
LAST_YEAR = 2045
"""The years whose clock changes are compared; ``zoneinfo`` continues the rule of the last one for ever."""

FEWEST_YEARS = 8
"""How many years a rule must have stood: only after seven do the fourth and the last Sunday of a month fall apart."""

_LAST_WEEK = -1
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Onset:
    """A yearly clock change: a weekday of a month, at a wall time of the season that ends.

    ``weeks`` are the numbers that fit every year looked at (1 to 5 from the front, -1 for the last of the
    month).
    """

    month: int
    weekday: int
    weeks: frozenset[int]
    at: time
    offset_from: timedelta
    offset_to: timedelta
    name: str

    @property
    def week(self) -> int:
        """Return the number to write; laws say "the last Sunday" where both that and a count fit."""
        return _LAST_WEEK if _LAST_WEEK in self.weeks else min(self.weeks)


@dataclass(frozen=True, slots=True)
class YearlyRules:
    """The clock changes of a zone, the same every year from ``first_year`` on; none where its clocks never change."""

    first_year: int
    onsets: tuple[Onset, ...]

    @property
    def described_from(self) -> date:
        """Return the first day that a calendar program can work out from these rules alone."""
        return date(self.first_year + 1, 1, 1)


@lru_cache(maxsize=128)
def yearly_rules(zone: str) -> YearlyRules | None:
    """Return the clock changes of an IANA ``zone``, or ``None`` if they do not follow one rule every year."""
    rules = None
    for year in range(LAST_YEAR, FIRST_YEAR - 1, -1):
        found = tuple(_onsets(year, ZoneInfo(zone)))
        onsets = _common(rules.onsets, found) if rules else found
        if onsets is None or len(onsets) not in (0, 2):
            break
        rules = YearlyRules(year, onsets)
    return rules if rules and rules.first_year <= LAST_YEAR - FEWEST_YEARS else None


def keeps_wall_time(slot: Slot) -> bool:
    """Tell whether a timed slot is written in wall time with its zone; where not, the caller must write UTC.

    UTC is for zones and years without a yearly rule, and for wall times that occur twice or never, where programs
    disagree.
    """
    if slot.is_all_day or slot.is_ambiguous or _is_utc(slot.zone):
        return False
    rules = yearly_rules(slot.zone)
    return rules is not None and slot.first_day >= rules.described_from


def timezones(slots: Iterable[Slot]) -> tuple[bytes, ...]:
    """Return the VTIMEZONEs that these slots need when written, each once, by name."""
    return timezones_named(slot.zone for slot in slots if keeps_wall_time(slot))


def timezones_named(zones: Iterable[str]) -> tuple[bytes, ...]:
    """Return the VTIMEZONEs of these IANA zones, each once, by name; a zone without yearly rules has none."""
    return tuple(_timezone(zone, rules) for zone in sorted(set(zones)) if (rules := yearly_rules(zone)))


@lru_cache(maxsize=128)
def _timezone(zone: str, rules: YearlyRules) -> bytes:
    observances = [_observance(onset, rules.first_year) for onset in rules.onsets] or [
        _constant(zone, rules.first_year)
    ]
    lines = [
        "BEGIN:VTIMEZONE",
        f"TZID:{zone}",
        *(line for lines in observances for line in lines),
        "END:VTIMEZONE",
    ]
    return b"".join(fold(line) for line in lines)


def _observance(onset: Onset, year: int) -> list[str]:
    kind = "DAYLIGHT" if onset.offset_to > onset.offset_from else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{_first_day(onset, year):%Y%m%d}T{onset.at:%H%M%S}",
        f"RRULE:FREQ=YEARLY;BYMONTH={onset.month};BYDAY={onset.week}{_WEEKDAYS[onset.weekday]}",
        f"TZOFFSETFROM:{_offset(onset.offset_from)}",
        f"TZOFFSETTO:{_offset(onset.offset_to)}",
        f"TZNAME:{onset.name}",
        f"END:{kind}",
    ]


def _constant(zone: str, year: int) -> list[str]:
    start = datetime(year, 1, 1, tzinfo=ZoneInfo(zone))
    offset = _offset(start.utcoffset() or timedelta(0))
    return [
        "BEGIN:STANDARD",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{offset}",
        f"TZOFFSETTO:{offset}",
        f"TZNAME:{start.tzname()}",
        "END:STANDARD",
    ]


def _first_day(onset: Onset, year: int) -> date:
    """Return the day of the change in ``year``: the one day of its month that has this weekday and this number."""
    days = (date(year, onset.month, day) for day in range(1, monthrange(year, onset.month)[1] + 1))
    return next(day for day in days if day.weekday() == onset.weekday and onset.week in _week_numbers(day))


def _offset(offset: timedelta) -> str:
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")


def _is_utc(zone: str) -> bool:
    rules = yearly_rules(zone)
    return (
        rules is not None
        and not rules.onsets
        and datetime(LAST_YEAR, 1, 1, tzinfo=ZoneInfo(zone)).tzname() == "UTC"
    )


def _common(onsets: tuple[Onset, ...], found: tuple[Onset, ...]) -> tuple[Onset, ...] | None:
    """Return what both years have in common, or ``None`` where they follow different rules."""
    if len(onsets) != len(found):
        return None
    common = tuple(
        replace(one, weeks=one.weeks & other.weeks) for one, other in zip(onsets, found, strict=True)
    )
    alike = all(
        one.weeks and replace(other, weeks=one.weeks) == one for one, other in zip(common, found, strict=True)
    )
    return common if alike else None


def _onsets(year: int, zone: ZoneInfo) -> Iterator[Onset]:
    """Yield the clock changes of a year, each between two noons in UTC that differ in their offset."""
    noon = datetime(year - 1, 12, 31, 12, tzinfo=UTC)
    while noon < datetime(year, 12, 31, 12, tzinfo=UTC):
        following = noon + timedelta(days=1)
        if _offset_at(noon, zone) != _offset_at(following, zone):
            yield _onset(_moment_of_change(noon, following, zone), zone)
        noon = following


def _onset(moment: datetime, zone: ZoneInfo) -> Onset:
    before = _offset_at(moment - timedelta(seconds=1), zone)
    wall = (moment + before).replace(tzinfo=None)
    after = moment.astimezone(zone)
    return Onset(
        month=wall.month,
        weekday=wall.weekday(),
        weeks=_week_numbers(wall.date()),
        at=wall.time(),
        offset_from=before,
        offset_to=_offset_at(moment, zone),
        name=after.tzname() or "",
    )


def _moment_of_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first second of the new offset, by halving the time between."""
    old = _offset_at(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset_at(middle, zone) == old else (before, middle)
    return after


def _week_numbers(day: date) -> frozenset[int]:
    count = (day.day - 1) // 7 + 1
    is_last = day.day + 7 > monthrange(day.year, day.month)[1]
    return frozenset({count, _LAST_WEEK} if is_last else {count})


def _offset_at(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)
