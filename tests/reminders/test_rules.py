from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.dates.closed_days import ClosedDays, public_holidays
from scheduler.dates.slots import is_weekend
from scheduler.meetings.rules import State
from scheduler.obligations.lead_times import LEVEL_COLUMNS, MILESTONES
from scheduler.reminders.rules import (
    Bundle,
    DateWanted,
    Deadline,
    Recipient,
    Reminder,
    Round,
    WorkingHours,
    bundles,
    date_wanted,
    is_expected,
    reminders,
    steps,
)
from scheduler.words import Words

CLOSED = {"en": "closed", "nl": "gesloten"}
BECAUSE = ({"en": "because", "nl": "omdat"},)


def post(name: str) -> Recipient:
    return Recipient(f"uk/{name}", "office", f"{name}@office.example", BECAUSE)


DESK, LEAD, PRIVATE_OFFICE = post("desk"), post("lead"), post("private-office")
RECIPIENTS = {
    "secretariat": (DESK,),
    "host": (DESK,),
    "lead": (LEAD,),
    "private_office": (PRIVATE_OFFICE,),
}
SOC = Round(
    uid="4f",
    sequence=2,
    state=State.AGREED,
    level="senior_official",
    first_day=date(2027, 6, 1),
    last_day=date(2027, 6, 1),
    consented=True,
)


def hours(country: str = "GB", subdivision: str | None = "ENG", zone: str = "Europe/London") -> WorkingHours:
    table = ClosedDays(public_holidays("us", country, subdivision, range(2026, 2029), ("en", "nl")))
    return WorkingHours(
        zone, time(9), time(17), lambda day, office: table.why_closed("us", day, offices=(office,))
    )


LONDON = hours()
THE_HAGUE = hours("NL", None, "Europe/Amsterdam")


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type,misc]


def told(
    round_: Round, now: datetime, office: WorkingHours = LONDON, before: tuple[str, ...] = ()
) -> tuple[Reminder, ...]:
    return reminders(steps(round_, RECIPIENTS), office, before, now)


def days(found: tuple[Reminder, ...], recipient: Recipient) -> dict[str, date]:
    return {
        entry.deadline.step: entry.day for entry in found if entry.deadline.recipient.post == recipient.post
    }


def test_a_round_of_senior_officials_asks_for_these_steps_on_these_days() -> None:
    found = {(entry.step, entry.recipient.post): entry.day for entry in steps(SOC, RECIPIENTS)}
    assert found == {
        ("invitation", "uk/desk"): date(2027, 4, 6),
        ("first_draft", "uk/lead"): date(2027, 4, 27),
        ("briefing_commissioned", "uk/lead"): date(2027, 5, 11),
        ("agenda_agreed", "uk/desk"): date(2027, 5, 18),
        ("delegations", "uk/desk"): date(2027, 5, 18),
        ("briefing_pack", "uk/private-office"): date(2027, 5, 25),
        ("readout", "uk/desk"): date(2027, 6, 1),
        ("record", "uk/desk"): date(2027, 6, 15),
    }


def test_what_follows_a_round_of_several_days_is_counted_from_its_last() -> None:
    week = replace(SOC, level="expert", last_day=date(2027, 6, 4))
    found = {entry.step: entry.day for entry in steps(week, RECIPIENTS)}
    assert (found["first_draft"], found["readout"], found["record"]) == (
        date(2027, 5, 11),
        date(2027, 6, 4),
        date(2027, 6, 18),
    )


@pytest.mark.parametrize(
    ("state", "consented", "expected"),
    [
        (State.PLANNED, False, {"save_the_date"}),
        (State.OFFERED, False, {"save_the_date"}),
        (State.OFFERED, True, set()),
        (State.AGREED, True, {step.key for step in MILESTONES} - {"save_the_date"}),
        (State.HELD, True, {"readout", "record"}),
        (State.POSTPONED, True, set()),
        (State.CANCELLED, True, set()),
        (State.SKIPPED, True, set()),
    ],
)
def test_nobody_prepares_a_date_that_both_sides_do_not_hold(
    state: State, *, consented: bool, expected: set[str]
) -> None:
    round_ = replace(SOC, state=state, consented=consented)
    assert {entry.step for entry in steps(round_, RECIPIENTS)} == expected


def test_a_step_is_told_anew_when_the_round_has_moved() -> None:
    (first, *_) = steps(SOC, RECIPIENTS)
    (moved, *_) = steps(replace(SOC, sequence=3), RECIPIENTS)
    assert (first.key, moved.key) == (
        "reminder/4f/invitation/uk/desk/2",
        "reminder/4f/invitation/uk/desk/3",
    )


def test_a_plan_is_told_anew_for_another_day_although_its_sequence_stands_still() -> None:
    plan = replace(SOC, state=State.PLANNED, sequence=0)
    (first,) = steps(plan, RECIPIENTS)
    (moved,) = steps(replace(plan, first_day=date(2027, 6, 8)), RECIPIENTS)
    assert (first.key, moved.key) == (
        "reminder/4f/save_the_date/uk/desk/2027-06-01",
        "reminder/4f/save_the_date/uk/desk/2027-06-08",
    )


def test_a_reminder_comes_at_the_opening_of_the_office_on_its_day() -> None:
    found = told(SOC, utc(2027, 4, 1, 12))
    assert days(found, LEAD) == {
        "first_draft": date(2027, 4, 27),
        "briefing_commissioned": date(2027, 5, 11),
    }
    assert next(entry.send_at for entry in found if entry.deadline.recipient == LEAD) == utc(2027, 4, 27, 8)


def test_where_the_day_is_a_holiday_it_comes_on_the_working_day_before_and_says_so() -> None:
    found = told(SOC, utc(2027, 4, 1, 12), THE_HAGUE)
    draft = next(entry for entry in found if entry.deadline.step == "first_draft")
    assert (draft.day, draft.send_at) == (date(2027, 4, 26), utc(2027, 4, 26, 7))
    assert draft.because[1:] == (
        {
            "en": "You get this on the last working day before 27 April 2027 (King's Day).",
            "nl": "U ontvangt dit op de laatste werkdag vóór 27 april 2027 (Koningsdag).",
        },
    )


def test_a_round_booked_late_brings_each_post_its_latest_step_and_no_burst() -> None:
    monday_morning = utc(2027, 5, 24, 10)
    at_once = [entry.deadline for entry in told(SOC, monday_morning) if entry.send_at == monday_morning]
    assert sorted((entry.recipient.post, entry.step) for entry in at_once) == [
        ("uk/desk", "agenda_agreed"),  # these two fall on one day
        ("uk/desk", "delegations"),
        ("uk/lead", "briefing_commissioned"),
    ]


def test_what_was_passed_over_is_named_in_the_next_reminder_unless_it_was_told() -> None:
    (late,) = (entry for entry in told(SOC, utc(2027, 5, 13, 10)) if entry.deadline.recipient == LEAD)
    assert [entry.step for entry in late.earlier] == ["first_draft"]
    assert late.because[-1] == {
        "en": "The day for this was 11 May 2027.",
        "nl": "De dag hiervoor was 11 mei 2027.",
    }
    first_draft = "reminder/4f/first_draft/uk/lead/2"
    (told_before,) = (
        entry
        for entry in told(SOC, utc(2027, 5, 13, 10), before=(first_draft,))
        if entry.deadline.recipient == LEAD
    )
    assert told_before.earlier == ()


def test_the_next_steps_of_the_same_post_are_named() -> None:
    draft = next(entry for entry in told(SOC, utc(2027, 4, 1)) if entry.deadline.step == "first_draft")
    assert [entry.step for entry in draft.ahead] == ["briefing_commissioned"]


@pytest.mark.parametrize(
    ("now", "send_at"),
    [
        (utc(2027, 4, 28, 9), utc(2027, 4, 28, 9)),  # a Wednesday in office hours
        (utc(2027, 4, 28, 7), utc(2027, 4, 28, 8)),  # before they open at nine, British Summer Time
        (utc(2027, 4, 28, 16), utc(2027, 4, 29, 8)),  # after they close
        (utc(2027, 5, 1, 10), utc(2027, 5, 4, 8)),  # a Saturday; Monday is the early May bank holiday
    ],
)
def test_a_reminder_whose_moment_was_missed_waits_for_office_hours(now: datetime, send_at: datetime) -> None:
    draft = next(entry for entry in told(SOC, now) if entry.deadline.step == "first_draft")
    assert draft.send_at == send_at


def test_a_reminder_that_would_only_come_with_the_next_one_is_left_out() -> None:
    monday_night = utc(2027, 5, 10, 20)
    assert days(told(SOC, monday_night), LEAD) == {"briefing_commissioned": date(2027, 5, 11)}


def test_preparations_end_when_the_round_begins_and_its_record_after_two_weeks() -> None:
    assert "briefing_commissioned" in days(told(SOC, utc(2027, 5, 28, 10)), LEAD)
    assert days(told(SOC, utc(2027, 6, 1, 10)), LEAD) == {}
    held = replace(SOC, state=State.HELD)
    assert "record" in days(told(held, utc(2027, 6, 29, 10)), DESK)
    assert days(told(held, utc(2027, 6, 30, 10)), DESK) == {}


def test_what_was_given_still_stands_but_is_marked() -> None:
    keys = tuple(entry.key for entry in steps(SOC, RECIPIENTS))
    found = told(SOC, utc(2027, 4, 1), before=keys)
    assert {entry.is_given for entry in found} == {True}
    assert bundles(found) == ()


def test_a_post_gets_what_falls_on_one_moment_in_one_letter() -> None:
    found = told(SOC, utc(2027, 5, 12, 12))
    together = [[entry.deadline.step for entry in bundle.reminders] for bundle in bundles(found)]
    assert ["agenda_agreed", "delegations"] in together
    assert Counter((bundle.post, bundle.send_at) for bundle in bundles(found)).most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    ("state", "days_ago", "expected"),
    [
        (State.PLANNED, 0, True),
        (State.PLANNED, 1, False),
        (State.OFFERED, 0, True),
        (State.OFFERED, 1, False),
        (State.AGREED, 28, True),
        (State.AGREED, 29, False),
        (State.HELD, 0, False),
        (State.POSTPONED, 0, False),
        (State.CANCELLED, 0, False),
    ],
)
def test_a_date_is_not_wanted_where_one_is_to_come_or_has_just_been(
    state: State, days_ago: int, *, expected: bool
) -> None:
    day = date(2027, 6, 1)
    assert is_expected(state, day, day + timedelta(days=days_ago)) is expected


def wanted(save_the_date: date) -> tuple[Deadline, ...]:
    entry = DateWanted("uk-nl/JS-R05", date(2027, 3, 24), save_the_date, BECAUSE)
    return tuple(date_wanted(entry, (DESK,)))


def test_an_obligation_without_a_date_is_told_once_for_each_due_date() -> None:
    (reminder,) = reminders(wanted(date(2026, 11, 25)), LONDON, (), utc(2026, 11, 21))
    assert reminder.key == "reminder/uk-nl/JS-R05/date_wanted/uk/desk/2027-03-24"
    assert (reminder.day, reminder.because) == (date(2026, 11, 25), BECAUSE)
    assert bundles([reminder]) == (Bundle("uk/desk", utc(2026, 11, 25, 9), (reminder,)),)


def test_an_old_want_is_told_at_the_next_moment_and_needs_no_excuse() -> None:
    (reminder,) = reminders(wanted(date(2026, 6, 1)), LONDON, (), utc(2026, 11, 21, 12))
    assert (reminder.send_at, reminder.because) == (utc(2026, 11, 23, 9), BECAUSE)


FIRST = utc(2026, 1, 1).replace(tzinfo=None)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(
    first_day=DAYS,
    length=st.integers(0, 4),
    level=st.sampled_from(LEVEL_COLUMNS),
    closed=st.frozensets(DAYS, max_size=60),
    now=st.datetimes(FIRST, FIRST + timedelta(days=730), timezones=st.just(UTC)),
    zone=st.sampled_from(["Europe/London", "Europe/Amsterdam", "America/New_York", "Asia/Tokyo"]),
)
@settings(max_examples=150)
def test_reminders_come_on_working_days_and_never_after_their_day_unless_that_is_over(
    first_day: date, length: int, level: str, closed: frozenset[date], now: datetime, zone: str
) -> None:
    def why_closed(day: date, _office: str) -> Words | None:
        return CLOSED if is_weekend(day) or day in closed else None

    office = WorkingHours(zone, time(9), time(17), why_closed)
    round_ = replace(SOC, level=level, first_day=first_day, last_day=first_day + timedelta(days=length))
    found = told(round_, now, office)
    assert [entry for entry in found if why_closed(entry.day, "office")] == []
    for entry in found:
        assert entry.send_at >= now
        local = entry.send_at.astimezone(ZoneInfo(zone))
        assert time(9) <= local.time() < time(17)
        assert local.date() == entry.day
        planned = office.last_working_day(entry.deadline.day, "office")
        if office.opening(planned) > now:
            assert entry.day == planned <= entry.deadline.day
    assert max(Counter(entry.key for entry in found).values(), default=1) == 1
    come = {
        (entry.deadline.recipient.post, office.last_working_day(entry.deadline.day, "office"))
        for entry in found
        if office.opening(office.last_working_day(entry.deadline.day, "office")) <= now
    }
    assert max(Counter(recipient for recipient, _ in come).values(), default=1) == 1
