"""The days for which a plan is asked."""

from datetime import date

from flask import request

from scheduler.typed import day_typed


def asked_day(name: str) -> date:
    """Return the day that a form gives under a name; raise ``BadInput`` for anything else."""
    return day_typed(request.form.get(name, ""), name)


def next_years_end(day: date) -> date:
    """Return until when a plan is asked for unless somebody says otherwise: the rest of this year and the next."""
    return date(day.year + 1, 12, 31)
