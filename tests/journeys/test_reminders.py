"""From a step that a side has set to the answer at the link in its letter: SMTP, ticks and restarts; story 11."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import Engine

from scheduler.app import create_app
from scheduler.dates.slots import timed_slot
from scheduler.db.work import reading
from scheduler.outbox.queries import letters
from tests.journeys.house import House, open_house
from tests.outbox.relay import Relay, relay
from tests.reminders.stage import NL, agreed, found

KINGS_EVE = datetime(2027, 4, 26, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)
ANSWER = re.compile(r"https?://\S+(/reminders/answer/\S+)")
EARLIER = datetime(2027, 4, 7, 12, tzinfo=UTC)


@pytest.fixture
def post_office() -> Iterator[Relay]:
    with relay() as running:
        yield running


@pytest.fixture
def house(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, post_office: Relay
) -> House:
    """Open a house that sends by SMTP, with a round on 1 June 2027 and what was due before 8 April already told."""
    found(engine)
    agreed(engine)
    agreed(engine, "MIN", timed_slot(date(2027, 12, 7), time(10), time(12), "Europe/London"))
    for name, value in {"MAILER": "smtp", "SMTP_PORT": str(post_office.port)}.items():
        monkeypatch.setenv(name, value)
    house = open_house(database_url, tmp_path, monkeypatch, EARLIER)
    house.environment = {**house.environment, "MAILER": "smtp", "SMTP_PORT": str(post_office.port)}
    house.say("tick")
    return house


def tick(house: House, at: datetime) -> None:
    house.set_clock(at)
    house.say("tick")


def messages(post_office: Relay) -> list[EmailMessage]:
    return [message_from_bytes(content, policy=default) for _, content in post_office.taken]


def to(post_office: Relay, mailbox: str) -> list[str]:
    return [str(entry["Subject"]) for entry in messages(post_office) if mailbox in str(entry["To"])]


CONCEPT = (
    "OFFICIAL: Eerste conceptagenda naar de andere zijde, uiterlijk dinsdag 27 april 2027: Misdaaddialoog"
)


def test_story_11(house: House, post_office: Relay) -> None:
    for at in (KINGS_EVE, KINGS_EVE + timedelta(minutes=1), KINGS_EVE + DAY, KINGS_EVE + 3 * DAY):
        tick(house, at)
        if at == KINGS_EVE:
            assert to(post_office, "desk@jenv.example") == [CONCEPT]
            assert to(post_office, "crime@home-office.example") == []
    assert to(post_office, "desk@jenv.example") == [CONCEPT]
    assert to(post_office, "crime@home-office.example") == [
        "OFFICIAL: First draft agenda to the other side, by Tuesday 27 April 2027: Organised Crime Dialogue"
    ]


def test_a_restart_and_a_clock_set_back_send_no_second(house: House, post_office: Relay) -> None:
    for at in (KINGS_EVE, KINGS_EVE - DAY, KINGS_EVE + DAY, KINGS_EVE, KINGS_EVE + DAY):
        tick(house, at)
    assert len(to(post_office, "desk@jenv.example")) == 1
    assert len(to(post_office, "crime@home-office.example")) == 1


def test_what_a_side_has_set_is_what_it_gets_and_the_other_as_before(
    house: House, post_office: Relay
) -> None:
    house.say("reminders", "set", "first_draft", "--weeks", "6", "--obligation", "SOC")
    shown = house.read("reminders", "settings", "--obligation", "SOC")["steps"]
    origin = {row["amount"]: row["origin"] for row in shown if row["step"] == "first_draft"}
    assert origin == {6: "set by uk at the command line on 7 April 2027 (SOC)"}
    tick(house, datetime(2027, 4, 20, 8, 30, tzinfo=UTC))
    assert to(post_office, "crime@home-office.example") == [
        "OFFICIAL: First draft agenda to the other side, by Tuesday 20 April 2027: Organised Crime Dialogue"
    ]
    assert to(post_office, "desk@jenv.example") == []
    house.say("reminders", "reset", "first_draft", "--obligation", "SOC")
    assert house.run("reminders", "reset", "first_draft", "--obligation", "SOC").exit_code == 1


def test_a_letter_is_answered_by_its_link_and_then_nobody_else_hears(
    house: House, post_office: Relay, engine: Engine
) -> None:
    tick(house, KINGS_EVE)
    (letter,) = (entry for entry in messages(post_office) if "desk@jenv.example" in str(entry["To"]))
    body = letter.get_body(("plain",))
    assert body is not None
    link = ANSWER.search(str(body.get_content()))
    assert link is not None
    client = create_app(engine=engine).test_client()
    page = client.get(link[1])
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert token is not None
    done = client.post(link[1], data={"csrf_token": token[1], "number": "1", "answer": "in_hand"})
    assert done.status_code == 302
    for number in range(20):
        tick(house, KINGS_EVE + number * DAY)
    told = house.read("reminders", "list", "--as", "nl")
    assert [entry["in_hand"] for entry in told if entry["step"] == "first_draft"] == [True]
    # Nobody answered in London, and so the secretariat and the head were told, once each.
    missed = [entry["post"] for entry in house.read("reminders", "list") if entry["kind"] == "escalation"]
    assert sorted(missed)[:2] == ["uk/director", "uk/secretariat"]
    assert len(to(post_office, "directeur@jenv.example")) == 0


def test_the_preview_announces_what_comes_digest_and_all(house: House, engine: Engine) -> None:
    house.say("reminders", "digest", "nl/secretariat", "weekly", "--weekday", "tuesday", "--as", "nl")
    stretch = ("--from", "2027-04-08", "--to", "2027-06-30", "--as", "nl")
    announced = house.read("reminders", "preview", *stretch)
    assert {entry["is_digest"] for entry in announced} == {True, False}
    assert "een overzicht" in house.say("reminders", "preview", *stretch, "--language", "nl")
    assert "alleen als niemand" in house.say("reminders", "preview", *stretch, "--language", "nl")
    with reading(engine, NL, EARLIER) as work:
        before = {entry.key for entry in letters(work)}
    for entry in announced:
        house.set_clock(datetime.fromisoformat(entry["send_at"]))
        house.say("tick")
    with reading(engine, NL, EARLIER) as work:
        came = [
            (entry.post, entry.subject.removeprefix("OFFICIAL: "))
            for entry in letters(work)[::-1]
            if entry.key not in before
        ]
    assert came == [(entry["post"], entry["subject"]) for entry in announced]
    house.say("reminders", "digest", "nl/secretariat", "off", "--as", "nl")


def test_the_ledger_is_answered_at_the_command_line(house: House) -> None:
    tick(house, KINGS_EVE + DAY)
    (key,) = (entry["key"] for entry in house.read("reminders", "list") if entry["step"] == "first_draft")
    house.say("reminders", "snooze", key, "2027-05-03")
    assert "again on 2027-05-03" in house.say("reminders", "list")
    house.say("reminders", "acknowledge", key)
    assert "in behandeling" in house.say("reminders", "list", "--language", "nl")
    assert house.run("reminders", "acknowledge", key, "--as", "nl").exit_code == 1
    assert house.run("reminders", "set", "first_draft", "--days", "3").exit_code == 2
