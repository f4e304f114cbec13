"""The sentences that say why a reminder is given, why on this day and why to this post, in English and Dutch. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from scheduler.dates.written import write_date, write_day
from scheduler.words import LANGUAGES, Words, say

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
    if weeks == 0:
        english, dutch = (
            "This is due on the day of {round}; {whose}",
            "Dit hoort op de dag van {round}; {whose}",
        )
    else:
        beside, dutch_beside = ("before", "vóór") if weeks > 0 else ("after", "na")
        english = f"This is due {{count}} {{weeks}} {beside} {{round}}; {{whose}}"
        dutch = f"Dit hoort {{count}} {{weeks}} {dutch_beside} {{round}} gereed te zijn; {{whose}}"
    return _filled(
        english,
        dutch,
        count=str(abs(weeks)),
        weeks=_weeks(abs(weeks)),
        round=LEVELS[level],
        whose=origin_of(origin),
    )


def origin_of(origin: Origin | None) -> Words:
    """Whose a figure is, as the end of a sentence."""
    if origin is None:
        return {
            "en": "no source says so: it is our default (assumed).",
            "nl": "geen bron zegt dat: het is onze standaard (aangenomen).",
        }
    return _filled(
        "your side chose so (set by {who} on {day}).",
        "uw zijde koos dit (vastgesteld door {who} op {day}).",
        who=origin.set_by,
        day=origin.set_on,
    )


def sought_earlier_or_later(weeks: int, origin: Origin) -> Words:
    """A side seeks dates in its own time; it stands in a row of reasons, so it begins small."""
    return _filled(
        "your side seeks its date {count} {weeks} before (set by {who} on {day})",
        "uw zijde zoekt de datum {count} {weeks} tevoren (vastgesteld door {who} op {day})",
        count=str(weeks),
        weeks=_weeks(weeks),
        who=origin.set_by,
        day=origin.set_on,
    )


def chosen_post(origin: Origin) -> Words:
    """A side told a post in the place of an audience."""
    return _filled(
        "Your side chose you for this (set by {who} on {day}).",
        "Uw zijde koos u hiervoor (vastgesteld door {who} op {day}).",
        who=origin.set_by,
        day=origin.set_on,
    )


def again(asked_on: date) -> Words:
    """Somebody asked to be reminded again."""
    return _filled(
        "You were reminded before, and asked to be told again on {day}.",
        "U kreeg dit eerder, en vroeg om een nieuwe herinnering op {day}.",
        day=asked_on,
    )


def missed(title: Words, last: date) -> Words:
    """Somebody was reminded, the day went by, and nobody said that it is in hand."""
    return _filled(
        "{post} was reminded; the last day was {day}, and nobody has said since that it is in hand.",
        "{post} is hieraan herinnerd; de laatste dag was {day} en niemand heeft sindsdien gezegd dat het in"
        " behandeling is.",
        post=title,
        day=last,
    )


def escalated(days: int, origin: Origin | None) -> Words:
    """How the day of an escalation is counted."""
    english, dutch = ("working day", "werkdag") if days == 1 else ("working days", "werkdagen")
    return _filled(
        f"You are told {days} {english} after that day; {{whose}}",
        f"U hoort dit {days} {dutch} na die dag; {{whose}}",
        whose=origin_of(origin),
    )


def head(title: Words) -> Words:
    """The post answers for the office; which one does is our reading of the programme, so it says so."""
    return _filled(
        "{post} heads the office that missed it (assumed).",
        "{post} leidt het onderdeel dat dit miste (aangenomen).",
        post=title,
    )


def in_digest(before: date) -> Words:
    """The post wants a digest, which brings what falls before the next one."""
    return _filled(
        "It is in your digest, since the next one would come only on {day}.",
        "Het staat in uw overzicht, omdat het volgende pas {day} komt.",
        day={language: write_day(before, language) for language in LANGUAGES},
    )


def late(day: date) -> Words:
    """The day of the step is over."""
    return _filled("The day for this was {day}.", "De dag hiervoor was {day}.", day=day)


def invited(day: date) -> Words:
    """Invitations went for the day on which the round stands."""
    return _filled(
        "The invitations for this day were sent on {day}.",
        "De uitnodigingen voor deze dag zijn op {day} verzonden.",
        day=day,
    )


def released(day: date) -> Words:
    """The host has the list."""
    return _filled(
        "Your side released its list to the host on {day}.",
        "Uw zijde heeft haar lijst op {day} aan het gastland vrijgegeven.",
        day=day,
    )


def brought_forward(day: date, closed: Words) -> Words:
    """The day of the step is a day off, so the last working day before it has to do."""
    return _filled(
        "You get this on the last working day before {day} ({closed}).",
        "U ontvangt dit op de laatste werkdag vóór {day} ({closed}).",
        day=day,
        closed=closed,
    )


def secretariat(office: str, basis: str) -> Words:
    """The office keeps the clock for its side."""
    return _filled(
        "{office} is your side’s secretariat{whose}.",
        "{office} is het secretariaat van uw zijde{whose}.",
        office=office,
        whose=_marked(basis),
    )


def host(basis: str) -> Words:
    """The side hosts the round."""
    return _filled(
        "Your side hosts this round{whose}.",
        "Uw zijde is gastland van deze ronde{whose}.",
        whose=_marked(basis),
    )


def lead(office: str, basis: str) -> Words:
    """The office leads on the subject for its side."""
    return _filled(
        "{office} leads on this for your side{whose}.",
        "{office} is hiervoor namens uw zijde eerstverantwoordelijk{whose}.",
        office=office,
        whose=_marked(basis),
    )


def delegate(title: Words, basis: str) -> Words:
    """The post sits at the table."""
    return _filled(
        "{post} is on the delegation{whose}.",
        "{post} is lid van de delegatie{whose}.",
        post=title,
        whose=_marked(basis),
    )


def stands_in(title: Words) -> Words:
    """The post gets another one's letters."""
    return _filled("Letters for {post} go to you.", "Brieven voor {post} gaan naar u.", post=title)


def no_mailbox(title: Words) -> Words:
    """The post has no address, so its side's secretariat is told instead."""
    return _filled(
        "No mailbox is known for {post}; please pass this on.",
        "Van {post} is geen postbus bekend; geeft u dit alstublieft door.",
        post=title,
    )


def marked(basis: str, language: str) -> str:
    """Return what is put behind a value that no source states: that it is assumed, or who set it."""
    if basis == "stated":
        return ""
    _, _, who = basis.partition(":")
    setter = {"en": f"set by {who}", "nl": f"vastgesteld door {who}"}
    return f" ({say(setter if who else ASSUMED, language)})"


def _marked(basis: str) -> Words:
    return {language: marked(basis, language) for language in LANGUAGES}


def _weeks(count: int) -> Words:
    return {"en": "week", "nl": "week"} if count == 1 else {"en": "weeks", "nl": "weken"}


def _filled(english: str, dutch: str, **values: Words | date | str) -> Words:
    """Return a sentence with its values, each in the sentence's own language; what a value begins is begun large."""
    found = {}
    for language, sentence in (("en", english), ("nl", dutch)):
        text = sentence.format(**{name: _value(value, language) for name, value in values.items()})
        found[language] = text[0].upper() + text[1:] if sentence.startswith("{") else text
    return found


def _value(value: Words | date | str, language: str) -> str:
    match value:
        case str():
            return value
        case date():
            return write_date(value, language)
        case _:
            return say(value, language)
