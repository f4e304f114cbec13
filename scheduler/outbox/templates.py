"""Words of letters: the templates in ``templates/mail``, one folder for each letter and language.

A letter is three templates: ``subject.txt``, ``letter.txt`` and ``letter.html``; the latter two extend a
layout that puts the marking into the first line and the last. A name that a template uses and nobody gave is
an error, never a blank.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from scheduler.words import FALLBACK, LANGUAGES

FOLDER = Path(__file__).parents[2] / "templates" / "mail"
LINE_LENGTH = 76
"""Characters in a line of a plain letter: what every mail program shows unbroken (RFC 5322 recommends 78 at most)."""


@dataclass(frozen=True, slots=True)
class Written:
    """The words of a letter."""

    subject: str
    text: str
    html: str


def write(name: str, language: str, facts: Mapping[str, Any]) -> Written:
    """Return the letter ``name`` in ``language`` (English where it is not spoken here); facts include ``marking``."""
    text = _template(name, language, "letter.txt").render(facts)
    html = _template(name, language, "letter.html").render(facts)
    return Written(write_subject(name, language, facts), text.strip() + "\n", html)


def write_subject(name: str, language: str, facts: Mapping[str, Any]) -> str:
    """Return only the subject of the letter ``name``."""
    subject: str = _template(name, language, "subject.txt").render(facts)
    return subject.strip()


def _template(name: str, language: str, part: str) -> Template:
    spoken = language if language in LANGUAGES else FALLBACK
    return _environment().get_template(f"{name}/{spoken}/{part}")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = _lines
    return environment


def _lines(text: str, indent: str = "", following: str | None = None) -> str:
    """Break a paragraph into lines, the first after ``indent``, the others after ``following``."""
    later = indent if following is None else following
    return textwrap.fill(
        text,
        LINE_LENGTH,
        initial_indent=indent,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
