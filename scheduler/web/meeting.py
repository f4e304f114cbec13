"""A meeting: when on everybody's clocks, where it stands, what prepares it, and what the reader may do about it."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.meetings import actions
from scheduler.meetings.queries import MeetingFacts, notes
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.meetings.rules import State, may_become
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.sources.queries import passages
from scheduler.web.kit.door import acting, allowed, door, person, reading_page, viewed_day
from scheduler.web.kit.language import language, text
from scheduler.web.owed import steps

pages = Blueprint("meeting", __name__)


def _record_held(work: Work, uid: str) -> None:
    zone = find_meeting(work, uid).zone
    actions.record_held(work, uid, work.now.astimezone(ZoneInfo(zone)).date())


ACTS: Mapping[str, tuple[Act, Callable[[Work, str], None], State]] = {
    "offer": (Act.OFFER, actions.offer, State.OFFERED),
    "agree": (Act.AGREE, actions.agree, State.AGREED),
    "record": (Act.RECORD, _record_held, State.HELD),
    "postpone": (Act.POSTPONE, actions.postpone, State.POSTPONED),
    "cancel": (Act.CANCEL, actions.cancel, State.CANCELLED),
}
"""What a button does: the permission it needs, the action, and the state it leads to."""


@pages.get("/meetings/<uid>")
def show(uid: str) -> str:
    """Show one meeting."""
    with reading_page() as work:
        meeting = find_meeting(work, uid)
        facts = find_partnership(work, meeting.partnership)
        day = viewed_day(work, facts)
        return render_template(
            "web/meeting.html",
            partnership=facts,
            day=day,
            meeting=meeting,
            duties=[obligation(work, meeting.partnership, key) for key in meeting.duties],
            steps=steps(meeting),
            notes=notes(work, meeting.id),
            passage=passages(work, [meeting.passage_id]).get(meeting.passage_id or 0),
            acts=[
                name
                for name in ACTS
                if _offered(name, meeting, is_past=bool(meeting.day and meeting.day <= day))
            ],
            panels=[panel(work, uid, language()) for panel in door().panels.meeting],
        )


@pages.post("/meetings/<uid>/<any(offer, agree, record, postpone, cancel):name>")
def do(uid: str, name: str) -> Response:
    """Do what a button says."""
    act, action, _ = ACTS[name]
    with acting(act) as work:
        action(work, uid)
    flash(text(f"meeting.done.{name}"))
    return redirect(url_for("meeting.show", uid=uid))


@pages.post("/meetings/<uid>/notes")
def note(uid: str) -> Response:
    """Write a note for the reader's own side."""
    with acting(Act.NOTE) as work:
        actions.write_note(work, uid, request.form.get("text", ""))
    flash(text("meeting.done.note"))
    return redirect(url_for("meeting.show", uid=uid) + "#notes")


def _offered(name: str, meeting: MeetingFacts, *, is_past: bool) -> bool:
    """Tell whether to show a button: the table gives the act, the state allows it, and it would change something."""
    act, _, following = ACTS[name]
    if not allowed(act) or not may_become(meeting.state, following):
        return False
    if name == "agree":
        return meeting.state is State.OFFERED and person().party not in meeting.consents
    if name == "offer":
        return meeting.state is State.PLANNED
    return name != "record" or is_past
