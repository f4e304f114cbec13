"""The pages of the ledger: what stands, what waits, both layers, and tables in and out."""

import io

import pytest
from flask import Flask
from sqlalchemy import Engine

from agendas.commitments.actions import add_commitment
from agendas.commitments.entry import Entry
from scheduler.actor import side
from scheduler.db.work import unit_of_work
from scheduler.obligations.consents import Consent
from tests.web.site import TODAY, UK_DESK, Visitor, visitor

LEDGER = "/commitments/uk-nl"
NEW = {"theme": "T1", "kind": "action", "strength": "will", "text_en": "Meet each year"}
TABLE = "theme;text_en;kind;strength\nT1;=Open the archive;action;will\n"


@pytest.fixture(autouse=True)
def agreed(app: Flask, engine: Engine) -> None:  # noqa: ARG001 (the application loads the programme)
    """One commitment that both sides have agreed."""
    consents = [Consent(party, "record", TODAY) for party in ("uk", "nl")]
    with unit_of_work(engine, side("uk", "desk"), TODAY) as work:
        add_commitment(
            work, "uk-nl", Entry("T1", {"en": "Share findings"}, "action", "will"), agreed_by=consents
        )


def first_key(visitor: Visitor) -> str:
    return visitor.get(LEDGER).said("//table//th[@scope='row']/span[@class='key']")[0]


def test_a_new_commitment_waits_for_both_and_is_then_in_the_ledger(uk: Visitor, nl: Visitor) -> None:
    page = uk.post(f"{LEDGER}/new", f"{LEDGER}/new", **NEW, owner=["uk/home-office", "nl/jenv"])
    assert (page.status, page.said("//section[@aria-labelledby='waiting']/h2")) == (
        200,
        ["Waits for an answer"],
    )
    assert "Meet each year" not in page.said("//table//a")
    action = nl.get(LEDGER).values("//form[contains(@action, '/agree')]/@action")[0]
    assert "Meet each year" in nl.post(action, LEDGER).said("//table//a")
    assert "Meet each year" in uk.get(LEDGER).said("//table//a")


def test_a_form_that_cannot_be_meant_comes_back_with_what_was_typed(uk: Visitor) -> None:
    page = uk.post(f"{LEDGER}/new", f"{LEDGER}/new", **{**NEW, "text_en": "", "heading": ""})
    assert page.status == 400
    assert page.said("//*[@role='alert']") == [
        "What was promised, in English: The text is empty. Write one line of at most 2000 characters."
    ]
    assert page.values("//select[@name='strength']/option[@selected]/@value") == ["will"]


def test_one_s_own_layer_is_of_another_colour_and_nobody_else_s(uk: Visitor, nl: Visitor) -> None:
    address = f"/commitment/uk-nl/{first_key(uk)}"
    page = uk.post(f"{address}/notes", address, text="Between us", state="progress")
    own = "//section[contains(@class, 'own-side')]//blockquote/p"
    assert page.said(own) == ["Between us"]
    assert "Between us" not in nl.get(address).text
    offer = page.values("//form[contains(@action, '/offer')]/@action")[0]
    uk.post(offer, address)
    assert nl.get(address).said("//section[@aria-labelledby='notes']//blockquote/p")[-1] == "Between us"


def test_delivered_without_evidence_is_refused_and_says_what_would_do(uk: Visitor) -> None:
    address = f"/commitment/uk-nl/{first_key(uk)}"
    page = uk.post(f"{address}/status", address, status="delivered")
    assert (page.status, page.said("//*[@role='alert']")) == (
        400,
        [
            (
                "Evidence: Delivered needs evidence. Name a document (document:SR#Heading), a meeting (meeting:UID),"
                " or an address (https://…)."
            )
        ],
    )


def test_who_changed_a_commitment_and_when_stands_on_its_page_newest_first(uk: Visitor, nl: Visitor) -> None:
    address = f"/commitment/uk-nl/{first_key(uk)}"
    uk.post(f"{address}/status", address, status="delivered", evidence="https://report.example/1")
    waiting = nl.get(address).values("//form[contains(@action, '/agree')]/@action")[0]
    nl.post(waiting, address)
    history = "//section[@aria-labelledby='history']//li"
    day = "21 Nov 2026"
    assert uk.get(address).said(history)[:4] == [
        f"{day} Secretariaat NL: status changed → delivered",
        f"{day} Secretariaat NL: agreed",
        f"{day} UK secretariat: proposed → delivered",
        f"{day} desk: entered, agreed by both",
    ]
    assert nl.get(address).said(history)[2] == f"{day.lower()} UK secretariat: voorgesteld → nagekomen"


def test_a_table_is_shown_before_it_is_kept_and_its_text_runs_nowhere(uk: Visitor, nl: Visitor) -> None:
    address = f"{LEDGER}/table"
    page = uk.post(address, address, text=TABLE)
    assert page.rows("//section[@aria-labelledby='preview']")[0][2] == "new commitment"
    assert uk.get(LEDGER).said("//section[contains(@class, 'own-side')]") == []
    content = page.said("//textarea[@hidden]")[0]
    assert content.split() == TABLE.split()
    kept = uk.post(address, address, text=TABLE, step="keep")
    assert kept.said("//*[@role='status']") == ["Proposals kept to your side: 1."]
    assert "Open the archive" not in nl.get(LEDGER).text
    again = uk.post(address, address, text=TABLE)
    assert again.said("//section[@aria-labelledby='preview']/p") == ["Nothing would change."]


def test_all_that_was_offered_is_agreed_to_at_once(uk: Visitor, nl: Visitor) -> None:
    for text in ("Meet each year", "Write each month"):
        uk.post(f"{LEDGER}/new", f"{LEDGER}/new", **{**NEW, "text_en": text})
    shown = nl.get(LEDGER).values("//input[@name='shown']/@value")
    uk.post(f"{LEDGER}/new", f"{LEDGER}/new", **{**NEW, "text_en": "Not shown to anybody"})
    page = nl.post(f"{LEDGER}/proposals/agree", LEDGER, shown=shown)
    assert {text for text in page.said("//table//a") if " each " in text} == {
        "Meet each year",
        "Write each month",
    }
    assert len(page.said("//section[@aria-labelledby='waiting']//li")) == 1


def test_a_wrong_table_changes_nothing_and_names_its_lines(uk: Visitor) -> None:
    address = f"{LEDGER}/table"
    page = uk.post(address, address, text=f"{TABLE}T9;x;deed;will\n", step="keep")
    assert page.status == 400
    assert [line.partition(":")[0] for line in page.said("//*[@role='alert']//li")] == [
        "line 3, theme",
        "line 3, kind",
    ]
    assert page.said("//textarea[@id='paste']") == [
        "theme;text_en;kind;strength T1;=Open the archive;action;will T9;x;deed;will"
    ]
    assert uk.get(LEDGER).said("//section[contains(@class, 'own-side')]") == []


def test_a_paste_of_five_megabytes_gets_a_clear_answer(uk: Visitor) -> None:
    address = f"{LEDGER}/table"
    page = uk.post(address, address, text="x" * 5_000_000)
    assert page.status == 400
    assert page.said("//*[@role='alert']//li")[-1].startswith("line 1")


def test_a_file_is_taken_and_the_ledger_given_as_one(uk: Visitor) -> None:
    address = f"{LEDGER}/table"
    given = uk.client.get(f"{LEDGER}/table.csv")
    assert given.mimetype == "text/csv"
    sent = {"csrf_token": uk.get(address).token, "file": (io.BytesIO(given.data), "ledger.csv")}
    answer = uk.client.post(address, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 200
    assert "Nothing would change." in answer.get_data(as_text=True)


def test_filters_that_mean_nothing_are_refused(uk: Visitor) -> None:
    assert uk.get(f"{LEDGER}?status=lost").status == 400
    assert uk.get(f"{LEDGER}?before=never").status == 400
    assert uk.get("/commitment/uk-nl/none").status == 404


def test_what_both_sides_read_is_corrected_by_the_secretariat_alone(
    app: Flask, engine: Engine, uk: Visitor, nl: Visitor
) -> None:
    address, notes = f"/commitment/uk-nl/{first_key(uk)}", "//blockquote/p"
    uk.post(f"{address}/notes", address, text="Said to both", state="progress", joint="1")
    reference = uk.get(address).values("//input[@name='corrects']/@value")[0]
    desk = visitor(app, engine, UK_DESK)
    forged = {"text": "Said by a desk", "state": "progress", "corrects": reference}
    assert desk.post(f"{address}/notes", address, **forged).status == 403
    assert nl.get(address).said(notes) == ["Said to both"]
    desk.post(f"{address}/notes", address, text="Between us", state="progress")
    own = desk.get(address).values("//input[@name='corrects']/@value")[0]
    assert desk.post(f"{address}/notes", address, **{**forged, "corrects": own}).status == 200
    assert nl.get(address).said(notes) == ["Said to both"]


def test_a_table_with_a_mistake_is_refused_in_dutch_with_its_line(nl: Visitor) -> None:
    page = "/commitments/uk-nl/table"
    pasted = "theme,text_nl,kind,strength\nT99,Havens,action,will\n"
    answer = nl.post(page, page, text=pasted)
    assert answer.status == 400
    assert answer.said("//*[@role='alert']//li")[0].startswith(
        "regel 2, theme: 'T99' is niet bekend (één van "
    )
