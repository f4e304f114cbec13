"""Foreign calendars: what is believed of them, and what is refused."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.dates.slots import timed_slot
from scheduler.errors import BadInput
from scheduler.ical import reader
from scheduler.ical.components import CalendarProperties, Event, EventStatus, calendar_bytes, event_bytes
from scheduler.ical.reader import ForeignCalendar, ForeignEntry, read_calendar
from scheduler.ical.timezones import timezones

PLAIN = ForeignEntry("event", "1@x.example", 0, None, None, None, "", "", recurs=False)


def calendar(*body: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *body, "END:VCALENDAR", ""]).encode()


def vevent(*body: str) -> bytes:
    return calendar("BEGIN:VEVENT", "UID:1@x.example", *body, "END:VEVENT")


def only_entry(data: bytes) -> ForeignEntry:
    (entry,) = read_calendar(data).entries
    return entry


def test_our_own_calendar_is_read_as_it_was_meant() -> None:
    stamp = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    meeting = Event(
        uid="7f3a@dialogues.example",
        stamp=stamp,
        created=stamp,
        last_modified=stamp,
        sequence=2,
        summary="Crime; C:\\New, 🎉",
        slot=timed_slot(date(2027, 7, 13), time(10), time(16), "Europe/London"),
        status=EventStatus.TENTATIVE,
    )
    data = calendar_bytes(CalendarProperties(name="x"), timezones([meeting.slot]), [event_bytes(meeting)])
    assert read_calendar(data) == ForeignCalendar(
        method="",
        entries=(
            ForeignEntry(
                kind="event",
                uid="7f3a@dialogues.example",
                sequence=2,
                stamp=stamp,
                start=datetime(2027, 7, 13, 9, tzinfo=UTC),
                end=datetime(2027, 7, 13, 15, tzinfo=UTC),
                summary="Crime; C:\\New, 🎉",
                status="TENTATIVE",
                recurs=False,
            ),
        ),
    )


def test_whole_days_durations_and_tasks() -> None:
    data = calendar(
        "METHOD:publish",
        "BEGIN:VEVENT",
        "DTSTART;VALUE=DATE:20270614",
        "DTEND;VALUE=DATE:20270619",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "DTSTART:20270614T080000Z",
        "DURATION:PT90M",
        "END:VEVENT",
        "BEGIN:VTODO",
        "DUE:20270614T080000Z",
        "END:VTODO",
    )
    read = read_calendar(data)
    assert read.method == "PUBLISH"
    assert [(entry.kind, entry.start, entry.end) for entry in read.entries] == [
        ("event", date(2027, 6, 14), date(2027, 6, 19)),
        ("event", datetime(2027, 6, 14, 8, tzinfo=UTC), datetime(2027, 6, 14, 9, 30, tzinfo=UTC)),
        ("task", None, datetime(2027, 6, 14, 8, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    "zone",
    ["Europe/Amsterdam", "W. Europe Standard Time", "/freeassociation.sourceforge.net/Europe/Amsterdam"],
)
def test_names_of_zones_that_outlook_and_evolution_write(zone: str) -> None:
    assert only_entry(vevent(f"DTSTART;TZID={zone}:20270713T100000")).start == datetime(
        2027, 7, 13, 8, tzinfo=UTC
    )


FORGED_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:{zone}",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0900",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def test_a_sender_cannot_redefine_a_zone_for_himself_or_for_others() -> None:
    zone = "W. Europe Standard Time"
    forged = [line.format(zone=zone) for line in FORGED_ZONE]
    start = f"DTSTART;TZID={zone}:20270713T100000"
    first = calendar(*forged, "BEGIN:VEVENT", "UID:1@x.example", start, "END:VEVENT")
    assert only_entry(first).start == datetime(2027, 7, 13, 8, tzinfo=UTC)
    assert only_entry(vevent(start)).start == datetime(2027, 7, 13, 8, tzinfo=UTC)


def test_a_zone_that_only_the_file_knows_is_refused() -> None:
    forged = [line.format(zone="Customized Time Zone") for line in FORGED_ZONE]
    body = ["BEGIN:VEVENT", "DTSTART;TZID=Customized Time Zone:20270713T100000", "END:VEVENT"]
    with pytest.raises(BadInput) as refused:
        read_calendar(calendar(*forged, *body))
    assert refused.value.place == "entry 1, DTSTART"
    assert refused.value.message["en"] == "is in the unknown time zone Customized Time Zone"


def test_a_floating_time_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        read_calendar(vevent("DTSTART:20270713T100000"))
    assert (refused.value.place, refused.value.message["en"]) == ("entry 1, DTSTART", "has no time zone")


def test_recurrences_are_told_and_not_expanded() -> None:
    rule = "RRULE:FREQ=SECONDLY;UNTIL=99991231T235959Z"
    assert only_entry(vevent("DTSTART:00010101T000000Z", rule)).recurs is True


def test_what_is_not_read_cannot_do_harm() -> None:
    data = vevent(
        "ATTACH;VALUE=BINARY;ENCODING=BASE64:not base64",
        'ATTENDEE;CN="unclosed:mailto:a@b.example',
        "BEGIN:VALARM",
        "TRIGGER:malformed",
        "END:VALARM",
        "X-SOMETHING",
    )
    assert only_entry(data) == PLAIN


def test_a_path_is_not_opened() -> None:
    with NamedTemporaryFile(suffix=".ics") as file:
        Path(file.name).write_bytes(vevent())
        with pytest.raises(BadInput) as refused:
            read_calendar(file.name.encode())
    assert refused.value.place == "calendar"


REFUSED = {
    "nothing": (b"", "calendar"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "octet 0"),
    "too large": (b"x" * (reader.LARGEST + 1), "calendar"),
    "two calendars": (vevent() + vevent(), "calendar"),
    "an event alone": (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "calendar"),
    "no end": (b"BEGIN:VCALENDAR\r\n", "end of the calendar"),
    "no beginning": (b"END:VCALENDAR\r\n", "unfolded line 1"),
    "ends of other components": (calendar("BEGIN:VEVENT", "END:VTODO"), "unfolded line 4"),
    "a disguised beginning": (calendar("BEGIN;X=1:VTIMEZONE"), "unfolded line 3"),
    "a disguised component": (calendar("BEGIN:V TIMEZONE"), "unfolded line 3"),
    "too many components": (
        calendar(*["BEGIN:VEVENT", "END:VEVENT"] * reader.MOST_COMPONENTS),
        "unfolded line 10001",
    ),
    "a long line": (vevent("SUMMARY:" + "a" * reader.LONGEST_LINE), "unfolded line 5, SUMMARY"),
    "a zone of many folders": (vevent("DTSTART;TZID=" + "a/" * 3000 + ":x"), "unfolded line 5, DTSTART"),
    "a zone of many packages": (vevent("DTSTART;TZID=" + "a." * 3000 + "/b:x"), "unfolded line 5, DTSTART"),
    "a zone that is a folder": (vevent("DTSTART;TZID=Europe:20270713T100000"), "calendar"),
    "two identifiers": (vevent("UID:2@x.example"), "entry 1, UID"),
    "a thirteenth month": (vevent("DTSTART:20271301T000000Z"), "entry 1, DTSTART"),
    "a start in words": (vevent("DTSTART;VALUE=TEXT:soon"), "entry 1, DTSTART"),
    "an instant and a day": (vevent("DTSTART:20270713T100000Z", "DTEND;VALUE=DATE:20270714"), "entry 1"),
    "a day as duration": (
        vevent("DTSTART:20270713T100000Z", "DURATION;VALUE=DATE:20270714"),
        "entry 1, DURATION",
    ),
    "an endless duration": (vevent("DTSTART:20270713T100000Z", "DURATION:P99999999D"), "entry 1, DURATION"),
    "before the calendar begins": (vevent("DTSTART;TZID=Asia/Tokyo:00010101T000000"), "entry 1, DTSTART"),
    "a day as stamp": (vevent("DTSTAMP;VALUE=DATE:20270714"), "entry 1, DTSTAMP"),
    "a sequence in words": (vevent("SEQUENCE:one"), "entry 1, SEQUENCE"),
    "a negative sequence": (vevent("SEQUENCE:-1"), "entry 1, SEQUENCE"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_place(what: str) -> None:
    data, place = REFUSED[what]
    with pytest.raises(BadInput) as refused:
        read_calendar(data)
    assert refused.value.place == place


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 40))
def test_whatever_comes_is_read_or_refused(noise: bytes, position: int, cut: int) -> None:
    whole = vevent("DTSTART;TZID=Europe/London:20270713T100000", "DURATION:PT1H", "SEQUENCE:1")
    try:
        read = read_calendar(whole[:position] + noise + whole[position + cut :])
    except BadInput:
        return
    assert isinstance(read, ForeignCalendar)
