"""How the code is cut: small files, small functions, and names that say what something is."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import PRODUCT, ROOT, Source, functions, source, sources, tracked

LINES_IN_FILE = 400
LINES_IN_FUNCTION = 40
EVERYTHING = (*PRODUCT, "tests", "benchmarks", "dev.py")
DRAWERS = {"common", "helper", "helpers", "misc", "util", "utils"}

LONGER = {"scheduler/settings.py:read_settings": "one line for each setting, and nothing else"}
"""Files and functions (``path:name``) that may be longer, each with the reason."""
MIGRATIONS = "migrations/versions/"
"""A revision is as long as what it changes, and is never read again once it has run."""
SPECIMENS = "tests/"
"""Whole documents and programmes are written out in functions of tests; their files are as short as others."""


def too_long(file: Source) -> Iterator[str]:
    """Yield the file and those of its functions that are too long; docstrings do not count in functions."""
    if len(file.text.splitlines()) > LINES_IN_FILE:
        yield file.path
    for function in () if file.path.startswith(SPECIMENS) else functions(file.tree):
        if _lines(function) > LINES_IN_FUNCTION:
            yield f"{file.path}:{function.name}"


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    spoken = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if spoken else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_files_and_functions_are_short() -> None:
    read_often = [file for file in sources(*EVERYTHING) if not file.path.startswith(MIGRATIONS)]
    assert {place for file in read_often for place in too_long(file)} == set(LONGER)


def test_a_long_function_is_found() -> None:
    body = "    x = 1\n" * LINES_IN_FUNCTION
    assert list(too_long(source("a.py", "def f():\n" + body))) == ["a.py:f"]
    assert list(too_long(source("a.py", f'def f():\n    """Say\n{body}"""\n'))) == []


def test_a_long_file_is_found() -> None:
    assert list(too_long(source("a.py", "x = 1\n" * (LINES_IN_FILE + 1)))) == ["a.py"]


def test_no_drawers() -> None:
    parts = {part for file in tracked() for part in (*file.relative_to(ROOT).parent.parts, file.stem)}
    assert parts & DRAWERS == set()


def test_packages_say_what_they_own_and_hold_no_code() -> None:
    initial = [file for file in sources("scheduler", "agendas") if file.path.endswith("__init__.py")]
    assert {file.path for file in initial if not only_docstring(file)} == set()


def test_every_folder_of_code_is_a_package() -> None:
    folders = {(ROOT / file.path).parent for file in sources("scheduler", "agendas")}
    assert {folder for folder in folders if not (folder / "__init__.py").exists()} == set()


def only_docstring(file: Source) -> bool:
    return len(file.tree.body) == 1 and ast.get_docstring(file.tree) is not None


@pytest.mark.parametrize(
    ("text", "expected"), [('"""What it owns."""', True), ('"""Owns."""\nimport os', False), ("", False)]
)
def test_code_in_a_package_is_found(text: str, *, expected: bool) -> None:
    assert only_docstring(source("__init__.py", text)) is expected
