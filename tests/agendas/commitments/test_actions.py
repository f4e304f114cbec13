"""Proposals, consents and notes: what is done alone, what waits for both, and what the other side never learns."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from agendas.commitments.actions import (
    add_commitment,
    agree,
    amend_commitment,
    change_status,
    decline,
    offer_proposal,
)
from agendas.commitments.entry import Entry
from agendas.commitments.finding import Wanted, find, notes_on, with_news
from agendas.commitments.importing import apply_import, export_rows, plan_import
from agendas.commitments.notes import Note, correct_note, offer_note, write_note
from agendas.commitments.queries import commitment, commitments, progress, proposals
from agendas.commitments.rules import StatusChange
from agendas.commitments.table import write_table
from scheduler.audit.queries import changes_about
from scheduler.db.work import unit_of_work
from scheduler.errors import BadFile, BadInput, Conflict, NotFound
from scheduler.obligations.consents import Consent
from scheduler.programmes.loading import load
from tests.agendas.commitments.ledger import ADDRESS, OURS, SHARED, decide, do, only_uid, waiting
from tests.builders import (
    NL,
    NOW,
    OPERATOR,
    SECTIONS,
    SMALL,
    TODAY,
    UK,
    load_files,
    planned,
    programme,
    refusal,
)

DELIVERED = StatusChange("delivered", evidence=ADDRESS)
UNSEEN = "unseen"


@pytest.fixture(autouse=True)
def small(engine: Engine) -> None:
    load_files(engine)


def both(*sides: str) -> list[Consent]:
    return [Consent(side, "record", NOW) for side in sides]


def status(engine: Engine, key: str) -> str:
    return str(do(engine, UK, commitment, key).status)


def test_joint_is_delivered_when_both_agree(engine: Engine) -> None:
    key = do(engine, UK, add_commitment, SHARED, agreed_by=both("uk", "nl"))
    uid = do(engine, UK, change_status, key, DELIVERED)
    assert status(engine, key) == "open"
    assert refusal(Conflict, decide, engine, UK, agree, uid).startswith("your side has agreed")
    assert decide(engine, NL, agree, uid) is True
    facts = do(engine, NL, commitment, key)
    assert (facts.status, facts.evidence, facts.decided_at) == ("delivered", ADDRESS, NOW)
    assert refusal(Conflict, decide, engine, NL, agree, uid) == "this proposal is closed: agreed"
    acts = [change.act for change in do(engine, NL, changes_about, f"commitment/{key}")]
    assert acts == ["commitment status", "commitment agreed", "commitment proposed", "commitment added"]


def test_one_side_s_own_is_delivered_by_it_and_opened_again_by_the_other(engine: Engine) -> None:
    key = do(engine, UK, add_commitment, OURS, agreed_by=both("uk", "nl"))
    uid = do(engine, NL, change_status, key, DELIVERED)
    assert decide(engine, UK, agree, uid) is True
    assert do(engine, NL, change_status, key, StatusChange("open", reason="nothing was opened")) is None
    assert status(engine, key) == "open"
    assert do(engine, UK, change_status, key, DELIVERED) is None
    assert status(engine, key) == "delivered"


def test_declined_and_withdrawn_proposals_change_nothing_and_make_room(engine: Engine) -> None:
    uid = do(engine, UK, change_status, "C1", DELIVERED)
    said = refusal(Conflict, do, engine, NL, change_status, "C1", StatusChange("dropped", reason="over"))
    assert said == "a change of this commitment waits already (agree to it or decline it first)"
    decide(engine, NL, decline, uid, "not yet")
    uid = do(engine, NL, change_status, "C1", StatusChange("dropped", reason="over"))
    decide(engine, NL, decline, uid)
    assert status(engine, "C1") == "open"
    past = do(engine, UK, proposals, standing=False)
    assert {(entry.outcome, entry.answer) for entry in past} == {("declined", "not yet"), ("withdrawn", "")}


def test_a_merge_names_where_it_went(engine: Engine) -> None:
    into = do(engine, UK, add_commitment, SHARED, agreed_by=both("uk", "nl"))
    uid = do(engine, UK, change_status, "C1", StatusChange("merged", into=into))
    decide(engine, NL, agree, uid)
    facts = do(engine, UK, commitment, "C1")
    assert (facts.status, facts.merged_into) == ("merged", into)


def test_a_proposal_that_the_ledger_has_overtaken_is_refused(engine: Engine) -> None:
    key = do(engine, UK, add_commitment, SHARED, agreed_by=both("uk", "nl"))
    uid = do(engine, UK, change_status, "C1", StatusChange("merged", into=key))
    over = do(engine, UK, change_status, key, StatusChange("dropped", reason="over"))
    decide(engine, NL, agree, over)
    assert refusal(Conflict, decide, engine, NL, agree, uid).startswith(f"{key} is dropped")
    assert status(engine, "C1") == "open"


def test_a_proposal_overwrites_nothing_that_came_into_the_ledger_under_its_key(engine: Engine) -> None:
    uid = do(engine, UK, add_commitment, replace(SHARED, key="JS-A1")) and only_uid(engine, UK)
    do(engine, UK, add_commitment, replace(OURS, key="JS-A1"), agreed_by=both("uk", "nl"))
    assert refusal(Conflict, decide, engine, NL, agree, uid).startswith("JS-A1 is in the ledger already")
    assert do(engine, NL, commitment, "JS-A1").text == OURS.text


def test_a_private_proposal_does_not_exist_for_the_other_side(engine: Engine) -> None:
    uid = do(engine, UK, change_status, "C1", StatusChange("dropped", reason=UNSEEN), private=True)
    assert waiting(engine, UK) == [("C1", "uk")]
    assert waiting(engine, NL) == []
    assert refusal(NotFound, decide, engine, NL, agree, uid) == refusal(
        NotFound, decide, engine, NL, agree, "0"
    ).replace("'0'", repr(uid))
    assert do(engine, NL, changes_about, "commitment/C1") == ()
    # The other side proposes as if nothing were, and the key of a new commitment is the same with or without.
    theirs = do(engine, NL, change_status, "C1", DELIVERED)
    decide(engine, NL, decline, theirs)
    offered = decide(engine, UK, offer_proposal, uid)
    assert offered != uid
    assert waiting(engine, NL) == [("C1", None)]
    assert decide(engine, NL, agree, offered) is True


def test_both_can_think_of_the_same_and_neither_learns_of_it(engine: Engine) -> None:
    keys = {do(engine, actor, add_commitment, SHARED, private=True) for actor in (UK, NL)}
    assert len(keys) == 1
    decide(engine, UK, offer_proposal, only_uid(engine, UK))
    assert [layer for _, layer in waiting(engine, NL)] in ([None, "nl"], ["nl", None])


def test_a_new_commitment_is_in_the_ledger_once_both_agree(engine: Engine) -> None:
    key = do(engine, UK, add_commitment, SHARED, reason="from the round")
    assert [entry.key for entry in do(engine, UK, commitments)] == ["C1"]
    decide(engine, NL, agree, only_uid(engine, NL))
    facts = do(engine, NL, commitment, key)
    assert (facts.text, facts.owners, facts.since) == (
        {"en": "Meet each year"},
        {"uk": ["fcdo"], "nl": ["bz"]},
        TODAY,
    )
    said = refusal(Conflict, do, engine, NL, add_commitment, SHARED)
    assert said == f"{key} is in the ledger already (change that one instead)"


def test_one_consent_is_no_agreed_record(engine: Engine) -> None:
    do(engine, UK, add_commitment, SHARED, agreed_by=both("uk"))
    assert [entry.key for entry in do(engine, UK, commitments)] == ["C1"]


def test_every_mistake_of_a_new_commitment_is_told(engine: Engine) -> None:
    wrong = Entry("T9", {"en": "a\x00"}, "deed", "will", {"uk": ("bz",), "fr": ("quai",)})
    with pytest.raises(BadFile) as caught:
        do(engine, UK, add_commitment, wrong)
    assert [problem.place for problem in caught.value.problems] == [
        "theme",
        "kind",
        "text_en",
        "owners_uk",
        "owners_fr",
    ]
    assert waiting(engine, UK) == []


def test_other_content_needs_both(engine: Engine) -> None:
    key = do(engine, UK, add_commitment, OURS, agreed_by=both("uk", "nl"))
    later = Entry(
        "T1", {"en": "Open all archives"}, "action", "will", {"uk": ("fcdo",)}, due=date(2028, 1, 1), key=key
    )
    uid = do(engine, UK, amend_commitment, later)
    assert do(engine, UK, commitment, key).due is None
    decide(engine, NL, agree, uid)
    facts = do(engine, UK, commitment, key)
    assert (facts.text, facts.due) == ({"en": "Open all archives"}, date(2028, 1, 1))


def test_a_note_is_its_side_s_own_until_it_is_offered(engine: Engine) -> None:
    note = Note(TODAY, {"en": UNSEEN}, ("C1",), evidence="document:JS#Crime")
    key = do(engine, UK, write_note, note, joint=False)
    assert [entry.key for entry in do(engine, UK, notes_on, "C1")] == ["P1", key]
    assert [entry.key for entry in do(engine, NL, notes_on, "C1")] == ["P1"]
    assert do(engine, NL, find, Wanted(search=UNSEEN), TODAY).total == 0
    assert do(engine, UK, find, Wanted(search=UNSEEN.upper()), TODAY).total == 1
    offered = do(engine, UK, offer_note, key)
    assert [entry.key for entry in do(engine, NL, notes_on, "C1")] == ["P1", offered]
    assert offered != key
    assert do(engine, NL, find, Wanted(search=UNSEEN), TODAY).total == 1
    assert refusal(Conflict, do, engine, UK, offer_note, key).startswith("a newer note stands")


def test_a_correction_keeps_what_it_corrects(engine: Engine) -> None:
    key = do(engine, UK, write_note, Note(TODAY, {"en": "tonnes"}, ("C1",)), joint=True)
    newer = do(engine, UK, correct_note, key, Note(TODAY, {"en": "kilograms"}, ()))
    assert [entry.key for entry in do(engine, NL, notes_on, "C1")] == ["P1", newer]
    every = do(engine, NL, progress, with_superseded=True)
    assert {entry.key: entry.superseded_by for entry in every if entry.party} == {key: newer, newer: None}
    said = refusal(Conflict, do, engine, NL, correct_note, newer, Note(TODAY, {"en": "none"}, ()))
    assert said == "the other side wrote this note (write one of your own beside it)"


def test_a_joint_note_cannot_lean_on_a_meeting_that_one_side_planned(engine: Engine) -> None:
    uid = planned(engine, date(2027, 5, 3))
    note = Note(TODAY, {"en": "See there"}, ("C1",), evidence=f"meeting:{uid}")
    key = do(engine, UK, write_note, note, joint=False)
    said = "evidence: the other side does not know this meeting (offer the meeting first)"
    assert refusal(BadInput, do, engine, UK, write_note, note, joint=True) == said
    assert refusal(BadInput, do, engine, UK, offer_note, key) == said
    change = StatusChange("delivered", evidence=f"meeting:{uid}")
    assert refusal(BadInput, do, engine, UK, change_status, "C1", change) == said


def test_no_news_has_a_date(engine: Engine) -> None:
    key = do(engine, UK, add_commitment, OURS, agreed_by=both("uk", "nl"))
    first, second = do(engine, UK, lambda work, name: with_news(work, name, commitments(work, name)))
    assert (first.commitment.key, first.last and first.last.key, first.no_news_since) == (
        "C1",
        "P1",
        date(2026, 3, 24),
    )
    assert (second.commitment.key, second.last, second.no_news_since) == (key, None, TODAY)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), ["C1", "ours"]),
        (Wanted(theme="T1", status="open_ones"), ["C1", "ours"]),
        (Wanted(status="delivered"), []),
        (Wanted(owner="uk/fcdo"), ["ours"]),
        (Wanted(owner="uk/fcd"), []),
        (Wanted(due="overdue"), ["ours"]),
        (Wanted(due="undated"), ["C1"]),
        (Wanted(no_news_since=date(2026, 3, 24)), ["ours"]),
        (Wanted(no_news_since=date(2026, 3, 25)), ["C1", "ours"]),
        (Wanted(before=TODAY), []),
        (Wanted(search="ARCHIVE the"), ["ours"]),
        (Wanted(search="findings were"), ["C1"]),
        (Wanted(search="100%_"), []),
    ],
)
def test_filters(engine: Engine, wanted: Wanted, expected: list[str]) -> None:
    entry = Entry("T1", OURS.text, "action", "will", OURS.owners, due=date(2027, 1, 1), key="ours")
    do(engine, UK, add_commitment, entry, agreed_by=both("uk", "nl"))
    found = do(engine, NL, find, wanted, TODAY)
    assert [line.commitment.key for line in found.lines] == expected
    assert found.total == len(expected)


def test_a_table_changes_nothing_joint_and_nothing_the_second_time(engine: Engine) -> None:
    table = (
        b"key;theme;text_en;text_nl;kind;strength;status;reason;owners_uk\n"
        b";T1;Open the archive;;action;will;;;fcdo\n"
        b"C1;T1;Share all findings;Bevindingen delen;action;will;blocked;money;\n"
    )
    before = do(engine, UK, commitments)
    assert do(engine, UK, lambda work, name: apply_import(work, name, plan_import(work, name, table))) == 3
    assert do(engine, UK, commitments) == before
    assert waiting(engine, NL) == []
    steps = do(engine, UK, plan_import, table)
    assert [step.act for step in steps] == ["waiting", "waiting", "waiting"]
    assert [layer for _, layer in waiting(engine, UK)] == ["uk", "uk", "uk"]


def test_the_ledger_as_a_table_changes_nothing(engine: Engine) -> None:
    do(engine, UK, add_commitment, OURS, agreed_by=both("uk", "nl"))
    do(engine, UK, add_commitment, SHARED, private=True)
    table = do(engine, UK, lambda work, name: write_table(export_rows(work, name), ("uk", "nl")))
    assert [step.act for step in do(engine, UK, plan_import, table.encode())] == ["unchanged", "unchanged"]
    assert "Meet each year" not in table


def test_a_table_with_a_change_that_cannot_be_keeps_nothing(engine: Engine) -> None:
    head = "key;theme;text_en;text_nl;kind;strength;status\n"
    table = f"{head}C1;T1;Share findings;Bevindingen delen;action;will;delivered\n".encode()
    with pytest.raises(BadFile) as caught:
        do(engine, UK, lambda work, name: apply_import(work, name, plan_import(work, name, table)))
    assert [problem.place for problem in caught.value.problems] == ["line 2, evidence"]
    assert waiting(engine, UK) == []


def test_a_file_does_not_undo_what_the_sides_decided(engine: Engine) -> None:
    decide(engine, NL, agree, do(engine, UK, change_status, "C1", DELIVERED))
    with unit_of_work(engine, OPERATOR, NOW) as work:
        load(work, programme(SMALL), SECTIONS)
    assert status(engine, "C1") == "delivered"
