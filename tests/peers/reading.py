"""What another calendar program makes of a calendar: the answer that every adapter gives."""

from datetime import date, datetime
from typing import NamedTuple


class Reading(NamedTuple):
    """An event as a peer understood it: its start as an instant in UTC, or as a day."""

    uid: str
    start: datetime | date
    all_day: bool
    summary: str
