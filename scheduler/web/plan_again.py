"""Planning again with the least change: people release meetings that both sides know, the plan moves the fewest.

Nothing moves by it: the difference is shown, and the plan waits to be approved like any other.
"""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.meetings.queries import meetings
from scheduler.meetings.rules import State
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.planning import actions, queries
from scheduler.planning.problem import Problem
from scheduler.planning.replanning import broken_now, problem_with_released, replan
from scheduler.web.kit.door import acting, reading_page, viewed_day
from scheduler.web.plan_compare import CALENDAR
from scheduler.web.plan_days import asked_day, next_years_end

ISSUED = (State.OFFERED, State.AGREED)

pages = Blueprint("again", __name__)


@pages.get("/plan/<partnership>/again")
def show(partnership: str) -> str:
    """Show the meetings that both sides know, with what speaks against each by now."""
    with reading_page(Act.PLAN) as work:
        facts = find_partnership(work, partnership)
        day = viewed_day(work, facts)
        last = next_years_end(day)
        problem = queries.problem(work, partnership, day, last, day)
        return render_template(
            "web/plan_again.html",
            partnership=facts,
            day=day,
            last=last,
            standing=meetings(work, partnership, states=ISSUED, first=day),
            broken={entry.meeting.key: entry.refusals for entry in broken_now(problem)},
        )


@pages.post("/plan/<partnership>/again")
def plan_again(partnership: str) -> Response:
    """Make the plan that changes least, keep it, and show what it would change. No transaction is open meanwhile."""
    with reading_page(Act.PLAN) as work:
        problem = _problem(work, partnership, asked_day("first"), asked_day("last"))
    found = replan(problem)
    with acting(Act.PLAN) as work:
        key = actions.store_plan(work, partnership, problem, found)
    return redirect(url_for("plan.compare.show", partnership=partnership, one=CALENDAR, other=key))


def _problem(work: Work, partnership: str, first: date, last: date) -> Problem:
    facts = find_partnership(work, partnership)
    problem = queries.problem(work, partnership, first, last, viewed_day(work, facts))
    asked = {
        name.removeprefix("host-"): party
        for name, party in request.form.items()
        if name.startswith("host-") and party
    }
    return problem_with_released(problem, request.form.getlist("release"), asked)
