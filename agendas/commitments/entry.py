"""A commitment as somebody enters it: what it must say, every mistake at once, and its stable key. Pure."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from agendas.commitments.rules import KINDS, OPEN, STRENGTHS
from agendas.text import accept_line
from scheduler.errors import BadFile, BadInput
from scheduler.typed import not_known, one_of
from scheduler.words import LANGUAGES, Words

LONGEST_TEXT = 2000
FIRST_YEAR, LAST_YEAR = 2000, 2100
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}\Z")
REMEDY_TEXT: Words = {
    "en": f"write one line of at most {LONGEST_TEXT} characters",
    "nl": f"schrijf één regel van hoogstens {LONGEST_TEXT} tekens",
}
REMEDY_KEY: Words = {
    "en": "letters, digits and hyphens; leave it empty for a new one",
    "nl": "letters, cijfers en koppeltekens; laat leeg voor een nieuwe",
}
NO_OFFICE: Words = {"en": "{0!r} is no office of {1}", "nl": "{0!r} is geen dienst van {1}"}
NO_POST: Words = {"en": "{0!r} is no post of {1}", "nl": "{0!r} is geen functie van {1}"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A new commitment. ``owners`` and ``posts`` list keys by side; its source is a meeting or a document.

    ``meeting`` is a UID and ``item`` the key of an agenda item; ``document`` the key of a source, with the heading as
    printed and half-open offsets in characters of its text where they are known.
    """

    theme: str
    text: Words
    kind: str
    strength: str
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    posts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    due: date | None = None
    status: str = "open"
    meeting: str = ""
    item: str = ""
    document: str = ""
    heading: str = ""
    first: int | None = None
    last: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry may name; ``meetings`` gives for each UID the stem of the keys of what was promised there."""

    themes: frozenset[str]
    offices: Mapping[str, frozenset[str]]
    posts: Mapping[str, frozenset[str]]
    documents: frozenset[str]
    meetings: Mapping[str, str]


class Fault(NamedTuple):
    """One mistake: the field (as columns of a table are called), what is wrong, and what would be right."""

    field: str
    message: Words
    remedy: Words


def faults(entry: Entry, known: Known) -> Iterator[Fault]:
    """Yield every mistake of an entry, field by field."""
    for name, value, choices in (
        ("theme", entry.theme, sorted(known.themes)),
        ("kind", entry.kind, KINDS),
        ("strength", entry.strength, STRENGTHS),
        ("status", entry.status, OPEN),
    ):
        if value not in choices:
            yield Fault(name, not_known(value), one_of(choices))
    yield from _wrong_text(entry)
    yield from _strangers("owners", entry.owners, known.offices, NO_OFFICE)
    yield from _strangers("posts", entry.posts, known.posts, NO_POST)
    if entry.due and not FIRST_YEAR <= entry.due.year <= LAST_YEAR:
        yield Fault(
            "due",
            {"en": f"{entry.due} is out of reach", "nl": f"{entry.due} ligt buiten bereik"},
            {
                "en": f"a day from {FIRST_YEAR} to {LAST_YEAR}",
                "nl": f"een dag van {FIRST_YEAR} tot en met {LAST_YEAR}",
            },
        )
    yield from _wrong_source(entry, known)
    if entry.key and not KEY.match(entry.key):
        yield Fault(
            "key", {"en": f"{entry.key!r} is no key", "nl": f"{entry.key!r} is geen sleutel"}, REMEDY_KEY
        )


def settled(entry: Entry, known: Known) -> Entry:
    """Return an entry as it is kept, with its key; raise ``BadFile`` with every mistake it holds."""
    found = [BadInput(message, place=name, remedy=remedy) for name, message, remedy in faults(entry, known)]
    if found:
        raise BadFile(found)
    text = {
        language: accept_line(words, language, longest=LONGEST_TEXT) for language, words in entry.text.items()
    }
    tidy = replace(
        entry,
        text={language: words for language, words in text.items() if words},
        item=accept_line(entry.item, "item"),
        heading=accept_line(entry.heading, "heading"),
    )
    return replace(tidy, key=key_of(tidy, known))


def key_of(entry: Entry, known: Known) -> str:
    """Return the key of an entry: its own, or one that the same words from the same source always have.

    It is no running number, which would tell the other side how many were thought of and not offered.
    """
    if entry.key:
        return entry.key
    stem = known.meetings.get(entry.meeting) or entry.document or "C"
    said = [entry.theme, entry.meeting, entry.item, entry.document, dict(sorted(entry.text.items()))]
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
    return f"{stem[:48]}-{digest[:10]}"


def to_structure(entry: Entry) -> dict[str, Any]:
    """Return an entry as a proposal keeps it."""
    return {**asdict(entry), "due": entry.due.isoformat() if entry.due else None}


def from_structure(kept: Mapping[str, Any]) -> Entry:
    """Return the entry that ``to_structure`` wrote."""
    due = date.fromisoformat(kept["due"]) if kept["due"] else None
    lists = {name: {party: tuple(keys) for party, keys in kept[name].items()} for name in ("owners", "posts")}
    return Entry(**{**kept, **lists, "due": due})


def folded(text: str) -> str:
    """Return words as searches compare them, the same on every database: without case and typographic variants."""
    return unicodedata.normalize("NFKC", text).casefold()


def searchable(text: Words) -> str:
    """Return all the words of a text, folded."""
    return "\n".join(folded(words) for words in text.values())


def owned_by(owners: Mapping[str, Any]) -> str:
    """Return the owners as filters read them: ``" uk/fcdo nl/bz "``."""
    return f" {' '.join(f'{party}/{office}' for party, keys in owners.items() for office in keys)} "


def _wrong_text(entry: Entry) -> Iterator[Fault]:
    if not any(entry.text.values()):
        yield Fault(
            f"text_{LANGUAGES[0]}", {"en": "the text is empty", "nl": "de tekst is leeg"}, REMEDY_TEXT
        )
    for language, text in entry.text.items():
        if language not in LANGUAGES:
            yield Fault(
                f"text_{language}",
                {"en": "is no language of ours", "nl": "is geen taal van ons"},
                one_of(LANGUAGES),
            )
        yield from _unreadable(f"text_{language}", text, LONGEST_TEXT)


def _unreadable(name: str, text: str, longest: int) -> Iterator[Fault]:
    try:
        accept_line(text, name, longest=longest)
    except BadInput as error:
        yield Fault(name, error.message, error.remedy)


def _strangers(
    name: str, given: Mapping[str, tuple[str, ...]], known: Mapping[str, frozenset[str]], noun: Words
) -> Iterator[Fault]:
    for party, keys in given.items():
        if party not in known:
            yield Fault(
                f"{name}_{party}",
                {"en": f"{party!r} is no side", "nl": f"{party!r} is geen zijde"},
                one_of(known),
            )
            continue
        for key in keys:
            if key not in known[party]:
                stranger = {language: text.format(key, party) for language, text in noun.items()}
                yield Fault(f"{name}_{party}", stranger, one_of(sorted(known[party])))


def _wrong_source(entry: Entry, known: Known) -> Iterator[Fault]:
    if entry.meeting and entry.meeting not in known.meetings:
        yield Fault(
            "meeting",
            {
                "en": f"{entry.meeting!r} is no meeting that both sides know",
                "nl": f"{entry.meeting!r} is geen bijeenkomst die beide zijden kennen",
            },
            {"en": "its UID", "nl": "de UID ervan"},
        )
    if entry.document and entry.document not in known.documents:
        yield Fault("document", not_known(entry.document), one_of(sorted(known.documents)))
    yield from _unreadable("item", entry.item, 60)
    yield from _unreadable("heading", entry.heading, 200)
