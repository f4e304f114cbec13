"""Every fixed phrase of the yearly report, in English and Dutch."""

from collections.abc import Mapping

from scheduler.words import Words

KEPT: Mapping[str, Words] = {
    "held": {"en": "Held", "nl": "Gehouden"},
    "dated": {"en": "Dated", "nl": "Datum afgesproken"},
    "undated": {"en": "No date yet", "nl": "Nog geen datum"},
    "no_interval": {"en": "No interval in the text", "nl": "Geen termijn in de tekst"},
    "not_in_force": {"en": "Not in force in this year", "nl": "Dit jaar niet van kracht"},
}
KEPT_WHY: Mapping[str, Words] = {
    "held": {"en": "A round took place in this year.", "nl": "In dit jaar is een ronde gehouden."},
    "dated": {
        "en": "No round in this year; both sides have agreed a day to come.",
        "nl": "Dit jaar geen ronde; beide zijden hebben een komende dag afgesproken.",
    },
    "undated": {
        "en": "No round in this year, and no day that both sides have agreed.",
        "nl": "Dit jaar geen ronde, en geen dag die beide zijden hebben afgesproken.",
    },
    "no_interval": {
        "en": "No round in this year; the text does not say how often, and nobody has set an interval.",
        "nl": "Dit jaar geen ronde; de tekst zegt niet hoe vaak, en niemand heeft een termijn vastgelegd.",
    },
    "not_in_force": {"en": "Nothing was owed.", "nl": "Er was niets verschuldigd."},
}

STANDS: Mapping[str, Words] = {
    "delivered": {"en": "Delivered", "nl": "Nagekomen"},
    "on_track": {"en": "On track", "nl": "Op schema"},
    "slipped": {"en": "Slipped", "nl": "Achter op schema"},
    "no_news": {"en": "No news", "nl": "Geen nieuws"},
    "closed": {"en": "Closed otherwise", "nl": "Anderszins afgesloten"},
}
STANDS_WHY: Words = {
    "en": "Delivered: recorded with evidence in this year. Slipped: its day has passed, or it is blocked. On track: "
    "progress was reported in this year. No news: nothing was reported; that says nothing about the work itself.",
    "nl": "Nagekomen: dit jaar met bewijs vastgelegd. Achter op schema: de uiterste datum is voorbij, of de afspraak "
    "is geblokkeerd. Op schema: dit jaar is voortgang gemeld. Geen nieuws: er is niets gemeld; dat zegt niets over het "
    "werk zelf.",
}

CLOSED: Mapping[str, Words] = {
    "delivered": {"en": "Recorded as delivered", "nl": "Vastgelegd als nagekomen"},
    "merged": {"en": "Merged into another commitment", "nl": "Opgegaan in een andere afspraak"},
    "dropped": {"en": "Dropped by both sides", "nl": "Door beide zijden losgelaten"},
}
OVERDUE: Words = {"en": "Due on {due}, not delivered", "nl": "Uiterste datum {due}, niet nagekomen"}
BLOCKED: Words = {"en": "Blocked", "nl": "Geblokkeerd"}
REPORTED: Words = {"en": "Progress reported in this year", "nl": "Dit jaar voortgang gemeld"}
PARTLY: Words = {
    "en": "Progress reported in this year; of a part there is no news",
    "nl": "Dit jaar voortgang gemeld; over een deel geen nieuws",
}
SILENT: Words = {"en": "Nothing on record", "nl": "Niets bekend"}
SILENT_SINCE: Words = {"en": "Nothing since {day}", "nl": "Niets sinds {day}"}

KEPT_UNTIL: Words = {"en": "can be kept until {day}", "nl": "kan worden nagekomen tot en met {day}"}

DAYS: Mapping[bool, Words] = {
    True: {"en": "1 day", "nl": "1 dag"},
    False: {"en": "{count} days", "nl": "{count} dagen"},
}
"""By whether it is one."""

GAP_BETWEEN: Words = {
    "en": "{days} after the round of {before}",
    "nl": "{days} na de ronde van {before}",
}
GAP_SINCE: Words = {
    "en": "{days} since the round of {before}",
    "nl": "{days} sinds de ronde van {before}",
}
NO_EARLIER_ROUND: Words = {"en": "No earlier round on record", "nl": "Geen eerdere ronde bekend"}
NO_ROUND: Words = {"en": "No round on record", "nl": "Geen ronde bekend"}

AHEAD: Mapping[str, Words] = {
    "agreed": {"en": "agreed by both sides", "nl": "door beide zijden afgesproken"},
    "offered": {"en": "on offer", "nl": "ligt voor"},
    "due": {"en": "due; no date agreed", "nl": "uiterste datum; nog geen datum afgesproken"},
    "overdue": {
        "en": "overdue; no date agreed",
        "nl": "uiterste datum verstreken; nog geen datum afgesproken",
    },
    "commitment": {"en": "commitment due", "nl": "uiterste datum van een afspraak"},
}

ASKED: Mapping[str, Words] = {
    "slipped": {
        "en": "Decide on what has slipped: a new day, help, or an end.",
        "nl": "Beslis over wat achterloopt op schema: een nieuwe datum, hulp, of stoppen.",
    },
    "undated": {
        "en": "Have a date agreed for what is due within twelve months and has none.",
        "nl": "Laat een datum afspreken voor wat binnen twaalf maanden moet plaatsvinden en nog geen datum heeft.",
    },
    "no_news": {
        "en": "Ask the owners to report on the actions of which nothing was heard.",
        "nl": "Vraag de verantwoordelijken te rapporteren over de acties waarvan niets is vernomen.",
    },
    "no_interval": {
        "en": "Say how often these are to be held, or that no interval is wanted.",
        "nl": "Bepaal hoe vaak deze moeten plaatsvinden, of dat geen termijn gewenst is.",
    },
}

LABELS: Mapping[str, Words] = {
    "kind": {"en": "Report to the ministers", "nl": "Rapportage aan de ministers"},
    "title": {"en": "A year of cooperation, {years}", "nl": "Een jaar samenwerking, {years}"},
    "period": {"en": "{first} – {last}", "nl": "{first} – {last}"},
    "footer": {"en": "{title} · as things stood on {day}", "nl": "{title} · stand van {day}"},
    "glance": {"en": "At a glance", "nl": "In één oogopslag"},
    "asked": {"en": "Decisions asked of the ministers", "nl": "Gevraagde besluiten van de ministers"},
    "nothing_asked": {"en": "None.", "nl": "Geen."},
    "obligations": {"en": "What was owed, and what was held", "nl": "Verplichtingen en gehouden rondes"},
    "obligations_count": {"en": "Obligations", "nl": "Verplichtingen"},
    "in_all": {"en": "{total} in all: ", "nl": "{total} in totaal: "},
    "commitments": {"en": "Commitments by theme", "nl": "Afspraken per thema"},
    "commitments_count": {"en": "Commitments", "nl": "Afspraken"},
    "initiatives": {"en": "New in this year", "nl": "Nieuw in dit jaar"},
    "initiatives_count": {"en": "New commitments", "nl": "Nieuwe afspraken"},
    "skips": {"en": "Rounds left out by agreement", "nl": "In overleg overgeslagen rondes"},
    "no_skips": {"en": "None.", "nl": "Geen."},
    "ahead": {"en": "The next twelve months", "nl": "De komende twaalf maanden"},
    "nothing_ahead": {
        "en": "Nothing is dated or due.",
        "nl": "Er is niets gepland en er verloopt geen uiterste datum.",
    },
    "basis": {"en": "What this report rests on", "nl": "Waar deze rapportage op berust"},
    "basis_text": {
        "en": "It says what both sides have on record until {day}, and nothing that one side keeps for itself. Every "
        "claim names its source.",
        "nl": "De rapportage zegt wat beide zijden tot en met {day} hebben vastgelegd, en niets dat één zijde voor "
        "zich houdt. Bij elke bewering staat de bron.",
    },
    "owed_by": {"en": "The report itself is promised in", "nl": "De rapportage zelf is toegezegd in"},
    "not_binding": {
        "en": "This report is not legally binding, and neither is the document that it rests on: {source}.",
        "nl": "Deze rapportage is niet juridisch bindend, en evenmin het document waarop zij berust: {source}.",
    },
    "not_binding_alone": {
        "en": "This report is not legally binding.",
        "nl": "Deze rapportage is niet juridisch bindend.",
    },
    "obligation": {"en": "Obligation", "nl": "Verplichting"},
    "reference": {"en": "Reference", "nl": "Kenmerk"},
    "how": {"en": "Rounds and gap", "nl": "Rondes en tussentijd"},
    "commitment": {"en": "Commitment, and what was said", "nl": "Afspraak, en wat erover is gemeld"},
    "stands": {"en": "Stands", "nl": "Stand"},
    "reason": {"en": "Reason", "nl": "Reden"},
    "what": {"en": "What", "nl": "Wat"},
    "day": {"en": "Day", "nl": "Dag"},
    "held_on": {"en": "held on {day}", "nl": "gehouden op {day}"},
    "agreed_for": {"en": "agreed for {day}", "nl": "afgesproken voor {day}"},
    "due_by": {"en": "due by {day}", "nl": "uiterlijk {day}"},
    "left_out": {"en": "the round due {due}, agreed {on}", "nl": "de ronde van {due}, afgesproken {on}"},
    "source": {"en": "Source", "nl": "Bron"},
    "no_source": {"en": "no source given", "nl": "geen bron vermeld"},
    "silence": {"en": "No news", "nl": "Geen nieuws"},
    "since": {"en": "promised on {day}", "nl": "toegezegd op {day}"},
    "record_of": {
        "en": "Record of the round of {day}: {title}",
        "nl": "Verslag van de ronde van {day}: {title}",
    },
    "round_of": {"en": "Calendar, round of {day}", "nl": "Kalender, ronde van {day}"},
}
