"""What was decided about rounds, by whom and when, as sentences in English and Dutch. Pure.

The same sentences stand on the page and on the command line; who and when are never left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.dates.written import write_date
from scheduler.obligations.consents import Consent, SkipFacts
from scheduler.obligations.host_turns import HostSwapFacts
from scheduler.obligations.links import DutyLinkFacts
from scheduler.words import LANGUAGES, Words, say


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reader calls the sides, and the zone on whose clocks a day is told."""

    sides: Mapping[str, Words]
    zone: str

    def who_and_when(self, consent: Consent, language: str) -> str:
        """Return ``UK secretariat (UK) on 3 February 2027``."""
        day = write_date(consent.at.astimezone(ZoneInfo(self.zone)).date(), language)
        on = "on" if language == "en" else "op"
        return f"{consent.name} ({say(self.sides[consent.party], language)}) {on} {day}"


PROPOSED: Words = {"en": "proposed by {who}", "nl": "voorgesteld door {who}"}
AGREED: Words = {"en": "agreed by {who}", "nl": "akkoord door {who}"}
ENDED: Words = {"en": "ended by {who}", "nl": "beëindigd door {who}"}
WITHDRAWN: Words = {"en": "withdrawn by {who}", "nl": "ingetrokken door {who}"}
DECLINED: Words = {"en": "declined by {who}", "nl": "afgewezen door {who}"}
WAITS: Words = {"en": "waits for the agreement of {who}", "nl": "wacht op akkoord van {who}"}
CHANGED_AGAIN: Words = {"en": "the host was changed again", "nl": "het gastland is opnieuw gewijzigd"}
NOT_SHOWN: Words = {
    "en": "the other side hears of it when the round is offered",
    "nl": "de andere zijde hoort ervan zodra de ronde wordt voorgelegd",
}


def of_link(link: DutyLinkFacts, reader: Reader) -> Words:
    """Who proposed, agreed and ended a link, and when."""
    if link.ended is None:
        return _told(link.consents, reader, ())
    proposer = link.consents[0].party if link.consents else None
    unagreed = WITHDRAWN if link.ended.party == proposer else DECLINED
    return _told(link.consents, reader, (_filled(ENDED if link.agreed_at else unagreed, link.ended, reader),))


def of_skip(skip: SkipFacts, reader: Reader) -> Words:
    """Who proposed and agreed a skip, and when."""
    return _told(skip.consents, reader, ())


def of_hand_over(swap: HostSwapFacts, reader: Reader) -> Words:
    """Who handed a round over and who agreed, and when; or that this holds no longer."""
    further = (CHANGED_AGAIN,) if swap.withdrawn_at else (NOT_SHOWN,) if swap.layer else ()
    return _told(swap.consents, reader, further)


def of_answer(swap: HostSwapFacts, reader: Reader) -> Words:
    """Who said that this side hosts next, and when."""
    return _told(swap.next_consents, reader, ())


def _told(consents: tuple[Consent, ...], reader: Reader, further: tuple[Words, ...]) -> Words:
    """Return who consented and ``further`` sentences; without any, for whose agreement it waits."""
    given = [
        _filled(AGREED if number else PROPOSED, consent, reader) for number, consent in enumerate(consents)
    ]
    known = {consent.party for consent in consents}
    missing = [words for side, words in reader.sides.items() if side not in known]
    if missing and not further:
        further = (_waiting_for(missing),)
    return {
        language: "; ".join(say(words, language) for words in (*given, *further)) for language in LANGUAGES
    }


def _waiting_for(sides: list[Words]) -> Words:
    return {
        language: say(WAITS, language).format(who=", ".join(say(side, language) for side in sides))
        for language in LANGUAGES
    }


def _filled(words: Words, consent: Consent, reader: Reader) -> Words:
    return {
        language: say(words, language).format(who=reader.who_and_when(consent, language))
        for language in LANGUAGES
    }
