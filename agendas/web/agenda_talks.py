"""What the sides say to each other about an agenda: offers, agreement, remarks; and what each settles for itself."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from agendas.negotiation import actions
from agendas.versions.actions import settle
from agendas.web.agenda import standing_page
from agendas.web.agenda_forms import whole_number
from agendas.web.agenda_order import form_number
from agendas.web.agenda_texts import words
from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import acting, reading_page, viewed_day

pages = Blueprint("agenda_talks", __name__)

Answered = Response | tuple[str, int]
ALL = "all"


@pages.post("/meetings/<uid>/agenda/offer")
def offer(uid: str) -> Answered:
    """Offer the side's agenda, whole or the items that were chosen."""

    def act(work: Work) -> str:
        chosen = None if request.form.get("which") == ALL else _chosen()
        number = actions.offer(work, uid, chosen, request.form.get("remark", ""))
        return words("done.offer", number=number)

    return _do(uid, Act.NEGOTIATE, act, "own")


@pages.post("/meetings/<uid>/agenda/take-in")
def take_in(uid: str) -> Answered:
    """Take the joint version into the side's own agenda."""

    def act(work: Work) -> str:
        day = viewed_day(work, find_partnership(work, find_meeting(work, uid).partnership))
        return words("done.take_in", number=actions.take_in(work, uid, day))

    return _do(uid, Act.EDIT_AGENDA, act, "own")


@pages.post("/meetings/<uid>/agenda/sign")
def sign(uid: str) -> Answered:
    """Agree to what was shown: all of it, or the items that were chosen, each as its words were on the page."""

    def act(work: Work) -> str:
        shown = dict(entry.rsplit(" ", 1) for entry in request.form.getlist("shown") if " " in entry)
        if request.form.get("which") != ALL:
            chosen = _chosen()
            shown = {subject: digest for subject, digest in shown.items() if subject in chosen}
        return words("done.sign", count=len(actions.sign(work, uid, shown)))

    return _do(uid, Act.NEGOTIATE, act, "joint")


@pages.post("/meetings/<uid>/agenda/withdraw")
def withdraw(uid: str) -> Answered:
    """Take the side's agreement to one item back."""

    def act(work: Work) -> str:
        actions.withdraw(work, uid, request.form.get("subject", ""))
        return words("done.withdraw")

    return _do(uid, Act.NEGOTIATE, act, "joint")


@pages.post("/meetings/<uid>/agenda/freeze")
def freeze(uid: str) -> Answered:
    """Freeze what both sides have agreed to."""
    return _do(
        uid,
        Act.NEGOTIATE,
        lambda work: words("done.freeze", number=actions.freeze(work, uid)),
        "joint",
    )


@pages.post("/meetings/<uid>/agenda/settle")
def settle_one(uid: str) -> Answered:
    """Decide a conflict: keep what stands, or take the other value."""

    def act(work: Work) -> str:
        key = find_meeting(work, uid).partnership
        index = whole_number(request.form.get("index", ""), "index", 0)
        theirs = request.form.get("take") == "theirs"
        settle(work, uid, key, index, theirs=theirs, number=form_number())
        return words("done.settle")

    return _do(uid, Act.EDIT_AGENDA, act, "own")


@pages.post("/meetings/<uid>/agenda/comments")
def comment(uid: str) -> Answered:
    """Write a remark: to both sides, or for the own side alone."""
    is_joint = request.form.get("to") == "both"

    def act(work: Work) -> str:
        actions.comment(
            work, uid, request.form.get("subject", ""), request.form.get("text", ""), joint=is_joint
        )
        return words("done.comment")

    return _do(uid, Act.NEGOTIATE if is_joint else Act.EDIT_AGENDA, act, "remarks")


def _do(uid: str, permission: Act, act: Callable[[Work], str], section: str) -> Answered:
    """Do what a form says and come back; what cannot be done is said on the page, and nothing typed is lost."""
    try:
        with acting(permission) as work:
            done = act(work)
    except (BadInput, Conflict, NotFound) as error:
        with reading_page() as work:
            code = 400 if isinstance(error, BadInput) else 409
            return standing_page(work, uid, error, section, request.form), code
    flash(done)
    return redirect(url_for("agenda.show", uid=uid) + f"#{section}")


def _chosen() -> list[str]:
    chosen = request.form.getlist("chosen")
    if not chosen:
        raise BadInput(
            {"en": "no item is chosen", "nl": "er is geen punt gekozen"},
            place="chosen",
            remedy={"en": "tick those that are meant", "nl": "vink aan wat bedoeld is"},
        )
    return chosen
