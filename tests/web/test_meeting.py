from datetime import date

import pytest
from flask import Flask
from markupsafe import Markup
from sqlalchemy import Engine

from scheduler.accounts.queries import UserFacts
from scheduler.db.work import Work
from scheduler.web.kit.door import Panels
from tests.web.site import UK, UK_DESK, UK_READER, Visitor, application, found, put_round, visitor

DAY = date(2027, 3, 16)
BUTTONS = "//section[@aria-labelledby='acts']//button"
TODAY = date(2026, 11, 21)


def test_the_hours_are_shown_on_the_clocks_of_both_capitals(uk: Visitor, engine: Engine) -> None:
    page = uk.get(f"/meetings/{put_round(engine, 'R1', DAY, 'agreed')}")
    facts = page.facts("//section[@aria-labelledby='when']")
    assert page.said("//p[@class='when']") == ["Tuesday 16 March 2027"]
    assert facts == {
        "London time": "09:00–15:00 assumed",
        "The Hague time": "10:00–16:00 assumed",
        "Host": "Netherlands assumed",
        "Place": "The Hague",
        "Agreed to the date by": (
            "United Kingdom ✓ yes uk desk, 21 Nov 2026, 14:02 Netherlands ✓ yes desk, 21 Nov 2026, 14:02"
        ),
        "Discharges": "Organised Crime Dialogue R1",
        "Version": "sequence 1, last changed 21 Nov 2026, 14:02",
    }


def test_a_week_of_training_has_days_and_no_hours(nl: Visitor, engine: Engine) -> None:
    page = nl.get(f"/meetings/{put_round(engine, 'R3', date(2027, 5, 10), 'offered')}")
    assert page.said("//p[@class='when']") == ["10–14 mei 2027"]
    assert page.facts("//section[@aria-labelledby='when']")["Dagen"] == "hele dagen aangenomen"


def test_the_steps_of_preparation_carry_their_days(uk: Visitor, engine: Engine) -> None:
    page = uk.get(f"/meetings/{put_round(engine, 'R3', date(2027, 5, 10), 'agreed')}")
    assert page.said("//section[@aria-labelledby='steps']//li") == [
        "8 Mar 2027 Save-the-date, with two or three options both secretariats",
        "29 Mar 2027 Host, venue and invitation the host’s secretariat",
        "19 Apr 2027 First draft agenda to the other side the lead office of each side",
        "3 May 2027 Agenda agreed both secretariats",
        "3 May 2027 Delegation lists and joint papers both secretariats",
        "14 May 2027 Joint readout agreed both secretariats",
        "28 May 2027 Actions and record agreed both secretariats",
    ]


@pytest.mark.parametrize(
    ("account", "state", "buttons"),
    [
        (UK, "planned", ["Offer to the other side", "Cancel"]),
        (UK, "offered", ["Offer further days", "Postpone without a date", "Cancel"]),
        (UK, "agreed", ["Postpone without a date", "Cancel"]),
        (UK_DESK, "planned", []),
        (UK_READER, "offered", []),
    ],
)
def test_a_button_is_shown_to_whom_it_would_obey(
    app: Flask, engine: Engine, account: UserFacts, state: str, buttons: list[str]
) -> None:
    uid = put_round(engine, "R1", DAY, state)
    assert visitor(app, engine, account).get(f"/meetings/{uid}").said(BUTTONS) == buttons


def test_a_date_is_offered_by_one_side_agreed_by_the_other_and_then_held(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    page = f"/meetings/{put_round(engine, 'R1', TODAY, 'planned')}"
    assert nl.get(page).status == 404
    assert uk.post(f"{page}/offer", on_page=page).said("//p[@role='status']") == ["It is offered."]
    assert nl.get(page).said("//ol[@class='options']//button") == [
        "Deze optie aanvaarden",
        "Deze optie afwijzen",
    ]
    accepted = nl.post(f"{page}/options/1/accept", on_page=page)
    assert accepted.said("//p[@role='status']") == ["Uw akkoord is geregistreerd."]
    assert uk.get(page).said(BUTTONS) == ["Record as held", "Postpone without a date", "Cancel"]
    held = uk.post(f"{page}/record", on_page=page)
    assert held.said("//p[@class='as-on']") == ["held"]
    assert held.said(BUTTONS) == []


def test_a_postponed_meeting_has_no_date_but_says_which_it_had(uk: Visitor, engine: Engine) -> None:
    page = f"/meetings/{put_round(engine, 'R1', DAY, 'agreed')}"
    postponed = uk.post(f"{page}/postpone", on_page=page)
    assert postponed.said("//section[@aria-labelledby='when']/p") == [
        "No date stands",
        "It was to be on 16 March 2027.",
    ]


def test_who_came_second_is_told_and_nothing_changes(uk: Visitor, engine: Engine) -> None:
    page = f"/meetings/{put_round(engine, 'R1', DAY, 'planned')}"
    uk.post(f"{page}/cancel", on_page=page)
    late = uk.post(f"{page}/offer", on_page=page)
    assert (late.status, late.said("//h1")) == (409, ["Not in this state"])
    assert late.said("//p[@class='lead-text']") == ["A meeting that is cancelled cannot become offered."]


@pytest.mark.parametrize(
    "name",
    [
        "offer",
        "options/1/accept",
        "options/1/refuse",
        "options/refuse",
        "options/1/withdraw",
        "record",
        "postpone",
        "cancel",
        "notes",
    ],
)
def test_a_reader_may_do_nothing(app: Flask, engine: Engine, name: str) -> None:
    page = f"/meetings/{put_round(engine, 'R1', DAY, 'offered')}"
    answer = visitor(app, engine, UK_READER).post(f"{page}/{name}", on_page=page, text="a note")
    assert (answer.status, answer.said("//h1")) == (403, ["Not for you to do"])


def test_a_note_stays_with_its_side(uk: Visitor, nl: Visitor, engine: Engine) -> None:
    page = f"/meetings/{put_round(engine, 'R1', DAY, 'offered')}"
    written = uk.post(f"{page}/notes", on_page=page, text="  Prefer <b>September</b>.\nAsk the embassy. ")
    assert written.said("//section[@id='notes']//blockquote/p") == [
        "Prefer <b>September</b>. Ask the embassy."
    ]
    assert written.said("//section[@id='notes']/h2") == ["Notes of your side UK only"]
    assert nl.get(page).said("//section[@id='notes']//blockquote/p") == []


def test_an_empty_note_is_refused_with_a_remedy(uk: Visitor, engine: Engine) -> None:
    page = f"/meetings/{put_round(engine, 'R1', DAY, 'offered')}"
    refused = uk.post(f"{page}/notes", on_page=page, text="   ")
    assert refused.status == 400
    assert refused.facts("//main//dl") == {
        "Where": "text",
        "What would be right": "write what should be remembered",
    }


def test_other_wings_show_their_panels(engine: Engine) -> None:
    found(engine)
    uid = put_round(engine, "R1", DAY, "agreed")

    def agenda(work: Work, key: str, language: str) -> Markup:
        return Markup("<h2>Agenda</h2><p>{}</p>").format(f"{work.actor.side}, {key}, {language}")

    app = application(engine, panels=Panels(meeting=(agenda,), obligation=(agenda,)))
    walking = visitor(app, engine, UK)
    panel = "//section[@class='panel']/p"
    assert walking.get(f"/meetings/{uid}").said(panel) == [f"uk, {uid}, en"]
    assert walking.get("/obligations/uk-nl/R1").said(panel) == ["uk, uk-nl/R1, en"]


def test_a_character_that_no_database_stores_is_refused_with_its_place(uk: Visitor, engine: Engine) -> None:
    page = f"/meetings/{put_round(engine, 'R1', date(2027, 3, 16), 'agreed')}"
    refused = uk.post(f"{page}/note", on_page=page, text="before\0after")
    assert refused.status == 400
    assert "U+0000" in refused.main
    assert uk.get("/meetings/a%00b").status == 404
