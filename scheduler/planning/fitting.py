"""Whether rules can hold together for a few rounds, where that can be seen without a search.

Owns the answer for rounds that only follow each other: every rule between two of them moves a first or a last possible
day, and once none moves any more the first possible days fit. Where rounds compete for days it leaves the question to
the solver of ``conflicts``. Pure.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from scheduler.planning.applications import (
    Apart,
    Applications,
    Asked,
    Count,
    Excludes,
    Forbids,
    Name,
    NotAfter,
    Wants,
)

MOST_CHOICES = 200
"""Ways to choose the rounds that a year counts, beyond which the solver is quicker."""

Possible = dict[str, int]
"""The days on which each round may begin, as whole numbers."""


def fits(known: Applications, rounds: Collection[str], names: Iterable[Name]) -> bool | None:
    """Tell whether the applications named can hold together for ``rounds``; ``None`` where it takes a search to see."""
    asked = [(name, entry) for name in names for entry in known.asked[name]]
    chosen = {name for name, _ in asked}
    if any(isinstance(entry, Excludes) and entry.other in chosen for _, entry in asked):
        return False
    entries = [entry for _, entry in asked]
    days = known.days
    possible = {key: known.within(key) for key in rounds}
    wanted: set[str] = set()
    for entry in entries:
        if isinstance(entry, Forbids) and entry.round in possible:
            possible[entry.round] &= ~entry.days
        elif isinstance(entry, Wants) and entry.round in possible:
            wanted.add(entry.round)
    follow = [
        entry for entry in entries if isinstance(entry, NotAfter) and {entry.held, entry.other} <= set(rounds)
    ]
    owed = [
        entry
        for entry in entries
        if isinstance(entry, Count) and entry.least and {key for key, _ in entry.starts} <= set(rounds)
    ]
    sure = True
    for number, serving in enumerate(_choices(possible, wanted, owed)):
        if number == MOST_CHOICES:
            return None
        begins = _settled(serving, follow, days.count)
        if begins is not None:
            if all(holds(known, entry, begins) for entry in entries if not isinstance(entry, Wants)):
                return True
            sure = False
    return False if sure else None


def holds(known: Applications, asked: Asked, begins: Mapping[str, int]) -> bool:
    """Tell whether what is asked holds where rounds begin on days by number, and all others do not take place."""
    match asked:
        case Forbids(round=key, days=mask):
            return not (key in begins and mask >> begins[key] & 1)
        case Wants(round=key):
            return key in begins
        case NotAfter(held=held, other=other, reach=reach):
            return held not in begins or other not in begins or begins[held] <= reach(begins[other])
        case Count(starts=starts, least=least, most=most):
            count = sum(bool(key in begins and mask >> begins[key] & 1) for key, mask in starts)
            return least <= count and (most is None or count <= most)
        case Apart(rounds=rounds):
            return _apart(known, [key for key in rounds if key in begins], begins)
        case Excludes():
            return True


def _apart(known: Applications, rounds: Iterable[str], begins: Mapping[str, int]) -> bool:
    taken = 0
    for key in rounds:
        days = ((1 << known.length(key)) - 1) << begins[key]
        if taken & days:
            return False
        taken |= days
    return True


def _choices(possible: Possible, wanted: Collection[str], owed: Sequence[Count]) -> Iterator[Possible]:
    """Return every way to choose which rounds a year counts, with the days left to all rounds that must take place."""
    for picks in product(*(combinations(entry.starts, entry.least) for entry in owed)):
        serving = {key: possible[key] for key in wanted}
        for key, mask in (entry for pick in picks for entry in pick):
            serving[key] = serving.get(key, possible[key]) & mask
        yield serving


def _settled(possible: Possible, follow: Sequence[NotAfter], count: int) -> dict[str, int] | None:
    """Return the first days left once every rule between two rounds has taken its own; ``None`` where none are."""
    left = dict(possible)
    joined = [entry for entry in follow if entry.held in left and entry.other in left]
    moving = True
    while moving and all(left.values()):
        before = dict(left)
        for entry in joined:
            latest = entry.reach(left[entry.other].bit_length() - 1)
            left[entry.held] &= (1 << max(0, latest + 1)) - 1
            if not left[entry.held]:
                return None
            first = (left[entry.held] & -left[entry.held]).bit_length() - 1
            soonest = bisect_left(range(count), first, key=entry.reach)
            left[entry.other] &= -(1 << soonest)
            if not left[entry.other]:
                return None
        moving = left != before
    if not all(left.values()):
        return None
    return {key: (mask & -mask).bit_length() - 1 for key, mask in left.items()}
