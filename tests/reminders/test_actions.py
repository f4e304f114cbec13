from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, update

from scheduler.dates.slots import timed_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.actions import cancel, move, offer, postpone, refuse, write_note
from scheduler.meetings.choices import Choice
from scheduler.outbox.queries import letter
from scheduler.outbox.rules import LetterState
from scheduler.partnerships.tables import Post
from scheduler.reminders.actions import Given
from scheduler.reminders.queries import no_agendas, outlook
from tests.reminders.stage import (
    FIRST_OF_JUNE,
    NL,
    START,
    UK,
    agreed,
    found,
    give,
    given,
    letters_of,
    planned,
    said,
)

SPRING = datetime(2027, 4, 26, 8, 30, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
DRAFT = (
    "uk/crime-desk",
    "First draft agenda to the other side, by Tuesday 27 April 2027: Organised Crime Dialogue",
)
CONCEPT = (
    "nl/crime-desk",
    "Eerste conceptagenda naar de andere zijde, uiterlijk dinsdag 27 april 2027: Misdaaddialoog",
)


@pytest.fixture(autouse=True)
def programme(engine: Engine) -> None:
    found(engine)


def told_before(engine: Engine) -> None:
    """Let both sides be told what is due before the weeks of the test, so that only its own letters are new."""
    agreed(engine, "MIN", timed_slot(date(2027, 12, 7), time(10), time(12), "Europe/London"))
    for actor in (UK, NL):
        for day in (datetime(2027, 4, 7, 12, tzinfo=UTC), datetime(2027, 4, 23, 12, tzinfo=UTC)):
            give(engine, actor, day)


def test_each_side_is_told_on_the_working_day_of_its_own_country(engine: Engine) -> None:
    agreed(engine)
    told_before(engine)
    before = {actor: len(said(engine, actor)) for actor in (UK, NL)}
    told = {}
    for now in (SPRING, SPRING + ONE_DAY):
        for actor in (UK, NL):
            give(engine, actor, now)
            told[actor, now.day] = said(engine, actor)[before[actor] :]
    assert told == {
        (UK, 26): [],
        (NL, 26): [CONCEPT],
        (UK, 27): [DRAFT],
        (NL, 27): [CONCEPT],
    }


def test_nothing_is_told_twice_not_even_after_a_week(engine: Engine) -> None:
    agreed(engine)
    assert give(engine, NL, SPRING).enqueued == 2
    for later in (SPRING, SPRING + timedelta(minutes=1), SPRING + timedelta(days=7)):
        assert give(engine, NL, later) == Given(0, 0, 0)


def test_of_many_at_once_one_tells(engine: Engine) -> None:
    agreed(engine)
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda _: give(engine, NL, SPRING), range(4)))
    assert sorted(outcome.enqueued for outcome in outcomes) == [0, 0, 0, 2]
    assert len(letters_of(engine, NL)) == 2


def test_a_post_gets_one_letter_for_all_that_falls_on_one_moment(engine: Engine) -> None:
    agreed(engine)
    give(engine, UK, datetime(2027, 5, 18, 8, 30, tzinfo=UTC))
    assert given(engine, UK) == [
        ("uk/crime-desk", "briefing_commissioned"),
        ("uk/secretariat", "agenda_agreed"),
        ("uk/secretariat", "date_wanted"),
        ("uk/secretariat", "delegations"),
    ]
    assert [post for post, _ in said(engine, UK)] == ["uk/crime-desk", "uk/secretariat"]


def test_the_letter_of_one_reminder_has_its_name(engine: Engine) -> None:
    uid = agreed(engine)
    give(engine, NL, SPRING)
    keys = {entry.post: entry.key for entry in letters_of(engine, NL)}
    assert keys["nl/crime-desk"] == f"reminder/{uid}/first_draft/nl/crime-desk/1"


def test_a_round_that_moves_is_told_anew_and_what_was_not_sent_is_dropped(engine: Engine) -> None:
    uid = agreed(engine)
    give(engine, NL, SPRING)
    with unit_of_work(engine, NL, SPRING) as work:
        move(work, uid, timed_slot(date(2027, 6, 8), time(10), time(16), "Europe/London"))
    assert give(engine, NL, SPRING + timedelta(minutes=1)).dropped == 1
    fates = {entry.key: entry.state for entry in letters_of(engine, NL) if entry.post == "nl/crime-desk"}
    assert fates == {f"reminder/{uid}/first_draft/nl/crime-desk/1": LetterState.DROPPED}


@pytest.mark.parametrize("ending", [cancel, postpone])
def test_when_the_reason_is_gone_there_is_silence(engine: Engine, ending: object) -> None:
    assert callable(ending)
    uid = agreed(engine)
    with unit_of_work(engine, UK, START) as work:
        ending(work, uid)
    for number in range(0, 60, 6):
        give(engine, NL, SPRING + timedelta(days=number))
    assert [post for post, _ in said(engine, NL) if post != "nl/secretariat"] == []


def test_a_plan_of_one_side_is_told_to_that_side_alone(engine: Engine) -> None:
    uid = planned(engine)
    with unit_of_work(engine, UK, START) as work:
        write_note(work, uid, "CANARY of the note")
    for day in (datetime(2026, 9, 2, 12, tzinfo=UTC), datetime(2027, 2, 2, 12, tzinfo=UTC)):
        for actor in (UK, NL):
            give(engine, actor, day)
    assert said(engine, UK) == [
        ("uk/secretariat", "2 rounds need you: Seek a date, Ministers’ Dialogue, and more")
    ]
    assert said(engine, NL) == [
        ("nl/secretariat", "Data gezocht voor 2 rondes: Ministersdialoog en andere"),
    ]
    contents = []
    for entry in letters_of(engine, NL):
        with reading(engine, NL, START) as work:
            contents.append(letter(work, entry.key)[1])
    assert [content for content in contents if uid.encode() in content or b"CANARY" in content] == []


def test_an_offer_that_waits_is_told_to_the_side_that_has_not_answered(engine: Engine) -> None:
    uid = planned(engine)
    with unit_of_work(engine, UK, START) as work:
        offer(work, uid)
    winter = datetime(2027, 2, 3, 12, tzinfo=UTC)
    for actor in (UK, NL):
        give(engine, actor, winter)
    assert given(engine, UK) == [("uk/secretariat", "date_wanted")]
    assert given(engine, NL) == [("nl/secretariat", "date_wanted"), ("nl/secretariat", "save_the_date")]


def test_a_minister_is_written_to_where_the_letters_go(engine: Engine) -> None:
    agreed(engine, "MIN", timed_slot(date(2027, 3, 9), time(10), time(12), "Europe/London"))
    give(engine, UK, datetime(2027, 3, 2, 12, tzinfo=UTC))
    packs = [entry for entry in letters_of(engine, UK) if "Briefing pack" in entry.subject]
    assert [(entry.post, entry.address) for entry in packs] == [("uk/private-office", "office@fcdo.example")]


def test_for_a_post_without_mailbox_the_secretariat_is_told(engine: Engine) -> None:
    agreed(engine, "MIN", timed_slot(date(2027, 3, 9), time(10), time(12), "Europe/London"))
    give(engine, NL, datetime(2027, 3, 2, 12, tzinfo=UTC))
    assert ("nl/secretariat", "briefing_pack") in given(engine, NL)
    assert {entry.address for entry in letters_of(engine, NL)} == {"secretariaat@bz.example"}


def test_one_letter_that_cannot_be_written_stops_no_other(engine: Engine) -> None:
    agreed(engine)
    with unit_of_work(engine, NL, START) as work:
        work.session.execute(update(Post).where(Post.key == "crime-desk").values(mailbox="no address at all"))
    assert give(engine, NL, SPRING) == Given(enqueued=1, dropped=0, failed=1)
    with unit_of_work(engine, NL, START) as work:
        work.session.execute(update(Post).where(Post.key == "crime-desk").values(mailbox="desk@jenv.example"))
    assert give(engine, NL, SPRING) == Given(enqueued=1, dropped=0, failed=0)


def test_an_offer_is_answered_by_who_has_not_and_sought_anew_by_both_once_refused(engine: Engine) -> None:
    uid = planned(engine)
    moved = replace(FIRST_OF_JUNE, first_day=date(2027, 6, 8), last_day=date(2027, 6, 8))
    with unit_of_work(engine, UK, START) as work:
        offer(work, uid, [Choice(moved, "uk", None)])
    due = datetime(2027, 2, 3, 8, 30, tzinfo=UTC)
    with unit_of_work(engine, NL, START) as work:
        refuse(work, uid, 1)
    assert steps_about(engine, due, uid) == {"uk": [], "nl": ["save_the_date"]}
    with unit_of_work(engine, NL, START) as work:
        refuse(work, uid)
    assert steps_about(engine, due, uid) == {"uk": [], "nl": []}
    assert steps_about(engine, due, "uk-nl/SOC") == {"uk": ["date_wanted"], "nl": ["date_wanted"]}


def steps_about(engine: Engine, now: datetime, subject: str) -> dict[str, list[str]]:
    """Return which steps of a subject each side's secretariat would be told of."""
    told = {}
    for actor in (UK, NL):
        with reading(engine, actor, now) as work:
            view = outlook(work, "uk-nl", no_agendas)
        told[actor.side] = sorted(
            {entry.deadline.step for entry in view.reminders if entry.deadline.subject == subject}
        )
    return told
