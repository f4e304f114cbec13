"""Real IMAP servers, as processes of their own on free ports of this machine: pymap, and Dovecot where it is installed.

Owns no expectation.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted

from scheduler.invitations.answers.mailbox import Imap
from scheduler.settings import ImapSettings
from scheduler.tokens import new_identifier

USER, PASSWORD = "dialogues", "secret"
KINDS = ("pymap", "dovecot")
DOVECOT = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{mail}/mails
first_valid_uid = 1
default_internal_user = {internal}
default_login_user = {login}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mail}
}}
"""


@dataclass(frozen=True)
class MailServer:
    """A server that runs: in the clear and with STARTTLS at one port, with TLS at the other."""

    process: "subprocess.Popen[bytes]"
    plain: int
    tls: int
    trust: ssl.SSLContext
    certificate: Path
    mails: Path
    """Where Dovecot keeps its mails, a file for each; pymap keeps them in memory."""

    def account(self, security: str = "none", **changes: object) -> ImapSettings:
        """Return settings for a folder of its own, which is there."""
        folder = f"answers-{new_identifier()[:8]}"
        port = self.tls if security == "tls" else self.plain
        base = ImapSettings("localhost", port, security, USER, PASSWORD, folder, f"read-{folder}", 20)
        with self.owner() as owner:
            owner.folder.create(folder)
        return replace(base, **changes)  # type: ignore[arg-type]

    def die(self) -> None:
        """End the server and every process that serves a connection, all at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def mailbox(self, account: ImapSettings) -> Imap:
        return Imap(account, self.trust)

    @contextlib.contextmanager
    def owner(self) -> Iterator[MailBoxUnencrypted]:
        """Log in as somebody with another mail program."""
        with MailBoxUnencrypted("localhost", self.plain) as owner:
            owner.login(USER, PASSWORD, initial_folder=None)
            yield owner

    def deliver(self, account: ImapSettings, *mails: bytes) -> None:
        with self.owner() as owner:
            for mail in mails:
                owner.append(mail, account.folder)

    def count(self, folder: str) -> int:
        with self.owner() as owner:
            return owner.folder.status(folder, ["MESSAGES"])["MESSAGES"]


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost that nobody signed, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    request = (
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    )
    names = ("-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate)
    if subprocess.run((*request, *names), capture_output=True, check=False).returncode:
        pytest.skip("no certificate can be made: openssl is missing")
    return certificate, key


@contextlib.contextmanager
def running(kind: str, folder: Path) -> Iterator[MailServer]:
    """Run a server of a kind until the end of the block."""
    certificate, key = make_certificate(folder)
    trust = ssl.create_default_context(cafile=certificate)
    plain = free_port()
    with contextlib.ExitStack() as stack:
        mail = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if kind == "pymap":
            process = stack.enter_context(_ended(_pymap(plain, certificate, key)))
            front = stack.enter_context(_ended(_front(plain, certificate, key)))
            assert front.stdout
            tls = int(front.stdout.readline())
        else:
            tls = free_port()
            process = stack.enter_context(_ended(_dovecot(folder, mail, plain, tls)))
        _await(plain, process)
        yield MailServer(process, plain, tls, trust, certificate, mail / "mails")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _pymap(port: int, certificate: Path, key: Path) -> "subprocess.Popen[bytes]":
    program = Path(sys.executable).with_name("pymap")
    where = ("--host", "127.0.0.1", "--port", str(port), "--cert", certificate, "--key", key)
    data = ("dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD)
    return _start(program, *where, *data)


def _front(port: int, certificate: Path, key: Path) -> "subprocess.Popen[bytes]":
    script = Path(__file__).with_name("tls_front.py")
    return subprocess.Popen((sys.executable, script, certificate, key, str(port)), stdout=subprocess.PIPE)


def _dovecot(folder: Path, mail: Path, plain: int, tls: int) -> "subprocess.Popen[bytes]":
    """Start Dovecot, which gives mails to no root: to whoever runs the tests, else to nobody."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None:
        pytest.skip("Dovecot is not installed: apt install dovecot-imapd")
    is_root = os.getuid() == 0
    owner = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.getuid())
    os.chown(mail, owner.pw_uid, owner.pw_gid)
    (folder / "run").mkdir()
    written = folder / "dovecot.conf"
    written.write_text(
        DOVECOT.format(
            folder=folder,
            mail=mail,
            plain=plain,
            tls=tls,
            password=PASSWORD,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            internal="dovecot" if is_root else owner.pw_name,
            login="dovenull" if is_root else owner.pw_name,
        )
    )
    return _start(program, "-F", "-c", written)


def _start(*command: str | Path) -> "subprocess.Popen[bytes]":
    """Start a server as the head of a group of processes of its own."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)


@contextlib.contextmanager
def _ended(process: "subprocess.Popen[bytes]") -> Iterator["subprocess.Popen[bytes]"]:
    with process:
        try:
            yield process
        finally:
            process.terminate()


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + 20
    while time.monotonic() < last and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail("the mail server does not start")
