"""Finding the cheapest plan, with proof.

Owns the search and nothing else: the rules are stated in ``model``, and one part of it is put to the solver in
``cpsat``. Pure: the same problem, seed and solver version give the same plan.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from math import ceil
from threading import Event

from scheduler.planning import wishes
from scheduler.planning.account import Account, account
from scheduler.planning.cpsat import NAME, PARAMETERS, ask
from scheduler.planning.days import Days
from scheduler.planning.greedy import cheapest, place
from scheduler.planning.hosts import choose_hosts
from scheduler.planning.model import Model
from scheduler.planning.parts import Part, parts
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.record import fingerprint

NARROW = 8
"""From how many of its cheapest days a round chooses at first."""
WIDER = 4
"""How many times as many it gets where those are not enough."""
A_LITTLE_WIDER = 1.34
"""How many times as many those get that are decided with it: what it takes from them, they look for elsewhere."""


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


def solve(problem: Problem, *, seed: int = 0, watch: Watch | None = None, halt: Event | None = None) -> Plan:
    """Return the cheapest plan; ``proven`` says whether the effort allowed was enough to know that it is.

    The same problem, seed and solver version give the same plan, watched or not; a search that ``watch`` stops, or
    another thread by setting ``halt``, gives the best plan yet. Raises ``Conflict`` where pins cannot hold beside the
    hard rules, naming round and rules.
    """
    days = Days(problem)
    search = _Search(days, seed, watch, halt or Event())
    search.run()
    found = account(days, search.chosen)
    least = _least(days, found, search)
    return Plan(
        placements=found.placements,
        unplaced=found.unplaced,
        breaches=found.breaches,
        price=found.price,
        bound=least,
        proven=not search.stopped and least == found.price,
        solver=NAME,
        version=version("ortools"),
        seed=seed,
        parameters=PARAMETERS,
        inputs=fingerprint(problem),
    )


def _least(days: Days, found: Account, search: "_Search") -> int:
    """Return what no plan goes below, the turns to host counted.

    Days are chosen without them, and whose turn it is depends on which rounds take place alone. So a plan that places
    the same rounds pays the same turns; one that leaves out others may pay none, but pays for a round left out.
    """
    if search.stopped:
        return search.bound
    turns = (wishes.HOST_TURN.name, wishes.HOST_DEBT.name)
    paid = sum(line.price for placed in found.placements for line in placed.lines if line.rule in turns)
    if not paid or found.unplaced:
        return found.price - paid
    each = [cheapest(days, round_) for round_ in days.rounds.values() if not round_.pin]
    without_one = sum(cheapest(days, round_) for round_ in days.rounds.values()) - max(each, default=0)
    return min(found.price, max(found.price - paid, without_one + days.problem.prices.unplaced))


class _Search:
    """The best choice of days yet, and what is known of all others.

    At first every round chooses among its cheapest days only, all others being one that is in nobody's way. A round
    for which that one is best gets more days, until none wants any. Rounds that do not touch are decided apart.
    """

    def __init__(self, days: Days, seed: int, watch: Watch | None, halt: Event) -> None:
        self.days, self.seed, self.watch, self.halt = days, seed, watch, halt
        first = place(days)
        self.choice = {key: days.number(first[key]) if key in first else None for key in sorted(days.rounds)}
        self.at_once = dict(self.choice)
        self.width = dict.fromkeys(self.choice, NARROW)
        self.proved: dict[tuple[tuple[str, int], ...], int] = {}
        self.price = self.bound = 0
        self.effort, self.stopped = 0.0, False

    @property
    def chosen(self) -> dict[str, date]:
        """Return the first days of the best plan yet."""
        return {key: self.days.every[number] for key, number in self.choice.items() if number is not None}

    def run(self) -> None:
        """Search until the plan is proved or the search is stopped."""
        while self._decide() and not self.stopped:
            pass

    def _decide(self) -> bool:
        """Decide every part of the model of the days near now, and tell whether any round wants more days."""
        model = Model(self.days, {key: self._near(key) for key in self.choice})
        found = parts(model)
        prices = [part.price(part.settled(self.choice)) for part in found]
        floors = [self.proved.get(self._name(part), part.least) for part in found]
        self.price, below = model.certain + sum(prices), model.certain + sum(floors)
        self._tell(below, 0.0)
        wanting = False
        for part, price, floor in zip(found, prices, floors, strict=True):
            if price > floor and not self.stopped:
                bound, more = self._improve(part, price, below - floor)
                below += bound - floor
                wanting = wanting or more
        return wanting

    def _near(self, key: str) -> list[int]:
        """Return the cheapest days of a round, and the day it was given at once."""
        prices = self.days.starts(self.days.rounds[key])
        near = set(sorted(prices, key=lambda number: (prices[number], number))[: self.width[key]])
        at_once = self.at_once[key]
        return sorted(near if at_once is None else near | {at_once})

    def _name(self, part: Part) -> tuple[tuple[str, int], ...]:
        """Return what a part is known by: with as many days for the same rounds, it is the same."""
        return tuple((key, self.width[key]) for key in part.rounds)

    def _improve(self, part: Part, price: int, elsewhere: int) -> tuple[int, bool]:
        """Take the cheapest choice of a part, or widen it; return its bound, and whether it was widened.

        ``price`` is that of the choice yet, ``elsewhere`` what the other parts cost at the least.
        """
        rest = self.price - price

        def told(held: frozenset[int] | None, bound: int, effort: float) -> bool:
            if held and not part.beyond(held) and rest + part.price(held) < self.price:
                self.price = rest + part.price(held)
                self.choice |= part.choice(held)
            self._tell(elsewhere + bound, effort)
            return not self.stopped

        allowed = float(PARAMETERS["max_deterministic_time"]) - self.effort
        answer = ask(part, seed=self.seed, effort=allowed, told=told, halt=self.halt)
        self.effort += answer.effort
        self.stopped = self.stopped or not answer.proven
        wanting = part.beyond(answer.held) if answer.held and answer.bound < price else []
        if answer.proven and not wanting:
            self.proved[self._name(part)] = answer.bound
        for key in part.rounds if wanting else ():
            self.width[key] = ceil(self.width[key] * (WIDER if key in wanting else A_LITTLE_WIDER))
        return answer.bound, bool(wanting)

    def _tell(self, bound: int, effort: float) -> None:
        """Keep the best bound, and tell whoever watches; hosts are chosen after days, at a price of their own."""
        self.bound = max(self.bound, bound)
        self.stopped = self.stopped or self.halt.is_set()
        if self.watch and not self.stopped:
            hosted = choose_hosts(self.days, self.chosen).values()
            price = self.price + sum(line.price for entry in hosted for line in entry.lines)
            self.stopped = not self.watch(Progress(price, self.bound, self.effort + effort))
