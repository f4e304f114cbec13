"""Three versions of an agenda become one, item by item: no edit of either side is lost without a name. Pure.

``base`` is what both others were made from. A value that one of them changed is taken; where both changed it, and
differently, *ours* stands and a ``Conflict`` names both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from agendas.versions.content import LEFT_OUT, Content, Item, LeftOut, Place
from agendas.versions.stored import FIELDS, ORDER

GONE = "gone"
"""The field of a conflict over an item that one removed and the other changed; the value of who removed it is None."""

TREATED = "treated"
"""The field of a conflict over where a commitment is treated: keys of items, ``LEFT_OUT``, or None for nowhere."""

SEQUENCE = "sequence"
"""The field of a conflict over the order of items; its values are lists of their keys."""

BECAUSE = "because"
DROPPED = "dropped"


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
    """Return ``ours`` with the changes that lead from ``base`` to ``theirs``."""
    conflicts: list[Conflict] = []
    standing = _items(base, ours, theirs, conflicts)
    treated = _treated(base, ours, theirs, conflicts)
    for where in dict.fromkeys(treated.values()):
        if where is not None and where != LEFT_OUT and where not in standing:
            standing[where] = _brought_back(where, ours, theirs, conflicts)
    conflicts += [
        Conflict(key, TREATED, None, None, where)
        for key, where in treated.items()
        if where in standing and standing[where].place is Place.DROPPED
    ]
    content = Content(
        hours=_value(ORDER, "hours", base.hours, ours.hours, theirs.hours, conflicts),
        items=in_order(
            replace(standing[key], commitments=_commitments(key, treated, ours.item(key), theirs.item(key)))
            for key in _order(base, ours, theirs, standing, conflicts)
        ),
        left_out=_left_out((base, ours, theirs), treated, conflicts),
        dropped_themes=_dropped_themes(base, ours, theirs, conflicts),
    )
    return Merged(content, tuple(conflicts))


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items as they are kept: those in the room day by day, then those in writing, then the dropped ones."""
    places = list(Place)
    return tuple(
        sorted(
            items, key=lambda item: (places.index(item.place), item.day if item.place is Place.ROOM else 0)
        )
    )


def _items(base: Content, ours: Content, theirs: Content, conflicts: list[Conflict]) -> dict[str, Item]:
    """Return the items that stand, by key, with everything but their commitments merged."""
    standing: dict[str, Item] = {}
    for key in dict.fromkeys(item.key for content in (ours, theirs) for item in content.items):
        before, here, there = base.item(key), ours.item(key), theirs.item(key)
        if here and there:
            standing[key] = _item(before, here, there, conflicts)
        elif here and (before is None or _edited(before, here)):
            standing[key] = here
            if before:
                conflicts.append(Conflict(key, GONE, before, here, None))
        elif there and before is None:
            standing[key] = there
        elif there and before and _edited(before, there):
            conflicts.append(Conflict(key, GONE, before, None, there))
    return standing


def _item(before: Item | None, here: Item, there: Item, conflicts: list[Conflict]) -> Item:
    values: dict[str, Any] = {}
    for name in FIELDS:
        was = getattr(before, name) if before else None
        values[name] = _value(here.key, name, was, getattr(here, name), getattr(there, name), conflicts)
    was_stale = set(before.stale) if before else set()
    looked_at = was_stale - (set(here.stale) & set(there.stale))
    return replace(here, **values, stale=tuple(sorted({*here.stale, *there.stale} - looked_at)))


def _value(subject: str, name: str, was: Any, here: Any, there: Any, conflicts: list[Conflict]) -> Any:
    if here in (was, there):
        return there
    if there != was:
        conflicts.append(Conflict(subject, name, was, here, there))
    return here


def _edited(before: Item, after: Item) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in FIELDS)


def _treated(
    base: Content, ours: Content, theirs: Content, conflicts: list[Conflict]
) -> dict[str, str | None]:
    """Return where each commitment is treated: an item's key, ``LEFT_OUT``, or ``None`` for nowhere any more."""
    was, here, there = (dict(content.treated()) for content in (base, ours, theirs))
    return {
        key: _value(key, TREATED, was.get(key), here.get(key), there.get(key), conflicts)
        for key in dict.fromkeys([*here, *there])
    }


def _brought_back(where: str, ours: Content, theirs: Content, conflicts: list[Conflict]) -> Item:
    """Return an item that one side removed, because a commitment that the other put there is treated nowhere else."""
    here, there = ours.item(where), theirs.item(where)
    if not any((known.subject, known.field) == (where, GONE) for known in conflicts):
        conflicts.append(Conflict(where, GONE, here or there, here, there))
    found = here or there
    if found is None:
        raise LookupError(f"a commitment is treated under {where}, which is no item")
    return found


def _commitments(
    item: str, treated: Mapping[str, str | None], *as_ordered_in: Item | None
) -> tuple[str, ...]:
    known = [key for version in as_ordered_in if version for key in version.commitments]
    return tuple(key for key in dict.fromkeys([*known, *treated]) if treated.get(key) == item)


def _left_out(
    versions: tuple[Content, Content, Content],
    treated: Mapping[str, str | None],
    conflicts: list[Conflict],
) -> tuple[LeftOut, ...]:
    was, here, there = ({left.commitment: left for left in content.left_out} for content in versions)
    result = []
    for key in dict.fromkeys([*here, *there]):
        if treated.get(key) != LEFT_OUT:
            continue
        if key in here and key in there:
            result.append(_value(key, BECAUSE, was.get(key), here[key], there[key], conflicts))
        else:
            result.append(here[key] if key in here else there[key])
    return tuple(result)


def _dropped_themes(
    base: Content, ours: Content, theirs: Content, conflicts: list[Conflict]
) -> dict[str, Any]:
    was, here, there = (content.dropped_themes for content in (base, ours, theirs))
    values = {
        key: _value(key, DROPPED, was.get(key), here.get(key), there.get(key), conflicts)
        for key in dict.fromkeys([*here, *there])
    }
    return {key: value for key, value in values.items() if value is not None}


def _order(
    base: Content,
    ours: Content,
    theirs: Content,
    standing: Mapping[str, Item],
    conflicts: list[Conflict],
) -> list[str]:
    """Return the keys in order: that of whoever reordered, with the other's own items behind their neighbours."""
    was, here, there = (
        [item.key for item in content.items if item.key in standing] for content in (base, ours, theirs)
    )
    shared = set(was) & set(here) & set(there)
    before, mine, yours = ([key for key in keys if key in shared] for keys in (was, here, there))
    leading, other = (there, here) if mine == before else (here, there)
    if mine != before and yours not in (before, mine):
        conflicts.append(Conflict(ORDER, SEQUENCE, before, mine, yours))
    result = list(leading)
    for index, key in enumerate(other):
        if key not in result:
            neighbours = [earlier for earlier in other[:index] if earlier in result]
            result.insert(result.index(neighbours[-1]) + 1 if neighbours else 0, key)
    return result
