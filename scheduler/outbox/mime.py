"""A letter as bytes: headers and two equal bodies, plain and HTML; a calendar where it invites, files it brings. Pure.

Owns what every message of ours has in its headers (RFC 5322, RFC 3834), and that nothing written into a
subject, a title or an address can become a header of its own. What a letter says is its writer's business.
"""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr

from scheduler.errors import BadInput

SUBJECT_LENGTH = 200
"""Characters of a subject; mail programs show fewer, and some gateways refuse more."""

LINE_LENGTH = 76
"""Characters of a line of encoded words (RFC 2047, section 2)."""

# The newer EmailMessage folds encoded words wrongly: of Dutch subjects one in ten loses blanks between two of them.
ON_THE_LINE = compat32.clone(linesep="\r\n", mangle_from_=False)
UTF_8 = Charset("utf-8")
UTF_8.body_encoding = QP

_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_IDENTIFIER = re.compile(r"<[!-;=?-~]{1,250}>")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,149}")
_MEDIA_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+-]{1,100}")
_ADDRESS = re.compile(r"[^\s@<>\",;:\\()\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every letter of an installation carries: the address it comes from, the marking, where the pages are."""

    sender: str
    marking: str
    public_url: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a letter brings: its name (ASCII letters, digits, ``-``, ``_`` and ``.``), media type and bytes."""

    name: str
    media_type: str
    content: bytes

    def __post_init__(self) -> None:
        """Refuse what could end a header or climb out of a folder."""
        if not _FILE_NAME.fullmatch(self.name) or not _MEDIA_TYPE.fullmatch(self.media_type):
            raise ValueError(f"{self.name!r} ({self.media_type}) is no file that a letter can bring")


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as its writer hands it over: for which reason (``key``), to which post, in which words.

    ``calendar`` is an iCalendar object whose METHOD is ``method``; ``thread`` the Message-ID of the first letter of a
    matter that this one continues. A letter that invites brings no ``attachments``.
    """

    key: str
    partnership: str
    post: str
    post_title: str
    address: str
    language: str
    subject: str
    text: str
    html: str
    calendar: bytes = b""
    method: str = ""
    thread: str = ""
    attachments: tuple[Attachment, ...] = ()


def compose(draft: Draft, letterhead: Letterhead, identifier: str, at: datetime) -> bytes:
    """Return the message, with CRLF and in pure ASCII, so that any relay carries it unchanged.

    ``identifier`` is the Message-ID. The same letter at the same instant gives the same bytes. Raises
    ``BadInput`` for an address that mail cannot be sent to.
    """
    boundary = f"=_{identifier.strip('<>').partition('@')[0]}"
    if draft.calendar:
        message = _inviting(draft, boundary)
    else:
        message = _bringing(draft, boundary) if draft.attachments else _bodies(draft, boundary)
    message["From"] = _address(letterhead.sender, "", "MAIL_FROM")
    message["To"] = _address(draft.address, draft.post_title, f"mailbox of {draft.post}")
    message["Subject"] = _words(subject_line(draft.subject, letterhead.marking))
    message["Date"] = format_datetime(at)
    message["Message-ID"] = identifier
    if draft.thread:
        message["In-Reply-To"] = message["References"] = _identifier(draft.thread)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = draft.language
    return message.as_bytes(policy=ON_THE_LINE)


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


def _bodies(draft: Draft, boundary: str) -> MIMEMultipart:
    """Return the two bodies, of which a reader shows one (RFC 2046, section 5.1.4)."""
    message = MIMEMultipart("alternative", boundary=boundary)
    for kind, body in (("plain", draft.text), ("html", draft.html)):
        part = MIMENonMultipart("text", kind)
        part.set_payload(body, UTF_8)
        message.attach(part)
    return message


def _bringing(draft: Draft, boundary: str) -> MIMEMultipart:
    """Return the bodies with the files after them (RFC 2046, section 5.1.3; RFC 2183, section 2.2)."""
    message = MIMEMultipart("mixed", boundary=boundary)
    message.attach(_bodies(draft, f"{boundary}.1"))
    for attachment in draft.attachments:
        main, _, sub = attachment.media_type.partition("/")
        part = _in_base64(MIMENonMultipart(main, sub, name=attachment.name), attachment.content)
        part["Content-Disposition"] = f'attachment; filename="{attachment.name}"'
        message.attach(part)
    return message


def _inviting(draft: Draft, boundary: str) -> MIMEMultipart:
    """Return bodies and calendar as RFC 6047, section 2.4, and the programs that read it want them.

    The calendar is the last alternative and no attachment, or Outlook shows no buttons; ``method`` equals METHOD, or
    Exchange refuses the message; the same once more as a file is for programs that know no invitations.
    """
    message = MIMEMultipart("mixed", boundary=boundary)
    bodies = _bodies(draft, f"{boundary}.1")
    bodies.attach(
        _in_base64(MIMENonMultipart("text", "calendar", charset="UTF-8", method=draft.method), draft.calendar)
    )
    message.attach(bodies)
    file = _in_base64(MIMENonMultipart("application", "ics", name="invite.ics"), draft.calendar)
    file["Content-Disposition"] = 'attachment; filename="invite.ics"'
    message.attach(file)
    return message


def _in_base64(part: MIMENonMultipart, content: bytes) -> MIMENonMultipart:
    """Return a part with its content in an encoding that keeps its bytes and line breaks as they are."""
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(content).decode())
    return part


def _identifier(identifier: str) -> str:
    if not _IDENTIFIER.fullmatch(identifier):
        message = {"en": f"{identifier!r} is no Message-ID", "nl": f"{identifier!r} is geen Message-ID"}
        remedy = {"en": "one of our own letters", "nl": "een van onze eigen brieven"}
        raise BadInput(message, place="thread", remedy=remedy)
    return identifier


def _address(address: str, name: str, place: str) -> str:
    if not address.isascii() or not _ADDRESS.fullmatch(address):
        raise BadInput(
            {"en": f"{address!r} is no mail address", "nl": f"{address!r} is geen mailadres"},
            place=place,
            remedy={
                "en": "for example desk@ministry.example",
                "nl": "bijvoorbeeld desk@ministry.example",
            },
        )
    title = one_line(name)
    return formataddr((title, address)) if title.isascii() else f"{_words(title)} <{address}>"


def _words(text: str) -> str:
    """Return ``text`` as a header carries it: as it is, or in encoded words of which none is too long (RFC 2047)."""
    if text.isascii():
        return text
    return Header(text, "utf-8", maxlinelen=LINE_LENGTH, header_name="Subject").encode().replace("\n", "")
