"""Agreement, offers and seals as rules: what an edit opens again, what an offer holds, what keeps an agenda open."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.drafting.facts import Commitment, Facts, Meeting, Theme, Topic
from agendas.known import Party
from agendas.negotiation.rules import Signature, moved, obstacles, offered, signed_by, standing
from agendas.negotiation.seals import Sealed, seal
from agendas.versions import rules
from agendas.versions.content import LEFT_OUT, Content, Hours, Item, LeftOut, Place
from agendas.versions.stored import FIELDS, ORDER, subjects
from scheduler.dates.slots import all_day_slot, timed_slot
from scheduler.errors import BadInput
from tests.agendas.versions.contents import contents, edits_of

SIDES = ("uk", "nl")
MOMENT = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)
BOTH = {"en": "Arms", "nl": "Wapens"}
WHY = {"en": "Too late", "nl": "Te laat"}
A, B = (Item(f"theme/{key}", "theme", BOTH, minutes=10, commitments=(f"C-{key}",)) for key in "ab")
CONTENT = Content(Hours(30), (A, B))
FACTS = Facts(
    today=date(2027, 2, 10),
    partnership={"en": "UK–NL"},
    meeting=Meeting("m", BOTH, "R1", "dialogue", "expert", 30),
    parties=tuple(Party(side, {"en": side}, {"en": side.upper()}, {}, "UTC") for side in SIDES),
    themes=(Theme("a", {"en": "A", "nl": "A"}), Theme("b", {"en": "B", "nl": "B"})),
    commitments=tuple(Commitment(f"C-{key}", key, BOTH, "action", "will") for key in "ab"),
)
OPEN = ("C-a", "C-b")


def signatures(content: Content, *sides: str, at: datetime = MOMENT) -> list[Signature]:
    return [
        Signature(subject, digest, side, f"{side} desk", at)
        for side in sides
        for subject, digest in subjects(content).items()
    ]


def waiting(content: Content, known: list[Signature]) -> dict[str, tuple[str, ...]]:
    return {stand.subject: stand.waits_for for stand in standing(content, known, SIDES) if stand.waits_for}


def decided(item: Item | None) -> list[Any]:
    """Return all that people decide about an item."""
    return [*(getattr(item, name) for name in FIELDS), set(item.commitments)] if item else []


def ordered(content: Content) -> list[Any]:
    """Return all that people decide beside the items."""
    left = {entry.commitment: entry for entry in content.left_out}
    keys = [item.key for item in content.items if item.place is not Place.DROPPED]
    return [content.hours, keys, dict(content.dropped_themes), left]


@given(data=st.data())
def test_a_later_edit_reopens_only_what_it_changed(data: st.DataObject) -> None:
    before = data.draw(contents())
    after = data.draw(edits_of(before))
    changed = {item.key for item in after.items if decided(item) != decided(before.item(item.key))}
    changed |= {ORDER} if ordered(after) != ordered(before) else set()
    assert waiting(after, signatures(before, *SIDES)) == dict.fromkeys(
        [subject for subject in subjects(after) if subject in changed], SIDES
    )


@given(data=st.data())
def test_an_earlier_wording_restored_is_agreed_again(data: st.DataObject) -> None:
    before = data.draw(contents())
    after = data.draw(edits_of(before))
    known = [*signatures(before, *SIDES), *signatures(after, "uk")]
    assert waiting(before, known) == {}


def test_nothing_is_agreed_by_silence() -> None:
    assert waiting(CONTENT, []) == {"theme/a": SIDES, "theme/b": SIDES, ORDER: SIDES}
    assert waiting(CONTENT, signatures(CONTENT, "uk")) == dict.fromkeys(
        ("theme/a", "theme/b", ORDER), ("nl",)
    )


@given(data=st.data())
def test_an_offer_holds_what_was_chosen_and_leaves_the_rest_as_it_was(data: st.DataObject) -> None:
    joint = data.draw(contents())
    mine = data.draw(edits_of(joint))
    keys = [*(item.key for item in mine.items), ORDER]
    chosen = data.draw(st.sets(st.sampled_from(keys)))
    try:
        result = offered(joint, mine, chosen)
    except BadInput:
        return  # a commitment would stand twice; tested below
    ours, theirs = ({item.key: item for item in content.items} for content in (mine, joint))
    expected = {key: theirs[key] for key in theirs} | {key: ours[key] for key in chosen - {ORDER}}
    given_up = {key for key in theirs.keys() - ours.keys() if theirs[key].commitments}
    found = {item.key: item for item in result.items}
    assert found.keys() == expected.keys()
    assert [found[key] for key in found if key not in given_up] == [
        expected[key] for key in found if key not in given_up
    ]
    assert all(set(found[key].commitments) <= set(expected[key].commitments) for key in given_up)
    beside = mine if ORDER in chosen else joint
    assert (result.hours, result.left_out, result.dropped_themes) == (
        beside.hours,
        beside.left_out,
        beside.dropped_themes,
    )


def test_a_first_offer_of_some_items_says_nothing_of_what_is_left_out() -> None:
    mine = replace(
        rules.put(CONTENT, "C-b", LEFT_OUT, {"en": "not yet ready"}),
        dropped_themes={"b": {"en": "We will not talk of it"}},
    )
    result = offered(None, mine, ["theme/a"])
    assert result == Content(mine.hours, (A,))


def test_an_offered_item_does_not_tell_in_which_order_the_side_has_put_the_others() -> None:
    third = replace(A, key="theme/c", commitments=())
    mine = replace(CONTENT, items=(B, third, replace(A, minutes=15)))
    order = [item.key for item in offered(CONTENT, mine, ["theme/a"]).items]
    assert order == ["theme/a", "theme/b"]
    assert [item.key for item in offered(CONTENT, mine, ["theme/c"]).items] == [
        "theme/a",
        "theme/b",
        "theme/c",
    ]
    assert [item.key for item in offered(CONTENT, mine, [ORDER]).items] == ["theme/b", "theme/a"]


def test_an_offer_names_items_that_are_there() -> None:
    with pytest.raises(BadInput, match="your side’s agenda has no theme/z"):
        offered(None, CONTENT, ["theme/z"])


def test_a_commitment_is_not_offered_twice() -> None:
    mine = rules.put(CONTENT, "C-a", "theme/b")
    with pytest.raises(BadInput, match="C-a would be treated twice"):
        offered(CONTENT, mine, ["theme/b"])
    assert dict(offered(CONTENT, mine, ["theme/a", "theme/b"]).treated()) == {
        "C-a": "theme/b",
        "C-b": "theme/b",
    }


def test_an_item_that_the_side_has_no_more_gives_up_what_is_treated_elsewhere() -> None:
    merged = replace(A, commitments=("C-a", "C-b"))
    one = offered(CONTENT, replace(CONTENT, items=(merged,)), ["theme/a"])
    gone = one.item("theme/b")
    assert gone is not None
    assert (gone.place, gone.commitments, gone.because["en"]) == (Place.DROPPED, (), "treated elsewhere")
    assert dict(one.treated()) == {"C-a": "theme/a", "C-b": "theme/a"}
    without = offered(CONTENT, replace(CONTENT, items=(A,)), None)
    assert dict(without.treated()) == {"C-a": "theme/a"}


OBSTACLES = {
    "unsigned": (CONTENT, OPEN, "UK has not agreed to: Arms"),
    "nowhere": (CONTENT, (*OPEN, "C-c"), "C-c is open and stands nowhere on the agenda"),
    "not_open": (CONTENT, ("C-a",), "C-b is on the agenda and open no more"),
    "twice": (
        replace(CONTENT, items=(A, replace(B, commitments=("C-a", "C-b")))),
        OPEN,
        "C-a is treated twice",
    ),
    "under_dropped": (
        replace(CONTENT, items=(A, replace(B, place=Place.DROPPED, because=WHY))),
        OPEN,
        "C-b stands under an item that is dropped",
    ),
    "theme": (
        Content(Hours(30), (A,), (LeftOut("C-b", "deferred", WHY),)),
        OPEN,
        "no item treats the theme B, and no reason is given",
    ),
    "stale": (
        rules.edit(CONTENT, "theme/a", title={"en": "Weapons", "nl": "Wapens"}),
        OPEN,
        "Weapons: the Dutch text waits for a look, since the other was edited",
    ),
    "overrun": (rules.edit(CONTENT, "theme/a", minutes=25), OPEN, "day 1 runs over by 5 minutes"),
}


@pytest.mark.parametrize("kind", OBSTACLES)
def test_every_obstacle_is_named(kind: str) -> None:
    content, open_ones, words = OBSTACLES[kind]
    known = [] if kind == "unsigned" else signatures(content, *SIDES)
    found = obstacles(content, FACTS, open_ones, standing(content, known, SIDES))
    assert next(entry.words["en"] for entry in found if entry.kind == kind) == words
    assert {entry.kind for entry in found} == {kind}
    assert all(set(entry.words) == {"en", "nl"} for entry in found)


def test_an_agenda_of_another_day_or_hour_than_its_meeting_is_not_frozen() -> None:
    day, ten = date(2027, 5, 25), time(10)
    agenda = replace(CONTENT, hours=replace(CONTENT.hours, first_day=day, start=ten))
    asked = "the meeting has moved since; draft your side’s agenda anew and offer it"
    for slot in (
        timed_slot(date(2027, 6, 8), ten, time(17), "UTC"),
        timed_slot(day, time(14), time(17), "UTC"),
    ):
        assert [entry.words["en"] for entry in moved(agenda, slot)] == [asked]
    for slot in (timed_slot(day, ten, time(17), "UTC"), all_day_slot(day, day, "UTC")):
        assert moved(agenda, slot) == ()
    assert moved(agenda, None) == ()


def test_an_agenda_to_which_nothing_is_missing_can_be_frozen() -> None:
    known = standing(CONTENT, signatures(CONTENT, *SIDES), SIDES)
    assert obstacles(CONTENT, FACTS, OPEN, known) == ()


def test_a_theme_is_treated_by_an_item_of_a_topic_or_left_with_a_reason() -> None:
    facts = replace(FACTS, topics=(Topic("drugs", BOTH, "b"),))
    topic = Item("topic/drugs", "topic", BOTH)
    left = (LeftOut("C-b", "deferred", WHY),)
    for content in (
        Content(Hours(30), (A, topic), left),
        replace(Content(Hours(30), (A,), left), dropped_themes={"b": WHY}),
    ):
        known = standing(content, signatures(content, *SIDES), SIDES)
        assert obstacles(content, facts, OPEN, known) == ()


def test_a_frozen_version_says_who_agreed_last_and_to_what() -> None:
    later = datetime(2027, 2, 11, 9, 0, tzinfo=UTC)
    known = [
        *signatures(CONTENT, "nl"),
        *signatures(CONTENT, "uk")[1:],
        replace(signatures(CONTENT, "uk")[0], name="uk director", at=later),
    ]
    signed = signed_by(standing(CONTENT, known, SIDES), SIDES)
    assert (signed["uk"]["name"], signed["uk"]["at"]) == ("uk director", later.isoformat())
    assert (signed["nl"]["name"], signed["nl"]["at"]) == ("nl desk", MOMENT.isoformat())
    assert list(signed["nl"]["subjects"]) == ["theme/a", "theme/b", ORDER]


def test_a_seal_changes_with_anything_under_it() -> None:
    whole = Sealed("m", 3, CONTENT, {"today": "2027-02-10"}, {"uk": {"name": "uk desk"}}, MOMENT)
    others = (
        replace(whole, meeting="n"),
        replace(whole, number=4),
        replace(whole, content=rules.edit(CONTENT, "theme/a", minutes=11)),
        replace(whole, facts={"today": "2027-02-11"}),
        replace(whole, signed={"uk": {"name": "uk desk "}}),
        replace(whole, frozen_at=MOMENT.replace(year=MOMENT.year + 1)),
    )
    assert len({seal(entry) for entry in (whole, *others)}) == 1 + len(others)
