"""What stands on the lanes of a year: closed days, summits, then every obligation with its window, limits and rounds.

Owns the choice and its words; where a day stands is reckoned in ``year_chart``. What a page adds of its own (the
rounds of a plan) it hands in as spans.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from flask import url_for

from scheduler.dates.closed_days import HOLIDAY, ClosedDay, public_holidays
from scheduler.dates.windows import window_spans
from scheduler.db.work import Work
from scheduler.meetings.queries import MeetingFacts, Owed
from scheduler.meetings.rules import STATE_WORDS, State
from scheduler.obligations.queries import ObligationFacts
from scheduler.obligations.rules import Duty
from scheduler.partnerships.queries import PartnershipFacts, PartyFacts, closed_days
from scheduler.web.kit.language import in_words, text
from scheduler.web.kit.written import basis_of, full_date, short_date, span_of_days
from scheduler.web.wording import cadence_words
from scheduler.web.year_chart import Lane, Span

SHARED = frozenset({"summit", "election"})
"""Kinds of closed days that stand on a lane of their own, however many parties they concern."""

COUNTS = (State.HELD, State.AGREED, State.OFFERED, State.PLANNED)
"""States of a round that a year later is worth remembering."""

LEAP_DAY = (2, 29)


def closed_in(
    work: Work, partnership: PartnershipFacts, party: PartyFacts, year: int
) -> tuple[ClosedDay, ...]:
    """Return the closed days of a party in a year, by day; a loaded holiday replaces the library's on its day."""
    loaded = [
        row
        for row in closed_days(work, partnership.key, date(year, 1, 1), date(year, 12, 31))
        if row.party == party.key
    ]
    country, subdivision = party.holiday_country, party.holiday_subdivision
    listed = public_holidays(party.key, country, subdivision, (year,), partnership.languages)
    own_tables = [row for row in loaded if row.kind == HOLIDAY]
    standing = [row for row in listed if not any(own.first <= row.first <= own.last for own in own_tables)]
    return tuple(sorted([*standing, *loaded], key=lambda row: (row.first, row.last)))


def closed_lanes(facts: PartnershipFacts, closed: Mapping[str, tuple[ClosedDay, ...]]) -> list[Lane]:
    """Return a lane of closed days for each party, and one for the summits and elections of all."""
    lanes = [
        Lane(
            key=party.key,
            label=text("year.closed_of", party=in_words(party.name)),
            kind=f"closed party-{number}",
            spans=tuple(_closed(row) for row in closed[party.key] if row.kind not in SHARED),
        )
        for number, party in enumerate(facts.parties)
    ]
    shared: dict[tuple[date, date, str], list[ClosedDay]] = defaultdict(list)
    for party in facts.parties:
        for row in closed[party.key]:
            if row.kind in SHARED:
                shared[row.first, row.last, in_words(row.title)].append(row)
    spans = tuple(_concerning(rows, facts) for _, rows in sorted(shared.items()))
    return [*lanes, Lane(key="shared", label=text("year.shared"), kind="closed shared", spans=spans)]


def obligation_lanes(
    state: Iterable[Owed],
    rounds: Iterable[MeetingFacts],
    year: int,
    further: Mapping[str, Iterable[Span]] | None = None,
) -> list[Lane]:
    """Return a lane for each obligation.

    ``rounds`` reach back into the year before, for its marks; ``further`` are spans of the page by obligation.
    """
    by_obligation = rounds_by_obligation(rounds)
    return [
        Lane(
            key=entry.obligation.key,
            label=in_words(entry.obligation.title),
            kind=str(entry.duty.colour),
            spans=_spans(
                entry,
                by_obligation.get(entry.obligation.key, []),
                year,
                (further or {}).get(entry.obligation.key, ()),
            ),
            note=_note(entry),
            address=url_for(
                "obligation.show", partnership=entry.obligation.partnership, key=entry.obligation.key
            ),
            reason=": ".join(
                [text(f"colour.{entry.duty.colour}"), "; ".join(map(in_words, entry.duty.reasons))]
            ),
        )
        for entry in state
    ]


def rounds_by_obligation(rounds: Iterable[MeetingFacts]) -> dict[str, list[MeetingFacts]]:
    """Return rounds by the key of every obligation that they discharge."""
    found: dict[str, list[MeetingFacts]] = {}
    for meeting in rounds:
        for key in meeting.duties:
            found.setdefault(key, []).append(meeting)
    return found


def a_year_later(first: date, last: date, address: str | None) -> Span:
    """Return the mark that remembers in its year what was on these days the year before."""
    is_leap_day = (first.month, first.day) == LEAP_DAY
    day = first.replace(year=first.year + 1, day=28 if is_leap_day else first.day)
    said = text("year.last_year", days=span_of_days(first, last))
    return Span("last_year", day, day, said, address)


def _closed(row: ClosedDay) -> Span:
    said = f"{in_words(row.title)}, {span_of_days(row.first, row.last)}"
    return Span(str(row.effect), row.first, row.last, said)


def _concerning(rows: list[ClosedDay], facts: PartnershipFacts) -> Span:
    """Return one mark for what several parties keep free, naming them where it is not all."""
    span = _closed(rows[0])
    if len(rows) == len(facts.parties):
        return span
    named = ", ".join(in_words(facts.party(row.party).name) for row in rows)
    return Span(span.kind, span.first, span.last, f"{span.text} ({named})")


def _spans(entry: Owed, rounds: list[MeetingFacts], year: int, further: Iterable[Span]) -> tuple[Span, ...]:
    """Return what stands on a lane, the lowest first; what is said twice is drawn once."""
    spans = (
        *_window(entry.obligation, year),
        *_limits(entry.duty),
        *_last_year(rounds, year),
        *further,
        *(_round(meeting) for meeting in rounds),
    )
    return tuple(dict.fromkeys(spans))


def _note(entry: Owed) -> str:
    words = [cadence_words(entry.obligation.cadence)]
    if entry.duty.due:
        words.append(f"{text('column.due').lower()} {short_date(entry.duty.due)}")
    return ", ".join(words)


def _window(obligation: ObligationFacts, year: int) -> list[Span]:
    mark = basis_of(obligation.basis, "window")
    kind = "window" if mark is None else "window assumed"
    said = text("year.window") if mark is None else f"{text('year.window')}, {mark[0]}"
    return [
        Span(kind, first, last, f"{said}: {span_of_days(first, last)}")
        for first, last in window_spans(obligation.window, year)
    ]


def _limits(duty: Duty) -> list[Span]:
    days = (("save_the_date", duty.save_the_date), ("due", duty.due), ("red_after", duty.red_after))
    return [limit(kind, day) for kind, day in days if day]


def limit(kind: str, day: date) -> Span:
    """Return the mark of a limit: ``save_the_date``, ``due`` or ``red_after``."""
    return Span(kind, day, day, f"{text(f'column.{kind}')}: {full_date(day)}")


def _last_year(rounds: Iterable[MeetingFacts], year: int) -> list[Span]:
    return [
        a_year_later(meeting.slot.first_day, meeting.slot.last_day, url_for("meeting.show", uid=meeting.uid))
        for meeting in rounds
        if meeting.slot and meeting.slot.first_day.year == year - 1 and meeting.state in COUNTS
    ]


def _round(meeting: MeetingFacts) -> Span:
    first = meeting.slot.first_day if meeting.slot else date.min
    last = meeting.slot.last_day if meeting.slot else date.min
    said = f"{in_words(meeting.title)}: {in_words(STATE_WORDS[meeting.state])}, {span_of_days(first, last)}"
    return Span(str(meeting.state), first, last, said, url_for("meeting.show", uid=meeting.uid))
