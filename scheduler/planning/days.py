"""One round on one day: which rules permit it, and what it costs.

Owns the rules that speak of a single round, as the planners read them. A set of days is a whole number whose bit *n*
stands for day *n* of the horizon, so that rules are joined by ``&`` and a meeting of several days by shifting. Rules
between rounds are brought about in ``solver`` and added up in ``account``. Pure.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from functools import cache
from itertools import accumulate
from typing import TypeVar

from scheduler.dates.cadence import add_months, last_day_within_limit
from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.dates.windows import Window
from scheduler.planning import rules, wishes
from scheduler.planning.problem import (
    Fixed,
    Line,
    Problem,
    Round,
    Series,
    Slot,
    counted_from,
    in_order,
    last_day,
)
from scheduler.planning.standing import bounds
from scheduler.planning.venues import (
    Offices,
    candidates,
    lasts_long_enough,
    offices_at,
    stated_start,
    working_time,
)
from scheduler.planning.wording import Rule

T = TypeVar("T")

Priced = tuple[Rule, int, dict[str, object]]
"""A rule, its price, and the facts that its sentence names."""

FORBIDDING = {"blackout": rules.BLACKOUT, "diary": rules.DIARY}
"""Whose rule an entry that forbids is, by its kind; any other kind is a closed day."""

COSTING = {"diary": wishes.TENTATIVE}
"""The same for an entry that costs."""


def forbidden_by(row: ClosedDay) -> Rule:
    """Return the rule by which a row that forbids does so."""
    return FORBIDDING.get(row.kind, rules.CLOSED_DAY)


class Days:
    """The days of a problem, numbered from its first day as 0.

    Building it costs nothing; answers that rounds share (calendars, months, gaps) are worked out once and kept.
    """

    def __init__(self, problem: Problem) -> None:
        """Number the days; whatever order the lists of the problem came in, the answers are the same."""
        self.problem = problem = in_order(problem)
        self.count = (problem.last - problem.first).days + 1
        self.every = tuple(problem.first + timedelta(days=number) for number in range(self.count))
        self.series = {series.obligation: series for series in problem.series}
        self.rounds = {round_.key: round_ for round_ in problem.rounds}
        self.chains = _by_obligation(
            self.series, sorted(problem.rounds, key=_in_turn), lambda entry: entry.duties
        )
        self.fixed = {meeting.key: meeting for meeting in problem.fixed}
        self.orders = tuple(one for one in problem.orders if {one.before, one.after} <= self.rounds.keys())
        self.meetings = _by_obligation((), problem.fixed, lambda entry: entry.obligations)
        self.reach = cache(self._reach)
        self.later = cache(self._later)
        self._open_days = cache(self._open_masks)
        self._window = cache(self._window_mask)
        self._working = cache(self._working_mask)
        self._prices = cache(self._price_sums)
        self._posts = cache(self._joined_posts)
        self._offices = cache(self._joined_offices)
        self.starts = cache(self._starts)
        """Return the price of every day on which a round may begin, by number of the day."""
        self.lines = cache(self._lines)
        """Return the wishes that a round does not meet on a day; limits are not among them."""

    def number(self, day: date) -> int:
        """Return the number of a day; negative before the horizon."""
        return (day - self.problem.first).days

    def last(self, round_: Round, first: date) -> date:
        """Return the last day of a round that begins on ``first``."""
        return last_day(first, self.series[round_.obligation].days)

    def duties(self, round_: Round) -> tuple[Series, ...]:
        """Return the series that a round serves, its own first."""
        return tuple(self.series[obligation] for obligation in round_.duties)

    def posts(self, round_: Round) -> tuple[str, ...]:
        """Return the posts that a round needs, for all of its duties."""
        return self._posts(round_.duties)

    def offices(self, round_: Round) -> tuple[str, ...]:
        """Return the offices that take part in a round, for all of its duties."""
        return self._offices(round_.duties)

    def rows(self, round_: Round, day: date, effect: Effect) -> Iterator[ClosedDay]:
        """Return the entries of the calendars that bind a round on a day, to one effect."""
        return self._rows(self.calendars(round_), day, effect)

    def calendars(self, round_: Round) -> tuple[str, ...]:
        """Return the calendars that bind a round, each once, its own first."""
        return tuple(dict.fromkeys(name for duty in self.duties(round_) for name in duty.calendars))

    def venues(self, round_: Round) -> tuple[Offices, ...]:
        """Return the office hours that a round would keep to with each host it may have."""
        series = self.series[round_.obligation]
        return tuple(
            offices_at(self.problem.office_hours, series.hosting, series.parties, host)
            for host in candidates(series, round_)
        )

    def limits(self, round_: Round) -> tuple[date, ...]:
        """Return the last day within the longest gap of each duty of a round, where it is known without a plan.

        It is not known after a round without a day, and of an umbrella it stands among the minimums.
        """
        found = (
            last_day_within_limit(series.cadence, since)
            for series in self.duties(round_)
            if not series.covers and (since := self.since(series, round_))
        )
        return tuple(limit for limit in found if limit)

    def since(self, series: Series, round_: Round) -> date | None:
        """Return from when the longest gap of a duty before a round counts, where that is known without a plan."""
        chain = self.chains[series.obligation]
        return counted_from(series, self.standing(series.counts), chain, chain.index(round_))

    def serving(self, obligations: Iterable[str]) -> tuple[Round, ...]:
        """Return the rounds that need a date and discharge any of these obligations, each once."""
        found = (round_ for obligation in obligations for round_ in self.chains.get(obligation, ()))
        return tuple({round_.key: round_ for round_ in found}.values())

    def standing(self, obligations: Iterable[str]) -> tuple[Fixed, ...]:
        """Return the fixed meetings that discharge any of these obligations, each once."""
        found = (meeting for obligation in obligations for meeting in self.meetings.get(obligation, ()))
        return tuple({meeting.key: meeting for meeting in found}.values())

    def permitted(self, round_: Round) -> dict[str, int]:
        """Return for each hard rule that speaks of one round the days on which it lets the round begin."""
        series = self.series[round_.obligation]
        everything = (1 << self.count) - 1
        whole = {
            rules.HORIZON.name: everything,
            rules.WINDOW.name: _all(self._window(duty.window) for duty in self.duties(round_)),
            rules.ONE_MEETING_A_DAY.name: everything & ~self._taken(self.posts(round_)),
            **self._open_days(self.calendars(round_)),
        }
        starts = {name: _runs(mask, series.days) for name, mask in whole.items()}
        if series.hours:
            starts[rules.OFFICE_HOURS.name] = self._working(
                series.hours, stated_start(series), self.venues(round_)
            )
        if round_.merged_for:
            starts[rules.MERGED.name] = self._year(round_.merged_for)
        starts[rules.LEAD_TIME.name] = self._since(self.number(round_.earliest)) | self._issued(round_)
        starts[rules.SMALLEST_GAP.name] = everything & ~self._near_fixed(self.duties(round_))
        first, last = bounds(self.problem.orders, self.fixed, round_, series.days)
        starts[rules.ORDER.name] = self._since(self.number(first)) & ~self._since(self.number(last) + 1)
        if round_.pin:
            pinned = self.number(round_.pin.first)
            starts[rules.PIN.name] = self._since(pinned) & ~self._since(pinned + 1)
        return starts

    def refusals(self, round_: Round, day: date) -> tuple[str, ...]:
        """Return the names of the hard rules that do not let the round begin on ``day``."""
        number = self.number(day)
        permitted = self.permitted(round_)
        if not 0 <= number < self.count:
            return (rules.HORIZON.name,)
        return tuple(name for name, mask in permitted.items() if not mask >> number & 1)

    def _starts(self, round_: Round) -> Mapping[int, int]:
        series = self.series[round_.obligation]
        sums = self._prices(self.calendars(round_), series.level, self._weekdays(series))
        mask = _all(self.permitted(round_).values())
        limits = self.limits(round_)
        return {
            number: sums[number + series.days]
            - sums[number]
            + sum(price for _, price, _ in self._own(round_, self.every[number], limits))
            for number in _numbers(mask)
        }

    def _lines(self, round_: Round, day: date) -> tuple[Line, ...]:
        priced = (*self._own(round_, day, self.limits(round_)), *self._of_its_days(round_, day))
        return tuple(
            Line(rule=rule.name, price=price, reason=rule.explain(**facts))
            for rule, price, facts in priced
            if price and rule is not rules.LONGEST_GAP
        )

    def _reach(self, months: float) -> tuple[int, ...]:
        """Return for every day the number of the last day that lies at least ``months`` before it, else a negative."""
        later = self.later(months)
        return tuple(bisect_right(later, number) - 1 for number in range(self.count))

    def _later(self, months: float) -> tuple[int, ...]:
        """Return for every day the number of the day ``months`` after it, or before it where negative."""
        return tuple(self.number(add_months(day, months)) for day in self.every)

    def _since(self, number: int) -> int:
        return (1 << self.count) - (1 << max(0, min(number, self.count)))

    def _issued(self, round_: Round) -> int:
        """Return the day that both sides know: of that one notice has been given."""
        number = self.number(round_.issued.first) if round_.issued else -1
        return self._since(number) & ~self._since(number + 1) if number >= 0 else 0

    def _mask(self, holds: Callable[[date], bool]) -> int:
        return sum(1 << number for number, day in enumerate(self.every) if holds(day))

    def _year(self, year: int) -> int:
        begin, end = self.number(date(year, 1, 1)), self.number(date(year + 1, 1, 1))
        return self._since(begin) & ~self._since(end)

    def _window_mask(self, window: Window) -> int:
        return self._mask(window.is_open)

    def _working_mask(self, hours: int, start: time | None, venues: tuple[Offices, ...]) -> int:
        """Return the days on which ``hours`` fit into the working time of any venue, from ``start`` where given."""
        if not all(venues):
            return self._since(0)
        return self._mask(
            lambda day: any(lasts_long_enough(working_time(day, offices), hours, start) for offices in venues)
        )

    def _joined_posts(self, duties: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({post for duty in duties for post in self.series[duty].posts}))

    def _joined_offices(self, duties: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({office for duty in duties for office in self.series[duty].offices}))

    def _weekdays(self, series: Series) -> tuple[int, ...]:
        return series.preferred.weekdays or self.problem.weekdays

    def _open_masks(self, calendars: tuple[str, ...]) -> dict[str, int]:
        """Return for each rule by which entries of calendars forbid days those that it leaves open."""
        everything = self._since(0)
        masks = {rules.CLOSED_DAY.name: everything}
        for number, day in enumerate(self.every):
            for row in self._rows(calendars, day, Effect.FORBIDS):
                name = forbidden_by(row).name
                masks[name] = masks.get(name, everything) & ~(1 << number)
        return masks

    def _taken(self, posts: Iterable[str]) -> int:
        """Return the days on which any of the posts already sits in a fixed meeting."""
        needed = set(posts)
        busy = (meeting for meeting in self.problem.fixed if needed & set(meeting.posts))
        mask = 0
        for meeting in busy:
            mask |= self._since(self.number(meeting.first)) & ~self._since(self.number(meeting.last) + 1)
        return mask

    def _near_fixed(self, duties: Iterable[Series]) -> int:
        """Return the days too close to a fixed round of any of the series, on either side of it."""
        mask = 0
        for series in duties:
            gap = series.smallest_gap
            for meeting in self.standing((series.obligation,)):
                held = self.number(meeting.first)
                begin = min(bisect_right(self.later(gap), held), held)
                end = max(self.number(add_months(meeting.first, gap)), held + 1)
                mask |= self._since(begin) & ~self._since(end)
        return mask

    def _rows(self, calendars: Iterable[str], day: date, effect: Effect) -> Iterator[ClosedDay]:
        """Return what calendars say of a day to one effect; what several of them say, once."""
        seen: list[ClosedDay] = []
        for name in calendars:
            for row in self.problem.calendars[name].get(day, ()):
                if row.effect == effect and row not in seen:
                    seen.append(row)
                    yield row

    def _price_sums(
        self, calendars: tuple[str, ...], level: str, weekdays: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Return the price of the days before each number, so that a meeting costs the difference of two."""
        price = self.problem.prices.weekday
        return tuple(
            accumulate(
                (
                    price * (day.weekday() not in weekdays)
                    + sum(self._costs(row, level) for row in self._rows(calendars, day, Effect.COSTS))
                    for day in self.every
                ),
                initial=0,
            )
        )

    def _costs(self, row: ClosedDay, level: str) -> int:
        """Return what one day under an entry costs."""
        prices = self.problem.prices
        return prices.tentative_day if row.kind in COSTING else prices.costly_day[level]

    def _own(self, round_: Round, day: date, limits: Iterable[date]) -> Iterator[Priced]:
        """Price the distance of the first day from the aim, from limits, from preferences and the plan in force."""
        prices = self.problem.prices
        away = (day - round_.aim).days
        yield (
            wishes.AIM,
            max(prices.late_day * away, -prices.early_day * away),
            {"days": abs(day - round_.aim), "aim": round_.aim},
        )
        for limit in limits:
            if day > limit:
                facts = {"days": day - limit, "limit": limit}
                yield rules.LONGEST_GAP, prices.limit, {}
                yield wishes.SOONEST, prices.soonest_day * (day - limit).days, facts
        preferred = self.series[round_.obligation].preferred
        if not preferred.holds(day):
            facts = {"day": day, "preferred": preferred.in_words()}
            yield wishes.PREFERRED_WEEKS, prices.outside_preferred, facts
        if round_.planned and round_.planned.first != day:
            moved = abs(day - round_.planned.first)
            price = prices.moved + prices.moved_day * moved.days
            yield wishes.KEEP_DATE, price, {"days": moved, "planned": round_.planned.first}
        if round_.issued and (round_.issued.first != day or self._changes_host(round_, round_.issued)):
            moved = abs(day - round_.issued.first)
            price = prices.issued + prices.issued_day * moved.days
            yield wishes.KEEP_ISSUED, price, {"days": moved, "issued": round_.issued.first}

    def _changes_host(self, round_: Round, issued: Slot) -> bool:
        """Tell whether another host than both sides know was asked for, or the one they know is no longer allowed."""
        return bool(issued.host) and issued.host not in candidates(self.series[round_.obligation], round_)

    def _of_its_days(self, round_: Round, first: date) -> Iterator[Priced]:
        """Price each day of the meeting: its weekday, and every costly entry of the calendars, summed by entry."""
        series = self.series[round_.obligation]
        days = [first + timedelta(days=number) for number in range(series.days)]
        outside = sum(day.weekday() not in self._weekdays(series) for day in days)
        yield wishes.WEEKDAY, self.problem.prices.weekday * outside, {"days": timedelta(days=outside)}
        rows = [row for day in days for row in self._rows(self.calendars(round_), day, Effect.COSTS)]
        for number, row in enumerate(rows):
            if row not in rows[:number]:
                touched = rows.count(row)
                facts = {"closed": row.title, "party": self.problem.name(row.party), "source": row.source}
                price = self._costs(row, series.level) * touched
                rule = COSTING.get(row.kind, wishes.COSTLY_DAY)
                yield rule, price, {"days": timedelta(days=touched), **facts}


def _in_turn(round_: Round) -> tuple[date, str]:
    return round_.aim, round_.key


def _by_obligation(
    known: Iterable[str], entries: Iterable[T], obligations: Callable[[T], Iterable[str]]
) -> dict[str, tuple[T, ...]]:
    """Return entries by every obligation that they discharge, in their order; those known have a place at least."""
    found: dict[str, list[T]] = {obligation: [] for obligation in known}
    for entry in entries:
        for obligation in obligations(entry):
            found.setdefault(obligation, []).append(entry)
    return {obligation: tuple(several) for obligation, several in found.items()}


def _all(masks: Iterable[int]) -> int:
    joined = -1
    for mask in masks:
        joined &= mask
    return joined


def _runs(mask: int, days: int) -> int:
    """Return the days from which ``days`` days in a row lie in ``mask``."""
    runs = mask
    for shift in range(1, days):
        runs &= mask >> shift
    return runs


def _numbers(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
