"""What went wrong is said to readers in their own language, on the page of a form and on a page of its own."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.accounts.actions import add_user, revoke
from scheduler.accounts.queries import UserFacts
from scheduler.accounts.rules import Role
from scheduler.actor import operator
from scheduler.db.work import unit_of_work
from scheduler.outbox.rules import LOST, OWN_REASONS, Fate, Verdict
from scheduler.outbox.sending.actions import begin, claim, settle
from scheduler.web.kit.door import EXTENSION
from tests.web.site import NL, TODAY, Page, Visitor, put_round, visitor

DAY = date(2027, 3, 16)
LETTERS, FEEDS, CLOSED = "/letters/uk-nl", "/subscriptions/uk-nl", "/closed-days/uk-nl"
NL_READER = UserFacts("reader@nl.example", "lezer", "nl", Role.READER, "nl")


@pytest.fixture
def round_(app: Flask) -> str:
    """Return the page of a round in London that both sides agreed."""
    return f"/meetings/{put_round(app.extensions[EXTENSION].engine, 'R1', DAY, 'agreed', host='uk')}"


def first_post(walking: Visitor, page: str) -> str:
    return walking.get(page).values("//form[contains(@action, '/remove')]/input[@name='post']/@value")[0]


@pytest.mark.parametrize(
    ("act", "fields", "said"),
    [
        ("delegates", {"post": "nl/nobody", "role": "king"}, "'king' is niet bekend. Één van chair, "),
        (
            "delegates",
            {"post": "nl/nobody", "role": "chair"},
            "'nl/nobody' is geen functie van uw zijde. Één van ",
        ),
        (
            "delegates/remove",
            {"post": "nobody"},
            "'nobody' staat niet op uw delegatielijst. Wie erop staan: ",
        ),
        ("arrange", {"seats": "veel"}, "'veel' is geen geheel getal. Vul in hoeveel, of laat het leeg."),
        ("take_back", {}, "De lijst is niet vrijgegeven. Er valt niets terug te nemen."),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_in_dutch(
    nl: Visitor, round_: str, act: str, fields: dict[str, str], said: str
) -> None:
    page = f"{round_}/invitations"
    (alert,) = nl.post(f"{page}/{act}", on_page=page, **fields).said("//p[@role='alert']")
    assert alert[: len(said)] == said


def test_nobody_stands_in_for_themselves_in_dutch(nl: Visitor, round_: str) -> None:
    page = f"{round_}/invitations"
    post = first_post(nl, page)
    refused = nl.post(f"{page}/stand-ins", on_page=page, absent=post, post=post)
    assert refused.said("//p[@role='alert']") == [
        "Een functie kan zichzelf niet vervangen. Noem een andere functie."
    ]


@pytest.mark.parametrize(
    ("path", "on_page", "fields", "said"),
    [
        (FEEDS, FEEDS, {"label": "x", "tier": "all"}, "'all' is niet bekend. Kies uit de lijst."),
        (
            CLOSED,
            CLOSED,
            {"kind": "recess", "first": "morgen"},
            "'morgen' is geen datum. Schrijf de datum als 2027-02-01.",
        ),
    ],
)
def test_a_form_of_ones_own_side_is_refused_in_dutch(
    nl: Visitor, path: str, on_page: str, fields: dict[str, str], said: str
) -> None:
    assert nl.post(path, on_page=on_page, **fields).said("//p[@role='alert']") == [said]


@pytest.mark.parametrize(
    ("act", "fields", "said", "remedy"),
    [
        (
            "options/1/accept",
            {},
            "De stand van de bijeenkomst is “overeengekomen”.",
            "alleen op een voorgelegde datum kan worden geantwoord",
        ),
        (
            "offer",
            {"day": "2020-01-01", "host": "uk"},
            "Beide zijden kennen deze bijeenkomst: haar stand is “overeengekomen”.",
            "verplaats haar om een andere datum voor te leggen",
        ),
        ("invitations/send", {}, "Het gastland verstuurt de uitnodigingen.", "vraag het secretariaat daar"),
    ],
)
def test_what_cannot_be_done_with_a_meeting_is_said_in_dutch(
    nl: Visitor, round_: str, act: str, fields: dict[str, str], said: str, remedy: str
) -> None:
    refused = nl.post(f"{round_}/{act}", on_page=round_, **fields)
    assert refused.said("//p[@class='lead-text']") == [said]
    assert refused.facts("//main//dl")["Wat wel kan"] == remedy


def test_who_may_do_it_is_said_in_dutch(app: Flask, engine: Engine, round_: str) -> None:
    with unit_of_work(engine, operator(), TODAY) as work:
        add_user(work, NL_READER)
    reader = visitor(app, engine, NL_READER)
    refused = reader.post(f"{round_}/options/1/accept", on_page=round_)
    assert (refused.status, refused.said("//p[@class='lead-text']")) == (
        403,
        ["De rol lezer is hiertoe niet bevoegd."],
    )
    assert refused.facts("//main//dl")["Wat wel kan"] == "wel bevoegd: secretariaat"


@pytest.mark.parametrize(
    ("day", "said", "remedy"),
    [
        ("gisteren", "'gisteren' is geen datum.", "schrijf de datum als 2027-02-01"),
        ("1812-06-24", "1812-06-24 valt buiten het bereik.", "van 2000 tot en met 2100"),
    ],
)
def test_a_day_that_no_page_shows_is_refused_in_dutch(nl: Visitor, day: str, said: str, remedy: str) -> None:
    refused = nl.get(f"/partnerships/uk-nl?on={day}")
    assert (refused.status, refused.said("//p[@class='lead-text']")) == (400, [said])
    assert refused.facts("//main//dl")["Wat wel kan"] == remedy


def test_whoever_is_not_signed_in_any_more_is_told_so_in_the_language_of_the_browser(
    nl: Visitor, engine: Engine
) -> None:
    token = nl.get(LETTERS).token
    with unit_of_work(engine, operator(), TODAY) as work:
        revoke(work, NL.email)
    answer = nl.client.post(f"{LETTERS}/drop", data={"csrf_token": token}, headers={"Accept-Language": "nl"})
    refused = Page(answer.status_code, answer.get_data(as_text=True))
    assert (refused.status, refused.said("//p[@class='lead-text']")) == (403, ["U bent niet meer aangemeld."])
    assert refused.facts("//main//dl")["Wat wel kan"] == "open uw aanmeldlink en probeer het opnieuw"


def test_what_we_record_of_an_invitation_ourselves_is_said_in_the_language_of_the_reader(
    nl: Visitor, app: Flask
) -> None:
    engine = app.extensions[EXTENSION].engine
    page = f"/meetings/{put_round(engine, 'R1', DAY, 'agreed')}/invitations"
    nl.post(f"{page}/send", on_page=page, reason="Welkom")
    with unit_of_work(engine, operator("outbox"), TODAY) as work:
        (letter, *_) = claim(work, 9)
        begin(work, letter)
        settle(work, letter, Verdict(Fate.UNKNOWN, LOST))
    found = nl.get(page).said("//section[@id='told']//td/span[@class='quiet']")
    assert OWN_REASONS[LOST]["nl"] in found
