"""A meeting as it goes to one invited person: METHOD, ORGANIZER and ATTENDEE (RFC 5546, 3.2.2, 3.2.5 and 3.2.8).

Owns what distinguishes such a calendar from a feed: it holds exactly one event, says what is asked, and names the one
person whom it is for and nobody else.

Habits of programs that are met here: installed Outlook shows no buttons without ``RSVP=TRUE``; Gmail does not know an
organiser whose parameters are unquoted; Outlook cannot read a CANCEL without the time zone that it names; old parsers
print the escapes of RFC 6868 as they are, so no name has a quotation mark.
"""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.errors import BadInput
from scheduler.ical.components import PRODUCT, Event, event_bytes
from scheduler.ical.text import escape, fold, one_line
from scheduler.ical.timezones import timezones


class Method(StrEnum):
    """What a calendar asks of whoever gets it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    DECLINECOUNTER = "DECLINECOUNTER"


class Participation(StrEnum):
    """In which role somebody takes part (RFC 5545, section 3.2.16)."""

    CHAIR = "CHAIR"
    REQUIRED = "REQ-PARTICIPANT"
    OPTIONAL = "OPT-PARTICIPANT"
    INFORMED = "NON-PARTICIPANT"


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who invites: the mailbox that answers go to, and what programs show for it."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who is invited, as what, and whether an answer is wanted."""

    address: str
    name: str
    participation: Participation
    wants_answer: bool = True


def invitation_bytes(
    method: Method, event: Event, organizer: Organizer, attendee: Attendee, comment: str = ""
) -> bytes:
    """Return the calendar of one invitation, cancellation or refusal of another time, its time zones included.

    ``comment`` is a word to the attendee. Raises ``BadInput`` for values that cannot stand in a calendar.
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    people = [_organizer(organizer), _attendee(method, attendee)]
    if comment:
        people.append(f"COMMENT:{escape(one_line(comment))}")
    end = b"END:VEVENT\r\n"
    written = event_bytes(event).removesuffix(end) + b"".join(fold(line) for line in people) + end
    return b"".join([*(fold(line) for line in head), *timezones([event.slot]), written, b"END:VCALENDAR\r\n"])


def _organizer(organizer: Organizer) -> str:
    return f"ORGANIZER;CN={_quoted(organizer.name)}:{_mailto(organizer.address, 'organizer')}"


def _attendee(method: Method, attendee: Attendee) -> str:
    parameters = ["ATTENDEE", "CUTYPE=INDIVIDUAL", f"ROLE={attendee.participation}"]
    if method is Method.REQUEST:
        parameters += ["PARTSTAT=NEEDS-ACTION", f"RSVP={str(attendee.wants_answer).upper()}"]
    parameters.append(f"CN={_quoted(attendee.name)}")
    return f"{';'.join(parameters)}:{_mailto(attendee.address, 'attendee')}"


def _quoted(name: str) -> str:
    """Return a name as the value of a parameter (RFC 5545, section 3.2), which may hold all but quotation marks."""
    return '"' + one_line(name).replace('"', "’") + '"'


def _mailto(address: str, place: str) -> str:
    """Return an address as a URI; what a mail server would take for more than one address is refused."""
    local, _, domain = address.rpartition("@")
    if not (local and domain) or not address.isascii() or any(sign in _FORBIDDEN for sign in address):
        raise BadInput(
            {"en": f"{address!r} is no mail address", "nl": f"{address!r} is geen mailadres"},
            place=place,
            remedy={
                "en": "for example desk@ministry.example",
                "nl": "bijvoorbeeld desk@ministry.example",
            },
        )
    return "mailto:" + address.replace("%", "%25").replace("?", "%3F").replace("#", "%23")


_FORBIDDEN = frozenset(map(chr, (*range(33), 127))) | frozenset('<>",;:\\()[]')
