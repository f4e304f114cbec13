"""A round of a plan on month tables: which days are the plan's own, possible, against a wish or refused. Pure."""

from calendar import Calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONDAY_FIRST = Calendar(firstweekday=0)


class Standing(StrEnum):
    """What a day is to a round: the plan's own, one that the rules permit at whatever price, or one they refuse."""

    PLANNED = "planned"
    POSSIBLE = "possible"
    COSTLY = "costly"
    LIMIT = "limit"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a month; ``more`` is what the whole plan would cost more with the round on it, if it is permitted."""

    day: date
    standing: Standing
    more: int | None


@dataclass(frozen=True, slots=True)
class MonthTable:
    """A month by weeks of seven days from Monday; ``None`` where a day belongs to another month."""

    first: date
    weeks: tuple[tuple[DayCell | None, ...], ...]


def months_of_year(
    year: int, planned: date | None, prices: Mapping[date, int], unwanted: Collection[date], limit: int
) -> tuple[MonthTable, ...]:
    """Return the twelve months of a year.

    ``prices`` says of each permitted day how much more the plan would cost, ``unwanted`` which of them a wish speaks
    against, ``limit`` what a broken limit costs.
    """

    def cell(day: date, month: int) -> DayCell | None:
        if day.month != month:
            return None
        more = prices.get(day)
        if day == planned:
            return DayCell(day, Standing.PLANNED, more)
        if more is None:
            return DayCell(day, Standing.REFUSED, more)
        standing = Standing.COSTLY if day in unwanted else Standing.POSSIBLE
        return DayCell(day, Standing.LIMIT if more >= limit else standing, more)

    return tuple(
        MonthTable(
            first=date(year, month, 1),
            weeks=tuple(
                tuple(cell(day, month) for day in week)
                for week in MONDAY_FIRST.monthdatescalendar(year, month)
            ),
        )
        for month in range(1, 13)
    )
