"""The words of the command line that no room owns: heads, labels, and the names of values, in English and Dutch."""

from collections.abc import Mapping

from scheduler.words import Words, say

_ENGLISH_AND_DUTCH: Mapping[str, tuple[str, str]] = {
    "owed_on": ("Owed on {day}", "Openstaande verplichtingen op {day}"),
    "assumed": ("assumed", "aangenomen"),
    "assumed_values": ("assumed, stated by no source", "aangenomen, door geen bron vermeld"),
    "legend": ("† assumed: stated by no source", "† aangenomen: door geen bron vermeld"),
    "colour.red": ("RED", "ROOD"),
    "colour.amber": ("AMBER", "ORANJE"),
    "colour.green": ("green", "groen"),
    "colour.none": ("–", "–"),
    "head.day": ("DAY", "DAG"),
    "may_merge": (
        "One meeting may serve two duties, if both sides say so with `dialogues links propose`:",
        "Eén bijeenkomst kan twee verplichtingen vervullen, als beide zijden dat willen (`dialogues links propose`):",
    ),
    "no_merges": (
        "No two of these rounds could be one meeting in this plan.",
        "Geen twee van deze rondes kunnen in dit plan één bijeenkomst zijn.",
    ),
    "ask_merges": (
        "What one meeting for two duties would save: `dialogues plan show {plan} --merges`",
        "Wat één bijeenkomst voor twee verplichtingen zou besparen: `dialogues plan show {plan} --merges`",
    ),
    "head.side": ("SIDE", "ZIJDE"),
    "head.from": ("FROM", "VAN"),
    "head.until": ("UNTIL", "TOT EN MET"),
    "head.effect": ("EFFECT", "GEVOLG"),
    "head.kind": ("KIND", "SOORT"),
    "head.for": ("ONLY FOR", "ALLEEN VOOR"),
    "head.seen_by": ("SEEN BY", "ZICHTBAAR VOOR"),
    "head.source": ("SOURCE", "BRON"),
    "head.rule": ("RULE", "REGEL"),
    "head.scope": ("SPEAKS OF", "GAAT OVER"),
    "head.force": ("FORCE", "KRACHT"),
    "head.words": ("WORDS", "BEWOORDING"),
    "effect.forbids": ("forbids", "sluit uit"),
    "effect.costs": ("costs", "kost"),
    "seen.joint": ("both sides", "beide zijden"),
    "seen.own": ("own side", "eigen zijde"),
    "force.hard": ("hard", "hard"),
    "force.limit": ("limit", "grens"),
    "force.priced": ("priced", "geprijsd"),
    "scope.round": ("a round", "een ronde"),
    "scope.pair": ("rounds of one series, or two", "rondes van één reeks, of twee"),
    "scope.post": ("a post", "een functie"),
    "scope.office": ("an office", "een organisatie"),
    "scope.year": ("a year", "een jaar"),
    "scope.plan": ("the plan", "het plan"),
    "head.time": ("TIME", "TIJD"),
    "head.round": ("ROUND", "RONDE"),
    "head.state": ("STATE", "STAND"),
    "head.host": ("HOST", "GASTLAND"),
    "head.title": ("TITLE", "TITEL"),
    "head.uid": ("UID", "UID"),
    "head.asked": ("ASKED (UTC)", "GEVRAAGD (UTC)"),
    "head.plan": ("PLAN", "PLAN"),
    "head.progress": ("PROGRESS", "VOORTGANG"),
    "head.request": ("REQUEST", "AANVRAAG"),
    "head.span": ("SPAN", "PERIODE"),
    "searching": (
        "Searching · {seconds} s · Ctrl-C keeps the best plan",
        "Zoeken · {seconds} s · Ctrl-C bewaart het beste plan",
    ),
    "searched": (
        "Price {price} · not below {bound} · gap {gap} · {seconds} s · Ctrl-C keeps the best plan",
        "Prijs {price} · niet onder {bound} · verschil {gap} · {seconds} s · Ctrl-C bewaart het beste plan",
    ),
    "search_stopped": (
        "Stopped: this is the best plan found until then; nothing proves it the cheapest.",
        "Gestopt: dit is het beste plan dat tot dan gevonden is; niet bewezen is dat het het goedkoopste is.",
    ),
    "search_goes_on": (
        "This is the first valid plan. The worker searches for the cheapest: request {request}.",
        "Dit is het eerste geldige plan. Het werkproces zoekt het goedkoopste: aanvraag {request}.",
    ),
    "all_day": ("all day", "hele dag"),
    "no_date": ("no date", "geen datum"),
    "joint": ("both sides", "beide zijden"),
    "only": ("{side} only", "alleen {side}"),
    "host": ("Host", "Gastland"),
    "limit_broken": ("limit broken", "grens overschreden"),
    "ask_why": (
        "Why, and what would help: `dialogues explain plan {plan}`",
        "Waarom, en wat zou helpen: `dialogues explain plan {plan}`",
    ),
    "limits_lost": (
        "Limits that no plan made today can keep:",
        "Grenzen die geen plan van vandaag nog haalt:",
    ),
    "price": (
        "Price {price} ({proof}); {solver} {version}, seed {seed}.",
        "Prijs {price} ({proof}); {solver} {version}, seed {seed}.",
    ),
    "proved": ("proved cheapest", "bewezen de laagste"),
    "unproved": ("at most {gap} above the cheapest", "hooguit {gap} boven de laagste"),
    "closed": ("Note: {day} is closed ({party}): {why}", "Let op: {day} is gesloten ({party}): {why}"),
    "no_skips": (
        "No round was ever proposed to be skipped.",
        "Er is nooit voorgesteld een ronde over te slaan.",
    ),
    "skip": ("{obligation}, the round due {due}", "{obligation}, de ronde van {due}"),
    "no_links": ("No duties were ever linked.", "Er zijn nooit verplichtingen gekoppeld."),
    "link": (
        "{year}  rounds of {obligation} discharge {other} too: {state}",
        "{year}  rondes van {obligation} voldoen ook aan {other}: {state}",
    ),
    "link.in_force": ("in force", "van kracht"),
    "link.proposed": ("proposed", "voorgesteld"),
    "link.ended": ("ended", "beëindigd"),
    "turn.nobody": ("not settled", "niet bepaald"),
    "ledger": ("Rounds handed over:", "Overgedragen rondes:"),
    "ledger.empty": ("none", "geen"),
    "ledger.line": ("{year}: {host} in place of {turn}", "{year}: {host} in plaats van {turn}"),
    "ledger.next": ("Next host: {host}", "Volgende gastheer: {host}"),
    "ledger.asked": (
        "Who hosts next is not answered yet.",
        "Wie daarna gastheer is, is nog niet beantwoord.",
    ),
    "question.answered": ("{side} has answered: {host}", "{side} heeft geantwoord: {host}"),
    "questions": ("Questions that wait for an answer:", "Vragen die op antwoord wachten:"),
    # what a value of an obligation or a round is called
    "cadence": ("cadence", "frequentie"),
    "consents": ("consents", "instemming"),
    "duration": ("length", "duur"),
    "duties": ("discharges", "vervult"),
    "first_day": ("first day", "eerste dag"),
    "last_day": ("last day", "laatste dag"),
    "layer": ("known to", "bekend bij"),
    "leads": ("lead offices", "eerstverantwoordelijken"),
    "level": ("level", "niveau"),
    "number": ("round number", "nummer van de ronde"),
    "place": ("place", "plaats"),
    "posts": ("posts", "functies"),
    "start_time": ("start time", "aanvangstijd"),
    "state": ("state", "stand"),
    "times": ("time", "tijd"),
    "title": ("title", "titel"),
    "uid": ("UID", "UID"),
    "value.host": ("host", "gastland"),
    "window": ("window", "periode"),
}

TEXTS: Mapping[str, Words] = {
    key: {"en": english, "nl": dutch} for key, (english, dutch) in _ENGLISH_AND_DUTCH.items()
}


def text(key: str, language: str, **values: object) -> str:
    """Return a text in ``language`` with its braces filled."""
    return say(TEXTS[key], language).format(**values)


def called(field: str, language: str) -> str:
    """Return what a value is called; one without a name of its own is called as files call it."""
    return text("value.host" if field == "host" else field, language) if field in TEXTS else field
