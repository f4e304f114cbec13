"""What the form of a record says: typed fields in, another record out, and each mistake at the field it was typed in.

Owns the names of the fields: ``result:PART`` for what stands in the record, ``new.due`` for an entry to be added.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agendas.outcomes import editing
from agendas.outcomes.content import ATTENDANCE, CHANGE, ITEM, NEW, SAID, Change, NewCommitment, Record, Said
from agendas.outcomes.rules import without
from agendas.versions.stored import digest
from agendas.web.agenda_forms import Typed
from scheduler.errors import DialoguesError, NotFound
from scheduler.words import LANGUAGES, Words

SEAT = "seat"
TEXTS = tuple(f"text.{language}" for language in LANGUAGES)
ENTRIES: Mapping[str, tuple[str, ...]] = {
    NEW: (*TEXTS, "due", "owner"),
    SAID: (*TEXTS, "evidence"),
    CHANGE: ("status", "due", *TEXTS, "evidence", "reason", "into"),
    ITEM: TEXTS,
    SEAT: TEXTS,
}
"""The kinds of entries that a form adds, with the fields that are empty until somebody means one."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    NEW: ("item", "theme", "kind", "strength"),
    SAID: ("item", "commitment"),
    CHANGE: ("commitment",),
    ITEM: (),
    SEAT: ("party",),
}
"""The fields of an entry that always hold something."""

OTHERWISE = {CHANGE: "status"}
"""The field for a mistake of a whole entry; else its first text."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A record as a form fills it in; ``entries`` gives the kind of every entry that the form adds, by its part."""

    record: Record
    entries: Mapping[str, str]


def filled(typed: Typed, record: Record) -> Filled:
    """Return the record with everything that the form says: results, presence, entries begun, and one taken out."""
    record = _as_typed(typed, record)
    removed = typed.said("remove")
    if removed:
        record = without(record, removed)
    entries: dict[str, str] = {}
    for kind in filter(lambda one: is_begun(typed, one), ENTRIES):
        before = dict(record.parts())
        try:
            record = _with_entry(typed, kind, record)
        except DialoguesError as error:
            typed.faults[_entry_field(kind, error.place)] = error
        entries |= {name: kind for name, part in record.parts() if before.get(name) != part}
    return Filled(record, entries)


def is_begun(typed: Typed, kind: str) -> bool:
    """Tell whether somebody means to add an entry of a kind: by its button, or by typing into one of its fields."""
    return typed.said("add") == kind or any(typed.said(f"{kind}.{name}").strip() for name in ENTRIES[kind])


def place_faults(
    typed: Typed, wrong: Mapping[str, list[DialoguesError]], entries: Mapping[str, str]
) -> Iterator[tuple[str, DialoguesError]]:
    """Give every mistake of a part to its field; yield those of parts that the form does not show."""
    for name, errors in wrong.items():
        for error in errors:
            field = _field(name, error.place, entries)
            if field:
                typed.faults.setdefault(field, error)
            else:
                yield name, error


def _as_typed(typed: Typed, record: Record) -> Record:
    fields = typed.fields
    for seat in record.seats:
        name = f"{ATTENDANCE}/{seat.key}"
        if typed.has(f"presence:{name}"):
            instead = _in_languages(typed, f"instead:{name}:")
            record = editing.with_presence(record, seat.key, fields[f"presence:{name}"], instead)
    for item in record.items:
        name = f"{ITEM}/{item.key}"
        if typed.has(f"result:{name}"):
            text = _in_languages(typed, f"text:{name}:")
            record = editing.with_result(record, item.key, fields[f"result:{name}"], text)
    return record


def _with_entry(typed: Typed, kind: str, record: Record) -> Record:
    text, key = _in_languages(typed, f"{kind}.text."), _key(typed, kind)
    match kind:
        case "new":
            return editing.with_new(record, _new_commitment(typed, key, text))
        case "said":
            about, evidence = (typed.said("said.commitment"),), typed.said("said.evidence")
            part = Said(key, typed.said("said.item"), about, text, evidence=evidence)
            return editing.with_said(record, part)
        case "change":
            return editing.with_change(record, _change(typed, text))
        case "item":
            return editing.with_item(record, f"{editing.FREE}/{key}", text)
        case "seat":
            party = typed.said("seat.party")
            return editing.with_seat(record, f"{party}/{key}", party, text)
    raise NotFound(f"a record holds no {kind}")


def _key(typed: Typed, kind: str) -> str:
    """Return the key of an entry: the same for the same form sent twice, and telling nothing of what it says."""
    said = [typed.fields.getlist(f"{kind}.{name}") for name in (*CHOICES[kind], *ENTRIES[kind])]
    return digest([typed.said("once"), kind, said])[:12]


def _new_commitment(typed: Typed, key: str, text: Words) -> NewCommitment:
    return NewCommitment(
        key=key,
        item=typed.said("new.item"),
        theme=typed.said("new.theme"),
        text=text,
        kind=typed.said("new.kind"),
        strength=typed.said("new.strength"),
        owners=editing.owners_of(tuple(typed.fields.getlist("new.owner"))),
        due=editing.read_day(typed.said("new.due"), "due"),
    )


def _change(typed: Typed, text: Words) -> Change:
    commitment = typed.said("change.commitment")
    return Change(
        key=commitment,
        commitment=commitment,
        status=typed.said("change.status"),
        due=editing.read_day(typed.said("change.due"), "due"),
        text=text,
        evidence=typed.said("change.evidence"),
        reason=typed.said("change.reason"),
        into=typed.said("change.into").strip(),
    )


def _field(name: str, place: str, entries: Mapping[str, str]) -> str:
    """Return the field in which a mistake of a part was typed; nothing for a part that the form does not show."""
    if name in entries:
        return _entry_field(entries[name], place)
    kind = name.partition("/")[0]
    language = place.rpartition(", ")[2]
    if kind == ATTENDANCE:
        return f"instead:{name}:{language if language in LANGUAGES else LANGUAGES[0]}"
    if kind == ITEM:
        return f"text:{name}:{language}" if language in LANGUAGES else f"result:{name}"
    return ""


def _entry_field(kind: str, place: str) -> str:
    """Return the field for where a mistake of an entry was found: ``“Share …”, owners``, ``due``, ``item, nl``."""
    where = place.rpartition(", ")[2].removeprefix("text_")
    where = {"owners": "owner", **{language: f"text.{language}" for language in LANGUAGES}}.get(where, where)
    known = (*CHOICES[kind], *ENTRIES[kind])
    return f"{kind}.{where if where in known else OTHERWISE.get(kind, TEXTS[0])}"


def _in_languages(typed: Typed, name: str) -> Words:
    return {
        language: typed.said(f"{name}{language}") for language in LANGUAGES if typed.said(f"{name}{language}")
    }
