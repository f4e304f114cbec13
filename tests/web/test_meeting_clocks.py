"""The hour on the page of a meeting is the one that calendars and letters say, at every change of the clocks."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, update

from scheduler.actor import side
from scheduler.dates.slots import Slot
from scheduler.dates.written import write_slot
from scheduler.db.engine import make_engine
from scheduler.db.work import unit_of_work
from scheduler.meetings.tables import Meeting
from scheduler.web.kit.door import Panels
from tests.ical.test_scheduling import AMSTERDAM, CLOCKS, LONDON, SLOTS
from tests.web import site
from tests.web.site import TODAY, UK, Visitor, application, put_round, visitor

EARLY = 4
"""The hour of the slots that are shown: the first that both capitals have again after a change."""

CAPITALS = {LONDON: "London", AMSTERDAM: "The Hague"}


@pytest.fixture(scope="module")
def engine(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give one database for all the slots: no database says an hour differently."""
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("clocks") / "dialogues.db")
    engine = make_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


def show(engine: Engine, uid: str, slot: Slot) -> None:
    assert slot.start
    assert slot.end
    columns = {"first_day": slot.first_day, "last_day": slot.last_day, "zone": slot.zone}
    hours = {"start_time": f"{slot.start:%H:%M}", "end_time": f"{slot.end:%H:%M}"}
    with unit_of_work(engine, side("uk", "secretariat"), TODAY) as work:
        work.session.execute(update(Meeting).where(Meeting.uid == uid).values(**columns, **hours))


def instants(page: str, day: date) -> set[datetime]:
    """Return the instants at which the meeting begins by what a page says for each capital."""
    found = set()
    for zone, city in CAPITALS.items():
        said = re.search(rf"{city}\D{{0,80}}?(\d\d:\d\d)–\d\d:\d\d", page)
        assert said, page
        begins = datetime.combine(day, datetime.strptime(said[1], "%H:%M").time(), ZoneInfo(zone))  # noqa: DTZ007
        found.add(begins.astimezone(UTC))
    return found


def test_one_instant_on_the_page_in_words_and_in_the_calendar(engine: Engine) -> None:
    site.found(engine)
    uid = put_round(engine, "R1", date(2027, 3, 16), "agreed", host="uk")
    reader: Visitor = visitor(application(engine, panels=Panels()), engine, UK)
    early = [slot for slot in SLOTS if slot.start and slot.start.hour == EARLY]
    assert len(early) == 28 * 4
    for slot in early:
        show(engine, uid, slot)
        page = " ".join(reader.get(f"/meetings/{uid}").tree.find(".//main").text_content().split())
        assert instants(page, slot.first_day) == {slot.starts_at_utc}
        words = write_slot(slot, CLOCKS, "en")
        assert slot.start
        assert f"{slot.start:%H:%M}" in words
