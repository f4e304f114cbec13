"""What follows a reminder, and what people said to it: again, in hand, told to others; and digests."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.dates.slots import is_weekend
from scheduler.reminders.answers import Answer, Said, said
from scheduler.reminders.digests import Digest, gathered, marker
from scheduler.reminders.following import Ladder, escalated, moments, repeated, rungs
from scheduler.reminders.milestones import Setting, Settings
from scheduler.reminders.rules import (
    DATE_WANTED,
    Deadline,
    Recipient,
    WorkingHours,
    bundles,
    reminders,
)
from scheduler.words import Words

ZONE = "Europe/London"
LEAD = Recipient("uk/lead", "ho", "lead@ho.example", ())
DESK = Recipient("uk/desk", "fcdo", "desk@fcdo.example", ())
HEAD = Recipient("uk/head", "ho", "head@ho.example", ())
TUESDAY = date(2027, 4, 27)
LATER = date(2027, 5, 28)
FRIDAY_BEFORE = datetime(2027, 4, 23, 12, tzinfo=UTC)
DAYS = st.dates(date(2027, 1, 4), date(2027, 12, 23))
ANSWERS = st.lists(st.tuples(st.sampled_from(["a", "b"]), st.none() | DAYS), max_size=8)


def hours(closed: frozenset[date] = frozenset()) -> WorkingHours:
    def why_closed(day: date, _office: str) -> Words | None:
        return {"en": "closed"} if is_weekend(day) or day in closed else None

    return WorkingHours(ZONE, time(9), time(17), why_closed)


def deadline(step: str = "first_draft", day: date = TUESDAY, recipient: Recipient = LEAD) -> Deadline:
    return Deadline(
        "4f", step, "1", {"en": step}, day, LATER, recipient, (), day, "senior_official", ("SOC",)
    )


def ladder(changes: tuple[Setting, ...] = (), office: WorkingHours | None = None) -> Ladder:
    return Ladder(
        chain=lambda missed, rung: rungs(missed, (DESK,), (HEAD,), rung),
        title=lambda post: {"en": post},
        settings=Settings(changes),
        hours=office or hours(),
    )


def told_of(
    entry: Deadline, told: date = TUESDAY, answer: Said | None = None, changes: tuple[Setting, ...] = ()
) -> list[tuple[str, date]]:
    answers = {entry.key: answer} if answer else {}
    found = escalated([entry], {entry.key: told}, answers, ladder(changes))
    return [(each.recipient.post, each.day) for each in found]


def setting(step: str, amount: int | None, *, off: bool = False, post: str = "") -> Setting:
    return Setting(step, "", post, "", amount, off, None, "uk", datetime(2027, 1, 1, tzinfo=UTC))


def test_who_missed_a_day_is_followed_by_the_secretariat_and_then_the_head() -> None:
    assert told_of(deadline()) == [("uk/desk", date(2027, 5, 4)), ("uk/head", date(2027, 5, 11))]


def test_a_reminder_that_came_late_or_was_put_off_moves_the_day_that_counts() -> None:
    assert told_of(deadline(), told=date(2027, 4, 30))[0] == ("uk/desk", date(2027, 5, 7))
    assert told_of(deadline(), answer=Said(until=date(2027, 5, 3)))[0] == ("uk/desk", date(2027, 5, 10))


def test_what_is_in_hand_is_told_to_nobody() -> None:
    assert told_of(deadline(), answer=Said(in_hand=True)) == []


def test_what_nobody_was_reminded_of_is_told_to_nobody() -> None:
    assert list(escalated([deadline()], {}, {}, ladder())) == []


def test_where_the_secretariat_missed_it_only_the_head_is_told() -> None:
    assert told_of(deadline(recipient=DESK)) == [("uk/head", date(2027, 5, 11))]
    assert told_of(deadline(recipient=HEAD)) == [("uk/desk", date(2027, 5, 4))]


def test_what_is_past_saying_is_told_to_nobody() -> None:
    assert told_of(replace(deadline(), until=date(2027, 5, 6))) == [("uk/desk", date(2027, 5, 4))]


def test_when_others_are_told_can_be_set_and_switched_off() -> None:
    assert told_of(deadline(), changes=(setting("escalation_secretariat", 1),))[0][1] == date(2027, 4, 28)
    assert told_of(deadline(), changes=(setting("escalation_head", None, off=True),)) == [
        ("uk/desk", date(2027, 5, 4))
    ]
    assert (
        told_of(deadline(), changes=(setting("escalation_head", None, off=True, post="uk/desk"),))[1:] != []
    )


def test_what_was_put_off_comes_again_under_a_name_of_its_own_unless_it_is_in_hand() -> None:
    entry = deadline()
    until = date(2027, 5, 1)  # a Saturday
    (again,) = repeated([entry], {entry.key}, {entry.key: Said(until=until)})
    assert (again.key, again.about) == ("again-2027-05-01/4f/first_draft/uk/lead/1", entry.key)
    (reminder,) = moments([again], hours(), (), FRIDAY_BEFORE)
    assert reminder.day == date(2027, 5, 3)
    assert list(repeated([entry], {entry.key}, {entry.key: Said(in_hand=True, until=until)})) == []
    assert list(repeated([entry], set(), {entry.key: Said(until=until)})) == []


@given(answers=ANSWERS, order=st.randoms())
def test_answers_come_to_the_same_in_any_order_and_number(
    answers: list[tuple[str, date | None]], order: object
) -> None:
    told = [Answer(about, until) for about, until in answers]
    shuffled = told * 2
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert said(shuffled) == said(told)
    for about in ("a", "b"):
        mine = [until for key, until in answers if key == about]
        expected = Said(None in mine, max((day for day in mine if day), default=None))
        assert said(told).get(about, Said()) == expected


@given(
    day=DAYS,
    told=DAYS,
    closed=st.frozensets(DAYS, max_size=40),
    now=st.datetimes(datetime(2027, 1, 1), datetime(2028, 2, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
@settings(max_examples=30)
def test_what_follows_comes_on_open_days_once_and_never_before_its_wait_is_over(
    day: date, told: date, closed: frozenset[date], now: datetime
) -> None:
    office = hours(closed)
    entry = replace(deadline(day=day), until=None)
    follow = list(escalated([entry], {entry.key: told}, {}, ladder(office=office)))
    found = moments(follow, office, (), now)
    assert len({reminder.key for reminder in found}) == len(found) == 2
    for reminder in found:
        assert office.why_closed(reminder.day, "ho") is None
        assert reminder.day > max(day, told)
        assert reminder.send_at >= min(now, office.opening(reminder.day))


def weekly(weekday: int = 0) -> dict[str, Digest]:
    return {"uk/lead": Digest("uk/lead", "weekly", weekday, "uk", datetime(2027, 1, 1, tzinfo=UTC))}


def in_digests(
    *entries: Deadline, now: datetime = FRIDAY_BEFORE, before: frozenset[str] = frozenset()
) -> dict[str, tuple[date, date | None]]:
    found = reminders(entries, hours(), before, now)
    placed = gathered(found, weekly(), "uk-nl", hours(), before, now)
    return {entry.deadline.step: (entry.day, entry.digest) for entry in placed if not entry.is_given}


MONDAY = date(2027, 4, 26)


def test_a_weekly_digest_brings_what_falls_due_before_the_next() -> None:
    thursday = deadline("agenda_agreed", date(2027, 4, 29))
    monday_after = deadline("delegations", date(2027, 5, 3))
    assert in_digests(deadline(), thursday, monday_after) == {
        "first_draft": (MONDAY, MONDAY),
        "agenda_agreed": (MONDAY, MONDAY),
        "delegations": (date(2027, 5, 3), date(2027, 5, 3)),
    }


@pytest.mark.parametrize(
    ("now", "given_before"),
    [
        (datetime(2027, 4, 26, 17, tzinfo=UTC), False),  # its day is over
        (datetime(2027, 4, 26, 12, tzinfo=UTC), True),  # it has gone
    ],
)
def test_what_comes_up_after_a_digest_goes_by_itself_on_its_day(now: datetime, *, given_before: bool) -> None:
    before = frozenset({marker("uk-nl", "uk/lead", MONDAY)} if given_before else ())
    assert in_digests(deadline(), now=now, before=before) == {"first_draft": (TUESDAY, None)}


def test_a_date_that_is_wanted_waits_for_the_next_digest() -> None:
    wanted = replace(deadline(DATE_WANTED, date(2027, 1, 5)), until=None)
    assert in_digests(wanted, now=datetime(2027, 4, 28, 12, tzinfo=UTC)) == {
        DATE_WANTED: (date(2027, 5, 3), date(2027, 5, 3))
    }


def test_where_the_day_of_a_digest_is_closed_it_comes_before() -> None:
    closed = hours(frozenset({MONDAY}))
    (entry,) = gathered(
        reminders([deadline()], closed, (), datetime(2027, 4, 21, 12, tzinfo=UTC)),
        weekly(),
        "uk-nl",
        closed,
        (),
        datetime(2027, 4, 21, 12, tzinfo=UTC),
    )
    assert entry.digest == date(2027, 4, 23)


SPRING = st.dates(date(2027, 4, 1), date(2027, 5, 12))


@given(
    days=st.lists(SPRING, min_size=1, max_size=4),
    closed=st.frozensets(SPRING, max_size=8),
    weekday=st.integers(0, 4),
    rhythm=st.sampled_from(["daily", "weekly"]),
    appears=st.lists(SPRING, min_size=4, max_size=4),
)
@settings(max_examples=25)
def test_a_digest_loses_nothing_tells_nothing_twice_and_is_never_later(
    *, days: list[date], closed: frozenset[date], weekday: int, rhythm: str, appears: list[date]
) -> None:
    office = hours(closed)
    wants = {"uk/lead": replace(weekly(weekday)["uk/lead"], rhythm=rhythm)}
    entries = [
        (replace(deadline(f"step-{number}", day), subject=f"round-{number}", until=None), appears[number])
        for number, day in enumerate(days)
    ]
    ledger: dict[str, date] = {}
    for number in range(60):
        now = datetime(2027, 3, 31, 9, 30, tzinfo=UTC) + timedelta(days=number)
        known = [entry for entry, since in entries if since <= now.date()]
        found = gathered(reminders(known, office, ledger, now), wants, "uk-nl", office, ledger, now)
        for bundle in bundles(found):
            if bundle.send_at <= now:
                assert office.why_closed(now.date(), "ho") is None
                told = [entry.key for entry in bundle.reminders]
                told += [marker("uk-nl", bundle.post, bundle.digest)] if bundle.digest else []
                assert ledger.keys().isdisjoint(told)
                ledger.update(dict.fromkeys(told, now.date()))
    for entry, since in entries:
        own = office.last_working_day(entry.day, "ho")
        assert ledger[entry.key] <= max(own, office.first_working_day(since, "ho"))
