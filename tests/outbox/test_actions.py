from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor, operator
from scheduler.audit.tables import AuditEntry
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput, Conflict, NotAllowed, NotFound
from scheduler.outbox import actions
from scheduler.outbox.queries import letter, letters
from scheduler.outbox.rules import LEASE, LOST, PEACE, Fate, LetterState, Pace, Verdict, retry_after
from scheduler.outbox.sending import actions as sending
from scheduler.outbox.sending.actions import Beginning, ClaimedLetter
from scheduler.outbox.tables import RelayShare
from scheduler.words import say
from tests.outbox.drafts import (
    LATER,
    LETTERHEAD,
    NL,
    NOW,
    UK,
    draft,
    enqueue_for_uk,
    found_partnership,
    states,
)

POSTMAN = operator("outbox")
ACCEPTED = Verdict(Fate.ACCEPTED)


@pytest.fixture(autouse=True)
def partnership(engine: Engine) -> None:
    found_partnership(engine)


def claimed(engine: Engine, *, limit: int = 20, now: datetime = NOW) -> tuple[ClaimedLetter, ...]:
    with unit_of_work(engine, POSTMAN, now) as work:
        return sending.claim(work, limit)


def begun(engine: Engine, key: str) -> ClaimedLetter:
    """Return a letter whose attempt has begun and not ended."""
    enqueue_for_uk(engine, key)
    (taken,) = claimed(engine)
    with unit_of_work(engine, POSTMAN, NOW) as work:
        assert sending.begin(work, taken) is Beginning.BEGUN
    return taken


def settled(engine: Engine, key: str, verdict: Verdict) -> None:
    taken = begun(engine, key)
    with unit_of_work(engine, POSTMAN, NOW) as work:
        sending.settle(work, taken, verdict)


def test_a_letter_is_there_once_and_says_so(engine: Engine) -> None:
    with unit_of_work(engine, UK, NOW) as work:
        assert actions.enqueue(work, draft("a", subject="First"), LETTERHEAD)
        assert not actions.enqueue(work, draft("a", subject="Second"), LETTERHEAD)
        assert actions.enqueue(work, draft("b"), LETTERHEAD)
    with unit_of_work(engine, UK, LATER) as work:
        assert not actions.enqueue(work, draft("a", subject="Third"), LETTERHEAD)
    with reading(engine, UK, LATER) as work:
        known = {entry.key: (entry.subject, entry.enqueued_at) for entry in letters(work)}
    assert known == {"a": ("OFFICIAL: First", NOW), "b": ("OFFICIAL: About b", NOW)}


def test_of_two_at_the_same_time_one_enqueues_and_nothing_fails(engine: Engine) -> None:
    def enqueue(_: int) -> list[bool]:
        with unit_of_work(engine, UK, NOW) as work:
            return [actions.enqueue(work, draft(str(number)), LETTERHEAD) for number in range(10)]

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(enqueue, range(4)))
    assert [sum(new) for new in zip(*outcomes, strict=True)] == [1] * 10
    assert len(states(engine)) == 10


def test_a_letter_stands_or_falls_with_its_cause(engine: Engine) -> None:
    def fail_after_enqueuing() -> None:
        with unit_of_work(engine, UK, NOW) as work:
            actions.enqueue(work, draft("a"), LETTERHEAD)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_enqueuing()
    assert states(engine) == {}


@pytest.mark.parametrize("actor", [NL, operator()])
def test_nobody_writes_to_posts_of_another_side(engine: Engine, actor: Actor) -> None:
    with pytest.raises(NotAllowed), unit_of_work(engine, actor, NOW) as work:
        actions.enqueue(work, draft("a", "uk/desk"), LETTERHEAD)


@pytest.mark.parametrize("actor", [NL, operator()])
def test_for_everybody_else_a_letter_does_not_exist(engine: Engine, actor: Actor) -> None:
    enqueue_for_uk(engine, "a")
    with unit_of_work(engine, actor, NOW) as work:
        assert letters(work) == ()
        with pytest.raises(NotFound):
            letter(work, "a")
        with pytest.raises(NotFound):
            actions.drop(work, "a", "because")
        with pytest.raises(NotFound):
            actions.resend(work, "a", "asked for")
    assert states(engine) == {"a": "queued"}


def test_the_longest_waiting_are_claimed_first_and_only_once(engine: Engine) -> None:
    enqueue_for_uk(engine, "a", "b", "c")
    assert [entry.key for entry in claimed(engine, limit=2)] == ["a", "b"]
    assert [entry.key for entry in claimed(engine, limit=2)] == ["c"]
    assert claimed(engine) == ()


def test_what_is_deferred_is_claimed_when_its_time_has_come(engine: Engine) -> None:
    settled(engine, "a", Verdict(Fate.DEFERRED, "451 busy"))
    again = NOW + retry_after("a", 1)
    assert claimed(engine, now=again - timedelta(milliseconds=1)) == ()
    assert [entry.key for entry in claimed(engine, now=again)] == ["a"]
    with reading(engine, UK, NOW) as work:
        entry, _ = letter(work, "a")
    assert (entry.attempts, entry.last_error) == (1, "451 busy")


@pytest.mark.parametrize(
    ("fate", "state"),
    [
        (Fate.ACCEPTED, "sent"),
        (Fate.REFUSED, "failed"),
        (Fate.UNKNOWN, "uncertain"),
        (Fate.DEFERRED, "queued"),
        (Fate.UNREACHED, "queued"),
    ],
)
def test_the_outcome_of_an_attempt_is_recorded(engine: Engine, fate: Fate, state: str) -> None:
    settled(engine, "a", Verdict(fate))
    with reading(engine, UK, NOW) as work:
        entry, _ = letter(work, "a")
    assert entry.state == state
    assert entry.sent_at == (NOW if fate is Fate.ACCEPTED else None)
    assert entry.attempts == (0 if fate is Fate.UNREACHED else 1)


def test_an_attempt_begins_only_under_a_claim_that_still_holds(engine: Engine) -> None:
    enqueue_for_uk(engine, "a")
    (taken,) = claimed(engine)
    late = NOW + LEASE + timedelta(seconds=1)
    with unit_of_work(engine, POSTMAN, late) as work:
        assert sending.recover(work) == 1
        (retaken,) = sending.claim(work, 1)
        assert sending.begin(work, taken) is Beginning.LOST
        assert sending.begin(work, retaken) is Beginning.BEGUN
        assert sending.begin(work, retaken) is Beginning.LOST


def test_a_sender_that_vanished_in_an_attempt_leaves_an_uncertain_letter(engine: Engine) -> None:
    begun(engine, "a")
    with unit_of_work(engine, POSTMAN, NOW + LEASE) as work:
        assert sending.recover(work) == 0
    with unit_of_work(engine, POSTMAN, NOW + LEASE + timedelta(seconds=1)) as work:
        assert sending.recover(work) == 1
        assert sending.claim(work, 20) == ()
    with reading(engine, UK, LATER) as work:
        entry, _ = letter(work, "a")
    assert (entry.state, entry.last_error) == (LetterState.UNCERTAIN, LOST)


def test_a_sender_that_comes_back_late_may_say_what_became_of_it(engine: Engine) -> None:
    taken = begun(engine, "a")
    with unit_of_work(engine, POSTMAN, LATER) as work:
        sending.recover(work)
        sending.settle(work, taken, ACCEPTED)
    assert states(engine) == {"a": "sent"}


def test_but_not_once_a_person_had_it_sent_again(engine: Engine) -> None:
    taken = begun(engine, "a")
    with unit_of_work(engine, POSTMAN, LATER) as work:
        sending.recover(work)
    with unit_of_work(engine, UK, LATER) as work:
        actions.resend(work, "a", "asked for")
    with unit_of_work(engine, POSTMAN, LATER) as work:
        sending.settle(work, taken, ACCEPTED)
    assert states(engine) == {"a": "queued"}


def test_what_was_not_attempted_is_given_back(engine: Engine) -> None:
    enqueue_for_uk(engine, "a", "b")
    taken = claimed(engine)
    with unit_of_work(engine, POSTMAN, NOW) as work:
        sending.begin(work, taken[0])
        sending.release(work, taken, verdict=Verdict(Fate.UNREACHED, "nobody there"))
    assert states(engine) == {"a": "sending", "b": "queued"}
    assert claimed(engine) == ()
    assert [entry.key for entry in claimed(engine, now=NOW + timedelta(minutes=1))] == ["b"]


def test_a_letter_sent_again_is_the_same_letter(engine: Engine) -> None:
    settled(engine, "a", Verdict(Fate.REFUSED, "550 no such mailbox"))
    with reading(engine, UK, NOW) as work:
        before = letter(work, "a")
    with unit_of_work(engine, UK, LATER) as work:
        actions.resend(work, "a", "asked for")
    (again,) = claimed(engine, now=LATER)
    assert (again.message_id, again.content) == (before[0].message_id, before[1])


def test_what_a_person_does_is_on_record(engine: Engine) -> None:
    settled(engine, "a", Verdict(Fate.REFUSED))
    with unit_of_work(engine, UK, LATER) as work:
        actions.resend(work, "a", "asked for")
        actions.drop(work, "a", "the meeting was cancelled")
    with reading(engine, UK, LATER) as work:
        entries = [(row.layer, row.act, row.subject) for row in work.session.query(AuditEntry).all()]
    assert entries == [("uk", "letter sent again", "letter/a"), ("uk", "letter dropped", "letter/a")]
    assert states(engine) == {"a": "dropped"}


def test_what_has_gone_cannot_be_dropped(engine: Engine) -> None:
    settled(engine, "a", ACCEPTED)
    with unit_of_work(engine, UK, LATER) as work, pytest.raises(Conflict):
        actions.drop(work, "a", "too late")
    assert states(engine) == {"a": "sent"}


def test_what_waits_already_cannot_be_sent_again(engine: Engine) -> None:
    enqueue_for_uk(engine, "a")
    with unit_of_work(engine, UK, LATER) as work, pytest.raises(Conflict) as caught:
        actions.resend(work, "a", "asked for")
    assert caught.value.message == {
        "en": "the letter stands as “waiting to be sent”",
        "nl": "de brief staat op “wacht op verzending”",
    }
    assert "misschien verzonden, iemand beslist" in say(caught.value.remedy, "nl").split("; ")
    assert states(engine) == {"a": "queued"}


@pytest.mark.parametrize(
    ("fate", "twice"), [(Fate.ACCEPTED, True), (Fate.UNKNOWN, True), (Fate.REFUSED, False)]
)
def test_a_letter_that_may_have_arrived_is_marked_when_it_is_sent_again(
    engine: Engine, fate: Fate, *, twice: bool
) -> None:
    settled(engine, "a", Verdict(fate))
    with unit_of_work(engine, UK, LATER) as work:
        actions.resend(work, "a", "the desk\r\nhas not seen it")
    with reading(engine, UK, LATER) as work:
        entry, _ = letter(work, "a")
        (told,) = [row.detail for row in work.session.query(AuditEntry).all()]
    assert (entry.state, entry.is_possible_duplicate) == (LetterState.QUEUED, twice)
    was = {Fate.ACCEPTED: "sent", Fate.UNKNOWN: "uncertain", Fate.REFUSED: "failed"}[fate]
    assert told == {"why": "the desk has not seen it", "was": was, "possible_duplicate": twice}


@pytest.mark.parametrize("why", ["", " \n"])
def test_without_a_reason_nothing_is_dropped_or_sent_again(engine: Engine, why: str) -> None:
    settled(engine, "a", Verdict(Fate.REFUSED))
    with unit_of_work(engine, UK, LATER) as work:
        for act in (actions.drop, actions.resend):
            with pytest.raises(BadInput):
                act(work, "a", why)
    assert states(engine) == {"a": "failed"}


def test_letters_are_listed_by_state(engine: Engine) -> None:
    settled(engine, "a", ACCEPTED)
    enqueue_for_uk(engine, "b")
    with reading(engine, UK, NOW) as work:
        assert [entry.key for entry in letters(work, "uk-nl", states=[LetterState.QUEUED])] == ["b"]
        assert letters(work, "another") == ()


def enqueued(engine: Engine, key: str, *, post: str = "uk/desk", expires_at: datetime | None = None) -> None:
    with unit_of_work(engine, NL if post.startswith("nl") else UK, NOW) as work:
        actions.enqueue(work, draft(key, post), LETTERHEAD, expires_at=expires_at)


def test_what_is_of_no_use_any_more_is_taken_out_and_never_sent(engine: Engine) -> None:
    soon = NOW + timedelta(minutes=5)
    enqueued(engine, "a", expires_at=soon)
    enqueued(engine, "b", expires_at=soon + timedelta(microseconds=1))
    enqueued(engine, "c")
    with unit_of_work(engine, POSTMAN, soon) as work:
        assert [entry.key for entry in sending.claim(work, 9)] == ["b", "c"]
        assert sending.expire(work) == 1
    assert states(engine) == {"a": "expired", "b": "claimed", "c": "claimed"}


def test_an_attempt_does_not_begin_when_a_letter_expired_in_the_batch(engine: Engine) -> None:
    enqueued(engine, "a", expires_at=LATER)
    (taken,) = claimed(engine)
    with unit_of_work(engine, POSTMAN, LATER) as work:
        assert sending.begin(work, taken) is Beginning.TOO_LATE
        assert sending.begin(work, taken) is Beginning.LOST
    assert states(engine) == {"a": "expired"}


def test_a_retry_after_the_end_is_none(engine: Engine) -> None:
    enqueued(engine, "a", expires_at=NOW + timedelta(seconds=30))
    (taken,) = claimed(engine)
    with unit_of_work(engine, POSTMAN, NOW) as work:
        sending.begin(work, taken)
        sending.settle(work, taken, Verdict(Fate.DEFERRED, "451 greylisted"))
    with unit_of_work(engine, POSTMAN, NOW + retry_after("a", 1)) as work:
        assert sending.claim(work, 9) == ()
        sending.expire(work)
    with reading(engine, UK, LATER) as work:
        entry, _ = letter(work, "a")
    assert (entry.state, entry.attempts, entry.last_error) == (LetterState.EXPIRED, 1, "451 greylisted")
    with unit_of_work(engine, UK, LATER) as work, pytest.raises(Conflict):
        actions.resend(work, "a", "still wanted")
    with unit_of_work(engine, UK, LATER) as work:
        actions.drop(work, "a", "told by telephone")
    assert states(engine) == {"a": "dropped"}


def test_sides_take_turns_whatever_one_of_them_has_written(engine: Engine) -> None:
    for number in range(30):
        enqueued(engine, f"uk{number:02}")
    for number in range(3):
        enqueued(engine, f"nl{number}", post="nl/desk")
    assert [entry.key for entry in claimed(engine, limit=4)] == ["nl0", "uk00", "nl1", "uk01"]
    assert [entry.key for entry in claimed(engine, limit=4)] == ["nl2", "uk02", "uk03", "uk04"]


def test_each_side_has_a_share_that_the_other_can_neither_use_up_nor_see(engine: Engine) -> None:
    pace = Pace("relay:25", per_minute=4, sides=2)
    for number in range(9):
        enqueued(engine, f"uk{number}")
    enqueued(engine, "nl0", post="nl/desk")
    with unit_of_work(engine, POSTMAN, NOW) as work:
        begun_at_once = [
            entry.key
            for entry in sending.claim(work, 20)
            if sending.begin(work, entry, pace) is Beginning.BEGUN
        ]
    assert begun_at_once == ["nl0", "uk0", "uk1"]
    again = NOW + timedelta(seconds=30)
    with unit_of_work(engine, POSTMAN, again) as work:
        held_back = sending.claim(work, 20)
        beginnings = [sending.begin(work, entry, pace) for entry in held_back]
    assert [entry.attempt for entry in held_back] == [1] * 7
    assert beginnings == [Beginning.BEGUN] + [Beginning.MUST_WAIT] * 6
    with reading(engine, NL, again) as work:
        assert [row.layer for row in work.session.query(RelayShare).all()] == ["nl"]


def test_what_a_relay_says_of_one_sides_letter_is_not_told_to_the_other(engine: Engine) -> None:
    enqueued(engine, "uk0")
    enqueued(engine, "nl0", post="nl/desk")
    taken = claimed(engine)
    words = "421 closing: too much mail for nl.desk@office.example"
    with unit_of_work(engine, POSTMAN, NOW) as work:
        sending.begin(work, taken[0])
        sending.release(work, taken[1:], verdict=Verdict(Fate.DEFERRED, words, wants_peace=True))
    with reading(engine, UK, NOW) as work:
        entry, _ = letter(work, "uk0")
    assert (entry.state, entry.attempts, entry.last_error) == (LetterState.QUEUED, 0, PEACE)


def test_a_clock_set_back_holds_up_neither_letters_nor_leases(engine: Engine) -> None:
    """What was written and taken at a clock ahead of the true one is found by whoever comes after."""
    year = timedelta(days=365)
    enqueue_for_uk(engine, "a", "b")
    with unit_of_work(engine, POSTMAN, NOW) as work:
        taken = sending.claim(work, 1)[0]
        sending.begin(work, taken)
    assert [entry.key for entry in claimed(engine, now=NOW - year)] == ["b"]
    with unit_of_work(engine, POSTMAN, NOW - year) as work:
        assert sending.recover(work) == 1
    assert states(engine) == {"a": "uncertain", "b": "claimed"}
    with unit_of_work(engine, POSTMAN, NOW - year) as work:
        sending.settle(work, taken, ACCEPTED)
    assert states(engine) == {"a": "sent", "b": "claimed"}


def test_a_sender_whose_clock_is_a_little_ahead_is_let_alone(engine: Engine) -> None:
    begun(engine, "a")
    with unit_of_work(engine, POSTMAN, NOW - LEASE + timedelta(seconds=1)) as work:
        assert sending.recover(work) == 0
    assert states(engine) == {"a": "sending"}


def test_a_clock_set_forward_takes_a_letter_from_nobody_who_still_sends_it(engine: Engine) -> None:
    taken = begun(engine, "a")
    with unit_of_work(engine, POSTMAN, NOW + timedelta(days=365)) as work:
        assert sending.recover(work) == 1
        assert sending.claim(work, 20) == ()
    with unit_of_work(engine, POSTMAN, NOW) as work:
        sending.settle(work, taken, ACCEPTED)
    assert states(engine) == {"a": "sent"}
