"""Whether a plan is right: every rule asked again, every line of its price added up again.

Owns an opinion of its own. It shares with the solver the value types, the names and words of the rules, and the
arithmetic of dates, and no code besides; no plan is stored that it finds fault with. Pure. That a plan is the
cheapest one it takes on trust: it only sees whether price and bound agree.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from scheduler.dates.cadence import add_months, last_day_within_limit
from scheduler.dates.closed_days import Effect
from scheduler.dates.slots import days_between
from scheduler.planning import rules, wishes
from scheduler.planning.problem import (
    HOSTED_BY_A_PARTY,
    Link,
    Placement,
    Plan,
    Problem,
    Round,
    Series,
)
from scheduler.planning.record import fingerprint
from scheduler.planning.wording import Rule
from scheduler.words import Words

NOT_NAMED = {"en": "broken, and not named so: {what}", "nl": "overschreden, en niet zo genoemd: {what}"}
NAMED_FALSELY = {
    "en": "named as broken wrongly: {what}",
    "nl": "ten onrechte als overschreden genoemd: {what}",
}
WRONG_PRICE = {"en": "costs {found}, and the plan says {said}", "nl": "kost {found}, en het plan zegt {said}"}
NOT_ONCE = {"en": "stands {count} times in the plan", "nl": "staat {count} keer in het plan"}
WRONG_LENGTH = {"en": "does not last {days} days", "nl": "duurt geen {days} dagen"}

Named = tuple[str, str, str | None, date, date | None, date | None, int]
"""A breach as it is compared: rule, obligation, round, limit, day, soonest day, price."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks, for which round, on which day, and the sentence that says so."""

    rule: str
    round: str | None
    day: date | None
    sentence: Words


def check(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Return everything that is wrong with ``plan`` as an answer to ``problem``; nothing where it is right."""
    incomplete = tuple(_completeness(problem, plan))
    if incomplete:
        return incomplete
    view = _View(problem, plan)
    return (
        *(violation for placed in plan.placements for violation in _alone(view, placed)),
        *_left_out(view),
        *_posts(view),
        *_capacities(view),
        *_gaps(view),
        *_orders(view),
        *_limits(view),
        *_prices(view),
        *_bookkeeping(problem, plan),
    )


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A meeting that takes place: a placed round, or a fixed one, which has no ``round``."""

    key: str
    obligations: tuple[str, ...]
    posts: tuple[str, ...]
    offices: tuple[str, ...]
    first: date
    last: date
    host: str | None
    round: str | None

    def weeks(self) -> set[tuple[int, int]]:
        """Return the ISO weeks it touches."""
        return {day.isocalendar()[:2] for day in days_between(self.first, self.last)}


class _View:
    """A plan and its problem, as the questions below want to look at them."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.series = {series.obligation: series for series in problem.series}
        self.rounds = {round_.key: round_ for round_ in problem.rounds}
        self.placed = {placed.round: placed for placed in plan.placements}
        self.fixed = [
            _Sitting(
                meeting.key,
                meeting.obligations,
                meeting.posts,
                meeting.offices,
                meeting.first,
                meeting.last,
                meeting.host,
                None,
            )
            for meeting in problem.fixed
        ]
        self.new = [self._sitting(placed) for placed in plan.placements]

    def _sitting(self, placed: Placement) -> _Sitting:
        series = self.series_of(placed.round)
        return _Sitting(
            placed.round,
            (series.obligation,),
            series.posts,
            series.offices,
            placed.first,
            placed.last,
            placed.host,
            placed.round,
        )

    def series_of(self, key: str) -> Series:
        """Return the series of a round."""
        return self.series[self.rounds[key].obligation]

    def chain(self, series: Series) -> list[Round]:
        """Return the rounds of a series by the day they are aimed at."""
        chain = [round_ for round_ in self.rounds.values() if round_.obligation == series.obligation]
        return sorted(chain, key=lambda round_: (round_.aim, round_.key))

    def discharging(self, obligations: Iterable[str], *, fixed_only: bool = False) -> list[_Sitting]:
        """Return the meetings that count for any of the obligations."""
        wanted = set(obligations)
        sittings = self.fixed if fixed_only else [*self.fixed, *self.new]
        return [sitting for sitting in sittings if wanted & set(sitting.obligations)]

    def limit(self, series: Series, position: int) -> tuple[date, date] | None:
        """Return from when until when the longest gap runs before the round at a position of its chain."""
        if series.covers:
            return None
        since: date | None
        if position:
            before = self.placed.get(self.chain(series)[position - 1].key)
            since = before.first if before else None
        else:
            held = [sitting.first for sitting in self.discharging(series.counts, fixed_only=True)]
            since = series.cadence.anchor or max([series.in_force_from, *series.skips, *held])
        limit = last_day_within_limit(series.cadence, since) if since else None
        return (since, limit) if since and limit else None


def _completeness(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Find rounds that stand in the plan never or twice, rounds it invented, and meetings of another length."""
    found = Counter(
        [*(placed.round for placed in plan.placements), *(entry.round for entry in plan.unplaced)]
    )
    rounds = {round_.key: round_ for round_ in problem.rounds}
    lengths = {series.obligation: series.days for series in problem.series}
    for key in sorted(rounds.keys() | found.keys()):
        if found[key] != 1 or key not in rounds:
            yield _violation(rules.PLACED, key, None, NOT_ONCE, count=found[key])
    for placed in plan.placements:
        days = lengths[rounds[placed.round].obligation] if placed.round in rounds else 1
        if placed.last != placed.first + timedelta(days=days - 1):
            yield _violation(rules.PLACED, placed.round, placed.first, WRONG_LENGTH, days=days)


def _alone(view: _View, placed: Placement) -> Iterator[Violation]:
    """Find the hard rules that one round breaks by itself."""
    problem, round_, series = view.problem, view.rounds[placed.round], view.series_of(placed.round)
    days = days_between(placed.first, placed.last)
    if placed.first < problem.first or placed.last > problem.last:
        yield _broken(rules.HORIZON, placed, first=problem.first, last=problem.last)
    if placed.first < round_.earliest:
        yield _broken(rules.LEAD_TIME, placed, weeks=series.lead_weeks, earliest=round_.earliest)
    if not all(series.window.is_open(day) for day in days):
        yield _broken(rules.WINDOW, placed, window=series.window.in_words())
    for day in days:
        for row in (row for name in series.calendars for row in problem.calendars[name].get(day, ())):
            if row.effect == Effect.FORBIDS:
                party = problem.name(row.party)
                sentence = rules.CLOSED_DAY.explain(day=day, party=party, closed=row.title, source=row.source)
                yield Violation(rules.CLOSED_DAY.name, placed.round, day, sentence)
    pin = round_.pin
    if pin and (placed.first != pin.first or pin.host not in {None, placed.host}):
        yield _broken(rules.PIN, placed, pinned=pin.first)
    if not _host_is_allowed(series, placed):
        yield _broken(rules.HOST, placed, hosting=series.hosting.rule, host=problem.name(placed.host or "–"))


def _host_is_allowed(series: Series, placed: Placement) -> bool:
    if series.hosting.rule not in HOSTED_BY_A_PARTY:
        return placed.host is None and placed.setting == series.hosting.rule
    allowed = (series.hosting.party,) if series.hosting.rule == "fixed" else series.parties
    return placed.setting == "party" and placed.host in allowed


def _left_out(view: _View) -> Iterator[Violation]:
    """Find pinned rounds that were left out, and wrong prices for leaving out."""
    for entry in view.plan.unplaced:
        pin = view.rounds[entry.round].pin
        if pin:
            sentence = rules.PIN.explain(pinned=pin.first, day="–")
            yield Violation(rules.PIN.name, entry.round, None, sentence)
        if entry.price != view.problem.prices.unplaced:
            facts = {"found": view.problem.prices.unplaced, "said": entry.price}
            yield _violation(rules.PLACED, entry.round, None, WRONG_PRICE, **facts)


def _posts(view: _View) -> Iterator[Violation]:
    by_post: dict[tuple[str, date], list[_Sitting]] = defaultdict(list)
    for sitting in (*view.fixed, *view.new):
        for day in days_between(sitting.first, sitting.last):
            for post in sitting.posts:
                by_post[post, day].append(sitting)
    for (post, day), sittings in by_post.items():
        for other, sitting in combinations(sittings, 2):
            if sitting.round:
                facts = {"day": day, "post": view.problem.name(post), "other": other.key}
                sentence = rules.ONE_MEETING_A_DAY.explain(**facts)
                yield Violation(rules.ONE_MEETING_A_DAY.name, sitting.round, day, sentence)


def _capacities(view: _View) -> Iterator[Violation]:
    for capacity in view.problem.capacities:
        by_week: dict[tuple[int, int], list[_Sitting]] = defaultdict(list)
        for sitting in (*view.fixed, *view.new):
            if capacity.office in sitting.offices:
                for week in sitting.weeks():
                    by_week[week].append(sitting)
        for sittings in by_week.values():
            last = sittings[-1]
            if len(sittings) > capacity.most and last.round:
                facts = {"day": last.first, "office": capacity.title, "most": capacity.most}
                yield Violation(rules.CAPACITY.name, last.round, last.first, rules.CAPACITY.explain(**facts))


def _gaps(view: _View) -> Iterator[Violation]:
    """Find rounds of a series that lie too close together, or in another order than they are due."""
    for series in view.series.values():
        positions = {round_.key: number for number, round_ in enumerate(view.chain(series))}
        for one, other in combinations(view.discharging([series.obligation]), 2):
            if not other.round:
                continue
            early, late = sorted((one, other), key=lambda sitting: sitting.first)
            turned = early.round and late.round and positions[early.round] > positions[late.round]
            if (
                turned
                or add_months(early.first, series.smallest_gap) > late.first
                or early.first == late.first
            ):
                facts = {"day": other.first, "other": one.first, "months": series.smallest_gap}
                sentence = rules.SMALLEST_GAP.explain(**facts)
                yield Violation(rules.SMALLEST_GAP.name, other.round, other.first, sentence)


def _orders(view: _View) -> Iterator[Violation]:
    for order in view.problem.orders:
        before, after = view.placed.get(order.before), view.placed.get(order.after)
        if before and after and (after.first - before.last).days <= order.lag_days:
            yield _broken(rules.ORDER, after, lag=order.lag_days, other=order.before)


def _limits(view: _View) -> Iterator[Violation]:
    """Compare the breaches that there are with those that the plan names."""
    there = Counter(_breaches(view))
    named = Counter(
        (entry.rule, entry.obligation, entry.round, entry.limit, entry.day, entry.soonest, entry.price)
        for entry in view.plan.all_breaches
    )
    for text, entries in ((NOT_NAMED, there - named), (NAMED_FALSELY, named - there)):
        for rule, obligation, round_, limit, day, _, _ in entries:
            sentence = _sentence(text, what=f"{obligation}, {limit}")
            yield Violation(rule, round_, day, sentence)


def _breaches(view: _View) -> Iterator[Named]:
    """Return every limit that the plan does not keep, as it ought to be named."""
    problem, price = view.problem, view.problem.prices.limit
    for series in view.series.values():
        for position, round_ in enumerate(view.chain(series)):
            gap = view.limit(series, position)
            placed = view.placed.get(round_.key)
            if gap and placed and placed.first > gap[1]:
                rule = rules.LONGEST_GAP.name
                yield rule, series.obligation, round_.key, gap[1], placed.first, round_.earliest, price
    for minimum in problem.minimums:
        firsts = [sitting.first for sitting in view.discharging(minimum.counts)]
        lacking = minimum.least - sum(minimum.since <= first <= minimum.until for first in firsts)
        if lacking > 0:
            after = min((first for first in firsts if first > minimum.until), default=None)
            soonest = problem.today + timedelta(weeks=view.series[minimum.obligation].lead_weeks)
            yield minimum.rule, minimum.obligation, None, minimum.until, after, soonest, lacking * price


def _prices(view: _View) -> Iterator[Violation]:
    """Compare, rule by rule, what every round costs with what its lines say."""
    turns = dict(_turns(view))
    for placed in view.plan.placements:
        there = Counter(dict(_costs(view, placed)))
        if placed.round in turns and placed.host != turns[placed.round]:
            there[wishes.HOST_TURN.name] = view.problem.prices.turn
        for link in view.problem.links:
            if link.after == view.rounds[placed.round].obligation:
                there[link.rule] += _leaning(view, link, placed.first)
        said: Counter[str] = Counter()
        for line in placed.lines:
            said[line.rule] += line.price
        for rule in sorted(there.keys() | said.keys()):
            if there[rule] != said[rule]:
                sentence = _sentence(WRONG_PRICE, found=there[rule], said=said[rule])
                yield Violation(rule, placed.round, placed.first, sentence)


def _costs(view: _View, placed: Placement) -> Iterator[tuple[str, int]]:
    problem, round_, series = view.problem, view.rounds[placed.round], view.series_of(placed.round)
    prices, days = problem.prices, days_between(placed.first, placed.last)
    late = (placed.first - round_.aim).days
    yield wishes.AIM.name, late * prices.late_day if late > 0 else -late * prices.early_day
    yield wishes.WEEKDAY.name, prices.weekday * sum(day.weekday() not in problem.weekdays for day in days)
    rows = [row for name in series.calendars for day in days for row in problem.calendars[name].get(day, ())]
    costly = sum(row.effect == Effect.COSTS for row in rows)
    yield wishes.COSTLY_DAY.name, costly * prices.costly_day[series.level]
    gap = view.limit(series, 0)
    if view.chain(series)[0] == round_ and gap and placed.first > gap[1]:
        yield wishes.SOONEST.name, prices.soonest_day * (placed.first - gap[1]).days
    if round_.planned and round_.planned.first != placed.first:
        moved = abs((placed.first - round_.planned.first).days)
        yield wishes.KEEP_DATE.name, prices.moved + moved * prices.moved_day


def _turns(view: _View) -> Iterator[tuple[str, str]]:
    """Return whose turn it is to host each placed round, where alternation says."""
    for series in view.series.values():
        if series.hosting.rule != "alternate":
            continue
        held = sorted(
            view.discharging([series.obligation], fixed_only=True), key=lambda sitting: sitting.first
        )
        host = held[-1].host if held else None
        turn = series.hosting.next or _next(series, host)
        for round_ in view.chain(series):
            if round_.key in view.placed:
                if turn:
                    yield round_.key, turn
                turn = _next(series, view.placed[round_.key].host)


def _next(series: Series, host: str | None) -> str | None:
    if host not in series.parties:
        return None
    return (*series.parties, series.parties[0])[series.parties.index(host) + 1]


def _leaning(view: _View, link: Link, day: date) -> int:
    """Return what a round pays for the editions that are missing before it."""
    prices = view.problem.prices
    editions = [sitting for sitting in view.discharging(link.before) if sitting.last < day]
    if any(sitting.first.year == day.year for sitting in editions):
        return 0
    recent = any(sitting.first >= add_months(day, -12) for sitting in editions)
    return prices.other_year if recent else prices.other_year + prices.unsupported


def _bookkeeping(problem: Problem, plan: Plan) -> Iterator[Violation]:
    parts = [breach.price for breach in plan.all_breaches] + [entry.price for entry in plan.unplaced]
    parts += [line.price for placed in plan.placements for line in placed.lines]
    honest = plan.bound == plan.price if plan.proven else plan.bound <= plan.price
    if sum(parts) != plan.price or not honest:
        sentence = rules.TOTAL.explain(said=f"{plan.price} (≥ {plan.bound})", found=sum(parts))
        yield Violation(rules.TOTAL.name, None, None, sentence)
    if plan.inputs != fingerprint(problem):
        yield Violation(rules.INPUTS.name, None, None, rules.INPUTS.explain(said=plan.inputs))


def _broken(rule: Rule, placed: Placement, **facts: object) -> Violation:
    return Violation(rule.name, placed.round, placed.first, rule.explain(day=placed.first, **facts))


def _violation(rule: Rule, key: str, day: date | None, text: Words, **facts: object) -> Violation:
    return Violation(rule.name, key, day, _sentence(text, **facts))


def _sentence(text: Words, **facts: object) -> Words:
    return {language: sentence.format(**facts) for language, sentence in text.items()}
