from datetime import date

import pytest

from scheduler.meetings.rules import State
from scheduler.meetings.steps import steps_of
from scheduler.obligations.lead_times import LEVEL_COLUMNS

MONDAY, FRIDAY = date(2027, 6, 7), date(2027, 6, 11)


def asked(state: State) -> list[str]:
    steps = steps_of("senior_official", MONDAY, FRIDAY)
    return [step.milestone.key for step in steps if step.is_asked(state)]


def test_days_before_are_counted_from_the_first_and_days_after_from_the_last() -> None:
    days = {step.milestone.key: step.day for step in steps_of("senior_official", MONDAY, FRIDAY)}
    assert days == {
        "save_the_date": date(2027, 2, 8),
        "invitation": date(2027, 4, 12),
        "first_draft": date(2027, 5, 3),
        "briefing_commissioned": date(2027, 5, 17),
        "agenda_agreed": date(2027, 5, 24),
        "delegations": date(2027, 5, 24),
        "briefing_pack": date(2027, 5, 31),
        "readout": FRIDAY,
        "record": date(2027, 6, 25),
    }


def test_experts_have_no_briefing_steps() -> None:
    keys = {step.milestone.key for step in steps_of("expert", MONDAY, MONDAY)}
    assert keys.isdisjoint({"briefing_commissioned", "briefing_pack"})


def test_only_a_date_that_both_sides_hold_is_prepared() -> None:
    assert asked(State.PLANNED) == asked(State.OFFERED) == ["save_the_date"]
    assert asked(State.AGREED) == [
        "invitation",
        "first_draft",
        "briefing_commissioned",
        "agenda_agreed",
        "delegations",
        "briefing_pack",
        "readout",
        "record",
    ]
    assert asked(State.HELD) == ["readout", "record"]


@pytest.mark.parametrize("level", LEVEL_COLUMNS)
def test_steps_come_in_the_order_of_their_days(level: str) -> None:
    days = [step.day for step in steps_of(level, MONDAY, FRIDAY)]
    assert days == sorted(days)


@pytest.mark.parametrize("state", [State.WANTED, State.POSTPONED, State.CANCELLED, State.SKIPPED])
def test_nothing_is_asked_of_a_round_without_a_day(state: State) -> None:
    assert asked(state) == []
