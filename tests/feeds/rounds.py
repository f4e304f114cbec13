"""Rounds for the tests of what feeds tell."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from scheduler.dates.slots import timed_slot
from scheduler.feeds.rules import Duty, Round
from scheduler.meetings.rules import State

CRIME = Duty(
    key="R1",
    title={"en": "Organised Crime Dialogue", "nl": "Misdaaddialoog"},
    theme={"en": "Crime", "nl": "Misdaad"},
    source={"en": "Joint Statement, Crime, 5503–5825", "nl": "Verklaring, Crime, 5503–5825"},
    level_basis="stated",
)
STRATEGY = Duty("R2", {"en": "Strategic Dialogue", "nl": "Strategische dialoog"}, None, None, "assumed")

ROUND = Round(
    uid="4f1661a8eb25439cbae3effce153c908",
    state=State.AGREED,
    slot=timed_slot(date(2027, 3, 23), time(10), time(16), "Europe/London"),
    level="senior_official",
    number=5,
    host="uk",
    host_name={"en": "UK", "nl": "VK"},
    place={"en": "London", "nl": "Londen"},
    sequence=1,
    created_at=datetime(2026, 11, 21, 9, tzinfo=UTC),
    changed_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
    duties=(CRIME,),
    basis={"host": "assumed", "start_time": "assumed", "duration": "set:BZ desk", "window": "stated"},
    page="https://dialogues.example/meetings/4f1661a8eb25439cbae3effce153c908",
)


def a_round(**changes: Any) -> Round:
    return replace(ROUND, **changes)
