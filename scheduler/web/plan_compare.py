"""Two plans of the reader's side beside each other, or a plan beside the calendar that it would change."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request

from scheduler.accounts.rules import Act
from scheduler.errors import BadInput
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.planning import queries
from scheduler.planning.comparing import Difference, Kind, Standing, compare_plans, compare_with_calendar
from scheduler.planning.queries import PlanFacts
from scheduler.planning.record import problem_from_json
from scheduler.web.kit.door import reading_page, viewed_day
from scheduler.web.kit.language import in_languages
from scheduler.web.plan_rounds import net_changes

CALENDAR = "calendar"
"""What the address says instead of the key of a plan, to compare with the calendar as it is now."""

pages = Blueprint("compare", __name__)


@pages.get("/plan/<partnership>/compare")
def show(partnership: str) -> str:
    """Show what differs between two plans: ``?one=KEY&other=KEY``; ``one`` may be ``calendar``."""
    one, other = request.args.get("one", CALENDAR), request.args.get("other", "")
    if one == other or not other:
        raise BadInput(
            in_languages("plan.compare.two"), place="other", remedy=in_languages("plan.compare.remedy")
        )
    with reading_page(Act.PLAN) as work:
        facts = find_partnership(work, partnership)
        known = queries.outlines(work, partnership)
        later = queries.plan(work, partnership, other)
        earlier = None if one == CALENDAR else queries.plan(work, partnership, one)
        calendar = queries.calendar(work, partnership, viewed_day(work, facts))
        found = _difference(earlier, later, calendar)
        return render_template(
            "web/plan_compare.html",
            partnership=facts,
            day=viewed_day(work, facts),
            plans=known,
            one=earlier,
            other=later,
            found=found,
            changed=net_changes(found.added, found.saved),
            kinds=tuple(Kind),
            calendar=CALENDAR,
        )


def _difference(one: PlanFacts | None, other: PlanFacts, calendar: Sequence[Standing]) -> Difference:
    after = problem_from_json(other.problem)
    if one is None:
        return compare_with_calendar(after, other.plan, calendar)
    return compare_plans((problem_from_json(one.problem), one.plan), (after, other.plan))
