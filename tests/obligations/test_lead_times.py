"""The milestones of one round, against the table of practice that they come from."""

import pytest

from scheduler.obligations.lead_times import (
    LEVEL_COLUMNS,
    MILESTONES,
    effective_level,
    save_the_date_weeks,
    weeks_before,
)
from scheduler.words import LANGUAGES

TABLE = {
    "save_the_date": (26, 17, 9),
    "invitation": (12, 8, 6),
    "first_draft": (6, 5, 3),
    "briefing_commissioned": (4, 3, None),
    "agenda_agreed": (3, 2, 1),
    "delegations": (2, 2, 1),
    "briefing_pack": (1, 1, None),
    "readout": (0, 0, 0),
    "record": (-2, -2, -2),
}
"""Weeks before a round for ministers, senior officials and experts."""


def test_the_table_of_milestones() -> None:
    found = {step.key: tuple(weeks_before(step, level) for level in LEVEL_COLUMNS) for step in MILESTONES}
    assert found == TABLE


def test_every_milestone_says_what_it_is_and_for_whom() -> None:
    assert {tuple(step.title) for step in MILESTONES} == {LANGUAGES}
    assert {step.audience for step in MILESTONES} == {"secretariat", "host", "lead", "private_office"}


def test_private_offices_get_what_is_for_ministers_and_senior_officials() -> None:
    """Experts have no private office; were a step for one of them kept, its letter would have no reader."""
    for step in MILESTONES:
        if step.audience == "private_office":
            assert weeks_before(step, "expert") is None


@pytest.mark.parametrize(
    ("level", "posts", "expected"),
    [
        ("ministerial", [], "ministerial"),
        ("expert", ["ministerial"], "expert"),
        ("mixed", ["expert", "senior_official"], "senior_official"),
        ("mixed", ["expert", "ministerial"], "ministerial"),
        ("mixed", [], "senior_official"),
    ],
)
def test_mixed_takes_the_lead_times_of_senior_officials_unless_a_minister_is_required(
    level: str, posts: list[str], expected: str
) -> None:
    assert effective_level(level, posts) == expected


@pytest.mark.parametrize(("level", "weeks"), [("ministerial", 26), ("senior_official", 17), ("expert", 9)])
def test_every_level_seeks_a_date(level: str, weeks: int) -> None:
    assert save_the_date_weeks(level) == weeks
