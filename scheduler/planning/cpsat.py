"""One part of a model put to CP-SAT.

With ``conflicts`` the only module that knows ``ortools``, which it imports when first asked, since that takes a second.
The linear relaxation of the models of ``model`` is nearly whole, so the proof comes from it; hence these parameters,
and one worker, which is also what makes an answer reproducible. Effort is counted in deterministic units, never in
seconds.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from threading import Event, Thread
from typing import TYPE_CHECKING

from scheduler.planning.model import Row
from scheduler.planning.parts import Part

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, CpSolverSolutionCallback, IntVar, LiteralT

NAME = "ortools CP-SAT"
PARAMETERS: Mapping[str, int | float | bool] = {
    "num_workers": 1,
    "linearization_level": 2,
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
    "cp_model_presolve": False,
    "add_lp_constraints_lazily": False,
    "max_deterministic_time": 120.0,
}
PULSE = 0.1
"""Seconds between two looks at whether to end; the solver itself may say nothing for minutes."""
NEARLY_WHOLE = 1e-6
"""How far above a whole number a bound may be and still mean that number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The variables that hold in the best choice found, if any was; what no choice is below; and the effort spent."""

    held: frozenset[int] | None
    bound: int
    proven: bool
    effort: float


Told = Callable[[frozenset[int] | None, int, float], bool]
"""Is told of every better choice, or bound without a choice, and the effort yet; ``False`` ends the search."""


def ask(part: Part, *, seed: int, effort: float, told: Told, halt: Event) -> Answer:
    """Return the cheapest choice for a part, searching no longer than ``effort``, or until ``halt`` is set.

    Listening changes no answer.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415  # takes a second, and only planning needs it

    model = cp_model.CpModel()
    literals = {variable: model.new_bool_var("") for variable in part.variables}
    _add(model, part, literals)
    solver = cp_model.CpSolver()
    for name, value in {**PARAMETERS, "random_seed": seed, "max_deterministic_time": effort}.items():
        setattr(solver.parameters, name, value)
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is for whoever asked
    with _ended_by(halt, solver):
        status = solver.solve(model, _listener(solver, literals, told))
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Answer(
        held=frozenset(entry for entry in literals if solver.boolean_value(literals[entry]))
        if found
        else None,
        bound=_whole(solver.best_objective_bound),
        proven=status == cp_model.OPTIMAL,
        effort=solver.deterministic_time,
    )


def _add(model: "CpModel", part: Part, literals: "Mapping[int, IntVar]") -> None:
    """Add the rows and prices of a part."""
    for row in part.rows:
        _add_row(
            model,
            row,
            [literals[entry] if entry >= 0 else literals[~entry].negated() for entry in row.literals],
        )
    priced = [entry for entry in part.variables if part.prices[entry]]
    model.minimize(sum(part.prices[entry] * literals[entry] for entry in priced))


def _add_row(model: "CpModel", row: Row, literals: "list[LiteralT]") -> None:
    if (row.low, row.high) == (1, 1):
        model.add_exactly_one(literals)
    elif (row.low, row.high) == (0, 1):
        model.add_at_most_one(literals)
    elif row.low == 1 and row.high == len(literals):
        model.add_bool_or(literals)
    else:
        model.add_linear_constraint(sum(literals), row.low, row.high)


@contextmanager
def _ended_by(halt: Event, solver: "CpSolver") -> Iterator[None]:
    """End a search soon after ``halt`` is set."""
    over = Event()

    def look() -> None:
        while not over.wait(PULSE):
            if halt.is_set():
                solver.stop_search()

    looking = Thread(target=look, name="halt")
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()


def _listener(solver: "CpSolver", literals: "Mapping[int, IntVar]", told: Told) -> "CpSolverSolutionCallback":
    from ortools.sat.python import cp_model  # noqa: PLC0415

    class Listener(cp_model.CpSolverSolutionCallback):
        """Hands on what the solver says, and ends it where that is asked."""

        def on_solution_callback(self) -> None:
            held = frozenset(entry for entry in literals if self.boolean_value(literals[entry]))
            if not told(held, _whole(self.best_objective_bound), self.deterministic_time):
                self.stop_search()

    listener = Listener()

    def on_bound(bound: float) -> None:
        if not told(None, _whole(bound), 0.0):
            solver.stop_search()

    solver.best_bound_callback = on_bound
    return listener


def _whole(bound: float) -> int:
    return ceil(bound - NEARLY_WHOLE)
