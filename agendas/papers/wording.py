"""Every fixed phrase of a paper, in English and Dutch.

Owns the translation of labels and of the values that are words. Knows nothing of what is decided: it is handed values
and says them.
"""

from collections.abc import Mapping
from datetime import date

from agendas.rendering.dates import day_in_words
from scheduler.words import LANGUAGES, Words, say

Value = Words | date | str | int

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

LANGUAGE_NAMES: Mapping[str, Words] = {
    "en": {"en": "English", "nl": "het Engels"},
    "nl": {"en": "Dutch", "nl": "het Nederlands"},
}

RESULTS: Mapping[str, Words] = {
    "decided": {"en": "Decided", "nl": "Besloten"},
    "steer": {"en": "Steer given", "nl": "Richting gegeven"},
    "noted": {"en": "Noted", "nl": "Ter kennis genomen"},
    "not_reached": {"en": "Not reached", "nl": "Niet behandeld"},
}

PRESENCE: Mapping[str, Words] = {
    "present": {"en": "present", "nl": "aanwezig"},
    "absent": {"en": "absent", "nl": "afwezig"},
    "delegate": {"en": "in the place of {post}", "nl": "in de plaats van {post}"},
}

LABELS: Mapping[str, Words] = {
    "stage_draft": {"en": "Draft agenda", "nl": "Conceptagenda"},
    "stage_offered": {"en": "Agenda as offered", "nl": "Agenda zoals voorgesteld"},
    "stage_agreed": {"en": "Agreed agenda", "nl": "Vastgestelde agenda"},
    "kind_annotated": {
        "en": "Annotated agenda, {side} only",
        "nl": "Agenda met eigen toelichting, alleen {side}",
    },
    "kind_pack": {"en": "Briefing pack, {side} only", "nl": "Dossier, alleen {side}"},
    "kind_record": {"en": "Agreed record", "nl": "Vastgesteld verslag"},
    "kind_record_draft": {"en": "Record, not yet agreed", "nl": "Verslag, nog niet vastgesteld"},
    "kind_note": {"en": "Covering note", "nl": "Aanbiedingsnota"},
    "own": {"en": "{side} only", "nl": "Alleen {side}"},
    "own_layer": {"en": "Not for the other side", "nl": "Niet voor de andere zijde"},
    "own_paper": {
        "en": "{side} only. Not to be shown to the other side.",
        "nl": "Alleen {side}. Niet aan de andere zijde tonen.",
    },
    "objective": {"en": "Objective", "nl": "Doel"},
    "points": {"en": "Points to make", "nl": "Spreekpunten"},
    "if_raised": {"en": "If raised", "nl": "Indien ter sprake"},
    "usable": {"en": "Background, usable", "nl": "Achtergrond, te gebruiken"},
    "not_for_disclosure": {"en": "Background, not for disclosure", "nl": "Achtergrond, niet te delen"},
    "prepared_for": {"en": "Prepared for", "nl": "Opgesteld voor"},
    "agenda_stands": {"en": "Agenda", "nl": "Agenda"},
    "briefs": {"en": "Briefs", "nl": "Inbreng per punt"},
    "no_brief": {"en": "{own}: no brief written", "nl": "{own}: geen inbreng geschreven"},
    "in_writing": {"en": "in writing", "nl": "schriftelijk"},
    "history": {"en": "History", "nl": "Voorgeschiedenis"},
    "delegations": {"en": "Delegations", "nl": "Delegaties"},
    "post": {"en": "Post", "nl": "Functie"},
    "role": {"en": "Role", "nl": "Rol"},
    "head": {"en": "head of delegation", "nl": "delegatieleider"},
    "attendance": {"en": "Attendance", "nl": "Aanwezigheid"},
    "presence": {"en": "Presence", "nl": "Aanwezigheid"},
    "results": {"en": "Results by item", "nl": "Uitkomst per punt"},
    "actions_here": {"en": "Agreed actions", "nl": "Afgesproken acties"},
    "agreed_actions": {"en": "Agreed actions", "nl": "Actielijst"},
    "no_actions": {"en": "No action was agreed.", "nl": "Er zijn geen acties afgesproken."},
    "action": {"en": "Action, owners", "nl": "Actie, verantwoordelijken"},
    "changes": {"en": "Earlier commitments", "nl": "Eerdere afspraken"},
    "agreed_now": {"en": "Agreed now", "nl": "Nu afgesproken"},
    "new_due": {"en": "due {day}", "nl": "uiterlijk {day}"},
    "by_when": {"en": "By", "nl": "Uiterlijk"},
    "no_due": {"en": "no day agreed", "nl": "geen datum afgesproken"},
    "goes_on": {
        "en": "Goes on to the agenda of the next round.",
        "nl": "Gaat door naar de agenda van de volgende ronde.",
    },
    "from": {"en": "From", "nl": "Van"},
    "to": {"en": "To", "nl": "Aan"},
    "enclosures": {"en": "Enclosed", "nl": "Bijlagen"},
    "asked": {"en": "What is asked, and by when", "nl": "Wat wordt gevraagd, en uiterlijk wanneer"},
    "no_day": {"en": "in time", "nl": "tijdig"},
    "dropped": {"en": "Themes not on the agenda", "nl": "Thema’s die niet op de agenda staan"},
    "dropped_why": {
        "en": "Commitments under them are open, and stay open.",
        "nl": "Afspraken onder deze thema’s staan open, en blijven openstaan.",
    },
    "version": {"en": "version {number}", "nl": "versie {number}"},
    "untranslated": {
        "en": "only in {shown_in}",
        "nl": "alleen in {shown_in}",
    },
    "stale": {
        "en": "English text older than the other, still to be checked",
        "nl": "Nederlandse tekst ouder dan de andere, nog na te kijken",
    },
    "expected": {"en": "Papers expected", "nl": "Verwachte stukken"},
    "agreed_by": {"en": "Agreed by", "nl": "Vastgesteld door"},
    "side": {"en": "Side", "nl": "Zijde"},
    "name": {"en": "Name", "nl": "Naam"},
    "agreed_at": {"en": "Agreed at", "nl": "Vastgesteld op"},
    "not_yet_agreed": {"en": "not yet agreed", "nl": "nog niet vastgesteld"},
    "fingerprint": {"en": "SHA-256 of this version", "nl": "SHA-256 van deze versie"},
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
        "en": "{total} in all: {where}",
        "nl": "{total} in totaal: {where}",
    },
    "all_treated": {"en": "{total}, all on the agenda", "nl": "{total}, alle op de agenda"},
    "none_open": {"en": "None under its themes", "nl": "Geen onder de thema’s"},
    "treated_count": {"en": "{count} on the agenda", "nl": "{count} op de agenda"},
    "written_count": {"en": "{count} in writing", "nl": "{count} schriftelijk"},
    "left_count": {"en": "{count} left out", "nl": "{count} weggelaten"},
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
    "nothing_open": {
        "en": "Nothing that is open calls for discussion.",
        "nl": "Wat openstaat, vraagt geen bespreking.",
    },
    "held_on": {"en": "Last held on {held}", "nl": "Laatst gehouden op {held}"},
    "never_held": {"en": "No round on record", "nl": "Geen ronde bekend"},
    "no_news": {"en": "No news", "nl": "Geen nieuws"},
    "no_news_since": {"en": "No news since {previous}", "nl": "Geen nieuws sinds {previous}"},
    "older": {"en": "before the last round", "nl": "van vóór de vorige ronde"},
    "due": {"en": "Due {due}", "nl": "Uiterste datum {due}"},
    "owners": {"en": "Owners", "nl": "Verantwoordelijk"},
    "unchanged": {"en": "unchanged since the last agenda", "nl": "ongewijzigd sinds de vorige agenda"},
    "written": {"en": "Annex {letter}. Written procedure", "nl": "Bijlage {letter}. Schriftelijke afdoening"},
    "written_why": {
        "en": "Open, but without time in the meeting: the leads exchange positions in writing before it.",
        "nl": "Open, maar zonder tijd in de bijeenkomst: de eerstverantwoordelijken wisselen vooraf schriftelijk "
        "standpunten uit.",
    },
    "left_out": {"en": "Annex {letter}. Left out, and why", "nl": "Bijlage {letter}. Weggelaten, en waarom"},
    "left_out_why": {
        "en": "Open commitments under the themes of this meeting that it does not treat. They stay open.",
        "nl": "Open afspraken onder de thema’s van deze bijeenkomst die niet worden behandeld. Ze blijven open.",
    },
    "without_item": {
        "en": "Themes of this meeting without an item: {themes}",
        "nl": "Thema’s van deze bijeenkomst zonder agendapunt: {themes}",
    },
    "reason": {"en": "Reason", "nl": "Reden"},
    "sources": {"en": "Sources", "nl": "Bronnen"},
    "legend": {
        "en": "† No source states this; whoever knows better can set it.",
        "nl": "† Geen bron vermeldt dit; wie het beter weet, kan het vastleggen.",
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
