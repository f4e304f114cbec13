"""Diaries of the reader's side: which post has one, how old and how whole it is; giving, reading again, taking away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act, require
from scheduler.db.work import Work
from scheduler.diaries.actions import keep_file, read_file, remove, set_address
from scheduler.diaries.queries import diaries, diary, own_post
from scheduler.diaries.reasons import ASSUMED_WORDS, FAILURE_WORDS, SKIP_WORDS, write_age
from scheduler.diaries.refreshing import asking, refresh
from scheduler.diaries.rules import SHOWN_AHEAD
from scheduler.errors import BadInput
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import acting, door, person, present, reading_page
from scheduler.web.kit.language import in_languages, in_words, text

pages = Blueprint("diaries", __name__)


@pages.get("/diaries/<partnership>")
def show(partnership: str) -> str:
    """Show the posts of the reader's side with their diaries."""
    with reading_page(Act.DIARIES_READ) as work:
        return _page(work, partnership)


@pages.post("/diaries/<partnership>/<post>/file")
def upload(partnership: str, post: str) -> Response | tuple[str, int]:
    """Give a post the diary in a file; one that cannot be used changes nothing."""
    with reading_page(Act.DIARIES_CHANGE) as work:
        own_post(work, partnership, post)
        zone = find_partnership(work, partnership).party(work.actor.side).zone
        now = work.now
    try:
        good = read_file(_sent("file"), zone, now)
    except BadInput as problem:
        with reading_page(Act.DIARIES_CHANGE) as work:
            return _page(work, partnership, post, problem), 400
    with acting(Act.DIARIES_CHANGE) as work:
        keep_file(work, partnership, post, good)
    return _done(partnership, post, "diaries.done")


@pages.post("/diaries/<partnership>/<post>/address")
def set_(partnership: str, post: str) -> Response | tuple[str, int]:
    """Give a post the diary at an address, and read it at once."""
    try:
        with acting(Act.DIARIES_CHANGE) as work:
            address = request.form.get("address", "")
            set_address(work, partnership, post, address, asking(door().settings).allowed)
    except BadInput as problem:
        with reading_page(Act.DIARIES_CHANGE) as work:
            return _page(work, partnership, post, problem), 400
    return again(partnership, post)


@pages.post("/diaries/<partnership>/<post>/refresh")
def again(partnership: str, post: str) -> Response:
    """Read the address of a post now."""
    require(person().role, Act.DIARIES_CHANGE)
    with reading_page(Act.DIARIES_CHANGE) as work:
        reference = own_post(work, partnership, post).reference
    refresh(door().engine, person().actor, reference, asking(door().settings), present)
    return _done(partnership, post, "diaries.done")


@pages.post("/diaries/<partnership>/<post>/remove")
def take_away(partnership: str, post: str) -> Response:
    """Take the diary of a post away, with its busy times."""
    with acting(Act.DIARIES_CHANGE) as work:
        remove(work, partnership, post)
    flash(text("diaries.done.removed"))
    return redirect(url_for("diaries.show", partnership=partnership))


def _sent(field: str) -> bytes:
    """Return the file of a form; raise ``BadInput`` where none was chosen."""
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise BadInput(in_languages("diaries.file.none"), place=field)
    return bytes(sent.read())


def _done(partnership: str, post: str, key: str) -> Response:
    """Say what came of a reading and return to the page, which tells the rest."""
    with reading_page(Act.DIARIES_READ) as work:
        found = diary(work, partnership, post)
    failed = found.diary is not None and found.diary.failure is not None
    flash(text("diaries.done.failed" if failed else key, post=in_words(found.post.title)))
    return redirect(url_for("diaries.show", partnership=partnership, _anchor=found.post.key))


def _page(work: Work, partnership: str, post: str = "", problem: BadInput | None = None) -> str:
    return render_template(
        "web/diaries.html",
        partnership=find_partnership(work, partnership),
        entries=diaries(work, partnership),
        days_ahead=SHOWN_AHEAD.days,
        failure_words=FAILURE_WORDS,
        skip_words=SKIP_WORDS,
        assumed_words=ASSUMED_WORDS,
        age_words=write_age,
        wrong=post,
        problem=problem,
    )
