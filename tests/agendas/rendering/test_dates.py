from datetime import date, datetime

import pytest

from agendas.rendering.dates import (
    clock,
    day_in_words,
    length_in_words,
    partial_in_words,
    span_in_words,
    weekday_in_words,
)

MARCH = date(2027, 3, 23)


def test_days_are_written_as_each_country_writes_them() -> None:
    assert (day_in_words(MARCH, "en"), day_in_words(MARCH, "nl")) == ("23 March 2027", "23 maart 2027")
    assert weekday_in_words(MARCH, "en") == "Tuesday 23 March 2027"
    assert weekday_in_words(MARCH, "nl") == "dinsdag 23 maart 2027"


def test_several_days_are_written_from_first_to_last() -> None:
    assert span_in_words(MARCH, MARCH, "nl") == "dinsdag 23 maart 2027"
    assert span_in_words(MARCH, date(2027, 3, 24), "en") == "Tuesday 23 March 2027 – Wednesday 24 March 2027"


@pytest.mark.parametrize(
    ("stated", "language", "words"),
    [("2025-12-03", "nl", "3 december 2025"), ("2025-12", "en", "December 2025"), ("2025", "en", "2025")],
)
def test_a_date_is_written_no_more_exactly_than_it_is_stated(stated: str, language: str, words: str) -> None:
    assert partial_in_words(stated, language) == words


def test_clock_and_length() -> None:
    assert clock(datetime.fromisoformat("2027-03-23T09:05:00+00:00")) == "09:05"
    assert [length_in_words(minutes, "nl") for minutes in (30, 120, 150)] == ["30 min", "2 u", "2 u 30 min"]
    assert length_in_words(360, "en") == "6 h"
