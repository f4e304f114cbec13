"""The rules of planning as a model for CP-SAT: literals, sets of which at most one holds, and prices.

Owns the formulation: one literal for each round and each day on which it may begin, one that leaves the round out,
exactly one of them true; every hard rule between rounds is a family of at-most-one sets; prices lie on literals. It is
handed the library's classes and imports nothing of it. How a model is searched is the business of ``solver``.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from scheduler.dates.cadence import red_months
from scheduler.planning.between import weeks
from scheduler.planning.days import Days
from scheduler.planning.problem import Capacity, Link, Minimum, Order, Round, Series

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr, LiteralT

BLOCK = 20
"""Days joined in one large set, about a month of working days. One for each day proves no more, and costs more."""


class Model:
    """The model of one problem, built rule by rule; days are numbers from the start of the horizon."""

    def __init__(self, days: Days, model: "CpModel", linear: "type[LinearExpr]") -> None:
        """Take the days of a problem, an empty model of the library, and its class for linear expressions."""
        self.days = days
        self.problem = days.problem
        self.model = model
        self.linear = linear
        self.rounds = sorted(days.problem.rounds, key=lambda round_: round_.key)
        self.starts: dict[str, list[int]] = {}
        self.begins: dict[str, list[IntVar]] = {}
        self.left_out: dict[str, list[IntVar]] = {}
        self.costs: list[tuple[IntVar, int]] = []

    def build(self) -> "CpModel":
        """Add every rule and the objective."""
        for round_ in self.rounds:
            self._place(round_)
        self._posts()
        for capacity in self.problem.capacities:
            self._capacity(capacity)
        for obligation in sorted(self.days.chains):
            self._chain(self.days.series[obligation], self.days.chains[obligation])
        for order in self.problem.orders:
            self._order(order)
        for link in self.problem.links:
            for round_ in self.days.chains[link.after]:
                self._link(link, round_)
        for minimum in self.problem.minimums:
            self._minimum(minimum)
        variables, prices = [variable for variable, _ in self.costs], [price for _, price in self.costs]
        self.model.minimize(self.linear.weighted_sum(variables, prices))
        return self.model

    def chosen(self, holds: "Callable[[IntVar], bool]") -> dict[str, date]:
        """Return the first day of every round that was placed."""
        return {
            key: self.days.every[number]
            for key, begins in self.begins.items()
            for number, literal in zip(self.starts[key], begins, strict=True)
            if holds(literal)
        }

    def _literal(self, price: int) -> "IntVar":
        literal = self.model.new_bool_var("")
        if price:
            self.costs.append((literal, price))
        return literal

    def _place(self, round_: Round) -> None:
        """Give a round one literal a day, and one to be left out unless it is pinned."""
        prices = self.days.starts(round_)
        self.starts[round_.key] = list(prices)
        self.begins[round_.key] = [self._literal(price) for price in prices.values()]
        self.left_out[round_.key] = [] if round_.pin else [self._literal(self.problem.prices.unplaced)]
        self.model.add_exactly_one([*self.begins[round_.key], *self.left_out[round_.key]])

    def _between(self, round_: Round, low: int, high: int) -> "list[IntVar]":
        """Return the literals with which a round begins from day ``low`` until day ``high``, both included."""
        starts = self.starts[round_.key]
        return self.begins[round_.key][bisect_left(starts, low) : bisect_right(starts, high)]

    def _posts(self) -> None:
        """Let every post that rounds need sit in one of them a day; posts with the same rounds are one."""
        needed: dict[str, list[Round]] = defaultdict(list)
        for round_ in self.rounds:
            for post in self.days.series[round_.obligation].posts:
                needed[post].append(round_)
        groups = {tuple(round_.key for round_ in rounds): rounds for rounds in needed.values()}
        for rounds in groups.values():
            sitting: dict[int, list[IntVar]] = defaultdict(list)
            for round_, number, literal in self._all(rounds):
                for day in range(number, number + self.days.series[round_.obligation].days):
                    sitting[day].append(literal)
            for literals in sitting.values():
                if len(rounds) > 1 and len(literals) > 1:
                    self.model.add_at_most_one(literals)

    def _capacity(self, capacity: Capacity) -> None:
        """Keep an office within its meetings a week, fixed ones counted."""
        fixed = (meeting for meeting in self.problem.fixed if capacity.office in meeting.offices)
        taken = Counter(week for meeting in fixed for week in weeks(meeting.first, meeting.last))
        wanted: dict[tuple[int, int], list[IntVar]] = defaultdict(list)
        rounds = [
            round_ for round_ in self.rounds if capacity.office in self.days.series[round_.obligation].offices
        ]
        for round_, number, literal in self._all(rounds):
            first = self.days.every[number]
            for week in weeks(first, self.days.last(round_, first)):
                wanted[week].append(literal)
        for week, literals in wanted.items():
            self.model.add(self.linear.sum(literals) <= max(0, capacity.most - taken[week]))

    def _all(self, rounds: Iterable[Round]) -> "Iterable[tuple[Round, int, IntVar]]":
        for round_ in rounds:
            for number, literal in zip(self.starts[round_.key], self.begins[round_.key], strict=True):
                yield round_, number, literal

    def _chain(self, series: Series, chain: Sequence[Round]) -> None:
        """Keep the rounds of a series in order and apart, and price a gap that grows too long."""
        apart = self.days.reach(series.smallest_gap)
        for early, late in combinations(chain, 2):
            self._not_after(early, late, lambda number: min(apart[number], number - 1))
        red = red_months(series.cadence)
        if red is None or series.covers:
            return
        for early, late in pairwise(chain):
            self._not_after(
                late, early, self.days.later(red).__getitem__, self._literal(self.problem.prices.limit)
            )

    def _order(self, order: Order) -> None:
        before, after = self.days.rounds[order.before], self.days.rounds[order.after]
        length = self.days.series[before.obligation].days + order.lag_days
        self._not_after(before, after, lambda number: number - length)

    def _not_after(
        self, held: Round, other: Round, reach: Callable[[int], int], unless: "IntVar | None" = None
    ) -> None:
        """Keep ``held`` from beginning after ``reach(n)`` where ``other`` begins on n; ``reach`` never falls.

        One large set for a block of days says it for the last of them, small ones say the rest within the block.
        """
        starts = self.starts[other.key]
        for begin in range(0, len(starts), BLOCK):
            block = starts[begin : begin + BLOCK]
            top = reach(block[-1])
            self._not_both(
                self._between(held, top + 1, self.days.count), self._between(other, 0, block[-1]), unless
            )
            for number in block[:-1]:
                within = self._between(other, block[0], number)
                self._not_both(self._between(held, reach(number) + 1, top), within, unless)

    def _not_both(self, some: "list[IntVar]", others: "list[IntVar]", unless: "IntVar | None") -> None:
        if some and others and unless is None:
            self.model.add_at_most_one([*some, *others])
        elif some and others and unless is not None:
            self.model.add(self.linear.sum([*some, *others]) <= 1 + unless)

    def _link(self, link: Link, round_: Round) -> None:
        """Price a round without an edition of what it leans on: within twelve months, and within its own year."""
        new_year = [self.days.number(date(day.year, 1, 1)) for day in self.days.every]
        self._lean(link, round_, self.days.later(-12), self.problem.prices.unsupported)
        self._lean(link, round_, new_year, self.problem.prices.other_year)

    def _lean(self, link: Link, round_: Round, begin: Sequence[int], price: int) -> None:
        """Let a round on day n lean on an edition over by then that began on ``begin[n]`` or later, or price it."""
        met: list[LiteralT] = [self._literal(price), *self.left_out[round_.key]]
        fixed = [
            (self.days.number(meeting.first), self.days.number(meeting.last))
            for meeting in self.problem.fixed
            if set(link.before) & set(meeting.obligations)
        ]
        for _, number, literal in self._all([round_]):
            if any(begin[number] <= first and last < number for first, last in fixed):
                met.append(literal)
        for other in self.rounds:
            if other.obligation in link.before and other != round_:
                met.extend(self._leaning(round_, other, begin))
        self.model.add_bool_or(met)

    def _leaning(self, round_: Round, edition: Round, begin: Sequence[int]) -> "Iterator[LiteralT]":
        """Return a literal that holds only where ``edition`` began on ``begin[n]`` or later and is over by day n."""
        length = self.days.series[edition.obligation].days
        if any(self._between(edition, begin[number], number - length) for number in self.starts[round_.key]):
            not_leaning = self._literal(0)
            for left_out in self.left_out[edition.key]:
                self.model.add_implication(left_out, not_leaning)
            self._not_after(edition, round_, lambda number: number - length, not_leaning)
            self._not_after(round_, edition, lambda number: bisect_right(begin, number) - 1, not_leaning)
            yield not_leaning.negated()

    def _minimum(self, minimum: Minimum) -> None:
        """Price every round that a minimum lacks."""
        firsts = (
            meeting.first for meeting in self.problem.fixed if set(minimum.counts) & set(meeting.obligations)
        )
        owed = minimum.least - sum(minimum.since <= first <= minimum.until for first in firsts)
        since, until = self.days.number(minimum.since), self.days.number(minimum.until)
        counting = [
            literal
            for round_ in self.rounds
            if round_.obligation in minimum.counts
            for literal in self._between(round_, since, until)
        ]
        lacking = [self._literal(self.problem.prices.limit) for _ in range(owed)]
        if owed > 0:
            self.model.add(self.linear.sum([*counting, *lacking]) >= owed)
