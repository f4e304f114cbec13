"""Orders with meetings that stand: from when until when they let a round begin.

Owns that one question; an order between two rounds that both want a day is brought about in ``model``. Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from scheduler.planning.problem import Fixed, Order, Round

ONE_DAY = timedelta(days=1)


def bounds(
    orders: Iterable[Order], standing: Mapping[str, Fixed], round_: Round, days: int
) -> tuple[date, date]:
    """Return the first and last day on which a round of ``days`` days may begin, by its orders with ``standing``.

    Both are included; where no order says anything, they are the first and last days that there are.
    """
    first, last = date.min, date.max
    for order in orders:
        lag = timedelta(days=order.lag_days)
        if order.after == round_.key and order.before in standing:
            first = max(first, standing[order.before].last + lag + ONE_DAY)
        if order.before == round_.key and order.after in standing:
            last = min(last, standing[order.after].first - lag - timedelta(days=days))
    return first, last
