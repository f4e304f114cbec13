"""How a version is written down, and what it is known by: JSON, and digests of what both sides agree to. Pure.

Owns the use of msgspec, which turns our values into JSON and back, and checks what comes back against their types.

Whether a side agreed to an item is a question to the item's digest. So an edit opens again just what it changed, and
the earlier words, restored, are agreed to as they were.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from agendas.versions.content import Content, Item, Place

Value = TypeVar("Value")

ORDER = "running-order"
"""What both sides agree to beside the items: their order, the hours, the themes dropped, and what is left out."""

FIELDS = (
    "title",
    "minutes",
    "day",
    "lead",
    "offices",
    "wanted",
    "text",
    "papers",
    "place",
    "because",
)
"""What people decide about an item, beside the commitments it treats; all of it is agreed to by both sides."""

IN_LANGUAGES = ("title", "text", "because")
"""Those of them that are said in languages, each of which people edit by itself."""


def written(value: Any) -> Any:
    """Return a value as what JSON can hold."""
    return msgspec.to_builtins(value, order="sorted")


def read(kind: type[Value], stored: Mapping[str, Any]) -> Value:
    """Return a value of a kind from what ``written`` returned."""
    return msgspec.convert(stored, kind)


def canonical(value: Any) -> bytes:
    """Return the one JSON text of a value: sorted keys, no spaces, UTF-8."""
    return msgspec.json.encode(value, order="sorted")


def digest(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def subjects(content: Content) -> dict[str, str]:
    """Return what there is to agree to in a version, each with its digest: the items, then their order."""
    return {**{item.key: item_digest(item) for item in content.items}, ORDER: order_digest(content)}


def item_digest(item: Item) -> str:
    """Return the digest of what agreeing to this item covers."""
    return digest([*(getattr(item, name) for name in FIELDS), sorted(item.commitments)])


def order_digest(content: Content) -> str:
    """Return the digest of what agreeing to the running order covers."""
    return digest(
        [
            content.hours,
            [item.key for item in content.items if item.place is not Place.DROPPED],
            content.dropped_themes,
            sorted(content.left_out, key=lambda left: left.commitment),
        ]
    )
