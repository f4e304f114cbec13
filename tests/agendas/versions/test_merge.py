from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings

from agendas.versions import rules
from agendas.versions.content import Content, Hours, Item, LeftOut, Place
from agendas.versions.difference import Change, changes
from agendas.versions.merge import (
    DROPPED,
    GONE,
    RETURNED,
    SEQUENCE,
    TREATED,
    Conflict,
    Merged,
    in_order,
    merge,
)
from agendas.versions.stored import IN_LANGUAGES, ORDER
from tests.agendas.versions.contents import contents, three

Three = tuple[Content, Content, Content]


@settings(max_examples=40)
@given(three())
def test_what_only_one_side_changed_is_taken_as_it_is(versions: Three) -> None:
    base, ours, theirs = versions
    assert merge(base, ours, base) == Merged(ours, ())
    assert merge(base, base, theirs) == Merged(theirs, ())
    assert merge(base, ours, ours) == Merged(ours, ())
    assert merge(base, ours, theirs) == merge(*versions)


@settings(max_examples=100)
@given(three())
def test_every_edit_of_either_side_is_in_the_result_or_in_a_named_conflict(versions: Three) -> None:
    base, *sides = versions
    merged = merge(*versions)
    assert [lost for side in sides for lost in _lost(base, side, merged)] == []


@settings(max_examples=50)
@given(three())
def test_every_commitment_stands_once_in_a_place_that_is_treated(versions: Three) -> None:
    base, ours, theirs = versions
    merged = merge(*versions)
    here, there = ours.whereabouts(), theirs.whereabouts()
    counted = Counter(key for key, _ in merged.content.treated())
    assert set(counted.values()) <= {1}
    gone = {
        key for key in {*here, *there} if key in base.whereabouts() and (key not in here or key not in there)
    }
    named = {conflict.subject for conflict in merged.conflicts if conflict.field == TREATED}
    assert set(counted) - named == {*here, *there} - gone - named
    assert [
        item.key for item in merged.content.items if item.place is Place.DROPPED and item.commitments
    ] == []


@settings(max_examples=40)
@given(three())
def test_of_each_conflict_ours_is_what_stands(versions: Three) -> None:
    content, conflicts = merge(*versions).content, merge(*versions).conflicts
    for conflict in conflicts:
        assert _standing(content, conflict) == conflict.ours, conflict


@settings(max_examples=20)
@given(contents())
def test_an_agenda_is_kept_in_the_order_of_its_parts(content: Content) -> None:
    assert in_order(content.items) == content.items


A, B, C = (Item(key, "theme", {"en": key.upper()}, minutes=10, commitments=(f"C-{key}",)) for key in "abc")
BASE = Content(Hours(60), (A, B, C), (LeftOut("C-d", "level", {"en": "experts"}),))


def test_both_sides_edits_of_one_text_in_two_languages_stand_together() -> None:
    ours = rules.edit(BASE, "a", title={"en": "Firearms"})
    theirs = rules.edit(BASE, "a", title={"en": "A", "nl": "Vuurwapens"})
    merged = merge(BASE, ours, theirs)
    assert merged.conflicts == ()
    assert merged.content.items[0].title == {"en": "Firearms", "nl": "Vuurwapens"}


def test_the_same_field_changed_twice_is_a_conflict() -> None:
    merged = merge(BASE, rules.edit(BASE, "a", minutes=30), rules.edit(BASE, "a", minutes=25))
    assert merged.conflicts == (Conflict("a", "minutes", 10, 30, 25),)
    assert merged.content.items[0].minutes == 30


def test_hours_and_a_reason_against_a_theme_changed_twice_are_conflicts() -> None:
    ours = rules.drop_theme(replace(BASE, hours=Hours(90)), "T1", {"en": "Settled"})
    theirs = rules.drop_theme(replace(BASE, hours=Hours(120)), "T1", {"en": "Later"})
    merged = merge(BASE, ours, theirs)
    assert merged.content == ours
    assert merged.conflicts == (
        Conflict(ORDER, "minutes", 60, 90, 120),
        Conflict("T1", DROPPED, None, {"en": "Settled"}, {"en": "Later"}),
    )


def test_an_item_that_was_removed_comes_back_for_a_commitment_that_the_other_put_there() -> None:
    emptied = rules.put(BASE, "C-a", "b")
    theirs = rules.put(BASE, "C-b", "a")
    for ours in (rules.remove(emptied, "a"), rules.place(emptied, "a", Place.DROPPED, {"en": "no"})):
        merged = merge(BASE, ours, theirs)
        assert merged.content.whereabouts()["C-b"] == "a"
        [item] = [item for item in merged.content.items if item.key == "a"]
        assert (item.place, item.minutes) == (Place.ROOM, 10)
        assert [(found.subject, found.field) for found in merged.conflicts] == [("a", RETURNED)]


def test_an_item_that_one_removed_and_the_other_edited_is_a_conflict() -> None:
    ours = rules.remove(rules.put(BASE, "C-a", "b"), "a")
    theirs = rules.edit(BASE, "a", minutes=25)
    assert merge(BASE, ours, theirs).conflicts == (Conflict("a", GONE, A, None, theirs.items[0]),)
    assert merge(BASE, ours, theirs).content == ours


def test_a_commitment_moved_apart_is_a_conflict_that_keeps_the_reason_for_leaving_it_out() -> None:
    theirs = rules.put(BASE, "C-a", "left-out", {"en": "later"})
    merged = merge(BASE, rules.put(BASE, "C-a", "b"), theirs)
    assert merged.conflicts == (
        Conflict("C-a", TREATED, "a", "b", LeftOut("C-a", "deferred", {"en": "later"})),
    )


def test_two_new_orders_are_a_conflict_and_two_moves_to_another_day_are_none() -> None:
    merged = merge(BASE, rules.move(BASE, "a", 1), rules.move(BASE, "c", -1))
    assert merged.conflicts == (Conflict(ORDER, SEQUENCE, ["a", "b", "c"], ["b", "a", "c"], ["a", "c", "b"]),)
    two_days = replace(BASE, hours=Hours(60, days=2))
    merged = merge(two_days, rules.edit(two_days, "a", day=1), rules.edit(two_days, "b", day=1))
    assert merged.conflicts == ()
    assert [(item.key, item.day) for item in merged.content.items] == [("c", 0), ("a", 1), ("b", 1)]


def test_an_item_added_by_either_side_stands_behind_its_neighbour() -> None:
    ours = rules.add(BASE, Item("x", "added", {"en": "X", "nl": "X"}), after="a")
    theirs = rules.add(rules.move(BASE, "a", 2), Item("y", "added", {"en": "Y", "nl": "Y"}), after="b")
    assert [item.key for item in merge(BASE, ours, theirs).content.items] == ["b", "y", "c", "a", "x"]


def _lost(base: Content, side: Content, merged: Merged) -> Iterator[tuple[str, str]]:
    """Yield what a side changed and is neither in the result nor named; told by the differences, not by the merge."""
    result = merged.content
    named = {(conflict.subject, conflict.field) for conflict in merged.conflicts}
    whole = {subject for subject, field in named if field in (GONE, RETURNED)}
    for change in changes(base, side):
        if change.field == SEQUENCE:
            if change.subject not in {subject for subject, field in named if field == SEQUENCE}:
                shared = [key for key in change.after if key not in whole]
                yield from _order_lost(shared, change.before, base, side, result)
            continue
        if change.subject in whole or (change.subject, change.field) in named:
            continue
        if not _is_in(result, change):
            yield change.subject, change.field


def _is_in(result: Content, change: Change) -> bool:
    item = result.item(change.subject)
    if change.field == GONE:
        return (item is None) == (change.after is None)
    if change.field == TREATED:
        return bool(result.whereabouts().get(change.subject) == change.after)
    if change.field == DROPPED:
        return bool(result.dropped_themes.get(change.subject) == change.after)
    if change.field in IN_LANGUAGES:
        said, before, after = getattr(item, change.field), change.before, change.after
        touched = [key for key in {*before, *after} if before.get(key) != after.get(key)]
        return all(said.get(key) == after.get(key) for key in touched)
    holder = result.hours if change.subject == ORDER else item
    return bool(getattr(holder, change.field) == change.after)


def _order_lost(
    after: Sequence[str], before: Sequence[str], base: Content, side: Content, result: Content
) -> Iterator[tuple[str, str]]:
    """Yield each pair that the side turned round, and that does not stand so though nobody moved either elsewhere."""
    keys = [item.key for item in result.items]
    for first, second in combinations(after, 2):
        turned = before.index(first) > before.index(second)
        found = [content.item(key) for content in (base, side, result) for key in (first, second)]
        parts = {item.part for item in found if item}
        if (
            turned
            and first in keys
            and second in keys
            and len(parts) == 1
            and keys.index(first) > keys.index(second)
        ):
            yield first, second


def _standing(content: Content, conflict: Conflict) -> object:
    subject, field = conflict.subject, conflict.field
    item = content.item(subject)
    if field == SEQUENCE:
        return [item.key for item in content.items if item.key in conflict.ours]
    if field == TREATED:
        return content.whereabouts().get(subject)
    if field == DROPPED:
        return content.dropped_themes.get(subject)
    if field in (GONE, RETURNED):
        return conflict.ours if field == RETURNED or (item is None) == (conflict.ours is None) else item
    return getattr(content.hours if subject == ORDER else item, field)
