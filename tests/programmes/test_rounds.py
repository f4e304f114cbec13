"""Rounds on record that calendars know already: what a load makes of their version."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from scheduler.actor import operator
from scheduler.dates.slots import timed_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.queries import meeting, meetings
from scheduler.programmes.actions import write_round
from tests.feeds.house import found_partnership, put

DAY = date(2026, 11, 20)
AGREED = datetime(2026, 9, 1, 9, tzinfo=UTC)
LATER = AGREED + timedelta(days=90)
PLACE = {"en": "The Hague", "nl": "Den Haag"}


@pytest.mark.parametrize(
    ("recorded", "sequence"),
    [
        ({}, 1),
        ({"number": 5}, 1),
        ({"start": "14:00", "end": "16:00"}, 2),
        ({"place": {"en": "London"}}, 2),
        ({"host": "nl"}, 2),
    ],
)
def test_another_time_or_place_on_record_is_a_new_version(
    engine: Engine, recorded: dict[str, Any], sequence: int
) -> None:
    """SEQUENCE rises with time and place alone, DTSTAMP with everything (RFC 5546 section 2.1.4)."""
    found_partnership(engine)
    uid = put(engine, timed_slot(DAY, time(10), time(12), "Europe/London"), now=AGREED)
    record(engine, recorded, LATER)
    with reading(engine, operator(), LATER) as work:
        held = meeting(work, uid)
    assert (held.state, held.sequence, held.changed_at) == ("held", sequence, LATER)
    record(engine, recorded, LATER)
    with reading(engine, operator(), LATER) as work:
        again = meeting(work, uid)
    assert (again.sequence, again.changed_at) == (sequence, LATER + timedelta(seconds=1))


def test_a_round_that_only_the_record_knows_begins_at_its_first_version(engine: Engine) -> None:
    found_partnership(engine)
    record(engine, {}, LATER)
    with reading(engine, operator(), LATER) as work:
        (held,) = meetings(work, "uk-nl")
    assert (held.sequence, held.revision, held.changed_at) == (0, 1, LATER)


def record(engine: Engine, changes: dict[str, Any], now: datetime) -> None:
    item: dict[str, Any] = {
        "obligation": "R1", "date": str(DAY), "until": None, "start": "10:00", "end": "12:00", "host": "uk",
        "place": PLACE, "number": None, "state": "held", "note": None, "passage": None, "discharges": [],
    }  # fmt: skip
    with unit_of_work(engine, operator(), now) as work:
        write_round(work, "uk-nl", {**item, **changes}, 0)
