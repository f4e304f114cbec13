from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from agendas.versions.content import Content, Hours, Item, LeftOut, Place
from agendas.versions.merge import DROPPED, GONE, RETURNED, SEQUENCE, TREATED, Conflict, merge
from agendas.versions.settling import taken
from agendas.versions.stored import ORDER, read, written
from scheduler.errors import BadInput
from tests.agendas.versions.contents import three

FIRST = (GONE, "place", TREATED)
"""Items come back before commitments are put under them; what is left is independent."""


@settings(max_examples=100)
@given(three())
def test_taking_theirs_ends_with_the_value_asked_for(versions: tuple[Content, Content, Content]) -> None:
    merged = merge(*versions)
    content = merged.content
    ranked = sorted(
        merged.conflicts, key=lambda one: FIRST.index(one.field) if one.field in FIRST else len(FIRST)
    )
    for conflict in ranked:
        known = set(content.whereabouts())
        try:
            content = taken(content, read(Conflict, written(conflict)))
        except BadInput as refused:
            assume(refused.place != "conflict" or conflict.field not in (GONE, TREATED, "place"))
            raise
        assert _value(content, conflict) == conflict.theirs
        assert set(content.whereabouts()) - {conflict.subject} == known - {conflict.subject}


def test_a_field_of_an_item_an_hour_and_a_reason_against_a_theme() -> None:
    assert taken(AGENDA, Conflict("a", "minutes", 5, 10, 25)).items[0].minutes == 25
    assert taken(AGENDA, Conflict("a", "day", 0, 0, 1)).items[1].key == "a"
    assert taken(AGENDA, Conflict(ORDER, "minutes", 60, 90, 120)).hours == Hours(120, days=2)
    because = Conflict("T1", DROPPED, None, {"en": "x"}, {"en": "settled"})
    assert taken(AGENDA, because).dropped_themes == {"T1": {"en": "settled"}}
    assert taken(replace(AGENDA, dropped_themes={"T1": {"en": "x"}}), replace(because, theirs=None)) == AGENDA


def test_an_item_taken_back_into_the_room_leaves_its_reason_behind() -> None:
    back = taken(AGENDA, Conflict("c", "place", "room", "dropped", "room")).item("c")
    assert back == replace(DEAD, place=Place.ROOM, because={})


def test_the_order_of_some_items() -> None:
    order = Conflict(ORDER, SEQUENCE, ["a", "b"], ["a", "b"], ["b", "a"])
    assert [item.key for item in taken(AGENDA, order).items] == ["b", "a", "c"]


def test_where_a_commitment_is_treated() -> None:
    elsewhere = taken(AGENDA, Conflict("C1", TREATED, "a", "a", "b"))
    assert elsewhere.whereabouts() == {"C1": "b", "C2": LEFT}
    left = LeftOut("C1", "level", {"en": "experts"})
    assert taken(AGENDA, Conflict("C1", TREATED, "a", "a", left)).whereabouts() == {"C1": left, "C2": LEFT}
    assert taken(AGENDA, Conflict("C1", TREATED, "a", "a", None)).whereabouts() == {"C2": LEFT}
    assert taken(AGENDA, Conflict("C2", TREATED, None, LEFT, "b")).whereabouts() == {"C1": "a", "C2": "b"}


def test_an_item_that_was_removed_comes_back_and_one_that_was_kept_goes() -> None:
    back = Item("d", "theme", {"en": "D"}, commitments=("C9",))
    assert taken(AGENDA, Conflict("d", GONE, back, None, back)).items[1:3] == (
        B,
        replace(back, commitments=()),
    )
    assert [item.key for item in taken(AGENDA, Conflict("b", GONE, B, B, None)).items] == ["a", "c"]
    assert taken(AGENDA, Conflict("b", RETURNED, B, B, None)) == AGENDA


@pytest.mark.parametrize(
    ("conflict", "words"),
    [
        (Conflict("a", GONE, None, None, None), "it treats C1"),
        (Conflict("a", "place", "room", "room", "dropped"), "it treats C1"),
        (Conflict("C1", TREATED, "a", "a", "z"), "its item is not treated any more"),
        (Conflict("C1", TREATED, "a", "a", "c"), "its item is not treated any more"),
        (Conflict("z", "minutes", 1, 2, 3), "the agenda has this item no more"),
    ],
)
def test_what_would_leave_a_commitment_nowhere_is_refused_with_what_to_do(
    conflict: Conflict, words: str
) -> None:
    with pytest.raises(BadInput) as refused:
        taken(AGENDA, conflict)
    assert (refused.value.message["en"], refused.value.place) == (words, "conflict")
    assert refused.value.remedy


A = Item("a", "theme", {"en": "A"}, minutes=10, commitments=("C1",))
B = Item("b", "theme", {"en": "B"})
DEAD = Item("c", "theme", {"en": "C"}, place=Place.DROPPED, because={"en": "no"})
LEFT = LeftOut("C2", "position", {"en": "no news"})
AGENDA = Content(Hours(90, days=2), (A, B, DEAD), (LEFT,))


def _value(content: Content, conflict: Conflict) -> object:
    subject, field, item = conflict.subject, conflict.field, content.item(conflict.subject)
    if field == SEQUENCE:
        return [found.key for found in content.items if found.key in conflict.theirs]
    if field == TREATED:
        return content.whereabouts().get(subject)
    if field == DROPPED:
        return content.dropped_themes.get(subject)
    if field == RETURNED:
        return conflict.theirs
    if field == GONE:
        return item and replace(item, commitments=conflict.theirs.commitments)
    return getattr(content.hours if subject == ORDER else item, field)
