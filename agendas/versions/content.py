"""What an agenda says, in the words of people: its items in order, where each commitment is treated, what was dropped.

What the ledger says of a commitment is not in here: it stands in the facts that each version keeps beside its content.
So news never looks like somebody's edit, and nobody's edit is lost to news.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Literal

from scheduler.words import Words

Wanted = Literal["decide", "steer", "note"]
LeftOutReason = Literal["level", "position", "covered", "deferred"]


class Place(StrEnum):
    """Where an item is treated: in the room, in writing, or nowhere any more."""

    ROOM = "room"
    WRITING = "writing"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper expected for an item: its title, the side that writes it, and the day by which it is with the other."""

    title: Words
    side: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item. Keys are stable from draft to draft; ``lead`` is the side that opens, ``offices`` are ``side/office``.

    ``text`` is the joint annotation: paragraphs parted by line breaks, bullets by a leading ``- ``. ``because`` says
    why an item is not treated in the room. ``stale`` are the languages whose words wait for a look since another
    language was edited. ``day`` counts from zero.
    """

    key: str
    kind: str
    title: Words
    minutes: int = 0
    day: int = 0
    lead: str | None = None
    offices: tuple[str, ...] = ()
    wanted: Wanted | None = None
    text: Words = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    place: Place = Place.ROOM
    because: Words = field(default_factory=dict)
    stale: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()

    @property
    def part(self) -> tuple[int, int]:
        """Return the part of the agenda that it stands in: a day of the running order, in writing, or dropped."""
        return list(Place).index(self.place), self.day if self.place is Place.ROOM else 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An open commitment that this meeting does not treat; ``reason`` is from the closed list of drafting."""

    commitment: str
    reason: LeftOutReason
    because: Words


@dataclass(frozen=True, slots=True)
class Hours:
    """When the round is held and how long: ``minutes`` of each of its ``days``, ``start`` the wall time in ``zone``."""

    minutes: int
    days: int = 1
    first_day: date | None = None
    start: time | None = None
    zone: str | None = None
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """One version of an agenda, whole. ``dropped_themes`` gives the reason for a theme that no item treats."""

    hours: Hours
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...] = ()
    dropped_themes: Mapping[str, Words] = field(default_factory=dict)

    @property
    def in_room(self) -> tuple[Item, ...]:
        """Return the items of the running order."""
        return tuple(item for item in self.items if item.place is Place.ROOM)

    def item(self, key: str) -> Item | None:
        """Return the item with a key, or ``None``."""
        return next((item for item in self.items if item.key == key), None)

    def whereabouts(self) -> dict[str, str | LeftOut]:
        """Return where each commitment stands: the key of its item, or why it is left out."""
        return {
            **{commitment: item.key for item in self.items for commitment in item.commitments},
            **{left.commitment: left for left in self.left_out},
        }

    def treated(self) -> Iterator[tuple[str, str]]:
        """Yield each commitment with where it stands: the key of an item, or ``LEFT_OUT``."""
        for item in self.items:
            for commitment in item.commitments:
                yield commitment, item.key
        for left in self.left_out:
            yield left.commitment, LEFT_OUT


LEFT_OUT = "left-out"
"""Where a commitment stands that is not treated; no key of an item."""
