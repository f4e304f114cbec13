"""How long it takes to work out what is due and to write the letters: ``python -m benchmarks.reminders``.

All rounds stand on one day, so that the reminder of each falls due at the same moment: the worst morning that there can
be. A column of the table gives the growth from the row above it as an exponent: 1 is linear. The last row gives every
reminder a post of its own, so that each makes a letter. One installation of one machine, on the disk; one turn of one
side, in one transaction, by the same action that a tick takes.
"""

import argparse
import math
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.ministries import LETTERHEAD, UK, agree_rounds, founded
from scheduler.db.work import unit_of_work
from scheduler.outbox.queries import letters
from scheduler.reminders.actions import give_due
from scheduler.reminders.queries import ledger, no_agendas, outlooks

DAY = date(2027, 6, 1)
MOMENT = datetime(2027, 4, 27, 8, 30, tzinfo=UTC)
"""Five weeks before, after the opening of the office: the first draft of the agenda is due."""

HEADS = ("rounds", "posts", "given", "letters", "work out s", "whole s", "ms a reminder", "growth")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn of one side came to: ``working_out`` are seconds of only looking, ``whole`` those of the turn."""

    rounds: int
    posts: int
    given: int
    letters: int
    working_out: float
    whole: float

    def growth(self, before: "Turn | None", *, by_posts: bool) -> float | None:
        """Return the exponent with which the seconds grew since a smaller turn."""
        if before is None:
            return None
        size = self.posts / before.posts if by_posts else self.rounds / before.rounds
        return math.log(self.whole / before.whole) / math.log(size)


def measure(folder: Path, rounds: int, posts: int) -> Turn:
    """Let the UK have its turn with so many rounds, whose leads are so many posts."""
    engine = founded(Path(tempfile.mkdtemp(dir=folder)), "reminders", posts)
    agree_rounds(engine, rounds, DAY)
    with unit_of_work(engine, UK, MOMENT) as work:
        begin = time.perf_counter()
        outlooks(work, no_agendas)
        between = time.perf_counter()
        give_due(work, LETTERHEAD, no_agendas)
        end = time.perf_counter()
    with unit_of_work(engine, UK, MOMENT) as work:
        found = Turn(
            rounds, posts, len(ledger(work, "uk-nl")), len(letters(work)),
            between - begin, end - between,
        )  # fmt: skip
    engine.dispose()
    return found


def show(title: str, rows: list[Turn], *, by_posts: bool) -> None:
    """Print one table."""
    print(f"\n{title}\n" + "  ".join(HEADS))
    before = None
    for row in rows:
        growth = row.growth(before, by_posts=by_posts)
        cells = (
            row.rounds, row.posts, row.given, row.letters, f"{row.working_out:.2f}", f"{row.whole:.2f}",
            f"{1000 * row.whole / row.given:.2f}", "" if growth is None else f"{growth:.2f}",
        )  # fmt: skip
        print(
            "  ".join(str(cell).rjust(len(head)) for cell, head in zip(cells, HEADS, strict=True)), flush=True
        )
        before = row


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=10_000, help="rounds of the largest turn")
    options = parser.parse_args()
    most = options.most
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure(folder, 10, 10)  # warms what is compiled once
        by_rounds = [measure(folder, rounds, 100) for rounds in (most // 100, most // 10, most)]
        show("more rounds, the same posts", by_rounds, by_posts=False)
        by_posts = [measure(folder, most // 10, posts) for posts in (most // 100, most // 30, most // 10)]
        show("more posts, the same rounds", by_posts, by_posts=True)


if __name__ == "__main__":
    main()
