"""Drafting an agenda from ever more open commitments, against the one sort that no drafting can do without.

``python -m benchmarks.drafting`` prints one table. Ours decides the whole agenda from facts in memory: no database, no
document. The contestant only sorts the same commitments by urgency. Both are measured in turns within one run, so read
ratios, and whether the time for each commitment stays: absolute times move with the machine.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta

from agendas.drafting.facts import Commitment, Facts, Meeting, Office, Party, PreviousRound, Progress, Theme
from agendas.drafting.rules import draft
from agendas.drafting.selection import KIND_WEIGHT, STRENGTH_WEIGHT

SIZES = (50, 500, 5_000, 50_000)
TODAY = date(2027, 2, 10)
THEMES = tuple(f"T{number}" for number in range(9))
KINDS, STRENGTHS = tuple(KIND_WEIGHT), tuple(STRENGTH_WEIGHT)
OFFICES = tuple(Office(side, {"en": side}, side.upper()) for side in ("uk", "nl"))
EVERY = 4
"""Of so many commitments one has news, and one a day on which it is due."""


def facts(size: int) -> Facts:
    """Return a ministers' dialogue on nine themes with so many open commitments."""
    words = {"en": "words", "nl": "woorden"}
    commitments = tuple(
        Commitment(
            key=f"C{number}",
            theme=THEMES[number % len(THEMES)],
            text=words,
            kind=KINDS[number % len(KINDS)],
            strength=STRENGTHS[number % len(STRENGTHS)],
            owners=OFFICES,
            due=TODAY + timedelta(days=number % 900 - 300) if number % EVERY == 1 else None,
        )
        for number in range(size)
    )
    notes = (
        Progress(f"P{number}", TODAY - timedelta(days=number % 700), words, "progress", (f"C{number}",))
        for number in range(0, size, EVERY)
    )
    return Facts(
        today=TODAY,
        partnership=words,
        meeting=Meeting(
            "R/2", words, "R", "dialogue", "ministerial", 360, first_day=date(2027, 3, 23), host="uk"
        ),
        parties=tuple(Party(side, words, words, words, "UTC") for side in ("uk", "nl")),
        themes=tuple(Theme(key, words, OFFICES) for key in THEMES),
        commitments=commitments,
        progress=tuple(notes),
        previous=PreviousRound(date(2026, 3, 24), 1, agenda=()),
    )


def bare(known: Facts) -> list[Commitment]:
    """Sort the commitments by the day they are due and the strength of their verb."""
    return sorted(known.commitments, key=lambda one: (one.due or date.max, -STRENGTH_WEIGHT[one.strength]))


def milliseconds(act: Callable[[Facts], object], known: Facts) -> float:
    """Return how long one act takes."""
    started = time.perf_counter()
    act(known)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print the medians, their ratio, and microseconds for each commitment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=7, help="drafts of each size")
    turns = parser.parse_args().turns
    print("  size   draft ms    sort ms   ratio   µs for each commitment")
    for size in SIZES:
        known = facts(size)
        if len(list(draft(known).commitment_keys())) != size:
            raise AssertionError("a commitment is lost")
        pairs = [(milliseconds(draft, known), milliseconds(bare, known)) for _ in range(turns)]
        ours, sort = (statistics.median(values) for values in zip(*pairs, strict=True))
        print(f"{size:6,} {ours:10.1f} {sort:10.2f} {ours / sort:7.0f} {ours / size * 1000:10.1f}")


if __name__ == "__main__":
    main()
