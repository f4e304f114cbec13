from datetime import date

import pytest

from scheduler.dates.preferences import NO_PREFERENCE, Preferred, read_preferred


def test_what_is_stored_is_read() -> None:
    assert read_preferred({"weeks": [12, 11, 11], "weekdays": ["thursday", "monday"]}) == Preferred(
        weeks=(11, 12), weekdays=(0, 3)
    )
    assert read_preferred({"months": [4, 3]}) == Preferred(months=(3, 4))
    assert read_preferred(None) == NO_PREFERENCE


@pytest.mark.parametrize(
    ("preferred", "held"),
    [
        (NO_PREFERENCE, [True, True, True]),
        (Preferred(months=(12,)), [True, False, False]),
        (Preferred(weeks=(53,)), [True, True, False]),
        (Preferred(weekdays=(4,)), [True, True, True]),
    ],
    ids=["none", "a month", "a week over the new year", "a weekday says nothing of weeks"],
)
def test_days_lie_in_the_months_or_weeks_preferred(preferred: Preferred, held: list[bool]) -> None:
    days = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4))
    assert [preferred.holds(day) for day in days] == held


def test_preferences_in_words() -> None:
    assert Preferred(months=(3, 4)).in_words() == {"en": "March–April", "nl": "maart–april"}
    assert Preferred(weeks=(11, 12)).in_words() == {
        "en": "weeks 11, 12 of the year",
        "nl": "week 11, 12 van het jaar",
    }
    assert NO_PREFERENCE.in_words() == {"en": "", "nl": ""}
