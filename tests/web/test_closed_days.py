"""The page of closed days: closing and opening again, forms that come back, and that the other side sees nothing."""

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.web.site import UK_DESK, UK_READER, Visitor, visitor

PAGE = "/closed-days/uk-nl"
ROWS = "//section[@aria-labelledby='ahead']//table"
AWAY = {"first": "2027-04-12", "last": "2027-04-16", "title": "Away with the minister", "kind": "blackout"}


def test_days_are_closed_for_ones_own_side_and_opened_again(uk: Visitor, nl: Visitor) -> None:
    before = nl.get("/year/uk-nl/2027").main
    closed = uk.post(PAGE, on_page=PAGE, **AWAY)
    assert closed.said("//p[@role='status']") == ["The days are closed."]
    mine = [row for row in closed.rows(ROWS) if row[0].startswith("12–16 Apr 2027")]
    assert [row[2:] for row in mine] == [["UK only", "Open again"]]
    assert mine[0][1].startswith("Away with the minister")
    assert "Away with the minister" in uk.get("/year/uk-nl/2027").main
    assert nl.get("/year/uk-nl/2027").main == before
    assert "Away" not in nl.get(PAGE).main + nl.get("/partnerships/uk-nl").main
    opened = uk.post(f"{PAGE}/open", on_page=PAGE, **{key: AWAY[key] for key in ("first", "last", "kind")})
    assert opened.said("//p[@role='status']") == ["The days are open again."]
    assert "Away with the minister" not in opened.main


def test_what_is_shown_to_the_other_side_it_sees(uk: Visitor, nl: Visitor) -> None:
    uk.post(PAGE, on_page=PAGE, **AWAY, joint="1", costs="1", level="ministerial")
    said = nl.get("/year/uk-nl/2027").main
    assert "Away with the minister" in said
    assert "Geblokkeerd: liever niet (Bewindspersonen)" in said


@pytest.mark.parametrize(
    ("wrong", "status", "message"),
    [
        ({"first": "x"}, 400, "'x' is no date. Write it as 2027-02-01."),
        ({"last": "2027-04-11"}, 400, "The days end before they begin. Give a later last day."),
        ({"last": "2029-04-11"}, 400, "More than 366 days. Close each year by itself."),
        ({"title": " "}, 400, "The title is empty. Say what the days are."),
        ({"title": "a\x07b"}, 400, "The title holds control characters. Write it on one line."),
        (
            {"kind": "party"},
            400,
            "'party' is not known. One of blackout, absence, recess, summit, election, holiday.",
        ),
        ({"level": "royal"}, 400, "'royal' is not known. One of ministerial, senior_official, expert."),
    ],
)
def test_a_form_that_cannot_be_meant_comes_back_with_what_was_typed(
    uk: Visitor, wrong: dict[str, str], status: int, message: str
) -> None:
    page = uk.post(PAGE, on_page=PAGE, **{**AWAY, **wrong})
    assert (page.status, page.said("//p[@role='alert']")) == (status, [message])
    assert page.values("//input[@id='first']/@value") == [wrong.get("first", AWAY["first"])]
    assert "Away with the minister" not in uk.get("/year/uk-nl/2027").main


def test_closing_twice_says_so(uk: Visitor) -> None:
    uk.post(PAGE, on_page=PAGE, **AWAY)
    again = uk.post(PAGE, on_page=PAGE, **AWAY)
    assert (again.status, again.said("//p[@role='alert']")) == (
        409,
        ["These days are closed already. Remove them first, to close them anew."],
    )


def test_a_desk_closes_days_for_its_side_alone_and_a_reader_none(app: Flask, engine: Engine) -> None:
    desk, reader = visitor(app, engine, UK_DESK), visitor(app, engine, UK_READER)
    assert desk.get(PAGE).values("//input[@id='joint']/@name") == []
    assert desk.post(PAGE, on_page=PAGE, **AWAY, joint="1").status == 403
    assert desk.post(PAGE, on_page=PAGE, **AWAY).status == 200
    assert reader.get(PAGE).status == 403
    assert "Close days" not in reader.get("/year/uk-nl/2027").main
