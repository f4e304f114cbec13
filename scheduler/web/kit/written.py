"""Days, times and values as people read them: the filters of every template.

Wall times stay in the zone they were agreed in; what is shown for another country is derived from the instant.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from scheduler.dates.slots import Slot
from scheduler.dates.written import LOCALES, write_date, write_day
from scheduler.web.kit.language import for_each_reader, in_words, language, text
from scheduler.words import Words

STATED = "stated"
SET_BY = "set:"
YEAR_ONLY, YEAR_AND_MONTH = 4, 7


def add_filters(app: Flask) -> None:
    """Give every template the filters below."""
    filters: dict[str, Callable[..., str]] = {
        "day": full_day,
        "date": full_date,
        "short": short_date,
        "partial": partial_date,
        "moment": moment,
        "month": month_name,
        "span": span_of_days,
        "sentence": sentence,
        "capital": capital,
        "points": points,
        "weekday": weekday,
    }
    app.jinja_env.filters.update({name: for_each_reader(function) for name, function in filters.items()})
    app.jinja_env.globals.update(basis_of=basis_of, basis_mark=basis_mark, local_slot=local_slot)


def full_day(value: date) -> str:
    """Return for example ``Tuesday 23 March 2027``."""
    return write_day(value, language())


def full_date(value: date) -> str:
    """Return for example ``23 March 2027``."""
    return write_date(value, language())


def short_date(value: date) -> str:
    """Return for example ``23 Mar 2027``."""
    return format_date(value, "d MMM y", locale=LOCALES[language()])


def month_name(value: date, pattern: str = "MMM") -> str:
    """Return the name of the month, short unless ``pattern`` asks for another form."""
    return format_date(value, pattern, locale=LOCALES[language()])


def partial_date(value: str) -> str:
    """Return a date as exactly as it is known: ``2025``, ``November 2025`` or ``3 December 2025``."""
    if len(value) == YEAR_ONLY:
        return value
    if len(value) == YEAR_AND_MONTH:
        return format_date(date.fromisoformat(f"{value}-01"), "MMMM y", locale=LOCALES[language()])
    return write_date(date.fromisoformat(value), language())


def moment(value: datetime, zone: str) -> str:
    """Return an instant as ``21 Nov 2026, 14:02`` on the clocks of ``zone``."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{short_date(local.date())}, {local:%H:%M}"


def span_of_days(first: date, last: date, *, short: bool = False) -> str:
    """Return ``23 March 2027``, or ``1–5 March 2027``, or both days in full where months differ."""
    write = short_date if short else full_date
    if first == last:
        return write(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{write(last)}"
    return f"{write(first)} – {write(last)}"


def sentence(value: str) -> str:
    """Return a reason, which begins small and ends without a stop, as a sentence."""
    return f"{value[:1].upper()}{value[1:].rstrip('.')}."


def capital(value: str) -> str:
    """Return a phrase that begins small as a heading or an entry of a list."""
    return value[:1].upper() + value[1:]


def weekday(value: date) -> str:
    """Return for example ``Tue``."""
    return format_date(value, "EEE", locale=LOCALES[language()])


def points(value: int, signed: bool = False) -> str:  # noqa: FBT001, FBT002  # templates name no arguments
    """Return a number of points as ``1,102,756``; with ``signed`` as a difference, ``+1`` or with a minus sign."""
    written = format_decimal(abs(value), locale=LOCALES[language()])
    sign = "\N{MINUS SIGN}" if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{written}"


def local_slot(slot: Slot, zone: str) -> tuple[date, str] | None:
    """Return the first day and the hours of a timed slot on the clocks of ``zone``; ``None`` for whole days."""
    starts, ends = slot.starts_at_utc, slot.ends_at_utc
    if starts is None or ends is None:
        return None
    first, last = starts.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone))
    return first.date(), f"{first:%H:%M}–{last:%H:%M}"


def basis_of(basis: Mapping[str, Any], name: str) -> tuple[str, str] | None:
    """Return what to write beside a value that no source states, and why it was chosen; ``None`` for a stated one."""
    return basis_mark(basis.get(name, STATED), basis.get(f"{name}.note"))


def basis_mark(basis: str, note: Words | None = None) -> tuple[str, str] | None:
    """Return the mark of one basis, ``assumed`` or who set it, and why; ``None`` where a source states it."""
    if basis == STATED:
        return None
    if basis.startswith(SET_BY):
        return text("set_by", who=basis.removeprefix(SET_BY)), in_words(note)
    return text("assumed"), in_words(note) or text("assumed.title")
