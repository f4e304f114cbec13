"""Why a round of a plan has its day: what it costs, what would come next, why not another, and until when to decide.

Owns the question of one round while all others stay where the plan has them. What is forbidden is told by
``refusals``, what a day costs is read off the same account as the plan, and when an obligation changes colour is
decided in ``obligations``. Pure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from scheduler.errors import NotFound
from scheduler.obligations import reasons
from scheduler.obligations.rules import Promise, clock_start, duty
from scheduler.obligations.rules import Round as Kept
from scheduler.planning.account import Account, account
from scheduler.planning.between import clashes
from scheduler.planning.days import Days
from scheduler.planning.model import Model
from scheduler.planning.parts import Choice, parts
from scheduler.planning.problem import Breach, Line, Placement, Plan, Problem, Round, Unplaced
from scheduler.planning.refusals import Refusal, refusals
from scheduler.planning.rules import PLACED
from scheduler.planning.wording import written_out
from scheduler.words import Words

NEXT_BEST = 3
ONE_DAY = timedelta(days=1)

COUNTED = {"en": "Counted from {since}.", "nl": "Geteld vanaf {since}."}
COUNTED_FROM_PLAN = {
    "en": "Counted from {since}, where the plan has the round before.",
    "nl": "Geteld vanaf {since}, waar het plan de vorige ronde heeft.",
}
NOTHING_OWED = {"en": "No date is owed.", "nl": "Er is geen datum vereist."}
UNTIL_AMBER = {
    "en": "Amber: unless both sides agree a date by {day}; from the next day the save-the-date is due.",
    "nl": "Oranje: tenzij beide zijden uiterlijk {day} een datum overeenkomen; "
    "uiterlijk de dag erna moet de vooraankondiging uitgaan.",
}
AMBER_SINCE = {
    "en": "Amber: the save-the-date is due since {day}; a date agreed by both sides, within the limit, clears it.",
    "nl": "Oranje: de vooraankondiging had uiterlijk {day} moeten uitgaan; "
    "een datum die beide zijden binnen de grens overeenkomen, heft dat op.",
}
UNTIL_RED = {
    "en": "Red: unless a round is held by {limit}. The last day that the rules permit is {latest}; "
    "with {weeks} weeks’ notice it must be fixed by {day}.",
    "nl": "Rood: tenzij er uiterlijk {limit} een ronde is gehouden. De laatste dag die de regels toelaten is {latest}; "
    "met {weeks} weken vooraankondiging moet die uiterlijk {day} vastliggen.",
}
UNTIL_RED_AND_BEYOND = {
    "en": "Red: unless a round is held by {limit}, after the days planned. The last day that the rules permit "
    "among those planned is {latest}; with {weeks} weeks’ notice it must be fixed by {day}.",
    "nl": "Rood: tenzij er uiterlijk {limit} een ronde is gehouden, na de geplande periode. De laatste dag die de "
    "regels daarbinnen toelaten is {latest}; met {weeks} weken vooraankondiging moet die uiterlijk {day} vastliggen.",
}
NO_DAY_BEFORE_RED = {
    "en": "Red: the rules permit no day until the limit, {limit}.",
    "nl": "Rood: de regels laten geen dag toe tot en met de grens, {limit}.",
}
RED_ALREADY = {
    "en": "Red: the limit of {limit} has passed; only a round held or an agreed skip clears it.",
    "nl": "Rood: de grens van {limit} is verstreken; "
    "alleen een gehouden ronde of het gezamenlijk overslaan ervan heft dat op.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A line of the price of a whole plan; ``about`` is the round it belongs to, or an obligation without one.

    ``limit`` is the day of a limit that is broken: broken on another day it is the same charge, in other words.
    """

    about: str
    rule: str
    price: int
    reason: Words
    limit: date | None = None

    def is_same(self, other: "Charge") -> bool:
        """Tell whether another account charges the same for the same thing."""
        alike = (self.about, self.rule, self.price) == (other.about, other.rule, other.price)
        return alike and (self.limit == other.limit if self.limit else self.reason == other.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDay:
    """The plan with the round on another day: its whole price, and which charges come and go; ``more`` is the sum."""

    day: date
    price: int
    more: int
    added: tuple[Charge, ...]
    saved: tuple[Charge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Why not a day: the hard rules it breaks; where it breaks none, what the plan would come to."""

    day: date
    refusals: tuple[Refusal, ...]
    instead: OtherDay | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many days besides its own the hard rules permit, and the first and last of them."""

    days: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Until when a date must be fixed.

    The obligation leaves green after ``amber`` where both sides have agreed no date. A round until ``limit`` keeps it
    from red; ``latest`` is the last permitted day until then, and ``red`` the last day on which its lead time still
    lets it be fixed. ``None`` where there is no such day. ``reasons`` say the same in sentences.
    """

    amber: date | None = None
    limit: date | None = None
    latest: date | None = None
    red: date | None = None
    reasons: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One round of a plan: where it stands and at what price of the whole, its alternatives, room and deadlines."""

    round: str
    title: Words
    found: Placement | Unplaced
    price: int
    next_best: tuple[OtherDay, ...]
    room: Room
    deadlines: Deadlines


def round_named(problem: Problem, name: str) -> Round:
    """Return the round with a key, or the first round of an obligation; raise ``NotFound``."""
    keyed = (round_ for round_ in problem.rounds if round_.key == name)
    found = next(keyed, None) or next(iter(problem.chain(name)), None)
    if found:
        return found
    known = ", ".join(sorted(round_.key for round_ in problem.rounds)) or "none"
    raise NotFound(f"the plan was asked for no round of {name!r}", remedy=f"its rounds: {known}")


def explain(problem: Problem, plan: Plan, round_: Round) -> Explanation:
    """Explain where ``plan`` has a round, all other rounds staying where they are."""
    case = _Case(problem, plan, round_)
    entries: tuple[Placement | Unplaced, ...] = (*plan.placements, *plan.unplaced)
    besides = [day for day in case.permitted if day != case.day]
    return Explanation(
        round=round_.key,
        title=case.series.title,
        found=next(entry for entry in entries if entry.round == round_.key),
        price=plan.price,
        next_best=case.next_best(besides),
        room=Room(days=len(besides), first=min(besides, default=None), last=max(besides, default=None)),
        deadlines=_deadlines(case),
    )


def explain_day(problem: Problem, plan: Plan, round_: Round, day: date) -> Answer:
    """Say why ``plan`` does not have the round on ``day``, all other rounds staying where they are."""
    case = _Case(problem, plan, round_)
    broken = tuple(refusals(case.days, round_, day, case.others))
    return Answer(day=day, refusals=broken, instead=None if broken else case.on(day))


def every_day(problem: Problem, plan: Plan, round_: Round) -> dict[date, int]:
    """Return by how much the whole plan would cost more with the round on each day that the hard rules permit."""
    case = _Case(problem, plan, round_)
    return {day: price - plan.price for day, price in case.prices.items()}


def charges(whole: Plan | Account) -> Iterator[Charge]:
    """Return every line of a price, with the round or obligation it speaks of."""
    for placed in whole.placements:
        yield from (_charge(placed.round, entry) for entry in placed.lines)
        yield from (_charge(placed.round, entry) for entry in placed.breaches)
    yield from (_charge(entry.obligation, entry) for entry in whole.breaches)
    for left_out in whole.unplaced:
        yield Charge(about=left_out.round, rule=PLACED.name, price=left_out.price, reason=left_out.reason)


def come_and_go(
    before: Plan | Account, after: Plan | Account
) -> tuple[tuple[Charge, ...], tuple[Charge, ...]]:
    """Return the charges of ``after`` that ``before`` does not have, and those of ``before`` that ``after`` lacks."""
    saved, added = list(charges(before)), []
    for charge in charges(after):
        known = next((entry for entry in saved if entry.is_same(charge)), None)
        if known:
            saved.remove(known)
        else:
            added.append(charge)
    return tuple(added), tuple(saved)


class _Case:
    """One round of a plan among others that stay; ``day`` is ``None`` where the plan leaves it out."""

    def __init__(self, problem: Problem, plan: Plan, round_: Round) -> None:
        self.problem, self.plan, self.round = problem, plan, round_
        self.days = Days(problem)
        self.series = self.days.series[round_.obligation]
        self.others = {placed.round: placed.first for placed in plan.placements}
        self.day = self.others.pop(round_.key, None)

    @cached_property
    def permitted(self) -> list[date]:
        """Return the days on which the round breaks no hard rule, its own among them."""
        starts = (self.days.every[number] for number in self.days.starts(self.round))
        return [day for day in starts if not any(clashes(self.days, self.round, day, self.others))]

    @cached_property
    def prices(self) -> dict[date, int]:
        """Return the price of the whole plan with the round on each permitted day: the first by its account.

        The others differ from it by what the model says of the rounds that touch this one; hosts stay.
        """
        if not self.permitted:
            return {}
        stay = {key: self.days.number(day) for key, day in self.others.items()}
        near = {key: [stay[key]] if key in stay else [] for key in self.days.rounds}
        starts = self.days.starts(self.round)
        found = parts(Model(self.days, {**near, self.round.key: list(starts)}))
        part = next(part for part in found if self.round.key in part.rounds)
        choice: Choice = {key: stay.get(key) for key in part.rounds}
        told = {
            day: part.price(part.settled({**choice, self.round.key: self.days.number(day)}))
            for day in self.permitted
        }
        first = self.permitted[0]
        same = self.account(first).price - told[first]
        return {day: price + same for day, price in told.items()}

    def account(self, day: date) -> Account:
        """Return the account of the plan with the round on ``day``."""
        return account(self.days, {**self.others, self.round.key: day})

    def next_best(self, days: Iterable[date]) -> tuple[OtherDay, ...]:
        """Return the cheapest of ``days``; of two that cost the same, the earlier."""
        ranked = sorted(days, key=lambda day: (self.prices[day], day))
        return tuple(self.on(day) for day in ranked[:NEXT_BEST])

    def on(self, day: date) -> OtherDay:
        """Return what the plan would come to with the round on ``day``."""
        instead = self.account(day)
        added, saved = come_and_go(self.plan, instead)
        return OtherDay(
            day=day,
            price=instead.price,
            more=instead.price - self.plan.price,
            added=added,
            saved=saved,
        )


def _charge(about: str, entry: Line | Breach) -> Charge:
    limit = entry.limit if isinstance(entry, Breach) else None
    return Charge(about=about, rule=entry.rule, price=entry.price, reason=entry.reason, limit=limit)


def _deadlines(case: _Case) -> Deadlines:
    """Ask the obligation's own rules for its dates, once every round before this one has been held."""
    series, today = case.series, case.problem.today
    before = _before(case)
    promise = Promise(
        key=series.obligation,
        cadence=series.cadence,
        in_force_from=series.in_force_from,
        in_force_until=series.in_force_until,
        save_the_date_weeks=series.lead_weeks,
    )
    held = tuple(Kept(day, held=True) for day in before)
    owed = duty(promise, held, series.skips, max((today, series.in_force_from, *before)))
    if owed.save_the_date is None:
        return Deadlines(reasons=(NOTHING_OWED,))
    limit = owed.red_after
    since = clock_start(promise, owed.last_held, series.skips)
    within = [day for day in case.permitted if limit and day <= limit]
    latest = max(within, default=None)
    amber = owed.save_the_date - ONE_DAY if limit is None or owed.save_the_date <= limit else None
    red = latest - timedelta(weeks=series.lead_weeks) if latest else None
    why = [written_out(COUNTED_FROM_PLAN if since > today else COUNTED, since=since)]
    if amber and not (limit and today > limit):
        why.append(
            written_out(UNTIL_AMBER, day=amber)
            if today <= amber
            else written_out(AMBER_SINCE, day=owed.save_the_date)
        )
    why.append(_until_red(case, limit, latest, red))
    return Deadlines(amber=amber, limit=limit, latest=latest, red=red, reasons=tuple(why))


def _until_red(case: _Case, limit: date | None, latest: date | None, red: date | None) -> Words:
    if limit is None:
        return reasons.never_red()
    if case.problem.today > limit:
        return written_out(RED_ALREADY, limit=limit)
    if latest is None or red is None:
        return written_out(NO_DAY_BEFORE_RED, limit=limit)
    text = UNTIL_RED if limit <= case.problem.last else UNTIL_RED_AND_BEYOND
    return written_out(text, limit=limit, latest=latest, day=red, weeks=case.series.lead_weeks)


def _before(case: _Case) -> list[date]:
    """Return the first days of the rounds that count for the obligation and come before this one."""
    counts = set(case.series.counts)
    days = [entry.first for entry in case.problem.fixed if counts & set(entry.obligations)]
    days += [day for key, day in case.others.items() if counts & set(case.days.rounds[key].duties)]
    return [day for day in days if day < (case.day or case.round.aim)]
