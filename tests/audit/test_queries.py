"""The audit trail: newest first, as far as it may be seen, and never more than was asked for."""

from datetime import timedelta

from sqlalchemy import Engine

from scheduler.audit.actions import record
from scheduler.audit.queries import Change, latest_changes
from scheduler.db.layers import JOINT
from scheduler.db.work import reading, unit_of_work
from tests.builders import NL, NOW, OPERATOR, PARTNERSHIP, UK, US, load_files


def test_the_latest_changes_as_far_as_they_may_be_seen(engine: Engine) -> None:
    load_files(engine)
    for minutes, actor, layer in ((1, UK, "uk"), (2, NL, "nl"), (3, NL, JOINT), (3, UK, JOINT)):
        with unit_of_work(engine, actor, NOW + timedelta(minutes=minutes)) as work:
            record(work, PARTNERSHIP, "tried", "meeting/x", layer=layer, minute=minutes)
    seen = {}
    for actor in (UK, NL, US, OPERATOR):
        with reading(engine, actor, NOW) as work:
            changes = latest_changes(work, PARTNERSHIP, 3)
        seen[actor.party] = [(change.detail.get("minute"), change.party) for change in changes]
    assert seen == {
        "uk": [(3, "uk"), (3, "nl"), (1, "uk")],
        "nl": [(3, "uk"), (3, "nl"), (2, "nl")],
        "us": [],
        None: [(3, "uk"), (3, "nl"), (None, None)],
    }


def test_an_entry_says_who_what_and_when(engine: Engine) -> None:
    load_files(engine)
    with unit_of_work(engine, UK, NOW) as work:
        record(work, PARTNERSHIP, "offered", "meeting/x", layer=JOINT, day="2027-03-23")
    with reading(engine, NL, NOW) as work:
        assert latest_changes(work, PARTNERSHIP, 1) == (
            Change(None, NOW, "uk", "uk secretariat", "offered", "meeting/x", {"day": "2027-03-23"}),
        )
