"""How many letters a second go to a relay over one connection: ``python -m benchmarks.letters``.

The same letters, byte for byte, go to the same sink in turns: by raw smtplib over one connection, which keeps no record
of anything, and by the outbox as it is served, with everything on record before and after each letter. The database is
that of an installation of one machine, in the folder for temporary files. Read the share, not the rates.
"""

import argparse
import smtplib
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from benchmarks.ministries import LETTERHEAD, SENDER, UK, founded
from benchmarks.sink import sink
from scheduler.db.work import reading, unit_of_work
from scheduler.outbox.actions import enqueue
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import Smtp
from scheduler.outbox.mime import Draft
from scheduler.outbox.queries import letter, letters
from scheduler.outbox.rules import Fate

NOW = datetime(2027, 4, 26, 8, 0, tzinfo=UTC)
WORDS = "The first draft of the agenda goes to the other side by Tuesday 27 April 2027; it is on our page. "
GOAL = 0.60


@dataclass(frozen=True, slots=True)
class Rates:
    """Letters a second in one turn."""

    raw: float
    ours: float

    @property
    def share(self) -> float:
        """Return how much of the raw rate is ours."""
        return self.ours / self.raw


def write(engine: Engine, turn: int, count: int) -> list[bytes]:
    """Put letters of about the length of a reminder into the outbox; return their bytes."""
    keys = [f"benchmark/{turn}/{number}" for number in range(count)]
    with unit_of_work(engine, UK, NOW) as work:
        for key in keys:
            text, html = f"OFFICIAL\n\n{WORDS * 10}\n", f"<p>OFFICIAL</p>{f'<p>{WORDS}</p>' * 20}"
            draft = Draft(key, "uk-nl", "uk/desk", "Desk", "desk@fcdo.example", "en", key, text, html)
            enqueue(work, draft, LETTERHEAD)
    with reading(engine, UK, NOW) as work:
        return [letter(work, entry.key)[1] for entry in letters(work, keys=keys)]


def raw(port: int, contents: list[bytes]) -> float:
    """Return the seconds that smtplib takes."""
    begin = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for content in contents:
            connection.sendmail(SENDER, ["desk@fcdo.example"], content)
    return time.perf_counter() - begin


def ours(engine: Engine, port: int, count: int) -> float:
    """Return the seconds that the outbox takes."""
    begin = time.perf_counter()
    fates = deliver(engine, Smtp("127.0.0.1", port, SENDER), lambda: NOW)
    seconds = time.perf_counter() - begin
    if fates != {Fate.ACCEPTED: count}:
        raise SystemExit(f"not every letter was taken: {dict(fates)}")
    return seconds


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, default=2000, help="letters of each turn")
    parser.add_argument("--turns", type=int, default=7, help="how often each takes its turn")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sink() as relay:
        engine = founded(Path(folder), "letters", 1)
        rates = []
        for turn in range(options.turns):
            contents = write(engine, turn, options.letters)
            plain = options.letters / raw(relay.port, contents)
            rates.append(Rates(plain, options.letters / ours(engine, relay.port, options.letters)))
        engine.dispose()
    size = statistics.mean(len(content) for content in contents)
    print(f"sink: {relay.name}; letters of {size / 1024:.1f} KiB; medians of {options.turns} turns\n")
    print("smtplib/s  outbox/s  share  goal")
    middle = [
        statistics.median(column) for column in zip(*((e.raw, e.ours, e.share) for e in rates), strict=True)
    ]
    print(f"{middle[0]:9.0f}  {middle[1]:8.0f}  {middle[2]:5.0%}  {GOAL:.0%}")


if __name__ == "__main__":
    main()
