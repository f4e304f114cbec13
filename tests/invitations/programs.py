"""Answers to an invitation in the shapes in which calendar programs send them. Owns no expectation."""

from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from tests.invitations.stage import Got

Shape = Callable[[Got, str, str], bytes]
END = ("END:VEVENT", "END:VCALENDAR", "")


def outlook(got: Got, address: str, status: str) -> bytes:
    """Exchange strips ORGANIZER, names its own zone, and adds properties of its own; its parts are in base64."""
    calendar = (
        *("BEGIN:VCALENDAR", "METHOD:REPLY", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0"),
        *("BEGIN:VTIMEZONE", "TZID:GMT Standard Time"),
        *("BEGIN:STANDARD", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000"),
        *("RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "END:VTIMEZONE"),
        *("BEGIN:VEVENT", f"ATTENDEE;PARTSTAT={status};CN=Desk:mailto:{address.upper()}"),
        *("COMMENT;LANGUAGE=en-GB:\\n", f"UID:{got.value('UID')}", "SUMMARY;LANGUAGE=en-GB:Accepted: SOC"),
        *("DTSTART;TZID=GMT Standard Time:20270316T100000", "DTEND;TZID=GMT Standard Time:20270316T160000"),
        *("CLASS:PUBLIC", "PRIORITY:5", "DTSTAMP:20270201T095500Z", "TRANSP:OPAQUE", "STATUS:CONFIRMED"),
        *(
            f"SEQUENCE:{got.value('SEQUENCE')}",
            "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
            "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        ),
        *END,
    )
    message = MIMEMultipart("alternative")
    message.attach(MIMEText("", "plain", "utf-8"))
    message.attach(_calendar_part(calendar))
    return _mail(message, got, address, "Accepted: SOC")


def google(got: Got, address: str, status: str) -> bytes:
    """Google sends the same calendar twice, the second time as a file."""
    calendar = (
        *("BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0"),
        *(
            "CALSCALE:GREGORIAN",
            "METHOD:REPLY",
            "BEGIN:VEVENT",
            "DTSTART:20270316T100000Z",
            "DTEND:20270316T160000Z",
        ),
        *(
            "DTSTAMP:20270201T095500Z",
            f"ORGANIZER;CN=Dialogues:{got.value('ORGANIZER')}",
            f"UID:{got.value('UID')}",
        ),
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={status};CN={address}",
        f" ;X-NUM-GUESTS=0:mailto:{address}",
        *("CREATED:20270201T090000Z", "LAST-MODIFIED:20270201T095500Z", f"SEQUENCE:{got.value('SEQUENCE')}"),
        *("STATUS:CONFIRMED", "SUMMARY:SOC", "TRANSP:OPAQUE", *END),
    )
    bodies = MIMEMultipart("alternative")
    bodies.attach(MIMEText("Desk has declined this invitation.", "plain", "utf-8"))
    bodies.attach(MIMEText("<p>Desk has declined this invitation.</p>", "html", "utf-8"))
    bodies.attach(_calendar_part(calendar))
    message = MIMEMultipart("mixed")
    message.attach(bodies)
    file = MIMEApplication("\r\n".join(calendar).encode(), "ics", name="invite.ics")
    message.attach(file)
    return _mail(message, got, address, "Declined: SOC")


def apple(got: Got, address: str, status: str) -> bytes:
    """Apple's calendar is deep inside, quotes names, and folds wherever it likes."""
    calendar = (
        *("BEGIN:VCALENDAR", "CALSCALE:GREGORIAN", "METHOD:REPLY", "PRODID:-//Apple Inc.//macOS 15.0//EN"),
        *("VERSION:2.0", "BEGIN:VEVENT", f'ATTENDEE;CN="Desk, crime";CUTYPE=INDIVIDUAL;EMAIL="{address}";P'),
        *(f" ARTSTAT={status}:mailto:{address}", "DTEND:20270316T160000Z", "DTSTAMP:20270201T095500Z"),
        *("DTSTART:20270316T100000Z", f'ORGANIZER;CN="Dialogues":{got.value("ORGANIZER")}', "SUMMARY:SOC"),
        *(f"UID:{got.value('UID')}", f"SEQUENCE:{got.value('SEQUENCE')}", *END),
    )
    inner = MIMEMultipart("mixed")
    part = _calendar_part(calendar)
    part["Content-Disposition"] = 'attachment; filename="iCal-20270201-105500.ics"'
    inner.attach(part)
    message = MIMEMultipart("alternative")
    message.attach(MIMEText("Desk might attend.", "plain", "utf-8"))
    message.attach(inner)
    return _mail(message, got, address, "Invitation tentatively accepted: SOC")


def thunderbird(got: Got, address: str, status: str) -> bytes:
    """Thunderbird keeps what it was sent, and answers in it."""
    kept = [line for line in got.calendar.decode().replace("\r\n ", "").split("\r\n") if line]
    answered = [
        f"ATTENDEE;RSVP=TRUE;PARTSTAT={status};ROLE=REQ-PARTICIPANT:mailto:{address}"
        if line.startswith("ATTENDEE")
        else "METHOD:REPLY"
        if line.startswith("METHOD")
        else "DTSTAMP:20270201T095500Z"
        if line.startswith("DTSTAMP")
        else line
        for line in kept
    ]
    message = MIMEMultipart("mixed")
    bodies = MIMEMultipart("alternative")
    bodies.attach(MIMEText("Desk has accepted your event invitation.", "plain", "utf-8"))
    bodies.attach(_calendar_part((*answered, "")))
    message.attach(bodies)
    return _mail(message, got, address, "Event Invitation Reply (Accepted): SOC")


PROGRAMS: Mapping[str, Shape] = {
    "Outlook": outlook,
    "Google": google,
    "Apple": apple,
    "Thunderbird": thunderbird,
}


def parsed_address(message: EmailMessage) -> str:
    """Return the address that a letter is for."""
    return str(message["To"].addresses[0].addr_spec)


def _calendar_part(lines: tuple[str, ...]) -> MIMEText:
    part = MIMEText("\r\n".join(lines), "calendar", "utf-8")
    part.set_param("method", "REPLY")
    return part


def _mail(message: MIMEMultipart, got: Got, address: str, subject: str) -> bytes:
    message["From"] = f"Desk <{address}>"
    message["To"] = str(got.message["From"])
    message["Subject"] = subject
    message["In-Reply-To"] = str(got.message["Message-ID"])
    return message.as_bytes()
