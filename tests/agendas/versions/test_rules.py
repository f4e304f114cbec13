from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agendas.versions import rules
from agendas.versions.content import LEFT_OUT, Content, Hours, Item, LeftOut, Place
from agendas.versions.merge import in_order
from scheduler.errors import BadInput, DialoguesError, NotFound
from scheduler.words import say
from tests.agendas.versions.contents import contents, edits_of

BOTH = {"en": "words", "nl": "woorden"}
OPENING = Item("opening", "opening", BOTH, minutes=5)
A = Item("a", "theme", BOTH, minutes=20, commitments=("C1", "C2"))
B = Item("b", "topic", BOTH, minutes=10, commitments=("C3",))
AOB = Item("other_business", "other_business", BOTH, minutes=5)
WRITTEN = Item("w", "theme", BOTH, place=Place.WRITING, because=BOTH, commitments=("C4",))
DEAD = Item("z", "theme", BOTH, place=Place.DROPPED, because=BOTH)
AGENDA = Content(Hours(60, days=2), (OPENING, A, B, AOB, WRITTEN, DEAD), (LeftOut("C5", "level", BOTH),))


@settings(max_examples=60)
@given(contents().flatmap(edits_of))
def test_whatever_is_edited_by_hand_each_commitment_stands_once_and_items_stay_in_order(
    content: Content,
) -> None:
    assert rules.misplaced(content, tuple(content.whereabouts())) == rules.Misplaced((), (), ())
    assert in_order(content.items) == content.items


def test_an_edit_in_one_language_leaves_the_other_waiting_for_a_look() -> None:
    edited = rules.edit(AGENDA, "a", title={"en": "Arms", "nl": "woorden"})
    assert stale(edited) == {"a": ("nl",)}
    assert stale(rules.looked_at(edited, "a", "nl")) == {}
    assert stale(rules.edit(edited, "a", title={"en": "Arms", "nl": "Wapens"})) == {}
    assert stale(rules.edit(AGENDA, "a", same=("nl",), title={"en": "Words", "nl": "woorden"})) == {}
    assert stale(rules.edit(AGENDA, "a", title={"en": "Arms", "nl": "Wapens"})) == {}
    assert stale(rules.edit(AGENDA, "a", title={"en": "Arms"})) == {"a": ("nl",)}


def test_two_texts_edited_in_different_languages_leave_both_waiting() -> None:
    edited = rules.edit(AGENDA, "a", title={"en": "Arms", "nl": "woorden"}, text={"nl": "Toelichting"})
    assert stale(edited) == {"a": ("en", "nl")}


def test_a_text_that_is_taken_away_in_every_language_leaves_nothing_waiting() -> None:
    assert stale(rules.edit(AGENDA, "w", because={})) == {}
    assert stale(rules.edit(AGENDA, "w", because={"nl": "woorden"})) == {"w": ("nl",)}


def test_other_fields_are_set_and_a_new_day_puts_an_item_in_its_place() -> None:
    edited = rules.edit(AGENDA, "a", minutes=25, lead="nl", wanted="decide", day=1)
    assert edited.items[3] == replace(A, minutes=25, lead="nl", wanted="decide", day=1)
    assert keys(edited) == ["opening", "b", "other_business", "a", "w", "z"]


def test_an_item_is_added_before_what_closes_the_day_or_behind_another() -> None:
    new = Item("n", rules.ADDED, {"en": "New"}, minutes=5)
    assert keys(rules.add(AGENDA, new)) == ["opening", "a", "b", "n", "other_business", "w", "z"]
    assert keys(rules.add(AGENDA, new, after="opening")) == [
        "opening",
        "n",
        "a",
        "b",
        "other_business",
        "w",
        "z",
    ]
    assert keys(rules.add(AGENDA, replace(new, day=1))) == [
        "opening",
        "a",
        "b",
        "other_business",
        "n",
        "w",
        "z",
    ]
    assert stale(rules.add(AGENDA, new)) == {"n": ("nl",)}


def test_an_item_moves_within_its_part_of_the_agenda() -> None:
    assert keys(rules.move(AGENDA, "a", 1)) == ["opening", "b", "a", "other_business", "w", "z"]
    assert keys(rules.move(AGENDA, "b", -9)) == ["b", "opening", "a", "other_business", "w", "z"]
    assert keys(rules.move(AGENDA, "a", 9)) == ["opening", "b", "other_business", "a", "w", "z"]
    assert rules.move(AGENDA, "w", -3) == AGENDA


def test_a_commitment_is_put_under_another_item_or_left_out_with_a_reason() -> None:
    assert rules.put(AGENDA, "C1", "b").whereabouts() == {**AGENDA.whereabouts(), "C1": "b"}
    assert rules.put(AGENDA, "C5", "a").left_out == ()
    left = LeftOut("C1", "deferred", {"en": "later"})
    assert rules.put(AGENDA, "C1", LEFT_OUT, {"en": "later"}).whereabouts() == {
        **AGENDA.whereabouts(),
        "C1": left,
    }


def test_an_item_goes_into_writing_is_dropped_and_comes_back() -> None:
    written = rules.place(AGENDA, "a", Place.WRITING, BOTH)
    assert (keys(written), written.item("a")) == (
        ["opening", "b", "other_business", "a", "w", "z"],
        replace(A, place=Place.WRITING, minutes=0, because=BOTH),
    )
    for reason in (None, BOTH):  # a form still holds the reason for which the item had gone
        back = rules.place(AGENDA, "z", Place.ROOM, reason).item("z")
        assert back == replace(DEAD, place=Place.ROOM, because={})
    assert stale(rules.place(AGENDA, "a", Place.WRITING, {"en": "No time"})) == {"a": ("nl",)}
    emptied = rules.put(AGENDA, "C3", "a")
    assert keys(rules.place(emptied, "b", Place.DROPPED, BOTH))[-2:] == ["b", "z"]
    assert keys(rules.remove(emptied, "b")) == ["opening", "a", "other_business", "w", "z"]


def test_what_a_dropped_item_treats_is_left_out_for_the_same_reason() -> None:
    dropped = rules.place(AGENDA, "a", Place.DROPPED, {"en": "Settled"})
    assert [entry for entry in dropped.left_out if entry.commitment != "C5"] == [
        LeftOut("C1", "deferred", {"en": "Settled"}),
        LeftOut("C2", "deferred", {"en": "Settled"}),
    ]
    assert rules.misplaced(dropped, ("C1", "C2", "C3", "C4", "C5")) == rules.Misplaced((), (), ())


def test_dropping_the_last_that_treats_a_theme_says_why_the_theme_is_not_treated() -> None:
    theme = Item("theme/T1", "theme", BOTH, minutes=10, commitments=("C1",))
    written = Item("written/theme/T1", "theme", BOTH, place=Place.WRITING, because=BOTH, commitments=("C2",))
    agenda = Content(Hours(60), (theme, written))
    only_written = rules.place(agenda, theme.key, Place.DROPPED, {"en": "Settled"})
    assert only_written.dropped_themes == {}
    neither = rules.place(only_written, written.key, Place.DROPPED, {"en": "Elsewhere"})
    assert neither.dropped_themes == {"T1": {"en": "Elsewhere"}}
    assert rules.place(neither, theme.key, Place.ROOM).dropped_themes == {}


def test_dropping_what_goes_on_after_a_pause_drops_no_theme() -> None:
    theme = Item("theme/T1", "theme", BOTH, minutes=10)
    agenda = Content(Hours(60), (theme, Item("theme/T1/2", "continued", BOTH, minutes=10)))
    assert rules.place(agenda, "theme/T1/2", Place.DROPPED, BOTH).dropped_themes == {}


def test_a_theme_is_dropped_with_a_reason_and_taken_up_again() -> None:
    dropped = rules.drop_theme(AGENDA, "T1", {"en": "Settled", "nl": " "})
    assert dropped.dropped_themes == {"T1": {"en": "Settled"}}
    assert rules.drop_theme(dropped, "T1", {"en": ""}) == AGENDA


def test_minutes_that_are_spare_or_too_many_are_told_by_day() -> None:
    assert rules.spare_minutes(AGENDA) == (20, 60)
    assert rules.spare_minutes(rules.edit(AGENDA, "a", minutes=50)) == (-10, 60)


def test_commitments_that_break_the_rule_of_one_place_are_named() -> None:
    broken = replace(AGENDA, left_out=(LeftOut("C1", "level", BOTH),))
    found = rules.misplaced(broken, ("C1", "C2", "C3", "C9"))
    assert found == rules.Misplaced(twice=("C1",), nowhere=("C9",), not_open=("C4",))
    assert bool(found)
    assert not rules.misplaced(AGENDA, ("C1", "C2", "C3", "C4", "C5"))


REFUSALS: tuple[tuple[Callable[[], Content], type[DialoguesError], str, str], ...] = (
    (lambda: rules.edit(AGENDA, "x"), NotFound, "", "one of opening, a, b, other_business, w, z"),
    (lambda: edited(title={"en": " "}), BadInput, "title", "give it in at least one language"),
    (lambda: edited(minutes=-1), BadInput, "minutes", "a whole number from 0 to 1440"),
    (lambda: edited(minutes=1441), BadInput, "minutes", "a whole number from 0 to 1440"),
    (lambda: edited(day=2), BadInput, "day", "from 1 to 2"),
    (lambda: edited(wanted="shout"), BadInput, "wanted", "one of decide, steer, note"),
    (lambda: edited(place=Place.DROPPED), BadInput, "place", "give the reason"),
    (lambda: rules.add(AGENDA, A), BadInput, "key", "edit that one"),
    (
        lambda: rules.add(AGENDA, Item("n", "added", {})),
        BadInput,
        "title",
        "give it in at least one language",
    ),
    (
        lambda: rules.add(AGENDA, Item("n", "added", BOTH, commitments=("C1",))),
        BadInput,
        "commitments",
        "put them here afterwards",
    ),
    (lambda: rules.put(AGENDA, "C9", "a"), NotFound, "", ""),
    (lambda: rules.put(AGENDA, "C1", "x"), NotFound, "", "one of opening, a, b, other_business, w, z"),
    (lambda: rules.put(AGENDA, "C1", "z"), BadInput, "where", "put it under an item that is treated"),
    (
        lambda: rules.put(AGENDA, "C1", LEFT_OUT),
        BadInput,
        "because",
        "say why it is left for a later round; both sides agree to it",
    ),
    (
        lambda: rules.place(AGENDA, "b", Place.WRITING, {"en": " "}),
        BadInput,
        "because",
        "say why; both sides agree to it",
    ),
    (
        lambda: rules.remove(AGENDA, "b"),
        BadInput,
        "item",
        "put them under another item, in writing, or leave them out with a reason first",
    ),
)


@pytest.mark.parametrize("number", range(len(REFUSALS)))
def test_what_cannot_be_done_is_refused_with_its_place_and_what_to_do(
    number: int,
) -> None:
    act, error, place, remedy = REFUSALS[number]
    with pytest.raises(error) as refused:
        act()
    assert (refused.value.place, say(refused.value.remedy, "en")) == (place, remedy)


@given(st.integers(-3, 3), st.integers(-3, 3))
def test_moving_keeps_every_item(first: int, second: int) -> None:
    moved = rules.move(rules.move(AGENDA, "a", first), "b", second)
    assert sorted(keys(moved)) == sorted(keys(AGENDA))


def edited(**values: Any) -> Content:
    return rules.edit(AGENDA, "a", **values)


def keys(content: Content) -> list[str]:
    return [item.key for item in content.items]


def stale(content: Content) -> dict[str, tuple[str, ...]]:
    return {item.key: item.stale for item in content.items if item.stale}
