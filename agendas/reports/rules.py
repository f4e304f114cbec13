"""What the yearly report says: how each obligation was kept, how each commitment stands, and what is asked. Pure.

Every obligation stands in exactly one class, and so does every commitment that was open in the year or closed in it:

- an obligation is *held* if a round of it took place in the year; else *dated* if both sides agreed a day to come; else
  *no interval* if nothing says by when it is owed; else *undated*;
- a commitment is *delivered* if that was recorded in the year, and *closed* if it was merged or dropped; while open it
  has *slipped* if its day has passed or it is blocked; else it is *on track* if anything was reported in the year; else
  there is *no news* of it, which is a value of its own and no accusation.

What was decided after the last day of the report is still open in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from agendas.papers.wording import phrase
from agendas.reports import wording
from scheduler.words import Words

AHEAD = timedelta(days=366)
"""How far the report looks ahead: twelve months, whatever February has."""

TOO_EARLY = timedelta(days=92)
"""How long after a promise nobody is asked why nothing was heard of it: about a quarter; practice of ours."""


class Kept(StrEnum):
    """How an obligation was kept in the year."""

    HELD = "held"
    DATED = "dated"
    UNDATED = "undated"
    NO_INTERVAL = "no_interval"
    NOT_IN_FORCE = "not_in_force"


class Stands(StrEnum):
    """How a commitment stands at the end of the year."""

    DELIVERED = "delivered"
    ON_TRACK = "on_track"
    SLIPPED = "slipped"
    NO_NEWS = "no_news"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that was said, on which day, and where it can be looked up; an empty source is a claim without one."""

    day: date | None
    text: Words
    source: Words


@dataclass(frozen=True, slots=True)
class Promised:
    """An obligation with what is on record: ``held`` are the days of its rounds until the last day, oldest first.

    ``due`` is ``None`` where nothing says by when it is owed; ``agreed_for`` is a day to come that both sides agreed.
    ``wants_interval`` tells that the text asks for repetition and leaves open how often.
    """

    key: str
    title: Words
    cadence: str
    source: Words
    in_force_from: date
    in_force_until: date | None
    held: tuple[Claim, ...]
    due: date | None
    agreed_for: date | None
    reasons: tuple[Words, ...]
    wants_interval: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A commitment of the ledger with its joint notes, oldest first; ``decided_on`` is when its status last changed.

    ``is_founding`` tells that it was promised in the documents that the obligations stand on.
    """

    key: str
    theme: str
    text: Words
    kind: str
    strength: str
    status: str
    source: Words
    due: date | None = None
    since: date | None = None
    decided_on: date | None = None
    evidence: Words | None = None
    notes: tuple[Claim, ...] = ()
    silences: tuple[Claim, ...] = ()
    is_founding: bool = True


@dataclass(frozen=True, slots=True)
class SkipAgreed:
    """A round that both sides agreed to leave out."""

    obligation: str
    title: Words
    due: date
    reason: str
    agreed_on: date


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something to come: a round agreed or offered, or a round or commitment by the day on which it is due."""

    day: date
    kind: str
    key: str
    title: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything joint that a report is made from, from its ``first`` to its ``last`` day; the latter dates it."""

    first: date
    last: date
    obligations: tuple[Promised, ...]
    themes: tuple[tuple[str, Words], ...]
    commitments: tuple[Entry, ...]
    skips: tuple[SkipAgreed, ...] = ()
    rounds_ahead: tuple[Ahead, ...] = ()


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """How one obligation was kept, in words: ``gap`` is the time between its last two rounds, or since the last."""

    promised: Promised
    kept: Kept
    rounds: tuple[Claim, ...]
    gap: Words


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """How one commitment stands, why that is said, and on which claims it rests."""

    entry: Entry
    stands: Stands
    because: Words
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ThemeLines:
    """The commitments under one theme."""

    key: str
    title: Words
    lines: tuple[CommitmentLine, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that the ministers are asked for, and what it is about, by key and title."""

    text: Words
    about: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one year."""

    first: date
    last: date
    obligations: tuple[ObligationLine, ...]
    themes: tuple[ThemeLines, ...]
    skips: tuple[SkipAgreed, ...]
    initiatives: tuple[Entry, ...]
    ahead: tuple[Ahead, ...]
    asked: tuple[Asked, ...]

    @property
    def commitments(self) -> tuple[CommitmentLine, ...]:
        """Return every commitment of the report, theme by theme."""
        return tuple(line for theme in self.themes for line in theme.lines)


def report(facts: Facts) -> Report:
    """Return the report: the same facts always give the same one."""
    obligations = tuple(_obligation(entry, facts) for entry in facts.obligations)
    themes = tuple(_themes(facts))
    lines = [line for theme in themes for line in theme.lines]
    return Report(
        first=facts.first,
        last=facts.last,
        obligations=obligations,
        themes=themes,
        skips=tuple(skip for skip in facts.skips if facts.first <= skip.agreed_on <= facts.last),
        initiatives=tuple(
            entry
            for entry in facts.commitments
            if not entry.is_founding and entry.since and facts.first <= entry.since <= facts.last
        ),
        ahead=_ahead(facts, obligations, lines),
        asked=tuple(_asked(obligations, lines, facts)),
    )


def kept(promised: Promised, first: date, last: date) -> Kept:
    """Return the one class of an obligation."""
    if promised.in_force_from > last or (promised.in_force_until and promised.in_force_until < first):
        return Kept.NOT_IN_FORCE
    if any(claim.day and first <= claim.day <= last for claim in promised.held):
        return Kept.HELD
    if promised.agreed_for:
        return Kept.DATED
    return Kept.UNDATED if promised.due else Kept.NO_INTERVAL


def stands(entry: Entry, first: date, last: date) -> tuple[Stands, Words] | None:
    """Return the one class of a commitment, and why; ``None`` for one closed before the year or promised after it."""
    status = entry.status
    if entry.decided_on and entry.decided_on > last:
        status = "open"
    is_closed = status in wording.CLOSED
    was_closed_before = is_closed and entry.decided_on is not None and entry.decided_on < first
    if was_closed_before or (entry.since and entry.since > last):
        return None
    if is_closed:
        return Stands.DELIVERED if status == "delivered" else Stands.CLOSED, wording.CLOSED[status]
    return _slipped(entry, status, last) or _heard_of(entry, first, last)


def _slipped(entry: Entry, status: str, last: date) -> tuple[Stands, Words] | None:
    if entry.due and entry.due < last:
        return Stands.SLIPPED, phrase(wording.OVERDUE, due=entry.due)
    return (Stands.SLIPPED, wording.BLOCKED) if status == "blocked" else None


def _heard_of(entry: Entry, first: date, last: date) -> tuple[Stands, Words]:
    days = [claim.day for claim in entry.notes if claim.day and claim.day <= last]
    if not days:
        return Stands.NO_NEWS, wording.SILENT
    if max(days) < first:
        return Stands.NO_NEWS, phrase(wording.SILENT_SINCE, day=max(days))
    return Stands.ON_TRACK, wording.PARTLY if entry.silences else wording.REPORTED


def _obligation(promised: Promised, facts: Facts) -> ObligationLine:
    days = [claim.day for claim in promised.held if claim.day]
    if len(days) > 1 and days[-1] >= facts.first:
        gap = phrase(wording.GAP_BETWEEN, days=_days(days[-1] - days[-2]), before=days[-2])
    elif days and days[-1] == facts.last:
        gap = wording.NO_EARLIER_ROUND
    elif days:
        gap = phrase(wording.GAP_SINCE, days=_days(facts.last - days[-1]), before=days[-1])
    else:
        gap = wording.NO_ROUND
    rounds = tuple(claim for claim in promised.held if claim.day and facts.first <= claim.day <= facts.last)
    return ObligationLine(promised, kept(promised, facts.first, facts.last), rounds, gap)


def _days(time: timedelta) -> Words:
    return phrase(wording.DAYS[time.days == 1], count=time.days)


def _themes(facts: Facts) -> Iterator[ThemeLines]:
    for key, title in facts.themes:
        found = tuple(_lines([entry for entry in facts.commitments if entry.theme == key], facts))
        if found:
            yield ThemeLines(key, title, found)


def _lines(entries: Iterable[Entry], facts: Facts) -> Iterator[CommitmentLine]:
    for entry in entries:
        found = stands(entry, facts.first, facts.last)
        if found is None:
            continue
        state, because = found
        within = [claim for claim in entry.notes if claim.day and facts.first <= claim.day <= facts.last]
        decided = []
        if state in (Stands.DELIVERED, Stands.CLOSED):
            decided = [Claim(entry.decided_on, because, entry.evidence or {})]
        yield CommitmentLine(entry, state, because, (*decided, *within, *entry.silences))


def _ahead(
    facts: Facts, obligations: Iterable[ObligationLine], lines: Iterable[CommitmentLine]
) -> tuple[Ahead, ...]:
    until = facts.last + AHEAD
    found = [entry for entry in facts.rounds_ahead if facts.last < entry.day <= until]
    known = {entry.key for entry in found}
    for line in obligations:
        promised = line.promised
        has_date = promised.agreed_for is not None or promised.key in known
        if promised.due and promised.due <= until and not has_date and line.kept is not Kept.NOT_IN_FORCE:
            kind = "due" if promised.due >= facts.last else "overdue"
            found.append(Ahead(promised.due, kind, promised.key, promised.title))
    for commitment in lines:
        due = commitment.entry.due
        if due and facts.last <= due <= until and commitment.stands not in (Stands.DELIVERED, Stands.CLOSED):
            found.append(Ahead(due, "commitment", commitment.entry.key, commitment.entry.text))
    return tuple(sorted(found, key=lambda entry: entry.day))


def _asked(
    obligations: Iterable[ObligationLine], lines: Iterable[CommitmentLine], facts: Facts
) -> Iterator[Asked]:
    """Yield what only ministers can settle, the most pressing first; nothing is asked where nothing is open."""
    by_class: dict[str, list[tuple[str, Words]]] = {}
    for line in obligations:
        promised = line.promised
        named = (promised.key, promised.title)
        if line.kept is Kept.NOT_IN_FORCE:
            continue
        if promised.due and promised.due <= facts.last + AHEAD and not promised.agreed_for:
            by_class.setdefault(Kept.UNDATED, []).append(named)
        elif promised.wants_interval and not promised.due:
            by_class.setdefault(Kept.NO_INTERVAL, []).append(named)
    for commitment in lines:
        entry = commitment.entry
        is_fresh = entry.since is not None and entry.since > facts.last - TOO_EARLY
        is_silent = commitment.stands is Stands.NO_NEWS and entry.kind == "action" and not is_fresh
        if commitment.stands is Stands.SLIPPED or is_silent:
            by_class.setdefault(commitment.stands, []).append((entry.key, entry.text))
    for name in (Stands.SLIPPED, Kept.UNDATED, Stands.NO_NEWS, Kept.NO_INTERVAL):
        if by_class.get(name):
            yield Asked(wording.ASKED[name], tuple(by_class[name]))
