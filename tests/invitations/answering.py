"""Answers as calendar programs send them. Owns no expectation."""

from datetime import UTC, datetime
from email.message import EmailMessage

from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.db.work import reading
from scheduler.invitations.answers.queries import PuzzleFacts, answers, history, puzzles
from scheduler.invitations.answers.reading import take_in
from scheduler.invitations.queries import invitation
from tests.invitations.stage import NOW

STAMP = datetime(2027, 2, 1, 10, 0, tzinfo=UTC)
PARTIES = ("nl", "uk")


def reply_calendar(
    uid: str,
    *attendees: str,
    sequence: int = 0,
    stamp: datetime = STAMP,
    method: str = "REPLY",
    more: tuple[str, ...] = (),
) -> bytes:
    """Return the calendar of an answer; attendees are whole lines, as ``ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b``."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Example//EN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        *attendees,
        *more,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines).encode()


def attendee(address: str, status: str = "ACCEPTED", more: str = "") -> str:
    return f"ATTENDEE;PARTSTAT={status}{more}:mailto:{address}"


def mail(
    sender: str, calendar: bytes = b"", *, kind: str = "text/calendar", text: str = "Yes.", **headers: str
) -> bytes:
    """Return a mail from ``sender``, with a calendar if one is given."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "dialogues@secretariat.example", "Re: SOC"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if calendar:
        main, sub = kind.split("/")
        message.add_alternative(calendar, maintype=main, subtype=sub)
    return message.as_bytes()


def answered(uid: str, address: str, status: str = "ACCEPTED", **more: object) -> bytes:
    """Return the mail in which whoever reads ``address`` answers."""
    return mail(address, reply_calendar(uid, attendee(address, status), **more))  # type: ignore[arg-type]


def report(message_id: str, action: str = "failed", status: str = "5.1.1", words: str = "") -> bytes:
    """Return what a mail server reports on the delivery of a letter (RFC 3464)."""
    diagnosis = f"Diagnostic-Code: smtp; {words}\r\n" if words else ""
    return (
        "Return-Path: <>\r\nAuto-Submitted: auto-replied\r\n"
        "From: MAILER-DAEMON@relay.example\r\nTo: dialogues@secretariat.example\r\nSubject: Undelivered\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n"
        f"Final-Recipient: rfc822; desk@uk.example\r\nAction: {action}\r\nStatus: {status}\r\n{diagnosis}\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--b--\r\n"
    ).encode()


def arrives(engine: Engine, *mails: bytes, at: datetime = NOW, relay: str = "") -> list[bool]:
    """Let mails come in, one after another; return which were new."""
    return [take_in(engine, content, PARTIES, at, relay) for content in mails]


def stands(engine: Engine, side: Actor, uid: str, at: datetime = NOW) -> dict[str, str]:
    """Return the answer of each post of a side that was asked, ``none`` for no answer."""
    with reading(engine, side, at) as work:
        found = answers(work, invitation(work, uid))
    return {
        post: str(entry.answer.status) if entry.answer else "none"
        for post, entry in found.items()
        if entry.is_asked
    }


def came(engine: Engine, side: Actor, uid: str) -> list[tuple[str, str, str]]:
    """Return post, answer and fate of every answer of a side, the latest first."""
    with reading(engine, side, NOW) as work:
        found = history(work, invitation(work, uid))
    return [(entry.post, str(entry.status), str(fate)) for entry, fate in found]


def waiting(engine: Engine, actor: Actor) -> list[PuzzleFacts]:
    with reading(engine, actor, NOW) as work:
        return list(puzzles(work))
