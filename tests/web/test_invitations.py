"""The page of delegation and invitations."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.web.kit.door import EXTENSION
from tests.web.site import UK_DESK, UK_READER, Visitor, put_round, visitor

DAY = date(2027, 3, 16)


@pytest.fixture
def at(app: Flask) -> str:
    """Return the address of the page of a round in London that both sides agreed."""
    engine = app.extensions[EXTENSION].engine
    return f"/meetings/{put_round(engine, 'R1', DAY, 'agreed', host='uk')}/invitations"


def names(walking: Visitor, at: str) -> list[str]:
    return [row[0] for row in walking.get(at).rows("//section[@id='delegation']")]


def test_the_page_shows_the_delegation_of_the_readers_side(uk: Visitor, nl: Visitor, at: str) -> None:
    assert names(uk, at)
    assert not set(names(uk, at)) & set(names(nl, at))
    assert uk.get(at.removesuffix("/invitations")).values(f"//main//a[@href='{at}']/@href") == [at]


def test_a_delegate_is_added_changed_and_removed(uk: Visitor, at: str) -> None:
    before = names(uk, at)
    post = uk.get(at).values("//form[contains(@action, '/remove')]/input[@name='post']/@value")[-1]
    uk.post(f"{at}/delegates/remove", on_page=at, post=post)
    assert names(uk, at) == before[:-1]
    assert uk.post(f"{at}/delegates", on_page=at, post=post, role="informed").status == 200
    assert uk.get(at).rows("//section[@id='delegation']")[-1][1] == "for information"


def test_a_mistake_comes_back_with_its_reason(uk: Visitor, at: str) -> None:
    answer = uk.post(f"{at}/delegates", on_page=at, post="uk/nobody", role="required")
    assert answer.status == 400
    assert "’uk/nobody’ is no post" in answer.said("//*[@role='alert']")[0].replace("'", "’")
    assert uk.post(f"{at}/arrange", on_page=at, seats="many").status == 400
    assert uk.post(f"{at}/release", on_page=at).status == 409


def test_the_host_sees_each_letter_before_it_goes_and_sends(uk: Visitor, at: str) -> None:
    page = uk.get(at)
    assert len(page.said("//section[@id='sending']//pre")) == len(names(uk, at))
    assert page.said("//section[@id='sending']//pre")[0].startswith("OFFICIAL")
    sent = uk.post(f"{at}/send", on_page=at, reason="Welcome")
    assert sent.status == 200
    assert "What stands was sent." in sent.said("//section[@id='sending']")[0]
    told = sent.rows("//section[@id='told']")
    assert len(told) == len(names(uk, at))
    assert {row[3] for row in told} == {"waiting to be sent"}
    assert sent.said("//form[contains(@action, '/send')]") == []


def test_a_guest_reads_who_sends_and_cannot(nl: Visitor, at: str) -> None:
    page = nl.get(at)
    assert "Het gastland verzendt: Verenigd Koninkrijk." in page.said("//section[@id='sending']")[0]
    assert nl.post(f"{at}/send", on_page=at).status == 403


def test_heads_then_the_released_list_are_shown_to_the_host(uk: Visitor, nl: Visitor, at: str) -> None:
    chair = nl.get(at).values("//form[contains(@action, '/confirm')]/input[@name='post']/@value")[0]
    assert "Nothing is shown yet." in uk.get(at).said("//section[@id='release']")[0]
    nl.post(f"{at}/delegates/confirm", on_page=at, post=chair)
    assert "Confirmed heads only" in uk.get(at).said("//section[@id='release']")[0]
    nl.post(f"{at}/release", on_page=at)
    assert "Released by Secretariaat NL, 21 Nov 2026" in uk.get(at).said("//section[@id='release']")[0]
    nl.post(f"{at}/take_back", on_page=at)
    assert "Confirmed heads only" in uk.get(at).said("//section[@id='release']")[0]


def test_each_role_finds_what_it_may_do(app: Flask, engine: Engine, at: str) -> None:
    desk, reader = visitor(app, engine, UK_DESK), visitor(app, engine, UK_READER)
    assert desk.get(at).values("//form[contains(@action, '/delegates')]/@action")
    assert desk.get(at).values("//form[contains(@action, '/send')]/@action") == []
    assert reader.get(at).values("//main//form/@action") == []


def test_calling_off_takes_a_word_to_everybody(uk: Visitor, at: str) -> None:
    uk.post(f"{at}/send", on_page=at)
    page = at.removesuffix("/invitations")
    uk.post(f"{page}/cancel", on_page=page, reason="A vote")
    shown = uk.get(at).said("//section[@id='sending']")[0]
    assert "A vote" in shown
    assert "Whoever was invited gets a cancellation within minutes." in shown
