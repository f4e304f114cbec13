"""How single things of a paper are written: a time, an office, a commitment, what was said, a pointer.

Owns the wording of what stands in a line or a cell, in one language. Pure. Which lines and sections a paper has is
decided in the module of its kind. Headings of source passages stay in the source's own language, as printed; a text
that is not in the paper's language is shown as it is, and says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from agendas.commitments.rules import OPEN
from agendas.commitments.wording import WORDS
from agendas.known import Office, Pointer, Source
from agendas.papers.model import (
    PaperLine,
    PaperMeeting,
    PaperProgress,
    PaperSilence,
)
from agendas.papers.wording import (
    LABELS,
    LANGUAGE_NAMES,
    SOURCES,
    Value,
    in_language,
)
from agendas.rendering.dates import clock, day_in_words, weekday_in_words
from agendas.rendering.document import Block, Bullets, Cell, Paragraph, Span, Text, joined, span
from scheduler.words import Words, say

MARK = Span("†", "mark")
"""Stands behind whatever is assumed."""

UNDATED = date(2000, 1, 1)
"""A day to reckon wall times on where the meeting has none; it is never shown."""

BULLET = "- "


@dataclass(frozen=True, slots=True)
class Pen:
    """The meeting, the language and the sources, so that a line can be written from a thing alone."""

    meeting: PaperMeeting
    language: str
    sources: tuple[Source, ...] = ()
    previous: date | None = None
    pointed_to: set[str] = field(default_factory=set)
    """What a reader of what was written so far looks up at its end: sources by their keys, and what a mark means."""

    def say(self, words: Words) -> str:
        """Return the words in this language."""
        return say(words, self.language)

    def label(self, name: str, **values: Value) -> str:
        """Return a fixed phrase in this language."""
        return in_language(LABELS[name], self.language, **values)

    def party(self, key: str) -> Words:
        """Return the name of a side; its key where the meeting does not know it."""
        return next((party.name for party in self.meeting.parties if party.key == key), {"en": key})

    def short(self, key: str) -> str:
        """Return the short name of a side."""
        return next((self.say(party.short) for party in self.meeting.parties if party.key == key), key)

    # In which language

    def doubt(self, words: Words, stale: frozenset[str] = frozenset()) -> Text:
        """Return what a reader must know of a text: that it is in another language, or may be out of date."""
        if not any(words.values()):
            return ()
        if not words.get(self.language):
            shown = next((code for code in ("en", *words) if words.get(code)), "")
            name = LANGUAGE_NAMES.get(shown, {"en": shown})
            return span(self.label("untranslated", shown_in=name), "flag")
        return span(self.label("stale"), "flag") if self.language in stale else ()

    def prose(self, words: Words, stale: frozenset[str] = frozenset()) -> Iterator[Block]:
        """Yield the paragraphs and lists of a longer text, with its doubt before it."""
        doubt = self.doubt(words, stale)
        if doubt:
            yield Paragraph(doubt, quiet=True)
        points: list[Text] = []
        for line in filter(None, map(str.strip, self.say(words).splitlines())):
            if line.startswith(BULLET):
                points.append(span(line.removeprefix(BULLET)))
                continue
            if points:
                yield Bullets(tuple(points))
                points = []
            yield Paragraph(span(line))
        if points:
            yield Bullets(tuple(points))

    def lines(self, words: Words, stale: frozenset[str] = frozenset()) -> Cell:
        """Return the same text as the paragraphs of a cell, a point of a list after a dash."""
        said = [line.strip() for line in self.say(words).splitlines()]
        shown = [f"– {line.removeprefix(BULLET)}" if line.startswith(BULLET) else line for line in said]
        return (*filter(None, [self.doubt(words, stale)]), *(span(line) for line in shown if line))

    # When

    def moment(self, day: int, offset: int) -> datetime | None:
        """Return when an offset falls: aware where the meeting is dated, else a bare wall time, or ``None``.

        Minutes are reckoned in UTC, so that a clock change during the meeting moves the wall time and not the length.
        """
        meeting = self.meeting
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

    def day(self, day: date) -> str:
        """Return "23 March 2027"."""
        return day_in_words(day, self.language)

    def day_title(self, day: int) -> str:
        """Return "Day 2, Tuesday 18 May 2027"."""
        number = self.label("day", number=day + 1)
        first = self.meeting.first_day
        if first is None:
            return number
        return f"{number}, {weekday_in_words(first + timedelta(days=day), self.language)}"

    def signed(self, moment: datetime, party: str) -> str:
        """Return "16 March 2027, 14:05 (London)": when somebody signed, on the clocks of the own capital."""
        side = next((side for side in self.meeting.parties if side.key == party), None)
        there = moment.astimezone(ZoneInfo(side.zone if side else "UTC"))
        city = self.say(side.capital) if side and side.capital else "UTC"
        return f"{self.day(there.date())}, {clock(there)} ({city})"

    # Who

    def office(self, office: Office, *, in_full: bool = False) -> Text:
        """Return "HO (UK)" or "Home Office (UK)"."""
        name = self.say(office.name) if in_full or not office.short else office.short
        return (Span(f"{name} ({self.short(office.party)})"), *self.mark(office.basis))

    def offices(self, offices: Sequence[Office]) -> Text:
        """Return the offices in a line."""
        return joined([self.office(office) for office in offices], ", ")

    def mark(self, basis: str) -> Text:
        """Return the mark of what is assumed."""
        if basis != "assumed":
            return ()
        self.pointed_to.add(MARK.text)
        return (MARK,)

    def value(self, field: str, text: str) -> Text:
        """Return a value of the meeting, marked if it is assumed; nothing for an empty one."""
        basis = "assumed" if field in self.meeting.assumed else ""
        return (Span(text), *self.mark(basis)) if text else ()

    # What

    def reference(self, line: PaperLine) -> Cell:
        """Return the key, and how firmly and as what the commitment was made."""
        status = [self.say(WORDS[line.status])] if line.status in OPEN and line.status != "open" else []
        made = [self.say(WORDS[word]) for word in (line.strength, line.kind) if word]
        return tuple(filter(None, (span(line.key, "key"), span(", ".join([*made, *status]), "quiet"))))

    def commitment(self, line: PaperLine, leads: Sequence[Office] = ()) -> Cell:
        """Return its words, due date, owners (where they are not the leads of the item) and place in its source."""
        cell = [joined([span(self.say(line.text)), self.doubt(line.text)])]
        if line.is_overdue:
            cell.append(span(self.say(line.urgency), "alarm"))
        elif line.due:
            cell.append(span(self.label("due", due=line.due), "flag"))
        if line.owners and _names(line.owners) != _names(leads):
            cell.append((Span(f"{self.label('owners')}: ", "quiet"), *self.offices(line.owners)))
        return (*cell, *filter(None, [self.pointer(line.pointer)]))

    def said(self, line: PaperLine) -> Cell:
        """Return what was said since the last round; else that there is no news, and what was said before it."""
        said = [self.progress(note) for note in line.said]
        silent = [self.silence(silence) for silence in line.silences]
        if line.has_news or silent:
            return (*said, *silent)
        previous = (
            self.previous if not (self.previous and line.since and line.since > self.previous) else None
        )
        since = self.label("no_news_since", previous=previous) if previous else self.label("no_news")
        return (span(since, "flag"), *(joined([text, span(self.label("older"), "quiet")]) for text in said))

    def progress(self, note: PaperProgress) -> Text:
        """Return when, what and where it was said."""
        text = joined([span(self.say(note.text)), self.doubt(note.text)])
        return (Span(f"{self.day(note.day)}: ", "quiet"), *text, *self.bracketed(note.pointer))

    def silence(self, silence: PaperSilence) -> Text:
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
        self.pointed_to.add(pointer.source)
        kind = next((source.kind for source in self.sources if source.key == pointer.source), "")
        name = f"{self.say(SOURCES[kind])} ({pointer.source})" if kind in SOURCES else pointer.source
        paragraph = self.label("paragraph", number=pointer.paragraph) if pointer.paragraph else ""
        return span(", ".join(filter(None, [name, pointer.heading, paragraph])), "quiet")

    def bracketed(self, pointer: Pointer | None) -> Text:
        """Return " (SR)"."""
        if pointer is None:
            return ()
        self.pointed_to.add(pointer.source)
        return (Span(f" ({pointer.source})", "quiet"),)


def _names(offices: Sequence[Office]) -> set[tuple[str, str]]:
    return {(office.party, office.short) for office in offices}
