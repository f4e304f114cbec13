"""Finding the cheapest plan, with proof, by CP-SAT.

Owns the search and nothing else; with ``model``, which states the rules, the only module that knows ``ortools``, which
it imports when first asked, since that takes a second. The linear relaxation of the model is nearly whole, so the
proof comes from it; hence these parameters, and one worker, which is also what makes a plan reproducible. Effort is
limited in deterministic units, never in seconds.
"""

from collections.abc import Mapping
from importlib.metadata import version

from scheduler.errors import Conflict, Unavailable
from scheduler.planning import rules
from scheduler.planning.account import account
from scheduler.planning.between import clashes
from scheduler.planning.days import Days
from scheduler.planning.hosts import may_host
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


def solve(problem: Problem, *, seed: int = 0) -> Plan:
    """Return the cheapest plan; ``proven`` says whether the effort allowed was enough to know that it is.

    The same problem, seed and solver version give the same plan. Raises ``Conflict`` where pins cannot hold beside
    the hard rules, naming round and rules, and ``Unavailable`` where the effort was spent before any plan was found.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415  # takes a second, and only planning needs it

    days = Days(problem)
    _refuse_impossible_pins(days)
    model = Model(days, cp_model.CpModel(), cp_model.LinearExpr)
    solver = cp_model.CpSolver()
    for name, value in {**PARAMETERS, "random_seed": seed}.items():
        setattr(solver.parameters, name, value)
    status = solver.solve(model.build())
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise Unavailable(
            "no plan was found within the effort allowed", remedy="plan a shorter span, or fewer rounds"
        )
    found = account(days, model.chosen(solver.boolean_value))
    return Plan(
        placements=found.placements,
        unplaced=found.unplaced,
        breaches=found.breaches,
        price=found.price,
        bound=round(solver.best_objective_bound) + found.hosting,
        proven=status == cp_model.OPTIMAL,
        solver=NAME,
        version=version("ortools"),
        seed=seed,
        parameters=PARAMETERS,
        inputs=fingerprint(problem),
    )


def _refuse_impossible_pins(days: Days) -> None:
    """Raise ``Conflict`` for the first pinned round that hard rules forbid, alone or beside other pins.

    Every other round can be left out, so nothing else can be impossible.
    """
    pinned = {round_.key: round_.pin.first for round_ in days.problem.rounds if round_.pin}
    for key, day in sorted(pinned.items()):
        round_ = days.rounds[key]
        names = set(days.refusals(round_, day))
        if round_.pin and round_.pin.host and not may_host(days.series[round_.obligation], round_.pin.host):
            names.add(rules.HOST.name)
        found = list(
            clashes(days, round_, day, {other: first for other, first in pinned.items() if other != key})
        )
        if names or found:
            broken = ", ".join(sorted({*names, *(rule.name for rule, _ in found)}))
            others = sorted({other for _, other in found})
            beside = f" beside {', '.join(others)}" if others else ""
            raise Conflict(
                f"{key} is pinned to {day}{beside}, which these rules forbid: {broken}",
                place=key,
                remedy="release a pin, or move it",
            )
