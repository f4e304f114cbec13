"""The values that planning works on: a ``Problem`` comes in, a ``Plan`` goes out.

Owns their shapes and nothing else: what must hold is in ``rules``, which rounds are owed in ``rounds``, how a plan is
found in ``solver``, whether it is right in ``checker``, how it is stored in ``record``. All days are calendar dates
without a zone; all prices are whole points; lists have no order unless they say so.

A post is written ``party/post``, an office ``party/office``. A *series* is an obligation with all its rounds. A
*host* is a party key, or ``None`` where no party hosts (``Placement.setting`` says where it is instead).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from scheduler.dates.cadence import Cadence, aim_months
from scheduler.dates.closed_days import ClosedDay, ClosedDays
from scheduler.dates.preferences import NO_PREFERENCE, Preferred
from scheduler.dates.slots import OfficeHours, days_between
from scheduler.dates.windows import ANY_TIME, Window
from scheduler.words import Words

Calendar = Mapping[date, tuple[ClosedDay, ...]]
"""What forbids or costs a day, by day; days without an entry are open."""

TUESDAY_TO_THURSDAY = (1, 2, 3)
HOSTED_BY_A_PARTY = frozenset({"alternate", "either", "fixed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What each wish costs when it is not met, in points.

    Two steps keep the order of things: a year of ordinary wishes of one round stays below 10,000 points, so no sum of
    them buys a broken limit, and no handful of broken limits buys a round left without a date. The figures are
    practice, kept as settings.
    """

    unplaced: int = 1_000_000
    limit: int = 100_000
    soonest_day: int = 3
    early_day: int = 1
    late_day: int = 2
    weekday: int = 8
    costly_day: Mapping[str, int] = field(
        default_factory=lambda: {"ministerial": 60, "senior_official": 20, "expert": 10}
    )
    tentative_day: int = 40
    outside_preferred: int = 120
    load: int = 30
    moved: int = 300
    moved_day: int = 3
    issued: int = 30_000
    issued_day: int = 100
    turn: int = 150
    debt: int = 450
    unsupported: int = 150
    other_year: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """Who hosts: ``rule`` as in the vocabulary; ``party`` where fixed; ``next`` whose turn it is, and ``why``.

    ``owed_by`` is the party that both sides agreed hosts the next round in return for an earlier one; ``undecided``
    says that they still have to agree. ``place`` and ``zone`` say where a third place is, if the programme does.
    """

    rule: str = "alternate"
    party: str | None = None
    next: str | None = None
    why: Words | None = None
    owed_by: str | None = None
    undecided: bool = False
    place: Words | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What planning needs to know of an obligation.

    ``level`` is effective: ``mixed`` has become the level whose lead times hold. ``calendars`` name the calendars of
    the problem that bind every day of a round. ``covers`` are the obligations whose rounds count for this one (an
    umbrella). ``hours`` is how long a round lasts within its one day, from ``start`` if it can; ``None`` where it takes
    whole days. ``skips`` are the due dates of rounds that both sides agreed to leave out. ``assumed`` names the fields
    that no source states.
    """

    obligation: str
    title: Words
    kind: str
    level: str
    cadence: Cadence
    in_force_from: date
    lead_weeks: int
    parties: tuple[str, ...]
    in_force_until: date | None = None
    posts: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    days: int = 1
    hours: int | None = None
    start: time | None = None
    window: Window = ANY_TIME
    preferred: Preferred = NO_PREFERENCE
    hosting: Hosting = Hosting()
    covers: tuple[str, ...] = ()
    skips: tuple[date, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[str, ...]:
        """Return the obligations whose rounds count for this one, itself first."""
        return (self.obligation, *self.covers)

    @property
    def smallest_gap(self) -> float:
        """Return the months that two rounds lie apart at least: half the interval aimed for. Assumed; no text says."""
        return (aim_months(self.cadence) or 0) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A meeting that stands: held, or issued with its date. It discharges every obligation named, its own first.

    A meeting of another partnership names none, and has a ``title``.
    """

    key: str
    obligations: tuple[str, ...]
    first: date
    last: date
    host: str | None = None
    posts: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    title: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A first day, with a host where one is named."""

    first: date
    host: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round that needs a date; it discharges ``obligation``, and those in ``also``, merged into it for one year.

    ``aim`` is the day it is due; rounds of one series follow each other by aim. ``earliest`` is the first day that
    the lead times allow. ``pin`` is a slot that people decided; ``planned`` the slot of the plan in force, which
    costs to change. ``issued`` is the slot that both sides know of a meeting that people released, ``meeting`` its
    UID: there it may stay whatever the lead times say, and as few as can be move. ``continues`` is the UID of a meeting
    that the round gives a day to: one that the side has planned, or one whose date was refused or postponed. ``host``
    is a party that people asked to host it, whatever its day.
    """

    key: str
    obligation: str
    aim: date
    earliest: date
    pin: Slot | None = None
    planned: Slot | None = None
    issued: Slot | None = None
    meeting: str | None = None
    continues: str | None = None
    host: str | None = None
    also: tuple[str, ...] = ()
    merged_for: int | None = None

    @property
    def duties(self) -> tuple[str, ...]:
        """Return the obligations that the round discharges, its own first."""
        return (self.obligation, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """At least ``least`` rounds of the obligations in ``counts`` begin from ``since`` until ``until``, both included.

    ``rule`` is the name of the rule that asks for it: a calendar year, or the longest gap of an umbrella.
    """

    obligation: str
    rule: str
    counts: tuple[str, ...]
    since: date
    until: date
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A round of ``after`` wants one of ``before`` to be held in the twelve months before it.

    ``rule`` is the name of the rule: what it builds on, or what supports it.
    """

    rule: str
    before: tuple[str, ...]
    after: str
    basis: str = "stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """``after`` begins more than ``lag_days`` days after ``before`` ends: rounds, or one and a meeting that stands."""

    before: str
    after: str
    lag_days: int = 0
    basis: str = "stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """At most ``most`` meetings that need ``office`` touch one ISO week; each beyond ``comfortable`` costs."""

    office: str
    title: Words
    most: int
    comfortable: int | None = None
    basis: str = "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything a plan depends on: two equal problems have the same plan.

    ``may_merge`` are the pairs of obligations that one meeting may discharge, its own first, if both sides say so.
    ``reporting`` are orders between obligations, from which those of rounds come. ``office_hours`` are those of each
    party; of one without any, nothing is asked. ``names`` say how parties, posts and offices are called, if not so.
    """

    today: date
    first: date
    last: date
    series: tuple[Series, ...]
    rounds: tuple[Round, ...]
    fixed: tuple[Fixed, ...] = ()
    minimums: tuple[Minimum, ...] = ()
    links: tuple[Link, ...] = ()
    orders: tuple[Order, ...] = ()
    reporting: tuple[Order, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    may_merge: tuple[tuple[str, str], ...] = ()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    office_hours: Mapping[str, OfficeHours] = field(default_factory=dict)
    names: Mapping[str, Words] = field(default_factory=dict)
    weekdays: tuple[int, ...] = TUESDAY_TO_THURSDAY
    prices: Prices = Prices()

    def name(self, key: str) -> Words:
        """Return how a party, post or office is called."""
        return self.names.get(key, {"en": key})

    def chain(self, obligation: str) -> tuple[Round, ...]:
        """Return the rounds that need a date and discharge an obligation, in their order."""
        rounds = (round_ for round_ in self.rounds if obligation in round_.duties)
        return tuple(sorted(rounds, key=lambda round_: (round_.aim, round_.key)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a price: which wish was not met, by how much, and why."""

    rule: str
    price: int
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A limit that the plan does not keep: until when it asked, and which day the plan offers instead.

    ``soonest`` is the first day that lead times allow. ``round`` and ``day`` are ``None`` where no round answers for
    it.
    """

    rule: str
    obligation: str
    round: str | None
    limit: date
    day: date | None
    soonest: date | None
    price: int
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A round with its days and host; ``setting`` is ``party``, ``third_place``, ``online`` or ``none``.

    ``duties`` are the obligations that it discharges, its own first.
    """

    round: str
    first: date
    last: date
    host: str | None
    setting: str
    host_reason: Words
    duties: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    breaches: tuple[Breach, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A round that found no day, at what price, and which rules stood in its way."""

    round: str
    rules: tuple[str, ...]
    price: int
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Days for the rounds of a problem. ``breaches`` are those that no single round answers for.

    ``price`` is the sum of all lines, breaches and unplaced rounds; no plan costs less than ``bound``, and ``proven``
    says that the two meet. ``inputs`` is the fingerprint of the problem.
    """

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    breaches: tuple[Breach, ...]
    price: int
    bound: int
    proven: bool
    solver: str
    version: str
    seed: int
    parameters: Mapping[str, int | float | bool]
    inputs: str

    @property
    def all_breaches(self) -> tuple[Breach, ...]:
        """Return every breach, those of the rounds first."""
        return (*(breach for placed in self.placements for breach in placed.breaches), *self.breaches)


def clock(series: Series, fixed: Iterable[Fixed]) -> date:
    """Return the day from which the next round of a series is counted.

    That is its event, where there is one; else the latest of the last round, the last skip and the day it came into
    force.
    """
    counted = (meeting.first for meeting in fixed if set(series.counts) & set(meeting.obligations))
    return series.cadence.anchor or max((series.in_force_from, *series.skips, *counted))


def counted_from(series: Series, fixed: Iterable[Fixed], chain: Sequence[Round], place: int) -> date | None:
    """Return from when the longest gap before a round of a chain counts, where that is known without a plan.

    It is not where another round of the chain comes between this one and the last meeting that stands before it.
    """
    before = [meeting for meeting in fixed if meeting.first < chain[place].aim]
    counted = (meeting.first for meeting in before if set(series.counts) & set(meeting.obligations))
    if place == 0 or any(chain[place - 1].aim < day for day in counted):
        return clock(series, before)
    return None


def in_order(problem: Problem) -> Problem:
    """Return the same problem with its lists sorted, so that no answer depends on their order."""
    return replace(
        problem,
        series=tuple(sorted(problem.series, key=lambda entry: entry.obligation)),
        rounds=tuple(sorted(problem.rounds, key=lambda entry: entry.key)),
        fixed=tuple(sorted(problem.fixed, key=lambda entry: entry.key)),
        minimums=tuple(sorted(problem.minimums, key=_minimum_key)),
        links=tuple(sorted(problem.links, key=lambda entry: (entry.after, entry.rule, entry.before))),
        orders=tuple(sorted(problem.orders, key=_order_key)),
        reporting=tuple(sorted(problem.reporting, key=_order_key)),
        capacities=tuple(sorted(problem.capacities, key=lambda entry: (entry.office, entry.most))),
    )


def last_day(first: date, days: int) -> date:
    """Return the last day of a meeting of ``days`` consecutive days."""
    return first + timedelta(days=days - 1)


def resolve_calendar(
    closed: ClosedDays, party: str, first: date, last: date, *, level: str, offices: tuple[str, ...] = ()
) -> Calendar:
    """Return what forbids or costs each day from ``first`` to ``last`` for a party, a level and its offices."""
    days = ((day, closed.for_party(party, day, level, offices)) for day in days_between(first, last))
    return {day: rows for day, rows in days if rows}


def _minimum_key(minimum: Minimum) -> tuple[str, str, date, date, int]:
    return minimum.obligation, minimum.rule, minimum.since, minimum.until, minimum.least


def _order_key(order: Order) -> tuple[str, str, int]:
    return order.before, order.after, order.lag_days
