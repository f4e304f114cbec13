"""The bytes of events, tasks and calendars."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from scheduler.dates.slots import Slot, all_day_slot, timed_slot
from scheduler.errors import BadInput
from scheduler.ical.components import (
    CalendarProperties,
    Classification,
    Event,
    EventStatus,
    Todo,
    TodoStatus,
    calendar_bytes,
    event_bytes,
    todo_bytes,
)
from scheduler.ical.text import one_line
from scheduler.ical.timezones import timezones

STAMP = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LONDON = "Europe/London"
TEN_TO_FOUR = timed_slot(date(2027, 3, 23), time(10), time(16), LONDON)
NAIVE = datetime(2026, 11, 21)  # noqa: DTZ001 (what must be refused)


def event(slot: Slot = TEN_TO_FOUR, **changes: Any) -> Event:
    plain = Event(
        uid="7f3a@dialogues.example",
        stamp=STAMP,
        created=datetime(2026, 1, 5, 8, 0, tzinfo=UTC),
        last_modified=STAMP,
        sequence=2,
        summary="Serious and Organised Crime Dialogue",
        slot=slot,
        status=EventStatus.TENTATIVE,
    )
    return replace(plain, **changes)


def todo(**changes: Any) -> Todo:
    plain = Todo(
        uid="7f3a-agenda@dialogues.example",
        stamp=STAMP,
        created=STAMP,
        last_modified=STAMP,
        sequence=0,
        summary="First draft agenda to the other side",
        due=date(2027, 2, 16),
    )
    return replace(plain, **changes)


def lines(component: bytes, *names: str) -> list[str]:
    """Return the lines of these properties, unfolded."""
    unfolded = component.decode().replace("\r\n ", "").split("\r\n")
    return [line for line in unfolded if line.split(":")[0].split(";")[0] in names]


def test_a_whole_event() -> None:
    full = event(
        description="Agenda follows.\nNo papers yet; ask.",
        location="London, Marsham Street",
        url="https://dialogues.example/meetings/7",
        categories=("Serious, organised crime", "JS-T3"),
        classification=Classification.PRIVATE,
        colour="teal",
        related_to=("strategic@dialogues.example",),
    )
    assert event_bytes(full).decode().split("\r\n") == [
        "BEGIN:VEVENT",
        "UID:7f3a@dialogues.example",
        "DTSTAMP:20261121T093000Z",
        "CREATED:20260105T080000Z",
        "LAST-MODIFIED:20261121T093000Z",
        "SEQUENCE:2",
        "DTSTART;TZID=Europe/London:20270323T100000",
        "DTEND;TZID=Europe/London:20270323T160000",
        "SUMMARY:Serious and Organised Crime Dialogue",
        "DESCRIPTION:Agenda follows.\\nNo papers yet\\; ask.",
        "LOCATION:London\\, Marsham Street",
        "URL:https://dialogues.example/meetings/7",
        "CATEGORIES:Serious\\, organised crime,JS-T3",
        "CLASS:PRIVATE",
        "COLOR:teal",
        "RELATED-TO:strategic@dialogues.example",
        "STATUS:TENTATIVE",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "",
    ]


def test_whole_days_end_on_the_day_after() -> None:
    week = event(all_day_slot(date(2027, 6, 14), date(2027, 6, 18), LONDON), is_transparent=True)
    assert lines(event_bytes(week), "DTSTART", "DTEND", "TRANSP") == [
        "DTSTART;VALUE=DATE:20270614",
        "DTEND;VALUE=DATE:20270619",
        "TRANSP:TRANSPARENT",
    ]


@pytest.mark.parametrize(
    ("slot", "start", "end"),
    [
        (
            timed_slot(date(2027, 10, 31), time(1, 30), time(4), LONDON),
            "20271031T003000Z",
            "20271031T040000Z",
        ),
        (
            timed_slot(date(2027, 7, 1), time(10), time(12), "Africa/Cairo"),
            "20270701T070000Z",
            "20270701T090000Z",
        ),
        (timed_slot(date(2027, 7, 1), time(10), time(12), "UTC"), "20270701T100000Z", "20270701T120000Z"),
        (timed_slot(date(1995, 7, 1), time(10), time(12), LONDON), "19950701T090000Z", "19950701T110000Z"),
    ],
)
def test_times_that_programs_would_read_differently_are_in_utc(slot: Slot, start: str, end: str) -> None:
    assert lines(event_bytes(event(slot)), "DTSTART", "DTEND") == [f"DTSTART:{start}", f"DTEND:{end}"]


def test_a_whole_task() -> None:
    task = todo(
        status=TodoStatus.IN_PROCESS, percent_complete=40, priority=2, related_to=("7f3a@dialogues.example",)
    )
    assert todo_bytes(task).decode().split("\r\n") == [
        "BEGIN:VTODO",
        "UID:7f3a-agenda@dialogues.example",
        "DTSTAMP:20261121T093000Z",
        "CREATED:20261121T093000Z",
        "LAST-MODIFIED:20261121T093000Z",
        "SEQUENCE:0",
        "DUE;VALUE=DATE:20270216",
        "SUMMARY:First draft agenda to the other side",
        "CLASS:PUBLIC",
        "RELATED-TO:7f3a@dialogues.example",
        "STATUS:IN-PROCESS",
        "PERCENT-COMPLETE:40",
        "PRIORITY:2",
        "END:VTODO",
        "",
    ]


def test_a_calendar_tells_of_itself_first_then_its_zones_then_its_components() -> None:
    meeting = event()
    properties = CalendarProperties(
        name="UK–NL, ministers", description="All\ndates", colour="navy", refresh_hours=1
    )
    written = calendar_bytes(
        properties, timezones([meeting.slot]), [event_bytes(meeting), todo_bytes(todo())]
    )
    head, rest = written.split(b"BEGIN:VTIMEZONE\r\n", 1)
    assert head.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Standing Dialogues//Scheduler//EN",
        "CALSCALE:GREGORIAN",
        "NAME:UK–NL\\, ministers",
        "X-WR-CALNAME:UK–NL\\, ministers",
        "DESCRIPTION:All\\ndates",
        "X-WR-CALDESC:All\\ndates",
        "COLOR:navy",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "",
    ]
    assert rest.endswith(
        b"END:VTIMEZONE\r\n" + event_bytes(meeting) + todo_bytes(todo()) + b"END:VCALENDAR\r\n"
    )
    assert lines(written, "METHOD", "SOURCE") == []


def test_a_calendar_without_anything_in_it_has_a_component_all_the_same() -> None:
    assert calendar_bytes(CalendarProperties(name="Empty"), [], []) == (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Standing Dialogues//Scheduler//EN\r\nCALSCALE:GREGORIAN\r\n"
        b"NAME:Empty\r\nX-WR-CALNAME:Empty\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n"
        b"BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n"
        b"TZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n"
    )


def test_stamps_in_another_zone_are_written_in_utc_and_the_same_input_gives_the_same_bytes() -> None:
    elsewhere = STAMP.astimezone(timezone(timedelta(hours=5)))
    assert event_bytes(event(stamp=elsewhere)) == event_bytes(event())


INJECTION = "Lunch\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged\rATTENDEE:mailto:a@b.example\u2028X-EVIL:1"


def test_texts_cannot_begin_another_property() -> None:
    written = event_bytes(
        event(summary=INJECTION, description=INJECTION, location=INJECTION, categories=(INJECTION, INJECTION))
    )
    calendar = calendar_bytes(CalendarProperties(name=INJECTION, description=INJECTION), [], [written])
    (only,) = Calendar.from_ical(calendar).events
    assert str(only["SUMMARY"]) == one_line(INJECTION)
    assert [name for name in only if name.startswith(("ATTENDEE", "X-"))] == []
    assert written.count(b"BEGIN:VEVENT\r\n") == 1


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"uid": ""}, "uid"),
        ({"uid": "a/b"}, "uid"),
        ({"uid": "a b"}, "uid"),
        ({"uid": "a\r\nX:1"}, "uid"),
        ({"uid": "a" * 256}, "uid"),
        ({"related_to": ("a\nb",)}, "uid"),
        ({"colour": "red\r\nX:1"}, "colour"),
        ({"url": "https://a.example/\r\nX:1"}, "url"),
        ({"sequence": -1}, "sequence"),
        ({"sequence": 1_700_000_000_000}, "sequence"),
        ({"stamp": NAIVE}, "stamp"),
        ({"created": NAIVE}, "created"),
        ({"last_modified": NAIVE}, "last_modified"),
    ],
)
def test_values_that_cannot_stand_in_a_calendar_are_refused(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInput) as refused:
        event_bytes(event(**changes))
    assert refused.value.place == place


@pytest.mark.parametrize(
    ("changes", "place"), [({"percent_complete": 101}, "percent_complete"), ({"priority": 10}, "priority")]
)
def test_tasks_refuse_numbers_out_of_range(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInput) as refused:
        todo_bytes(todo(**changes))
    assert refused.value.place == place


@given(
    st.text(st.characters(exclude_categories=[]), max_size=120), st.lists(st.text(max_size=30), max_size=3)
)
def test_any_text_comes_back_through_a_parser(text: str, names: list[str]) -> None:
    written = event_bytes(event(summary=text, categories=tuple(names)))
    (only,) = Calendar.from_ical(calendar_bytes(CalendarProperties(name=text), [], [written])).events
    assert str(only["SUMMARY"]) == one_line(text)
    assert only.categories == [one_line(name) for name in names]
