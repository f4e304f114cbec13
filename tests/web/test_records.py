"""The page on which a round is recorded: what is refused is said there, with everything that was typed."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from agendas.commitments.actions import add_commitment
from agendas.commitments.entry import Entry
from agendas.outcomes import actions
from agendas.outcomes.content import Change
from agendas.outcomes.queries import RecordDraftFacts, record_version, the_record_draft
from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import reading, unit_of_work
from scheduler.obligations.consents import Consent
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


def kept(engine: Engine, uid: str) -> RecordDraftFacts:
    with reading(engine, UK_DESK, clock.now()) as work:
        return the_record_draft(work, uid)


@pytest.fixture
def page(uid: str) -> str:
    return f"/meetings/{uid}/record"


@pytest.fixture
def seat(engine: Engine, uid: str) -> str:
    return f"attendance/{kept(engine, uid).record.seats[0].key}"


def test_adding_keeps_what_was_typed_above(
    uk: Visitor, engine: Engine, uid: str, page: str, seat: str
) -> None:
    typed = {"number": "1", f"presence:{seat}": "present", "item.text.en": "Ports", "add": "item"}
    answer = uk.post(f"{page}/keep", page, **typed)
    assert answer.status == 200
    record = kept(engine, uid).record
    assert [item.title for item in record.items] == [{"en": "Ports"}]
    assert record.seats[0].presence == "present"


def test_an_entry_begun_is_added_whatever_is_pressed(
    uk: Visitor, engine: Engine, uid: str, page: str
) -> None:
    typed = {"number": "1", "change.commitment": "C1", "change.status": "in_progress"}
    assert uk.post(f"{page}/keep", page, **typed).status == 200
    assert kept(engine, uid).record.changes == (Change("C1", "C1", "in_progress"),)


def test_a_choice_that_every_form_holds_begins_no_entry(
    uk: Visitor, engine: Engine, uid: str, page: str
) -> None:
    typed = {"number": "1", "change.commitment": "C1", "new.theme": "T1", "seat.party": "uk"}
    assert uk.post(f"{page}/keep", page, **typed).status == 200
    assert kept(engine, uid).number == 1


def test_an_added_entry_that_says_nothing_is_refused_at_its_field(
    uk: Visitor, engine: Engine, uid: str, page: str, seat: str
) -> None:
    typed = {"number": "1", f"presence:{seat}": "absent", "add": "item"}
    answer = uk.post(f"{page}/keep", page, **typed)
    assert answer.status == 400
    assert answer.said("//*[@id='fault-item-text-en']") == ["The item has no title. Write one."]
    assert answer.values("//input[@name='item.text.en']/@aria-invalid") == ["true"]
    assert answer.values(f"//select[@name='presence:{seat}']/option[@selected]/@value") == ["absent"]
    assert kept(engine, uid).number == 1


def test_every_mistake_stands_at_its_field_and_everything_typed_comes_back(
    uk: Visitor, engine: Engine, uid: str, page: str
) -> None:
    typed = {
        "number": "1",
        "add": "item",
        "item.text.nl": "Havens",
        "seat.text.en": "Envoy",
        "seat.party": "nl",
    }
    typed |= {"change.commitment": "C1", "change.status": "blocked", "change.due": "soon"}
    answer = uk.post(f"{page}/keep", page, **typed)
    assert answer.status == 400
    assert answer.said("//*[@id='fault-change-due']") == ["'soon' is no date. Write it as 2027-02-01."]
    assert answer.values("//select[@name='change.status']/option[@selected]/@value") == ["blocked"]
    assert answer.values("//input[@name='item.text.nl']/@value") == ["Havens"]
    assert answer.values("//select[@name='seat.party']/option[@selected]/@value") == ["nl"]
    assert kept(engine, uid).number == 1


def test_the_same_form_sent_twice_adds_once(uk: Visitor, engine: Engine, uid: str, page: str) -> None:
    typed = {"number": "1", "once": "a1b2", "item.text.en": "Ports", "add": "item"}
    for _ in range(2):
        assert uk.post(f"{page}/keep", page, **typed).status == 200
    assert (kept(engine, uid).number, len(kept(engine, uid).record.items)) == (2, 1)


def test_two_who_add_at_once_are_both_heard(uk: Visitor, engine: Engine, uid: str, page: str) -> None:
    for once, title in (("a1b2", "Ports"), ("c3d4", "Rail")):
        typed = {"number": "1", "once": once, "item.text.en": title, "add": "item"}
        assert uk.post(f"{page}/keep", page, **typed).status == 200
    assert [item.title["en"] for item in kept(engine, uid).record.items] == ["Ports", "Rail"]


def test_removing_keeps_what_was_typed(uk: Visitor, engine: Engine, uid: str, page: str, seat: str) -> None:
    uk.post(f"{page}/keep", page, **{"number": "1", "change.commitment": "C1", "change.due": "2027-03-01"})
    uk.post(f"{page}/keep", page, **{"number": "2", f"presence:{seat}": "present", "remove": "change/C1"})
    record = kept(engine, uid).record
    assert (record.changes, record.seats[0].presence) == ((), "present")


def test_another_change_of_a_commitment_leaves_what_the_first_one_says(
    uk: Visitor, engine: Engine, uid: str, page: str
) -> None:
    first = {"change.status": "blocked", "change.reason": "No vessel"}
    uk.post(f"{page}/keep", page, **{"number": "1", "change.commitment": "C1", **first})
    uk.post(f"{page}/keep", page, **{"number": "2", "change.commitment": "C1", "change.due": "2027-03-01"})
    expected = Change("C1", "C1", "blocked", date(2027, 3, 1), reason="No vessel")
    assert kept(engine, uid).record.changes == (expected,)


def test_what_was_not_seen_as_kept_is_kept_and_not_offered(
    uk: Visitor, engine: Engine, uid: str, page: str
) -> None:
    answer = uk.post(f"{page}/offer", page, **{"number": "1", "item.text.en": "Ports"})
    assert answer.said("//*[@role='status']")[-1] == (
        "Version 2 of your side is kept. Nothing is offered yet: read it, then offer it."
    )
    with reading(engine, UK_DESK, clock.now()) as work:
        assert record_version(work, uid) is None
    uk.post(f"{page}/offer", page, number="2")
    with reading(engine, UK_DESK, clock.now()) as work:
        assert record_version(work, uid) is not None


def test_an_entry_is_shown_with_what_a_reader_knows(uk: Visitor, page: str) -> None:
    typed = {"number": "1", "change.commitment": "C1", "change.status": "delivered"}
    answer = uk.post(f"{page}/keep", page, **typed, **{"change.evidence": "document:JS#Crime"})
    assert answer.said("//ul[@class='own-lines']/li/span") == [
        "Put right C1 Share findings → delivered · Joint Statement, Crime"
    ]


def test_documents_and_rounds_can_be_chosen_as_evidence(uk: Visitor, uid: str, page: str) -> None:
    for address in (page, "/commitment/uk-nl/C1"):
        choices = uk.get(address).tree.xpath("//datalist[@id='known-evidence']/option")
        assert f"meeting:{uid}" in {choice.get("value") for choice in choices}
        assert {choice.get("value"): choice.text for choice in choices}["document:JS"] == "Joint Statement"


@pytest.mark.parametrize(
    ("into", "said"),
    [
        ("", "Merged needs the commitment it goes into"),
        ("T1-C99", "There is no commitment 'T1-C99'"),
    ],
)
def test_a_merge_that_cannot_be_comes_back_as_it_was_typed(
    uk: Visitor, engine: Engine, uid: str, page: str, into: str, said: str
) -> None:
    fields = {"number": "1", "change.commitment": "C1", "change.status": "merged", "change.into": into}
    answer = uk.post(f"{page}/keep", page, **fields, **{"change.reason": "Both say the same"})
    assert answer.status == 400
    assert answer.said("//*[@id='fault-change-into']")[0].startswith(said)
    assert answer.values("//input[@id='change-reason']/@value") == ["Both say the same"]
    assert answer.values("//input[@id='change-into']/@value") == [into]
    assert kept(engine, uid).number == 1


def test_a_paste_of_five_megabytes_is_refused_at_its_field_and_comes_back(
    uk: Visitor, engine: Engine, uid: str, page: str
) -> None:
    paste = "x" * 5_000_000
    answer = uk.post(f"{page}/keep", page, **{"number": "1", "add": "item", "item.text.nl": paste})
    assert answer.status == 400
    assert answer.said("//*[@id='fault-item-text-nl']")[0].startswith("5,000,000 characters are too many")
    assert answer.values("//input[@id='item-nl']/@value") == [paste]
    assert kept(engine, uid).number == 1


def test_what_a_form_lacks_is_said_in_dutch_at_its_field(
    nl: Visitor, engine: Engine, page: str, seat: str, uid: str
) -> None:
    with unit_of_work(engine, side("nl", "NL desk"), clock.now()) as work:
        actions.begin(work, uid)
    answer = nl.post(f"{page}/keep", page, **{"number": "1", f"presence:{seat}": "delegate"})
    assert answer.status == 400
    assert answer.said("//*[contains(@class, 'fault')]") == [
        "Wie in de plaats kwam, staat er niet. Noem de functie, niet de persoon."
    ]
    assert answer.values(f"//input[@name='instead:{seat}:en']/@aria-invalid") == ["true"]
