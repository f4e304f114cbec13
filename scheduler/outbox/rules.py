"""What becomes of a letter: its states, what an answer of the relay means, when to try again. Pure.

The order is: claim, record that an attempt begins, send, record the outcome. So a worker that dies leaves
either a claim without an attempt, which is safe to give back, or an attempt without an outcome, which nobody
but a person may repeat: SMTP cannot tell afterwards whether a letter was taken.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.words import Words


class LetterState(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    DROPPED = "dropped"


STATE_WORDS: Mapping[LetterState, Words] = {
    LetterState.QUEUED: {"en": "waiting to be sent", "nl": "wacht op verzending"},
    LetterState.CLAIMED: {"en": "about to be sent", "nl": "wordt zo verzonden"},
    LetterState.SENDING: {"en": "being sent", "nl": "wordt verzonden"},
    LetterState.SENT: {"en": "sent", "nl": "verzonden"},
    LetterState.FAILED: {"en": "refused or given up", "nl": "geweigerd of opgegeven"},
    LetterState.UNCERTAIN: {
        "en": "perhaps sent, a person decides",
        "nl": "misschien verzonden, iemand beslist",
    },
    LetterState.DROPPED: {"en": "dropped", "nl": "vervallen"},
}

RESENDABLE = frozenset({LetterState.FAILED, LetterState.UNCERTAIN, LetterState.DROPPED})
"""States from which a person may have a letter sent again."""

DROPPABLE = frozenset({LetterState.QUEUED, LetterState.FAILED, LetterState.UNCERTAIN})
"""States in which a letter can still be dropped: no worker holds it and it is not known to have gone."""

BATCH = 20
"""Letters that one worker claims at a time: few enough to be sent well within a lease."""

LEASE = timedelta(minutes=10)
"""How long a worker may hold a letter without a sign of life."""

RELAY_PAUSE = timedelta(minutes=1)
"""How long to wait when the relay itself cannot be reached; no letter's fault, so no letter's attempt."""

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=4)
ATTEMPTS = 15
"""Attempts before a letter that is only ever deferred is given up, after about two days."""


class Fate(StrEnum):
    """What came of handing a letter over."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The fate of one attempt, and the relay's words for it."""

    fate: Fate
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What to record after an attempt. ``attempts`` counts those that reached the relay."""

    state: LetterState
    attempts: int
    not_before: datetime
    error: str | None


def fate_of_reply(code: int) -> Fate:
    """Return what the relay's answer to a whole message says of it.

    RFC 5321, section 4.2.1: 2xx taken, 4xx try later, 5xx never. Anything else is no answer at all.
    """
    match code // 100:
        case 2:
            return Fate.ACCEPTED
        case 4:
            return Fate.DEFERRED
        case 5:
            return Fate.REFUSED
        case _:
            return Fate.UNKNOWN


def settlement(verdict: Verdict, key: str, attempts: int, now: datetime) -> Settlement:
    """Return what to record of the attempt number ``attempts`` (from 1) that ended at ``now``."""
    error = verdict.detail or None
    match verdict.fate:
        case Fate.ACCEPTED:
            return Settlement(LetterState.SENT, attempts, now, None)
        case Fate.REFUSED:
            return Settlement(LetterState.FAILED, attempts, now, error)
        case Fate.UNKNOWN:
            return Settlement(LetterState.UNCERTAIN, attempts, now, error)
        case Fate.UNREACHED:
            return Settlement(LetterState.QUEUED, attempts - 1, now + RELAY_PAUSE, error)
        case Fate.DEFERRED if attempts < ATTEMPTS:
            return Settlement(LetterState.QUEUED, attempts, now + retry_after(key, attempts), error)
        case _:
            given_up = f"given up after {attempts} attempts; the last answer was: {verdict.detail}"
            return Settlement(LetterState.FAILED, attempts, now, given_up)


def retry_after(key: str, attempts: int) -> timedelta:
    """Return how long to wait after the attempt number ``attempts``: doubled each time, up to four hours.

    Up to a fifth is added, different for each letter but always the same for one, so that letters that were
    deferred together do not come back together.
    """
    doublings: int = 2 ** (attempts - 1)
    delay = min(FIRST_RETRY * doublings, LONGEST_RETRY)
    spread = zlib.crc32(f"{key} {attempts}".encode()) / 2**32
    return delay * (1 + spread / 5)


def after_lost_lease(state: LetterState) -> LetterState:
    """Return where a letter goes whose worker gave no sign of life: without an attempt it is free, else uncertain."""
    return LetterState.UNCERTAIN if state is LetterState.SENDING else LetterState.QUEUED
