"""When in a year a round may be held: the window of an obligation, as days and in words. Pure.

A window is stored as ``{"months": [9, 10, 11]}`` or, to the day, ``{"from": "09-15", "until": "11-30"}``; ``None`` is
the whole year. One that spans the turn of the year is written with months.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from scheduler.dates.written import LOCALES

Spans = tuple[tuple[date, date], ...]
LEAP_YEAR = 2028
"""A year in which every day of the year exists."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window as planning asks for it: by months, or from one day of the year (``MM-DD``) until another, included.

    It opens ``earlier`` and closes ``later`` by so many days, where somebody asks what that would give.
    """

    months: tuple[int, ...] = ()
    opens: str | None = None
    closes: str | None = None
    earlier: int = 0
    later: int = 0

    def is_open(self, day: date) -> bool:
        """Tell whether a round may be held on ``day``."""
        return any(self._holds(day + timedelta(days=away)) for away in range(-self.later, self.earlier + 1))

    def _holds(self, day: date) -> bool:
        if self.months:
            return day.month in self.months
        return self.opens is None or self.closes is None or self.opens <= f"{day:%m-%d}" <= self.closes

    def in_words(self) -> dict[str, str]:
        """Return the window in English and Dutch."""
        stored = {"months": list(self.months)} if self.months else {"from": self.opens, "until": self.closes}
        return {language: write_window(stored, language) for language in LOCALES}


ANY_TIME = Window()


def read_window(stored: Mapping[str, Any] | None) -> Window:
    """Return the window of a stored obligation."""
    if not stored:
        return ANY_TIME
    return Window(tuple(sorted(set(stored.get("months") or ()))), stored.get("from"), stored.get("until"))


def window_months(stored: Mapping[str, Any] | None) -> list[int]:
    """Return the months that a window touches, by number; one that closes before it opens touches none."""
    window = read_window(stored)
    if window.months:
        return list(window.months)
    if window.opens and window.closes:
        return list(range(int(window.opens[:2]), int(window.closes[:2]) + 1))
    return list(range(1, 13))


def window_spans(stored: Mapping[str, Any] | None, year: int) -> Spans:
    """Return the stretches of days, both ends included, in which a window is open in ``year``; none without one."""
    window = read_window(stored)
    if window.months:
        return _joined(_month(year, number) for number in window.months)
    if window.opens and window.closes:
        return ((_day(year, window.opens), _day(year, window.closes)),)
    return ()


def write_window(stored: Mapping[str, Any] | None, language: str, *, short: bool = False) -> str:
    """Return for example ``September–November`` or ``15 September–30 November``; nothing for the whole year."""
    month = "MMM" if short else "MMMM"
    pattern = month if stored and stored.get("months") else f"d {month}"
    locale = LOCALES.get(language, language)
    stretches = (
        dict.fromkeys(format_date(day, pattern, locale=locale) for day in span)
        for span in window_spans(stored, LEAP_YEAR)
    )
    return ", ".join("–".join(ends) for ends in stretches)


def _month(year: int, number: int) -> tuple[date, date]:
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def _day(year: int, text: str) -> date:
    month, day = int(text[:2]), int(text[3:])
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _joined(spans: Iterable[tuple[date, date]]) -> Spans:
    found: list[tuple[date, date]] = []
    for first, last in spans:
        if found and found[-1][1] + timedelta(days=1) == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return tuple(found)
