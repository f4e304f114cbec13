"""How two versions differ: what came, went, moved and changed, and which words of a text. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from agendas.versions.content import Content, Item
from agendas.versions.merge import DROPPED, GONE, HOURS, SEQUENCE, TREATED
from agendas.versions.stored import FIELDS, ORDER

_WORDS = re.compile(r"\s+|[^\w\s]|\w+")


class Fate(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of an item, a commitment, a theme or the order (``subject``), in one of its fields.

    The field is one of an item, ``GONE`` for a thing that came (``before`` is ``None``) or went (``after`` is),
    ``TREATED`` for a commitment that is treated elsewhere, ``SEQUENCE`` for items of one part of the agenda in another
    order, ``DROPPED`` for the reason against a theme; the values are as in conflicts of these fields.
    """

    subject: str
    field: str
    before: Any
    after: Any


def changes(before: Content, after: Content) -> tuple[Change, ...]:
    """Return every difference, in the order of ``after``."""
    return tuple(_changes(before, after))


def in_words(before: str, after: str) -> tuple[tuple[Fate, str], ...]:
    """Return two texts laid over each other word by word, as runs that were kept, are gone or are new."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[tuple[Fate, str]] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(
        a=old, b=new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            runs.append((Fate.KEPT, "".join(old[old_from:old_to])))
        else:
            runs += [
                (fate, "".join(words))
                for fate, words in ((Fate.GONE, old[old_from:old_to]), (Fate.NEW, new[new_from:new_to]))
                if words
            ]
    return tuple(runs)


def _changes(before: Content, after: Content) -> Iterator[Change]:
    was, now = ({item.key: item for item in content.items} for content in (before, after))
    for name in HOURS:
        values = getattr(before.hours, name), getattr(after.hours, name)
        if values[0] != values[1]:
            yield Change(ORDER, name, *values)
    for key, item in now.items():
        if key in was:
            yield from _of_item(was[key], item)
        else:
            yield Change(key, GONE, None, item)
    yield from (Change(key, GONE, item, None) for key, item in was.items() if key not in now)
    yield from _moved(was, now)
    yield from _of_keys(TREATED, before.whereabouts(), after.whereabouts())
    yield from _of_keys(DROPPED, before.dropped_themes, after.dropped_themes)


def _of_item(before: Item, after: Item) -> Iterator[Change]:
    for name in FIELDS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Change(after.key, name, was, now)


def _moved(before: Mapping[str, Item], after: Mapping[str, Item]) -> Iterator[Change]:
    """Yield another order within a part of the agenda; an item in another part has its day or place changed."""
    shared = [key for key, item in after.items() if key in before and before[key].part == item.part]
    for part in dict.fromkeys(after[key].part for key in shared):
        now = [key for key in shared if after[key].part == part]
        was = [key for key in before if key in now]
        if was != now:
            yield Change(ORDER, SEQUENCE, was, now)


def _of_keys(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys([*after, *before]):
        if before.get(key) != after.get(key):
            yield Change(key, name, before.get(key), after.get(key))
