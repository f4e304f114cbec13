"""Where letters leave the house: a folder of .eml files, an SMTP relay, or a list in memory for tests.

A mailer opens a line; over the line letters are handed over one by one, each with a verdict. A line raises
nothing for a letter that is refused: it says so. Owns ``smtplib``; what follows from a verdict is decided in
``rules``.
"""

import os
import re
import smtplib
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from scheduler.outbox.mime import Letterhead
from scheduler.outbox.rules import Fate, Verdict, fate_of_reply
from scheduler.settings import Settings
from scheduler.tokens import digest

TIMEOUT_SECONDS = 30
ACCEPTED = Verdict(Fate.ACCEPTED)
OK = 250
READY_FOR_DATA = 354


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is handed over: the message, whom for, and the name of the letter for whoever keeps it."""

    key: str
    recipient: str
    message_id: str
    content: bytes


class Line(Protocol):
    """A way to the post office that is open for a while."""

    def send(self, envelope: Envelope) -> Verdict:
        """Hand one letter over and say what came of it."""


class Mailer(Protocol):
    """Whatever can open a line."""

    def open(self) -> AbstractContextManager[Line]:
        """Open a line for some letters; nothing is connected before the first of them."""


def mailer(settings: Settings) -> Mailer:
    """Return the mailer that the settings name."""
    if settings.mailer == "folder":
        return Folder(settings.mail_folder)
    return Smtp(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )


def letterhead(settings: Settings) -> Letterhead:
    """Return what the settings put on every letter."""
    return Letterhead(settings.mail_from, settings.marking, settings.public_url)


@dataclass(frozen=True, slots=True)
class Memory:
    """Keeps letters in a list."""

    sent: list[Envelope] = field(default_factory=list)

    def open(self) -> AbstractContextManager["Memory"]:
        """Return itself."""
        return nullcontext(self)

    def send(self, envelope: Envelope) -> Verdict:
        """Keep the letter."""
        self.sent.append(envelope)
        return ACCEPTED


@dataclass(frozen=True, slots=True)
class Folder:
    """Writes each letter into a file of its own, whose name follows from the letter: sent twice, it is there once."""

    folder: Path

    def open(self) -> AbstractContextManager["Folder"]:
        """Return itself."""
        return nullcontext(self)

    def send(self, envelope: Envelope) -> Verdict:
        """Write the file under another name and rename it once it is on the disk: it is there whole or not at all."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(envelope.content)
                    file.flush()
                    os.fsync(file.fileno())
                Path(unfinished).replace(self.folder / file_name(envelope))
            except BaseException:
                Path(unfinished).unlink(missing_ok=True)
                raise
        except OSError as error:
            return Verdict(Fate.UNREACHED, f"{self.folder}: {error.strerror or error}")
        return ACCEPTED


def file_name(envelope: Envelope) -> str:
    """Return the name of a letter's file: readable, and different for every letter."""
    words = re.sub(r"[^a-z0-9]+", "-", envelope.key.lower()).strip("-")[:100]
    return f"{words}-{digest(envelope.message_id)[:8]}.eml"


@dataclass(frozen=True, slots=True)
class Smtp:
    """Hands letters to a relay over one connection (RFC 5321), secured by ``starttls`` or ``tls``, or ``none``."""

    host: str
    port: int
    sender: str
    security: str = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    @contextmanager
    def open(self) -> Iterator["SmtpLine"]:
        """Give a line that connects at its first letter, again when it was cut, and says goodbye at the end."""
        line = SmtpLine(self)
        try:
            yield line
        finally:
            line.close()

    def connect(self) -> smtplib.SMTP:
        """Return a connection on which letters may be sent; raise ``smtplib.SMTPException`` or ``OSError``.

        Where the relay offers no STARTTLS that the settings demand, nothing is sent in the clear instead.
        """
        if self.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT_SECONDS, context=self.trust
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            if self.security == "starttls":
                connection.starttls(context=self.trust)
            connection.ehlo_or_helo_if_needed()
            if self.user:
                connection.login(self.user, self.password)
        except BaseException:
            connection.close()
            raise
        return connection


class SmtpLine:
    """A connection to a relay, reused from letter to letter."""

    def __init__(self, relay: Smtp) -> None:
        """Connect to nothing yet."""
        self._relay = relay
        self._connection: smtplib.SMTP | None = None

    def send(self, envelope: Envelope) -> Verdict:
        """Hand one letter over.

        What goes wrong before the relay has taken the sender's name is the relay's fault (``UNREACHED``);
        what goes wrong with the recipient or the message is the letter's, so that one that upsets a relay
        does not hold up the others. Once the last byte is on the way and no answer comes, the verdict is
        ``UNKNOWN``.
        """
        try:
            connection = self._greet()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Verdict(Fate.UNREACHED, f"{self._relay.host}: {_words(error)}")
        try:
            refusal = _announce(connection, envelope.recipient)
            if refusal:
                return refusal
            connection.send(_dotted(envelope.content))
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Verdict(Fate.DEFERRED, f"the line broke before the letter was sent: {_words(error)}")
        try:
            code, reply = connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Verdict(Fate.UNKNOWN, f"the line broke after the letter was sent: {_words(error)}")
        return Verdict(fate_of_reply(code), _reply(code, reply))

    def close(self) -> None:
        """Say goodbye, if anybody is there."""
        if self._connection:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
            self._connection.close()
            self._connection = None

    def _greet(self) -> smtplib.SMTP:
        """Name the sender on the connection that stands, or on a new one where the relay has hung up meanwhile."""
        if self._connection:
            with suppress(smtplib.SMTPServerDisconnected, ConnectionError):
                if self._connection.mail(self._relay.sender)[0] == OK:
                    return self._connection
            self.close()
        self._connection = self._relay.connect()
        code, reply = self._connection.mail(self._relay.sender)
        if code != OK:  # what is wrong with the sender is wrong with every letter
            raise smtplib.SMTPResponseException(code, reply)
        return self._connection


def _announce(connection: smtplib.SMTP, recipient: str) -> Verdict | None:
    """Name the recipient and ask for the go-ahead; return the verdict where it goes no further."""
    code, reply = connection.rcpt(recipient)
    if code // 100 == 2:
        code, reply = connection.docmd("DATA")
        if code == READY_FOR_DATA:
            return None
    with suppress(smtplib.SMTPException, OSError):
        connection.rset()
    return Verdict(Fate.REFUSED if code // 100 == 5 else Fate.DEFERRED, _reply(code, reply))


def _dotted(content: bytes) -> bytes:
    """Return the message as it goes over the line: dots doubled at the start of lines, a lone dot at the end."""
    return re.sub(rb"(?m)^\.", b"..", content).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _reply(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode('utf-8', 'replace')}"


def _words(error: Exception) -> str:
    match error:
        case smtplib.SMTPResponseException():
            text = error.smtp_error
            return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
        case TimeoutError():
            return "no answer in time"
        case _:
            return str(error) or type(error).__name__
