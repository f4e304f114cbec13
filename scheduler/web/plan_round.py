"""One round of a plan: why its day, why not another, what else is possible and until when; and its days as an offer."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.errors import BadInput
from scheduler.meetings.queries import meetings
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.planning import offering, queries
from scheduler.planning.explaining import Answer, Explanation, explain_day, round_named
from scheduler.planning.problem import Placement
from scheduler.planning.queries import PlanFacts
from scheduler.planning.rules import BY_NAME
from scheduler.typed import day_typed
from scheduler.web.kit.door import acting, reading_page, viewed_day
from scheduler.web.kit.language import in_languages, text
from scheduler.web.plan_months import months_of_year
from scheduler.web.plan_rounds import explained, net_changes, planned_rounds

FURTHER = 2
"""Days that may be offered beside the day of the plan."""

pages = Blueprint("round", __name__)


@pages.get("/plan/<partnership>/<key>/rounds/<path:round_key>")
def show(partnership: str, key: str, round_key: str) -> str:
    """Show one round of a plan, and with ``?day=2027-04-14`` what that day would mean."""
    asked = day_typed(request.args["day"], "day") if request.args.get("day") else None
    with reading_page(Act.PLAN) as work:
        facts = find_partnership(work, partnership)
        plan = explained(queries.plan(work, partnership, key))
        round_ = round_named(plan.problem, round_key)
        shown = next(
            entry for entry in planned_rounds(plan, meetings(work, partnership)) if entry.round == round_
        )
        why = plan.reason(round_)
        year = _year(asked, shown.placed, plan.facts)
        planned = shown.placed.first if shown.placed else None
        answer = explain_day(plan.problem, plan.facts.plan, round_, asked) if asked else None
        return render_template(
            "web/plan_round.html",
            partnership=facts,
            day=viewed_day(work, facts),
            plan=plan.facts,
            problem=plan.problem,
            shown=shown,
            why=why,
            rules=BY_NAME,
            net_changes=net_changes,
            asked=asked,
            answer=answer,
            year=year,
            years=range(plan.facts.first.year, plan.facts.last.year + 1),
            months=months_of_year(
                year, planned, plan.prices(round_), plan.unwanted(round_), plan.problem.prices.limit
            ),
            offerable=_offerable(why, answer, planned),
            best=[other.day for other in why.next_best],
        )


@pages.post("/plan/<partnership>/<key>/rounds/<path:round_key>")
def offer_days(partnership: str, key: str, round_key: str) -> Response:
    """Offer the other side the day of the plan and up to two others, after putting the round on the calendar."""
    chosen = [day_typed(written, "day") for written in request.form.getlist("day")]
    if len(chosen) > FURTHER:
        raise BadInput(
            in_languages("plan.offer.too_many"), place="day", remedy=in_languages("plan.offer.remedy")
        )
    with acting(Act.OFFER) as work:
        plan = queries.plan(work, partnership, key)
        uid = offering.offer_days(work, partnership, plan, round_key, chosen)
    flash(text("plan.offer.done"))
    return redirect(url_for("meeting.show", uid=uid))


def _offerable(why: Explanation, answer: Answer | None, planned: date | None) -> list[date]:
    """Return the days that may be offered beside the plan's: the one asked about, where possible, and the next best."""
    days = [other.day for other in why.next_best]
    if answer and answer.instead:
        days.append(answer.day)
    return sorted({*days} - {planned})


def _year(asked: date | None, placed: Placement | None, plan: PlanFacts) -> int:
    """Return the year whose months to show: the one asked for, else that of the day in question."""
    wanted = request.args.get("year", "")
    if wanted.isdecimal() and len(wanted) <= len(str(date.max.year)):
        return min(max(int(wanted), plan.first.year), plan.last.year)
    if asked and plan.first.year <= asked.year <= plan.last.year:
        return asked.year
    return placed.first.year if placed else plan.first.year
