"""Closed days of the reader's side: what its plans keep clear of, closing days and opening them again."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.dates.closed_days import Effect
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.partnerships.actions import KINDS, Closing, close_days, open_days
from scheduler.partnerships.queries import closed_spans, offices
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.typed import day_typed, not_known, one_of
from scheduler.web.kit.door import acting, reading_page, viewed_day
from scheduler.web.kit.language import text

AHEAD = timedelta(days=3 * 366)
"""How far ahead closed days are listed: beyond what is usually planned."""

LEVELS = ("ministerial", "senior_official", "expert")

pages = Blueprint("closed_days", __name__)


@pages.get("/closed-days/<partnership>")
def show(partnership: str) -> str:
    """Show the closed days of the reader's side from today on, without weekends and public holidays."""
    with reading_page(Act.CLOSE_DAYS) as work:
        return _page(work, partnership)


@pages.post("/closed-days/<partnership>")
def close(partnership: str) -> Response | tuple[str, int]:
    """Close days; a form that cannot be meant comes back with what was typed."""
    joint = "joint" in request.form
    try:
        with acting(Act.CLOSE_DAYS_JOINTLY if joint else Act.CLOSE_DAYS) as work:
            language = find_partnership(work, partnership).party(work.actor.side).language
            close_days(work, partnership, _closing(language, joint=joint))
    except (BadInput, Conflict) as problem:
        with reading_page(Act.CLOSE_DAYS) as work:
            return _page(work, partnership, problem), 400 if isinstance(problem, BadInput) else 409
    return _done(partnership, "closed_days.done")


@pages.post("/closed-days/<partnership>/open")
def reopen(partnership: str) -> Response:
    """Open days again that the reader's side has closed."""
    joint = "joint" in request.form
    with acting(Act.CLOSE_DAYS_JOINTLY if joint else Act.CLOSE_DAYS) as work:
        kind = request.form.get("kind", "")
        open_days(work, partnership, kind, _day("first"), _day("last"), joint=joint)
    return _done(partnership, "closed_days.opened")


def _closing(language: str, *, joint: bool) -> Closing:
    kind, levels = request.form.get("kind", ""), request.form.getlist("level")
    for field, given, known in (("kind", [kind], KINDS), ("level", levels, LEVELS)):
        if not set(given) <= set(known):
            raise BadInput(not_known(", ".join(given)), place=field, remedy=one_of(known))
    first = _day("first")
    return Closing(
        first=first,
        last=_day("last") if request.form.get("last") else first,
        title={language: request.form.get("title", "").strip()},
        kind=kind,
        effect=Effect.COSTS if "costs" in request.form else Effect.FORBIDS,
        levels=tuple(levels),
        offices=tuple(request.form.getlist("office")),
        joint=joint,
    )


def _day(field: str) -> date:
    return day_typed(request.form.get(field, ""), field)


def _done(partnership: str, key: str) -> Response:
    flash(text(key))
    return redirect(url_for("closed_days.show", partnership=partnership))


def _page(work: Work, partnership: str, problem: BadInput | Conflict | None = None) -> str:
    facts = find_partnership(work, partnership)
    day = viewed_day(work, facts)
    return render_template(
        "web/closed_days.html",
        partnership=facts,
        day=day,
        spans=[
            entry
            for entry in closed_spans(work, partnership, day, day + AHEAD)
            if entry.closed.party == work.actor.side
        ],
        offices=[office for office in offices(work, partnership) if office.party == work.actor.side],
        kinds=KINDS,
        levels=LEVELS,
        problem=problem,
        typed=request.form if problem else None,
    )
