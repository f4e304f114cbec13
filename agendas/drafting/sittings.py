"""Where the pauses of a day fall between its subjects, so that nobody sits longer than two hours.

Owns the laying of pauses and the parting of a subject that one falls into. Pure. How many pauses a day has, and when
each is best, is decided in ``minutes``.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from agendas.drafting.draft import Item, Line
from agendas.drafting.minutes import LONGEST_SITTING, Day, Pause, grain_of
from agendas.drafting.selection import least_minutes, settled
from agendas.drafting.wording import REASONS, TITLES
from agendas.papers.wording import phrase

SLIP = 30
"""Minutes by which a pause may come earlier or later than is best, so that no subject is parted."""

SHORTEST_PIECE = 10
"""Minutes of a subject before or after a pause, where it must be parted and is long enough."""


Cut = tuple[Sequence[Item], Sequence[Item]]
"""Subjects before a pause, and after it."""


class Window(NamedTuple):
    """When a pause may begin, and when it is best; ``now`` is when the first subject before it begins."""

    now: int
    earliest: int
    best: int
    latest: int


def with_pauses(subjects: Sequence[Item], day: Day, number: int, lunch: str) -> list[Item]:
    """Return the subjects of day ``number`` with its pauses; a subject that one falls into goes on behind it.

    Each pause stands between two subjects, as near as it can to its best time. Where that would make a sitting last
    longer than it may, or be too far off, a subject lends its neighbour minutes that it can spare; else it is
    parted. ``lunch`` is what a lunch is called among the titles.
    """
    done: list[Item] = []
    left: Sequence[Item] = subjects
    sat_down, now = 0, sum(part.minutes for part in day.first)
    ends = [*(pause.target for pause in day.pauses), day.minutes]
    for count, (pause, next_one) in enumerate(zip(day.pauses, ends[1:], strict=True), start=1):
        earliest = max(pause.target - SLIP, next_one - LONGEST_SITTING - pause.minutes)
        latest = min(pause.target + SLIP, sat_down + LONGEST_SITTING)
        window = Window(now, earliest, pause.target, latest)
        before, left = (
            _between(left, window) or _lent(left, window, grain_of(day.minutes)) or _parted(left, window)
        )
        done += [*before, _pause(pause, f"{pause.kind}/{number + 1}.{count}", lunch)]
        now += sum(item.minutes for item in before) + pause.minutes
        sat_down = now
    return list(_told_apart([*done, *left]))


def _pause(pause: Pause, key: str, lunch: str) -> Item:
    title = TITLES[lunch if pause.kind == "lunch" else pause.kind]
    why = phrase(REASONS[pause.kind], minutes=LONGEST_SITTING)
    return Item(key, pause.kind, title, pause.minutes, reasons=(why,))


def _between(subjects: Sequence[Item], window: Window) -> Cut | None:
    """Return the subjects before and after a pause at the end of one, if one ends when the pause may begin."""
    ends = list(accumulate((item.minutes for item in subjects), initial=window.now))
    fitting = [
        number for number, end in enumerate(ends) if number and window.earliest <= end <= window.latest
    ]
    if not fitting:
        return None
    number = min(fitting, key=lambda number: abs(ends[number] - window.best))
    return subjects[:number], subjects[number:]


def _lent(subjects: Sequence[Item], window: Window, grain: int) -> Cut | None:
    """Return the subjects before and after a pause, the one that it falls into shorter and a neighbour longer."""
    number, begins, ends = _fallen_into(subjects, window)
    if number == len(subjects):
        return None
    spare = min(subjects[number].minutes - least_minutes(subjects[number], grain), SLIP)
    loans = []
    if number:
        loans.append((window.earliest - begins, number - 1, number))
    if number + 1 < len(subjects):
        loans.append((ends - window.latest, number + 1, number + 1))
    lent, to, cut = min(loans, default=(spare + 1, 0, 0))
    if lent > spare:
        return None
    changes = {number: -lent, to: lent}
    changed = [
        replace(item, minutes=item.minutes + changes.get(place, 0)) for place, item in enumerate(subjects)
    ]
    return changed[:cut], changed[cut:]


def _parted(subjects: Sequence[Item], window: Window) -> Cut:
    """Return the subjects before and after a pause, the one it falls into in two pieces."""
    number, begins, ends = _fallen_into(subjects, window)
    if number == len(subjects):
        return subjects, []
    piece = min(max(window.best, begins + SHORTEST_PIECE), ends - SHORTEST_PIECE)
    cut = min(max(piece, window.earliest, begins + 1), window.latest, ends - 1)
    first, second = (replace(subjects[number], minutes=minutes) for minutes in (cut - begins, ends - cut))
    return [*subjects[:number], first], [second, *subjects[number + 1 :]]


def _fallen_into(subjects: Sequence[Item], window: Window) -> tuple[int, int, int]:
    """Return the number of the subject under way when a pause is best, when it begins, and when it ends."""
    ends = list(accumulate((item.minutes for item in subjects), initial=window.now))
    number = sum(end <= window.best for end in ends[1:])
    return number, ends[number], ends[min(number + 1, len(subjects))]


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
