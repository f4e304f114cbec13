"""Who consented to what, and when, as it is kept and as it is read; and skips, which are little more. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Consent:
    """A side's consent: whose, by which post or account, and when (UTC)."""

    party: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SkipFacts:
    """A round that is proposed to be left out, or that both sides agreed (``agreed_at``) to leave out."""

    obligation: str
    due: date
    reason: str
    consents: tuple[Consent, ...]
    agreed_at: datetime | None


def with_consent(consents: Mapping[str, Any], consent: Consent) -> dict[str, Any]:
    """Return stored consents with one more, the last; a side that consented before keeps its first."""
    if consent.party in consents:
        return dict(consents)
    return {**consents, consent.party: {"name": consent.name, "at": consent.at.isoformat()}}


def read_consents(consents: Mapping[str, Any]) -> tuple[Consent, ...]:
    """Return stored consents in the order in which they were given."""
    return tuple(
        Consent(party, given["name"], datetime.fromisoformat(given["at"]))
        for party, given in consents.items()
    )
