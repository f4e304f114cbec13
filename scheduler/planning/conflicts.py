"""Why a plan could not do everything: minimal sets of rules that cannot hold together.

Owns the search for them. A set is minimal where each of its proper subsets can hold, which is enough to know of those
that lack one member; each of them has been tried. What the rules ask is told by ``applications``; what could be given
up, and at what price, by ``relaxing``.

The rounds of the rule that was not kept are asked first; others join ring by ring, until they cannot all be served.
Every question is put to the solver without prices, with one literal for each rule (``dependencies``: with an objective
it would name every rule there is).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from scheduler.planning.applications import (
    Apart,
    Application,
    Applications,
    Count,
    Excludes,
    Forbids,
    Name,
    NotAfter,
    Wants,
    collect,
    numbered,
)
from scheduler.planning.days import Days
from scheduler.planning.fitting import fits, holds
from scheduler.planning.naming import joined
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.rules import BY_NAME
from scheduler.planning.wording import Force, written_out
from scheduler.words import Words

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

TOGETHER = {"en": "{rules} cannot hold together", "nl": "{rules} kunnen niet samengaan"}
ALONE = {
    "en": "{rules} cannot be kept, whatever else is given up",
    "nl": "{rules} is hoe dan ook niet haalbaar",
}
DEARER = {
    "en": "{rules} can be kept; the plan gives it up since that is cheaper",
    "nl": "{rules} is haalbaar; het plan geeft het op omdat dat goedkoper is",
}
UNSEEN = {
    "en": "no small set of rules stands against {rules}; a plan proved cheapest may keep it",
    "nl": "geen klein aantal regels staat {rules} in de weg; een plan dat bewezen het goedkoopste is, kan het halen",
}
FEW = 20
"""Rounds beyond which it is first seen whether the plan only preferred not to keep a rule."""
MANY = 60
"""Rounds beyond which a set of rules would tell nobody anything, and take long to find."""
PARAMETERS: Mapping[str, int | float | bool] = {
    "num_workers": 1,
    "cp_model_presolve": False,
    "symmetry_level": 0,
    "max_deterministic_time": 20.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossibility:
    """Something that a plan could not do (``about``), and a minimal set of rules, itself among them, that shows why.

    The set is empty where the rule could be kept, and the plan only found it dearer than what it gained; or where among
    the sixty rounds nearest nothing stands against it, which happens to plans that are not proved cheapest.
    """

    about: Application
    members: tuple[Application, ...]
    words: Words


def impossibilities(problem: Problem, plan: Plan) -> tuple[Impossibility, ...]:
    """Return for each limit that ``plan`` breaks and each round that it leaves out the rules that stand against it.

    Every other limit it breaks and every other round it leaves out is taken as given up already.
    """
    known = collect(Days(problem))
    chosen = {placed.round: placed.first for placed in plan.placements}
    given_up = broken(known, chosen)
    neighbours = Neighbours(known)
    begins = {key: known.days.number(day) for key, day in chosen.items()}
    return tuple(_impossibility(neighbours, begins, name, given_up - {name}) for name in sorted(given_up))


def impossible_pins(problem: Problem) -> Impossibility | None:
    """Return a minimal set of pins and hard rules that cannot hold together; ``None`` where all of them can."""
    known = collect(Days(problem))
    pinned = {round_.key for round_ in problem.rounds if round_.pin}
    names = [name for name in about(known, pinned) if BY_NAME[name[0]].force is Force.HARD]
    doubt = Doubt(known, pinned)
    core = doubt.core(names)
    return _told(known, None, minimal(doubt, core)) if core else None


def broken(known: Applications, chosen: Mapping[str, date]) -> frozenset[Name]:
    """Return the applications that do not hold where rounds begin on these days, and all others do not take place."""
    begins = {key: known.days.number(day) for key, day in chosen.items()}
    return frozenset(
        name for name, asked in known.asked.items() if not all(holds(known, entry, begins) for entry in asked)
    )


class Question:
    """Whether some of the rules can hold together, asked of some rounds of a problem; all others may stay without days.

    What a set of rules cannot do for a few rounds it cannot do for all, and what it can do for them it can do for all:
    the others are left out.
    """

    def __init__(self, known: Applications, rounds: Collection[str]) -> None:
        """State what every application asks of ``rounds``."""
        from ortools.sat.python import cp_model  # noqa: PLC0415  # takes a second, and few questions need it

        self.known, self.rounds = known, frozenset(rounds)
        self.model: CpModel = cp_model.CpModel()
        self.solver = cp_model.CpSolver()
        self.infeasible = cp_model.INFEASIBLE
        for parameter, value in PARAMETERS.items():
            setattr(self.solver.parameters, parameter, value)
        self.begins: dict[str, dict[int, IntVar]] = {}
        self.left_out: dict[str, IntVar] = {}
        self.until = cache(self._until)
        self.holds: dict[Name, IntVar] = {}
        for key in sorted(self.rounds):
            self._round(key)
        for name in about(known, self.rounds):
            self._state(name)

    def core(self, names: Iterable[Name]) -> tuple[Name, ...] | None:
        """Return some of the applications named that cannot hold together; ``None`` where all of them can."""
        asked = list(names)
        self.model.clear_assumptions()
        self.model.add_assumptions([self.holds[name] for name in asked])
        if self.solver.solve(self.model) != self.infeasible:
            return None
        blamed = set(self.solver.sufficient_assumptions_for_infeasibility())
        return tuple(name for name in asked if self.holds[name].index in blamed)

    def _round(self, key: str) -> None:
        within = numbered(self.known.within(key))
        self.begins[key] = {number: self.model.new_bool_var("") for number in within}
        self.left_out[key] = self.model.new_bool_var("")
        self.model.add_exactly_one([*self.begins[key].values(), self.left_out[key]])

    def _until(self, key: str) -> "Mapping[int, IntVar]":
        """Return for each day a literal that says whether a round begins until then."""
        found: dict[int, IntVar] = {}
        earlier: list[IntVar] = []
        for number, begins in self.begins[key].items():
            found[number] = self.model.new_bool_var("")
            for literal in (begins, *earlier):
                self.model.add_implication(literal, found[number])
            self.model.add_bool_or([found[number].negated(), begins, *earlier])
            earlier = [found[number]]
        return found

    def _state(self, name: Name) -> None:
        """State what an application asks, wherever its literal holds."""
        self.holds[name] = holds = self.model.new_bool_var("")
        for asked in self.known.asked[name]:
            match asked:
                case Forbids(round=key, days=mask) if key in self.rounds:
                    for number, begins in self.begins[key].items():
                        if mask >> number & 1:
                            self.model.add_implication(begins, holds.negated())
                case Wants(round=key) if key in self.rounds:
                    self.model.add_implication(self.left_out[key], holds.negated())
                case NotAfter() if {asked.held, asked.other} <= self.rounds:
                    self._not_after(asked, holds)
                case Count():
                    self._count(asked, holds)
                case Apart():
                    self._apart(asked, holds)
                case Excludes(other=other) if other in self.holds:
                    self.model.add_bool_or([holds.negated(), self.holds[other].negated()])
                case _:
                    pass

    def _not_after(self, asked: NotAfter, holds: "IntVar") -> None:
        until = self.until(asked.held)
        last = max(until, default=-1)
        for number, begins in self.begins[asked.other].items():
            reach = asked.reach(number)
            if reach < last:
                within = [until[reach]] if reach in until else []
                self.model.add_bool_or(
                    [holds.negated(), begins.negated(), self.left_out[asked.held], *within]
                )

    def _count(self, asked: Count, holds: "IntVar") -> None:
        """State how many of some beginnings happen; how many at least, only where all their rounds are asked."""
        literals = [
            self.begins[key][number]
            for key, mask in asked.starts
            if key in self.rounds
            for number in numbered(mask)
            if number in self.begins[key]
        ]
        if asked.most is not None and literals:
            self.model.add(sum(literals) <= asked.most).only_enforce_if(holds)
        if asked.least and {key for key, _ in asked.starts} <= self.rounds:
            self.model.add(sum(literals) >= asked.least).only_enforce_if(holds)

    def _apart(self, asked: Apart, holds: "IntVar") -> None:
        sitting: dict[int, list[IntVar]] = defaultdict(list)
        for key in (key for key in asked.rounds if key in self.rounds):
            for number, begins in self.begins[key].items():
                for day in range(number, number + self.known.length(key)):
                    sitting[day].append(begins)
        for literals in sitting.values():
            if len(literals) > 1:
                self.model.add(sum(literals) <= 1).only_enforce_if(holds)


class Doubt:
    """Whether applications can hold together for some rounds: seen at once where it can be, else by the solver."""

    def __init__(self, known: Applications, rounds: Collection[str]) -> None:
        """Doubt about ``rounds``; the solver is not asked yet."""
        self.known, self.rounds = known, rounds
        self.question = cache(lambda: Question(known, rounds))

    def core(self, names: Sequence[Name]) -> tuple[Name, ...] | None:
        """Return some of the applications named that cannot hold together; ``None`` where all of them can."""
        fitting = fits(self.known, self.rounds, names)
        if fitting is None:
            return self.question().core(names)
        return None if fitting else tuple(names)


def minimal(doubt: Doubt, core: Sequence[Name]) -> tuple[Name, ...]:
    """Return of some rules that cannot hold together as few as need be: without any one of them, the others can."""
    members, needed = list(core), 0
    while needed < len(members):
        smaller = doubt.core([*members[:needed], *members[needed + 1 :]])
        if smaller is None:
            needed += 1
        else:
            members = [name for name in members if name in smaller]
    return tuple(members)


def about(known: Applications, rounds: Collection[str]) -> list[Name]:
    """Return the applications that speak of any of the rounds, or of no round at all."""
    return [
        name for name in sorted(known.asked) if not known.rounds[name] or known.rounds[name] & set(rounds)
    ]


class Neighbours:
    """Which rounds share a rule with which."""

    def __init__(self, known: Applications) -> None:
        """Look at every rule between rounds."""
        self.known = known
        self.beside: dict[str, set[str]] = defaultdict(set)
        for name, asked in known.asked.items():
            if any(isinstance(entry, NotAfter | Count | Apart) for entry in asked):
                for key in known.rounds[name]:
                    self.beside[key] |= known.rounds[name]

    def rings(self, name: Name) -> Iterator[frozenset[str]]:
        """Return the rounds of an application, then with them their neighbours, and so on until all are reached."""
        reached = frozenset(self.known.rounds[name])
        while True:
            yield reached
            wider = reached.union(*(self.beside[key] for key in reached))
            if wider == reached:
                return
            reached = wider


def _impossibility(
    neighbours: Neighbours, begins: Mapping[str, int], name: Name, given_up: frozenset[Name]
) -> Impossibility:
    known = neighbours.known
    for rounds in neighbours.rings(name):
        if len(rounds) > FEW and _one_move_helps(known, begins, name, given_up):
            break
        if len(rounds) > MANY:
            return _told(known, name, (), otherwise=UNSEEN)
        doubt = Doubt(known, rounds)
        core = doubt.core([other for other in about(known, rounds) if other not in given_up])
        if core:
            return _told(known, name, minimal(doubt, core))
    return _told(known, name, ())


def _one_move_helps(
    known: Applications, begins: Mapping[str, int], name: Name, given_up: frozenset[Name]
) -> bool:
    """Tell whether another day for one round of an application would keep it, at the cost of no other rule."""
    for key in sorted(known.rounds[name]):
        asked = [
            entry for other in about(known, {key}) if other not in given_up for entry in known.asked[other]
        ]
        for number in numbered(known.within(key)):
            if all(holds(known, entry, {**begins, key: number}) for entry in asked):
                return True
    return False


def _told(
    known: Applications, name: Name | None, names: Sequence[Name], otherwise: Words = DEARER
) -> Impossibility:
    """Put a set of rules into words, the one that it is about first."""
    ordered = sorted(names, key=lambda other: (other != name, _rank(other), other))
    members = tuple(known.application(other) for other in ordered)
    first = known.application(name) if name else members[0]
    text = otherwise if not members else ALONE if len(members) == 1 else TOGETHER
    words = written_out(text, rules=joined([entry.words for entry in members or (first,)]))
    return Impossibility(
        about=first,
        members=members,
        words={language: f"{said[0].upper()}{said[1:]}." for language, said in words.items()},
    )


def _rank(name: Name) -> int:
    return list(BY_NAME).index(name[0])
