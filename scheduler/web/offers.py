"""What is on offer for a meeting: the forms that offer days, accept one, refuse or withdraw."""

from collections.abc import Callable, Iterator

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.meetings import actions
from scheduler.meetings.choices import Choice, choice_on
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.typed import day_typed
from scheduler.web.kit.door import acting
from scheduler.web.kit.language import text

pages = Blueprint("offers", __name__)


@pages.post("/meetings/<uid>/offer")
def offer(uid: str) -> Response:
    """Offer the days of the form: of a planned meeting beside its own date."""
    return _do(
        uid,
        Act.OFFER,
        lambda work: actions.offer(work, uid, tuple(_choices(work, uid))),
        "meeting.done.offer",
    )


@pages.post("/meetings/<uid>/options/<int:number>/accept")
def accept(uid: str, number: int) -> Response:
    """Accept an option."""
    return _do(uid, Act.AGREE, lambda work: actions.accept(work, uid, number), "meeting.done.agree")


@pages.post("/meetings/<uid>/options/refuse")
@pages.post("/meetings/<uid>/options/<int:number>/refuse")
def refuse(uid: str, number: int | None = None) -> Response:
    """Refuse an option, or all that others offered, with a reason for the reader's own side."""
    reason = request.form.get("reason", "")
    return _do(uid, Act.AGREE, lambda work: actions.refuse(work, uid, number, reason), "meeting.done.refuse")


@pages.post("/meetings/<uid>/options/<int:number>/withdraw")
def withdraw(uid: str, number: int) -> Response:
    """Take an option back that the reader's own side offered."""
    return _do(uid, Act.OFFER, lambda work: actions.withdraw(work, uid, number), "meeting.done.withdraw")


def _do(uid: str, act: Act, change: Callable[[Work], None], done: str) -> Response:
    with acting(act) as work:
        change(work)
    flash(text(done))
    return redirect(url_for("meeting.show", uid=uid))


def _choices(work: Work, uid: str) -> Iterator[Choice]:
    """Yield the options that the form names: days that the plan suggested, then days written in, each with its host."""
    form = request.form
    written = list(zip(form.getlist("day"), form.getlist("host"), strict=False))
    for day, host in [*((day, "") for day in form.getlist("suggested")), *written]:
        if day.strip():
            found = find_meeting(work, uid)
            facts = find_partnership(work, found.partnership)
            yield choice_on(day_typed(day, "day"), found, facts, host=host)
