"""The page on which a round is recorded: what is refused is said there, with everything that was typed."""

import pytest
from flask import Flask
from sqlalchemy import Engine

from agendas.commitments.actions import add_commitment
from agendas.commitments.entry import Entry
from agendas.outcomes import actions
from agendas.outcomes.queries import the_record_draft
from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import reading, unit_of_work
from scheduler.obligations.consents import Consent
from scheduler.words import say
from tests.web.site import TODAY, Visitor, put_round

UK_DESK = side("uk", "UK desk")


@pytest.fixture
def uid(app: Flask, engine: Engine) -> str:
    assert app.testing  # the programme is loaded with it
    found = put_round(engine, "R1", TODAY.date(), "agreed")
    consents = [Consent(party, "record", TODAY) for party in ("uk", "nl")]
    entry = Entry("T1", {"en": "Share findings"}, "action", "will", key="C1")
    with unit_of_work(engine, UK_DESK, clock.now()) as work:
        add_commitment(work, "uk-nl", entry, agreed_by=consents)
        actions.begin(work, found)
    return found


def number_kept(engine: Engine, uid: str) -> int:
    with reading(engine, UK_DESK, clock.now()) as work:
        return the_record_draft(work, uid).number


@pytest.mark.parametrize(
    ("into", "said"),
    [
        ("", "Merged needs the commitment it goes into"),
        ("T1-C99", "There is no commitment 'T1-C99'"),
    ],
)
def test_a_merge_that_cannot_be_comes_back_as_it_was_typed(
    uk: Visitor, engine: Engine, uid: str, into: str, said: str
) -> None:
    page = f"/meetings/{uid}/record"
    fields = {"number": "1", "entry_kind": "change", "commitment": "C1", "status": "merged", "into": into}
    answer = uk.post(f"{page}/add/change", page, **fields, reason="Both say the same")
    assert answer.status == 400
    assert said in answer.said("//*[@role='alert']")[-1]
    assert answer.values("//input[@id='change-reason']/@value") == ["Both say the same"]
    assert answer.values("//input[@id='change-into']/@value") == [into]
    assert number_kept(engine, uid) == 1


def test_a_paste_of_five_megabytes_is_refused_by_its_place_and_comes_back(
    uk: Visitor, engine: Engine, uid: str
) -> None:
    page = f"/meetings/{uid}/record"
    paste = "x" * 5_000_000
    answer = uk.post(f"{page}/add/item", page, **{"number": "1", "entry_kind": "item", "entry:nl": paste})
    assert answer.status == 400
    assert "title, nl" in answer.said("//*[@role='alert']")[-1]
    assert "5,000,000 characters are too many" in answer.said("//*[@role='alert']")[-1]
    assert answer.values("//input[@id='item-nl']/@value") == [paste]
    assert number_kept(engine, uid) == 1


def test_what_a_form_lacks_is_said_in_dutch_with_the_post_by_its_title(
    nl: Visitor, engine: Engine, uid: str
) -> None:
    with unit_of_work(engine, side("nl", "NL desk"), clock.now()) as work:
        actions.begin(work, uid)
        seat = the_record_draft(work, uid).record.seats[0]
    page = f"/meetings/{uid}/record"
    fields = {"number": "1", f"presence:attendance/{seat.key}": "delegate"}
    answer = nl.post(f"{page}/keep", page, **fields)
    assert answer.status == 400
    assert answer.said("//*[@role='alert']")[-1] == (
        f"{say(seat.title, 'nl')}: Wie in de plaats kwam, staat er niet. Noem de functie, niet de persoon."
    )
