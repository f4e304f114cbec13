"""Who has agreed to what of an agenda, and what is still open before it can be frozen. Pure.

Nothing is agreed by silence: a side agrees to what an item says, as it says it. Another wording has another digest, so
an edit opens again what it changed and nothing else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from agendas.drafting.facts import Facts
from agendas.versions.content import Content, Item, Place
from agendas.versions.merge import in_order
from agendas.versions.rules import ADDED, misplaced, spare_minutes
from agendas.versions.stored import ORDER, subjects
from scheduler.dates.slots import Slot
from scheduler.errors import BadInput
from scheduler.words import LANGUAGES, Words, say

NONE_FROZEN: Words = {
    "en": "no version of this agenda is frozen",
    "nl": "geen versie van deze agenda is vastgesteld",
}
CHANGED_SINCE_READ: Words = {"en": "changed since you read it", "nl": "gewijzigd sinds u het las"}
BOTH_THEN_EITHER: Words = {
    "en": "both sides agree, then either freezes it",
    "nl": "beide zijden stemmen in, daarna stelt één van beide vast",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A side's agreement to what a subject says: to its digest. ``at`` is an instant (UTC)."""

    subject: str
    digest: str
    side: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one subject stands: an item by its key, or the running order. ``waits_for`` are sides yet to agree."""

    subject: str
    digest: str
    signatures: tuple[Signature, ...]
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an agenda cannot be frozen yet; ``subject`` is the item, theme or commitment, or empty for the whole."""

    kind: str
    words: Words
    subject: str = ""


def standing(
    content: Content, signatures: Collection[Signature], sides: Collection[str]
) -> tuple[Standing, ...]:
    """Return where each subject of a version stands, in the order of the agenda, the running order last."""
    result = []
    for subject, now in subjects(content).items():
        of_it = [known for known in signatures if (known.subject, known.digest) == (subject, now)]
        by_side = {known.side: known for known in of_it}
        waits = tuple(side for side in sides if side not in by_side)
        result.append(Standing(subject, now, tuple(by_side.values()), waits))
    return tuple(result)


def obstacles(
    content: Content, facts: Facts, open_commitments: Collection[str], stands: Collection[Standing]
) -> tuple[Obstacle, ...]:
    """Return everything that keeps an agenda from being frozen; empty when it can be.

    ``open_commitments`` are those under the meeting's themes today.
    """
    return (
        *_unsigned(content, facts, stands),
        *_misplaced(content, open_commitments),
        *_without_item(content, facts),
        *_stale(content),
        *_overrun(content),
    )


def moved(content: Content, slot: Slot | None) -> tuple[Obstacle, ...]:
    """Return what is said of an agenda whose meeting stands on another day, or begins at another time, by now."""
    hours = content.hours
    if (
        slot is None
        or hours.first_day is None
        or (hours.first_day, hours.start) == (slot.first_day, slot.start or hours.start)
    ):
        return ()
    return (Obstacle("moved", MOVED),)


def signed_by(stands: Collection[Standing], sides: Collection[str]) -> dict[str, Any]:
    """Return who agreed for each side and when, as a frozen version keeps it: the last agreement, and each one."""
    result: dict[str, Any] = {}
    for side in sides:
        own = {
            stand.subject: signature
            for stand in stands
            for signature in stand.signatures
            if signature.side == side
        }
        last = max(own.values(), key=lambda signature: signature.at)
        result[side] = {
            **_by_whom(last),
            "subjects": {subject: _by_whom(signature) for subject, signature in own.items()},
        }
    return result


def told(content: Content) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return what the sides tell each other of every subject: the digest of its words, and what waits for a look.

    A look at a translation is told though nothing is agreed to anew: it may be all that a version waits for.
    """
    stale = {item.key: item.stale for item in content.items}
    return {subject: (found, stale.get(subject, ())) for subject, found in subjects(content).items()}


def offered(joint: Content | None, mine: Content, chosen: Collection[str] | None) -> Content:
    """Return the joint agenda with what a side offers of its own: all of it, or the chosen subjects.

    What the other side put on the joint agenda stays where the offer says nothing of it; what is left out, and the
    themes that are dropped, are offered with the running order and not before. Raises ``BadInput`` for a
    subject that is not there to offer, and where a commitment would be treated twice by what is offered.
    """
    before = joint or Content(mine.hours, ())
    keys = {item.key for item in mine.items} | {ORDER} if chosen is None else set(chosen)
    unknown = keys - {item.key for item in mine.items} - {ORDER}
    if unknown:
        missing = ", ".join(sorted(unknown))
        raise BadInput(
            {
                "en": f"your side’s agenda has no {missing}",
                "nl": f"de agenda van uw zijde heeft geen {missing}",
            },
            place="items",
            remedy={"en": "name its items", "nl": "noem punten die erop staan"},
        )
    ordering = ORDER in keys
    items = _offered_items(_without_moved(before, mine, keys), mine, keys)
    result = Content(
        hours=mine.hours if ordering else before.hours,
        items=in_order(items),
        left_out=mine.left_out if ordering else before.left_out,
        dropped_themes=mine.dropped_themes if ordering else before.dropped_themes,
    )
    twice = misplaced(result, ()).twice
    if twice:
        raise BadInput(
            {
                "en": f"{', '.join(twice)} would be treated twice",
                "nl": f"{', '.join(twice)} zou tweemaal worden behandeld",
            },
            place="items",
            remedy={
                "en": "offer the item that it was under together with the one it is under now",
                "nl": "stel het punt waar het onder stond samen voor met het punt waar het nu onder staat",
            },
        )
    return result


def called(content: Content, subject: str) -> Words:
    """Return what people call a subject of an agenda; one that is not there is named by its key."""
    if subject == ORDER:
        return RUNNING_ORDER
    item = content.item(subject)
    return item.title if item else dict.fromkeys(LANGUAGES, subject)


def changed_since_read(content: Content, outdated: Collection[str]) -> Words:
    """What is said where somebody would agree to subjects whose words are others by now."""
    return {
        language: f"{said}: {', '.join(f'“{say(called(content, subject), language)}”' for subject in outdated)}"
        for language, said in CHANGED_SINCE_READ.items()
    }


def not_frozen(number: int) -> Words:
    """What is said of a version that both sides have not frozen."""
    return {"en": f"version {number} is not frozen", "nl": f"versie {number} is niet vastgesteld"}


def no_joint_version(number: int) -> Words:
    """What is said of a number that no joint version has."""
    return {
        "en": f"there is no joint version {number}",
        "nl": f"er is geen gezamenlijke versie {number}",
    }


def _offered_items(before: Content, mine: Content, keys: Collection[str]) -> list[Item]:
    """Return the items in the order that is offered, else in the joint one: a side's own order is told by no item.

    Those that the one order does not have keep their place behind their neighbour in the other.
    """
    chosen = [item for item in mine.items if item.key in keys]
    known = {item.key: item for item in before.items}
    standing = known | {item.key: item for item in chosen if item.key in known or not _is_given_up(item)}
    leading, other = (mine, before) if ORDER in keys else (before, mine)
    order = [item.key for item in leading.items if item.key in standing]
    for index, item in enumerate(other.items):
        if item.key in standing and item.key not in order:
            behind = {earlier.key for earlier in other.items[:index]}
            positions = [number for number, key in enumerate(order) if key in behind]
            order.insert(positions[-1] + 1 if positions else 0, item.key)
    return [standing[key] for key in order]


def _without_moved(before: Content, mine: Content, keys: Collection[str]) -> Content:
    """Return the joint agenda; items that the side has no more give up what the offer treats, or are dropped."""
    chosen = [item for item in mine.items if item.key in keys]
    treated = {key for item in chosen for key in item.commitments}
    is_whole = ORDER in keys and len(chosen) == len(mine.items)
    items = []
    for item in before.items:
        kept = () if is_whole else tuple(key for key in item.commitments if key not in treated)
        if mine.item(item.key) or kept == item.commitments:
            items.append(item)
        elif kept:
            items.append(replace(item, commitments=kept))
        else:
            items.append(replace(item, commitments=(), place=Place.DROPPED, because=ELSEWHERE, minutes=0))
    return replace(before, items=tuple(items))


def _is_given_up(item: Item) -> bool:
    """Tell whether a side has dropped what it had added itself: of that the other side need never know."""
    return item.kind == ADDED and item.place is Place.DROPPED


def _by_whom(signature: Signature) -> dict[str, str]:
    return {"name": signature.name, "at": signature.at.isoformat()}


def _unsigned(content: Content, facts: Facts, stands: Collection[Standing]) -> list[Obstacle]:
    names = {party.key: party.short for party in facts.parties}
    result = []
    for stand in stands:
        for side in stand.waits_for:
            words = {
                language: text.format(
                    side=say(names[side], language),
                    what=say(called(content, stand.subject), language),
                )
                for language, text in UNSIGNED.items()
            }
            result.append(Obstacle("unsigned", words, stand.subject))
    return result


def _misplaced(content: Content, open_commitments: Collection[str]) -> list[Obstacle]:
    found = misplaced(content, open_commitments)
    dropped = [key for item in content.items if item.place is Place.DROPPED for key in item.commitments]
    return [
        Obstacle(kind, _with_key(words, key), key)
        for kind, words, keys in (
            ("nowhere", NOWHERE, found.nowhere),
            ("twice", TWICE, found.twice),
            ("not_open", NOT_OPEN, found.not_open),
            ("under_dropped", UNDER_DROPPED, dropped),
        )
        for key in keys
    ]


def _without_item(content: Content, facts: Facts) -> list[Obstacle]:
    """Return the themes of the meeting that nothing treats and nobody gave a reason for."""
    treated = {key for key, where in content.treated() if where in {item.key for item in content.items}}
    by_commitment = {commitment.key: commitment.theme for commitment in facts.commitments}
    topics = {f"topic/{topic.key}": topic.theme for topic in facts.topics}
    alive = [item.key.removeprefix("written/") for item in content.items if item.place is not Place.DROPPED]
    present = {by_commitment[key] for key in treated if key in by_commitment}
    present |= {key.removeprefix("theme/") for key in alive} | {topics[key] for key in alive if key in topics}
    return [
        Obstacle(
            "theme",
            {language: text.format(theme=say(theme.title, language)) for language, text in THEME.items()},
            theme.key,
        )
        for theme in facts.themes
        if theme.key not in present and theme.key not in content.dropped_themes
    ]


def _stale(content: Content) -> list[Obstacle]:
    return [
        Obstacle(
            "stale",
            {
                language: text.format(title=say(item.title, language), which=LANGUAGE_NAMES[stale][language])
                for language, text in STALE.items()
            },
            item.key,
        )
        for item in content.items
        if item.place is not Place.DROPPED
        for stale in item.stale
    ]


def _overrun(content: Content) -> list[Obstacle]:
    return [
        Obstacle(
            "overrun",
            {language: text.format(day=day + 1, minutes=-spare) for language, text in OVERRUN.items()},
        )
        for day, spare in enumerate(spare_minutes(content))
        if spare < 0
    ]


def _with_key(words: Words, key: str) -> Words:
    return {language: text.format(key=key) for language, text in words.items()}


RUNNING_ORDER: Words = {"en": "the running order", "nl": "de volgorde"}
UNSIGNED: Words = {
    "en": "{side} has not agreed to: {what}",
    "nl": "{side} heeft nog niet ingestemd met: {what}",
}
NOWHERE: Words = {
    "en": "{key} is open and stands nowhere on the agenda",
    "nl": "{key} staat open en komt nergens op de agenda voor",
}
TWICE: Words = {"en": "{key} is treated twice", "nl": "{key} wordt twee keer behandeld"}
NOT_OPEN: Words = {
    "en": "{key} is on the agenda and open no more",
    "nl": "{key} staat op de agenda maar is niet meer open",
}
UNDER_DROPPED: Words = {
    "en": "{key} stands under an item that is dropped",
    "nl": "{key} staat onder een agendapunt dat vervalt",
}
THEME: Words = {
    "en": "no item treats the theme {theme}, and no reason is given",
    "nl": "geen agendapunt behandelt het thema {theme}, en er staat geen reden bij",
}
STALE: Words = {
    "en": "{title}: the {which} text waits for a look, since the other was edited",
    "nl": "{title}: de {which} tekst moet nog worden nagezien, want de andere is gewijzigd",
}
LANGUAGE_NAMES: Mapping[str, Words] = {
    "en": {"en": "English", "nl": "Engelse"},
    "nl": {"en": "Dutch", "nl": "Nederlandse"},
}
ELSEWHERE: Words = {"en": "treated elsewhere", "nl": "elders behandeld"}
MOVED: Words = {
    "en": "the meeting has moved since; draft your side’s agenda anew and offer it",
    "nl": "de bijeenkomst is sindsdien verplaatst; stel de agenda van uw zijde opnieuw op en stel die voor",
}
OVERRUN: Words = {
    "en": "day {day} runs over by {minutes} minutes",
    "nl": "dag {day} loopt {minutes} minuten uit",
}
