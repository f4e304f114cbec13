"""What papers are made from: plain values, which the rooms that draft, negotiate and record fill in.

Owns their shape. Texts are by language; days are calendar days at the meeting's place. Whatever stands in ``Brief``
belongs to one side: only the annotated agenda and the briefing pack take briefs, so that the other papers cannot show
one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from agendas.known import Assumption, Office, Party, Pointer, Source
from agendas.versions.content import Wanted
from scheduler.words import Words

Result = Literal["decided", "steer", "noted", "not_reached"]
Stage = Literal["draft", "offered", "agreed"]
Presence = Literal["present", "absent", "delegate"]


@dataclass(frozen=True, slots=True)
class PaperProgress:
    """What was said of something, and when; newest first wherever there are several."""

    day: date
    text: Words
    pointer: Pointer | None = None


@dataclass(frozen=True, slots=True)
class PaperSilence:
    """What a source says nothing of: "no news", as an honest value."""

    text: Words
    pointer: Pointer | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A commitment under an item.

    ``since`` is the day it was promised. ``has_news`` tells whether any of ``said`` was said since the last round.
    ``urgency`` is empty, or says in words why it presses; ``is_overdue`` decides whether that is shown as an alarm.
    """

    key: str
    text: Words
    kind: str
    strength: str
    status: str = "open"
    due: date | None = None
    owners: tuple[Office, ...] = ()
    pointer: Pointer | None = None
    said: tuple[PaperProgress, ...] = ()
    silences: tuple[PaperSilence, ...] = ()
    has_news: bool = False
    is_overdue: bool = False
    since: date | None = None
    urgency: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaperExpected:
    """A paper that a side owes for an item, by when, and which office of it where that is known."""

    title: Words
    by: date | None = None
    side: str = ""
    office: Office | None = None


@dataclass(frozen=True, slots=True)
class PaperReport:
    """A dialogue that reports under an item; ``held`` is the day of its last round."""

    held: date | None = None
    pointer: Pointer | None = None


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An item of the running order, or of the written procedure (which takes no minutes).

    ``day`` counts from zero and ``offset`` is in minutes after that day's start. ``is_pause`` marks a break, which
    has no number and no lead; ``is_subject`` an item that is about something, which the annotations treat. ``lead``
    is the side that opens, ``leads`` the offices, the opener's first. ``notes`` is joint text: paragraphs are parted
    by line breaks, lines that start with ``- `` become bullets. ``stale`` are the languages in which title or notes
    are older than in the other; ``agreed_by`` are the sides that signed the item off.
    """

    key: str
    kind: str
    title: Words
    minutes: int
    day: int = 0
    offset: int = 0
    is_pause: bool = False
    is_subject: bool = False
    lead: str | None = None
    leads: tuple[Office, ...] = ()
    wanted: Wanted | None = None
    lines: tuple[PaperLine, ...] = ()
    progress: tuple[PaperProgress, ...] = ()
    silences: tuple[PaperSilence, ...] = ()
    notes: Words = field(default_factory=dict)
    expected: tuple[PaperExpected, ...] = ()
    report: PaperReport | None = None
    reasons: tuple[Words, ...] = ()
    is_unchanged: bool = False
    stale: frozenset[str] = frozenset()
    agreed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperLeftOut:
    """An open commitment that the meeting does not treat, and why not."""

    line: PaperLine
    because: Words


@dataclass(frozen=True, slots=True)
class PaperMeeting:
    """The round that a paper is for.

    ``minutes`` are those of one day, breaks included; ``start`` is the wall time in ``zone`` at which each day
    begins. ``assumed`` names those of ``minutes``, ``start``, ``host``, ``level``, ``place`` that no source states.
    """

    partnership: Words
    title: Words
    parties: tuple[Party, ...]
    level: str
    minutes: int
    number: int | None = None
    first_day: date | None = None
    days: int = 1
    start: time | None = None
    zone: str | None = None
    place: Words = field(default_factory=dict)
    host: str | None = None
    obligation: str = ""
    cadence: str = ""
    pointer: Pointer | None = None
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PaperRound:
    """Another round than this one: the last, or the next with its turn to host."""

    day: date | None = None
    number: int | None = None
    host: str | None = None
    host_basis: str = "stated"


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """Who agreed, for which side, and when. ``moment`` is aware; ``name`` is as the signer is known here."""

    party: str
    name: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class PaperAgenda:
    """An agenda, joint in every word of it. ``as_of`` is the day of its facts, and dates the file.

    ``version`` and ``signatures`` stand where there are any; ``fingerprint`` is the hash of a frozen version.
    ``without_item`` are the titles of themes that nothing is left to say about.
    """

    meeting: PaperMeeting
    as_of: date
    items: tuple[PaperItem, ...]
    written_procedure: tuple[PaperItem, ...] = ()
    left_out: tuple[PaperLeftOut, ...] = ()
    without_item: tuple[Words, ...] = ()
    previous: PaperRound | None = None
    following: PaperRound = PaperRound()
    assumptions: tuple[Assumption, ...] = ()
    sources: tuple[Source, ...] = ()
    stage: Stage = "draft"
    version: int | None = None
    signatures: tuple[PaperSignature, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What one side writes for itself about an item. Every text may hold paragraphs and bullets, as ``notes`` may."""

    objective: Words = field(default_factory=dict)
    points: Words = field(default_factory=dict)
    if_raised: Words = field(default_factory=dict)
    usable: Words = field(default_factory=dict)
    not_for_disclosure: Words = field(default_factory=dict)
    stale: frozenset[str] = frozenset()


Briefs = Mapping[str, Brief]
"""The briefs of one side, by the key of the item."""


@dataclass(frozen=True, slots=True)
class PaperDelegate:
    """A seat of a delegation: a post, what it is there for, and how it answered or came."""

    party: str
    post: Words
    office: str = ""
    is_head: bool = False
    role: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaperPack:
    """A briefing pack of one side: the agenda, its briefs, and who comes (own seats, heads of the other side)."""

    agenda: PaperAgenda
    side: str
    briefs: Briefs
    delegations: tuple[PaperDelegate, ...] = ()
    prepared_for: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaperAttendance:
    """Who came: a post, and in whose place it came where it was not itself expected."""

    party: str
    post: Words
    presence: Presence = "present"
    instead_of: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaperAction:
    """An agreed action: a new commitment with its key, its owners on either side, and the day it is due."""

    key: str
    text: Words
    owners: tuple[Office, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True)
class PaperOutcome:
    """What an item came to: its result, joint text about it, the actions agreed, the progress noted."""

    item: PaperItem
    result: Result
    text: Words = field(default_factory=dict)
    actions: tuple[PaperAction, ...] = ()
    progress: tuple[PaperProgress, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperChange:
    """What both sides agreed of an earlier commitment: another status, day or words; what is empty stays.

    ``called`` is what the commitment says, ``text`` what it says from now on; ``into`` the key of another.
    """

    key: str
    called: Words
    status: Words | None = None
    due: date | None = None
    text: Words = field(default_factory=dict)
    into: str = ""
    reason: str = ""
    pointer: Pointer | None = None


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """The agreed record of a round that was held, joint in every word of it."""

    meeting: PaperMeeting
    as_of: date
    attendance: tuple[PaperAttendance, ...]
    outcomes: tuple[PaperOutcome, ...]
    changes: tuple[PaperChange, ...] = ()
    following: PaperRound = PaperRound()
    sources: tuple[Source, ...] = ()
    signatures: tuple[PaperSignature, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class PaperDropped:
    """A theme that is not on the agenda although commitments under it are open, and why it was dropped."""

    theme: Words
    reason: Words
    lines: tuple[PaperLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """What the other side is asked for, and by when."""

    text: Words
    by: date | None = None


@dataclass(frozen=True, slots=True)
class PaperCoveringNote:
    """The note that goes with an offered agenda: joint as soon as it is sent. ``enclosures`` is what goes with it."""

    meeting: PaperMeeting
    as_of: date
    sender: str
    recipient: str
    enclosures: tuple[Words, ...] = ()
    text: Words = field(default_factory=dict)
    dropped: tuple[PaperDropped, ...] = ()
    requests: tuple[PaperRequest, ...] = ()
    sources: tuple[Source, ...] = ()
