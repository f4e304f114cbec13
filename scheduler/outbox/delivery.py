"""The sending loop: the one place that opens several units of work in a row.

1. Look after letters whose sender disappeared.
2. Claim a batch of letters that are due, and commit: now no other sender takes them.
3. For each, in its own transaction: record that an attempt begins, and what came of the one before.
4. Between those transactions, and outside any, hand the letter over.
5. Where the relay cannot be reached at all, give the rest of the batch back.

Any number of these loops may run at once, in one process or on many machines.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy import Engine

from scheduler.actor import operator
from scheduler.db.work import unit_of_work
from scheduler.outbox.actions import ClaimedLetter, begin, claim, recover, release, settle
from scheduler.outbox.mailers import Envelope, Line, Mailer
from scheduler.outbox.rules import BATCH, Fate, Verdict

SENDER = operator("outbox")
Clock = Callable[[], datetime]
log = structlog.get_logger()


def deliver(engine: Engine, mailer: Mailer, clock: Clock) -> Counter[Fate]:
    """Send what is due; return how many letters met which fate. ``clock`` gives the present instant, aware, in UTC."""
    fates: Counter[Fate] = Counter()
    with unit_of_work(engine, SENDER, clock()) as work:
        lost = recover(work)
    if lost:
        log.warning("letters without a sender", count=lost)
    with mailer.open() as line:
        while Fate.UNREACHED not in fates:
            with unit_of_work(engine, SENDER, clock()) as work:
                batch = claim(work, BATCH)
            if not batch:
                break
            fates += _send(engine, line, batch, clock)
    return fates


def _send(engine: Engine, line: Line, batch: tuple[ClaimedLetter, ...], clock: Clock) -> Counter[Fate]:
    fates: Counter[Fate] = Counter()
    before: tuple[ClaimedLetter, Verdict] | None = None
    for place, letter in enumerate(batch):
        with unit_of_work(engine, SENDER, clock()) as work:
            if before:
                settle(work, *before)
            begun = begin(work, letter)
        before = (letter, _hand_over(line, letter)) if begun else None
        if before:
            fates[before[1].fate] += 1
            if before[1].fate is Fate.UNREACHED:
                with unit_of_work(engine, SENDER, clock()) as work:
                    release(work, batch[place + 1 :], verdict=before[1])
                break
    if before:
        with unit_of_work(engine, SENDER, clock()) as work:
            settle(work, *before)
    return fates


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
