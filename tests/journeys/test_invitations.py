"""Delegates on both sides are invited over a real mail relay, hear of a move, and of a cancellation two days before."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html  # type: ignore[import-untyped]
from sqlalchemy import Engine

from scheduler.dates.slots import timed_slot
from scheduler.db.work import unit_of_work
from scheduler.meetings import actions as meetings
from scheduler.obligations.queries import obligation
from tests.builders import NL, UK
from tests.invitations.stage import FIRST_DAY, Got, parsed
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.outlook import signed_in
from tests.outbox.relay import Relay, relay
from tests.peers import ical_js, libical

MONDAY_MORNING = datetime(2027, 1, 11, 10, 0, tzinfo=UTC)
A_WEEK_LATER = datetime(2027, 1, 18, 10, 0, tzinfo=UTC)
DUTCH = ("--as", "nl")
UK_DELEGATES = {
    "director-organised-crime": "chair",
    "organised-crime-desk": "required",
    "embassy-desk": "optional",
    "home-secretary": "informed",
    "secretariat": "informed",
    "political-director": "required",
    "ambassador-the-hague": "optional",
    "foreign-secretary": "informed",
}
NL_DELEGATES = {
    "director-organised-crime": "chair",
    "organised-crime-desk": "required",
    "embassy-desk": "optional",
    "minister-of-justice-and-security": "informed",
    "secretariat": "informed",
    "political-director": "required",
    "ambassador-london": "optional",
}
PRIVATE = "canary of the Home Office"


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = open_house(database_url, tmp_path, monkeypatch, MONDAY_MORNING)
    house.say("load", str(UK_NL))
    return house


@pytest.fixture
def post_office(house: House) -> Iterator[tuple[House, Relay]]:
    """The same installation with a relay of its own."""
    with relay() as taking:
        settings = {"MAILER": "smtp", "SMTP_PORT": str(taking.port)}
        yield dataclasses.replace(house, environment={**house.environment, **settings}), taking


def agree_on(engine: Engine, key: str, day: date, at: datetime = MONDAY_MORNING) -> str:
    """Put a round in London, which both sides agreed, on the calendar; return its UID."""
    hosted = timed_slot(day, time(10), time(16), "Europe/London")
    with unit_of_work(engine, UK, at) as work:
        promised = obligation(work, "uk-nl", key)
        uid = meetings.plan_round(work, meetings.Round((promised,), hosted, "uk", None, {}))
        meetings.offer(work, uid)
    with unit_of_work(engine, NL, at) as work:
        meetings.agree(work, uid)
    return uid


def fill(house: House) -> None:
    """Let both sides name their delegations to the SOC Dialogue."""
    for posts, as_side in ((UK_DELEGATES, ()), (NL_DELEGATES, DUTCH)):
        for post, role in posts.items():
            house.say("delegation", "add", "JS-R05", post, "--role", role, *as_side)


def invitations(taking: Relay) -> dict[str, list[Got]]:
    """Return the invitations that the relay took, by recipient, and forget them."""
    found: dict[str, list[Got]] = {}
    for recipient, content in taking.taken:
        message = parsed(content)
        if message.get_content_type() == "multipart/mixed":
            found.setdefault(recipient, []).append(Got(recipient, message))
    taking.taken.clear()
    return found


def only(found: dict[str, list[Got]]) -> dict[str, Got]:
    """Return the one invitation of each recipient."""
    assert Counter(map(len, found.values())) == {1: len(found)}
    return {recipient: letters[0] for recipient, letters in found.items()}


def addresses(house: House, *as_side: str) -> set[str]:
    listed: list[dict[str, Any]] = house.read("delegation", "list", "JS-R05", *as_side)["own"]
    return {entry["address"] for entry in listed}


def test_eight_and_seven_delegates_are_each_invited_alone(
    post_office: tuple[House, Relay], engine: Engine
) -> None:
    house, taking = post_office
    uid = agree_on(engine, "JS-R05", FIRST_DAY)
    fill(house)
    house.say("tick")
    assert invitations(taking) == {}
    assert house.run("invitations", "send", "JS-R05", *DUTCH).exit_code == 1
    house.say("invitations", "send", "JS-R05")
    house.say("tick")
    sent = only(invitations(taking))
    british, dutch = addresses(house), addresses(house, *DUTCH)
    assert set(sent) == british | dutch
    assert (len(british), len(dutch)) == (8, 7)
    for recipient, letter in sent.items():
        whole = letter.message.as_string() + letter.calendar.decode() + letter.text
        assert letter.calendar.count(b"ATTENDEE") == 1
        assert letter.value("ATTENDEE") == f"mailto:{recipient}"
        assert letter.value("ORGANIZER") == f"mailto:{letter.message['From']}"
        assert letter.text.startswith("OFFICIAL\n")
        assert str(letter.message["Subject"]).startswith("OFFICIAL: ")
        assert letter.message["Content-Language"] == ("en" if recipient in british else "nl")
        assert [other for other in british | dutch if other in whole and other != recipient] == []
    says_the_same_instant_everywhere(house, engine, uid, sent)
    house.say("tick")
    assert invitations(taking) == {}


def says_the_same_instant_everywhere(house: House, engine: Engine, uid: str, sent: dict[str, Got]) -> None:
    """Compare what two foreign readers make of the calendars with feed, page and words."""
    client = signed_in(engine, "uk")
    printed = house.say("feed", "new", "--label", "journey")
    address = next(word for word in printed.split() if word.startswith("http"))
    feed = client.get(address.removeprefix("http://127.0.0.1:8000")).data
    instant = datetime(2027, 3, 16, 10, 0, tzinfo=UTC)
    for read in (ical_js.read, libical.read):
        assert [entry.start for entry in read(feed) if entry.uid == uid] == [instant]
        assert [(entry.uid, entry.start) for entry in read(next(iter(sent.values())).calendar)] == [
            (uid, instant)
        ]
    assert {letter.value("DTSTART") for letter in sent.values()} == {"20270316T100000"}
    english = next(letter for letter in sent.values() if letter.message["Content-Language"] == "en")
    words = " ".join(english.text.split())
    assert "Tuesday 16 March 2027, 10:00 to 16:00 in London, 11:00 to 17:00 in The Hague" in words
    page = spoken(client, f"/meetings/{uid}")
    assert ("10:00–16:00" in page, "11:00–17:00" in page) == (True, True)


def spoken(client: FlaskClient, address: str) -> str:
    text: str = html.fromstring(client.get(address).get_data(as_text=True)).find(".//main").text_content()
    return text


def test_each_side_sees_its_own_names_and_only_confirmed_heads_of_the_other(
    house: House, engine: Engine
) -> None:
    uid = agree_on(engine, "JS-R05", FIRST_DAY)
    fill(house)
    page = f"/meetings/{uid}/invitations"
    uk = signed_in(engine, "uk")
    assert "Confirmed heads only" not in spoken(uk, page)
    house.say("delegation", "confirm", "JS-R05", "director-organised-crime", *DUTCH)
    shown = house.read("delegation", "list", "JS-R05")["shown"]
    assert shown["nl"]["delegates"] == [{"post": "nl/director-organised-crime", "role": "chair"}]
    assert "Confirmed heads only" in spoken(uk, page)
    house.say("delegation", "release", "JS-R05", *DUTCH)
    released = house.read("delegation", "list", "JS-R05")["shown"]["nl"]
    assert released["released_by"] == "nl at the command line"
    assert [entry["post"] for entry in released["delegates"]] == [
        "nl/director-organised-crime",
        "nl/organised-crime-desk",
        "nl/political-director",
        "nl/ambassador-london",
        "nl/embassy-desk",
    ]
    assert house.run("delegation", "release", "JS-R05").exit_code == 1  # London hosts


def everything_of_the_dutch(house: House, engine: Engine, uid: str) -> dict[str, str]:
    """Return what the Dutch side can read about a meeting and its letters, without what differs with every reading."""
    client = signed_in(engine, "nl")
    addresses = (
        "/",
        "/uk-nl",
        f"/meetings/{uid}",
        f"/meetings/{uid}/invitations",
        "/letters/uk-nl",
        "/year/uk-nl",
    )
    found = {
        address: re.sub(
            r'(name="csrf_token" value=)"[^"]*"', r"\1", client.get(address).get_data(as_text=True)
        )
        for address in addresses
    }
    for words in (
        ("meetings", "show", uid),
        ("delegation", "list", uid),
        ("invitations", "show", uid),
        ("letters", "list"),
        ("owed",),
    ):
        found[words[0]] = found.get(words[0], "") + house.say(*words, "--json", *DUTCH)
    return found


def test_what_one_side_does_to_its_delegation_changes_no_byte_for_the_other(
    house: House, engine: Engine
) -> None:
    uid = agree_on(engine, "JS-R05", FIRST_DAY)
    house.say("invitations", "send", uid)
    house.say("tick")
    before = everything_of_the_dutch(house, engine, uid)
    house.say("delegation", "add", uid, "foreign-secretary", "--role", "optional")
    house.say("delegation", "add", uid, "political-director", "--instead-of", "director-organised-crime")
    house.say("delegation", "remove", uid, "embassy-desk")
    house.say("tick")
    assert everything_of_the_dutch(house, engine, uid) == before
    told = house.read("invitations", "show", uid)["told"]
    assert Counter(entry["cause"] for entry in told) == {"invited": 7, "removed": 2}
    # The comparison can fail: what the UK lets the other side see changes it.
    house.say("delegation", "confirm", uid, "political-director")
    assert everything_of_the_dutch(house, engine, uid) != before


def test_a_round_is_moved_and_everybody_is_asked_anew(
    post_office: tuple[House, Relay], engine: Engine
) -> None:
    house, taking = post_office
    uid = agree_on(engine, "JS-R05", FIRST_DAY)
    house.say("invitations", "send", "JS-R05")
    house.say("tick")
    first = only(invitations(taking))
    house.set_clock(A_WEEK_LATER)
    house.say("meetings", "move", uid, "--to", "2027-03-23")
    house.say("meetings", "note", uid, PRIVATE)
    house.say("tick")
    house.say("meetings", "agree", uid, *DUTCH)
    house.say("tick")
    assert invitations(taking) == {}
    assert house.read("invitations", "show", uid)["sent"] is False
    house.say("invitations", "send", uid)
    house.say("tick")
    moved = only(invitations(taking))
    assert set(moved) == set(first)
    for recipient, letter in moved.items():
        before = first[recipient]
        assert letter.value("UID") == before.value("UID") == uid
        assert int(letter.value("SEQUENCE")) == int(before.value("SEQUENCE")) + 1
        assert letter.value("DTSTAMP") > before.value("DTSTAMP")
        assert letter.value("DTSTART") == "20270323T100000"
        attendee = next(line for line in unfolded(letter) if line.startswith("ATTENDEE"))
        informed = "NON-PARTICIPANT" in attendee
        assert ("PARTSTAT=NEEDS-ACTION;RSVP=TRUE" in attendee) is not informed
        assert letter.message["References"] == before.message["Message-ID"]
        assert PRIVATE not in letter.message.as_string() + letter.calendar.decode() + letter.text


def unfolded(letter: Got) -> list[str]:
    return letter.calendar.decode().replace("\r\n ", "").split("\r\n")


def test_two_days_before_the_ministers_meeting_is_cancelled(
    post_office: tuple[House, Relay], engine: Engine
) -> None:
    house, taking = post_office
    last_year = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
    held = agree_on(engine, "JS-R01", date(2026, 10, 6), last_year)
    with unit_of_work(engine, UK, MONDAY_MORNING) as work:
        meetings.record_held(work, held, MONDAY_MORNING.date())
    uid = agree_on(engine, "JS-R01", date(2027, 10, 5))
    house.say("invitations", "send", uid)
    house.say("tick")
    first = only(invitations(taking))
    house.set_clock(datetime(2027, 10, 3, 9, 0, tzinfo=UTC))
    house.say("meetings", "note", uid, PRIVATE)
    house.say("meetings", "cancel", uid, "--tell", "A vote in the Commons.")
    house.say("tick")
    cancelled = only(invitations(taking))
    assert set(cancelled) == set(first)
    for recipient, letter in cancelled.items():
        assert (letter.value("METHOD"), letter.value("STATUS")) == ("CANCEL", "CANCELLED")
        assert int(letter.value("SEQUENCE")) > int(first[recipient].value("SEQUENCE"))
        assert letter.value("UID") == uid
        assert "A vote in the Commons." in letter.text
        assert PRIVATE not in letter.message.as_string() + letter.text
        assert [entry.uid for entry in libical.read(letter.calendar)] == [uid]
    owed = house.read("owed", "--on", "2027-10-03")["owed"]
    assert {entry["colour"] for entry in owed if entry["obligation"] == "JS-R01"} == {"amber"}
    house.say("tick")
    assert invitations(taking) == {}
