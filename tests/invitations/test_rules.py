from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from scheduler.dates.slots import all_day_slot, timed_slot
from scheduler.errors import Conflict, NotAllowed
from scheduler.invitations.rules import (
    Arrangement,
    Delegate,
    Role,
    Sending,
    content_of,
    has_ended,
    in_order,
    is_current,
    latest_invitation,
    next_sequence,
    of_use_until,
    refuse_beyond_seats,
    refuse_unsendable,
    require_sender,
    seen_by_the_other_side,
)
from scheduler.meetings.rules import State
from tests.builders import refusal
from tests.invitations.stage import SENDING

DAY = date(2027, 3, 16)
CHAIR = Delegate("uk/director", Role.CHAIR, confirmed_for=DAY)
OTHER_CHAIR = Delegate("uk/deputy", Role.CHAIR)
DESK = Delegate("uk/desk", Role.REQUIRED, confirmed_for=DAY)
READER = Delegate("uk/minister", Role.INFORMED)
EVERYBODY = (READER, DESK, CHAIR, OTHER_CHAIR)
SIDES = ("uk", "nl")


@pytest.mark.parametrize(
    ("is_released", "is_host", "day", "expected"),
    [
        (False, False, DAY, (CHAIR,)),
        (False, False, date(2027, 3, 23), ()),
        (False, False, None, ()),
        (True, False, None, (OTHER_CHAIR, CHAIR, DESK)),
        (True, True, DAY, (CHAIR,)),
        (False, True, DAY, (CHAIR,)),
    ],
)
def test_what_the_other_side_sees(
    *, is_released: bool, is_host: bool, day: date | None, expected: tuple[Delegate, ...]
) -> None:
    assert seen_by_the_other_side(EVERYBODY, day, is_released=is_released, is_host=is_host) == expected


def test_a_list_does_not_tell_in_which_order_it_was_made() -> None:
    assert in_order(EVERYBODY) == in_order(reversed(EVERYBODY)) == (OTHER_CHAIR, CHAIR, DESK, READER)


def test_seats_are_refused_only_when_more_would_come_than_before() -> None:
    refuse_beyond_seats((), EVERYBODY, None)
    refuse_beyond_seats((CHAIR,), (CHAIR, DESK, READER), 2)
    refuse_beyond_seats(EVERYBODY, (CHAIR, DESK), 1)
    refusal(Conflict, refuse_beyond_seats, (CHAIR,), (CHAIR, DESK), 1)


@pytest.mark.parametrize(("party", "host"), [("uk", "uk"), ("nl", None), ("uk", None), ("uk", "third")])
def test_the_host_sends_and_either_side_where_no_side_hosts(party: str, host: str | None) -> None:
    require_sender(party, host, SIDES)


def test_a_guest_does_not_send() -> None:
    with pytest.raises(NotAllowed) as caught:
        require_sender("nl", "uk", SIDES)
    assert [caught.value.line("en"), caught.value.line("nl")] == [
        "send: the host sends the invitations (ask its secretariat)",
        "send: het gastland verstuurt de uitnodigingen (vraag het secretariaat daar)",
    ]


@pytest.mark.parametrize(
    ("state", "is_over", "current"),
    [*((state, False, False) for state in State if state is not State.AGREED), (State.AGREED, True, False)],
)
def test_only_an_agreed_date_to_come_is_sent(*, state: State, is_over: bool, current: bool) -> None:
    refusal(Conflict, refuse_unsendable, state, is_over=is_over, is_current=current)


def changed(**content: object) -> Sending:
    return replace(SENDING, content={**SENDING.content, **content})


@pytest.mark.parametrize(
    ("content", "sequence"),
    [
        ({}, 0),
        ({"languages": ["en"]}, 0),
        ({"interpretation": True}, 0),
        ({"first_day": "2027-03-17"}, 1),
        ({"start_time": "11:00"}, 1),
        ({"host": "nl"}, 1),
        ({"place": {"en": "Lancaster House"}}, 1),
    ],
)
def test_sequence_rises_with_time_and_place_alone(content: dict[str, object], sequence: int) -> None:
    assert next_sequence([SENDING], changed(**content).content) == sequence


def test_what_is_sent_after_calling_off_is_newer_than_the_cancellation() -> None:
    off = replace(SENDING, number=2, is_call_off=True, sequence=1)
    assert next_sequence([SENDING, off], SENDING.content) == 2
    assert latest_invitation([SENDING, off]) == SENDING


@pytest.mark.parametrize(
    ("sendings", "revision", "expected"),
    [
        ([], 2, False),
        ([SENDING], 2, True),
        ([SENDING], 3, False),
        ([changed(languages=["en"])], 2, False),
        ([SENDING, replace(SENDING, number=2, is_call_off=True)], 2, False),
    ],
)
def test_what_stands_was_sent_if_nothing_changed_since(
    *, sendings: list[Sending], revision: int, expected: bool
) -> None:
    assert is_current(sendings, revision, SENDING.content) is expected


@pytest.mark.parametrize(
    "slot",
    [
        timed_slot(DAY, time(10), time(16), "Europe/London"),
        timed_slot(DAY, time(22), time(2), "Europe/Amsterdam", last_day=date(2027, 3, 17)),
        all_day_slot(DAY, date(2027, 3, 20), "Europe/Amsterdam"),
    ],
)
def test_a_sending_says_the_slot_that_it_was_made_of(slot: object) -> None:
    content = content_of(slot, "uk", {"en": "London"}, Arrangement())  # type: ignore[arg-type]
    assert replace(SENDING, content=content).slot == slot


def test_a_meeting_is_over_when_its_last_hour_or_day_is() -> None:
    timed = timed_slot(DAY, time(10), time(16), "Europe/Amsterdam")
    assert not has_ended(timed, datetime(2027, 3, 16, 14, 59, tzinfo=UTC))
    assert has_ended(timed, datetime(2027, 3, 16, 15, 0, tzinfo=UTC))
    whole = all_day_slot(DAY, DAY, "Europe/Amsterdam")
    assert not has_ended(whole, datetime(2027, 3, 16, 22, 59, tzinfo=UTC))
    assert has_ended(whole, datetime(2027, 3, 16, 23, 0, tzinfo=UTC))
    assert not has_ended(None, datetime(2027, 3, 16, 23, 0, tzinfo=UTC))


def test_a_letter_serves_until_the_meeting_begins_and_a_cancellation_until_it_ends() -> None:
    slot = timed_slot(date(2027, 3, 16), time(10), time(16), "Europe/Amsterdam")
    begins, ends = datetime(2027, 3, 16, 9, 0, tzinfo=UTC), datetime(2027, 3, 16, 15, 0, tzinfo=UTC)
    before = datetime(2027, 3, 1, tzinfo=UTC)
    assert of_use_until(slot, before, is_cancellation=False) == begins
    assert of_use_until(slot, before, is_cancellation=True) == ends
    assert of_use_until(slot, begins, is_cancellation=False) == ends
    assert of_use_until(slot, ends, is_cancellation=True) is None
    days = all_day_slot(date(2027, 6, 16), date(2027, 6, 17), "Europe/London")
    assert of_use_until(days, before, is_cancellation=False) == datetime(2027, 6, 16, 23, 0, tzinfo=UTC)
    assert of_use_until(days, before, is_cancellation=True) == datetime(2027, 6, 17, 23, 0, tzinfo=UTC)
