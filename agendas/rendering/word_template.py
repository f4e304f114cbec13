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

from scheduler.errors import BadInput

MOST_BYTES = 10_000_000
MOST_UNPACKED = 40_000_000
MOST_OF_A_PART = 5_000_000
MOST_TAGGED = 400_000
"""Bytes of a part in which tags stand (text, headers, footers); the shipped template has 30,000."""

MOST_TAGS = 1_000
"""Tags of a part; the shipped template has some two hundred. Reading them is fast only while each is closed."""

MOST_PARTS = 300
NOT_A_WORD_FILE = "give a Word file (.docx)"

_MACROS = re.compile(r"vbaProject|vbaData|activeX/|embeddings/|\.bin$", re.IGNORECASE)
_TAGGED = re.compile(r"^word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_WEB = re.compile(rb"Target\s*=\s*[\"'](https?://|mailto:)", re.IGNORECASE)
_FETCHING = re.compile(
    rb"<w:(?:instrText|fldSimple)\b[^>]*?(?:>|instr=\")\s*(DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT"
    rb"|DATABASE|MACROBUTTON)\b",
    re.IGNORECASE,
)
_PLAIN_MARKUP = re.compile(r"<[^<>{}]*>")
_TAG_ENDS = re.compile(r"\{[{%#]|[}%#]\}")
_CLOSED_BY = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange)\s[^>]*w:author")


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
        if part.filename.endswith((".xml", ".rels")):
            _examine_text(path, part.filename, archive.read(part))


def _examine_text(path: Path, name: str, text: bytes) -> None:
    """Refuse what an XML part may not say; both encodings that Word writes are read."""
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = text.decode("utf-16", "replace").encode()
    if _TAGGED.match(name):
        _examine_tags(path, name, text.decode("utf-8", "replace"))
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        _refuse(path, name, "declares a document type", "save it again in Word")
    if name == "[Content_Types].xml" and b"macroEnabled" in text:
        _refuse(path, name, "is a file with macros", "save it as a plain .docx")
    for relationship in _RELATIONSHIP.findall(text) if name.endswith(".rels") else ():
        if _EXTERNAL.search(relationship) and not (
            _HYPERLINK.search(relationship) and _WEB.search(relationship)
        ):
            _refuse(path, name, "fetches something from elsewhere", "put pictures into the file itself")
    fetching = _FETCHING.search(text)
    if fetching:
        field = fetching.group(1).decode().upper()
        _refuse(path, name, f"has a field {field}, which fetches or runs something", "take the field out")
    if _TRACKED.search(text) or (name == "word/comments.xml" and b"<w:comment " in text):
        _refuse(
            path,
            name,
            "has comments or tracked changes with names",
            "accept the changes, delete the comments",
        )


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
