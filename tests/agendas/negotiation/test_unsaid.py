"""What one side once had in mind for an agenda, and did not offer, is in no version that both sides see."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from agendas.drafting.actions import redraft, start_draft
from agendas.negotiation import actions
from agendas.negotiation.desk import keep, open_desk
from agendas.negotiation.documents import find_edition
from agendas.versions import rules
from agendas.versions.content import Item, Place
from agendas.versions.queries import the_version
from agendas.versions.stored import canonical
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import Conflict
from scheduler.meetings.actions import move, offer
from tests.builders import NL, NOW, TODAY, UK, agreed, load_files, planned, refusal, slot

SECRET_DAY, DAY = date(2027, 4, 14), date(2027, 3, 23)
SECRET_PLACE = {"en": "Behind the canary", "nl": "Achter de kanarie"}


@pytest.fixture
def moved(engine: Engine) -> str:
    """A round for which one side drafted while it was its own plan, on another day and in another place."""
    load_files(engine)
    uid = planned(engine, SECRET_DAY)
    with unit_of_work(engine, UK, NOW) as work:
        move(work, uid, slot(SECRET_DAY), place=SECRET_PLACE)
        start_draft(work, uid, TODAY)
        move(work, uid, slot(DAY), place={"en": "London", "nl": "Londen"})
        offer(work, uid)
    return uid


def test_where_and_when_a_side_once_planned_a_round_is_in_no_joint_version(
    engine: Engine, moved: str
) -> None:
    with unit_of_work(engine, UK, NOW) as work:
        assert refusal(Conflict, actions.offer, work, moved) == (
            "agenda: the round has changed since this agenda was drafted (draft it anew, then offer it)"
        )
    with unit_of_work(engine, UK, NOW) as work:
        redraft(work, moved, TODAY)
        actions.offer(work, moved)
    with reading(engine, NL, NOW) as work:
        found = the_version(work, moved)
        stored = canonical({"content": found.content, "facts": found.facts}).decode()
        assert find_edition(work, moved).content.hours.first_day == DAY
    assert (str(SECRET_DAY) in stored, "canary" in stored, "London" in stored) == (False, False, True)


def test_an_item_that_a_side_added_and_dropped_by_itself_is_not_offered(engine: Engine) -> None:
    load_files(engine)
    uid = agreed(engine, DAY)
    thought = Item("added/thought", rules.ADDED, {"en": "Canary", "nl": "Kanarie"}, wanted="note")
    with unit_of_work(engine, UK, NOW) as work:
        start_draft(work, uid, TODAY)
        desk = open_desk(work, uid, "own")
        content = rules.place(
            rules.add(desk.content, thought),
            thought.key,
            Place.DROPPED,
            {"en": "Too early", "nl": "Te vroeg"},
        )
        keep(work, desk, content, TODAY)
        actions.offer(work, uid)
        # Dropped once both sides knew it, it is on the joint agenda with the reason, which both agree to.
        desk = open_desk(work, uid, "own")
        keep(work, desk, rules.add(desk.content, replace(thought, key="added/known")), TODAY)
        actions.offer(work, uid)
        desk = open_desk(work, uid, "own")
        keep(work, desk, rules.place(desk.content, "added/known", Place.DROPPED, {"en": "Why not"}), TODAY)
        actions.offer(work, uid)
    with reading(engine, NL, NOW) as work:
        keys = [
            {item.key for item in the_version(work, uid, number).content.items if item.kind == rules.ADDED}
            for number in (1, 2, 3)
        ]
    assert keys == [set(), {"added/known"}, {"added/known"}]
