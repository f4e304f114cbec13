"""Planning again after something changed, with the least change to what both sides know.

Owns the release of issued meetings and the order of what counts: hard rules and limits as ever, then as few issued
meetings moved as can be, then as few days, then the ordinary price. What differs in the end is told by ``comparing``.
Pure.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import gcd

from scheduler.errors import BadInput, NotFound
from scheduler.planning.account import account
from scheduler.planning.days import Days
from scheduler.planning.problem import Fixed, Minimum, Order, Placement, Plan, Prices, Problem, Round, Slot
from scheduler.planning.record import fingerprint
from scheduler.planning.refusals import Refusal, refusals
from scheduler.planning.rounds import gap_before, reporting_orders
from scheduler.planning.rules import LEAD_TIME
from scheduler.planning.solver import solve
from scheduler.planning.venues import may_host

NO_WISHES = Prices(
    soonest_day=0,
    early_day=0,
    late_day=0,
    weekday=0,
    costly_day={"ministerial": 0, "senior_official": 0, "expert": 0},
    tentative_day=0,
    outside_preferred=0,
    load=0,
    moved=0,
    moved_day=0,
    turn=0,
    debt=0,
    unsupported=0,
    other_year=0,
)
"""Prices that leave only rounds without a day, limits, and the change to issued meetings to pay for."""

HEAVIER = 100
"""How many times as much change costs once wishes have bought some of it."""
TRIES = 4
"""How often change is made heavier; by then a day of it outweighs every wish of a thousand rounds."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Cost:
    """What a plan gives up, in the order in which it counts: rounds and limits, meetings moved, days of their moves.

    ``lost`` is what rounds left out and limits broken cost together.
    """

    lost: int
    moved: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An issued meeting to come that breaks rules as things stand now, and how."""

    meeting: Fixed
    refusals: tuple[Refusal, ...]


def problem_with_released(
    problem: Problem, meetings: Collection[str], hosts: Mapping[str, str] | None = None
) -> Problem:
    """Return the problem with issued meetings, by UID, released: rounds that would rather stay where they are.

    ``hosts`` names the parties that people ask to host meetings, by UID; asking for one releases the meeting. Raise
    ``NotFound`` for a meeting that does not stand in the problem, and ``BadInput`` for one whose day has passed or
    lies outside the days planned, and for a host that the rule of its dialogue does not allow.
    """
    asked = dict(hosts or {})
    wanted = sorted({*meetings, *asked})
    standing = {meeting.key: meeting for meeting in problem.fixed}
    released = [_released(problem, _found(standing, uid), asked.get(uid)) for uid in wanted]
    fixed = tuple(meeting for meeting in problem.fixed if meeting.key not in wanted)
    rounds = (*problem.rounds, *released)
    return replace(
        problem,
        fixed=fixed,
        rounds=rounds,
        orders=_orders(problem, rounds, fixed),
        minimums=(*problem.minimums, *_gaps_after(problem, fixed, released)),
    )


def _orders(problem: Problem, rounds: Sequence[Round], fixed: Iterable[Fixed]) -> tuple[Order, ...]:
    coming = tuple(entry for entry in fixed if entry.first >= problem.first)
    return reporting_orders(rounds, problem.reporting, coming) if problem.reporting else problem.orders


def _gaps_after(problem: Problem, fixed: Sequence[Fixed], released: Iterable[Round]) -> tuple[Minimum, ...]:
    """Return the longest gap between released rounds and the meeting of their series that stands next."""
    series = {entry.obligation: entry for entry in problem.series}
    found = {}
    for round_ in released:
        for duty in round_.duties:
            later = [entry for entry in fixed if duty in entry.obligations and entry.first > round_.aim]
            following = min(later, key=lambda entry: entry.first, default=None)
            gap = gap_before(series[duty], following) if following else None
            if gap:
                found[duty, gap.until] = gap
    return tuple(found.values())


def may_be_released(problem: Problem, meeting: Fixed) -> bool:
    """Tell whether a meeting that stands is to come, within the days planned, and of dialogues that are planned."""
    known = {series.obligation for series in problem.series}
    within = max(problem.today, problem.first) <= meeting.first and meeting.last <= problem.last
    return within and bool(meeting.obligations) and set(meeting.obligations) <= known


def broken_now(problem: Problem) -> tuple[Broken, ...]:
    """Return the issued meetings to come that break a hard rule now, each beside all others, so that they can be freed.

    The notice for a meeting was given when it was issued; it is not asked for again.
    """
    coming = [meeting for meeting in problem.fixed if may_be_released(problem, meeting)]
    found = []
    for meeting in coming:
        freed = problem_with_released(problem, [meeting.key])
        days = Days(freed)
        round_ = next(entry for entry in freed.rounds if entry.meeting == meeting.key)
        broken = tuple(
            refusal for refusal in refusals(days, round_, meeting.first, {}) if refusal.rule != LEAD_TIME.name
        )
        if broken:
            found.append(Broken(meeting=meeting, refusals=broken))
    return tuple(found)


def replan(problem: Problem, *, seed: int = 0) -> Plan:
    """Return the plan that changes least, and among those the cheapest; ``bound`` and ``proven`` speak of those.

    First the change is made as small as can be without asking what else it costs; then the ordinary price is paid
    for no more change than that. Raises ``Conflict`` where pins cannot hold beside the hard rules.
    """
    if not any(round_.issued for round_ in problem.rounds):
        return solve(problem, seed=seed)
    alone = _change_alone(problem)
    least = solve(replace(problem, prices=alone), seed=seed)
    wanted, prices = _cost(problem, least, alone), problem.prices
    for _ in range(TRIES):
        found = solve(replace(problem, prices=prices), seed=seed)
        if _cost(problem, found, prices) == wanted:
            return _told(problem, found, proven=least.proven and found.proven)
        prices = _heavier(prices)
    return _told(problem, least, proven=False)


def cost(problem: Problem, plan: Plan) -> Cost:
    """Return what a plan at the prices of ``problem`` gives up, in the order in which it counts."""
    return _cost(problem, plan, problem.prices)


def _cost(problem: Problem, plan: Plan, paid: Prices) -> Cost:
    """Return what a plan gives up that was found at the prices ``paid``, at those of ``problem``."""
    rounds = {round_.key: round_ for round_ in problem.rounds}
    moves = [_moved(rounds[placed.round], placed) for placed in plan.placements]
    days = [abs(move.days) for move in moves if move is not None]
    broken = sum(breach.price for breach in plan.all_breaches) // paid.limit
    lost = problem.prices.unplaced * len(plan.unplaced) + problem.prices.limit * broken
    return Cost(lost=lost, moved=len(days), days=sum(days))


def _moved(round_: Round, placed: Placement) -> timedelta | None:
    """Return by how much a plan moves an issued meeting; ``None`` where it leaves day and host as both sides know."""
    known = round_.issued
    if known is None or (known.first == placed.first and known.host in {None, placed.host}):
        return None
    return placed.first - known.first


def _change_alone(problem: Problem) -> Prices:
    """Return prices by which a limit costs more than all moves, a move more than all days, and wishes nothing."""
    issued = [round_ for round_ in problem.rounds if round_.issued]
    furthest = sum(_furthest(problem, round_.issued) for round_ in issued if round_.issued)
    move = furthest + 1
    ratio = gcd(problem.prices.unplaced, problem.prices.limit)
    lost = (len(issued) + 1) * move
    return replace(
        NO_WISHES,
        unplaced=lost * problem.prices.unplaced // ratio,
        limit=lost * problem.prices.limit // ratio,
        issued=move,
        issued_day=1,
    )


def _furthest(problem: Problem, slot: Slot) -> int:
    """Return by how many days a meeting could move within the days planned."""
    return max(abs((day - slot.first).days) for day in (problem.first, problem.last))


def _heavier(prices: Prices) -> Prices:
    """Return the same wishes beside change, limits and rounds that cost so many times more."""
    return replace(
        prices,
        unplaced=prices.unplaced * HEAVIER,
        limit=prices.limit * HEAVIER,
        issued=prices.issued * HEAVIER,
        issued_day=prices.issued_day * HEAVIER,
    )


def _told(problem: Problem, found: Plan, *, proven: bool) -> Plan:
    """Return a plan at the prices of ``problem``, whatever prices it was found at."""
    whole = account(Days(problem), {placed.round: placed.first for placed in found.placements})
    return replace(
        found,
        placements=whole.placements,
        unplaced=whole.unplaced,
        breaches=whole.breaches,
        price=whole.price,
        bound=whole.price if proven else 0,
        proven=proven,
        inputs=fingerprint(problem),
    )


def _found(standing: Mapping[str, Fixed], uid: str) -> Fixed:
    if uid not in standing:
        raise NotFound(
            {
                "en": f"no issued meeting {uid!r} stands in the days planned",
                "nl": f"in de geplande periode staat geen voorgelegde bijeenkomst {uid!r}",
            },
            place="release",
        )
    return standing[uid]


def _released(problem: Problem, meeting: Fixed, host: str | None) -> Round:
    """Return a meeting that stands as a round; merged duties stay merged, in their year."""
    if not may_be_released(problem, meeting):
        raise BadInput(
            {
                "en": f"the meeting on {meeting.first} cannot move: its day has passed, or lies outside the days "
                "planned",
                "nl": f"de bijeenkomst van {meeting.first} kan niet worden verplaatst: haar dag is voorbij, of valt "
                "buiten de geplande periode",
            },
            place="release",
            remedy={
                "en": f"plan days around it; these go from {problem.first} to {problem.last}",
                "nl": f"plan een periode eromheen; deze loopt van {problem.first} tot en met {problem.last}",
            },
        )
    own, *also = meeting.obligations
    series = next(entry for entry in problem.series if entry.obligation == own)
    if host and not may_host(series, host):
        raise BadInput(
            {
                "en": f"the host rule of {own} does not allow {host}",
                "nl": f"de gastlandregel van {own} laat {host} niet toe",
            },
            place="host",
            remedy={"en": "ask for another party", "nl": "vraag een andere partij"},
        )
    return Round(
        key=f"{own}/{meeting.key}",
        obligation=own,
        aim=meeting.first,
        earliest=problem.today + timedelta(weeks=series.lead_weeks),
        issued=Slot(first=meeting.first, host=meeting.host),
        meeting=meeting.key,
        host=host,
        also=tuple(also),
        merged_for=meeting.first.year if also else None,
    )
