"""A letter as bytes: headers and two equal bodies, plain and HTML. Pure.

Owns what every message of ours has in its headers (RFC 5322, RFC 3834), and that nothing written into a
subject, a title or an address can become a header of its own. What a letter says is its writer's business.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from scheduler.errors import BadInput

SUBJECT_LENGTH = 200
"""Characters of a subject; mail programs show fewer, and some gateways refuse more."""

_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ADDRESS = re.compile(r"[^\s@<>\",;:\\()\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every letter of an installation carries: the address it comes from, the marking, where the pages are."""

    sender: str
    marking: str
    public_url: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as its writer hands it over: for which reason (``key``), to which post, in which words."""

    key: str
    partnership: str
    post: str
    post_title: str
    address: str
    language: str
    subject: str
    text: str
    html: str


def compose(draft: Draft, letterhead: Letterhead, identifier: str, at: datetime) -> bytes:
    """Return the message, with CRLF and in pure ASCII, so that any relay carries it unchanged.

    ``identifier`` is the Message-ID. The same letter at the same instant gives the same bytes. Raises
    ``BadInput`` for an address that mail cannot be sent to.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(letterhead.sender, "", "MAIL_FROM")
    message["To"] = _address(draft.address, draft.post_title, f"mailbox of {draft.post}")
    message["Subject"] = subject_line(draft.subject, letterhead.marking)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = identifier
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = draft.language
    message.set_content(draft.text, cte="quoted-printable")
    message.add_alternative(draft.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{identifier.strip('<>').partition('@')[0]}")
    return message.as_bytes()


def subject_line(subject: str, marking: str) -> str:
    """Return the subject on one line, under the marking, and not longer than mail carries safely."""
    line = one_line(f"{marking}: {subject}" if marking else subject)
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1] + "…"


def message_identifier(name: str, sender: str) -> str:
    """Return the Message-ID (RFC 5322, section 3.6.4) for a name that is unique in this installation."""
    return f"<{name}@{sender.rpartition('@')[2]}>"


def one_line(text: str) -> str:
    """Return ``text`` without control characters or line breaks of any kind, each run of them a single blank."""
    return _UNPRINTABLE.sub(" ", text).strip()


def _address(address: str, name: str, place: str) -> Address:
    if not address.isascii() or not _ADDRESS.fullmatch(address):
        raise BadInput(
            f"{address!r} is no mail address", place=place, remedy="for example desk@ministry.example"
        )
    try:
        return Address(display_name=one_line(name), addr_spec=address)
    except (HeaderParseError, ValueError) as error:
        raise BadInput(f"{address!r} is no mail address", place=place, remedy="name@host") from error
