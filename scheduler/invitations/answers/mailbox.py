"""The mailbox that answers come to: a folder with a file for each mail, or an account on an IMAP server.

A mail is handed out until it is put away, which is done once it is stored; whoever dies in between is handed it again.
Owns ``imap_tools``, and no meaning of any mail.
"""

import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from imaplib import IMAP4
from pathlib import Path
from typing import Protocol

import structlog
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import (
    ImapToolsError,
    MailboxCopyError,
    MailboxFetchError,
    MailboxFlagError,
    MailboxFolderCreateError,
    MailboxFolderSelectError,
    MailboxLoginError,
    MailboxMoveError,
    UnexpectedCommandStatusError,
)
from imap_tools.utils import check_command_status

from scheduler.errors import Unavailable
from scheduler.invitations.answers.mails import LARGEST
from scheduler.settings import ImapSettings, Settings

READ = "read"
"""The folder within the folder to which mails go once they are stored."""

BROKEN = (OSError, IMAP4.error, ImapToolsError, ValueError)
"""What goes wrong on a line: the network and the certificate, the server's refusals, and what is no IMAP at all."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits: its name in the mailbox, and its bytes; of a large one, one more than is read."""

    name: str
    content: bytes


class Tray(Protocol):
    """A mailbox that is open."""

    def waiting(self) -> Iterator[Waiting]:
        """Yield what waits, the oldest name first; raise ``Unavailable`` where the mailbox cannot be reached."""

    def put_away(self, mail: Waiting) -> None:
        """Keep a mail, but do not hand it out again; raise ``Unavailable`` where that cannot be done."""


class Mailbox(Protocol):
    """Where mails wait."""

    def open(self) -> AbstractContextManager[Tray]:
        """Open the mailbox for a while; raise ``Unavailable`` where it cannot be reached."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of ``.eml`` files. Whoever puts one there renames it to that when it is whole."""

    folder: Path

    def open(self) -> AbstractContextManager["Folder"]:
        """Return itself."""
        return nullcontext(self)

    def waiting(self) -> Iterator[Waiting]:
        """Yield the mails; a file that cannot be read is logged and stays."""
        try:
            names = sorted(path.name for path in self.folder.glob("*.eml") if not path.is_symlink())
        except OSError as error:
            raise Unavailable(str(error), place=str(self.folder)) from error
        for name in names:
            try:
                with (self.folder / name).open("rb") as file:
                    content = file.read(LARGEST + 1)
            except OSError as error:
                log.warning("a mail cannot be read", file=name, reason=str(error))
            else:
                yield Waiting(name, content)

    def put_away(self, mail: Waiting) -> None:
        """Move the file to the folder of those that were read, under a name that is free."""
        away = self.folder / READ
        try:
            away.mkdir(exist_ok=True)
            aim, number = away / mail.name, 1
            while aim.exists():
                aim, number = away / f"{Path(mail.name).stem}.{number}.eml", number + 1
            (self.folder / mail.name).rename(aim)
        except FileNotFoundError:
            return  # another process was quicker
        except OSError as error:
            raise Unavailable(str(error), place=str(away)) from error


@dataclass(frozen=True, slots=True)
class Imap:
    """An account on a mail server (RFC 3501), reached over ``tls``, ``starttls`` or, within one machine, ``none``."""

    account: ImapSettings
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    @property
    def place(self) -> str:
        """Return where this is, for whoever has to mend it."""
        return f"{self.account.host}:{self.account.port}"

    @contextmanager
    def open(self) -> Iterator["ImapTray"]:
        """Log in and open the folder; say goodbye at the end, if anybody is there."""
        tray = ImapTray(self, *self.enter())
        try:
            yield tray
        finally:
            _leave(tray.server)

    def enter(self) -> tuple[BaseMailBox, int]:
        """Connect, log in and open the folder; return the line and the folder's UIDVALIDITY.

        Raise ``Unavailable`` with place and remedy.
        """
        try:
            server = self._connect()
        except BROKEN as error:
            raise self.unavailable(error) from error
        try:
            return server, self._log_in(server)
        except BROKEN as error:
            _leave(server)
            raise self.unavailable(error) from error

    def unavailable(self, error: Exception) -> Unavailable:
        """Return what went wrong, where, and what would be right."""
        return Unavailable(_words(error), place=self.place, remedy=_remedy(error, self.account))

    def _connect(self) -> BaseMailBox:
        to = self.account
        if to.security == "tls":
            return MailBox(to.host, to.port, timeout=to.seconds, ssl_context=self.trust)
        server = MailBoxUnencrypted(to.host, to.port, timeout=to.seconds)
        if to.security == "starttls":
            try:
                server.client.starttls(self.trust)
            except BaseException:
                with suppress(*BROKEN):
                    server.client.shutdown()
                raise
        return server

    def _log_in(self, server: BaseMailBox) -> int:
        """Log in, see that there is a folder for what was read, open the other; return its UIDVALIDITY."""
        to = self.account
        if (to.user + to.password).isascii():
            server.login(to.user, to.password, initial_folder=None)
        else:
            server.login_utf8(to.user, to.password, initial_folder=None)
        _learn_abilities(server)
        if to.read and not server.folder.exists(to.read):
            with suppress(
                MailboxFolderCreateError
            ):  # another process was quicker, or it shows when it is needed
                server.folder.create(to.read)
        return _select(server, to.folder)


@dataclass(slots=True)
class ImapTray:
    """A folder on a server that is open. Its mails are numbered, and mean what they meant while ``validity`` holds."""

    mailbox: Imap
    server: BaseMailBox
    validity: int

    def waiting(self) -> Iterator[Waiting]:
        """Yield the mails, the oldest first; of a large one the server is asked for no more than is read.

        Nothing is marked as seen by it. A mail that another process put away meanwhile is passed over.
        """
        criteria = "ALL" if self.mailbox.account.read else "UNSEEN"
        try:
            for uid in self.server.uids(f"{criteria} UNDELETED", charset=None):
                try:
                    content = self._content(uid)
                except (IMAP4.abort, MailboxFetchError) as error:
                    log.warning("a mail cannot be read", mail=uid, reason=_words(error))
                    self._go_on()
                    continue
                if content is not None:
                    yield Waiting(f"{self.validity}/{uid}", content)
        except BROKEN as error:
            raise self.mailbox.unavailable(error) from error

    def put_away(self, mail: Waiting) -> None:
        """Move the mail to the folder of those that were read, or mark it as seen.

        Where the server has begun to number its mails anew, the number may be another mail's: nothing is touched.
        """
        folder = self.mailbox.account.read
        try:
            validity, _, uid = mail.name.partition("/")
            if int(validity) != _select(self.server, self.mailbox.account.folder):
                raise self._numbered_anew()
            if folder:
                self._move(uid, folder)
            else:
                # Not through ``flag``, which also removes for good what somebody marked as deleted.
                answer = self.server.client.uid("STORE", uid, "+FLAGS", f"({MailMessageFlags.SEEN})")
                check_command_status(answer, MailboxFlagError)
        except BROKEN as error:
            raise self.mailbox.unavailable(error) from error

    def _go_on(self) -> None:
        """Connect anew: where a server cannot read a mail it may hang up, which must keep no other mail waiting."""
        _leave(self.server)
        self.server, validity = self.mailbox.enter()
        if validity != self.validity:
            raise self._numbered_anew()

    def _numbered_anew(self) -> Unavailable:
        return Unavailable(
            "the mails of the folder are numbered anew",
            place=self.mailbox.place,
            remedy="the next tick reads on",
        )

    def _move(self, uid: str, folder: str) -> None:
        """Move a mail; where the server refuses because another process was quicker, all is well."""
        try:
            self.server.move(uid, folder)
        except (MailboxMoveError, MailboxCopyError):
            if self.server.uids(f"UID {uid}", charset=None):
                raise

    def _content(self, uid: str) -> bytes | None:
        """Return the first ``LARGEST + 1`` octets of a mail, or ``None`` where it is gone."""
        answer = self.server.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
        check_command_status(answer, MailboxFetchError)
        return next((bytes(part[1]) for part in answer[1] if isinstance(part, tuple)), None)


def mailbox(settings: Settings) -> Mailbox:
    """Return the mailbox that the settings name."""
    return Folder(settings.inbox_folder) if settings.mailbox == "folder" else Imap(settings.imap)


def _leave(server: BaseMailBox) -> None:
    """Say goodbye, if anybody is there, and close the line."""
    with suppress(*BROKEN):
        server.logout()
    with suppress(*BROKEN):
        server.client.shutdown()


def _learn_abilities(server: BaseMailBox) -> None:
    """Ask again what the server can do: many say only after the login that they move mails (RFC 6851) in one step."""
    _, answer = server.client.capability()
    server.client.capabilities = tuple(answer[-1].decode("ascii", "replace").upper().split())


def _select(server: BaseMailBox, folder: str) -> int:
    """Open a folder, also once more; return what tells whether the numbers of its mails still mean the same.

    That is its UIDVALIDITY (RFC 3501, section 2.3.1.1). A server need not tell it of the folder that is open: Dovecot
    goes on naming the one of a folder that was removed and made again, while its numbers already mean other mails.
    """
    server.folder.set(folder)
    _, (validity, *_) = server.client.response("UIDVALIDITY")
    if validity is None:
        raise ValueError("the server does not number its mails (UIDVALIDITY)")
    return int(validity)


def _words(error: Exception) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"the certificate is refused: {error.verify_message}"
        case TimeoutError():
            return "no answer in time"
        case UnexpectedCommandStatusError():
            said = b" ".join(part for part in error.command_result[1] if isinstance(part, bytes))
            return f"the server says {error.command_result[0]}: {said.decode(errors='replace')}"
        case OSError():
            return error.strerror or str(error) or type(error).__name__
        case _:
            return str(error) or type(error).__name__


def _remedy(error: Exception, account: ImapSettings) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"it must name {account.host} and be signed by one that this machine trusts (SSL_CERT_FILE)"
            )
        case ssl.SSLError():
            return "IMAP_SECURITY must be what the server speaks at IMAP_PORT"
        case MailboxLoginError():
            return "IMAP_USER and IMAP_PASSWORD must be an account of that server"
        case MailboxFolderSelectError():
            return f"IMAP_FOLDER must be a folder of the account, {account.folder!r} is none"
        case _:
            return "mails wait there until the server can be read again"
