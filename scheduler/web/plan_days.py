"""The days for which a plan is asked."""

from datetime import date

from flask import request

from scheduler.errors import BadInput


def asked_day(name: str) -> date:
    """Return the day that a form gives under a name; raise ``BadInput`` for anything else."""
    written = request.form.get(name, "")
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadInput(f"{written!r} is no date", place=name, remedy="write it as 2027-02-01") from None


def next_years_end(day: date) -> date:
    """Return until when a plan is asked for unless somebody says otherwise: the rest of this year and the next."""
    return date(day.year + 1, 12, 31)
