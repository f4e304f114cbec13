"""The desk officer's page: what presses and why, the next 90 days, what sources date once, and what changed."""

from flask import Blueprint, render_template

from scheduler.audit.queries import Change, latest_changes
from scheduler.meetings.queries import MeetingFacts, meetings, owed
from scheduler.obligations.queries import ObligationFacts
from scheduler.partnerships.queries import offices
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.reminders.queries import settings_of
from scheduler.sources.queries import dated_events, passages
from scheduler.web.kit.door import reading_page, viewed_day
from scheduler.web.owed import by_day_and_kind, coming, count_colours, pressing
from scheduler.web.waiting import waited_for, waiting

CHANGES_SHOWN = 12

pages = Blueprint("home", __name__)


@pages.get("/partnerships/<partnership>")
def show(partnership: str) -> str:
    """Show how a partnership stands on a day (``?on=``, else today)."""
    with reading_page() as work:
        facts = find_partnership(work, partnership)
        day = viewed_day(work, facts)
        state = owed(work, partnership, day)
        rounds = meetings(work, partnership)
        promised = {entry.obligation.key: entry.obligation for entry in state}
        events = dated_events(work, partnership)
        return render_template(
            "web/home.html",
            partnership=facts,
            day=day,
            now=work.now,
            owed=state,
            counts=count_colours(state),
            pressing=pressing(state),
            waiting=list(waiting(work, partnership, promised, rounds)),
            waited_for=list(waited_for(work, partnership, promised, rounds)),
            ahead=by_day_and_kind(coming(state, rounds, events, day, settings_of(work, partnership))),
            offices={(office.party, office.key): office for office in offices(work, partnership)},
            events=events,
            passages=passages(work, (event.passage_id for event in events)),
            changes=[
                (change, _subject(change, rounds, [entry.obligation for entry in state]))
                for change in latest_changes(work, partnership, CHANGES_SHOWN)
            ],
        )


def _subject(
    change: Change, rounds: tuple[MeetingFacts, ...], obligations: list[ObligationFacts]
) -> MeetingFacts | ObligationFacts | None:
    """Return what was changed, where the reader may see it."""
    kind, _, key = change.subject.partition("/")
    if kind == "meeting":
        return next((entry for entry in rounds if entry.uid == key), None)
    return next((entry for entry in obligations if kind == "obligation" and entry.key == key), None)
