"""Other times that are proposed, and posts that change hands, on the pages of the side whose they are."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import Engine

from tests.web.invited import invite, seen
from tests.web.site import NL, UK_READER, Visitor, put_round, visitor

DAY = date(2027, 3, 16)
PROPOSAL = "//article[@class='proposal']"


ACTIONS = "//section[@id='proposals']//form/@action"


def test_a_proposal_is_declined_on_the_page(app: Flask, engine: Engine, uk: Visitor) -> None:
    uid = put_round(engine, "R1", DAY, "agreed", host="uk")
    invite(engine, uid, "uk")
    page = f"/meetings/{uid}/invitations"
    replaced, waits = sorted("Replaced" not in text for text in uk.get(page).said(PROPOSAL))
    assert (replaced, waits) == (False, True)
    assert visitor(app, engine, UK_READER).get(page).values(ACTIONS) == []
    (decline,) = [action for action in uk.get(page).values(ACTIONS) if action.endswith("decline")]
    uk.post(decline, on_page=page, reason="The hall is taken.")
    after = uk.get(page).said(PROPOSAL)
    assert [("Declined" in text, "The hall is taken." in text) for text in after] == [
        (True, True),
        (False, False),
    ]
    assert uk.get(page).values(ACTIONS) == []
    dutch = visitor(app, engine, NL).get(page)
    assert ("The hall is taken." in dutch.text, decline in dutch.text) == (False, False)
    assert uk.post(decline, on_page=page).status == 409


def test_a_proposal_is_offered_on_the_page(engine: Engine, uk: Visitor) -> None:
    uid = put_round(engine, "R1", DAY, "agreed", host="uk")
    invite(engine, uid, "uk")
    page = f"/meetings/{uid}/invitations"
    (accept,) = [action for action in uk.get(page).values(ACTIONS) if action.endswith("accept")]
    uk.post(accept, on_page=page)
    found = seen(engine, "uk", uid).meeting
    assert (found.state, found.day, found.consents) == ("offered", DAY + timedelta(days=7), ("uk",))


def test_a_newcomer_waits_until_told(app: Flask, engine: Engine, uk: Visitor) -> None:
    uid = put_round(engine, "R1", DAY, "agreed", host="uk")
    invite(engine, uid, "uk")
    waits = "//section[@id='new']//article"
    assert len(uk.get("/posts/uk-nl").said(waits)) == 1
    assert any("to be told" in text for text in uk.get("/partnerships/uk-nl").said("//section//li/a"))
    told, *_ = uk.get("/posts/uk-nl").values("//section[@id='new']//form/@action")
    uk.post(told, on_page="/posts/uk-nl")
    assert uk.get("/posts/uk-nl").said(waits) == []
    remove, *_ = uk.get("/posts/uk-nl").values("//form[contains(@action, 'remove')]/@action")
    first, *_ = uk.get("/posts/uk-nl").values("//input[@type='hidden'][@name='from']/@value")
    uk.post(remove, on_page="/posts/uk-nl", **{"from": first})
    assert uk.get("/posts/uk-nl").values("//form[contains(@action, 'remove')]/@action") == []
    wrong = uk.post(remove.replace("remove", "holder"), on_page="/posts/uk-nl", **{"from": "soon"})
    assert (wrong.status, wrong.said("//p[@role='alert']")) == (
        400,
        ["'soon' is no date. Write it as 2027-02-01."],
    )
    assert visitor(app, engine, UK_READER).get("/posts/uk-nl").values("//main//form/@action") == []
