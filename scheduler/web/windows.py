"""When in a year a window stands open, as days. Pure."""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any


def window_spans(window: Mapping[str, Any] | None, year: int) -> tuple[tuple[date, date], ...]:
    """Return the stretches of days, both ends included, in which a window is open in ``year``; none without a window.

    A window names months by number, or days of the year as ``MM-DD`` in ``from`` and ``until``.
    """
    if not window:
        return ()
    if window.get("months"):
        return _joined(_month(year, number) for number in sorted(set(window["months"])))
    return (
        (date.fromisoformat(f"{year}-{window['from']}"), date.fromisoformat(f"{year}-{window['until']}")),
    )


def _month(year: int, number: int) -> tuple[date, date]:
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def _joined(spans: Any) -> tuple[tuple[date, date], ...]:
    found: list[tuple[date, date]] = []
    for first, last in spans:
        if found and found[-1][1] + timedelta(days=1) == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return tuple(found)
