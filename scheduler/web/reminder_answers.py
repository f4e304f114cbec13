"""Answering a letter of reminders by its link, without signing in: that a step is in hand, or when to be told again.

The link is all that somebody has: it begins with the side whose post got the letter, and its secret is looked up among
that side's links alone. It answers what its letter reminded of and shows nothing else. Mail programs and their scanners
open links: a GET shows, only the POST answers. No answer tells whether a link ever existed.
"""

import re
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.partnerships.queries import partnership, posts
from scheduler.reminders.actions import answer
from scheduler.reminders.answering import Asked, asked_by
from scheduler.reminders.queries import LinkFacts, link_with
from scheduler.web.kit.door import bearing, door, reading_as_bearer
from scheduler.web.kit.language import in_languages, text
from scheduler.web.kit.signing_in import public

IN_HAND = "in_hand"
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}")

pages = Blueprint("reminder_answers", __name__)
Answered = Response | tuple[str, int]


@pages.get("/reminders/answer/<party>.<secret>")
@public
def show(party: str, secret: str) -> str | tuple[str, int]:
    """Show what the letter reminded of, and the buttons."""
    try:
        with reading_as_bearer(_key(party)) as work:
            return _page(work, party, secret)
    except NotFound:
        return _gone()


@pages.post("/reminders/answer/<party>.<secret>")
@public
def act(party: str, secret: str) -> Answered:
    """Record the answer to one reminder of the letter: ``number`` counts them from 1."""
    try:
        with bearing(_key(party)) as work:
            link, agendas = link_with(work, secret), door().agenda_deadlines
            _speak_as(work, link, party)
            chosen = _chosen(asked_by(work, link, agendas))
            until = None if request.form.get("answer") == IN_HAND else _day()
            answer(work, link.partnership, chosen.about, agendas, until, who=link.post)
    except NotFound:
        return _gone()
    except (BadInput, Conflict) as problem:
        with reading_as_bearer(party) as work:
            return _page(work, party, secret, problem), 400
    flash(text("reminders.answer.done"))
    return redirect(url_for("reminder_answers.show", party=party, secret=secret))


def _key(party: str) -> str:
    """Return what may be the key of a side; raise ``NotFound`` for what no database need be asked for."""
    if not KEY.fullmatch(party):
        raise NotFound("there is no such side")
    return party


def _page(work: Work, party: str, secret: str, problem: BadInput | Conflict | None = None) -> str:
    link = link_with(work, secret)
    _speak_as(work, link, party)
    return render_template(
        "web/reminder_answer.html",
        asked=asked_by(work, link, door().agenda_deadlines),
        expires_at=link.expires_at,
        zone=partnership(work, link.partnership).party(party).zone,
        address=url_for("reminder_answers.act", party=party, secret=secret),
        problem=problem,
    )


def _gone() -> tuple[str, int]:
    return render_template("web/reminder_answer.html", asked=None, problem=None), 404


def _speak_as(work: Work, link: LinkFacts, party: str) -> None:
    """Speak the language of the letter: that of whoever holds its post, else that of its side."""
    spoken = next(
        (entry.language for entry in posts(work, link.partnership) if entry.reference == link.post), None
    )
    g.reader_language = spoken or partnership(work, link.partnership).party(party).language


def _chosen(asked: tuple[Asked, ...]) -> Asked:
    number = request.form.get("number", "")
    if not number.isdecimal() or not 1 <= int(number) <= len(asked):
        raise BadInput(in_languages("reminders.answer.which"), place="number")
    return asked[int(number) - 1]


def _day() -> date:
    try:
        return date.fromisoformat(request.form.get("until", ""))
    except ValueError:
        raise BadInput(in_languages("reminders.answer.day"), place="until") from None
