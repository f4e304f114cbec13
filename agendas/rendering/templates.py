"""Where the templates of documents lie, and how Jinja reads them.

Owns the folder and the sandbox. A template may come from a ministry, so it runs without access to anything
but its data, and every value in it is escaped.
"""

from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "agenda"


@cache
def environment() -> SandboxedEnvironment:
    """Return the sandbox that every Jinja template of a document runs in; unknown names are errors, never blanks."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
