from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from agendas.versions import rules
from agendas.versions.content import LEFT_OUT, Content, Hours, Item, LeftOut
from agendas.versions.difference import Change, Fate, changes, in_words
from agendas.versions.merge import DROPPED, GONE, SEQUENCE, TREATED
from agendas.versions.stored import ORDER, subjects
from tests.agendas.versions.contents import three

TEXTS = st.text(st.sampled_from("ab é,.\n-"), max_size=30)


@given(TEXTS, TEXTS)
def test_words_that_were_kept_or_gone_are_the_old_text_and_those_kept_or_new_the_new_one(
    old: str, new: str
) -> None:
    runs = in_words(old, new)
    assert "".join(text for fate, text in runs if fate is not Fate.NEW) == old
    assert "".join(text for fate, text in runs if fate is not Fate.GONE) == new


def test_a_changed_word_stands_between_what_was_kept() -> None:
    assert in_words("Twenty minutes, then lunch.", "Thirty minutes, then lunch.") == (
        (Fate.GONE, "Twenty"), (Fate.NEW, "Thirty"), (Fate.KEPT, " minutes, then lunch."),
    )  # fmt: skip


@settings(max_examples=60)
@given(three())
def test_two_versions_differ_in_nothing_only_where_the_same_was_agreed_to(
    versions: tuple[Content, Content, Content],
) -> None:
    base, ours, _ = versions
    assert changes(base, base) == ()
    if subjects(base) != subjects(ours):
        assert changes(base, ours)


A, B, C = (Item(key, "theme", {"en": key.upper()}, commitments=(f"C-{key}",)) for key in "abc")
BASE = Content(Hours(60), (A, B, C))


def test_each_difference_is_named_once() -> None:
    after = rules.edit(BASE, "a", minutes=20)
    after = rules.drop_theme(rules.put(after, "C-b", LEFT_OUT, {"en": "later"}), "T1", {"en": "done"})
    after = replace(
        after, hours=Hours(90, first_day=date(2027, 3, 23)), items=(*after.items[:2], D, after.items[2])
    )
    assert changes(BASE, after) == (
        Change(ORDER, "minutes", 60, 90),
        Change(ORDER, "first_day", None, date(2027, 3, 23)),
        Change("a", "minutes", 0, 20),
        Change("d", GONE, None, D),
        Change("C-b", TREATED, "b", LeftOut("C-b", "deferred", {"en": "later"})),
        Change("T1", DROPPED, None, {"en": "done"}),
    )
    assert changes(replace(after, items=after.items[1:]), replace(after, items=after.items[:1]))[:3] == (
        Change("a", GONE, None, after.items[0]),
        Change("b", GONE, after.items[1], None),
        Change("d", GONE, D, None),
    )


D = Item("d", "added", {"en": "D"})


def test_another_order_is_told_for_each_part_of_the_agenda() -> None:
    assert changes(BASE, rules.move(BASE, "c", -2)) == (
        Change(ORDER, SEQUENCE, ["a", "b", "c"], ["c", "a", "b"]),
    )
    two_days = replace(BASE, hours=Hours(60, days=2))
    assert changes(two_days, rules.edit(two_days, "a", day=1)) == (Change("a", "day", 0, 1),)
