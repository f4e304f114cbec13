"""How the minutes of a meeting are spent: fixed parts, pauses, and exact shares for what is between them.

Owns the tables of fixed parts for each form of meeting, the pauses of a day and the arithmetic that makes
minutes sum exactly. Pure. What is talked about is chosen in ``selection``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

LONGEST_SITTING = 120
"""Minutes: interpreters and attention both give out after two hours."""

BREAK_MINUTES = 15
LUNCH_MINUTES = 60
LUNCH_FROM, LUNCH_FROM_UNTIMED = 240, 300
"""Minutes: four hours across midday want a lunch; five hours cannot avoid midday, whenever they begin."""

LUNCH_TIME = time(12, 30)
EARLIEST_LUNCH, AFTER_LUNCH = 60, 30
"""Minutes: a lunch in the first hour of a day is taken before it, and one that only goodbyes would follow after it."""

CLOCK_STEP, CLOCK_STEP_FROM = 5, 25
"""Minutes: from so long a meeting on items are counted in fives, as people read a clock; below, every minute counts."""

SHORTEST_SESSION = 30
MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A fixed part of a meeting, such as its opening; ``covers`` are the kinds that it does in one, with its own."""

    kind: str
    minutes: int
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """The minutes of the fixed parts in a day of at least so many minutes; a part of none is done with another."""

    at_least: int
    first: tuple[int, ...]
    last: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of meeting: its fixed parts at the very start, at the very end, and at the start of each further day.

    Where it ``has_sessions`` each sitting wants one, also without a subject on record; else subjects last. ``lunch`` is
    what it is called: only those who negotiate go on over it.
    """

    first: tuple[str, ...]
    last: tuple[str, ...]
    daily: str | None
    tiers: tuple[Tier, ...]
    has_sessions: bool = False
    lunch: str = "working_lunch"


DIALOGUE = Form(
    first=("opening", "adoption", "actions"),
    last=("other_business", "next_round", "readout"),
    daily=None,
    tiers=(
        Tier(240, (10, 5, 20), (10, 5, 10)),
        Tier(120, (5, 5, 10), (5, 5, 5)),
        Tier(90, (5, 5, 5), (5, 5, 5)),
        Tier(60, (5, 0, 5), (5, 5, 0)),
        Tier(45, (5, 0, 5), (0, 5, 0)),
        Tier(25, (5, 0, 0), (0, 5, 0)),
        Tier(10, (1, 0, 1), (0, 1, 0)),
        Tier(1, (0, 0, 0), (0, 0, 0)),
    ),
)
"""At most a third of any length is procedure; in a call of minutes only the substance is left."""

CONFERENCE = Form(
    first=("welcome",),
    last=("conclusions", "next_round"),
    daily="day_opening",
    tiers=(
        Tier(240, (20,), (20, 10)),
        Tier(60, (10,), (5, 5)),
        Tier(25, (5,), (5, 0)),
        Tier(10, (1,), (1, 1)),
        Tier(1, (0,), (0, 0)),
    ),
    has_sessions=True,
    lunch="lunch",
)

TRAINING = Form(
    first=("welcome",),
    last=("evaluation",),
    daily="day_opening",
    tiers=(
        Tier(240, (30,), (30,)),
        Tier(60, (10,), (10,)),
        Tier(25, (5,), (5,)),
        Tier(10, (1,), (1,)),
        Tier(1, (0,), (0,)),
    ),
    has_sessions=True,
    lunch="lunch",
)

FORMS: Mapping[str, Form] = {"conference": CONFERENCE, "training": TRAINING}
"""Other kinds of obligation meet as a dialogue does."""

DAILY_MINUTES, DAILY_FROM = 15, 300
"""Minutes of looking back and ahead, in days of at least so many."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A break or lunch, best at ``target`` minutes after the start of the day."""

    kind: str
    target: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day's fixed parts and pauses; ``room`` is what is left of its ``minutes`` for the subjects."""

    minutes: int
    first: tuple[Part, ...]
    last: tuple[Part, ...]
    pauses: tuple[Pause, ...]
    room: int


def form_of(kind: str) -> Form:
    """Return the form in which an obligation of this kind meets."""
    return FORMS.get(kind, DIALOGUE)


def days_of(form: Form, days: int, minutes: int, start: time | None) -> tuple[Day, ...]:
    """Return each day's fixed parts, pauses and room; the parts and the room of a day sum to ``minutes``."""
    tier = next(tier for tier in form.tiers if minutes >= tier.at_least)
    opening, closing = _parts(form.first, tier.first), _parts(form.last, tier.last)
    again = (Part(form.daily, DAILY_MINUTES, (form.daily,)),) if form.daily and minutes >= DAILY_FROM else ()
    pauses = pauses_of(minutes, start)
    result = []
    for number in range(days):
        first = opening if number == 0 else again
        last = closing if number == days - 1 else ()
        spent = sum(part.minutes for part in (*first, *last)) + sum(pause.minutes for pause in pauses)
        result.append(Day(minutes, first, last, pauses, minutes - spent))
    return tuple(result)


def pauses_of(minutes: int, start: time | None) -> tuple[Pause, ...]:
    """Return the pauses of a day: lunch near midday if it is long enough, a break in any sitting over two hours."""
    lunch = _lunch(minutes, start)
    if lunch is None:
        return _breaks(0, minutes)
    return (
        *_breaks(0, lunch),
        Pause("lunch", lunch, LUNCH_MINUTES),
        *_breaks(lunch + LUNCH_MINUTES, minutes),
    )


def sessions_of(day: Day) -> tuple[int, ...]:
    """Return the minutes of one session for each sitting of a day; what is too short for one goes to the one before."""
    starts = [
        sum(part.minutes for part in day.first),
        *(pause.target + pause.minutes for pause in day.pauses),
    ]
    ends = [*(pause.target for pause in day.pauses), day.minutes - sum(part.minutes for part in day.last)]
    sittings = [end - start for start, end in zip(starts, ends, strict=True)]
    if len(sittings) > 1 and sittings[-1] < SHORTEST_SESSION:
        return (*sittings[:-2], sum(sittings[-2:]))
    return tuple(sittings)


def grain_of(minutes: int) -> int:
    """Return the step in which items are counted."""
    return CLOCK_STEP if minutes >= CLOCK_STEP_FROM else 1


def share(room: int, least: Sequence[int], grain: int, weights: Sequence[int] = ()) -> tuple[int, ...]:
    """Return minutes for each, that sum to ``room``: at least ``least``, and of what is spare a part.

    Spare time is dealt out by ``weights``, else in proportion to ``least``, in steps of ``grain`` by largest
    remainder; the odd minutes go to the first of the longest. Where even the least does not fit, the room itself is
    dealt out in proportion to it.
    """
    total = sum(least)
    if total > room:
        return _largest_remainder(room, least)
    steps, odd = divmod(room - total, grain)
    spare = _largest_remainder(steps, weights or least)
    minutes = [base + grain * extra for base, extra in zip(least, spare, strict=True)]
    minutes[minutes.index(max(minutes))] += odd
    return tuple(minutes)


def spread(least: Sequence[int], rooms: Sequence[int]) -> tuple[int | None, ...]:
    """Return for each subject, in order, the day it falls on; ``None`` where no day has room left for it.

    Subjects spread over the days in proportion to the time they need, and never go back a day.
    """
    total, all_room = sum(least) or 1, sum(rooms)
    ends = [sum(rooms[: number + 1]) for number in range(len(rooms))]
    left = list(rooms)
    day, before, answer = 0, 0, list[int | None]()
    for need in least:
        start = before * all_room // total
        before += need
        day = max(day, next((number for number, end in enumerate(ends) if start < end), len(rooms) - 1))
        fitting = next((number for number in range(day, len(rooms)) if left[number] >= need), None)
        if fitting is not None:
            day = fitting
            left[day] -= need
        answer.append(fitting)
    return tuple(answer)


def _parts(kinds: Sequence[str], minutes: Sequence[int]) -> tuple[Part, ...]:
    """Return the parts that have minutes; each covers those without behind it, the first also those before it."""
    timed = [number for number, length in enumerate(minutes) if length]
    ends = [*timed[1:], len(kinds)]
    starts = [0, *timed[1:]]
    return tuple(
        Part(kinds[own], minutes[own], tuple(kinds[start:end]))
        for own, start, end in zip(timed, starts, ends, strict=False)
    )


def _lunch(minutes: int, start: time | None) -> int | None:
    if start is None:
        return _on_the_clock((minutes - LUNCH_MINUTES) // 2) if minutes >= LUNCH_FROM_UNTIMED else None
    target = (LUNCH_TIME.hour - start.hour) * MINUTES_AN_HOUR + LUNCH_TIME.minute - start.minute
    fits = EARLIEST_LUNCH <= target <= minutes - LUNCH_MINUTES - AFTER_LUNCH
    return _on_the_clock(target) if fits and minutes >= LUNCH_FROM else None


def _breaks(begin: int, end: int) -> tuple[Pause, ...]:
    """Return the breaks that part the time from ``begin`` to ``end`` into sittings of one length."""
    sittings = -(-(end - begin) // LONGEST_SITTING)
    sitting = (end - begin - BREAK_MINUTES * (sittings - 1)) // sittings
    return tuple(
        Pause("break", _on_the_clock(begin + sitting * number + BREAK_MINUTES * (number - 1)), BREAK_MINUTES)
        for number in range(1, sittings)
    )


def _on_the_clock(minutes: int) -> int:
    return minutes - minutes % CLOCK_STEP


def _largest_remainder(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Return whole numbers in proportion to the weights that sum to ``total``; ties go to the first."""
    whole = sum(weights)
    quotas = [divmod(total * weight, whole) for weight in weights]
    dealt = [quotient for quotient, _ in quotas]
    by_remainder = sorted(range(len(weights)), key=lambda number: -quotas[number][1])
    for number in by_remainder[: total - sum(dealt)]:
        dealt[number] += 1
    return tuple(dealt)
