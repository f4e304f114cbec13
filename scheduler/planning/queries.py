"""Reading plans, and putting together the problem that a plan answers.

A side plans with joint facts and its own: what the layers do not show it cannot enter its problem.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from scheduler.dates.closed_days import ClosedDay, ClosedDays, Effect, public_holidays
from scheduler.dates.slots import Slot as LocalSlot
from scheduler.dates.windows import read_window
from scheduler.db.work import Work
from scheduler.errors import BadInput, NotFound
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.meetings.rules import State
from scheduler.obligations.lead_times import save_the_date_weeks
from scheduler.obligations.queries import ObligationFacts, agreed_skips, obligations
from scheduler.partnerships.queries import PartnershipFacts, closed_days, offices, partnership, posts
from scheduler.planning.comparing import Standing
from scheduler.planning.problem import (
    Calendar,
    Fixed,
    Hosting,
    Link,
    Order,
    Plan,
    Problem,
    Round,
    Series,
    Slot,
    resolve_calendar,
)
from scheduler.planning.record import plan_from_json
from scheduler.planning.rounds import reporting_orders, rounds_owed
from scheduler.planning.tables import PlanRow
from scheduler.planning.wishes import BUILDS_ON, SUPPORTS
from scheduler.words import Words

LONGEST_HORIZON = timedelta(days=5 * 366)
"""How far ahead a plan means anything; recess, holidays and posts are not known beyond it."""

FIXED_STATES = (State.HELD, State.OFFERED, State.AGREED)
"""Meetings that stand: a plan works around them."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A stored plan; ``approved`` maps the rounds that became meetings to their UIDs."""

    key: str
    made_at: datetime
    made_by: str
    first: date
    last: date
    plan: Plan
    problem: dict[str, Any]
    approved: dict[str, str]


def plans(work: Work, partnership: str) -> tuple[PlanFacts, ...]:
    """Return the plans that the actor may see, newest first."""
    rows = work.session.scalars(
        select(PlanRow)
        .where(PlanRow.partnership == partnership)
        .order_by(PlanRow.made_at.desc(), PlanRow.id.desc())
    )
    return tuple(_facts(row) for row in rows)


def plan(work: Work, partnership: str, key: str | None) -> PlanFacts:
    """Return one plan, the newest where no key is given; raise ``NotFound``."""
    for facts in plans(work, partnership):
        if key in {None, facts.key}:
            return facts
    named = f"there is no plan {key!r}" if key else "there is no plan yet"
    raise NotFound(named, remedy="`dialogues plan propose --from … --to …` makes one")


def problem(work: Work, key: str, first: date, last: date, today: date) -> Problem:
    """Return everything that a plan of the acting side from ``first`` to ``last`` depends on.

    Raise ``BadInput`` for a horizon that ends before it begins, or lies in the past.
    """
    if last < first or last < today:
        raise BadInput(
            f"{first} to {last} is no horizon to plan", place="--to", remedy="give a later last day"
        )
    if last > today + LONGEST_HORIZON:
        remedy = f"plan at most until {today + LONGEST_HORIZON}"
        raise BadInput(f"{last} is too far ahead", place="--to", remedy=remedy)
    facts = partnership(work, key)
    promised = obligations(work, key)
    skips = agreed_skips(work, key)
    closed = _closed(work, facts, first, last)
    series = tuple(_series(facts, entry, skips.get(entry.id, ())) for entry in promised)
    by_key = {entry.key: entry for entry in promised}
    standing = meetings(work, key, states=FIXED_STATES)
    fixed = tuple(_fixed(entry, entry.slot, by_key[entry.obligation]) for entry in standing if entry.slot)
    start = max(first, today)
    owed = rounds_owed(series, fixed, today=today, first=start, last=last)
    return Problem(
        today=today,
        first=start,
        last=last,
        series=series,
        rounds=_with_planned(
            owed.rounds, meetings(work, key, states=(State.PLANNED,), first=start, last=last)
        ),
        fixed=fixed,
        minimums=owed.minimums,
        links=tuple(_links(promised)),
        orders=tuple(_orders(promised, owed.rounds)),
        calendars=_calendars(series, closed, start, last),
        names=_names(work, facts),
    )


def calendar(work: Work, key: str, today: date) -> tuple[Standing, ...]:
    """Return where every round to come stands now, as far as the acting side may know: what a plan would change."""
    coming = meetings(work, key, first=today, states=(State.PLANNED, State.OFFERED, State.AGREED))
    return tuple(
        Standing(
            key=entry.uid,
            obligation=entry.obligation,
            title=entry.title,
            first=entry.slot.first_day,
            last=entry.slot.last_day,
            host=entry.host,
            meeting=entry.uid,
            issued=entry.state is not State.PLANNED,
        )
        for entry in coming
        if entry.slot
    )


def _with_planned(rounds: tuple[Round, ...], planned: Iterable[MeetingFacts]) -> tuple[Round, ...]:
    """Tell each round the slot that the side has planned for it already, first to first: changing it costs."""
    waiting: dict[str, list[MeetingFacts]] = defaultdict(list)
    for entry in planned:
        waiting[entry.obligation].append(entry)
    known = []
    for round_ in sorted(rounds, key=lambda entry: (entry.aim, entry.key)):
        known_already = waiting[round_.obligation].pop(0) if waiting[round_.obligation] else None
        slot = _planned_slot(known_already) if known_already else None
        known.append(replace(round_, planned=slot))
    return tuple(sorted(known, key=lambda entry: entry.key))


def _planned_slot(entry: MeetingFacts) -> Slot | None:
    return Slot(first=entry.slot.first_day, host=entry.host) if entry.slot else None


def _links(promised: Iterable[ObligationFacts]) -> Iterator[Link]:
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


def _orders(promised: Iterable[ObligationFacts], rounds: tuple[Round, ...]) -> Iterator[Order]:
    for entry in promised:
        for relation in entry.relations:
            if relation.type == "reports_to" and relation.other:
                yield from reporting_orders(rounds, entry.key, relation.other, basis=relation.basis)


def _series(facts: PartnershipFacts, entry: ObligationFacts, skips: tuple[date, ...]) -> Series:
    level = entry.effective_level
    required = tuple(each.post.reference for each in entry.posts if each.role in {"chair", "required"})
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
        offices=tuple(f"{party}/{office}" for party, office in entry.leads.items()),
        calendars=tuple(f"{party.key}/{level}" for party in facts.parties),
        days=(entry.duration or {}).get("days", 1),
        window=read_window(entry.window),
        hosting=Hosting(rule=entry.host["rule"], party=entry.host.get("party"), next=entry.host.get("next")),
        covers=entry.covers(),
        skips=skips,
        assumed=tuple(field for field, basis in sorted(entry.basis.items()) if basis == "assumed"),
    )


def _fixed(entry: MeetingFacts, slot: LocalSlot, obligation: ObligationFacts) -> Fixed:
    return Fixed(
        key=entry.uid,
        obligations=entry.duties,
        first=slot.first_day,
        last=slot.last_day,
        host=entry.host,
        posts=tuple(each.post.reference for each in obligation.posts if each.role in {"chair", "required"}),
        offices=tuple(f"{party}/{office}" for party, office in obligation.leads.items()),
    )


def closed_on(
    work: Work,
    facts: PartnershipFacts,
    slot: LocalSlot,
    level: str,
    effects: Collection[Effect] = (Effect.FORBIDS,),
) -> list[tuple[date, ClosedDay]]:
    """Return what forbids the days of a slot, by day: for saying so to whoever chooses one by hand."""
    closed = _closed(work, facts, slot.first_day, slot.last_day)
    return [
        (day, row)
        for day in slot.days
        for party in facts.parties
        for row in closed.for_party(party.key, day, level)
        if row.effect in effects
    ]


def _closed(work: Work, facts: PartnershipFacts, first: date, last: date) -> ClosedDays:
    years = range(first.year, last.year + 1)
    holidays = (
        public_holidays(party.key, party.holiday_country, party.holiday_subdivision, years, facts.languages)
        for party in facts.parties
    )
    return ClosedDays(*holidays, closed_days(work, facts.key, first, last))


def _calendars(series: Iterable[Series], closed: ClosedDays, first: date, last: date) -> dict[str, Calendar]:
    named = sorted({name for entry in series for name in entry.calendars})
    return {
        name: resolve_calendar(closed, name.split("/")[0], first, last, level=name.split("/")[1])
        for name in named
    }


def _names(work: Work, facts: PartnershipFacts) -> dict[str, Words]:
    names: dict[str, Words] = {party.key: party.name for party in facts.parties}
    names |= {f"{office.party}/{office.key}": office.name for office in offices(work, facts.key)}
    return names | {post.reference: post.title for post in posts(work, facts.key)}


def _facts(row: PlanRow) -> PlanFacts:
    return PlanFacts(
        row.key,
        row.made_at,
        row.made_by,
        row.first,
        row.last,
        plan_from_json(row.plan),
        row.problem,
        row.approved,
    )
