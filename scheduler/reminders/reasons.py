"""The sentences that say why a reminder is given, why on this day and why to this post, in English and Dutch. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from scheduler.dates.written import write_date, write_day
from scheduler.words import Words, say

SEEK_A_DATE: Words = {"en": "Seek a date", "nl": "Zoek een datum"}
OFFER_THE_DATE: Words = {"en": "Offer the date", "nl": "Leg de datum voor"}
ANSWER_THE_DATE: Words = {"en": "Answer the date that was offered", "nl": "Antwoord op de voorgelegde datum"}

ONLY_PLANNED: Words = {
    "en": "Your side has planned this date; the other side does not know of it until you offer it.",
    "nl": "Uw zijde heeft deze datum gepland; de andere zijde weet er niets van totdat u hem voorlegt.",
}
CONFIRMED: Words = {
    "en": "Everybody at your side’s table is confirmed for this day.",
    "nl": "Iedereen aan de tafel van uw zijde is voor deze dag bevestigd.",
}
NAMED_BY_AGENDA: Words = {
    "en": "The agenda names you, or your office, for this.",
    "nl": "De agenda noemt u, of uw onderdeel, hiervoor.",
}
ON_AGENDA: Words = {
    "en": "The agenda has this on record.",
    "nl": "Dit is bij de agenda vastgelegd.",
}
OF_AGENDA: Words = {
    "en": "The agenda of this round asks for it by this day.",
    "nl": "De agenda van deze ronde vraagt dit uiterlijk op deze dag.",
}
NOT_ANSWERED: Words = {
    "en": "This date has been offered, and your side has not answered.",
    "nl": "Deze datum is voorgelegd en uw zijde heeft nog niet geantwoord.",
}

LEVELS: Mapping[str, Words] = {
    "ministerial": {"en": "a round of ministers", "nl": "een ronde van bewindspersonen"},
    "senior_official": {"en": "a round of senior officials", "nl": "een hoogambtelijke ronde"},
    "expert": {"en": "a round of experts", "nl": "een ronde van deskundigen"},
}

ASSUMED: Words = {"en": "assumed", "nl": "aangenomen"}


class Origin(Protocol):
    """Who set a value, and when."""

    @property
    def set_by(self) -> str:
        """A name."""

    @property
    def set_on(self) -> date:
        """A day."""


def lead_time(weeks: int, level: str, origin: Origin | None = None) -> Words:
    """How the day of a step is counted, and whose the figure is: a default of ours, or somebody's."""
    whose = origin_of(origin)
    return {
        language: counted.format(
            count=abs(weeks), weeks=_weeks(abs(weeks), language), round=LEVELS[level][language]
        )
        + "; "
        + whose[language]
        for language, counted in _counted(weeks).items()
    }


def origin_of(origin: Origin | None) -> Words:
    """Whose a figure is, as the end of a sentence."""
    if origin is None:
        return {
            "en": "no source says so: it is our default (assumed).",
            "nl": "geen bron zegt dat: het is onze standaard (aangenomen).",
        }
    return {
        "en": f"your side chose so (set by {origin.set_by} on {write_date(origin.set_on, 'en')}).",
        "nl": f"uw zijde koos dit (vastgesteld door {origin.set_by} op {write_date(origin.set_on, 'nl')}).",
    }


def sought_earlier_or_later(weeks: int, origin: Origin) -> Words:
    """A side seeks dates in its own time; it stands in a row of reasons, so it begins small."""
    day = {language: write_date(origin.set_on, language) for language in ("en", "nl")}
    return {
        "en": f"your side seeks its date {weeks} {_weeks(weeks, 'en')} before (set by {origin.set_by} on {day['en']})",
        "nl": f"uw zijde zoekt de datum {weeks} {_weeks(weeks, 'nl')} tevoren (vastgesteld door {origin.set_by} op"
        f" {day['nl']})",
    }


def chosen_post(origin: Origin) -> Words:
    """A side told a post in the place of an audience."""
    return {
        "en": f"Your side chose you for this (set by {origin.set_by} on {write_date(origin.set_on, 'en')}).",
        "nl": f"Uw zijde koos u hiervoor (vastgesteld door {origin.set_by} op {write_date(origin.set_on, 'nl')}).",
    }


def again(asked_on: date) -> Words:
    """Somebody asked to be reminded again."""
    return {
        "en": f"You were reminded before, and asked to be told again on {write_date(asked_on, 'en')}.",
        "nl": f"U kreeg dit eerder, en vroeg om een nieuwe herinnering op {write_date(asked_on, 'nl')}.",
    }


def missed(title: Words, last: date) -> Words:
    """Somebody was reminded, the day went by, and nobody said that it is in hand."""
    return {
        "en": f"{say(title, 'en')} was reminded; the last day was {write_date(last, 'en')}, and nobody has said since"
        " that it is in hand.",
        "nl": f"{say(title, 'nl')} is hieraan herinnerd; de laatste dag was {write_date(last, 'nl')} en niemand heeft"
        " sindsdien gezegd dat het in behandeling is.",
    }


def escalated(days: int, origin: Origin | None) -> Words:
    """How the day of an escalation is counted."""
    whose = origin_of(origin)
    english, dutch = ("working day", "werkdag") if days == 1 else ("working days", "werkdagen")
    return {
        "en": f"You are told {days} {english} after that day; {whose['en']}",
        "nl": f"U hoort dit {days} {dutch} na die dag; {whose['nl']}",
    }


def head(title: Words) -> Words:
    """The post answers for the office; which one does is our reading of the programme, so it says so."""
    return {
        "en": f"{say(title, 'en')} heads the office that missed it (assumed).",
        "nl": f"{say(title, 'nl')} leidt het onderdeel dat dit miste (aangenomen).",
    }


def in_digest(before: date) -> Words:
    """The post wants a digest, which brings what falls before the next one."""
    return {
        "en": f"It is in your digest, since the next one would come only on {write_day(before, 'en')}.",
        "nl": f"Het staat in uw overzicht, omdat het volgende pas {write_day(before, 'nl')} komt.",
    }


def late(day: date) -> Words:
    """The day of the step is over."""
    return {
        "en": f"The day for this was {write_date(day, 'en')}.",
        "nl": f"De dag hiervoor was {write_date(day, 'nl')}.",
    }


def invited(day: date) -> Words:
    """Invitations went for the day on which the round stands."""
    return {
        "en": f"The invitations for this day were sent on {write_date(day, 'en')}.",
        "nl": f"De uitnodigingen voor deze dag zijn op {write_date(day, 'nl')} verzonden.",
    }


def released(day: date) -> Words:
    """The host has the list."""
    return {
        "en": f"Your side released its list to the host on {write_date(day, 'en')}.",
        "nl": f"Uw zijde heeft haar lijst op {write_date(day, 'nl')} aan het gastland vrijgegeven.",
    }


def brought_forward(day: date, closed: Words) -> Words:
    """The day of the step is a day off, so the last working day before it has to do."""
    return {
        "en": f"You get this on the last working day before {write_date(day, 'en')} ({say(closed, 'en')}).",
        "nl": f"U ontvangt dit op de laatste werkdag vóór {write_date(day, 'nl')} ({say(closed, 'nl')}).",
    }


def secretariat(office: str, basis: str) -> Words:
    """The office keeps the clock for its side."""
    return {
        "en": f"{office} is your side’s secretariat{marked(basis, 'en')}.",
        "nl": f"{office} is het secretariaat van uw zijde{marked(basis, 'nl')}.",
    }


def host(basis: str) -> Words:
    """The side hosts the round."""
    return {
        "en": f"Your side hosts this round{marked(basis, 'en')}.",
        "nl": f"Uw zijde is gastland van deze ronde{marked(basis, 'nl')}.",
    }


def lead(office: str, basis: str) -> Words:
    """The office leads on the subject for its side."""
    return {
        "en": f"{office} leads on this for your side{marked(basis, 'en')}.",
        "nl": f"{office} is hiervoor namens uw zijde eerstverantwoordelijk{marked(basis, 'nl')}.",
    }


def delegate(title: Words, basis: str) -> Words:
    """The post sits at the table."""
    return {
        "en": f"{say(title, 'en')} is on the delegation{marked(basis, 'en')}.",
        "nl": f"{say(title, 'nl')} is lid van de delegatie{marked(basis, 'nl')}.",
    }


def stands_in(title: Words) -> Words:
    """The post gets another one's letters."""
    return {
        "en": f"Letters for {say(title, 'en')} go to you.",
        "nl": f"Brieven voor {say(title, 'nl')} gaan naar u.",
    }


def no_mailbox(title: Words) -> Words:
    """The post has no address, so its side's secretariat is told instead."""
    return {
        "en": f"No mailbox is known for {say(title, 'en')}; please pass this on.",
        "nl": f"Van {say(title, 'nl')} is geen postbus bekend; geeft u dit alstublieft door.",
    }


def marked(basis: str, language: str) -> str:
    """Return what is put behind a value that no source states: that it is assumed, or who set it."""
    if basis == "stated":
        return ""
    _, _, who = basis.partition(":")
    setter = {"en": f"set by {who}", "nl": f"vastgesteld door {who}"}
    return f" ({say(setter if who else ASSUMED, language)})"


def _counted(weeks: int) -> Words:
    if weeks == 0:
        return {"en": "This is due on the day of {round}", "nl": "Dit hoort op de dag van {round}"}
    before, dutch = ("before", "vóór") if weeks > 0 else ("after", "na")
    return {
        "en": f"This is due {{count}} {{weeks}} {before} {{round}}",
        "nl": f"Dit hoort {{count}} {{weeks}} {dutch} {{round}} gereed te zijn",
    }


def _weeks(count: int, language: str) -> str:
    names = {"en": ("week", "weeks"), "nl": ("week", "weken")}
    one, many = names[language]
    return one if count == 1 else many
