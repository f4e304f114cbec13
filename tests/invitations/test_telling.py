"""What waits for the relay and no longer holds never leaves; an invitation goes again to whoever asks for it."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from scheduler.db.work import reading, unit_of_work
from scheduler.invitations import actions
from scheduler.invitations.itip import Cause, asks_again
from scheduler.meetings.rules import State
from scheduler.outbox.delivery import SENDER
from scheduler.outbox.mailers import Memory
from scheduler.outbox.queries import letters
from scheduler.outbox.rules import DROPPABLE, RESENDABLE, LetterState
from scheduler.outbox.sending.actions import claim
from tests.builders import NL, UK
from tests.invitations.answering import answered, arrives, attendee, mail, reply_calendar, stands, waiting
from tests.invitations.stage import (
    LATER,
    LETTERHEAD,
    NOW,
    SECOND_DAY,
    Got,
    meeting,
    move,
    parsed,
    press,
    seen,
    tell_both,
    tick,
)

DAYS = timedelta(days=1)


def press_without_relay(engine: Engine, uid: str) -> None:
    with unit_of_work(engine, UK, NOW) as work:
        actions.send(work, uid, LETTERHEAD)
    tell_both(engine)


def states(engine: Engine) -> Counter[str]:
    found: Counter[str] = Counter()
    for side in (UK, NL):
        with reading(engine, side, NOW) as work:
            found.update(str(entry.state) for entry in letters(work))
    return found


def gone(relay: Memory) -> list[Got]:
    return [Got(envelope.recipient, parsed(envelope.content)) for envelope in relay.sent]


def test_a_move_holds_back_at_once_what_has_not_left(engine: Engine) -> None:
    uid = meeting(engine)
    press_without_relay(engine, uid)
    count = states(engine)["queued"]
    assert count > 3
    with unit_of_work(engine, SENDER, NOW) as work:
        assert len(claim(work, 2)) == 2  # and the worker has not begun
    move(engine, uid, SECOND_DAY)
    assert states(engine) == {"replaced": count}
    relay = Memory()
    tick(engine, at=LATER, relay=relay)
    assert gone(relay) == []
    with unit_of_work(engine, UK, LATER) as work:
        actions.send(work, uid, LETTERHEAD)
    tick(engine, at=LATER, relay=relay)
    sent = gone(relay)
    assert len(sent) == count
    assert {(entry.value("DTSTART"), entry.value("SEQUENCE")) for entry in sent} == {("20270323T100000", "1")}
    # Nobody had been told of the first day, so nobody is told that it changed.
    assert {entry.cause for entry in seen(engine, UK, uid).told} == {Cause.INVITED}
    assert {str(entry.message["References"]) for entry in sent} == {"None"}


@pytest.mark.parametrize("state", [State.CANCELLED, State.POSTPONED])
def test_called_off_before_it_left_nobody_hears_of_it(engine: Engine, state: State) -> None:
    uid = meeting(engine)
    press_without_relay(engine, uid)
    with unit_of_work(engine, UK, LATER) as work:
        actions.call_off(work, uid, state, "A vote.")
    relay = Memory()
    tick(engine, at=LATER, relay=relay)
    assert gone(relay) == []


def test_several_changes_become_one_letter(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    relay = Memory()
    for day, at in ((SECOND_DAY, LATER), (SECOND_DAY + DAYS, LATER + DAYS)):
        move(engine, uid, day, at=at)
        with unit_of_work(engine, UK, at) as work:
            actions.send(work, uid, LETTERHEAD)
        tell_both(engine, at=at)
    tick(engine, at=LATER + DAYS, relay=relay)
    sent = gone(relay)
    assert Counter(entry.post for entry in sent) == dict.fromkeys({entry.post for entry in sent}, 1)
    assert {entry.value("DTSTART") for entry in sent} == {"20270324T100000"}
    assert {entry.value("SEQUENCE") for entry in sent} == {"2"}
    assert all(entry.message["References"] for entry in sent)


def test_a_removed_delegate_whose_letter_waits_hears_nothing(engine: Engine) -> None:
    uid = meeting(engine)
    press_without_relay(engine, uid)
    post = seen(engine, UK, uid).delegates[0].post
    with unit_of_work(engine, UK, NOW) as work:
        actions.remove_delegate(work, uid, post)
    relay = Memory()
    tick(engine, relay=relay)
    assert {entry.value("METHOD") for entry in gone(relay)} == {"REQUEST"}
    assert post not in {entry.told.post for entry in seen(engine, UK, uid).told}
    held = [entry for entry in seen(engine, UK, uid).ledger if entry.is_held_back]
    assert [entry.told.post for entry in held] == [post]


def test_what_has_left_is_followed_by_a_letter(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    move(engine, uid, SECOND_DAY)
    assert set(states(engine)) == {"sent"}
    press(engine, uid, at=LATER)
    assert {entry.cause for entry in seen(engine, UK, uid).told} == {Cause.INVITED, Cause.MOVED}


def test_whoever_asks_gets_the_invitation_again_alone(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    told = seen(engine, NL, uid).told[0].told
    arrives(engine, answered(uid, told.address), at=NOW + timedelta(minutes=1))
    ask = [
        mail(told.address, reply_calendar(uid, attendee(told.address), method="REFRESH"), text=str(number))
        for number in range(5)
    ]
    relay = Memory()
    hour = timedelta(hours=1)
    for number, content in enumerate(ask, start=1):  # a program that asks whenever it gets one
        assert arrives(engine, content, at=NOW + number * hour) == [True]
        tick(engine, at=NOW + number * hour, relay=relay)
    (again,) = gone(relay)
    assert (again.post, again.value("METHOD"), again.value("UID")) == (told.address, "REQUEST", uid)
    assert (again.value("SEQUENCE"), again.value("DTSTAMP")) == ("0", "20270201T100000Z")
    assert "opnieuw" in again.text
    assert stands(engine, NL, uid)[told.post] == "yes"
    assert waiting(engine, NL) == waiting(engine, UK) == []
    # The day after it is answered once more.
    late = mail(told.address, reply_calendar(uid, attendee(told.address), method="REFRESH"), text="late")
    arrives(engine, late, at=NOW + 2 * DAYS)
    assert tick(engine, at=NOW + 2 * DAYS) == [0, 1]


def test_whoever_asks_after_a_cancellation_gets_it_again_alone(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    told = seen(engine, NL, uid).told[0].told
    with unit_of_work(engine, UK, LATER) as work:
        actions.call_off(work, uid, State.CANCELLED, "A vote.")
    assert tick(engine, at=LATER) == [5, 5]
    relay, hour = Memory(), timedelta(hours=1)
    for number in (1, 2):
        ask = reply_calendar(uid, attendee(told.address), method="REFRESH")
        content = mail(told.address, ask, text=str(number))
        assert arrives(engine, content, at=LATER + number * hour) == [True]
        tick(engine, at=LATER + number * hour, relay=relay)
    (again,) = gone(relay)
    assert (again.post, again.value("METHOD"), again.value("UID")) == (told.address, "CANCEL", uid)
    assert (again.value("SEQUENCE"), again.value("STATUS")) == ("1", "CANCELLED")
    assert "ingetrokken" in again.text
    assert waiting(engine, NL) == waiting(engine, UK) == []


def test_who_is_not_invited_gets_nothing_by_asking(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    desk = next(
        post.mailbox for post in seen(engine, UK, uid).posts.values() if post.key == "ambassador-the-hague"
    )
    invited = {entry.told.address for entry in seen(engine, UK, uid).told}
    assert desk
    assert desk not in invited
    arrives(engine, mail(desk, reply_calendar(uid, attendee(desk), method="REFRESH")))
    assert tick(engine, at=LATER) == [0, 0]
    assert [str(entry.reason) for entry in waiting(engine, UK)] == ["not_invited"]


def test_while_what_stands_is_not_sent_nothing_goes_again(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    told = seen(engine, UK, uid).told[0].told
    move(engine, uid, SECOND_DAY)
    content = mail(told.address, reply_calendar(uid, attendee(told.address), method="REFRESH"))
    arrives(engine, content, at=LATER)
    assert tick(engine, at=LATER) == [0, 0]
    press(engine, uid, at=LATER + DAYS)  # which answers it
    assert tick(engine, at=LATER + DAYS) == [0, 0]


def test_a_day_has_one_answer() -> None:
    again = (Cause.ASKED_AGAIN, NOW)
    invited = (Cause.INVITED, NOW - 3 * DAYS)
    assert asks_again(NOW, [invited])
    assert not asks_again(NOW - 4 * DAYS, [invited])
    assert not asks_again(NOW + DAYS / 2, [invited, again])
    assert asks_again(NOW + DAYS, [invited, again])


def test_held_back_is_final() -> None:
    assert LetterState.REPLACED not in DROPPABLE | RESENDABLE
