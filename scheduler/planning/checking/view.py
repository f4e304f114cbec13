"""A plan as the checker sees it, and what it finds wrong with one.

Owns the reading of a problem beside a plan: which meetings take place, who sits in them, which rounds follow each
other. Shares with the planner the value types and the arithmetic of dates, and no code besides. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.dates.cadence import last_day_within_limit
from scheduler.dates.closed_days import ClosedDay
from scheduler.dates.slots import days_between
from scheduler.planning.problem import Placement, Plan, Problem, Round, Series
from scheduler.planning.wording import Rule
from scheduler.words import Words

Week = tuple[int, int]
"""An ISO week, as year and number."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks, for which round, on which day, and the sentence that says so."""

    rule: str
    round: str | None
    day: date | None
    sentence: Words


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting that takes place: a placed round, or a fixed one, which has no ``round``."""

    key: str
    obligations: tuple[str, ...]
    posts: tuple[str, ...]
    offices: tuple[str, ...]
    first: date
    last: date
    host: str | None
    round: str | None

    def weeks(self) -> set[Week]:
        """Return the ISO weeks it touches."""
        return {day.isocalendar()[:2] for day in days_between(self.first, self.last)}


class View:
    """A problem beside a plan for it."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        """Look at every meeting that takes place, those that stand before those that are new."""
        self.problem, self.plan = problem, plan
        self.series = {series.obligation: series for series in problem.series}
        self.rounds = {round_.key: round_ for round_ in problem.rounds}
        self.placed = {placed.round: placed for placed in plan.placements}
        self.fixed = [
            Sitting(
                meeting.key,
                meeting.obligations,
                meeting.posts,
                meeting.offices,
                meeting.first,
                meeting.last,
                meeting.host,
                None,
            )
            for meeting in problem.fixed
        ]
        self.new = [self._sitting(placed) for placed in plan.placements]

    def _sitting(self, placed: Placement) -> Sitting:
        served = self.served(placed.round)
        return Sitting(
            placed.round,
            self.rounds[placed.round].duties,
            tuple({post: None for series in served for post in series.posts}),
            tuple({office: None for series in served for office in series.offices}),
            placed.first,
            placed.last,
            placed.host,
            placed.round,
        )

    def series_of(self, key: str) -> Series:
        """Return the series of a round."""
        return self.series[self.rounds[key].obligation]

    def served(self, key: str) -> list[Series]:
        """Return every series whose duty a round discharges, its own first."""
        return [self.series[obligation] for obligation in self.rounds[key].duties]

    def entries(self, key: str, day: date) -> list[ClosedDay]:
        """Return what the calendars that bind a round say of a day, the same thing once."""
        found: list[ClosedDay] = []
        for name in sorted({name for series in self.served(key) for name in series.calendars}):
            found += [row for row in self.problem.calendars[name].get(day, ()) if row not in found]
        return found

    def chain(self, series: Series) -> list[Round]:
        """Return the rounds that discharge the duty of a series by the day they are aimed at."""
        chain = [round_ for round_ in self.rounds.values() if series.obligation in round_.duties]
        return sorted(chain, key=lambda round_: (round_.aim, round_.key))

    def discharging(self, obligations: Iterable[str], *, fixed_only: bool = False) -> list[Sitting]:
        """Return the meetings that count for any of the obligations."""
        wanted = set(obligations)
        sittings = self.fixed if fixed_only else [*self.fixed, *self.new]
        return [sitting for sitting in sittings if wanted & set(sitting.obligations)]

    def limit(self, series: Series, position: int) -> tuple[date, date] | None:
        """Return from when until when the longest gap runs before the round at a position of its chain."""
        if series.covers:
            return None
        since: date | None
        chain = self.chain(series)
        held = [sitting.first for sitting in self.discharging(series.counts, fixed_only=True)]
        held = [day for day in held if day < chain[position].aim]
        if position and not any(day > chain[position - 1].aim for day in held):
            before = self.placed.get(chain[position - 1].key)
            since = before.first if before else None
        else:
            since = series.cadence.anchor or max([series.in_force_from, *series.skips, *held])
        limit = last_day_within_limit(series.cadence, since) if since else None
        return (since, limit) if since and limit else None

    def known_limit(self, series: Series, round_: Round) -> date | None:
        """Return until when the longest gap before a round runs, unless another new round begins it."""
        chain = self.chain(series)
        position = chain.index(round_)
        held = [sitting.first for sitting in self.discharging(series.counts, fixed_only=True)]
        follows = position and not any(chain[position - 1].aim < day < round_.aim for day in held)
        gap = None if follows else self.limit(series, position)
        return gap[1] if gap else None

    def touching(self, office: str) -> dict[Week, list[Sitting]]:
        """Return the meetings of an office by the weeks they touch, those that stand first."""
        by_week: dict[Week, list[Sitting]] = {}
        for sitting in (*self.fixed, *self.new):
            if office in sitting.offices:
                for week in sitting.weeks():
                    by_week.setdefault(week, []).append(sitting)
        return by_week


def broken(rule: Rule, placed: Placement, **facts: object) -> Violation:
    """Return that a placed round breaks a rule."""
    return Violation(rule.name, placed.round, placed.first, rule.explain(day=placed.first, **facts))


def violation(rule: Rule, key: str, day: date | None, text: Words, **facts: object) -> Violation:
    """Return that a rule is broken in a way that its own sentence does not say."""
    return Violation(rule.name, key, day, sentence(text, **facts))


def sentence(text: Words, **facts: object) -> Words:
    """Return a sentence of the checker's own with its facts put in."""
    return {language: words.format(**facts) for language, words in text.items()}
