"""What a draft is made from: plain values, read elsewhere.

Owns the shape of the facts. Texts are by language; days are calendar days at the meeting's place.
"""

from dataclasses import dataclass, field
from datetime import date, time

from agendas.known import Assumption, Office, Party, Pointer, Source
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the meeting; ``leads`` holds at most one office for each side.

    A framing theme, such as an introduction, holds commitments but is nothing to meet about by itself.
    """

    key: str
    title: Words
    leads: tuple[Office, ...] = ()
    is_framing: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """An agenda topic that the obligation itself names."""

    key: str
    title: Words
    theme: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something promised under a theme, on the day ``since`` where that is known.

    ``topics`` are keys of agenda topics it belongs to; ``same_matter_as`` are keys of commitments about the
    same thing; ``deferred_by`` are the sides that wish to leave it for a later round.
    """

    key: str
    theme: str
    text: Words
    kind: str
    strength: str
    status: str = "open"
    owners: tuple[Office, ...] = ()
    due: date | None = None
    pointer: Pointer | None = None
    topics: tuple[str, ...] = ()
    same_matter_as: tuple[str, ...] = ()
    deferred_by: frozenset[str] = frozenset()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What was said of commitments, topics or obligations, and when."""

    key: str
    day: date
    text: Words
    state: str
    commitments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    pointer: Pointer | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """What a source, looked at on ``day``, says nothing of: "no news", as an honest value."""

    on: str
    text: Words
    day: date
    pointer: Pointer | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What reports to this meeting: a dialogue that supports it, or an obligation of the ``kind`` report.

    ``held`` is the day of its last round.
    """

    obligation: str
    title: Words
    themes: tuple[str, ...] = ()
    held: date | None = None
    leads: tuple[Office, ...] = ()
    pointer: Pointer | None = None
    kind: str = "dialogue"


@dataclass(frozen=True, slots=True)
class PastItem:
    """An item of the last round's agenda; ``lead`` is the side that opened it.

    ``result`` is what it came to (``decided``, ``steer``, ``noted``, ``not_reached``; ``None`` before a record is
    agreed) and ``said_last`` what the record says of it.
    """

    key: str
    wanted: str | None
    commitments: tuple[str, ...]
    kind: str = ""
    lead: str | None = None
    result: str | None = None
    said_last: Words = field(default_factory=dict)
    title: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreviousRound:
    """The round held last; ``agenda`` is ``None`` where none is on record.

    ``deferred`` are the commitments that both sides then left for a later round.
    """

    day: date
    number: int | None = None
    agenda: tuple[PastItem, ...] | None = None
    deferred: tuple[str, ...] = ()

    def left_over(self) -> frozenset[str]:
        """Return the keys of the items that were not reached, and of the commitments left for this round."""
        missed = [item for item in self.agenda or () if item.result == "not_reached"]
        keys = [key for item in missed for key in (item.key.removeprefix("written/"), *item.commitments)]
        return frozenset((*keys, *self.deferred))


@dataclass(frozen=True, slots=True)
class NextRound:
    """When the round after this one is due, and whose turn it is to host it."""

    due: date | None = None
    host: str | None = None
    host_basis: str = "assumed"


@dataclass(frozen=True, slots=True)
class Meeting:
    """The round to prepare.

    ``minutes`` are those of one day, breaks included; a meeting of several days has as many on each of its
    ``days``. ``start`` is the wall time in ``zone`` at which each day begins. ``kind`` is the obligation's.
    ``papers_due`` is the day by which papers are with the other side.
    ``assumed`` names those of the fields ``minutes``, ``start``, ``host``, ``level`` and ``place`` that no
    source states and no person set.
    """

    key: str
    title: Words
    obligation: str
    kind: str
    level: str
    minutes: int
    days: int = 1
    number: int | None = None
    first_day: date | None = None
    start: time | None = None
    zone: str | None = None
    place: Words | None = None
    host: str | None = None
    papers_due: date | None = None
    cadence: str = ""
    pointer: Pointer | None = None
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that an agenda is drafted from; the same facts give the same draft.

    ``today`` decides what is overdue. Themes, topics, parties and commitments stand in their own order, which
    breaks ties. ``offices`` are all that may lead an item.
    """

    today: date
    partnership: Words
    meeting: Meeting
    parties: tuple[Party, ...]
    themes: tuple[Theme, ...]
    topics: tuple[Topic, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    progress: tuple[Progress, ...] = ()
    silences: tuple[Silence, ...] = ()
    reports: tuple[Report, ...] = ()
    previous: PreviousRound | None = None
    next_round: NextRound = NextRound()
    assumptions: tuple[Assumption, ...] = ()
    sources: tuple[Source, ...] = ()
    offices: tuple[Office, ...] = ()
