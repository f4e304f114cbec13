"""The link in an invitation: seen by mail scanners, used by people."""

from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.actor import side
from scheduler.dates.slots import timed_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.invitations import actions
from scheduler.invitations.queries import invitation
from scheduler.invitations.rules import Role
from scheduler.invitations.telling.actions import tell_due
from scheduler.meetings import actions as meetings
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.queries import letter, letters
from scheduler.partnerships.holders.actions import Term, set_holder
from tests.invitations.answering import came, stands
from tests.invitations.stage import parsed
from tests.web.site import TODAY, Visitor, put_round

DAY, ANOTHER_DAY = date(2027, 3, 16), date(2027, 3, 23)
LETTERHEAD = Letterhead("dialogues@secretariat.example", "OFFICIAL", "https://dialogues.example")
START = "https://dialogues.example/invitations/answer/"
UK, NL = side("uk", "secretariat"), side("nl", "secretariat")


@pytest.fixture
def uid(engine: Engine) -> str:
    """Return a round in London to which the British posts were invited."""
    uid = put_round(engine, "R1", DAY, "agreed", host="uk")
    press(engine, uid)
    return uid


def press(engine: Engine, uid: str) -> None:
    with unit_of_work(engine, UK, TODAY) as work:
        assert actions.send(work, uid, LETTERHEAD).failed == 0


def links(engine: Engine) -> dict[str, str]:
    """Return the latest link in the letters to each British post, without the host."""
    with reading(engine, UK, TODAY) as work:
        contents = [(entry.post, letter(work, entry.key)[1]) for entry in reversed(letters(work))]
    found = {}
    for post, content in contents:
        body = parsed(content).get_body(("plain",))
        text = str(body.get_content()) if body else ""
        if START in text:
            found[post] = "/invitations/answer/" + text.partition(START)[2].split()[0]
    return found


def test_opening_a_link_answers_nothing_and_a_button_answers_for_its_post_alone(
    app: Flask, engine: Engine, uid: str
) -> None:
    (post, at), *_ = links(engine).items()
    anybody = Visitor(app.test_client())
    page = anybody.get(at)
    assert page.status == 200
    assert page.values("//main//form//button/@value") == ["yes", "tentative", "delegate", "no"]
    assert came(engine, UK, uid) == []
    done = anybody.post(at, on_page=at, status="tentative", comment="if the vote allows")
    assert "Your answer: tentative if the vote allows" in done.main
    anybody.post(at, on_page=at, status="no")
    assert stands(engine, UK, uid)[post] == "no"
    assert sorted(fate for *_, fate in came(engine, UK, uid)) == ["counted", "overtaken"]
    assert came(engine, NL, uid) == []


def test_the_page_and_its_thanks_speak_the_language_of_the_letter(app: Flask, engine: Engine) -> None:
    uid = put_round(engine, "R1", DAY, "agreed", host="uk")
    with unit_of_work(engine, UK, TODAY) as work:
        found = invitation(work, uid)
        for entry in found.delegates:
            set_holder(work, found.partnership.key, entry.post, Term(first=TODAY.date(), language="nl"))
    press(engine, uid)
    at = next(iter(links(engine).values()))
    anybody = Visitor(app.test_client())
    assert anybody.get(at).said("//h1") == ["Antwoord op een uitnodiging"]
    thanked = anybody.post(at, on_page=at, status="yes")
    assert thanked.said("//p[@role='status']") == ["Het antwoord is ingevoerd."]


def test_what_is_no_link_tells_nothing(app: Flask, engine: Engine, uid: str) -> None:
    at = next(iter(links(engine).values()))
    secret = at.rpartition(".")[2]
    anybody = Visitor(app.test_client())
    answers = [
        anybody.get(f"/invitations/answer/{name}") for name in (f"nl.{secret}", "uk.x", "nobody.x", "UK.x")
    ]
    assert {answer.status for answer in answers} == {404}
    assert len({answer.main for answer in answers}) == 1
    wrong = anybody.post(at, on_page=at, status="perhaps")
    assert wrong.status == 400
    assert came(engine, UK, uid) == []


def test_a_link_of_the_day_before_shows_the_day_that_stands_and_asks_for_the_new_one(
    app: Flask, engine: Engine, uid: str
) -> None:
    (post, old), *_ = links(engine).items()
    anybody = Visitor(app.test_client())
    anybody.post(old, on_page=old, status="yes")
    with unit_of_work(engine, UK, TODAY) as work:
        meetings.move(work, uid, timed_slot(ANOTHER_DAY, time(10), time(16), "Europe/London"))
    with unit_of_work(engine, NL, TODAY) as work:
        meetings.agree(work, uid)
    press(engine, uid)
    page = anybody.get(old)
    assert "23 March 2027" in page.main
    assert page.said("//main//form") == []
    assert stands(engine, UK, uid)[post] == "none"
    new = links(engine)[post]
    anybody.post(new, on_page=new, status="yes")
    assert stands(engine, UK, uid)[post] == "yes"


def test_a_link_ends_with_the_invitation(app: Flask, engine: Engine, uid: str) -> None:
    (post, at), *_ = links(engine).items()
    anybody = Visitor(app.test_client())
    assert anybody.get(at).status == 200
    with unit_of_work(engine, UK, TODAY) as work:
        actions.remove_delegate(work, uid, post)
    with unit_of_work(engine, UK, TODAY) as work:
        # The letter had not left: it is held back, and there is nothing to cancel.
        assert tell_due(work, LETTERHEAD).enqueued == 0
    assert anybody.get(at).status == 404


@pytest.mark.usefixtures("app")
def test_who_is_only_informed_gets_no_link(engine: Engine) -> None:
    uid = put_round(engine, "R1", DAY, "agreed", host="uk")
    with unit_of_work(engine, UK, TODAY) as work:
        found = invitation(work, uid)
        for entry in found.delegates:
            actions.set_delegate(work, uid, entry.post, Role.INFORMED)
    press(engine, uid)
    assert links(engine) == {}
