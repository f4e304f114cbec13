"""What one side keeps to itself of a round that was held comes out nowhere: records, packs, reports, the log.

A round of its own, so that this is read beside the rest and not after it.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from agendas.drafting.actions import start_draft
from agendas.negotiation.actions import offer as offer_agenda
from agendas.negotiation.desk import keep as keep_agenda
from agendas.negotiation.desk import open_desk
from agendas.negotiation.papers import NOTE_KINDS
from agendas.outcomes import actions
from agendas.outcomes.content import ATTENDANCE, ITEM
from agendas.outcomes.editing import with_item, with_new, with_presence, with_result, with_seat
from agendas.outcomes.queries import the_record_draft
from scheduler import clock
from scheduler.actor import side
from scheduler.audit.tables import AuditEntry
from scheduler.db.work import reading, unit_of_work
from tests.agendas.outcomes.rounds import PORTS
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.opened import opened
from tests.journeys.outlook import MARKINGS, OTHER, canary, mails, readable, signed_in

BEFORE = datetime(2027, 2, 1, 10, 0, tzinfo=UTC)
FORMS = ("docx", "pdf", "html", "md")
OFFERED = "topic/drug-smuggling"


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = open_house(database_url, tmp_path, monkeypatch, BEFORE)
    house.say("load", str(UK_NL))
    return house


def round_with_agenda(house: House, engine: Engine) -> tuple[str, date]:
    """Agree a round with the agenda of one side on offer, and briefs of each; return its UID and day."""
    house.say("plan", "propose", "--from", "2027-02-01", "--to", "2027-06-30")
    house.say("plan", "approve", "--round", "JS-R05/2027-1")
    house.say("meetings", "offer", "JS-R05")
    house.say("meetings", "agree", "JS-R05", "--as", "nl")
    found = house.read("meetings", "show", "JS-R05")
    for party in OTHER:
        with unit_of_work(engine, side(party, "desk"), clock.now()) as work:
            start_draft(work, found["uid"], BEFORE.date())
            if party == "uk":
                offer_agenda(work, found["uid"])
            desk = open_desk(work, found["uid"], "own")
            notes = {"opening": dict.fromkeys(NOTE_KINDS, canary(party))}
            keep_agenda(work, desk, desk.content, BEFORE.date(), notes=notes)
        house.say("pack", "send", "JS-R05", "--as", party)
    house.say("tick")
    return found["uid"], date.fromisoformat(found["first_day"])


def record_in_secret(engine: Engine, uid: str) -> None:
    """Let each side keep a record full of its canary; UK offers one part of its own, which NL takes in."""
    for party in OTHER:
        words = {"en": canary(party), "nl": canary(party)}
        with unit_of_work(engine, side(party, "desk"), clock.now()) as work:
            actions.begin(work, uid)
            begun = the_record_draft(work, uid)
            record = begun.record
            for item in record.items:
                if item.key != OFFERED:
                    record = with_result(record, item.key, "decided", words)
            record = with_item(with_result(record, OFFERED, "noted", {}), f"added/{canary(party)}", words)
            record = with_seat(record, f"{party}/{canary(party)}", party, words)
            record = with_presence(record, record.seats[0].key, "delegate", words)
            new = replace(PORTS, key=canary(party), item=f"added/{canary(party)}", text=words)
            record = with_new(record, new)
            actions.keep(work, uid, begun.number, record)
            if party == "uk":
                actions.offer(work, uid, [f"{ITEM}/{OFFERED}", f"{ATTENDANCE}/nl"])
            else:
                actions.take_in(work, uid)


def everything(house: House, engine: Engine, uid: str, party: str) -> Iterator[tuple[str, bytes]]:
    """Yield all that a side can get out of what was sent, recorded and reported of the round."""
    client = signed_in(engine, party)
    for page in ("", "/record", "/pack", "/agenda", "/invitations"):
        yield f"page{page}", client.get(f"/meetings/{uid}{page}").data
    for page in (
        "/",
        "/owed/uk-nl",
        "/commitments/uk-nl",
        "/letters/uk-nl",
        "/reminders/uk-nl",
        "/report/uk-nl",
    ):
        yield page, client.get(page, follow_redirects=True).data
    yield "refused", client.post(f"/meetings/{uid}/record/begin", follow_redirects=True).data
    yield "signed", client.post(f"/meetings/{uid}/record/sign", data={"shown": ["frame x"]}).data
    for form in FORMS:
        yield f"record.{form}", opened(form, client.get(f"/meetings/{uid}/record.{form}").data)
        yield f"report.{form}", opened(form, client.get(f"/report/uk-nl.{form}").data)
        file = Path(f"{party}-record.{form}")
        marked = ("--marking", MARKINGS[party], "--out", str(file))
        house.say("outcomes", "paper", uid, *marked, "--as", party)
        yield f"outcomes paper {form}", readable(file)
    for words in (
        ("outcomes", "show", uid),
        ("pack", "show", uid),
        ("letters", "list"),
        ("reminders", "preview"),
    ):
        yield " ".join(words[:2]), house.say(*words, "--json", "--as", party).encode()
    yield "export", house.say("export", "--as", party).encode()
    with reading(engine, side(party, "desk"), clock.now()) as work:
        entries = work.session.scalars(select(AuditEntry)).all()
        yield "audit", "\n".join(f"{entry.act} {entry.subject} {entry.detail}" for entry in entries).encode()


def test_of_a_round_that_was_held_each_side_reads_what_was_offered_and_its_own(
    house: House,
    engine: Engine,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    uid, day = round_with_agenda(house, engine)
    house.set_clock(datetime.combine(day + timedelta(days=1), BEFORE.timetz()))
    record_in_secret(engine, uid)
    ticked = house.say("tick")  # what it logs stands in what it prints
    for party, other in OTHER.items():
        found = dict(everything(house, engine, uid, party))
        assert {place for place, content in found.items() if canary(other).encode() in content} == set()
        own = {place for place, content in found.items() if canary(party).encode() in content}
        assert own == {"page/record", "outcomes show", "refused", "signed"}
        got = [content for _, content in mails(house, engine, party)]
        assert any(canary(party).encode() in content for content in got)
        assert not any(canary(other).encode() in content for content in got)
    for words in (("export",), ("answers", "needs-person", "--json")):
        assert "canary" not in house.say(*words, "--as", "operator")
    assert "canary" not in ticked + caplog.text + capsys.readouterr().out
