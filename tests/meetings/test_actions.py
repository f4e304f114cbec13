"""The life of a meeting: every act in every state, and what both sides' calendars are told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.audit.queries import latest_changes
from scheduler.dates.slots import all_day_slot
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.errors import BadInput, Conflict, NotAllowed, NotFound
from scheduler.meetings import actions
from scheduler.meetings.queries import MeetingFacts, meeting, meetings, notes
from scheduler.meetings.rules import State
from scheduler.programmes.loading import load
from tests.builders import (
    NL,
    NOW,
    OPERATOR,
    PARTNERSHIP,
    SECTIONS,
    SMALL,
    TODAY,
    UK,
    agreed,
    load_files,
    offered,
    planned,
    programme,
    refusal,
    slot,
)

DAY = date(2027, 2, 1)
"""The day of the tests, so that a round can be offered on it and recorded as held."""

LATER = date(2027, 6, 1)


@pytest.fixture
def house(engine: Engine) -> Engine:
    load_files(engine)
    return engine


def do(engine: Engine, act: Callable[..., None], *words: Any, actor: Actor = UK, **named: Any) -> None:
    """Let ``actor`` do something in a unit of work of its own."""
    with unit_of_work(engine, actor, NOW) as work:
        act(work, *words, **named)


def look(engine: Engine, uid: str, actor: Actor = UK) -> MeetingFacts:
    with reading(engine, actor, NOW) as work:
        return meeting(work, uid)


ACTS: dict[str, Callable[[Work, str], None]] = {
    "offer": actions.offer,
    "agree": actions.agree,
    "move": lambda work, uid: actions.move(work, uid, slot(LATER)),
    "postpone": actions.postpone,
    "cancel": actions.cancel,
    "held": lambda work, uid: actions.record_held(work, uid, TODAY),
}


def bring(engine: Engine, state: str) -> str:
    """Bring a meeting of the UK as far as ``state``."""
    if state == "planned":
        return planned(engine, DAY)
    if state == "offered":
        return offered(engine, DAY)
    uid = agreed(engine, DAY)
    further = {"agreed": None, "postponed": "postpone", "cancelled": "cancel", "held": "held"}[state]
    if further:
        do(engine, ACTS[further], uid)
    return uid


WALK = {
    ("planned", "offer"): "offered",
    ("planned", "agree"): "the meeting is planned, not offered",
    ("planned", "move"): "planned",
    ("planned", "postpone"): "a meeting that is planned cannot become postponed",
    ("planned", "cancel"): "cancelled",
    ("planned", "held"): "a meeting that is planned cannot become held",
    ("offered", "offer"): "both sides know this meeting: it is offered",
    ("offered", "agree"): "offered",
    ("offered", "move"): "offered",
    ("offered", "postpone"): "postponed",
    ("offered", "cancel"): "cancelled",
    ("offered", "held"): "a meeting that is offered cannot become held",
    ("agreed", "offer"): "both sides know this meeting: it is agreed",
    ("agreed", "agree"): "the meeting is agreed, not offered",
    ("agreed", "move"): "offered",
    ("agreed", "postpone"): "postponed",
    ("agreed", "cancel"): "cancelled",
    ("agreed", "held"): "held",
    ("postponed", "offer"): "both sides know this meeting: it is postponed",
    ("postponed", "agree"): "the meeting is postponed, not offered",
    ("postponed", "move"): "offered",
    ("postponed", "postpone"): "a meeting that is postponed cannot become postponed",
    ("postponed", "cancel"): "cancelled",
    ("postponed", "held"): "a meeting that is postponed cannot become held",
    **{
        (state, act): f"a meeting that is {state} cannot become {becomes}"
        for state in ("held", "cancelled")
        for act, becomes in (
            ("offer", "offered"),
            ("move", "offered"),
            ("postpone", "postponed"),
            ("cancel", "cancelled"),
            ("held", "held"),
        )
    },
    ("held", "agree"): "the meeting is held, not offered",
    ("cancelled", "agree"): "the meeting is cancelled, not offered",
}
"""What the UK's act makes of a meeting that the UK offered, or why it is refused. Its own consent is given already."""


def test_every_act_in_every_state(house: Engine) -> None:
    found = {}
    for state, act in WALK:
        uid = bring(house, state)
        before = look(house, uid)
        assert before.state == state
        try:
            do(house, ACTS[act], uid)
            found[state, act] = str(look(house, uid).state)
        except Conflict as refused:
            found[state, act] = refused.message["en"]
            assert look(house, uid) == before
    assert found == WALK


def test_a_plan_belongs_to_its_side_and_an_offer_to_both(house: Engine) -> None:
    uid = planned(house, DAY)
    refusal(NotFound, look, house, uid, NL)
    do(house, actions.move, uid, slot(LATER))
    do(house, actions.move, uid, slot(LATER + timedelta(1)))
    before = look(house, uid)
    assert (before.layer, before.revision, before.sequence, before.consents) == ("uk", 3, 0, ())
    do(house, actions.offer, uid)
    seen = look(house, uid, NL)
    assert seen == look(house, uid)
    assert seen == replace(
        before,
        layer=None,
        state=State.OFFERED,
        revision=1,
        created_at=NOW,
        changed_at=NOW,
        consents=("uk",),
        options=seen.options,
    )
    assert [(option.number, option.slot, option.offered_by) for option in seen.options] == [
        (1, before.slot, "uk")
    ]


def test_the_other_side_cannot_tell_how_often_a_plan_was_changed(house: Engine) -> None:
    """What is known of an offer that was moved ten times before equals one that was never moved."""
    ids = []
    for moves in (0, 10):
        uid = planned(house, DAY)
        for number in range(moves):
            do(house, actions.move, uid, slot(LATER + timedelta(number)))
        do(house, actions.move, uid, slot(DAY))
        do(house, actions.offer, uid)
        ids.append(uid)
    never, often = (look(house, uid, NL) for uid in ids)
    assert replace(often, id=never.id, uid=never.uid) == never
    with reading(house, NL, NOW) as work:
        acts = [change.act for change in latest_changes(work, PARTNERSHIP, 100)]
    assert sorted(acts) == ["offered", "offered", "programme loaded"]


def test_consent_of_every_side_makes_it_agreed(house: Engine) -> None:
    uid = offered(house, DAY)
    do(house, actions.agree, uid, actor=NL)
    found = look(house, uid)
    assert (found.state, found.consents, found.revision, found.sequence) == (State.AGREED, ("nl", "uk"), 2, 1)


def test_a_new_date_withdraws_every_consent_but_the_movers(house: Engine) -> None:
    uid = agreed(house, DAY)
    do(house, actions.move, uid, slot(LATER), actor=NL)
    found = look(house, uid)
    assert (found.state, found.day, found.consents) == (State.OFFERED, LATER, ("nl",))
    assert (found.revision, found.sequence) == (3, 2)
    do(house, actions.agree, uid)
    assert look(house, uid).state is State.AGREED


def test_a_move_that_is_none_changes_nothing(house: Engine) -> None:
    uid = agreed(house, DAY)
    before = look(house, uid)
    do(house, actions.move, uid, slot(DAY))
    assert look(house, uid) == before


def test_a_postponed_meeting_can_come_back_on_its_old_day(house: Engine) -> None:
    """Calendars were told that it is off, so they must be told that it is on again."""
    uid = agreed(house, DAY)
    do(house, actions.postpone, uid)
    off = look(house, uid)
    do(house, actions.move, uid, slot(DAY))
    on = look(house, uid)
    assert (off.sequence, on.sequence, on.state, on.consents) == (2, 3, State.OFFERED, ("uk",))


CHANGES: dict[str, dict[str, Any]] = {
    "another day": {"slot": slot(LATER)},
    "another hour": {"slot": slot(DAY, time(11))},
    "whole days": {"slot": all_day_slot(DAY, DAY, "Europe/London")},
    "another zone": {"slot": replace(slot(DAY), zone="Europe/Amsterdam")},
    "another host": {"slot": slot(DAY), "host": "nl"},
    "another place": {"slot": slot(DAY), "place": {"en": "The Hague", "nl": "Den Haag"}},
}


def test_every_change_of_when_and_where_raises_both_counts(house: Engine) -> None:
    for what, change in CHANGES.items():
        uid = agreed(house, DAY)
        before = look(house, uid)
        do(house, actions.move, uid, **change)
        after = look(house, uid)
        assert (what, after.revision, after.sequence) == (what, before.revision + 1, before.sequence + 1)


def test_the_stamp_rises_with_every_change_even_within_a_second(house: Engine) -> None:
    uid = agreed(house, DAY)
    stamps = [look(house, uid).changed_at]
    for number in range(3):
        do(house, actions.move, uid, slot(LATER + timedelta(number)))
        stamps.append(look(house, uid).changed_at)
    assert stamps == [NOW + timedelta(seconds=number) for number in range(1, 5)]


def test_held_is_told_to_people_and_not_to_calendars(house: Engine) -> None:
    uid = agreed(house, DAY)
    do(house, actions.record_held, uid, DAY)
    found = look(house, uid, NL)
    assert (found.state, found.revision, found.sequence) == (State.HELD, 3, 1)


def test_what_lies_ahead_was_not_held(house: Engine) -> None:
    uid = agreed(house, LATER)
    assert refusal(BadInput, do, house, actions.record_held, uid, TODAY) == (
        "meeting: the meeting lies in the future (record it once it was held)"
    )


def test_one_side_alone_agrees_with_itself(engine: Engine) -> None:
    alone = programme(SMALL)
    alone["partnership"]["parties"], alone["parties"] = ["uk"], alone["parties"][:1]
    alone["obligations"] = alone["obligations"][2:]
    alone |= {section: [] for section in ("rounds", "silences", "closed_days")}
    with unit_of_work(engine, OPERATOR, NOW) as work:
        load(work, alone, SECTIONS)
    uid = offered(engine, DAY, key="TALK")
    do(engine, actions.agree, uid)
    assert look(engine, uid).state is State.AGREED


def test_the_operator_changes_no_meetings(house: Engine) -> None:
    uid = offered(house, DAY)
    said = {
        refusal(NotAllowed, do, house, act, uid, actor=OPERATOR)
        for act in (*ACTS.values(), lambda work, uid: actions.write_note(work, uid, "a thought"))
    }
    assert said == {"the operator changes no meetings (act as a side with --as)"}


def test_a_strangers_meeting_and_none_are_refused_alike(house: Engine) -> None:
    uid = planned(house, DAY)
    said = {refusal(NotFound, do, house, actions.cancel, name, actor=NL) for name in (uid, "x" * len(uid))}
    assert {text.replace(uid, "x" * len(uid)) for text in said} == {
        f"there is no meeting '{'x' * len(uid)}' (`dialogues meetings list` shows them)"
    }


def test_notes_are_for_the_side_that_wrote_them(house: Engine) -> None:
    uid = agreed(house, DAY)
    do(house, actions.write_note, uid, "  we could give way on the date  ")
    do(house, actions.write_note, uid, "wij ook", actor=NL)
    read = {}
    for actor in (UK, NL, OPERATOR):
        with reading(house, actor, NOW) as work:
            read[actor.party] = [(note.layer, note.text) for note in notes(work, meeting(work, uid).id)]
    assert read == {"uk": [("uk", "we could give way on the date")], "nl": [("nl", "wij ook")], None: []}
    assert refusal(BadInput, do, house, actions.write_note, uid, " \n ") == (
        "text: the note is empty (write what should be remembered)"
    )


def test_every_act_is_in_the_audit_trail_of_its_layer(house: Engine) -> None:
    uid = planned(house, DAY)
    for act, actor in (("move", UK), ("offer", UK), ("agree", NL), ("postpone", NL), ("cancel", UK)):
        do(house, ACTS[act], uid, actor=actor)
    do(house, actions.write_note, uid, "a thought", actor=NL)
    trail = {}
    for actor in (UK, NL, OPERATOR):
        with reading(house, actor, NOW) as work:
            changes = latest_changes(work, PARTNERSHIP, 100)
        trail[actor.party] = [
            (change.act, change.party) for change in changes[::-1] if change.subject == f"meeting/{uid}"
        ]
    joint = [("offered", "uk"), ("consented", "nl"), ("postponed", "nl"), ("cancelled", "uk")]
    assert trail == {
        "uk": [("planned", "uk"), ("moved", "uk"), *joint],
        "nl": [*joint, ("noted", "nl")],
        None: joint,
    }


def test_meetings_are_listed_as_far_as_they_are_seen(house: Engine) -> None:
    theirs, ours = planned(house, DAY), planned(house, LATER, actor=NL)
    with reading(house, NL, NOW) as work:
        assert [entry.uid for entry in meetings(work, PARTNERSHIP, first=TODAY)] == [ours]
        assert theirs not in {entry.uid for entry in meetings(work, PARTNERSHIP)}
