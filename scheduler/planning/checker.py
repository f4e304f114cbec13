"""Whether a plan is right: every rule asked again, every line of its price added up again.

Owns an opinion of its own. It shares with the planner the value types, the names and words of the rules, and the
arithmetic of dates, and no code besides; no plan is stored that it finds fault with. Pure. That a plan is the
cheapest one it takes on trust: it only sees whether price and bound agree.

Its parts stand in ``checking``: what a round breaks by itself (``alone``), what several break (``together``), limits
and prices (``prices``), all on one view of problem and plan (``view``).
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from scheduler.planning import rules
from scheduler.planning.checking.alone import alone
from scheduler.planning.checking.prices import WRONG_PRICE, limits, prices
from scheduler.planning.checking.together import together
from scheduler.planning.checking.view import View, Violation, violation
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.record import fingerprint

NOT_ONCE = {"en": "stands {count} times in the plan", "nl": "staat {count} keer in het plan"}
WRONG_LENGTH = {"en": "does not last {days} days", "nl": "duurt geen {days} dagen"}


def check(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Return everything that is wrong with ``plan`` as an answer to ``problem``; nothing where it is right."""
    incomplete = tuple(_completeness(problem, plan))
    if incomplete:
        return incomplete
    view = View(problem, plan)
    return (
        *(found for placed in plan.placements for found in alone(view, placed)),
        *_left_out(view),
        *together(view),
        *limits(view),
        *prices(view),
        *_bookkeeping(problem, plan),
    )


def _completeness(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Find rounds that stand in the plan never or twice, rounds it invented, and meetings of another length."""
    found = Counter(
        [*(placed.round for placed in plan.placements), *(entry.round for entry in plan.unplaced)]
    )
    rounds = {round_.key: round_ for round_ in problem.rounds}
    lengths = {series.obligation: series.days for series in problem.series}
    for key in sorted(rounds.keys() | found.keys()):
        if found[key] != 1 or key not in rounds:
            yield violation(rules.PLACED, key, None, NOT_ONCE, count=found[key])
    for placed in plan.placements:
        days = lengths[rounds[placed.round].obligation] if placed.round in rounds else 1
        if placed.last != placed.first + timedelta(days=days - 1):
            yield violation(rules.PLACED, placed.round, placed.first, WRONG_LENGTH, days=days)


def _left_out(view: View) -> Iterator[Violation]:
    """Find pinned rounds that were left out, and wrong prices for leaving out."""
    for entry in view.plan.unplaced:
        pin = view.rounds[entry.round].pin
        if pin:
            words = rules.PIN.explain(pinned=pin.first, day="–")
            yield Violation(rules.PIN.name, entry.round, None, words)
        if entry.price != view.problem.prices.unplaced:
            facts = {"found": view.problem.prices.unplaced, "said": entry.price}
            yield violation(rules.PLACED, entry.round, None, WRONG_PRICE, **facts)


def _bookkeeping(problem: Problem, plan: Plan) -> Iterator[Violation]:
    parts = [breach.price for breach in plan.all_breaches] + [entry.price for entry in plan.unplaced]
    parts += [line.price for placed in plan.placements for line in placed.lines]
    honest = plan.bound == plan.price if plan.proven else plan.bound <= plan.price
    if sum(parts) != plan.price or not honest:
        words = rules.TOTAL.explain(said=f"{plan.price} (≥ {plan.bound})", found=sum(parts))
        yield Violation(rules.TOTAL.name, None, None, words)
    if plan.inputs != fingerprint(problem):
        yield Violation(rules.INPUTS.name, None, None, rules.INPUTS.explain(said=plan.inputs))
