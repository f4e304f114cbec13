"""A valid plan at once: rounds placed one after the other, each on the cheapest day that is left.

Owns the order in which they are placed, and the first look at the pins. The plan keeps every hard rule; it claims no
more than a price and a bound, and is what people see while ``solver`` looks for a proof, and what that starts from.
Pure.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from scheduler.errors import Conflict
from scheduler.planning import rules
from scheduler.planning.account import account
from scheduler.planning.between import clashes
from scheduler.planning.conflicts import impossible_pins
from scheduler.planning.days import Days
from scheduler.planning.problem import Plan, Problem, Round
from scheduler.planning.record import fingerprint
from scheduler.planning.venues import may_host
from scheduler.planning.wording import written_out
from scheduler.words import LANGUAGES, say

NAME = "greedy"
VERSION = "1"
"""Counted up where the same problem has another greedy plan."""

PINNED = {
    "en": "{key} is pinned to {day}, which these rules forbid: {broken}",
    "nl": "{key} is vastgezet op {day}, wat deze regels verbieden: {broken}",
}
PINNED_BESIDE = {
    "en": "{key} is pinned to {day} beside {others}, which these rules forbid: {broken}",
    "nl": "{key} is vastgezet op {day} naast {others}, wat deze regels verbieden: {broken}",
}
RELEASE_A_PIN = {
    "en": "Release a pin, or move it",
    "nl": "Maak een vastgezette ronde los, of zet haar op een andere dag vast",
}


def greedy_plan(problem: Problem) -> Plan:
    """Return a plan that keeps every hard rule, without proof that it is the cheapest.

    Raises ``Conflict`` where pins cannot hold beside the hard rules, naming round and rules.
    """
    days = Days(problem)
    found = account(days, place(days))
    return Plan(
        placements=found.placements,
        unplaced=found.unplaced,
        breaches=found.breaches,
        price=found.price,
        bound=sum(cheapest(days, round_) for round_ in days.rounds.values()),
        proven=False,
        solver=NAME,
        version=VERSION,
        seed=0,
        parameters={},
        inputs=fingerprint(problem),
    )


def place(days: Days) -> dict[str, date]:
    """Return a first day for every round that finds one: pinned rounds first, then by aim.

    Raises ``Conflict`` where pins cannot hold beside the hard rules, naming round and rules.
    """
    refuse_impossible_pins(days)
    chosen = {round_.key: round_.pin.first for round_ in days.rounds.values() if round_.pin}
    groups = _groups(days)
    rounds = (round_ for round_ in days.rounds.values() if not round_.pin)
    for round_ in sorted(rounds, key=lambda entry: (entry.aim, entry.key)):
        beside = {key: chosen[key] for key in _beside(days, round_, groups) if key in chosen}
        prices = days.starts(round_)
        for number in sorted(prices, key=lambda number: (prices[number], number)):
            if not any(clashes(days, round_, days.every[number], beside)):
                chosen[round_.key] = days.every[number]
                break
    return chosen


def cheapest(days: Days, round_: Round) -> int:
    """Return what a round costs at the least, wherever the others are."""
    prices = days.starts(round_).values()
    return min(prices) if round_.pin else min((*prices, days.problem.prices.unplaced))


def refuse_impossible_pins(days: Days) -> None:
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
            names |= {rule.name for rule, _ in found}
            raise _impossible(days.problem, key, day, sorted(names), sorted({other for _, other in found}))


def _impossible(problem: Problem, key: str, day: date, names: list[str], others: list[str]) -> Conflict:
    """Return the fault of a pin: beside which others, which rules it breaks, and what cannot hold together."""
    pinned = PINNED_BESIDE if others else PINNED
    together = impossible_pins(problem)
    return Conflict(
        written_out(
            pinned,
            key=key,
            day=day,
            others=", ".join(others),
            broken={
                language: " ".join(rules.BY_NAME[name].words[language] for name in names)
                for language in LANGUAGES
            },
        ),
        place=key,
        remedy={
            language: f"{say(together.words, language)} {cure}" if together else cure
            for language, cure in RELEASE_A_PIN.items()
        },
    )


def _groups(days: Days) -> Mapping[str, set[str]]:
    """Return the rounds that share something, by what they share: rounds without anything in common never clash."""
    groups: dict[str, set[str]] = defaultdict(set)
    for round_ in days.rounds.values():
        for name in _shares(days, round_):
            groups[name].add(round_.key)
    for order in days.orders:
        groups[order.before].add(order.after)
        groups[order.after].add(order.before)
    return groups


def _shares(days: Days, round_: Round) -> Iterator[str]:
    yield from (f"series {obligation}" for obligation in round_.duties)
    yield from (f"post {post}" for post in days.posts(round_))
    yield from (f"office {office}" for office in days.offices(round_))


def _beside(days: Days, round_: Round, groups: Mapping[str, set[str]]) -> list[str]:
    names = (*_shares(days, round_), round_.key)
    return sorted({key for name in names for key in groups.get(name, ())} - {round_.key})
