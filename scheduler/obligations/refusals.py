"""The sentences that say why a decision about a duty is refused, in English and Dutch. Pure; ``actions`` decides.

Owns the wording alone: what becomes of a skip, a link, an interval or a turn to host is decided there.
"""

from collections.abc import Iterable
from datetime import date

from scheduler.dates.written import write_date
from scheduler.words import LANGUAGES, Words, say

SKIP_NEEDS_REASON = {
    "en": "a skip needs a reason",
    "nl": "om een ronde over te slaan is een reden nodig",
}
BOTH_READ_IT = {"en": "both sides will read it", "nl": "beide zijden lezen hem"}
SKIP_PROPOSED = {
    "en": "that skip has been proposed already",
    "nl": "er is al voorgesteld deze ronde over te slaan",
}
OTHER_SIDE_AGREES = {
    "en": "the other side agrees, or does not",
    "nl": "de andere zijde gaat akkoord, of niet",
}
DUE_IS_SHOWN = {
    "en": "the obligation says by which day a round is due",
    "nl": "de uiterste datum staat bij de verplichting",
}
PROPOSE_FIRST = {"en": "propose it first", "nl": "stel het eerst voor"}
INTERVAL_NEEDS_SETTER = {
    "en": "an interval needs somebody who sets it",
    "nl": "een termijn moet door iemand worden vastgesteld",
}
NAME_THE_SETTER = {"en": "name the post or the office", "nl": "noem de functie of de organisatie"}
AGREED_OR_ENDED = {
    "en": "the other side agrees it, or either side ends it",
    "nl": "de andere zijde gaat akkoord, of een van beide zijden beëindigt haar",
}
LINKS_ARE_LISTED = {
    "en": "`dialogues links list` shows every link",
    "nl": "`dialogues links list` toont elke koppeling",
}
DONE_MEANWHILE = {
    "en": "look at what the other side has just done",
    "nl": "bekijk wat de andere zijde zojuist heeft gedaan",
}
HOST_CHANGED = {
    "en": "the host of this round has just been changed",
    "nl": "de gastheer van deze ronde is zojuist gewijzigd",
}
HOST_AGREED = {
    "en": "both sides have agreed to this host already",
    "nl": "beide zijden zijn al akkoord met deze gastheer",
}
HOST_AGREED_BY_YOU = {
    "en": "your side has agreed to this host already",
    "nl": "uw zijde is al akkoord met deze gastheer",
}
HOST_NOT_AGREED = {
    "en": "both sides have not agreed to the host of this round yet",
    "nl": "beide zijden zijn nog niet akkoord met de gastheer van deze ronde",
}
AGREE_TO_ROUND = {"en": "agree to the round first", "nl": "ga eerst akkoord met de ronde"}
ANSWERED_SO = {
    "en": "your side has answered so already",
    "nl": "uw zijde heeft dit al geantwoord",
}
OTHER_ANSWERS = {
    "en": "the other side agrees, or answers otherwise",
    "nl": "de andere zijde gaat akkoord, of antwoordt anders",
}
NOT_HANDED_OVER = {
    "en": "this round was not handed over to another host",
    "nl": "deze ronde is niet aan een andere gastheer overgedragen",
}
HANDED_OVER_ARE_LISTED = {
    "en": "`dialogues hosts list` shows which were",
    "nl": "`dialogues hosts list` toont welke dat wel zijn",
}
OTHER_SIDE_UNAWARE = {
    "en": "the other side does not know of this round",
    "nl": "de andere zijde kent deze ronde niet",
}
OFFER_FIRST = {"en": "offer it first", "nl": "leg haar eerst voor"}


def owes_no_date(key: str) -> Words:
    """There is nothing to skip where no date is ever owed."""
    return {
        "en": f"{key} owes no date, so there is none to skip",
        "nl": f"{key} vereist geen datum, dus er valt geen ronde over te slaan",
    }


def no_round_due(day: date) -> Words:
    """No round can be due on such a day."""
    days = {language: write_date(day, language) for language in LANGUAGES}
    return {"en": f"no round is due {days['en']}", "nl": f"er is geen ronde vereist op {days['nl']}"}


def skip_not_proposed(key: str, due: date) -> Words:
    """There is no proposal to agree to."""
    days = {language: write_date(due, language) for language in LANGUAGES}
    return {
        "en": f"nobody has proposed to skip {key} due {days['en']}",
        "nl": f"niemand heeft voorgesteld de ronde van {key} van {days['nl']} over te slaan",
    }


def skip_agreed(key: str, due: date) -> Words:
    """Both sides have agreed to the skip before."""
    days = {language: write_date(due, language) for language in LANGUAGES}
    return {
        "en": f"to skip {key} due {days['en']} is agreed already",
        "nl": f"het overslaan van de ronde van {key} van {days['nl']} is al overeengekomen",
    }


def interval_stated(key: str) -> Words:
    """What the text says nobody sets."""
    return {
        "en": f"the text itself says how often {key} is owed",
        "nl": f"de tekst zegt zelf hoe vaak {key} is vereist",
    }


def no_interval(months: int) -> Words:
    """So many months lie outside the bounds."""
    return {"en": f"{months} months is no interval", "nl": f"{months} maanden is geen termijn"}


def whole_number(least: int, most: int) -> Words:
    """The bounds of an interval, in months."""
    return {
        "en": f"give a whole number from {least} to {most}",
        "nl": f"geef een geheel getal van {least} tot en met {most}",
    }


def no_relation(key: str, other: str) -> Words:
    """The programme does not say that rounds of the one may count for the other."""
    return {
        "en": f"no relation may_discharge leads from {key} to {other}",
        "nl": f"volgens het programma kunnen rondes van {key} niet aan {other} voldoen",
    }


def relation_leads_back(key: str, other: str) -> Words:
    """The programme has it the other way round."""
    return {
        "en": f"the relation leads the other way: link {key} to the rounds of {other}",
        "nl": f"het is andersom: koppel {key} aan de rondes van {other}",
    }


def may_be_linked(keys: Iterable[str]) -> Words:
    """What the programme allows for these rounds, if anything."""
    known = ", ".join(keys)
    if known:
        return {
            "en": f"its rounds may discharge: {known}",
            "nl": f"haar rondes kunnen voldoen aan: {known}",
        }
    return {
        "en": "the programme file names what may be one meeting",
        "nl": "het programma noemt wat één bijeenkomst kan zijn",
    }


def link_stands(key: str, other: str, year: int) -> Words:
    """The link is there, as a proposal or in force."""
    return _of_link(key, other, year, "is proposed or in force already", "is al voorgesteld of van kracht")


def link_in_force(key: str, other: str, year: int) -> Words:
    """Both sides have agreed to the link before."""
    return _of_link(key, other, year, "is in force already", "is al van kracht")


def link_missing(key: str, other: str, year: int) -> Words:
    """There is no link to agree to or to end."""
    return _of_link(
        key, other, year, "is neither proposed nor in force", "is niet voorgesteld en niet van kracht"
    )


def link_agreed_by_you(key: str, other: str, year: int) -> Words:
    """The acting side has agreed to the link before."""
    waits = _of_link(key, other, year, "waits for the other side", "wacht op de andere zijde")
    return {
        "en": f"your side has agreed to it already: {waits['en']}",
        "nl": f"uw zijde is al akkoord: {waits['nl']}",
    }


def no_year(year: int) -> Words:
    """The year lies outside both obligations, or too far ahead."""
    return {
        "en": f"{year} is no year to link them in",
        "nl": f"in {year} kunnen zij niet worden gekoppeld",
    }


def year_between(first: int, last: int) -> Words:
    """The years in which two duties can be linked."""
    return {"en": f"give one from {first} to {last}", "nl": f"geef een jaar van {first} tot en met {last}"}


def not_in_turn(key: str) -> Words:
    """Nobody is asked who hosts next where sides do not take turns."""
    return {
        "en": f"sides do not host {key} in turn, so nobody is asked who hosts next",
        "nl": f"zijden zijn niet om beurten gastheer van {key}, dus niemand wordt gevraagd wie daarna gastheer is",
    }


def next_host_settled(name: Words) -> Words:
    """Every side has said the same."""
    return {
        "en": f"it is settled already: {say(name, 'en')} hosts next",
        "nl": f"het staat al vast: {say(name, 'nl')} is daarna gastheer",
    }


def no_party(host: str, key: str) -> Words:
    """A stranger to a partnership."""
    return {"en": f"{host!r} is no party to {key}", "nl": f"{host!r} is geen partij bij {key}"}


def _of_link(key: str, other: str, year: int, english: str, dutch: str) -> Words:
    return {
        "en": f"the link of {other} to the rounds of {key} in {year} {english}",
        "nl": f"de koppeling van {other} aan de rondes van {key} in {year} {dutch}",
    }
