"""The page on programme files: every key, whether it is needed, which words it takes; and its example loads."""

import re
from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, fields, validate
from sqlalchemy import Engine

from scheduler.db.work import reading, unit_of_work
from scheduler.programmes.fields import Valued
from scheduler.programmes.loading import export, load, parse_programme
from scheduler.programmes.reader import DEEPEST_NESTING, LARGEST_FILE
from scheduler.programmes.schema import PassageShape, programme_shape
from tests.architecture.source import ROOT
from tests.builders import NOW, OPERATOR, SECTIONS

PAGE = (ROOT / "docs" / "programmes.md").read_text(encoding="utf-8")
Rows = dict[str, tuple[bool, bool]]
"""For each key: whether it is needed, and whether its value may be claimed."""


def innermost(field: fields.Field[Any]) -> fields.Field[Any]:
    """Return the field of a single value, in whatever list or claim it stands."""
    while isinstance(field, Valued | fields.List):
        field = field.inner
    return field


def shapes(schema: Schema, *path: str) -> Iterator[tuple[str, Schema]]:
    """Yield every mapping of the format with the way to it; passages once, wherever they stand."""
    yield ", ".join(path), schema
    for name, field in schema.fields.items():
        inner = innermost(field)
        if isinstance(inner, fields.Nested):
            if isinstance(inner.schema, PassageShape):
                yield "passage", inner.schema
            else:
                yield from shapes(inner.schema, *path, field.data_key or name)


def choices(field: fields.Field[Any]) -> set[str]:
    """Return the words that a field takes; none where it takes any."""
    checks = [field.validate] if callable(field.validate) else list(field.validate or ())
    return {str(choice) for check in checks if isinstance(check, validate.OneOf) for choice in check.choices}


FORMAT = dict(shapes(programme_shape({section.name: section.shape for section in SECTIONS if section.shape})))


def tables() -> dict[str, str]:
    """Return what stands below each heading that names a mapping."""
    parts = re.split(r"^### (?:`([a-z_, ]+)`|The whole file)$", PAGE, flags=re.MULTILINE)
    return {name or "": body.split("\n## ")[0] for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def rows(text: str) -> dict[str, tuple[str, str, str]]:
    """Return the cells of each row of a table that begins with a key."""
    found = re.findall(r"^\| `(\w+)` \| (yes|no) \| (yes|no) \| (.*) \|$", text, flags=re.MULTILINE)
    return {key: (needed, claim, meaning) for key, needed, claim, meaning in found}


def test_every_mapping_and_every_key_is_documented_and_no_other() -> None:
    documented: dict[str, Rows] = {
        name: {key: (needed == "yes", claim == "yes") for key, (needed, claim, _) in rows(text).items()}
        for name, text in tables().items()
    }
    expected: dict[str, Rows] = {
        name: {
            field.data_key or key: (field.required, isinstance(field, Valued))
            for key, field in schema.fields.items()
        }
        for name, schema in FORMAT.items()
    }
    assert documented == expected


def test_every_word_that_a_key_takes_is_documented() -> None:
    missing = {}
    for name, schema in FORMAT.items():
        meanings = rows(tables()[name])
        for key, field in schema.fields.items():
            words = choices(innermost(field))
            said = set(re.findall(r"`([^`]+)`", meanings[field.data_key or key][2]))
            missing[name, key] = words - said
    assert {place: words for place, words in missing.items() if words} == {}


def examples() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_the_complete_example_loads_and_exports_to_itself(engine: Engine) -> None:
    given = parse_programme(examples()[0].encode(), "example.yaml", SECTIONS)
    with unit_of_work(engine, OPERATOR, NOW) as work:
        assert {difference.kind for difference in load(work, given, SECTIONS)} == {"new"}
        assert load(work, given, SECTIONS) == ()
    with reading(engine, OPERATOR, NOW) as work:
        text = export(work, "no-se", SECTIONS)
    assert parse_programme(text.encode(), "exported.yaml", SECTIONS) == given


def test_the_limits_are_those_of_the_reader() -> None:
    assert f"nesting deeper than {DEEPEST_NESTING}" in " ".join(PAGE.split())
    assert f"more than {LARGEST_FILE // 1_000_000} million bytes" in PAGE
