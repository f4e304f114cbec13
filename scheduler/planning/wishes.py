"""The rules of planning that have a price: what a plan would rather have, each with its words.

Owns the wording; ``rules`` lists them with all others. What a wish costs is added up in ``days``, ``hosts`` and
``account``, and again, on its own, in ``checker``. Pure.
"""

from scheduler.planning.wording import (
    DIARIES,
    LEDGER,
    LIMITS,
    OBLIGATION,
    OFFICES,
    PRACTICE,
    TABLES,
    Force,
    Rule,
)

SOONEST = Rule(
    "soonest-possible",
    "round",
    Force.PRICED,
    {
        "en": "A round whose limit is broken takes place as soon as possible.",
        "nl": "Een ronde waarvan de grens is overschreden, vindt zo snel mogelijk plaats.",
    },
    {"en": "{days} after the limit of {limit}", "nl": "{days} na de grens van {limit}"},
    LIMITS,
)
AIM = Rule(
    "aim",
    "round",
    Force.PRICED,
    {
        "en": "A round is close to the day it is due.",
        "nl": "Een ronde ligt dicht bij haar streefdatum.",
    },
    {"en": "{days} from the aim, {aim}", "nl": "{days} van de streefdatum, {aim}"},
    LIMITS,
)
WEEKDAY = Rule(
    "weekday",
    "round",
    Force.PRICED,
    {
        "en": "Meetings take place on preferred weekdays.",
        "nl": "Bijeenkomsten vallen op voorkeursdagen van de week.",
    },
    {
        "en": "{days} outside the preferred weekdays",
        "nl": "{days} buiten de voorkeursdagen van de week",
    },
    PRACTICE,
)
PREFERRED_WEEKS = Rule(
    "preferred-weeks",
    "round",
    Force.PRICED,
    {
        "en": "A round falls in the weeks or months preferred for it.",
        "nl": "Een ronde valt in de weken of maanden die ervoor de voorkeur hebben.",
    },
    {
        "en": "{day} lies outside what is preferred, {preferred}",
        "nl": "{day} valt buiten de voorkeur, {preferred}",
    },
    OBLIGATION,
)
COSTLY_DAY = Rule(
    "costly-day",
    "round",
    Force.PRICED,
    {
        "en": "Recess, summits and the like are avoided, the more the higher the level.",
        "nl": "Reces, toppen en dergelijke worden gemeden, sterker naarmate het niveau hoger is.",
    },
    {
        "en": "{days} of {closed} for {party} ({source})",
        "nl": "{days} {closed} voor {party} ({source})",
    },
    TABLES,
)
TENTATIVE = Rule(
    "tentative",
    "post",
    Force.PRICED,
    {
        "en": "Days that a diary holds tentatively are avoided.",
        "nl": "Dagen die een agenda onder voorbehoud bezet houdt, worden gemeden.",
    },
    {
        "en": "{days} held tentatively in a diary of {party}: {closed} ({source})",
        "nl": "{days} onder voorbehoud bezet in een agenda van {party}: {closed} ({source})",
    },
    DIARIES,
)
LOAD = Rule(
    "load",
    "office",
    Force.PRICED,
    {
        "en": "An office takes part in no more meetings in a week than is comfortable.",
        "nl": "Een organisatie doet per week aan niet meer bijeenkomsten mee dan goed te doen is.",
    },
    {
        "en": "{office} has {had} meetings in the week of {day}; comfortable: {comfortable}",
        "nl": "{office} heeft {had} bijeenkomsten in de week van {day}; goed te doen: {comfortable}",
    },
    OFFICES,
)
KEEP_DATE = Rule(
    "keep-date",
    "round",
    Force.PRICED,
    {"en": "A date once planned is kept.", "nl": "Een eenmaal geplande datum blijft staan."},
    {"en": "moved by {days} from {planned}", "nl": "{days} verschoven ten opzichte van {planned}"},
    PRACTICE,
)
KEEP_ISSUED = Rule(
    "keep-issued",
    "round",
    Force.PRICED,
    {
        "en": "A date that both sides know is kept; where some must move, as few as can be, by as few days.",
        "nl": "Een datum die beide zijden kennen, blijft staan; moeten er verschuiven, dan zo min mogelijk, "
        "en zo weinig dagen.",
    },
    {
        "en": "both sides know it for {issued}: another day or host, moved by {days}",
        "nl": "beide zijden kennen haar op {issued}: andere dag of ander gastland, {days} verschoven",
    },
    PRACTICE,
)
HOST_TURN = Rule(
    "host-turn",
    "pair",
    Force.PRICED,
    {"en": "Hosts take turns.", "nl": "Het gastland wisselt af."},
    {
        "en": "it was the turn of {turn}, and {host} hosts",
        "nl": "{turn} was aan de beurt, en {host} is gastland",
    },
    OBLIGATION,
)
HOST_DEBT = Rule(
    "host-debt",
    "pair",
    Force.PRICED,
    {
        "en": "A side that took another’s turn in exchange gives it back.",
        "nl": "Een zijde die een beurt heeft geruild, geeft die terug.",
    },
    {
        "en": "{turn} agreed to host in return, and {host} hosts",
        "nl": "{turn} zou in ruil daarvoor gastland zijn, en {host} is gastland",
    },
    LEDGER,
)
BUILDS_ON = Rule(
    "builds-on",
    "pair",
    Force.PRICED,
    {
        "en": "What a meeting builds on was held in the twelve months before, best in the same year.",
        "nl": "Waar een bijeenkomst op voortbouwt, is in de twaalf maanden ervoor gehouden, liefst in hetzelfde jaar.",
    },
    {
        "en": "no round of {before} in the {span} before, on which it builds",
        "nl": "geen ronde van {before}, waarop zij voortbouwt, in {span} ervoor",
    },
    OBLIGATION,
)
SUPPORTS = Rule(
    "supports",
    "pair",
    Force.PRICED,
    {
        "en": "What supports a meeting was held in the twelve months before, best in the same year.",
        "nl": "Wat een bijeenkomst ondersteunt, is in de twaalf maanden ervoor gehouden, liefst in hetzelfde jaar.",
    },
    {
        "en": "no round of {before} in the {span} before, which supports it",
        "nl": "geen ronde van {before}, die haar ondersteunt, in {span} ervoor",
    },
    OBLIGATION,
)
