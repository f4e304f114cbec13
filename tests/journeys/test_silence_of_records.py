"""What one side writes into its own record, its briefs and its packs is in no byte that the other side can get."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from agendas.negotiation.actions import take_in
from agendas.versions.actions import edited
from agendas.versions.queries import the_draft
from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import unit_of_work
from tests.agendas.distribution.test_actions import words_of
from tests.agendas.outcomes.rounds import THEME, soc_round
from tests.builders import PARTNERSHIP
from tests.journeys.house import House, open_house
from tests.journeys.test_silence import OTHER, canary, pages, readable, signed_in

AFTER = datetime(2027, 3, 23, 17, 0, tzinfo=UTC)
ROUND = "JS-R05/2027"


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    return open_house(database_url, tmp_path, monkeypatch, AFTER)


def write(house: House, engine: Engine, uid: str, party: str) -> None:
    """Leave the canary in a side's brief, which goes out in its pack, and in every part of its own record."""
    with unit_of_work(engine, side(party, party), clock.now()) as work:
        if party == "nl":
            take_in(work, uid, clock.now().date())
        mine = the_draft(work, uid)
        edited(work, mine, PARTNERSHIP, mine.content, {THEME: {"points": canary(party)}})
    said = ("--en", canary(party), "--nl", canary(party), "--as", party)
    house.say("pack", "send", ROUND, "--as", party)
    house.say("outcomes", "begin", ROUND, "--as", party)
    house.say("outcomes", "item", ROUND, THEME, "decided", *said)
    house.say("outcomes", "add-item", ROUND, f"added/{canary(party)}", *said)
    house.say("outcomes", "attendance", ROUND, f"{party}/embassy-desk", "delegate", *said)
    house.say("outcomes", "new", ROUND, THEME, "JS-T3", *said, "--owner", "uk/home-office")
    house.say("outcomes", "progress", ROUND, THEME, "JS-C26", *said)
    house.say(
        "outcomes", "change", ROUND, "JS-C27", "--status", "blocked", "--reason", canary(party), "--as", party
    )


def everything(house: House, client: FlaskClient, party: str, uid: str) -> Iterator[tuple[str, bytes]]:
    """Yield everything about a round that has been held that a side can get, by what it is."""
    yield from pages(client)
    for path in ("record", "pack", "agenda/papers/pack", "agenda/papers/annotated"):
        yield path, client.get(f"/meetings/{uid}/{path}").data
    for form in ("docx", "pdf", "html", "md"):
        yield f"record.{form}", client.get(f"/meetings/{uid}/record.{form}").data
        for language in ("en", "nl"):
            name = f"report.{language}.{form}"
            house.say("report", "--on", "2027-03-23", "--language", language, "--out", name, "--as", party)
            yield name, readable(Path(name))
    for words in (("outcomes", "show"), ("pack", "show")):
        yield " ".join(words), house.say(*words, ROUND, "--json", "--as", party).encode()
    for words in (
        ("commitments", "list"),
        ("letters", "list"),
        ("reminders", "preview"),
        ("meetings", "list"),
    ):
        yield " ".join(words), house.say(*words, "--json", "--as", party).encode()
    yield "export", house.say("export", "--as", party).encode()


def test_each_side_reads_its_own_record_and_nothing_of_the_others(house: House, engine: Engine) -> None:
    uid = soc_round(engine)
    for party in OTHER:
        write(house, engine, uid, party)
    house.say("tick")
    for party, other in OTHER.items():
        found = dict(everything(house, signed_in(engine, party), party, uid))
        own = {place for place, content in found.items() if canary(party).encode() in content}
        leaked = {place for place, content in found.items() if canary(other).encode() in content}
        assert leaked == set()
        # The canary is alive: a search that finds nothing anywhere would prove nothing.
        assert {"record", "agenda/papers/pack", "agenda/papers/annotated", "outcomes show"} <= own
        assert not [place for place in own if place.startswith("report.")]


def test_letters_with_packs_hold_their_own_side_alone(house: House, engine: Engine) -> None:
    uid = soc_round(engine)
    for party in OTHER:
        write(house, engine, uid, party)
    house.say("tick")
    packs = [file for file in house.mail if b"pack-joint" in file.read_bytes()]
    assert len(packs) == 6
    for file in packs:
        message = message_of(file)
        party = re.findall(r"pack-joint-1\.own-\d+-(en|nl)\.pdf", file.read_text())[0]
        own, other = ("uk", "nl") if party == "en" else ("nl", "uk")
        assert (canary(own) in words_of(message), canary(other) in words_of(message)) == (True, False)


def message_of(file: Path) -> Message:
    """Return a letter as it lies in the folder."""
    return message_from_bytes(file.read_bytes())
