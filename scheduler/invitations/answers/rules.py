"""What of the answers to an invitation counts. Pure.

Every answer is kept, and which one counts follows from all of them: the highest SEQUENCE, then the latest DTSTAMP
(RFC 5546, section 2.1.5). So any order in which they come in, and any repetition, ends in the same state. An answer to
a version before the one that is asked about now is shown as such and does not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.words import Words


class Status(StrEnum):
    """What somebody answers; in the order in which the more cautious of two answers of one second counts."""

    YES = "yes"
    TENTATIVE = "tentative"
    DELEGATE = "delegate"
    NO = "no"


STATUS_WORDS: Mapping[Status, Words] = {
    Status.YES: {"en": "yes", "nl": "ja"},
    Status.TENTATIVE: {"en": "tentative", "nl": "onder voorbehoud"},
    Status.DELEGATE: {"en": "delegate sent", "nl": "stuurt een vervanger"},
    Status.NO: {"en": "no", "nl": "nee"},
}
NO_ANSWER: Words = {"en": "no answer", "nl": "geen antwoord"}
NOT_ASKED: Words = {"en": "not invited yet", "nl": "nog niet uitgenodigd"}

PARTICIPATION: Mapping[str, Status] = {
    "ACCEPTED": Status.YES,
    "TENTATIVE": Status.TENTATIVE,
    "DELEGATED": Status.DELEGATE,
    "DECLINED": Status.NO,
}
"""What a PARTSTAT says (RFC 5545, section 3.2.12); anything else is no answer."""

AHEAD = timedelta(days=1)
"""How far ahead of ours the clock of an answer may be; beyond that it would win against every later one."""


class Channel(StrEnum):
    """How an answer came."""

    MAIL = "mail"
    LINK = "link"
    PERSON = "person"


CHANNEL_WORDS: Mapping[Channel, Words] = {
    Channel.MAIL: {"en": "by mail", "nl": "per mail"},
    Channel.LINK: {"en": "by link", "nl": "via de link"},
    Channel.PERSON: {"en": "entered by a person", "nl": "door iemand ingevoerd"},
}


class Fate(StrEnum):
    """What became of an answer."""

    COUNTED = "counted"
    OVERTAKEN = "overtaken"
    REPEATED = "repeated"
    OLD = "old"


FATE_WORDS: Mapping[Fate, Words] = {
    Fate.COUNTED: {"en": "counts", "nl": "telt"},
    Fate.OVERTAKEN: {"en": "a later answer counts", "nl": "een later antwoord telt"},
    Fate.REPEATED: {"en": "the same once more", "nl": "nogmaals hetzelfde"},
    Fate.OLD: {
        "en": "to an earlier version, does not count",
        "nl": "op een eerdere versie, telt niet",
    },
}


class Reason(StrEnum):
    """Why a mail needs a person."""

    NOT_INVITED = "not_invited"
    OTHER_ADDRESS = "other_address"
    NEVER_SENT = "never_sent"
    AHEAD = "ahead"
    NO_STATUS = "no_status"
    PROPOSAL = "proposal"
    ASKS_AGAIN = "asks_again"
    IN_WORDS = "in_words"
    OUT_OF_OFFICE = "out_of_office"
    BOUNCED = "bounced"
    DELAYED = "delayed"
    ARRIVED = "arrived"
    UNPROVEN = "unproven"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


REASON_WORDS: Mapping[Reason, Words] = {
    Reason.NOT_INVITED: {
        "en": "an answer from somebody who is not invited",
        "nl": "een antwoord van iemand die niet is uitgenodigd",
    },
    Reason.OTHER_ADDRESS: {
        "en": "an answer for somebody else, or from another address",
        "nl": "een antwoord voor een ander, of van een ander adres",
    },
    Reason.NEVER_SENT: {
        "en": "an answer to a version that was never sent",
        "nl": "een antwoord op een versie die nooit is verzonden",
    },
    Reason.AHEAD: {"en": "an answer from the future", "nl": "een antwoord uit de toekomst"},
    Reason.NO_STATUS: {
        "en": "an answer that is neither yes nor no",
        "nl": "een antwoord dat geen ja of nee is",
    },
    Reason.PROPOSAL: {"en": "another time is proposed", "nl": "er wordt een ander tijdstip voorgesteld"},
    Reason.ASKS_AGAIN: {
        "en": "somebody asks for the invitation again",
        "nl": "iemand vraagt opnieuw om de uitnodiging",
    },
    Reason.IN_WORDS: {"en": "an answer in words", "nl": "een antwoord in woorden"},
    Reason.OUT_OF_OFFICE: {"en": "somebody is out of the office", "nl": "iemand is afwezig"},
    Reason.BOUNCED: {"en": "a letter came back", "nl": "een brief kwam terug"},
    Reason.DELAYED: {
        "en": "a letter is late; its mail server goes on trying",
        "nl": "een brief is vertraagd; de mailserver blijft het proberen",
    },
    Reason.ARRIVED: {"en": "a letter arrived", "nl": "een brief is aangekomen"},
    Reason.UNPROVEN: {
        "en": "our mail server says that it does not come from whom it names (DMARC)",
        "nl": "volgens onze mailserver komt hij niet van de genoemde afzender (DMARC)",
    },
    Reason.TOO_LARGE: {"en": "too large to be read", "nl": "te groot om te lezen"},
    Reason.UNREADABLE: {"en": "cannot be read", "nl": "niet te lezen"},
}


NOTED = frozenset({Reason.DELAYED, Reason.ARRIVED})
"""Of these mails nothing follows: they are kept, and nobody has to read them."""

NOT_VERIFIED: Words = {"en": "sender not verified", "nl": "afzender niet geverifieerd"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it came: ``sequence`` is the version that it answers, ``stamp`` when it was given.

    ``is_verified`` says whether our relay found that it comes from ``address``; an answer by link or by a person has
    no sender to verify.
    """

    post: str
    address: str
    status: Status
    sequence: int
    stamp: datetime
    comment: str
    delegated_to: str
    channel: Channel
    received_at: datetime
    is_verified: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Tell whether to say that nobody has verified the sender."""
        return self.channel is Channel.MAIL and not self.is_verified


def standing(answers: Iterable[Answer], asked: int) -> Answer | None:
    """Return the answer that counts among those of one address, which is asked about the version ``asked``."""
    return max((entry for entry in answers if entry.sequence >= asked), key=_order, default=None)


def fates(answers: Iterable[Answer], asked: int) -> tuple[tuple[Answer, Fate], ...]:
    """Return the answers of one address, as they came in, each with what became of it."""
    known = sorted(answers, key=lambda entry: (entry.received_at, _order(entry)))
    counted = standing(known, asked)
    found: list[tuple[Answer, Fate]] = []
    said = set()
    for entry in known:
        is_again = _said(entry) in said
        said.add(_said(entry))
        found.append((entry, _fate(entry, counted, asked, is_again=is_again)))
    return tuple(found)


def _fate(entry: Answer, counted: Answer | None, asked: int, *, is_again: bool) -> Fate:
    if is_again:
        return Fate.REPEATED
    if entry.sequence < asked:
        return Fate.OLD
    return Fate.COUNTED if counted and _said(entry) == _said(counted) else Fate.OVERTAKEN


def _said(entry: Answer) -> tuple[int, datetime, int, str, str]:
    """Return what an answer says, in the order in which the later one counts."""
    rank = list(Status).index(entry.status)
    return entry.sequence, entry.stamp, rank, entry.delegated_to, entry.comment


def _order(entry: Answer) -> tuple[tuple[int, datetime, int, str, str], float, str]:
    """Return the order of answers; of the same answer, the one that came first stands for all."""
    return _said(entry), -entry.received_at.timestamp(), entry.channel
