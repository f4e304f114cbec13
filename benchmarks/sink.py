"""Where letters of the benchmarks go: postfix's smtp-sink, written in C, or a small one of ours where it is missing.

Ours is named in the table, for what it costs is part of both rates: ``python -m benchmarks.sink PORT`` runs it.
"""

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

SMTP_SINK = "smtp-sink"
WHERE = "/usr/sbin:/usr/libexec/postfix:/usr/lib/postfix"
CONNECTIONS = "100"
END = b"\r\n.\r\n"


@dataclass(frozen=True, slots=True)
class Sink:
    """A relay that takes every letter and forgets it."""

    name: str
    port: int


@contextmanager
def sink() -> Iterator[Sink]:
    """Run a sink on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = shutil.which(SMTP_SINK, path=WHERE)
    command = (
        # Without the right to change to another user it would refuse to start as root.
        [program, "-u", "nobody", f"inet:127.0.0.1:{port}", CONNECTIONS]
        if program
        else [sys.executable, "-m", "benchmarks.sink", str(port)]
    )
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_for(port)
        yield Sink(SMTP_SINK if program else "our own asyncio sink", port)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the sink does not start")


class Taking(asyncio.Protocol):
    """One connection: answers each line, and takes what follows DATA up to the lone dot."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport = cast(asyncio.Transport, transport)
        self.pending, self.in_letter = b"", False
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer whatever is complete."""
        self.pending += data
        while self._take():
            pass

    def _take(self) -> bool:
        mark = END if self.in_letter else b"\r\n"
        line, found, rest = self.pending.partition(mark)
        if not found:
            return False
        self.pending = rest
        if self.in_letter:
            self.in_letter = False
            self.transport.write(b"250 taken\r\n")
        elif line[:4].upper() == b"DATA":
            self.in_letter = True
            self.transport.write(b"354 go ahead\r\n")
        elif line[:4].upper() == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        else:
            self.transport.write(b"250 OK\r\n")
        return True


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Taking, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
