"""What a diary means: which days it takes for a meeting, and when it is asked again.

Owns the step from busy times to closed days. A diary says when, never what for: no title, place or name of a foreign
calendar comes as far as this. How a calendar is read is the business of ``ical``, what a taken day costs that of
planning.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.dates.slots import days_between
from scheduler.words import FALLBACK, LANGUAGES, Words, say

DIARY = "diary"
"""The kind of closed days that come from here."""

SpanOn = Callable[[date], tuple[datetime, datetime]]
"""The hours that a meeting would take on a day: its aware start and end."""

ONE_DAY = timedelta(days=1)
PAST, AHEAD = timedelta(days=31), timedelta(days=5 * 366)
"""The days that are read of a diary, from today: a little of what was, and as far as anything is planned."""

SHOWN_AHEAD = timedelta(days=90)
"""For how many days from today the busy ones are counted on pages."""

WHOLE_EVERY = timedelta(days=28)
"""How often a diary is read anew although it has not changed, so that series reach far enough ahead."""

LONGEST_WAIT = timedelta(hours=24)
"""How long a diary that keeps failing is left alone at most."""

_TITLE = {"en": "busy in the diary of {post}", "nl": "bezet in de agenda van {post}"}


@dataclass(frozen=True, slots=True)
class BusyTime:
    """When a post (``uk/foreign-secretary``) is busy: aware instants in UTC, the end exclusive.

    ``all_day`` times last from midnight to midnight in the zone of the post's party. ``tentative`` ones are not
    certain.
    """

    post: str
    start: datetime
    end: datetime
    all_day: bool
    tentative: bool


@dataclass(frozen=True, slots=True)
class Diarist:
    """A post with a diary: its name in words, the zone of its party, and when its busy times were read (UTC)."""

    post: str
    title: Words
    zone: str
    read_at: datetime

    @property
    def party(self) -> str:
        """Return the key of the side that the post belongs to."""
        return self.post.partition("/")[0]


def days_read(today: date) -> tuple[date, date]:
    """Return the first and the last day that are read of a diary."""
    return today - PAST, today + AHEAD


def wait_after(failures: int, every: timedelta) -> timedelta:
    """Return how long an address is left alone that is read ``every`` so often and failed so many times in a row."""
    doubled = every * (1 << min(failures, 10))
    return min(doubled, max(every, LONGEST_WAIT))


def hours_on(start: time, end: time, zone: str) -> SpanOn:
    """Return the hours from ``start`` until ``end`` on the clocks of ``zone``.

    For a timed meeting these are its own; for one of whole days the office hours of the post's party.
    """
    place = ZoneInfo(zone)
    return lambda day: (
        datetime.combine(day, start, tzinfo=place),
        datetime.combine(day if end > start else day + ONE_DAY, end, tzinfo=place),
    )


def closed_days_of(busy: Iterable[BusyTime], span_on: SpanOn, diarist: Diarist) -> tuple[ClosedDay, ...]:
    """Return the days that the busy times of ``diarist`` take from a meeting with the hours of ``span_on``, in order.

    A busy time with hours takes the days on which it overlaps those of the meeting; one of whole days takes its days.
    What is certain forbids, what is tentative costs. Times of other posts are left aside.
    """
    effects: dict[date, Effect] = {}
    hours = cache(span_on)
    for time_ in busy:
        if time_.post == diarist.post:
            for day in _days_taken(time_, hours, ZoneInfo(diarist.zone)):
                if not time_.tentative:
                    effects[day] = Effect.FORBIDS
                else:
                    effects.setdefault(day, Effect.COSTS)
    return tuple(_closed(diarist, first, last, effects[first]) for first, last in _runs(effects))


def _days_taken(busy: BusyTime, span_on: SpanOn, zone: ZoneInfo) -> Iterator[date]:
    if busy.all_day:
        last = busy.end.astimezone(zone) - timedelta(microseconds=1)
        yield from days_between(busy.start.astimezone(zone).date(), last.date())
        return
    # A zone is at most fourteen hours from UTC, and the hours of a meeting may end on the next day.
    for day in days_between((busy.start - ONE_DAY).date() - ONE_DAY, (busy.end + ONE_DAY).date()):
        starts, ends = span_on(day)
        if busy.start < ends and starts < busy.end:
            yield day


def _runs(effects: dict[date, Effect]) -> Iterator[tuple[date, date]]:
    """Yield the first and last of consecutive days with the same effect."""
    in_order = sorted(effects)
    numbered = [(day.toordinal() - place, effects[day], day) for place, day in enumerate(in_order)]
    for _, run in groupby(numbered, key=lambda entry: entry[:2]):
        days = [day for *_, day in run]
        yield days[0], days[-1]


def _closed(diarist: Diarist, first: date, last: date, effect: Effect) -> ClosedDay:
    return ClosedDay(
        party=diarist.party,
        first=first,
        last=last,
        title={
            language: _TITLE[language].format(post=say(diarist.title, language)) for language in LANGUAGES
        },
        effect=effect,
        kind=DIARY,
        source=f"diary of {say(diarist.title, FALLBACK)}, as of {diarist.read_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
        basis="stated",
    )
