"""What must not be in the repository: addresses of package indexes, and paths of one machine."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, tracked

INDEX = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|yarnpkg\.com|--(extra-)?index-url|index_url"
)
MACHINE = re.compile(r"(?<![\w.}>)])/(work|root|tmp|home/\w+)/\w")
BINARY = {".docx", ".gif", ".ico", ".jpg", ".pdf", ".png", ".woff2"}


def places(text: str) -> list[str]:
    """Return what a text says of indexes and machines."""
    return [found.group() for pattern in (INDEX, MACHINE) for found in pattern.finditer(text)]


def test_nothing_names_an_index_or_a_machine() -> None:
    files = [file for file in tracked() if file.suffix not in BINARY and file != Path(__file__)]
    found = {file.relative_to(ROOT).as_posix(): places(file.read_text()) for file in files}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "text",
    ["https://pypi.org/simple", "--index-url https://x", "cd /work/main", '"/tmp/x"', "/home/anna/main"],
)
def test_such_a_place_is_found(text: str) -> None:
    assert len(places(text)) == 1


@pytest.mark.parametrize("text", ["url_for('index')", "network/working", "https://host.example/work/plan"])
def test_other_words_are_left_alone(text: str) -> None:
    assert places(text) == []
