"""A year of our rounds as other programs read it from the feed: every start is the instant in our database."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import Engine

from scheduler.actor import side
from scheduler.dates.slots import all_day_slot, timed_slot
from scheduler.db.work import reading
from scheduler.feeds.rules import Deadlines, Terms
from scheduler.meetings.queries import meetings
from tests.feeds.house import NOW, at, found_partnership, put, read, subscribe
from tests.peers import ical_js, libical
from tests.peers.reading import Reading

LONDON, AMSTERDAM = "Europe/London", "Europe/Amsterdam"
TITLE = "Größe, ’s-Gravenhage; C:\\New\nBEGIN:VEVENT 🇬🇧🤝🇳🇱 👩‍👩‍👧 é " + "Zeer lange titel " * 12 + "einde"

YEAR = [
    *(at(date(2027, month, 12), 10, zone) for month in range(1, 13) for zone in (LONDON, AMSTERDAM)),
    at(date(2027, 3, 27), 10, LONDON),
    at(date(2027, 3, 28), 2, LONDON),
    at(date(2027, 3, 28), 3, AMSTERDAM),
    at(date(2027, 10, 31), 0, LONDON),
    at(date(2027, 10, 31), 1, LONDON),
    at(date(2027, 10, 31), 2, AMSTERDAM),
    at(date(2027, 10, 31), 3, AMSTERDAM),
    at(date(2027, 11, 1), 9, LONDON),
    at(date(2027, 7, 6), 10, "Africa/Casablanca"),
    timed_slot(date(2027, 10, 30), time(9), time(17), LONDON, last_day=date(2027, 10, 31)),
    all_day_slot(date(2027, 6, 14), date(2027, 6, 18), AMSTERDAM),
    all_day_slot(date(2027, 3, 28), date(2027, 3, 28), LONDON),
]
"""Both clock changes, the hours that come twice, a night over one, a training week, a zone without a yearly rule."""


@pytest.mark.parametrize("peer", [ical_js.read, libical.read], ids=["ical.js", "libical"])
def test_a_year_starts_when_the_database_says(engine: Engine, peer: Callable[[bytes], list[Reading]]) -> None:
    found_partnership(engine, {"en": TITLE})
    for slot in YEAR:
        put(engine, slot)
    with reading(engine, side("nl", "test"), NOW) as work:
        meant = {
            entry.uid: (entry.slot.starts_at_utc or entry.slot.first_day, entry.slot.is_all_day)
            for entry in meetings(work, "uk-nl")
            if entry.slot
        }
    found = peer(read(engine, subscribe(engine, "nl")).body)
    assert {entry.uid: (entry.start, entry.all_day) for entry in found} == meant
    assert len(found) == len(YEAR)
    assert {entry.summary for entry in found} == {TITLE.replace("\n", " ")}


@pytest.mark.parametrize("form", [Deadlines.EVENTS, Deadlines.TODOS])
@pytest.mark.parametrize("peer", [ical_js.read, libical.read], ids=["ical.js", "libical"])
def test_deadlines_are_read_without_errors(
    engine: Engine, peer: Callable[[bytes], list[Reading]], form: Deadlines
) -> None:
    found_partnership(engine)
    uid = put(engine, at(date(2027, 3, 23)))
    found = {
        entry.uid: entry for entry in peer(read(engine, subscribe(engine, terms=Terms(deadlines=form))).body)
    }
    assert (f"{uid}-agenda_agreed" in found) is (form is Deadlines.EVENTS)
    assert not found[uid].all_day
    if form is Deadlines.EVENTS:
        assert found[f"{uid}-agenda_agreed"].start == date(2027, 3, 9)
