"""What agendas want by a day: done by what is on record of one's own doing and of both sides', and by nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from agendas.deadlines import agenda_deadlines
from agendas.distribution.actions import send_pack
from agendas.drafting.actions import start_draft
from agendas.negotiation.actions import amend, freeze, offer, sign
from agendas.outcomes import actions
from agendas.outcomes.queries import the_record_draft
from agendas.outcomes.rules import put
from agendas.versions.actions import edited
from agendas.versions.content import Paper
from agendas.versions.queries import the_draft, the_version
from agendas.versions.rules import edit
from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.queries import letters
from scheduler.reminders.actions import answer, give_due
from scheduler.reminders.queries import ledger, outlook
from tests.agendas.outcomes.rounds import AFTER, DAY, THEME, filled, soc_round
from tests.builders import NL, NOW, PARTNERSHIP, TODAY, UK

LETTERHEAD = Letterhead("dialogues@example.org", "OFFICIAL", "https://dialogues.example")


def done(engine: Engine, actor: Actor) -> set[str]:
    """Return the steps that are done for a side."""
    with reading(engine, actor, AFTER) as work:
        return {entry.key for entry in agenda_deadlines(work, PARTNERSHIP) if entry.done}


def test_a_step_is_done_by_what_is_on_record(engine: Engine) -> None:
    uid = soc_round(engine, with_agenda=False)
    assert (done(engine, UK), done(engine, NL)) == (set(), set())
    with unit_of_work(engine, UK, NOW) as work:
        start_draft(work, uid, TODAY)
    assert (done(engine, UK), done(engine, NL)) == (set(), set())
    with unit_of_work(engine, UK, NOW) as work:
        offer(work, uid)
    with unit_of_work(engine, NL, NOW) as work:
        sign(work, uid)
        freeze(work, uid)
    joint = {"first_draft", "agenda_agreed"}
    assert (done(engine, UK), done(engine, NL)) == (joint, joint)


def test_the_own_doing_of_a_side_shows_to_that_side_alone(engine: Engine) -> None:
    uid = soc_round(engine)
    with unit_of_work(engine, UK, NOW) as work:
        mine = the_draft(work, uid)
        edited(work, mine, PARTNERSHIP, mine.content, {THEME: {"points": "Say little."}})
        assert done(engine, NL) == {"first_draft"}
    assert done(engine, UK) == {"first_draft", "briefing_commissioned"}
    with unit_of_work(engine, UK, NOW) as work:
        send_pack(work, uid, LETTERHEAD)
    assert done(engine, UK) == {"first_draft", "briefing_commissioned", "briefing_pack"}
    with unit_of_work(engine, UK, AFTER) as work:
        actions.begin(work, uid)
    assert done(engine, NL) == {"first_draft"}


def test_the_record_is_done_when_both_have_signed_and_the_readout_may_be_before(engine: Engine) -> None:
    uid = soc_round(engine)
    with unit_of_work(engine, UK, AFTER) as work:
        actions.begin(work, uid)
        draft = the_record_draft(work, uid)
        record = filled(draft.record)
        readout = record.item("readout")
        assert readout is not None
        words = replace(readout, text={"en": "We met.", "nl": "Wij ontmoetten elkaar."})
        actions.keep(work, uid, draft.number, put(record, "item/readout", words))
        actions.offer(work, uid, ["item/readout"])
    with unit_of_work(engine, NL, AFTER) as work:
        assert not actions.sign(work, uid)
    assert done(engine, NL) == {"first_draft", "readout", "outcome"}
    with unit_of_work(engine, UK, AFTER) as work:
        actions.offer(work, uid)
    with unit_of_work(engine, NL, AFTER) as work:
        assert actions.sign(work, uid)
    assert done(engine, NL) == {"first_draft", "readout", "record", "outcome"}


def test_a_joint_paper_is_asked_of_the_side_that_writes_it(engine: Engine) -> None:
    uid = soc_round(engine)
    paper = Paper({"en": "List of ports", "nl": "Lijst van havens"}, "nl", date(2027, 3, 9))
    with unit_of_work(engine, NL, NOW) as work:
        joint = the_version(work, uid)
        amend(work, uid, joint.number, edit(joint.content, THEME, papers=(paper,)), TODAY)
    for side, expected in ((UK, []), (NL, [(date(2027, 3, 9), "Joint paper: List of ports")])):
        with reading(engine, side, NOW) as work:
            found = [
                entry for entry in agenda_deadlines(work, PARTNERSHIP) if entry.title["en"].endswith("ports")
            ]
            assert [(entry.day, entry.title["en"]) for entry in found] == expected


@pytest.mark.parametrize(("is_sent", "missed"), [(False, ["nl/secretariat"]), (True, [])])
def test_who_says_that_a_paper_was_sent_hears_no_more_of_it(
    engine: Engine, *, is_sent: bool, missed: list[str]
) -> None:
    soc_round(engine)
    day = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)
    with unit_of_work(engine, NL, day) as work:
        give_due(work, LETTERHEAD, agenda_deadlines)
        papers = [entry.key for entry in ledger(work, PARTNERSHIP) if entry.step.startswith("paper-")]
        for key in papers if is_sent else ():
            answer(work, PARTNERSHIP, key, agenda_deadlines)
    assert papers != []
    with unit_of_work(engine, NL, day + timedelta(weeks=1)) as work:
        give_due(work, LETTERHEAD, agenda_deadlines)
        assert [
            letter.post for letter in letters(work) if "Gemist: Gezamenlijk stuk" in letter.subject
        ] == missed


def test_a_round_of_which_nobody_wrote_anything_is_reminded_of(engine: Engine) -> None:
    soc_round(engine)
    with reading(engine, UK, AFTER + timedelta(days=1)) as work:
        told = {entry.step: entry for entry in outlook(work, PARTNERSHIP, agenda_deadlines).asked.values()}
        assert told["outcome"].day == DAY + timedelta(days=2)
        assert told["outcome"].title["nl"] == "Leg vast wat de ronde heeft opgeleverd"
