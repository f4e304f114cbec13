"""The year on a line of days."""

from collections.abc import Mapping

YEAR: Mapping[str, tuple[str, str]] = {
    "year.title": ("Year plan {year}", "Jaarplan {year}"),
    "year.chart": (
        "The dialogues of {year} on a line of days",
        "De dialogen van {year} op een lijn van dagen",
    ),
    "year.chart.text": (
        "A lane for each obligation: window, rounds, limits; closed days on top. The table below holds the same.",
        "Een baan per verplichting: venster, rondes, grenzen; boven de gesloten dagen. De tabel zegt hetzelfde.",
    ),
    "year.legend": ("Legend", "Legenda"),
    "year.table": ("The same as a table", "Hetzelfde als tabel"),
    "year.closed": ("Closed days", "Gesloten dagen"),
    "year.closed_of": ("Closed days: {party}", "Gesloten dagen: {party}"),
    "year.closed.count": ("{count} entries", "{count} regels"),
    "year.weekdays": (
        "Weekends are closed for everybody and are not listed.",
        "Weekeinden zijn voor iedereen gesloten en staan niet in de lijst.",
    ),
    "year.shared": ("Summits and elections", "Toppen en verkiezingen"),
    "year.last_year": ("Last year: {days}", "Vorig jaar: {days}"),
    "year.ghost": ("Last year’s day", "Dag van vorig jaar"),
    "year.proposed": ("the plan’s day", "dag van het plan"),
    "year.today": ("Today", "Vandaag"),
    "year.window": ("Window", "Venster"),
    "year.window.assumed": ("Window, assumed", "Venster, aangenomen"),
    "year.closed.forbids": ("Closed", "Gesloten"),
    "year.closed.costs": ("Recess, summit: rather not", "Reces, top: liever niet"),
    "year.whole": ("any month", "elke maand"),
}
