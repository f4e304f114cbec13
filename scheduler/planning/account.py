"""The account of a choice of days: every line of its price, every limit it breaks, every round it leaves out.

Owns the rules with a price that speak of several rounds, and the sentences of a finished plan. The checker adds up
the same account on its own. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.dates.cadence import add_months, last_day_within_limit, red_months
from scheduler.planning import rules, wishes, wording
from scheduler.planning.between import clashes, weeks
from scheduler.planning.days import Days
from scheduler.planning.hosts import Hosted, choose_hosts
from scheduler.planning.problem import (
    Breach,
    Capacity,
    Line,
    Link,
    Minimum,
    Placement,
    Round,
    Series,
    Unplaced,
)
from scheduler.words import say

TWELVE_MONTHS = {"en": "twelve months", "nl": "de twaalf maanden"}
SAME_YEAR = {"en": "part of the calendar year", "nl": "het deel van het kalenderjaar"}


@dataclass(frozen=True, slots=True)
class Account:
    """What a choice of days comes to. ``hosting`` is the part of the price that hosts cause."""

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    breaches: tuple[Breach, ...]
    price: int
    hosting: int


def account(days: Days, chosen: Mapping[str, date]) -> Account:
    """Return the account of ``chosen`` (first days by key of the round); rounds without a day are left out."""
    hosted = choose_hosts(days, chosen)
    order = sorted(chosen, key=lambda key: (chosen[key], key))
    placements = tuple(_placement(days, days.rounds[key], chosen, hosted[key]) for key in order)
    left_out = tuple(
        _unplaced(days, days.rounds[key], chosen) for key in sorted(days.rounds.keys() - chosen.keys())
    )
    breaches = tuple(breach for minimum in days.problem.minimums for breach in _short(days, minimum, chosen))
    price = sum(entry.price for entry in left_out) + sum(entry.price for entry in breaches)
    for placed in placements:
        price += sum(line.price for line in placed.lines) + sum(breach.price for breach in placed.breaches)
    hosting = sum(line.price for entry in hosted.values() for line in entry.lines)
    return Account(placements, left_out, breaches, price, hosting)


def _placement(days: Days, round_: Round, chosen: Mapping[str, date], hosted: Hosted) -> Placement:
    first = chosen[round_.key]
    return Placement(
        round=round_.key,
        first=first,
        last=days.last(round_, first),
        host=hosted.host,
        setting=hosted.setting,
        host_reason=hosted.reason,
        duties=round_.duties,
        lines=(
            *days.lines(round_, first),
            *_links(days, round_, chosen),
            *_crowded(days, round_, chosen),
            *hosted.lines,
        ),
        breaches=tuple(_late(days, round_, chosen)),
    )


def _late(days: Days, round_: Round, chosen: Mapping[str, date]) -> Iterator[Breach]:
    """Name each longest gap within which the round does not follow the round (or the clock) before it."""
    for series in days.duties(round_):
        chain = days.chains[series.obligation]
        place = chain.index(round_)
        since = days.since(series, round_) or chosen.get(chain[place - 1].key)
        limit = last_day_within_limit(series.cadence, since) if since and not series.covers else None
        if since and limit and chosen[round_.key] > limit:
            facts = {"limit": limit, "day": chosen[round_.key], "soonest": round_.earliest}
            yield Breach(
                rule=rules.LONGEST_GAP.name,
                obligation=series.obligation,
                round=round_.key,
                price=days.problem.prices.limit,
                reason=rules.LONGEST_GAP.explain(**facts, since=since, months=red_months(series.cadence)),
                **facts,
            )


def _crowded(days: Days, round_: Round, chosen: Mapping[str, date]) -> Iterator[Line]:
    """Name the weeks in which an office has more meetings than are comfortable: the last of them answer for it."""
    for capacity in days.problem.capacities:
        if capacity.comfortable is None or capacity.office not in days.offices(round_):
            continue
        for week in sorted(weeks(chosen[round_.key], days.last(round_, chosen[round_.key]))):
            standing, new = _in_week(days, capacity, week, chosen)
            had = standing + len(new)
            if new.index(round_.key) >= max(0, capacity.comfortable - standing):
                monday = date.fromisocalendar(*week, 1)
                facts = {"office": capacity.title, "had": had, "comfortable": capacity.comfortable}
                reason = wishes.LOAD.explain(day=monday, **facts)
                yield Line(rule=wishes.LOAD.name, price=days.problem.prices.load, reason=reason)


def _in_week(
    days: Days, capacity: Capacity, week: tuple[int, int], chosen: Mapping[str, date]
) -> tuple[int, list[str]]:
    """Return how many fixed meetings of an office touch a week, and which rounds do, in the order of their days."""
    office = capacity.office
    standing = sum(
        office in meeting.offices and week in weeks(meeting.first, meeting.last)
        for meeting in days.problem.fixed
    )
    rounds = [(first, key) for key, first in chosen.items() if office in days.offices(days.rounds[key])]
    touching = (
        key for first, key in sorted(rounds) if week in weeks(first, days.last(days.rounds[key], first))
    )
    return standing, list(touching)


def _links(days: Days, round_: Round, chosen: Mapping[str, date]) -> Iterator[Line]:
    prices = days.problem.prices
    for link in days.problem.links:
        if link.after not in round_.duties:
            continue
        day = chosen[round_.key]
        editions = [
            first
            for first, last in _editions(days, link, chosen)
            if add_months(day, -12) <= first and last < day
        ]
        if any(first.year == day.year for first in editions):
            continue
        rule = rules.BY_NAME[link.rule]
        titles = days.series[link.before[0]].title
        reason = rule.explain(before=titles, span=SAME_YEAR if editions else TWELVE_MONTHS)
        price = prices.other_year + (0 if editions else prices.unsupported)
        yield Line(rule=rule.name, price=price, reason=reason)


def _editions(days: Days, link: Link, chosen: Mapping[str, date]) -> Iterator[tuple[date, date]]:
    """Return first and last day of every round, fixed or chosen, that a link can be met by."""
    for meeting in days.standing(link.before):
        yield meeting.first, meeting.last
    for round_ in days.serving(link.before):
        if round_.key in chosen:
            yield chosen[round_.key], days.last(round_, chosen[round_.key])


def _short(days: Days, minimum: Minimum, chosen: Mapping[str, date]) -> Iterator[Breach]:
    """Name a minimum that fixed and chosen rounds together do not reach."""
    series = days.series[minimum.obligation]
    firsts = [meeting.first for meeting in days.standing(minimum.counts)]
    firsts += [chosen[round_.key] for round_ in days.serving(minimum.counts) if round_.key in chosen]
    had = sum(minimum.since <= first <= minimum.until for first in firsts)
    if had >= minimum.least:
        return
    day = min((first for first in firsts if first > minimum.until), default=None)
    soonest = days.problem.today + timedelta(weeks=series.lead_weeks)
    reason = rules.BY_NAME[minimum.rule].explain(
        limit=minimum.until,
        since=minimum.since - timedelta(days=1),
        year=minimum.until.year,
        months=red_months(series.cadence),
        day=day or {"en": "none", "nl": "geen"},
        soonest=soonest,
        had=had,
        owed=minimum.least,
    )
    yield Breach(
        rule=minimum.rule,
        obligation=minimum.obligation,
        round=None,
        limit=minimum.until,
        day=day,
        soonest=soonest,
        price=days.problem.prices.limit * (minimum.least - had),
        reason={language: f"{say(series.title, language)}: {text}" for language, text in reason.items()},
    )


def _unplaced(days: Days, round_: Round, chosen: Mapping[str, date]) -> Unplaced:
    names = _in_the_way(days, round_, chosen)
    series = days.series[round_.obligation]
    words = {
        language: "; ".join(_in_words(rules.BY_NAME[name], series, language) for name in names)
        for language in rules.PLACED.because
    }
    reason = rules.PLACED.explain(
        title=series.title,
        first=days.problem.first,
        last=days.problem.last,
        rules=words,
    )
    return Unplaced(round=round_.key, rules=names, price=days.problem.prices.unplaced, reason=reason)


def _in_words(rule: wording.Rule, series: Series, language: str) -> str:
    assumed = rule.source == wording.PRACTICE or (rule is rules.WINDOW and "window" in series.assumed)
    return rule.words[language].rstrip(".") + (wording.ASSUMED[language] if assumed else "")


def _in_the_way(days: Days, round_: Round, chosen: Mapping[str, date]) -> tuple[str, ...]:
    """Return the rules that leave no day: those any one of which would open one, else all that take days away."""
    starts = days.starts(round_)
    if starts:
        found = {
            rule.name for number in starts for rule, _ in clashes(days, round_, days.every[number], chosen)
        }
        return tuple(sorted(found))
    permitted = days.permitted(round_)
    alone = tuple(name for name in permitted if _join(permitted, without=name))
    return alone or tuple(name for name, mask in permitted.items() if mask.bit_count() < days.count)


def _join(permitted: Mapping[str, int], without: str) -> int:
    mask = -1
    for name, days in permitted.items():
        mask = mask if name == without else mask & days
    return mask
