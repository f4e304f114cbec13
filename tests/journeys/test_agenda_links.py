"""Invitations lead to the agenda that both sides see, by its address alone; what a side has not offered is nowhere."""

from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from agendas.drafting.actions import start_draft
from agendas.negotiation import actions
from agendas.negotiation.desk import keep, open_desk
from agendas.versions import rules
from scheduler.actor import Actor
from scheduler.db.work import unit_of_work
from tests.builders import NL, UK, agreed
from tests.invitations.stage import Got, move, parsed
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.outlook import signed_in

NOW = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
PUBLIC = "http://127.0.0.1:8000"
CANARY = "canary-of-an-agenda"
ALL = "plain html calendar"
SENTENCES = {
    "en": "After signing in you can read the joint agenda here, always as it stands that day:",
    "nl": "Na aanmelding leest u de gezamenlijke agenda hier, altijd zoals die op dat moment luidt:",
}


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    return open_house(database_url, tmp_path, monkeypatch, NOW)


@pytest.fixture
def uid(house: House, engine: Engine) -> str:
    """Load the shipped programme and agree a round; return its UID."""
    house.say("load", str(UK_NL))
    return agreed(engine, date(2027, 3, 23), key="JS-R05")


def draft(engine: Engine, actor: Actor, uid: str) -> None:
    """Begin an agenda with a canary in it."""
    words = {"en": CANARY, "nl": CANARY}
    with unit_of_work(engine, actor, NOW) as work:
        start_draft(work, uid, NOW.date())
        desk = open_desk(work, uid, "own")
        keep(work, desk, rules.edit(desk.content, "opening", text=words), NOW.date())


def offer(engine: Engine, uid: str) -> None:
    with unit_of_work(engine, UK, NOW) as work:
        actions.offer(work, uid)


def invitations(house: House) -> list[EmailMessage]:
    found = [parsed(file.read_bytes()) for file in house.mail]
    return [
        message
        for message in found
        if any(part.get_content_type() == "text/calendar" for part in message.walk())
    ]


def parts(message: EmailMessage) -> dict[str, str]:
    """Return what a reader sees of a letter in each of its parts, each on one line."""
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain
    assert html
    return {
        "plain": " ".join(str(plain.get_content()).split()),
        "html": " ".join(str(html.get_content()).split()),
        "calendar": Got("", message).value("DESCRIPTION").replace("\\,", ","),
    }


def leading(messages: list[EmailMessage], uid: str) -> list[tuple[str, str]]:
    """Return for each letter its language, and its parts that lead to the agenda, with a sentence in that language."""
    address = f"{PUBLIC}/meetings/{uid}/agenda"
    found = []
    for message in messages:
        language, seen = str(message["Content-Language"]), parts(message)
        sentence = SENTENCES[language]
        lead = {
            "plain": f"{sentence} {address} ",
            "html": f'{sentence}<br><a href="{address}"',
            "calendar": f"\\n{sentence} {address}",
        }
        named = " ".join(name for name in seen if lead[name] in seen[name])
        assert named == " ".join(name for name in seen if "/agenda" in seen[name])
        found.append((language, named))
    return sorted(found)


def feed(house: House, engine: Engine, party: str) -> tuple[str, FlaskClient]:
    """Return the address of a new feed of a side, and who asks for it."""
    printed = house.say("feed", "new", "--label", "agendas", "--as", party)
    address = next(word for word in printed.split() if word.startswith("http"))
    return address.removeprefix(PUBLIC), signed_in(engine, party)


def test_invitations_lead_to_the_joint_agenda_by_its_address(house: House, engine: Engine, uid: str) -> None:
    draft(engine, UK, uid)
    offer(engine, uid)
    preview = house.say("invitations", "send", uid, "--preview")
    assert preview.count(f"\n  {PUBLIC}/meetings/{uid}/agenda\n") == 5
    page = signed_in(engine, "uk").get(f"/meetings/{uid}/invitations").get_data(as_text=True)
    assert page.count(f"\n  {PUBLIC}/meetings/{uid}/agenda\n") == 5
    house.say("invitations", "send", uid)
    house.say("tick")
    assert leading(invitations(house), uid) == [("en", ALL)] * 5 + [("nl", ALL)] * 5
    for letter in invitations(house):
        assert [name for name, text in parts(letter).items() if CANARY in text] == []


def test_the_page_that_sends_leads_there_too(house: House, engine: Engine, uid: str) -> None:
    draft(engine, UK, uid)
    offer(engine, uid)
    assert signed_in(engine, "uk").post(f"/meetings/{uid}/invitations/send").status_code == 302
    house.say("tick")
    assert leading(invitations(house), uid) == [("en", ALL)] * 5 + [("nl", ALL)] * 5


def test_what_a_side_has_not_offered_makes_no_link_appear(house: House, engine: Engine, uid: str) -> None:
    for side in (UK, NL):
        draft(engine, side, uid)
    assert "/agenda" not in house.say("invitations", "send", uid, "--preview")
    house.say("invitations", "send", uid)
    house.say("tick")
    assert leading(invitations(house), uid) == [("en", "")] * 5 + [("nl", "")] * 5
    for letter in invitations(house):
        assert [name for name, text in parts(letter).items() if CANARY in text] == []


def test_an_offered_agenda_sends_no_invitation_and_goes_with_the_next_one(
    house: House, engine: Engine, uid: str
) -> None:
    house.say("invitations", "send", uid)
    house.say("tick")
    first = invitations(house)
    assert leading(first, uid) == [("en", "")] * 5 + [("nl", "")] * 5
    draft(engine, UK, uid)
    offer(engine, uid)
    house.set_clock(LATER)
    house.say("tick")
    assert len(invitations(house)) == len(first)
    assert "What stands was sent." in house.say("invitations", "show", uid)
    house.say("delegation", "add", uid, "political-director", "--role", "optional")
    house.say("tick")
    [added] = [letter for letter in invitations(house) if str(letter) not in set(map(str, first))]
    assert leading([added], uid) == [("en", ALL)]
    assert Got("", added).value("SEQUENCE") == Got("", first[0]).value("SEQUENCE") == "0"


def test_updates_lead_there_and_cancellations_do_not(house: House, engine: Engine, uid: str) -> None:
    house.say("invitations", "send", uid)
    house.say("tick")
    draft(engine, UK, uid)
    offer(engine, uid)
    house.set_clock(LATER)
    move(engine, uid, date(2027, 3, 24), at=LATER)
    house.say("invitations", "send", uid)
    house.say("tick")
    updates = [letter for letter in invitations(house) if Got("", letter).value("SEQUENCE") == "1"]
    assert leading(updates, uid) == [("en", ALL)] * 5 + [("nl", ALL)] * 5
    house.say("meetings", "cancel", uid)
    house.say("tick")
    letters = [letter for letter in invitations(house) if Got("", letter).value("METHOD") == "CANCEL"]
    assert leading(letters, uid) == [("en", "")] * 5 + [("nl", "")] * 5


def test_feeds_say_nothing_of_agendas(house: House, engine: Engine, uid: str) -> None:
    feeds = [feed(house, engine, party) for party in ("uk", "nl")]
    before = [client.get(address).data for address, client in feeds]
    assert [content.count(uid.encode()) > 0 for content in before] == [True, True]
    draft(engine, UK, uid)
    offer(engine, uid)
    assert [client.get(address).data for address, client in feeds] == before
