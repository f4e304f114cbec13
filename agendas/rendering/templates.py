"""Where the templates of documents lie, and how Jinja reads them.

Owns the folder and the two ways of reading: pages, whose templates are the product's own, and the sandbox for a
template that may come from a ministry, which runs without access to anything but its data. Both escape every value,
and an unknown name is an error, never a blank.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "agenda"
MOST_COMPILED = 64
"""Parts of templates; one DOCX has about ten."""


class Sandbox(SandboxedEnvironment):
    """A sandbox that remembers what it compiled: most documents come from one template, and compiling takes longest."""

    def __init__(self) -> None:
        """Start with nothing compiled; no other file can be loaded."""
        super().__init__(autoescape=True, undefined=StrictUndefined, loader=DictLoader({}))
        self._compiled = lru_cache(maxsize=MOST_COMPILED)(super().from_string)

    def from_string(self, source: Any, *arguments: Any, **named: Any) -> Template:
        """Return the compiled template."""
        return self._compiled(source, *arguments, **named)


@cache
def pages() -> Environment:
    """Return the environment of the HTML templates."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def sandbox() -> Sandbox:
    """Return the environment of templates from outside."""
    return Sandbox()
