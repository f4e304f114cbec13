"""Two sides at one agenda, in the database: offers, races, agreement, freezing, verifying, and what no side sees."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from agendas.drafting.actions import start_draft
from agendas.negotiation import actions
from agendas.negotiation.desk import keep, open_desk
from agendas.negotiation.export import exported, verified
from agendas.negotiation.queries import comments, negotiation, signatures, verify
from agendas.versions import rules
from agendas.versions.content import Content, Item
from agendas.versions.queries import the_draft, the_version, version, versions
from agendas.versions.stored import ORDER, canonical, subjects
from scheduler.actor import Actor
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.errors import BadInput, Conflict, NotFound
from tests.builders import NL, NOW, TODAY, UK, agreed, load_files, planned, refusal

DAY = date(2027, 3, 23)
Result = TypeVar("Result")
PORTS = Item("added/ports", "added", {"en": "Ports", "nl": "Havens"}, minutes=0, lead="nl", wanted="steer")


@pytest.fixture
def uid(engine: Engine) -> str:
    load_files(engine)
    return agreed(engine, DAY)


def do(engine: Engine, actor: Actor, act: Callable[..., Result], *words: Any, **named: Any) -> Result:
    with unit_of_work(engine, actor, NOW) as work:
        return act(work, *words, **named)


def ask(engine: Engine, actor: Actor, question: Callable[..., Result], *words: Any) -> Result:
    with reading(engine, actor, NOW) as work:
        return question(work, *words)


def edit_own(work: Work, uid: str, change: Callable[[Content], Content]) -> int:
    desk = open_desk(work, uid, "own")
    return keep(work, desk, change(desk.content), TODAY)


def propose(work: Work, uid: str, change: Callable[[Content], Content], number: int | None = None) -> int:
    desk = open_desk(work, uid, "joint", number)
    return keep(work, desk, change(desk.content), TODAY)


def offered(engine: Engine, uid: str) -> int:
    do(engine, UK, start_draft, uid, TODAY)
    return do(engine, UK, actions.offer, uid)


def frozen(engine: Engine, uid: str) -> int:
    offered(engine, uid)
    do(engine, NL, actions.sign, uid)
    return do(engine, NL, actions.freeze, uid)


def longer(content: Content) -> Content:
    """Give the opening a minute that the theme gives up."""
    theme = content.item("theme/T1")
    assert theme
    return rules.edit(rules.edit(content, "opening", minutes=11), "theme/T1", minutes=theme.minutes - 1)


def test_offering_is_agreeing_and_the_other_side_is_waited_for(engine: Engine, uid: str) -> None:
    assert offered(engine, uid) == 1
    seen = ask(engine, NL, negotiation, uid)
    assert seen.waits_for == ("nl",)
    assert {stand.waits_for for stand in seen.stands} == {("nl",)}
    assert the_keys(seen.version.content) == the_keys(ask(engine, UK, the_draft, uid).content)


def the_keys(content: Content) -> list[str]:
    return [item.key for item in content.items]


def test_of_a_partial_offer_the_other_side_sees_the_chosen_items_only(engine: Engine, uid: str) -> None:
    do(engine, UK, start_draft, uid, TODAY)
    do(engine, UK, actions.offer, uid, ["opening", "theme/T1"])
    assert the_keys(ask(engine, NL, the_version, uid).content) == ["opening", "theme/T1"]
    assert do(engine, UK, actions.offer, uid) == 2
    assert len(the_keys(ask(engine, NL, the_version, uid).content)) > 2


def test_nothing_new_is_not_offered(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    with unit_of_work(engine, UK, NOW) as work:
        assert refusal(Conflict, actions.offer, work, uid) == (
            "there is nothing new to offer (change something first)"
        )


def test_a_look_at_a_translation_is_proposed_and_opens_nothing_again(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    do(engine, NL, actions.sign, uid)
    do(engine, NL, propose, uid, lambda content: rules.edit(content, "opening", text={"nl": "Welkom."}))
    do(engine, UK, actions.sign, uid)
    assert [one.kind for one in ask(engine, UK, negotiation, uid).obstacles] == ["stale"]
    do(engine, UK, propose, uid, lambda content: rules.looked_at(content, "opening", "en"))
    assert ask(engine, UK, negotiation, uid).obstacles == ()


def test_a_look_at_a_translation_is_offered_from_the_own_agenda(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    do(engine, NL, actions.sign, uid)
    do(engine, UK, edit_own, uid, lambda content: rules.edit(content, "opening", text={"en": "Welcome."}))
    do(engine, UK, actions.offer, uid)
    do(engine, UK, edit_own, uid, lambda content: rules.looked_at(content, "opening", "nl"))
    do(engine, UK, actions.offer, uid)
    do(engine, NL, actions.sign, uid)
    assert ask(engine, UK, negotiation, uid).obstacles == ()


def test_a_round_that_the_other_side_does_not_know_of_has_no_joint_agenda(engine: Engine) -> None:
    load_files(engine)
    uid = planned(engine, DAY)
    do(engine, UK, start_draft, uid, TODAY)
    with unit_of_work(engine, UK, NOW) as work:
        assert refusal(Conflict, actions.offer, work, uid) == (
            "the other side does not know of this round (offer the round first)"
        )


def test_of_two_proposals_at_once_the_second_is_told(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    assert do(engine, NL, propose, uid, longer, 1) == 2
    with unit_of_work(engine, UK, NOW) as work:
        assert refusal(Conflict, propose, work, uid, lambda content: rules.add(content, PORTS), 1) == (
            "the other side has changed the agenda since (take its version in first)"
        )
    assert ask(engine, UK, version, uid).number == 2  # type: ignore[union-attr]


def test_an_offer_after_the_other_side_went_on_is_told(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    do(engine, NL, propose, uid, longer)
    do(engine, UK, edit_own, uid, lambda content: rules.add(content, PORTS))
    with unit_of_work(engine, UK, NOW) as work:
        assert refusal(Conflict, actions.offer, work, uid) == (
            "the joint agenda has gone on to version 2 (take it in, then offer again)"
        )
    do(engine, UK, actions.take_in, uid, TODAY)
    assert do(engine, UK, actions.offer, uid) == 3
    joint = ask(engine, NL, the_version, uid).content
    opening = joint.item("opening")
    assert opening is not None
    assert opening.minutes == 11  # theirs stands, ours came along
    assert joint.item(PORTS.key) == PORTS


def test_words_that_changed_since_they_were_shown_are_not_signed(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    shown = subjects(ask(engine, NL, the_version, uid).content)
    do(engine, UK, edit_own, uid, longer)
    do(engine, UK, actions.offer, uid)
    with unit_of_work(engine, NL, NOW) as work:
        assert refusal(Conflict, actions.sign, work, uid, shown) == (
            "changed since you read it: “Opening”, “Crime” (read it again before you agree)"
        )
    assert {entry.side for entry in ask(engine, NL, signatures, uid)} == {"uk"}
    unchanged = {key: value for key, value in shown.items() if key not in ("opening", "theme/T1")}
    assert set(do(engine, NL, actions.sign, uid, unchanged)) == set(unchanged)


def test_what_nobody_offered_is_not_signed(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    with unit_of_work(engine, NL, NOW) as work:
        assert refusal(Conflict, actions.sign, work, uid, {"added/nowhere": "0" * 64}) == (
            "changed since you read it: “added/nowhere” (read it again before you agree)"
        )


def test_an_edit_opens_again_what_it_changed_and_the_earlier_wording_is_agreed_again(
    engine: Engine, uid: str
) -> None:
    offered(engine, uid)
    do(engine, NL, actions.sign, uid)
    first = ask(engine, UK, the_version, uid).content
    do(engine, UK, propose, uid, longer)
    assert waits(engine, uid) == {"opening": ("nl",), "theme/T1": ("nl",)}
    do(engine, NL, propose, uid, lambda _: first)
    assert waits(engine, uid) == {}


def waits(engine: Engine, uid: str) -> dict[str, tuple[str, ...]]:
    seen = ask(engine, UK, negotiation, uid)
    return {stand.subject: stand.waits_for for stand in seen.stands if stand.waits_for}


def test_agreement_is_withdrawn_by_the_side_that_gave_it_until_the_agenda_is_frozen(
    engine: Engine, uid: str
) -> None:
    offered(engine, uid)
    with unit_of_work(engine, NL, NOW) as work:
        assert refusal(NotFound, actions.withdraw, work, uid, "opening") == (
            "item: your side has not agreed to it"
        )
    do(engine, NL, actions.sign, uid)
    do(engine, NL, actions.withdraw, uid, "opening")
    assert waits(engine, uid) == {"opening": ("nl",)}
    do(engine, NL, actions.sign, uid)
    do(engine, UK, actions.freeze, uid)
    with unit_of_work(engine, UK, NOW) as work:
        assert refusal(Conflict, actions.withdraw, work, uid, "opening") == (
            "both sides have frozen this version (offer another wording instead)"
        )


def test_freezing_names_everything_that_is_open(engine: Engine, uid: str) -> None:
    do(engine, UK, start_draft, uid, TODAY)
    do(
        engine,
        UK,
        edit_own,
        uid,
        lambda content: rules.edit(content, "opening", title={"en": "Start"}, minutes=99),
    )
    do(engine, UK, actions.offer, uid, ["opening", ORDER])
    with unit_of_work(engine, UK, NOW) as work:
        said = refusal(Conflict, actions.freeze, work, uid)
    assert said == (
        "agenda: NL has not agreed to: Start; NL has not agreed to: the running order; "
        "C1 is open and stands nowhere on the agenda; no item treats the theme Crime, and no reason is given; "
        "Start: the Dutch text waits for a look, since the other was edited (settle these)"
    )


def test_what_is_open_before_freezing_is_named_in_dutch_too(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    dutch = [one.words["nl"] for one in ask(engine, NL, negotiation, uid).obstacles]
    with pytest.raises(Conflict) as told, unit_of_work(engine, NL, NOW) as work:
        actions.freeze(work, uid)
    assert told.value.line("nl") == f"agenda: {'; '.join(dutch)} (los dit eerst op)"


def test_a_frozen_agenda_names_both_and_is_not_frozen_twice(engine: Engine, uid: str) -> None:
    number = frozen(engine, uid)
    found = ask(engine, NL, the_version, uid)
    assert (found.number, found.is_frozen, found.frozen_at) == (number, True, NOW)
    assert found.signed is not None
    assert {side: (said["name"], said["at"]) for side, said in found.signed.items()} == {
        "uk": (UK.name, NOW.isoformat()),
        "nl": (NL.name, NOW.isoformat()),
    }
    with unit_of_work(engine, NL, NOW) as work:
        assert refusal(Conflict, actions.freeze, work, uid).startswith("version 1 is frozen already")


def test_a_frozen_version_stays_as_it_was_whatever_comes_later(engine: Engine, uid: str) -> None:
    number = frozen(engine, uid)
    do(engine, UK, propose, uid, longer)
    do(engine, UK, actions.withdraw, uid, "opening")
    do(engine, NL, propose, uid, lambda content: rules.add(content, PORTS))
    assert [entry.number for entry in ask(engine, UK, versions, uid)] == [1, 2, 3]
    assert ask(engine, NL, verify, uid).is_intact
    assert ask(engine, NL, verify, uid, number).version == 1
    with reading(engine, NL, NOW) as work:
        assert refusal(Conflict, verify, work, uid, 2) == "version 2 is not frozen (name one that is)"


def test_there_is_nothing_to_verify_before_anything_is_frozen(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    with reading(engine, NL, NOW) as work:
        assert refusal(NotFound, verify, work, uid) == (
            "no version of this agenda is frozen (both sides agree, then either freezes it)"
        )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_altered_byte_of_a_stored_version_is_detected(
    engine: Engine, uid: str, data: st.DataObject
) -> None:
    if ask(engine, UK, version, uid) is None:
        frozen(engine, uid)
    column = data.draw(st.sampled_from(("content", "facts", "signed")))
    with engine.connect() as connection:
        kept = connection.execute(text(f"SELECT CAST({column} AS TEXT) FROM agenda_versions")).scalar_one()  # noqa: S608
    position = data.draw(st.integers(0, len(kept) - 1))
    character = data.draw(st.sampled_from('abZ019"{}[],: é'))
    altered = f"{kept[:position]}{character}{kept[position + 1 :]}"
    assume(says_something_else(kept, altered))
    try:
        store(engine, column, altered)
    except DBAPIError:
        assume(False)  # noqa: FBT003  # the database itself refuses what is no JSON
    try:
        assert not ask(engine, NL, verify, uid).is_intact
    finally:
        store(engine, column, kept)
    assert ask(engine, NL, verify, uid).is_intact


def says_something_else(kept: str, altered: str) -> bool:
    """Tell whether a text holds another value: JSON does not mind where its spaces are."""
    try:
        return bool(json.loads(kept) != json.loads(altered))
    except ValueError:
        return True


def store(engine: Engine, column: str, value: str) -> None:
    kind = "JSON" if engine.dialect.name == "postgresql" else "TEXT"
    with engine.begin() as connection:
        connection.execute(
            text(f"UPDATE agenda_versions SET {column} = CAST(:value AS {kind})"),  # noqa: S608
            {"value": value},
        )


def test_an_exported_version_is_verified_without_a_database(engine: Engine, uid: str) -> None:
    frozen(engine, uid)
    found = ask(engine, UK, the_version, uid)
    file = exported(found)
    assert verified(file, "agenda.json") == ask(engine, NL, verify, uid)
    assert verified(file, "agenda.json").is_intact
    for position in range(0, len(file), 97):
        other = bytes([file[position] ^ 1])
        altered = file[:position] + other + file[position + 1 :]
        assert not passes(altered)


def passes(raw: bytes) -> bool:
    """Tell whether a file is taken for what was frozen; one that is no export at all is not."""
    try:
        return verified(raw, "agenda.json").is_intact
    except BadInput:
        return False


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{", b'{"seal":"x"}', b"[" * 100_000, b"\xff\xfe", b'{"a":1, "a":2}']
)
def test_a_file_that_is_no_export_is_refused_with_its_place(raw: bytes) -> None:
    assert refusal(BadInput, verified, raw, "x.json") == (
        "x.json: is no agenda as `agenda export` writes it (export it again)"
    )


def test_an_export_in_another_form_is_refused(engine: Engine, uid: str) -> None:
    frozen(engine, uid)
    file = exported(ask(engine, UK, the_version, uid))
    with pytest.raises(BadInput):
        verified(json.dumps(json.loads(file)).encode(), "agenda.json")
    assert canonical(json.loads(file)) == file


def test_only_what_is_frozen_is_exported(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    assert refusal(Conflict, exported, ask(engine, UK, the_version, uid)) == (
        "version 1 is not frozen (both sides agree, then either freezes it)"
    )


def test_own_versions_and_remarks_are_of_one_side(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    do(engine, UK, edit_own, uid, longer)
    do(engine, UK, actions.comment, uid, "opening", "Ours alone")
    do(engine, UK, actions.comment, uid, "opening", "For both", joint=True)
    assert {entry.text for entry in ask(engine, UK, comments, uid)} == {"Ours alone", "For both"}
    assert [entry.text for entry in ask(engine, NL, comments, uid)] == ["For both"]
    with reading(engine, NL, NOW) as work:
        assert refusal(NotFound, the_draft, work, uid) == "there is no agenda of your side (draft one first)"
    opening = ask(engine, NL, the_version, uid).content.item("opening")
    assert opening is not None
    assert opening.minutes == 10


def test_a_remark_needs_words_and_an_item(engine: Engine, uid: str) -> None:
    offered(engine, uid)
    with unit_of_work(engine, NL, NOW) as work:
        assert refusal(BadInput, actions.comment, work, uid, "opening", "  \n", joint=True) == (
            "comment: a remark needs words (write some)"
        )
        assert refusal(NotFound, actions.comment, work, uid, "added/none", "Yes", joint=True) == (
            "item: the agenda has no item added/none"
        )
        assert refusal(BadInput, actions.comment, work, uid, "opening", "a\x02b\x01", joint=True).startswith(
            "comment: U+0002 in line 1, column 2 is a control character"
        )


def test_what_nobody_changed_is_not_kept(engine: Engine, uid: str) -> None:
    do(engine, UK, start_draft, uid, TODAY)
    with unit_of_work(engine, UK, NOW) as work:
        assert refusal(Conflict, edit_own, work, uid, lambda content: content) == (
            "form: nothing was changed (change something, or go back)"
        )
