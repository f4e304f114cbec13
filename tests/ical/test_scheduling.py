"""Invitations and cancellations as bytes, and as other programs read them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from scheduler.dates.slots import Slot, timed_slot
from scheduler.dates.written import write_slot
from scheduler.errors import BadInput
from scheduler.ical.components import CalendarProperties, Event, EventStatus, calendar_bytes, event_bytes
from scheduler.ical.scheduling import Attendee, Method, Organizer, Participation, invitation_bytes
from scheduler.ical.timezones import timezones
from tests.builders import refusal
from tests.peers import ical_js, libical
from tests.peers.reading import Reading

STAMP = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
LONDON, AMSTERDAM = "Europe/London", "Europe/Amsterdam"
ORGANIZER = Organizer("dialogues@secretariat.example", "United Kingdom–Netherlands")
DESK = Attendee("desk@uk.example", 'Head, "Crime"; Desk', Participation.REQUIRED)
ASKED = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
SLOT = timed_slot(date(2027, 3, 16), time(10), time(16), LONDON)
CLOCKS = ((LONDON, {"en": "London"}), (AMSTERDAM, {"en": "The Hague"}))


def event(slot: Slot = SLOT, **changes: object) -> Event:
    values: dict[str, object] = {
        "uid": "7f3a",
        "stamp": STAMP,
        "created": STAMP,
        "last_modified": STAMP,
        "sequence": 3,
        "summary": "SOC Dialogue",
        "slot": slot,
        "status": EventStatus.CONFIRMED,
    }
    return Event(**{**values, **changes})  # type: ignore[arg-type]


def lines(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_request_names_who_invites_and_the_one_who_is_invited() -> None:
    found = lines(invitation_bytes(Method.REQUEST, event(), ORGANIZER, DESK))
    assert found[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Standing Dialogues//Scheduler//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
    ]
    assert found[-6:] == [
        "TRANSP:OPAQUE",
        'ORGANIZER;CN="United Kingdom–Netherlands":mailto:dialogues@secretariat.example',
        ASKED + ';CN="Head, ’Crime’; Desk":mailto:desk@uk.example',
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert found.count("BEGIN:VTIMEZONE") == found.count("BEGIN:VEVENT") == 1


def test_a_cancellation_asks_for_no_answer_and_brings_its_time_zone() -> None:
    found = lines(invitation_bytes(Method.CANCEL, event(status=EventStatus.CANCELLED), ORGANIZER, DESK))
    assert "METHOD:CANCEL" in found
    assert "TZID:Europe/London" in found
    (attendee,) = [line for line in found if line.startswith("ATTENDEE")]
    assert attendee.startswith("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;CN=")


@pytest.mark.parametrize(
    "address",
    ["", "desk", "@uk.example", "a@b.example\r\nX:1", "a b@c.example", "a,b@c.example", "é@c.example"],
)
def test_what_is_no_address_stands_in_no_calendar(address: str) -> None:
    attendee = Attendee(address, "Desk", Participation.CHAIR)
    said = refusal(BadInput, invitation_bytes, Method.REQUEST, event(), ORGANIZER, attendee)
    assert "is no mail address" in said


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_name_and_no_title_becomes_a_line_of_its_own(name: str, title: str) -> None:
    attendee = Attendee("desk@uk.example", name, Participation.OPTIONAL)
    content = invitation_bytes(Method.REQUEST, event(summary=title), Organizer("a@b.example", name), attendee)
    plain = invitation_bytes(
        Method.REQUEST,
        event(summary=""),
        Organizer("a@b.example", ""),
        Attendee("desk@uk.example", "", attendee.participation),
    )
    assert [line.partition(":")[0].partition(";")[0] for line in lines(content)] == [
        line.partition(":")[0].partition(";")[0] for line in lines(plain)
    ]
    (read,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(read["ATTENDEE"]) == "mailto:desk@uk.example"


def changes() -> Iterator[date]:
    """Yield every Sunday of a clock change until 2040, which both zones share."""
    day = date(2027, 1, 3)
    while day.year <= 2040:
        noon = datetime.combine(day, time(12), ZoneInfo(LONDON))
        before = datetime.combine(day - timedelta(days=1), time(12), ZoneInfo(LONDON))
        if noon.utcoffset() != before.utcoffset():
            yield day
        day += timedelta(days=7)


SLOTS = [
    timed_slot(sunday + timedelta(days=ahead), time(hour), time(hour + 2), zone)
    for sunday in changes()
    for ahead in (0, 1)
    for zone in (LONDON, AMSTERDAM)
    for hour in (4, 10)
]


def starts(
    read: Callable[[bytes], list[Reading]], slots: list[Slot]
) -> tuple[list[datetime], list[datetime]]:
    """Return when slots begin in one feed, and each in an invitation of its own, as a peer reads them.

    The peer gets the invitations in one file, since starting it for each would take minutes.
    """
    events = [event(slot, uid=str(number)) for number, slot in enumerate(slots)]
    feed = calendar_bytes(CalendarProperties(name="UK–NL"), timezones(slots), map(event_bytes, events))
    sent = [invitation_bytes(Method.REQUEST, entry, ORGANIZER, DESK) for entry in events]
    bodies = [content[content.index(b"BEGIN:VEVENT") : content.index(b"END:VCALENDAR")] for content in sent]
    zones = dict.fromkeys(
        content[content.index(b"BEGIN:VTIMEZONE") : content.index(b"BEGIN:VEVENT")] for content in sent
    )
    together = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REQUEST\r\n"
    together += b"".join([*zones, *bodies]) + b"END:VCALENDAR\r\n"
    return [entry.start for entry in read(feed)], [entry.start for entry in read(together)]  # type: ignore[misc]


@pytest.mark.parametrize("read", [ical_js.read, libical.read], ids=["ical.js", "libical"])
def test_one_instant_in_feed_and_invitation_at_every_change_of_the_clocks(
    read: Callable[[bytes], list[Reading]],
) -> None:
    meant = [slot.starts_at_utc for slot in SLOTS]
    assert len(meant) == 28 * 8
    assert starts(read, SLOTS) == (meant, meant)


def test_one_instant_in_words_at_every_change_of_the_clocks() -> None:
    for slot in SLOTS:
        _, london, hague = write_slot(slot, CLOCKS, "en").split(", ")
        for said, zone in ((london, LONDON), (hague, AMSTERDAM)):
            wall = datetime.combine(slot.first_day, time.fromisoformat(said[:5]), ZoneInfo(zone))
            assert wall.astimezone(UTC) == slot.starts_at_utc
