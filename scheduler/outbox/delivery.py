"""The sending loop: the one place that opens several units of work in a row.

1. Look after letters whose sender disappeared, and take out what is of no use any more.
2. Claim a batch of letters that are due, the sides in turn, and commit: now no other sender takes them.
3. In a transaction of its own: record that an attempt begins, and what came of the one before. While the relay is
   quick, that is done for a handful of letters at once, or recording would take longer than sending.
4. Between those transactions, and outside any, hand letters over.
5. Where the relay cannot be reached at all, or asks to be left alone, give the rest of the batch back.
6. Where a side has used up its share of what the relay takes, its letters wait and those of the others go on.
7. Where the sender is told to end, record what came of the letters before and give back those after: of the one in
   hand alone nobody knows. Only a sender that is killed leaves a handful of those.

Any number of these loops may run at once, in one process or on many machines.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from scheduler.actor import operator
from scheduler.db.work import Work, unit_of_work
from scheduler.outbox.mailers import Envelope, Limit, Line, Mailer
from scheduler.outbox.rules import BATCH, HANDFUL, QUICK, STOPPED, Fate, Pace, Verdict
from scheduler.outbox.sending.actions import (
    Beginning,
    ClaimedLetter,
    begin,
    begin_several,
    claim,
    expire,
    put_back,
    recover,
    release,
    settle_several,
)
from scheduler.partnerships.queries import partnerships

SENDER = operator("outbox")
RECORDING_TRIES = 3
"""Transactions begun for one record where the database is locked or its line was cut, before it is left uncertain."""

Clock = Callable[[], datetime]
Outcome = TypeVar("Outcome")
log = structlog.get_logger()


def deliver(engine: Engine, mailer: Mailer, clock: Clock, limit: Limit | None = None) -> Counter[Fate]:
    """Send what is due; return how many letters met which fate. ``clock`` gives the present instant, aware, in UTC."""
    with unit_of_work(engine, SENDER, clock()) as work:
        lost, late, pace = recover(work), expire(work), _pace(work, limit)
    if lost:
        log.warning("letters without a sender", count=lost)
    if late:
        log.warning("letters that are of no use any more", count=late)
    with mailer.open() as line:
        shift = _Shift(engine, line, clock, pace)
        while not shift.is_over:
            batch = shift.record(lambda work: claim(work, BATCH, shift.resting))
            if not batch:
                break
            shift.send(batch)
    return shift.fates


@dataclass(slots=True)
class _Shift:
    """One sender at work: what it uses, and what it has seen so far."""

    engine: Engine
    line: Line
    clock: Clock
    pace: Pace | None
    fates: Counter[Fate] = field(default_factory=Counter)
    resting: set[str] = field(default_factory=set)
    is_over: bool = False
    handful: int = 1
    attempted: list[tuple[ClaimedLetter, Verdict]] = field(default_factory=list)
    """What came of attempts and is not on record yet."""
    untouched: tuple[ClaimedLetter, ...] = ()
    """Letters of the handful that were not taken in hand, although their attempts may be on record as begun."""

    def send(self, batch: tuple[ClaimedLetter, ...]) -> None:
        """Attempt each letter of a batch, until the relay wants no more or the sender is told to end."""
        try:
            self._send(batch)
        except (KeyboardInterrupt, SystemExit):
            self._leave(batch)
            raise

    def _send(self, batch: tuple[ClaimedLetter, ...]) -> None:
        waiting = batch
        while waiting and not self.is_over:
            some, waiting = waiting[: self.handful], waiting[self.handful :]
            waiting = self._attempt(self._begin(some)) + waiting
        if self.is_over and waiting:
            verdict = self.attempted[-1][1]
            self._record_attempted(lambda work: release(work, waiting, verdict=verdict))
        elif self.attempted:
            self._record_attempted(lambda _work: None)

    def _leave(self, batch: tuple[ClaimedLetter, ...]) -> None:
        """Record what is known, and give back what was not attempted."""

        def give_back(work: Work) -> None:
            put_back(work, self.untouched)
            release(work, batch, verdict=Verdict(Fate.UNREACHED, STOPPED))

        self._record_attempted(give_back)

    def _begin(self, some: tuple[ClaimedLetter, ...]) -> tuple[ClaimedLetter, ...]:
        """Record that attempts begin, and what came of those before; return the letters that may be attempted."""
        pace, self.untouched = self.pace, some
        if pace is None:
            return self._record_attempted(lambda work: begin_several(work, some))
        (letter,) = some
        beginning = self._record_attempted(lambda work: begin(work, letter, pace))
        if beginning is Beginning.MUST_WAIT:
            self.resting.add(letter.side)
        return some if beginning is Beginning.BEGUN else ()

    def _attempt(self, begun: tuple[ClaimedLetter, ...]) -> tuple[ClaimedLetter, ...]:
        """Hand letters over; return those that were not, because the relay is slow or wants no more."""
        for place, letter in enumerate(begun, start=1):
            since, self.untouched = self.clock(), begun[place:]
            verdict = _hand_over(self.line, letter)
            self.attempted.append((letter, verdict))
            self.fates[verdict.fate] += 1
            self.is_over = verdict.keeps_all_waiting
            if self.is_over or self.clock() - since > QUICK:
                self.handful = 1
                if self.untouched:
                    self.record(lambda work: put_back(work, self.untouched))
                return self.untouched
        self.handful = min(2 * self.handful, HANDFUL) if self.pace is None else 1
        return ()

    def _record_attempted(self, write: Callable[[Work], Outcome]) -> Outcome:
        """Record what came of the attempts before, and write something else in the same transaction."""

        def both(work: Work) -> Outcome:
            settle_several(work, self.attempted)
            return write(work)

        outcome = self.record(both)
        self.attempted.clear()
        return outcome

    def record(self, write: Callable[[Work], Outcome]) -> Outcome:
        """Write in a transaction of its own; try again where the database is locked, or its line was cut."""
        for _ in range(RECORDING_TRIES - 1):
            try:
                with unit_of_work(self.engine, SENDER, self.clock()) as work:
                    return write(work)
            except OperationalError as error:
                log.warning("the database does not answer", detail=str(error.orig))
        with unit_of_work(self.engine, SENDER, self.clock()) as work:
            return write(work)


def _pace(work: Work, limit: Limit | None) -> Pace | None:
    """Return how much of what the relay takes is each side's; every side has a share, whether it writes or not."""
    if limit is None:
        return None
    sides = {party.key for facts in partnerships(work) for party in facts.parties}
    return Pace(limit.relay, limit.per_minute, max(1, len(sides)))


def _hand_over(line: Line, letter: ClaimedLetter) -> Verdict:
    try:
        verdict = line.send(Envelope(letter.key, letter.address, letter.message_id, letter.content))
    except Exception as error:
        # A fault of ours, of which nobody knows whether the letter had gone; the other letters must not wait for it.
        log.exception("handing a letter over failed", letter=letter.key)
        return Verdict(Fate.UNKNOWN, f"{type(error).__name__}: {error}")
    if verdict.fate is not Fate.ACCEPTED:
        log.warning("letter not accepted", letter=letter.key, fate=verdict.fate, detail=verdict.detail)
    return verdict
