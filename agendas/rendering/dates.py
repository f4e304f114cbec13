"""Days and times in words, by Babel.

Owns the choice of locale: ``en`` would write American dates, so English is ``en_GB``. Knows nothing of time
zones beyond what it is given.
"""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

LOCALES = {"en": "en_GB", "nl": "nl"}
MINUTES_AN_HOUR = 60


@lru_cache(maxsize=4096)
def day_in_words(day: date, language: str) -> str:
    """Return "23 March 2027" or "23 maart 2027"."""
    return format_date(day, "d MMMM y", locale=LOCALES.get(language, language))


@lru_cache(maxsize=512)
def weekday_in_words(day: date, language: str) -> str:
    """Return "Tuesday 23 March 2027" or "dinsdag 23 maart 2027"."""
    return format_date(day, "EEEE d MMMM y", locale=LOCALES.get(language, language))


def span_in_words(first: date, last: date, language: str) -> str:
    """Return one day, or "Monday 3 May 2027 – Friday 7 May 2027"."""
    if first == last:
        return weekday_in_words(first, language)
    return f"{weekday_in_words(first, language)} – {weekday_in_words(last, language)}"


def partial_in_words(stated: str, language: str) -> str:
    """Return a date that a source states as YYYY, YYYY-MM or YYYY-MM-DD, no more exact than it is stated."""
    parts = [int(part) for part in stated.split("-")]
    match parts:
        case [year, month, day]:
            return day_in_words(date(year, month, day), language)
        case [year, month]:
            return format_date(date(year, month, 1), "MMMM y", locale=LOCALES.get(language, language))
        case _:
            return stated


def clock(moment: datetime) -> str:
    """Return "09:05"."""
    return f"{moment:%H:%M}"


def length_in_words(minutes: int, language: str) -> str:
    """Return "2 h 30 min" or "2 u 30 min"."""
    hours, rest = divmod(minutes, MINUTES_AN_HOUR)
    hour = "u" if language == "nl" else "h"
    return " ".join(
        part for part in (f"{hours} {hour}" if hours else "", f"{rest} min" if rest else "") if part
    )
