"""What the forms of a record say: typed fields in, another record out.

Owns the names of the fields: ``kind:part``, where a part is named as in the record.
"""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from agendas.outcomes import editing
from agendas.outcomes.content import ATTENDANCE, ITEM, Change, NewCommitment, Record, Said
from scheduler.errors import NotFound
from scheduler.words import LANGUAGES, Words

Fields = MultiDict[str, str]


def typed_record(record: Record, fields: Fields) -> Record:
    """Return the record with every result, text and presence that the form holds."""
    for seat in record.seats:
        name = f"{ATTENDANCE}/{seat.key}"
        if f"presence:{name}" in fields:
            typed = _in_languages(fields, f"instead:{name}")
            record = editing.with_presence(record, seat.key, fields[f"presence:{name}"], typed)
    for item in record.items:
        name = f"{ITEM}/{item.key}"
        if f"result:{name}" in fields:
            text = _in_languages(fields, f"text:{name}")
            record = editing.with_result(record, item.key, fields[f"result:{name}"], text)
    return record


def with_entry(record: Record, kind: str, fields: Fields, key: str) -> Record:
    """Return the record with what a form for one entry adds, under ``key`` where it is new."""
    text = _in_languages(fields, "entry")
    match kind:
        case "item":
            return editing.with_item(record, f"{editing.FREE}/{key}", text)
        case "new":
            return editing.with_new(record, _new_commitment(fields, key, text))
        case "said":
            about = (fields.get("commitment", ""),)
            evidence = fields.get("evidence", "")
            return editing.with_said(
                record, Said(key, fields.get("item", ""), about, text, evidence=evidence)
            )
        case "change":
            return editing.with_change(record, _change(fields, text))
    raise NotFound(f"a record holds no {kind}")


def _new_commitment(fields: Fields, key: str, text: Words) -> NewCommitment:
    return NewCommitment(
        key=key,
        item=fields.get("item", ""),
        theme=fields.get("theme", ""),
        text=text,
        kind=fields.get("kind", ""),
        strength=fields.get("strength", ""),
        owners=editing.owners_of(tuple(fields.getlist("owner"))),
        due=editing.read_day(fields.get("due", ""), "due"),
    )


def _change(fields: Fields, text: Words) -> Change:
    commitment = fields.get("commitment", "")
    return Change(
        key=commitment,
        commitment=commitment,
        status=fields.get("status", ""),
        due=editing.read_day(fields.get("due", ""), "due"),
        text=text,
        evidence=fields.get("evidence", ""),
        reason=fields.get("reason", ""),
        into=fields.get("into", "").strip(),
    )


def _in_languages(fields: Mapping[str, str], name: str) -> Words:
    return {
        language: fields[f"{name}:{language}"] for language in LANGUAGES if fields.get(f"{name}:{language}")
    }
