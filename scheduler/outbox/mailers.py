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
from scheduler.outbox.rules import CLOSING, Fate, Step, Verdict, verdict_of_reply
from scheduler.settings import Settings
from scheduler.tokens import digest

PATIENCE_SECONDS = 30
"""How long a relay may take for one answer, except the last."""

LAST_PATIENCE_SECONDS = 600
"""How long it may take to say whether it took the message: as long as RFC 5321, section 4.5.3.2.6, asks for, because
a letter given up too early is one of which nobody knows whether it arrived."""

ACCEPTED = Verdict(Fate.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is handed over: the message, whom for, and the name of the letter for whoever keeps it."""

    key: str
    recipient: str
    message_id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Limit:
    """How many letters a minute the relay of that name takes."""

    relay: str
    per_minute: int


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


def relay_limit(settings: Settings) -> Limit | None:
    """Return how many letters a minute the relay takes; ``None`` for a folder, or where the settings set no limit."""
    if settings.mailer == "folder" or settings.smtp_per_minute == 0:
        return None
    return Limit(f"{settings.smtp_host}:{settings.smtp_port}", settings.smtp_per_minute)


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
                _keep_names(self.folder)
            except BaseException:
                Path(unfinished).unlink(missing_ok=True)
                raise
        except OSError as error:
            return Verdict(Fate.UNREACHED, f"{self.folder}: {error.strerror or error}")
        return ACCEPTED


def _keep_names(folder: Path) -> None:
    """Have the names in a folder written to the disk, without which a file may be gone after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_name(envelope: Envelope) -> str:
    """Return the name of a letter's file: readable, and different for every letter."""
    words = re.sub(r"[^a-z0-9]+", "-", envelope.key.lower()).strip("-")[:100]
    return f"{words}-{digest(envelope.message_id)[:8]}.eml"


@dataclass(frozen=True, slots=True)
class Smtp:
    """Hands letters to a relay over one connection (RFC 5321), secured by ``starttls`` or ``tls``, or ``none``.

    Without ``trust`` the authorities that this machine knows vouch for the relay.
    """

    host: str
    port: int
    sender: str
    security: str = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    trust: ssl.SSLContext | None = field(default=None, repr=False)
    patience: float = PATIENCE_SECONDS
    last_patience: float = LAST_PATIENCE_SECONDS

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
        trust = self.trust
        if trust is None and self.security != "none":
            trust = ssl.create_default_context()  # reads hundreds of certificates, so only where it is needed
        if self.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.patience, context=trust
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=self.patience)
        try:
            if self.security == "starttls":
                connection.starttls(context=trust)
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
        self._is_ahead = False

    def send(self, envelope: Envelope) -> Verdict:
        """Hand one letter over.

        What goes wrong before the relay has taken the sender's name is the relay's fault (``UNREACHED``);
        what goes wrong with the recipient or the message is the letter's, so that one that upsets a relay
        does not hold up the others. Once the last byte is on the way and no answer comes, the verdict is
        ``UNKNOWN``. After silence the relay is left alone for a while, or every letter would wait for it in vain.
        """
        try:
            verdict = self._greet(envelope)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Verdict(Fate.UNREACHED, f"{self._relay.host}: {_words(error)}")
        if verdict.fate is not Fate.ACCEPTED or self._connection is None:
            return self._ended(verdict)
        is_on_the_way = False
        try:
            verdict = self._announce(self._connection, envelope.recipient)
            if verdict.fate is not Fate.ACCEPTED:
                return self._ended(verdict)
            self._connection.send(_dotted(envelope.content))
            is_on_the_way = True
            code, reply = self._last_answer(self._connection)
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            fate, when = (Fate.UNKNOWN, "after") if is_on_the_way else (Fate.DEFERRED, "before")
            words = f"the line broke {when} the letter was sent: {_words(error)}"
            return Verdict(fate, words, wants_peace=_is_silence(error))
        verdict = verdict_of_reply(Step.MESSAGE, code, _reply(code, reply))
        return self._ended(verdict) if verdict.keeps_all_waiting else verdict

    def close(self) -> None:
        """Say goodbye, if anybody is there."""
        if self._connection:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
            self._connection.close()
            self._connection = None

    def _greet(self, envelope: Envelope) -> Verdict:
        """Name the sender on the connection that stands, or on a new one where the relay has hung up meanwhile."""
        if self._connection:
            with suppress(smtplib.SMTPServerDisconnected, ConnectionError):
                code, reply = self._mail(self._connection, envelope)
                if code != CLOSING:
                    return self._of_sender(code, reply)
            self._hang_up()
        self._connection = self._relay.connect()
        return self._of_sender(*self._mail(self._connection, envelope))

    def _mail(self, connection: smtplib.SMTP, envelope: Envelope) -> tuple[int, bytes]:
        """Name the sender, and the size where the relay asks for it: one too large is refused at once (RFC 1870).

        Where the relay takes several commands at once the recipient's name goes with it (RFC 2920, section 3.1), which
        saves a wait for each letter; the answer to that is read where it belongs.
        """
        options = [f"SIZE={len(envelope.content)}"] if connection.has_extn("size") else []
        self._is_ahead = connection.has_extn("pipelining")
        if not self._is_ahead:
            return connection.mail(self._relay.sender, options)
        sender, recipient = smtplib.quoteaddr(self._relay.sender), smtplib.quoteaddr(envelope.recipient)
        connection.send(f"{' '.join((f'MAIL FROM:{sender}', *options))}\r\nRCPT TO:{recipient}\r\n")
        code, reply = connection.getreply()
        if code // 100 != 2 and code != CLOSING:
            connection.getreply()  # of the recipient, which means nothing without a sender
        return code, reply

    def _announce(self, connection: smtplib.SMTP, recipient: str) -> Verdict:
        """Name the recipient, unless that was done, and ask for the go-ahead."""
        code, reply = connection.getreply() if self._is_ahead else connection.rcpt(recipient)
        verdict = verdict_of_reply(Step.RECIPIENT, code, _reply(code, reply))
        if verdict.fate is Fate.ACCEPTED:
            code, reply = connection.docmd("DATA")
            verdict = verdict_of_reply(Step.GO_AHEAD, code, _reply(code, reply))
        return verdict

    def _of_sender(self, code: int, reply: bytes) -> Verdict:
        verdict = verdict_of_reply(Step.SENDER, code, _reply(code, reply))
        if verdict.fate is Fate.UNREACHED:
            return Verdict(Fate.UNREACHED, f"{self._relay.host}: {verdict.detail}")
        return verdict

    def _last_answer(self, connection: smtplib.SMTP) -> tuple[int, bytes]:
        """Return what the relay says to the whole message, for which it may need long."""
        if connection.sock:
            connection.sock.settimeout(self._relay.last_patience)
        answer = connection.getreply()
        if connection.sock:
            connection.sock.settimeout(self._relay.patience)
        return answer

    def _ended(self, verdict: Verdict) -> Verdict:
        """Leave the connection ready for the next letter, or end it where the relay wants no more."""
        if verdict.keeps_all_waiting:
            self.close()
        elif self._connection:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.rset()
        return verdict

    def _hang_up(self) -> None:
        """Leave without a goodbye, for which nobody would answer."""
        if self._connection:
            self._connection.close()
            self._connection = None


def _dotted(content: bytes) -> bytes:
    """Return the message as it goes over the line: dots doubled at the start of lines, a lone dot at the end."""
    first = b"." if content.startswith(b".") else b""
    return first + content.replace(b"\n.", b"\n..").removesuffix(b"\r\n") + b"\r\n.\r\n"


def _reply(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode('utf-8', 'replace')}"


def _is_silence(error: Exception) -> bool:
    """Tell whether the relay was waited for in vain, which smtplib calls a connection that was closed."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _words(error: Exception) -> str:
    match error:
        case smtplib.SMTPResponseException():
            text = error.smtp_error
            return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
        case _ if _is_silence(error):
            return "no answer in time"
        case _:
            return str(error) or type(error).__name__
