"""What other rooms know, in the shapes that planning works on.

Owns the translation: an obligation becomes a series, a meeting that stands a fixed one, relations become links and
orders, diaries and closed days calendars. What of all this belongs to a problem is decided in ``queries``. It reads
nothing itself but what it is handed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from scheduler.dates.closed_days import ClosedDay, ClosedDays
from scheduler.dates.preferences import read_preferred
from scheduler.dates.slots import OfficeHours
from scheduler.dates.slots import Slot as LocalSlot
from scheduler.dates.windows import read_window
from scheduler.diaries.rules import BusyTime, Diarist, SpanOn, closed_days_of
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.rules import State
from scheduler.obligations.host_turns import HostTurn
from scheduler.obligations.lead_times import save_the_date_weeks
from scheduler.obligations.links import DutyLinkFacts
from scheduler.obligations.queries import ObligationFacts
from scheduler.partnerships.queries import OfficeFacts, PartnershipFacts
from scheduler.planning.problem import (
    Calendar,
    Capacity,
    Fixed,
    Hosting,
    Link,
    Order,
    Series,
    resolve_calendar,
)
from scheduler.planning.rounds import Merge
from scheduler.planning.timing import FIRST_HOUR, hosting_of, office_hours_of, start_within
from scheduler.planning.venues import offices_at, stated_start
from scheduler.planning.wishes import BUILDS_ON, SUPPORTS
from scheduler.words import LANGUAGES, Words, say

NEEDED = frozenset({"chair", "required"})
"""Roles without which a round is not held."""

DIARY = "diary"


def series_of(
    facts: PartnershipFacts,
    entry: ObligationFacts,
    skips: tuple[date, ...],
    turn: HostTurn | None,
    with_diary: frozenset[str],
    secretariats: frozenset[str],
) -> Series:
    """Return an obligation as a series; ``with_diary`` are the posts whose diaries are known."""
    level = entry.effective_level
    required = posts_of(entry)
    calendars = [_calendar_of(entry, party.key, level) for party in facts.parties]
    if with_diary & set(required):
        calendars.append(diary_of(entry.key))
    return Series(
        obligation=entry.key,
        title=entry.title,
        kind=entry.kind,
        level=level,
        cadence=entry.cadence,
        in_force_from=entry.in_force_from,
        in_force_until=entry.in_force_until,
        lead_weeks=save_the_date_weeks(level),
        parties=tuple(party.key for party in facts.parties),
        posts=required,
        offices=offices_of(entry, secretariats),
        calendars=tuple(calendars),
        days=(entry.duration or {}).get("days", 1),
        hours=(entry.duration or {}).get("hours"),
        start=time.fromisoformat(entry.start_time) if entry.start_time else None,
        window=read_window(entry.window),
        preferred=read_preferred(entry.preferred),
        hosting=_hosting(entry, turn),
        covers=entry.covers(),
        skips=skips,
        assumed=tuple(field for field, basis in sorted(entry.basis.items()) if basis == "assumed"),
    )


def fixed_of(
    entry: MeetingFacts, slot: LocalSlot, duties: Sequence[ObligationFacts], secretariats: frozenset[str]
) -> Fixed:
    """Return a meeting that stands, with the posts and offices of all its duties.

    One that was held is known by its day: its UID is another in every installation, and nothing of a plan rests on it.
    """
    offices = (office for duty in duties for office in offices_of(duty, secretariats))
    return Fixed(
        key=f"{entry.obligation}/{slot.first_day}" if entry.state is State.HELD else entry.uid,
        obligations=entry.duties,
        first=slot.first_day,
        last=slot.last_day,
        host=entry.host,
        posts=tuple(dict.fromkeys(post for duty in duties for post in posts_of(duty))),
        offices=tuple(dict.fromkeys(offices)),
    )


def fixed_elsewhere(
    entry: MeetingFacts,
    slot: LocalSlot,
    obligation: ObligationFacts,
    secretariats: frozenset[str],
    partnership: Words,
) -> Fixed:
    """Return a meeting of another partnership: it takes posts and offices, and discharges nothing here."""
    title = {
        language: f"{say(entry.title, language)} ({say(partnership, language)})" for language in LANGUAGES
    }
    return replace(
        fixed_of(entry, slot, [obligation], secretariats),
        key=entry.uid,
        obligations=(),
        host=None,
        title=title,
    )


def posts_of(entry: ObligationFacts) -> tuple[str, ...]:
    """Return the posts without which no round of an obligation is held."""
    return tuple(each.post.reference for each in entry.posts if each.role in NEEDED)


def offices_of(entry: ObligationFacts, secretariats: frozenset[str]) -> tuple[str, ...]:
    """Return the offices that work for the rounds of an obligation: those that lead it, and those that prepare it.

    A secretariat prepares every round that it sits on or is told of, whoever leads; ``party/office`` throughout.
    """
    leads = [f"{party}/{office}" for party, office in entry.leads.items()]
    sitting = {f"{each.post.party}/{each.post.office}" for each in entry.posts}
    return (*leads, *sorted(sitting & secretariats - set(leads)))


def secretariats_of(offices: Iterable[OfficeFacts]) -> frozenset[str]:
    """Return which of the offices prepare the rounds of the partnership, as ``party/office``."""
    return frozenset(f"{office.party}/{office.key}" for office in offices if office.is_secretariat)


def links_of(promised: Iterable[ObligationFacts]) -> Iterator[Link]:
    """Yield who wants whose round in the months before: ``builds_on`` reads one way, ``supports`` the other."""
    for entry in promised:
        for relation in entry.relations:
            if relation.type == "builds_on" and relation.other:
                yield Link(
                    rule=BUILDS_ON.name, before=(relation.other,), after=entry.key, basis=relation.basis
                )
            if relation.type == "supports" and relation.other:
                before = (entry.key, *entry.covers())
                yield Link(rule=SUPPORTS.name, before=before, after=relation.other, basis=relation.basis)


def reporting_of(promised: Iterable[ObligationFacts]) -> Iterator[Order]:
    """Yield which obligations report to which, and how long before."""
    for entry in promised:
        for relation in entry.relations:
            if relation.type == "reports_to" and relation.other:
                lag = relation.lag_days or 0
                yield Order(before=entry.key, after=relation.other, lag_days=lag, basis=relation.basis)


def merges_of(links: Iterable[DutyLinkFacts]) -> tuple[Merge, ...]:
    """Return the duties that both sides merged, by year."""
    return tuple(
        Merge(obligation=link.obligation, other=link.other, year=link.year) for link in links if link.in_force
    )


def capacities_of(offices: Iterable[OfficeFacts]) -> tuple[Capacity, ...]:
    """Return what the offices say they can bear."""
    return tuple(
        Capacity(
            office=f"{office.party}/{office.key}",
            title=office.name,
            most=office.capacity["meetings_a_week"] or 0,
            comfortable=office.capacity["comfortable"],
            basis=office.basis.get("capacity", "stated"),
        )
        for office in offices
        if office.capacity
    )


def calendars_of(
    series: Iterable[Series], closed: ClosedDays, first: date, last: date
) -> dict[str, Calendar]:
    """Return the calendars of parties, levels and offices that the series name."""
    named = sorted({name for entry in series for name in entry.calendars if not name.startswith(DIARY)})
    found = {}
    for name in named:
        party, level, offices = name.split("/")
        found[name] = resolve_calendar(
            closed, party, first, last, level=level, offices=tuple(filter(None, offices.split("+")))
        )
    return found


def _calendar_of(entry: ObligationFacts, party: str, level: str) -> str:
    """Return the name of the calendar of a party for an obligation: its level, and the offices that take part."""
    needed = {each.post.office for each in entry.posts if each.role in NEEDED and each.post.party == party}
    return f"{party}/{level}/{'+'.join(sorted(needed | {entry.leads.get(party, '')} - {''}))}"


def diary_of(obligation: str) -> str:
    """Return the name of the calendar with the diaries of those whom an obligation needs."""
    return f"{DIARY}/{obligation}"


def diary_calendars(
    facts: PartnershipFacts,
    series: Iterable[Series],
    diarists: Mapping[str, Diarist],
    busy: Sequence[BusyTime],
) -> dict[str, Calendar]:
    """Return what the diaries of their posts take from every series that names a calendar for them."""
    hours = office_hours_of(facts)
    found: dict[str, Calendar] = {}
    for entry in series:
        name = diary_of(entry.obligation)
        if name in entry.calendars:
            rows = [
                row
                for post in entry.posts
                if post in diarists
                for row in closed_days_of(busy, _span_on(entry, hours, post), diarists[post])
            ]
            found[name] = _by_day(rows)
    return found


def _by_day(rows: Iterable[ClosedDay]) -> Calendar:
    found: dict[date, tuple[ClosedDay, ...]] = {}
    for row in rows:
        for number in range((row.last - row.first).days + 1):
            day = row.first + timedelta(days=number)
            found[day] = (*found.get(day, ()), row)
    return found


def _span_on(series: Series, hours: Mapping[str, OfficeHours], post: str) -> SpanOn:
    """Return the hours that a round would take from a diary on a day, with whichever host it may have.

    A round of whole days takes the office hours of the post's own side.
    """
    own = hours[post.partition("/")[0]]
    length = series.hours
    if not length:
        return lambda day: _between(day, own.opens, own.closes, own)
    hosts = series.parties if series.hosting.rule in {"alternate", "either"} else (series.hosting.party,)
    venues = [offices_at(hours, series.hosting, series.parties, host) for host in hosts]

    def span(day: date) -> tuple[datetime, datetime]:
        starts = [
            datetime.combine(
                day,
                stated_start(series) or start_within(day, offices, length, series.start or FIRST_HOUR),
                offices[0].tzinfo,
            )
            for offices in venues
        ]
        return min(starts), max(starts) + timedelta(hours=length)

    return span


def _between(day: date, opens: time, closes: time, office: OfficeHours) -> tuple[datetime, datetime]:
    return datetime.combine(day, opens, office.tzinfo), datetime.combine(day, closes, office.tzinfo)


def _hosting(entry: ObligationFacts, turn: HostTurn | None) -> Hosting:
    """Return the host rule with whose turn it is, as the record and the ledger of swaps have it."""
    hosting = hosting_of(entry.host)
    if turn is None:
        return hosting
    owed = turn.debts[0].party if turn.debts else None
    return replace(
        hosting, next=turn.host, why=turn.reason, owed_by=owed, undecided=turn.question is not None
    )
