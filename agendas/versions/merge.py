"""Three versions of an agenda become one, item by item: no edit of either side is lost without a name. Pure.

``base`` is what both others were made from. A value that one of them changed is taken; where both changed it, and
differently, *ours* stands and a ``Conflict`` names both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from agendas.versions.content import Content, Hours, Item, LeftOut, Place
from agendas.versions.stored import FIELDS, IN_LANGUAGES, ORDER
from scheduler.words import Words

GONE = "gone"
"""The field of a conflict over an item that one removed and the other changed; the value of who removed it is None."""

RETURNED = "returned"
"""The field of a conflict over an item that one removed or dropped and that stands, as it treats a commitment.

The other put the commitment there, and it is treated nowhere else. There is nothing to choose, only to know.
"""

TREATED = "treated"
"""The field of a conflict over where a commitment is treated: a key of an item, a ``LeftOut``, or None for nowhere."""

SEQUENCE = "sequence"
"""The field of a conflict over the order of items within one part of the agenda; its values are lists of their keys."""

DROPPED = "dropped"
"""The field of a conflict over the reason for which a theme is not treated."""

HOURS = tuple(field.name for field in fields(Hours))
"""The fields of a conflict over the hours; their subject is the running order."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed, and differently: ``ours`` is what stands. ``subject`` is an item, a commitment or a theme."""

    subject: str
    field: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The result, and what a person must look at."""

    content: Content
    conflicts: tuple[Conflict, ...]


def merge(base: Content, ours: Content, theirs: Content) -> Merged:
    """Return ``ours`` with the changes that lead from ``base`` to ``theirs``.

    In each of them a commitment stands in one place at most, and under no item that is dropped; so it does in the
    result.
    """
    conflicts: list[Conflict] = []
    versions = base, ours, theirs
    where = _whereabouts(versions, conflicts)
    standing = _items(versions, where, conflicts)
    content = Content(
        hours=_hours(versions, conflicts),
        items=tuple(
            replace(standing[key], commitments=_commitments(key, versions, where))
            for key in _order(versions, standing, conflicts)
        ),
        left_out=_left_out(versions, where),
        dropped_themes=_dropped_themes(versions, conflicts),
    )
    return Merged(content, tuple(conflicts))


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items as they are kept: those in the room day by day, then those in writing, then the dropped ones."""
    return tuple(sorted(items, key=lambda item: item.part))


Versions = tuple[Content, Content, Content]
"""Base, ours, theirs."""

Where = str | LeftOut | None


def _value(subject: str, name: str, values: Sequence[Any], conflicts: list[Conflict]) -> Any:
    was, here, there = values
    if here in (was, there):
        return there
    if there != was:
        conflicts.append(Conflict(subject, name, was, here, there))
    return here


def _whereabouts(versions: Versions, conflicts: list[Conflict]) -> dict[str, Where]:
    was, here, there = (content.whereabouts() for content in versions)
    return {
        key: _value(key, TREATED, (was.get(key), here.get(key), there.get(key)), conflicts)
        for key in dict.fromkeys([*here, *there])
    }


def _items(versions: Versions, where: Mapping[str, Where], conflicts: list[Conflict]) -> dict[str, Item]:
    """Return the items that stand, by key, with everything but their commitments merged."""
    needed = {place for place in where.values() if isinstance(place, str)}
    was, here, there = ({item.key: item for item in content.items} for content in versions)
    standing: dict[str, Item] = {}
    for key in dict.fromkeys([*here, *there]):
        before, mine, yours = was.get(key), here.get(key), there.get(key)
        if mine and yours:
            standing[key] = _of_both(before, mine, yours, conflicts, is_needed=key in needed)
            continue
        found = mine or yours
        if found is None:
            continue
        if before is None or key in needed:
            standing[key] = found
        if before and (key in needed or _edited(before, found)):
            conflicts.append(Conflict(key, RETURNED if key in needed else GONE, before, mine, yours))
            if mine:
                standing[key] = mine
    return standing


def _edited(before: Item, after: Item) -> bool:
    """Tell whether an item was changed, or commitments were put under it."""
    return bool(set(after.commitments) - set(before.commitments)) or any(
        getattr(before, name) != getattr(after, name) for name in FIELDS
    )


def _of_both(
    before: Item | None,
    mine: Item,
    yours: Item,
    conflicts: list[Conflict],
    *,
    is_needed: bool,
) -> Item:
    found: list[Conflict] = []
    item = _item(before, mine, yours, found)
    if item.place is Place.DROPPED and is_needed:
        treats = yours if mine.place is Place.DROPPED else mine
        placing = ("place", "minutes", "because")
        item = replace(item, **{name: getattr(treats, name) for name in placing})
        found = [conflict for conflict in found if conflict.field not in placing]
        found.append(Conflict(item.key, RETURNED, before, mine, yours))
    conflicts += found
    return item


def _item(before: Item | None, mine: Item, yours: Item, conflicts: list[Conflict]) -> Item:
    values: dict[str, Any] = {}
    for name in FIELDS:
        was = getattr(before, name) if before else None
        kept = was, getattr(mine, name), getattr(yours, name)
        values[name] = (_words if name in IN_LANGUAGES else _value)(mine.key, name, kept, conflicts)
    was_stale = set(before.stale) if before else set()
    looked_at = was_stale - (set(mine.stale) & set(yours.stale))
    return replace(mine, **values, stale=tuple(sorted({*mine.stale, *yours.stale} - looked_at)))


def _words(subject: str, name: str, values: Sequence[Words | None], conflicts: list[Conflict]) -> Words:
    """Return a text with each language merged by itself; a conflict has on either side what the other left alone."""
    was, here, there = (value or {} for value in values)
    ours: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for language in dict.fromkeys([*here, *there]):
        clash: list[Conflict] = []
        texts = was.get(language), here.get(language), there.get(language)
        mine = _value(subject, name, texts, clash)
        yours = texts[2] if clash else mine
        ours |= {language: mine} if mine is not None else {}
        theirs |= {language: yours} if yours is not None else {}
    if ours != theirs:
        conflicts.append(Conflict(subject, name, was, ours, theirs))
    return ours


def _hours(versions: Versions, conflicts: list[Conflict]) -> Hours:
    values = {
        name: _value(ORDER, name, [getattr(content.hours, name) for content in versions], conflicts)
        for name in HOURS
    }
    return Hours(**values)


def _commitments(item: str, versions: Versions, where: Mapping[str, Where]) -> tuple[str, ...]:
    found = (content.item(item) for content in versions)
    keys = ([key for key in (one.commitments if one else ()) if where.get(key) == item] for one in found)
    return tuple(_laid(*keys))


def _left_out(versions: Versions, where: Mapping[str, Where]) -> tuple[LeftOut, ...]:
    standing = {key: place for key, place in where.items() if isinstance(place, LeftOut)}
    keys = (
        [left.commitment for left in content.left_out if left.commitment in standing] for content in versions
    )
    return tuple(standing[key] for key in _laid(*keys))


def _dropped_themes(versions: Versions, conflicts: list[Conflict]) -> dict[str, Words]:
    was, here, there = (content.dropped_themes for content in versions)
    values = {
        key: _value(key, DROPPED, (was.get(key), here.get(key), there.get(key)), conflicts)
        for key in dict.fromkeys([*here, *there])
    }
    return {key: value for key, value in values.items() if value is not None}


def _order(versions: Versions, standing: Mapping[str, Item], conflicts: list[Conflict]) -> list[str]:
    """Return the keys in order, part by part of the agenda; who moved an item to another part also says where there."""
    result: list[str] = []
    for part in sorted({item.part for item in standing.values()}):
        members = [key for key, item in standing.items() if item.part == part]
        keys = [
            [item.key for item in content.items if item.key in members and item.part == part]
            for content in versions
        ]
        before, mine, yours = _shared(*keys)
        if mine != before and yours not in (before, mine):
            conflicts.append(Conflict(ORDER, SEQUENCE, before, mine, yours))
        laid = _laid(*keys)
        result += [*laid, *(key for key in members if key not in laid)]
    return result


def _shared(was: list[str], here: list[str], there: list[str]) -> tuple[list[str], list[str], list[str]]:
    shared = set(was) & set(here) & set(there)
    before, mine, yours = ([key for key in keys if key in shared] for keys in (was, here, there))
    return before, mine, yours


def _laid(was: list[str], here: list[str], there: list[str]) -> list[str]:
    """Return all of ours and theirs in the order of who reordered, the other's own behind their neighbours."""
    before, mine, _ = _shared(was, here, there)
    leading, other = (there, here) if mine == before else (here, there)
    result = list(leading)
    for index, key in enumerate(other):
        if key not in result:
            neighbours = [earlier for earlier in other[:index] if earlier in result]
            result.insert(result.index(neighbours[-1]) + 1 if neighbours else 0, key)
    return result
