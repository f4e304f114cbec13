"""When exactly: days, wall times, time zones, office hours, working days.

Owns the one rule of time: the wall time and the IANA zone are the truth, and UTC is derived from them by
``zoneinfo``. Nothing here adds to an aware local time. Which days are closed is told by ``closed_days``; how
often something is owed, by ``cadence``.

A wall time that a clock change skips does not exist and is refused. One that a clock change repeats means its
first occurrence (``fold=0``): the clock of the season that is ending, as most people in the room would still
read it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from scheduler.errors import BadInput

SATURDAY = 5
LONGEST_SEARCH = timedelta(days=366)
"""How far a working day is looked for before the table of closed days is held to be wrong."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time in a place: wall times in ``zone``, or whole days when ``start`` is ``None``.

    ``last_day`` is inclusive. A timed slot lasts without a break from ``start`` on the first day until
    ``end`` on the last. Values from outside go through ``timed_slot`` or ``all_day_slot``, which refuse what
    cannot be meant.
    """

    first_day: date
    last_day: date
    start: time | None
    end: time | None
    zone: str

    @property
    def is_all_day(self) -> bool:
        """Tell whether the slot lasts whole days."""
        return self.start is None

    @property
    def days(self) -> tuple[date, ...]:
        """Return every calendar day that the slot touches, in order."""
        return days_between(self.first_day, self.last_day)

    @property
    def local_start(self) -> datetime | None:
        """Return the start as an aware datetime in ``zone``; ``None`` for whole days."""
        return None if self.start is None else _attach(self.first_day, self.start, self.zone)

    @property
    def local_end(self) -> datetime | None:
        """Return the end as an aware datetime in ``zone``; ``None`` for whole days."""
        return None if self.end is None else _attach(self.last_day, self.end, self.zone)

    @property
    def starts_at_utc(self) -> datetime | None:
        """Return the start in UTC; ``None`` for whole days, which begin at another instant in every zone."""
        return None if self.local_start is None else self.local_start.astimezone(UTC)

    @property
    def ends_at_utc(self) -> datetime | None:
        """Return the end in UTC; ``None`` for whole days."""
        return None if self.local_end is None else self.local_end.astimezone(UTC)

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether a clock change repeats or skips the wall time of the start or of the end.

        Calendar programs disagree about such times, so they get UTC (RFC 5545 section 3.3.5 says the first
        occurrence, half of the parsers take the second).
        """
        return any(
            local is not None and local.utcoffset() != local.replace(fold=1).utcoffset()
            for local in (self.local_start, self.local_end)
        )


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours in which an office works, as wall times in its zone."""

    zone: str
    opens: time
    closes: time

    @property
    def tzinfo(self) -> ZoneInfo:
        """Return the zone as a rule of time."""
        return ZoneInfo(self.zone)


def timed_slot(day: date, start: time, end: time, zone: str, *, last_day: date | None = None) -> Slot:
    """Return a slot from ``start`` on ``day`` until ``end`` on ``last_day`` (the same day when left out).

    Raises ``BadInput`` for an unknown zone, an end that is not after the start, and a wall time that a clock
    change skips.
    """
    slot = Slot(day, last_day or day, start, end, check_zone(zone))
    if (slot.last_day, end) <= (day, start):
        raise BadInput(
            {
                "en": f"ends at {slot.last_day} {end:%H:%M}, which is not after its start at {day} {start:%H:%M}",
                "nl": f"eindigt op {slot.last_day} om {end:%H.%M} uur, niet na het begin op {day} om "
                f"{start:%H.%M} uur",
            },
            place="end",
            remedy={
                "en": "give a later end, or a later last day",
                "nl": "geef een later einde, of een latere laatste dag",
            },
        )
    for place, when_day, when in (("start", day, start), ("end", slot.last_day, end)):
        if not exists(when_day, when, zone):
            raise BadInput(
                {
                    "en": f"{when:%H:%M} does not exist on {when_day} in {zone}: the clocks go forward over it",
                    "nl": f"{when:%H.%M} uur bestaat niet op {when_day} in {zone}: de klok slaat dat uur over",
                },
                place=place,
                remedy={
                    "en": "choose a time before or after the hour that is skipped",
                    "nl": "kies een tijd vóór of na het uur dat wordt overgeslagen",
                },
            )
    return slot


def all_day_slot(first_day: date, last_day: date, zone: str) -> Slot:
    """Return a slot of whole days, ``last_day`` included.

    Raises ``BadInput`` for an unknown zone or days out of order.
    """
    if last_day < first_day:
        raise BadInput(
            {
                "en": f"the last day {last_day} lies before the first day {first_day}",
                "nl": f"de laatste dag {last_day} ligt vóór de eerste dag {first_day}",
            },
            place="last_day",
            remedy={
                "en": "give the first day as the last for a single day",
                "nl": "geef voor één dag de eerste dag ook als laatste",
            },
        )
    return Slot(first_day, last_day, None, None, check_zone(zone))


def check_zone(zone: str) -> str:
    """Return ``zone`` if it is a known IANA time zone; raises ``BadInput`` otherwise."""
    if zone not in _known_zones():
        raise BadInput(
            {"en": f"{zone!r} is not a known time zone", "nl": f"{zone!r} is geen bekende tijdzone"},
            place="zone",
            remedy={
                "en": "an IANA name such as Europe/London",
                "nl": "een IANA-naam zoals Europe/Amsterdam",
            },
        )
    return zone


def exists(day: date, wall: time, zone: str) -> bool:
    """Tell whether the clocks in ``zone`` ever show ``wall`` on ``day``: UTC and back must give it again."""
    local = _attach(day, wall, zone)
    back = local.astimezone(UTC).astimezone(local.tzinfo)
    return back.replace(tzinfo=None) == local.replace(tzinfo=None)


def common_hours(day: date, offices: Iterable[OfficeHours], zone: str) -> tuple[datetime, datetime] | None:
    """Return from when until when all offices work on ``day``, as aware datetimes in ``zone``, or ``None``.

    ``day`` is each office's own calendar day, so that offices half a world apart have no hour in common, and the answer
    may fall on another day in a ``zone`` far away.
    """
    spans = [
        (
            _attach(day, office.opens, office.zone).astimezone(UTC),
            _attach(day, office.closes, office.zone).astimezone(UTC),
        )
        for office in offices
    ]
    if not spans:
        return None
    start, end = max(opens for opens, _ in spans), min(closes for _, closes in spans)
    return (start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))) if start < end else None


def working_day_on_or_before(day: date, is_closed: Callable[[date], bool]) -> date:
    """Return ``day``, or the last day before it that is not closed.

    Raises ``BadInput`` when a whole year is closed.
    """
    return _working_day(day, is_closed, timedelta(days=-1))


def working_day_on_or_after(day: date, is_closed: Callable[[date], bool]) -> date:
    """Return ``day``, or the first day after it that is not closed.

    Raises ``BadInput`` when a whole year is closed.
    """
    return _working_day(day, is_closed, timedelta(days=1))


def is_weekend(day: date) -> bool:
    """Tell whether ``day`` is a Saturday or a Sunday."""
    return day.weekday() >= SATURDAY


def days_between(first_day: date, last_day: date) -> tuple[date, ...]:
    """Return every day from ``first_day`` to ``last_day``, both included; none when they are out of order."""
    return tuple(
        date.fromordinal(number) for number in range(first_day.toordinal(), last_day.toordinal() + 1)
    )


@lru_cache(maxsize=1)
def _known_zones() -> frozenset[str]:
    """Return every name; a name from outside is not tried, since ``zoneinfo`` takes it for a path and a package."""
    return frozenset(available_timezones())


def _attach(day: date, wall: time, zone: str) -> datetime:
    return datetime.combine(day, wall.replace(fold=0), tzinfo=ZoneInfo(zone))


def _working_day(day: date, is_closed: Callable[[date], bool], step: timedelta) -> date:
    candidate = day
    while is_closed(candidate):
        candidate += step
        if abs(candidate - day) > LONGEST_SEARCH:
            raise BadInput(
                {
                    "en": f"no working day within a year of {day}",
                    "nl": f"geen werkdag binnen een jaar van {day}",
                },
                place="closed days",
                remedy={
                    "en": "shorten the closed days that cover the whole year",
                    "nl": "verkort de gesloten dagen die het hele jaar beslaan",
                },
            )
    return candidate
