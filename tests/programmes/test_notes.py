"""Why a value was chosen that no source states: said once or by language, kept, exported, shipped in both."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from scheduler.db.work import reading, unit_of_work
from scheduler.programmes.loading import SHIPPED, export, load, parse_programme
from scheduler.words import LANGUAGES
from tests.builders import NOW, OPERATOR, PARTNERSHIP, SECTIONS, SMALL, programme

WHY = {"en": "before the holidays", "nl": "vóór de vakantie"}


@pytest.mark.parametrize(
    ("written", "read"),
    [("before the holidays", {"en": WHY["en"]}), (f"{{en: {WHY['en']}, nl: {WHY['nl']}}}", WHY)],
    ids=["one text", "by language"],
)
def test_why_a_value_was_chosen_may_be_said_by_language(
    engine: Engine, written: str, read: dict[str, str]
) -> None:
    text = SMALL.read_text(encoding="utf-8")
    for claim, noted in (
        ("6]}, basis: assumed}", f"6]}}, basis: assumed, note: {written}}}"),
        ("{type: umbrella_of, to: SOC", f"{{type: umbrella_of, note: {written}, to: SOC"),
    ):
        assert claim in text
        text = text.replace(claim, noted)
    given = parse_programme(text.encode(), "noted.yaml", SECTIONS)
    soc, roof = given["obligations"][:2]
    assert (soc["basis"]["window.note"], roof["relations"][0]["note"]) == (read, read)
    loads(engine, given)
    with reading(engine, OPERATOR, NOW) as work:
        exported = export(work, PARTNERSHIP, SECTIONS)
    again = parse_programme(exported.encode(), "exported.yaml", SECTIONS)
    assert (again, loads(engine, again)) == (given, [])
    soc["basis"]["window.note"] = {**read, "en": "any day"}
    assert loads(engine, given) == [
        "changed   obligations SOC: basis, window.note, en: before the holidays → any day"
    ]


@pytest.mark.parametrize("shipped", sorted(SHIPPED.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_note_of_a_shipped_programme_is_in_every_language(shipped: Path) -> None:
    found = list(notes_in(programme(shipped)))
    assert [note for note in found if set(note) != set(LANGUAGES)] == []
    assert len(found) >= 2


def notes_in(content: Any) -> Iterator[dict[str, str]]:
    """Yield every note of a programme in its normal form, beside values and of its own."""
    if isinstance(content, list):
        for entry in content:
            yield from notes_in(entry)
    elif isinstance(content, dict):
        for key, value in content.items():
            if (key == "note" or key.endswith(".note")) and value:
                yield value
            else:
                yield from notes_in(value)


def loads(engine: Engine, given: dict[str, Any]) -> list[str]:
    with unit_of_work(engine, OPERATOR, NOW) as work:
        return [str(difference) for difference in load(work, given, SECTIONS)]
