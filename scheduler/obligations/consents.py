"""Who consented to what, and when. Pure: how consents are kept as structures, and how they are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Consent:
    """A side's consent: whose, by which post or account, and when (UTC)."""

    party: str
    name: str
    at: datetime


def with_consent(consents: Mapping[str, Any], consent: Consent) -> dict[str, Any]:
    """Return stored consents with one more; a side that consented before keeps its first."""
    return {consent.party: {"name": consent.name, "at": consent.at.isoformat()}, **consents}


def read_consents(consents: Mapping[str, Any]) -> tuple[Consent, ...]:
    """Return stored consents as they were given, the first one first."""
    found = (
        Consent(party, given["name"], datetime.fromisoformat(given["at"]))
        for party, given in consents.items()
    )
    return tuple(sorted(found, key=lambda consent: (consent.at, consent.party)))
