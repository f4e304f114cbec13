"""The hard rules that one day breaks for one round, each with its sentence.

Owns the wording of a refusal: which facts of the case a rule's sentence names. Which days are permitted is answered
for all days at once by ``days`` and ``between``; this says why one of them is not. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.dates.closed_days import Effect
from scheduler.dates.slots import days_between
from scheduler.planning import rules, wording
from scheduler.planning.between import clashes, too_close
from scheduler.planning.days import Days, forbidden_by
from scheduler.planning.problem import Fixed, Round
from scheduler.planning.venues import (
    candidates,
    lasts_long_enough,
    stated_start,
    whose_hours,
    working_time,
    write_span,
)
from scheduler.words import Words, say

NO_TIME = timedelta()
OUT_OF_TURN = {
    "en": "on {day} it would no longer be in turn with the round of {other}",
    "nl": "op {day} zou zij niet meer op volgorde staan met de ronde van {other}",
}
STATED_START = {
    "en": "the round begins at {start}, as stated, and lasts {hours} hours; {whose} on {day}: {open}",
    "nl": "de ronde begint om {start}, zoals vastgelegd, en duurt {hours} uur; {whose} op {day}: {open}",
}
TOO_LATE_FOR = {
    "en": "on {day} it ends too late for {other} on {then}, to which it reports",
    "nl": "op {day} eindigt zij te laat voor {other} op {then}, waaraan zij rapporteert",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A hard rule that a day breaks, and the sentence that says how."""

    rule: str
    reason: Words


def refusals(days: Days, round_: Round, day: date, others: Mapping[str, date]) -> Iterator[Refusal]:
    """Return every hard rule that ``round_`` breaks on ``day`` beside ``others`` (first days by key of the round).

    ``day`` may lie outside the days planned. The host is not asked about: no day changes who may host.
    """
    yield from _alone(days, round_, day)
    yield from _closed(days, round_, day)
    for meeting in days.problem.fixed:
        yield from _beside(days, round_, day, meeting)
    for rule, key in clashes(days, round_, day, others):
        yield _clash(days, round_, day, rule, key, others)


def _alone(days: Days, round_: Round, day: date) -> Iterator[Refusal]:
    problem, series = days.problem, days.series[round_.obligation]
    last = days.last(round_, day)
    if day < problem.first or last > problem.last:
        yield _refusal(rules.HORIZON, day=day, first=problem.first, last=problem.last)
    if day < round_.earliest and not (round_.issued and round_.issued.first == day):
        yield _refusal(rules.LEAD_TIME, day=day, weeks=series.lead_weeks, earliest=round_.earliest)
    for duty in days.duties(round_):
        if not all(duty.window.is_open(each) for each in days_between(day, last)):
            yield _refusal(rules.WINDOW, day=day, window=duty.window.in_words())
    yield from _out_of_hours(days, round_, day)
    if round_.merged_for and day.year != round_.merged_for:
        facts = {"title": days.series[round_.also[0]].title, "year": round_.merged_for}
        yield _refusal(rules.MERGED, day=day, **facts)
    if round_.pin and day != round_.pin.first:
        yield _refusal(rules.PIN, day=day, pinned=round_.pin.first)


def _out_of_hours(days: Days, round_: Round, day: date) -> Iterator[Refusal]:
    """Say how much working time there is, with the host that has most of it, where that is too little."""
    series, venues = days.series[round_.obligation], days.venues(round_)
    hours, start = series.hours, stated_start(series)
    if not hours or not all(venues):
        return
    hosts = zip(candidates(series, round_), venues, strict=True)
    known = {host: working_time(day, offices) for host, offices in hosts}
    if not any(lasts_long_enough(span, hours, start) for span in known.values()):
        host, span = max(known.items(), key=lambda entry: entry[1][1] - entry[1][0] if entry[1] else NO_TIME)
        whose = whose_hours(days.problem.name(host) if host else None)
        words = {"day": day, "hours": hours, "whose": whose, "open": write_span(span)}
        if start and lasts_long_enough(span, hours):
            reason = wording.written_out(STATED_START, start=f"{start:%H:%M}", **words)
            yield Refusal(rule=rules.OFFICE_HOURS.name, reason=reason)
        else:
            yield _refusal(rules.OFFICE_HOURS, **words)


def _closed(days: Days, round_: Round, day: date) -> Iterator[Refusal]:
    problem = days.problem
    for each in days_between(day, days.last(round_, day)):
        for row in days.rows(round_, each, Effect.FORBIDS):
            facts = {"party": problem.name(row.party), "closed": row.title, "source": row.source}
            yield _refusal(forbidden_by(row), day=each, **facts)


def _beside(days: Days, round_: Round, day: date, meeting: Fixed) -> Iterator[Refusal]:
    """Tell what a meeting that stands refuses."""
    begins, ends = max(day, meeting.first), min(days.last(round_, day), meeting.last)
    for post in sorted(set(days.posts(round_)) & set(meeting.posts)):
        if begins <= ends:
            facts = {"post": days.problem.name(post), "other": _meeting(days, meeting)}
            yield _refusal(rules.ONE_MEETING_A_DAY, day=begins, **facts)
    early, late = sorted((day, meeting.first))
    for series in days.duties(round_):
        if series.obligation in meeting.obligations and too_close(early, late, series.smallest_gap):
            yield _refusal(rules.SMALLEST_GAP, day=day, other=meeting.first, months=series.smallest_gap)
    yield from _out_of_order(days, round_, day, meeting)


def _out_of_order(days: Days, round_: Round, day: date, meeting: Fixed) -> Iterator[Refusal]:
    """Tell whether a meeting that stands reports to the round, or the round to it, in vain."""
    called = _meeting(days, meeting)
    for order in days.problem.orders:
        lag = order.lag_days
        if (order.before, order.after) == (meeting.key, round_.key) and (day - meeting.last).days <= lag:
            yield _refusal(rules.ORDER, day=day, lag=lag, other=called)
        over = days.last(round_, day)
        if (order.before, order.after) == (round_.key, meeting.key) and (meeting.first - over).days <= lag:
            words = wording.written_out(TOO_LATE_FOR, day=day, other=called, then=meeting.first)
            yield Refusal(rule=rules.ORDER.name, reason=words)


def _clash(
    days: Days, round_: Round, day: date, rule: wording.Rule, key: str, others: Mapping[str, date]
) -> Refusal:
    """Word what ``between`` found: ``key`` is another round, or an office."""
    if rule is rules.CAPACITY:
        capacity = min(
            (entry for entry in days.problem.capacities if entry.office == key), key=lambda entry: entry.most
        )
        return _refusal(rule, day=day, office=capacity.title, most=capacity.most)
    other, called = days.rounds[key], _round(days, key)
    if rule is rules.ONE_MEETING_A_DAY:
        posts = sorted(set(days.posts(round_)) & set(days.posts(other)))
        return _refusal(rule, day=max(day, others[key]), post=days.problem.name(posts[0]), other=called)
    if rule is rules.SMALLEST_GAP:
        series = next(duty for duty in days.duties(round_) if duty.obligation in other.duties)
        chain = days.chains[series.obligation]
        if (chain.index(round_) < chain.index(other)) == (day < others[key]):
            return _refusal(rule, day=day, other=others[key], months=series.smallest_gap)
        return Refusal(rule=rule.name, reason=wording.written_out(OUT_OF_TURN, day=day, other=others[key]))
    lags = [
        entry.lag_days for entry in days.problem.orders if (entry.before, entry.after) == (key, round_.key)
    ]
    if lags:
        return _refusal(rule, day=day, lag=max(lags), other=called)
    return Refusal(
        rule=rule.name, reason=wording.written_out(TOO_LATE_FOR, day=day, other=called, then=others[key])
    )


def _refusal(rule: wording.Rule, **facts: object) -> Refusal:
    return Refusal(rule=rule.name, reason=rule.explain(**facts))


def _meeting(days: Days, meeting: Fixed) -> Words:
    """Return the title of a meeting that stands: that of the first obligation it discharges."""
    series = next((days.series[key] for key in meeting.obligations if key in days.series), None)
    return meeting.title or (series.title if series else {"en": meeting.key})


def _round(days: Days, key: str) -> Words:
    title = days.series[days.rounds[key].obligation].title
    return {language: f"{say(title, language)} ({key})" for language in title}
