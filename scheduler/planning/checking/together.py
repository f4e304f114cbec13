"""The checker's opinion of several rounds beside each other: posts, offices, gaps and order. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from scheduler.dates.cadence import add_months
from scheduler.dates.slots import days_between
from scheduler.planning import rules
from scheduler.planning.checking.view import Sitting, View, Violation, broken


def together(view: View) -> Iterator[Violation]:
    """Find the hard rules that rounds break beside each other, and beside meetings that stand."""
    yield from _posts(view)
    yield from _capacities(view)
    yield from _gaps(view)
    yield from _orders(view)


def _posts(view: View) -> Iterator[Violation]:
    by_post: dict[tuple[str, date], list[Sitting]] = defaultdict(list)
    for sitting in (*view.fixed, *view.new):
        for day in days_between(sitting.first, sitting.last):
            for post in sitting.posts:
                by_post[post, day].append(sitting)
    for (post, day), sittings in by_post.items():
        for other, sitting in combinations(sittings, 2):
            if sitting.round:
                facts = {"day": day, "post": view.problem.name(post), "other": other.key}
                words = rules.ONE_MEETING_A_DAY.explain(**facts)
                yield Violation(rules.ONE_MEETING_A_DAY.name, sitting.round, day, words)


def _capacities(view: View) -> Iterator[Violation]:
    for capacity in view.problem.capacities:
        for sittings in view.touching(capacity.office).values():
            last = sittings[-1]
            if len(sittings) > capacity.most and last.round:
                facts = {"day": last.first, "office": capacity.title, "most": capacity.most}
                yield Violation(rules.CAPACITY.name, last.round, last.first, rules.CAPACITY.explain(**facts))


def _gaps(view: View) -> Iterator[Violation]:
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
                words = rules.SMALLEST_GAP.explain(**facts)
                yield Violation(rules.SMALLEST_GAP.name, other.round, other.first, words)


def _orders(view: View) -> Iterator[Violation]:
    standing = {sitting.key: sitting for sitting in view.fixed}
    for order in view.problem.orders:
        new_before, new_after = view.placed.get(order.before), view.placed.get(order.after)
        before, after = new_before or standing.get(order.before), new_after or standing.get(order.after)
        late, other = (new_after, order.before) if new_after else (new_before, order.after)
        if before and after and late and (after.first - before.last).days <= order.lag_days:
            yield broken(rules.ORDER, late, lag=order.lag_days, other=other)
