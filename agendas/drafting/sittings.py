"""Where the pauses of a day fall between its subjects, so that nobody sits longer than two hours.

Owns the laying of pauses and the parting of a subject that one falls into. Pure. How many pauses a day has, and when
each is best, is decided in ``minutes``.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from agendas.drafting.draft import Item, Line
from agendas.drafting.minutes import LONGEST_SITTING, Day, Pause
from agendas.drafting.selection import settled
from agendas.drafting.wording import REASONS, TITLES
from agendas.papers.wording import phrase

SLIP = 30
"""Minutes by which a pause may come earlier or later than is best, so that no subject is parted."""

SHORTEST_PIECE = 10
"""Minutes of a subject before or after a pause, where it must be parted and is long enough."""


def with_pauses(subjects: Sequence[Item], day: Day, number: int) -> list[Item]:
    """Return the subjects of day ``number`` with its pauses; a subject that one falls into goes on behind it.

    Each pause stands between two subjects, as near as it can to its best time; where that would make a sitting last
    longer than it may, or be too far off, the subject is parted.
    """
    done: list[Item] = []
    left = list(subjects)
    sat_down, now = 0, sum(part.minutes for part in day.first)
    ends = [*(pause.target for pause in day.pauses), day.minutes]
    for count, (pause, next_one) in enumerate(zip(day.pauses, ends[1:], strict=True), start=1):
        earliest = max(pause.target - SLIP, next_one - LONGEST_SITTING - pause.minutes)
        latest = min(pause.target + SLIP, sat_down + LONGEST_SITTING)
        before, left = _parted(left, now, pause.target, earliest, latest)
        done += [*before, _pause(pause, f"{pause.kind}/{number + 1}.{count}")]
        now += sum(item.minutes for item in before) + pause.minutes
        sat_down = now
    return list(_told_apart([*done, *left]))


def _pause(pause: Pause, key: str) -> Item:
    why = phrase(REASONS[pause.kind], minutes=LONGEST_SITTING)
    return Item(key, pause.kind, TITLES[pause.kind], pause.minutes, reasons=(why,))


def _parted(
    subjects: list[Item], now: int, best: int, earliest: int, latest: int
) -> tuple[list[Item], list[Item]]:
    """Return the subjects before and after a pause; ``now`` is when the first of them begins."""
    ends = list(accumulate((item.minutes for item in subjects), initial=now))
    between = [count for count, end in enumerate(ends) if count and earliest <= end <= latest]
    if between:
        count = min(between, key=lambda count: abs(ends[count] - best))
        return subjects[:count], subjects[count:]
    count = sum(end <= best for end in ends[1:])
    if count == len(subjects):
        return subjects, []
    item, begins, ends_at = subjects[count], ends[count], ends[count + 1]
    piece = min(max(best, begins + SHORTEST_PIECE), ends_at - SHORTEST_PIECE)
    cut = min(max(piece, earliest, begins + 1), latest, ends_at - 1)
    first, second = (replace(item, minutes=minutes) for minutes in (cut - begins, ends_at - cut))
    return [*subjects[:count], first], [second, *subjects[count + 1 :]]


def _told_apart(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items, the later pieces of a subject as its continuations; each piece has lines of its own."""
    pieces = Counter(item.key for item in items)
    lines = {item.key: iter(_dealt(item.lines, pieces[item.key])) for item in items}
    met = Counter[str]()
    for item in items:
        met[item.key] += 1
        piece = settled(replace(item, lines=next(lines[item.key])))
        yield piece if met[item.key] == 1 else _continued(piece, met[item.key])


def _continued(piece: Item, number: int) -> Item:
    return Item(
        key=f"{piece.key}/{number}", kind="continued", title=phrase(TITLES["continued"], title=piece.title),
        minutes=piece.minutes, leads=piece.leads, wanted=piece.wanted, lines=piece.lines,
        reasons=(phrase(REASONS["break"], minutes=LONGEST_SITTING),),
    )  # fmt: skip


def _dealt(lines: Sequence[Line], pieces: int) -> list[tuple[Line, ...]]:
    """Return the lines of each piece, in their order; all of them in the first where there are too few."""
    if len(lines) < pieces:
        return [tuple(lines), *[()] * (pieces - 1)]
    ends = [len(lines) * number // pieces for number in range(pieces + 1)]
    return [tuple(lines[start:end]) for start, end in pairwise(ends)]
