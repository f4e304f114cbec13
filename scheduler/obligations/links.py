"""Linked duties: which further obligations a round counts for, by what people decided for its calendar year. Pure.

That one meeting may serve two obligations stands in the programme (``may_discharge``); that it does, in one year, is a
decision of every side. It is read anew each time, so that ending a link opens the other obligation again at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.obligations.consents import Consent

MAY_DISCHARGE = "may_discharge"
"""The relation that must stand in the programme before a link can be proposed."""


@dataclass(frozen=True, slots=True)
class DutyLinkFacts:
    """One year in which the rounds of ``obligation`` count for ``other`` too; ``number`` counts the proposals for it.

    ``ended`` is who withdrew, declined or ended it, and when.
    """

    obligation: str
    other: str
    year: int
    number: int
    consents: tuple[Consent, ...]
    agreed_at: datetime | None
    ended: Consent | None

    @property
    def in_force(self) -> bool:
        """Tell whether every side has agreed and none has ended it."""
        return self.agreed_at is not None and self.ended is None

    @property
    def is_proposed(self) -> bool:
        """Tell whether it waits for a side's agreement."""
        return self.agreed_at is None and self.ended is None


def discharged(duties: tuple[str, ...], day: date | None, links: Iterable[DutyLinkFacts]) -> tuple[str, ...]:
    """Return the obligations that a round on ``day`` counts for: its own, then those linked to them for that year."""
    linked = (
        link.other
        for link in links
        if day and link.in_force and link.year == day.year and link.obligation in duties
    )
    return tuple(dict.fromkeys((*duties, *linked)))
