"""Offering a round of a plan: the day that the plan has and, where wanted, others that its rules permit."""

from collections.abc import Sequence
from datetime import date

from scheduler.db.work import Work
from scheduler.errors import BadInput, NotFound
from scheduler.meetings.actions import offer
from scheduler.meetings.choices import Choice
from scheduler.meetings.queries import meeting
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import partnership
from scheduler.planning.actions import approve
from scheduler.planning.alternatives import lacks
from scheduler.planning.explaining import explain_day, round_named
from scheduler.planning.problem import last_day
from scheduler.planning.queries import PlanFacts
from scheduler.planning.record import problem_from_json
from scheduler.planning.timing import place_of, slot_of

OFFER_POSSIBLE_DAY = {"en": "offer a day that is possible", "nl": "leg een dag voor die mogelijk is"}


def offer_days(
    work: Work, partnership_key: str, plan: PlanFacts, round_key: str, further: Sequence[date] = ()
) -> str:
    """Lay a round before the other side, ``further`` days beside the plan's own; return the UID of the meeting.

    A round that is not on the side's calendar yet is put there first; one whose date was refused or postponed is the
    meeting that both sides know, offered anew. All options have the host of the plan. Raise
    ``BadInput`` for a day that the rules of the plan refuse, ``NotFound`` for a round that the plan does not place;
    what ``meetings`` raises for an offer is raised too.
    """
    placed = next((entry for entry in plan.plan.placements if entry.round == round_key), None)
    if placed is None:
        raise NotFound(f"the plan places no round {round_key!r}", remedy="offer a round that has a day")
    problem = problem_from_json(plan.problem)
    round_ = round_named(problem, round_key)
    for day in further:
        refused = explain_day(problem, plan.plan, round_, day).refusals
        if refused:
            raise BadInput(refused[0].reason, place=str(day), remedy=OFFER_POSSIBLE_DAY)
    facts = partnership(work, partnership_key)
    promised = obligation(work, partnership_key, round_.obligation)
    length = (placed.last - placed.first).days + 1
    place = place_of(facts, promised, placed.host)
    uid = plan.approved.get(round_key) or approve(work, partnership_key, plan, [round_key])[round_key]
    own = [placed.first] if lacks(meeting(work, uid), placed.first) else []
    choices = [
        Choice(slot_of(facts, promised, day, last_day(day, length), placed.host), placed.host, place)
        for day in (*own, *further)
    ]
    offer(work, uid, choices)
    return uid
