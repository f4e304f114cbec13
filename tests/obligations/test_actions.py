"""Skips and intervals: who agreed what, and what is refused."""

from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.audit.queries import latest_changes
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.obligations.actions import agree_skip, propose_skip, set_interval
from scheduler.obligations.queries import agreed_skips, obligation
from scheduler.obligations.queries import skips as skips_known
from tests.builders import NL, NOW, PARTNERSHIP, UK, load_files, refusal, refused

DUE = date(2027, 3, 24)


@pytest.fixture
def house(engine: Engine) -> Engine:
    load_files(engine)
    return engine


def propose(engine: Engine, key: str = "SOC", reason: str = "elections", due: date = DUE) -> None:
    with unit_of_work(engine, UK, NOW) as work:
        propose_skip(work, obligation(work, PARTNERSHIP, key), due, reason)


def agree(engine: Engine, key: str = "SOC", actor: Actor = NL) -> None:
    with unit_of_work(engine, actor, NOW) as work:
        agree_skip(work, obligation(work, PARTNERSHIP, key), DUE)


def interval(engine: Engine, key: str, months: int, who: str = "a director") -> None:
    with unit_of_work(engine, UK, NOW) as work:
        set_interval(work, obligation(work, PARTNERSHIP, key), months, who)


def skips(engine: Engine) -> tuple[date, ...]:
    with reading(engine, NL, NOW) as work:
        return tuple(day for days in agreed_skips(work, PARTNERSHIP).values() for day in days)


def test_a_skip_needs_both_sides(house: Engine) -> None:
    propose(house)
    assert skips(house) == ()
    agree(house, actor=UK)
    assert skips(house) == ()
    agree(house)
    assert skips(house) == (DUE,)
    with reading(house, UK, NOW) as work:
        changes = latest_changes(work, PARTNERSHIP, 3)
    assert [
        (change.act, change.party, change.subject, change.layer, change.detail) for change in changes
    ] == [
        ("skip agreed", "nl", "obligation/SOC", None, {"due": "2027-03-24"}),
        ("skip agreed", "uk", "obligation/SOC", None, {"due": "2027-03-24"}),
        ("skip proposed", "uk", "obligation/SOC", None, {"due": "2027-03-24"}),
    ]


def test_what_is_refused_about_skips(house: Engine) -> None:
    said = [
        refusal(BadInput, propose, house, reason=" "),
        refusal(Conflict, propose, house, "TALK"),
        refusal(BadInput, propose, house, due=date(2028, 2, 2)),
        refusal(BadInput, propose, house, due=date(2025, 12, 2)),
        refusal(NotFound, agree, house),
    ]
    propose(house)
    said.append(refusal(Conflict, propose, house))
    agree(house)
    said.append(refusal(Conflict, agree, house))
    assert said == [
        "reason: a skip needs a reason (both sides will read it)",
        "TALK owes no date, so there is none to skip",
        "due: no round is due 2 February 2028 (the obligation says by which day a round is due)",
        "due: no round is due 2 December 2025 (the obligation says by which day a round is due)",
        "nobody has proposed to skip SOC due 24 March 2027 (propose it first)",
        "that skip has been proposed already (the other side agrees, or does not)",
        "to skip SOC due 24 March 2027 is agreed already",
    ]


def test_refusals_are_said_in_dutch(house: Engine) -> None:
    faults = [
        refused(BadInput, propose, house, due=date(2028, 2, 2)),
        refused(NotFound, agree, house),
        refused(BadInput, interval, house, "TALK", 0),
    ]
    assert [fault.line("nl") for fault in faults] == [
        "due: er is geen ronde vereist op 2 februari 2028 (de uiterste datum staat bij de verplichting)",
        "niemand heeft voorgesteld de ronde van SOC van 24 maart 2027 over te slaan (stel het eerst voor)",
        "months: 0 maanden is geen termijn (geef een geheel getal van 1 tot en met 240)",
    ]


def test_an_interval_is_its_setters(house: Engine) -> None:
    interval(house, "TALK", 6, " Director Cyber ")
    with reading(house, NL, NOW) as work:
        found = obligation(work, PARTNERSHIP, "TALK").cadence
        latest = latest_changes(work, PARTNERSHIP, 1)[0]
    assert (found.months, found.set_by) == (6, "Director Cyber")
    assert (latest.act, latest.detail) == ("interval set", {"months": 6, "who": "Director Cyber"})


def test_what_is_refused_about_intervals(house: Engine) -> None:
    assert [
        refusal(BadInput, interval, house, "TALK", 0),
        refusal(BadInput, interval, house, "TALK", 241),
        refusal(BadInput, interval, house, "TALK", 12, " "),
        refusal(Conflict, interval, house, "SOC", 12),
        refusal(NotFound, interval, house, "NONE", 12),
    ] == [
        "months: 0 months is no interval (give a whole number from 1 to 240)",
        "months: 241 months is no interval (give a whole number from 1 to 240)",
        "who: an interval needs somebody who sets it (name the post or the office)",
        "the text itself says how often SOC is owed",
        "uk-nl has no obligation 'NONE' (`dialogues owed` lists them)",
    ]


def test_two_consents_at_once_both_count(house: Engine) -> None:
    """Both sides press the button in the same moment: neither consent may be written over the other."""
    propose(house)
    barrier, said = Barrier(2), []

    def consent() -> None:
        barrier.wait()
        try:
            agree(house)
        except Conflict as conflict:
            said.append(conflict.message["en"])

    threads = [Thread(target=consent) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (said, skips(house)) == (["to skip SOC due 24 March 2027 is agreed already"], (DUE,))


def test_two_proposals_at_once_make_one_skip(house: Engine) -> None:
    barrier, said = Barrier(2), list[str]()

    def attempt(actor: Actor) -> None:
        barrier.wait()
        try:
            with unit_of_work(house, actor, NOW) as work:
                propose_skip(work, obligation(work, PARTNERSHIP, "SOC"), DUE, "elections")
        except Conflict as conflict:
            said.append(conflict.message["en"])

    threads = [Thread(target=attempt, args=(actor,)) for actor in (UK, NL)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(house, UK, NOW) as work:
        found = skips_known(work, PARTNERSHIP)
    assert (said, [(skip.obligation, skip.due, len(skip.consents)) for skip in found]) == (
        ["that skip has been proposed already"],
        [("SOC", DUE, 1)],
    )
