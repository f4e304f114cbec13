"""Which days are closed for a party: holidays, loaded tables, weekends; and whether each forbids or costs.

Owns the join of those tables and the one rule between them: in a later table, a row of kind ``holiday``
replaces what an earlier table says of a holiday on the same day. Where the rows come from (database,
programme file, diary) and how much a costly day costs is not its business.

Public holidays are those of the ``holidays`` library. It says what the law lists, not what an office keeps:
in the Netherlands no law gives a day off, Good Friday is listed although many offices work, and 5 May is
listed as public in lustrum years only (2025, 2030). So listed days forbid, days that the library calls
optional (5 May in the other years) cost, and an office's own table overrides both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import holidays
from holidays.version import __version__ as holidays_version

from scheduler.dates.slots import days_between, is_weekend
from scheduler.errors import BadInput
from scheduler.words import FALLBACK, Words

HOLIDAY = "holiday"
WEEKEND = "weekend"

_SUBDIVISION_NEEDED = frozenset({"GB"})
"""Countries for which the library lists too little without a subdivision: GB would lack even Christmas."""

_NEAREST_LANGUAGES = {"en": ("en_GB", "en_US")}
"""Where the library knows a language under regional names only: which of them to take, best first."""

_WEEKEND_TITLES: Mapping[int, Words] = {
    5: {"en": "Saturday", "nl": "zaterdag"},
    6: {"en": "Sunday", "nl": "zondag"},
}


class Effect(StrEnum):
    """What a closed day does to a date."""

    FORBIDS = "forbids"
    COSTS = "costs"


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """Days on which a party, or some of its levels or offices, cannot meet or would rather not.

    ``first`` and ``last`` are calendar days in the party's country, both included. Empty ``levels`` or
    ``offices`` mean all. ``source`` says where the days come from, ``basis`` whether that is stated or
    assumed.
    """

    party: str
    first: date
    last: date
    title: Words
    effect: Effect
    kind: str
    source: str
    basis: str
    levels: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse days out of order."""
        if self.last < self.first:
            raise BadInput(
                {
                    "en": f"closed days of {self.party} end on {self.last}, before they begin on {self.first}",
                    "nl": f"gesloten dagen van {self.party} eindigen op {self.last}, vóór het begin op {self.first}",
                },
                place="until",
                remedy={
                    "en": "give the first day again for a single day",
                    "nl": "geef voor één dag de eerste dag nogmaals",
                },
            )

    def touches(self, level: str | None, offices: frozenset[str]) -> bool:
        """Tell whether it concerns a meeting of ``level`` with ``offices``; without them, the whole side."""
        return (not self.levels or level in self.levels) and (
            not self.offices or bool(self.offices & offices)
        )

    def covers(self, level: str | None, offices: frozenset[str]) -> bool:
        """Tell whether it speaks for all of them, and not for one of several offices only."""
        return self.touches(level, offices) and (not self.offices or offices <= self.offices)


class ClosedDays:
    """The closed days of any number of parties, from any number of tables, found by day.

    Building costs the days in the tables, a question only the rows of its day. Tables come in order: holidays
    first, then what was loaded, since a later row of kind ``holiday`` replaces an earlier one wherever it
    applies.
    """

    def __init__(self, *tables: Iterable[ClosedDay]) -> None:
        """Index the tables by party and day."""
        self._rows: dict[tuple[str, date], list[tuple[int, ClosedDay]]] = {}
        for number, table in enumerate(tables):
            for row in table:
                for day in days_between(row.first, row.last):
                    self._rows.setdefault((row.party, day), []).append((number, row))

    def for_party(
        self, party: str, day: date, level: str | None = None, offices: Iterable[str] = ()
    ) -> tuple[ClosedDay, ...]:
        """Return what closes ``day`` for a meeting of ``level`` with these ``offices`` of ``party``.

        Without level and offices only what closes the whole side counts. A weekend comes first.
        """
        asked = frozenset(offices)
        rows = [entry for entry in self._rows.get((party, day), ()) if entry[1].touches(level, asked)]
        replaced_before = max(
            (number for number, row in rows if row.kind == HOLIDAY and row.covers(level, asked)), default=0
        )
        standing = [row for number, row in rows if row.kind != HOLIDAY or number >= replaced_before]
        return (*_weekend(party, day), *standing)

    def why_closed(
        self, party: str, day: date, level: str | None = None, offices: Iterable[str] = ()
    ) -> Words | None:
        """Return the title of what forbids ``day``, or ``None`` when nothing does."""
        forbidding = (
            row for row in self.for_party(party, day, level, offices) if row.effect == Effect.FORBIDS
        )
        return next((row.title for row in forbidding), None)

    def is_closed(self, party: str, day: date) -> bool:
        """Tell whether ``day`` is a weekend, or forbidden for the whole side: nobody there is at work."""
        return self.why_closed(party, day) is not None


def public_holidays(
    party: str, country: str, subdivision: str | None, years: Iterable[int], languages: Iterable[str]
) -> tuple[ClosedDay, ...]:
    """Return the public holidays of a country (ISO 3166 code) for ``party``, in the order of the calendar.

    Those that the library calls optional cost. A holiday that falls on a weekend is listed on its own day and
    again, with "(observed)", on the day given in its place. Titles come in those ``languages`` that the
    library has for the country, else in its own. Raises ``BadInput`` for a country or subdivision that the
    library does not know, and for GB without a subdivision.
    """
    if country in _SUBDIVISION_NEEDED and not subdivision:
        raise BadInput(
            {
                "en": f"the holidays of {country} differ by subdivision",
                "nl": f"de feestdagen van {country} verschillen per landsdeel",
            },
            place="holidays.subdivision",
            remedy={"en": "for England write ENG", "nl": "schrijf ENG voor Engeland"},
        )
    wanted, spoken = tuple(years), tuple(languages)
    public = _titles(country, subdivision, wanted, spoken, holidays.PUBLIC)
    optional = _titles(country, subdivision, wanted, spoken, holidays.OPTIONAL)
    rows = [_holiday(party, day, titles, Effect.FORBIDS, country) for day, titles in public.items()]
    rows += [
        _holiday(party, day, titles, Effect.COSTS, country)
        for day, titles in optional.items()
        if day not in public
    ]
    return tuple(sorted(rows, key=lambda row: row.first))


def _weekend(party: str, day: date) -> tuple[ClosedDay, ...]:
    if not is_weekend(day):
        return ()
    return (
        ClosedDay(
            party, day, day, _WEEKEND_TITLES[day.weekday()], Effect.FORBIDS, WEEKEND, "calendar", "stated"
        ),
    )


def _holiday(party: str, day: date, title: Words, effect: Effect, country: str) -> ClosedDay:
    source = f"holidays {holidays_version}, {country}"
    return ClosedDay(
        party, day, day, title, effect, HOLIDAY, source, "stated" if effect == Effect.FORBIDS else "assumed"
    )


def _titles(
    country: str, subdivision: str | None, years: tuple[int, ...], languages: tuple[str, ...], category: str
) -> dict[date, Words]:
    """Return the titles of a category by day and language; empty where the country has no such category."""
    known = _known(country, subdivision)
    if category not in known.supported_categories:
        return {}
    by_day: dict[date, dict[str, str]] = {}
    for language, name in _library_languages(known, languages).items():
        found = holidays.country_holidays(
            country, subdiv=subdivision, years=years, language=name, categories=category, expand=False
        )
        for day, title in found.items():
            by_day.setdefault(day, {})[language] = title
    return dict(by_day)


def _known(country: str, subdivision: str | None) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        name = f"{country} {subdivision}" if subdivision else country
        raise BadInput(
            {
                "en": f"no public holidays are known for {name}",
                "nl": f"van {name} zijn geen feestdagen bekend",
            },
            place="holidays",
            remedy={
                "en": "an ISO 3166 country code, and a subdivision that the holidays library lists",
                "nl": "een landcode volgens ISO 3166, en een landsdeel dat de bibliotheek holidays kent",
            },
        ) from None


def _library_languages(known: holidays.HolidayBase, languages: tuple[str, ...]) -> dict[str, str | None]:
    """Return the library's name for each of the ``languages``; where it has none of them, its own alone."""
    names: dict[str, str | None] = {}
    for language in languages:
        candidates = (language, *_NEAREST_LANGUAGES.get(language, ()))
        name = next((candidate for candidate in candidates if candidate in known.supported_languages), None)
        if name is not None:
            names[language] = name
    own = known.default_language
    return names or {own.split("_")[0] if own else FALLBACK: own}
