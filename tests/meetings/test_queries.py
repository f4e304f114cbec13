"""Finding a meeting by what people call it, and what is owed in the light of all of them."""

from datetime import date

import pytest
from sqlalchemy import Engine

from scheduler.db.work import reading, unit_of_work
from scheduler.errors import NotFound
from scheduler.meetings import actions
from scheduler.meetings.queries import find_meeting, meetings, owed
from scheduler.obligations.actions import agree_skip, propose_skip, set_interval
from scheduler.obligations.queries import obligation
from scheduler.obligations.rules import Colour, Duty
from tests.builders import (
    NL,
    NOW,
    OPERATOR,
    PARTNERSHIP,
    TODAY,
    UK,
    agreed,
    load_files,
    offered,
    planned,
    refusal,
)

SPRING, AUTUMN, NEXT_YEAR = date(2027, 3, 23), date(2027, 10, 5), date(2028, 3, 21)
HELD = date(2026, 3, 24)


@pytest.fixture
def house(engine: Engine) -> Engine:
    """The small programme: SOC, under the umbrella of ROOF, was held once, on 24 March 2026."""
    load_files(engine)
    return engine


def find(engine: Engine, reference: str, today: date = TODAY) -> str:
    with reading(engine, UK, NOW) as work:
        return find_meeting(work, PARTNERSHIP, reference, today).uid


def duties(engine: Engine, today: date = TODAY) -> dict[str, Duty]:
    with reading(engine, UK, NOW) as work:
        return {entry.obligation.key: entry.duty for entry in owed(work, PARTNERSHIP, today)}


def test_the_order_within_a_day_does_not_tell_what_was_planned_first(house: Engine) -> None:
    known = [offered(house, SPRING, actor=actor) for actor in (NL, UK) * 4]
    with reading(house, UK, NOW) as work:
        shown = [entry.uid for entry in meetings(work, PARTNERSHIP, first=SPRING, last=SPRING)]
    assert shown == sorted(known)


def test_a_meeting_answers_to_what_people_call_it(house: Engine) -> None:
    past = find(house, "SOC/2026")
    spring, next_year = agreed(house, SPRING), planned(house, NEXT_YEAR)
    assert find(house, "SOC") == spring
    assert find(house, "SOC", SPRING) == spring
    assert find(house, "SOC", date(2027, 3, 24)) == next_year
    assert find(house, "SOC", date(2029, 1, 1)) == next_year
    assert find(house, "SOC/2027") == spring
    assert find(house, "SOC/2028") == next_year
    assert find(house, past) == past
    assert refusal(NotFound, find, house, "SOC/2031") == (
        "no meeting answers to 'SOC/2031' (give a UID, an obligation such as JS-R05, or JS-R05/2027; "
        "`dialogues meetings list` shows them)"
    )


def test_a_merged_meeting_answers_to_each_of_its_duties(house: Engine) -> None:
    both = agreed(house, SPRING, merged="TALK")
    assert find(house, "TALK") == both == find(house, "SOC")


def test_a_cancelled_meeting_answers_to_its_uid_alone(house: Engine) -> None:
    uid, instead = agreed(house, SPRING), agreed(house, AUTUMN)
    with unit_of_work(house, UK, NOW) as work:
        actions.cancel(work, uid)
    assert (find(house, "SOC"), find(house, "SOC/2027"), find(house, uid)) == (instead, instead, uid)


def test_what_the_other_side_plans_answers_to_nothing(house: Engine) -> None:
    uid = planned(house, SPRING, actor=NL)
    for reference in (uid, "SOC/2027"):
        refusal(NotFound, find, house, reference)


def test_only_what_both_agreed_or_held_counts(house: Engine) -> None:
    assert duties(house)["SOC"].colour is Colour.AMBER
    planned(house, SPRING)
    offered(house, SPRING)
    assert duties(house)["SOC"].colour is Colour.AMBER
    uid = agreed(house, SPRING)
    assert (duties(house)["SOC"].colour, duties(house)["SOC"].agreed_for) == (Colour.GREEN, SPRING)
    with unit_of_work(house, NL, NOW) as work:
        actions.postpone(work, uid)
    assert (duties(house)["SOC"].colour, duties(house)["SOC"].agreed_for) == (Colour.AMBER, None)


def test_the_next_meeting_is_the_first_that_may_still_be_held(house: Engine) -> None:
    later, sooner = planned(house, AUTUMN), offered(house, SPRING)
    cancelled = agreed(house, date(2027, 2, 2))
    with unit_of_work(house, UK, NOW) as work:
        actions.cancel(work, cancelled)
    seen = {}
    for actor in (UK, NL, OPERATOR):
        for today in (TODAY, date(2027, 4, 1)):
            with reading(house, actor, NOW) as work:
                entry = owed(work, PARTNERSHIP, today)[0]
            seen[actor.party, today.month] = entry.next_meeting.uid if entry.next_meeting else None
    assert seen == {
        ("uk", 2): sooner,
        ("uk", 4): later,
        ("nl", 2): sooner,
        ("nl", 4): None,
        (None, 2): sooner,
        (None, 4): None,
    }


def test_an_umbrella_counts_the_rounds_under_it(house: Engine) -> None:
    roof = duties(house)["ROOF"]
    assert roof.last_held == HELD
    assert roof.reasons[0]["en"] == "last held 24 March 2026 (as a round of SOC)"


def test_one_meeting_counts_once_for_an_umbrella_that_it_discharges_too(house: Engine) -> None:
    """ROOF asks for two rounds a year; a round of SOC that discharges ROOF as well is still one."""
    uid = agreed(house, date(2027, 2, 1), merged="ROOF")
    with unit_of_work(house, UK, NOW) as work:
        actions.record_held(work, uid, TODAY)
    on_new_years_day = duties(house, date(2028, 1, 1))["ROOF"]
    assert (on_new_years_day.colour, on_new_years_day.red_after) == (Colour.RED, date(2027, 11, 1))
    agreed(house, date(2027, 9, 1))
    assert [reason["en"] for reason in duties(house)["ROOF"].reasons] == [
        "last held 1 February 2027 (as a round of SOC)",
        "due 1 August 2027",
        "date agreed by both sides: 1 September 2027",
    ]


def test_a_skip_counts_once_every_side_agreed(house: Engine) -> None:
    """Story 12: red clears only when the other side agrees, and the reason says so."""
    due, today = date(2027, 3, 24), date(2027, 6, 25)
    with unit_of_work(house, UK, NOW) as work:
        propose_skip(work, obligation(work, PARTNERSHIP, "SOC"), due, "elections on both sides")
    assert duties(house, today)["SOC"].colour is Colour.RED
    with unit_of_work(house, NL, NOW) as work:
        agree_skip(work, obligation(work, PARTNERSHIP, "SOC"), due)
    found = duties(house, today)["SOC"]
    assert (found.colour, found.due, found.last_held) == (Colour.GREEN, date(2028, 3, 24), HELD)
    assert found.reasons[1]["en"] == "both sides agreed to skip the round due 24 March 2027"


def test_nothing_is_owed_without_an_interval_until_somebody_sets_one(house: Engine) -> None:
    """Story 13."""
    assert (duties(house)["TALK"].colour, duties(house)["TALK"].due) == (Colour.NONE, None)
    with unit_of_work(house, UK, NOW) as work:
        set_interval(work, obligation(work, PARTNERSHIP, "TALK"), 12, " Head of the Netherlands Desk ")
    found = duties(house)["TALK"]
    assert (found.colour, found.due, found.red_after) == (Colour.AMBER, date(2026, 12, 3), None)
    assert found.reasons[1]["en"] == "12 months set by Head of the Netherlands Desk, not by the text"
