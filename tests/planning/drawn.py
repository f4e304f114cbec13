"""Problems drawn at random, small and crowded, for properties that hold of every plan."""

from datetime import date, timedelta

from hypothesis import strategies as st

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.dates.closed_days import Effect
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
LEVELS = st.sampled_from(("ministerial", "senior_official", "expert"))


@st.composite
def problems(draw: st.DrawFn, *, length: int, most_rounds: int) -> Problem:
    """Draw a problem of ``length`` days across a new year, with gaps of days or weeks, so that rounds meet."""
    last = TODAY + timedelta(days=length - 1)
    days = st.dates(TODAY - timedelta(days=length), last)
    within = st.dates(TODAY, last)
    series = tuple(draw(_series(f"S{number}", days)) for number in range(draw(st.integers(1, 3))))
    rounds = [
        draw(_rounds(f"{number}", draw(st.sampled_from(series)).obligation, days, within))
        for number in range(draw(st.integers(most_rounds // 2, most_rounds)))
    ]
    names = st.sampled_from([entry.obligation for entry in series])
    closed = {
        name: {
            day: (a_closed_day(day, effect, party=name),)
            for day, effect in draw(
                st.dictionaries(within, st.sampled_from(Effect), max_size=length // 3)
            ).items()
        }
        for name in SIDES
    }
    return Problem(
        today=TODAY,
        first=TODAY,
        last=last,
        series=series,
        rounds=tuple(rounds),
        fixed=tuple(draw(st.lists(_fixed(names, days), max_size=2, unique_by=lambda entry: entry.key))),
        minimums=tuple(draw(st.lists(_minimums(names, last), max_size=2))),
        links=tuple(draw(st.lists(_links(names), max_size=2))),
        orders=tuple(draw(_orders(rounds))),
        capacities=(Capacity(office="uk/office", title={"en": "Office"}, most=draw(st.integers(1, 2))),),
        calendars=closed,
    )


def _rounds(
    key: str, obligation: str, days: st.SearchStrategy[date], within: st.SearchStrategy[date]
) -> st.SearchStrategy[Round]:
    pins = st.builds(Slot, first=within, host=st.none() | st.sampled_from(SIDES))
    return st.builds(
        Round,
        key=st.just(key),
        obligation=st.just(obligation),
        aim=days,
        earliest=days,
        pin=st.integers(0, 6).flatmap(lambda number: st.none() if number else pins),
        planned=st.none() | st.builds(Slot, first=within),
    )


@st.composite
def _series(draw: st.DrawFn, obligation: str, days: st.SearchStrategy[date]) -> Series:
    rule = draw(st.sampled_from(("alternate", "fixed", "either", "online")))
    return a_series(
        obligation,
        level=draw(LEVELS),
        cadence=Cadence(CadenceRule.N_PER_YEAR, times=draw(st.sampled_from((30, 60, 120)))),
        in_force_from=draw(days),
        days=draw(st.integers(1, 3)),
        window=Window(draw(st.sampled_from(((), (), (1, 2))))),
        posts=draw(
            st.lists(st.sampled_from(("uk/minister", "nl/minister")), unique=True, max_size=2).map(tuple)
        ),
        offices=draw(st.sampled_from(((), ("uk/office",)))),
        calendars=SIDES,
        hosting=Hosting(
            rule=rule,
            party="nl" if rule == "fixed" else None,
            next=draw(st.none() | st.sampled_from(SIDES)),
        ),
        covers=draw(st.sampled_from(((), (), ("S0",)))) if obligation != "S0" else (),
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
