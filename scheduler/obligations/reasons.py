"""The sentences that say why a duty stands as it does, in English and Dutch. Pure; ``rules.py`` chooses among them.

Where nothing is on record a reason says "none on record" and never "missed": absence of a record proves nothing.
"""

from datetime import date

from scheduler.dates.cadence import WITHOUT_INTERVAL, Cadence
from scheduler.dates.written import write_date
from scheduler.words import Words


def _words(english: str, dutch: str, **days: date) -> Words:
    return {
        language: text.format(**{name: write_date(day, language) for name, day in days.items()})
        for language, text in (("en", english), ("nl", dutch))
    }


def not_yet_in_force(first: date) -> Words:
    """The obligation starts later."""
    return _words("in force only from {first}", "pas van kracht vanaf {first}", first=first)


def no_longer_in_force(last: date) -> Words:
    """The obligation has ended."""
    return _words("no longer in force since {last}", "niet meer van kracht sinds {last}", last=last)


def never_owed(*, is_contact: bool) -> Words:
    """The text leaves the moment to both sides, or asks for contact and no meeting."""
    if is_contact:
        return _words(
            "the text asks for contact, not for meetings; no date is ever owed",
            "de tekst vraagt om contact, niet om bijeenkomsten; er is nooit een datum vereist",
        )
    return _words(
        "held whenever both sides find it appropriate; no date is ever owed",
        "gehouden wanneer beide zijden dat passend vinden; er is nooit een datum vereist",
    )


def no_interval(stated: str | None) -> Words:
    """The text names no interval, and nobody has set one."""
    said_en = f"the text says “{stated}” and names no interval" if stated else "the text names no interval"
    said_nl = f"de tekst zegt “{stated}” en noemt geen termijn" if stated else "de tekst noemt geen termijn"
    return {
        "en": f"{said_en}; nothing is scheduled until a named person sets one",
        "nl": f"{said_nl}; er wordt niets gepland totdat een met naam genoemde functionaris een termijn vaststelt",
    }


def interval_source(cadence: Cadence) -> list[Words]:
    """Whose the interval is, where it is not the text's."""
    if cadence.rule not in WITHOUT_INTERVAL or cadence.months is None:
        return []
    return [
        {
            "en": f"{cadence.months} months set by {cadence.set_by}, not by the text",
            "nl": f"{cadence.months} maanden, vastgesteld door {cadence.set_by}, niet door de tekst",
        }
    ]


def waits_for_event() -> Words:
    """The clock starts with an event that has no date yet."""
    return _words(
        "waits for an event that has no date yet", "wacht op een gebeurtenis die nog geen datum heeft"
    )


def kept_for_this_event() -> Words:
    """The one round that the event asks for was held."""
    return _words("kept for this event or term", "nagekomen voor deze gebeurtenis of termijn")


def none_on_record(start: date, *, in_force: bool) -> Words:
    """No round is known; the clock runs from the day in force, or from an event, a term or a skip."""
    return _words(
        "no round on record; counted from {start}" + (", when it came into force" if in_force else ""),
        "geen ronde geregistreerd; geteld vanaf {start}"
        + (", de dag van inwerkingtreding" if in_force else ""),
        start=start,
    )


def skipped(due: date) -> Words:
    """Both sides agreed to leave a round out; the clock runs from its due date."""
    return _words(
        "both sides agreed to skip the round due {due}",
        "beide zijden kwamen overeen de ronde van {due} over te slaan",
        due=due,
    )


def held_before_in_force(last: date, start: date) -> Words:
    """The last known round lies before the obligation itself."""
    return _words(
        "last on record {last}, before it came into force; counted from {start}",
        "laatst geregistreerd {last}, vóór de inwerkingtreding; geteld vanaf {start}",
        last=last,
        start=start,
    )


def last_held(last: date, under: str | None) -> Words:
    """The last round held, and under which other obligation."""
    via_en = f" (as a round of {under})" if under else ""
    via_nl = f" (als ronde van {under})" if under else ""
    return _words("last held {last}" + via_en, "laatst gehouden {last}" + via_nl, last=last)


def due(day: date) -> Words:
    """By when the next round is aimed for."""
    return _words("due {day}", "uiterlijk {day}", day=day)


def due_was(day: date) -> Words:
    """The aim lies in the past."""
    return _words("was due {day}", "de ronde had uiterlijk {day} moeten plaatsvinden", day=day)


def agreed_for(day: date) -> Words:
    """Both sides agreed a date within the limit."""
    return _words(
        "date agreed by both sides: {day}", "datum door beide zijden overeengekomen: {day}", day=day
    )


def agreed_too_late(day: date) -> Words:
    """Both sides agreed a date, but beyond the limit."""
    return _words(
        "the date agreed by both sides, {day}, lies beyond the limit",
        "de door beide zijden overeengekomen datum, {day}, ligt na de grens",
        day=day,
    )


def agreed_but_not_held(day: date) -> Words:
    """A future date does not clear a limit that has passed."""
    return _words(
        "agreed for {day}; only a round held or an agreed skip clears red",
        "overeengekomen voor {day}; alleen een gehouden ronde of het gezamenlijk overslaan ervan maakt rood ongedaan",
        day=day,
    )


def no_date_agreed() -> Words:
    """No date stands that both sides agreed."""
    return _words("no date agreed by both sides", "geen datum door beide zijden overeengekomen")


def save_the_date_from(day: date) -> Words:
    """The date need not be sought yet; no source states the lead time that says so."""
    return _words(
        "save-the-date due from {day} (assumed lead time)",
        "de vooraankondiging moet uiterlijk {day} uitgaan (termijn aangenomen)",
        day=day,
    )


def save_the_date_since(day: date) -> Words:
    """The date should have been sought since; no source states the lead time that says so."""
    return _words(
        "save-the-date due since {day} (assumed lead time)",
        "de vooraankondiging had uiterlijk {day} moeten uitgaan (termijn aangenomen)",
        day=day,
    )


def red_after(day: date) -> Words:
    """Until when the promise can still be kept."""
    return _words("red after {day}", "rood na {day}", day=day)


def never_red() -> Words:
    """The interval is somebody's, not the text's, so it can press but not be broken."""
    return _words(
        "never red: the interval is not the text's", "nooit rood: de termijn is niet die van de tekst"
    )


def limit_passed(day: date) -> Words:
    """The promise could be kept until that day."""
    return _words("the limit of {day} has passed", "de grens van {day} is verstreken", day=day)


def gap_passes(months: float, start: date) -> Words:
    """The limit is the longest gap: so many months after the clock started."""
    return _words(f"{months:g} months after {{start}}", f"{months:g} maanden na {{start}}", start=start)


def year_closes(year: int, wanted: int, *, is_over: bool) -> Words:
    """The limit is the end of a calendar year, to come or past."""
    closes, ends = ("closed", "is geëindigd") if is_over else ("closes", "eindigt")
    if wanted == 1:
        return {
            "en": f"{year} {closes} with no round held",
            "nl": f"{year} {ends} zonder dat er een ronde is gehouden",
        }
    return {
        "en": f"{year} {closes} with fewer than {wanted} rounds held",
        "nl": f"{year} {ends} met minder dan {wanted} gehouden rondes",
    }


def not_recorded(day: date) -> Words:
    """A date agreed by both lies in the past, and nobody said what became of it."""
    return _words(
        "the round agreed for {day} has not been recorded as held",
        "de voor {day} overeengekomen ronde is niet als gehouden geregistreerd",
        day=day,
    )
