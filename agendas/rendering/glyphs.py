"""Characters that no font at hand can draw: shown by their number, never as an empty box and never in silence.

Owns what takes their place in a document, and by which name a log may speak of them. Pure. Which characters those are
is found out by the writer that has the fonts.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

Part = TypeVar("Part")

FAMILIAR = frozenset({"LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC"})
"""Scripts of which single letters are missing, not all."""

LAST_COMMON = 0x25FF
"""Up to here stand letters and the signs of print; behind it pictures, and the scripts of Asia."""


def kind(character: str) -> str:
    """Return what a character goes with: its script where that is missing as a whole, else the character itself."""
    script = unicodedata.name(character, "").partition(" ")[0]
    is_letter = unicodedata.category(character)[0] in "LM"
    return script if is_letter and script and script not in FAMILIAR else character


def doubtful(text: str) -> frozenset[str]:
    """Return the kinds in a text that a font for printing may well not have: other scripts, pictures, private signs."""
    found = {
        kind(character) for character in text if ord(character) > LAST_COMMON or kind(character).isalpha()
    }
    return frozenset(one for one in found if len(one) > 1 or ord(one) > LAST_COMMON)


def names(kinds: Iterable[str]) -> list[str]:
    """Return the kinds as a log may name them: enough to know which font is wanted, too little to read a text."""
    return sorted({one if len(one) > 1 else unicodedata.name(one, "UNNAMED") for one in kinds})


def numbered(part: Part, kinds: frozenset[str]) -> Part:
    """Return a document, or a part of one, with every character of these kinds written as [U+4E2D]."""
    if isinstance(part, str):
        return _runs(part, kinds)  # type: ignore[return-value]  # a text for a text
    if isinstance(part, tuple):
        return tuple(numbered(one, kinds) for one in part)  # type: ignore[return-value]  # a tuple for a tuple
    if is_dataclass(part) and not isinstance(part, type):
        changed = {field.name: numbered(getattr(part, field.name), kinds) for field in fields(part)}
        return replace(part, **changed)
    return part


def _runs(text: str, kinds: frozenset[str]) -> str:
    if text.isascii():
        return text
    marked = "".join(
        f"[U+{ord(character):04X}]" if not character.isascii() and kind(character) in kinds else character
        for character in text
    )
    return re.sub(r"(?<=[0-9A-F])\]\[(?=U\+)", " ", marked)
