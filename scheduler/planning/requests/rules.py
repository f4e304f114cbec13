"""What becomes of a request for a plan: its states, how long a worker may hold it, and what its reader is told. Pure.

A worker that claims a request holds a lease and renews it at every beat of its search. One that gives no sign of life
for a whole lease has lost the request to the next worker; what it may still want to write is refused, because every
claim has a number and only the newest one counts.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from scheduler.errors import DialoguesError
from scheduler.words import LANGUAGES, Words


class RequestState(StrEnum):
    """Where a request stands. ``done`` is a search that ended by itself, ``stopped`` one that somebody ended."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


OPEN = frozenset({RequestState.QUEUED, RequestState.RUNNING})
"""States in which a better plan is still to come."""

STATE_WORDS: Mapping[RequestState, Words] = {
    RequestState.QUEUED: {"en": "waiting for the search", "nl": "wacht op het zoeken"},
    RequestState.RUNNING: {"en": "being searched for", "nl": "wordt gezocht"},
    RequestState.DONE: {"en": "search ended", "nl": "zoeken beëindigd"},
    RequestState.STOPPED: {
        "en": "stopped; the best plan found is kept",
        "nl": "gestopt; het beste plan is bewaard",
    },
    RequestState.FAILED: {"en": "search failed", "nl": "zoeken mislukt"},
}
STOPPING: Words = {"en": "being stopped", "nl": "wordt gestopt"}

BEAT = timedelta(seconds=1)
"""How often a worker says how far it is, and asks whether to stop."""

LEASE = timedelta(minutes=1)
"""How long a worker may hold a request without a sign of life: many beats, in case a machine stalls."""

MOST_LOST = 3
"""Workers that may disappear with one request before nobody takes it up again: it is likely to end the next one too."""

LOST: Words = {
    "en": f"The search ended {MOST_LOST} times without a result, each time together with the program that ran it.",
    "nl": f"Het zoeken eindigde {MOST_LOST} keer zonder resultaat, telkens samen met het programma dat zocht.",
}
FAULT: Words = {
    "en": "The search ended through a fault of the program, which its log describes.",
    "nl": "Het zoeken eindigde door een fout in het programma; het logboek beschrijft die.",
}


def gap_words(price: int, bound: int) -> Words:
    """Return how near a plan of ``price`` is to the cheapest, of which ``bound`` is known that none costs less."""
    gap = price - bound
    if gap <= 0:
        return {
            "en": f"The plan costs {price}; none can cost less.",
            "nl": f"Het plan kost {price}; minder is niet mogelijk.",
        }
    share = f"{max(0.1, 100 * gap / price):.1f}"  # what is little is still something
    comma = share.replace(".", ",")
    return {
        "en": f"The best plan so far costs {price}, at most {gap} ({share}%) above the cheapest.",
        "nl": f"Het beste plan tot nu kost {price}, hooguit {gap} ({comma}%) boven het goedkoopste.",
    }


def failure_words(error: Exception) -> Words:
    """Return what the reader is told of a search that failed; what only a programmer can read stays in the log."""
    return {code: error.line(code) for code in LANGUAGES} if isinstance(error, DialoguesError) else FAULT
