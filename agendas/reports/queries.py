"""Reading what a report is made from: joint facts alone, so that either side prints the same bytes on the same day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from agendas.commitments import queries as ledger
from agendas.commitments.rules import DOCUMENT, MEETING, read_evidence
from agendas.papers.wording import SOURCES, phrase
from agendas.reports import rules
from agendas.reports.wording import KEPT_UNTIL, LABELS
from scheduler.dates.cadence import WITHOUT_INTERVAL
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.meetings.queries import MeetingFacts, counted_rounds, meetings, owed
from scheduler.meetings.rules import State
from scheduler.obligations.queries import ObligationFacts, obligations, skips
from scheduler.obligations.reasons import never_red, red_after, save_the_date_from, save_the_date_since
from scheduler.obligations.rules import Duty
from scheduler.partnerships.queries import PartnershipFacts, partnership, themes
from scheduler.sources.queries import SourceFacts, passages, sources
from scheduler.sources.rules import PARAGRAPH
from scheduler.words import LANGUAGES, Words, say

REPORT = "report"
"""The kind of obligation that a report keeps by being written: it is named as its basis, not listed."""


class Read(NamedTuple):
    """What was read for a report: the facts, and what a paper says around them."""

    facts: rules.Facts
    partnership: PartnershipFacts
    sources: tuple[SourceFacts, ...]
    owed_by: tuple[Words, ...]


def read_report(work: Work, key: str, first: date, last: date) -> Read:
    """Return everything joint of a partnership for the days from ``first`` to ``last``."""
    return _Reading(work, key, first, last).read()


def year_of(year: int | None, on: date) -> tuple[date, date]:
    """Return the days that a report is about: a year as far as it has come, or the twelve months to a day."""
    if year is None:
        before = date(on.year - 1, on.month, 28 if (on.month, on.day) == (2, 29) else on.day)
        return before + timedelta(days=1), on
    if year > on.year:
        raise BadInput(
            {"en": f"{year} is still to come", "nl": f"{year} moet nog komen"},
            place="year",
            remedy={"en": f"{on.year} or an earlier one", "nl": f"{on.year} of een eerder jaar"},
        )
    return date(year, 1, 1), min(date(year, 12, 31), on)


class _Reading:
    """One reading: what several facts need is read once."""

    def __init__(self, work: Work, key: str, first: date, last: date) -> None:
        self.work, self.key, self.first, self.last = work, key, first, last
        self.partnership = partnership(work, key)
        self.meetings = [entry for entry in meetings(work, key) if entry.layer is None]
        self.by_uid = {entry.uid: entry for entry in self.meetings}
        self.commitments = ledger.commitments(work, key)
        self.notes = [entry for entry in ledger.progress(work, key, only_joint=True) if entry.day <= last]
        self.promised = obligations(work, key)
        self.sources = {entry.key: entry for entry in sources(work, key)}
        self.passages = passages(
            work,
            [
                *(entry.passage_id for entry in self.commitments),
                *(entry.passage_id for entry in self.notes),
                *(entry.passage_id for entry in self.promised),
                *(entry.passage_id for entry in self.meetings),
            ],
        )

    def read(self) -> Read:
        facts = rules.Facts(
            first=self.first,
            last=self.last,
            obligations=tuple(self._obligations()),
            themes=tuple((theme.key, theme.title) for theme in themes(self.work, self.key)),
            commitments=tuple(self._commitments()),
            skips=tuple(self._skips()),
            rounds_ahead=tuple(self._ahead()),
        )
        owed_by = tuple(self._source(entry.passage_id) for entry in self.promised if entry.kind == REPORT)
        return Read(facts, self.partnership, tuple(self.sources.values()), owed_by)

    def _obligations(self) -> Iterator[rules.Promised]:
        by_duty: dict[str, list[MeetingFacts]] = defaultdict(list)
        for entry in self.meetings:
            for duty in entry.duties:
                by_duty[duty].append(entry)
        for found in owed(self.work, self.key, self.last):
            if found.obligation.kind != REPORT:
                told = tuple(_told(found.duty))
                yield self._obligation(found.obligation, found.duty.due, told, by_duty)

    def _obligation(
        self,
        entry: ObligationFacts,
        due: date | None,
        reasons: tuple[Words, ...],
        by_duty: dict[str, list[MeetingFacts]],
    ) -> rules.Promised:
        counted = counted_rounds(entry, by_duty)
        days = {found.day: found for key in (entry.key, *entry.covers()) for found in by_duty.get(key, [])}
        held = sorted(round_.day for round_ in counted if round_.held and round_.day <= self.last)
        to_come = [round_.day for round_ in counted if not round_.held and round_.day > self.last]
        return rules.Promised(
            key=entry.key,
            title=entry.title,
            cadence=entry.cadence.rule,
            source=self._source(entry.passage_id),
            in_force_from=entry.in_force_from,
            in_force_until=entry.in_force_until,
            held=tuple(rules.Claim(day, {}, self._source_of_round(days[day])) for day in held),
            due=due,
            agreed_for=min(to_come, default=None),
            reasons=reasons,
            wants_interval=entry.cadence.rule in WITHOUT_INTERVAL,
        )

    def _commitments(self) -> Iterator[rules.Entry]:
        founding = {self._document(entry.passage_id) for entry in self.promised}
        said: dict[str, list[rules.Claim]] = defaultdict(list)
        for note in self.notes:
            for key in note.commitments:
                said[key].append(
                    rules.Claim(note.day, note.text, self._evidence(note.passage_id, note.evidence))
                )
        silent: dict[str, list[rules.Claim]] = defaultdict(list)
        for silence in ledger.silences(self.work, self.key):
            silent[silence.on].append(rules.Claim(None, silence.text, self._named(silence.source, None)))
        for entry in self.commitments:
            document = self._document(entry.passage_id)
            source = self._source(entry.passage_id) or self._meeting(entry.meeting)
            yield rules.Entry(
                key=entry.key,
                theme=entry.theme,
                text=entry.text,
                kind=entry.kind,
                strength=entry.strength,
                status=entry.status,
                source=source,
                due=entry.due,
                since=entry.since,
                decided_on=entry.decided_at.date() if entry.decided_at else None,
                evidence=self._evidence(None, entry.evidence),
                notes=tuple(said[entry.key]),
                silences=tuple(silent[entry.key]),
                is_founding=document is not None and document in founding,
            )

    def _skips(self) -> Iterator[rules.SkipAgreed]:
        titles = {entry.key: entry.title for entry in self.promised}
        for skip in skips(self.work, self.key):
            if skip.agreed_at:
                agreed_on = skip.agreed_at.date()
                yield rules.SkipAgreed(
                    skip.obligation, titles[skip.obligation], skip.due, skip.reason, agreed_on
                )

    def _ahead(self) -> Iterator[rules.Ahead]:
        kinds = {State.AGREED: "agreed", State.OFFERED: "offered"}
        for entry in self.meetings:
            if entry.state in kinds and entry.day:
                yield rules.Ahead(entry.day, kinds[entry.state], entry.obligation, entry.title)

    # Where things stand

    def _document(self, passage_id: int | None) -> str | None:
        passage = self.passages.get(passage_id) if passage_id else None
        return passage.source if passage else None

    def _source(self, passage_id: int | None) -> Words:
        """Return where a passage stands, in words; nothing where there is none."""
        passage = self.passages.get(passage_id) if passage_id else None
        return self._named(passage.source, passage.heading, passage.paragraph) if passage else {}

    def _named(self, source: str, heading: str | None, paragraph: int | None = None) -> Words:
        """Return "Press release (SR), Progress Since the 2025 Dialogue, paragraph 1": the heading as it is printed."""
        found = self.sources.get(source)
        kind: Words = SOURCES.get(found.kind, {}) if found else {}
        number: Words = phrase(PARAGRAPH, number=paragraph) if paragraph else {}
        said = {}
        for language in LANGUAGES:
            document = f"{say(kind, language)} ({source})" if kind else source
            said[language] = ", ".join(filter(None, [document, heading, say(number, language)]))
        return said

    def _source_of_round(self, found: MeetingFacts) -> Words:
        if found.passage_id:
            return self._source(found.passage_id)
        return phrase(LABELS["round_of"], day=found.day or self.last)

    def _evidence(self, passage_id: int | None, typed: str | None) -> Words:
        """Return where something can be looked up; nothing for a meeting that both sides do not know."""
        if passage_id or not typed:
            return self._source(passage_id)
        found = read_evidence(typed)
        if found.kind == DOCUMENT:
            return self._named(found.reference, found.heading or None)
        return self._meeting(found.reference) if found.kind == MEETING else {"en": found.reference}

    def _meeting(self, uid: str | None) -> Words:
        """Return the record of a round as a source."""
        found = self.by_uid.get(uid or "")
        if found is None or found.day is None:
            return {}
        return phrase(LABELS["record_of"], day=found.day, title=found.title)


def _told(duty: Duty) -> Iterator[Words]:
    """Yield the reasons of a duty that ministers are told: its limit as a day, and no colours or letters of ours."""
    letter, last = duty.save_the_date, duty.red_after
    ours = [never_red(), *([save_the_date_from(letter), save_the_date_since(letter)] if letter else [])]
    limit = red_after(last) if last else None
    for before, reason in pairwise(({}, *duty.reasons)):
        if reason in ours or before == limit:  # what follows the limit says how it is reckoned
            continue
        yield phrase(KEPT_UNTIL, day=last) if last and reason == limit else reason
