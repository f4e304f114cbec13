"""What a feed tells: which rounds, until when, and how much of each. Pure.

A side's feed shows its own plans beside what is joint; the feed of the other side does not know them. Nothing of an
agenda and no note is ever written: CLASS protects nothing once a file has left the house.

The UID of an event is the meeting's own, a random number in hexadecimal: the same in every feed and every invitation,
whatever the settings are; other entries derive theirs from it. DTSTAMP and LAST-MODIFIED are when the meeting, or the
programme that names it, last changed (RFC 5545 sections 3.8.7.2 and 3.8.7.3); CREATED is when this layer first knew it,
SEQUENCE its own; none comes from a clock.

Habits of programs that are met here: Google removes cancelled events and Apple keeps them for ever, so they are named
as cancelled in their title and go after a fortnight; Google drops what is beyond about a thousand events, so a feed
is a window; Outlook shows no URL, so the page stands in the description too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from scheduler.dates.cadence import add_months
from scheduler.dates.slots import Slot
from scheduler.feeds import wording
from scheduler.ical.components import CalendarProperties, Event, EventStatus
from scheduler.meetings.rules import STATE_WORDS, State
from scheduler.words import FALLBACK, Words, say

EDITION = 3
"""Raise it with every change of what is written, so that what was kept is written anew."""

MONTHS_BACK, MONTHS_AHEAD = 3, 18
CALLED_OFF_STAYS = timedelta(days=14)
"""How long a meeting that was called off is still shown."""

STATUS: Mapping[State, EventStatus] = {
    State.PLANNED: EventStatus.TENTATIVE,
    State.OFFERED: EventStatus.TENTATIVE,
    State.AGREED: EventStatus.CONFIRMED,
    State.HELD: EventStatus.CONFIRMED,
    State.WANTED: EventStatus.CANCELLED,
    State.POSTPONED: EventStatus.CANCELLED,
    State.CANCELLED: EventStatus.CANCELLED,
}
"""The states that a calendar shows; a date that was refused or postponed is cancelled as far as
calendars go."""

CALLED_OFF = frozenset(state for state, status in STATUS.items() if status is EventStatus.CANCELLED)
STANDING = frozenset(STATUS) - CALLED_OFF

PREFIX: Mapping[EventStatus, Words] = {
    EventStatus.TENTATIVE: wording.TENTATIVE,
    EventStatus.CONFIRMED: {},
    EventStatus.CANCELLED: wording.CANCELLED,
}


class Tier(StrEnum):
    """How much a feed tells: everything but agendas and notes, titles alone, or that somebody is busy."""

    FULL = "full"
    TITLE = "title"
    BUSY = "busy"


class Deadlines(StrEnum):
    """In which form deadlines are told. Outlook shows no tasks, so they can be whole days that leave one free."""

    NONE = "none"
    EVENTS = "events"
    TODOS = "todos"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rounds a feed shows; an empty part means all, and a round must satisfy every part.

    ``themes`` and ``obligations`` are keys. A round counts under each obligation that it discharges, and under
    every theme of those.
    """

    themes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return not (self.themes or self.levels or self.obligations)

    def admits(self, level: str, obligations: Collection[str], themes: Collection[str]) -> bool:
        """Tell whether a round of ``level`` for these obligations, which serve these themes, is shown."""
        return (
            (not self.levels or level in self.levels)
            and (not self.obligations or any(key in self.obligations for key in obligations))
            and (not self.themes or any(key in self.themes for key in themes))
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """What a feed shows and how: everything but whose it is."""

    language: str = FALLBACK
    tier: Tier = Tier.FULL
    deadlines: Deadlines = Deadlines.NONE
    scope: Scope = Scope()


EVERYTHING = Terms()
"""All that a side may know, in English."""


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation that a round discharges.

    ``theme`` is the title of its own theme, ``source`` where it is said, ``level_basis`` whose its level is.
    """

    key: str
    title: Words
    theme: Words | None
    source: Words | None
    level_basis: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round with a date, as far as feeds are concerned; ``changed_at`` is when what is told of it last changed.

    ``host`` is the key of a side, ``host_name`` its name; ``page`` the address of the meeting's page. ``basis`` names
    the values that no source states, and whose they are.
    """

    uid: str
    state: State
    slot: Slot
    level: str
    number: int | None
    host: str | None
    host_name: Words | None
    place: Words | None
    sequence: int
    created_at: datetime
    changed_at: datetime
    duties: tuple[Duty, ...]
    basis: Mapping[str, str]
    page: str

    @property
    def title(self) -> Words:
        """Return the title of the obligation whose round this is."""
        return self.duties[0].title


def window(today: date) -> tuple[date, date]:
    """Return the first and the last day that a feed shows."""
    return add_months(today, -MONTHS_BACK), add_months(today, MONTHS_AHEAD)


def called_off_since(tier: Tier, today: date) -> date | None:
    """Return how long ago, at most, a round was called off that is still shown.

    ``None`` where none is: one that was called off makes nobody busy.
    """
    return None if tier is Tier.BUSY else today - CALLED_OFF_STAYS


def event(round_: Round, terms: Terms) -> Event:
    """Return a round as it is written into a calendar."""
    language, is_full = terms.language, terms.tier is Tier.FULL
    status = STATUS[round_.state]
    return Event(
        uid=round_.uid,
        stamp=round_.changed_at,
        created=round_.created_at,
        last_modified=round_.changed_at,
        sequence=round_.sequence,
        summary=say(wording.BUSY, language) if terms.tier is Tier.BUSY else title(round_, language),
        description="\n".join(_description(round_, language)) if is_full else "",
        location=say(round_.place, language) if is_full and round_.place else "",
        url=round_.page if is_full else "",
        categories=_categories(round_, language) if is_full else (),
        slot=round_.slot,
        status=status,
        is_transparent=status is EventStatus.CANCELLED,
    )


def title(round_: Round, language: str, text: str = "{title}") -> str:
    """Return the title of a round within ``text``, with a word before it where the date does not stand."""
    prefix = say(PREFIX[STATUS[round_.state]], language)
    return prefix + text.replace("{title}", say(round_.title, language))


def calendar(partnership: Words, chosen: Collection[Words], terms: Terms) -> CalendarProperties:
    """Return what a feed says of itself; ``chosen`` are the titles of what its scope names."""
    if terms.tier is Tier.BUSY:
        return CalendarProperties(name=say(wording.BUSY, terms.language))
    parts = [say(words, terms.language) for words in chosen]
    parts += [say(wording.LEVELS[level], terms.language) for level in terms.scope.levels]
    name = say(partnership, terms.language)
    return CalendarProperties(
        name=f"{name}: {', '.join(parts)}" if parts else name,
        description=say(wording.ABOUT, terms.language),
    )


def feed_address(public_url: str, secret: str) -> str:
    """Return the address under which a feed is read; ``webcal://`` is the same by another name."""
    return f"{public_url}/feeds/{secret}.ics"


def page_address(public_url: str, uid: str) -> str:
    """Return the address of the page of a meeting."""
    return f"{public_url}/meetings/{uid}"


def _description(round_: Round, language: str) -> list[str]:
    basis = round_.basis
    level = say(wording.LEVELS[round_.level], language)
    lines = [
        wording.line("state", say(STATE_WORDS[round_.state], language), language),
        wording.line("level", wording.with_basis(level, round_.duties[0].level_basis, language), language),
    ]
    if round_.number is not None:
        lines.append(wording.line("number", str(round_.number), language))
    for label, words in (("host", round_.host_name), ("place", round_.place)):
        if words:
            named = wording.with_basis(say(words, language), basis.get(label, wording.STATED), language)
            lines.append(wording.line(label, named, language))
    for duty in round_.duties:
        lines.append(wording.line("duties", f"{duty.key} {say(duty.title, language)}", language))
        if duty.source:
            lines.append(wording.line("source", say(duty.source, language), language))
    unstated = [
        wording.with_basis(say(words, language), basis[field], language)
        for field, words in wording.FIELDS.items()
        if basis.get(field, wording.STATED) != wording.STATED
    ]
    if unstated:
        lines.append(wording.line("unstated", ", ".join(unstated), language))
    return [*lines, wording.line("page", round_.page, language)]


def _categories(round_: Round, language: str) -> tuple[str, ...]:
    titles = (say(duty.theme, language) for duty in round_.duties if duty.theme)
    return tuple(dict.fromkeys(titles))
