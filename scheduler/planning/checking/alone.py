"""The checker's opinion of one round by itself: its day, its host, its hours, its duties. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.dates.slots import common_hours, days_between
from scheduler.planning import rules
from scheduler.planning.checking.view import View, Violation, broken, sentence, violation
from scheduler.planning.problem import HOSTED_BY_A_PARTY, Placement, Round, Series
from scheduler.planning.wording import Rule

DISCHARGES = {
    "en": "the plan says that it discharges {said}, and it discharges {found}",
    "nl": "het plan zegt dat zij {said} vervult, en zij vervult {found}",
}
HOURS = {
    "en": "lasts {hours} hours, and there are {found} office hours",
    "nl": "duurt {hours} uur, en er zijn {found} kantooruren",
}


def alone(view: View, placed: Placement) -> Iterator[Violation]:
    """Find the hard rules that one round breaks by itself."""
    problem, round_, series = view.problem, view.rounds[placed.round], view.series_of(placed.round)
    days = days_between(placed.first, placed.last)
    if placed.first < problem.first or placed.last > problem.last:
        yield broken(rules.HORIZON, placed, first=problem.first, last=problem.last)
    stays = round_.issued is not None and round_.issued.first == placed.first
    if placed.first < round_.earliest and not stays:
        yield broken(rules.LEAD_TIME, placed, weeks=series.lead_weeks, earliest=round_.earliest)
    for duty in view.served(placed.round):
        if not all(duty.window.is_open(day) for day in days):
            yield broken(rules.WINDOW, placed, window=duty.window.in_words())
    yield from _closed(view, placed)
    pin = round_.pin
    if pin and (placed.first != pin.first or pin.host not in {None, placed.host}):
        yield broken(rules.PIN, placed, pinned=pin.first)
    if not _host_is_allowed(series, placed) or _host_was_dropped(round_, series, placed):
        yield broken(rules.HOST, placed, hosting=series.hosting.rule, host=problem.name(placed.host or "–"))
    found = _office_hours(view, series, placed)
    if series.hours and found is not None and found < timedelta(hours=series.hours):
        yield violation(
            rules.OFFICE_HOURS,
            placed.round,
            placed.first,
            HOURS,
            hours=series.hours,
            found=f"{found / timedelta(hours=1):g}",
        )
    yield from _merged(view, placed)


def _closed(view: View, placed: Placement) -> Iterator[Violation]:
    for day in days_between(placed.first, placed.last):
        for row in view.entries(placed.round, day):
            if row.effect == Effect.FORBIDS:
                rule = _rule_of(row)
                party = view.problem.name(row.party)
                words = rule.explain(day=day, party=party, closed=row.title, source=row.source)
                yield Violation(rule.name, placed.round, day, words)


def _rule_of(row: ClosedDay) -> Rule:
    if row.kind == "diary":
        return rules.DIARY
    return rules.BLACKOUT if row.kind == "blackout" else rules.CLOSED_DAY


def _host_is_allowed(series: Series, placed: Placement) -> bool:
    if series.hosting.rule not in HOSTED_BY_A_PARTY:
        return placed.host is None and placed.setting == series.hosting.rule
    allowed = (series.hosting.party,) if series.hosting.rule == "fixed" else series.parties
    return placed.setting == "party" and placed.host in allowed


def _host_was_dropped(round_: Round, series: Series, placed: Placement) -> bool:
    """Tell whether another party hosts a meeting than both sides know, though nobody asked for it."""
    known = round_.issued.host if round_.issued else None
    possible = (series.hosting.party,) if series.hosting.rule == "fixed" else series.parties
    asked = round_.host or (round_.pin and round_.pin.host)
    return not asked and placed.setting == "party" and known in possible and placed.host != known


def _office_hours(view: View, series: Series, placed: Placement) -> timedelta | None:
    """Return how long it is working time where the round takes place, from its stated start on, if it has one.

    ``None`` where no hours are known.
    """
    stated = None if "start_time" in series.assumed else series.start
    parties = [placed.host] if placed.host else list(series.parties)
    offices = [view.problem.office_hours[party] for party in parties if party in view.problem.office_hours]
    if not offices:
        return None
    if series.hosting.rule == "third_place":
        opens, closes = max(entry.opens for entry in offices), min(entry.closes for entry in offices)
        if stated:
            opens = stated if stated >= opens else closes
        minutes = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
        return timedelta(minutes=max(0, minutes))
    span = common_hours(placed.first, offices, offices[0].zone)
    if span and stated:
        begins = datetime.combine(placed.first, stated, offices[0].tzinfo)
        return max(timedelta(), span[1] - begins) if begins >= span[0] else timedelta()
    return span[1] - span[0] if span else timedelta()


def _merged(view: View, placed: Placement) -> Iterator[Violation]:
    round_ = view.rounds[placed.round]
    if placed.duties != round_.duties:
        words = sentence(DISCHARGES, said=", ".join(placed.duties), found=", ".join(round_.duties))
        yield Violation(rules.MERGED.name, placed.round, placed.first, words)
    if round_.merged_for not in {None, placed.first.year}:
        title = view.series[round_.also[0]].title
        yield broken(rules.MERGED, placed, title=title, year=round_.merged_for)
