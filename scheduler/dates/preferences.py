"""When in a year a round had better be held: preferred months, weeks and weekdays, as days and in words. Pure.

What is merely preferred costs where it is not met; when a round may be held at all is its window's business
(``windows``). Stored as ``{"months": [3, 4]}`` or ``{"weeks": [11, 12]}``, each with or without
``"weekdays": ["tuesday", "wednesday"]``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scheduler.dates.windows import write_window
from scheduler.dates.written import LOCALES

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of the week in the order of ``date.weekday``."""

ISO_WEEKS = {"en": "weeks {weeks} of the year", "nl": "week {weeks} van het jaar"}


@dataclass(frozen=True, slots=True)
class Preferred:
    """When a series would rather meet: months by number, ISO weeks, days of the week (Monday is 0).

    A day in any of the months or weeks will do, and without either the whole year. Without days of the week, those
    that are usual hold.
    """

    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` lies in the months or weeks preferred."""
        anywhere = not self.months and not self.weeks
        return anywhere or day.month in self.months or day.isocalendar().week in self.weeks

    def in_words(self) -> dict[str, str]:
        """Return the months and weeks preferred in English and Dutch; nothing where there are none."""
        weeks = ", ".join(str(week) for week in self.weeks)
        return {
            language: ", ".join(
                part
                for part in (
                    write_window({"months": list(self.months)}, language) if self.months else "",
                    ISO_WEEKS[language].format(weeks=weeks) if weeks else "",
                )
                if part
            )
            for language in LOCALES
        }


NO_PREFERENCE = Preferred()


def read_preferred(stored: Mapping[str, Any] | None) -> Preferred:
    """Return what a stored obligation prefers."""
    if not stored:
        return NO_PREFERENCE
    weekdays = {WEEKDAYS.index(name) for name in stored.get("weekdays") or ()}
    months, weeks = (tuple(sorted(set(stored.get(name) or ()))) for name in ("months", "weeks"))
    return Preferred(months, weeks, tuple(sorted(weekdays)))
