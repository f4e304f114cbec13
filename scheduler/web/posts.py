"""Posts of the reader's side: who holds them from when until when, and who is new and must be told what is to come."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.invitations.telling.queries import newcomers
from scheduler.partnerships.holders.actions import Term, record_told, remove_holder, set_holder
from scheduler.partnerships.holders.queries import holders, today_of
from scheduler.partnerships.holders.rules import holder_on
from scheduler.partnerships.queries import offices, posts
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.typed import day_typed
from scheduler.web.kit.door import acting, reading_page
from scheduler.web.kit.language import text
from scheduler.words import LANGUAGES

pages = Blueprint("posts", __name__)
Answer = Response | tuple[str, int]


@pages.get("/posts/<partnership>")
def show(partnership: str) -> str:
    """Show the posts of the reader's side with their holders."""
    with reading_page() as work:
        return _page(work, partnership)


@pages.post("/posts/<partnership>/<post>/holder")
def set_(partnership: str, post: str) -> Answer:
    """Say who holds a post from a day on."""
    return _do(partnership, post, lambda work: set_holder(work, partnership, post, _term()), "posts.done.set")


@pages.post("/posts/<partnership>/<post>/remove")
def remove(partnership: str, post: str) -> Answer:
    """Take back what was said of a post from a day on."""

    def act(work: Work) -> None:
        remove_holder(work, partnership, post, _day("from"))

    return _do(partnership, post, act, "posts.done.removed")


@pages.post("/posts/<partnership>/<post>/told")
def told(partnership: str, post: str) -> Answer:
    """Say that whoever took over was told."""
    return _do(partnership, post, lambda work: record_told(work, partnership, post), "posts.done.told")


def _do(partnership: str, post: str, act: Callable[[Work], None], done: str) -> Answer:
    """Do what a form says and come back; what cannot be done is said at the post, and nothing typed is lost."""
    try:
        with acting(Act.DELEGATE) as work:
            act(work)
    except (BadInput, Conflict, NotFound) as problem:
        if problem.place == "":
            raise
        with reading_page() as work:
            return _page(work, partnership, post, problem), 400 if isinstance(problem, BadInput) else 409
    flash(text(done))
    return redirect(url_for("posts.show", partnership=partnership, _anchor=post))


def _page(
    work: Work, partnership: str, post: str = "", problem: BadInput | Conflict | NotFound | None = None
) -> str:
    facts, side = find_partnership(work, partnership), work.actor.side
    known, today = holders(work, partnership), today_of(work, side)
    return render_template(
        "web/posts.html",
        partnership=facts,
        side=side,
        today=today,
        posts=[entry for entry in posts(work, partnership) if entry.party == side],
        offices={entry.key: entry for entry in offices(work, partnership) if entry.party == side},
        holders=known,
        current={reference: holder_on(entries, today) for reference, entries in known.items()},
        newcomers=[entry for entry in newcomers(work, partnership) if entry.waits],
        languages=LANGUAGES,
        wrong=post,
        problem=problem,
        typed=request.form,
    )


def _term() -> Term:
    return Term(
        first=_day("from"),
        last=_day("until") if _typed("until") else None,
        mailbox=_typed("mailbox"),
        language=_typed("language"),
    )


def _day(field: str) -> date:
    return day_typed(_typed(field), field)


def _typed(field: str) -> str:
    return request.form.get(field, "").strip()
