"""Rounds beside each other: which hard rules two of them would break.

Owns the hard rules that speak of several rounds, asked of days already chosen; ``solver`` brings the same rules about
for all days at once. Pure.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from scheduler.dates.cadence import add_months
from scheduler.planning import rules, wording
from scheduler.planning.days import Days
from scheduler.planning.problem import Round

Clash = tuple[wording.Rule, str]
"""A hard rule, and the key of the round (or the office) that it is broken with."""


def clashes(days: Days, round_: Round, day: date, others: Mapping[str, date]) -> Iterator[Clash]:
    """Return every hard rule that ``round_`` on ``day`` breaks beside ``others`` (first days by key of the round)."""
    posts, last = set(days.posts(round_)), days.last(round_, day)
    for key, first in others.items():
        other = days.rounds[key]
        if first <= last and day <= days.last(other, first) and posts & set(days.posts(other)):
            yield rules.ONE_MEETING_A_DAY, key
        if any(
            _too_close(days, obligation, (round_, day), (other, first))
            for obligation in round_.duties
            if obligation in other.duties
        ):
            yield rules.SMALLEST_GAP, key
    chosen = {**others, round_.key: day}
    yield from _out_of_order(days, round_, chosen)
    yield from _overfull(days, round_, chosen)


def too_close(early: date, late: date, months: float) -> bool:
    """Tell whether ``late`` is not after ``early``, or less than ``months`` after it."""
    return late <= early or add_months(early, months) > late


def weeks(first: date, last: date) -> set[tuple[int, int]]:
    """Return the ISO weeks that a meeting touches, as year and week."""
    touched = range(first.toordinal(), last.toordinal() + 1)
    return {date.fromordinal(number).isocalendar()[:2] for number in touched}


def _too_close(days: Days, obligation: str, one: tuple[Round, date], other: tuple[Round, date]) -> bool:
    """Tell whether two rounds of a series stand in the wrong order, or less than the smallest gap apart."""
    chain = days.chains[obligation]
    (_, early), (_, late) = sorted((one, other), key=lambda entry: chain.index(entry[0]))
    return too_close(early, late, days.series[obligation].smallest_gap)


def _out_of_order(days: Days, round_: Round, chosen: Mapping[str, date]) -> Iterator[Clash]:
    for order in days.problem.orders:
        if round_.key in (order.before, order.after) and {order.before, order.after} <= chosen.keys():
            over = days.last(days.rounds[order.before], chosen[order.before])
            if chosen[order.after] <= over + timedelta(days=order.lag_days):
                yield rules.ORDER, order.before if round_.key == order.after else order.after


def _overfull(days: Days, round_: Round, chosen: Mapping[str, date]) -> Iterator[Clash]:
    own = weeks(chosen[round_.key], days.last(round_, chosen[round_.key]))
    for capacity in days.problem.capacities:
        if capacity.office in days.offices(round_):
            spans = [
                (entry.first, entry.last) for entry in days.problem.fixed if capacity.office in entry.offices
            ]
            spans += [
                (first, days.last(days.rounds[key], first))
                for key, first in chosen.items()
                if capacity.office in days.offices(days.rounds[key])
            ]
            if any(sum(week in weeks(*span) for span in spans) > capacity.most for week in own):
                yield rules.CAPACITY, capacity.office
