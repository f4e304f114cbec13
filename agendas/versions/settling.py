"""Taking the other value of a conflict in place of the one that stands. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agendas.versions.content import LEFT_OUT, Content, Hours, Item, LeftOut
from agendas.versions.merge import BECAUSE, DROPPED, GONE, SEQUENCE, TREATED, Conflict, in_order
from agendas.versions.rules import DEFERRED, drop_theme
from agendas.versions.stored import read, written


def taken(content: Content, conflict: Conflict) -> Content:
    """Return the agenda with *theirs* of a conflict, as ``merge`` named it, where *ours* stands."""
    item = content.item(conflict.subject)
    if item and conflict.field not in BY_FIELD:
        changed = read(Item, {**written(item), conflict.field: written(conflict.theirs)})
        return replace(
            content,
            items=in_order(changed if known.key == item.key else known for known in content.items),
        )
    take = BY_FIELD.get(conflict.field)
    return take(content, conflict.subject, conflict.theirs) if take else content


def _gone(content: Content, key: str, theirs: Any) -> Content:
    others = tuple(item for item in content.items if item.key != key)
    if theirs is None:
        return replace(content, items=others)
    back = replace(read(Item, written(theirs)), commitments=())
    return replace(content, items=in_order((*others, back)))


def _treated(content: Content, commitment: str, where: str | None) -> Content:
    items = tuple(
        replace(
            item,
            commitments=(
                *(key for key in item.commitments if key != commitment),
                *((commitment,) if item.key == where else ()),
            ),
        )
        for item in content.items
    )
    left = tuple(entry for entry in content.left_out if entry.commitment != commitment)
    if where == LEFT_OUT:
        left += (LeftOut(commitment, DEFERRED, {"en": "left out", "nl": "weggelaten"}),)
    return replace(content, items=items, left_out=left)


def _sequence(content: Content, _: str, keys: list[str]) -> Content:
    rank = {key: number for number, key in enumerate(keys)}
    ranked = sorted((item for item in content.items if item.key in rank), key=lambda item: rank[item.key])
    order = iter(ranked)
    items = (next(order) if item.key in rank else item for item in content.items)
    return replace(content, items=in_order(items))


def _because(content: Content, commitment: str, theirs: Any) -> Content:
    """The reason for leaving out a commitment, or for treating an item elsewhere."""
    item = content.item(commitment)
    if item:
        changed = replace(item, because=theirs)
        items = tuple(changed if known.key == item.key else known for known in content.items)
        return replace(content, items=items)
    left = read(LeftOut, written(theirs))
    return replace(
        content,
        left_out=tuple(left if known.commitment == commitment else known for known in content.left_out),
    )


def _dropped(content: Content, theme: str, because: Mapping[str, str] | None) -> Content:
    return drop_theme(content, theme, because or {})


def _hours(content: Content, _: str, theirs: Any) -> Content:
    return replace(content, hours=read(Hours, written(theirs)))


BY_FIELD: Mapping[str, Callable[[Content, str, Any], Content]] = {
    GONE: _gone,
    TREATED: _treated,
    SEQUENCE: _sequence,
    BECAUSE: _because,
    DROPPED: _dropped,
    "hours": _hours,
}
"""The fields that are not simply one of an item."""
