"""Decisions of two governments, each story from a start of its own: linked duties, an interval, a change of host."""

from datetime import UTC, date, datetime, time
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import icalendar
import pytest
from sqlalchemy import Engine

from scheduler.app import create_app
from scheduler.dates.slots import timed_slot
from scheduler.db.work import unit_of_work
from scheduler.meetings.actions import Round, agree, offer, plan_round
from scheduler.obligations.queries import obligation
from tests.builders import NL, NOW, PARTNERSHIP, UK, agreed
from tests.journeys.house import UK_NL, House, open_house

START = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
PUBLIC = "http://127.0.0.1:8000"


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = open_house(database_url, tmp_path, monkeypatch, START)
    house.say("load", str(UK_NL))
    return house


def agreed_in_the_hague(engine: Engine, day: date) -> str:
    """Put a round of JS-R07 with the Netherlands as host on both sides' calendar; return its UID."""
    with unit_of_work(engine, NL, NOW) as work:
        promised = obligation(work, PARTNERSHIP, "JS-R07")
        slot = timed_slot(day, time(10), time(16), "Europe/Amsterdam")
        place = {"en": "The Hague", "nl": "Den Haag"}
        uid = plan_round(work, Round((promised,), slot, "nl", place, {"host": "assumed", "place": "assumed"}))
        offer(work, uid)
    with unit_of_work(engine, UK, NOW) as work:
        agree(work, uid)
    return uid


def duty(house: House, key: str, on: str) -> dict[str, Any]:
    found = {entry["obligation"]: entry for entry in house.read("owed", "--on", on)["owed"]}
    entry: dict[str, Any] = found[key]
    return entry


def events(engine: Engine, address: str) -> list[Any]:
    """Return the rounds in a feed, as a calendar program gets it."""
    answer = create_app(engine=engine).test_client().get(address.removeprefix(PUBLIC))
    return list(icalendar.Calendar.from_ical(answer.get_data()).walk("VEVENT"))


def test_story_3_one_meeting_for_two_duties_for_as_long_as_both_sides_say_so(
    house: House, engine: Engine
) -> None:
    agreed(engine, date(2027, 10, 5), key="JS-R01")
    printed = house.say("feed", "new", "--label", "theme", "--obligation", "JS-R12")
    feed = next(word for word in printed.split() if word.startswith("http"))
    assert events(engine, feed) == []
    before = duty(house, "JS-R12", "2027-10-06")
    assert (before["colour"], before["last_held"]) == ("red", None)

    house.say("links", "propose", "JS-R01", "JS-R12", "--year", "2027")
    assert duty(house, "JS-R12", "2027-10-06") == before
    house.say("links", "agree", "JS-R01", "JS-R12", "--year", "2027", "--as", "nl")
    (event,) = events(engine, feed)
    assert (str(event["SUMMARY"]), event["DTSTART"].dt.date().isoformat()) == (
        "Strategic Dialogue of the Foreign Ministers",
        "2027-10-05",
    )
    assert [key in str(event["DESCRIPTION"]) for key in ("JS-R01", "JS-R12")] == [True, True]
    assert house.read("meetings", "show", "JS-R12/2027")["duties"] == ["JS-R01", "JS-R12"]
    house.set_clock(datetime(2027, 10, 6, 9, 0, tzinfo=UTC))
    house.say("meetings", "held", "JS-R01")
    for key in ("JS-R01", "JS-R12"):
        found = duty(house, key, "2027-10-06")
        assert (found["colour"], found["last_held"]) == ("green", "2027-10-05")
    assert duty(house, "JS-R12", "2027-10-06")["reasons"][0]["en"] == (
        "last held 5 October 2027 (as a round of JS-R01)"
    )
    assert len(house.read("meetings", "list", "--from", "2027-10-01")) == 1

    house.say("links", "end", "JS-R01", "JS-R12", "--year", "2027", "--as", "nl")
    after = duty(house, "JS-R12", "2027-10-06")
    assert (after["colour"], after["last_held"], after["reasons"]) == (
        before["colour"],
        before["last_held"],
        before["reasons"],
    )
    assert duty(house, "JS-R01", "2027-10-06")["last_held"] == "2027-10-05"
    assert events(engine, feed) == []
    (history,) = house.read("links", "list")
    assert [entry["party"] for entry in history["consents"]] == ["uk", "nl"]
    assert (history["in_force"], history["ended"]["party"], history["ended"]["at"]) == (
        False,
        "nl",
        "2027-10-06T09:00:00Z",
    )


def test_story_13_nothing_is_scheduled_until_somebody_sets_an_interval(house: House) -> None:
    span = ("--from", "2027-02-01", "--to", "2028-06-30")

    def training_weeks() -> list[str]:
        placed = house.read("plan", "propose", *span)["plan"]["placements"]
        return [entry["round"] for entry in placed if entry["round"].startswith("JS-R09/")]

    assert training_weeks() == []
    before = duty(house, "JS-R09", "2027-02-01")
    assert (before["colour"], before["due"]) == ("none", None)
    house.say("interval", "JS-R09", "12", "--set-by", "Head of Cyber Department")
    assert len(training_weeks()) > 0
    for side in ("uk", "nl"):
        entry = next(
            entry
            for entry in house.read("owed", "--on", "2027-02-01", "--as", side)["owed"]
            if entry["obligation"] == "JS-R09"
        )
        assert (entry["cadence"]["stated"], entry["cadence"]["months"], entry["cadence"]["set_by"]) == (
            before["cadence"]["stated"],
            12,
            "Head of Cyber Department",
        )
        assert {
            "en": "12 months set by Head of Cyber Department, not by the text",
            "nl": "12 maanden, vastgesteld door Head of Cyber Department, niet door de tekst",
        } in entry["reasons"]


def host_letters(house: House, side: str) -> list[tuple[str, str]]:
    """Return when and to which mailbox letters of one side will go that ask what only a host does."""
    found = house.read("reminders", "preview", "--to", "2028-01-31", "--as", side)
    return [
        (letter["send_at"], letter["mailbox"])
        for letter in found
        for reminder in letter["reminders"]
        if reminder["step"]["en"] == "Host, venue and invitation"
    ]


def test_story_14_a_round_changes_sides_with_all_that_belongs_to_it(house: House, engine: Engine) -> None:
    agreed_in_the_hague(engine, date(2027, 9, 22))
    before = house.read("meetings", "show", "JS-R07")
    assert (before["host"], before["place"]["en"], before["zone"]) == ("nl", "The Hague", "Europe/Amsterdam")
    assert (host_letters(house, "uk") == [], host_letters(house, "nl") == []) == (True, False)

    house.say("hosts", "swap", "JS-R07", "--to", "uk", "--reason", "early election", "--as", "nl")
    house.say("meetings", "agree", "JS-R07")
    after = house.read("meetings", "show", "JS-R07")
    assert (after["host"], after["place"]["en"], after["zone"]) == ("uk", "London", "Europe/London")
    kept = ("uid", "first_day", "start", "end", "state")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    assert after["sequence"] > before["sequence"]
    assert (host_letters(house, "uk") == [], host_letters(house, "nl") == []) == (False, True)

    for side in ("uk", "nl"):
        (question,) = house.read("owed", "--as", side)["questions"]
        assert (question["obligation"], question["meeting"], question["next"]) == (
            "JS-R07",
            before["uid"],
            None,
        )
        assert question["question"]["en"] == (
            "London hosts in 2027 in place of The Hague; both sides have yet to agree who hosts next"
        )
    house.say("hosts", "answer", "JS-R07", "--next", "nl", "--as", "nl")
    assert house.read("owed")["questions"][0]["answered_by"] == ["nl"]
    assert "Netherlands has answered: Netherlands" in house.say("owed")
    house.say("hosts", "answer", "JS-R07", "--next", "nl")
    assert house.read("owed")["questions"] == []
    turn = house.read("hosts", "list")["turns"]["JS-R07"]
    assert (turn["host"], turn["since"]) == ("nl", "2027-02-01")
    assert turn["reason"]["en"] == (
        "London hosts in 2027 in place of The Hague; both sides agreed on 1 February 2027 that The Hague hosts next"
    )
    assert turn["debts"] == [{"party": "nl", "meeting": before["uid"]}]


def test_letters_to_the_host_go_to_the_side_that_hosts_now(house: House, engine: Engine) -> None:
    agreed_in_the_hague(engine, date(2027, 9, 22))
    house.say("hosts", "swap", "JS-R07", "--to", "uk", "--as", "nl")
    house.say("meetings", "agree", "JS-R07")
    due, mailbox = min(host_letters(house, "uk"))  # later ones ask others, should nobody have done it
    house.set_clock(datetime.fromisoformat(due))
    house.say("tick")
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in house.mail]
    asked = [letter for letter in letters if "Host, venue and invitation" in str(letter.get_body(("plain",)))]
    assert [letter["To"].addresses[0].addr_spec for letter in asked] == [mailbox]
