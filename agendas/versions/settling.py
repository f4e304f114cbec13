"""Taking the other value of a conflict in place of the one that stands. Pure.

Every commitment still stands in one place afterwards: what would leave one nowhere is refused, with what to do first.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from agendas.versions.content import Content, Hours, Item, LeftOut, Place
from agendas.versions.merge import DROPPED, GONE, HOURS, RETURNED, SEQUENCE, TREATED, Conflict, in_order
from agendas.versions.rules import drop_theme
from agendas.versions.stored import ORDER, read, written
from scheduler.errors import BadInput
from scheduler.words import Words

NO_ITEM: Words = {
    "en": "the agenda has this item no more",
    "nl": "de agenda heeft dit punt niet meer",
}
NOT_TREATED: Words = {
    "en": "its item is not treated any more",
    "nl": "het punt ervan wordt niet meer behandeld",
}
BRING_BACK: Words = {
    "en": "bring the item back first, or keep what stands",
    "nl": "haal eerst het punt terug, of behoud wat er staat",
}
MOVE_FIRST: Words = {
    "en": "put them under another item first",
    "nl": "zet die eerst onder een ander punt",
}


def taken(content: Content, conflict: Conflict) -> Content:
    """Return the agenda with *theirs* of a conflict, as ``merge`` named it, where *ours* stands.

    Raises ``BadInput`` where that would leave a commitment without a place, or the item is there no more.
    """
    if conflict.subject == ORDER and conflict.field in HOURS:
        hours = {**written(content.hours), conflict.field: written(conflict.theirs)}
        return replace(content, hours=read(Hours, hours))
    take = BY_FIELD.get(conflict.field)
    if take:
        return take(content, conflict.subject, written(conflict.theirs))
    return _field(content, conflict.subject, conflict.field, written(conflict.theirs))


def _field(content: Content, key: str, name: str, theirs: Any) -> Content:
    item = content.item(key)
    if item is None:
        raise _refusal(NO_ITEM, {"en": "keep what stands", "nl": "behoud wat er staat"})
    changed = read(Item, {**written(item), name: theirs})
    if changed.place is Place.DROPPED and item.commitments:
        raise _treats(item.commitments)
    if name == "place" and changed.place is Place.ROOM:
        changed = replace(changed, because={})  # the reason for which it had gone stays behind
    items = (changed if known.key == key else known for known in content.items)
    return replace(content, items=in_order(items))


def _gone(content: Content, key: str, theirs: Any) -> Content:
    here = content.item(key)
    others = [item for item in content.items if item.key != key]
    treats = here.commitments if here else ()
    if theirs is None:
        if treats:
            raise _treats(treats)
        return replace(content, items=tuple(others))
    back = replace(read(Item, theirs), commitments=treats)
    return replace(content, items=in_order((*others, back)))


def _treated(content: Content, commitment: str, theirs: Any) -> Content:
    left = tuple(entry for entry in content.left_out if entry.commitment != commitment)
    where = theirs if isinstance(theirs, str) else None
    if where:
        item = content.item(where)
        if item is None or item.place is Place.DROPPED:
            raise _refusal(NOT_TREATED, BRING_BACK)
    elif theirs:
        left += (read(LeftOut, theirs),)
    items = []
    for item in content.items:
        kept = tuple(key for key in item.commitments if key != commitment)
        items.append(replace(item, commitments=(*kept, commitment) if item.key == where else kept))
    return replace(content, items=tuple(items), left_out=left)


def _sequence(content: Content, _: str, keys: list[str]) -> Content:
    rank = {key: number for number, key in enumerate(keys)}
    ranked = sorted((item for item in content.items if item.key in rank), key=lambda item: rank[item.key])
    order = iter(ranked)
    items = (next(order) if item.key in rank else item for item in content.items)
    return replace(content, items=in_order(items))


def _dropped(content: Content, theme: str, because: Mapping[str, str] | None) -> Content:
    return drop_theme(content, theme, because or {})


def _returned(content: Content, _: str, __: Any) -> Content:
    return content


def _treats(commitments: Iterable[str]) -> BadInput:
    keys = ", ".join(commitments)
    return _refusal({"en": f"it treats {keys}", "nl": f"het behandelt {keys}"}, MOVE_FIRST)


def _refusal(why: Words, remedy: Words) -> BadInput:
    return BadInput(why, place="conflict", remedy=remedy)


BY_FIELD: Mapping[str, Callable[[Content, str, Any], Content]] = {
    GONE: _gone,
    RETURNED: _returned,
    TREATED: _treated,
    SEQUENCE: _sequence,
    DROPPED: _dropped,
}
"""The fields that are not simply one of an item, or of the hours."""
