"""When somebody is busy by a foreign calendar: stretches of time and nothing else.

Owns what comes of the entries within the days asked for: series with their exceptions worked out, whole days from
midnight to midnight where the diary's owner works, everything merged. An entry that cannot be read is left out and
counted with its reason, while the others are used. What a calendar may cost is bounded before it is looked at.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from scheduler.errors import BadInput
from scheduler.ical.foreign_events import Event, Length, Moment, Reader, Skip, Skipped, Standing, until_of
from scheduler.ical.foreign_zones import Assumed, Zones
from scheduler.ical.recurrence import Budget, TooMuch, occurrences
from scheduler.ical.scanning import scan

MOST_STEPS = 500_000
"""Periods, days and listed times that the series of one calendar may cost together."""

MOST_STEPS_OF_ONE = 100_000
"""Of these for one series: every day of 270 years."""

MOST_TIMES = 200_000
"""Stretches of time of one kind that one calendar may come to."""

LONGEST = timedelta(days=4000)
"""How long one occurrence of a series lasts at most."""

MARGIN = timedelta(days=2)
"""By how much wall times may be off from UTC, with something to spare."""

BEFORE = timedelta(days=400)
"""From when the clock changes of a described zone are worked out: the change before the first day matters too."""


NO_ENTRY_READABLE = {
    "en": "the calendar holds no entry that can be read",
    "nl": "de agenda bevat geen leesbare afspraak",
}


class NothingReadable(BadInput):
    """A calendar with entries of which none can be read."""

    def __init__(self, skipped: Mapping[Skip, int]) -> None:
        """Keep the reasons."""
        super().__init__(NO_ENTRY_READABLE, place="calendar")
        self.skipped = skipped


Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of busy time: aware instants in UTC, the end exclusive."""

    start: datetime
    end: datetime
    all_day: bool
    tentative: bool


@dataclass(frozen=True, slots=True)
class BusyReading:
    """What a calendar says.

    ``times`` are in order; those of one kind (whole days or hours, certain or tentative) neither overlap nor touch.
    ``entries`` counts what was read; ``skipped`` what was left out, by reason; ``assumed`` the entries whose zone was.
    """

    times: tuple[Busy, ...]
    entries: int
    skipped: Mapping[Skip, int]
    assumed: Mapping[Assumed, int]


def read_busy(data: bytes, zone: str, first: date, last: date) -> BusyReading:
    """Return when the owner of a calendar is busy from ``first`` to ``last``, both included, as days in ``zone``.

    Raises ``BadInput`` for what is no calendar, is damaged or too large, or holds entries of which none can be read.
    """
    own = ZoneInfo(zone)
    starts = datetime.combine(first, time(), tzinfo=own).astimezone(UTC)
    ends = datetime.combine(last + timedelta(days=1), time(), tzinfo=own).astimezone(UTC)
    return _Reading(starts, ends).of(data, own)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time with as few stretches as possible: disjoint, with a gap between any two, in order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


@dataclass(slots=True)
class _Reading:
    """One reading under way: between which instants, what it has found, and what it may still cost."""

    starts: datetime
    ends: datetime
    budget: Budget = field(default_factory=lambda: Budget(MOST_STEPS))
    found: dict[tuple[bool, bool], list[Span]] = field(default_factory=lambda: defaultdict(list))
    lost: int = 0
    skipped: Counter[Skip] = field(default_factory=Counter)
    assumed: Counter[Assumed] = field(default_factory=Counter)

    def of(self, data: bytes, own: ZoneInfo) -> BusyReading:
        scanned = scan(data)
        since, until = self.starts.replace(tzinfo=None) - BEFORE, self.ends.replace(tzinfo=None) + MARGIN
        reader = Reader(Zones(own, scanned.zones, since, until, self.budget), self._note)
        for component in scanned.free_busy:
            with self._usable():
                for start, end, tentative in reader.periods(component):
                    self._add(start, end, tentative=tentative, all_day=False)
        events: dict[str, list[Event]] = defaultdict(list)
        for number, component in enumerate(scanned.events):
            with self._usable():
                event = reader.event(component)
                events[event.uid or f"without a UID, {number}"].append(event)
        for group in events.values():
            self._take(group)
        entries = len(scanned.events) + len(scanned.free_busy)
        if entries and self.lost == entries:
            raise NothingReadable(dict(self.skipped))
        times = [Busy(*span, *kind) for kind, spans in self.found.items() for span in merged(spans)]
        return BusyReading(
            tuple(sorted(times, key=attrgetter("start", "end", "all_day", "tentative"))),
            entries - self.lost,
            dict(self.skipped),
            dict(self.assumed),
        )

    def _take(self, group: list[Event]) -> None:
        """Add what the events of one UID come to: series, and the occurrences that were changed."""
        changed = {
            event.replaces.instant: event
            for event in sorted(group, key=lambda event: event.sequence)
            if event.replaces is not None
        }
        for event in group:
            with self._usable():
                if event.replaces is None:
                    self._add_series(event, [entry.replaces for entry in changed.values() if entry.replaces])
                elif changed[event.replaces.instant] is event:
                    self._add_series(replace(event, rules=(), added=(), removed=()), ())
                if event.assumed:
                    self.assumed[event.assumed] += 1

    def _add_series(self, event: Event, changed: Iterable[Moment]) -> None:
        if event.standing is Standing.FREE:
            return
        elsewhere = tuple(_left_out(event, (*event.removed, *changed)))
        instants = {gone for gone in elsewhere if isinstance(gone, datetime)}
        days = {gone for gone in elsewhere if not isinstance(gone, datetime)}
        tentative = event.standing is Standing.TENTATIVE
        for moment, length in self._occurrences(event):
            start = moment.instant
            if start not in instants and (not days or moment.wall.date() not in days):
                self._add(start, length.end(moment, start), tentative=tentative, all_day=moment.is_day)

    def _occurrences(self, event: Event) -> Iterator[tuple[Moment, Length]]:
        yield event.start, event.length
        for moment, length in event.added:
            yield moment, length or event.length
        own = Budget(min(MOST_STEPS_OF_ONE, self.budget.steps))
        before = own.steps
        reach = min(event.length.days * timedelta(days=1) + event.length.exact, LONGEST) + MARGIN
        first, last = self.starts.replace(tzinfo=None) - reach, self.ends.replace(tzinfo=None) + MARGIN
        try:
            for rule in event.rules:
                within = until_of(rule, event)
                for wall in occurrences(rule, event.start.wall, first, last, own):
                    if not within(wall):
                        break
                    yield Moment(wall, event.start.is_day, event.start.zone), event.length
        finally:
            self.budget.steps -= before - max(own.steps, 0)

    def _add(self, start: datetime, end: datetime, *, tentative: bool, all_day: bool) -> None:
        start, end = max(start, self.starts), min(end, self.ends)
        if start >= end:
            return
        spans = self.found[all_day, tentative]
        if len(spans) >= MOST_TIMES:
            spans[:] = merged(spans)
            if len(spans) > MOST_TIMES // 2:
                raise TooMuch
        spans.append((start, end))

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """Count an entry that cannot be used, with its reason, and go on to the next."""
        try:
            yield
        except Skipped as skipped:
            self._lose(skipped.reason)
        except TooMuch:
            self._lose(Skip.TOO_MUCH)
        except OverflowError:  # at the edges of the calendar, in the years 1 and 9999
            self._lose(Skip.START)

    def _lose(self, reason: Skip) -> None:
        self.lost += 1
        self._note(reason)

    def _note(self, reason: Skip) -> None:
        self.skipped[reason] += 1


def _left_out(event: Event, moments: Iterable[Moment]) -> Iterator[datetime | date]:
    """Yield the instants at which a series does not occur, and the days where only a day is named."""
    for moment in moments:
        if moment.is_day or event.start.is_day:
            yield moment.wall.date()
        else:
            yield moment.instant
