"""What speaks against days on offer: each side reads its own books, and cannot tell what stands in the other's."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import Engine, select

from scheduler.actor import Actor
from scheduler.dates.slots import all_day_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.diaries.tables import Diary, DiaryTime
from scheduler.meetings import actions
from scheduler.meetings.choices import Choice
from scheduler.meetings.queries import meeting
from scheduler.partnerships.tables import ClosedDayRow, Post
from scheduler.planning.objections import objections
from scheduler.programmes.loading import load
from tests.builders import (
    NL,
    NOW,
    OPERATOR,
    PARTNERSHIP,
    SECTIONS,
    SMALL,
    UK,
    offered,
    planned,
    programme,
    slot,
)

TUESDAY, KINGS_DAY, FRIDAY = date(2027, 5, 11), date(2027, 4, 27), date(2027, 5, 14)


@pytest.fixture
def house(engine: Engine) -> Engine:
    """Load the small programme with a second obligation that needs the directors of both sides."""
    file = programme(SMALL)
    by_key = {entry["key"]: entry for entry in file["obligations"]}
    by_key["TALK"]["posts"] = by_key["SOC"]["posts"]
    with unit_of_work(engine, OPERATOR, NOW) as work:
        load(work, file, SECTIONS)
    return engine


def offer(engine: Engine) -> str:
    uid = planned(engine, TUESDAY)
    with unit_of_work(engine, UK, NOW) as work:
        actions.offer(work, uid, [Choice(slot(day), "uk", None) for day in (KINGS_DAY, FRIDAY)])
    return uid


def said(engine: Engine, uid: str, actor: Actor, language: str = "en") -> dict[int, list[str]]:
    with reading(engine, actor, NOW) as work:
        found = objections(work, meeting(work, uid))
    return {number: [refusal.reason[language] for refusal in refusals] for number, refusals in found.items()}


def test_closed_days_of_both_countries_are_everybodys_knowledge(house: Engine) -> None:
    uid = offer(house)
    read = said(house, uid, UK)
    assert {number: [text.rpartition(" (")[0] for text in texts] for number, texts in read.items()} == {
        1: [],
        2: ["Tuesday 27 April 2027 is closed (Netherlands): King's Day"],
        3: [],
    }
    assert said(house, uid, NL) == read
    assert [text.rpartition(" (")[0] for text in said(house, uid, NL, "nl")[2]] == [
        "dinsdag 27 april 2027 is gesloten (Nederland): Koningsdag"
    ]


def test_what_a_side_keeps_to_itself_speaks_to_that_side_alone(house: Engine) -> None:
    uid = offer(house)
    before = said(house, uid, UK)
    close(house, FRIDAY, "forbids", "minister on leave")
    close(house, TUESDAY, "costs", "visit of a delegation")
    planned(house, TUESDAY, key="TALK", actor=NL)
    fill_diary(house)
    assert said(house, uid, UK) == before
    own = said(house, uid, NL)
    assert own[1] == [
        "1 day of visit of a delegation for Netherlands (own table)",
        "on Tuesday 11 May 2027 Director is already needed for Exchange (planned by your side)",
        (
            "on Tuesday 11 May 2027 a diary of Netherlands is taken: busy in the diary of Director "
            "(diary of Director, as of 2027-02-01 09:00 UTC)"
        ),
    ]
    assert own[2] == before[2]
    assert own[3] == ["Friday 14 May 2027 is closed (Netherlands): minister on leave (own table)"]


def test_who_may_not_read_diaries_reads_none_beside_the_days_on_offer(house: Engine) -> None:
    uid = offer(house)
    before = said(house, uid, NL)
    fill_diary(house)
    with reading(house, NL, NOW) as work:
        known = objections(work, meeting(work, uid), with_diaries=False)
    assert {number: [entry.reason["en"] for entry in found] for number, found in known.items()} == before
    assert said(house, uid, NL) != before


def test_a_joint_meeting_speaks_to_both_and_a_plan_for_the_same_duty_to_nobody(house: Engine) -> None:
    uid = offer(house)
    planned(house, FRIDAY, actor=NL)
    offered(house, FRIDAY, key="TALK")
    for actor in (UK, NL):
        assert said(house, uid, actor)[3] == [
            "on Friday 14 May 2027 Director is already needed for Exchange (offered)"
        ]


def test_every_day_on_offer_for_another_round_is_a_day_that_it_may_take(house: Engine) -> None:
    uid = offer(house)
    talk = planned(house, date(2027, 6, 1), key="TALK")
    with unit_of_work(house, UK, NOW) as work:
        week = all_day_slot(date(2027, 5, 13), date(2027, 5, 17), "Europe/London")
        actions.offer(work, talk, [Choice(week, "uk", None)])
    assert said(house, uid, NL)[3] == [
        "on Friday 14 May 2027 Director is already needed for Exchange (offered)"
    ]
    with unit_of_work(house, NL, NOW) as work:
        actions.refuse(work, talk, 2)
    assert said(house, uid, NL)[3] == []


def test_nothing_speaks_where_nothing_is_on_offer_and_nothing_binds(house: Engine) -> None:
    uid = offer(house)
    with unit_of_work(house, NL, NOW) as work:
        actions.accept(work, uid, 2)
    assert said(house, uid, NL) == {}


def close(engine: Engine, day: date, effect: str, title: str) -> None:
    with unit_of_work(engine, NL, NOW) as work:
        work.session.add(
            ClosedDayRow(
                partnership=PARTNERSHIP,
                layer="nl",
                party="nl",
                title={"en": title},
                first=day,
                last=day,
                effect=effect,
                levels=[],
                offices=[],
                kind="absence",
                source="own table",
                basis="stated",
            )
        )


def fill_diary(engine: Engine) -> None:
    """Let the diary of the Dutch director hold the afternoon of the first day, as a reading would have left it."""
    with unit_of_work(engine, NL, NOW) as work:
        post = work.session.scalars(select(Post.id).where(Post.party == "nl", Post.key == "director")).one()
        diary = Diary(
            post_id=post,
            key="read",
            address=None,
            set_by="nl",
            set_at=NOW,
            read_at=NOW,
            entries=1,
            skipped={},
            assumed={},
            failures=0,
        )
        work.session.add(diary)
        work.session.flush()
        starts, ends = (datetime.combine(TUESDAY, time(hour), UTC) for hour in (13, 14))
        work.session.add(
            DiaryTime(diary_id=diary.id, starts_at=starts, ends_at=ends, all_day=False, tentative=False)
        )
