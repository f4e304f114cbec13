"""How soon a year is planned: ``python -m benchmarks.planning [--sizes 30 100] [--seeds 1]``.

For made-up programmes over 400 days, loose and tight, and for the shipped one: the first valid plan (greedy, the peer),
the optimum with its proof, planning again after a day of one issued meeting is lost, and naming pins that cannot hold.
Seconds are of processor time, medians over the seeds, all in one run: building the model and writing the account are
counted, what a process does once (importing the solver) is not. ``whole`` is the same model asked at once, every day of
every round in one part (up to about ``WHOLE`` rounds), as a multiple of the seconds to the proof. ``MB`` is the peak of
a process of its own until the proof. ``k`` is the growth: seconds grow with rounds to the power of k.
"""

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import TypeVar

from agendas.commitments.programme import sections
from benchmarks.programmes import LOOSE, TIGHT, TODAY, made_up
from scheduler.actor import operator, side
from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.db.engine import make_engine
from scheduler.db.schema import migrate
from scheduler.db.work import reading, unit_of_work
from scheduler.planning import cpsat, queries
from scheduler.planning.checker import check
from scheduler.planning.conflicts import impossible_pins
from scheduler.planning.days import Days
from scheduler.planning.explaining import explain
from scheduler.planning.greedy import greedy_plan
from scheduler.planning.model import Model
from scheduler.planning.parts import Part
from scheduler.planning.problem import Fixed, Plan, Problem, Slot
from scheduler.planning.replanning import problem_with_released, replan
from scheduler.planning.solver import solve
from scheduler.programmes.loading import SHIPPED, load, read_programme

T = TypeVar("T")
Row = dict[str, float]
"""What one instance showed, by column."""

WHOLE = 300
"""From how many rounds on the whole model is no longer asked at once: it would take minutes, and gigabytes."""

COLUMNS = (
    ("rounds", "{:.0f}"),
    ("first", "{:.3f}"),
    ("optimum", "{:.2f}"),
    ("proved", "{:.0%}"),
    ("faults", "{:.0f}"),
    ("MB", "{:.0f}"),
    ("whole", "{:.1f}"),
    ("re-plan", "{:.2f}"),
    ("moved", "{:.0f}"),
    ("pins", "{:.3f}"),
    ("explain", "{:.3f}"),
    ("left out", "{:.0f}"),
    ("greedy left out", "{:.0f}"),
    ("greedy/optimum", "{:.3f}"),
)
"""Faults are the checker's, of both plans; ``moved`` are the meetings that the re-plan moves; ratios are of prices."""

NAME_WIDTH = 22


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
    """Plan once by every way, and let the checker look at the plans."""
    first, greedy = _timed(lambda: greedy_plan(problem))
    optimum, plan = _timed(lambda: solve(problem))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again, moved = _replanned(problem, plan)
    pins, _ = _timed(lambda: impossible_pins(_with_impossible_pins(problem, plan)))
    explained, _ = _timed(lambda: explain(problem, plan, problem.rounds[len(problem.rounds) // 2]))
    return {
        "rounds": len(problem.rounds),
        "first": first,
        "optimum": optimum,
        "proved": plan.proven,
        "faults": len(check(problem, plan)) + len(check(problem, greedy)),
        "MB": memory,
        "whole": _whole(problem) / optimum if len(problem.rounds) <= WHOLE * 1.1 else math.nan,
        "re-plan": again,
        "moved": moved,
        "pins": pins,
        "explain": explained,
        "left out": len(plan.unplaced),
        "greedy left out": len(greedy.unplaced),
        "greedy/optimum": greedy.price / max(1, plan.price),
    }


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begin = time.process_time()
    found = work()
    return time.process_time() - begin, found


def _whole(problem: Problem) -> float:
    """Return the seconds that the whole model takes when it is asked at once."""

    def ask() -> cpsat.Answer:
        days = Days(problem)
        model = Model(days)
        part = Part(model, tuple(days.rounds), tuple(range(len(model.prices))), tuple(model.rows))
        return cpsat.ask(part, seed=0, effort=120.0, told=lambda *_: True, halt=Event())

    return _timed(ask)[0]


def _replanned(problem: Problem, plan: Plan) -> tuple[float, int]:
    """Issue every round of a plan, close the day of the middle one to all, and plan again with all of them released."""
    issued = tuple(
        Fixed(
            key=placed.round,
            obligations=(obligation,),
            first=placed.first,
            last=placed.last,
            host=placed.host,
            posts=series.posts,
            offices=series.offices,
        )
        for placed in plan.placements
        for obligation in [placed.round.split("/")[0]]
        for series in [next(entry for entry in problem.series if entry.obligation == obligation)]
    )
    lost = issued[len(issued) // 2].first
    row = ClosedDay("uk", lost, lost, {"en": "Lost"}, Effect.FORBIDS, "recess", "made up", "assumed")
    calendars = {
        name: {**calendar, lost: (*calendar.get(lost, ()), row)}
        for name, calendar in problem.calendars.items()
    }
    stands = replace(problem, rounds=(), fixed=(*problem.fixed, *issued), calendars=calendars)

    released = problem_with_released(stands, [meeting.key for meeting in issued])
    seconds, found = _timed(lambda: replan(released))
    days = {placed.round: placed.first for placed in found.placements}
    moved = (days.get(entry.key) != entry.issued.first for entry in released.rounds if entry.issued)
    return seconds, sum(moved)


def _with_impossible_pins(problem: Problem, plan: Plan) -> Problem:
    """Pin ten rounds to where they are, and the first of them to a day that has passed."""
    days = {placed.round: placed.first for placed in plan.placements[:10]}
    past = problem.first - timedelta(days=1)
    pins = {key: Slot(first=past if number == 0 else day) for number, (key, day) in enumerate(days.items())}
    rounds = tuple(replace(round_, pin=pins.get(round_.key)) for round_ in problem.rounds)
    return replace(problem, rounds=rounds)


def main() -> None:
    """Measure every size, and print the table and the growth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[30, 100, 300, 1000], help="rounds, about")
    parser.add_argument(
        "--seeds", type=int, default=3, help="programmes of each size; the table shows medians"
    )
    parser.add_argument("--one", type=float, nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        _one(round(options.one[0]), options.one[1], round(options.one[2]))
        return
    print(" " * NAME_WIDTH, *(name for name, _ in COLUMNS), sep="  ")
    _show("shipped, to end 2028", _in_processes(0, LOOSE, 1))
    for name, tightness in (("loose", LOOSE), ("tight", TIGHT)):
        rows = [
            _show(f"{name}, {size}", _in_processes(size, tightness, options.seeds)) for size in options.sizes
        ]
        for smaller, larger in pairwise(rows):
            _show_growth(smaller, larger)


def _one(size: int, tightness: float, seed: int) -> None:
    """Measure one programme, and print its row as JSON; size 0 is the shipped one."""
    measure(
        made_up(12, 0, TIGHT)
    )  # imports the solver and reads the words of dates, which is not what is measured
    problem = made_up(size, seed, tightness) if size else shipped(date(2028, 12, 31))
    print(json.dumps(measure(problem)))


def _in_processes(size: int, tightness: float, seeds: int) -> list[Row]:
    """Measure one size, each programme in a process of its own."""
    command = [sys.executable, "-m", __spec__.name, "--one", str(size), str(tightness)]
    runs = (subprocess.run([*command, str(seed)], check=True, capture_output=True) for seed in range(seeds))
    return [json.loads(run.stdout) for run in runs]


def _show(name: str, rows: list[Row]) -> Row:
    medians = {column: statistics.median(row[column] for row in rows) for column, _ in COLUMNS}
    cells = [form.format(medians[column]).rjust(len(column)) for column, form in COLUMNS]
    print(name.ljust(NAME_WIDTH), *cells, sep="  ", flush=True)
    return medians


def _show_growth(smaller: Row, larger: Row) -> None:
    times = math.log(larger["rounds"] / smaller["rounds"])
    growth = [
        f"{name} {math.log(larger[name] / smaller[name]) / times:.2f}"
        for name in ("first", "optimum", "re-plan")
    ]
    print(f"  k from {smaller['rounds']:.0f} to {larger['rounds']:.0f}:", *growth, sep="  ")


if __name__ == "__main__":
    main()
