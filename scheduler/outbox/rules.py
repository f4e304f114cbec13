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
    EXPIRED = "expired"
    BOUNCED = "bounced"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"
    REPLACED = "replaced"


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
    LetterState.EXPIRED: {"en": "too late, not sent", "nl": "te laat, niet verzonden"},
    LetterState.BOUNCED: {"en": "came back", "nl": "kwam terug"},
    LetterState.GIVEN_UP: {
        "en": "came back, given up by a mail server",
        "nl": "kwam terug, opgegeven door een mailserver",
    },
    LetterState.DROPPED: {"en": "dropped", "nl": "vervallen"},
    LetterState.REPLACED: {
        "en": "held back: it no longer held before it left",
        "nl": "tegengehouden: klopte niet meer voordat hij wegging",
    },
}

CAME_BACK = (LetterState.BOUNCED, LetterState.GIVEN_UP)
"""Letters that the relay took and a mail server after it reported as not delivered: for good, or for now (RFC 3463)."""

ATTENTION = (LetterState.UNCERTAIN, LetterState.FAILED, LetterState.EXPIRED, *CAME_BACK)
"""Letters that nobody is known to have got and that no sender will try again: a person decides, so they come first."""

ADVICE: Mapping[LetterState, Words] = {
    LetterState.UNCERTAIN: {
        "en": "Nobody knows whether it arrived. Ask the post before it is sent again: it may then have it twice.",
        "nl": "Niemand weet of hij is aangekomen. Vraag het de functie eerst: na opnieuw verzenden heeft zij hem "
        "misschien twee keer.",
    },
    LetterState.FAILED: {
        "en": "It was not taken and is not tried again. Send it again once the cause is gone; it keeps the "
        "address that it was written to.",
        "nl": "Hij is niet aangenomen en wordt niet meer geprobeerd. Verzend hem opnieuw als de oorzaak weg is; hij "
        "houdt het adres waaraan hij geschreven is.",
    },
    LetterState.EXPIRED: {
        "en": "It lay here until it was of no use any more. Tell the post in another way what it still must know.",
        "nl": "Hij lag hier tot hij geen zin meer had. Zeg de functie op een andere manier wat zij nog moet weten.",
    },
    LetterState.BOUNCED: {
        "en": "Its address takes no letters. Correct the mailbox of the post in the programme: an open invitation then "
        "goes to the new address by itself. What else the post must know, tell it in another way.",
        "nl": "Dit adres neemt geen brieven aan. Verbeter de postbus van de functie in het programma: een lopende "
        "uitnodiging gaat dan vanzelf naar het nieuwe adres. Zeg de functie anders wat zij verder moet weten.",
    },
    LetterState.GIVEN_UP: {
        "en": "A mail server could not deliver it for now and gave up, for example because the mailbox is full. Ask "
        "the post, then send it again.",
        "nl": "Een mailserver kon hem nu niet bezorgen en gaf het op, bijvoorbeeld omdat de postbus vol is. Vraag het "
        "de functie en verzend hem dan opnieuw.",
    },
}
"""What a person can do about a letter that needs one."""

TWICE: Words = {"en": "perhaps twice", "nl": "misschien dubbel"}
"""What is said of a letter that was sent again although it may have arrived before."""

LOST = "the sender stopped between handing the letter over and recording it; it may or may not have arrived"
"""What is recorded of a letter whose sender disappeared."""

PEACE = "the relay asked to be left alone for a while"
"""What is recorded of letters that wait because of the answer to another one."""

STOPPED = "the sender was told to end before this letter's turn came"
"""What is recorded of letters that a sender gave back because it was told to end."""

GROUNDLESS = "what it says no longer stands"
"""What is recorded of letters that were dropped because their reason went before they did."""

OWN_REASONS: Mapping[str, Words] = {
    LOST: {
        "en": LOST,
        "nl": "het verzenden brak af nadat de brief was overhandigd en voordat dat werd vastgelegd; misschien is hij "
        "aangekomen",
    },
    PEACE: {"en": PEACE, "nl": "de mailserver vroeg om een tijd met rust te worden gelaten"},
    STOPPED: {"en": STOPPED, "nl": "het verzenden werd gestopt voordat deze brief aan de beurt was"},
    GROUNDLESS: {"en": GROUNDLESS, "nl": "wat erin staat, geldt niet meer"},
}
"""What we record ourselves, in the languages of its readers; everything else is in the words of the relay."""

RESENDABLE = frozenset(
    {
        LetterState.SENT,
        LetterState.FAILED,
        LetterState.UNCERTAIN,
        LetterState.EXPIRED,
        LetterState.DROPPED,
        *CAME_BACK,
    }
)
"""States from which a person may have a letter sent again: no sender has it in hand."""

MAY_HAVE_ARRIVED = frozenset({LetterState.SENT, LetterState.UNCERTAIN})
"""States after which sending a letter again may put it into a mailbox twice."""

DROPPABLE = frozenset(
    {LetterState.QUEUED, LetterState.FAILED, LetterState.UNCERTAIN, LetterState.EXPIRED, *CAME_BACK}
)
"""States in which a letter can still be dropped: no worker holds it and it is not known to have arrived."""

GONE = frozenset({LetterState.SENDING, LetterState.SENT, LetterState.UNCERTAIN})
"""States of a letter that can have gone, so that a report that it came back may be of it."""

BATCH = 100
"""Letters that one worker claims at a time: few enough to be sent well within a lease by any relay in good health."""

HANDFUL = 20
"""Letters whose attempts are recorded together at most, while the relay is quick. So many are uncertain when a sender
is killed, and a person has to ask after each: more would cost more than the time that they save."""

QUICK = timedelta(milliseconds=100)
"""How long a relay may take for a letter; one that takes longer gets them singly again."""

LEASE = timedelta(minutes=15)
"""How long a worker may hold a letter without a sign of life: longer than a relay may take to answer for one."""

CLOCK_SET_BACK = 2 * LEASE
"""How far ahead a lease lies at least that no sender can have taken, unless the clock was set back since."""

RELAY_PAUSE = timedelta(minutes=1)
"""How long to wait when the relay itself cannot be reached; no letter's fault, so no letter's attempt."""

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=4)
LONGEST_WAIT = 2 * LONGEST_RETRY
"""How long no letter ever waits; one that would was given its time before the clock was set back."""

ATTEMPTS = 15
"""Attempts before a letter that is only ever deferred is given up, after about two days."""


class Fate(StrEnum):
    """What came of handing a letter over."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    UNREACHED = "unreached"


class Step(StrEnum):
    """What a relay answers to, in this order (RFC 5321, section 3.3)."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    GO_AHEAD = "go-ahead"
    MESSAGE = "message"


TRANSIENT = 4
PERMANENT = 5
CLOSING = 421
TOO_LARGE = 552


@dataclass(frozen=True, slots=True)
class Verdict:
    """The fate of one attempt, and the relay's words for it."""

    fate: Fate
    detail: str = ""
    wants_peace: bool = False
    """Whether the relay is to be left alone for a while, although this letter was attempted."""

    @property
    def keeps_all_waiting(self) -> bool:
        """Tell whether the letters after this one wait too."""
        return self.wants_peace or self.fate is Fate.UNREACHED


@dataclass(frozen=True, slots=True)
class Settlement:
    """What to record after an attempt. ``attempts`` counts those that reached the relay."""

    state: LetterState
    attempts: int
    not_before: datetime
    error: str | None


def verdict_of_reply(step: Step, code: int, words: str) -> Verdict:
    """Return what the relay's answer at a step says of a letter with one recipient; ``ACCEPTED``: go on.

    RFC 5321, section 4.2.1: 2xx (354 for the go-ahead) taken, 4xx try later, 5xx never. Beyond that:

    - 421 at any step: the relay closes (section 3.8), so everything else waits as well. It costs this letter an
      attempt all the same, or one that always makes a relay close would keep the others waiting for ever.
    - The sender's address: what is wrong with it is wrong with every letter, except that 552 means this one's size
      (RFC 1870, section 6.1).
    - The recipient: 552 is a full mailbox and may be tried later (section 4.5.3.1.10); 450 and 451 are also how a
      relay asks strangers to come back (greylisting, RFC 6647), so the same letter does, later.
    - The message: an answer of no known class says nothing, and nobody knows whether it was taken.
    """
    expected = 3 if step is Step.GO_AHEAD else 2
    if code // 100 == expected:
        return Verdict(Fate.ACCEPTED, words)
    if step is Step.SENDER:
        return Verdict(Fate.REFUSED, words) if code == TOO_LARGE else Verdict(Fate.UNREACHED, words)
    if code == CLOSING:
        return Verdict(Fate.DEFERRED, words, wants_peace=True)
    if code // 100 == PERMANENT and not (step is Step.RECIPIENT and code == TOO_LARGE):
        return Verdict(Fate.REFUSED, words)
    if step is Step.MESSAGE and code // 100 != TRANSIENT:
        return Verdict(Fate.UNKNOWN, words)
    return Verdict(Fate.DEFERRED, words)


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
            return Settlement(LetterState.FAILED, attempts, now, error)


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


@dataclass(frozen=True, slots=True)
class Pace:
    """How many letters a minute one relay takes, and among how many sides that is shared out."""

    relay: str
    per_minute: int
    sides: int

    @property
    def interval(self) -> timedelta:
        """Return the time that one letter uses up of its side's share."""
        return timedelta(minutes=1) * self.sides / self.per_minute

    @property
    def at_once(self) -> timedelta:
        """Return how much a side may have used up in advance: the letters of a minute, at least one."""
        return max(1, self.per_minute // self.sides) * self.interval


def used_up(before: datetime | None, pace: Pace, now: datetime) -> datetime | None:
    """Return until when a side's share is used up after one more letter, or ``None`` where it must wait.

    Each side has an equal share that is never lent to another one. So what one side sends never makes the other wait,
    and cannot be read off the times at which its own letters go. Over time a side sends its share exactly; after a
    quiet time a minute's worth at once. An instant that lies too far ahead is from before the clock was set back.
    """
    standing = now if before is None or before > now + pace.at_once else max(before, now)
    after = standing + pace.interval
    return after if after <= now + pace.at_once else None
