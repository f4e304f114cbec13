"""The year plan: every obligation on a line of days with its window, rounds and limits; and the same as a table."""

from collections.abc import Iterable, Mapping
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from scheduler.dates.closed_days import HOLIDAY, ClosedDay, public_holidays
from scheduler.dates.windows import window_spans
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.meetings.queries import MeetingFacts, Owed, meetings, owed
from scheduler.meetings.rules import STATE_WORDS
from scheduler.obligations.queries import ObligationFacts
from scheduler.partnerships.queries import PartnershipFacts, PartyFacts, closed_days
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import reading_page, viewed_day
from scheduler.web.kit.language import in_words, text
from scheduler.web.kit.written import basis_of, full_date, short_date, span_of_days
from scheduler.web.wording import asked_day, cadence_words
from scheduler.web.year_chart import NARROW, WIDE, Lane, Span, draw

FIRST_YEAR, LAST_YEAR = 2000, 2100

pages = Blueprint("year", __name__)


@pages.get("/year/<partnership>")
def current(partnership: str) -> Response:
    """Go to the year in which the reader asks."""
    with reading_page() as work:
        day = viewed_day(work, find_partnership(work, partnership))
    return redirect(url_for("year.show", partnership=partnership, year=day.year, **asked_day()))


@pages.get("/year/<partnership>/<int:year>")
def show(partnership: str, year: int) -> str:
    """Show a calendar year of a partnership."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(f"there is no year {year}", remedy=f"between {FIRST_YEAR} and {LAST_YEAR}")
    with reading_page() as work:
        facts = find_partnership(work, partnership)
        day = viewed_day(work, facts)
        state = owed(work, partnership, day)
        rounds = meetings(work, partnership, first=date(year, 1, 1), last=date(year, 12, 31))
        closed = {party.key: closed_in(work, facts, party, year) for party in facts.parties}
        lanes = [*_closed_lanes(facts, closed), *_obligation_lanes(state, rounds, year)]
        return render_template(
            "web/year.html",
            partnership=facts,
            year=year,
            day=day,
            charts=[draw(year, lanes, layout, day) for layout in (WIDE, NARROW)],
            owed=state,
            rounds=_by_obligation(rounds),
            closed=closed,
        )


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


def _closed_lanes(facts: PartnershipFacts, closed: Mapping[str, tuple[ClosedDay, ...]]) -> list[Lane]:
    return [
        Lane(
            key=party.key,
            label=text("year.closed_of", party=in_words(party.name)),
            kind=f"closed party-{number}",
            spans=tuple(
                Span(
                    str(row.effect),
                    row.first,
                    row.last,
                    f"{in_words(row.title)}, {span_of_days(row.first, row.last)}",
                )
                for row in closed[party.key]
            ),
        )
        for number, party in enumerate(facts.parties)
    ]


def _obligation_lanes(state: Iterable[Owed], rounds: Iterable[MeetingFacts], year: int) -> list[Lane]:
    by_obligation = _by_obligation(rounds)
    return [
        Lane(
            key=entry.obligation.key,
            label=in_words(entry.obligation.title),
            kind=str(entry.duty.colour),
            spans=(
                *_window(entry.obligation, year),
                *_limits(entry),
                *(_round(meeting) for meeting in by_obligation.get(entry.obligation.key, [])),
            ),
            note=_note(entry),
            address=url_for(
                "obligation.show", partnership=entry.obligation.partnership, key=entry.obligation.key
            ),
        )
        for entry in state
    ]


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


def _limits(entry: Owed) -> list[Span]:
    duty = entry.duty
    days = (("save_the_date", duty.save_the_date), ("due", duty.due), ("red_after", duty.red_after))
    return [Span(kind, day, day, f"{text(f'column.{kind}')}: {full_date(day)}") for kind, day in days if day]


def _round(meeting: MeetingFacts) -> Span:
    first = meeting.slot.first_day if meeting.slot else date.min
    last = meeting.slot.last_day if meeting.slot else date.min
    said = f"{in_words(meeting.title)}: {in_words(STATE_WORDS[meeting.state])}, {span_of_days(first, last)}"
    return Span(str(meeting.state), first, last, said, url_for("meeting.show", uid=meeting.uid))


def _by_obligation(rounds: Iterable[MeetingFacts]) -> dict[str, list[MeetingFacts]]:
    found: dict[str, list[MeetingFacts]] = {}
    for meeting in rounds:
        for key in meeting.duties:
            found.setdefault(key, []).append(meeting)
    return found
