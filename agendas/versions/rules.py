"""What can be done to an agenda by hand, and what is wrong with one. Pure: a version goes in, another comes out.

Every commitment stays in exactly one place through every edit; words in one language that change leave the others
waiting for a look; nothing that the other side has seen is removed, only dropped, with a reason that both agree to.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from agendas.versions.content import LEFT_OUT, Content, Item, LeftOut, LeftOutReason, Place, Wanted
from agendas.versions.merge import in_order
from agendas.versions.stored import IN_LANGUAGES
from scheduler.errors import BadInput, NotFound
from scheduler.typed import not_known, one_of
from scheduler.words import LANGUAGES, Words, say

WANTED: tuple[Wanted, ...] = get_args(Wanted)
ADDED = "added"
"""The kind of an item that somebody added; the other kinds are those of drafting."""

OF_THEME, IN_WRITING = "theme/", "written/"
"""How the key of a theme's item begins, and before it that of what of it is in writing."""

DEFERRED: LeftOutReason = "deferred"
"""Why people leave out what drafting did not: both sides agree to it with the running order."""

LONGEST_ITEM = 24 * 60
"""Minutes."""

WHY_LEFT_OUT: Words = {
    "en": "say why it is left for a later round; both sides agree to it",
    "nl": "zeg waarom het naar een latere ronde gaat; beide zijden stemmen ermee in",
}
WHY_NOT_IN_ROOM: Words = {
    "en": "say why; both sides agree to it",
    "nl": "zeg waarom; beide zijden stemmen ermee in",
}


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Commitments that break the rule of one place each."""

    twice: tuple[str, ...]
    nowhere: tuple[str, ...]
    not_open: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.twice or self.nowhere or self.not_open)


def edit(content: Content, key: str, *, same: Collection[str] = (), **values: Any) -> Content:
    """Return the agenda with new values for an item; texts that were not touched in a language become stale there.

    ``same`` are the languages whose words still say the same, by whoever edits. Raises ``BadInput`` naming the field
    and ``NotFound`` for no such item.
    """
    item = the_item(content, key)
    _check(content, item, values)
    edited = replace(item, **values)
    changed = _with(content, replace(edited, stale=_stale(item, edited, same)))
    return replace(changed, items=in_order(changed.items))


def looked_at(content: Content, key: str, language: str) -> Content:
    """Return the agenda with an item whose words in a language somebody found to say the same as the others."""
    item = the_item(content, key)
    return _with(content, replace(item, stale=tuple(other for other in item.stale if other != language)))


def add(content: Content, item: Item, after: str | None = None) -> Content:
    """Return the agenda with one item more, behind ``after`` or at the end of its day's subjects."""
    if content.item(item.key):
        raise BadInput(
            {"en": f"there is an item {item.key} already", "nl": f"er is al een punt {item.key}"},
            place="key",
            remedy={"en": "edit that one", "nl": "bewerk dat punt"},
        )
    _check(content, item, {name: getattr(item, name) for name in ("title", "minutes", "day", "wanted")})
    known = set(content.whereabouts()) & set(item.commitments)
    if known:
        elsewhere = ", ".join(sorted(known))
        raise BadInput(
            {"en": f"treated elsewhere: {elsewhere}", "nl": f"elders behandeld: {elsewhere}"},
            place="commitments",
            remedy={"en": "put them here afterwards", "nl": "zet die daarna hier"},
        )
    items = list(content.items)
    position = _position(content, after) + 1 if after else _behind_the_subjects(content, item.day)
    items.insert(position, replace(item, stale=_missing(item.title)))
    return replace(content, items=in_order(items))


def move(content: Content, key: str, steps: int) -> Content:
    """Return the agenda with an item moved by so many places, within what is treated in the same way on its day."""
    item = the_item(content, key)
    siblings = [other.key for other in content.items if other.part == item.part]
    index = siblings.index(key)
    aim = min(max(index + steps, 0), len(siblings) - 1)
    siblings.insert(aim, siblings.pop(index))
    order = iter(siblings)
    by_key = {other.key: other for other in content.items}
    return replace(
        content,
        items=tuple(by_key[next(order)] if other.key in siblings else other for other in content.items),
    )


def put(content: Content, commitment: str, where: str, because: Words | None = None) -> Content:
    """Return the agenda with a commitment treated under another item, or left out with a reason.

    Raises ``NotFound`` for a commitment or an item that it does not have, ``BadInput`` for leaving out without reason.
    """
    if commitment not in dict(content.treated()):
        raise NotFound(
            {
                "en": f"the agenda knows no commitment {commitment}",
                "nl": f"de agenda kent geen afspraak {commitment}",
            }
        )
    if where == LEFT_OUT:
        _need(because, "because", WHY_LEFT_OUT)
    elif (target := the_item(content, where)).place is Place.DROPPED:
        raise BadInput(
            {
                "en": f"“{say(target.title, 'en')}” is dropped",
                "nl": f"“{say(target.title, 'nl')}” is vervallen",
            },
            place="where",
            remedy={
                "en": "put it under an item that is treated",
                "nl": "zet het onder een punt dat wordt behandeld",
            },
        )
    items = []
    for item in content.items:
        kept = tuple(key for key in item.commitments if key != commitment)
        items.append(replace(item, commitments=(*kept, commitment) if item.key == where else kept))
    left = tuple(entry for entry in content.left_out if entry.commitment != commitment)
    if where == LEFT_OUT and because is not None:
        left += (LeftOut(commitment, DEFERRED, because),)
    return replace(content, items=tuple(items), left_out=left)


def place(content: Content, key: str, where: Place, because: Words | None = None) -> Content:
    """Return the agenda with an item treated in the room, in writing, or dropped; the latter two with a reason.

    What a dropped item treats is left out for the same reason, which also stands for a theme that nothing else treats;
    bringing it back takes the theme's reason back. Raises ``BadInput`` where a reason is missing.
    """
    item = the_item(content, key)
    if where is not Place.ROOM:
        _need(because, "because", WHY_NOT_IN_ROOM)
    left = item.commitments if where is Place.DROPPED else ()
    for commitment in left:
        content = put(content, commitment, LEFT_OUT, because)
    # A reason that no longer holds must not go with the item to the other side.
    why, minutes = ({}, item.minutes) if where is Place.ROOM else (because or {}, 0)
    placed = replace(the_item(content, key), place=where, because=why, minutes=minutes)
    changed = _with(content, replace(placed, stale=_stale(item, placed, ())))
    return _reason_of_theme(replace(changed, items=in_order(changed.items)), placed)


def remove(content: Content, key: str) -> Content:
    """Return the agenda without an item that treats no commitment; for what the other side has never seen."""
    item = the_item(content, key)
    if item.commitments:
        raise BadInput(
            {
                "en": f"“{say(item.title, 'en')}” treats {', '.join(item.commitments)}",
                "nl": f"“{say(item.title, 'nl')}” behandelt {', '.join(item.commitments)}",
            },
            place="item",
            remedy={
                "en": "put them under another item, in writing, or leave them out with a reason first",
                "nl": "zet die eerst onder een ander punt of schriftelijk, of laat ze met reden weg",
            },
        )
    return replace(content, items=tuple(known for known in content.items if known.key != key))


def drop_theme(content: Content, theme: str, because: Words) -> Content:
    """Return the agenda with the reason for which a theme of the meeting is not treated; an empty one takes it back."""
    others = {key: reason for key, reason in content.dropped_themes.items() if key != theme}
    said = {language: text for language, text in because.items() if text.strip()}
    return replace(content, dropped_themes={**others, theme: said} if said else others)


def spare_minutes(content: Content) -> tuple[int, ...]:
    """Return for each day the minutes that no item takes; negative where the items take more than there are."""
    taken = Counter[int]()
    for item in content.in_room:
        taken[item.day] += item.minutes
    return tuple(content.hours.minutes - taken[day] for day in range(content.hours.days))


def misplaced(content: Content, expected: Collection[str]) -> Misplaced:
    """Return what breaks the rule that each open commitment stands in exactly one place; ``expected`` are the open."""
    counted = Counter(commitment for commitment, _ in content.treated())
    return Misplaced(
        twice=tuple(key for key, count in counted.items() if count > 1),
        nowhere=tuple(key for key in expected if key not in counted),
        not_open=tuple(key for key in counted if key not in expected),
    )


def the_item(content: Content, key: str) -> Item:
    """Return an item; raise ``NotFound`` that names those there are."""
    item = content.item(key)
    if item is None:
        raise NotFound(
            {"en": f"the agenda has no item {key}", "nl": f"de agenda heeft geen punt {key}"},
            remedy=one_of(known.key for known in content.items),
        )
    return item


def _reason_of_theme(content: Content, placed: Item) -> Content:
    """Return the agenda with why a theme is not treated, once nothing of it is; a topic may still be of the theme."""
    subject = placed.key.removeprefix(IN_WRITING)
    theme = subject.removeprefix(OF_THEME)
    if theme == subject or placed.kind == "continued":
        return content
    alive = [item for item in content.items if item.place is not Place.DROPPED]
    treated = any(item.kind == "topic" or item.key in (subject, IN_WRITING + subject) for item in alive)
    return drop_theme(content, theme, {} if treated else placed.because)


def _with(content: Content, item: Item) -> Content:
    return replace(content, items=tuple(item if known.key == item.key else known for known in content.items))


def _check(content: Content, item: Item, values: Mapping[str, Any]) -> None:
    if "title" in values and not any(text.strip() for text in values["title"].values()):
        raise BadInput(
            {"en": "an item needs a title", "nl": "een punt heeft een titel nodig"},
            place="title",
            remedy={"en": "give it in at least one language", "nl": "geef die in ten minste één taal"},
        )
    minutes = values.get("minutes", 0)
    if not 0 <= minutes <= LONGEST_ITEM:
        raise BadInput(
            {"en": f"{minutes} minutes", "nl": f"{minutes} minuten"},
            place="minutes",
            remedy={
                "en": f"a whole number from 0 to {LONGEST_ITEM}",
                "nl": f"een geheel getal van 0 tot en met {LONGEST_ITEM}",
            },
        )
    day = values.get("day", 0)
    if not 0 <= day < content.hours.days:
        raise BadInput(
            {"en": f"there is no day {day + 1}", "nl": f"er is geen dag {day + 1}"},
            place="day",
            remedy={"en": f"from 1 to {content.hours.days}", "nl": f"van 1 tot en met {content.hours.days}"},
        )
    wanted = values.get("wanted")
    if wanted is not None and wanted not in WANTED:
        raise BadInput(not_known(str(wanted)), place="wanted", remedy=one_of(WANTED))
    if values.get("place", item.place) is not item.place:
        raise BadInput(
            {
                "en": "an item is placed elsewhere with a reason",
                "nl": "een punt gaat met een reden naar elders",
            },
            place="place",
            remedy={"en": "give the reason", "nl": "geef de reden"},
        )


def _stale(before: Item, after: Item, same: Collection[str]) -> tuple[str, ...]:
    """Return the languages that wait for a look: those not edited where another one was.

    Words that waited and are edited follow the others, which so have nothing to wait for.
    """
    waiting, seen = set[str](), set[str]()
    for name in IN_LANGUAGES:
        was, now = getattr(before, name), getattr(after, name)
        touched = {language for language in LANGUAGES if was.get(language, "") != now.get(language, "")}
        said = {language for language in touched if now.get(language)}
        seen |= said
        if touched - set(before.stale) and any(now.values()):
            waiting |= set(LANGUAGES) - (said or touched)
    stale = (set(before.stale) - seen) | waiting | set(_missing(after.title))
    return tuple(sorted(stale - set(same)))


def _missing(title: Words) -> tuple[str, ...]:
    return tuple(language for language in LANGUAGES if not title.get(language, "").strip())


def _need(because: Words | None, where: str, remedy: Words) -> None:
    if not any(text.strip() for text in (because or {}).values()):
        raise BadInput(
            {"en": "this needs a reason", "nl": "hiervoor is een reden nodig"}, place=where, remedy=remedy
        )


def _position(content: Content, key: str) -> int:
    the_item(content, key)
    return [item.key for item in content.items].index(key)


def _behind_the_subjects(content: Content, day: int) -> int:
    """Return the place before what closes a day: any other business, the next date, the readout."""
    closing = ("other_business", "next_round", "readout", "conclusions", "evaluation")
    for index, item in enumerate(content.items):
        if item.place is not Place.ROOM or item.day > day or (item.day == day and item.kind in closing):
            return index
    return len(content.items)
