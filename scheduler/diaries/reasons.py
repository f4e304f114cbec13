"""Why a diary could not be read, or parts of it were left out or assumed: in words, without a word of its content.

An address may be a secret in itself, so no failure says more of it than these sentences.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from enum import StrEnum

from scheduler.ical.foreign_events import Skip
from scheduler.ical.foreign_zones import Assumed
from scheduler.words import LANGUAGES, Words


class Failure(StrEnum):
    """Why the diary at an address was not read."""

    NOT_HTTPS = "not_https"
    INSIDE = "inside"
    NO_HOST = "no_host"
    UNREACHABLE = "unreachable"
    INSECURE = "insecure"
    TIMED_OUT = "timed_out"
    CUT_OFF = "cut_off"
    REFUSED = "refused"
    MISSING = "missing"
    STATUS = "status"
    REDIRECTS = "redirects"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    INTERNAL = "internal"


FAILURE_WORDS: Mapping[Failure, Words] = {
    Failure.NOT_HTTPS: {
        "en": "the address, or one it leads to, does not begin with https://",
        "nl": "het adres, of een adres waarnaar het verwijst, begint niet met https://",
    },
    Failure.INSIDE: {
        "en": "the address leads into this installation’s own network, which the operator has not allowed",
        "nl": "het adres leidt naar het eigen netwerk van deze installatie; de beheerder heeft dat niet toegestaan",
    },
    Failure.NO_HOST: {"en": "there is no such host", "nl": "deze host bestaat niet"},
    Failure.UNREACHABLE: {"en": "the host could not be reached", "nl": "de host was niet bereikbaar"},
    Failure.INSECURE: {
        "en": "the host’s certificate is not trusted, or the line could not be secured",
        "nl": "het certificaat van de host wordt niet vertrouwd, of de verbinding kon niet worden beveiligd",
    },
    Failure.TIMED_OUT: {"en": "the host took too long to answer", "nl": "de host antwoordde te langzaam"},
    Failure.CUT_OFF: {
        "en": "the host broke its answer off, or answered what is no HTTP",
        "nl": "de host brak het antwoord af, of antwoordde iets dat geen HTTP is",
    },
    Failure.REFUSED: {
        "en": "the host refuses access: a password is missing, wrong or no longer valid",
        "nl": "de host weigert toegang: een wachtwoord ontbreekt, is onjuist of is verlopen",
    },
    Failure.MISSING: {
        "en": "there is no calendar at this address any more, or there never was",
        "nl": "op dit adres staat geen agenda (meer)",
    },
    Failure.STATUS: {"en": "the host answered with an error", "nl": "de host antwoordde met een fout"},
    Failure.REDIRECTS: {
        "en": "the address leads on too many times, or nowhere",
        "nl": "het adres verwijst te vaak door, of nergens heen",
    },
    Failure.TOO_LARGE: {"en": "the calendar is too large", "nl": "de agenda is te groot"},
    Failure.UNREADABLE: {
        "en": "what the host sent is no calendar, or none of whose entries can be read",
        "nl": "wat de host stuurde is geen agenda, of geen enkele afspraak erin is leesbaar",
    },
    Failure.INTERNAL: {
        "en": "the program failed; the operator’s log says why",
        "nl": "het programma faalde; het logboek van de beheerder vermeldt waarom",
    },
}

SKIP_WORDS: Mapping[Skip, Words] = {
    Skip.TOO_OFTEN: {
        "en": "repeats by the hour, minute or second",
        "nl": "herhaalt zich per uur, minuut of seconde",
    },
    Skip.TOO_MUCH: {"en": "repeats too many times", "nl": "herhaalt zich te vaak"},
    Skip.RULE: {"en": "its recurrence rule cannot be read", "nl": "de herhalingsregel is onleesbaar"},
    Skip.START: {"en": "its start cannot be read", "nl": "het begin is onleesbaar"},
    Skip.END: {"en": "its end cannot be read", "nl": "het einde is onleesbaar"},
    Skip.BACKWARDS: {"en": "ends before it starts", "nl": "eindigt voor het begint"},
    Skip.PERIOD: {"en": "a busy period that cannot be read", "nl": "een onleesbare bezette periode"},
    Skip.EXCEPTION: {
        "en": "an exception to a series that cannot be read; the series itself is used",
        "nl": "een onleesbare uitzondering op een reeks; de reeks zelf telt mee",
    },
    Skip.LATER_TOO: {
        "en": "changes all later occurrences of a series; only the first is changed here",
        "nl": "wijzigt ook alle latere afspraken van een reeks; hier alleen de eerste",
    },
}

ASSUMED_WORDS: Mapping[Assumed, Words] = {
    Assumed.NO_ZONE: {
        "en": "name no time zone; read in your side’s own",
        "nl": "noemen geen tijdzone; gelezen in die van uw eigen zijde",
    },
    Assumed.UNKNOWN_ZONE: {
        "en": "name an unknown time zone; read in your side’s own",
        "nl": "noemen een onbekende tijdzone; gelezen in die van uw eigen zijde",
    },
}


def none_of_use(skipped: Collection[Skip]) -> Words:
    """Return why a calendar has entries and nothing of use."""
    reasons = {
        language: "; ".join(SKIP_WORDS[reason][language] for reason in skipped) for language in LANGUAGES
    }
    return {
        "en": f"none of its entries can be used: {reasons['en']}",
        "nl": f"geen van de afspraken erin is bruikbaar: {reasons['nl']}",
    }


def write_age(age: timedelta) -> Words:
    """Return how old something is, in whole hours or days."""
    hours = int(age.total_seconds()) // 3600
    days = hours // 24
    if hours < 1:
        return {"en": "less than an hour old", "nl": "minder dan een uur oud"}
    if days < 2:
        return {"en": f"{hours} hour{'s' if hours > 1 else ''} old", "nl": f"{hours} uur oud"}
    return {"en": f"{days} days old", "nl": f"{days} dagen oud"}
