from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.ical.scheduling import Method
from scheduler.invitations.itip import Cause, Message, Seat, Standing, Told, latest, messages, stamp_after
from scheduler.invitations.rules import Role, Sending, latest_invitation, next_sequence
from tests.invitations.stage import NOW, SENDING

DAYS = ("2027-03-16", "2027-03-23")
SEATS = (
    Seat("uk/director", Role.CHAIR, "director@uk.example"),
    Seat("uk/desk", Role.REQUIRED, "desk@uk.example"),
    Seat("uk/desk", Role.REQUIRED, "other@uk.example"),
    Seat("uk/embassy", Role.OPTIONAL, "embassy@uk.example"),
    Seat("uk/secretariat", Role.INFORMED, None),
)


def told(message: Message, at: datetime = NOW) -> Told:
    """Return what the ledger says once a message went."""
    return Told(
        message.post,
        message.role,
        message.address,
        message.method,
        message.sequence,
        stamp_after(at, message.before),
        message.sending,
    )


def said(found: tuple[Message, ...]) -> list[tuple[str, str, Cause, int]]:
    return [(entry.address, str(entry.method), entry.cause, entry.sequence) for entry in found]


def test_everybody_with_an_address_is_invited_once() -> None:
    first = messages(SEATS[:2], (), Standing(invitation=SENDING))
    assert said(first) == [
        ("desk@uk.example", "REQUEST", Cause.INVITED, 0),
        ("director@uk.example", "REQUEST", Cause.INVITED, 0),
    ]
    assert messages(SEATS[:2], map(told, first), Standing(invitation=SENDING)) == ()
    assert messages(SEATS[4:], (), Standing(invitation=SENDING)) == ()


def test_two_posts_read_at_one_address_get_one_message_for_the_more_important_role() -> None:
    shared = [
        Seat("uk/desk", Role.OPTIONAL, "Office@uk.example"),
        Seat("uk/minister", Role.CHAIR, "office@uk.example"),
    ]
    (only,) = messages(shared, (), Standing(invitation=SENDING))
    assert (only.post, only.role) == ("uk/minister", Role.CHAIR)
    (details,) = messages(shared[:1], [told(only)], Standing(invitation=SENDING))
    assert (details.post, details.cause, details.sequence) == ("uk/desk", Cause.DETAILS, 0)


def test_silence_while_what_stands_was_not_sent() -> None:
    first = [told(entry) for entry in messages(SEATS[:1], (), Standing(invitation=SENDING))]
    assert messages(SEATS, first, Standing()) == ()
    assert said(messages((), first, Standing())) == [("director@uk.example", "CANCEL", Cause.REMOVED, 1)]


@pytest.mark.parametrize("cause", [Cause.CANCELLED, Cause.POSTPONED])
def test_calling_off_is_told_to_whoever_was_invited_and_once(cause: Cause) -> None:
    first = [told(entry) for entry in messages(SEATS[:2], (), Standing(invitation=SENDING))]
    off = messages(SEATS, first, Standing(off=cause))
    assert {(entry.method, entry.cause, entry.sequence) for entry in off} == {(Method.CANCEL, cause, 1)}
    assert len(off) == 2
    assert messages(SEATS, [*first, *map(told, off)], Standing(off=cause)) == ()


def test_what_is_over_is_told_to_nobody() -> None:
    assert messages(SEATS, (), Standing(invitation=SENDING, is_over=True)) == ()


def test_stamps_rise_within_a_second_and_when_a_clock_is_set_back() -> None:
    (message,) = messages(SEATS[:1], (), Standing(invitation=SENDING))
    known = told(message, NOW + timedelta(microseconds=400))
    assert known.stamp == NOW
    assert stamp_after(NOW - timedelta(hours=1), known) == NOW + timedelta(seconds=1)


EDITS = st.one_of(
    st.tuples(st.just("seats"), st.sets(st.sampled_from(SEATS))),
    st.tuples(st.just("day"), st.sampled_from(DAYS)),
    st.tuples(st.just("press"), st.none()),
    st.tuples(st.just("tick"), st.none()),
    st.tuples(st.just("off"), st.none()),
)


class House:
    """A meeting with one delegation, on which edits, presses and ticks fall in any order."""

    def __init__(self) -> None:
        self.seats: set[Seat] = set()
        self.day, self.off, self.pressed = DAYS[0], False, False
        self.sendings: list[Sending] = []
        self.ledger: list[Told] = []

    def do(self, what: str, value: object) -> None:
        match what:
            case "seats":
                self.seats = set(value)  # type: ignore[call-overload]
            case "day":
                self.pressed = self.pressed and value == self.day
                self.day, self.off = str(value), False
            case "press":
                self.press()
            case "tick":
                self.tick()
            case _:
                self.off, self.pressed = True, False

    def press(self) -> None:
        """Send what stands; a meeting that was called off has a date again."""
        self.off, self.pressed = False, True
        content = {**SENDING.content, "first_day": self.day, "last_day": self.day}
        number, sequence = len(self.sendings) + 1, next_sequence(self.sendings, content)
        self.sendings.append(replace(SENDING, number=number, sequence=sequence, content=content))

    def tick(self) -> None:
        invitation = latest_invitation(self.sendings) if self.pressed else None
        off = Cause.CANCELLED if self.off else None
        for entry in messages(self.seats, self.ledger, Standing(invitation=invitation, off=off)):
            self.ledger.append(told(entry))

    def holds(self) -> dict[str, tuple[str, Role, str]]:
        """Return what stands in the calendar of each address that was invited."""
        return {
            address: (entry.post, entry.role, entry.sending.content["first_day"])
            for address, entry in latest(self.ledger).items()
            if entry.method is Method.REQUEST
        }


@settings(max_examples=200)
@given(st.lists(EDITS, max_size=14), st.sets(st.sampled_from(SEATS)), st.sampled_from(DAYS))
def test_whatever_happened_before_a_press_and_a_tick_end_in_the_same_calendars(
    edits: list[tuple[str, object]], seats: set[Seat], day: str
) -> None:
    tried, straight = House(), House()
    for house, before in ((tried, edits), (straight, [])):
        for edit in (*before, ("seats", seats), ("day", day), ("press", None), ("tick", None)):
            house.do(*edit)
        assert messages(house.seats, house.ledger, Standing(invitation=house.sendings[-1])) == ()
    assert tried.holds() == straight.holds()


@settings(max_examples=200)
@given(st.lists(EDITS, max_size=20))
def test_no_calendar_ever_gets_what_it_must_take_for_older(edits: list[tuple[str, object]]) -> None:
    house = House()
    for edit in edits:
        house.do(*edit)
    by_address: dict[str, list[Told]] = {}
    for entry in house.ledger:
        by_address.setdefault(entry.address, []).append(entry)
    for entries in by_address.values():
        versions = [(entry.sequence, entry.stamp) for entry in entries]
        assert versions == sorted(set(versions))
        assert entries[0].method is Method.REQUEST
        for before, now in pairwise(entries):
            moved = before.sending.slot != now.sending.slot
            raises = moved or now.method is Method.CANCEL or before.method is Method.CANCEL
            assert (now.sequence > before.sequence) or not raises
            assert (before.method, now.method) != (Method.CANCEL, Method.CANCEL)
