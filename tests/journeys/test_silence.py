"""What one side keeps to itself comes out nowhere: all that the other side can get is read, to the last byte."""

import dataclasses
import json
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from agendas.commitments.actions import add_commitment, change_status
from agendas.commitments.entry import Entry
from agendas.commitments.notes import Note
from agendas.commitments.notes import write_note as write_ledger_note
from agendas.commitments.rules import StatusChange
from agendas.commitments.tables import Progress
from scheduler import clock
from scheduler.actor import side
from scheduler.dates.slots import all_day_slot, timed_slot
from scheduler.db.work import Work, unit_of_work
from scheduler.diaries.actions import keep_file, read_file
from scheduler.diaries.queries import diaries
from scheduler.invitations.actions import set_delegate
from scheduler.invitations.rules import Role as InvitedAs
from scheduler.meetings.actions import Round, offer, plan_round, refuse, write_note
from scheduler.meetings.choices import Choice
from scheduler.meetings.hosting import swap_host
from scheduler.meetings.queries import find_meeting
from scheduler.obligations.queries import obligation
from scheduler.partnerships.tables import ClosedDayRow
from scheduler.planning.queries import problem
from scheduler.planning.requests.actions import request_plan
from scheduler.reminders.actions import set_digest, set_value
from scheduler.reminders.milestones import Setting
from tests.ical.foreign_calendars import calendar, event
from tests.invitations.answering import attendee, mail, reply_calendar, report
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.outlook import OTHER, SECRET_DAY, canary, mails, of_the_ledger, searched, shown, signed_in

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = open_house(database_url, tmp_path, monkeypatch, MONDAY_MORNING)
    house.say("load", str(UK_NL))
    house.say("plan", "propose", "--from", "2026-11-23", "--to", "2027-12-31")
    house.say("plan", "approve", "--round", "JS-R05/2027-1")
    house.say("meetings", "offer", "JS-R05")
    house.say("meetings", "agree", "JS-R05", "--as", "nl")
    return house


def hide(engine: Engine, party: str) -> str:
    """Leave the canary wherever a side can keep something to itself; return the UID of its hidden round."""
    with unit_of_work(engine, side(party, canary(party)), clock.now()) as work:
        promised = obligation(work, "uk-nl", "JS-R04")
        slot = timed_slot(SECRET_DAY, time(10), time(12), "Europe/London")
        hidden = plan_round(
            work, Round((promised,), slot, party, {"en": canary(party), "nl": canary(party)}, {})
        )
        write_note(work, hidden, canary(party))
        swap_host(work, _planned(work, party, "JS-R11"), OTHER[party], reason=canary(party))
        write_note(
            work, find_meeting(work, "uk-nl", "JS-R05", SECRET_DAY.replace(month=1)).uid, canary(party)
        )
        work.session.add(
            ClosedDayRow(
                partnership="uk-nl",
                layer=party,
                party=party,
                title={"en": canary(party), "nl": canary(party)},
                first=SECRET_DAY,
                last=SECRET_DAY,
                effect="forbids",
                levels=[],
                offices=[],
                kind="absence",
                source=canary(party),
                basis="stated",
            )
        )
        diarist = diaries(work, "uk-nl")[0].post.reference
        day = f"{SECRET_DAY:%Y%m%d}"
        taken = calendar(event(f"DTSTART;VALUE=DATE:{day}", f"SUMMARY:{canary(party)}"))
        keep_file(work, "uk-nl", diarist, read_file(taken, "Europe/London", clock.now()))
        work.session.add(
            Progress(
                partnership="uk-nl",
                layer=party,
                key=f"{canary(party)}-P1",
                position=0,
                day=MONDAY_MORNING.date(),
                text={"en": canary(party), "nl": canary(party)},
                state="progress",
                commitments=["JS-C26"],
                topics=["JS-R05/drug-smuggling"],
                obligations=["JS-R05"],
                events=[],
                passage_id=None,
            )
        )
        today = MONDAY_MORNING.date()
        invited = find_meeting(work, "uk-nl", "JS-R05", today).uid
        set_delegate(work, invited, "political-director", InvitedAs.REQUIRED)
        earlier = Setting(
            "save_the_date", "", "", "", 40, is_off=False, audience=None, set_by="", set_at=clock.now()
        )
        set_value(work, "uk-nl", earlier)
        set_digest(work, "uk-nl", diarist, "daily")
        request_plan(work, "uk-nl", problem(work, "uk-nl", today, date(2027, 12, 31), today))
    return hidden


def keep_in_the_ledger(engine: Engine, party: str) -> None:
    """Leave a note, a change of status and a new commitment that a side has not offered."""
    with unit_of_work(engine, side(party, canary(party)), clock.now()) as work:
        note = Note(MONDAY_MORNING.date(), {"en": canary(party)}, ("JS-C27",))
        write_ledger_note(work, "uk-nl", note, joint=False)
        change = StatusChange("dropped", reason=canary(party))
        change_status(work, "uk-nl", "JS-C28", change, private=True)
        entry = Entry("JS-T3", {"en": f"Never said {canary(party)}"}, "action", "will", key=canary(party))
        add_commitment(work, "uk-nl", entry, reason=canary(party), private=True)


def refuse_each_other(engine: Engine) -> None:
    """Leave one day on offer, which both sides' own books speak against, and a refusal of each side with its reason."""
    week = timedelta(days=7)
    with unit_of_work(engine, side("uk", "uk"), clock.now()) as work:
        first = all_day_slot(SECRET_DAY, SECRET_DAY, "Europe/London")
        conference = Round((obligation(work, "uk-nl", "JS-R10"),), first, "uk", None, {})
        uid = plan_round(work, conference)
        second, third = (
            dataclasses.replace(first, first_day=day, last_day=day)
            for day in (SECRET_DAY + week, SECRET_DAY + 2 * week)
        )
        offer(work, uid, [Choice(second, "uk", None)])
    with unit_of_work(engine, side("nl", "nl"), clock.now()) as work:
        refuse(work, uid, 2, canary("nl"))
        offer(work, uid, [Choice(third, "uk", None)])
    with unit_of_work(engine, side("uk", "uk"), clock.now()) as work:
        refuse(work, uid, 3, canary("uk"))


def write_to_the_mailbox(house: House) -> None:
    """Let a post of each side answer in words of its own."""
    inbox = house.folder / "var" / "inbox"
    inbox.mkdir(parents=True)
    for party in OTHER:
        delegate = house.read("delegation", "list", "JS-R05", "--as", party)["own"][0]
        content = mail(delegate["address"], text=canary(party)).replace(b"Re: SOC", canary(party).encode())
        (inbox / f"{party}.eml").write_bytes(content)


def propose_and_change_hands(house: House) -> None:
    """Let a post of each side propose another time, have that declined, and let another post change hands."""
    host = house.read("meetings", "show", "JS-R05")["host"]
    house.say("invitations", "send", "JS-R05", "--as", host)
    house.say("tick")
    inbox = house.folder / "var" / "inbox"
    uid = house.read("meetings", "show", "JS-R05")["uid"]
    times = ("DTSTART:20270525T100000Z", "DTEND:20270525T120000Z")
    for party in OTHER:
        first, second, *_ = house.read("invitations", "show", "JS-R05", "--as", party)["told"]
        for told in (first, second):
            lines = (*times, f"COMMENT:{canary(party)}")
            came = reply_calendar(
                uid, attendee(told["address"]), method="COUNTER", stamp=clock.now(), more=lines
            )
            (inbox / f"{told['address']}.eml").write_bytes(mail(told["address"], came))
        house.say("tick")
        proposed = house.read("answers", "proposals", "JS-R05", "--as", party)
        house.say("answers", "decline", proposed[0]["proposal"], "--reason", canary(party), "--as", party)
        term = ("--from", str(MONDAY_MORNING.date()), "--mailbox", f"{canary(party)}@{party}.example")
        house.say("posts", "set-holder", first["post"], *term, "--as", party)
    house.say("tick")


def report_and_hand_over(house: House) -> None:
    """Let a letter of each side come back, and hand each side a mail of which nobody knew whose it is."""
    inbox = house.folder / "var" / "inbox"
    for party in OTHER:
        sent = house.read("letters", "list", "--as", party)[0]
        (inbox / "returned.eml").write_bytes(report(sent["message_id"], words=canary(party)))
        content = mail(f"aide@home-of-{party}.example", text=canary(party))
        (inbox / "stray.eml").write_bytes(content.replace(b"Re: SOC", canary(party).encode()))
        house.say("tick")
    listed = house.say("answers", "needs-person", "--json", "--as", "operator")
    assert "canary" not in listed
    strays = {entry["sender"]: entry["mail"] for entry in json.loads(listed)}
    assert sorted(strays) == ["aide@home-of-nl.example", "aide@home-of-uk.example"]
    for party in OTHER:
        stray = strays[f"aide@home-of-{party}.example"]
        assert house.run("answers", "show", stray, "--as", "operator").exit_code == 1
        house.say("answers", "hand-over", stray, party)


def _planned(work: Work, party: str, key: str) -> str:
    """Plan a round of its own for a side, which nobody offers; return its UID."""
    slot = timed_slot(SECRET_DAY, time(10), time(12), "Europe/London")
    return plan_round(work, Round((obligation(work, "uk-nl", key),), slot, party, None, {}))


def test_each_side_finds_its_own_and_nothing_of_the_other(house: House, engine: Engine) -> None:
    hidden = {party: hide(engine, party) for party in OTHER}
    refuse_each_other(engine)
    for party in OTHER:
        keep_in_the_ledger(engine, party)
    write_to_the_mailbox(house)
    house.say("tick")
    report_and_hand_over(house)
    propose_and_change_hands(house)
    for party, other in OTHER.items():
        found = dict(shown(house, signed_in(engine, party), party))
        found |= dict(searched(house, party))
        sent = dict(mails(house, engine, party))
        found |= sent
        own = {place for place, content in found.items() if canary(party).encode() in content}
        leaked = {
            place
            for place, content in found.items()
            if canary(other).encode() in content or hidden[other].encode() in content
        }
        assert leaked == set()
        # The canary is alive: a search that finds nothing anywhere would prove nothing.
        assert {"meetings list", "feed with none", "plan requests", f"/meetings/{hidden[party]}"} <= own
        assert own & sent.keys()
        assert {"/plan/uk-nl", "a plan", "comparison", "reasons of a day"} <= own
        assert {"hosts list", "/diaries/uk-nl", "diaries list"} <= own
        assert {"answers needs-person", "mails that need a person", "letters list", "/letters/uk-nl"} <= own
        assert [house.read("letters", "list", "--as", party)[0]["state"]] == ["bounced"]
        assert {"commitments", "commitment JS-C27", "commitment page JS-C28", "/commitments/uk-nl"} <= own
        assert "table of commitments" not in own
        assert {"answers proposals JS-R05", "posts list", "/posts/uk-nl"} <= own
        # A draft agenda goes to the other side: not even its own side's private notes are in it.
        assert {place for place in own if place.startswith("agenda.")} == set()
        assert f"/meetings/{hidden[party]}" in found


def test_the_first_start_of_one_side_hands_nothing_to_that_of_the_other(house: House) -> None:
    given = {}
    for party in OTHER:
        own = dataclasses.replace(house, environment={**house.environment, "DIALOGUES_SIDE": party})
        given[party] = set(re.findall(r"\S+\.(?:ics|docx)\b", own.say("start", "--prepare-only")))
    assert given["uk"] & given["nl"] == set()
    assert {party: {Path(file).suffix for file in found} for party, found in given.items()} == {
        party: {".ics", ".docx"} for party in OTHER
    }


def test_the_ledger_tells_each_side_its_own_and_nothing_of_the_other(house: House, engine: Engine) -> None:
    for party in OTHER:
        keep_in_the_ledger(engine, party)
    for party, other in OTHER.items():
        client = signed_in(engine, party)
        found = dict(of_the_ledger(house, client, party))
        found["by theme"] = client.get("/commitments/uk-nl").data
        assert {place for place, content in found.items() if canary(other).encode() in content} == set()
        own = {place for place, content in found.items() if canary(party).encode() in content}
        assert {"by theme", "commitments", "commitment JS-C27", "commitment page JS-C28"} <= own
        assert "table of commitments" not in own
