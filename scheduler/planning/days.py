"""One round on one day: which rules permit it, and what it costs.

Owns the rules that speak of a single round, as the planners read them. A set of days is a whole number whose bit *n*
stands for day *n* of the horizon, so that rules are joined by ``&`` and a meeting of several days by shifting. Rules
between rounds are brought about in ``solver`` and added up in ``account``. Pure.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from scheduler.dates.cadence import add_months, last_day_within_limit
from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.dates.windows import Window
from scheduler.planning import rules, wishes, wording
from scheduler.planning.problem import Line, Problem, Round, Series, clock, in_order, last_day

Priced = tuple[wording.Rule, int, dict[str, object]]
"""A rule, its price, and the facts that its sentence names."""


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
        self.chains = {obligation: problem.chain(obligation) for obligation in self.series}
        self.reach = cache(self._reach)
        self.later = cache(self._later)
        self._open_days = cache(self._closed_mask)
        self._window = cache(self._window_mask)
        self._prices = cache(self._price_sums)
        self._leaders = {chain[0].key for chain in self.chains.values() if chain}

    def number(self, day: date) -> int:
        """Return the number of a day; negative before the horizon."""
        return (day - self.problem.first).days

    def last(self, round_: Round, first: date) -> date:
        """Return the last day of a round that begins on ``first``."""
        return last_day(first, self.series[round_.obligation].days)

    def limit(self, round_: Round) -> date | None:
        """Return the last day within the longest gap, where it is known without a plan: for the first of a series."""
        series = self.series[round_.obligation]
        if round_.key not in self._leaders or series.covers:
            return None
        return last_day_within_limit(series.cadence, clock(series, self.problem.fixed))

    def permitted(self, round_: Round) -> dict[str, int]:
        """Return for each hard rule that speaks of one round the days on which it lets the round begin."""
        series = self.series[round_.obligation]
        everything = (1 << self.count) - 1
        whole = {
            rules.HORIZON.name: everything,
            rules.WINDOW.name: self._window(series.window),
            rules.CLOSED_DAY.name: self._open_days(series.calendars),
            rules.ONE_MEETING_A_DAY.name: everything & ~self._taken(series),
        }
        starts = {name: _runs(mask, series.days) for name, mask in whole.items()}
        starts[rules.LEAD_TIME.name] = self._since(self.number(round_.earliest))
        starts[rules.SMALLEST_GAP.name] = everything & ~self._near_fixed(series)
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

    def starts(self, round_: Round) -> dict[int, int]:
        """Return the price of every day on which the round may begin, by number of the day."""
        series = self.series[round_.obligation]
        sums = self._prices(series.calendars, series.level)
        mask = -1
        for permitted in self.permitted(round_).values():
            mask &= permitted
        limit = self.limit(round_)
        return {
            number: sums[number + series.days]
            - sums[number]
            + sum(price for _, price, _ in self._own(round_, self.every[number], limit))
            for number in _numbers(mask)
        }

    def lines(self, round_: Round, day: date) -> tuple[Line, ...]:
        """Return the wishes that the round does not meet on ``day``; limits are not among them."""
        priced = (*self._own(round_, day, self.limit(round_)), *self._of_its_days(round_, day))
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

    def _mask(self, holds: Callable[[date], bool]) -> int:
        return sum(1 << number for number, day in enumerate(self.every) if holds(day))

    def _window_mask(self, window: Window) -> int:
        return self._mask(window.is_open)

    def _closed_mask(self, calendars: tuple[str, ...]) -> int:
        return self._mask(lambda day: not any(self._rows(calendars, day, Effect.FORBIDS)))

    def _taken(self, series: Series) -> int:
        """Return the days on which a post of the series already sits in a fixed meeting."""
        posts = set(series.posts)
        busy = (meeting for meeting in self.problem.fixed if posts & set(meeting.posts))
        mask = 0
        for meeting in busy:
            mask |= self._since(self.number(meeting.first)) & ~self._since(self.number(meeting.last) + 1)
        return mask

    def _near_fixed(self, series: Series) -> int:
        """Return the days too close to a fixed round of the series, on either side of it."""
        gap, mask = series.smallest_gap, 0
        for meeting in self.problem.fixed:
            if series.obligation in meeting.obligations:
                held = self.number(meeting.first)
                begin = min(bisect_right(self.later(gap), held), held)
                end = max(self.number(add_months(meeting.first, gap)), held + 1)
                mask |= self._since(begin) & ~self._since(end)
        return mask

    def _rows(self, calendars: Iterable[str], day: date, effect: Effect) -> Iterator[ClosedDay]:
        for name in calendars:
            for row in self.problem.calendars[name].get(day, ()):
                if row.effect == effect:
                    yield row

    def _price_sums(self, calendars: tuple[str, ...], level: str) -> tuple[int, ...]:
        """Return the price of the days before each number, so that a meeting costs the difference of two."""
        prices = self.problem.prices
        return tuple(
            accumulate(
                (
                    prices.weekday * (day.weekday() not in self.problem.weekdays)
                    + prices.costly_day[level] * sum(1 for _ in self._rows(calendars, day, Effect.COSTS))
                    for day in self.every
                ),
                initial=0,
            )
        )

    def _own(self, round_: Round, day: date, limit: date | None) -> Iterator[Priced]:
        """Price the distance of the first day from the aim, from the limit and from the plan in force."""
        prices = self.problem.prices
        away = (day - round_.aim).days
        yield (
            wishes.AIM,
            max(prices.late_day * away, -prices.early_day * away),
            {"days": abs(day - round_.aim), "aim": round_.aim},
        )
        if limit and day > limit:
            yield rules.LONGEST_GAP, prices.limit, {}
            yield (
                wishes.SOONEST,
                prices.soonest_day * (day - limit).days,
                {"days": day - limit, "limit": limit},
            )
        if round_.planned and round_.planned.first != day:
            moved = abs(day - round_.planned.first)
            price = prices.moved + prices.moved_day * moved.days
            yield wishes.KEEP_DATE, price, {"days": moved, "planned": round_.planned.first}

    def _of_its_days(self, round_: Round, first: date) -> Iterator[Priced]:
        """Price each day of the meeting: its weekday, and every costly entry of the calendars, summed by entry."""
        series = self.series[round_.obligation]
        days = [first + timedelta(days=number) for number in range(series.days)]
        outside = sum(day.weekday() not in self.problem.weekdays for day in days)
        yield wishes.WEEKDAY, self.problem.prices.weekday * outside, {"days": timedelta(days=outside)}
        rows = [row for day in days for row in self._rows(series.calendars, day, Effect.COSTS)]
        for number, row in enumerate(rows):
            if row not in rows[:number]:
                touched = rows.count(row)
                facts = {"closed": row.title, "party": self.problem.name(row.party), "source": row.source}
                price = self.problem.prices.costly_day[series.level] * touched
                yield wishes.COSTLY_DAY, price, {"days": timedelta(days=touched), **facts}


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
