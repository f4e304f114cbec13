"""A round comes back by itself: what was agreed and what was not reached stands on the next draft, unasked.

And story 7: a round is cancelled or postponed, and its agenda is there for the new date.
"""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from agendas.drafting.actions import redraft, start_draft
from agendas.versions.actions import edited
from agendas.versions.queries import the_draft
from agendas.versions.rules import edit
from scheduler import clock
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.actions import cancel, move, postpone
from scheduler.meetings.queries import meeting, owed
from tests.agendas.outcomes.rounds import DAY, DRUGS, SOC, THEME
from tests.builders import NL, PARTNERSHIP, UK, agreed, slot
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.outlook import signed_in

BEFORE = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)
AFTER = datetime(2027, 3, 23, 17, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2028, 2, 1, 9, 0, tzinfo=UTC)
ROUND = "JS-R05/2027"


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = open_house(database_url, tmp_path, monkeypatch, BEFORE)
    house.say("load", str(UK_NL))
    return house


def test_what_was_agreed_and_what_was_not_reached_is_on_the_next_draft(house: House, engine: Engine) -> None:
    agreed(engine, DAY, key=SOC)
    house.set_clock(AFTER)
    assert house.run("outcomes", "show", ROUND).output.startswith("Nobody has recorded anything")
    house.say("outcomes", "begin", ROUND)
    assert house.read("outcomes", "show", ROUND, "--as", "nl") == {"own": None, "joint": None}
    fill(house)
    house.say("outcomes", "offer", ROUND)
    assert house.say("outcomes", "agree", ROUND, "--as", "nl") == "The record is agreed by both sides.\n"
    assert house.say("outcomes", "verify", ROUND, "--as", "nl") == "The record is what both sides agreed.\n"
    joint = house.read("outcomes", "show", ROUND, "--as", "nl")["joint"]
    (ports,) = [key for part, key in joint["ledger"].items() if part.startswith("new/")]
    for language in ("en", "nl"):
        house.say("outcomes", "paper", ROUND, "--language", language, "--out", f"record.{language}.md")
    assert ports in Path("record.nl.md").read_text()
    page = signed_in(engine, "nl").get(f"/commitment/uk-nl/{ports}").get_data(as_text=True)
    origin = " ".join(
        re.sub("<[^>]*>", " ", page.partition("<dt>Source</dt>")[2].partition("</dd>")[0]).split()
    )
    assert origin == "Serious and Organised Crime (SOC) Dialogue, 23 March 2027 , Serious and organised crime"
    house.set_clock(NEXT_YEAR)
    agreed(engine, date(2028, 3, 21), key=SOC)
    house.say("agenda", "draft", "JS-R05/2028", "--out", "next.md", "--as", "nl")
    draft = Path("next.md").read_text()
    assert ports in draft
    assert "Overdue since 1 July 2027" in draft
    assert "Ports of entry" in draft
    assert draft.index("Drug smuggling") < draft.index("Illicit firearms")
    assert "Both sides agreed on ports." in draft


def fill(house: House) -> None:
    """Record a round of which no agenda was kept: two items decided, one not reached, a new commitment."""
    add_item(house, "added/ports", "Ports of entry")
    add_item(house, THEME, "Serious and organised crime")
    add_item(house, DRUGS, "Drug smuggling")
    house.say("outcomes", "item", ROUND, "added/ports", "not_reached")
    house.say("outcomes", "item", ROUND, DRUGS, "not_reached")
    house.say("outcomes", "item", ROUND, THEME, "decided", "--en", "Both sides agreed on ports.")
    for post in json.loads(house.say("outcomes", "show", ROUND, "--json"))["own"]["record"]["seats"]:
        house.say("outcomes", "attendance", ROUND, post["key"], "present")
    house.say(
        *(
            "outcomes",
            "new",
            ROUND,
            THEME,
            "JS-T3",
            "--en",
            "Share a list of ports.",
            "--nl",
            "Havens delen.",
        ),
        *("--owner", "uk/home-office", "--owner", "nl/jenv", "--due", "2027-07-01"),
    )
    house.say("outcomes", "progress", ROUND, THEME, "JS-C26", "--en", "Two joint operations.")


def add_item(house: House, key: str, title: str) -> None:
    house.say("outcomes", "add-item", ROUND, key, "--en", title, "--nl", title)


@pytest.mark.usefixtures("house")
def test_a_cancelled_round_parks_its_agenda_for_the_next_one(engine: Engine) -> None:
    uid = agreed(engine, DAY, key="JS-R01")
    written(engine, uid)
    with unit_of_work(engine, UK, clock.now()) as work:
        cancel(work, uid)
    following = agreed(engine, date(2027, 6, 8), key="JS-R01")
    with unit_of_work(engine, UK, clock.now()) as work:
        assert meeting(work, following).uid != uid
        start_draft(work, following, BEFORE.date())
        parked = the_draft(work, following)
        opening = parked.content.item("opening")
        assert opening is not None
        assert (opening.text, parked.notes) == ({"en": "Welcome."}, {"opening": {"points": "Be brief."}})
        assert parked.remark == uid
    with unit_of_work(engine, NL, clock.now()) as work:
        start_draft(work, following, BEFORE.date())
        assert the_draft(work, following).remark == ""


@pytest.mark.usefixtures("house")
def test_a_postponed_round_keeps_its_address_and_its_agenda(engine: Engine) -> None:
    uid = agreed(engine, DAY, key="JS-R01")
    written(engine, uid)
    with unit_of_work(engine, UK, clock.now()) as work:
        postpone(work, uid)
        duty = next(
            one.duty for one in owed(work, PARTNERSHIP, BEFORE.date()) if one.obligation.key == "JS-R01"
        )
        assert duty.agreed_for is None
        move(work, uid, slot(date(2027, 6, 8)))
        redraft(work, uid, BEFORE.date())
    with reading(engine, UK, clock.now()) as work:
        latest = the_draft(work, uid)
        opening = latest.content.item("opening")
        assert opening is not None
        assert (opening.text, latest.content.hours.first_day) == ({"en": "Welcome."}, date(2027, 6, 8))


def written(engine: Engine, uid: str) -> None:
    """Let the UK draft the agenda of a round, put words into it, and a brief."""
    with unit_of_work(engine, UK, clock.now()) as work:
        start_draft(work, uid, BEFORE.date())
        mine = the_draft(work, uid)
        content = edit(mine.content, "opening", text={"en": "Welcome."})
        edited(work, mine, PARTNERSHIP, content, {"opening": {"points": "Be brief."}})
