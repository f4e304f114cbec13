"""What a mail that came to our mailbox is: an answer of a calendar program, or something for a person. Pure.

Owns what is believed of a mail: bytes only, of bounded size and with a bounded number of parts; nothing in it is
opened, followed or shown. Whose mail it is, and whether it counts, is decided elsewhere.

Habits of programs that are met here: Proton Bridge strips ``method=`` from the type of the part, so METHOD is read from
the calendar itself (RFC 6047, section 2.4, wants both); Google adds the same calendar once more as ``application/ics``,
so the first one that can be read is taken.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from itertools import islice

from scheduler.errors import BadInput
from scheduler.ical.answers import ForeignAnswer, read_answer
from scheduler.ical.text import clean_text
from scheduler.invitations.answers.reports import Delivery, Report, read_report
from scheduler.invitations.answers.rules import Reason
from scheduler.invitations.answers.verification import Verification, verify
from scheduler.words import LANGUAGES, Words

LARGEST = 10_000_000
"""Octets; more than a reply with a signature and a few scanned pages."""

HEAD = 64_000
"""Octets of a mail that is too large by which it is still told whose it is."""

MOST_PARTS = 100
MOST_HEADERS = 500
LONGEST_HEADER = 10_000
MOST_REFERENCES = 50
LONGEST_SUBJECT = 300
LONGEST_PROBLEM = 500
CALENDARS = ("text/calendar", "application/ics")
REPORTED: Mapping[Delivery, Reason] = {
    Delivery.BOUNCED: Reason.BOUNCED,
    Delivery.GIVEN_UP: Reason.BOUNCED,
    Delivery.DELAYED: Reason.DELAYED,
    Delivery.ARRIVED: Reason.ARRIVED,
}
_IDENTIFIER = re.compile(r"<[^<>\s@]{1,200}@[^<>\s@]{1,200}>")
_PARSING = (ValueError, TypeError, AttributeError, LookupError, RecursionError, MessageError)
"""What the library may raise for what is no mail at all."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as far as it is believed; either ``answer`` is there, or the ``reason`` why it needs a person.

    ``refers_to`` are Message-IDs of letters that it answers, or brings back; ``problem`` says what could not be read.
    ``delivery`` is what a report says of such a letter, if it is one.
    """

    sender: str = ""
    subject: str = ""
    refers_to: tuple[str, ...] = ()
    verification: Verification = Verification.UNVERIFIED
    answer: ForeignAnswer | None = None
    reason: Reason | None = None
    problem: Words = field(default_factory=dict)
    delivery: Delivery | None = None


def mark_of(content: bytes) -> str:
    """Return what makes a mail known again: the digest of its bytes."""
    return hashlib.sha256(content).hexdigest()


def read_mail(content: bytes, relay: str = "") -> Mail:
    """Return what a mail is; never raises, since what cannot be read needs a person.

    ``relay`` is the name of the own relay, whose word on the sender is believed.
    """
    is_too_large = len(content) > LARGEST
    try:
        message = message_from_bytes(content[:HEAD] if is_too_large else content)
        parts = list(islice(message.walk(), MOST_PARTS + 1))
        sender = _sender(message)
        headers = [(name, str(value)) for name, value in islice(message.items(), MOST_HEADERS)]
        known = Mail(sender, _subject(message), _references(message, parts), verify(headers, relay, sender))
        if is_too_large:
            return replace(known, reason=Reason.TOO_LARGE, problem=_size(content))
        if len(parts) > MOST_PARTS:
            problem = {"en": f"more than {MOST_PARTS} parts", "nl": f"meer dan {MOST_PARTS} onderdelen"}
            return replace(known, reason=Reason.UNREADABLE, problem=problem)
        return _understood(known, message, parts)
    except _PARSING as error:
        return Mail(reason=Reason.UNREADABLE, problem={"en": type(error).__name__})


def problem_of(error: BadInput) -> Words:
    """Return what is wrong with a mail, for whoever reads it."""
    return {code: error.line(code)[:LONGEST_PROBLEM] for code in LANGUAGES}


def _understood(known: Mail, message: Message, parts: list[Message]) -> Mail:
    if _is_report(message):
        return _reported(known, read_report(parts))
    calendars = sorted(
        (part for part in parts if part.get_content_type() in CALENDARS),
        key=lambda part: CALENDARS.index(part.get_content_type()),
    )
    problem: Words = {}
    for part in calendars:
        try:
            answer = read_answer(_calendar(part))
        except BadInput as error:
            problem = problem or problem_of(error)
        else:
            return replace(known, answer=answer)
    if calendars:
        return replace(known, reason=Reason.UNREADABLE, problem=problem)
    return replace(known, reason=Reason.OUT_OF_OFFICE if _is_automatic(message) else Reason.IN_WORDS)


def _size(content: bytes) -> Words:
    size, most = len(content) / 1e6, LARGEST / 1e6
    return {
        "en": f"{size:.1f} MB; at most {most:.0f} MB are read",
        "nl": f"{size:.1f} MB; hoogstens {most:.0f} MB wordt gelezen".replace(".", ","),
    }


def _reported(known: Mail, report: Report | None) -> Mail:
    """Return a report on a letter; one that says nothing that a program can read is for a person all the same."""
    if report is None:
        return replace(known, reason=Reason.BOUNCED)
    words = {"en": report.words} if report.words else {}
    return replace(known, reason=REPORTED[report.delivery], problem=words, delivery=report.delivery)


def _calendar(part: Message) -> bytes:
    """Return the calendar in UTF-8, also where a program sends it in another encoding."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = (part.get_content_charset() or "utf-8").lower()
    if charset in {"utf-8", "utf8", "us-ascii"}:
        return content
    try:
        return content.decode(charset).encode()
    except (LookupError, ValueError):
        used = charset[:40]
        message = {"en": f"is written in {used!r}", "nl": f"is geschreven in {used!r}"}
        raise BadInput(message, place="calendar", remedy={"en": "UTF-8", "nl": "UTF-8"}) from None


def _sender(message: Message) -> str:
    """Return the one address that a mail says it is from; empty for none, and for several."""
    headers = [_header(value) for value in message.get_all("From", [])]
    addresses = getaddresses(headers)
    return addresses[0][1].strip().lower()[:254] if len(addresses) == 1 else ""


def _subject(message: Message) -> str:
    written = _header(message.get("Subject", ""))
    with suppress(HeaderParseError, LookupError, ValueError):  # then it is shown as it was written
        written = str(make_header(decode_header(written)))
    return " ".join(clean_text(written).split())[:LONGEST_SUBJECT]


def _references(message: Message, parts: list[Message]) -> tuple[str, ...]:
    """Return the Message-IDs that a mail names: of what it answers, and of a letter that it brings back."""
    found: dict[str, None] = {}
    for name in ("In-Reply-To", "References"):
        found |= dict.fromkeys(_IDENTIFIER.findall(_header(message.get(name, ""))))
    for part in parts[1:]:
        found |= dict.fromkeys(_IDENTIFIER.findall(_header(part.get("Message-ID", ""))))
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            returned = message_from_bytes(payload if isinstance(payload, bytes) else b"")
            found |= dict.fromkeys(_IDENTIFIER.findall(_header(returned.get("Message-ID", ""))))
    return tuple(islice(found, MOST_REFERENCES))


def _is_report(message: Message) -> bool:
    """Tell whether this is a report on the delivery of a letter (RFC 3464); one without parts is told by its sender."""
    if message.get_content_type() == "multipart/report":
        return str(message.get_param("report-type", "")).lower() == "delivery-status"
    return _header(message.get("Return-Path", "")).strip() == "<>" and _sender(message).startswith(
        ("mailer-daemon@", "postmaster@")
    )


def _is_automatic(message: Message) -> bool:
    """Tell whether a program wrote this (RFC 3834, section 5), also one that is older than the rule."""
    automatic = _header(message.get("Auto-Submitted", "no")).strip().lower()
    marks = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From")
    return not automatic.startswith("no") or any(_headers(message, marks))


def _headers(message: Message, names: tuple[str, ...]) -> Iterator[str]:
    return (name for name in names if name in message)


def _header(value: object) -> str:
    return str(value)[:LONGEST_HEADER]
