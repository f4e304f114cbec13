"""A plan made ready for reading: its rounds with their reasons, the calendar beside them, and what it all costs.

Owns the arrangement; every reason and price is worked out in ``planning``. A stored plan never changes, so what was
worked out about it is kept for the next reader, who has been let through to the plan itself before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from scheduler.meetings.queries import MeetingFacts
from scheduler.planning.days import Days
from scheduler.planning.explaining import Charge, Explanation, charges, every_day, explain
from scheduler.planning.problem import Placement, Plan, Problem, Round, Unplaced
from scheduler.planning.queries import PlanFacts
from scheduler.planning.record import problem_from_json
from scheduler.planning.rules import BY_NAME
from scheduler.planning.wishes import AIM, SOONEST
from scheduler.planning.wording import Rule
from scheduler.web.year_lanes import COUNTS
from scheduler.words import Words

MOST_EXPLAINED = 60
"""Rounds up to which a whole plan is explained on one page; a larger one is explained round by round."""

DISTANCES = frozenset({AIM.name, SOONEST.name})
"""Rules that charge nearly every day, the more the further it lies from where it should."""

KEPT = 16
"""Plans whose explanations one process keeps."""


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """A round of a plan. ``meeting`` is what became of it on the calendar, ``before`` the day of the round before."""

    round: Round
    title: Words
    found: Placement | Unplaced
    why: Explanation | None
    meeting: MeetingFacts | None
    before: date | None

    @property
    def placed(self) -> Placement | None:
        """Return where the plan has it, if anywhere."""
        return self.found if isinstance(self.found, Placement) else None

    @property
    def is_private_as_planned(self) -> bool:
        """Tell whether it stands on the side's own calendar on the day of the plan, and nowhere else."""
        at = self.meeting
        return bool(at and at.layer and self.placed and at.day == self.placed.first)

    @property
    def price(self) -> int:
        """Return the sum of its own lines; what other rounds pay for its sake is not in it."""
        if isinstance(self.found, Unplaced):
            return self.found.price
        return sum(line.price for line in self.found.lines) + sum(
            entry.price for entry in self.found.breaches
        )


@dataclass(frozen=True, slots=True)
class Net:
    """What a line of the price becomes: ``points`` more or less; ``is_gone`` where ``charge`` is charged no longer."""

    points: int
    charge: Charge
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class CostOfRule:
    """How often a rule is charged in a plan, and how much it comes to."""

    rule: Rule
    times: int
    price: int


@dataclass(frozen=True, slots=True)
class Explained:
    """A plan with its problem; equal to another of the same key, since a stored plan never changes."""

    key: str
    facts: PlanFacts = field(compare=False)

    @property
    def problem(self) -> Problem:
        """Return the problem that the plan answers."""
        return _problem(self)

    @property
    def reasons(self) -> Mapping[str, Explanation]:
        """Return the explanation of every round by its key; none where there are too many for one page."""
        return _reasons(self)

    def reason(self, round_: Round) -> Explanation:
        """Return the explanation of one round."""
        return _reason(self, round_.key)

    def prices(self, round_: Round) -> Mapping[date, int]:
        """Return what the whole plan would cost more on each day that the rules permit for a round."""
        return _prices(self, round_.key)

    def unwanted(self, round_: Round) -> frozenset[date]:
        """Return the days that a wish other than a day close to the aim speaks against: recess, a Friday."""
        return _unwanted(self, round_.key)


def explained(facts: PlanFacts) -> Explained:
    """Return a plan with its explanations, which are worked out when they are first asked for."""
    return Explained(facts.key, facts)


def planned_rounds(plan: Explained, calendar: Iterable[MeetingFacts]) -> tuple[PlannedRound, ...]:
    """Return the rounds of a plan by day, those without a day last."""
    meetings = tuple(calendar)
    by_uid = {meeting.uid: meeting for meeting in meetings}
    titles = {series.obligation: series.title for series in plan.problem.series}
    rounds = {round_.key: round_ for round_ in plan.problem.rounds}
    found: tuple[Placement | Unplaced, ...] = (*plan.facts.plan.placements, *plan.facts.plan.unplaced)
    return tuple(
        PlannedRound(
            round=rounds[entry.round],
            title=titles[rounds[entry.round].obligation],
            found=entry,
            why=plan.reasons.get(entry.round),
            meeting=by_uid.get(plan.facts.approved.get(entry.round, "")),
            before=_before(rounds, rounds[entry.round], entry, plan.facts.plan, meetings),
        )
        for entry in sorted(found, key=_when)
    )


def net_changes(added: Iterable[Charge], saved: Iterable[Charge]) -> tuple[Net, ...]:
    """Return what comes and goes, with a line that only changes its amount told once."""
    left = list(saved)
    found = []
    for charge in added:
        was = next((old for old in left if (old.about, old.rule) == (charge.about, charge.rule)), None)
        if was:
            left.remove(was)
        found.append(Net(charge.price - (was.price if was else 0), charge))
    return (*found, *(Net(-charge.price, charge, is_gone=True) for charge in left))


def cost_by_rule(plan: Plan) -> tuple[CostOfRule, ...]:
    """Return what a plan costs, the dearest rule first."""
    times, prices = Counter[str](), Counter[str]()
    for charge in charges(plan):
        times[charge.rule] += 1
        prices[charge.rule] += charge.price
    return tuple(CostOfRule(BY_NAME[name], times[name], price) for name, price in prices.most_common())


def _when(entry: Placement | Unplaced) -> tuple[date, str]:
    return (entry.first if isinstance(entry, Placement) else date.max, entry.round)


def _before(
    rounds: Mapping[str, Round],
    round_: Round,
    entry: Placement | Unplaced,
    plan: Plan,
    meetings: Iterable[MeetingFacts],
) -> date | None:
    """Return the day of the last round of the series before this one, on the calendar or in the plan."""
    until = entry.first if isinstance(entry, Placement) else round_.aim
    days = [
        meeting.day
        for meeting in meetings
        if meeting.day and meeting.state in COUNTS and round_.obligation in meeting.duties
    ]
    days += [
        placed.first for placed in plan.placements if rounds[placed.round].obligation == round_.obligation
    ]
    return max((day for day in days if day < until), default=None)


def _round(plan: Explained, key: str) -> Round:
    return next(round_ for round_ in plan.problem.rounds if round_.key == key)


@lru_cache(maxsize=KEPT)
def _problem(plan: Explained) -> Problem:
    return problem_from_json(plan.facts.problem)


@lru_cache(maxsize=KEPT)
def _reasons(plan: Explained) -> Mapping[str, Explanation]:
    if len(plan.problem.rounds) > MOST_EXPLAINED:
        return {}
    return {round_.key: _reason(plan, round_.key) for round_ in plan.problem.rounds}


@lru_cache(maxsize=KEPT * MOST_EXPLAINED)
def _reason(plan: Explained, key: str) -> Explanation:
    return explain(plan.problem, plan.facts.plan, _round(plan, key))


@lru_cache(maxsize=KEPT * MOST_EXPLAINED)
def _prices(plan: Explained, key: str) -> Mapping[date, int]:
    return every_day(plan.problem, plan.facts.plan, _round(plan, key))


@lru_cache(maxsize=KEPT * MOST_EXPLAINED)
def _unwanted(plan: Explained, key: str) -> frozenset[date]:
    days, round_ = Days(plan.problem), _round(plan, key)
    return frozenset(
        day
        for day in plan.prices(round_)
        if any(line.rule not in DISTANCES for line in days.lines(round_, day))
    )
