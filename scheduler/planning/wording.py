"""What a rule of planning is, and how its sentences are written.

Owns the shape of a rule, the writing of facts into a sentence, and the words for whose rule it is. The rules themselves
stand in ``rules`` (what must hold) and ``wishes`` (what has a price). Pure.
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
    ``source`` says who set it, or in which table its values stand.
    """

    name: str
    scope: str
    force: Force
    words: Words
    because: Words
    source: Words

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
PRACTICE = {"en": "practice of ministries; assumed", "nl": "de praktijk van ministeries; aangenomen"}
OBLIGATION = {
    "en": "the obligation, with the basis shown there",
    "nl": "de verplichting, met de grondslag die daar staat",
}
TABLES = {"en": "the calendars loaded for each party", "nl": "de kalenders die per partij zijn ingelezen"}
BLACKOUTS = {
    "en": "the blackouts in the programme, and those that a side keeps to itself",
    "nl": "de geblokkeerde perioden in het programma, en die welke een zijde voor zich houdt",
}
DIARIES = {"en": "the diaries of your own side", "nl": "de agenda’s van de eigen zijde"}
HOURS = {
    "en": "the office hours of each party, with the basis shown there",
    "nl": "de kantooruren van elke partij, met de grondslag die daar staat",
}
OFFICES = {
    "en": "the capacity of each office, with the basis shown there",
    "nl": "de capaciteit van elke organisatie, met de grondslag die daar staat",
}
LINKS = {
    "en": "the duties that both sides merged",
    "nl": "de verplichtingen die beide zijden hebben samengevoegd",
}
LEDGER = {
    "en": "the ledger of swapped turns that both sides agreed",
    "nl": "het register van geruilde beurten die beide zijden zijn overeengekomen",
}
RECORD = {"en": "what makes a stored plan trustworthy", "nl": "wat een bewaard plan betrouwbaar maakt"}
LIMITS = {
    "en": "the reading of each cadence: interval, red line, calendar year",
    "nl": "de lezing van elke cadans: interval, rode grens, kalenderjaar",
}
ASKED = {"en": "whoever asked for the plan", "nl": "wie om het plan vroeg"}
PINNED = {"en": "whoever pinned it", "nl": "wie haar heeft vastgezet"}

_write_day = lru_cache(maxsize=4096)(write_day)


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
