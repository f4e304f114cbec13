"""Meetings of the shipped programme, and what their delegates got. Owns no expectation."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.dates.slots import timed_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.invitations import actions
from scheduler.invitations.queries import Invitation, invitation
from scheduler.invitations.rules import Sending
from scheduler.invitations.telling.actions import tell_due
from scheduler.meetings import actions as meetings
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import Mailer, Memory
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.queries import letter, letters
from scheduler.programmes.loading import SHIPPED
from tests.builders import NL, UK, agreed, load_files

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
FIRST_DAY, SECOND_DAY = date(2027, 3, 16), date(2027, 3, 23)
LETTERHEAD = Letterhead("dialogues@secretariat.example", "OFFICIAL", "https://dialogues.example")
SIDES = (UK, NL)
SENDING = Sending(
    number=1,
    is_call_off=False,
    sequence=0,
    revision=2,
    content={
        "first_day": "2027-03-16",
        "last_day": "2027-03-16",
        "start_time": "10:00",
        "end_time": "16:00",
        "zone": "Europe/London",
        "host": "uk",
        "place": None,
        "languages": [],
        "interpretation": None,
    },
    reason=None,
    party="uk",
    name="UK secretariat",
    at=NOW,
)


@dataclass(frozen=True)
class Got:
    """A letter as whoever gets it reads it: the message, and the lines of its calendar, unfolded."""

    post: str
    message: EmailMessage

    @property
    def calendar(self) -> bytes:
        part = next(part for part in self.message.walk() if part.get_content_type() == "text/calendar")
        return bytes(part.get_payload(decode=True) or b"")

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        assert part
        return str(part.get_content()).replace("\r\n", "\n")

    def value(self, name: str) -> str:
        """Return the value of the first line of that name in the event, or in the calendar."""
        lines = self.calendar.decode().replace("\r\n ", "").split("\r\n")
        event = lines[lines.index("BEGIN:VEVENT") :] if "BEGIN:VEVENT" in lines else []
        found = [line for line in (*event, *lines) if line.split(":")[0].split(";")[0] == name]
        return found[0].partition(":")[2]


def programme(engine: Engine) -> None:
    load_files(engine, SHIPPED / "uk_nl.yaml")


def meeting(engine: Engine, day: date = FIRST_DAY, *, key: str = "JS-R05") -> str:
    """Put a round that both sides agreed on the calendar, in London; return its UID."""
    programme(engine)
    return agreed(engine, day, key=key)


def press(engine: Engine, uid: str, reason: str = "", *, at: datetime = NOW) -> None:
    """Let the UK, which hosts, press send; then let the Dutch side tick, and the letters go."""
    with unit_of_work(engine, UK, at) as work:
        actions.send(work, uid, LETTERHEAD, reason)
    tick(engine, at=at)


def tick(engine: Engine, *, at: datetime = NOW, relay: Mailer | None = None) -> list[int]:
    """Let each side tell its posts what they must hear, and the letters go; return how many letters each wrote."""
    written = tell_both(engine, at=at)
    deliver(engine, relay or Memory(), lambda: at)
    return written


def tell_both(engine: Engine, *, at: datetime = NOW) -> list[int]:
    """Let each side write to its posts what they must hear, while no relay can be reached."""
    written = []
    for side in SIDES:
        with unit_of_work(engine, side, at) as work:
            written.append(tell_due(work, LETTERHEAD).enqueued)
    return written


def move(engine: Engine, uid: str, day: date, *, at: datetime = LATER) -> None:
    """Move a round to another day, and let the other side agree."""
    slot = timed_slot(day, time(10), time(16), "Europe/London")
    with unit_of_work(engine, UK, at) as work:
        meetings.move(work, uid, slot)
    with unit_of_work(engine, NL, at) as work:
        meetings.agree(work, uid)


def seen(engine: Engine, side: Actor, uid: str, *, at: datetime = NOW) -> Invitation:
    with reading(engine, side, at) as work:
        return invitation(work, uid)


def got(engine: Engine, side: Actor) -> list[Got]:
    """Return the invitations of a side, the oldest first."""
    with reading(engine, side, NOW) as work:
        entries = [entry for entry in letters(work) if entry.key.startswith("invitation/")]
        contents = [(entry.post, letter(work, entry.key)[1]) for entry in reversed(entries)]
    return [Got(post, parsed(content)) for post, content in contents]


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message
