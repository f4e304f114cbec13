"""A record on both databases: private until offered, agreed by both, filed once, put right by a new version."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from agendas.commitments.queries import commitment, commitments, progress
from agendas.outcomes import actions
from agendas.outcomes.content import Change, Said
from agendas.outcomes.queries import (
    agreed_record,
    is_true_to_its_seal,
    record_draft,
    record_version,
    record_versions,
    signing,
    the_record_draft,
)
from agendas.outcomes.rules import put, without
from agendas.outcomes.tables import RecordVersion
from agendas.versions.results import results
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadFile, BadInput, Conflict, NotFound
from scheduler.meetings.actions import cancel
from scheduler.meetings.queries import meeting, owed
from scheduler.meetings.rules import State
from tests.agendas.outcomes.rounds import AFTER, DAY, DRUGS, PORTS, SOC, THEME, recorded, soc_round
from tests.builders import NL, NOW, PARTNERSHIP, UK, refusal

FURTHER = (
    ("said/one", Said("one", THEME, ("JS-C26",), {"en": "Two joint operations."})),
    ("change/JS-C27", Change("JS-C27", "JS-C27", "in_progress", due=date(2027, 12, 1))),
)


def test_nothing_of_a_record_shows_to_the_other_side_until_it_is_offered(engine: Engine) -> None:
    uid = soc_round(engine)
    recorded(engine, uid)
    with reading(engine, NL, AFTER) as work:
        assert (record_draft(work, uid), record_version(work, uid)) == (None, None)
        assert refusal(NotFound, signing, work, uid) == (
            "there is no record that both sides see (either side offers one)"
        )


def test_a_record_that_both_sides_sign_is_filed_at_once(engine: Engine) -> None:
    uid = soc_round(engine)
    record = recorded(engine, uid)
    with unit_of_work(engine, UK, AFTER) as work:
        for name, part in FURTHER:
            record = put(record, name, part)
        actions.keep(work, uid, the_record_draft(work, uid).number, record)
        assert actions.offer(work, uid) == 1
        assert meeting(work, uid).state is State.AGREED
        assert commitments(work, PARTNERSHIP)[-1].meeting is None
    with unit_of_work(engine, NL, AFTER) as work:
        assert signing(work, uid).waits_for == ("nl",)
        assert actions.sign(work, uid)
    for side in (UK, NL):
        with reading(engine, side, AFTER) as work:
            found = agreed_record(work, uid)
            assert found is not None
            assert found.effects["new/ports"] == f"{SOC}-{DAY.year}-A1"
            ports = commitment(work, PARTNERSHIP, found.effects["new/ports"])
            assert (ports.theme, ports.due, ports.meeting, ports.item, ports.since) == (
                "JS-T3",
                PORTS.due,
                uid,
                THEME,
                DAY,
            )
            note = next(one for one in progress(work, PARTNERSHIP) if one.key == found.effects["said/one"])
            assert (note.layer, note.party, note.day, note.evidence) == (None, None, DAY, f"meeting:{uid}")
            changed = commitment(work, PARTNERSHIP, "JS-C27")
            assert (changed.status, changed.due) == ("in_progress", date(2027, 12, 1))
            assert meeting(work, uid).state is State.HELD
            duty = next(one.duty for one in owed(work, PARTNERSHIP, DAY) if one.obligation.key == SOC)
            assert duty.last_held == DAY
            came_to = {one.item: one for one in results(work, uid)}
            assert came_to[DRUGS].result == "not_reached"
            assert found.effects["new/ports"] in came_to[THEME].commitments
            assert is_true_to_its_seal(work, uid)


def test_agreeing_once_more_changes_nothing(engine: Engine) -> None:
    uid = agreed_round(engine)
    with reading(engine, UK, AFTER) as work:
        before = (commitments(work, PARTNERSHIP), progress(work, PARTNERSHIP), agreed_record(work, uid))
    for side in (UK, NL):
        with unit_of_work(engine, side, AFTER) as work:
            assert actions.sign(work, uid)
    with reading(engine, UK, AFTER) as work:
        assert before == (
            commitments(work, PARTNERSHIP),
            progress(work, PARTNERSHIP),
            agreed_record(work, uid),
        )


def test_a_correction_is_a_new_version_and_the_old_one_is_kept(engine: Engine) -> None:
    uid = agreed_round(engine)
    with unit_of_work(engine, NL, AFTER) as work:
        actions.take_in(work, uid)
        draft = the_record_draft(work, uid)
        later = replace(PORTS, due=date(2027, 9, 1))
        said = Said("one", THEME, ("JS-C26",), {"en": "Three joint operations."})
        right = put(put(draft.record, "new/ports", later), "said/one", said)
        actions.keep(work, uid, draft.number, right)
        assert actions.offer(work, uid) == 2
        assert len(commitments(work, PARTNERSHIP)) == 52
    with unit_of_work(engine, UK, AFTER) as work:
        assert actions.sign(work, uid)
        first, second = record_versions(work, uid)
        assert (first.effects, first.agreed_at) == ({**second.effects, **first.effects}, AFTER)
        key = second.effects["new/ports"]
        assert commitment(work, PARTNERSHIP, key).due == date(2027, 9, 1)
        assert len(commitments(work, PARTNERSHIP)) == 52
        notes = [one.text["en"] for one in progress(work, PARTNERSHIP) if one.evidence == f"meeting:{uid}"]
        assert notes == ["Three joint operations."]
        assert (is_true_to_its_seal(work, uid, 1), is_true_to_its_seal(work, uid, 2)) == (True, True)


def test_what_is_filed_cannot_be_taken_out_again(engine: Engine) -> None:
    uid = agreed_round(engine)
    with unit_of_work(engine, UK, AFTER) as work:
        draft = the_record_draft(work, uid)
        actions.keep(work, uid, draft.number, without(draft.record, "new/ports"))
        assert "cannot be taken out" in refusal(Conflict, actions.offer, work, uid)


def test_two_sides_that_recorded_at_once_lose_nothing(engine: Engine) -> None:
    uid = soc_round(engine)
    recorded(engine, uid)
    with unit_of_work(engine, NL, AFTER) as work:
        actions.begin(work, uid)
        draft = the_record_draft(work, uid)
        theme = draft.record.item(THEME)
        assert theme is not None
        mine = put(
            draft.record, f"item/{THEME}", replace(theme, result="steer", text={"nl": "Havens eerst."})
        )
        actions.keep(work, uid, draft.number, mine)
    with unit_of_work(engine, UK, AFTER) as work:
        actions.offer(work, uid)
    with unit_of_work(engine, NL, AFTER) as work:
        assert "take it in" in refusal(Conflict, actions.offer, work, uid)
        actions.take_in(work, uid)
        draft = the_record_draft(work, uid)
        assert draft.conflicts == (f"item/{THEME}",)
        theme = draft.record.item(THEME)
        assert theme is not None
        assert (theme.result, theme.text, len(draft.record.new)) == ("steer", {"nl": "Havens eerst."}, 1)
        assert "changed by both" in refusal(Conflict, actions.offer, work, uid)
        actions.settle(work, uid)
        assert actions.offer(work, uid) == 2


def test_words_that_changed_since_they_were_read_are_not_agreed_to(engine: Engine) -> None:
    uid = soc_round(engine)
    recorded(engine, uid)
    with unit_of_work(engine, UK, AFTER) as work:
        actions.offer(work, uid)
    with unit_of_work(engine, NL, AFTER) as work, pytest.raises(Conflict) as refused:
        actions.sign(work, uid, {f"item/{THEME}": "other words", "attendance/nl": "other posts"})
    assert (
        refused.value.line("en")
        == "changed since you read it: “Serious and organised crime”, “attendance, NL” (read it again)"
    )
    assert (
        refused.value.line("nl")
        == "gewijzigd sinds u het las: “Zware en georganiseerde criminaliteit”, “aanwezigheid, NL” (lees het opnieuw)"
    )


def test_what_nobody_could_file_is_refused_with_every_place_and_nothing_is_kept(engine: Engine) -> None:
    uid = soc_round(engine)
    record = recorded(engine, uid)
    with unit_of_work(engine, UK, AFTER) as work:
        number = the_record_draft(work, uid).number
        wrong = put(
            put(record, "new/ports", replace(PORTS, theme="none", owners={})),
            "said/one",
            Said("one", THEME, (), {"en": "\x07"}),
        )
        assert refusal(BadFile, actions.keep, work, uid, number, wrong) == (
            "“Share a list of ports by summer.…”, theme: 'none' is not known "
            "(one of JS-T0, JS-T1, JS-T2, JS-T3, JS-T4, JS-T5, JS-T6, JS-T7, JS-T8)\n"
            "“Share a list of ports by summer.…”, owners: nobody owns it (name an office)\n"
            "“…”: it names no commitment (name a commitment)"
        )
        assert the_record_draft(work, uid).number == number


def test_only_a_round_that_was_agreed_and_has_come_is_recorded(engine: Engine) -> None:
    uid = soc_round(engine)
    with unit_of_work(engine, UK, NOW) as work:
        assert refusal(BadInput, actions.begin, work, uid) == (
            "meeting: this round is still to come (record it from its day on)"
        )
        cancel(work, uid)
        assert "the meeting is cancelled" in refusal(Conflict, actions.begin, work, uid)


def test_a_record_without_an_agenda_begins_empty(engine: Engine) -> None:
    uid = soc_round(engine, with_agenda=False)
    with unit_of_work(engine, NL, AFTER) as work:
        actions.begin(work, uid)
        record = the_record_draft(work, uid).record
        assert (record.agenda, record.items) == (None, ())
        assert [seat.party for seat in record.seats] == ["uk", "uk", "uk", "nl", "nl", "nl"]


def test_an_altered_record_is_found(engine: Engine) -> None:
    uid = agreed_round(engine)
    with unit_of_work(engine, UK, AFTER) as work:
        row = work.session.query(RecordVersion).one()
        row.content = {**row.content, "day": "2027-03-24"}
    with reading(engine, UK, AFTER) as work:
        assert not is_true_to_its_seal(work, uid)


def agreed_round(engine: Engine) -> str:
    """Let both sides agree a record with a new commitment and progress; return the round."""
    uid = soc_round(engine)
    record = recorded(engine, uid)
    with unit_of_work(engine, UK, AFTER) as work:
        actions.keep(work, uid, the_record_draft(work, uid).number, put(record, *FURTHER[0]))
        actions.offer(work, uid)
    with unit_of_work(engine, NL, AFTER) as work:
        actions.sign(work, uid)
    return uid
