"""Drafting anew when the ledger has changed: what people edited stays, and what both changed is named."""

from datetime import date

from sqlalchemy import Engine

from agendas.commitments.actions import add_commitment, change_status
from agendas.commitments.rules import StatusChange
from agendas.drafting.actions import redraft, start_draft
from agendas.negotiation.desk import keep, open_desk
from agendas.versions import rules
from agendas.versions.content import LEFT_OUT
from agendas.versions.merge import Conflict
from agendas.versions.queries import the_draft
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.actions import move
from scheduler.obligations.consents import Consent
from tests.agendas.commitments.ledger import ADDRESS, SHARED, do
from tests.builders import NOW, TODAY, UK, agreed, load_files, slot

BOTH = [Consent(side, "record", NOW) for side in ("uk", "nl")]
OURS = {"en": "Welcome by the host", "nl": "Welkom door de gastheer"}


def test_commitments_that_came_and_went_are_taken_in_and_no_edit_is_lost(engine: Engine) -> None:
    load_files(engine)
    uid = agreed(engine, date(2027, 3, 23))
    with unit_of_work(engine, UK, NOW) as work:
        start_draft(work, uid, TODAY)
        desk = open_desk(work, uid, "own")
        notes = {"opening": {"points": "Be brief."}}
        keep(work, desk, rules.edit(desk.content, "opening", title=OURS, minutes=25), TODAY, notes=notes)
        assert redraft(work, uid, TODAY) is None
    new = do(engine, UK, add_commitment, SHARED, agreed_by=BOTH)
    do(engine, UK, change_status, "C1", StatusChange("delivered", evidence=ADDRESS), agreed_by=BOTH)
    with unit_of_work(engine, UK, NOW) as work:
        redraft(work, uid, TODAY)
    with reading(engine, UK, NOW) as work:
        latest = the_draft(work, uid)
    opening = latest.content.item("opening")
    assert opening is not None
    assert (opening.title, opening.minutes) == (OURS, 25)
    assert (latest.notes["opening"], latest.conflicts) == ({"points": "Be brief."}, ())
    assert [key for key, _ in latest.content.treated()] == [new]


def test_what_somebody_edited_and_newer_facts_change_too_is_named_and_not_overwritten(engine: Engine) -> None:
    load_files(engine)
    uid = agreed(engine, date(2027, 3, 23))
    with unit_of_work(engine, UK, NOW) as work:
        start_draft(work, uid, TODAY)
        desk = open_desk(work, uid, "own")
        content = rules.put(desk.content, "C1", LEFT_OUT, {"en": "Next year", "nl": "Volgend jaar"})
        longest = max(content.in_room, key=lambda item: item.minutes).key
        keep(work, desk, rules.edit(content, longest, minutes=33), TODAY)
        move(work, uid, slot(date(2027, 4, 6)))
    do(engine, UK, add_commitment, SHARED, agreed_by=BOTH)
    do(engine, UK, change_status, "C1", StatusChange("blocked", reason="money"), agreed_by=BOTH)
    with unit_of_work(engine, UK, NOW) as work:
        redraft(work, uid, TODAY)
    with reading(engine, UK, NOW) as work:
        latest = the_draft(work, uid)
    assert latest.conflicts == (Conflict(longest, "minutes", 65, 33, 45),)
    assert [item.minutes for item in latest.content.items if item.key == longest] == [33]
    assert dict(latest.content.treated())["C1"] == LEFT_OUT
    assert latest.content.hours.first_day == date(2027, 4, 6)
