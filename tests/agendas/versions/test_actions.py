"""Versions in the database: numbers, two people at once, and what the other side sees of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from agendas.versions import actions, rules
from agendas.versions.actions import Draft
from agendas.versions.content import Content, Hours, Item, Place
from agendas.versions.merge import Conflict as Disagreement
from agendas.versions.queries import (
    DraftFacts,
    draft,
    drafts,
    frozen,
    the_draft,
    the_version,
    version,
    versions,
)
from agendas.versions.tables import AgendaVersion
from scheduler.actor import Actor, side
from scheduler.audit.queries import latest_changes
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import Conflict, NotFound
from tests.builders import NL, NOW, PARTNERSHIP, UK, US, load_files, refusal

MEETING = "round-5@example"
SECOND = side("uk", "uk lead department")
BOTH = {"en": "Arms", "nl": "Wapens"}
A, B = (Item(key, "theme", BOTH, minutes=10, commitments=(f"C-{key}",)) for key in "ab")
CONTENT = Content(Hours(60), (A, B))


@pytest.fixture
def house(engine: Engine) -> Engine:
    load_files(engine)
    return engine


def test_versions_are_numbered_and_say_who_made_them_when_and_how(house: Engine) -> None:
    kept(house, CONTENT, number=0)
    assert edit(house, 1, minutes=20) == 2
    assert [(entry.number, entry.act, entry.made_by, entry.made_at) for entry in read(house, drafts)] == [
        (1, "drafted", "uk secretariat", NOW),
        (2, "edited", "uk secretariat", NOW),
    ]
    newest = read(house, the_draft)
    assert (newest.content, newest.drafted, newest.facts) == (minutes(20), CONTENT, {"today": "2027-02-10"})
    assert read(house, draft, 1).content == CONTENT
    with reading(house, UK, NOW) as work:
        acts = [entry.act for entry in latest_changes(work, PARTNERSHIP, 9)]
    assert acts[:2] == ["agenda edited", "agenda drafted"]


def test_what_two_people_keep_at_once_is_merged_and_what_both_changed_is_named(house: Engine) -> None:
    kept(house, CONTENT, number=0, notes={"a": {"points": "one"}})
    edit(house, 1, minutes=20, notes={"a": {"points": "one, mine"}, "b": {"background": "new"}})
    with unit_of_work(house, SECOND, NOW) as work:
        seen = the_draft(work, MEETING, 1)
        content = rules.edit(rules.edit(seen.content, "a", minutes=25), "b", lead="nl")
        assert actions.edited(work, seen, PARTNERSHIP, content, {"a": {"points": "one, theirs"}}) == 3
    newest = read(house, the_draft)
    assert newest.content == rules.edit(minutes(25), "b", lead="nl")
    assert newest.conflicts == (Disagreement("a", "minutes", 10, 25, 20),)
    assert newest.notes == {"a": {"points": "one, theirs\n\none, mine"}, "b": {"background": "new"}}
    assert newest.made_by == "uk lead department"


def test_a_conflict_is_settled_once_either_way_and_only_by_who_saw_it(house: Engine) -> None:
    conflict = Disagreement("a", "minutes", 10, 25, 20)
    kept(house, minutes(25), number=0, conflicts=(conflict, replace(conflict, subject="b", theirs=35)))
    first = read(house, the_draft)
    assert settle(house, first, 0, theirs=True) == 2
    newest = read(house, the_draft)
    assert (newest.content, newest.act, newest.remark) == (minutes(20), "settled", "a")
    assert [entry.subject for entry in newest.conflicts] == ["b"]
    assert "somebody has kept another version" in refusal(Conflict, settle, house, first, 1, theirs=True)
    settle(house, newest, 0, theirs=False)
    newest = read(house, the_draft)
    assert (newest.content, newest.conflicts) == (minutes(20), ())
    assert "settled already" in refusal(NotFound, settle, house, newest, 0, theirs=True)


def test_an_earlier_version_comes_back_as_the_newest_with_the_facts_of_today(house: Engine) -> None:
    kept(house, CONTENT, number=0, notes={"a": {"points": "one"}})
    with unit_of_work(house, UK, NOW) as work:
        latest = the_draft(work, MEETING)
        made = replace(
            actions.as_made(latest, PARTNERSHIP), content=minutes(20), facts={"today": "later"}, joint=4
        )
        actions.keep_draft(work, replace(made, notes={}), "redrafted")
        assert actions.restore(work, MEETING, PARTNERSHIP, 1) == 3
    newest = read(house, the_draft)
    assert (newest.content, newest.notes) == (CONTENT, {"a": {"points": "one"}})
    assert (newest.facts, newest.joint, newest.act, newest.remark) == ({"today": "later"}, 4, "restored", "1")


def test_the_other_side_sees_no_draft_and_counts_its_own(house: Engine) -> None:
    kept(house, CONTENT, number=0)
    edit(house, 1, minutes=20)
    for other in (NL, US):
        assert read(house, drafts, actor=other) == ()
        assert read(house, draft, actor=other) is None
    kept(house, minutes(5), number=0, actor=NL)
    assert [(entry.number, entry.content) for entry in read(house, drafts, actor=NL)] == [(1, minutes(5))]
    assert [entry.number for entry in read(house, drafts)] == [1, 2]
    with reading(house, NL, NOW) as work:
        theirs = [
            entry.detail for entry in latest_changes(work, PARTNERSHIP, 9) if entry.act.startswith("agenda")
        ]
    assert len(theirs) == 1


def test_joint_versions_are_seen_by_both_sides_and_by_nobody_else(house: Engine) -> None:
    assert offer(house, 0, CONTENT) == 1
    assert offer(house, 1, minutes(20), actor=NL) == 2
    for actor in (UK, NL):
        found = read(house, versions, actor=actor)
        assert [(entry.number, entry.side, entry.content) for entry in found] == [
            (1, "uk", CONTENT),
            (2, "nl", minutes(20)),
        ]
        assert not found[0].is_frozen
    assert read(house, versions, actor=US) == ()
    assert read(house, version).number == 2
    assert "the other side has changed the agenda since" in refusal(Conflict, offer, house, 1, CONTENT)


def test_the_newest_frozen_version_is_the_agenda_of_record(house: Engine) -> None:
    offer(house, 0, CONTENT)
    assert read(house, frozen) is None
    offer(house, 1, minutes(20))
    offer(house, 2, minutes(30))
    with unit_of_work(house, UK, NOW) as work:
        for row in work.session.query(AgendaVersion).where(AgendaVersion.number < 3):
            row.frozen_at = datetime(2027, 2, 10, tzinfo=UTC)
    found = read(house, frozen)
    assert (found.number, found.content, found.is_frozen) == (2, minutes(20), True)


def test_a_first_draft_where_somebody_has_drafted_already_is_refused(house: Engine) -> None:
    kept(house, CONTENT, number=0)
    assert "somebody of your side has drafted this agenda already" in refusal(
        Conflict, kept, house, CONTENT, number=0
    )


def test_what_is_not_there_says_what_to_do(house: Engine) -> None:
    assert "draft one first" in refusal(NotFound, read, house, the_draft)
    assert "version 7 of your side’s agenda" in refusal(NotFound, read, house, the_draft, 7)
    assert "there is no joint version" in refusal(NotFound, read, house, the_version)


def test_every_kind_of_value_comes_back_from_the_database(house: Engine) -> None:
    content = rules.place(CONTENT, "b", Place.WRITING, {"en": "No room"})
    kept(house, rules.drop_theme(content, "T1", BOTH), number=0)
    assert read(house, the_draft).content == rules.drop_theme(content, "T1", BOTH)


def minutes(count: int) -> Content:
    return rules.edit(CONTENT, "a", minutes=count)


def kept(house: Engine, content: Content, *, number: int, actor: Actor = UK, **further: Any) -> int:
    made = Draft(MEETING, PARTNERSHIP, number, content, {"today": "2027-02-10"}, CONTENT, **further)
    with unit_of_work(house, actor, NOW) as work:
        return actions.keep_draft(work, made, actions.DRAFTED)


def edit(house: Engine, number: int, *, notes: Any = None, **values: Any) -> int:
    with unit_of_work(house, UK, NOW) as work:
        seen = the_draft(work, MEETING, number)
        return actions.edited(work, seen, PARTNERSHIP, rules.edit(seen.content, "a", **values), notes)


def settle(house: Engine, seen: DraftFacts, index: int, *, theirs: bool) -> int:
    with unit_of_work(house, UK, NOW) as work:
        return actions.settle(work, MEETING, PARTNERSHIP, index, theirs=theirs, number=seen.number)


def offer(house: Engine, number: int, content: Content, *, actor: Actor = UK) -> int:
    with unit_of_work(house, actor, NOW) as work:
        return actions.keep_version(
            work, Draft(MEETING, PARTNERSHIP, number, content, {}, content), "offered"
        )


def read(house: Engine, query: Callable[..., Any], *further: Any, actor: Actor = UK) -> Any:
    with reading(house, actor, NOW) as work:
        return query(work, MEETING, *further)
