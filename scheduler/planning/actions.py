"""Storing a plan, and turning it into meetings of the side that approves it.

Only a plan that the checker passes is stored. Approving makes ``planned`` meetings that the other side cannot see;
offering them is an act of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from scheduler.audit.actions import record
from scheduler.db.work import Work
from scheduler.errors import Conflict, NotAllowed, NotFound
from scheduler.meetings.actions import Round, move, plan_round
from scheduler.meetings.queries import MeetingFacts, meeting, meetings
from scheduler.meetings.rules import State
from scheduler.obligations.queries import ObligationFacts, obligations
from scheduler.partnerships.queries import PartnershipFacts, partnership
from scheduler.planning.checker import check
from scheduler.planning.problem import Placement, Plan, Problem
from scheduler.planning.queries import FIXED_STATES, WANTING_A_DATE, PlanFacts
from scheduler.planning.record import to_json
from scheduler.planning.tables import PlanRow
from scheduler.planning.timing import place_of, slot_of
from scheduler.tokens import new_identifier

SLOT_FIELDS = ("duration", "start_time", "host", "window")
"""What of an obligation a slot rests on; whose these values are is kept with the meeting."""

APPROVED_ALREADY = {
    "en": "these rounds have been approved already",
    "nl": "deze rondes zijn al goedgekeurd",
}
PROPOSE_ANOTHER = {
    "en": "propose a new plan to change them",
    "nl": "stel een nieuw plan voor om ze te wijzigen",
}
MOVES_ISSUED = {
    "en": "the plan moves meetings that both sides know",
    "nl": "het plan verplaatst bijeenkomsten die beide zijden kennen",
}
SECRETARIAT_MAY = {
    "en": "the secretariat may approve it",
    "nl": "het secretariaat mag het goedkeuren",
}
PLAN_AGAIN_OR_OTHERS = {
    "en": "plan again, or approve the other rounds",
    "nl": "plan opnieuw, of keur de andere rondes goed",
}


def store_plan(work: Work, partnership: str, problem: Problem, found: Plan) -> str:
    """Store a plan of the acting side and return its key; raise ``Conflict`` where the checker finds a fault in it."""
    faults = check(problem, found)
    if faults:
        sentence = faults[0].sentence
        raise Conflict(
            {
                "en": f"the plan breaks a rule: {sentence['en']}",
                "nl": f"het plan breekt een regel: {sentence['nl']}",
            },
            remedy={"en": "this is a fault of the planner", "nl": "dit is een fout van de planner"},
        )
    key = new_identifier()[:12]
    work.session.add(
        PlanRow(
            partnership=partnership,
            layer=work.actor.side,
            key=key,
            made_at=work.now,
            made_by=work.actor.name,
            first=problem.first,
            last=problem.last,
            problem=to_json(problem),
            plan=to_json(found),
            approved={},
        )
    )
    record(
        work, partnership, "plan proposed", f"plan/{key}", layer=work.actor.side, rounds=len(found.placements)
    )
    return key


def approve(
    work: Work,
    partnership_key: str,
    plan: PlanFacts,
    rounds: Iterable[str] = (),
    *,
    moves_issued: bool = False,
) -> dict[str, str]:
    """Put the rounds of a plan on the acting side's calendar, all of them where none are named; return UIDs by round.

    A round that this side had planned already moves to its new day instead of standing twice. One whose date was
    refused or postponed is tied to the plan and not touched: both sides know it, and only an offer gives it the new
    day. A released meeting that the plan moves is offered anew, which is only for who may move meetings
    (``moves_issued``); one that it leaves where it is, is not touched. Raise ``NotFound`` for a round that the plan
    does not place, ``NotAllowed`` for a move that the actor may not make, ``Conflict`` where every named round has been
    approved or offered before, or a released meeting no longer stands where the plan knew it.
    """
    placed = {placement.round: placement for placement in plan.plan.placements}
    wanted = list(rounds) or list(placed)
    for key in wanted:
        if key not in placed:
            raise NotFound(f"the plan places no round {key!r}", remedy=f"it places {', '.join(placed)}")
    new = [key for key in wanted if key not in plan.approved]
    if not new:
        raise Conflict(APPROVED_ALREADY, remedy=PROPOSE_ANOTHER)
    promised = {entry.key: entry for entry in obligations(work, partnership_key)}
    facts = partnership(work, partnership_key)
    rounds_of_plan = {entry["key"]: entry for entry in plan.problem["rounds"]}
    made = dict(plan.approved)
    calendar = _Calendar(work, partnership_key, rounds_of_plan.values(), made.values())
    released = {key: entry for key, entry in rounds_of_plan.items() if entry.get("meeting")}
    moving = issued_moves(plan)
    if moving & set(new) and not moves_issued:
        raise NotAllowed(MOVES_ISSUED, remedy=SECRETARIAT_MAY)
    for key in new:
        if key in released:
            made[key] = released[key]["meeting"]
            if key in moving:
                _move_issued(work, facts, promised, placed[key], released[key])
            continue
        obligation = promised[key.split("/")[0]]
        known = calendar.known(rounds_of_plan[key])
        made[key] = _put_down(work, facts, obligation, placed[key], known)
    row = work.session.scalars(select(PlanRow).where(PlanRow.key == plan.key)).one()
    row.approved = made
    record(work, partnership_key, "plan approved", f"plan/{plan.key}", layer=work.actor.side, rounds=new)
    return {key: made[key] for key in new}


def issued_moves(plan: PlanFacts) -> frozenset[str]:
    """Return the rounds that are released meetings which the plan gives another day or host."""
    issued = {entry["key"]: entry["issued"] for entry in plan.problem["rounds"] if entry.get("issued")}
    return frozenset(
        placed.round
        for placed in plan.plan.placements
        if placed.round in issued
        and (
            str(placed.first) != issued[placed.round]["first"]
            or issued[placed.round]["host"] not in {None, placed.host}
        )
    )


def _put_down(
    work: Work,
    facts: PartnershipFacts,
    obligation: ObligationFacts,
    placement: Placement,
    known: MeetingFacts | None,
) -> str:
    if known and known.state in WANTING_A_DATE:
        return known.uid
    slot = slot_of(facts, obligation, placement.first, placement.last, placement.host)
    place = place_of(facts, obligation, placement.host)
    if known:
        move(work, known.uid, slot, host=placement.host, place=place)
        return known.uid
    basis = {field: obligation.basis[field] for field in SLOT_FIELDS if field in obligation.basis}
    if place:
        basis["place"] = "assumed"
    return plan_round(work, Round((obligation,), slot, placement.host, place, basis))


def _move_issued(
    work: Work,
    facts: PartnershipFacts,
    promised: Mapping[str, ObligationFacts],
    placement: Placement,
    round_: Mapping[str, Any],
) -> None:
    """Offer a released meeting anew on the day of the plan; its hours stay as they are unless its host changes."""
    known = meeting(work, round_["meeting"])
    issued = round_["issued"]
    if known.slot is None or (str(known.day), known.host) != (issued["first"], issued["host"]):
        raise Conflict(
            {
                "en": f"the meeting of {issued['first']} has changed since the plan was made",
                "nl": f"de bijeenkomst van {issued['first']} is gewijzigd sinds het plan werd gemaakt",
            },
            place=placement.round,
            remedy={"en": "plan again", "nl": "plan opnieuw"},
        )
    if placement.host == known.host:
        slot = replace(known.slot, first_day=placement.first, last_day=placement.last)
        move(work, known.uid, slot)
        return
    obligation = promised[known.obligation]
    slot = slot_of(facts, obligation, placement.first, placement.last, placement.host)
    place = place_of(facts, obligation, placement.host)
    move(work, known.uid, slot, host=placement.host, place=place)


class _Calendar:
    """The meetings on a side's calendar that rounds of a plan may be, each for one round."""

    def __init__(
        self, work: Work, partnership: str, rounds: Iterable[Mapping[str, Any]], approved: Iterable[str]
    ) -> None:
        """Read them; those that the plan made, and those that another round of it is, are nobody else's."""
        found = meetings(work, partnership, states=(State.PLANNED, *WANTING_A_DATE))
        self.by_uid = {entry.uid: entry for entry in found}
        self.offered = {entry.uid for entry in meetings(work, partnership, states=FIXED_STATES)}
        taken = {*approved, *(entry.get("continues") for entry in rounds)}
        self.free: dict[str, list[MeetingFacts]] = defaultdict(list)
        for entry in found:
            if entry.uid not in taken and entry.state is State.PLANNED:
                self.free[entry.obligation].append(entry)

    def known(self, round_: Mapping[str, Any]) -> MeetingFacts | None:
        """Return the meeting that a round is, else one that was planned since; ``None`` where it is new.

        Raise ``Conflict`` where that meeting has been offered since: one of them is enough.
        """
        continues = round_.get("continues")
        if continues in self.offered:
            raise Conflict(
                {
                    "en": f"{round_['key']} has been offered since the plan was made",
                    "nl": f"{round_['key']} is voorgelegd sinds het plan werd gemaakt",
                },
                place=round_["key"],
                remedy=PLAN_AGAIN_OR_OTHERS,
            )
        if continues in self.by_uid:
            return self.by_uid[continues]
        free = self.free[round_["obligation"]]
        return free.pop(0) if free else None
