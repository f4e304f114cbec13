"""What people write into a record by hand, part by part. Pure: a record goes in, another comes out.

What a part must hold to be kept is checked by the actions; here is only where it goes.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast, get_args

from agendas.outcomes.content import (
    ATTENDANCE,
    CHANGE,
    ITEM,
    NEW,
    SAID,
    Change,
    ItemOutcome,
    NewCommitment,
    Presence,
    Record,
    Result,
    Said,
    Seat,
)
from agendas.outcomes.rules import put
from scheduler.errors import BadInput, NotFound
from scheduler.words import Words

FREE = "added"
"""The kind of an item that was no item of the agenda."""


def with_result(record: Record, key: str, result: str, text: Words) -> Record:
    """Return the record with what an item came to; an empty ``result`` says nothing yet."""
    item = record.item(key)
    if item is None:
        known = ", ".join(entry.key for entry in record.items)
        raise NotFound(f"the record has no item {key!r}", place="item", remedy=f"one of {known}")
    if result and result not in get_args(Result):
        raise BadInput(f"{result!r} is no result", place="result", remedy=", ".join(get_args(Result)))
    said = cast(Result, result) if result else None
    return put(record, f"{ITEM}/{key}", replace(item, result=said, text=text))


def with_item(record: Record, key: str, title: Words) -> Record:
    """Return the record with an item that was on no agenda; raise ``BadInput`` where there is one of this key."""
    if record.item(key):
        raise BadInput(f"the record has an item {key!r} already", place="item", remedy="record its result")
    return put(record, f"{ITEM}/{key}", ItemOutcome(key, FREE, title))


def with_presence(record: Record, post: str, presence: str, instead: Words) -> Record:
    """Return the record with whether a post came, and who came in its place."""
    seat = next((seat for seat in record.seats if seat.key == post), None)
    if seat is None:
        known = ", ".join(entry.key for entry in record.seats)
        raise NotFound(f"nobody expected {post!r}", place="post", remedy=f"one of {known}")
    if presence and presence not in get_args(Presence):
        raise BadInput(f"{presence!r} is not known", place="presence", remedy=", ".join(get_args(Presence)))
    came = cast(Presence, presence) if presence else None
    return put(record, f"{ATTENDANCE}/{post}", replace(seat, presence=came, instead=instead))


def with_seat(record: Record, key: str, party: str, title: Words) -> Record:
    """Return the record with a post that came and that the programme does not name."""
    return put(record, f"{ATTENDANCE}/{key}", Seat(key, party, title, "present"))


def with_new(record: Record, part: NewCommitment) -> Record:
    """Return the record with a new commitment, or other words of one."""
    _require_item(record, part.item)
    return put(record, f"{NEW}/{part.key}", part)


def with_said(record: Record, part: Said) -> Record:
    """Return the record with progress on commitments."""
    _require_item(record, part.item)
    return put(record, f"{SAID}/{part.key}", part)


def with_change(record: Record, part: Change) -> Record:
    """Return the record with what the ledger is to say of a commitment from now on."""
    return put(record, f"{CHANGE}/{part.key}", part)


def owners_of(references: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return ``uk/home-office``, ``nl/jenv`` as owners by side; raise ``BadInput`` for one without a side."""
    found: dict[str, tuple[str, ...]] = {}
    for reference in references:
        side, slash, office = reference.partition("/")
        if not (side and slash and office):
            raise BadInput(f"{reference!r} is no office", place="owner", remedy="for example uk/home-office")
        found[side] = (*found.get(side, ()), office)
    return found


def read_day(typed: str, place: str) -> date | None:
    """Return a day typed as 2027-03-23, ``None`` for nothing; raise ``BadInput`` naming ``place``."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise BadInput(f"{typed!r} is no date", place=place, remedy="write it as 2027-03-23") from None


def _require_item(record: Record, key: str) -> None:
    if record.item(key) is None:
        known = ", ".join(entry.key for entry in record.items)
        raise NotFound(f"the record has no item {key!r}", place="item", remedy=f"one of {known}")
