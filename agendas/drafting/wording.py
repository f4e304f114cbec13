"""Every fixed phrase of an agenda, in English and Dutch.

Owns the translation of titles, labels and reasons. Knows nothing of what is decided: it is handed values and
says them.
"""

from collections.abc import Mapping
from datetime import date

from agendas.rendering.dates import day_in_words
from scheduler.words import LANGUAGES, Words, say

Value = Words | date | str | int

TITLES: Mapping[str, Words] = {
    "opening": {"en": "Opening", "nl": "Opening"},
    "adoption": {"en": "Adoption of the agenda", "nl": "Vaststelling van de agenda"},
    "actions": {"en": "Actions since the last round", "nl": "Actielijst van de vorige ronde"},
    "first_actions": {"en": "Where the commitments stand", "nl": "Stand van de afspraken"},
    "discussion": {"en": "Exchange of views", "nl": "Gedachtewisseling"},
    "session": {"en": "Session, subject to be agreed", "nl": "Sessie, onderwerp nog af te spreken"},
    "break": {"en": "Break", "nl": "Pauze"},
    "lunch": {"en": "Working lunch", "nl": "Werklunch"},
    "other_business": {"en": "Any other business", "nl": "Rondvraag en w.v.t.t.k."},
    "next_round": {"en": "Next date and host", "nl": "Volgende datum en gastland"},
    "readout": {"en": "Joint readout", "nl": "Gezamenlijke terugkoppeling"},
    "welcome": {"en": "Welcome and introductions", "nl": "Welkom en kennismaking"},
    "day_opening": {"en": "Looking back, and the day ahead", "nl": "Terugblik en programma van de dag"},
    "conclusions": {"en": "Conclusions of the sessions", "nl": "Conclusies van de sessies"},
    "evaluation": {"en": "Evaluation and close", "nl": "Evaluatie en afsluiting"},
    "report": {"en": "Report: {title}", "nl": "Verslag: {title}"},
    "continued": {"en": "{title} (continued)", "nl": "{title} (vervolg)"},
}

WANTED: Mapping[str, Words] = {
    "decide": {"en": "Decide", "nl": "Besluiten"},
    "steer": {"en": "Steer", "nl": "Richting geven"},
    "note": {"en": "Note", "nl": "Kennisnemen"},
}

LEVELS: Mapping[str, Words] = {
    "ministerial": {"en": "Ministers", "nl": "Bewindspersonen"},
    "senior_official": {"en": "Senior officials", "nl": "Hoogambtelijk"},
    "expert": {"en": "Experts", "nl": "Deskundigen"},
    "mixed": {"en": "Mixed", "nl": "Gemengd"},
}

CADENCES: Mapping[str, Words] = {
    "annual": {"en": "annual", "nl": "jaarlijks"},
    "at_least_annual": {"en": "at least annually", "nl": "ten minste eenmaal per jaar"},
    "n_per_year": {"en": "several times a year", "nl": "meermaals per jaar"},
    "every_n_years": {"en": "every few years", "nl": "eens in de zoveel jaar"},
    "regular": {"en": "regular", "nl": "regelmatig"},
    "continuing": {"en": "continuing", "nl": "doorlopend"},
    "whenever_appropriate": {"en": "whenever appropriate", "nl": "wanneer passend"},
    "contact": {"en": "contact, without meetings", "nl": "contact, zonder bijeenkomsten"},
    "after_event": {"en": "after an event", "nl": "na een gebeurtenis"},
    "once_a_term": {"en": "once a term", "nl": "eens per zittingsperiode"},
}

SOURCES: Mapping[str, Words] = {
    "joint_statement": {"en": "Joint Statement", "nl": "Gezamenlijke verklaring"},
    "press_release": {"en": "Press release", "nl": "Persbericht"},
    "policy_letter": {"en": "Policy letter", "nl": "Beleidsbrief"},
    "letter_to_parliament": {"en": "Letter to parliament", "nl": "Kamerbrief"},
    "web_page": {"en": "Web page", "nl": "Webpagina"},
    "public_page": {"en": "Public page", "nl": "Openbare pagina"},
}

LEGAL_STATUSES: Mapping[str, Words] = {
    "not legally binding": {"en": "not legally binding", "nl": "niet juridisch bindend"},
}
"""Those that sources state, by their English words; another one is printed as it stands."""

KINDS: Mapping[str, Words] = {
    "action": {"en": "action", "nl": "actie"},
    "continuing_cooperation": {"en": "continuing cooperation", "nl": "doorlopende samenwerking"},
    "political_position": {"en": "political position", "nl": "politiek standpunt"},
}

STRENGTHS: Mapping[str, Words] = {
    "will": {"en": "will", "nl": "zullen"},
    "commit_to": {"en": "commit to", "nl": "verbinden zich"},
    "continue_to": {"en": "continue to", "nl": "blijven"},
    "aim": {"en": "aim", "nl": "streven naar"},
    "explore": {"en": "explore", "nl": "verkennen"},
    "reaffirm": {"en": "reaffirm", "nl": "bevestigen"},
    "welcome": {"en": "welcome", "nl": "verwelkomen"},
}

STATUSES: Mapping[str, Words] = {
    "open": {"en": "open", "nl": "open"},
    "in_progress": {"en": "in progress", "nl": "in uitvoering"},
    "blocked": {"en": "blocked", "nl": "geblokkeerd"},
}

URGENCIES: Mapping[str, Words] = {
    "overdue": {"en": "Overdue since {due}", "nl": "Achterstallig sinds {due}"},
    "due_soon": {
        "en": "Due {due}, before the next round",
        "nl": "Uiterste datum {due}, vóór de volgende ronde",
    },
    "blocked": {"en": "Blocked", "nl": "Geblokkeerd"},
    "partly_silent": {"en": "Part of it without news", "nl": "Deels zonder nieuws"},
    "no_news": {"en": "No news since {previous}", "nl": "Geen nieuws sinds {previous}"},
    "no_news_ever": {"en": "No news on record", "nl": "Geen nieuws bekend"},
    "news": {"en": "Progress reported", "nl": "Voortgang gemeld"},
}

LEFT_OUT: Mapping[str, Words] = {
    "level": {"en": "Not for this level", "nl": "Niet voor dit niveau"},
    "position": {"en": "Political position without news", "nl": "Politiek standpunt zonder nieuws"},
    "covered": {"en": "Covered by another item", "nl": "Gedekt door een ander punt"},
    "deferred": {"en": "Deferred by both sides", "nl": "Door beide zijden uitgesteld"},
    "level_report": {
        "en": "Not for this level: {title} treats it",
        "nl": "Niet voor dit niveau: {title} behandelt dit",
    },
    "level_expert": {
        "en": "Not for this level: experts take no political positions",
        "nl": "Niet voor dit niveau: deskundigen nemen geen politieke standpunten in",
    },
    "level_training": {
        "en": "Not for this level: a training negotiates no commitments",
        "nl": "Niet voor dit niveau: een training onderhandelt niet over afspraken",
    },
    "position_since": {
        "en": "Political position without news since {previous}",
        "nl": "Politiek standpunt zonder nieuws sinds {previous}",
    },
    "covered_by": {
        "en": "Covered by {key}, on the same matter",
        "nl": "Gedekt door {key}, over dezelfde zaak",
    },
}

REASONS: Mapping[str, Words] = {
    "standing": {"en": "Stands on every agenda of this kind", "nl": "Staat op elke agenda van deze soort"},
    "theme": {
        "en": "Theme of this dialogue; open commitments: {count}",
        "nl": "Thema van deze dialoog; open afspraken: {count}",
    },
    "topic": {
        "en": "Topic that the obligation names; open commitments: {count}",
        "nl": "Onderwerp dat de verplichting noemt; open afspraken: {count}",
    },
    "report": {
        "en": "This dialogue supports the present one",
        "nl": "Verslag van een dialoog die deze bijeenkomst ondersteunt",
    },
    "spare": {"en": "No subject is on record for this time", "nl": "Voor deze tijd is geen onderwerp bekend"},
    "pause": {
        "en": "No sitting lasts longer than {minutes} minutes",
        "nl": "Geen zitting duurt langer dan {minutes} minuten",
    },
    "no_room": {"en": "No room within {minutes} minutes", "nl": "Geen ruimte binnen {minutes} minuten"},
    "host_leads": {"en": "Leading as host: {party}", "nl": "Leidt als gastland: {party}"},
    "guest_leads": {
        "en": "Leading, as the host opened: {party}",
        "nl": "Leidt, omdat het gastland opende: {party}",
    },
    "next_host_leads": {"en": "Leading as next host: {party}", "nl": "Leidt als volgend gastland: {party}"},
    "owner_leads": {
        "en": "Opening as the only owner: {party}",
        "nl": "Opent als enige verantwoordelijke: {party}",
    },
    "same_leads": {
        "en": "Opening, as before the pause: {party}",
        "nl": "Opent, net als vóór de pauze: {party}",
    },
    "turn_leads": {"en": "Opening by turn: {party}", "nl": "Aan de beurt om te openen: {party}"},
}

LABELS: Mapping[str, Words] = {
    "kicker": {"en": "Draft agenda", "nl": "Conceptagenda"},
    "round": {"en": "Round {number}", "nl": "Ronde {number}"},
    "that_round": {"en": "round {number}", "nl": "ronde {number}"},
    "footer": {"en": "{title} · as things stood on {today}", "nl": "{title} · stand van {today}"},
    "page": {"en": "Page", "nl": "Pagina"},
    "of": {"en": "of", "nl": "van"},
    "meeting": {"en": "The meeting", "nl": "De bijeenkomst"},
    "date": {"en": "Date", "nl": "Datum"},
    "undated": {"en": "To be agreed", "nl": "Nog af te spreken"},
    "time": {"en": "Time", "nl": "Tijd"},
    "local_time": {"en": "local time of the host", "nl": "plaatselijke tijd van het gastland"},
    "a_day": {"en": "{length} a day, {days} days", "nl": "{length} per dag, {days} dagen"},
    "place": {"en": "Place", "nl": "Plaats"},
    "host": {"en": "Host", "nl": "Gastland"},
    "level": {"en": "Level", "nl": "Niveau"},
    "obligation": {"en": "Obligation", "nl": "Verplichting"},
    "previous": {"en": "Last round", "nl": "Vorige ronde"},
    "no_previous": {"en": "None on record", "nl": "Geen bekend"},
    "next": {"en": "Next round", "nl": "Volgende ronde"},
    "due_by": {"en": "due by {due}", "nl": "uiterlijk {due}"},
    "hosted_by": {"en": "host: {party}", "nl": "gastland: {party}"},
    "commitments": {"en": "Open commitments", "nl": "Open afspraken"},
    "counts": {
        "en": "{total} in all: {treated} on the agenda, {written} in writing, {left} left out",
        "nl": "{total} in totaal: {treated} op de agenda, {written} schriftelijk, {left} weggelaten",
    },
    "overdue_count": {"en": "{count} overdue", "nl": "{count} achterstallig"},
    "running_order": {"en": "Running order", "nl": "Verloop"},
    "day": {"en": "Day {number}", "nl": "Dag {number}"},
    "number": {"en": "No.", "nl": "Nr."},
    "item": {"en": "Item", "nl": "Agendapunt"},
    "lead": {"en": "Opens · replies", "nl": "Opent · reageert"},
    "leads": {"en": "Leads", "nl": "Eerstverantwoordelijk"},
    "opens": {"en": "Opens", "nl": "Opent"},
    "replies": {"en": "replies", "nl": "reageert"},
    "wanted": {"en": "Wanted", "nl": "Gevraagd"},
    "minutes": {"en": "Min.", "nl": "Min."},
    "annotations": {"en": "Annotations", "nl": "Toelichting per punt"},
    "reference": {"en": "Reference", "nl": "Kenmerk"},
    "commitment": {"en": "Commitment", "nl": "Afspraak"},
    "said": {"en": "What was said last", "nl": "Laatste stand"},
    "nothing_open": {"en": "No open commitment, and no news.", "nl": "Geen open afspraak en geen nieuws."},
    "held_on": {"en": "Last held on {held}", "nl": "Laatst gehouden op {held}"},
    "never_held": {"en": "No round on record", "nl": "Geen ronde bekend"},
    "no_news": {"en": "No news", "nl": "Geen nieuws"},
    "no_news_since": {"en": "No news since {previous}", "nl": "Geen nieuws sinds {previous}"},
    "older": {"en": "before the last round", "nl": "van vóór de vorige ronde"},
    "due": {"en": "Due {due}", "nl": "Uiterste datum {due}"},
    "owners": {"en": "Owners", "nl": "Verantwoordelijk"},
    "unchanged": {"en": "unchanged since the last agenda", "nl": "ongewijzigd sinds de vorige agenda"},
    "written": {"en": "Annex A. Written procedure", "nl": "Bijlage A. Schriftelijke afdoening"},
    "written_why": {
        "en": "Open, but without time in the meeting: the leads exchange positions in writing before it.",
        "nl": "Open, maar zonder tijd in de bijeenkomst: de eerstverantwoordelijken wisselen vooraf schriftelijk "
        "standpunten uit.",
    },
    "left_out": {"en": "Annex B. Left out, because …", "nl": "Bijlage B. Weggelaten, omdat …"},
    "left_out_why": {
        "en": "Open commitments under the themes of this meeting that it does not treat. They stay open.",
        "nl": "Open afspraken onder de thema’s van deze bijeenkomst die zij niet behandelt. Ze blijven open.",
    },
    "without_item": {
        "en": "Themes of this meeting without an item: {themes}",
        "nl": "Thema’s van deze bijeenkomst zonder agendapunt: {themes}",
    },
    "reason": {"en": "Reason", "nl": "Reden"},
    "sources": {"en": "Sources", "nl": "Bronnen"},
    "assumptions": {"en": "Assumed", "nl": "Aangenomen"},
    "legend": {
        "en": "† Assumed: no source states this. Whoever knows better can set it.",
        "nl": "† Aangenomen: geen bron vermeldt dit. Wie het beter weet, kan het vastleggen.",
    },
    "set_by": {"en": "set by {who}", "nl": "vastgelegd door {who}"},
    "paragraph": {"en": "paragraph {number}", "nl": "alinea {number}"},
}


def phrase(template: Words, **values: Value) -> Words:
    """Return the template in every language, with the values said in that language."""
    return {language: in_language(template, language, **values) for language in LANGUAGES}


def in_language(template: Words, language: str, **values: Value) -> str:
    """Return the template in one language, with the values said in it."""
    words = say(template, language)
    return (
        words.format(**{name: _said(value, language) for name, value in values.items()}) if values else words
    )


def _said(value: Value, language: str) -> str:
    if isinstance(value, date):
        return day_in_words(value, language)
    if isinstance(value, str | int):
        return str(value)
    return say(value, language)
