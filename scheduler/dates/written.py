"""Dates as people read them, in each language; English is British, since American dates mislead here.

Owns the wording of dates only; which date is meant is decided elsewhere.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from scheduler.dates.slots import Slot
from scheduler.words import Words, say

LOCALES = {"en": "en_GB", "nl": "nl"}
"""Babel's plain ``en`` writes American dates."""


def write_date(day: date, language: str) -> str:
    """Return for example ``24 March 2027`` or ``24 maart 2027``."""
    return _written(day, "d MMMM y", language)


def write_day(day: date, language: str) -> str:
    """Return for example ``Tuesday 23 March 2027`` or ``dinsdag 23 maart 2027``."""
    return _written(day, "EEEE d MMMM y", language)


def write_slot(slot: Slot, zones: Iterable[tuple[str, Words]], language: str) -> str:
    """Return when a round is, on the clocks of several cities.

    For example ``Tuesday 1 June 2027, 10:00 to 16:00 in London, 11:00 to 17:00 in The Hague``. ``zones`` are
    time zones, each with the name of the city whose clocks show it.
    """
    if slot.local_start is None or slot.local_end is None:
        if slot.first_day == slot.last_day:
            return write_day(slot.first_day, language)
        until = {"en": "to", "nl": "tot en met"}[language]
        return f"{write_day(slot.first_day, language)} {until} {write_day(slot.last_day, language)}"
    start, end, said = slot.local_start, slot.local_end, slot.first_day
    parts = [write_day(said, language)]
    for zone, city in zones:
        local = (start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone)))
        parts.append(f"{_hours(*local, said, language)} in {say(city, language)}")
    return ", ".join(parts)


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, language: str) -> str:
    """Return a date, worked out once: a page or a letter says few of them, and those often."""
    return format_date(day, pattern, locale=LOCALES.get(language, language))


def _hours(start: datetime, end: datetime, said: date, language: str) -> str:
    """Return from when until when; days are named only where they differ from the one said before."""
    pattern, until, after = {"en": ("%H:%M", "to", ""), "nl": ("%H.%M", "tot", " uur")}[language]
    first = "" if start.date() == said else f"{write_day(start.date(), language)} "
    last = "" if end.date() == start.date() else f"{write_day(end.date(), language)} "
    return f"{first}{start.strftime(pattern)} {until} {last}{end.strftime(pattern)}{after}"
