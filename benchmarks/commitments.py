"""Selecting the open commitments under themes, against the bare query: ``python -m benchmarks.commitments``.

Two shapes of ledger: one in which all are open and selected, and one that keeps fifty open ones among more and
more closed ones. Ours reads facts through a unit of work, with the filter of layers; the contestant runs the same SQL
through the driver alone and reads its JSON with the standard library. Both in turns within one run, and the ratio is
the median of those within each turn: read ratios, for what else a machine is busy with slows both.

The process has settled as those of the product have (``scheduler.memory``). Before it did, full collections of garbage
that walked through the whole program fell on one of the two by chance, and took longer than 5,000 rows.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from agendas.commitments.queries import commitments, in_order
from agendas.commitments.rules import OPEN
from agendas.commitments.tables import Commitment
from benchmarks.ledgers import KEY, THEMES, bare, fill, milliseconds, programmes
from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import Work, reading
from scheduler.memory import settle
from scheduler.partnerships.tables import Theme

SIZES = (50, 500, 5_000, 50_000)
MANY = 1_000
"""Up to so many are selected so fast that they take five times the turns."""


def ours(work: Work) -> int:
    """Select as drafting does."""
    return len(commitments(work, KEY, themes=THEMES, only_open=True))


def bare_selection(engine: Engine) -> Callable[[], int]:
    """Return the same selection through the driver."""
    under = (Theme.partnership == KEY, Theme.key.in_(THEMES))
    return bare(engine, in_order(KEY).where(*under, Commitment.status.in_(OPEN)))


def opened(engine: Engine) -> None:
    """Open a unit of work, read nothing, and close it."""
    with reading(engine, side("uk", "benchmark"), clock.now()) as work:
        work.session.connection()


def measure(engine: Engine, turns: int) -> tuple[int, float, list[float]]:
    """Return how many are selected, the ratio, and milliseconds: ours, the bare query, a unit of work without a query.

    The first two are read in transactions that stand open: one unit of work reads all that a page or a draft shows.
    """
    plain = bare_selection(engine)
    with reading(engine, side("uk", "benchmark"), clock.now()) as work:
        found = ours(work)
        if found != plain():
            raise AssertionError("the two do not select the same")
        acts: tuple[Callable[[], object], ...] = (lambda: ours(work), plain, lambda: opened(engine))
        turns = turns if found > MANY else turns * 5
        taken = [[milliseconds(act) for act in acts] for _ in range(turns)]
    ratio = statistics.median(mine / theirs for mine, theirs, _ in taken)
    return found, ratio, [statistics.median(times) for times in zip(*taken, strict=True)]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="commitments under the themes")
    parser.add_argument("--turns", type=int, default=15, help="selections of each kind")
    options = parser.parse_args()
    print("database    shape        size  selected   ours ms   bare ms  ratio  opening ms")
    with tempfile.TemporaryDirectory() as folder, programmes(Path(folder)) as engines:
        settle()
        for engine in engines:
            for shape in ("all open", "few open"):
                for size in options.sizes:
                    fill(engine, size, all_open=shape == "all open")
                    found, ratio, (mine, plain, opening) = measure(engine, options.turns)
                    line = f"{engine.dialect.name:<11} {shape:<9} {size:>7} {found:>9}"
                    print(f"{line} {mine:>9.2f} {plain:>9.2f} {ratio:>6.2f} {opening:>11.2f}", flush=True)


if __name__ == "__main__":
    main()
