"""Characters in calendar files: what may stand in a value, how it is escaped, where a line is folded.

Owns the one sanitiser that everything passes on its way out: a line break that reaches a calendar file
unescaped begins a new property, which is how foreign events get into other people's calendars. What the
properties mean is ``components``' business.
"""

import re
import unicodedata
from collections.abc import Iterator

from scheduler.errors import BadInput

LINE_OCTETS = 75
"""Octets in a line, its break not counted (RFC 5545 section 3.1)."""

_LINE_BREAKS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Whatever some program or other takes for the end of a line (Python's ``splitlines`` takes all of these)."""

_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
"""Control characters, halves of surrogate pairs and byte order marks; tabs and line breaks are dealt with before."""

_NOT_IN_A_VALUE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BLANKS = re.compile("[ \n]+")
_ESCAPED = re.compile(r"[\\;,\n]")
_WEB_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+")
_ZERO_WIDTH_JOINER = "\u200d"


def clean_text(text: str) -> str:
    r"""Return ``text`` as a calendar may carry it: every kind of line break as ``\n``, no other control characters."""
    return _UNWANTED.sub("", _LINE_BREAKS.sub("\n", text).replace("\t", " "))


def one_line(text: str) -> str:
    """Return ``text`` cleaned and on one line: for titles and places, which programs show in a single row."""
    return _BLANKS.sub(" ", clean_text(text)).strip(" ")


def escape(text: str) -> str:
    r"""Return a cleaned ``text`` escaped as RFC 5545 section 3.3.11 says.

    Not left to the library, which takes the two letters of a backslash and ``N`` (``C:\New``) for a line
    break.
    """
    return _ESCAPED.sub(lambda found: r"\n" if found[0] == "\n" else "\\" + found[0], text)


def plain_value(value: str, place: str) -> str:
    """Return a value that is not text (an identifier, a name from a list) if it can stand in one line unescaped.

    Raises ``BadInput`` for an empty one and for control characters, line breaks among them.
    """
    if not value or _NOT_IN_A_VALUE.search(value):
        raise BadInput(
            {
                "en": f"{value!r} cannot stand in a calendar",
                "nl": f"{value!r} kan niet in een agenda staan",
            },
            place=place,
            remedy={
                "en": "letters, digits and punctuation in one line",
                "nl": "letters, cijfers en leestekens op één regel",
            },
        )
    return value


def web_address(value: str, place: str) -> str:
    """Return an ``http`` or ``https`` address (RFC 3986) unchanged; raises ``BadInput`` for anything else."""
    if not _WEB_ADDRESS.fullmatch(value):
        raise BadInput(
            {"en": f"{value!r} is not a web address", "nl": f"{value!r} is geen webadres"},
            place=place,
            remedy={
                "en": "such as https://example.org/meetings/7",
                "nl": "zoals https://example.org/meetings/7",
            },
        )
    return value


def fold(line: str) -> bytes:
    """Return a content line as UTF-8, folded to lines of at most 75 octets, with its final line break.

    Folds stand between characters as a reader sees them, not between a letter and its accent, within an emoji
    or within an escape, because some programs decode each line before they unfold. Only what is longer than a
    line by itself is cut between code points.
    """
    if len(line) <= LINE_OCTETS and line.isascii():
        return line.encode() + b"\r\n"
    lines, current, room = [], b"", LINE_OCTETS
    for cluster in _clusters(line):
        for piece in [cluster] if len(cluster.encode()) < LINE_OCTETS else cluster:
            octets = piece.encode()
            if len(octets) > room:
                lines.append(current)
                current, room = b"", LINE_OCTETS - 1  # a continued line begins with a space
            current += octets
            room -= len(octets)
    return b"\r\n ".join([*lines, current]) + b"\r\n"


def _clusters(line: str) -> Iterator[str]:
    """Yield the stretches of ``line`` that no fold should cut."""
    start = 0
    for index in range(1, len(line)):
        if not _clings(line, start, index):
            yield line[start:index]
            start = index
    if line:
        yield line[start:]


def _clings(line: str, start: int, index: int) -> bool:
    """Tell whether the character at ``index`` belongs to the cluster that began at ``start``."""
    before, character = line[index - 1], line[index]
    if before == "\\":
        return index - start == 1
    if character.isascii():
        return False
    return (
        _ZERO_WIDTH_JOINER in (before, character)
        or unicodedata.category(character).startswith("M")  # accents, enclosing marks, variation selectors
        or _is_skin_tone(character)
        or _is_tag(character)
        or (_is_flag_half(character) and _is_flag_half(before) and index - start == 1)
    )


def _is_skin_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_tag(character: str) -> bool:
    """Tell whether it is one of the invisible letters that make a black flag that of England or Scotland."""
    return "\U000e0020" <= character <= "\U000e007f"


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
