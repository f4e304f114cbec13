"""Dates as people read them."""

from datetime import date

import pytest

from scheduler.dates.written import write_date, write_day


@pytest.mark.parametrize(
    ("day", "language", "expected"),
    [
        (date(2027, 3, 24), "en", "24 March 2027"),
        (date(2027, 3, 24), "nl", "24 maart 2027"),
        (date(2027, 3, 4), "en", "4 March 2027"),
        (date(2026, 8, 1), "nl", "1 augustus 2026"),
        (date(2027, 3, 24), "de", "24 März 2027"),
    ],
)
def test_a_date_is_written_out(day: date, language: str, expected: str) -> None:
    assert write_date(day, language) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Tuesday 23 March 2027"), ("nl", "dinsdag 23 maart 2027")]
)
def test_a_day_is_written_with_its_weekday(language: str, expected: str) -> None:
    assert write_day(date(2027, 3, 23), language) == expected
