import re

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.web.site import NL, UK, UK_DESK, UK_READER, Visitor, visitor

FEEDS = "/subscriptions/uk-nl"
TABLE = "//section[@aria-labelledby='feeds']//table"
WHOLE = {"label": "Private Office, Outlook", "language": "en", "tier": "full", "deadlines": "events"}


def address_on(walking: Visitor, **form: str) -> str:
    page = walking.post(FEEDS, on_page=FEEDS, **{**WHOLE, **form})
    (address,) = page.said("//p[@class='address']")
    return address


def test_a_new_address_is_shown_once_and_answers(uk: Visitor, app: Flask) -> None:
    address = address_on(uk)
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/feeds/[\w-]{43}\.ics", address)
    feed = app.test_client().get(address.removeprefix("http://127.0.0.1:8000"))
    assert (feed.status_code, feed.headers.get("Set-Cookie")) == (200, None)
    again = uk.get(FEEDS)
    assert again.said("//p[@class='address']") == []
    assert address.rpartition("/")[2].removesuffix(".ics") not in again.text


def test_the_address_opens_the_calendar_of_the_device(uk: Visitor) -> None:
    page = uk.post(FEEDS, on_page=FEEDS, **WHOLE)
    (address,) = page.said("//p[@class='address']")
    assert page.values("//section[@aria-labelledby='new-address']//a/@href") == [
        address.replace("http://", "webcal://")
    ]


def test_what_a_feed_shows_is_listed(uk: Visitor) -> None:
    address_on(
        uk, label="Crime team", tier="title", deadlines="none", language="nl", obligations="R1", themes="T1"
    )
    address_on(uk)
    assert [row[:3] for row in uk.get(FEEDS).rows(TABLE)] == [
        [
            "Private Office, Outlook",
            "Everything",
            "Everything but agendas and notes Deadlines as whole days English",
        ],
        [
            "Crime team",
            "Serious and organised crime Organised Crime Dialogue",
            "Titles only No deadlines Dutch",
        ],
    ]


def test_a_feed_taken_back_is_gone_for_calendars_and_crossed_out_here(uk: Visitor, app: Flask) -> None:
    path = address_on(uk).removeprefix("http://127.0.0.1:8000")
    page = uk.get(FEEDS)
    (action,) = page.values(f"{TABLE}//form/@action")
    after = uk.post(action, on_page=FEEDS)
    assert after.said("//p[@role='status']") == ["The feed is taken back."]
    assert after.values(f"{TABLE}//tbody/tr/@class") == ["gone"]
    assert app.test_client().get(path).status_code == 410


def test_a_form_that_cannot_be_meant_comes_back_as_it_was(uk: Visitor) -> None:
    wrong = {**WHOLE, "tier": "busy", "language": "nl", "themes": "T1"}
    page = uk.post(FEEDS, on_page=FEEDS, **wrong)
    assert page.status == 400
    assert page.said("//p[@role='alert']") == [
        "A feed that tells only when you are busy has no deadlines. Choose none, or another tier."
    ]
    assert page.values("//input[@name='label']/@value") == ["Private Office, Outlook"]
    assert page.values("//select/option[@selected]/@value") == ["nl", "busy", "events"]
    assert page.values("//input[@checked]/@value") == ["T1"]


@pytest.mark.parametrize(
    "wrong",
    [{"tier": "everything"}, {"deadlines": "soon"}, {"language": "fr"}, {"label": " "}, {"themes": "T9"}],
)
def test_nothing_is_made_of_a_form_that_cannot_be_meant(uk: Visitor, wrong: dict[str, str]) -> None:
    assert uk.post(FEEDS, on_page=FEEDS, **{**WHOLE, **wrong}).status == 400
    assert uk.get(FEEDS).rows(TABLE) == []


def test_the_other_side_neither_sees_nor_takes_back_a_feed(uk: Visitor, nl: Visitor) -> None:
    address_on(uk)
    (action,) = uk.get(FEEDS).values(f"{TABLE}//form/@action")
    assert nl.get(FEEDS).rows(TABLE) == []
    assert nl.post(action, on_page=FEEDS).status == 404
    assert uk.get(FEEDS).values(f"{TABLE}//form/@action") == [action]


def test_a_reader_sees_the_feeds_but_makes_none(app: Flask, engine: Engine) -> None:
    reader = visitor(app, engine, UK_READER)
    assert reader.get(FEEDS).said("//section[@aria-labelledby='new']") == []
    assert reader.post(FEEDS, on_page=FEEDS, **WHOLE).status == 403
    for account in (UK, UK_DESK, NL):
        assert visitor(app, engine, account).post(FEEDS, on_page=FEEDS, **WHOLE).status == 200
