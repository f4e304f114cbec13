"""Changes and conflicts in plain words: what became of which item, by its title and never by its key. Pure.

Owns the sentences and the names of fields, in English and Dutch. What differs is decided in ``difference``, what
clashes in ``merge``; which words of a text changed is told by ``difference.in_words``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise
from typing import Any

from agendas.rendering.dates import day_in_words
from agendas.versions.content import Content, Place
from agendas.versions.difference import Change
from agendas.versions.merge import DROPPED, GONE, RETURNED, SEQUENCE, TREATED, Conflict
from agendas.versions.stored import IN_LANGUAGES, ORDER, written
from scheduler.words import LANGUAGES, Words, say

LONGEST_QUOTE = 160
"""Characters; a longer text is cut, as the page shows its words beside the sentence."""

FIELDS: Mapping[str, Words] = {
    "title": {"en": "the title", "nl": "de titel"},
    "minutes": {"en": "the number of minutes", "nl": "het aantal minuten"},
    "day": {"en": "the day", "nl": "de dag"},
    "lead": {"en": "the side that opens", "nl": "de zijde die opent"},
    "offices": {"en": "the list of lead offices", "nl": "de lijst van leidende diensten"},
    "wanted": {"en": "the wanted result", "nl": "het gewenste resultaat"},
    "text": {"en": "the annotation", "nl": "de toelichting"},
    "papers": {"en": "the list of papers expected", "nl": "de lijst van verwachte stukken"},
    "place": {"en": "the way of treating it", "nl": "de wijze van behandeling"},
    "because": {"en": "the reason", "nl": "de reden"},
}

HOURS: Mapping[str, Words] = {
    "minutes": {"en": "the minutes of a day", "nl": "de duur van een dag in minuten"},
    "days": {"en": "the number of days", "nl": "het aantal dagen"},
    "first_day": {"en": "the date", "nl": "de datum"},
    "start": {"en": "the hour at which a day starts", "nl": "het uur waarop een dag begint"},
    "zone": {"en": "the time zone", "nl": "de tijdzone"},
    "host": {"en": "the host", "nl": "het gastland"},
}

WANTED: Mapping[str, Words] = {
    "decide": {"en": "decide", "nl": "besluiten"},
    "steer": {"en": "give steer", "nl": "richting geven"},
    "note": {"en": "take note", "nl": "kennisnemen"},
}

PLACES: Mapping[str, Words] = {
    Place.ROOM: {"en": "in the room", "nl": "ter vergadering"},
    Place.WRITING: {"en": "in writing", "nl": "schriftelijk"},
    Place.DROPPED: {"en": "not at all", "nl": "niet"},
}

OTHER_VERSION: Words = {"en": "the other version", "nl": "de andere versie"}
NEW_DRAFT: Words = {"en": "the new draft", "nl": "het nieuwe concept"}
OTHER_SIDE: Words = {"en": "the other side", "nl": "de andere zijde"}
COLLEAGUE: Words = {"en": "a colleague", "nl": "een collega"}
"""Who the other value of a conflict comes from."""

NOTHING: Words = {"en": "nothing", "nl": "niets"}
LANGUAGE_NAMES: Mapping[str, Words] = {
    "en": {"en": "in English", "nl": "in het Engels"},
    "nl": {"en": "in Dutch", "nl": "in het Nederlands"},
}

SENTENCES: Mapping[str, Words] = {
    "came": {"en": "{title} was added.", "nl": "{title} is toegevoegd."},
    "went": {"en": "{title} was removed.", "nl": "{title} is verwijderd."},
    "to_room": {"en": "{title} is treated in the room.", "nl": "{title} wordt ter vergadering behandeld."},
    "to_writing": {"en": "{title} goes round in writing.", "nl": "{title} wordt schriftelijk behandeld."},
    "to_dropped": {"en": "{title} was dropped.", "nl": "{title} is geschrapt."},
    "item": {
        "en": "{Field} of {title} was changed from {before} to {after}.",
        "nl": "{Field} van {title} is gewijzigd van {before} in {after}.",
    },
    "hours": {
        "en": "{Field} was changed from {before} to {after}.",
        "nl": "{Field} is gewijzigd van {before} in {after}.",
    },
    "treated": {
        "en": "Commitment {key} is now treated under {title}.",
        "nl": "Afspraak {key} wordt nu behandeld onder {title}.",
    },
    "left_out": {
        "en": "Commitment {key} is left out: {because}.",
        "nl": "Afspraak {key} is weggelaten: {because}.",
    },
    "nowhere": {
        "en": "Commitment {key} is no longer on the agenda.",
        "nl": "Afspraak {key} staat niet meer op de agenda.",
    },
    "before": {"en": "{title} was moved before {next}.", "nl": "{title} is verplaatst naar vóór {next}."},
    "last": {"en": "{title} was moved behind {previous}.", "nl": "{title} is verplaatst naar na {previous}."},
    "theme_dropped": {
        "en": "The theme {theme} is not treated: {because}.",
        "nl": "Het thema {theme} wordt niet behandeld: {because}.",
    },
    "theme_back": {
        "en": "The theme {theme} is treated again.",
        "nl": "Het thema {theme} wordt weer behandeld.",
    },
}

CLASHES: Mapping[str, Words] = {
    "item": {
        "en": "You changed {field} of {title} from {base} to {ours}; {other} says {theirs}.",
        "nl": "U wijzigde {field} van {title} van {base} in {ours}; {other} zegt {theirs}.",
    },
    "hours": {
        "en": "You changed {field} from {base} to {ours}; {other} says {theirs}.",
        "nl": "U wijzigde {field} van {base} in {ours}; {other} zegt {theirs}.",
    },
    "we_removed": {
        "en": "You removed {title}; {other} changed it.",
        "nl": "U verwijderde {title}; {other} wijzigde het.",
    },
    "they_removed": {
        "en": "You changed {title}; {other} removed it.",
        "nl": "U wijzigde {title}; {other} verwijderde het.",
    },
    "we_return": {
        "en": "You took {title} off the agenda. It stands again: {other} treats {keys} there.",
        "nl": "U haalde {title} van de agenda. Het staat er weer: {other} behandelt er {keys}.",
    },
    "they_return": {
        "en": "{Other} took {title} off the agenda. It still stands: you treat {keys} there.",
        "nl": "{Other} haalde {title} van de agenda. Het staat er nog: u behandelt er {keys}.",
    },
    "treated": {
        "en": "Commitment {key}: yours is {ours}; {other} says {theirs}.",
        "nl": "Afspraak {key}: bij u {ours}; {other} zegt {theirs}.",
    },
    "sequence": {
        "en": "You and {other} put items in different orders: {ours} or {theirs}.",
        "nl": "U en {other} hebben elk een andere volgorde: {ours} of {theirs}.",
    },
    "theme": {
        "en": "The theme {theme}: yours is {ours}; {other} says {theirs}.",
        "nl": "Het thema {theme}: bij u {ours}; {other} zegt {theirs}.",
    },
}

STATES: Mapping[str, Words] = {
    "under": {"en": "“under {title}”", "nl": "“onder {title}”"},
    "left_out": {"en": "“left out: {because}”", "nl": "“weggelaten: {because}”"},
    "nowhere": {"en": "“not on the agenda”", "nl": "“niet op de agenda”"},
    "theme_dropped": {"en": "“not treated: {because}”", "nl": "“niet behandeld: {because}”"},
    "theme_treated": {"en": "“treated”", "nl": "“behandeld”"},
}


@dataclass(frozen=True, slots=True)
class Names:
    """What is called how: sides by key, offices by ``side/office``, themes by key, items by key."""

    sides: Mapping[str, Words] = field(default_factory=dict)
    offices: Mapping[str, Words] = field(default_factory=dict)
    themes: Mapping[str, Words] = field(default_factory=dict)
    items: Mapping[str, Words] = field(default_factory=dict)


def titles(*contents: Content) -> dict[str, Words]:
    """Return the title of every item, as the first of the versions that has it says it."""
    return {item.key: item.title for content in reversed(contents) for item in content.items}


def say_change(change: Change, names: Names) -> tuple[Words, ...]:
    """Return a difference as sentences: one, or one for each item that was moved."""
    before, after = written(change.before), written(change.after)
    if change.field == SEQUENCE:
        return tuple(_moves(before, after, names))
    if change.field == TREATED:
        return (_whereabouts(change.subject, after, names),)
    if change.field == DROPPED:
        theme = _quoted(names.themes.get(change.subject, {}), change.subject)
        return (
            _both(SENTENCES["theme_dropped" if after else "theme_back"], theme=theme, because=after or {}),
        )
    if change.field == GONE:
        title = _quoted((after or before)["title"], change.subject)
        return (_both(SENTENCES["went" if after is None else "came"], title=title),)
    if change.field == "place":
        return (_both(SENTENCES[f"to_{after}"], title=_title(change.subject, names)),)
    kind = "hours" if change.subject == ORDER else "item"
    values = _values(change.subject, change.field, (before, after), names)
    return (
        _both(
            SENTENCES[kind],
            **_subject(change.subject, change.field, names),
            before=values[0],
            after=values[1],
        ),
    )


def say_conflict(conflict: Conflict, names: Names, other: Words = OTHER_VERSION) -> Words:
    """Return a conflict as a sentence to whoever has *ours*; ``other`` is where the other value comes from."""
    base, ours, theirs = (written(value) for value in (conflict.base, conflict.ours, conflict.theirs))
    subject, name = conflict.subject, conflict.field
    title = _title(
        subject, names, ours if name in (GONE, RETURNED) else None, theirs if name == GONE else None
    )
    if name == GONE:
        return _both(CLASHES["we_removed" if ours is None else "they_removed"], title=title, other=other)
    if name == RETURNED:
        we_did = ours is None or ours["place"] == Place.DROPPED
        keys = sorted(
            set((theirs if we_did else ours)["commitments"]) - set((base or {}).get("commitments", ()))
        )
        said = "we_return" if we_did else "they_return"
        return _both(CLASHES[said], title=title, other=other, Other=_capital(other), keys=", ".join(keys))
    if name == SEQUENCE:
        orders = [_listed(_title(key, names) for key in keys) for keys in (ours, theirs)]
        return _both(CLASHES["sequence"], other=other, ours=orders[0], theirs=orders[1])
    if name in (TREATED, DROPPED):
        state = _place_of if name == TREATED else _theme_state
        values = state(ours, names), state(theirs, names)
        theme = _quoted(names.themes.get(subject, {}), subject)
        said = "treated" if name == TREATED else "theme"
        return _both(CLASHES[said], key=subject, theme=theme, other=other, ours=values[0], theirs=values[1])
    was, mine, yours = _values(subject, name, (base, ours, theirs), names)
    return _both(
        CLASHES["hours" if subject == ORDER else "item"],
        **_subject(subject, name, names),
        other=other,
        base=was,
        ours=mine,
        theirs=yours,
    )


def _subject(subject: str, name: str, names: Names) -> dict[str, Words]:
    called = (HOURS if subject == ORDER else FIELDS)[name]
    return {"field": called, "Field": _capital(called), "title": _title(subject, names)}


def _values(subject: str, name: str, values: tuple[Any, ...], names: Names) -> tuple[Words, ...]:
    if name in IN_LANGUAGES:
        return _texts([value or {} for value in values])
    if name in ("lead", "host"):
        return tuple(names.sides.get(value, NOTHING) for value in values)
    speak = SPOKEN.get(name) if subject != ORDER or name in ("first_day", "start") else None
    return tuple(speak(value, names) if speak and value is not None else _plain(value) for value in values)


def _texts(values: list[Words]) -> tuple[Words, ...]:
    """Return texts in the language of the reader, or in the one that changed where the reader's did not."""
    said: list[dict[str, str]] = [{} for _ in values]
    for language in LANGUAGES:
        changed = [known for known in LANGUAGES if len({value.get(known, "") for value in values}) > 1]
        shown = language if language in changed or not changed else changed[0]
        note = "" if shown == language else f" ({LANGUAGE_NAMES[shown][language]})"
        for place, value in zip(said, values, strict=True):
            text = value.get(shown, "")
            place[language] = f"“{_short(text)}”{note}" if text else NOTHING[language]
    return tuple(said)


def _moves(before: list[str], after: list[str], names: Names) -> Iterable[Words]:
    """Yield the fewest items that must be moved to come from one order to the other, each with its neighbour."""
    stay = set(_longest_rising([before.index(key) for key in after]))
    following = dict(pairwise(after))
    for place, key in enumerate(after):
        if before.index(key) in stay:
            continue
        title = _title(key, names)
        if key in following:
            yield _both(SENTENCES["before"], title=title, next=_title(following[key], names))
        else:
            yield _both(SENTENCES["last"], title=title, previous=_title(after[place - 1], names))


def _longest_rising(numbers: list[int]) -> list[int]:
    """Return a longest subsequence of rising numbers; of several, the one found first."""
    best: list[list[int]] = []
    for index, number in enumerate(numbers):
        shorter = [best[earlier] for earlier in range(index) if best[earlier][-1] < number]
        best.append([*max(shorter, key=len, default=[]), number])
    return max(best, key=len, default=[])


def _whereabouts(key: str, where: Any, names: Names) -> Words:
    if where is None:
        return _both(SENTENCES["nowhere"], key=key)
    if isinstance(where, str):
        return _both(SENTENCES["treated"], key=key, title=_title(where, names))
    return _both(SENTENCES["left_out"], key=key, because=where["because"])


def _place_of(where: Any, names: Names) -> Words:
    if where is None:
        return STATES["nowhere"]
    if isinstance(where, str):
        return _both(STATES["under"], title=names.items.get(where, {"en": where}))
    return _both(STATES["left_out"], because=where["because"])


def _theme_state(because: Words | None, _: Names) -> Words:
    return _both(STATES["theme_dropped"], because=because) if because else STATES["theme_treated"]


def _plain(value: Any) -> Words:
    return NOTHING if value is None else {language: str(value) for language in LANGUAGES}


def _papers(papers: Any, names: Names) -> Words:
    return _listed(
        _both(
            {"en": "{title} ({side}, {due})" if paper["due"] else "{title} ({side})"},
            title=paper["title"],
            side=names.sides.get(paper["side"], {}),
            due=_date(paper["due"]) if paper["due"] else "",
        )
        for paper in papers
    )


def _date(stored: str) -> Words:
    return {language: day_in_words(date.fromisoformat(stored), language) for language in LANGUAGES}


def _listed(several: Iterable[Words]) -> Words:
    found = list(several)
    return {
        language: ", ".join(say(words, language) for words in found) or NOTHING[language]
        for language in LANGUAGES
    }


SPOKEN: Mapping[str, Callable[[Any, Names], Words]] = {
    "day": lambda value, _: _plain(value + 1),
    "wanted": lambda value, _: WANTED[value],
    "place": lambda value, _: PLACES[value],
    "offices": lambda value, names: _listed(names.offices.get(key, {"en": key}) for key in value),
    "papers": _papers,
    "first_day": lambda value, _: _date(value),
    "start": lambda value, _: _plain(f"{time.fromisoformat(value):%H:%M}"),
}


def _title(key: str, names: Names, *versions: Any) -> Words:
    known = next((version["title"] for version in versions if version), None)
    return _quoted(names.items.get(key) or known or {}, key)


def _quoted(words: Words, otherwise: str) -> Words:
    return {language: f"“{_short(say(words, language) or otherwise)}”" for language in LANGUAGES}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()}…"


def _capital(words: Words) -> Words:
    return {language: text[:1].upper() + text[1:] for language, text in words.items()}


def _both(template: Words, **values: Words | str) -> Words:
    return {
        language: say(template, language).format(
            **{
                name: value if isinstance(value, str) else say(value, language)
                for name, value in values.items()
            }
        )
        for language in LANGUAGES
    }
