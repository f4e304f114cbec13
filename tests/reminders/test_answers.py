"""Settings, digests, escalation and answers of a side, as they change what it is told: on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.meetings.actions import cancel
from scheduler.outbox.rules import LetterState
from scheduler.reminders import actions
from scheduler.reminders.answering import asked_by
from scheduler.reminders.milestones import Setting
from scheduler.reminders.queries import LinkFacts, ledger, no_agendas, outlook, settings_of
from scheduler.reminders.timeline import tracks
from tests.builders import refusal
from tests.reminders.stage import NL, START, UK, agreed, found, give, given, letters_of, said

SPRING = datetime(2027, 4, 26, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)
DRAFT = ("nl/crime-desk", "first_draft")


@pytest.fixture(autouse=True)
def programme(engine: Engine) -> None:
    found(engine)


def setting(step: str = "first_draft", **changes: object) -> Setting:
    values: dict[str, object] = {"obligation": "", "post": "", "level": "", "amount": None, "is_off": False}
    values |= {"audience": None, "set_by": "", "set_at": START, **changes}
    return Setting(step, **values)  # type: ignore[arg-type]


def set_(engine: Engine, actor: Actor, entry: Setting) -> None:
    with unit_of_work(engine, actor, START) as work:
        actions.set_value(work, "uk-nl", entry)


def days_of(engine: Engine, actor: Actor, step: str = "first_draft") -> dict[str, date]:
    with reading(engine, actor, START) as work:
        view = outlook(work, "uk-nl", no_agendas)
    return {
        entry.deadline.recipient.post: entry.day
        for entry in view.reminders
        if entry.deadline.step == step and not entry.deadline.follows
    }


def reminder_key(engine: Engine, actor: Actor, step: str) -> str:
    with reading(engine, actor, SPRING) as work:
        return next(entry.key for entry in ledger(work, "uk-nl") if entry.step == step)


def answer(engine: Engine, actor: Actor, now: datetime, key: str, until: date | None = None) -> None:
    with unit_of_work(engine, actor, now) as work:
        actions.answer(work, "uk-nl", key, no_agendas, until)


def test_a_side_edits_its_own_reminders_only(engine: Engine) -> None:
    agreed(engine)
    before = days_of(engine, NL)
    set_(engine, UK, setting(amount=8))
    assert days_of(engine, UK) == {"uk/crime-desk": date(2027, 4, 6)}
    assert days_of(engine, NL) == before
    with unit_of_work(engine, UK, START) as work:
        actions.reset(work, "uk-nl", setting())
    assert days_of(engine, UK) == {"uk/crime-desk": date(2027, 4, 27)}


def test_a_setting_is_kept_once_with_who_and_when(engine: Engine) -> None:
    for weeks in (8, 7):
        set_(engine, UK, setting(amount=weeks, obligation="SOC", level="senior_official"))
    with reading(engine, UK, START) as work:
        (entry,) = settings_of(work, "uk-nl").entries
    assert (entry.amount, entry.set_by, entry.set_at) == (7, UK.name, START)


def test_another_post_is_told_in_the_place_of_an_audience(engine: Engine) -> None:
    agreed(engine)
    set_(engine, UK, setting(audience="uk/desk"))
    assert days_of(engine, UK) == {"uk/desk": date(2027, 4, 27)}


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (setting(amount=8, post="nl/crime-desk"), "is no post of your side"),
        (setting(audience="nl/crime-desk"), "is no post of your side"),
        (setting(amount=200), "is not between"),
    ],
)
def test_what_is_not_the_side_s_own_is_refused(engine: Engine, entry: Setting, words: str) -> None:
    with unit_of_work(engine, UK, START) as work:
        assert words in refusal(BadInput, actions.set_value, work, "uk-nl", entry)
        refusal(NotFound, actions.set_value, work, "uk-nl", setting(amount=8, obligation="NONE"))
        refusal(NotFound, actions.reset, work, "uk-nl", setting())
        refusal(BadInput, actions.set_digest, work, "uk-nl", "nl/crime-desk", "daily")
        refusal(BadInput, actions.set_digest, work, "uk-nl", "uk/desk", "hourly")
        refusal(BadInput, actions.set_digest, work, "uk-nl", "uk/desk", "weekly", 5)


def test_who_misses_a_step_is_followed_by_the_secretariat_and_the_head_once_each(engine: Engine) -> None:
    agreed(engine)
    for number in range(20):
        for _ in range(2):
            give(engine, UK, SPRING + number * DAY)
    told = [(entry.post, entry.subject) for entry in letters_of(engine, UK) if "Missed" in entry.subject]
    missed = "OFFICIAL: Missed: First draft agenda to the other side: Organised Crime Dialogue"
    assert told == [("uk/secretariat", missed), ("uk/director", missed)]


def test_what_is_in_hand_stays_with_who_has_it_and_a_letter_that_waits_is_dropped(engine: Engine) -> None:
    agreed(engine)
    give(engine, UK, SPRING + DAY)
    give(engine, UK, SPRING + 9 * DAY)
    (waiting,) = (entry for entry in letters_of(engine, UK) if "Missed" in entry.subject)
    answer(engine, UK, SPRING + 9 * DAY, reminder_key(engine, UK, "first_draft"))
    for number in range(9, 20):
        give(engine, UK, SPRING + number * DAY)
    fates = [(entry.key, entry.state) for entry in letters_of(engine, UK) if "Missed: First" in entry.subject]
    assert fates == [(waiting.key, LetterState.DROPPED)]


def test_what_is_put_off_comes_again_once_on_the_day_that_was_chosen(engine: Engine) -> None:
    agreed(engine)
    give(engine, NL, SPRING)
    key = reminder_key(engine, NL, "first_draft")
    for _ in range(2):
        answer(engine, NL, SPRING, key, date(2027, 5, 1))  # a Saturday
    told = {}
    for number in range(8):
        give(engine, NL, SPRING + number * DAY)
        told[SPRING + number * DAY] = given(engine, NL).count(DRAFT)
    assert [count for _, count in sorted(told.items())] == [1] * 7 + [2]  # Monday 3 May


@pytest.mark.parametrize("until", [SPRING.date(), date(2027, 6, 1), date(2029, 1, 1)])
def test_a_day_on_which_it_is_too_late_is_refused(engine: Engine, until: date) -> None:
    agreed(engine)
    give(engine, NL, SPRING)
    key = reminder_key(engine, NL, "first_draft")
    refusal(BadInput, answer, engine, NL, SPRING, key, until)


def test_nobody_answers_for_the_other_side_or_for_what_was_never_given(engine: Engine) -> None:
    uid = agreed(engine)
    give(engine, NL, SPRING)
    key = reminder_key(engine, NL, "first_draft")
    assert refusal(NotFound, answer, engine, UK, SPRING, key).replace(key, "") == refusal(
        NotFound, answer, engine, UK, SPRING, "nothing"
    ).replace("nothing", "")
    with unit_of_work(engine, UK, SPRING) as work:
        cancel(work, uid)
    refusal(Conflict, answer, engine, NL, SPRING, key, date(2027, 5, 3))


def test_of_many_answers_at_once_one_is_kept(engine: Engine) -> None:
    agreed(engine)
    give(engine, NL, SPRING)
    key = reminder_key(engine, NL, "first_draft")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: answer(engine, NL, SPRING, key), range(4)))
    with reading(engine, NL, SPRING) as work:
        assert [entry.said.in_hand for entry in ledger(work, "uk-nl") if entry.key == key] == [True]


def test_a_weekly_digest_is_one_letter_and_says_so(engine: Engine) -> None:
    agreed(engine)
    with unit_of_work(engine, UK, START) as work:
        actions.set_digest(work, "uk-nl", "uk/secretariat", "weekly", 0)
    give(engine, UK, datetime(2027, 5, 14, 12, tzinfo=UTC))
    before = len(said(engine, UK))
    for number in range(7):
        for hour in (8, 12):
            give(engine, UK, datetime(2027, 5, 17 + number, hour, 30, tzinfo=UTC))
    told = [subject for post, subject in said(engine, UK)[before:] if post == "uk/secretariat"]
    # A date that is wanted waited for it; what another post missed goes on its own day.
    assert [subject for subject in told if "Missed" not in subject] == [
        "Your digest: Seek a date, Ministers’ Dialogue, and 1 more"
    ]
    with unit_of_work(engine, UK, START) as work:
        actions.end_digest(work, "uk-nl", "uk/secretariat")
        assert outlook(work, "uk-nl", no_agendas).digests == {}


def test_clocks_set_forward_and_back_bring_nothing_twice(engine: Engine) -> None:
    agreed(engine)
    days = [0, 3, 1, 9, 2, 30, 0, 9, 5, 40, 12]
    for number in days:
        give(engine, UK, SPRING + number * DAY)
    keys = [entry.key for entry in letters_of(engine, UK)]
    assert len(keys) == len(set(keys))
    with reading(engine, UK, SPRING) as work:
        told = [entry.key for entry in ledger(work, "uk-nl")]
    assert len(told) == len(set(told))


def test_the_timeline_has_each_reminder_once_given_or_to_come(engine: Engine) -> None:
    uid = agreed(engine)
    give(engine, UK, SPRING + DAY)
    with reading(engine, UK, SPRING + DAY) as work:
        found = {track.subject: track for track in tracks(work, outlook(work, "uk-nl", no_agendas))}
    lines = [
        (line.post, line.step["en"][:11], line.given is not None, line.if_missed) for line in found[uid].lines
    ]
    assert lines[:4] == [
        ("uk/crime-desk", "First draft", True, False),
        ("uk/secretariat", "Host, venue", True, False),
        ("uk/secretariat", "First draft", False, True),
        ("uk/crime-desk", "Briefing co", False, False),
    ]
    assert len(lines) == len(set(lines))


def test_a_link_answers_what_its_letter_says_and_nothing_else(engine: Engine) -> None:
    agreed(engine)
    give(engine, NL, SPRING)
    letter = next(entry for entry in letters_of(engine, NL) if entry.post == "nl/crime-desk")
    link = LinkFacts("uk-nl", letter.key, letter.post, SPRING + DAY)
    with reading(engine, NL, SPRING) as work:
        (asked,) = asked_by(work, link, no_agendas)
    assert (asked.title["nl"], asked.by, asked.earliest, asked.latest) == (
        "Misdaaddialoog",
        date(2027, 4, 27),
        date(2027, 4, 27),
        date(2027, 5, 31),
    )
    with reading(engine, UK, SPRING) as work:
        assert asked_by(work, link, no_agendas) == ()
