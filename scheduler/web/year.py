"""The year plan: every obligation on a line of days with its window, rounds and limits; and the same as a table."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from scheduler.errors import NotFound
from scheduler.meetings.queries import meetings, owed
from scheduler.meetings.rules import DATED
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import FIRST_YEAR, LAST_YEAR, reading_page, viewed_day
from scheduler.web.wording import asked_day
from scheduler.web.year_chart import NARROW, WIDE, draw
from scheduler.web.year_lanes import closed_in, closed_lanes, obligation_lanes, rounds_by_obligation

pages = Blueprint("year", __name__)


@pages.get("/year/<partnership>")
def current(partnership: str) -> Response:
    """Go to the year in which the reader asks."""
    with reading_page() as work:
        day = viewed_day(work, find_partnership(work, partnership))
    return redirect(url_for("year.show", partnership=partnership, year=day.year, **asked_day()))


@pages.get("/year/<partnership>/<int:year>")
def show(partnership: str, year: int) -> str:
    """Show a calendar year of a partnership."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(f"there is no year {year}", remedy=f"between {FIRST_YEAR} and {LAST_YEAR}")
    with reading_page() as work:
        facts = find_partnership(work, partnership)
        day = viewed_day(work, facts)
        state = owed(work, partnership, day)
        first, last = date(year - 1, 1, 1), date(year, 12, 31)
        rounds = meetings(work, partnership, first=first, last=last, states=DATED)
        closed = {party.key: closed_in(work, facts, party, year) for party in facts.parties}
        lanes = [*closed_lanes(facts, closed), *obligation_lanes(state, rounds, year)]
        return render_template(
            "web/year.html",
            partnership=facts,
            year=year,
            day=day,
            charts=[draw(year, lanes, layout, day) for layout in (WIDE, NARROW)],
            owed=state,
            rounds=rounds_by_obligation(
                meeting for meeting in rounds if meeting.slot and meeting.slot.last_day.year >= year
            ),
            closed=closed,
        )
