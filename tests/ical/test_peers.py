"""A year as other programs read it: every start must be the instant that we mean."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest

from scheduler.dates.slots import Slot, all_day_slot, timed_slot
from scheduler.ical.components import CalendarProperties, Event, EventStatus, calendar_bytes, event_bytes
from scheduler.ical.timezones import timezones
from tests.peers import ical_js, libical
from tests.peers.reading import Reading

STAMP = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LONDON, AMSTERDAM, NEW_YORK = "Europe/London", "Europe/Amsterdam", "America/New_York"


@dataclass(frozen=True)
class Meeting:
    slot: Slot
    title: str

    def event(self, number: int) -> Event:
        return Event(
            uid=f"{number}@dialogues.example",
            stamp=STAMP,
            created=STAMP,
            last_modified=STAMP,
            sequence=0,
            summary=self.title,
            description=f"{self.title}\n" * 20,
            location="’s-Gravenhage, Rijnstraat 8; zaal “Zuid”",
            categories=("Criminaliteit, ernstige", "Migration"),
            slot=self.slot,
            status=EventStatus.CONFIRMED,
        )


def at(day: date, hour: int, zone: str, minute: int = 0) -> Slot:
    return timed_slot(day, time(hour, minute), time(hour + 2, minute), zone)


YEAR = [
    *(
        Meeting(at(date(2027, month, 12), 10, zone), f"Dialogue {month} in {zone}")
        for month in range(1, 13)
        for zone in (LONDON, AMSTERDAM, NEW_YORK)
    ),
    # Spring: the day before, the first hours after the gap, and the fortnight in which America is ahead of Europe.
    Meeting(at(date(2027, 3, 27), 10, LONDON), "The day before the clocks go forward"),
    Meeting(at(date(2027, 3, 28), 2, LONDON), "The first hour of summer time"),
    Meeting(at(date(2027, 3, 28), 3, AMSTERDAM), "Het eerste uur van de zomertijd"),
    Meeting(at(date(2027, 3, 15), 9, NEW_YORK), "America is on summer time, Europe is not"),
    # Autumn: before, within and after the hour that comes twice.
    Meeting(at(date(2027, 10, 31), 0, LONDON, 15), "Ends in the hour that comes twice"),
    Meeting(at(date(2027, 10, 31), 1, LONDON, 30), "In the hour that comes twice"),
    Meeting(at(date(2027, 10, 31), 2, AMSTERDAM, 30), "In het uur dat tweemaal komt"),
    Meeting(at(date(2027, 10, 31), 3, AMSTERDAM), "Het eerste uur van de wintertijd"),
    Meeting(at(date(2027, 11, 1), 10, LONDON), "The day after the clocks went back"),
    # A night over the change, and whole days over both.
    Meeting(
        timed_slot(date(2027, 10, 30), time(9), time(17), LONDON, last_day=date(2027, 10, 31)), "Two days"
    ),
    Meeting(all_day_slot(date(2027, 6, 14), date(2027, 6, 18), AMSTERDAM), "Joint training week"),
    Meeting(all_day_slot(date(2027, 3, 28), date(2027, 3, 28), LONDON), "A single whole day"),
    # Zones and years that are written in UTC.
    Meeting(at(date(2027, 7, 6), 10, "Africa/Cairo"), "Cairo"),
    Meeting(at(date(2027, 7, 6), 10, "Africa/Casablanca"), "Casablanca"),
    Meeting(at(date(1995, 7, 6), 10, LONDON), "Long ago"),
    Meeting(at(date(2039, 7, 6), 10, AMSTERDAM), "Beyond the year 2038"),
    # Letters.
    Meeting(
        at(date(2027, 9, 7), 10, LONDON), "Drugs, Ünïcode; C:\\New \\n „Größe” Ĳsselmeer 🇬🇧🤝🇳🇱 👩‍👩‍👧 é"
    ),
    Meeting(at(date(2027, 9, 8), 10, LONDON), "Zeer lange titel " * 15 + "einde"),
]


def year() -> bytes:
    events = [event_bytes(meeting.event(number)) for number, meeting in enumerate(YEAR)]
    return calendar_bytes(
        CalendarProperties(name="UK–NL 2027"), timezones(meeting.slot for meeting in YEAR), events
    )


def meant() -> list[Reading]:
    return [
        Reading(
            f"{number}@dialogues.example",
            meeting.slot.starts_at_utc or meeting.slot.first_day,
            meeting.slot.is_all_day,
            meeting.title,
        )
        for number, meeting in enumerate(YEAR)
    ]


@pytest.mark.parametrize("read", [ical_js.read, libical.read], ids=["ical.js", "libical"])
def test_a_year_starts_when_we_mean(read: Callable[[bytes], list[Reading]]) -> None:
    assert read(year()) == meant()
