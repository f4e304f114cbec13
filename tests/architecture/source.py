"""The source of the project as the architecture tests read it. Owns no rule."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PRODUCT = ("scheduler", "agendas", "migrations", "wsgi.py")
"""What runs in an installation."""


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file, parsed; ``path`` is relative to the root."""

    path: str
    text: str
    tree: ast.Module


def source(path: str, text: str) -> Source:
    return Source(path, text, ast.parse(text))


@cache
def sources(*places: str) -> tuple[Source, ...]:
    """Return every Python file of some folders, and those that are named themselves, in order."""
    inside = [file for place in places for file in (ROOT / place).rglob("*.py")]
    files = sorted([*inside, *(ROOT / place for place in places if place.endswith(".py"))])
    return tuple(source(file.relative_to(ROOT).as_posix(), file.read_text()) for file in files)


@cache
def settings_of_project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def tracked() -> list[Path]:
    """Return every file that git keeps, or would keep once it is added."""
    listing = subprocess.run(
        ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"),
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def imported(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    """Yield each import as (module, name), the name being None for ``import module``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method, however deep."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
