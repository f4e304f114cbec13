"""Answering an invitation by its link, without signing in and without a calendar program.

The link begins with the side whose post was invited, and its secret is looked up among that side's links alone. It
shows the one meeting and answers for the one post. Mail programs and their scanners open links: a GET shows, only the
POST answers. No answer tells whether a link ever existed.
"""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.invitations.answers.actions import answer_by_link
from scheduler.invitations.answers.queries import asked_of, given_by, is_open, link_with
from scheduler.invitations.answers.rules import STATUS_WORDS, Status
from scheduler.invitations.letter import language_of, write_when
from scheduler.invitations.queries import invitation
from scheduler.web.kit.door import bearing, reading_as_bearer
from scheduler.web.kit.language import in_languages, language, text
from scheduler.web.kit.signing_in import public
from scheduler.web.reminder_answers import KEY

pages = Blueprint("invitation_answers", __name__)
Answered = Response | tuple[str, int]


@pages.get("/invitations/answer/<party>.<secret>")
@public
def show(party: str, secret: str) -> str | tuple[str, int]:
    """Show the meeting, what was answered, and the buttons."""
    try:
        _require_key(party)
        with reading_as_bearer(party) as work:
            return _page(work, party, secret)
    except NotFound:
        return _gone()


@pages.post("/invitations/answer/<party>.<secret>")
@public
def act(party: str, secret: str) -> Answered:
    """Enter the answer."""
    try:
        _require_key(party)
        with bearing(party) as work:
            link = link_with(work, secret)
            g.reader_language = language_of(invitation(work, link.meeting), link.post)
            answer_by_link(work, secret, _status(), request.form.get("comment", ""))
    except (NotFound, Conflict):
        return _gone()
    except BadInput as problem:
        with reading_as_bearer(party) as work:
            return _page(work, party, secret, problem), 400
    flash(text("answers.done"))
    return redirect(url_for("invitation_answers.show", party=party, secret=secret))


def _page(work: Work, party: str, secret: str, problem: BadInput | None = None) -> str:
    link = link_with(work, secret)
    found = invitation(work, link.meeting)
    asked = asked_of(found, link)
    if asked is None or not is_open(found, link):
        raise NotFound("there is nothing to answer")
    g.reader_language = language_of(found, link.post)
    return render_template(
        "web/invitation_answer.html",
        meeting=found.meeting,
        post=found.posts.get(link.post),
        when=write_when(found.partnership, asked.sending.slot, language()),
        place=asked.sending.content["place"],
        has_moved=link.sequence < asked.sequence,
        given=given_by(work, found, link),
        status_words=STATUS_WORDS,
        statuses=list(Status),
        address=url_for("invitation_answers.act", party=party, secret=secret),
        problem=problem,
    )


def _gone() -> tuple[str, int]:
    return render_template("web/invitation_answer.html", meeting=None, problem=None), 404


def _require_key(party: str) -> None:
    """Raise ``NotFound`` for what cannot be the key of a side; no database need be asked for it."""
    if not KEY.fullmatch(party):
        raise NotFound("there is no such side")


def _status() -> Status:
    try:
        return Status(request.form.get("status", ""))
    except ValueError:
        raise BadInput(in_languages("answers.which"), place="status") from None
