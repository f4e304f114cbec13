"""Problems drawn at random, small and crowded, for properties that hold of every plan."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import strategies as st

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.dates.preferences import Preferred
from scheduler.dates.slots import OfficeHours
from scheduler.dates.windows import Window
from scheduler.planning.problem import (
    Capacity,
    Fixed,
    Hosting,
    Link,
    Minimum,
    Order,
    Problem,
    Round,
    Series,
    Slot,
)
from tests.planning.instances import SIDES, a_closed_day, a_series

TODAY = date(2026, 12, 28)
DIARY = "diary/all"
LEVELS = st.sampled_from(("ministerial", "senior_official", "expert"))


@st.composite
def problems(draw: st.DrawFn, *, length: int, most_rounds: int) -> Problem:
    """Draw a problem of ``length`` days across a new year, with gaps of days or weeks, so that rounds meet."""
    last = TODAY + timedelta(days=length - 1)
    days = st.dates(TODAY - timedelta(days=length), last)
    within = st.dates(TODAY, last)
    series = tuple(draw(_series(f"S{number}", days)) for number in range(draw(st.integers(1, 3))))
    names = st.sampled_from([entry.obligation for entry in series])
    rounds = [
        draw(_rounds(f"{number}", draw(names), series, days, within))
        for number in range(draw(st.integers(most_rounds // 2, most_rounds)))
    ]
    fixed = tuple(draw(st.lists(_fixed(names, days), max_size=2, unique_by=lambda entry: entry.key)))
    closed = {name: draw(_calendars(name, within, length // 4)) for name in (*SIDES, DIARY)}
    return Problem(
        today=TODAY,
        first=TODAY,
        last=last,
        series=series,
        rounds=tuple(rounds),
        fixed=fixed,
        minimums=tuple(draw(st.lists(_minimums(names, last), max_size=2))),
        links=tuple(draw(st.lists(_links(names), max_size=2))),
        orders=(*draw(_orders(rounds)), *draw(_orders_with_standing(rounds, fixed))),
        capacities=(draw(_CAPACITIES),),
        calendars=closed,
        office_hours=draw(st.dictionaries(st.sampled_from(SIDES), _OFFICE_HOURS)),
    )


_CAPACITIES = st.builds(
    Capacity,
    office=st.just("uk/office"),
    title=st.just({"en": "Office", "nl": "Bureau"}),
    most=st.integers(1, 3),
    comfortable=st.none() | st.integers(0, 2),
)
_OFFICE_HOURS = st.builds(
    OfficeHours,
    zone=st.sampled_from(("Europe/London", "America/New_York", "Pacific/Auckland")),
    opens=st.just(time(9)),
    closes=st.sampled_from((time(13), time(17))),
)


def _calendars(
    party: str, within: st.SearchStrategy[date], most: int
) -> st.SearchStrategy[dict[date, tuple[ClosedDay, ...]]]:
    entries = st.tuples(st.sampled_from(Effect), st.sampled_from(("recess", "blackout", "diary")))
    return st.dictionaries(within, entries, max_size=most).map(
        lambda found: {
            day: (replace(a_closed_day(day, effect, party=party), kind=kind),)
            for day, (effect, kind) in found.items()
        }
    )


def _rounds(
    key: str,
    obligation: str,
    series: tuple[Series, ...],
    days: st.SearchStrategy[date],
    within: st.SearchStrategy[date],
) -> st.SearchStrategy[Round]:
    """Draw a round, some of them merged with the duty of another series, for the one year or the other."""
    pins = st.builds(Slot, first=within, host=st.none() | st.sampled_from(SIDES))
    others = [entry.obligation for entry in series if entry.obligation != obligation]
    merged = st.sampled_from([(), (), *((other,) for other in others)])
    return merged.flatmap(lambda also: _one_round(key, obligation, also, days, within, pins))


def _one_round(
    key: str,
    obligation: str,
    also: tuple[str, ...],
    days: st.SearchStrategy[date],
    within: st.SearchStrategy[date],
    pins: st.SearchStrategy[Slot],
) -> st.SearchStrategy[Round]:
    return st.builds(
        Round,
        also=st.just(also),
        merged_for=st.sampled_from((2026, 2027, 2027, 2027)) if also else st.none(),
        key=st.just(key),
        obligation=st.just(obligation),
        aim=days,
        earliest=days,
        pin=st.integers(0, 24).flatmap(lambda number: st.none() if number else pins),
        planned=st.none() | st.builds(Slot, first=within),
    )


@st.composite
def _series(draw: st.DrawFn, obligation: str, days: st.SearchStrategy[date]) -> Series:
    rule = draw(st.sampled_from(("alternate", "fixed", "either", "online", "third_place")))
    return a_series(
        obligation,
        level=draw(LEVELS),
        cadence=Cadence(CadenceRule.N_PER_YEAR, times=draw(st.sampled_from((30, 60, 120)))),
        in_force_from=draw(days),
        days=draw(st.integers(1, 3)),
        hours=draw(st.none() | st.sampled_from((3, 6))),
        start=draw(st.none() | st.sampled_from((time(8), time(10), time(12)))),
        assumed=draw(st.sampled_from(((), ("start_time",)))),
        preferred=draw(_PREFERRED),
        window=Window(draw(st.sampled_from(((), (), (1, 2))))),
        posts=draw(
            st.lists(st.sampled_from(("uk/minister", "nl/minister")), unique=True, max_size=2).map(tuple)
        ),
        offices=draw(st.sampled_from(((), ("uk/office",)))),
        calendars=draw(st.sampled_from((SIDES, (*SIDES, DIARY)))),
        hosting=Hosting(
            rule=rule,
            party="nl" if rule == "fixed" else None,
            next=draw(st.none() | st.sampled_from(SIDES)),
            owed_by=draw(st.sampled_from((None, None, *SIDES))),
            undecided=draw(st.sampled_from((False, False, True))),
            zone=draw(st.sampled_from((None, "Europe/Brussels"))),
        ),
        covers=draw(st.sampled_from(((), (), ("S0",)))) if obligation != "S0" else (),
    )


_PREFERRED = st.builds(
    Preferred,
    months=st.sampled_from(((), (), (12,), (1, 2))),
    weeks=st.sampled_from(((), (), (53,), (1, 3))),
    weekdays=st.sampled_from(((), (), (0, 4))),
)


def _fixed(names: st.SearchStrategy[str], days: st.SearchStrategy[date]) -> st.SearchStrategy[Fixed]:
    return st.builds(
        lambda key, name, first, host: Fixed(
            key=key,
            obligations=(name,),
            first=first,
            last=first + timedelta(days=1),
            host=host,
            posts=("uk/minister",),
            offices=("uk/office",),
        ),
        st.sampled_from(("held-1", "held-2")),
        names,
        days,
        st.none() | st.sampled_from(SIDES),
    )


def _minimums(names: st.SearchStrategy[str], last: date) -> st.SearchStrategy[Minimum]:
    return st.builds(
        lambda name, rule, least, until: Minimum(
            obligation=name, rule=rule, counts=(name,), since=TODAY, until=until, least=least
        ),
        names,
        st.sampled_from(("calendar-year", "longest-gap")),
        st.integers(1, 2),
        st.dates(TODAY, last),
    )


def _links(names: st.SearchStrategy[str]) -> st.SearchStrategy[Link]:
    return st.builds(
        lambda rule, before, after: Link(rule=rule, before=tuple(before), after=after),
        st.sampled_from(("builds-on", "supports")),
        st.lists(names, min_size=1, max_size=2, unique=True),
        names,
    )


@st.composite
def _orders(draw: st.DrawFn, rounds: list[Round]) -> list[Order]:
    """Draw orders that agree with the order of the keys, so that no circle can arise."""
    pairs = [(one.key, other.key) for one in rounds for other in rounds if one.key < other.key]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=1)) if pairs else []
    return [Order(before=before, after=after, lag_days=draw(st.integers(0, 3))) for before, after in chosen]


@st.composite
def _orders_with_standing(draw: st.DrawFn, rounds: list[Round], fixed: tuple[Fixed, ...]) -> list[Order]:
    """Draw at most one order between a round and a meeting that stands, one way or the other."""
    pairs = [
        pair for one in rounds for other in fixed for pair in ((one.key, other.key), (other.key, one.key))
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=1)) if pairs else []
    return [Order(before=before, after=after, lag_days=draw(st.integers(0, 3))) for before, after in chosen]
