"""A frozen version as a file that anybody can verify: one canonical JSON text with its seal. Pure."""

import json
from typing import Any

from agendas.negotiation.rules import Sealed, Verified, seal
from agendas.versions.content import Content
from agendas.versions.queries import VersionFacts
from agendas.versions.stored import canonical, read, written
from scheduler.errors import BadInput, Conflict

FIELDS = ("meeting", "number", "content", "facts", "signed")
"""What the seal covers."""


def exported(found: VersionFacts) -> bytes:
    """Return a frozen version as the bytes of a file; raise ``Conflict`` for one that is not frozen."""
    if found.seal is None:
        raise Conflict(
            f"version {found.number} is not frozen", remedy="both sides agree, then either freezes it"
        )
    values = {name: written(getattr(found, name)) for name in FIELDS}
    return canonical({**values, "seal": found.seal})


def verified(raw: bytes, place: str) -> Verified:
    """Return whether a file is what was frozen: the seal that it bears, and the one that its content has.

    Raises ``BadInput`` naming ``place`` for a file that is no export, or not written as exports are: one byte more
    could show to one reader what another does not see.
    """
    refusal = BadInput("is no agenda as `agenda export` writes it", place=place, remedy="export it again")
    try:
        value = json.loads(raw)
    except ValueError as error:
        raise refusal from error
    if not isinstance(value, dict) or set(value) != {*FIELDS, "seal"} or canonical(value) != raw:
        raise refusal
    return Verified(_number(value["number"]), str(value["seal"]), seal(_sealed(value, refusal)))


def _sealed(value: dict[str, Any], refusal: BadInput) -> Sealed:
    try:
        content = read(Content, value["content"])
    except ValueError as error:
        raise refusal from error
    return Sealed(value["meeting"], value["number"], content, value["facts"], value["signed"])


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
