from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.outbox.rules import (
    ATTEMPTS,
    DROPPABLE,
    FIRST_RETRY,
    LONGEST_RETRY,
    RELAY_PAUSE,
    RESENDABLE,
    STATE_WORDS,
    Fate,
    LetterState,
    Settlement,
    Verdict,
    after_lost_lease,
    fate_of_reply,
    retry_after,
    settlement,
)

NOW = datetime(2027, 4, 26, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "fate"),
    [
        (250, Fate.ACCEPTED),
        (251, Fate.ACCEPTED),
        (421, Fate.DEFERRED),
        (451, Fate.DEFERRED),
        (550, Fate.REFUSED),
        (554, Fate.REFUSED),
        (354, Fate.UNKNOWN),
        (-1, Fate.UNKNOWN),
    ],
)
def test_a_reply_code_tells_the_fate(code: int, fate: Fate) -> None:
    assert fate_of_reply(code) is fate


@pytest.mark.parametrize(
    ("fate", "expected"),
    [
        (Fate.ACCEPTED, Settlement(LetterState.SENT, 3, NOW, None)),
        (Fate.REFUSED, Settlement(LetterState.FAILED, 3, NOW, "said so")),
        (Fate.UNKNOWN, Settlement(LetterState.UNCERTAIN, 3, NOW, "said so")),
        (Fate.UNREACHED, Settlement(LetterState.QUEUED, 2, NOW + RELAY_PAUSE, "said so")),
        (Fate.DEFERRED, Settlement(LetterState.QUEUED, 3, NOW + retry_after("a", 3), "said so")),
    ],
)
def test_each_fate_is_settled(fate: Fate, expected: Settlement) -> None:
    detail = "" if fate is Fate.ACCEPTED else "said so"
    assert settlement(Verdict(fate, detail), "a", 3, NOW) == expected


def test_a_letter_that_is_only_ever_deferred_is_given_up() -> None:
    outcome = settlement(Verdict(Fate.DEFERRED, "451 later"), "a", ATTEMPTS, NOW)
    assert outcome.state is LetterState.FAILED
    assert outcome.error == "given up after 15 attempts; the last answer was: 451 later"


def test_giving_up_takes_about_two_days() -> None:
    waiting = sum((retry_after("a", attempt) for attempt in range(1, ATTEMPTS)), timedelta())
    assert timedelta(days=1) < waiting < timedelta(days=2)


@given(st.text(max_size=20), st.integers(min_value=1, max_value=ATTEMPTS))
def test_waiting_doubles_up_to_a_limit_and_differs_from_letter_to_letter(key: str, attempts: int) -> None:
    shortest = min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY)
    assert shortest <= retry_after(key, attempts) <= shortest * 1.2
    assert retry_after(key, attempts) == retry_after(key, attempts)


def test_only_an_attempt_without_an_outcome_is_uncertain() -> None:
    assert after_lost_lease(LetterState.CLAIMED) is LetterState.QUEUED
    assert after_lost_lease(LetterState.SENDING) is LetterState.UNCERTAIN


def test_what_is_on_its_way_or_gone_can_be_neither_dropped_nor_repeated() -> None:
    on_its_way = {LetterState.CLAIMED, LetterState.SENDING, LetterState.SENT}
    assert (DROPPABLE | RESENDABLE) & on_its_way == set()


def test_every_state_has_words_in_both_languages() -> None:
    assert {state: set(words) for state, words in STATE_WORDS.items()} == {
        state: {"en", "nl"} for state in LetterState
    }
