"""What people said to a reminder, and what it comes to. Pure.

Answers are a set: any order and any repetition of them comes to the same. That a step is in hand holds for good; of
several days to be reminded on, the latest counts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

IN_HAND = "acknowledged"
LATER = "snoozed"
LINK_LASTS = timedelta(days=60)
"""How long the link in a letter works."""

LONGEST_SNOOZE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to the reminder ``about``: in hand, or ``until`` when to be reminded again."""

    about: str
    until: date | None

    @property
    def name(self) -> str:
        """Return what makes a second answer the same one."""
        return f"{LATER} {self.until}" if self.until else IN_HAND


@dataclass(frozen=True, slots=True)
class Said:
    """What all the answers to one reminder come to."""

    in_hand: bool = False
    until: date | None = None


NOTHING_SAID = Said()


def said(answers: Iterable[Answer]) -> dict[str, Said]:
    """Return what was said to each reminder."""
    days: dict[str, list[date | None]] = defaultdict(list)
    for answer in answers:
        days[answer.about].append(answer.until)
    return {
        about: Said(None in found, max((day for day in found if day), default=None))
        for about, found in days.items()
    }


def latest_snooze(today: date, until: date | None) -> date:
    """Return the last day on which somebody may ask to be reminded again; ``until`` is when the step ends."""
    latest = today + LONGEST_SNOOZE
    return min(latest, until) if until else latest
