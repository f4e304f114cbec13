"""A real SMTP relay for tests: what it answers, and whether it hangs up, depends on the recipient's name."""

import asyncio
import contextlib
import socket
from asyncio import WriteTransport
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HANGS = 1.5
"""Seconds without an answer where a test lets the relay hang; whoever waits for less has to give up."""


@dataclass  # without slots: aiosmtpd looks at every attribute, and the first releases of 3.11 then trip over them
class Relay:
    """Handles commands as aiosmtpd asks it to, and keeps what it took."""

    port: int
    takes_ahead: bool = False
    connections: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self.takes_ahead else responses

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "550 this sender is not welcome" if address.startswith("stranger@") else "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        match address.partition("@")[0]:
            case "nobody":
                return "550 no such mailbox"
            case "full":
                return "452 mailbox full"
            case "quota":
                return "552 over quota"
            case "closing":
                return "421 closing, come back later"
            case "grey" if address not in self.known:
                self.known.add(address)
                return "451 greylisted, come back later"
            case "hangs":
                await asyncio.sleep(HANGS)
            case "cutoff":
                _hang_up(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipient = envelope.rcpt_tos[0]
        match recipient.partition("@")[0]:
            case "spam":
                return "554 looks like spam"
            case "busy":
                return "451 try later"
            case "shuts":
                return "421 shutting down"
        self.taken.append((recipient, bytes(envelope.original_content or b"")))
        if recipient.startswith("silent@"):
            _hang_up(server)
        if recipient.startswith("ponders@"):
            await asyncio.sleep(HANGS)
        return "250 OK"


@contextlib.contextmanager
def relay(*, takes_ahead: bool = False, **options: Any) -> Iterator[Relay]:
    """Run a relay on a free port of this machine; it may take several commands at once. Options are aiosmtpd's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Relay(port, takes_ahead)
    controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


def only_anna(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: object) -> AuthResult:
    """Let one account in."""
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"anna", b"secret")
    return AuthResult(success=known, handled=False)


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, WriteTransport)
    server.transport.abort()
