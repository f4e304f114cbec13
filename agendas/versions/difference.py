"""How two versions differ: what came, went, moved and changed, and which words of a text. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from agendas.versions.content import Content, Item
from agendas.versions.merge import BECAUSE, DROPPED, GONE, SEQUENCE, TREATED
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
    ``TREATED`` for a commitment that is treated elsewhere, ``SEQUENCE`` for items in another order.
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
    for name in ("first_day", "start", "minutes", "days", "host"):
        values = getattr(before.hours, name), getattr(after.hours, name)
        if values[0] != values[1]:
            yield Change(ORDER, name, *values)
    for key, item in now.items():
        if key in was:
            yield from _of_item(was[key], item)
        else:
            yield Change(key, GONE, None, item.title)
    yield from (Change(key, GONE, item.title, None) for key, item in was.items() if key not in now)
    yield from _moved(list(was), list(now))
    where_was, where_is = (dict(content.treated()) for content in (before, after))
    for key in dict.fromkeys([*where_is, *where_was]):
        if where_was.get(key) != where_is.get(key):
            yield Change(key, TREATED, where_was.get(key), where_is.get(key))
    yield from _of_reasons(before, after)
    for theme in dict.fromkeys([*after.dropped_themes, *before.dropped_themes]):
        reasons = before.dropped_themes.get(theme), after.dropped_themes.get(theme)
        if reasons[0] != reasons[1]:
            yield Change(theme, DROPPED, *reasons)


def _of_item(before: Item, after: Item) -> Iterator[Change]:
    for name in FIELDS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Change(after.key, name, was, now)


def _moved(before: list[str], after: list[str]) -> Iterator[Change]:
    shared = set(before) & set(after)
    was, now = ([key for key in keys if key in shared] for keys in (before, after))
    if was != now:
        yield Change(ORDER, SEQUENCE, was, now)


def _of_reasons(before: Content, after: Content) -> Iterator[Change]:
    was = {left.commitment: left for left in before.left_out}
    for left in after.left_out:
        known = was.get(left.commitment)
        if known and known != left:
            yield Change(left.commitment, BECAUSE, known.because, left.because)
