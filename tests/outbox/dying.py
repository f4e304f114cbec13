"""Senders in processes of their own, killed at a step; run as ``python -m tests.outbox.dying URL PORT WORKERS``.

With no worker: one sender after another, each with two new letters, the first killed at its first step, the next at
its second, until one comes to its end. With several: that many at once, of which the first is killed midway.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import event
from sqlalchemy.orm import Session

from scheduler.db.engine import make_engine
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import Envelope, Line, Smtp
from scheduler.outbox.rules import Verdict
from tests.outbox.drafts import NOW, enqueue_for_uk

MIDWAY = 30
"""Steps that one of several senders makes before it is killed."""


@dataclass
class Life:
    """The steps that a sender may make: each commit and each letter handed over has one before and one after."""

    left: int

    def step(self, *_: object) -> None:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1


@dataclass
class Watched:
    """A mailer, and a line of it, that tells of each letter before and after."""

    relay: Smtp
    step: Callable[[], None]
    line: Line | None = None

    @contextmanager
    def open(self) -> Iterator["Watched"]:
        with self.relay.open() as line:
            self.line = line
            yield self

    def send(self, envelope: Envelope) -> Verdict:
        assert self.line
        self.step()
        verdict = self.line.send(envelope)
        self.step()
        return verdict


def start(url: str, port: int, steps: int) -> int:
    """Start a sender with so many steps to live; return the number of its process."""
    process = os.fork()
    if process:
        return process
    engine, life = make_engine(url), Life(steps)
    event.listen(engine, "commit", life.step)
    event.listen(Session, "after_commit", life.step)
    deliver(engine, Watched(Smtp("127.0.0.1", port, "dialogues@secretariat.example"), life.step), lambda: NOW)
    os._exit(0)


def end(process: int) -> int:
    """Wait for a process; return its code, negative for the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def one_after_another(url: str, port: int) -> int:
    """Return how many senders were killed before one came to its end."""
    for steps in range(100):
        engine = make_engine(url)
        enqueue_for_uk(engine, f"{steps:02}/a", f"{steps:02}/b")
        engine.dispose()
        if end(start(url, port, steps)) == 0:
            return steps
    raise AssertionError


if __name__ == "__main__":
    address, at, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if workers:
        processes = [start(address, at, MIDWAY if number == 0 else -1) for number in range(workers)]
        sys.stdout.write(" ".join(str(end(process)) for process in processes))
    else:
        sys.stdout.write(str(one_after_another(address, at)))
