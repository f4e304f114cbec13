"""Problems for the tests of planning: small ones with one wish each, and one modelled on the real programme."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.dates.closed_days import ClosedDay, ClosedDays, Effect, public_holidays
from scheduler.dates.slots import OfficeHours
from scheduler.dates.windows import Window
from scheduler.planning.account import account
from scheduler.planning.days import Days
from scheduler.planning.problem import (
    Calendar,
    Fixed,
    Hosting,
    Link,
    Plan,
    Problem,
    Round,
    Series,
    resolve_calendar,
)
from scheduler.planning.record import fingerprint
from scheduler.planning.rounds import rounds_owed

ANNUAL = Cadence(CadenceRule.ANNUAL)
TWICE = Cadence(CadenceRule.N_PER_YEAR, times=2)
SIDES = ("uk", "nl")
LEAD_WEEKS = {"ministerial": 26, "senior_official": 17, "expert": 9}
MINISTERS = frozenset({"ministerial"})
MAY_4 = date(2027, 5, 4)
"""A Tuesday."""

LONDON_HOURS = OfficeHours("Europe/London", time(9), time(17))
AMSTERDAM_HOURS = OfficeHours("Europe/Amsterdam", time(9), time(17))
NEW_YORK_HOURS = OfficeHours("America/New_York", time(9), time(17))
SHORT_DAY = OfficeHours("Europe/Amsterdam", time(10), time(15))

PAST = (
    Fixed(key="nsn-1", obligations=("JS-R10",), first=date(2020, 3, 2), last=date(2020, 3, 2), host="nl"),
    Fixed(key="nsn-2", obligations=("JS-R10",), first=date(2022, 11, 16), last=date(2022, 11, 16), host="uk"),
    Fixed(key="nsn-3", obligations=("JS-R10",), first=date(2023, 12, 7), last=date(2023, 12, 7), host="nl"),
    Fixed(key="soc-3", obligations=("JS-R05",), first=date(2025, 1, 29), last=date(2025, 1, 29), host="uk"),
    Fixed(key="soc-4", obligations=("JS-R05",), first=date(2026, 3, 24), last=date(2026, 3, 24)),
)
"""The rounds that public pages show; nobody says where the fourth SOC Dialogue was."""


def a_series(obligation: str = "A", **values: Any) -> Series:
    """Return an annual dialogue in force since 4 May 2026, so due on 4 May 2027; anybody may host."""
    return Series(
        **{
            "obligation": obligation,
            "title": {"en": f"Dialogue {obligation}", "nl": f"Dialoog {obligation}"},
            "kind": "dialogue",
            "level": "senior_official",
            "cadence": ANNUAL,
            "in_force_from": date(2026, 5, 4),
            "lead_weeks": 17,
            "parties": SIDES,
            "hosting": Hosting(rule="either"),
            **values,
        }
    )


def a_round(obligation: str = "A", number: int = 1, **values: Any) -> Round:
    """Return a round aimed at 4 May 2027."""
    return Round(
        **{
            "key": f"{obligation}/2027-{number}",
            "obligation": obligation,
            "aim": MAY_4,
            "earliest": date(2027, 1, 4),
            **values,
        }
    )


def a_problem(*series: Series, rounds: tuple[Round, ...] = (), **values: Any) -> Problem:
    """Return a problem over the year 2027, seen on 21 November 2026, with one round a series where none are given."""
    entries = series or (a_series(),)
    return Problem(
        **{
            "today": date(2026, 11, 21),
            "first": date(2027, 1, 1),
            "last": date(2027, 12, 31),
            "series": entries,
            "rounds": rounds or tuple(a_round(entry.obligation) for entry in entries),
            **values,
        }
    )


def a_closed_day(
    day: date, effect: Effect = Effect.FORBIDS, last: date | None = None, party: str = "uk"
) -> ClosedDay:
    """Return days that are closed, or cost, for a party."""
    return ClosedDay(
        party, day, last or day, {"en": "Leave", "nl": "Verlof"}, effect, "absence", "a table", "assumed"
    )


def a_plan(problem: Problem, chosen: Mapping[str, date]) -> Plan:
    """Return an honest account of days chosen by hand, whether or not the rules allow them."""
    found = account(Days(problem), chosen)
    return Plan(
        placements=found.placements,
        unplaced=found.unplaced,
        breaches=found.breaches,
        price=found.price,
        bound=0,
        proven=False,
        solver="by hand",
        version="1",
        seed=0,
        parameters={},
        inputs=fingerprint(problem),
    )


def uk_nl(first: date, last: date) -> Problem:
    """Return the obligations JS-R01 to JS-R13 on 21 November 2026; windows, posts and durations are made up."""
    today = date(2026, 11, 21)
    signed = date(2025, 12, 3)
    ministers = ("uk/foreign-secretary", "nl/minister-of-foreign-affairs")
    energy = ("uk/energy-director", "nl/energy-director")
    regular, continuing = Cadence(CadenceRule.REGULAR), Cadence(CadenceRule.CONTINUING)
    rows: tuple[tuple[str, str, str, Cadence, Mapping[str, Any]], ...] = (
        ("R01", "dialogue", "ministerial", ANNUAL, {"posts": ministers}),
        ("R02", "dialogue", "senior_official", TWICE, {"covers": ("JS-R05", "JS-R07")}),
        ("R03", "dialogue", "ministerial", Cadence(CadenceRule.WHENEVER_APPROPRIATE), {}),
        ("R04", "exchange", "expert", regular, {}),
        ("R05", "dialogue", "senior_official", ANNUAL, {"posts": ("uk/soc-director", "nl/soc-director")}),
        ("R06", "dialogue", "senior_official", continuing, {}),
        ("R07", "dialogue", "senior_official", ANNUAL, {"posts": energy, "window": Window((9, 10, 11))}),
        ("R08", "contact", "expert", Cadence(CadenceRule.CONTACT), {}),
        ("R09", "dialogue", "ministerial", regular, {}),
        ("R10", "conference", "senior_official", ANNUAL, {"days": 2, "window": Window((10, 11))}),
        ("R11", "training", "expert", ANNUAL, {"days": 5}),
        ("R12", "review", "ministerial", Cadence(CadenceRule.AT_LEAST_ANNUAL), {"posts": ministers}),
        ("R13", "report", "senior_official", continuing, {}),
    )
    series = tuple(
        a_series(
            f"JS-{key}",
            kind=kind,
            level=level,
            cadence=cadence,
            in_force_from=signed,
            lead_weeks=LEAD_WEEKS[level],
            calendars=tuple(f"{party}/{level}" for party in SIDES),
            hosting=Hosting(rule="alternate"),
            **values,
        )
        for key, kind, level, cadence, values in rows
    )
    owed = rounds_owed(series, PAST, today=today, first=first, last=last)
    return Problem(
        today=today,
        first=first,
        last=last,
        series=series,
        rounds=owed.rounds,
        fixed=PAST,
        minimums=owed.minimums,
        links=(
            Link(rule="supports", before=("JS-R02", "JS-R05", "JS-R07"), after="JS-R01"),
            Link(rule="supports", before=("JS-R05",), after="JS-R01"),
            Link(rule="builds-on", before=("JS-R10",), after="JS-R07"),
        ),
        calendars=_calendars(first, last),
    )


def _calendars(first: date, last: date) -> dict[str, Calendar]:
    """Return both sides' public holidays, and recesses (dates assumed) that cost ministers."""
    years = range(first.year, last.year + 1)
    recesses = [
        ClosedDay(
            party,
            begin,
            end,
            {"en": "Recess", "nl": "Reces"},
            Effect.COSTS,
            "recess",
            "made up",
            "assumed",
            MINISTERS,
        )
        for party, begin, end in (
            ("uk", date(2027, 3, 26), date(2027, 4, 11)),
            ("uk", date(2027, 5, 28), date(2027, 6, 6)),
            ("uk", date(2027, 7, 23), date(2027, 9, 5)),
            ("nl", date(2027, 4, 24), date(2027, 5, 9)),
            ("nl", date(2027, 7, 3), date(2027, 9, 5)),
        )
    ]
    closed = ClosedDays(
        [
            *public_holidays("uk", "GB", "ENG", years, ("en",)),
            *public_holidays("nl", "NL", None, years, ("en", "nl")),
        ],
        recesses,
    )
    return {
        f"{party}/{level}": resolve_calendar(closed, party, first, last, level=level)
        for party in SIDES
        for level in LEAD_WEEKS
    }
