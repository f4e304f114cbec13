"""Linking duties for a year: who agreed what, what is refused, and two sides at once."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.audit.queries import latest_changes
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.errors import BadInput, Conflict, DialoguesError, NotFound
from scheduler.meetings.queries import meeting, meetings, owed
from scheduler.obligations.actions import agree_link, end_link, propose_link
from scheduler.obligations.consents import Consent
from scheduler.obligations.links import DutyLinkFacts
from scheduler.obligations.queries import ObligationFacts, duty_links, obligation
from scheduler.obligations.rules import Duty
from scheduler.programmes.loading import SHIPPED
from tests.builders import NL, NOW, PARTNERSHIP, UK, US, agreed, load_files, planned, refusal

Act = Callable[[Work, ObligationFacts, ObligationFacts, int], None]


@pytest.fixture
def house(engine: Engine) -> Engine:
    load_files(engine, SHIPPED / "uk_nl.yaml")
    return engine


def do(
    engine: Engine,
    act: Act,
    actor: Actor = UK,
    *,
    key: str = "JS-R01",
    other: str = "JS-R12",
    year: int = 2027,
) -> None:
    with unit_of_work(engine, actor, NOW) as work:
        act(work, obligation(work, PARTNERSHIP, key), obligation(work, PARTNERSHIP, other), year)


def links(engine: Engine, actor: Actor = NL) -> tuple[DutyLinkFacts, ...]:
    with reading(engine, actor, NOW) as work:
        return duty_links(work, PARTNERSHIP)


def duty(engine: Engine, key: str, on: date) -> Duty:
    with reading(engine, NL, NOW) as work:
        return next(entry.duty for entry in owed(work, PARTNERSHIP, on) if entry.obligation.key == key)


def test_a_link_needs_both_sides_and_either_ends_it(house: Engine) -> None:
    do(house, propose_link)
    assert [(link.is_proposed, link.in_force) for link in links(house)] == [(True, False)]
    do(house, agree_link, NL)
    uk, nl = (Consent(party, f"{party} secretariat", NOW) for party in ("uk", "nl"))
    standing = DutyLinkFacts("JS-R01", "JS-R12", 2027, 1, (uk, nl), NOW, None)
    assert links(house) == links(house, UK) == (standing,)
    do(house, end_link, NL)
    do(house, propose_link, NL)
    assert [(link.number, link.in_force, link.ended) for link in links(house)] == [
        (1, False, nl),
        (2, False, None),
    ]
    with reading(house, UK, NOW) as work:
        changes = latest_changes(work, PARTNERSHIP, 4)
    assert {(change.subject, change.layer) for change in changes} == {("obligation/JS-R01", None)}
    assert [(change.act, change.party, change.detail) for change in changes] == [
        (act, party, {"other": "JS-R12", "year": 2027})
        for act, party in (
            ("link proposed", "nl"),
            ("link ended", "nl"),
            ("link agreed", "nl"),
            ("link proposed", "uk"),
        )
    ]


def test_a_round_counts_for_both_as_long_as_the_link_stands(house: Engine) -> None:
    uid = agreed(house, date(2027, 10, 5), key="JS-R01")
    later = agreed(house, date(2028, 3, 7), key="JS-R01")
    day = date(2027, 9, 1)
    before = duty(house, "JS-R12", day)
    assert before.agreed_for is None
    do(house, propose_link)
    assert duty(house, "JS-R12", day) == before
    do(house, agree_link, NL)
    assert duty(house, "JS-R12", day).agreed_for == date(2027, 10, 5)
    with reading(house, NL, NOW) as work:
        assert meeting(work, uid).duties == ("JS-R01", "JS-R12")
        assert meeting(work, later).duties == ("JS-R01",)
        assert len(meetings(work, PARTNERSHIP, first=day)) == 2
    do(house, end_link, UK)
    assert duty(house, "JS-R12", day) == before


def test_a_plan_of_one_side_counts_for_that_side_alone(house: Engine) -> None:
    do(house, propose_link)
    do(house, agree_link, NL)
    uid = planned(house, date(2027, 10, 5), key="JS-R01")
    with reading(house, UK, NOW) as work:
        assert meeting(work, uid).duties == ("JS-R01", "JS-R12")
    with reading(house, NL, NOW) as work:
        nexts = {entry.obligation.key: entry.next_meeting for entry in owed(work, PARTNERSHIP, NOW.date())}
    assert (nexts["JS-R01"], nexts["JS-R12"]) == (None, None)


def test_what_is_refused(house: Engine) -> None:
    said = [
        refusal(BadInput, do, house, propose_link, key="JS-R05", other="JS-R12"),
        refusal(BadInput, do, house, propose_link, key="JS-R12", other="JS-R01"),
        refusal(BadInput, do, house, propose_link, key="JS-R01", other="JS-R05"),
        refusal(BadInput, do, house, propose_link, year=2024),
        refusal(BadInput, do, house, propose_link, year=2033),
        refusal(NotFound, do, house, propose_link, other="NONE"),
        refusal(NotFound, do, house, propose_link, US),
        refusal(NotFound, do, house, agree_link, NL),
        refusal(NotFound, do, house, end_link, NL),
    ]
    do(house, propose_link)
    said += [refusal(Conflict, do, house, propose_link, NL), refusal(Conflict, do, house, agree_link, UK)]
    do(house, agree_link, NL)
    said += [refusal(Conflict, do, house, propose_link), refusal(Conflict, do, house, agree_link, UK)]
    do(house, end_link)
    said.append(refusal(NotFound, do, house, end_link))
    named = "the link of JS-R12 to the rounds of JS-R01 in 2027"
    unknown = f"{named} is neither proposed nor in force (`dialogues links list` shows every link)"
    taken = f"{named} is proposed or in force already (the other side agrees it, or either side ends it)"
    assert said == [
        (
            "other: no relation may_discharge leads from JS-R05 to JS-R12 "
            "(the programme file names what may be one meeting)"
        ),
        (
            "other: no relation may_discharge leads from JS-R12 to JS-R01 "
            "(the relation leads the other way: link JS-R12 to the rounds of JS-R01)"
        ),
        "other: no relation may_discharge leads from JS-R01 to JS-R05 (its rounds may discharge: JS-R12)",
        "year: 2024 is no year to link them in (give one from 2025 to 2032)",
        "year: 2033 is no year to link them in (give one from 2025 to 2032)",
        "uk-nl has no obligation 'NONE' (`dialogues owed` lists them)",
        "uk-nl has no obligation 'JS-R01' (`dialogues owed` lists them)",
        unknown,
        unknown,
        taken,
        f"your side has agreed to it already: {named} waits for the other side",
        taken,
        f"{named} is in force already",
        unknown,
    ]


def at_once(*acts: Callable[[], None]) -> list[str]:
    """Do several things in the same moment; return what was said to whoever was refused."""
    barrier, said = Barrier(len(acts)), list[str]()

    def attempt(act: Callable[[], None]) -> None:
        barrier.wait()
        try:
            act()
        except DialoguesError as error:
            said.append(type(error).__name__)

    threads = [Thread(target=attempt, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_two_proposals_at_once_make_one_link(house: Engine) -> None:
    said = at_once(lambda: do(house, propose_link, UK), lambda: do(house, propose_link, NL))
    assert (said, len(links(house))) == (["Conflict"], 1)


def test_a_consent_and_an_end_at_once_leave_one_truth(house: Engine) -> None:
    do(house, propose_link)
    said = at_once(lambda: do(house, agree_link, NL), lambda: do(house, end_link, UK))
    (left,) = links(house)
    assert left.ended is not None
    # Whoever was first, nothing is in force: a consent that came second finds no proposal any more.
    assert (left.agreed_at is None) == (said == ["NotFound"])
    assert not left.in_force
