"""The rules of planning, each one object: its name, its scope, how hard it is, and its words.

Owns the wording and the list: a date, a refusal and an impossible year are explained from here, by ``solver`` and
``checker`` alike. How a rule is brought about is the solver's business, whether it holds the checker's; the two share
nothing but these names.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from scheduler.dates.written import write_day
from scheduler.words import LANGUAGES, Words, say


class Force(StrEnum):
    """How hard a rule is: never broken; a limit, kept while any plan can keep it; or a wish with a price."""

    HARD = "hard"
    LIMIT = "limit"
    PRICED = "priced"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: ``words`` say it in general, ``because`` says what it means in one case, with named facts in braces.

    ``scope`` is what one application of it speaks of: a round, a pair of rounds, a post, an office, a year, the plan.
    """

    name: str
    scope: str
    force: Force
    words: Words
    because: Words
    source: str

    def explain(self, **facts: object) -> Words:
        """Return the sentence for one case in every language."""
        return written_out(self.because, **facts)


def written_out(text: Words, **facts: object) -> Words:
    """Return ``text`` in every language with its facts put in: days written out, words chosen by language."""
    return {
        language: text[language].format(**{name: _written(fact, language) for name, fact in facts.items()})
        for language in LANGUAGES
    }


ASSUMED = {"en": " (assumed)", "nl": " (aangenomen)"}
"""What follows a value that no source states."""

DAYS = {"en": ("day", "days"), "nl": ("dag", "dagen")}
PRACTICE = "practice of ministries; assumed"
OBLIGATION = "the obligation, with the basis shown there"
TABLES = "the calendars loaded for each party"
RECORD = "what makes a stored plan trustworthy"
LIMITS = "the reading of each cadence: interval, red line, calendar year"

HORIZON = Rule(
    "horizon",
    "round",
    Force.HARD,
    {"en": "A round lies within the days planned.", "nl": "Een ronde valt binnen de geplande periode."},
    {
        "en": "{day} lies outside the days planned, {first} to {last}",
        "nl": "{day} valt buiten de geplande periode, {first} tot en met {last}",
    },
    "whoever asked for the plan",
)
LEAD_TIME = Rule(
    "lead-time",
    "round",
    Force.HARD,
    {
        "en": "A round is no sooner than the save-the-date of its level allows.",
        "nl": "Een ronde is niet eerder dan de vooraankondiging voor haar niveau toelaat.",
    },
    {
        "en": "{day} is too soon: with {weeks} weeks’ notice the first possible day is {earliest}",
        "nl": "{day} is te vroeg: met {weeks} weken vooraankondiging is {earliest} de eerste mogelijke dag",
    },
    PRACTICE,
)
WINDOW = Rule(
    "window",
    "round",
    Force.HARD,
    {
        "en": "A round lies in its window.",
        "nl": "Een ronde valt in de maanden van haar venster.",
    },
    {
        "en": "{day} lies outside the window, {window}",
        "nl": "{day} valt buiten het venster, {window}",
    },
    OBLIGATION,
)
CLOSED_DAY = Rule(
    "closed-day",
    "round",
    Force.HARD,
    {
        "en": "No day of a round is closed for a party to it.",
        "nl": "Geen dag van een ronde is gesloten voor een deelnemende partij.",
    },
    {
        "en": "{day} is closed for {party}: {closed} ({source})",
        "nl": "{day} is gesloten voor {party}: {closed} ({source})",
    },
    TABLES,
)
PIN = Rule(
    "pin",
    "round",
    Force.HARD,
    {
        "en": "A round that people pinned keeps its day and host.",
        "nl": "Een vastgezette ronde houdt haar dag en gastland.",
    },
    {"en": "pinned to {pinned}, not {day}", "nl": "vastgezet op {pinned}, niet {day}"},
    "whoever pinned it",
)
ONE_MEETING_A_DAY = Rule(
    "one-meeting-a-day",
    "post",
    Force.HARD,
    {
        "en": "A post that a meeting needs attends one meeting a day.",
        "nl": "Een vereiste functie neemt aan één bijeenkomst per dag deel.",
    },
    {
        "en": "on {day} {post} is already needed for {other}",
        "nl": "op {day} is {post} al nodig voor {other}",
    },
    PRACTICE,
)
CAPACITY = Rule(
    "capacity",
    "office",
    Force.HARD,
    {
        "en": "An office takes part in no more meetings in a week than it can bear.",
        "nl": "Een organisatie doet per week aan niet meer bijeenkomsten mee dan zij aankan.",
    },
    {
        "en": "the week of {day} is full for {office}: at most {most}",
        "nl": "de week van {day} is vol voor {office}: hoogstens {most}",
    },
    PRACTICE,
)
SMALLEST_GAP = Rule(
    "smallest-gap",
    "pair",
    Force.HARD,
    {
        "en": "Rounds of one series lie at least half their interval apart.",
        "nl": "Tussen rondes van één reeks ligt ten minste de helft van hun interval.",
    },
    {
        "en": "{day} is too close to the round of {other}: at least {months} months apart",
        "nl": "{day} ligt te dicht bij de ronde van {other}: ten minste {months} maanden ertussen",
    },
    PRACTICE,
)
ORDER = Rule(
    "order",
    "pair",
    Force.HARD,
    {
        "en": "What reports to a meeting is over before that meeting begins.",
        "nl": "Wat aan een bijeenkomst rapporteert, is voorbij voordat die begint.",
    },
    {
        "en": "{day} is not more than {lag} days after {other}, which reports to it",
        "nl": "{day} is niet meer dan {lag} dagen na {other}, dat eraan rapporteert",
    },
    OBLIGATION,
)
HOST = Rule(
    "host",
    "round",
    Force.HARD,
    {
        "en": "The host is one that the host rule allows.",
        "nl": "Het gastland is toegestaan volgens de gastlandregel.",
    },
    {
        "en": "the host rule {hosting} does not allow {host}",
        "nl": "de gastlandregel {hosting} laat {host} niet toe",
    },
    OBLIGATION,
)
LONGEST_GAP = Rule(
    "longest-gap",
    "pair",
    Force.LIMIT,
    {
        "en": "The next round follows before its obligation turns red.",
        "nl": "De volgende ronde komt voordat de verplichting rood wordt.",
    },
    {
        "en": "limit {limit} ({months} months after {since}); day planned: {day}; "
        "first possible day by lead times (assumed): {soonest}",
        "nl": "grens {limit} ({months} maanden na {since}); geplande dag: {day}; "
        "eerste mogelijke dag volgens de aanlooptijden (aangenomen): {soonest}",
    },
    LIMITS,
)
CALENDAR_YEAR = Rule(
    "calendar-year",
    "year",
    Force.LIMIT,
    {
        "en": "Every calendar year wholly in force has the rounds it owes.",
        "nl": "In elk kalenderjaar waarin de verplichting geheel van kracht is, vinden de vereiste rondes plaats.",
    },
    {
        "en": "rounds in {year}, held or planned: {had} of {owed}; "
        "first possible day by lead times (assumed): {soonest}",
        "nl": "rondes in {year}, gehouden of gepland: {had} van {owed}; "
        "eerste mogelijke dag volgens de aanlooptijden (aangenomen): {soonest}",
    },
    LIMITS,
)
PLACED = Rule(
    "placed",
    "round",
    Force.LIMIT,
    {"en": "Every round owed gets a day.", "nl": "Elke vereiste ronde krijgt een dag."},
    {
        "en": "{title}: no day found from {first} to {last}; in the way: {rules}",
        "nl": "{title}: geen dag gevonden van {first} tot en met {last}; in de weg: {rules}",
    },
    LIMITS,
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
KEEP_DATE = Rule(
    "keep-date",
    "round",
    Force.PRICED,
    {"en": "A date once planned is kept.", "nl": "Een eenmaal geplande datum blijft staan."},
    {"en": "moved by {days} from {planned}", "nl": "{days} verschoven ten opzichte van {planned}"},
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
TOTAL = Rule(
    "total",
    "plan",
    Force.HARD,
    {
        "en": "The price is the sum of its lines, and no less than the bound.",
        "nl": "De prijs is de som van de regels, en niet lager dan de ondergrens.",
    },
    {"en": "the price says {said}, the lines say {found}", "nl": "de prijs zegt {said}, de regels {found}"},
    RECORD,
)
INPUTS = Rule(
    "inputs",
    "plan",
    Force.HARD,
    {"en": "A plan answers the problem it names.", "nl": "Een plan beantwoordt het vraagstuk dat het noemt."},
    {"en": "made for other inputs: {said}", "nl": "gemaakt voor andere gegevens: {said}"},
    RECORD,
)

RULES: tuple[Rule, ...] = (
    HORIZON,
    LEAD_TIME,
    WINDOW,
    CLOSED_DAY,
    PIN,
    ONE_MEETING_A_DAY,
    CAPACITY,
    SMALLEST_GAP,
    ORDER,
    HOST,
    LONGEST_GAP,
    CALENDAR_YEAR,
    PLACED,
    SOONEST,
    AIM,
    WEEKDAY,
    COSTLY_DAY,
    KEEP_DATE,
    HOST_TURN,
    BUILDS_ON,
    SUPPORTS,
    TOTAL,
    INPUTS,
)
"""Every rule there is; the seeded faults of the tests break each."""

_write_day = lru_cache(maxsize=4096)(write_day)

BY_NAME = {rule.name: rule for rule in RULES}


def _written(fact: object, language: str) -> str:
    if isinstance(fact, date):
        return _write_day(fact, language)
    if isinstance(fact, timedelta):
        one, many = DAYS[language]
        return f"{fact.days} {one if fact.days == 1 else many}"
    if isinstance(fact, dict):
        return say(fact, language)
    if isinstance(fact, float):
        return f"{fact:g}"
    return str(fact)
