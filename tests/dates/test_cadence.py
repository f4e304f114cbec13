"""Due dates and limits, against dateutil's recurrences and by hand."""

from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import MONTHLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from scheduler.dates.cadence import (
    Cadence,
    CadenceRule,
    add_months,
    aim_months,
    due_on,
    last_day_within_limit,
    red_months,
    rounds_a_year,
    year_is_wholly_in_force,
)

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
ANNUAL = Cadence(CadenceRule.ANNUAL)


def owed_cadences() -> st.SearchStrategy[Cadence]:
    """Every cadence whose text sets a limit."""
    return st.one_of(
        st.sampled_from([ANNUAL, Cadence(CadenceRule.AT_LEAST_ANNUAL)]),
        st.builds(Cadence, st.just(CadenceRule.N_PER_YEAR), times=st.integers(1, 52)),
        st.builds(Cadence, st.just(CadenceRule.EVERY_N_YEARS), years=st.integers(1, 20)),
        st.builds(
            Cadence,
            st.sampled_from([CadenceRule.AFTER_EVENT, CadenceRule.ONCE_A_TERM]),
            months=st.integers(1, 60),
        ),
    )


@given(day=DAYS, months=st.integers(0, 480))
def test_whole_months_are_those_of_a_calendar(day: date, months: int) -> None:
    start = datetime.combine(day.replace(day=1), datetime.min.time())
    first = rrule(MONTHLY, dtstart=start, interval=max(months, 1), count=2)[1 if months else 0].date()
    assert add_months(day, months) == first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 24), 15, date(2027, 6, 24)),
        (date(2026, 1, 1), 4.5, date(2026, 5, 16)),
        (date(2026, 1, 1), 0.5, date(2026, 1, 16)),
    ],
)
def test_months_are_clipped_to_the_end_of_a_shorter_one(day: date, months: float, expected: date) -> None:
    assert add_months(day, months) == expected


@given(day=DAYS, months=st.integers(1, 60), times=st.integers(1, 52))
def test_a_fraction_adds_less_than_a_month_to_the_whole_ones(day: date, months: int, times: int) -> None:
    whole, exact = add_months(day, months // times), add_months(day, months / times)
    assert whole <= exact <= whole + timedelta(days=30)


@given(earlier=DAYS, days=st.integers(0, 400), cadence=owed_cadences())
def test_a_later_start_never_makes_anything_due_earlier(earlier: date, days: int, cadence: Cadence) -> None:
    later = earlier + timedelta(days)
    for when in (due_on, last_day_within_limit):
        before, after = when(cadence, earlier), when(cadence, later)
        assert before is not None
        assert after is not None
        assert before <= after


@given(start=DAYS, cadence=owed_cadences())
def test_what_is_owed_falls_due_after_its_start_and_before_its_limit(start: date, cadence: Cadence) -> None:
    due, limit = due_on(cadence, start), last_day_within_limit(cadence, start)
    assert due is not None
    assert limit is not None
    assert start < due <= limit


@pytest.mark.parametrize(
    ("cadence", "aim", "red", "a_year"),
    [
        (ANNUAL, 12, 15, 1),
        (Cadence(CadenceRule.AT_LEAST_ANNUAL), 12, 15, 1),
        (Cadence(CadenceRule.N_PER_YEAR, times=1), 12, 15, 1),
        (Cadence(CadenceRule.N_PER_YEAR, times=2), 6, 9, 2),
        (Cadence(CadenceRule.N_PER_YEAR, times=4), 3, 4.5, 4),
        (Cadence(CadenceRule.EVERY_N_YEARS, years=1), 12, 15, 0),
        (Cadence(CadenceRule.EVERY_N_YEARS, years=3), 36, 39, 0),
        (Cadence(CadenceRule.REGULAR), None, None, 0),
        (Cadence(CadenceRule.REGULAR, months=6, set_by="Director"), 6, None, 0),
        (Cadence(CadenceRule.CONTINUING), None, None, 0),
        (Cadence(CadenceRule.CONTINUING, months=12, set_by="Director"), 12, None, 0),
        (Cadence(CadenceRule.WHENEVER_APPROPRIATE), None, None, 0),
        (Cadence(CadenceRule.CONTACT), None, None, 0),
        (Cadence(CadenceRule.AFTER_EVENT), None, None, 0),
        (Cadence(CadenceRule.AFTER_EVENT, months=3), 3, 3, 0),
        (Cadence(CadenceRule.ONCE_A_TERM, months=48), 48, 48, 0),
    ],
)
def test_the_table_of_cadences(cadence: Cadence, aim: float | None, red: float | None, a_year: int) -> None:
    assert (aim_months(cadence), red_months(cadence), rounds_a_year(cadence)) == (aim, red, a_year)


def test_every_rule_is_in_the_table_of_cadences() -> None:
    """A rule without a month of its own owes nothing; that must be a decision, not an omission."""
    without = {rule for rule in CadenceRule if aim_months(Cadence(rule)) is None}
    assert without == {
        CadenceRule.REGULAR,
        CadenceRule.CONTINUING,
        CadenceRule.WHENEVER_APPROPRIATE,
        CadenceRule.CONTACT,
        CadenceRule.AFTER_EVENT,
        CadenceRule.ONCE_A_TERM,
    }


@given(year=st.integers(2000, 2030), first=DAYS, last=st.none() | DAYS)
def test_a_year_counts_only_with_all_its_days(year: int, first: date, last: date | None) -> None:
    days = (
        date(year, 1, 1) + timedelta(number)
        for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    )
    assert year_is_wholly_in_force(year, first, last) is all(
        first <= day and (last is None or day <= last) for day in days
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 1, 1), None, True),
        (date(2026, 1, 2), None, False),
        (date(2020, 1, 1), date(2026, 12, 31), True),
        (date(2020, 1, 1), date(2026, 12, 30), False),
    ],
)
def test_the_first_and_the_last_day_of_a_year_decide(
    first: date, last: date | None, *, expected: bool
) -> None:
    assert year_is_wholly_in_force(2026, first, last) is expected
