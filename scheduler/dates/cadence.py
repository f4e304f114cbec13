"""How often something is owed: the cadence of an obligation, and the dates that follow from it.

Owns the arithmetic of due dates and limits. What is owed at all, its colour and the reason, is decided in
``obligations/rules.py``; on which day it takes place, in ``planning``. All values are calendar dates without a zone.

The limits are those of the table in the design: aim 12/n months, red after 18/n months (n rounds a year; 15 months for
one round a year), or when a calendar year that lies wholly in force closes with fewer rounds than owed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from dateutil.relativedelta import relativedelta


class CadenceRule(StrEnum):
    """The readings that a promised frequency can have."""

    ANNUAL = "annual"
    AT_LEAST_ANNUAL = "at_least_annual"
    N_PER_YEAR = "n_per_year"
    EVERY_N_YEARS = "every_n_years"
    REGULAR = "regular"
    CONTINUING = "continuing"
    WHENEVER_APPROPRIATE = "whenever_appropriate"
    CONTACT = "contact"
    AFTER_EVENT = "after_event"
    ONCE_A_TERM = "once_a_term"


WITHOUT_INTERVAL = frozenset({CadenceRule.REGULAR, CadenceRule.CONTINUING})
"""Worded without an interval: nothing is due until a named person sets one, and then it is theirs, not the text's."""

NEVER_OWED = frozenset({CadenceRule.WHENEVER_APPROPRIATE, CadenceRule.CONTACT})
"""No date is ever owed."""

LONGEST_INTERVAL = 240
"""Months; a longer one is a mistake."""

COUNTED_FROM_ANCHOR = frozenset({CadenceRule.AFTER_EVENT, CadenceRule.ONCE_A_TERM})
"""One round is owed within so many months of an event or of the start of a term."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """A cadence as a rule.

    ``times`` counts rounds a year (``n_per_year``), ``years`` the years of ``every_n_years``; ``months`` is an interval
    that a named person (``set_by``) set where the text has none, or the term of ``after_event`` and ``once_a_term``,
    counted from ``anchor`` (the day of the event or the start of the term).
    """

    rule: CadenceRule
    times: int = 1
    years: int = 1
    months: int | None = None
    set_by: str | None = None
    anchor: date | None = None


@lru_cache(maxsize=1 << 16)
def add_months(day: date, months: float) -> date:
    """Return the day ``months`` later, clipped to the end of a shorter month; a fraction counts 30.4 days a month."""
    whole = int(months)
    days = round((months - whole) * 30.4375)
    return day + relativedelta(months=whole) + timedelta(days=days)


def aim_months(cadence: Cadence) -> float | None:
    """Return after how many months the next round is aimed for, or ``None`` where no interval is owed."""
    match cadence.rule:
        case CadenceRule.ANNUAL | CadenceRule.AT_LEAST_ANNUAL:
            return 12
        case CadenceRule.N_PER_YEAR:
            return 12 / cadence.times
        case CadenceRule.EVERY_N_YEARS:
            return 12 * cadence.years
        case CadenceRule.WHENEVER_APPROPRIATE | CadenceRule.CONTACT:
            return None
        case _:
            return cadence.months


def red_months(cadence: Cadence) -> float | None:
    """Return after how many months the promise is broken, or ``None`` where the text sets no such limit."""
    match cadence.rule:
        case CadenceRule.ANNUAL | CadenceRule.AT_LEAST_ANNUAL:
            return 15
        case CadenceRule.N_PER_YEAR:
            return 15 if cadence.times == 1 else 18 / cadence.times
        case CadenceRule.EVERY_N_YEARS:
            return 12 * cadence.years + 3
        case CadenceRule.AFTER_EVENT | CadenceRule.ONCE_A_TERM:
            return cadence.months
        case _:
            return None


def rounds_a_year(cadence: Cadence) -> int:
    """Return how many rounds a calendar year wholly in force must hold; 0 where the year is not the measure."""
    match cadence.rule:
        case CadenceRule.ANNUAL | CadenceRule.AT_LEAST_ANNUAL:
            return 1
        case CadenceRule.N_PER_YEAR:
            return cadence.times
        case _:
            return 0


def due_on(cadence: Cadence, clock_start: date) -> date | None:
    """Return the day by which the next round is aimed for, counted from ``clock_start``."""
    months = aim_months(cadence)
    return None if months is None else add_months(clock_start, months)


def last_day_within_limit(cadence: Cadence, clock_start: date) -> date | None:
    """Return the last day on which the gap since ``clock_start`` still keeps the promise (the year's end set aside)."""
    months = red_months(cadence)
    return None if months is None else add_months(clock_start, months)


def year_is_wholly_in_force(year: int, in_force_from: date, in_force_until: date | None) -> bool:
    """Tell whether an obligation was in force on every day of a calendar year."""
    return in_force_from <= date(year, 1, 1) and (
        in_force_until is None or in_force_until >= date(year, 12, 31)
    )
