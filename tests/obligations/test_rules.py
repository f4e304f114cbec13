"""What is owed, row by row of the table of colours, and what must hold for every promise."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.obligations.rules import Colour, Duty, Promise, Round, duty
from scheduler.words import LANGUAGES

IN_FORCE = date(2025, 12, 3)
PRESSING = [Colour.NONE, Colour.GREEN, Colour.AMBER, Colour.RED]


def promise(rule: str, weeks: int = 17, until: date | None = None, **cadence: Any) -> Promise:
    return Promise("JS-R05", Cadence(CadenceRule(rule), **cadence), IN_FORCE, until, weeks, "regular")


def held(day: str, under: str | None = None) -> Round:
    return Round(date.fromisoformat(day), held=True, under=under)


def agreed(day: str) -> Round:
    return Round(date.fromisoformat(day), held=False)


ANNUAL = promise("annual")
MINISTERS = promise("annual", weeks=26)
TWICE = promise("n_per_year", times=2)
BIENNIAL = promise("every_n_years", years=2)
REGULAR = promise("regular", months=12, set_by="Director")
AFTER = promise("after_event", months=3, anchor=date(2026, 9, 1))
TERM = promise("once_a_term", weeks=26, months=48, anchor=date(2026, 2, 1))
LAST = held("2026-03-24")


@dataclass(frozen=True)
class Case:
    """A promise on a day and all that is said of it; ``dates`` are due, save-the-date and the limit."""

    promise: Promise
    today: str
    colour: Colour
    dates: str
    reasons: str
    rounds: tuple[Round, ...] = (LAST,)
    skips: tuple[date, ...] = ()
    last_held: str | None = "2026-03-24"
    agreed_for: str | None = None


SOC = "2027-03-24 2026-11-25 2027-06-24"
SOC_LIMIT = "red after 24 June 2027 / 15 months after 24 March 2026"
SOC_UNDATED = "no date agreed by both sides / save-the-date due since 25 November 2026 (assumed lead time)"
SOC_BROKEN = "was due 24 March 2027 / the limit of 24 June 2027 has passed / 15 months after 24 March 2026"
NONE = "- - -"
FORCE = "no round on record; counted from 3 December 2025, when it came into force"
G, A, R, N = Colour.GREEN, Colour.AMBER, Colour.RED, Colour.NONE

CASES = {
    "annual, before the save-the-date": Case(
        ANNUAL, "2026-11-24", G, SOC,
        "last held 24 March 2026 / due 24 March 2027"
        f" / save-the-date due from 25 November 2026 (assumed lead time) / {SOC_LIMIT}",
    ),
    "annual, on the day of the save-the-date": Case(
        ANNUAL, "2026-11-25", A, SOC,
        f"last held 24 March 2026 / due 24 March 2027 / {SOC_UNDATED} / {SOC_LIMIT}",
    ),
    "story 1: the SOC Dialogue on 1 February 2027": Case(
        ANNUAL, "2027-02-01", A, SOC,
        f"last held 24 March 2026 / due 24 March 2027 / {SOC_UNDATED} / {SOC_LIMIT}",
    ),
    "annual, twelve months passed": Case(
        ANNUAL, "2027-03-25", A, SOC,
        f"last held 24 March 2026 / was due 24 March 2027 / {SOC_UNDATED} / {SOC_LIMIT}",
    ),
    "annual, on the last day of the limit": Case(
        ANNUAL, "2027-06-24", A, SOC,
        f"last held 24 March 2026 / was due 24 March 2027 / {SOC_UNDATED} / {SOC_LIMIT}",
    ),
    "annual, after fifteen months": Case(
        ANNUAL, "2027-06-25", R, SOC, f"last held 24 March 2026 / {SOC_BROKEN}"
    ),
    "at least annual is no different": Case(
        promise("at_least_annual"), "2027-06-25", R, SOC, f"last held 24 March 2026 / {SOC_BROKEN}"
    ),
    "JS-R12: nothing on record, the year still open": Case(
        MINISTERS, "2026-12-31", A, "2026-12-03 2026-06-04 2026-12-31",
        f"{FORCE} / was due 3 December 2026 / no date agreed by both sides"
        " / save-the-date due since 4 June 2026 (assumed lead time)"
        " / red after 31 December 2026 / 2026 closes with no round held",
        rounds=(), last_held=None,
    ),
    "JS-R12: red on 1 January 2027": Case(
        MINISTERS, "2027-01-01", R, "2026-12-03 2026-06-04 2026-12-31",
        f"{FORCE} / was due 3 December 2026 / the limit of 31 December 2026 has passed"
        " / 2026 closed with no round held",
        rounds=(), last_held=None,
    ),
    "rounds before it came into force only inform": Case(
        ANNUAL, "2026-06-01", G, "2026-12-03 2026-08-06 2026-12-31",
        "last on record 29 January 2025, before it came into force; counted from 3 December 2025"
        " / due 3 December 2026 / save-the-date due from 6 August 2026 (assumed lead time)"
        " / red after 31 December 2026 / 2026 closes with no round held",
        rounds=(held("2025-01-29"),), last_held="2025-01-29",
    ),
    "agreed on the last day within the limit": Case(
        ANNUAL, "2027-02-01", G, SOC,
        "last held 24 March 2026 / due 24 March 2027 / date agreed by both sides: 24 June 2027",
        rounds=(LAST, agreed("2027-06-24")), agreed_for="2027-06-24",
    ),
    "agreed within the limit, after the aim": Case(
        ANNUAL, "2027-06-01", G, SOC,
        "last held 24 March 2026 / was due 24 March 2027 / date agreed by both sides: 24 June 2027",
        rounds=(LAST, agreed("2027-06-24")), agreed_for="2027-06-24",
    ),
    "agreed beyond the limit": Case(
        ANNUAL, "2027-02-01", A, SOC,
        "last held 24 March 2026 / due 24 March 2027"
        " / the date agreed by both sides, 25 June 2027, lies beyond the limit"
        f" / save-the-date due since 25 November 2026 (assumed lead time) / {SOC_LIMIT}",
        rounds=(LAST, agreed("2027-06-25")), agreed_for="2027-06-25",
    ),
    "agreed, and the limit has passed all the same": Case(
        ANNUAL, "2027-07-01", R, SOC,
        f"last held 24 March 2026 / {SOC_BROKEN}"
        " / agreed for 8 July 2027; only a round held or an agreed skip clears red",
        rounds=(LAST, agreed("2027-07-08")), agreed_for="2027-07-08",
    ),
    "agreed for today": Case(
        ANNUAL, "2027-03-23", G, SOC,
        "last held 24 March 2026 / due 24 March 2027 / date agreed by both sides: 23 March 2027",
        rounds=(LAST, agreed("2027-03-23")), agreed_for="2027-03-23",
    ),
    "agreed for a day that has passed, and not recorded": Case(
        ANNUAL, "2027-03-24", A, SOC,
        f"last held 24 March 2026 / due 24 March 2027 / {SOC_UNDATED} / {SOC_LIMIT}"
        " / the round agreed for 23 March 2027 has not been recorded as held",
        rounds=(LAST, agreed("2027-03-23")),
    ),
    "a round held clears red": Case(
        ANNUAL, "2027-07-09", G, "2028-07-08 2028-03-11 2028-10-08",
        "last held 8 July 2027 / due 8 July 2028 / save-the-date due from 11 March 2028 (assumed lead time)"
        " / red after 8 October 2028 / 15 months after 8 July 2027",
        rounds=(held("2027-07-08"), LAST), last_held="2027-07-08",
    ),
    "a round that is said to be held tomorrow is not held yet": Case(
        ANNUAL, "2026-03-23", G, "2026-12-03 2026-08-06 2026-12-31",
        f"{FORCE} / due 3 December 2026 / save-the-date due from 6 August 2026 (assumed lead time)"
        " / red after 31 December 2026 / 2026 closes with no round held",
        last_held=None,
    ),
    "a skip that both sides agreed clears red and starts the clock anew": Case(
        ANNUAL, "2027-06-25", G, "2028-03-24 2027-11-26 2028-06-24",
        "last held 24 March 2026 / both sides agreed to skip the round due 24 March 2027 / due 24 March 2028"
        " / save-the-date due from 26 November 2027 (assumed lead time) / red after 24 June 2028"
        " / 15 months after 24 March 2027",
        skips=(date(2027, 3, 24),),
    ),
    "a skip before any round": Case(
        ANNUAL, "2027-01-01", G, "2027-12-03 2027-08-06 2027-12-31",
        "no round on record; counted from 3 December 2026 / both sides agreed to skip the round due 3 December 2026"
        " / due 3 December 2027 / save-the-date due from 6 August 2027 (assumed lead time)"
        " / red after 31 December 2027 / 2027 closes with no round held",
        rounds=(), skips=(date(2026, 12, 3),), last_held=None,
    ),
    "twice a year: the gap": Case(
        TWICE, "2026-12-24", A, "2026-09-24 2026-05-28 2026-12-24",
        "last held 24 March 2026 / was due 24 September 2026 / no date agreed by both sides"
        " / save-the-date due since 28 May 2026 (assumed lead time) / red after 24 December 2026"
        " / 9 months after 24 March 2026",
    ),
    "twice a year: the year closes with one": Case(
        TWICE, "2027-01-01", R, "2026-10-24 2026-06-27 2026-12-31",
        "last held 24 April 2026 / was due 24 October 2026 / the limit of 31 December 2026 has passed"
        " / 2026 closed with fewer than 2 rounds held",
        rounds=(held("2026-04-24"),), last_held="2026-04-24",
    ),
    "twice a year: two rounds keep the year, one of them under the umbrella": Case(
        TWICE, "2026-12-31", A, "2027-04-08 2026-12-10 2027-07-08",
        "last held 8 October 2026 (as a round of JS-R07) / due 8 April 2027 / no date agreed by both sides"
        " / save-the-date due since 10 December 2026 (assumed lead time) / red after 8 July 2027"
        " / 9 months after 8 October 2026",
        rounds=(LAST, held("2026-10-08", under="JS-R07")), last_held="2026-10-08",
    ),
    "twice a year: a skip counts in its year": Case(
        TWICE, "2026-11-01", G, "2027-03-24 2026-11-25 2027-06-24",
        "last held 24 March 2026 / both sides agreed to skip the round due 24 September 2026"
        " / due 24 March 2027 / save-the-date due from 25 November 2026 (assumed lead time)"
        " / red after 24 June 2027 / 9 months after 24 September 2026",
        skips=(date(2026, 9, 24),),
    ),
    "every two years: no calendar year is the measure": Case(
        BIENNIAL, "2027-12-31", A, "2028-03-24 2027-11-26 2028-06-24",
        "last held 24 March 2026 / due 24 March 2028 / no date agreed by both sides"
        " / save-the-date due since 26 November 2027 (assumed lead time) / red after 24 June 2028"
        " / 27 months after 24 March 2026",
    ),
    "every two years: red after three more months": Case(
        BIENNIAL, "2028-06-25", R, "2028-03-24 2027-11-26 2028-06-24",
        "last held 24 March 2026 / was due 24 March 2028 / the limit of 24 June 2028 has passed"
        " / 27 months after 24 March 2026",
    ),
    "regular, with an interval that somebody set: amber, and never red": Case(
        REGULAR, "2036-01-01", A, "2027-03-24 2026-11-25 -",
        "last held 24 March 2026 / 12 months set by Director, not by the text / was due 24 March 2027"
        f" / {SOC_UNDATED} / never red: the interval is not the text's",
    ),
    "regular: any date agreed lies within the limit, since there is none": Case(
        REGULAR, "2036-01-01", G, "2027-03-24 2026-11-25 -",
        "last held 24 March 2026 / 12 months set by Director, not by the text / was due 24 March 2027"
        " / date agreed by both sides: 1 January 2040",
        rounds=(LAST, agreed("2040-01-01")), agreed_for="2040-01-01",
    ),
    "regular, with no interval": Case(
        promise("regular"), "2036-01-01", N, NONE,
        "the text says “regular” and names no interval; nothing is scheduled until a named person sets one"
        " / last held 24 March 2026",
    ),
    "continuing, with no interval": Case(
        promise("continuing"), "2036-01-01", N, NONE,
        "the text says “regular” and names no interval; nothing is scheduled until a named person sets one",
        rounds=(), last_held=None,
    ),
    "whenever appropriate": Case(
        promise("whenever_appropriate"), "2036-01-01", N, NONE,
        "held whenever both sides find it appropriate; no date is ever owed", rounds=(), last_held=None,
    ),
    "contact": Case(
        promise("contact"), "2036-01-01", N, NONE,
        "the text asks for contact, not for meetings; no date is ever owed", rounds=(), last_held=None,
    ),
    "after an event: before the save-the-date": Case(
        AFTER, "2026-08-03", G, "2026-12-01 2026-08-04 2026-12-01",
        "last held 24 March 2026 / due 1 December 2026 / save-the-date due from 4 August 2026 (assumed lead time)"
        " / red after 1 December 2026 / 3 months after 1 September 2026",
    ),
    "after an event: red when the period ends": Case(
        AFTER, "2026-12-02", R, "2026-12-01 2026-08-04 2026-12-01",
        "last held 24 March 2026 / was due 1 December 2026 / the limit of 1 December 2026 has passed"
        " / 3 months after 1 September 2026",
    ),
    "after an event: held once, and kept for good": Case(
        AFTER, "2036-01-01", N, NONE, "kept for this event or term / last held 1 October 2026",
        rounds=(held("2026-10-01"),), last_held="2026-10-01",
    ),
    "after an event: left out by both": Case(
        AFTER, "2026-12-02", N, NONE, "kept for this event or term / last held 24 March 2026",
        skips=(date(2026, 12, 1),),
    ),
    "after an event that has no date yet": Case(
        promise("after_event", months=3), "2036-01-01", N, NONE,
        "waits for an event that has no date yet", rounds=(), last_held=None,
    ),
    "once a term": Case(
        TERM, "2029-08-03", A, "2030-02-01 2029-08-03 2030-02-01",
        "no round on record; counted from 1 February 2026 / due 1 February 2030 / no date agreed by both sides"
        " / save-the-date due since 3 August 2029 (assumed lead time) / red after 1 February 2030"
        " / 48 months after 1 February 2026",
        rounds=(), last_held=None,
    ),
    "not yet in force": Case(
        ANNUAL, "2025-12-02", N, NONE, "in force only from 3 December 2025", rounds=(), last_held=None
    ),
    "no longer in force": Case(
        promise("annual", until=date(2027, 12, 31)), "2028-01-01", N, NONE,
        "no longer in force since 31 December 2027 / last held 24 March 2026",
    ),
    "a year that is only partly in force is no measure": Case(
        promise("annual", until=date(2026, 12, 30)), "2026-12-30", A, "2026-12-03 2026-08-06 2027-03-03",
        f"{FORCE} / was due 3 December 2026 / no date agreed by both sides"
        " / save-the-date due since 6 August 2026 (assumed lead time)"
        " / red after 3 March 2027 / 15 months after 3 December 2025",
        rounds=(), last_held=None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_table_of_colours(case: Case) -> None:
    found = duty(case.promise, case.rounds, case.skips, date.fromisoformat(case.today))
    due, save_the_date, red_after = (
        None if day == "-" else date.fromisoformat(day) for day in case.dates.split()
    )
    assert " / ".join(reason["en"] for reason in found.reasons) == case.reasons
    assert found == Duty(
        obligation="JS-R05",
        colour=case.colour,
        due=due,
        save_the_date=save_the_date,
        red_after=red_after,
        last_held=date.fromisoformat(case.last_held) if case.last_held else None,
        agreed_for=date.fromisoformat(case.agreed_for) if case.agreed_for else None,
        reasons=found.reasons,
    )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_reason_is_said_in_every_language(case: Case) -> None:
    for reason in duty(case.promise, case.rounds, case.skips, date.fromisoformat(case.today)).reasons:
        assert tuple(reason) == LANGUAGES
        assert len(set(reason.values())) == len(LANGUAGES)
        assert not any(mark in text for text in reason.values() for mark in ("{", "}", "None"))


DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
PROMISES = st.sampled_from(
    [
        ANNUAL, MINISTERS, TWICE, BIENNIAL, REGULAR, AFTER, TERM,
        promise("n_per_year", times=4), promise("annual", until=date(2027, 6, 30)), promise("contact"),
    ]
)  # fmt: skip
ROUNDS = st.lists(st.builds(Round, DAYS, held=st.booleans()), max_size=4).map(tuple)
SKIPS = st.lists(DAYS, max_size=2).map(tuple)


@given(promised=PROMISES, rounds=ROUNDS, skips=SKIPS, today=DAYS, days=st.integers(1, 900))
def test_time_alone_never_makes_a_colour_better(
    promised: Promise, rounds: tuple[Round, ...], skips: tuple[date, ...], today: date, days: int
) -> None:
    """Nothing is recorded in between: rounds held later are left out, and the obligation stays in force."""
    past = tuple(entry for entry in rounds if not entry.held or entry.day <= today)
    later = today + timedelta(days)
    assume(today >= promised.in_force_from)
    assume(promised.in_force_until is None or later <= promised.in_force_until)
    before, after = (duty(promised, past, skips, day).colour for day in (today, later))
    assert PRESSING.index(before) <= PRESSING.index(after)


@given(promised=PROMISES, rounds=ROUNDS, skips=SKIPS, today=DAYS, day=DAYS)
def test_a_round_held_never_makes_a_colour_worse(
    promised: Promise, rounds: tuple[Round, ...], skips: tuple[date, ...], today: date, day: date
) -> None:
    without = duty(promised, rounds, skips, today).colour
    with_it = duty(promised, (*rounds, Round(day, held=True)), skips, today).colour
    assert PRESSING.index(with_it) <= PRESSING.index(without)


@given(promised=PROMISES, rounds=ROUNDS, skips=SKIPS, today=DAYS)
def test_only_what_can_be_broken_is_red(
    promised: Promise, rounds: tuple[Round, ...], skips: tuple[date, ...], today: date
) -> None:
    found = duty(promised, rounds, skips, today)
    assert (found.colour is Colour.RED) is (found.red_after is not None and today > found.red_after)
    assert (found.colour is Colour.NONE) is (found.due is None)


@given(promised=PROMISES, rounds=ROUNDS, skips=SKIPS, today=DAYS)
def test_the_order_of_the_record_does_not_matter(
    promised: Promise, rounds: tuple[Round, ...], skips: tuple[date, ...], today: date
) -> None:
    assert duty(promised, rounds, skips, today) == duty(promised, rounds[::-1], skips[::-1], today)
