"""What agendas, the ledger and reports refuse is said to Dutch readers in Dutch, without the names of keys."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from agendas.commitments.actions import add_commitment
from agendas.commitments.entry import Entry
from scheduler.actor import side
from scheduler.db.work import unit_of_work
from scheduler.obligations.consents import Consent
from tests.web.agendas import begin
from tests.web.site import TODAY, Visitor, put_round

DAY = date(2027, 3, 23)
LEDGER = "/commitments/uk-nl"
ALERT = "//*[@role='alert']"


@pytest.fixture
def agenda(app: Flask, engine: Engine) -> str:
    """Return the page of an agenda that the Netherlands have drafted."""
    assert app.testing  # the programme is loaded with it
    uid = put_round(engine, "R1", DAY, "agreed")
    begin(engine, uid, "nl")
    return f"/meetings/{uid}/agenda"


def test_what_is_drafted_already_is_not_begun_in_dutch(nl: Visitor, agenda: str) -> None:
    refused = nl.post(f"{agenda}/start", on_page=agenda)
    assert (refused.status, refused.said("//p[@class='lead-text']")) == (
        409,
        ["Uw zijde heeft deze agenda al opgesteld."],
    )
    assert refused.facts("//main//dl")["Wat wel kan"] == "stel haar opnieuw op, of ga verder met bewerken"


def test_a_paper_marked_too_high_is_refused_in_dutch(nl: Visitor, agenda: str) -> None:
    refused = nl.get(f"{agenda}/papers/joint?version=own&marking=Stg.%20Geheim")
    assert refused.said("//p[@class='lead-text']") == ["'Stg. Geheim' mag hier niet worden verwerkt."]


def test_a_report_of_a_year_to_come_is_refused_in_dutch(nl: Visitor) -> None:
    refused = nl.get("/report/uk-nl?year=2099")
    assert refused.said("//p[@class='lead-text']") == ["2099 moet nog komen."]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"status": "delivered"},
            (
                "Bewijs: Nagekomen vraagt om bewijs. Noem een document (document:SR#Kop), een bijeenkomst "
                "(meeting:UID) of een adres (https://…)."
            ),
        ),
        (
            {"status": "delivered", "evidence": "document:XX"},
            "Bewijs: 'XX' is geen document. Één van JS, als document:SLEUTEL#Kop.",
        ),
        (
            {"status": "blocked"},
            (
                "Reden; beide zijden lezen die: Geblokkeerd vraagt om een reden. "
                "Zeg waarom; beide zijden lezen het."
            ),
        ),
        (
            {"status": "merged", "into": "C-99"},
            "Er is geen afspraak 'C-99'. Zoek de sleutel op in het register.",
        ),
        ({"status": "open"}, "De status is al “open”."),
        ({"status": "vergeten"}, "Nieuwe status: 'vergeten' is niet bekend. Één van open, "),
    ],
)
def test_a_status_that_cannot_be_is_refused_in_dutch(
    nl: Visitor, engine: Engine, typed: dict[str, str], said: str
) -> None:
    consents = [Consent(party, "record", TODAY) for party in ("uk", "nl")]
    with unit_of_work(engine, side("nl", "desk"), TODAY) as work:
        key = add_commitment(
            work, "uk-nl", Entry("T1", {"nl": "Bevindingen delen"}, "action", "will"), agreed_by=consents
        )
    page = f"/commitment/uk-nl/{key}"
    (alert,) = nl.post(f"{page}/status", page, **typed).said(ALERT)
    assert alert[: len(said)] == said


def test_every_mistake_of_a_new_commitment_is_named_by_its_field_in_dutch(nl: Visitor) -> None:
    page = f"{LEDGER}/new"
    refused = nl.post(page, page, theme="x", text_nl="", kind="deed", strength="will", due="2199-01-01")
    assert [said.partition(". ")[0] for said in refused.said(f"{ALERT}/p")] == [
        "Thema: 'x' is niet bekend",
        "Soort: 'deed' is niet bekend",
        "Wat is toegezegd, in het Engels: De tekst is leeg",
        "Uiterste datum: 2199-01-01 ligt buiten bereik",
    ]
