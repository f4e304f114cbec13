"""The briefing pack of a round: who reads it, which version they have, and the button that sends it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from agendas.distribution.actions import send_pack
from agendas.distribution.queries import pack_of
from agendas.web.outcomes_texts import words
from scheduler.accounts.rules import Act
from scheduler.errors import Conflict, NotFound
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.outbox.mailers import letterhead
from scheduler.partnerships.queries import partnership
from scheduler.web.kit.door import acting, door, reading_page

pages = Blueprint("pack", __name__)


@pages.get("/meetings/<uid>/pack")
def show(uid: str) -> str:
    """Show who reads the pack, and what they have of it."""
    return _page(uid)


@pages.post("/meetings/<uid>/pack")
def send(uid: str) -> Response | tuple[str, int]:
    """Send the pack to whoever does not have this version."""
    settings = door().settings
    try:
        with acting(Act.EDIT_AGENDA) as work:
            posts = send_pack(work, uid, letterhead(settings), settings.agenda_templates)
    except Conflict as error:
        return _page(uid, error), 409
    flash(words("pack.done", count=len(posts)))
    return redirect(url_for("pack.show", uid=uid))


def _page(uid: str, problem: Conflict | None = None) -> str:
    with reading_page(Act.DRAFT) as work:
        found = find_meeting(work, uid)
        facts = partnership(work, found.partnership)
        try:
            pack = pack_of(work, uid)
        except NotFound:
            pack = None
        return render_template(
            "web/pack.html",
            meeting=found,
            partnership=facts,
            side=work.actor.side,
            pack=pack,
            newest={entry.post: entry for entry in pack.sent} if pack else {},
            problem=problem,
            words=words,
        )
