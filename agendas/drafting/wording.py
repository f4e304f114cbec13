"""Every fixed phrase that drafting decides on, in English and Dutch: titles of items, and reasons.

Knows nothing of what is decided: it is handed values and says them. The labels of papers stand in ``papers.wording``.
"""

from collections.abc import Mapping

from scheduler.words import Words

TITLES: Mapping[str, Words] = {
    "opening": {"en": "Opening", "nl": "Opening"},
    "adoption": {"en": "Adoption of the agenda", "nl": "Vaststelling van de agenda"},
    "opening+adoption": {
        "en": "Opening, and adoption of the agenda",
        "nl": "Opening en vaststelling van de agenda",
    },
    "opening+adoption+actions": {
        "en": "Opening, and actions since the last round",
        "nl": "Opening en actielijst van de vorige ronde",
    },
    "first_opening+adoption+actions": {
        "en": "Opening, and where the commitments stand",
        "nl": "Opening en stand van de afspraken",
    },
    "actions": {"en": "Actions since the last round", "nl": "Actielijst van de vorige ronde"},
    "first_actions": {"en": "Where the commitments stand", "nl": "Stand van de afspraken"},
    "discussion": {"en": "Exchange of views", "nl": "Gedachtewisseling"},
    "session": {
        "en": "Session {number}, subject to be agreed",
        "nl": "Sessie {number}, onderwerp nog af te spreken",
    },
    "break": {"en": "Break", "nl": "Pauze"},
    "lunch": {"en": "Lunch", "nl": "Lunch"},
    "working_lunch": {"en": "Working lunch", "nl": "Werklunch"},
    "other_business": {"en": "Any other business", "nl": "Rondvraag en w.v.t.t.k."},
    "next_round": {"en": "Next date and host", "nl": "Volgende datum en gastland"},
    "readout": {"en": "Joint readout", "nl": "Gezamenlijke terugkoppeling"},
    "next_round+readout": {
        "en": "Next date and host, joint readout",
        "nl": "Volgende datum en gastland, gezamenlijke terugkoppeling",
    },
    "other_business+next_round+readout": {
        "en": "Any other business, next date and host, joint readout",
        "nl": "Rondvraag, volgende datum en gastland, gezamenlijke terugkoppeling",
    },
    "welcome": {"en": "Welcome and introductions", "nl": "Welkom en kennismaking"},
    "day_opening": {"en": "Looking back, and the day ahead", "nl": "Terugblik en programma van de dag"},
    "conclusions": {"en": "Conclusions of the sessions", "nl": "Conclusies van de sessies"},
    "conclusions+next_round": {
        "en": "Conclusions, next date and host",
        "nl": "Conclusies, volgende datum en gastland",
    },
    "evaluation": {"en": "Evaluation and close", "nl": "Evaluatie en afsluiting"},
    "report": {"en": "Report: {title}", "nl": "Verslag: {title}"},
    "rest": {"en": "{title}: other commitments", "nl": "{title}: overige afspraken"},
    "continued": {"en": "{title} (continued)", "nl": "{title} (vervolg)"},
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

RESULTS: Mapping[str, Words] = {
    "decided": {"en": "Last round: decided.", "nl": "Vorige ronde: besloten."},
    "steer": {"en": "Last round: steer given.", "nl": "Vorige ronde: richting gegeven."},
    "noted": {"en": "Last round: noted.", "nl": "Vorige ronde: ter kennis genomen."},
    "not_reached": {"en": "Last round: not reached.", "nl": "Vorige ronde: niet aan toegekomen."},
}

PAPERS: Mapping[str, Words] = {
    "decide": {"en": "Decision paper: {title}", "nl": "Beslisnota: {title}"},
    "steer": {"en": "Discussion paper: {title}", "nl": "Discussienota: {title}"},
    "report": {"en": "Written report: {title}", "nl": "Schriftelijk verslag: {title}"},
    "written": {"en": "Written update: {title}", "nl": "Schriftelijke stand van zaken: {title}"},
}

REASONS: Mapping[str, Words] = {
    "standing": {"en": "Stands on every agenda of this kind", "nl": "Staat op elke agenda van deze soort"},
    "theme_alone": {"en": "Theme of this meeting", "nl": "Thema van deze bijeenkomst"},
    "topic_alone": {
        "en": "Topic that the obligation names",
        "nl": "Onderwerp dat de verplichting noemt",
    },
    "theme": {
        "en": "Theme of this meeting; commitments to treat: {count}",
        "nl": "Thema van deze bijeenkomst; te behandelen afspraken: {count}",
    },
    "topic": {
        "en": "Topic that the obligation names; commitments to treat: {count}",
        "nl": "Onderwerp dat de verplichting noemt; te behandelen afspraken: {count}",
    },
    "about": {"en": "What this meeting is about", "nl": "Waar deze bijeenkomst over gaat"},
    "report": {"en": "Reports to this meeting", "nl": "Brengt verslag uit aan deze bijeenkomst"},
    "nothing_open": {"en": "No commitment under it is open", "nl": "Er staat geen afspraak onder open"},
    "spare": {"en": "No subject is on record for this time", "nl": "Voor deze tijd is geen onderwerp bekend"},
    "lunch": {"en": "The day goes on over midday", "nl": "De dag loopt over het middaguur"},
    "break": {
        "en": "No sitting lasts longer than {minutes} minutes",
        "nl": "Geen zitting duurt langer dan {minutes} minuten",
    },
    "left_over": {
        "en": "Left over from the round of {previous}",
        "nl": "Over van de ronde van {previous}",
    },
    "weight": {"en": "Weight", "nl": "Gewicht"},
    "waited": {"en": "left over from the last round", "nl": "over van de vorige ronde"},
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

STILL_TO_COME: Words = {
    "en": "draft for one that is still to come",
    "nl": "stel op voor een ronde die nog komt",
}
"""The remedy where somebody drafts for a round that is over."""
