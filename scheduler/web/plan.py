"""The planner: ask for a plan, watch the search, read the plan with its reasons, and put it on the side's calendar.

Plans belong to the side that made them; every page here shows and changes the reader's own side alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.meetings.queries import MeetingFacts, meetings, owed
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.planning import actions, queries
from scheduler.planning.queries import PlanFacts
from scheduler.planning.requests.actions import ask_to_stop, request_plan
from scheduler.planning.requests.queries import RequestFacts, plan_request, plan_requests
from scheduler.web import plan_again, plan_compare, plan_limits, plan_round
from scheduler.web.kit.door import acting, allowed, reading_page, viewed_day
from scheduler.web.kit.language import in_languages, in_words, text
from scheduler.web.kit.written import span_of_days
from scheduler.web.plan_days import asked_day, next_years_end
from scheduler.web.plan_rounds import PlannedRound, cost_by_rule, explained, planned_rounds
from scheduler.web.year_chart import NARROW, WIDE, Chart, Span, draw
from scheduler.web.year_lanes import (
    a_year_later,
    closed_in,
    closed_lanes,
    limit,
    obligation_lanes,
)

SECONDS_BETWEEN_LOOKS = 3
"""How often a browser asks again while a plan is being searched for."""

pages = Blueprint("plan", __name__)
pages.register_blueprint(plan_round.pages)
pages.register_blueprint(plan_again.pages)
pages.register_blueprint(plan_compare.pages)
pages.register_blueprint(plan_limits.pages)


@pages.get("/plan/<partnership>")
def show_all(partnership: str) -> str:
    """Show the plans of the reader's side, and the form that asks for one."""
    with reading_page(Act.PLAN) as work:
        facts = find_partnership(work, partnership)
        day = viewed_day(work, facts)
        return render_template(
            "web/planner.html",
            partnership=facts,
            day=day,
            last=next_years_end(day),
            plans=queries.outlines(work, partnership),
            searches=[entry for entry in plan_requests(work, partnership) if entry.is_open],
        )


@pages.post("/plan/<partnership>")
def ask(partnership: str) -> Answer:
    """Ask for a plan: the first valid one is stored at once, a worker searches for the cheapest."""
    with acting(Act.PLAN) as work:
        facts = find_partnership(work, partnership)
        first, last = asked_day("first"), asked_day("last")
        problem = queries.problem(work, partnership, first, last, viewed_day(work, facts))
        asked = request_plan(work, partnership, problem)
    return redirect(url_for("plan.show", partnership=partnership, key=asked.plan, search=asked.key))


@pages.get("/plan/<partnership>/<key>")
def show(partnership: str, key: str) -> str | Answer:
    """Show a plan; while a better one is searched for, ask again every few seconds unless told to keep still."""
    with reading_page(Act.PLAN) as work:
        searched = _search_of(work, partnership, key)
        followed = searched and request.args.get("search") == searched.key
        if searched and followed and not searched.is_open and searched.plan != key:
            return redirect(url_for("plan.show", partnership=partnership, key=searched.plan))
        page = _page(work, partnership, key, searched)
    answer: Response = make_response(page)
    if searched and searched.is_open and "still" not in request.args:
        answer.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return answer


@pages.post("/plan/<partnership>/<key>")
def approve(partnership: str, key: str) -> Answer:
    """Put the chosen rounds of a plan, or all, on the calendar of the reader's side."""
    chosen = request.form.getlist("round")
    if not chosen and "all" not in request.form:
        raise BadInput(
            in_languages("plan.approve.none"), place="round", remedy=in_languages("plan.approve.remedy")
        )
    with acting(Act.PLAN) as work:
        plan = queries.plan(work, partnership, key)
        wanted = [] if "all" in request.form else chosen
        made = actions.approve(work, partnership, plan, wanted, moves_issued=allowed(Act.MOVE))
    flash(text("plan.approve.done" if len(made) > 1 else "plan.approve.done.one", count=len(made)))
    return redirect(url_for("plan.show", partnership=partnership, key=key) + "#rounds")


@pages.post("/plan/<partnership>/searches/<key>/stop")
def stop(partnership: str, key: str) -> Answer:
    """End a search; the best plan found is kept."""
    with acting(Act.PLAN) as work:
        asked = ask_to_stop(work, partnership, key)
    flash(in_words(asked.standing))
    return redirect(url_for("plan.show", partnership=partnership, key=asked.plan, search=asked.key))


def _search_of(work: Work, partnership: str, key: str) -> RequestFacts | None:
    """Return the search that a plan came from: the one the address names, else the newest."""
    asked = request.args.get("search")
    if asked:
        return plan_request(work, partnership, asked)
    found = plan_requests(work, partnership)
    return next((entry for entry in found if key in {entry.first_plan, entry.final_plan}), None)


def _page(work: Work, partnership: str, key: str, searched: RequestFacts | None) -> str:
    facts = find_partnership(work, partnership)
    plan = explained(queries.plan(work, partnership, key))
    calendar = meetings(work, partnership)
    rounds = planned_rounds(plan, calendar)
    return render_template(
        "web/plan.html",
        partnership=facts,
        day=viewed_day(work, facts),
        plan=plan.facts,
        problem=plan.problem,
        rounds=rounds,
        open_rounds=[
            entry for entry in rounds if entry.placed and entry.round.key not in plan.facts.approved
        ],
        costs=cost_by_rule(plan.facts.plan),
        search=searched,
        drawings=_drawings(work, facts, plan.facts, rounds, calendar),
    )


def _drawings(
    work: Work,
    facts: PartnershipFacts,
    plan: PlanFacts,
    rounds: tuple[PlannedRound, ...],
    calendar: tuple[MeetingFacts, ...],
) -> list[tuple[int, list[Chart]]]:
    """Draw every year of a plan in which it has a round, in both layouts.

    A round that stands on the side's calendar just as planned is drawn once, as the plan has it.
    """
    today = viewed_day(work, facts)
    state = owed(work, facts.key, today)
    as_planned = {entry.meeting.uid for entry in rounds if entry.meeting and entry.is_private_as_planned}
    standing = [meeting for meeting in calendar if meeting.uid not in as_planned]
    found = []
    for year in sorted({entry.placed.first.year for entry in rounds if entry.placed}):
        closed = {party.key: closed_in(work, facts, party, year) for party in facts.parties}
        lanes = [
            *closed_lanes(facts, closed),
            *obligation_lanes(state, standing, year, _spans(facts.key, plan, rounds, year)),
        ]
        found.append((year, [draw(year, lanes, layout, today) for layout in (WIDE, NARROW)]))
    return found


def _spans(
    partnership: str, plan: PlanFacts, rounds: Iterable[PlannedRound], year: int
) -> Mapping[str, list[Span]]:
    """Return what a plan adds to the lanes: its rounds, where it had them the year before, and their own limits."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for entry in rounds:
        own = spans[entry.round.obligation]
        if entry.why and entry.why.deadlines.limit and entry.why.deadlines.limit.year == year:
            own.append(limit("red_after", entry.why.deadlines.limit))
        if entry.placed is None:
            continue
        address = url_for("plan.round.show", partnership=partnership, key=plan.key, round_key=entry.round.key)
        first, last = entry.placed.first, entry.placed.last
        if first.year == year - 1:
            own.append(a_year_later(first, last, address))
        if first.year == year:
            said = text("plan.mark", title=in_words(entry.title), days=span_of_days(first, last))
            own.append(Span("proposed", first, last, said, address))
    return spans
