"""Finding the cheapest plan, with proof, by CP-SAT.

Owns the search and nothing else; with ``model``, which states the rules, the only module that knows ``ortools``, which
it imports when first asked, since that takes a second. The linear relaxation of the model is nearly whole, so the
proof comes from it; hence these parameters, and one worker, which is also what makes a plan reproducible. Effort is
limited in deterministic units, never in seconds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from scheduler.planning.account import account
from scheduler.planning.days import Days
from scheduler.planning.greedy import cheapest, place
from scheduler.planning.model import Model
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.record import fingerprint

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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come: the price of the best plan yet, what no plan goes below, and the effort spent.

    ``effort`` is in the deterministic units of the solver, not in seconds.
    """

    price: int | None
    bound: int
    effort: float


Watch = Callable[[Progress], bool]
"""Is told of progress; ``False`` stops the search."""


def solve(problem: Problem, *, seed: int = 0, watch: Watch | None = None) -> Plan:
    """Return the cheapest plan; ``proven`` says whether the effort allowed was enough to know that it is.

    The same problem, seed and solver version give the same plan, watched or not; a search that ``watch`` stops gives
    the best plan yet. Raises ``Conflict`` where pins cannot hold beside the hard rules, naming round and rules.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415  # takes a second, and only planning needs it

    class Watched(cp_model.CpSolverSolutionCallback):
        """Tell of every better plan, and stop where that is asked."""

        def on_solution_callback(self) -> None:
            if watch and not watch(
                Progress(
                    round(self.objective_value), round(self.best_objective_bound), self.deterministic_time
                )
            ):
                self.stop_search()

    days = Days(problem)
    chosen = place(days)
    model = Model(days, cp_model.CpModel(), cp_model.LinearExpr)
    solver = cp_model.CpSolver()
    for name, value in {**PARAMETERS, "random_seed": seed}.items():
        setattr(solver.parameters, name, value)
    bound = sum(cheapest(days, round_) for round_ in days.rounds.values())
    status = cp_model.UNKNOWN
    if watch is None or watch(Progress(None, bound, 0.0)):
        status = solver.solve(model.build(), Watched())
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        chosen, bound = model.chosen(solver.boolean_value), round(solver.best_objective_bound)
    found = account(days, chosen)
    return Plan(
        placements=found.placements,
        unplaced=found.unplaced,
        breaches=found.breaches,
        price=found.price,
        bound=found.price if status == cp_model.OPTIMAL else bound,
        proven=status == cp_model.OPTIMAL,
        solver=NAME,
        version=version("ortools"),
        seed=seed,
        parameters=PARAMETERS,
        inputs=fingerprint(problem),
    )
