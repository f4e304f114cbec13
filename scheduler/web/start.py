"""The first page: the partnerships of the reader's side, or the only one; and the choice of language."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.meetings.queries import owed
from scheduler.partnerships.queries import partnerships
from scheduler.web.kit.door import reading_page, viewed_day
from scheduler.web.kit.language import choose_language
from scheduler.web.kit.signing_in import on_this_host, public
from scheduler.web.owed import count_colours

pages = Blueprint("start", __name__)


@pages.get("/")
def start() -> Response | str:
    """Show the partnerships with their colours; with one alone, go there."""
    with reading_page() as work:
        known = partnerships(work)
        if len(known) == 1:
            return redirect(url_for("home.show", partnership=known[0].key))
        colours = {
            facts.key: count_colours(owed(work, facts.key, viewed_day(work, facts))) for facts in known
        }
    return render_template("web/start.html", partnerships=known, colours=colours)


@pages.post("/language")
@public
def choose() -> Response:
    """Change the language of the pages and go back to where the reader was."""
    choose_language(request.form.get("language", ""))
    return redirect(on_this_host(request.form.get("back", "")))
