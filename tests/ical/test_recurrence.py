"""Rules worked out here, against those of dateutil, and within their budget whatever they say."""

from datetime import datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.ical.recurrence import Budget, NoRule, TooMuch, TooOften, occurrences, read_rule

at = datetime.fromisoformat  # wall times have no zone
START = at("2026-01-30T09:30")
LAST = at("2031-12-31T23:59")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def some(values: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=most, unique=True).map(lambda few: ",".join(map(str, few)))


def either(least: int, most: int) -> st.SearchStrategy[object]:
    return st.integers(least, most).filter(bool)


ANYWHERE: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
    {},
    optional={
        "INTERVAL": st.integers(1, 6),
        "BYMONTH": some(st.integers(1, 12)),
        "BYHOUR": some(st.integers(0, 23), 2),
        "COUNT": st.integers(1, 60),
    },
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw rules that mean the same to everybody: no numbered and plain weekdays together, no places in weeks."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts: dict[str, object] = {"FREQ": frequency, **draw(ANYWHERE)}
    by_weekday = st.sampled_from(WEEKDAYS)
    if frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        number = either(-5, 5)
        parts["BYDAY"] = draw(some(st.tuples(number, by_weekday).map(lambda pair: f"{pair[0]}{pair[1]}")))
    elif draw(st.booleans()):
        parts["BYDAY"] = draw(some(by_weekday))
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts["BYMONTHDAY"] = draw(some(either(-31, 31)))
    if frequency == "YEARLY" and draw(st.integers(0, 3)) == 0:
        parts["BYYEARDAY"] = draw(some(either(-366, 366)))
    if frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        parts["BYSETPOS"] = draw(some(either(-4, 4)))
    if frequency == "WEEKLY":
        parts["WKST"] = draw(by_weekday)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def ours(rule: str, start: datetime, first: datetime, last: datetime, steps: int = 200_000) -> list[datetime]:
    return list(occurrences(read_rule(rule), start, first, last, Budget(steps)))


def theirs(rule: str, start: datetime, first: datetime, last: datetime) -> list[datetime]:
    # Told when to end, dateutil does not search for ever for what never comes.
    ended = rule if "COUNT" in rule else f"{rule};UNTIL={last:%Y%m%dT%H%M%S}"
    found = []
    for wall in islice(rrulestr(ended, dtstart=start), 20_000):
        if wall > last:
            break
        found.append(wall)
    return [wall for wall in found if wall >= first]


@settings(max_examples=30)
@given(rules(), st.integers(0, 1500), st.integers(-600, 800))
def test_rules_come_out_as_in_dateutil(rule: str, later: int, first: int) -> None:
    start = START + timedelta(days=later)
    since = start + timedelta(days=first)
    until = since + timedelta(days=500)
    assert ours(rule, start, since, until) == theirs(rule, start, since, until)


@settings(max_examples=40)
@given(rules(), st.integers(-900, 1200), st.integers(0, 500))
def test_nothing_lies_outside_the_days_asked_for_and_all_is_in_order(
    rule: str, first: int, days: int
) -> None:
    since = START + timedelta(days=first)
    until = since + timedelta(days=days)
    found = ours(rule, START, since, until)
    assert found == sorted(set(found))
    assert [wall for wall in found if not max(since, START) <= wall <= until] == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["0130", "0131", "0201"]),
        ("FREQ=WEEKLY;BYDAY=MO,FR;COUNT=4", ["0130", "0202", "0206", "0209"]),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,FR;COUNT=3", ["0130", "0208", "0213"]),
        ("FREQ=MONTHLY;COUNT=3", ["0130", "0330", "0430"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ["0130", "0227", "0327"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", ["0130", "0227", "0331"]),
        ("FREQ=YEARLY;BYMONTH=9;BYDAY=3TU;COUNT=1", ["0915"]),
        ("freq=daily;count=1;", ["0130"]),
    ],
)
def test_what_calendar_programs_write(rule: str, expected: list[str]) -> None:
    assert [f"{wall:%m%d}" for wall in ours(rule, START, START, LAST)] == expected


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=2", "FREQ=HOURLY;INTERVAL=9999"])
def test_what_repeats_within_a_day_is_refused(rule: str) -> None:
    with pytest.raises(TooOften):
        read_rule(rule)


def test_a_day_may_hold_some_times_and_not_any_number() -> None:
    hours, minutes = ",".join(map(str, range(24))), ",".join(map(str, range(60)))
    assert len(ours(f"FREQ=DAILY;COUNT=24;BYHOUR={hours}", START.replace(hour=0), START, LAST)) == 15
    with pytest.raises(TooOften):
        read_rule(f"FREQ=DAILY;BYHOUR={hours};BYMINUTE={minutes}")


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "DAILY",
        "FREQ=",
        "FREQ=FORTNIGHTLY",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=" + "9" * 5000,
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;RSCALE=CHINESE",
        "FREQ=DAILY;BYEASTER=1",
    ],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(NoRule):
        read_rule(rule)


@pytest.mark.parametrize(
    ("rule", "start", "steps"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", at("0001-01-01"), 50),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", at("2027-01-01"), 50),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", at("0001-01-01"), 3000),
        ("FREQ=DAILY", at("0001-01-01"), 6000),
        ("FREQ=DAILY;INTERVAL=9999999999", START, 10),
        ("FREQ=MONTHLY;INTERVAL=9999999999", START, 10),
        ("FREQ=YEARLY;INTERVAL=9999999999", START, 10),
        ("FREQ=WEEKLY;INTERVAL=9999999999", START, 10),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9999999999", START, 50),
    ],
)
def test_bombs_cost_no_more_than_the_days_asked_for(rule: str, start: datetime, steps: int) -> None:
    ours(rule, start, START, LAST, steps)


def test_what_costs_more_than_it_may_is_broken_off() -> None:
    with pytest.raises(TooMuch):
        ours("FREQ=DAILY;COUNT=1000000000", at("0001-01-01"), START, LAST, 100_000)


@pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY;WKST=SU", "MONTHLY", "YEARLY"])
def test_a_series_ends_with_the_calendar(frequency: str) -> None:
    last = at("9999-12-31")
    assert ours(f"FREQ={frequency}", at("9990-01-01"), last, last) == []
