"""Reading plans, and putting together the problem that a plan answers.

A side plans with joint facts and its own: what the layers do not show it cannot enter its problem.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby, zip_longest
from typing import Any

from sqlalchemy import select

from scheduler.dates.closed_days import ClosedDay, ClosedDays, Effect, public_holidays
from scheduler.dates.slots import Slot as LocalSlot
from scheduler.db.work import Work
from scheduler.diaries.queries import busy, diarists
from scheduler.errors import BadInput, NotFound
from scheduler.meetings.hosting import host_turns
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.meetings.rules import State
from scheduler.obligations.queries import ObligationFacts, agreed_skips, duty_links, obligations
from scheduler.partnerships.queries import (
    PartnershipFacts,
    closed_days,
    offices,
    partnership,
    partnerships,
    posts,
)
from scheduler.planning.comparing import Standing
from scheduler.planning.gathering import (
    calendars_of,
    capacities_of,
    diary_calendars,
    fixed_elsewhere,
    fixed_of,
    links_of,
    merges_of,
    offices_of,
    posts_of,
    reporting_of,
    secretariats_of,
    series_of,
)
from scheduler.planning.problem import Capacity, Fixed, Plan, Problem, Round, Series, Slot
from scheduler.planning.record import plan_from_json
from scheduler.planning.rounds import reporting_orders, rounds_owed
from scheduler.planning.tables import PlanRow
from scheduler.planning.timing import office_hours_of
from scheduler.words import Words

LONGEST_HORIZON = timedelta(days=5 * 366)
"""How far ahead a plan means anything; recess, holidays and posts are not known beyond it."""

WEEK = timedelta(days=7)
FIXED_STATES = (State.HELD, State.OFFERED, State.AGREED)
"""Meetings that stand: a plan works around them."""

WANTING_A_DATE = (State.WANTED, State.POSTPONED)
"""Meetings that both sides know, and that lack a date: a plan gives them one before it makes new ones."""


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


@dataclass(frozen=True, slots=True)
class PlanOutline:
    """A stored plan without the problem it answers; ``approved`` maps the rounds that became meetings to their UIDs."""

    key: str
    made_at: datetime
    made_by: str
    first: date
    last: date
    plan: Plan
    approved: dict[str, str]


def plans(work: Work, partnership: str) -> tuple[PlanFacts, ...]:
    """Return the plans that the actor may see, newest first."""
    rows = work.session.scalars(
        select(PlanRow)
        .where(PlanRow.partnership == partnership)
        .order_by(PlanRow.made_at.desc(), PlanRow.id.desc())
    )
    return tuple(_facts(row) for row in rows)


def outlines(work: Work, partnership: str) -> tuple[PlanOutline, ...]:
    """Return the plans that the actor may see, newest first, without the problems, which are large."""
    columns = (PlanRow.key, PlanRow.made_at, PlanRow.made_by, PlanRow.first, PlanRow.last)
    rows = work.session.execute(
        select(*columns, PlanRow.plan, PlanRow.approved)
        .where(PlanRow.partnership == partnership)
        .order_by(PlanRow.made_at.desc(), PlanRow.id.desc())
    )
    return tuple(PlanOutline(*row[:5], plan_from_json(row.plan), row.approved) for row in rows)


def plan(work: Work, partnership: str, key: str | None) -> PlanFacts:
    """Return one plan, the newest where no key is given; raise ``NotFound``."""
    wanted = select(PlanRow).where(PlanRow.partnership == partnership)
    if key:
        wanted = wanted.where(PlanRow.key == key)
    row = work.session.scalars(
        wanted.order_by(PlanRow.made_at.desc(), PlanRow.id.desc()).limit(1)
    ).one_or_none()
    if row:
        return _facts(row)
    named = f"there is no plan {key!r}" if key else "there is no plan yet"
    raise NotFound(named, remedy="`dialogues plan propose --from … --to …` makes one")


def problem(work: Work, key: str, first: date, last: date, today: date) -> Problem:
    """Return everything that a plan of the acting side from ``first`` to ``last`` depends on.

    Raise ``BadInput`` for a horizon that ends before it begins, or lies in the past.
    """
    _refuse_horizon(first, last, today)
    facts = partnership(work, key)
    promised = obligations(work, key)
    start = max(first, today)
    with_diary = diarists(work, (post for entry in promised for post in posts_of(entry)))
    known = offices(work, key)
    series = _series(work, facts, promised, frozenset(with_diary), secretariats_of(known))
    capacities = capacities_of(known)
    fixed = _standing(work, key, promised, secretariats_of(known))
    owed = rounds_owed(
        series, fixed, today=today, first=start, last=last, merges=merges_of(duty_links(work, key))
    )
    reporting = tuple(reporting_of(promised))
    busy_times = busy(work, with_diary, start, last)
    return Problem(
        today=today,
        first=start,
        last=last,
        series=series,
        rounds=_continuing(work, key, owed.rounds, start, last),
        fixed=(*fixed, *_elsewhere(work, key, series, capacities, (start, last))),
        minimums=owed.minimums,
        links=tuple(links_of(promised)),
        orders=reporting_orders(
            owed.rounds, reporting, tuple(entry for entry in fixed if entry.first >= start)
        ),
        reporting=reporting,
        capacities=capacities,
        may_merge=tuple(sorted((entry.key, other) for entry in promised for other in entry.may_discharge())),
        calendars={
            **calendars_of(series, _closed(work, facts, first, last), start, last),
            **diary_calendars(facts, series, with_diary, busy_times),
        },
        office_hours=office_hours_of(facts),
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


def _refuse_horizon(first: date, last: date, today: date) -> None:
    if last < first or last < today:
        raise BadInput(
            {
                "en": f"{first} to {last} is no horizon to plan",
                "nl": f"{first} tot en met {last} is geen periode om te plannen",
            },
            place="last day",
            remedy={"en": "give a later last day", "nl": "geef een latere laatste dag"},
        )
    latest = today + LONGEST_HORIZON
    if last > latest:
        raise BadInput(
            {"en": f"{last} is too far ahead", "nl": f"{last} ligt te ver vooruit"},
            place="last day",
            remedy={"en": f"plan at most until {latest}", "nl": f"plan hoogstens tot en met {latest}"},
        )


def _continuing(
    work: Work, key: str, rounds: tuple[Round, ...], first: date, last: date
) -> tuple[Round, ...]:
    """Tell each round which meeting it gives a day to, first to first, and the slot that the side planned for it.

    Those that both sides know and want a date for go before what the side has planned alone: of one duty there are
    never two meetings where one would do.
    """
    wanting = meetings(work, key, states=WANTING_A_DATE)
    slots = _slots_approved(work, key) if wanting else {}
    waiting: dict[str, list[MeetingFacts]] = defaultdict(list)
    for entry in (*wanting, *meetings(work, key, states=(State.PLANNED,), first=first, last=last)):
        waiting[entry.obligation].append(entry)
    known = []
    for obligation, chain in groupby(sorted(rounds, key=_in_turn), key=lambda entry: entry.obligation):
        several = list(chain)
        found = sorted(
            waiting[obligation][: len(several)], key=lambda entry: (entry.day or date.min, entry.uid)
        )
        for round_, entry in zip_longest(several, found):
            known.append(_continued(round_, entry, slots) if entry else round_)
    return tuple(sorted(known, key=lambda entry: entry.key))


def _in_turn(round_: Round) -> tuple[str, date, str]:
    return round_.obligation, round_.aim, round_.key


def _continued(round_: Round, entry: MeetingFacts, slots: Mapping[str, Slot]) -> Round:
    planned = slots.get(entry.uid)
    if entry.state is State.PLANNED and entry.slot:
        planned = Slot(first=entry.slot.first_day, host=entry.host)
    return replace(round_, planned=planned, continues=entry.uid)


def _slots_approved(work: Work, key: str) -> dict[str, Slot]:
    """Return the slots that the newest approved plans of the side have for meetings, by UID."""
    found: dict[str, Slot] = {}
    for outline in outlines(work, key):
        placed = {entry.round: entry for entry in outline.plan.placements}
        for name, uid in outline.approved.items():
            found.setdefault(uid, Slot(first=placed[name].first, host=placed[name].host))
    return found


def _series(
    work: Work,
    facts: PartnershipFacts,
    promised: Sequence[ObligationFacts],
    with_diary: frozenset[str],
    secretariats: frozenset[str],
) -> tuple[Series, ...]:
    skips, turns = agreed_skips(work, facts.key), host_turns(work, facts.key)
    return tuple(
        series_of(facts, entry, skips.get(entry.id, ()), turns.get(entry.key), with_diary, secretariats)
        for entry in promised
    )


def _standing(
    work: Work, key: str, promised: Iterable[ObligationFacts], secretariats: frozenset[str]
) -> tuple[Fixed, ...]:
    by_key = {entry.key: entry for entry in promised}
    return tuple(
        fixed_of(entry, entry.slot, [by_key[duty] for duty in entry.duties], secretariats)
        for entry in meetings(work, key, states=FIXED_STATES)
        if entry.slot
    )


def _elsewhere(
    work: Work,
    key: str,
    series: Iterable[Series],
    capacities: Iterable[Capacity],
    span: tuple[date, date],
) -> Iterator[Fixed]:
    """Yield what takes posts and offices of these series in the acting side's other partnerships.

    Those are for its eyes alone: the other side of this partnership learns of them neither here nor from the plan.
    """
    needed = {post for entry in series for post in entry.posts}
    limited = {capacity.office for capacity in capacities}
    for other in partnerships(work):
        if other.key == key:
            continue
        promised = {entry.key: entry for entry in obligations(work, other.key)}
        secretariats = secretariats_of(offices(work, other.key))
        states = (*FIXED_STATES, State.PLANNED)
        for entry in meetings(work, other.key, states=states, first=span[0] - WEEK, last=span[1] + WEEK):
            obligation = promised[entry.obligation]
            shared = needed & set(posts_of(obligation)) or limited & set(offices_of(obligation, secretariats))
            if entry.slot and shared:
                yield fixed_elsewhere(entry, entry.slot, obligation, secretariats, other.title)


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
