"""A day closes after the invitations went out: what must move moves, and nobody else's calendar notices."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from scheduler.actor import side
from scheduler.app import create_app
from scheduler.db.work import unit_of_work
from scheduler.errors import NotAllowed
from scheduler.planning.actions import approve
from scheduler.planning.queries import plan
from tests.journeys.house import UK_NL, House, open_house

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SPAN = ("--from", "2026-11-23", "--to", "2027-12-31")
ISSUED = ("JS-R01", "JS-R05", "JS-R07", "JS-R10")
CLOSED_DAY = """
  - party: nl
    title: {{en: "A conference of ministries", nl: "Een conferentie van ministeries"}}
    from: {day}
    until: {day}
    effect: forbids
    kind: absence
    source: "made up for a test"
    basis: assumed
"""


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    return open_house(database_url, tmp_path, monkeypatch, MONDAY_MORNING)


def entries(feed: bytes) -> dict[str, bytes]:
    """Return the bytes of every VEVENT by UID, exactly as they stand in the feed."""
    found = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", feed, re.DOTALL)
    return {
        re.search(rb"^UID:(.*)\r$", entry, re.MULTILINE).group(1).decode(): entry  # type: ignore[union-attr]
        for entry in found
    }


def test_only_what_must_move_moves_and_every_other_entry_stays_to_the_byte(
    house: House, engine: Engine
) -> None:
    house.say("load", str(UK_NL))
    house.say("plan", "propose", *SPAN)
    could_not = house.read("explain", "plan")["impossible"]
    assert {each["about"]["rule"] for each in could_not} <= {"longest-gap", "calendar-year", "placed"}
    assert could_not, "the programme was neglected before the first plan"
    assert could_not[0]["words"]["nl"] in house.say("explain", "plan", "--language", "nl")
    assert "dialogues explain plan" in house.say("plan", "show")
    house.say("plan", "approve")
    for key in ISSUED:
        house.say("meetings", "offer", key)
    for key in ISSUED[:3]:
        house.say("meetings", "agree", key, "--as", "nl")
    before = {key: house.read("meetings", "show", key) for key in ISSUED}
    address = house.say("feed", "new", "--label", "journey")
    victim = before["JS-R05"]

    house.set_clock(MONDAY_MORNING + timedelta(days=1))
    close(house, victim["first_day"])
    old = entries(fetch(address, engine))
    said = house.say("plan", "replan", *SPAN)
    assert "Issued meetings that break a rule now" in said
    assert victim["uid"] in said

    planned = house.read("plan", "replan", *SPAN, "--release-broken")
    issued = [entry for entry in planned["difference"]["changes"] if entry["issued"]]
    moved = [entry for entry in issued if entry["kind"] != "stays"]
    assert [(entry["about"], entry["kind"]) for entry in moved] == [(victim["uid"], "moved")]
    assert {entry["about"] for entry in issued} == {entry["uid"] for entry in before.values()}
    assert planned["broken"] == []
    assert entries(fetch(address, engine)) == old, "nothing moves before it is approved"
    assert moved[0]["words"]["en"] in house.say("plan", "compare", planned["key"])
    assert moved[0]["words"]["nl"] in house.say("plan", "compare", planned["key"], "--language", "nl")
    other_side = house.run("plan", "compare", planned["key"], "--as", "nl")
    assert (other_side.exit_code, "there is no plan" in other_side.output) == (1, True)

    assert refusal(engine, planned["key"], victim["uid"]) == "the plan moves meetings that both sides know"
    house.say("plan", "approve", planned["key"], "--round", f"JS-R05/{victim['uid']}")
    after = {key: house.read("meetings", "show", key) for key in ISSUED}
    assert after["JS-R05"]["first_day"] == moved[0]["after"]["first"]
    assert abs(
        date.fromisoformat(after["JS-R05"]["first_day"]) - date.fromisoformat(victim["first_day"])
    ) == (timedelta(days=1))
    assert (after["JS-R05"]["state"], after["JS-R05"]["consents"]) == ("offered", ["uk"])
    assert {key: after[key] for key in ISSUED if key != "JS-R05"} == {
        key: before[key] for key in ISSUED if key != "JS-R05"
    }
    new = entries(fetch(address, engine))
    assert {uid for uid in old.keys() | new.keys() if old.get(uid) != new.get(uid)} == {victim["uid"]}
    assert sequence(new[victim["uid"]]) == sequence(old[victim["uid"]]) + 1


def refusal(engine: Engine, key: str, uid: str) -> str:
    """Return what somebody hears who may plan but not move meetings."""
    now = MONDAY_MORNING + timedelta(days=1)
    with unit_of_work(engine, side("uk", "a desk"), now) as work:
        with pytest.raises(NotAllowed) as caught:
            approve(work, "uk-nl", plan(work, "uk-nl", key), [f"JS-R05/{uid}"])
        return caught.value.message["en"]


def close(house: House, day: str) -> None:
    """Load the programme anew with one more closed day."""
    file = house.folder / "changed.yaml"
    text = UK_NL.read_text(encoding="utf-8")
    head, rest = text.split("\nclosed_days:\n", 1)
    file.write_text(f"{head}\nclosed_days:{CLOSED_DAY.format(day=day)}{rest}", encoding="utf-8")
    house.say("load", str(file))


def sequence(entry: bytes) -> int:
    return int(re.search(rb"^SEQUENCE:(\d+)\r$", entry, re.MULTILINE).group(1))  # type: ignore[union-attr]


def fetch(printed: str, engine: Engine) -> bytes:
    """Return the feed at the address that a command printed, as a calendar program would get it."""
    address = next(word for word in printed.split() if word.startswith("http"))
    answer = create_app(engine=engine).test_client().get(address[len("http://127.0.0.1:8000") :])
    assert answer.status_code == 200, answer.data
    return answer.get_data()


def test_a_plan_that_the_calendar_has_overtaken_moves_nothing(house: House) -> None:
    house.say("load", str(UK_NL))
    house.say("plan", "propose", *SPAN)
    house.say("plan", "approve", "--round", "JS-R05/2027-1")
    house.say("meetings", "offer", "JS-R05")
    soc = house.read("meetings", "show", "JS-R05")
    close(house, soc["first_day"])
    planned = house.read("plan", "replan", *SPAN, "--release", "JS-R05")
    house.say("meetings", "move", "JS-R05", "--to", "2027-04-14")
    late = house.run("plan", "approve", planned["key"], "--round", f"JS-R05/{soc['uid']}")
    assert (late.exit_code, "has changed since the plan was made" in late.output) == (1, True)
    assert house.read("meetings", "show", "JS-R05")["first_day"] == "2027-04-14"


def test_a_host_asked_for_is_a_change_that_the_other_side_is_offered(house: House) -> None:
    house.say("load", str(UK_NL))
    house.say("plan", "propose", *SPAN)
    house.say("plan", "approve", "--round", "JS-R05/2027-1")
    house.say("meetings", "offer", "JS-R05")
    soc = house.read("meetings", "show", "JS-R05")
    other = {"uk": "nl", "nl": "uk"}[soc["host"]]
    planned = house.read("plan", "replan", *SPAN, "--host", f"JS-R05={other}")
    (change,) = [entry for entry in planned["difference"]["changes"] if entry["issued"]]
    assert (change["kind"], change["after"]["host"], change["days"]) == ("host", other, 0)
    house.say("plan", "approve", planned["key"], "--round", f"JS-R05/{soc['uid']}")
    after = house.read("meetings", "show", "JS-R05")
    assert (after["host"], after["first_day"], after["state"]) == (other, soc["first_day"], "offered")
