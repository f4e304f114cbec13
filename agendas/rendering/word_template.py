"""What a Word template from outside may be: a small, plain DOCX that runs nothing, fetches nothing, names nobody.

Owns the examination of the file before any library opens it. What its tags may say is examined by ``templates``.
Raises ``BadInput`` naming the file and the part, and bounds what the file may cost in time and memory.
"""

import re
import zipfile
from html import unescape
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import NoReturn

from agendas.rendering.word_markup import fault_of
from scheduler.errors import BadInput

MOST_BYTES = 10_000_000
MOST_UNPACKED = 40_000_000
MOST_OF_A_PART = 5_000_000
MOST_TAGGED = 400_000
"""Bytes of a part in which tags stand (text, headers, footers); the shipped template has 30,000."""

MOST_TAGS = 1_000
"""Tags of a part; the shipped template has some two hundred. Reading them is fast only while each is closed."""

MOST_PARTS = 300
BEGINS_XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")
"""How a part begins that is XML by whatever name: Word goes by what refers to it."""

NOT_A_WORD_FILE = "give a Word file (.docx)"

_MACROS = re.compile(r"vbaProject|vbaData|activeX/|embeddings/|\.bin$", re.IGNORECASE)
_TAGGED = re.compile(r"^word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_PLAIN_MARKUP = re.compile(r"<[^<>{}]*>")
_TAG_ENDS = re.compile(r"\{[{%#]|[}%#]\}")
_CLOSED_BY = {"{{": "}}", "{%": "%}", "{#": "#}"}


def examined(path: Path) -> BytesIO:
    """Return the file's bytes if it may serve as a template."""
    if path.suffix.lower() != ".docx":
        _refuse(path, "", "is no .docx", NOT_A_WORD_FILE)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(error.strerror or str(error), place=str(path), remedy=NOT_A_WORD_FILE) from error
    if len(content) > MOST_BYTES:
        _refuse(path, "", f"is larger than {MOST_BYTES:,} bytes", "give a smaller file")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _examine(path, archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BadInput(f"cannot be unpacked: {error}", place=str(path), remedy=NOT_A_WORD_FILE) from error
    return BytesIO(content)


def _examine(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        _refuse(path, "", f"has {len(parts)} parts", f"at most {MOST_PARTS}")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        _refuse(path, "", "unpacks to too much", f"at most {MOST_UNPACKED:,} bytes")
    if len({part.filename for part in parts}) < len(parts):
        _refuse(path, "", "holds a part twice", "save it again in Word")
    for part in parts:
        if _MACROS.search(part.filename):
            _refuse(path, part.filename, "holds a program or an embedded file", "save it as a plain .docx")
        if part.file_size > (MOST_TAGGED if _TAGGED.match(part.filename) else MOST_OF_A_PART):
            _refuse(path, part.filename, "is too large", "take out what no document needs")
        content = archive.read(part)
        if part.filename.endswith((".xml", ".rels")) or content.startswith(BEGINS_XML):
            _examine_text(path, part.filename, content)


def _examine_text(path: Path, name: str, content: bytes) -> None:
    """Refuse what an XML part may not say; both encodings that Word writes are read."""
    is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = content.decode("utf-16", "replace").encode() if is_wide else content
    if _TAGGED.match(name):
        _examine_tags(path, name, text.decode("utf-8", "replace"))
    if name == "[Content_Types].xml" and b"macroEnabled" in text:
        _refuse(path, name, "is a file with macros", "save it as a plain .docx")
    fault = fault_of(content)
    if fault:
        _refuse(path, name, *fault)


def _examine_tags(path: Path, name: str, text: str) -> None:
    """Refuse tags that are not closed before the next one opens; Word may have put markup between their braces."""
    ends = _TAG_ENDS.findall(_PLAIN_MARKUP.sub("", unescape(text)))
    if len(ends) > 2 * MOST_TAGS:
        _refuse(path, name, f"has {len(ends) // 2:,} tags", f"at most {MOST_TAGS:,}")
    for opening, closing in zip_longest(ends[::2], ends[1::2], fillvalue=""):
        if _CLOSED_BY.get(opening) != closing:
            at = f"{opening} … {closing}".strip()
            _refuse(
                path,
                name,
                f"the template’s tags cannot be followed: {at} does not close",
                "see templates/agenda/README.md",
            )


def _refuse(path: Path, name: str, message: str, remedy: str) -> NoReturn:
    raise BadInput(message, place=", ".join(filter(None, [str(path), name])), remedy=remedy)
