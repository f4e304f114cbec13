"""What a record is made of: agreed part by part, merged without loss, and sealed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.negotiation.rules import Signature
from agendas.outcomes.content import Change, ItemOutcome, NewCommitment, Part, Record, Said, Seat
from agendas.outcomes.rules import (
    SealedRecord,
    blank,
    key_in_ledger,
    merge,
    numbers,
    obstacles,
    offered,
    put,
    readout_is_agreed,
    require_lasting,
    seal,
    standing,
    subjects,
    without,
)
from agendas.versions.stored import read, written
from scheduler.errors import BadInput, Conflict
from scheduler.words import Words

DAY = date(2027, 3, 23)
AT = datetime(2027, 3, 23, 16, 0, tzinfo=UTC)
NAMES: dict[str, Words] = {"uk": {"en": "UK", "nl": "VK"}, "nl": {"en": "NL", "nl": "NL"}}
ONE = ItemOutcome("one", "theme", {"en": "One"}, "decided")
READOUT = ItemOutcome("readout", "readout", {"en": "Readout"}, None, {"en": "We met."})
NEW = NewCommitment("a", "one", "T", {"en": "Do it."}, "action", "will", {"uk": ("fcdo",)})
RECORD = Record(
    DAY,
    (ONE, READOUT),
    (Seat("uk/desk", "uk", {"en": "Desk"}, "present"), Seat("nl/desk", "nl", {"en": "Desk"})),
    (NEW,),
    (Said("b", "one", ("C1",), {"en": "Done half."}),),
    (Change("C1", "C1", "delivered"),),
)


def signed(side: str, *chosen: str) -> list[Signature]:
    now = subjects(RECORD)
    return [Signature(subject, now[subject], side, side, AT) for subject in chosen or now]


def test_there_is_one_subject_for_each_part_and_one_for_the_attendance_of_a_side() -> None:
    assert list(subjects(RECORD)) == [
        "attendance/uk",
        "attendance/nl",
        "item/one",
        "item/readout",
        "new/a",
        "said/b",
        "change/C1",
        "frame",
    ]


def test_a_record_is_read_as_it_was_written() -> None:
    assert read(Record, written(RECORD)) == RECORD


def test_an_edit_opens_again_what_it_changed_and_nothing_else() -> None:
    edited = put(RECORD, "item/one", replace(ONE, result="steer"))
    stands = standing(edited, [*signed("uk"), *signed("nl")], NAMES)
    assert [(stand.subject, stand.waits_for) for stand in stands if stand.waits_for] == [
        ("item/one", ("uk", "nl"))
    ]


def test_what_is_open_is_said_by_its_words() -> None:
    stands = standing(RECORD, [*signed("uk"), *signed("nl", "item/one")], ["uk"])
    assert [obstacle.words["nl"] for obstacle in obstacles(RECORD, stands, NAMES)] == [
        "nog geen uitkomst bij: Readout",
        "nog niet vermeld of deze functie aanwezig was: Desk",
    ]


def test_the_readout_can_be_agreed_before_the_record() -> None:
    agreed = [*signed("uk", "item/readout"), *signed("nl", "item/readout")]
    assert readout_is_agreed(RECORD, standing(RECORD, agreed, NAMES))
    assert not readout_is_agreed(RECORD, standing(RECORD, agreed[:1], NAMES))


def test_a_part_can_be_offered_alone_and_keeps_the_rest_for_later() -> None:
    joint = offered(blank(RECORD), RECORD, ["item/readout"])
    assert [(item.key, item.result, dict(item.text)) for item in joint.items] == [
        ("one", None, {}),
        ("readout", None, {"en": "We met."}),
    ]
    assert (joint.new, joint.said, joint.changes) == ((), (), ())
    with pytest.raises(BadInput):
        offered(joint, RECORD, ["item/none"])


def test_what_stands_in_the_ledger_cannot_be_taken_out_of_the_record() -> None:
    require_lasting(RECORD, put(RECORD, "new/a", replace(NEW, due=DAY)))
    with pytest.raises(Conflict):
        require_lasting(RECORD, without(RECORD, "new/a"))


def test_new_commitments_are_numbered_in_the_order_of_the_record_and_a_number_is_given_once() -> None:
    record = replace(RECORD, new=(replace(NEW, key="late"), NEW))
    assert numbers(record, ()) == {"new/late": "A1", "new/a": "A2"}
    assert numbers(record, ["new/a"]) == {"new/a": "A1", "new/late": "A2"}


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ({}, "JS-R05-2027-A2"),
        ({"JS-R05-2027-A1": True, "JS-R05-2026-A1": False}, "JS-R05-2027-A2"),
        ({"JS-R05-2027-A1": False}, "JS-R05-2027-03-23-A2"),
        ({"JS-R05-2027-A2": True}, "JS-R05-2027-03-23-A2"),
        ({"JS-R05-2027-A2": True, "JS-R05-2027-03-23-A9": False}, None),
    ],
)
def test_a_key_is_short_and_never_that_of_another_round(taken: dict[str, bool], expected: str | None) -> None:
    assert key_in_ledger("A2", "JS-R05-2027", DAY, taken) == expected


def test_any_altered_word_breaks_the_seal() -> None:
    sealed = SealedRecord("uid", 1, RECORD, {"uk": {"name": "A"}})
    others = [
        replace(sealed, number=2),
        replace(sealed, signed={"uk": {"name": "B"}}),
        replace(sealed, record=replace(RECORD, day=date(2027, 3, 24))),
        *(replace(sealed, record=without(RECORD, name)) for name, _ in RECORD.parts()),
    ]
    assert seal(sealed) not in {seal(other) for other in others}


KEYS = ("item/one", "new/a", "said/b", "said/c")
VALUES: dict[str, list[Part | None]] = {
    "item/one": [ONE, replace(ONE, result="steer"), replace(ONE, result="noted")],
    "new/a": [None, NEW, replace(NEW, due=DAY)],
    "said/b": [None, Said("b", "one", ("C1",), {"en": "x"}), Said("b", "one", ("C1",), {"en": "y"})],
    "said/c": [None, Said("c", "one", ("C1",), {"en": "x"}), Said("c", "one", ("C1",), {"en": "y"})],
}


@st.composite
def records(draw: st.DrawFn) -> Record:
    parts = {key: draw(st.sampled_from(VALUES[key])) for key in KEYS}
    return Record(DAY, ()).with_parts({key: part for key, part in parts.items() if part})


@given(records(), records(), records())
def test_every_edit_of_either_side_is_in_the_merged_record_or_in_a_named_conflict(
    base: Record, ours: Record, theirs: Record
) -> None:
    merged = merge(base, ours, theirs)
    was, here, there = (dict(record.parts()) for record in (base, ours, theirs))
    result = dict(merged.record.parts())
    for key in KEYS:
        before, own, other = was.get(key), here.get(key), there.get(key)
        if own != before and other not in (before, own):
            assert key in merged.conflicts
            assert result[key] == (own or other)
        else:
            assert key not in merged.conflicts
            assert result.get(key) == (other if own == before else own)
