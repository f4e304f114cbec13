"""What drafting decides: plain values with their reasons, ready to be written down, stored or merged.

Owns the shape of a draft. Keys are stable from draft to draft, so that a later version can be laid beside an
earlier one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from agendas.drafting.facts import Commitment, Progress, Report, Silence, Theme, Topic
from agendas.known import Office
from agendas.versions.content import LeftOutReason, Paper, Wanted
from scheduler.words import Words

Urgency = Literal["overdue", "due_soon", "blocked", "no_news", "news"]


@dataclass(frozen=True, slots=True)
class Line:
    """An open commitment with what is known of it.

    ``said`` is newest first: everything since the last round, or else the last thing said before it. Empty
    means no news. ``has_news`` tells whether any of it was said since the last round. What ``is_left_over`` was not
    reached then, or left for this round by both sides.
    """

    commitment: Commitment
    urgency: Urgency
    wanted: Wanted
    weight: int
    said: tuple[Progress, ...]
    silences: tuple[Silence, ...]
    has_news: bool
    reason: Words
    is_left_over: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the running order, or of the written procedure (which takes no minutes).

    ``day`` counts from zero and ``offset`` is in minutes after that day's start. ``leads`` are the offices of
    the sides, the one that opens first; ``lead`` is the side that opens, also where no office is known.

    ``papers`` are those expected. ``text`` and ``stale`` are what people added to a draft: the joint annotation, and
    the languages whose words wait for a look.
    """

    key: str
    kind: str
    title: Words
    minutes: int
    day: int = 0
    offset: int = 0
    lead: str | None = None
    leads: tuple[Office, ...] = ()
    wanted: Wanted | None = None
    lines: tuple[Line, ...] = ()
    progress: tuple[Progress, ...] = ()
    silences: tuple[Silence, ...] = ()
    topic: Topic | None = None
    report: Report | None = None
    reasons: tuple[Words, ...] = ()
    unchanged: bool = False
    text: Words = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    stale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An open commitment that this meeting does not treat, and why not."""

    line: Line
    reason: LeftOutReason
    because: Words


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft agenda: the running order, what goes round in writing, and what was left out.

    ``without_item`` are the themes of the meeting that nothing is left to say about, here or in writing.
    """

    items: tuple[Item, ...]
    written_procedure: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    without_item: tuple[Theme, ...] = ()

    def commitment_keys(self) -> Iterator[str]:
        """Yield the key of every commitment in the draft, wherever it stands."""
        for item in (*self.items, *self.written_procedure):
            for line in item.lines:
                yield line.commitment.key
        for left in self.left_out:
            yield left.line.commitment.key
