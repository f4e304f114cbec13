"""What people type and paste into agendas: taken as text, or refused with its place.

Owns the rules for every editor of this wing: how long a text may be, which characters it may hold, how a paste from
a word processor becomes lines, and that no invisible character turns writing round. Pure. How a text is set on paper
is the business of ``rendering``; markings in it, of ``scheduler.markings``.
"""

import re
import unicodedata

from scheduler.errors import BadInput
from scheduler.words import Words

LONGEST = 20_000
"""Characters of one text: some eight pages. Nothing that belongs on an agenda is longer."""

LONGEST_LINE = 300
"""Characters of a title or another text of one line."""

_ENDS_OF_LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CELL_END = re.compile("[ \xa0]*\x07")
_SPACES = re.compile("[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BULLET = re.compile(r"^(?:[•·▪◦‣\uf0b7\uf0a7]|o(?=\t))[\s\xa0]*")
_BLANK_LINES = re.compile(r"\n{3,}")
_SOFT_HYPHEN = "\xad"
"""Where a word processor would hyphenate: a hint about lines that are no longer these lines."""

_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The explicit marks of UAX 9: a text may be in any script without them, and with them can read as what it is not."""

_JOINERS = frozenset("\u200c\u200d")
"""They shape Persian, Indic scripts and emoji; beside letters with case they only make two equal words differ."""

_SHOWN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Format characters (Cf) that are seen: signs around Arabic and Syriac numbers."""

_CASED = frozenset({"Lu", "Ll", "Lt"})

_TURNS_WRITING: Words = {
    "en": "turns the direction of writing, unseen",
    "nl": "keert ongezien de schrijfrichting om",
}
_NO_TEXT: Words = {
    "en": "stands for something that is no text",
    "nl": "staat voor iets dat geen tekst is",
}
_UNSEEN: Words = {"en": "cannot be seen", "nl": "is onzichtbaar"}
_ANY_SCRIPT: Words = {
    "en": "any script may be typed as it is",
    "nl": "elk schrift kan zonder zulke tekens worden getypt",
}
_COPY_AGAIN: Words = {"en": "copy the text again", "nl": "kopieer de tekst opnieuw"}
_SEND_AS_PAPER: Words = {"en": "send pictures as a paper", "nl": "stuur afbeeldingen als stuk"}
_TAKE_IT_OUT: Words = {"en": "take it out", "nl": "haal het weg"}


def accept(text: str, place: str, *, longest: int = LONGEST) -> str:
    """Return ``text`` as it is kept: lines parted by one line feed, composed (NFC), without invisible characters.

    A table's row becomes a line with its cells parted by " | ", a word processor's bullet "- ". Raise ``BadInput``
    about ``place`` for a text longer than ``longest``; and, saying line and column, for a control character, half a
    surrogate pair, a character that is none, and a mark that turns the direction of writing.
    """
    if len(text) > longest:
        raise _too_long(len(text), longest, place)
    lines = _ENDS_OF_LINES.sub("\n", text.removeprefix("\ufeff").replace(_SOFT_HYPHEN, "")).split("\n")
    kept = [_line(line, number, place) for number, line in enumerate(lines, start=1)]
    return unicodedata.normalize("NFC", _BLANK_LINES.sub("\n\n", "\n".join(kept)).strip("\n"))


def accept_line(text: str, place: str, *, longest: int = LONGEST_LINE) -> str:
    """Return ``text`` on one line: a title, a name. Raises as ``accept`` does."""
    return " ".join(accept(text, place, longest=longest).split())


def _too_long(length: int, longest: int, place: str) -> BadInput:
    given, most = f"{length:,}", f"{longest:,}"
    return BadInput(
        {"en": f"{given} characters are too many", "nl": f"{given.replace(',', '.')} tekens is te veel"},
        place=place,
        remedy={
            "en": f"at most {most}; send the rest as a paper of its own",
            "nl": f"hoogstens {most.replace(',', '.')}; stuur de rest als afzonderlijk stuk",
        },
    )


def _line(line: str, number: int, place: str) -> str:
    row = _CELL_END.sub("\t", _BULLET.sub("- ", line.lstrip(" \xa0\t")))
    for position, character in enumerate(row):
        if not (" " <= character <= "~" or character == "\t"):
            _check(row, position, number, place)
    cells = [_SPACES.sub(" ", cell).strip() for cell in row.strip("\t").split("\t")]
    return " | ".join(cells)


def _check(row: str, position: int, number: int, place: str) -> None:
    """Raise ``BadInput`` for a character of a line that does not show what it does, counting from 1 where it stands."""
    character = row[position]
    fault, remedy = _fault(character, row[max(position - 1, 0) : position] + row[position + 1 : position + 2])
    if fault:
        name, column = f"U+{ord(character):04X}", position + 1
        message = {
            "en": f"{name} in line {number}, column {column} {fault['en']}",
            "nl": f"{name} op regel {number}, positie {column} {fault['nl']}",
        }
        raise BadInput(message, place=place, remedy=remedy)


def _fault(character: str, beside: str) -> tuple[Words, Words]:
    """Return what is wrong with a character and what would be right; without words where it may stand."""
    category = unicodedata.category(character)
    is_shown = character in _SHOWN_FORMATS
    is_joining = character in _JOINERS and not any(unicodedata.category(other) in _CASED for other in beside)
    is_no_character = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    faults = (
        (character in _DIRECTIONS, _TURNS_WRITING, _ANY_SCRIPT),
        (category == "Cs", {"en": "is half a character", "nl": "is een half teken"}, _COPY_AGAIN),
        (category == "Cc", {"en": "is a control character", "nl": "is een besturingsteken"}, _TAKE_IT_OUT),
        ("\ufff9" <= character <= "\ufffc", _NO_TEXT, _SEND_AS_PAPER),
        (is_no_character, {"en": "is no character", "nl": "is geen teken"}, _TAKE_IT_OUT),
        (category == "Cf" and not (is_shown or is_joining), _UNSEEN, _TAKE_IT_OUT),
    )
    return next(((fault, remedy) for is_so, fault, remedy in faults if is_so), ({}, {}))
