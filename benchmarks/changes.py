"""How soon a plan is made anew after a change, and an impossible one explained: ``python -m benchmarks.changes``.

Of made-up programmes a third of the rounds are issued, the others planned; then one issued day closes. The columns
are seconds of processor time, medians over seeds: finding what broke, planning again with that meeting released, and
naming for everything that the first plan could not do the rules that cannot hold together. Read ratios.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from benchmarks.programmes import made_up
from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.planning.checker import check
from scheduler.planning.conflicts import impossibilities
from scheduler.planning.problem import Fixed, Plan, Problem, Slot
from scheduler.planning.replanning import broken_now, cost, problem_with_released, replan
from scheduler.planning.solver import solve

T = TypeVar("T")
COLUMNS = ("rounds", "solve", "what broke", "plan again", "moved", "days", "faults", "impossible", "explain")
DIARY = "a diary"


def changed(problem: Problem, plan: Plan) -> Problem:
    """Return the problem with a third of a plan issued, the rest planned, and one issued day closed."""
    series = {entry.obligation: entry for entry in problem.series}
    rounds = {entry.key: entry for entry in problem.rounds}
    issued = [
        Fixed(
            key=f"uid {placed.round}",
            obligations=rounds[placed.round].duties,
            first=placed.first,
            last=placed.last,
            host=placed.host,
            posts=series[rounds[placed.round].obligation].posts,
        )
        for placed in plan.placements[::3]
    ]
    planned = {
        placed.round: Slot(first=placed.first, host=placed.host)
        for placed in plan.placements
        if f"uid {placed.round}" not in {meeting.key for meeting in issued}
    }
    victim = issued[len(issued) // 2]
    leave = {"en": "Leave", "nl": "Verlof"}
    row = ClosedDay("uk", victim.first, victim.first, leave, Effect.FORBIDS, "absence", "made up", "assumed")
    own = series[victim.obligations[0]]
    series[own.obligation] = replace(own, calendars=(*own.calendars, DIARY))
    return replace(
        problem,
        series=tuple(series.values()),
        fixed=(*problem.fixed, *issued),
        rounds=tuple(replace(rounds[key], planned=slot) for key, slot in planned.items()),
        calendars={**problem.calendars, DIARY: {victim.first: (row,)}},
    )


def measure(problem: Problem) -> list[float]:
    """Return the columns for one programme."""
    plan, solving = _timed(lambda: solve(problem))
    after = changed(problem, plan)
    broken, looking = _timed(lambda: broken_now(after))
    released = problem_with_released(after, [entry.meeting.key for entry in broken])
    again, planning = _timed(lambda: replan(released))
    found, explaining = _timed(lambda: impossibilities(problem, plan))
    given_up, faults = cost(released, again), len(check(released, again))
    counts = [given_up.moved, given_up.days, faults, len(found)]
    return [len(problem.rounds), solving, looking, planning, *counts, explaining]


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    begin = time.process_time()
    return act(), time.process_time() - begin


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, nargs="*", default=[30, 100, 300], help="sizes of programmes")
    parser.add_argument("--seeds", type=int, default=3, help="programmes of each size")
    options = parser.parse_args()
    solve(made_up(1, 0))  # imports the solver, which is not what is measured
    print(*(name.rjust(10) for name in COLUMNS), sep="  ")
    for size in options.rounds:
        rows = [measure(made_up(size, seed)) for seed in range(options.seeds)]
        medians = [statistics.median(column) for column in zip(*rows, strict=True)]
        print(*(f"{value:10.2f}" for value in medians), sep="  ", flush=True)


if __name__ == "__main__":
    main()
