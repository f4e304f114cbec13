"""What could be given up so that a plan does what it could not do, each solved and checked, the cheapest first.

Owns the ways to relax a rule and their words. Which rules stand against each other is told by ``conflicts``. Pure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from scheduler.dates.closed_days import Effect
from scheduler.dates.slots import days_between
from scheduler.errors import Conflict
from scheduler.planning import rules
from scheduler.planning.account import account
from scheduler.planning.applications import Application, collect
from scheduler.planning.checker import check
from scheduler.planning.conflicts import Doubt, Impossibility, about, broken
from scheduler.planning.days import Days, forbidden_by
from scheduler.planning.problem import Calendar, Plan, Problem, Series, Slot
from scheduler.planning.record import fingerprint
from scheduler.planning.replanning import may_be_released, problem_with_released, replan
from scheduler.planning.wording import written_out
from scheduler.words import Words

MOST_DAYS = 92
"""By how many days a window may open at the most: beyond a quarter of a year it is another one."""

AS_PLANNED = {
    rules.LONGEST_GAP.name: {
        "en": "let the limit of {limit} pass by {days}, as the plan does",
        "nl": "de grens van {limit} met {days} laten verstrijken, zoals het plan doet",
    },
    rules.CALENDAR_YEAR.name: {
        "en": "let the year close without it, as the plan does",
        "nl": "het jaar zonder deze ronde laten eindigen, zoals het plan doet",
    },
    rules.PLACED.name: {
        "en": "leave the round without a day, as the plan does",
        "nl": "de ronde zonder dag laten, zoals het plan doet",
    },
}
EARLIER = {
    "en": "open the window of {title} {days} earlier",
    "nl": "het venster van {title} {days} eerder openen",
}
LATER = {
    "en": "close the window of {title} {days} later",
    "nl": "het venster van {title} {days} later sluiten",
}
SHORTER = {
    "en": "shorten the notice of {title} by {days}",
    "nl": "de vooraankondiging van {title} met {days} verkorten",
}
UNPIN = {"en": "release the pin of {title} to {day}", "nl": "het vastzetten van {title} op {day} opheffen"}
ALLOW = {"en": "allow {title} on {day} all the same", "nl": "{title} toch toestaan op {day}"}
MOVE = {"en": "move the meeting of {title} on {day}", "nl": "de bijeenkomst van {title} op {day} verplaatsen"}
ONE_MORE = {
    "en": "let {office} bear one meeting more in a week",
    "nl": "{office} in een week één bijeenkomst meer laten dragen",
}
OUT_OF_ORDER = {"en": "give up the order: {order}", "nl": "de volgorde opgeven: {order}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """One way out: which rule gives way and by how much, and the plan that then stands, with its whole price.

    ``problem`` is what was solved. ``more`` is the price against the plan as it is, negative where the plan becomes
    cheaper. ``moves`` are the rounds that get another first day than in the plan, with it.
    """

    rule: str
    subject: str
    days: int | None
    words: Words
    price: int
    more: int
    moves: tuple[tuple[str, date], ...]
    problem: Problem
    plan: Plan


@dataclass(frozen=True, slots=True)
class _Try:
    """A relaxed problem that promises to help."""

    member: Application
    words: Words
    problem: Problem
    days: int | None = None


def relaxations(problem: Problem, plan: Plan, impossible: Impossibility) -> tuple[Relaxation, ...]:
    """Return ways to do what ``plan`` could not, solved and confirmed by the checker, the cheapest first.

    All other limits that the plan breaks stay as they are; none is added.
    """
    case = _Case(problem, plan, impossible)
    found = [solved for attempt in case.tries() if (solved := case.solved(attempt))]
    found += case.as_planned()
    return tuple(sorted(found, key=lambda entry: (entry.price, entry.days or 0, entry.rule, entry.subject)))


class _Case:
    """Something that a plan could not do, and the few rounds that it is about."""

    def __init__(self, problem: Problem, plan: Plan, impossible: Impossibility) -> None:
        self.problem, self.plan, self.impossible = problem, plan, impossible
        self.chosen = {placed.round: placed.first for placed in plan.placements}
        self.series = {series.obligation: series for series in problem.series}
        known = collect(Days(problem))
        self.given_up = broken(known, self.chosen) - {impossible.about.name}
        self.rounds = frozenset(
            key
            for member in impossible.members
            if member.scope not in {"post", "office"}
            for key in known.rounds[member.name]
        )

    def tries(self) -> Iterator[_Try]:
        """Return what could give way, by the members of the set."""
        fixed = self.problem.fixed
        for member in self.impossible.members:
            series = self.series.get(member.subject)
            match member.rule:
                case rules.WINDOW.name if series:
                    yield from self._by_days(member, EARLIER, partial(self._window, series, sooner=True))
                    yield from self._by_days(member, LATER, partial(self._window, series, sooner=False))
                case rules.LEAD_TIME.name if series:
                    most = 7 * series.lead_weeks
                    yield from self._by_days(member, SHORTER, partial(self._notice, series), most)
                case rules.CLOSED_DAY.name | rules.BLACKOUT.name | rules.DIARY.name if series:
                    yield from self._allow(member, series)
                case rules.PIN.name:
                    yield self._unpin(member)
                case rules.ONE_MEETING_A_DAY.name:
                    yield from self._move(
                        member, {entry.key for entry in fixed if member.subject in entry.posts}
                    )
                case rules.SMALLEST_GAP.name:
                    yield from self._move(
                        member, {entry.key for entry in fixed if member.subject in entry.obligations}
                    )
                case rules.CAPACITY.name:
                    yield self._one_more(member)
                case rules.ORDER.name:
                    yield self._unordered(member)
                case _:
                    pass

    def as_planned(self) -> Iterator[Relaxation]:
        """Return what the plan did itself: it gave up what this is about."""
        about_it = self.impossible.about
        breach = next(
            (
                entry
                for entry in self.plan.all_breaches
                if entry.rule == about_it.rule
                and about_it.subject.startswith(entry.round or entry.obligation)
            ),
            None,
        )
        days = (breach.day - breach.limit).days if breach and breach.day else None
        words = AS_PLANNED.get(about_it.rule)
        if words is None or (about_it.rule == rules.LONGEST_GAP.name and days is None):
            return
        facts = {"limit": breach.limit if breach else "", "days": timedelta(days=days or 0)}
        yield self._relaxation(_Try(about_it, written_out(words, **facts), self.problem, days), self.plan)

    def solved(self, attempt: _Try) -> Relaxation | None:
        """Return what a try gives: first with all other rounds where they are, then with all of them free."""
        for pinned in (True, False):
            problem = self._pinned(attempt.problem) if pinned else attempt.problem
            try:
                found = replan(problem)
            except Conflict:
                continue
            plan = _accounted(attempt.problem, found)
            known = collect(Days(attempt.problem))
            lost = broken(known, {placed.round: placed.first for placed in plan.placements})
            if lost <= self.given_up and not check(attempt.problem, plan):
                return self._relaxation(attempt, plan)
        return None

    def _relaxation(self, attempt: _Try, plan: Plan) -> Relaxation:
        return Relaxation(
            rule=attempt.member.rule,
            subject=attempt.member.subject,
            days=attempt.days,
            words=attempt.words,
            price=plan.price,
            more=plan.price - self.plan.price,
            moves=tuple(
                (placed.round, placed.first)
                for placed in plan.placements
                if self.chosen.get(placed.round) != placed.first
            ),
            problem=attempt.problem,
            plan=plan,
        )

    def _pinned(self, problem: Problem) -> Problem:
        """Return the problem with every other round on the day that the plan gave it."""
        others = self.chosen.keys() - self.rounds
        rounds = (
            replace(entry, pin=Slot(first=self.chosen[entry.key])) if entry.key in others else entry
            for entry in problem.rounds
        )
        return replace(problem, rounds=tuple(rounds))

    def _possible(self, problem: Problem) -> bool:
        """Tell whether the few rounds can do everything now, the others left out."""
        counted = [
            minimum
            for minimum in problem.minimums
            if all(
                entry.key in self.rounds
                for entry in problem.rounds
                if set(entry.duties) & set(minimum.counts)
            )
        ]
        all_rounds = {entry.key for entry in problem.rounds}
        few = replace(
            problem,
            rounds=tuple(entry for entry in problem.rounds if entry.key in self.rounds),
            orders=tuple(
                entry for entry in problem.orders if {entry.before, entry.after} & all_rounds <= self.rounds
            ),
            minimums=tuple(counted),
        )
        known = collect(Days(few))
        names = [name for name in about(known, self.rounds) if name not in self.given_up]
        return Doubt(known, self.rounds).core(names) is None

    def _by_days(
        self, member: Application, words: Words, relax: Callable[[int], Problem], most: int = MOST_DAYS
    ) -> Iterator[_Try]:
        """Return the relaxation by as few days as help, where any number does."""
        low, high = 1, most
        if not self._possible(relax(high)):
            return
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self._possible(relax(middle)) else (middle + 1, high)
        title = self.series[member.subject].title
        told = written_out(words, title=title, days=timedelta(days=low))
        yield _Try(member, told, relax(low), low)

    def _window(self, series: Series, days: int, *, sooner: bool) -> Problem:
        window = series.window
        wider = replace(window, earlier=days) if sooner else replace(window, later=days)
        return self._with(replace(series, window=wider))

    def _notice(self, series: Series, days: int) -> Problem:
        today = self.problem.today
        rounds = (
            replace(entry, earliest=max(today, entry.earliest - timedelta(days=days)))
            if entry.obligation == series.obligation
            else entry
            for entry in self.problem.rounds
        )
        return replace(self.problem, rounds=tuple(rounds))

    def _with(self, series: Series) -> Problem:
        others = (entry for entry in self.problem.series if entry.obligation != series.obligation)
        return replace(self.problem, series=(*others, series))

    def _allow(self, member: Application, series: Series) -> Iterator[_Try]:
        """Return the one day to allow that a plan without the rule would take."""
        free = self._opened(series, member.rule, None)
        if not self._possible(free):
            return
        found = replan(self._pinned(free))
        for placed in found.placements:
            days = set(days_between(placed.first, placed.last))
            if placed.round in self.rounds and self._forbidden(series, member.rule, days):
                words = written_out(ALLOW, title=series.title, day=placed.first)
                yield _Try(member, words, self._opened(series, member.rule, days))

    def _forbidden(self, series: Series, rule: str, days: set[date]) -> bool:
        return any(
            row.effect == Effect.FORBIDS and forbidden_by(row).name == rule
            for name in series.calendars
            for day in days
            for row in self.problem.calendars[name].get(day, ())
        )

    def _opened(self, series: Series, rule: str, days: set[date] | None) -> Problem:
        """Return the problem with days allowed that a rule closes for a series: some, or all of them."""

        def opened(calendar: Calendar) -> Calendar:
            return {
                day: tuple(
                    row
                    for row in rows
                    if row.effect != Effect.FORBIDS
                    or forbidden_by(row).name != rule
                    or (days is not None and day not in days)
                )
                for day, rows in calendar.items()
            }

        own = {
            f"{name} {series.obligation}": opened(self.problem.calendars[name]) for name in series.calendars
        }
        changed = self._with(replace(series, calendars=tuple(own)))
        return replace(changed, calendars={**self.problem.calendars, **own})

    def _unpin(self, member: Application) -> _Try:
        rounds = {entry.key: entry for entry in self.problem.rounds}
        round_ = rounds[member.subject]
        pin = round_.pin.first if round_.pin else ""
        rounds[round_.key] = replace(round_, pin=None)
        words = written_out(UNPIN, title=self.series[round_.obligation].title, day=pin)
        return _Try(member, words, replace(self.problem, rounds=tuple(rounds.values())))

    def _move(self, member: Application, concerned: set[str]) -> Iterator[_Try]:
        """Return what moving each issued meeting concerned would give."""
        for meeting in self.problem.fixed:
            if meeting.key in concerned and may_be_released(self.problem, meeting):
                title = self.series[meeting.obligations[0]].title
                words = written_out(MOVE, title=title, day=meeting.first)
                yield _Try(member, words, problem_with_released(self.problem, [meeting.key]))

    def _one_more(self, member: Application) -> _Try:
        capacities = tuple(
            replace(entry, most=entry.most + 1) if entry.office == member.subject else entry
            for entry in self.problem.capacities
        )
        words = written_out(ONE_MORE, office=self.problem.name(member.subject))
        return _Try(member, words, replace(self.problem, capacities=capacities))

    def _unordered(self, member: Application) -> _Try:
        orders = (entry for entry in self.problem.orders if f"{entry.before} {entry.after}" != member.subject)
        words = written_out(OUT_OF_ORDER, order=member.words)
        return _Try(member, words, replace(self.problem, orders=tuple(orders)))


def _accounted(problem: Problem, found: Plan) -> Plan:
    """Return the same days as a plan for ``problem``; whether it is the cheapest one is not claimed."""
    whole = account(Days(problem), {placed.round: placed.first for placed in found.placements})
    return replace(
        found,
        placements=whole.placements,
        unplaced=whole.unplaced,
        breaches=whole.breaches,
        price=whole.price,
        bound=0,
        proven=False,
        inputs=fingerprint(problem),
    )
