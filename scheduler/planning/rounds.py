"""Which rounds a span of time needs, when each is due, and what the whole span owes.

Owns the step from cadences to rounds without a day. How a cadence is counted is in ``dates/cadence``; what an
obligation owes today, and its colour, in ``obligations``. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from scheduler.dates.cadence import (
    add_months,
    aim_months,
    due_on,
    last_day_within_limit,
    red_months,
    rounds_a_year,
    year_is_wholly_in_force,
)
from scheduler.planning import rules, wording
from scheduler.planning.problem import Fixed, Minimum, Order, Round, Series, clock

NOT_MEETINGS = frozenset({"report", "contact"})
ONE_DAY = timedelta(days=1)
TWO_YEARS = 731
"""How far the next day of a window can be from a due date, where the round before leaves no room in this year's."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What a span of time needs: rounds that want a day, and the minimums that they serve."""

    rounds: tuple[Round, ...]
    minimums: tuple[Minimum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """In ``year``, as both sides decided, a round of ``obligation`` discharges ``other`` too."""

    obligation: str
    other: str
    year: int


def rounds_owed(
    series: Sequence[Series],
    fixed: Sequence[Fixed],
    *,
    today: date,
    first: date,
    last: date,
    merges: Sequence[Merge] = (),
) -> Owed:
    """Return the rounds due until ``last`` that no fixed meeting answers, and what the years until then must hold.

    Nothing is owed by reports and contacts, nor where no interval is stated or set. A round that is late already is
    owed with its old due date. An umbrella needs rounds of its own only for what the series it covers do not give, and
    a duty merged into the round of another none in that year.
    """
    span = _Span(today, first, last)
    meetings = [entry for entry in series if entry.kind not in NOT_MEETINGS and aim_months(entry.cadence)]
    found = {entry.obligation: tuple(_chain(entry, fixed, span)) for entry in meetings if not entry.covers}
    for merge in merges:
        _merge(merge, found, {entry.obligation: entry for entry in meetings}, fixed, span)
    expected = {obligation: [day for _, day in chain] for obligation, chain in found.items()}
    rounds = [round_ for chain in found.values() for round_, _ in chain]
    for entry in meetings:
        if entry.covers:
            known = [day for covered in entry.covers for day in expected.get(covered, ())]
            rounds += _gaps_in_umbrella(entry, fixed, known, span)
    minimums = [minimum for entry in meetings for minimum in _minimums(entry, fixed, span)]
    return Owed(tuple(sorted(rounds, key=lambda round_: round_.key)), tuple(minimums))


def reporting_orders(
    rounds: Sequence[Round], reporting: Iterable[Order], coming: Sequence[Fixed] = ()
) -> tuple[Order, ...]:
    """Return the order in which rounds report to those of other obligations: first to first, and so on.

    ``coming`` are the meetings that stand and are still to be held: they take their turn among the rounds.
    """
    return tuple(
        replace(order, before=one, after=other)
        for order in reporting
        for one, other in zip(
            _serving(rounds, coming, order.before), _serving(rounds, coming, order.after), strict=False
        )
        if one != other
    )


def _serving(rounds: Iterable[Round], coming: Iterable[Fixed], obligation: str) -> list[str]:
    found = [(entry.aim, entry.key) for entry in rounds if obligation in entry.duties]
    found += [(entry.first, entry.key) for entry in coming if obligation in entry.obligations]
    return [key for _, key in sorted(found)]


def gap_before(series: Series, meeting: Fixed) -> Minimum | None:
    """Return that a round is held within the longest gap before a meeting that stands, where a round came before it."""
    months = red_months(series.cadence)
    if months is None or series.covers:
        return None
    since = add_months(meeting.first, -months)
    while (limit := last_day_within_limit(series.cadence, since)) and limit < meeting.first:
        since += ONE_DAY
    return _minimum(series, rules.LONGEST_GAP, since, meeting.first - ONE_DAY, 1)


@dataclass(frozen=True, slots=True)
class _Span:
    today: date
    first: date
    last: date

    def earliest(self, series: Series) -> date:
        """Return the first day that the lead times of a series allow."""
        return self.today + timedelta(weeks=series.lead_weeks)

    def years(self, series: Series) -> Iterator[int]:
        """Return the calendar years, wholly in force, that close within the span."""
        for year in range(self.first.year, self.last.year + 1):
            if date(year, 12, 31) <= self.last and _in_force(series, year):
                yield year


Expected = tuple[Round, date]
"""A round, and the day on which it may be expected."""


def _merge(
    merge: Merge,
    found: dict[str, tuple[Expected, ...]],
    series: Mapping[str, Series],
    fixed: Sequence[Fixed],
    span: _Span,
) -> None:
    """Let the first round of a series in the year of a merge serve the other series too, which then needs one less."""
    chain, other = found.get(merge.obligation, ()), series.get(merge.other)
    if other is None or merge.other not in found:
        return
    place = next((number for number, (_, day) in enumerate(chain) if day.year == merge.year), None)
    if place is None or chain[place][0].merged_for not in {None, merge.year}:
        return
    serving, day = chain[place]
    earliest = max(serving.earliest, span.earliest(other))
    serving = replace(serving, also=(*serving.also, merge.other), merged_for=merge.year, earliest=earliest)
    found[merge.obligation] = (*chain[:place], (serving, day), *chain[place + 1 :])
    served = [day for entries in found.values() for round_, day in entries if merge.other in round_.also]
    own = {round_.key: (round_, day) for round_, day in found[merge.other] if round_.also}
    found[merge.other] = tuple(
        own.get(entry[0].key, entry) for entry in _chain(other, fixed, span, tuple(sorted(served)))
    )


def _chain(
    series: Series, fixed: Sequence[Fixed], span: _Span, served: tuple[date, ...] = ()
) -> Iterator[Expected]:
    """Return the rounds of a series in turn; ``served`` are days of other rounds that serve it."""
    held = _firsts(series, fixed)
    start = clock(series, fixed)
    if series.cadence.anchor and any(day >= start for day in held):
        return
    years = Counter(day.year for day in (*held, *series.skips))
    free_from = max((add_months(day, series.smallest_gap) for day in held), default=series.in_force_from)
    while (due := _due(series, start, years, span)) and due <= min(
        span.last, series.in_force_until or date.max
    ):
        aim = _nearest_in_window(series, due, free_from)
        start = _into_window(series, max(aim, span.earliest(series), span.first))
        if served and (served[0] <= start or served[0].year == start.year):
            start, *later = served
            served = tuple(later)
            years[start.year] += 1
            free_from = add_months(start, series.smallest_gap)
            continue
        key = f"{series.obligation}/{aim.year}-{years[aim.year] + 1}"
        yield Round(key=key, obligation=series.obligation, aim=aim, earliest=span.earliest(series)), start
        years[start.year] += 1
        free_from = add_months(start, series.smallest_gap)
        if series.cadence.anchor:
            return


def _due(series: Series, start: date, years: Counter[int], span: _Span) -> date | None:
    """Return when the next round is due: by the interval, or sooner where a calendar year would close short."""
    due = due_on(series.cadence, start)
    wanted = rounds_a_year(series.cadence)
    if due is None or not wanted:
        return due
    short = (
        year
        for year in range(max(start.year, span.first.year), due.year)
        if _in_force(series, year) and years[year] < wanted
    )
    return min((due, *(date(year, 12, 31) for year in short)))


def _gaps_in_umbrella(
    series: Series, fixed: Sequence[Fixed], known: Sequence[date], span: _Span
) -> Iterator[Round]:
    """Return the rounds that an umbrella needs of its own, each aimed at the middle of the longest gap of its year."""
    held = _firsts(series, fixed)
    begin = max(span.earliest(series), span.first)
    for year in span.years(series):
        days = sorted(day for day in (*held, *known, *series.skips) if day.year == year)
        for number in range(len(days) + 1, rounds_a_year(series.cadence) + 1):
            since, until = max(begin, date(year, 1, 1)), date(year, 12, 31)
            if since > until:
                break
            marks = [since, *(day for day in days if day > since), until]
            low, high = max(pairwise(marks), key=lambda gap: gap[1] - gap[0])
            aim = _nearest_in_window(series, low + (high - low) / 2, since)
            days = sorted((*days, aim))
            key = f"{series.obligation}/{year}-{number}"
            yield Round(key=key, obligation=series.obligation, aim=aim, earliest=span.earliest(series))


def _minimums(series: Series, fixed: Sequence[Fixed], span: _Span) -> Iterator[Minimum]:
    for year in span.years(series):
        least = rounds_a_year(series.cadence) - sum(day.year == year for day in series.skips)
        if least > 0:
            yield _minimum(series, rules.CALENDAR_YEAR, date(year, 1, 1), date(year, 12, 31), least)
    start = clock(series, fixed)
    limit = last_day_within_limit(series.cadence, start) if series.covers else None
    if limit and limit <= span.last:
        yield _minimum(series, rules.LONGEST_GAP, start + ONE_DAY, limit, 1)


def _minimum(series: Series, rule: wording.Rule, since: date, until: date, least: int) -> Minimum:
    return Minimum(
        obligation=series.obligation,
        rule=rule.name,
        counts=series.counts,
        since=since,
        until=until,
        least=least,
    )


def _firsts(series: Series, fixed: Sequence[Fixed]) -> list[date]:
    return [meeting.first for meeting in fixed if set(series.counts) & set(meeting.obligations)]


def _in_force(series: Series, year: int) -> bool:
    return year_is_wholly_in_force(year, series.in_force_from, series.in_force_until)


def _fits(series: Series, day: date) -> bool:
    return series.window.is_open(day)


def _into_window(series: Series, day: date) -> date:
    """Return the first day of the window from ``day`` on."""
    later = (day + timedelta(days=number) for number in range(TWO_YEARS))
    return next((candidate for candidate in later if _fits(series, candidate)), day)


def _nearest_in_window(series: Series, due: date, free_from: date) -> date:
    """Return the day of the window nearest to ``due``, not before ``free_from``; of two equally near, the earlier."""
    for away in range(TWO_YEARS):
        for day in (due - timedelta(days=away), due + timedelta(days=away)):
            if _fits(series, day) and day >= free_from:
                return day
    return max(due, free_from)
