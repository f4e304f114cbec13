"""Deciding on another time that somebody invited proposed: offering it to the other side, or declining it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.invitations.proposals import actions
from scheduler.outbox.mailers import letterhead
from scheduler.web.invitations import page
from scheduler.web.kit.door import acting, door, reading_page
from scheduler.web.kit.language import text

pages = Blueprint("proposals", __name__)
Answer = Response | tuple[str, int]


@pages.post("/meetings/<uid>/proposals/<proposal>/accept")
def accept(uid: str, proposal: str) -> Answer:
    """Offer the proposed time as the new date."""
    return _do(uid, Act.MOVE, lambda work: actions.accept(work, proposal), "proposals.done.accept")


@pages.post("/meetings/<uid>/proposals/<proposal>/decline")
def decline(uid: str, proposal: str) -> Answer:
    """Let a letter say that the time stays as it is."""

    def act(work: Work) -> None:
        actions.decline(work, proposal, letterhead(door().settings), request.form.get("reason", ""))

    return _do(uid, Act.MAILS, act, "proposals.done.decline")


def _do(uid: str, permission: Act, act: Callable[[Work], None], done: str) -> Answer:
    """Do it and come back; what cannot be done is said on the page."""
    try:
        with acting(permission) as work:
            act(work)
    except (BadInput, Conflict) as problem:
        with reading_page() as work:
            return page(work, uid, problem, "proposals"), 409
    flash(text(done))
    return redirect(url_for("invitations.show", uid=uid) + "#proposals")
