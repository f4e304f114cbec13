"""How soon an optimal plan is proved, and what a greedy planner gives: ``python -m benchmarks.planning``.

One row for the shipped programme on 21 November 2026, and one for made-up programmes of each size over 400 days. All of
it is measured in one run, in seconds of processor time: building the model and writing the account are counted, but
importing the solver is not. Read ratios; absolute times move with the machine. Memory is the peak of the process yet.
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from agendas.commitments.programme import sections
from benchmarks.programmes import TODAY, made_up
from scheduler.actor import operator, side
from scheduler.db.engine import make_engine
from scheduler.db.schema import migrate
from scheduler.db.work import reading, unit_of_work
from scheduler.planning import queries
from scheduler.planning.checker import check
from scheduler.planning.greedy import greedy_plan
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.solver import solve
from scheduler.programmes.loading import SHIPPED, load, read_programme

NAME_WIDTH = 20


Row = dict[str, float]
"""What one instance showed, by column."""

COLUMNS = (
    ("rounds", "{:.0f}"),
    ("proved", "{:.0%}"),
    ("faults", "{:.0f}"),
    ("seconds", "{:.2f}"),
    ("greedy seconds", "{:.3f}"),
    ("limits", "{:.0f}"),
    ("greedy limits", "{:.0f}"),
    ("wishes", "{:.0f}"),
    ("greedy wishes", "{:.0f}"),
    ("greedy/optimum", "{:.2f}"),
    ("MB", "{:.0f}"),
)
"""Faults are the checker's; limits are those broken, a round left out counting as ten; the ratio is of whole prices."""


def shipped(last: date) -> Problem:
    """Return the problem of the shipped programme, read from its file into a database of its own."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'benchmark.db'}"
        migrate(url)
        engine = make_engine(url)
        programme = read_programme(SHIPPED / "uk_nl.yaml", sections())
        with unit_of_work(engine, operator(), now) as work:
            load(work, programme, sections())
        with reading(engine, side("uk", "benchmark"), now) as work:
            found = queries.problem(work, programme["partnership"]["key"], TODAY, last, TODAY)
        engine.dispose()
    return found


def measure(problem: Problem) -> Row:
    """Solve once, plan greedily once, and let the checker look at the plan."""
    begin = time.process_time()
    plan = solve(problem)
    solved = time.process_time()
    other = greedy_plan(problem)
    end = time.process_time()
    limits, greedy_limits = _limits(plan), _limits(other)
    return {
        "rounds": len(problem.rounds),
        "proved": plan.proven,
        "faults": len(check(problem, plan)),
        "seconds": solved - begin,
        "greedy seconds": end - solved,
        "limits": limits / problem.prices.limit,
        "greedy limits": greedy_limits / problem.prices.limit,
        "wishes": plan.price - limits,
        "greedy wishes": other.price - greedy_limits,
        "greedy/optimum": other.price / max(1, plan.price),
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _limits(plan: Plan) -> int:
    """Return what broken limits and rounds without a day cost."""
    price = sum(breach.price for placed in plan.placements for breach in placed.breaches)
    return price + sum(breach.price for breach in plan.breaches) + sum(entry.price for entry in plan.unplaced)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--rounds", type=int, nargs="*", default=[30, 100, 300], help="sizes of made-up programmes"
    )
    parser.add_argument(
        "--seeds", type=int, default=3, help="made-up programmes of each size; the table shows means"
    )
    options = parser.parse_args()
    solve(made_up(1, 0))  # imports the solver, which is not what is measured
    print(" " * NAME_WIDTH, *(name for name, _ in COLUMNS), sep="  ")
    for instance, problems in _instances(options.rounds, options.seeds):
        rows = [measure(problem) for problem in problems]
        cells = [
            form.format(statistics.mean(row[name] for row in rows)).rjust(len(name)) for name, form in COLUMNS
        ]
        print(instance.ljust(NAME_WIDTH), *cells, sep="  ", flush=True)


def _instances(sizes: list[int], seeds: int) -> Iterator[tuple[str, list[Problem]]]:
    yield "shipped, to end 2027", [shipped(date(2027, 12, 31))]
    yield "shipped, to end 2028", [shipped(date(2028, 12, 31))]
    for size in sizes:
        yield f"made up, {size}", [made_up(size, seed) for seed in range(seeds)]


if __name__ == "__main__":
    main()
