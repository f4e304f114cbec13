"""Recurrence rules of foreign calendars, worked out within bounds.

Owns RFC 5545 section 3.3.10 for rules by the day, week, month and year, in wall times without a zone. What repeats
within a day (SECONDLY, MINUTELY, HOURLY) is refused, and so are week numbers, which no calendar program writes.

``dateutil`` is not used: a rule that never comes true (30 February) lets it search until the year 9999 before it says
a word, and one that began long ago is counted from its beginning. Here every period that is looked at costs one step of
a budget, and without a COUNT the periods before the days asked for are skipped. Tests hold both against each other.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import product

DAYS_OF_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_TIMES_A_DAY = 48
ONE_DAY = timedelta(days=1)

_NUMBER = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_WEEKDAY = re.compile(r"([+-]?\d{1,3})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "RSCALE", "SKIP"}
    | {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS"}
)


class TooOften(ValueError):
    """A rule that repeats within a day."""


class NoRule(ValueError):
    """A rule that cannot be read."""


class TooMuch(Exception):
    """A calendar that would cost more steps than it may."""


@dataclass(slots=True)
class Budget:
    """How many steps a whole calendar may still cost; each is one period, day or time that is looked at."""

    steps: int

    def spend(self, steps: int = 1) -> None:
        """Take steps away; raise ``TooMuch`` where none is left."""
        self.steps -= steps
        if self.steps < 0:
            raise TooMuch


class Frequency(StrEnum):
    """How often a rule can repeat."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence rule. ``until`` stands as written; weekdays are (number or 0, weekday), Monday being 0."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: str = ""
    week_start: int = 0
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    weekdays: frozenset[tuple[int, int]] = frozenset()
    positions: frozenset[int] = frozenset()
    times: tuple[frozenset[int], frozenset[int], frozenset[int]] = field(default=(frozenset(),) * 3)


def read_rule(text: str) -> Rule:
    """Return a rule. Raises ``TooOften`` for one that repeats within a day, ``NoRule`` for one that cannot be read."""
    pairs = [part.partition("=") for part in text.strip().rstrip(";").split(";")]
    parts = {name.strip().upper(): value.strip().upper() for name, _, value in pairs}
    if parts.get("FREQ") in {"SECONDLY", "MINUTELY", "HOURLY"}:
        raise TooOften
    if parts.get("FREQ") not in set(Frequency) or len(parts) != len(pairs) or parts.keys() - _PARTS:
        raise NoRule
    frequency = Frequency(parts["FREQ"])
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.get("SKIP", "OMIT") != "OMIT":
        raise NoRule
    if frequency is Frequency.WEEKLY and parts.keys() & {"BYMONTHDAY", "BYYEARDAY"}:
        raise NoRule
    times = tuple(
        _numbers(parts, name, 0, most) for name, most in (("BYHOUR", 23), ("BYMINUTE", 59), ("BYSECOND", 59))
    )
    if len(times[0] or "1") * len(times[1] or "1") * len(times[2] or "1") > MOST_TIMES_A_DAY:
        raise TooOften
    return Rule(
        frequency=frequency,
        interval=_number(parts, "INTERVAL") or 1,
        count=_number(parts, "COUNT"),
        until=parts.get("UNTIL", ""),
        week_start=_week_start(parts.get("WKST", "MO")),
        months=_numbers(parts, "BYMONTH", 1, 12),
        month_days=_numbers(parts, "BYMONTHDAY", -31, 31) - {0},
        year_days=_numbers(parts, "BYYEARDAY", -366, 366) - {0},
        weekdays=_weekdays(parts.get("BYDAY", ""), frequency),
        positions=_numbers(parts, "BYSETPOS", -366, 366) - {0},
        times=(times[0], times[1], times[2]),
    )


def occurrences(
    rule: Rule, start: datetime, first: datetime, last: datetime, budget: Budget
) -> Iterator[datetime]:
    """Yield the wall times of ``rule`` from ``first`` to ``last``, both included, in order.

    ``start`` is that of the series; as in dateutil it is no occurrence unless the rule says so. Its ``until`` is left
    to the caller, who knows the zone.
    """
    whole = _completed(rule, start)
    hours, minutes, seconds = (sorted(numbers) for numbers in whole.times)
    clocks = [time(*clock) for clock in product(hours, minutes, seconds)]
    left = rule.count
    number = 0 if left is not None else _periods_before(rule, start, first)
    while True:
        budget.spend()
        beginning = _period(rule, start.date(), number)
        if beginning is None or datetime.combine(beginning, time()) > last:
            return
        for wall in _in_period(whole, clocks, beginning, budget):
            if wall < start:
                continue
            if left is not None:
                if left == 0:
                    return
                left -= 1
            if wall > last:
                return
            if wall >= first:
                yield wall
        number += 1


def _completed(rule: Rule, start: datetime) -> Rule:
    """Return the rule with what it leaves to its start: on which day, in which month, at what time."""
    day = start.date()
    hours, minutes, seconds = rule.times
    months, month_days, weekdays = rule.months, rule.month_days, rule.weekdays
    if not (rule.year_days or month_days or weekdays):
        match rule.frequency:
            case Frequency.YEARLY:
                months, month_days = months or frozenset({day.month}), frozenset({day.day})
            case Frequency.MONTHLY:
                month_days = frozenset({day.day})
            case Frequency.WEEKLY:
                weekdays = frozenset({(0, day.weekday())})
    return Rule(
        rule.frequency,
        week_start=rule.week_start,
        months=months,
        month_days=month_days,
        year_days=rule.year_days,
        weekdays=weekdays,
        positions=rule.positions,
        times=(
            hours or frozenset({start.hour}),
            minutes or frozenset({start.minute}),
            seconds or frozenset({start.second}),
        ),
    )


def _periods_before(rule: Rule, start: datetime, first: datetime) -> int:
    """Return how many periods end before ``first`` for certain."""
    days = (first.date() - start.date()).days
    months = (first.year - start.year) * 12 + first.month - start.month
    length = {
        Frequency.DAILY: days,
        Frequency.WEEKLY: days // 7,
        Frequency.MONTHLY: months,
        Frequency.YEARLY: first.year - start.year,
    }[rule.frequency]
    return max(0, length // rule.interval - 1)


def _period(rule: Rule, start: date, number: int) -> date | None:
    """Return the first day of a period, counted from that of ``start``; ``None`` beyond the calendar."""
    ahead = number * rule.interval
    match rule.frequency:
        case Frequency.DAILY:
            ordinal = start.toordinal() + ahead
        case Frequency.WEEKLY:
            ordinal = start.toordinal() - (start.weekday() - rule.week_start) % 7 + 7 * ahead
        case Frequency.MONTHLY:
            year, month = divmod(start.year * 12 + start.month - 1 + ahead, 12)
            return date(year, month + 1, 1) if year < date.max.year else None
        case Frequency.YEARLY:
            return date(start.year + ahead, 1, 1) if start.year + ahead < date.max.year else None
    return date.fromordinal(max(1, ordinal)) if ordinal < date.max.toordinal() - 7 else None


def _in_period(rule: Rule, clocks: list[time], beginning: date, budget: Budget) -> list[datetime]:
    days = [day for day in _candidates(rule, beginning, budget) if _fits(rule, day)]
    walls = [datetime.combine(day, clock) for day in sorted(days) for clock in clocks]
    budget.spend(len(walls))
    if not rule.positions:
        return walls
    places = {place - 1 if place > 0 else len(walls) + place for place in rule.positions}
    return [wall for place, wall in enumerate(walls) if place in places]


def _candidates(rule: Rule, beginning: date, budget: Budget) -> Iterator[date]:
    """Yield the days of a period that are worth a look: by weekday in weeks, by number in months, else all."""
    match rule.frequency:
        case Frequency.DAILY:
            yield beginning
        case Frequency.WEEKLY:
            yield from (beginning + ((day - rule.week_start) % 7) * ONE_DAY for _, day in rule.weekdays)
        case Frequency.MONTHLY:
            yield from _of_month(rule, beginning.year, beginning.month, budget)
        case Frequency.YEARLY:
            for month in sorted(rule.months) or range(1, 13):
                yield from _of_month(rule, beginning.year, month, budget)


def _of_month(rule: Rule, year: int, month: int, budget: Budget) -> Iterator[date]:
    if rule.months and month not in rule.months:
        return
    length = monthrange(year, month)[1]
    numbers = {day if day > 0 else length + 1 + day for day in rule.month_days} or set(range(1, length + 1))
    budget.spend(len(numbers))
    yield from (date(year, month, number) for number in numbers if 1 <= number <= length)


def _fits(rule: Rule, day: date) -> bool:
    if rule.frequency is Frequency.WEEKLY and not rule.months:
        return True  # its days are chosen by weekday
    if rule.months and day.month not in rule.months:
        return False
    length = monthrange(day.year, day.month)[1]
    if rule.month_days and not rule.month_days & {day.day, day.day - length - 1}:
        return False
    year = 366 if isleap(day.year) else 365
    number = day.timetuple().tm_yday
    if rule.year_days and not rule.year_days & {number, number - year - 1}:
        return False
    if not rule.weekdays:
        return True
    if rule.frequency is Frequency.YEARLY and not rule.months:
        place, of = number, year
    else:
        place, of = day.day, length
    which = {0, (place - 1) // 7 + 1, -((of - place) // 7 + 1)}
    return any(weekday == day.weekday() and wanted in which for wanted, weekday in rule.weekdays)


def _number(parts: dict[str, str], name: str) -> int | None:
    text = parts.get(name)
    if text is None:
        return None
    if not _NUMBER.fullmatch(text) or int(text) < 1:
        raise NoRule
    return int(text)


def _numbers(parts: dict[str, str], name: str, least: int, most: int) -> frozenset[int]:
    if name not in parts:
        return frozenset()
    values = parts[name].split(",")
    if not all(_NUMBER.fullmatch(value) and least <= int(value) <= most for value in values):
        raise NoRule
    return frozenset(int(value) for value in values)


def _weekdays(text: str, frequency: Frequency) -> frozenset[tuple[int, int]]:
    found = [_WEEKDAY.fullmatch(value.strip()) for value in text.split(",")] if text else []
    numbered = frequency in {Frequency.MONTHLY, Frequency.YEARLY}
    if not all(match and (numbered or not match[1]) for match in found):
        raise NoRule
    return frozenset((int(match[1] or 0), DAYS_OF_WEEK.index(match[2])) for match in found if match)


def _week_start(text: str) -> int:
    if text not in DAYS_OF_WEEK:
        raise NoRule
    return DAYS_OF_WEEK.index(text)
