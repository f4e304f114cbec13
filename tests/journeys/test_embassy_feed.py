"""A Dutch embassy secretary subscribes: what both sides know, in Dutch, what is tentative as such, and nothing else."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import icalendar
import pytest
from sqlalchemy import Engine

from scheduler import clock
from scheduler.app import create_app
from scheduler.dates.slots import timed_slot
from scheduler.db.work import unit_of_work
from scheduler.meetings import actions as meetings
from scheduler.obligations.queries import obligation
from scheduler.partnerships.actions import Closing, close_days
from tests.builders import NL, UK
from tests.invitations.stage import FIRST_DAY
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.test_invitations import DUTCH, MONDAY_MORNING, agree_on
from tests.journeys.test_offers import subscribe
from tests.peers import ical_js, libical

HELD, OFFERED = date(2027, 4, 14), date(2027, 6, 1)
PRIVATE = "canary of the Cabinet Office"


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = open_house(database_url, tmp_path, monkeypatch, MONDAY_MORNING)
    house.say("load", str(UK_NL))
    return house


def put(engine: Engine, key: str, day: date, *, offered: bool) -> str:
    """Let the UK plan a round for itself, and offer it if told."""
    with unit_of_work(engine, UK, clock.now()) as work:
        promised = obligation(work, "uk-nl", key)
        hosted = timed_slot(day, time(10), time(16), "Europe/London")
        words = {"en": PRIVATE, "nl": PRIVATE}
        uid = meetings.plan_round(
            work, meetings.Round((promised,), hosted, "uk", None if offered else words, {})
        )
        if offered:
            meetings.offer(work, uid)
        meetings.write_note(work, uid, PRIVATE)
    return uid


def sentences(paper: str) -> Iterator[str]:
    """Yield what an agenda says beyond headings and dates: every run of words that is long enough to be known again."""
    for line in paper.splitlines():
        for part in re.split(r"[|*_#\[\]()]+", line):
            if len(part.split()) > 5:
                yield " ".join(part.split())


def test_the_feed_of_an_embassy(house: House, engine: Engine) -> None:
    agreed = agree_on(engine, "JS-R05", FIRST_DAY)
    offered = put(engine, "JS-R04", OFFERED, offered=True)
    hold = put(engine, "JS-R11", HELD, offered=False)
    with unit_of_work(engine, UK, clock.now()) as work:
        absent = Closing(first=HELD, last=HELD, title={"en": PRIVATE, "nl": PRIVATE})
        close_days(work, "uk-nl", absent)
    with unit_of_work(engine, NL, clock.now()) as work:
        dutch = {key: obligation(work, "uk-nl", key).title["nl"] for key in ("JS-R05", "JS-R04")}
    printed = house.say("feed", "new", "--label", "Outlook", "--language", "nl", *DUTCH)
    address = next(word for word in printed.split() if word.startswith("http"))
    client, address = create_app(engine=engine).test_client(), address.removeprefix("http://127.0.0.1:8000")
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.data)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert str(events[agreed]["SUMMARY"]) == dutch["JS-R05"]
    assert (str(events[agreed]["STATUS"]), str(events[offered]["STATUS"])) == ("CONFIRMED", "TENTATIVE")
    assert str(events[offered]["SUMMARY"]) == f"concept: {dutch['JS-R04']}"
    assert hold not in events
    whole = answer.get_data(as_text=True).replace("\r\n ", "")
    assert (PRIVATE in whole, f"{HELD:%Y%m%d}" in whole) == (False, False)
    for read in (libical.read, ical_js.read):
        found = {entry.uid: entry.start for entry in read(answer.data)}
        assert found[agreed] == datetime.combine(FIRST_DAY, time(10), MONDAY_MORNING.tzinfo)
        assert found[offered] == datetime.combine(OFFERED, time(9), MONDAY_MORNING.tzinfo)
    house.say("agenda", "draft", "JS-R05", "--out", "agenda.md", *DUTCH)
    said = set(sentences(Path("agenda.md").read_text()))
    known = " ".join(str(event.get("DESCRIPTION", "")) for event in events.values())
    assert len(said) > 10
    assert {line for line in said if line in known} == set()
    # The British side finds its own hold in its own feed: the comparison can fail.
    british, own = subscribe(house, engine, "uk")
    assert hold in british.get(own).get_data(as_text=True)
    # What changes is there at the next look, under the same UID.
    house.set_clock(MONDAY_MORNING + timedelta(days=1))
    house.say("meetings", "agree", offered, *DUTCH)
    again = icalendar.Calendar.from_ical(client.get(address).data).walk("VEVENT")
    assert {str(event["SUMMARY"]) for event in again if str(event["UID"]) == offered} == {dutch["JS-R04"]}
