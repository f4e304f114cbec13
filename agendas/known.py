"""What facts, agendas and papers name alike: who it is about, where it is written, and what nobody wrote.

Plain values of every room above, so that a fact comes onto paper as it was read. Texts are by language; a ``basis`` is
``stated``, ``assumed`` or ``set:<who>``, and what is assumed is shown so wherever it is used.
"""

from dataclasses import dataclass, field

from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class Party:
    """A side, in the order of the partnership's documents. ``zone`` is an IANA name."""

    key: str
    name: Words
    short: Words
    capital: Words = field(default_factory=dict)
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a side: the lead of a theme, or the owner of a commitment."""

    party: str
    name: Words
    short: str = ""
    basis: str = "stated"
    key: str = ""

    @property
    def reference(self) -> str:
        """Return the office as versions of an agenda name it: ``side/office``."""
        return f"{self.party}/{self.key or self.short}"


@dataclass(frozen=True, slots=True)
class Source:
    """A document that facts point to. ``stated_date`` is YYYY, YYYY-MM or YYYY-MM-DD, as exact as the document is."""

    key: str
    title: Words
    kind: str
    stated_date: str | None = None
    legal_status: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where in a source something stands: the heading as printed, and the paragraph under it, counted from one."""

    source: str
    heading: str = ""
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value used in an agenda that no source states, or that somebody named has set."""

    what: Words
    value: Words
    basis: str = "assumed"
    note: Words | None = None
