"""What can be wrong with a programme whose every value is well formed, and how the common mistakes are found. Pure.

Each problem carries the way to its field, what is wrong, and what would be right; ``reader`` turns the way
into a line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Programme = Mapping[str, Any]
"""A programme in normal form: all fields present, values bare."""

Steps = tuple[str | int, ...]
"""The way to a value: keys of mappings and indexes of lists."""

NAMED_AT_MOST = 12
"""How many right names a remedy lists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be meant as it stands."""

    steps: Steps
    message: str
    remedy: str


def duplicates(
    programme: Programme, section: str, steps: Steps = (), identity: tuple[str, ...] = ("key",)
) -> Iterator[Problem]:
    """Yield a problem for each item of a section that is told apart from an earlier one by nothing."""
    seen: set[tuple[Any, ...]] = set()
    for index, item in enumerate(programme[section]):
        name = tuple(item[field] for field in identity)
        if name in seen:
            said = " ".join(str(part) for part in name)
            remedy = "give each item its own key" if identity == ("key",) else "keep one of the two"
            yield Problem((*steps, section, index, identity[-1]), f"{said} is used twice", remedy)
        seen.add(name)


def repeated(steps: Steps, names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each name that stands a second time in a list."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield Problem((*steps, place), f"{name} is named twice", "keep one of the two")
        seen.add(name)


def unknown(steps: Steps, name: str, known: Iterable[str], what: str) -> Iterator[Problem]:
    """Yield a problem when ``name`` is not among ``known``."""
    right = sorted(known)
    if name not in right:
        listed = ", ".join(right[:NAMED_AT_MOST]) + (", …" if len(right) > NAMED_AT_MOST else "")
        yield Problem(steps, f"{name!r} is no {what} of this file", f"known: {listed or 'none is defined'}")


def keys(programme: Programme, section: str) -> set[str]:
    """Return the keys of a section."""
    return {item["key"] for item in programme[section]}
