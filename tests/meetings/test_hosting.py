"""Handing a round over to another host: place, clocks and consents, the ledger, and who is asked what."""

from collections.abc import Callable
from datetime import date, time
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.audit.queries import latest_changes
from scheduler.dates.slots import all_day_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput, Conflict, DialoguesError, NotFound
from scheduler.meetings import actions
from scheduler.meetings.hosting import host_turns, swap_host
from scheduler.meetings.queries import MeetingFacts, meeting
from scheduler.meetings.rules import State
from scheduler.obligations.actions import agree_hand_over, answer_next_host
from scheduler.obligations.host_turns import HostSwapFacts, HostTurn
from scheduler.obligations.queries import host_ledger, obligation
from tests.builders import (
    NL,
    NOW,
    OPERATOR,
    PARTNERSHIP,
    TODAY,
    UK,
    agreed,
    load_files,
    offered,
    planned,
    refusal,
)

DAY = date(2027, 6, 1)


@pytest.fixture
def house(engine: Engine) -> Engine:
    load_files(engine)
    return engine


def do(engine: Engine, act: Callable[..., None], *words: Any, actor: Actor = UK, **named: Any) -> None:
    with unit_of_work(engine, actor, NOW) as work:
        act(work, *words, **named)


def look(engine: Engine, uid: str, actor: Actor = UK) -> MeetingFacts:
    with reading(engine, actor, NOW) as work:
        return meeting(work, uid)


def ledger(engine: Engine, actor: Actor = UK) -> tuple[HostSwapFacts, ...]:
    with reading(engine, actor, NOW) as work:
        return host_ledger(work, PARTNERSHIP)


def line(engine: Engine) -> HostSwapFacts:
    return next(entry for entry in ledger(engine) if entry.withdrawn_at is None)


def turn(engine: Engine, actor: Actor = UK) -> HostTurn:
    with reading(engine, actor, NOW) as work:
        return host_turns(work, PARTNERSHIP)["SOC"]


def promised_host(engine: Engine) -> str:
    """Return whose word the host of the dialogue is."""
    with reading(engine, NL, NOW) as work:
        return str(obligation(work, PARTNERSHIP, "SOC").basis["host"])


def test_place_clocks_and_consents_change_with_the_host(house: Engine) -> None:
    uid = agreed(house, DAY)
    before = look(house, uid)
    do(house, swap_host, uid, "nl", actor=NL, reason=" an election in London ")
    after = look(house, uid)
    assert (after.host, after.place, after.zone) == (
        "nl",
        {"en": "The Hague", "nl": "Den Haag"},
        "Europe/Amsterdam",
    )
    assert after.slot is not None
    assert (after.slot.first_day, after.slot.start, after.slot.end) == (DAY, time(10), time(16))
    assert (after.state, after.consents) == (State.OFFERED, ("nl",))
    assert after.sequence == before.sequence + 1
    assert (after.basis["host"], after.basis["place"]) == ("set:nl secretariat", "assumed")
    entry = line(house)
    assert (entry.turn, entry.host, entry.year, entry.reason) == ("uk", "nl", 2027, "an election in London")
    assert (entry.agreed_at, entry.is_open, [consent.party for consent in entry.consents]) == (
        None,
        False,
        ["nl"],
    )
    do(house, actions.agree, uid)
    assert (look(house, uid).state, line(house).agreed_at, line(house).is_open) == (State.AGREED, NOW, True)


def test_whole_days_stay_whole_days(house: Engine) -> None:
    uid = planned(house, DAY)
    do(house, actions.move, uid, all_day_slot(DAY, date(2027, 6, 3), "Europe/London"))
    do(house, swap_host, uid, "nl")
    slot = look(house, uid).slot
    assert slot == all_day_slot(DAY, date(2027, 6, 3), "Europe/Amsterdam")


def test_the_turn_waits_for_an_answer_and_then_is_owed(house: Engine) -> None:
    uid = agreed(house, DAY)
    assert turn(house).host == "nl"
    do(house, swap_host, uid, "nl", actor=NL)
    do(house, actions.agree, uid)
    asked = turn(house)
    assert (asked.host, asked.question) == (None, line(house))
    do(house, answer_next_host, uid, "uk")
    assert (turn(house).host, line(house).next, line(house).next_agreed_at) == (None, "uk", None)
    do(house, answer_next_host, uid, "nl", actor=NL)
    assert (line(house).next, [given.party for given in line(house).next_consents]) == ("nl", ["nl"])
    do(house, answer_next_host, uid, "uk", actor=NL)
    do(house, answer_next_host, uid, "uk")
    found = turn(house, NL)
    assert (found.host, found.since, found.question, len(found.debts)) == ("uk", TODAY, None, 1)
    assert found.reason["en"] == (
        "The Hague hosts in 2027 in place of London; both sides agreed on 1 February 2027 that London hosts next"
    )


def test_a_host_who_gets_the_round_back_leaves_no_line_open(house: Engine) -> None:
    uid = agreed(house, DAY)
    do(house, swap_host, uid, "nl", actor=NL)
    do(house, actions.agree, uid)
    do(house, swap_host, uid, "uk")
    assert [entry.withdrawn_at for entry in ledger(house)] == [NOW]
    assert look(house, uid).place == {"en": "London", "nl": "Londen"}
    do(house, actions.agree, uid, actor=NL)
    assert turn(house).host == "nl"
    do(house, swap_host, uid, "nl")
    assert [(entry.turn, entry.host, entry.withdrawn_at) for entry in ledger(house)] == [
        ("uk", "nl", NOW),
        ("uk", "nl", None),
    ]


def test_a_round_called_off_moves_no_turn(house: Engine) -> None:
    uid = agreed(house, DAY)
    do(house, swap_host, uid, "nl", actor=NL)
    do(house, actions.agree, uid)
    do(house, actions.cancel, uid)
    assert (turn(house).host, turn(house).question) == ("uk", None)


def test_the_host_can_be_agreed_without_the_date(house: Engine) -> None:
    uid = offered(house, DAY)
    do(house, swap_host, uid, "nl")
    do(house, agree_hand_over, uid, actor=NL)
    assert (line(house).agreed_at, look(house, uid).state) == (NOW, State.OFFERED)


def test_a_plan_tells_the_other_side_nothing_until_it_is_offered(house: Engine) -> None:
    uid = planned(house, DAY)
    do(house, swap_host, uid, "nl")
    assert ([entry.layer for entry in ledger(house)], ledger(house, NL), ledger(house, OPERATOR)) == (
        ["uk"],
        (),
        (),
    )
    with reading(house, NL, NOW) as work:
        assert [change for change in latest_changes(work, PARTNERSHIP, 50) if "host" in change.act] == []
    assert turn(house) == turn(house, NL)
    said = {
        refusal(NotFound, do, house, act, uid, *further, actor=NL)
        for act, *further in ((agree_hand_over,), (answer_next_host, "nl"))
    }
    assert said == {
        "this round was not handed over to another host (`dialogues hosts list` shows which were)"
    }
    assert refusal(Conflict, do, house, agree_hand_over, uid) == (
        "the other side does not know of this round (offer it first)"
    )
    do(house, actions.offer, uid)
    assert ledger(house) == ledger(house, NL)
    assert [consent.at for consent in line(house).consents] == [NOW]
    do(house, actions.agree, uid, actor=NL)
    assert line(house).is_open


def test_an_offer_tells_nothing_of_the_hosts_that_were_thought_of_before(house: Engine) -> None:
    uid = planned(house, DAY)
    for host in ("nl", "uk", "nl"):
        do(house, swap_host, uid, host, reason="thought\r\n\x1b of")
    do(house, actions.offer, uid)
    # The other side can do whatever it could do with a round that was handed over once.
    for host in ("uk", "nl"):
        do(house, swap_host, uid, host, actor=NL)
    assert ledger(house, NL) == ledger(house)
    assert [(entry.host, entry.withdrawn_at, entry.reason) for entry in ledger(house, NL)] == [
        ("nl", NOW, "thought of"),
        ("nl", None, None),
    ]


def test_a_hand_over_that_the_plan_has_undone_since_is_not_offered(house: Engine) -> None:
    uid = planned(house, DAY)
    before = look(house, uid)
    do(house, swap_host, uid, "nl", reason="thought of")
    do(house, actions.move, uid, before.slot, host="uk", place=before.place)
    do(house, actions.offer, uid)
    assert (ledger(house, NL), ledger(house)) == ((), ())
    assert look(house, uid, NL).basis["host"] == promised_host(house)


def test_nothing_tells_that_a_plan_had_another_host_for_a_while(house: Engine) -> None:
    uid = planned(house, DAY)
    for host in ("nl", "uk"):
        do(house, swap_host, uid, host)
    do(house, actions.offer, uid)
    assert ledger(house) == ()
    assert look(house, uid, NL).basis["host"] == promised_host(house)


def test_the_ledger_names_the_year_that_is_offered(house: Engine) -> None:
    uid = planned(house, DAY)
    do(house, swap_host, uid, "nl")
    do(
        house,
        actions.move,
        uid,
        all_day_slot(DAY.replace(year=2028), DAY.replace(year=2028), "Europe/Amsterdam"),
    )
    do(house, actions.offer, uid)
    assert [entry.year for entry in ledger(house, NL)] == [2028]


def test_what_is_refused(house: Engine) -> None:
    uid = agreed(house, DAY)
    talk = agreed(house, date(2027, 7, 1), key="TALK")
    said = [
        refusal(BadInput, do, house, swap_host, uid, "us"),
        refusal(BadInput, do, house, swap_host, uid, "uk"),
        refusal(Conflict, do, house, swap_host, talk, "nl"),
        refusal(NotFound, do, house, swap_host, "nothing", "nl"),
        refusal(NotFound, do, house, agree_hand_over, uid),
        refusal(NotFound, do, house, answer_next_host, uid, "nl"),
    ]
    do(house, swap_host, uid, "nl")
    said += [
        refusal(Conflict, do, house, agree_hand_over, uid),
        refusal(Conflict, do, house, answer_next_host, uid, "uk"),
    ]
    do(house, actions.agree, uid, actor=NL)
    said += [
        refusal(Conflict, do, house, agree_hand_over, uid),
        refusal(BadInput, do, house, answer_next_host, uid, "us"),
    ]
    do(house, answer_next_host, uid, "uk")
    said.append(refusal(Conflict, do, house, answer_next_host, uid, "uk"))
    do(house, answer_next_host, uid, "uk", actor=NL)
    said.append(refusal(Conflict, do, house, answer_next_host, uid, "nl"))
    do(house, actions.cancel, uid)
    said.append(refusal(Conflict, do, house, swap_host, uid, "uk"))
    held = agreed(house, TODAY)
    do(house, actions.record_held, held, TODAY)
    said.append(refusal(Conflict, do, house, swap_host, held, "nl"))
    nothing = "this round was not handed over to another host (`dialogues hosts list` shows which were)"
    assert said == [
        "host: 'us' is no party to uk-nl (one of uk, nl)",
        "host: United Kingdom hosts this round already (hand it to Netherlands)",
        "no side hosts TALK (its host rule stands in the programme file)",
        "there is no meeting 'nothing' (`dialogues meetings list` shows them)",
        nothing,
        nothing,
        "your side has agreed to this host already (the other side agrees, or does not)",
        "both sides have not agreed to the host of this round yet (agree to the round first)",
        "both sides have agreed to this host already",
        "host: 'us' is no party to uk-nl (one of uk, nl)",
        "your side has answered so already (the other side agrees, or answers otherwise)",
        "it is settled already: United Kingdom hosts next",
        "the meeting is cancelled (only a round still to come can be handed over)",
        "the meeting is held (only a round still to come can be handed over)",
    ]


def test_both_sides_at_once_leave_one_truth(house: Engine) -> None:
    """One side agrees to the round in the moment in which the other hands it over."""
    uid = offered(house, DAY)
    barrier, said = Barrier(2), list[str]()

    def attempt(act: Callable[..., None], *words: Any, actor: Actor) -> None:
        barrier.wait()
        try:
            do(house, act, *words, actor=actor)
        except DialoguesError as error:
            said.append(str(error))

    threads = [
        Thread(target=attempt, args=(actions.agree, uid), kwargs={"actor": NL}),
        Thread(target=attempt, args=(swap_host, uid, "nl"), kwargs={"actor": UK}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == []
    found = look(house, uid)
    assert found.host == line(house).host == "nl"
    # Agreed first, the round is asked anew; agreed second, host and ledger are agreed with it.
    assert (found.state is State.AGREED) == (line(house).agreed_at is not None)
