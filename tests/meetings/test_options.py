"""Offering one to three options: who answers what, which becomes the date, and what both sides are told of it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import permutations, product
from typing import Any

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.audit.queries import latest_changes
from scheduler.dates.slots import all_day_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput, Conflict, DialoguesError, NotFound
from scheduler.meetings import actions
from scheduler.meetings.choices import Choice
from scheduler.meetings.queries import MeetingFacts, consents, meeting, notes, owed
from scheduler.meetings.rules import State
from tests.builders import (
    NL,
    NOW,
    OPERATOR,
    PARTNERSHIP,
    UK,
    agreed,
    load_files,
    offered,
    planned,
    refusal,
    slot,
)

FIRST, SECOND, THIRD, FOURTH = (date(2027, 6, day) for day in (1, 8, 15, 22))
LATER = NOW + timedelta(hours=3)
HAGUE = {"en": "The Hague", "nl": "Den Haag"}


@pytest.fixture
def house(engine: Engine) -> Engine:
    load_files(engine)
    return engine


def choice(day: date, host: str | None = "uk") -> Choice:
    return Choice(slot(day), host, HAGUE if host == "nl" else None)


def do(engine: Engine, act: Callable[..., None], *words: Any, actor: Actor = UK, **named: Any) -> None:
    with unit_of_work(engine, actor, LATER if actor is NL else NOW) as work:
        act(work, *words, **named)


def look(engine: Engine, uid: str, actor: Actor = UK) -> MeetingFacts:
    with reading(engine, actor, NOW) as work:
        return meeting(work, uid)


def three(engine: Engine) -> str:
    """Offer a round of the UK on three days, the second in The Hague."""
    uid = planned(engine, FIRST)
    do(engine, actions.offer, uid, [choice(SECOND, "nl"), choice(THIRD)])
    return uid


def options(found: MeetingFacts) -> list[tuple[int, date, str]]:
    return [(option.number, option.day, str(option.state)) for option in found.options]


def stands(found: MeetingFacts) -> tuple[str, date | None, str | None, tuple[str, ...], int, int]:
    return (str(found.state), found.day, found.host, found.consents, found.revision, found.sequence)


def test_three_options_are_known_to_both_and_accepted_by_who_offers_them(house: Engine) -> None:
    uid = three(house)
    seen = look(house, uid, NL)
    assert seen == look(house, uid)
    assert options(seen) == [(1, FIRST, "standing"), (2, SECOND, "standing"), (3, THIRD, "standing")]
    assert stands(seen) == ("offered", FIRST, "uk", ("uk",), 1, 0)
    assert [(entry.party, entry.name, entry.at) for entry in seen.options[2].answers] == [
        ("uk", "uk secretariat", NOW)
    ]
    assert (seen.awaits("uk"), seen.awaits("nl")) == (False, True)


def test_the_option_that_both_accepted_becomes_the_date_and_the_others_are_closed(house: Engine) -> None:
    uid = three(house)
    do(house, actions.accept, uid, 2, actor=NL)
    found = look(house, uid)
    assert stands(found) == ("agreed", SECOND, "nl", ("nl", "uk"), 2, 1)
    assert (found.place, options(found)) == (
        HAGUE,
        [(1, FIRST, "closed"), (2, SECOND, "taken"), (3, THIRD, "closed")],
    )
    assert (found.on_offer, found.awaits("nl")) == ((), False)
    with reading(house, NL, NOW) as work:
        held_by = [(entry.party, entry.name, entry.at) for entry in consents(work, found.id)]
    assert held_by == [("uk", "uk secretariat", NOW), ("nl", "nl secretariat", LATER)]


def test_one_option_alone_is_agreed_as_ever_and_several_are_not(house: Engine) -> None:
    alone, several = offered(house, FIRST), three(house)
    do(house, actions.agree, alone, actor=NL)
    assert stands(look(house, alone)) == ("agreed", FIRST, "uk", ("nl", "uk"), 2, 1)
    assert refusal(Conflict, do, house, actions.agree, several, actor=NL) == (
        "3 options are on offer (accept one of them by its number)"
    )
    for number in (1, 3):
        do(house, actions.refuse, several, number, actor=NL)
    do(house, actions.agree, several, actor=NL)
    assert stands(look(house, several))[:3] == ("agreed", SECOND, "nl")


def test_a_refused_option_stands_no_longer_and_the_meeting_shows_the_next(house: Engine) -> None:
    uid = three(house)
    do(house, actions.refuse, uid, 3, actor=NL)
    assert stands(look(house, uid)) == ("offered", FIRST, "uk", ("uk",), 1, 0)
    do(house, actions.refuse, uid, 1, actor=NL)
    found = look(house, uid)
    assert stands(found) == ("offered", SECOND, "nl", ("uk",), 2, 1)
    assert options(found) == [(1, FIRST, "refused"), (2, SECOND, "standing"), (3, THIRD, "refused")]
    refused = found.options[0].answer_of("nl")
    assert refused
    assert (str(refused.answer), refused.name, refused.at) == ("refused", "nl secretariat", LATER)
    assert refusal(Conflict, do, house, actions.accept, uid, 1, actor=NL) == (
        "option 1 is not on offer (on offer: 2)"
    )


def test_where_no_option_is_left_the_round_is_wanted_again(house: Engine) -> None:
    uid = three(house)
    do(house, actions.refuse, uid, actor=NL)
    found = look(house, uid)
    assert stands(found) == ("wanted", FIRST, "uk", (), 2, 1)
    assert [state for _, _, state in options(found)] == ["refused"] * 3
    with reading(house, UK, NOW) as work:
        soc = next(entry for entry in owed(work, PARTNERSHIP, NOW.date()) if entry.obligation.key == "SOC")
    assert (soc.next_meeting, soc.duty.agreed_for) == (None, None)
    assert refusal(Conflict, do, house, actions.offer, uid) == (
        "both sides know this meeting: it is wanted (move it to offer another date)"
    )
    do(house, actions.offer, uid, [choice(FOURTH), choice(THIRD)], actor=NL)
    again = look(house, uid)
    assert stands(again) == ("offered", FOURTH, "uk", ("nl",), 3, 2)
    assert options(again)[3:] == [(4, FOURTH, "standing"), (5, THIRD, "standing")]
    do(house, actions.accept, uid, 5)
    assert stands(look(house, uid))[:2] == ("agreed", THIRD)


def test_the_reason_of_a_refusal_is_a_note_of_the_side_that_refuses(house: Engine) -> None:
    uid = three(house)
    do(house, actions.refuse, uid, 2, "  the minister is away  ", actor=NL)
    do(house, actions.refuse, uid, reason="none of them, then", actor=NL)
    read, trail = {}, {}
    for actor in (UK, NL, OPERATOR):
        with reading(house, actor, NOW) as work:
            read[actor.party] = [(note.option, note.text) for note in notes(work, meeting(work, uid).id)]
            trail[actor.party] = [
                (change.act, change.layer, change.detail)
                for change in latest_changes(work, PARTNERSHIP, 100)[::-1]
                if change.subject == f"meeting/{uid}" and change.party == "nl"
            ]
    joint = [
        ("refused", None, {"options": [2], "state": "offered"}),
        ("refused", None, {"options": [1, 3], "state": "wanted"}),
    ]
    own = [("noted", "nl", {}), joint[0], ("noted", "nl", {}), joint[1]]
    assert trail == {"uk": joint, "nl": own, None: joint}
    assert read == {"uk": [], "nl": [(2, "the minister is away"), (None, "none of them, then")], None: []}


def test_a_refusal_with_a_reason_looks_to_the_other_side_like_one_without(house: Engine) -> None:
    ids = []
    for reason in ("", "never again in London"):
        uid = three(house)
        do(house, actions.refuse, uid, 1, reason, actor=NL)
        ids.append(uid)
    without, with_one = (look(house, uid) for uid in ids)
    assert (with_one.options, stands(with_one), with_one.changed_at) == (
        without.options,
        stands(without),
        without.changed_at,
    )


def test_what_a_side_offered_it_withdraws_and_what_another_offered_it_refuses(house: Engine) -> None:
    uid = three(house)
    assert refusal(Conflict, do, house, actions.refuse, uid, 1) == (
        "your own side offered this date (withdraw it)"
    )
    assert (
        refusal(Conflict, do, house, actions.refuse, uid) == "your own side offered this date (withdraw it)"
    )
    assert refusal(Conflict, do, house, actions.withdraw, uid, 1, actor=NL) == (
        "another side offered this date (refuse it)"
    )
    do(house, actions.withdraw, uid, 1)
    assert (options(look(house, uid))[0], stands(look(house, uid))[1]) == ((1, FIRST, "withdrawn"), SECOND)
    do(house, actions.withdraw, uid)
    assert stands(look(house, uid))[0] == "wanted"


def test_the_other_side_offers_days_of_its_own_beside_those_on_offer(house: Engine) -> None:
    uid = offered(house, FIRST)
    do(house, actions.offer, uid, [choice(FOURTH, "nl")], actor=NL)
    found = look(house, uid)
    assert stands(found) == ("offered", FIRST, "uk", ("uk",), 1, 0)
    assert (found.awaits("uk"), found.awaits("nl")) == (True, True)
    do(house, actions.accept, uid, 2)
    assert stands(look(house, uid))[:4] == ("agreed", FOURTH, "nl", ("nl", "uk"))


def test_a_move_offers_another_date_in_place_of_all_options(house: Engine) -> None:
    uid = three(house)
    do(house, actions.move, uid, slot(FOURTH), actor=NL)
    found = look(house, uid)
    assert stands(found) == ("offered", FOURTH, "uk", ("nl",), 2, 1)
    assert [state for _, _, state in options(found)] == ["closed", "closed", "closed", "standing"]
    assert refusal(Conflict, do, house, actions.accept, uid, 2) == "option 2 is not on offer (on offer: 4)"


@pytest.mark.parametrize("act", [actions.postpone, actions.cancel])
@pytest.mark.parametrize("make", [three, lambda engine: agreed(engine, FIRST)])
def test_nothing_stays_on_offer_for_a_meeting_that_is_off(
    house: Engine, act: Callable[..., None], make: Callable[[Engine], str]
) -> None:
    uid = make(house)
    do(house, act, uid)
    assert {str(option.state) for option in look(house, uid).options} == {"closed"}
    assert refusal(Conflict, do, house, actions.accept, uid, 1, actor=NL).startswith("the meeting is ")


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ([SECOND, THIRD, FOURTH], "day: 4 options are too many (offer at most 3 at a time)"),
        ([SECOND, SECOND], "day: 8 June 2027 is offered twice (offer different days)"),
        ([FIRST], "day: 1 June 2027 is offered twice (offer different days)"),
        ([date(2027, 1, 29)], "day: 29 January 2027 lies in the past (choose a day from 1 February 2027 on)"),
        ([date(2037, 2, 9)], "day: 9 February 2037 is too far ahead (choose a day until 8 February 2037)"),
    ],
)
def test_what_cannot_be_offered(house: Engine, days: list[date], message: str) -> None:
    new, known = planned(house, FIRST), offered(house, FIRST)
    for uid in (new, known):
        before = look(house, uid)
        assert refusal(BadInput, do, house, actions.offer, uid, [choice(day) for day in days]) == message
        assert look(house, uid) == before


def test_the_same_day_at_another_host_or_of_whole_days_is_another_option(house: Engine) -> None:
    uid = planned(house, FIRST)
    whole = Choice(all_day_slot(FIRST, FIRST, "Europe/London"), "uk", None)
    do(house, actions.offer, uid, [choice(FIRST, "nl"), whole])
    assert [option.host for option in look(house, uid, NL).on_offer] == ["uk", "nl", "uk"]


def test_an_agreed_date_is_moved_and_not_offered_beside_others(house: Engine) -> None:
    uid = agreed(house, FIRST)
    assert refusal(Conflict, do, house, actions.offer, uid, [choice(SECOND)]) == (
        "both sides know this meeting: it is agreed (move it to offer another date)"
    )


def test_options_of_a_plan_that_is_not_offered_do_not_exist_for_the_other_side(house: Engine) -> None:
    uid = planned(house, FIRST)
    for act in (actions.accept, actions.refuse, actions.withdraw):
        assert refusal(NotFound, do, house, act, uid, 1, actor=NL).startswith("there is no meeting ")


def test_whatever_the_order_of_two_acts_nothing_is_lost(house: Engine) -> None:
    """The second of two acts either follows from what the first left, or is refused and changes nothing."""
    acts: dict[str, tuple[Callable[..., None], tuple[Any, ...], Actor]] = {
        "nl accepts 2": (actions.accept, (2,), NL),
        "nl refuses 2": (actions.refuse, (2,), NL),
        "uk withdraws 2": (actions.withdraw, (2,), UK),
        "uk moves": (actions.move, (slot(FOURTH),), UK),
        "nl offers": (actions.offer, ([choice(THIRD)],), NL),
    }
    for one, other in permutations(acts, 2):
        uid = planned(house, FIRST)
        do(house, actions.offer, uid, [choice(SECOND)])
        for name in (one, other):
            act, words, actor = acts[name]
            before = look(house, uid)
            try:
                do(house, act, uid, *words, actor=actor)
            except Conflict:
                assert look(house, uid) == before
        consistent(house, uid)


RACES: tuple[tuple[tuple[str, int], tuple[str, int]], ...] = tuple(
    product((("accept", 2), ("refuse", 1)), (("withdraw", 2), ("withdraw", 1), ("move", 0)))
)


@pytest.mark.parametrize(("dutch", "british"), RACES)
def test_both_sides_at_once_lose_nothing(
    house: Engine, dutch: tuple[str, int], british: tuple[str, int]
) -> None:
    uid = three(house)
    start = threading.Barrier(2)

    def run(actor: Actor, name: str, number: int) -> str:
        start.wait()
        try:
            do(house, getattr(actions, name), uid, slot(FOURTH) if name == "move" else number, actor=actor)
        except DialoguesError as refused:
            return refused.message["en"]
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = [pool.submit(run, NL, *dutch), pool.submit(run, UK, *british)]
        said = [outcome.result() for outcome in outcomes]
    assert "done" in said
    found = consistent(house, uid)
    with reading(house, UK, NOW) as work:
        acts = [
            change.act
            for change in latest_changes(work, PARTNERSHIP, 100)
            if change.subject == f"meeting/{uid}" and change.act not in {"planned", "offered"}
        ]
    assert len(acts) == said.count("done")
    if found.state is State.AGREED:
        assert (found.day, found.consents) == (SECOND, ("nl", "uk"))


def consistent(engine: Engine, uid: str) -> MeetingFacts:
    """Check that a meeting says what its options say, for both sides alike; return it."""
    found = look(engine, uid)
    assert found == look(engine, uid, NL)
    taken = [option for option in found.options if option.state == "taken"]
    shown = taken or list(found.on_offer)
    assert {State.AGREED: 1, State.OFFERED: 0}.get(found.state, 0) == len(taken)
    if found.state is not State.WANTED:
        assert (found.slot, found.host, found.place) == (shown[0].slot, shown[0].host, shown[0].place)
    accepted = [entry.party for entry in shown[0].answers if entry.answer == "accepted"] if shown else []
    assert found.consents == tuple(sorted(accepted))
    return found
