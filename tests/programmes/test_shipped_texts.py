"""The texts that offsets of the shipped programmes count in, and where their paragraphs begin: against a count by hand.

Sources and reading lie beside the repository; without them these tests are skipped and say so.
"""

import hashlib
import re
from typing import Any

import pytest

from scheduler.sources.rules import paragraph_at
from tests.programmes.test_shipped_against_reading import (
    DOCUMENTS,
    FOOTNOTES,
    items,
    needs_reading,
    passages,
    programme,
    reading,
    seed,
)

NO_PARAGRAPHS = {
    "JS": {0, 81, 163, 173, 11239, 11336},  # titles, furniture of the page, signatories
    "SR": {2, 109, 810, 842, 2756, 2819},  # title, issuer, a list of two, a line broken off, address
    "US": {0},  # title
    "PL": {2, 4071, 8000, 8179, 12234, 12274, 16551, 20566},  # title, footnotes, lines broken off at the foot
}
"""Lines that are neither heading nor paragraph, by their offset."""

COUNTED = {
    "uk_nl": {
        ("JS-O5", 11128): 4,
        ("JS-R03", 841): 1,
        ("JS-R04", 4743): 3,
        ("JS-R05", 5503): 2,
        ("JS-R05", 2663): 4,
        ("JS-C15", 2900): 5,
        ("JS-C26", 5335): 1,
        ("JS-C27", 5826): 3,
        ("SR-C01", 648): 3,
        ("SR-P1", 1066): 1,
        ("SR-P7", 2502): 3,
    },
    "nl_us": {},
    "nl_policy": {
        ("PL-C05", 1433): 2,
        ("PL-C62", 18357): 2,
        ("PL-C69", 20838): 1,
        ("PL-O4", 16452): 2,
        ("PL-O5", 16740): 2,
    },
}
"""Paragraphs counted by eye in the texts, by item and offset."""


def texts_of(name: str) -> dict[str, Any]:
    return {source["key"]: source["text"] for source in programme(name)["sources"] if "text" in source}


@needs_reading
@pytest.mark.parametrize("name", DOCUMENTS)
def test_offsets_count_in_the_very_text_that_was_read(name: str) -> None:
    texts = {
        key: {field: text[field] for field in ("sha256", "characters")}
        for key, text in texts_of(name).items()
    }
    assert texts == {
        key: {"sha256": hashlib.sha256(seed(key).encode()).hexdigest(), "characters": len(seed(key))}
        for key in DOCUMENTS[name]
    }
    assert texts == {key: {field: reading()[key][field] for field in texts[key]} for key in texts}


@needs_reading
@pytest.mark.parametrize("name", DOCUMENTS)
def test_headings_and_paragraphs_begin_where_lines_of_the_text_do(name: str) -> None:
    for source, text in texts_of(name).items():
        lines = {match.start() for match in re.finditer(r"^.", seed(source), re.MULTILINE)}
        assert text["headings"] == [theme["heading_start"] for theme in reading()[source]["themes"]]
        assert set(text["paragraphs"]) == lines - set(text["headings"]) - NO_PARAGRAPHS[source]


@needs_reading
@pytest.mark.parametrize("name", DOCUMENTS)
def test_passages_stand_in_the_paragraphs_that_were_counted_by_eye(name: str) -> None:
    texts = texts_of(name)
    found = {
        (owner, passage["start"]): paragraph_at(
            passage["start"],
            passage.get("heading"),
            texts[passage["source"]]["headings"],
            texts[passage["source"]]["paragraphs"],
        )
        for owner, passage in passages(programme(name))
    }
    assert {key: found[key] for key in COUNTED[name]} == COUNTED[name]
    unnumbered = {owner for (owner, _), number in found.items() if number is None}
    assert unnumbered == {*items(name, "themes"), *(FOOTNOTES & set(items(name, "events")))}
