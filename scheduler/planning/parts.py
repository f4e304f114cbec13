"""A model taken apart: rounds that no row joins, directly or through others, are decided apart from each other.

Owns the taking apart, and what a given choice of days costs in a part. Pure.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scheduler.planning.model import Model, Row

Choice = dict[str, int | None]
"""The number of the day on which a round begins, by key of the round; ``None`` where it is left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rounds of a model, by key, with their variables and the rows that speak of them."""

    model: Model
    rounds: tuple[str, ...]
    variables: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def prices(self) -> Sequence[int]:
        """Return the prices of the variables of the model, by number."""
        return self.model.prices

    def beyond(self, held: Collection[int]) -> list[str]:
        """Return the rounds that lie beyond the days near where these variables hold."""
        return [key for key in self.rounds if any(entry in held for entry in self.model.beyond[key])]

    def choice(self, held: Collection[int]) -> Choice:
        """Return on which day each round begins where these variables hold."""
        return {key: self.model.chosen(key, held) for key in self.rounds}

    @property
    def least(self) -> int:
        """Return what the rounds cost at the least, wherever the others are."""
        return sum(
            min(self.model.prices[literal] for literal in self.model.options[key]) for key in self.rounds
        )

    def price(self, held: Collection[int]) -> int:
        """Return the price of the variables that hold."""
        return sum(self.model.prices[variable] for variable in held)

    def settled(self, choice: Mapping[str, int | None]) -> set[int]:
        """Return the variables that hold for a valid choice of days, each wish given up only where a row demands it.

        The rows that a wish answers for come before those that speak of whether it is met.
        """
        held = {self.model.literal(key, choice[key]) for key in self.rounds}
        for row in self.rows:
            met = sum(
                (literal in held) if literal >= 0 else (~literal not in held) for literal in row.literals
            )
            if row.low <= met <= row.high:
                continue
            given_up = (literal if met < row.low else ~literal for literal in row.literals)
            wishes = [wish for wish in given_up if wish in self.model.wishes and wish not in held]
            held.update(wishes[: max(row.low - met, met - row.high)])
        return held


def parts(model: Model) -> list[Part]:
    """Return the parts of a model, in the order of their first rounds."""
    owner = _owners(model)
    joined = list(range(max(owner, default=-1) + 1))
    for row in model.rows:
        roots = {_root(joined, owner[literal if literal >= 0 else ~literal]) for literal in row.literals}
        first = min(roots, default=0)
        for root in roots:
            joined[root] = first
    return _collected(model, [_root(joined, entry) for entry in owner])


def _owners(model: Model) -> list[int]:
    """Return for every variable the number of its round, or a number of its own."""
    owner = list(range(len(model.rounds), len(model.rounds) + len(model.prices)))
    for number, round_ in enumerate(model.rounds):
        for literal in model.options[round_.key]:
            owner[literal] = number
    return owner


def _root(joined: list[int], entry: int) -> int:
    while joined[entry] != entry:
        joined[entry] = joined[joined[entry]]
        entry = joined[entry]
    return entry


def _collected(model: Model, roots: Sequence[int]) -> list[Part]:
    variables: Mapping[int, list[int]] = defaultdict(list)
    rows: Mapping[int, list[Row]] = defaultdict(list)
    rounds: Mapping[int, list[str]] = defaultdict(list)
    for variable, root in enumerate(roots):
        variables[root].append(variable)
    for row in model.rows:
        first = row.literals[0]
        rows[roots[first if first >= 0 else ~first]].append(row)
    for round_ in model.rounds:
        rounds[roots[model.options[round_.key][0]]].append(round_.key)
    return [
        Part(model, tuple(rounds[root]), tuple(variables[root]), tuple(rows[root]))
        for root in dict.fromkeys(roots)
        if rounds[root]
    ]
