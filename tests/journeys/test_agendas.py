"""Agendas on the real programme: what is drafted from what is open, negotiated by both sides, printed in Dutch."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import Engine

from agendas.drafting.content import as_content
from agendas.drafting.queries import Subject, read_facts
from agendas.drafting.rules import draft
from agendas.negotiation import actions
from agendas.versions import rules
from agendas.versions.actions import Draft, keep_version
from agendas.versions.stored import written
from scheduler.accounts.actions import add_user
from scheduler.accounts.queries import UserFacts
from scheduler.accounts.rules import Role
from scheduler.actor import operator
from scheduler.app import create_app
from scheduler.db.work import unit_of_work
from scheduler.meetings.queries import find_meeting, meeting
from scheduler.obligations.queries import obligation
from tests.builders import NL, NOW, UK, agreed
from tests.journeys.house import UK_NL, House, open_house
from tests.web.site import Page, Visitor, visitor

MORNING = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)
DAY = date(2027, 3, 23)
HOME_OFFICE = UserFacts("soc@home-office.example", "Home Office lead", "uk", Role.DESK, "en")
FCDO = UserFacts("desk@fcdo.example", "FCDO desk officer", "uk", Role.DESK, "en")
BZ = UserFacts("desk@bz.example", "BZ desk officer", "nl", Role.DESK, "nl")
TOPICS = [
    "Drug smuggling",
    "Illicit firearms",
    "Illicit financial flows",
    "Continued offending in detention",
]


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = open_house(database_url, tmp_path, monkeypatch, MORNING)
    house.say("load", str(UK_NL))
    return house


@pytest.fixture
def uid(house: House, engine: Engine) -> str:
    """The fifth round, agreed for 23 March 2027."""
    house.set_clock(MORNING)
    with unit_of_work(engine, operator(), MORNING) as work:
        for account in (HOME_OFFICE, FCDO, BZ):
            add_user(work, account)
    return agreed(engine, DAY, key="JS-R05")


@pytest.fixture
def app(house: House, engine: Engine) -> Flask:
    house.set_clock(MORNING)
    app = create_app(engine=engine)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def freeze_last_year(engine: Engine, uid: str) -> None:
    """Let both sides have frozen an agenda of the round of March 2026: as it would be now, but for one commitment."""
    with unit_of_work(engine, UK, NOW) as work:
        about = Subject(obligation(work, "uk-nl", "JS-R05"), meeting(work, uid))
        facts = read_facts(work, "uk-nl", about, NOW.date())
        content = rules.put(as_content(draft(facts), facts), "SR-C04", "theme/JS-T3")
        last = find_meeting(work, "uk-nl", "JS-R05/2026", date(2026, 3, 1)).uid
        keep_version(work, Draft(last, "uk-nl", 0, content, written(facts), content), "offered")
    for actor in (UK, NL):
        with unit_of_work(engine, actor, NOW) as work:
            actions.sign(work, last)
    with unit_of_work(engine, UK, NOW) as work:
        actions.freeze(work, last)


def below(page: Page, heading: str) -> str:
    """Return the words under a heading of the annotations, up to the next one."""
    text = page.said("//article")[0]
    title = re.search(rf"\d+\. {heading} ", text)
    assert title, heading
    following = re.search(r"\d+\. [A-Z][a-z ]+ \d\d:\d\d–", text[title.end() :])
    return text[title.end() : title.end() + following.start()] if following else text[title.end() :]


def test_story_8_the_draft_comes_from_what_is_open(app: Flask, engine: Engine, uid: str) -> None:
    freeze_last_year(engine, uid)
    page = visitor(app, engine, HOME_OFFICE).get(f"/meetings/{uid}/agenda")
    titles = [row[2] for row in page.rows("//table[contains(@class, 'running_order')]")]
    shown = [title.split(" · ")[0] for title in titles]
    assert [title for title in shown if title in TOPICS] == TOPICS
    crime = below(page, "Serious and organised crime")
    assert [key for key in ("JS-C26", "JS-C27") if key in crime] == ["JS-C26", "JS-C27"]
    assert "No news: No word of Latin America, the Caribbean or the Western Balkans." in crime
    # SR-P1 to SR-P3, each where it belongs
    assert "24 March 2026: The services do more together at home and abroad" in below(page, TOPICS[0])
    assert "24 March 2026: The two approaches to criminal money" in below(page, TOPICS[2])
    assert "24 March 2026: More joint work on offenders in custody" in below(page, TOPICS[3])
    # what last year's agenda said in the same words is flagged; firearms lost its commitment then, and gained it now
    flagged = [title.split(" · ")[0] for title in titles if "unchanged since the last agenda" in title]
    assert flagged == [topic for topic in TOPICS if topic != "Illicit firearms"]


def test_story_9_two_sides_negotiate_one_agenda(app: Flask, engine: Engine, uid: str, house: House) -> None:
    fcdo, bz = visitor(app, engine, FCDO), visitor(app, engine, BZ)
    page = f"/meetings/{uid}/agenda"
    fcdo.post(f"{page}/start", page)
    frame = ["opening", "adoption", "running-order"]
    assert (
        "Offered as joint version 1." in fcdo.post(f"{page}/offer", page, which="chosen", chosen=frame).main
    )
    held_back = "topic/continued-offending-in-detention"
    chosen = [key for key in offerable(fcdo, page) if key != held_back]
    answer = fcdo.post(f"{page}/offer", page, which="chosen", chosen=chosen, remark="Please look")
    assert "Offered as joint version 2." in answer.main

    # BZ sees the offered items only
    seen = bz.get(page)
    assert {key.rsplit(" ", 1)[0] for key in shown(seen)} == {*chosen, *frame}
    assert "Voortgezet crimineel handelen in detentie" not in seen.text
    assert "Drugssmokkel" in seen.text

    # it proposes one more, and agrees to the rest
    fields = {"title.en": "Cash couriers", "title.nl": "Geldkoeriers", "minutes": "10", "wanted": "note"}
    added = bz.post(f"{page}/joint/add", f"{page}/joint", number="2", lead="nl", **fields)
    assert "Voorgesteld als gezamenlijke versie 3." in added.main
    agree_to_all(bz, page)

    # nothing is agreed by silence: UK has yet to agree to what is new
    early = fcdo.post(f"{page}/freeze", page)
    assert early.status == 409
    assert "UK has not agreed to: Cash couriers" in early.main
    agree_to_all(fcdo, page)
    assert "Version 3 is frozen." in fcdo.post(f"{page}/freeze", page).main

    # version 3 is frozen with both names and times, for both sides, and the seal holds
    for walking, party, moment in (
        (fcdo, "United Kingdom", "10 Feb 2027, 09:00"),
        (bz, "Verenigd Koninkrijk", "10 feb 2027, 10:00"),
    ):
        facts = walking.get(page).facts("//dl[contains(@class, 'frozen')]")
        assert facts[party] == f"FCDO desk officer, {moment}"
        assert list(facts.values())[1] == f"BZ desk officer, {moment}"
    assert house.read("agenda", "verify", uid, "--as", "nl")["intact"]


def offerable(walking: Visitor, page: str) -> list[str]:
    return walking.get(page).values("//section[@id='own']//input[@name='chosen']/@value")


def agree_to_all(walking: Visitor, page: str) -> None:
    words = shown(walking.get(page))
    assert walking.post(f"{page}/sign", page, which="all", shown=words).status == 200


def shown(page: Page) -> list[str]:
    """Return what a page shows for agreement: subjects, each with the digest of its words."""
    return page.values("//input[@name='shown']/@value")


def test_a_commitment_stands_in_one_place_through_every_edit(app: Flask, engine: Engine, uid: str) -> None:
    fcdo, desk = visitor(app, engine, FCDO), f"/meetings/{uid}/agenda/own"
    fcdo.post(f"/meetings/{uid}/agenda/start", f"/meetings/{uid}/agenda")
    left_out = "//section[@aria-labelledby='left-out-title']//summary/span[@class='key']"
    before = fcdo.get(desk).said("//form[@data-agenda]//span[@class='keys']")
    refused = fcdo.post(f"{desk}/commitments", desk, number="1", commitment="SR-C03", where="left-out")
    assert refused.status == 400
    assert refused.said("//p[@role='alert']")[1:] == [
        "This needs a reason. Say why it is left for a later round; both sides agree to it."
    ]
    reason = {"because.en": "Next year", "because.nl": "Volgend jaar"}
    fcdo.post(f"{desk}/commitments", desk, number="1", commitment="SR-C03", where="left-out", **reason)
    page = fcdo.get(desk)
    assert page.said(left_out) == ["SR-C03"]
    assert page.said("//form[@data-agenda]//span[@class='keys']") == [
        key for key in before if key != "SR-C03"
    ]
    drugs = "topic/drug-smuggling"
    fcdo.post(f"{desk}/commitments", desk, number="2", commitment="SR-C03", where=drugs)
    page = fcdo.get(desk)
    assert (page.said(left_out), page.said("//form[@data-agenda]//span[@class='keys']")) == ([], before)


def test_story_10_the_agenda_is_printed_in_dutch(app: Flask, engine: Engine, uid: str, house: House) -> None:
    bz = visitor(app, engine, BZ)
    bz.post(f"/meetings/{uid}/agenda/start", f"/meetings/{uid}/agenda")
    page = bz.get(f"/meetings/{uid}/agenda/papers/joint")
    headings = page.said("//article//h2")
    assert headings[:2] == ["Verloop", "Toelichting per punt"]
    assert "dinsdag 23 maart 2027" in page.said("//article")[0]
    house.say("agenda", "document", uid, "--as", "nl", "--language", "nl", "--out", "soc.docx")
    text = words_of(Path("soc.docx"))
    assert "dinsdag 23 maart 2027" in text
    assert "jaarlijks" in text
    # pointers name the heading of the source as it is printed there, in English
    assert "Gezamenlijke verklaring (JS), Serious and Organised Crime, alinea 2" in text


def words_of(file: Path) -> str:
    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
