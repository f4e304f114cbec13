"""A round of a plan beside a meeting on the calendar that is the same round: never two where one would do."""

from datetime import date

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import Conflict
from scheduler.meetings.actions import agree, offer, postpone, refuse
from scheduler.meetings.queries import MeetingFacts, meeting, meetings
from scheduler.meetings.rules import State
from scheduler.planning.actions import approve, store_plan
from scheduler.planning.alternatives import next_best
from scheduler.planning.offering import offer_days
from scheduler.planning.problem import Plan, Slot
from scheduler.planning.queries import plan
from scheduler.planning.solver import solve
from tests.builders import NL, NOW, PARTNERSHIP, UK, agreed, offered, planned
from tests.planning.programmes import load_changed, problem_of

REFUSED = date(2027, 6, 15)
TWO_YEARS = date(2028, 12, 31)


@pytest.fixture(autouse=True)
def _programme(engine: Engine) -> None:
    load_changed(engine)


def proposed(engine: Engine, last: date = date(2027, 12, 31)) -> tuple[str, Plan]:
    """Let the United Kingdom plan, and return the key of its plan."""
    asked = problem_of(engine, last=last)
    found = solve(asked)
    with unit_of_work(engine, UK, NOW) as work:
        return store_plan(work, PARTNERSHIP, asked, found), found


def approved(engine: Engine, key: str, *rounds: str) -> dict[str, str]:
    with unit_of_work(engine, UK, NOW) as work:
        return approve(work, PARTNERSHIP, plan(work, PARTNERSHIP, key), rounds)


def calendar(engine: Engine, actor: Actor = UK) -> list[MeetingFacts]:
    with reading(engine, actor, NOW) as work:
        return list(meetings(work, PARTNERSHIP, states=tuple(set(State) - {State.HELD})))


def refused(engine: Engine) -> str:
    uid = offered(engine, REFUSED)
    with unit_of_work(engine, NL, NOW) as work:
        refuse(work, uid)
    return uid


def put_off(engine: Engine) -> str:
    uid = agreed(engine, REFUSED)
    with unit_of_work(engine, UK, NOW) as work:
        postpone(work, uid)
    return uid


@pytest.mark.parametrize("wanting", [refused, put_off])
def test_a_meeting_that_wants_a_date_is_offered_anew_and_no_second_one_beside_it(
    engine: Engine, wanting: object
) -> None:
    uid = wanting(engine)  # type: ignore[operator]
    (before,) = calendar(engine, NL)
    key, found = proposed(engine)
    placed = next(entry for entry in found.placements if entry.round.startswith("SOC/"))
    assert approved(engine, key, placed.round) == {placed.round: uid}
    assert calendar(engine, NL) == [before], "what a side approved for itself shows nowhere"

    with reading(engine, UK, NOW) as work:
        best = [other.day for other in next_best(work, meeting(work, uid))]
    assert best[0] == placed.first
    with unit_of_work(engine, UK, NOW) as work:
        assert offer_days(work, PARTNERSHIP, plan(work, PARTNERSHIP, key), placed.round, best[1:2]) == uid
    (after,) = calendar(engine, NL)
    assert (after.uid, after.state, [option.day for option in after.on_offer]) == (uid, "offered", best[:2])
    assert after.sequence == before.sequence + 1
    with unit_of_work(engine, NL, NOW) as work:
        refuse(work, uid)
    with unit_of_work(engine, UK, NOW) as work, pytest.raises(Conflict):
        offer_days(work, PARTNERSHIP, plan(work, PARTNERSHIP, key), placed.round)


def test_the_next_plan_knows_what_was_approved_for_it(engine: Engine) -> None:
    uid = refused(engine)
    key, found = proposed(engine)
    placed = next(entry for entry in found.placements if entry.round.startswith("SOC/"))
    assert [entry.planned for entry in problem_of(engine).rounds if entry.continues == uid] == [None]
    approved(engine, key, placed.round)
    (again,) = [entry for entry in problem_of(engine).rounds if entry.continues == uid]
    assert again.planned == Slot(first=placed.first, host=placed.host)
    assert [entry.continues for entry in problem_of(engine, NL).rounds if entry.planned] == []


def test_rounds_approved_one_after_the_other_do_not_push_each_other_about(engine: Engine) -> None:
    key, found = proposed(engine, TWO_YEARS)
    days = {entry.round: entry.first for entry in found.placements if entry.round.startswith("SOC/")}
    assert len(days) == 2
    for name in reversed(days):
        approved(engine, key, name)
    assert sorted(entry.day for entry in calendar(engine) if entry.day) == sorted(days.values())
    rounds = {entry.key: entry.continues for entry in problem_of(engine, last=TWO_YEARS).rounds}
    with reading(engine, UK, NOW) as work:
        made = plan(work, PARTNERSHIP, key).approved
    assert {name: rounds[name] for name in days} == made


def test_a_round_planned_before_moves_and_one_offered_meanwhile_is_not_made_twice(engine: Engine) -> None:
    uid = planned(engine, REFUSED)
    key, found = proposed(engine)
    placed = next(entry for entry in found.placements if entry.round.startswith("SOC/"))
    with unit_of_work(engine, UK, NOW) as work:
        offer(work, uid)
    with pytest.raises(Conflict) as caught:
        approved(engine, key, placed.round)
    assert caught.value.message["en"] == f"{placed.round} has been offered since the plan was made"
    with unit_of_work(engine, NL, NOW) as work:
        agree(work, uid)
    assert [entry.uid for entry in calendar(engine)] == [uid]
