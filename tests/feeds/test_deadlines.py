"""Which deadlines a feed tells, on which day, and in which form."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from scheduler.dates.slots import all_day_slot
from scheduler.feeds.deadlines import Deadline, Promise, deadline_bytes, limits, steps
from scheduler.feeds.rules import Deadlines, Terms, Tier
from scheduler.meetings.rules import State
from scheduler.obligations.rules import Colour, Duty
from scheduler.reminders.milestones import Setting, Settings
from tests.feeds.rounds import ROUND, a_round

ENGLISH, DUTCH = Terms("en"), Terms("nl")
CHANGED = datetime(2026, 11, 21, 9, tzinfo=UTC)

OWED = Duty(
    obligation="R1",
    colour=Colour.AMBER,
    due=date(2027, 3, 24),
    save_the_date=date(2026, 11, 25),
    red_after=date(2027, 6, 24),
    last_held=date(2026, 3, 24),
    agreed_for=None,
    reasons=(
        {"en": "due 24 March 2027", "nl": "uiterlijk 24 maart 2027"},
        {"en": "no date", "nl": "geen datum"},
    ),
)


NONE_SET = Settings()


def chosen(step: str, weeks: int | None, obligation: str = "") -> Settings:
    at = datetime(2027, 1, 1, 12, tzinfo=UTC)
    return Settings((Setting(step, obligation, "", "", weeks, weeks is None, None, "UK desk", at),))


def promise(**changes: Any) -> Promise:
    values = {
        "partnership": "uk-nl",
        "title": {"en": "Organised Crime Dialogue", "nl": "Misdaaddialoog"},
        "in_force_from": date(2025, 12, 3),
        "changed_at": CHANGED,
        "duty": OWED,
        "has_date": False,
    }
    return Promise(**{**values, **changes})


def days(found: list[Deadline]) -> dict[str, date]:
    return {deadline.uid.removeprefix(f"{ROUND.uid}-"): deadline.day for deadline in found}


def test_the_steps_of_an_agreed_round() -> None:
    assert days(list(steps(ROUND, "uk", ENGLISH, NONE_SET))) == {
        "invitation": date(2027, 1, 26),
        "first_draft": date(2027, 2, 16),
        "briefing_commissioned": date(2027, 3, 2),
        "agenda_agreed": date(2027, 3, 9),
        "delegations": date(2027, 3, 9),
        "briefing_pack": date(2027, 3, 16),
        "readout": date(2027, 3, 23),
        "record": date(2027, 4, 6),
    }


def test_the_steps_of_the_host_are_told_to_the_host() -> None:
    assert "invitation" not in days(list(steps(ROUND, "nl", ENGLISH, NONE_SET)))
    assert "invitation" in days(list(steps(a_round(host=None), "nl", ENGLISH, NONE_SET)))


def test_what_follows_a_training_week_is_counted_from_its_last_day() -> None:
    week = a_round(
        level="expert", slot=all_day_slot(date(2027, 6, 14), date(2027, 6, 18), "Europe/Amsterdam")
    )
    found = days(list(steps(week, "uk", ENGLISH, NONE_SET)))
    assert found["agenda_agreed"] == date(2027, 6, 7)
    assert (found["readout"], found["record"]) == (date(2027, 6, 18), date(2027, 7, 2))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.PLANNED, ["save_the_date"]),
        (State.OFFERED, ["save_the_date"]),
        (State.HELD, ["readout", "record"]),
        (State.POSTPONED, []),
        (State.CANCELLED, []),
    ],
)
def test_a_step_is_asked_only_for_a_date_that_both_hold(state: State, expected: list[str]) -> None:
    assert list(days(list(steps(a_round(state=state), "uk", ENGLISH, NONE_SET)))) == expected


def test_a_step_in_words() -> None:
    first = next(steps(ROUND, "uk", DUTCH, NONE_SET))
    assert first.summary == "Gastland, locatie en uitnodiging: Misdaaddialoog"
    assert first.description.split("\n") == [
        "Wie: secretariaat van het gastland",
        "Voor de ronde van: dinsdag 23 maart 2027",
        "Termijn: 8 weken ervoor (aangenomen)",
        f"Pagina: {ROUND.page}",
    ]
    assert (first.sequence, first.stamp, first.created) == (1, ROUND.changed_at, ROUND.created_at)
    assert first.related_to == (ROUND.uid,)
    last = list(steps(ROUND, "uk", ENGLISH, NONE_SET))[-1]
    assert "Lead time: 2 weeks after (assumed)" in last.description.split("\n")


def test_a_step_towards_an_open_date_is_tentative() -> None:
    found = next(steps(a_round(state=State.OFFERED), "uk", ENGLISH, NONE_SET))
    assert found.summary == "Tentative: Save-the-date, with two or three options: Organised Crime Dialogue"
    assert b"STATUS:TENTATIVE\r\n" in deadline_bytes(found, Deadlines.EVENTS)


def test_the_title_tier_tells_no_more_of_deadlines() -> None:
    terms = Terms("en", Tier.TITLE)
    told = [*steps(ROUND, "uk", terms, NONE_SET), *limits(promise(), terms)]
    assert {(deadline.description, deadline.page) for deadline in told} == {("", "")}


def test_the_days_of_an_obligation_without_a_date() -> None:
    assert [(deadline.day, deadline.summary) for deadline in limits(promise(), ENGLISH)] == [
        (date(2026, 11, 25), "Save-the-date due: Organised Crime Dialogue (assumed)"),
        (date(2027, 3, 24), "Due: Organised Crime Dialogue"),
        (date(2027, 6, 24), "Overdue after this day: Organised Crime Dialogue"),
    ]
    assert {deadline.description for deadline in limits(promise(), DUTCH)} == {
        "Waarom: uiterlijk 24 maart 2027; geen datum"
    }


def test_a_round_on_the_calendar_seeks_its_own_date() -> None:
    assert [deadline.day for deadline in limits(promise(has_date=True), ENGLISH)] == [
        date(2027, 3, 24),
        date(2027, 6, 24),
    ]


def test_an_agreed_date_within_the_limit_ends_them() -> None:
    agreed = changed(colour=Colour.GREEN, agreed_for=date(2027, 3, 23))
    assert list(limits(promise(duty=agreed), ENGLISH)) == []
    too_late = changed(colour=Colour.AMBER, agreed_for=date(2027, 9, 1))
    assert len(list(limits(promise(duty=too_late), ENGLISH))) == 3


def test_an_obligation_without_an_interval_brings_no_day() -> None:
    nothing = changed(colour=Colour.NONE, due=None, save_the_date=None, red_after=None)
    assert list(limits(promise(duty=nothing), ENGLISH)) == []


def test_another_day_is_another_entry_and_the_same_day_the_same() -> None:
    def uids(**changes: Any) -> list[str]:
        return [deadline.uid for deadline in limits(promise(duty=changed(**changes)), ENGLISH)]

    before, after = uids(), uids(due=date(2027, 4, 1))
    assert before == uids()
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]
    assert len(set(before)) == 3


def test_an_obligation_counts_from_a_day_and_is_stamped_when_it_changed() -> None:
    held, never = promise(), promise(duty=changed(last_held=None))
    stamps = [
        {(deadline.created, deadline.stamp) for deadline in limits(one, ENGLISH)} for one in (held, never)
    ]
    assert stamps == [
        {(datetime(2026, 3, 24, tzinfo=UTC), CHANGED)},
        {(datetime(2025, 12, 3, tzinfo=UTC), CHANGED)},
    ]


def test_as_a_whole_day_it_leaves_one_free() -> None:
    lines = lines_of(deadline_bytes(next(steps(ROUND, "uk", ENGLISH, NONE_SET)), Deadlines.EVENTS))
    assert lines[0] == "BEGIN:VEVENT"
    assert f"UID:{ROUND.uid}-invitation" in lines
    assert [
        line for line in lines if line.startswith(("DTSTART", "DTEND", "STATUS", "TRANSP", "RELATED"))
    ] == [
        "DTSTART;VALUE=DATE:20270126",
        "DTEND;VALUE=DATE:20270127",
        f"RELATED-TO:{ROUND.uid}",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
    ]


def test_as_a_task_it_is_due() -> None:
    lines = lines_of(deadline_bytes(next(steps(ROUND, "uk", ENGLISH, NONE_SET)), Deadlines.TODOS))
    assert lines[0] == "BEGIN:VTODO"
    assert "DUE;VALUE=DATE:20270126" in lines
    assert "STATUS:NEEDS-ACTION" in lines


def changed(**changes: Any) -> Duty:
    values = {name: getattr(OWED, name) for name in OWED.__slots__}
    return Duty(**{**values, **changes})


def lines_of(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_days_that_rest_on_a_reading_of_the_cadence_say_so() -> None:
    read_so = dataclasses.replace(promise(), cadence_basis="assumed")
    assert [deadline.summary for deadline in limits(read_so, DUTCH)][1:] == [
        "Te houden: Misdaaddialoog (aangenomen)",
        "Hierna achterstallig: Misdaaddialoog (aangenomen)",
    ]


def test_a_side_sees_the_days_that_it_has_set_and_whose_they_are() -> None:
    found = list(steps(ROUND, "uk", ENGLISH, chosen("first_draft", 8, ROUND.duties[0].key)))
    assert days(found)["first_draft"] == ROUND.slot.first_day - timedelta(weeks=8)
    (draft,) = (entry for entry in found if entry.uid.endswith("first_draft"))
    assert "8 weeks before (set by UK desk)" in draft.description
    assert days(list(steps(ROUND, "uk", ENGLISH, chosen("first_draft", 8, "another")))) == days(
        list(steps(ROUND, "uk", ENGLISH, NONE_SET))
    )


def test_what_a_side_has_switched_off_is_not_in_its_feed() -> None:
    found = days(list(steps(ROUND, "uk", ENGLISH, chosen("briefing_pack", None))))
    assert found.keys() == days(list(steps(ROUND, "uk", ENGLISH, NONE_SET))).keys() - {"briefing_pack"}
