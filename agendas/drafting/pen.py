"""How single things of an agenda are written: a time, an office, a commitment, what was said, a pointer.

Owns the wording of what stands in a line or a cell, in one language. Pure. Which lines and sections a
document has is decided in ``paper``. Headings of source passages stay in the source's own language, as
printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from agendas.drafting.draft import Line
from agendas.drafting.facts import Facts, Office, Pointer, Progress, Silence
from agendas.drafting.wording import KINDS, LABELS, SOURCES, STATUSES, STRENGTHS, Value, in_language
from agendas.rendering.dates import clock, day_in_words, weekday_in_words
from agendas.rendering.document import Cell, Span, Text, joined, span
from scheduler.words import Words, say

MARK = Span("†", "mark")
"""Stands behind whatever is assumed."""

UNDATED = date(2000, 1, 1)
"""A day to reckon wall times on where the meeting has none; it is never shown."""


@dataclass(frozen=True, slots=True)
class Pen:
    """The facts and the language, so that a line can be written from a thing alone."""

    facts: Facts
    language: str

    def say(self, words: Words) -> str:
        """Return the words in this language."""
        return say(words, self.language)

    def label(self, name: str, **values: Value) -> str:
        """Return a fixed phrase in this language."""
        return in_language(LABELS[name], self.language, **values)

    def party(self, key: str) -> Words:
        """Return the name of a side; its key where the facts do not know it."""
        return next((party.name for party in self.facts.parties if party.key == key), {"en": key})

    def short(self, key: str) -> str:
        """Return the short name of a side."""
        return next((self.say(party.short) for party in self.facts.parties if party.key == key), key)

    # When

    def moment(self, day: int, offset: int) -> datetime | None:
        """Return when an offset falls: aware where the meeting is dated, else a bare wall time, or ``None``.

        Minutes are reckoned in UTC, so that a clock change during the meeting moves the wall time and not the length.
        """
        meeting = self.facts.meeting
        if meeting.start is None:
            return None
        if meeting.first_day is None or meeting.zone is None:
            return datetime.combine(UNDATED, meeting.start) + timedelta(minutes=offset)
        zone = ZoneInfo(meeting.zone)
        start = datetime.combine(meeting.first_day + timedelta(days=day), meeting.start, tzinfo=zone)
        return (start.astimezone(UTC) + timedelta(minutes=offset)).astimezone(zone)

    def start(self, day: int, offset: int) -> str:
        """Return the time of day, or the time since the start where that is all there is."""
        moment = self.moment(day, offset)
        return clock(moment) if moment else "{}:{:02d}".format(*divmod(offset, 60))

    def until(self, day: int, offset: int, minutes: int) -> str:
        """Return from when until when."""
        return f"{self.start(day, offset)}–{self.start(day, offset + minutes)}"

    def day_title(self, day: int) -> str:
        """Return "Day 2, Tuesday 18 May 2027"."""
        number = self.label("day", number=day + 1)
        first = self.facts.meeting.first_day
        return (
            number
            if first is None
            else f"{number}, {weekday_in_words(first + timedelta(days=day), self.language)}"
        )

    # Who

    def office(self, office: Office, *, in_full: bool = False) -> Text:
        """Return "HO (UK)" or "Home Office (UK)"."""
        name = self.say(office.name) if in_full or not office.short else office.short
        return (Span(f"{name} ({self.short(office.party)})"), *self.mark(office.basis))

    def mark(self, basis: str) -> Text:
        """Return the mark of what is assumed."""
        return (MARK,) if basis == "assumed" else ()

    def value(self, field: str, text: str) -> Text:
        """Return a value of the meeting, marked if it is assumed; nothing for an empty one."""
        return (Span(text), *((MARK,) if field in self.facts.meeting.assumed else ())) if text else ()

    # What

    def reference(self, line: Line) -> Cell:
        """Return the key, and how firmly and as what the commitment was made."""
        commitment = line.commitment
        status = [self.say(STATUSES[commitment.status])] if commitment.status != "open" else []
        words = ", ".join(
            [self.say(STRENGTHS[commitment.strength]), self.say(KINDS[commitment.kind]), *status]
        )
        return (span(commitment.key, "key"), span(words, "quiet"))

    def commitment(self, line: Line, leads: Sequence[Office]) -> Cell:
        """Return its words, due date, owners (where they are not the leads of the item) and place in its source."""
        commitment = line.commitment
        cell = [span(self.say(commitment.text))]
        if line.urgency == "overdue":
            cell.append(span(self.say(line.reason), "alarm"))
        elif commitment.due:
            cell.append(span(self.label("due", due=commitment.due), "flag"))
        if commitment.owners and _names(commitment.owners) != _names(leads):
            owners = joined([self.office(office) for office in commitment.owners], ", ")
            cell.append((Span(f"{self.label('owners')}: ", "quiet"), *owners))
        return (*cell, *filter(None, [self.pointer(commitment.pointer)]))

    def said(self, line: Line) -> Cell:
        """Return what was said since the last round; else that there is no news, and what was said before it."""
        said = [self.progress(note) for note in line.said]
        silent = [self.silence(silence) for silence in line.silences]
        if line.has_news or silent:
            return (*said, *silent)
        previous = self.facts.previous
        since = self.label("no_news_since", previous=previous.day) if previous else self.label("no_news")
        return (span(since, "flag"), *(joined([text, span(self.label("older"), "quiet")]) for text in said))

    def progress(self, note: Progress) -> Text:
        """Return when, what and where it was said."""
        when = Span(f"{day_in_words(note.day, self.language)}: ", "quiet")
        return (when, Span(self.say(note.text)), *self.bracketed(note.pointer))

    def silence(self, silence: Silence) -> Text:
        """Return what a source says nothing of."""
        return (
            Span(f"{self.label('no_news')}: ", "flag"),
            Span(self.say(silence.text)),
            *self.bracketed(silence.pointer),
        )

    # Where from

    def pointer(self, pointer: Pointer | None) -> Text:
        """Return "Joint Statement (JS), Serious and Organised Crime, paragraph 2"."""
        if pointer is None:
            return ()
        kind = next((source.kind for source in self.facts.sources if source.key == pointer.source), "")
        name = f"{self.say(SOURCES[kind])} ({pointer.source})" if kind in SOURCES else pointer.source
        paragraph = self.label("paragraph", number=pointer.paragraph) if pointer.paragraph else ""
        return span(", ".join(filter(None, [name, pointer.heading, paragraph])), "quiet")

    def bracketed(self, pointer: Pointer | None) -> Text:
        """Return " (SR)"."""
        return (Span(f" ({pointer.source})", "quiet"),) if pointer else ()


def _names(offices: Sequence[Office]) -> set[tuple[str, str]]:
    return {(office.party, office.short) for office in offices}
