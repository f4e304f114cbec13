"""Short texts that exist in several languages, and how one of them is chosen.

Owns the choice of language for a text that was given in some languages only.
Not its business: the translation of headings and labels, which stands beside the code that prints them.
"""

from collections.abc import Mapping

Words = Mapping[str, str]
"""A text by language code: ``{"en": "Serious and organised crime", "nl": "Zware criminaliteit"}``."""

LANGUAGES = ("en", "nl")
"""The languages that every heading, reason and letter of the product exists in."""

FALLBACK = "en"


def say(words: Words, language: str) -> str:
    """Return the text in ``language``; else in English; else in the first language that it has; else ``""``."""
    for candidate in (language, FALLBACK):
        if words.get(candidate):
            return words[candidate]
    return next((text for text in words.values() if text), "")
