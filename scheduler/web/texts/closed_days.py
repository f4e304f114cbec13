"""Days that a side closes for itself."""

from collections.abc import Mapping

CLOSED_DAYS: Mapping[str, tuple[str, str]] = {
    "closed_days": ("Closed days of your side", "Gesloten dagen van uw zijde"),
    "closed_days.link": ("Close days for your side", "Dagen sluiten voor uw zijde"),
    "closed_days.about": (
        "Blackouts, absences and recess. Your side’s next plan keeps clear of them; plans that stand do not change.",
        "Blokkades, afwezigheid en reces. Het volgende plan van uw zijde mijdt ze; bestaande plannen veranderen niet.",
    ),
    "closed_days.ahead": ("From today on", "Vanaf vandaag"),
    "closed_days.none": ("No days are closed.", "Er zijn geen dagen gesloten."),
    "closed_days.holidays": (
        "Weekends and public holidays are closed without saying, and not listed.",
        "Weekeinden en feestdagen zijn vanzelf gesloten en staan niet in de lijst.",
    ),
    "closed_days.seen_by": ("Who sees it", "Wie het ziet"),
    "closed_days.joint": ("both sides", "beide zijden"),
    "closed_days.open": ("Open again", "Weer openen"),
    "closed_days.close": ("Close days", "Dagen sluiten"),
    "closed_days.last": ("Leave the last day out for a single day.", "Laat de laatste dag weg voor één dag."),
    "closed_days.title": ("What the days are", "Wat voor dagen het zijn"),
    "closed_days.kind": ("Kind", "Soort"),
    "closed_days.costs": ("Rather not than never", "Liever niet, in plaats van nooit"),
    "closed_days.jointly": ("Show it to the other side", "Tonen aan de andere zijde"),
    "closed_days.only": ("Only for some", "Alleen voor sommigen"),
    "closed_days.levels": ("Levels", "Niveaus"),
    "closed_days.offices": ("Organisations", "Organisaties"),
    "closed_days.hint": (
        "Unless you show it, the other side cannot tell that the days are closed.",
        "Zolang u het niet toont, weet de andere zijde niet dat de dagen gesloten zijn.",
    ),
    "closed_days.done": ("The days are closed.", "De dagen zijn gesloten."),
    "closed_days.opened": ("The days are open again.", "De dagen zijn weer open."),
    "act.days closed": ("days closed", "dagen gesloten"),
    "act.days opened": ("days opened again", "dagen weer geopend"),
}
