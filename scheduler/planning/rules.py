"""The rules of planning: what must hold, each one object with its name, its scope, how hard it is, and its words.

Owns the list of all rules; those with a price stand in ``wishes``, the shape of a rule in ``wording``. A date, a
refusal and an impossible year are explained from these, by the planner and the checker alike: the two share nothing
but these names. How a rule is brought about is decided in ``days``, ``between``, ``hosts`` and ``model``; whether it
holds, in ``checker``. Pure.
"""

from scheduler.planning import wishes
from scheduler.planning.wording import (
    ASKED,
    BLACKOUTS,
    DIARIES,
    HOURS,
    LIMITS,
    LINKS,
    OBLIGATION,
    OFFICES,
    PINNED,
    PRACTICE,
    RECORD,
    TABLES,
    Force,
    Rule,
)

HORIZON = Rule(
    "horizon",
    "round",
    Force.HARD,
    {"en": "A round lies within the days planned.", "nl": "Een ronde valt binnen de geplande periode."},
    {
        "en": "{day} lies outside the days planned, {first} to {last}",
        "nl": "{day} valt buiten de geplande periode, {first} tot en met {last}",
    },
    ASKED,
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
        "en": "{day} is closed ({party}): {closed} ({source})",
        "nl": "{day} is gesloten ({party}): {closed} ({source})",
    },
    TABLES,
)
BLACKOUT = Rule(
    "blackout",
    "round",
    Force.HARD,
    {
        "en": "No day of a round falls in a blackout of a party to it.",
        "nl": "Geen dag van een ronde valt in een geblokkeerde periode van een deelnemende partij.",
    },
    {
        "en": "{day} falls in a blackout of {party}: {closed} ({source})",
        "nl": "{day} valt in een geblokkeerde periode van {party}: {closed} ({source})",
    },
    BLACKOUTS,
)
DIARY = Rule(
    "diary",
    "post",
    Force.HARD,
    {
        "en": "Every post that a meeting needs is free, as far as its diary is known.",
        "nl": "Elke vereiste functie is vrij, voor zover haar agenda bekend is.",
    },
    {
        "en": "on {day} a diary of {party} is taken: {closed} ({source})",
        "nl": "op {day} is een agenda van {party} bezet: {closed} ({source})",
    },
    DIARIES,
)
OFFICE_HOURS = Rule(
    "office-hours",
    "round",
    Force.HARD,
    {
        "en": "A round fits into the office hours of its host; online, into the hours that all sides share.",
        "nl": "Een ronde past binnen de kantooruren van het gastland; online binnen de uren die alle zijden delen.",
    },
    {
        "en": "the round lasts {hours} hours; {whose} on {day}: {open}",
        "nl": "de ronde duurt {hours} uur; {whose} op {day}: {open}",
    },
    HOURS,
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
    PINNED,
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
    OFFICES,
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
MERGED = Rule(
    "merged-duties",
    "round",
    Force.HARD,
    {
        "en": "A round discharges the duties that both sides merged into it, in the year for which they did.",
        "nl": "Een ronde vervult de verplichtingen die beide zijden erin samenvoegden, in het jaar dat zij kozen.",
    },
    {
        "en": "on {day} the round would not discharge {title} too, as both sides decided for {year}",
        "nl": "op {day} zou de ronde niet ook {title} vervullen, zoals beide zijden voor {year} besloten",
    },
    LINKS,
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
    BLACKOUT,
    DIARY,
    OFFICE_HOURS,
    PIN,
    ONE_MEETING_A_DAY,
    CAPACITY,
    SMALLEST_GAP,
    ORDER,
    HOST,
    MERGED,
    LONGEST_GAP,
    CALENDAR_YEAR,
    PLACED,
    wishes.SOONEST,
    wishes.AIM,
    wishes.WEEKDAY,
    wishes.PREFERRED_WEEKS,
    wishes.COSTLY_DAY,
    wishes.TENTATIVE,
    wishes.LOAD,
    wishes.KEEP_DATE,
    wishes.KEEP_ISSUED,
    wishes.HOST_TURN,
    wishes.HOST_DEBT,
    wishes.BUILDS_ON,
    wishes.SUPPORTS,
    TOTAL,
    INPUTS,
)
"""Every rule there is; the seeded faults of the tests break each."""

BY_NAME = {rule.name: rule for rule in RULES}
