"""One meeting for two duties: where the programme allows it, what a plan would save by it. People decide.

Owns the proposal: the merged problem is solved like any other, and its plan set beside the one without. Nothing is
merged by it; that takes a link of the two duties for the year, agreed by both sides.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from scheduler.planning.problem import Order, Placement, Plan, Problem, Round
from scheduler.planning.rounds import Merge, rounds_owed
from scheduler.planning.wording import written_out
from scheduler.words import Words

Solve = Callable[[Problem], Plan]

SAVES = {
    "en": "{obligation} and {other} as one meeting in {year}, on {day}: one meeting fewer, and the plan costs {saved} "
    "less",
    "nl": "{obligation} en {other} als één bijeenkomst in {year}, op {day}: één bijeenkomst minder, en het plan kost "
    "{saved} minder",
}
COSTS = {
    "en": "{obligation} and {other} as one meeting in {year}, on {day}: one meeting fewer, and the plan costs {more} "
    "more",
    "nl": "{obligation} en {other} als één bijeenkomst in {year}, op {day}: één bijeenkomst minder, en het plan kost "
    "{more} meer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A merge that both sides may decide on: the day that one meeting would have, and what the plan would save.

    ``saved`` is the difference in price, negative where the merged plan costs more; ``fewer`` meetings are held.
    """

    merge: Merge
    day: date
    saved: int
    fewer: int
    words: Words


def proposals(problem: Problem, plan: Plan, solve: Solve) -> tuple[Proposal, ...]:
    """Return what merging would save, best first, for every pair that may be merged and year in which both are planned.

    A merge that leaves more rounds without a date is not proposed, nor any beside a plan that is not proved the
    cheapest: nobody could say what it saves.
    """
    found = []
    for merge in _possible(problem, plan) if plan.proven else ():
        rounds = _rounds(problem, merge)
        merged = solve(replace(problem, rounds=rounds, orders=_orders_among(problem, rounds)))
        both = {merge.obligation, merge.other}
        in_year = (entry for entry in merged.placements if entry.first.year == merge.year)
        placed = next((entry for entry in in_year if both <= set(entry.duties)), None)
        if placed and len(merged.unplaced) <= len(plan.unplaced):
            found.append(_proposal(problem, plan, merged, merge, placed))
    return tuple(sorted(found, key=lambda entry: (-entry.saved, entry.merge.year, entry.merge.obligation)))


def _possible(problem: Problem, plan: Plan) -> Iterator[Merge]:
    """Yield each pair with each year in which the plan holds rounds of both, apart."""
    owner = {round_.key: round_ for round_ in problem.rounds}
    for obligation, other in problem.may_merge:
        years = [
            {entry.first.year for entry in plan.placements if owner[entry.round].duties == (duty,)}
            for duty in (obligation, other)
        ]
        for year in sorted(years[0] & years[1]):
            yield Merge(obligation=obligation, other=other, year=year)


def _rounds(problem: Problem, merge: Merge) -> tuple[Round, ...]:
    """Return the rounds of a problem as they would be with one merge more; what people decided of each stays."""
    known = {round_.key: round_ for round_ in problem.rounds}
    merges = [
        Merge(obligation=round_.obligation, other=other, year=round_.merged_for)
        for round_ in problem.rounds
        for other in round_.also
        if round_.merged_for
    ]
    owed = rounds_owed(
        problem.series,
        problem.fixed,
        today=problem.today,
        first=problem.first,
        last=problem.last,
        merges=(*merges, merge),
    )
    return tuple(
        replace(
            known.get(round_.key, round_),
            also=round_.also,
            merged_for=round_.merged_for,
            earliest=round_.earliest,
        )
        for round_ in owed.rounds
    )


def _orders_among(problem: Problem, rounds: Iterable[Round]) -> tuple[Order, ...]:
    keys = {entry.key for entry in rounds} | {entry.key for entry in problem.fixed}
    return tuple(order for order in problem.orders if {order.before, order.after} <= keys)


def _proposal(problem: Problem, plan: Plan, merged: Plan, merge: Merge, placed: Placement) -> Proposal:
    titles = {series.obligation: series.title for series in problem.series}
    saved = plan.price - merged.price
    words = written_out(
        SAVES if saved >= 0 else COSTS,
        obligation=titles[merge.obligation],
        other=titles[merge.other],
        year=merge.year,
        day=placed.first,
        saved=saved,
        more=-saved,
    )
    fewer = len(plan.placements) - len(merged.placements)
    return Proposal(merge=merge, day=placed.first, saved=saved, fewer=fewer, words=words)
