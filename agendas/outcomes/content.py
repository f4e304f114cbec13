"""What the record of a round says: who was there, what each item came to, what is new, done, put right. Pure.

Every part has a key that stays, so that two versions can be laid over each other, and a side can agree to a part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from agendas.versions.content import Wanted
from scheduler.words import Words

Presence = Literal["present", "absent", "delegate"]
Result = Literal["decided", "steer", "noted", "not_reached"]

ATTENDANCE, ITEM = "attendance", "item"
NEW, SAID, CHANGE = "new", "said", "change"
FRAME = "frame"
"""What both sides agree to beside the parts: the day, and which items there are, in which order."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A post and whether it came; ``instead`` is who came in its place. ``key`` is ``side/post``."""

    key: str
    party: str
    title: Words
    presence: Presence | None = None
    instead: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What an item came to; ``result`` ``None`` while nobody has said. ``key``, ``kind`` are those of the agenda."""

    key: str
    kind: str
    title: Words
    result: Result | None = None
    text: Words = field(default_factory=dict)
    wanted: Wanted | None = None
    commitments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCommitment:
    """Something newly promised under an item; ``owners`` lists offices by side."""

    key: str
    item: str
    theme: str
    text: Words
    kind: str
    strength: str
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Progress on commitments as reported in the meeting, with its evidence; without any, the meeting itself is it."""

    key: str
    item: str
    commitments: tuple[str, ...]
    text: Words
    state: str = "progress"
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What the ledger is to say of a commitment from now on; what is empty stays as it is there."""

    key: str
    commitment: str
    status: str = ""
    due: date | None = None
    text: Words = field(default_factory=dict)
    evidence: str = ""
    reason: str = ""
    into: str = ""


Part = Seat | ItemOutcome | NewCommitment | Said | Change


@dataclass(frozen=True, slots=True)
class Record:
    """One version of a record, whole. ``agenda`` is the number of the joint agenda that it follows, if any."""

    day: date
    items: tuple[ItemOutcome, ...]
    seats: tuple[Seat, ...] = ()
    new: tuple[NewCommitment, ...] = ()
    said: tuple[Said, ...] = ()
    changes: tuple[Change, ...] = ()
    agenda: int | None = None

    def parts(self) -> Iterator[tuple[str, Part]]:
        """Yield every part with the name that it has among all of them."""
        for prefix, name in LISTS.items():
            for part in getattr(self, name):
                yield f"{prefix}/{part.key}", part

    def with_parts(self, parts: Mapping[str, Part]) -> "Record":
        """Return the record with other parts, in the order given."""
        values: dict[str, Any] = {
            name: tuple(part for key, part in parts.items() if key.startswith(f"{prefix}/"))
            for prefix, name in LISTS.items()
        }
        return replace(self, **values)

    def item(self, key: str) -> ItemOutcome | None:
        """Return the outcome of an item, or ``None``."""
        return next((item for item in self.items if item.key == key), None)


LISTS = {ATTENDANCE: "seats", ITEM: "items", NEW: "new", SAID: "said", CHANGE: "changes"}
"""Where the parts of a record stand, by the first word of their names."""


def by_name(parts: Iterable[tuple[str, Part]]) -> dict[str, Part]:
    """Return parts by their names."""
    return dict(parts)
