"""Drafting an agenda from ever more open commitments, from the database to the page: ``python -m benchmarks.drafting``.

The agenda of a ministers' dialogue, in milliseconds, medians over turns within one run, on SQLite and PostgreSQL:

- ``facts``: everything that the agenda depends on is read, through a unit of work with the filter of layers; beside it
  ``query``, the same commitments, notes and passages through the driver alone, with their JSON read. In a small ledger
  most of it is the rest of the programme: obligations, rounds, offices and sources, the same for any size;
- ``draft``: the agenda is decided, from facts in memory; beside it ``sort``, which no drafting can do without;
- ``page``: the draft is put into words and written as HTML; beside it ``template``, with the words ready;
- ``whole`` is the three of ours together, as a multiple of query and template, and in microseconds a commitment.

A factor is the median of those within each turn. Read those, for absolute times move with the machine.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from sqlalchemy import Engine, select

from agendas.commitments.queries import in_order
from agendas.commitments.rules import OPEN
from agendas.commitments.tables import Commitment, Progress
from agendas.drafting.draft import Draft
from agendas.drafting.facts import Facts
from agendas.drafting.paper import compose
from agendas.drafting.queries import read_facts, subject
from agendas.drafting.rules import draft
from agendas.drafting.selection import STRENGTH_WEIGHT
from agendas.rendering import html
from benchmarks.documents import bare_html
from benchmarks.ledgers import KEY, THEMES, TODAY, bare, fill, milliseconds, programmes
from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import Work, reading
from scheduler.memory import settle
from scheduler.partnerships.tables import Theme
from scheduler.sources.tables import Passage, Source

SIZES = (50, 500, 5_000, 50_000)
MINISTERS = "JS-R01"
"""A dialogue on all themes, those of the ledger among them."""

PAIRS = (("query", "facts"), ("sort", "draft"), ("template", "page"))
ACTS = tuple(chain.from_iterable(PAIRS))
COLUMNS = (*chain.from_iterable((*pair, "factor") for pair in PAIRS), "whole", "factor", "µs each")


def bare_reading(engine: Engine) -> Callable[[], int]:
    """Return the reading of what grows with a ledger through the driver: commitments, notes, and their passages."""
    is_open = (Theme.partnership == KEY, Theme.key.in_(THEMES), Commitment.status.in_(OPEN))
    notes = (
        select(Progress)
        .where(Progress.partnership == KEY, Progress.layer.is_(None), Progress.superseded_by.is_(None))
        .order_by(Progress.day, Progress.position)
    )
    promised = select(Commitment.passage_id).join(Theme, Theme.id == Commitment.theme_id).where(*is_open)
    passages = (
        select(Passage.id, Passage.heading, Passage.first, Passage.last, Source.key)
        .join(Source, Source.id == Passage.source_id)
        .where(Passage.id.in_(promised))
    )
    return bare(engine, in_order(KEY).where(*is_open), notes, passages)


def by_urgency(known: Facts) -> int:
    """Sort the commitments by the day they are due and the strength of their verb."""
    return len(
        sorted(known.commitments, key=lambda one: (one.due or date.max, -STRENGTH_WEIGHT[one.strength]))
    )


def page(drafted: Draft, known: Facts) -> str:
    """Write the draft as a page."""
    return html.page(compose(drafted, known, "en"))


def turns(engine: Engine, work: Work, count: int) -> list[dict[str, float]]:
    """Return the milliseconds of each act, turn after turn, after one that is not counted."""
    about = subject(work, KEY, MINISTERS, TODAY)
    known = read_facts(work, KEY, about, TODAY)
    drafted = draft(known)
    document = compose(drafted, known, "en")
    if sorted(drafted.commitment_keys()) != sorted(entry.key for entry in known.commitments):
        raise AssertionError("a commitment is lost, or stands twice")
    acts: tuple[Callable[[], object], ...] = (
        bare_reading(engine),
        lambda: read_facts(work, KEY, about, TODAY),
        lambda: by_urgency(known),
        lambda: draft(known),
        lambda: bare_html(document),
        lambda: page(drafted, known),
    )
    taken = [dict(zip(ACTS, map(milliseconds, acts), strict=True)) for _ in range(count + 1)]
    return taken[1:]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="open commitments")
    parser.add_argument("--turns", type=int, default=7, help="drafts of each size")
    options = parser.parse_args()
    print(f"{'database':<11}{'open':>7}" + "".join(f"{name:>10}" for name in COLUMNS))
    with tempfile.TemporaryDirectory() as folder, programmes(Path(folder)) as engines:
        settle()
        for engine in engines:
            for size in options.sizes:
                fill(engine, size)
                with reading(engine, side("uk", "benchmark"), clock.now()) as work:
                    found = turns(engine, work, options.turns)
                print(f"{engine.dialect.name:<11}{size:>7}" + "".join(row(found, size)), flush=True)


def row(found: list[dict[str, float]], size: int) -> Iterator[str]:
    """Yield a line of the table."""
    for theirs, ours in PAIRS:
        for name in (theirs, ours):
            yield f"{statistics.median(turn[name] for turn in found):>10.2f}"
        yield f"{statistics.median(turn[ours] / turn[theirs] for turn in found):>10.2f}"
    whole = [sum(turn[ours] for _, ours in PAIRS) for turn in found]
    least = [turn["query"] + turn["template"] for turn in found]
    yield f"{statistics.median(whole):>10.1f}"
    yield f"{statistics.median(one / other for one, other in zip(whole, least, strict=True)):>10.2f}"
    yield f"{statistics.median(whole) / size * 1000:>10.1f}"


if __name__ == "__main__":
    main()
