"""A meeting: when on everybody's clocks, where it stands, what prepares it, and what the reader may do about it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.invitations.actions import call_off
from scheduler.meetings import actions
from scheduler.meetings.queries import MeetingFacts, NoteFacts, consents, notes
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.meetings.rules import MOST_OPTIONS, OPTION_WORDS, State, may_become
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.planning.alternatives import next_best
from scheduler.planning.objections import objections
from scheduler.reminders.milestones import origin_words
from scheduler.reminders.queries import settings_of
from scheduler.sources.queries import passages
from scheduler.web.kit.door import acting, allowed, door, reading_page, viewed_day
from scheduler.web.kit.language import language, text
from scheduler.web.owed import steps

pages = Blueprint("meeting", __name__)


def _record_held(work: Work, uid: str) -> None:
    zone = find_meeting(work, uid).zone
    actions.record_held(work, uid, work.now.astimezone(ZoneInfo(zone)).date())


def _postpone(work: Work, uid: str) -> None:
    call_off(work, uid, State.POSTPONED, request.form.get("reason", ""))


def _cancel(work: Work, uid: str) -> None:
    call_off(work, uid, State.CANCELLED, request.form.get("reason", ""))


ACTS: Mapping[str, tuple[Act, Callable[[Work, str], None], State]] = {
    "record": (Act.RECORD, _record_held, State.HELD),
    "postpone": (Act.POSTPONE, _postpone, State.POSTPONED),
    "cancel": (Act.CANCEL, _cancel, State.CANCELLED),
}
"""What a button does: the permission it needs, the action, and the state it leads to."""


@pages.get("/meetings/<uid>")
def show(uid: str) -> str:
    """Show one meeting."""
    with reading_page() as work:
        meeting = find_meeting(work, uid)
        facts = find_partnership(work, meeting.partnership)
        day = viewed_day(work, facts)
        written = notes(work, meeting.id)
        asked = request.args.get("days") == "plan"
        return render_template(
            "web/meeting.html",
            partnership=facts,
            day=day,
            meeting=meeting,
            duties=[obligation(work, meeting.partnership, key) for key in meeting.duties],
            steps=steps(meeting, settings_of(work, meeting.partnership)),
            origin_words=origin_words,
            agreed_by={entry.party: entry for entry in consents(work, meeting.id)},
            notes=written,
            reasons=_by_option(written),
            objections=objections(work, meeting, with_diaries=allowed(Act.DIARIES_READ)),
            suggested=next_best(work, meeting) if asked and allowed(Act.OFFER) else (),
            asked=asked,
            most_options=MOST_OPTIONS,
            option_words={str(state): words for state, words in OPTION_WORDS.items()},
            passage=passages(work, [meeting.passage_id]).get(meeting.passage_id or 0),
            acts=[
                name
                for name in ACTS
                if _offered(name, meeting, is_past=bool(meeting.day and meeting.day <= day))
            ],
            panels=[panel(work, uid, language()) for panel in door().panels.meeting],
        )


@pages.post("/meetings/<uid>/<any(record, postpone, cancel):name>")
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


def _by_option(written: Iterable[NoteFacts]) -> dict[int | None, list[str]]:
    """Return the texts of notes by the number of the option that they are about."""
    found: dict[int | None, list[str]] = defaultdict(list)
    for note_ in written:
        found[note_.option].append(note_.text)
    return found


def _offered(name: str, meeting: MeetingFacts, *, is_past: bool) -> bool:
    """Tell whether to show a button: the table gives the act, the state allows it, and it would change something."""
    act, _, following = ACTS[name]
    if not allowed(act) or not may_become(meeting.state, following):
        return False
    return name != "record" or is_past
