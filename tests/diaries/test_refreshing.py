"""Diaries from file and address as they are kept: good readings, failures, age, and what the other side sees of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, inspect, select

from scheduler.accounts.rules import Act, Role, may
from scheduler.audit.queries import latest_changes
from scheduler.db.work import reading, unit_of_work
from scheduler.diaries.actions import claim, remove, settle
from scheduler.diaries.queries import diaries, diarists, is_any_due, own_post
from scheduler.diaries.reasons import ASSUMED_WORDS, FAILURE_WORDS, SKIP_WORDS, Failure, write_age
from scheduler.diaries.refreshing import refresh, refresh_due
from scheduler.diaries.rules import BusyTime
from scheduler.diaries.tables import Diary, DiaryTime
from scheduler.errors import BadInput, NotAllowed, NotFound
from scheduler.ical.foreign_events import Skip
from scheduler.ical.foreign_zones import Assumed
from tests.builders import NL, NOW, OPERATOR, PARTNERSHIP, UK, load_files, refusal
from tests.diaries.house import HOUR, POST, asking, busy_of, give_address, give_file, stands
from tests.ical.foreign_calendars import CANARY, calendar, event

MARCH = calendar(event("DTSTART:20270310T090000Z", "DTEND:20270310T100000Z"))
MAY = calendar(event("DTSTART:20270510T090000Z", "DTEND:20270510T100000Z"))
AT_THE_HOST = (
    BusyTime(
        POST,
        datetime(2027, 3, 10, 9, tzinfo=UTC),
        datetime(2027, 3, 10, 10, tzinfo=UTC),
        all_day=False,
        tentative=False,
    ),
)


@pytest.fixture(autouse=True)
def partnership(engine: Engine) -> None:
    load_files(engine)


def clock(now: datetime = NOW) -> Callable[[], datetime]:
    return lambda: now


def due(engine: Engine, now: datetime) -> bool:
    with reading(engine, UK, now) as work:
        return is_any_due(work)


def every_value(engine: Engine) -> Iterator[str]:
    """Yield whatever the tables of diaries hold."""
    with engine.connect() as connection:
        for table in (Diary.__table__, DiaryTime.__table__):
            yield from (repr(value) for row in connection.execute(select(table)) for value in row)


def test_a_file_gives_busy_times_and_another_replaces_them(engine: Engine) -> None:
    give_file(engine, POST, MARCH)
    assert busy_of(engine, POST) == AT_THE_HOST
    give_file(engine, "director", MAY)
    assert [entry.start.month for entry in busy_of(engine, POST)] == [5]
    found = stands(engine, POST).diary
    assert found is not None
    assert (found.host, found.entries, found.failure, found.age, found.due_at) == (
        None,
        1,
        None,
        timedelta(0),
        None,
    )
    with reading(engine, UK, NOW) as work:
        acts = [(entry.act, entry.subject) for entry in latest_changes(work, PARTNERSHIP, 2)]
    assert acts == [("diary replaced", f"post/{POST}"), ("diary added", f"post/{POST}")]


def test_nothing_of_a_calendar_is_kept_but_times(engine: Engine) -> None:
    give_file(engine, POST, MARCH)
    kept = list(every_value(engine))
    assert CANARY in MARCH.decode()
    assert [value for value in kept if CANARY in value or "invented" in value] == []
    columns = {column["name"] for column in inspect(engine).get_columns("diary_times")}
    assert columns == {"id", "diary_id", "layer", "starts_at", "ends_at", "all_day", "tentative"}


def test_a_file_that_cannot_be_used_changes_nothing(engine: Engine) -> None:
    give_file(engine, POST, MARCH)
    hourly = calendar(event("DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", "RRULE:FREQ=HOURLY"))
    said = refusal(BadInput, give_file, engine, POST, hourly)
    assert said == "file: none of its entries can be used: repeats by the hour, minute or second"
    assert busy_of(engine, POST) == AT_THE_HOST


def test_days_taken_are_counted_within_office_hours(engine: Engine) -> None:
    entries = [
        event("DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", uid="wednesday"),
        event("DTSTART:20270311T030000Z", "DTEND:20270311T040000Z", uid="at night"),
        event("DTSTART:20270312T090000Z", "DTEND:20270312T100000Z", "STATUS:TENTATIVE", uid="perhaps"),
        event("DTSTART;VALUE=DATE:20270313", "DTEND;VALUE=DATE:20270316", uid="a long weekend"),
        event("DTSTART:20271210T090000Z", "DTEND:20271210T100000Z", uid="far ahead"),
    ]
    give_file(engine, POST, calendar(*entries))
    assert stands(engine, POST).days == 2


def test_an_address_is_read_and_asked_again_with_its_mark(engine: Engine, host: str) -> None:
    give_address(engine, POST, f"{host}/calendar.ics")
    assert due(engine, NOW)
    refresh_due(engine, UK, asking(host), clock())
    assert busy_of(engine, POST) == AT_THE_HOST
    assert not due(engine, NOW + HOUR - timedelta(seconds=1))
    later = NOW + HOUR
    refresh_due(engine, UK, asking(host), clock(later))
    found = stands(engine, POST, now=later).diary
    assert found is not None
    assert (found.host, found.read_at, found.failure, found.due_at) == (
        "127.0.0.1",
        later,
        None,
        later + HOUR,
    )
    assert busy_of(engine, POST) == AT_THE_HOST


def test_what_has_not_changed_for_long_is_read_anew(engine: Engine, host: str) -> None:
    give_address(engine, POST, f"{host}/calendar.ics")
    refresh_due(engine, UK, asking(host), clock())
    for days, reaches in ((27, date(2032, 2, 5)), (29, date(2032, 3, 5))):
        now = NOW + timedelta(days=days)
        refresh(engine, UK, POST, asking(host), clock(now))
        found = stands(engine, POST, now=now).diary
        assert found is not None
        assert (found.read_at, found.reaches) == (now, reaches)


@pytest.mark.parametrize(
    ("path", "failure"),
    [
        ("404", Failure.MISSING),
        ("hang", Failure.TIMED_OUT),
        ("html", Failure.UNREADABLE),
        ("hourly", Failure.UNREADABLE),
        ("flood", Failure.TOO_LARGE),
        ("to/https://127.0.0.1/", Failure.INSIDE),
    ],
)
def test_a_broken_address_keeps_the_last_busy_times_and_shows_their_age(
    engine: Engine, host: str, path: str, failure: Failure
) -> None:
    give_address(engine, POST, f"{host}/calendar.ics")
    refresh_due(engine, UK, asking(host), clock())
    with unit_of_work(engine, UK, NOW) as work:
        work.session.scalars(select(Diary)).one().address = f"{host}/{path}"
    later = NOW + timedelta(days=3)
    refresh_due(engine, UK, asking(host), clock(later))
    found = stands(engine, POST, now=later).diary
    assert found is not None
    assert (found.failure, found.failed_at, found.read_at) == (failure, later, NOW)
    assert (found.age, found.due_at) == (timedelta(days=3), later + 2 * HOUR)
    assert busy_of(engine, POST) == AT_THE_HOST
    with reading(engine, UK, later) as work:
        assert diarists(work, [POST])[POST].read_at == NOW


def test_an_address_that_never_answered_has_no_times_and_hinders_nothing(engine: Engine, host: str) -> None:
    give_address(engine, POST, f"{host}/500")
    for failures in (1, 2, 3):
        refresh(engine, UK, POST, asking(host), clock())
        found = stands(engine, POST).diary
        assert found is not None
        assert (found.failure, found.read_at, found.due_at) == (
            Failure.STATUS,
            None,
            NOW + 2**failures * HOUR,
        )
    assert busy_of(engine, POST) == ()
    with reading(engine, UK, NOW) as work:
        assert diarists(work, [POST]) == {}


def test_a_new_address_keeps_the_old_times_until_it_is_read(engine: Engine, host: str) -> None:
    give_file(engine, POST, MAY)
    give_address(engine, POST, f"{host}/calendar.ics")
    assert [entry.start.month for entry in busy_of(engine, POST)] == [5]
    refresh_due(engine, UK, asking(host), clock())
    assert busy_of(engine, POST) == AT_THE_HOST


def test_a_reading_that_was_overtaken_is_dropped(engine: Engine, host: str) -> None:
    give_address(engine, POST, f"{host}/500")
    with unit_of_work(engine, UK, NOW) as work:
        claimed = claim(work)
    assert claimed is not None
    give_file(engine, POST, MARCH)
    with unit_of_work(engine, UK, NOW) as work:
        settle(work, claimed, Failure.STATUS, HOUR)
    found = stands(engine, POST).diary
    assert found is not None
    assert found.failure is None
    with unit_of_work(engine, UK, NOW) as work:
        remove(work, PARTNERSHIP, POST)
        settle(work, claimed, Failure.STATUS, HOUR)
    assert stands(engine, POST).diary is None


def test_no_transaction_is_open_while_a_host_is_asked(engine: Engine, host: str) -> None:
    give_address(engine, POST, f"{host}/hang")
    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(refresh, engine, UK, POST, asking(host), clock())
        while due(engine, NOW):
            pass
        give_file(engine, "nl/director", MARCH, actor=NL)  # another writer does not wait
        assert not hanging.done()
        hanging.result()


def test_only_one_reads_an_address_that_is_due(engine: Engine, host: str) -> None:
    give_address(engine, POST, f"{host}/calendar.ics")
    with unit_of_work(engine, UK, NOW) as first:
        assert claim(first) is not None
    with unit_of_work(engine, UK, NOW) as second:
        assert claim(second) is None


def test_what_is_removed_is_gone(engine: Engine) -> None:
    give_file(engine, POST, MARCH)
    with unit_of_work(engine, UK, NOW) as work:
        remove(work, PARTNERSHIP, POST)
    assert busy_of(engine, POST) == ()
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(DiaryTime)) == 0
    with unit_of_work(engine, UK, NOW) as work:
        assert refusal(NotFound, remove, work, PARTNERSHIP, POST).startswith("uk/director has no diary")


def test_a_side_knows_its_own_diaries_alone(engine: Engine, host: str) -> None:
    give_file(engine, POST, MARCH)
    give_address(engine, "nl/director", f"{host}/calendar.ics", actor=NL)
    assert busy_of(engine, POST, actor=NL) == ()
    assert busy_of(engine, POST, "nl/director", "uk/nobody", actor=UK) == AT_THE_HOST
    with reading(engine, NL, NOW) as work:
        assert {entry.post.reference: entry.diary is not None for entry in diaries(work, PARTNERSHIP)} == {
            "nl/director": True
        }
        assert diarists(work, [POST]) == {}
        strange = refusal(NotFound, own_post, work, PARTNERSHIP, POST)
        assert strange == refusal(NotFound, own_post, work, PARTNERSHIP, "uk/nobody").replace(
            "nobody", "director"
        )
        assert work.session.scalars(select(DiaryTime)).all() == []
        assert [entry.act for entry in latest_changes(work, PARTNERSHIP, 9)] == [
            "diary added",
            "programme loaded",
        ]
    refresh_due(engine, UK, asking(host), clock())
    with unit_of_work(engine, UK, NOW) as work:
        assert claim(work, "nl/director") is None
    assert busy_of(engine, "nl/director", actor=NL) == ()


def test_the_operator_sees_none_and_has_none(engine: Engine, host: str) -> None:
    give_file(engine, POST, MARCH)
    assert busy_of(engine, POST, actor=OPERATOR) == ()
    with reading(engine, OPERATOR, NOW) as work:
        assert diarists(work, [POST]) == {}
        assert work.session.scalars(select(Diary)).all() == []
        assert refusal(NotAllowed, diaries, work, PARTNERSHIP).startswith("the operator has no diaries")
    assert refusal(NotAllowed, give_address, engine, POST, f"{host}/calendar.ics", OPERATOR)


def test_every_reason_has_words_in_both_languages() -> None:
    for words, reasons in ((FAILURE_WORDS, Failure), (SKIP_WORDS, Skip), (ASSUMED_WORDS, Assumed)):
        assert set(words) == set(reasons)
        assert {tuple(entry) for entry in words.values()} == {("en", "nl")}
    assert [write_age(timedelta(minutes=minutes))["en"] for minutes in (59, 60, 2879, 2880)] == [
        "less than an hour old",
        "1 hour old",
        "47 hours old",
        "2 days old",
    ]


def test_who_may_see_and_change_diaries() -> None:
    assert {role for role in Role if may(role, Act.DIARIES_READ)} == {Role.DESK, Role.SECRETARIAT}
    assert {role for role in Role if may(role, Act.DIARIES_CHANGE)} == {Role.SECRETARIAT}
