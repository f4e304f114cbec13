"""What the seal of a frozen agenda covers, and what verifying one finds. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from agendas.versions.content import Content
from agendas.versions.stored import digest


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a frozen version is, as it is sealed: nothing of it can change without another seal."""

    meeting: str
    number: int
    content: Content
    facts: Mapping[str, Any]
    signed: Mapping[str, Any]
    frozen_at: datetime


SEALED = tuple(field.name for field in fields(Sealed))
"""What a seal covers, by name: as values, as columns of the table, as members of an exported file."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a frozen version found: the seal it was given, and the one that it has now."""

    version: int
    sealed: str
    found: str

    @property
    def is_intact(self) -> bool:
        """Tell whether not a byte of it was altered."""
        return self.sealed == self.found


def seal(sealed: Sealed) -> str:
    """Return the SHA-256, in hexadecimal, over the canonical JSON of all that a frozen version is."""
    return digest(sealed)
