"""The rules of planning as literals, rows and prices.

Owns the formulation: one literal for each round and each day on which it may begin, one that leaves the round out,
exactly one of them true; every hard rule between rounds is a family of rows of which at most one literal holds; prices
lie on literals. How a model is searched is the business of ``solver``. Pure.

A literal is the number *n* of a variable, or ``~n`` for its opposite.

A model may look at the cheapest days of each round alone, the *near* ones. All others are then one literal, *beyond*,
at the price of the cheapest of them and held to nothing. So its optimum is never above that of the whole problem, and
is the same where no round is beyond.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, pairwise

from scheduler.dates.cadence import red_months
from scheduler.planning.between import weeks
from scheduler.planning.days import Days
from scheduler.planning.problem import Capacity, Link, Minimum, Order, Round, Series

BLOCK = 20
"""Days joined in one large set, about a month of working days. One for each day proves no more, and costs more."""


@dataclass(frozen=True, slots=True)
class Row:
    """Of these literals at least ``low`` and at most ``high`` hold."""

    literals: Sequence[int]
    low: int
    high: int


class Model:
    """The model of one problem, built rule by rule; days are numbers from the start of the horizon.

    ``prices`` are those of the variables, by number. ``options`` are the literals of which one holds for each round:
    those of ``begins``, ``beyond`` and ``left_out``. ``wishes`` are the variables that no round decides.
    ``certain`` is what every plan pays, for minimums that no choice of days can reach.
    """

    def __init__(self, days: Days, near: Mapping[str, Sequence[int]] | None = None) -> None:
        """Add every rule. ``near`` are the days to look at by key of the round, in order; without it, all."""
        self.days = days
        self.problem = days.problem
        self.rounds = sorted(days.problem.rounds, key=lambda round_: round_.key)
        self.new_year = [days.number(date(day.year, 1, 1)) for day in days.every]
        self.certain = 0
        self.prices: list[int] = []
        self.rows: list[Row] = []
        self.starts: dict[str, Sequence[int]] = {}
        self.begins: dict[str, Sequence[int]] = {}
        self.farther: dict[str, set[int]] = {}
        self.beyond: dict[str, list[int]] = {}
        self.left_out: dict[str, list[int]] = {}
        self.options: dict[str, list[int]] = {}
        self.wishes: set[int] = set()
        for round_ in self.rounds:
            self._place(round_, near)
        self._between_rounds()

    def literal(self, key: str, number: int | None) -> int:
        """Return the literal with which a round begins on day ``number``, or is left out."""
        if number is None:
            return self.left_out[key][0]
        return self.begins[key][bisect_left(self.starts[key], number)]

    def chosen(self, key: str, held: Container[int]) -> int | None:
        """Return the number of the day on which a round begins where these variables hold, if it begins on any."""
        return next(
            (
                number
                for number, literal in zip(self.starts[key], self.begins[key], strict=True)
                if literal in held
            ),
            None,
        )

    def _between_rounds(self) -> None:
        self._posts()
        for capacity in self.problem.capacities:
            self._capacity(capacity)
        for obligation in sorted(self.days.chains):
            self._chain(self.days.series[obligation], self.days.chains[obligation])
        for order in self.days.orders:
            self._order(order)
        for link in self.problem.links:
            for round_ in self.days.chains[link.after]:
                self._link(link, round_)
        for minimum in self.problem.minimums:
            self._minimum(minimum)

    def _literal(self, price: int) -> int:
        self.prices.append(price)
        return len(self.prices) - 1

    def _wish(self, price: int) -> int:
        literal = self._literal(price)
        self.wishes.add(literal)
        return literal

    def _row(self, literals: Sequence[int], low: int, high: int) -> None:
        self.rows.append(Row(literals, low, high))

    def _place(self, round_: Round, near: Mapping[str, Sequence[int]] | None) -> None:
        """Give a round one literal a day, one for the days beyond, and one to be left out unless it is pinned."""
        prices = self.days.starts(round_)
        starts = list(prices) if near is None else near[round_.key]
        self.starts[round_.key] = starts
        self.begins[round_.key] = [self._literal(prices[number]) for number in starts]
        farther = self.farther[round_.key] = prices.keys() - set(starts)
        self.beyond[round_.key] = (
            [self._literal(min(prices[number] for number in farther))] if farther else []
        )
        self.left_out[round_.key] = [] if round_.pin else [self._literal(self.problem.prices.unplaced)]
        options = [*self.begins[round_.key], *self.beyond[round_.key], *self.left_out[round_.key]]
        self.options[round_.key] = options
        self._row(options, 1, 1)

    def _between(self, round_: Round, low: int, high: int) -> Sequence[int]:
        """Return the literals with which a round begins from day ``low`` until day ``high``, both included."""
        starts = self.starts[round_.key]
        return self.begins[round_.key][bisect_left(starts, low) : bisect_right(starts, high)]

    def _some_between(self, round_: Round, low: int, high: int) -> Sequence[int]:
        """Return the same, and the literal of the days beyond where some of them lie between the two."""
        within = any(low <= number <= high for number in self.farther[round_.key])
        return [*self._between(round_, low, high), *(self.beyond[round_.key] if within else ())]

    def _posts(self) -> None:
        """Let every post that rounds need sit in one of them a day; posts with the same rounds are one."""
        needed: dict[str, list[Round]] = defaultdict(list)
        for round_ in self.rounds:
            for post in self.days.posts(round_):
                needed[post].append(round_)
        groups = {tuple(round_.key for round_ in rounds): rounds for rounds in needed.values()}
        for rounds in groups.values():
            sitting: dict[int, list[int]] = defaultdict(list)
            several: set[int] = set()
            for round_ in rounds:
                others = set(sitting)
                for day, literals in self._sittings(round_).items():
                    sitting[day] += literals
                    if day in others:
                        several.add(day)
            for day in sorted(several):
                self._row(sitting[day], 0, 1)

    def _sittings(self, round_: Round) -> Mapping[int, list[int]]:
        """Return the literals with which a round takes place on a day, by day."""
        sitting: dict[int, list[int]] = defaultdict(list)
        length = self.days.series[round_.obligation].days
        for _, number, literal in self._all([round_]):
            for day in range(number, number + length):
                sitting[day].append(literal)
        return sitting

    def _capacity(self, capacity: Capacity) -> None:
        """Keep an office within its meetings a week, fixed ones counted, and price those beyond the comfortable."""
        fixed = (meeting for meeting in self.problem.fixed if capacity.office in meeting.offices)
        taken = Counter(week for meeting in fixed for week in weeks(meeting.first, meeting.last))
        wanted: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        rounds = (round_ for round_ in self.rounds if capacity.office in self.days.offices(round_))
        for round_, number, literal in self._all(rounds):
            first = self.days.every[number]
            for week in weeks(first, self.days.last(round_, first)):
                wanted[week][round_.key].append(literal)
        for week, by_round in wanted.items():
            literals = [literal for several in by_round.values() for literal in several]
            room = max(0, capacity.most - taken[week])
            if len(by_round) > room:
                self._row(literals, 0, room)
            at_ease = room if capacity.comfortable is None else max(0, capacity.comfortable - taken[week])
            crowding = min(len(by_round), room) - at_ease
            if crowding > 0:
                beyond = [~self._wish(self.problem.prices.load) for _ in range(crowding)]
                self._row([*literals, *beyond], 0, at_ease + crowding)

    def _all(self, rounds: Iterable[Round]) -> Iterator[tuple[Round, int, int]]:
        for round_ in rounds:
            for number, literal in zip(self.starts[round_.key], self.begins[round_.key], strict=True):
                yield round_, number, literal

    def _chain(self, series: Series, rounds: Sequence[Round]) -> None:
        """Keep the rounds of a series in order and apart, and price a gap that grows too long."""
        apart = self.days.reach(series.smallest_gap)
        for early, late in combinations(rounds, 2):
            self._not_after(early, late, lambda number: min(apart[number], number - 1))
        red = red_months(series.cadence)
        if red is None or series.covers:
            return
        for early, late in pairwise(rounds):
            if self.days.since(series, late) is None:
                self._not_after(
                    late, early, self.days.later(red).__getitem__, self._wish(self.problem.prices.limit)
                )

    def _order(self, order: Order) -> None:
        before, after = self.days.rounds[order.before], self.days.rounds[order.after]
        length = self.days.series[before.obligation].days + order.lag_days
        self._not_after(before, after, lambda number: number - length)

    def _not_after(
        self, held: Round, other: Round, reach: Callable[[int], int], unless: int | None = None
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

    def _not_both(self, some: Sequence[int], others: Sequence[int], unless: int | None) -> None:
        if some and others and unless is None:
            self._row([*some, *others], 0, 1)
        elif some and others and unless is not None:
            self._row([*some, *others, ~unless], 0, 2)

    def _link(self, link: Link, round_: Round) -> None:
        """Price a round without an edition of what it leans on: within twelve months, and within its own year."""
        self._lean(link, round_, self.days.later(-12), self.problem.prices.unsupported)
        self._lean(link, round_, self.new_year, self.problem.prices.other_year)

    def _lean(self, link: Link, round_: Round, begin: Sequence[int], price: int) -> None:
        """Let a round on day n lean on an edition over by then that began on ``begin[n]`` or later, or price it."""
        met = [*self.left_out[round_.key], *self.beyond[round_.key]]
        fixed = [
            (self.days.number(meeting.first), self.days.number(meeting.last))
            for meeting in self.days.standing(link.before)
        ]
        for _, number, literal in self._all([round_]):
            if any(begin[number] <= first and last < number for first, last in fixed):
                met.append(literal)
        for other in self.days.serving(link.before):
            if other != round_:
                met.extend(self._leaning(round_, other, begin))
        met.append(self._wish(price))
        self._row(met, 1, len(met))

    def _leaning(self, round_: Round, edition: Round, begin: Sequence[int]) -> Iterator[int]:
        """Return a literal that holds only where ``edition`` began on ``begin[n]`` or later and is over by day n."""
        length = self.days.series[edition.obligation].days
        starts = self.starts[round_.key]
        if self.beyond[edition.key] or any(
            self._between(edition, begin[number], number - length) for number in starts
        ):
            not_leaning = self._wish(0)
            for left_out in self.left_out[edition.key]:
                self._row([~left_out, not_leaning], 1, 2)
            self._not_after(edition, round_, lambda number: number - length, not_leaning)
            self._not_after(round_, edition, lambda number: bisect_right(begin, number) - 1, not_leaning)
            yield ~not_leaning

    def _minimum(self, minimum: Minimum) -> None:
        """Price every round that a minimum lacks."""
        firsts = (meeting.first for meeting in self.days.standing(minimum.counts))
        owed = minimum.least - sum(minimum.since <= first <= minimum.until for first in firsts)
        since, until = self.days.number(minimum.since), self.days.number(minimum.until)
        options = (self._some_between(round_, since, until) for round_ in self.days.serving(minimum.counts))
        counting = [literals for literals in options if literals]
        within_reach = max(0, min(owed, len(counting)))
        self.certain += self.problem.prices.limit * max(0, owed - within_reach)
        lacking = [self._wish(self.problem.prices.limit) for _ in range(within_reach)]
        if lacking:
            literals = [*chain.from_iterable(counting), *lacking]
            self._row(literals, within_reach, len(literals))
