"""Which state may follow which, and what a calendar must hear of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.meetings.rules import (
    COMING,
    KNOWN_TO_BOTH,
    MATERIAL,
    NEXT,
    OPTION_WORDS,
    STATE_WORDS,
    OptionState,
    State,
    is_material,
    may_become,
)
from scheduler.words import LANGUAGES

STATES = st.sampled_from(State)

ALLOWED = {
    "wanted": "planned offered cancelled skipped",
    "planned": "planned offered cancelled",
    "offered": "offered wanted agreed postponed cancelled",
    "agreed": "offered held postponed cancelled",
    "postponed": "offered cancelled skipped",
    "held": "",
    "cancelled": "",
    "skipped": "",
}


def test_the_table_of_states() -> None:
    found = {
        str(current): {str(following) for following in State if may_become(current, following)}
        for current in State
    }
    assert found == {current: set(following.split()) for current, following in ALLOWED.items()}


def test_every_state_has_its_words_and_its_row() -> None:
    assert set(STATE_WORDS) == set(NEXT) == set(State)
    assert set(OPTION_WORDS) == set(OptionState)
    assert {tuple(words) for words in (*STATE_WORDS.values(), *OPTION_WORDS.values())} == {LANGUAGES}


def test_a_plan_is_known_to_one_side_and_what_is_coming_may_still_be_held() -> None:
    assert set(State) - KNOWN_TO_BOTH == {State.PLANNED, State.SKIPPED}
    assert {State.PLANNED, State.OFFERED, State.AGREED} == COMING


@pytest.mark.parametrize(
    ("changed", "before", "after", "expected"),
    [
        (set(), "offered", "agreed", True),
        (set(), "agreed", "cancelled", True),
        (set(), "agreed", "postponed", True),
        (set(), "postponed", "offered", True),
        (set(), "offered", "wanted", True),
        (set(), "wanted", "offered", True),
        (set(), "agreed", "held", False),
        (set(), "offered", "offered", False),
        ({"note"}, "agreed", "agreed", False),
        ({"host"}, "agreed", "agreed", True),
        ({"start_time", "note"}, "offered", "offered", True),
    ],
)
def test_what_a_calendar_must_hear_of(changed: set[str], before: str, after: str, *, expected: bool) -> None:
    assert is_material(frozenset(changed), State(before), State(after)) is expected


@given(changed=st.sets(st.sampled_from(sorted(MATERIAL)), min_size=1), before=STATES, after=STATES)
def test_another_time_or_place_is_always_heard_of(changed: set[str], before: State, after: State) -> None:
    assert is_material(frozenset(changed), before, after)
