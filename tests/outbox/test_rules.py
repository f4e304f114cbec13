from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.outbox.mailers import LAST_PATIENCE_SECONDS, PATIENCE_SECONDS
from scheduler.outbox.rules import (
    ADVICE,
    ATTEMPTS,
    ATTENTION,
    DROPPABLE,
    FIRST_RETRY,
    LEASE,
    LONGEST_RETRY,
    RELAY_PAUSE,
    RESENDABLE,
    STATE_WORDS,
    Fate,
    LetterState,
    Pace,
    Settlement,
    Step,
    Verdict,
    after_lost_lease,
    retry_after,
    settlement,
    used_up,
    verdict_of_reply,
)

NOW = datetime(2027, 4, 26, 8, 0, tzinfo=UTC)


REFUSED, DEFERRED, UNKNOWN = Fate.REFUSED, Fate.DEFERRED, Fate.UNKNOWN
ANSWERS = {
    (Step.SENDER, 250): (Fate.ACCEPTED, False),
    (Step.SENDER, 421): (Fate.UNREACHED, True),
    (Step.SENDER, 452): (Fate.UNREACHED, True),
    (Step.SENDER, 530): (Fate.UNREACHED, True),
    (Step.SENDER, 550): (Fate.UNREACHED, True),
    (Step.SENDER, 552): (REFUSED, False),
    (Step.RECIPIENT, 251): (Fate.ACCEPTED, False),
    (Step.RECIPIENT, 421): (DEFERRED, True),
    (Step.RECIPIENT, 450): (DEFERRED, False),
    (Step.RECIPIENT, 451): (DEFERRED, False),
    (Step.RECIPIENT, 452): (DEFERRED, False),
    (Step.RECIPIENT, 550): (REFUSED, False),
    (Step.RECIPIENT, 552): (DEFERRED, False),
    (Step.RECIPIENT, -1): (DEFERRED, False),
    (Step.GO_AHEAD, 354): (Fate.ACCEPTED, False),
    (Step.GO_AHEAD, 250): (DEFERRED, False),
    (Step.GO_AHEAD, 421): (DEFERRED, True),
    (Step.GO_AHEAD, 554): (REFUSED, False),
    (Step.MESSAGE, 250): (Fate.ACCEPTED, False),
    (Step.MESSAGE, 354): (UNKNOWN, False),
    (Step.MESSAGE, 421): (DEFERRED, True),
    (Step.MESSAGE, 451): (DEFERRED, False),
    (Step.MESSAGE, 552): (REFUSED, False),
    (Step.MESSAGE, 554): (REFUSED, False),
    (Step.MESSAGE, -1): (UNKNOWN, False),
}


def test_what_an_answer_means_depends_on_what_it_answers_to() -> None:
    found = {
        (step, code): (verdict.fate, verdict.keeps_all_waiting)
        for step, code in ANSWERS
        for verdict in [verdict_of_reply(step, code, "words")]
    }
    assert found == ANSWERS


@given(st.lists(st.integers(min_value=0, max_value=90), max_size=60), st.integers(1, 40), st.integers(1, 5))
def test_a_side_sends_its_share_and_at_most_a_minute_of_it_at_once(
    pauses: list[int], per_minute: int, sides: int
) -> None:
    pace = Pace("relay", per_minute, sides)
    now, used, sent = NOW, None, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        after = used_up(used, pace, now)
        if after is not None:
            used = after
            sent.append(now)
    at_once = max(1, per_minute // sides)
    for first, start in enumerate(sent):
        for count, end in enumerate(sent[first:], start=1):
            assert count <= at_once + (end - start) / pace.interval


def test_what_was_used_up_before_the_clock_was_set_back_does_not_count() -> None:
    pace = Pace("relay", 4, 2)
    assert used_up(NOW + timedelta(days=1), pace, NOW) == NOW + timedelta(seconds=30)
    assert used_up(NOW + timedelta(minutes=1), pace, NOW) is None


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
    assert outcome == Settlement(LetterState.FAILED, ATTEMPTS, NOW, "451 later")


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


def test_what_is_on_its_way_can_be_neither_dropped_nor_repeated() -> None:
    assert (DROPPABLE | RESENDABLE) & {LetterState.CLAIMED, LetterState.SENDING} == set()
    assert LetterState.SENT not in DROPPABLE


def test_a_lease_outlasts_everything_that_a_relay_may_take_for_one_letter() -> None:
    before_the_last_answer = 5  # connection, greeting, sender, recipient, go-ahead
    longest = before_the_last_answer * PATIENCE_SECONDS + LAST_PATIENCE_SECONDS
    assert timedelta(seconds=longest) < LEASE


def test_every_letter_that_needs_a_person_says_what_can_be_done() -> None:
    assert {state: set(words) for state, words in ADVICE.items()} == {
        state: {"en", "nl"} for state in ATTENTION
    }
    assert set(ATTENTION) <= RESENDABLE & DROPPABLE


def test_every_state_has_words_in_both_languages() -> None:
    assert {state: set(words) for state, words in STATE_WORDS.items()} == {
        state: {"en", "nl"} for state in LetterState
    }
