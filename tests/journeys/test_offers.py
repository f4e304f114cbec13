"""From a plan to a date that both sides agreed: three options, a refusal that keeps its reason, a skip, and asking."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler import clock
from scheduler.actor import side
from scheduler.app import create_app
from scheduler.audit.queries import latest_changes
from scheduler.dates.slots import all_day_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.actions import Round, plan_round
from scheduler.obligations.queries import obligation
from scheduler.partnerships.tables import ClosedDayRow
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.outlook import mails, shown, signed_in

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
AFTERNOON = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
WHOLE_YEAR = ("--from", "2026-11-23", "--to", "2027-12-31")
DUTCH = ("--as", "nl")


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = open_house(database_url, tmp_path, monkeypatch, MONDAY_MORNING)
    house.say("load", str(UK_NL))
    return house


def offer_three(house: House) -> dict[str, Any]:
    """Let the UK plan its year, and offer the SOC Dialogue on the day of its plan or one of the two next best."""
    house.say("plan", "propose", *WHOLE_YEAR)
    house.say("plan", "approve")
    house.say("meetings", "offer", "JS-R05", "--next-best", "2")
    found: dict[str, Any] = house.read("meetings", "show", "JS-R05")
    return found


def subscribe(house: House, engine: Engine, party: str) -> tuple[FlaskClient, str]:
    printed = house.say("feed", "new", "--label", "journey", "--as", party)
    address = next(word for word in printed.split() if word.startswith("http"))
    return create_app(engine=engine).test_client(), address.removeprefix("http://127.0.0.1:8000")


def entry(feed: tuple[FlaskClient, str], uid: str) -> tuple[date, int, str]:
    """Return the day, SEQUENCE and STATUS that a calendar program reads of one round."""
    client, address = feed
    events = icalendar.Calendar.from_ical(client.get(address).data).walk("VEVENT")
    found: Any = next(event for event in events if event["UID"] == uid)
    return found["DTSTART"].dt.date(), int(found["SEQUENCE"]), str(found["STATUS"])


def closed(party: str, day: date, kind: str, *, layer: str | None) -> ClosedDayRow:
    """Return a day in a table: of a side alone, or joint."""
    return ClosedDayRow(
        partnership="uk-nl",
        layer=layer,
        party=party,
        title={"en": kind, "nl": kind},
        first=day,
        last=day,
        effect="costs" if kind in {"recess", "summit"} else "forbids",
        levels=[],
        offices=[],
        kind=kind,
        source="assumed",
        basis="assumed",
    )


def test_three_options_are_offered_and_the_second_becomes_the_date_of_both(
    house: House, engine: Engine
) -> None:
    soc = offer_three(house)
    uid, days = soc["uid"], [option["first_day"] for option in soc["options"]]
    assert (soc["state"], len(set(days)), soc["first_day"]) == ("offered", 3, days[0])
    with unit_of_work(engine, side("nl", "nl"), clock.now()) as work:
        work.session.add(closed("nl", date.fromisoformat(days[2]), "blackout", layer="nl"))
    feeds = {party: subscribe(house, engine, party) for party in ("uk", "nl")}
    assert {entry(feed, uid) for feed in feeds.values()} == {(date.fromisoformat(days[0]), 0, "TENTATIVE")}

    seen = house.read("meetings", "show", "JS-R05", *DUTCH)
    assert [option["first_day"] for option in seen["options"]] == days
    spoken = {
        party: [
            [reason["reason"]["en"] for reason in option["against"]]
            for option in house.read("meetings", "show", "JS-R05", "--as", party)["options"]
        ]
        for party in ("uk", "nl")
    }
    assert [len(reasons) for reasons in spoken["uk"]] == [0, 0, 0]
    assert spoken["nl"][:2] == [[], []]
    assert [reason.partition(": ")[2] for reason in spoken["nl"][2]] == ["blackout (assumed)"]

    house.set_clock(AFTERNOON)
    house.say("meetings", "accept", "JS-R05", "2", *DUTCH)
    agreed = house.read("meetings", "show", "JS-R05")
    assert (agreed["state"], agreed["first_day"]) == ("agreed", days[1])
    assert [(answer["party"], answer["name"], answer["at"]) for answer in agreed["agreed_by"]] == [
        ("uk", "uk at the command line", "2026-11-23T10:00:00Z"),
        ("nl", "nl at the command line", "2026-11-23T15:30:00Z"),
    ]
    assert [option["state"] for option in agreed["options"]] == ["closed", "taken", "closed"]
    assert {entry(feed, uid) for feed in feeds.values()} == {(date.fromisoformat(days[1]), 1, "CONFIRMED")}


def test_the_reason_of_a_refusal_stays_with_the_side_that_refuses(house: House, engine: Engine) -> None:
    reason = "canarynlcanary"
    soc = offer_three(house)
    house.say("meetings", "refuse", "JS-R05", "1", "--reason", reason, *DUTCH)
    house.say("tick")
    found = dict(shown(house, signed_in(engine, "uk"), "uk")) | (sent := dict(mails(house, engine, "uk")))
    with reading(engine, side("uk", "uk"), clock.now()) as work:
        found["audit"] = repr(latest_changes(work, "uk-nl", 1000)).encode()
    assert f"/meetings/{soc['uid']}" in found
    assert sent
    assert {place for place, content in found.items() if reason.encode() in content} == set()
    told = house.read("meetings", "show", "JS-R05")
    assert [
        (option["state"], answer["party"], answer["answer"], answer["at"])
        for option in told["options"]
        for answer in option["answers"]
        if option["option"] == 1
    ] == [
        ("refused", "uk", "accepted", "2026-11-23T10:00:00Z"),
        ("refused", "nl", "refused", "2026-11-23T10:00:00Z"),
    ]
    own_page = signed_in(engine, "nl").get(f"/meetings/{soc['uid']}")
    assert reason.encode() in own_page.data


def test_a_date_refused_leaves_every_calendar_and_the_duty_is_open_again(
    house: House, engine: Engine
) -> None:
    soc = offer_three(house)
    feeds = {party: subscribe(house, engine, party) for party in ("uk", "nl")}
    house.set_clock(AFTERNOON)
    house.say("meetings", "refuse", "JS-R05", *DUTCH)
    day = date.fromisoformat(soc["first_day"])
    assert {entry(feed, soc["uid"]) for feed in feeds.values()} == {(day, 1, "CANCELLED")}
    owed = {found["obligation"]: found for found in house.read("owed", "--on", "2027-02-01")["owed"]}
    assert (owed["JS-R05"]["colour"], owed["JS-R05"]["agreed_for"]) == ("amber", None)
    house.say("meetings", "offer", soc["uid"], "--or", "2027-05-18", "--or", "2027-05-25", *DUTCH)
    house.say("meetings", "accept", soc["uid"], "5")
    assert {entry(feed, soc["uid"]) for feed in feeds.values()} == {(date(2027, 5, 25), 3, "CONFIRMED")}


def test_a_red_duty_is_cleared_by_a_skip_that_both_sides_agreed(house: House) -> None:
    """Story 12: the head of department on 25 June 2027, fifteen months after the last SOC Dialogue."""
    house.set_clock(datetime(2027, 6, 25, 9, 0, tzinfo=UTC))

    def soc(*party: str) -> dict[str, Any]:
        return next(found for found in house.read("owed", *party)["owed"] if found["obligation"] == "JS-R05")

    before = soc()
    assert (before["colour"], before["due"], before["red_after"]) == ("red", "2027-03-24", "2027-06-24")
    skip = ("JS-R05", "--due", "2027-03-24")
    house.say("skips", "propose", *skip, "--reason", "elections on both sides")
    assert (soc()["colour"], soc(*DUTCH)["colour"]) == ("red", "red")
    house.say("skips", "agree", *skip)
    assert soc()["colour"] == "red"
    house.say("skips", "agree", *skip, *DUTCH)
    after = soc()
    assert (after["colour"], after["due"]) == ("green", "2028-03-24")


RECESS, SUMMIT, HOLIDAY = date(2027, 10, 19), date(2027, 11, 9), date(2027, 11, 11)


def test_dates_asked_for_are_ranked_with_reasons_and_know_nothing_of_the_other_sides_holds(
    house: House, engine: Engine
) -> None:
    """Story 2: BZ on 15 March 2027 asks for North Sea Neighbours, October to November 2027, The Hague."""
    start_of_the_second_story(house, engine)
    house.set_clock(datetime(2027, 3, 15, 10, 0, tzinfo=UTC))
    asked = ask(house)
    assert asked["found"]["host"] == "nl"
    ranked = [(other["price"], other["day"]) for other in asked["next_best"]]
    assert len(ranked) == 3
    assert ranked == sorted(ranked)
    days = {asked["found"]["first"], *(day for _, day in ranked)}
    assert all("2027-10-01" <= day <= "2027-11-30" for day in days)
    assert days.isdisjoint(map(str, (RECESS, SUMMIT, HOLIDAY)))
    assert all(other["added"] for other in asked["next_best"])
    why_not = {day: why(house, day) for day in (RECESS, SUMMIT, HOLIDAY)}
    assert why_not == {
        RECESS: "1 day of recess for Netherlands (assumed)",
        SUMMIT: "1 day of summit for Netherlands (assumed)",
        HOLIDAY: "Thursday 11 November 2027 is closed (Netherlands): holiday (assumed)",
    }

    best = date.fromisoformat(asked["found"]["first"])
    with unit_of_work(engine, side("uk", "uk"), clock.now()) as work:
        work.session.add(closed("uk", best, "blackout", layer="uk"))
        slot = all_day_slot(best, best, "Europe/London")
        plan_round(work, Round((obligation(work, "uk-nl", "JS-R10"),), slot, "uk", None, {}))
    assert ask(house) == asked
    assert ask(house, "--as", "uk") != asked


def start_of_the_second_story(house: House, engine: Engine) -> None:
    """Hold the last conference in London, so that The Hague is next, and load days that bind officials too."""
    hand_to_the_hague(house)
    hold_in_london(house, engine, date(2026, 11, 10))
    with unit_of_work(engine, side("nl", "nl"), clock.now()) as work:
        for day, kind in ((RECESS, "recess"), (SUMMIT, "summit"), (HOLIDAY, "holiday")):
            work.session.add(closed("nl", day, kind, layer=None))


def why(house: House, day: date) -> str:
    """Return what is said about a day of the conference, beside how far it lies from its aim."""
    asked = house.read("explain", "date", "JS-R10", str(day), *DUTCH)["asked"]
    added = asked["instead"]["added"] if asked["instead"] else []
    said = [charge["reason"]["en"] for charge in added if charge["rule"] == "costly-day"]
    return ", ".join(said + [refusal["reason"]["en"] for refusal in asked["refusals"]])


def hand_to_the_hague(house: House) -> None:
    """Load the programme with the Netherlands as the next host of the conference."""
    before, conference, after = UK_NL.read_text().partition("  - key: JS-R10\n")
    file = house.folder / "next_in_the_hague.yaml"
    file.write_text(before + conference + after.replace("next: uk", "next: nl", 1))
    house.say("load", str(file))


def hold_in_london(house: House, engine: Engine, day: date) -> None:
    """Record that the conference was held in London, so that the next host is the Netherlands."""
    house.set_clock(datetime(2026, 5, 4, 10, 0, tzinfo=UTC))
    with unit_of_work(engine, side("uk", "uk"), clock.now()) as work:
        slot = all_day_slot(day, day, "Europe/London")
        plan_round(work, Round((obligation(work, "uk-nl", "JS-R10"),), slot, "uk", None, {}))
    house.say("meetings", "offer", "JS-R10")
    house.say("meetings", "agree", "JS-R10", *DUTCH)
    house.set_clock(datetime.combine(day, datetime.min.time(), UTC).replace(hour=17))
    house.say("meetings", "held", "JS-R10")


def ask(house: House, *party: str) -> dict[str, Any]:
    """Ask for dates as a desk officer does: a plan of these months, and what it says of the conference."""
    house.say("plan", "propose", "--from", "2027-10-01", "--to", "2027-11-30", *(party or DUTCH))
    said: dict[str, Any] = house.read("explain", "date", "JS-R10", *(party or DUTCH))
    del said["plan"]
    return said
