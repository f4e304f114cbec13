"""Short texts that exist in several languages, and how one of them is chosen.

Owns the choice of language for a text that was given in some languages only.
Not its business: the translation of headings and labels, which stands beside the code that prints them.
"""

from collections.abc import Mapping
from unicodedata import category

from scheduler.errors import BadInput

Words = Mapping[str, str]
"""A text by language code: ``{"en": "Serious and organised crime", "nl": "Zware criminaliteit"}``."""

LANGUAGES = ("en", "nl")
"""The languages that every heading, reason and letter of the product exists in."""

FALLBACK = "en"

LONGEST_NAME = 200
"""Characters of the name of whoever sets, says or does something."""


def say(words: Words, language: str) -> str:
    """Return the text in ``language``; else in English; else in the first language that it has; else ``""``."""
    for candidate in (language, FALLBACK):
        if words.get(candidate):
            return words[candidate]
    return next((text for text in words.values() if text), "")


def on_one_line(typed: str) -> str:
    """Return what somebody typed for others to read, on one line, without what steers a terminal or turns writing."""
    return " ".join("".join(character if character.isprintable() else " " for character in typed).split())


def require_readable(typed: str, place: str, most: int) -> None:
    """Raise ``BadInput`` for what somebody typed that is longer than ``most`` characters, or holds control characters.

    Line breaks and tabs are none of those: whoever wants one line says so with ``on_one_line``.
    """
    if len(typed) > most:
        raise BadInput(f"{len(typed)} characters are too many", place=place, remedy=f"at most {most}")
    if any(category(character) in {"Cc", "Cs"} and character not in "\n\r\t" for character in typed):
        raise BadInput("holds control characters", place=place, remedy="leave them out")
