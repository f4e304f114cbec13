from datetime import date

from scheduler.web.plan_months import DayCell, Standing, months_of_year

PLANNED = date(2027, 3, 23)
PRICES = {PLANNED: 0, date(2027, 3, 24): -2, date(2027, 3, 26): 8, date(2027, 4, 1): 100_000}
MONTHS = months_of_year(2027, PLANNED, PRICES, {date(2027, 3, 26), date(2027, 4, 1)}, limit=100_000)


def cell(day: date) -> DayCell:
    (found,) = (
        entry
        for week in MONTHS[day.month - 1].weeks
        for entry in week
        if entry is not None and entry.day == day
    )
    return found


def test_every_day_of_the_year_stands_in_its_month_once_and_on_its_weekday() -> None:
    days = [
        (entry.day, column)
        for month in MONTHS
        for week in month.weeks
        for column, entry in enumerate(week)
        if entry is not None
    ]
    assert [day for day, _ in days] == [
        date.fromordinal(date(2027, 1, 1).toordinal() + n) for n in range(365)
    ]
    assert all(day.weekday() == column for day, column in days)
    assert all(len(week) == 7 for month in MONTHS for week in month.weeks)


def test_a_day_says_what_it_is_to_the_round() -> None:
    assert cell(PLANNED) == DayCell(PLANNED, Standing.PLANNED, 0)
    assert cell(date(2027, 3, 24)) == DayCell(date(2027, 3, 24), Standing.POSSIBLE, -2)
    assert cell(date(2027, 3, 26)) == DayCell(date(2027, 3, 26), Standing.COSTLY, 8)
    assert cell(date(2027, 4, 1)) == DayCell(date(2027, 4, 1), Standing.LIMIT, 100_000)
    assert cell(date(2027, 4, 2)) == DayCell(date(2027, 4, 2), Standing.REFUSED, None)
