"""What people write into a record by hand, part by part. Pure: a record goes in, another comes out.

What a part must hold to be kept is checked by the actions; here is only where it goes.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
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
from scheduler.typed import day_typed, not_known, one_of
from scheduler.words import Words

FREE = "added"
"""The kind of an item that was no item of the agenda."""


def with_result(record: Record, key: str, result: str, text: Words) -> Record:
    """Return the record with what an item came to; an empty ``result`` says nothing yet."""
    item = _the_item(record, key)
    if result and result not in get_args(Result):
        raise BadInput(not_known(result), place="result", remedy=one_of(get_args(Result)))
    said = cast(Result, result) if result else None
    return put(record, f"{ITEM}/{key}", replace(item, result=said, text=text))


def with_item(record: Record, key: str, title: Words) -> Record:
    """Return the record with an item that was on no agenda; raise ``BadInput`` where there is one of this key."""
    if record.item(key):
        raise BadInput(
            {"en": f"the record has an item {key!r} already", "nl": f"het verslag heeft al een punt {key!r}"},
            place="item",
            remedy={"en": "record its result", "nl": "leg de uitkomst ervan vast"},
        )
    return put(record, f"{ITEM}/{key}", ItemOutcome(key, FREE, title))


def with_presence(record: Record, post: str, presence: str, instead: Words) -> Record:
    """Return the record with whether a post came, and who came in its place."""
    seat = next((seat for seat in record.seats if seat.key == post), None)
    if seat is None:
        raise NotFound(
            {"en": f"nobody expected {post!r}", "nl": f"niemand verwachtte {post!r}"},
            place="post",
            remedy=one_of(entry.key for entry in record.seats),
        )
    if presence and presence not in get_args(Presence):
        raise BadInput(not_known(presence), place="presence", remedy=one_of(get_args(Presence)))
    came = cast(Presence, presence) if presence else None
    return put(record, f"{ATTENDANCE}/{post}", replace(seat, presence=came, instead=instead))


def with_seat(record: Record, key: str, party: str, title: Words) -> Record:
    """Return the record with a post that came and that the programme does not name."""
    return put(record, f"{ATTENDANCE}/{key}", Seat(key, party, title, "present"))


def with_new(record: Record, part: NewCommitment) -> Record:
    """Return the record with a new commitment, or other words of one."""
    _the_item(record, part.item)
    return put(record, f"{NEW}/{part.key}", part)


def with_said(record: Record, part: Said) -> Record:
    """Return the record with progress on commitments."""
    _the_item(record, part.item)
    return put(record, f"{SAID}/{part.key}", part)


def with_change(record: Record, part: Change) -> Record:
    """Return the record with what the ledger is to say of a commitment from now on.

    What is left empty stays as an earlier change in the record says it.
    """
    before = next((change for change in record.changes if change.key == part.key), part)
    said = {field.name: getattr(part, field.name) or getattr(before, field.name) for field in fields(part)}
    return put(record, f"{CHANGE}/{part.key}", Change(**{**said, "text": {**before.text, **part.text}}))


def owners_of(references: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return ``uk/home-office``, ``nl/jenv`` as owners by side; raise ``BadInput`` for one without a side."""
    found: dict[str, tuple[str, ...]] = {}
    for reference in references:
        side, slash, office = reference.partition("/")
        if not (side and slash and office):
            raise BadInput(
                {"en": f"{reference!r} is no office", "nl": f"{reference!r} is geen dienst"},
                place="owner",
                remedy={"en": "for example uk/home-office", "nl": "bijvoorbeeld uk/home-office"},
            )
        found[side] = (*found.get(side, ()), office)
    return found


def read_day(typed: str, place: str) -> date | None:
    """Return a day typed as 2027-03-23, ``None`` for nothing; raise ``BadInput`` naming ``place``."""
    return day_typed(typed, place) if typed.strip() else None


def _the_item(record: Record, key: str) -> ItemOutcome:
    item = record.item(key)
    if item is None:
        raise NotFound(
            {"en": f"the record has no item {key!r}", "nl": f"het verslag heeft geen punt {key!r}"},
            place="item",
            remedy=one_of(entry.key for entry in record.items),
        )
    return item
