"""Answers of the reader's side: entering one by hand, and the mails that fit no invitation by themselves."""

from collections.abc import Callable

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.invitations.answers import actions
from scheduler.invitations.answers.queries import puzzle, puzzles
from scheduler.invitations.answers.rules import REASON_WORDS, STATUS_WORDS, Status
from scheduler.partnerships.queries import partnership, posts
from scheduler.typed import not_known, one_of
from scheduler.web.kit.door import acting, reading_page
from scheduler.web.kit.language import text

pages = Blueprint("answers", __name__)
Answered = Response | tuple[str, int]


@pages.post("/meetings/<uid>/answers")
def enter(uid: str) -> Response:
    """Enter what a post of the reader's side answered."""
    with acting(Act.MAILS) as work:
        actions.record_answer(work, uid, _typed("post"), _status(), _typed("comment"))
    flash(text("answers.done"))
    return redirect(url_for("invitations.show", uid=uid) + "#delegation")


@pages.get("/mails/<partnership_key>")
def show(partnership_key: str) -> str:
    """Show the mails of one partnership that need a person."""
    with reading_page(Act.MAILS) as work:
        return _page(work, partnership_key)


@pages.get("/mails/<partnership_key>/<uid>")
def download(partnership_key: str, uid: str) -> Response:
    """Return the bytes of a mail as a file: nothing of it is shown or opened here."""
    with reading_page(Act.MAILS) as work:
        partnership(work, partnership_key)
        _, content = puzzle(work, uid)
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["Content-Disposition"] = 'attachment; filename="mail.eml"'
    return answer


@pages.post("/mails/<partnership_key>/<uid>/dismiss")
def dismiss(partnership_key: str, uid: str) -> Answered:
    """Say that nothing is to be done with a mail."""
    return _do(partnership_key, lambda work: actions.dismiss(work, uid), "answers.mail.dismissed")


@pages.post("/mails/<partnership_key>/<uid>/apply")
def apply(partnership_key: str, uid: str) -> Answered:
    """Enter what a mail turned out to answer."""
    return _do(
        partnership_key,
        lambda work: actions.apply(work, uid, _status(), _typed("post")),
        "answers.done",
    )


def _do(partnership_key: str, act: Callable[[Work], None], done: str) -> Answered:
    try:
        with acting(Act.MAILS) as work:
            act(work)
    except (BadInput, Conflict) as problem:
        with reading_page(Act.MAILS) as work:
            return _page(work, partnership_key, problem), 409
    flash(text(done))
    return redirect(url_for("answers.show", partnership_key=partnership_key))


def _page(work: Work, partnership_key: str, problem: BadInput | Conflict | None = None) -> str:
    facts = partnership(work, partnership_key)
    return render_template(
        "web/mails.html",
        partnership=facts,
        side=work.actor.side,
        mails=[entry for entry in puzzles(work) if entry.partnership == facts.key],
        posts=[entry for entry in posts(work, facts.key) if entry.party == work.actor.side],
        reason_words=REASON_WORDS,
        status_words=STATUS_WORDS,
        statuses=list(Status),
        problem=problem,
    )


def _status() -> Status:
    try:
        return Status(_typed("status"))
    except ValueError:
        raise BadInput(not_known(_typed("status")), place="answer", remedy=one_of(Status)) from None


def _typed(field: str) -> str:
    return request.form.get(field, "").strip()
