"""Made-up programmes to plan, loose and tight, the same for the same size, tightness and seed."""

import random
from datetime import date, timedelta

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.dates.closed_days import ClosedDay, ClosedDays, Effect, public_holidays
from scheduler.dates.windows import ANY_TIME, Window
from scheduler.planning.problem import (
    Calendar,
    Fixed,
    Hosting,
    Link,
    Minimum,
    Problem,
    Round,
    Series,
    resolve_calendar,
)
from scheduler.planning.rounds import rounds_owed

TODAY = date(2026, 11, 21)
LAST = TODAY + timedelta(days=400)
PARTIES = ("uk", "nl")
LEAD_WEEKS = {"ministerial": 26, "senior_official": 17, "expert": 9}
LOOSE, TIGHT = 1.0, 2.2
"""How many times as many rounds share a post, and by how much the weeks open to each side and level shrink."""

RECESS = ((2, 13, 9), (3, 26, 16), (5, 28, 9), (7, 22, 42), (10, 16, 9))
"""Month, day and length of made-up recesses."""


def made_up(wanted: int, seed: int, tightness: float = LOOSE) -> Problem:
    """Return a programme of about ``wanted`` rounds: series of one to four a year that share posts.

    Each was held once in the last thirteen months, so some are late already; some have a window of four months, and
    some want another one before them.
    """
    chance = random.Random(seed)  # noqa: S311  # an instance, not a secret
    series: list[Series] = []
    fixed: list[Fixed] = []
    links: list[Link] = []
    rounds: list[Round] = []
    minimums: list[Minimum] = []
    posts = max(2, round(wanted / 5 / tightness))
    while len(rounds) < wanted:
        entry = _made_up_series(chance, f"S{len(series):03}", posts)
        held = TODAY - timedelta(days=chance.randrange(30, 400) // entry.cadence.times)
        name = entry.obligation
        fixed.append(Fixed(key=f"{name}/held", obligations=(name,), first=held, last=held, host="uk"))
        if series and chance.random() < 1 / 8:
            links.append(Link(rule="supports", before=(chance.choice(series).obligation,), after=name))
        series.append(entry)
        found = rounds_owed((entry,), fixed[-1:], today=TODAY, first=TODAY, last=LAST)
        rounds += found.rounds
        minimums += found.minimums
    return Problem(
        today=TODAY,
        first=TODAY,
        last=LAST,
        series=tuple(series),
        rounds=tuple(rounds),
        fixed=tuple(fixed),
        minimums=tuple(minimums),
        links=tuple(links),
        calendars=_calendars(chance, tightness),
    )


def _made_up_series(chance: random.Random, obligation: str, posts: int) -> Series:
    times = chance.choices((1, 2, 3, 4), (7, 2, 1, 1))[0]
    level = chance.choices(tuple(LEAD_WEEKS), (2, 5, 5))[0]
    window_opens = chance.randrange(12)
    return Series(
        obligation=obligation,
        title={"en": obligation, "nl": obligation},
        kind="dialogue",
        level=level,
        cadence=Cadence(CadenceRule.N_PER_YEAR, times=times),
        in_force_from=date(2024, 1, 1),
        lead_weeks=LEAD_WEEKS[level],
        parties=PARTIES,
        posts=tuple(f"{party}/{chance.randrange(posts)}" for party in PARTIES),
        calendars=tuple(f"{party}/{level}" for party in PARTIES),
        days=chance.choices((1, 2, 5), (8, 2, 1))[0],
        window=Window(tuple(sorted((window_opens + number) % 12 + 1 for number in range(4))))
        if times == 1 and chance.random() < 1 / 2
        else ANY_TIME,
        hosting=Hosting(rule="alternate"),
    )


def _calendars(chance: random.Random, tightness: float) -> dict[str, Calendar]:
    years = range(TODAY.year, LAST.year + 1)
    holidays = [
        *public_holidays("uk", "GB", "ENG", years, ("en",)),
        *public_holidays("nl", "NL", None, years, ("en", "nl")),
    ]
    closed = ClosedDays(holidays, [*_recesses(), *_absences(chance, tightness)])
    return {
        f"{party}/{level}": resolve_calendar(closed, party, TODAY, LAST, level=level)
        for party in PARTIES
        for level in LEAD_WEEKS
    }


def _recesses() -> list[ClosedDay]:
    spans = [(date(2027, month, day), length) for month, day, length in RECESS]
    return [
        _closed(party, first, first + timedelta(days=length), Effect.COSTS, "ministerial")
        for first, length in spans
        for party in PARTIES
    ]


def _absences(chance: random.Random, tightness: float) -> list[ClosedDay]:
    """Close weeks for each side and level, so many that the rest is smaller by ``tightness`` for the two together."""
    weeks = [TODAY + timedelta(weeks=number) for number in range((LAST - TODAY).days // 7)]
    share = 1 - tightness ** (-1 / len(PARTIES))
    return [
        _closed(party, monday, monday + timedelta(days=6), Effect.FORBIDS, level)
        for party in PARTIES
        for level in LEAD_WEEKS
        for monday in weeks
        if chance.random() < share
    ]


def _closed(party: str, first: date, last: date, effect: Effect, level: str) -> ClosedDay:
    title = {"en": "Recess" if effect is Effect.COSTS else "Absence"}
    return ClosedDay(party, first, last, title, effect, "recess", "made up", "assumed", frozenset({level}))
