from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from agendas.versions.content import Content, Hours, Item, LeftOut, Paper, Place
from agendas.versions.merge import Conflict
from agendas.versions.stored import (
    FIELDS,
    ORDER,
    canonical,
    digest,
    item_digest,
    order_digest,
    read,
    subjects,
    written,
)
from tests.agendas.versions.contents import contents


@settings(max_examples=50)
@given(contents())
def test_what_is_written_is_read_back_and_has_one_form(content: Content) -> None:
    stored = written(content)
    assert read(Content, stored) == content
    assert canonical(read(Content, stored)) == canonical(content) == canonical(stored)
    assert digest(stored) == digest(content)


def test_canonical_json_is_sorted_and_close_together() -> None:
    assert canonical({"b": (1, date(2027, 3, 23)), "a": "é"}) == '{"a":"é","b":[1,"2027-03-23"]}'.encode()


def test_a_conflict_is_written_with_whatever_values_it_has() -> None:
    left = LeftOut("C1", "level", {"en": "x"})
    assert read(Conflict, written(Conflict("C1", "treated", None, "a", left))) == Conflict(
        "C1", "treated", None, "a", {"commitment": "C1", "reason": "level", "because": {"en": "x"}}
    )


ITEM = Item("a", "theme", {"en": "A"}, minutes=10, commitments=("C1", "C2"))
OTHER_VALUES: dict[str, Any] = {
    "title": {"en": "B"},
    "minutes": 11,
    "day": 1,
    "lead": "uk",
    "offices": ("uk/HO",),
    "wanted": "decide",
    "text": {"en": "text"},
    "papers": (Paper({"en": "paper"}, "uk"),),
    "place": Place.WRITING,
    "because": {"en": "late"},
}


def test_every_field_that_people_decide_has_another_value_here() -> None:
    assert tuple(OTHER_VALUES) == FIELDS


@pytest.mark.parametrize("field", FIELDS)
def test_agreement_to_an_item_covers_each_of_its_fields(field: str) -> None:
    assert item_digest(replace(ITEM, **{field: OTHER_VALUES[field]})) != item_digest(ITEM)


def test_agreement_to_an_item_covers_its_commitments_and_nothing_else() -> None:
    assert item_digest(replace(ITEM, commitments=("C1",))) != item_digest(ITEM)
    same = (
        replace(ITEM, commitments=("C2", "C1")),
        replace(ITEM, stale=("nl",)),
        replace(ITEM, key="b", kind="topic"),
    )
    assert {item_digest(item) for item in same} == {item_digest(ITEM)}


DEAD = Item("z", "theme", {"en": "Z"}, place=Place.DROPPED)
AGENDA = Content(Hours(60), (ITEM, replace(ITEM, key="b"), DEAD), (LeftOut("C3", "level", {"en": "x"}),))


@pytest.mark.parametrize(
    "change",
    [
        {"hours": Hours(61)},
        {"items": (AGENDA.items[1], AGENDA.items[0], DEAD)},
        {"items": AGENDA.items[1:]},
        {"left_out": ()},
        {"left_out": (LeftOut("C3", "level", {"en": "y"}),)},
        {"dropped_themes": {"T1": {"en": "done"}}},
    ],
)
def test_agreement_to_the_running_order_covers_order_hours_and_what_is_left_out(
    change: dict[str, Any],
) -> None:
    assert order_digest(replace(AGENDA, **change)) != order_digest(AGENDA)


def test_agreement_to_the_running_order_covers_no_item_itself() -> None:
    edited = replace(AGENDA, items=(replace(ITEM, minutes=50), *AGENDA.items[1:2]))
    assert order_digest(edited) == order_digest(AGENDA)
    assert [key for key, value in subjects(edited).items() if subjects(AGENDA)[key] != value] == ["a"]
    assert list(subjects(AGENDA)) == ["a", "b", "z", ORDER]
