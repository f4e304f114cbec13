"""The rules of planning as they apply in one problem: each application by name, and what it asks.

Owns the list from which an impossible year is explained: the window of a dialogue, the notice that its level needs, a
calendar year that owes a round, a pin, a post in one meeting a day. Each has words of its own, and says what it asks in
one of five forms that ``conflicts`` can put to a solver. Priced rules are not among them. Pure.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

from scheduler.dates.cadence import add_months, red_months
from scheduler.planning import rules
from scheduler.planning.between import weeks
from scheduler.planning.days import Days
from scheduler.planning.naming import ROUND_BEFORE, Naming, gap_words, noun, of_post, of_series, of_year
from scheduler.planning.problem import Capacity, Minimum, Order, Round, Series
from scheduler.planning.standing import bounds
from scheduler.planning.venues import may_host
from scheduler.planning.wording import Rule
from scheduler.words import Words

Name = tuple[str, str]
"""An application: the name of its rule, and its subject (an obligation, a round, a post, an office)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One rule where it applies; ``subject`` is what it speaks of, ``scope`` of which kind that is."""

    rule: str
    scope: str
    subject: str
    words: Words

    @property
    def name(self) -> Name:
        """Return what tells it from all others."""
        return self.rule, self.subject


@dataclass(frozen=True, slots=True)
class Forbids:
    """A round may not begin on the days in ``days`` (a set of days as a whole number)."""

    round: str
    days: int


@dataclass(frozen=True, slots=True)
class Wants:
    """A round may not be left out."""

    round: str


@dataclass(frozen=True, slots=True)
class NotAfter:
    """Where both have a day, ``held`` begins no later than ``reach(n)`` where ``other`` begins on day n."""

    held: str
    other: str
    reach: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Count:
    """Of the beginnings named (days as a whole number, by round) at least ``least`` and at most ``most`` happen."""

    starts: tuple[tuple[str, int], ...]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """No two of the rounds take place on one day."""

    rounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excludes:
    """It cannot hold beside another application, whatever the days."""

    other: Name


Asked = Forbids | Wants | NotAfter | Count | Apart | Excludes


@dataclass(slots=True)
class Applications:
    """All applications of a problem, and what each asks of its rounds; their words are found when they are needed."""

    days: Days
    asked: dict[Name, list[Asked]] = field(default_factory=lambda: defaultdict(list))
    rounds: dict[Name, set[str]] = field(default_factory=lambda: defaultdict(set))
    _told: dict[Name, tuple[str, Naming]] = field(default_factory=dict)

    def add(self, rule: Rule, scope: str, subject: str, words: Naming, asked: Iterable[Asked]) -> None:
        """Add what a rule asks of a subject, to what it asks of it already."""
        name = (rule.name, subject)
        self._told.setdefault(name, (scope, words))
        for entry in asked:
            self.asked[name].append(entry)
            self.rounds[name] |= _rounds(entry)

    def length(self, key: str) -> int:
        """Return how many days a round lasts."""
        return self.days.series[self.days.rounds[key].obligation].days

    def within(self, key: str) -> int:
        """Return the days from which a round lies within the days planned."""
        last = self.days.count - self.length(key)
        return (1 << (last + 1)) - 1 if last >= 0 else 0

    def application(self, name: Name) -> Application:
        """Return an application with its words."""
        scope, words = self._told[name]
        return Application(rule=name[0], scope=scope, subject=name[1], words=words())


def collect(days: Days) -> Applications:
    """Return every application of a hard rule, of a limit, and of the wish that every round gets a day."""
    found = Applications(days)
    for key in sorted(days.rounds):
        _alone(found, days.rounds[key])
    for post in sorted({post for series in days.series.values() for post in series.posts}):
        _post(found, post)
    for capacity in days.problem.capacities:
        _capacity(found, capacity)
    for obligation in sorted(days.chains):
        _chain(found, days.series[obligation], days.chains[obligation])
    for order in days.problem.orders:
        _order(found, order)
    for minimum in days.problem.minimums:
        _minimum(found, minimum)
    return found


def numbered(mask: int) -> Iterator[int]:
    """Return the numbers of the days in a set of days."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _alone(found: Applications, round_: Round) -> None:
    """Add what is asked of one round: its day, its pin, and the rules that are one for all rounds of its series."""
    days, series = found.days, found.days.series[round_.obligation]
    everything = (1 << days.count) - 1
    called = {"title": series.title, "key": round_.key}
    found.add(rules.PLACED, "round", round_.key, partial(noun, rules.PLACED, **called), [Wants(round_.key)])
    permitted = days.permitted(round_)
    for name, mask in permitted.items():
        if name in {rules.HORIZON.name, rules.ONE_MEETING_A_DAY.name, rules.PIN.name, rules.ORDER.name}:
            continue
        if mask != everything:
            rule = rules.BY_NAME[name]
            words = partial(of_series, days, round_, rule, permitted)
            found.add(rule, "series", series.obligation, words, [Forbids(round_.key, everything & ~mask)])
    pin = round_.pin
    if pin:
        words = partial(noun, rules.PIN, pinned=pin.first, **called)
        elsewhere = everything & ~permitted[rules.PIN.name]
        found.add(rules.PIN, "round", round_.key, words, [Forbids(round_.key, elsewhere), Wants(round_.key)])
        if pin.host and not may_host(series, pin.host):
            words = partial(noun, rules.HOST, **called)
            found.add(rules.HOST, "round", round_.key, words, [Excludes((rules.PIN.name, round_.key))])


def _post(found: Applications, post: str) -> None:
    """Add that a post sits in one meeting a day, beside the meetings that stand and among the rounds."""
    days = found.days
    rounds = tuple(key for key in sorted(days.rounds) if post in days.posts(days.rounds[key]))
    standing = [meeting for meeting in days.problem.fixed if post in meeting.posts]
    taken = 0
    for meeting in standing:
        for number in range(days.number(meeting.first), days.number(meeting.last) + 1):
            taken |= 1 << number if 0 <= number < days.count else 0
    asked: list[Asked] = [Forbids(key, _starts_touching(days, key, taken)) for key in rounds if taken]
    if len(rounds) > 1:
        asked.append(Apart(rounds))
    if asked:
        found.add(rules.ONE_MEETING_A_DAY, "post", post, partial(of_post, days, post, standing), asked)


def _capacity(found: Applications, capacity: Capacity) -> None:
    """Add that an office has no more meetings in a week than it can bear, those that stand counted."""
    days = found.days
    rounds = [key for key in sorted(days.rounds) if capacity.office in days.offices(days.rounds[key])]
    taken = Counter(
        week
        for meeting in days.problem.fixed
        if capacity.office in meeting.offices
        for week in weeks(meeting.first, meeting.last)
    )
    starts: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key in rounds:
        for number, first in enumerate(days.every):
            for week in weeks(first, days.last(days.rounds[key], first)):
                starts[week][key] |= 1 << number
    asked = [
        Count(tuple(sorted(touching.items())), most=max(0, capacity.most - taken[week]))
        for week, touching in sorted(starts.items())
        if len(rounds) + taken[week] > capacity.most
    ]
    if asked:
        words = partial(noun, rules.CAPACITY, most=capacity.most, office=capacity.title)
        found.add(rules.CAPACITY, "office", capacity.office, words, asked)


def _chain(found: Applications, series: Series, chain: tuple[Round, ...]) -> None:
    """Add that rounds of a series follow each other, neither too soon nor too late."""
    days = found.days
    apart, red = days.reach(series.smallest_gap), red_months(series.cadence)
    close = [
        NotAfter(early.key, late.key, lambda number: min(apart[number], number - 1))
        for early, late in combinations(chain, 2)
    ]
    if close:
        words = partial(gap_words, series)
        found.add(rules.SMALLEST_GAP, "series", series.obligation, words, close)
    if red is None or series.covers:
        return
    later = days.later(red)
    for place, round_ in enumerate(chain):
        since = days.since(series, round_)
        words = partial(noun, rules.LONGEST_GAP, months=red, since=since or ROUND_BEFORE, title=series.title)
        subject = (
            round_.key if round_.obligation == series.obligation else f"{round_.key} {series.obligation}"
        )
        if since is None:
            asked: Asked = NotAfter(round_.key, chain[place - 1].key, later.__getitem__)
        else:
            limit = days.number(add_months(since, red))
            asked = Forbids(round_.key, _everything_after(days, limit))
        found.add(rules.LONGEST_GAP, "round", subject, words, [asked])


def _order(found: Applications, order: Order) -> None:
    """Add that one is over before the other begins, where at least one of the two wants a day."""
    days = found.days
    known = [days.rounds.get(key) or days.fixed.get(key) for key in (order.before, order.after)]
    both = [entry for entry in known if entry]
    if len(both) < len(known):
        return  # one of the two is no longer asked about
    titles = [
        days.series[entry.obligation if isinstance(entry, Round) else entry.obligations[0]].title
        for entry in both
    ]
    words = partial(noun, rules.ORDER, title=titles[0], other=titles[1])
    name = f"{order.before} {order.after}"
    wanting = [entry for entry in both if isinstance(entry, Round)]
    if len(wanting) == len(both):
        length = found.length(order.before) + order.lag_days
        asked = NotAfter(order.before, order.after, lambda number: number - length)
        found.add(rules.ORDER, "pair", name, words, [asked])
    for round_ in wanting:
        forbidden = _out_of_bounds(days, order, round_)
        if forbidden:
            found.add(rules.ORDER, "pair", name, words, [Forbids(round_.key, forbidden)])


def _out_of_bounds(days: Days, order: Order, round_: Round) -> int:
    """Return the days on which a round may not begin for an order with a meeting that stands."""
    first, last = bounds([order], days.fixed, round_, days.series[round_.obligation].days)
    inside = _everything_after(days, days.number(first) - 1) & ~_everything_after(days, days.number(last))
    return ((1 << days.count) - 1) & ~inside


def _minimum(found: Applications, minimum: Minimum) -> None:
    """Add that a year, or the longest gap of an umbrella, has the rounds that it owes."""
    days = found.days
    firsts = [
        meeting.first for meeting in days.problem.fixed if set(minimum.counts) & set(meeting.obligations)
    ]
    owed = minimum.least - sum(minimum.since <= first <= minimum.until for first in firsts)
    if owed <= 0:
        return
    since, until = days.number(minimum.since), days.number(minimum.until)
    within = _everything_after(days, since - 1) & ~_everything_after(days, until)
    starts = tuple(
        (key, within) for key in sorted(days.rounds) if set(days.rounds[key].duties) & set(minimum.counts)
    )
    words = partial(of_year, days.series[minimum.obligation], minimum, owed)
    subject = f"{minimum.obligation} {minimum.since} {minimum.until} {minimum.least}"
    found.add(rules.BY_NAME[minimum.rule], "year", subject, words, [Count(starts, least=owed)])


def _rounds(asked: Asked) -> set[str]:
    match asked:
        case Forbids() | Wants():
            return {asked.round}
        case NotAfter():
            return {asked.held, asked.other}
        case Count():
            return {key for key, _ in asked.starts}
        case Apart():
            return set(asked.rounds)
        case _:
            return set()


def _starts_touching(days: Days, key: str, mask: int) -> int:
    """Return the days from which a round would touch any day of a set."""
    length = days.series[days.rounds[key].obligation].days
    touching = 0
    for shift in range(length):
        touching |= mask >> shift
    return touching


def _everything_after(days: Days, number: int) -> int:
    return (1 << days.count) - (1 << max(0, min(number + 1, days.count)))
