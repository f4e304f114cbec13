"""The checker's own sum: which limits a plan breaks, and what each wish costs that it does not meet. Pure."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.dates.cadence import add_months
from scheduler.dates.closed_days import Effect
from scheduler.dates.slots import days_between
from scheduler.planning import rules, wishes
from scheduler.planning.checking.view import View, Violation, sentence
from scheduler.planning.problem import Link, Placement, Series

NOT_NAMED = {"en": "broken, and not named so: {what}", "nl": "overschreden, en niet zo genoemd: {what}"}
NAMED_FALSELY = {
    "en": "named as broken wrongly: {what}",
    "nl": "ten onrechte als overschreden genoemd: {what}",
}
WRONG_PRICE = {"en": "costs {found}, and the plan says {said}", "nl": "kost {found}, en het plan zegt {said}"}

Named = tuple[str, str, str | None, date, date | None, date | None, int]
"""A breach as it is compared: rule, obligation, round, limit, day, soonest day, price."""


def limits(view: View) -> Iterator[Violation]:
    """Compare the breaches that there are with those that the plan names."""
    there = Counter(_breaches(view))
    named = Counter(
        (entry.rule, entry.obligation, entry.round, entry.limit, entry.day, entry.soonest, entry.price)
        for entry in view.plan.all_breaches
    )
    for text, entries in ((NOT_NAMED, there - named), (NAMED_FALSELY, named - there)):
        for rule, obligation, round_, limit, day, _, _ in entries:
            words = sentence(text, what=f"{obligation}, {limit}")
            yield Violation(rule, round_, day, words)


def _breaches(view: View) -> Iterator[Named]:
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


def prices(view: View) -> Iterator[Violation]:
    """Compare, rule by rule, what every round costs with what its lines say."""
    between = _between(view)
    for placed in view.plan.placements:
        there = Counter(between[placed.round])
        for rule, price in _costs(view, placed):
            there[rule] += price
        said: Counter[str] = Counter()
        for line in placed.lines:
            said[line.rule] += line.price
        for rule in sorted(there.keys() | said.keys()):
            if there[rule] != said[rule]:
                words = sentence(WRONG_PRICE, found=there[rule], said=said[rule])
                yield Violation(rule, placed.round, placed.first, words)


def _costs(view: View, placed: Placement) -> Iterator[tuple[str, int]]:
    problem, round_, series = view.problem, view.rounds[placed.round], view.series_of(placed.round)
    prices, days = problem.prices, days_between(placed.first, placed.last)
    weekdays = series.preferred.weekdays or problem.weekdays
    late = (placed.first - round_.aim).days
    yield wishes.AIM.name, late * prices.late_day if late > 0 else -late * prices.early_day
    yield wishes.WEEKDAY.name, prices.weekday * sum(day.weekday() not in weekdays for day in days)
    if not series.preferred.holds(placed.first):
        yield wishes.PREFERRED_WEEKS.name, prices.outside_preferred
    for row in (row for day in days for row in view.entries(placed.round, day) if row.effect == Effect.COSTS):
        if row.kind == "diary":
            yield wishes.TENTATIVE.name, prices.tentative_day
        else:
            yield wishes.COSTLY_DAY.name, prices.costly_day[series.level]
    for duty in view.served(placed.round):
        gap = view.known_limit(duty, round_)
        if gap and placed.first > gap:
            yield wishes.SOONEST.name, prices.soonest_day * (placed.first - gap).days
    if round_.planned and round_.planned.first != placed.first:
        moved = abs((placed.first - round_.planned.first).days)
        yield wishes.KEEP_DATE.name, prices.moved + moved * prices.moved_day
    known = round_.issued
    if known and (known.first != placed.first or known.host not in {None, placed.host}):
        moved = abs((placed.first - known.first).days)
        yield wishes.KEEP_ISSUED.name, prices.issued + moved * prices.issued_day


def _between(view: View) -> dict[str, Counter[str]]:
    """Return what rounds cost beside each other, by round and rule: turns, links, crowded weeks."""
    found: dict[str, Counter[str]] = {key: Counter() for key in view.placed}
    for key, rule, price in (*_turns(view), *_load(view)):
        found[key][rule] += price
    for link in view.problem.links:
        for key, placed in view.placed.items():
            if link.after in view.rounds[key].duties:
                found[key][link.rule] += _leaning(view, link, placed.first)
    return found


def _turns(view: View) -> Iterator[tuple[str, str, int]]:
    """Return what each round hosted out of turn costs, where alternation says whose turn it was."""
    prices = view.problem.prices
    for series in view.series.values():
        hosting = series.hosting
        if hosting.rule != "alternate":
            continue
        standing = view.discharging([series.obligation], fixed_only=True)
        held = sorted(standing, key=lambda sitting: (sitting.first, sitting.key))
        turn = hosting.owed_by or hosting.next
        if not turn and not hosting.undecided:
            turn = _next(series, held[-1].host if held else None)
        owed = hosting.owed_by is not None
        for round_ in view.chain(series):
            if round_.key in view.placed and round_.obligation == series.obligation:
                host = view.placed[round_.key].host
                if turn and host != turn:
                    rule, price = (wishes.HOST_DEBT, prices.debt) if owed else (wishes.HOST_TURN, prices.turn)
                    yield round_.key, rule.name, price
                turn, owed = _next(series, host), False


def _load(view: View) -> Iterator[tuple[str, str, int]]:
    """Return what crowded weeks cost: in each, the last new rounds beyond the comfortable number."""
    for capacity in view.problem.capacities:
        if capacity.comfortable is None:
            continue
        for sittings in view.touching(capacity.office).values():
            new = sorted((sitting.first, sitting.round) for sitting in sittings if sitting.round)
            beyond = min(len(new), len(sittings) - capacity.comfortable)
            for _, key in new[len(new) - max(0, beyond) :]:
                yield key or "", wishes.LOAD.name, view.problem.prices.load


def _next(series: Series, host: str | None) -> str | None:
    if host not in series.parties:
        return None
    return (*series.parties, series.parties[0])[series.parties.index(host) + 1]


def _leaning(view: View, link: Link, day: date) -> int:
    """Return what a round pays for the editions that are missing before it."""
    prices = view.problem.prices
    editions = [sitting for sitting in view.discharging(link.before) if sitting.last < day]
    if any(sitting.first.year == day.year for sitting in editions):
        return 0
    recent = any(sitting.first >= add_months(day, -12) for sitting in editions)
    return prices.other_year if recent else prices.other_year + prices.unsupported
