"""The words of feeds, in English and Dutch. Pure."""

from collections.abc import Mapping

from scheduler.words import Words, say

BUSY: Words = {"en": "Busy", "nl": "Bezet"}
TENTATIVE: Words = {"en": "Tentative: ", "nl": "concept: "}
CANCELLED: Words = {"en": "CANCELLED: ", "nl": "GEANNULEERD: "}

ABOUT: Words = {
    "en": "Read-only. Calendar programs may show changes hours later; what is urgent comes by mail.",
    "nl": "Alleen lezen. Agendaprogramma’s tonen wijzigingen soms pas uren later; wat dringend is, komt per mail.",
}

LEVELS: Mapping[str, Words] = {
    "ministerial": {"en": "Ministers", "nl": "Bewindspersonen"},
    "senior_official": {"en": "Senior officials", "nl": "Hoogambtelijk"},
    "expert": {"en": "Experts", "nl": "Deskundigen"},
    "mixed": {"en": "Mixed level", "nl": "Gemengd niveau"},
}

LABELS: Mapping[str, Words] = {
    "state": {"en": "State", "nl": "Stand"},
    "level": {"en": "Level", "nl": "Niveau"},
    "number": {"en": "Round", "nl": "Ronde"},
    "host": {"en": "Host", "nl": "Gastland"},
    "place": {"en": "Place", "nl": "Plaats"},
    "duties": {"en": "Discharges", "nl": "Ter nakoming van"},
    "source": {"en": "Source", "nl": "Bron"},
    "unstated": {"en": "Stated by no source", "nl": "Door geen bron vermeld"},
    "page": {"en": "Page", "nl": "Pagina"},
    "round": {"en": "For the round of", "nl": "Voor de ronde van"},
    "audience": {"en": "Who", "nl": "Wie"},
    "lead_time": {"en": "Lead time", "nl": "Termijn"},
    "why": {"en": "Why", "nl": "Waarom"},
}

FIELDS: Mapping[str, Words] = {
    "start_time": {"en": "start time", "nl": "aanvangstijd"},
    "duration": {"en": "length", "nl": "duur"},
    "window": {"en": "season", "nl": "periode"},
}
"""What else of a meeting may be stated by no source, by the name under which its basis is kept."""

AUDIENCES: Mapping[str, Words] = {
    "secretariat": {"en": "secretariat", "nl": "secretariaat"},
    "host": {"en": "secretariat of the host", "nl": "secretariaat van het gastland"},
    "lead": {"en": "lead office", "nl": "eerstverantwoordelijke organisatie"},
    "private_office": {"en": "private office", "nl": "bureau van de bewindspersoon"},
}

ONE_WEEK: Words = {"en": "1 week", "nl": "1 week"}
WEEKS: Words = {"en": "{weeks} weeks", "nl": "{weeks} weken"}
BEFORE: Words = {"en": "{weeks} before", "nl": "{weeks} ervoor"}
AFTER: Words = {"en": "{weeks} after", "nl": "{weeks} erna"}
SAME_DAY: Words = {"en": "on the last day", "nl": "op de laatste dag"}

LIMITS: Mapping[str, Words] = {
    "save_the_date": {"en": "Save-the-date due: {title}", "nl": "Vooraankondiging nodig: {title}"},
    "due": {"en": "Due: {title}", "nl": "Te houden: {title}"},
    "red_after": {"en": "Overdue after this day: {title}", "nl": "Hierna achterstallig: {title}"},
}
"""The days that an obligation without an agreed date brings."""

STATED = "stated"
ASSUMED: Words = {"en": "assumed", "nl": "aangenomen"}
SET_BY: Words = {"en": "set by {who}", "nl": "vastgesteld door {who}"}


def line(label: str, value: str, language: str) -> str:
    """Return one line of a description: ``Host: UK``."""
    return f"{say(LABELS[label], language)}: {value}"


def with_basis(value: str, basis: str, language: str) -> str:
    """Return a value, marked where no source states it: ``UK (assumed)``, ``UK (set by`` somebody ``)``."""
    if basis == STATED:
        return value
    whose = say(ASSUMED, language)
    if basis.startswith("set:"):
        whose = say(SET_BY, language).replace("{who}", basis.removeprefix("set:"))
    return f"{value} ({whose})"


def lead_time_words(weeks: int, language: str) -> str:
    """Return how long before a round a step is due, or after it where ``weeks`` is negative."""
    if weeks == 0:
        return say(SAME_DAY, language)
    amount = say(ONE_WEEK if abs(weeks) == 1 else WEEKS, language).replace("{weeks}", str(abs(weeks)))
    return say(BEFORE if weeks > 0 else AFTER, language).replace("{weeks}", amount)
