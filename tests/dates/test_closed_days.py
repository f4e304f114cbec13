"""Holidays, loaded tables and weekends, and what overrides what."""

from datetime import date
from typing import Any

import pytest

from scheduler.dates.closed_days import ClosedDay, ClosedDays, Effect, public_holidays
from scheduler.errors import BadInput


def closed(party: str, first: date, last: date | None = None, **changes: Any) -> ClosedDay:
    values: dict[str, Any] = {
        "title": {"en": "Recess", "nl": "Reces"},
        "effect": Effect.COSTS,
        "kind": "recess",
        "source": "test",
        "basis": "assumed",
        **changes,
    }
    return ClosedDay(party=party, first=first, last=last or first, **values)


def effects(rows: tuple[ClosedDay, ...]) -> dict[date, str]:
    return {row.first: row.effect.value for row in rows}


DUTCH_2027 = public_holidays("nl", "NL", None, [2027], ["en", "nl"])
ENGLISH_2027 = public_holidays("uk", "GB", "ENG", [2027], ["en", "nl"])


def test_dutch_holidays_of_2027() -> None:
    assert effects(DUTCH_2027) == {
        date(2027, 1, 1): "forbids",
        date(2027, 3, 26): "forbids",  # Good Friday
        date(2027, 3, 28): "forbids",
        date(2027, 3, 29): "forbids",
        date(2027, 4, 27): "forbids",  # King's Day
        date(2027, 5, 5): "costs",  # Liberation Day, not a lustrum year
        date(2027, 5, 6): "forbids",  # Ascension
        date(2027, 5, 16): "forbids",
        date(2027, 5, 17): "forbids",  # Whit Monday
        date(2027, 12, 25): "forbids",
        date(2027, 12, 26): "forbids",
    }


def test_liberation_day_forbids_in_a_lustrum_year_and_is_listed_once() -> None:
    rows = [row for row in public_holidays("nl", "NL", None, [2030], ["nl"]) if row.first == date(2030, 5, 5)]
    assert [(row.effect, dict(row.title)) for row in rows] == [("forbids", {"nl": "Bevrijdingsdag"})]


def test_kings_day_moves_from_a_sunday_to_the_saturday() -> None:
    days = [
        row.first
        for row in public_holidays("nl", "NL", None, [2031], ["en"])
        if row.title["en"] == "King's Day"
    ]
    assert days == [date(2031, 4, 26)]


def test_english_holidays_of_2027_with_the_days_given_for_a_weekend() -> None:
    assert [(row.first, row.title["en"]) for row in ENGLISH_2027] == [
        (date(2027, 1, 1), "New Year's Day"),
        (date(2027, 3, 26), "Good Friday"),
        (date(2027, 3, 29), "Easter Monday"),
        (date(2027, 5, 3), "May Day"),
        (date(2027, 5, 31), "Spring Bank Holiday"),
        (date(2027, 8, 30), "Late Summer Bank Holiday"),
        (date(2027, 12, 25), "Christmas Day"),
        (date(2027, 12, 26), "Boxing Day"),
        (date(2027, 12, 27), "Christmas Day (observed)"),
        (date(2027, 12, 28), "Boxing Day (observed)"),
    ]


def test_scotland_differs_from_england() -> None:
    scottish = {row.first for row in public_holidays("uk", "GB", "SCT", [2027], ["en"])}
    assert scottish - {row.first for row in ENGLISH_2027} == {
        date(2027, 1, 2),
        date(2027, 1, 4),
        date(2027, 8, 2),
        date(2027, 11, 30),
    }


def test_titles_come_in_both_languages_where_the_library_has_them() -> None:
    assert dict(DUTCH_2027[4].title) == {"en": "King's Day", "nl": "Koningsdag"}
    assert dict(ENGLISH_2027[0].title) == {"en": "New Year's Day"}


def test_a_language_that_nobody_speaks_there_loses_no_holiday() -> None:
    rows = public_holidays("uk", "GB", "ENG", [2027], ["nl"])
    assert [row.first for row in rows] == [row.first for row in ENGLISH_2027]
    assert dict(rows[0].title) == {"en": "New Year's Day"}


@pytest.mark.parametrize(
    ("country", "subdivision", "place"),
    [
        ("GB", None, "holidays.subdivision"),
        ("GB", "XX", "holidays"),
        ("ZZ", None, "holidays"),
        ("", None, "holidays"),
    ],
)
def test_an_unknown_country_or_subdivision_is_refused(
    country: str, subdivision: str | None, place: str
) -> None:
    with pytest.raises(BadInput) as refused:
        public_holidays("uk", country, subdivision, [2027], ["en"])
    assert refused.value.place == place


def test_an_ordinary_day_is_open() -> None:
    days = ClosedDays(DUTCH_2027, ENGLISH_2027)
    assert days.for_party("nl", date(2027, 3, 23)) == ()
    assert days.is_closed("nl", date(2027, 3, 23)) is False
    assert days.why_closed("nl", date(2027, 3, 23)) is None


def test_a_holiday_closes_its_own_party_only() -> None:
    days = ClosedDays(DUTCH_2027, ENGLISH_2027)
    kings_day = date(2027, 4, 27)
    assert days.why_closed("nl", kings_day) == {"en": "King's Day", "nl": "Koningsdag"}
    assert days.is_closed("uk", kings_day) is False


def test_weekends_are_closed_for_everybody_with_a_reason() -> None:
    days = ClosedDays()
    assert days.why_closed("uk", date(2027, 3, 20)) == {"en": "Saturday", "nl": "zaterdag"}
    assert days.why_closed("anybody", date(2027, 3, 21)) == {"en": "Sunday", "nl": "zondag"}


def test_a_day_that_costs_is_not_closed() -> None:
    days = ClosedDays(DUTCH_2027)
    liberation_day = date(2027, 5, 5)
    assert [row.effect for row in days.for_party("nl", liberation_day)] == ["costs"]
    assert days.is_closed("nl", liberation_day) is False


def test_recess_of_ministers_does_not_touch_experts() -> None:
    days = ClosedDays([closed("nl", date(2027, 2, 22), date(2027, 2, 26), levels=frozenset({"ministerial"}))])
    assert [row.kind for row in days.for_party("nl", date(2027, 2, 24), "ministerial")] == ["recess"]
    assert days.for_party("nl", date(2027, 2, 24), "expert") == ()
    assert days.for_party("nl", date(2027, 2, 24)) == ()
    assert days.for_party("nl", date(2027, 3, 1), "ministerial") == ()


def test_an_absence_of_one_office_touches_meetings_with_that_office() -> None:
    absence = closed(
        "uk", date(2027, 6, 8), effect=Effect.FORBIDS, offices=frozenset({"home-office"}), kind="absence"
    )
    days = ClosedDays([absence])
    assert days.for_party("uk", date(2027, 6, 8), "ministerial", ["fcdo", "home-office"]) == (absence,)
    assert days.for_party("uk", date(2027, 6, 8), "ministerial", ["fcdo"]) == ()
    assert days.is_closed("uk", date(2027, 6, 8)) is False


GOOD_FRIDAY = date(2027, 3, 26)


def test_a_later_table_overrides_a_holiday() -> None:
    worked = closed("nl", GOOD_FRIDAY, kind="holiday", title={"en": "Good Friday", "nl": "Goede Vrijdag"})
    days = ClosedDays(DUTCH_2027, [worked])
    assert days.for_party("nl", GOOD_FRIDAY) == (worked,)
    assert days.is_closed("nl", GOOD_FRIDAY) is False
    assert ClosedDays([worked], DUTCH_2027).is_closed("nl", GOOD_FRIDAY) is True


def test_an_override_for_one_office_holds_for_that_office_alone() -> None:
    worked = closed("nl", GOOD_FRIDAY, kind="holiday", offices=frozenset({"bz"}))
    days = ClosedDays(DUTCH_2027, [worked])
    assert days.for_party("nl", GOOD_FRIDAY, "expert", ["bz"]) == (worked,)
    assert [row.effect for row in days.for_party("nl", GOOD_FRIDAY, "expert", ["bz", "jenv"])] == [
        "forbids",
        "costs",
    ]
    assert days.is_closed("nl", GOOD_FRIDAY) is True


def test_a_recess_does_not_override_a_holiday() -> None:
    days = ClosedDays(DUTCH_2027, [closed("nl", date(2027, 4, 26), date(2027, 5, 7))])
    assert [row.kind for row in days.for_party("nl", date(2027, 4, 27))] == ["holiday", "recess"]
    assert days.is_closed("nl", date(2027, 4, 27)) is True


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(BadInput) as refused:
        closed("nl", date(2027, 2, 28), date(2027, 2, 20))
    assert refused.value.place == "until"
