"""Dates as people read them, in each language; English is British, since American dates mislead here.

Owns the wording of dates only; which date is meant is decided elsewhere.
"""

from datetime import date

from babel.dates import format_date

LOCALES = {"en": "en_GB", "nl": "nl"}
"""Babel's plain ``en`` writes American dates."""


def write_date(day: date, language: str) -> str:
    """Return for example ``24 March 2027`` or ``24 maart 2027``."""
    return format_date(day, "d MMMM y", locale=LOCALES.get(language, language))


def write_day(day: date, language: str) -> str:
    """Return for example ``Tuesday 23 March 2027`` or ``dinsdag 23 maart 2027``."""
    return format_date(day, "EEEE d MMMM y", locale=LOCALES.get(language, language))
