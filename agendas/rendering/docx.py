"""A document as DOCX, from a template that a ministry may replace.

Owns the only use of docxtpl and python-docx. The template runs in a sandbox and every value in it is escaped;
the file that comes out carries no names and no times but the day of its facts, and equal content gives equal
bytes.
"""

import re
import zipfile
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, assert_never

from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate, RichText
from jinja2 import TemplateError

from agendas.rendering.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Table,
    Text,
    isolated,
    leads_on,
    plain,
)
from agendas.rendering.templates import FOLDER, sandbox
from agendas.rendering.word_template import NOT_A_WORD_FILE, examined
from scheduler.errors import BadInput

TEMPLATE = FOLDER / "agenda.docx"

LANGUAGES = {"en": "en-GB", "nl": "nl-NL"}
"""What Word checks spelling by, and screen readers speak in."""

STYLES = {
    "plain": None,
    "strong": "Strong",
    "quiet": "QuietText",
    "key": "Key",
    "flag": "Flag",
    "alarm": "Alarm",
    "mark": "Mark",
}
"""The template's character styles, by their ids; a template without one writes plain words."""

LONGEST_PASSAGE = 120
_MARKUP = re.compile(r"<[^>]*>")

TEMPLATE_FAILURES = (
    TemplateError, TypeError, ValueError, LookupError, ArithmeticError, SyntaxError, RecursionError,
)  # fmt: skip
"""What tags of a template can raise: their own errors, those of what they reckon, and XML that no longer parses."""

SHORT_TABLE, FIRST_ROWS = 1_200, 2
"""Characters of a table that stays on one page; of a longer one its heading and first row stay with the second."""

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""

_NO_PROGRAM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_NO_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_NO_PEOPLE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
)
NO_TRACES = {
    "docProps/app.xml": _NO_PROGRAM,
    "docProps/custom.xml": _NO_PROPERTIES,
    "word/people.xml": _NO_PEOPLE,
}
"""What is written in place of the program, company, people, editing time and own properties behind a template."""


_SESSIONS = re.compile(rb"<w:rsids>.*?</w:rsids>|<w:rsid\s[^<>]*/>|<w:docVars>.*?</w:docVars>", re.DOTALL)
_OF_A_SESSION = re.compile(rb"<w:[^<>]*\sw:rsid[^<>]*>")
_SESSION = re.compile(rb"\sw:rsid\w*=\"[^\"]*\"")
"""The numbers of the sessions in which Word saved the template: they tell which files came from one machine.

With them goes what a filing system keeps for itself in a file (``docVars``), unseen.
"""


def render(document: Document, template: Path = TEMPLATE) -> bytes:
    """Return the document as DOCX. Raises ``BadInput`` when the template is no DOCX or its tags cannot be followed."""
    word = DocxTemplate(examined(template))
    try:
        word.init_docx()
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise BadInput(str(error), place=str(template), remedy=NOT_A_WORD_FILE) from error
    try:
        word.render(context(document), sandbox())
    except TEMPLATE_FAILURES as error:
        raise BadInput(
            f"the template’s tags cannot be followed: {getattr(error, 'message', None) or error}",
            place=", ".join([str(template), *_passage(error)]),
            remedy="see templates/agenda/README.md",
        ) from error
    _keep_together(word.docx)
    _set_language(word.docx, LANGUAGES.get(document.language, document.language))
    _set_properties(word.docx, document)
    saved = BytesIO()
    word.save(saved)
    return _repacked(saved)


def _passage(error: Exception) -> list[str]:
    """Return the words of the template around an error, where docxtpl knows them."""
    lines = getattr(error, "docx_context", ())
    words = " ".join(" ".join(_MARKUP.sub(" ", line) for line in lines).split())
    return [f"near “{words[:LONGEST_PASSAGE]}”"] if words else []


def context(document: Document) -> dict[str, Any]:
    """Return what a template is given."""
    furniture = document.furniture
    return {
        "marking": document.marking or "",
        "title": document.title,
        "kicker": furniture.kicker,
        "subtitle": furniture.subtitle,
        "footer": furniture.footer,
        "page": furniture.page,
        "of": furniture.of,
        "blocks": [
            {"kind": type(block).__name__, "leads_on": leads, **_block(block)}
            for block, leads in zip(document.blocks, leads_on(document.blocks), strict=True)
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            aside = RichText(plain(block.aside), style="Aside")
            return {"level": block.level, "text": _rich(block.text), "aside": aside}
        case Paragraph():
            return {"text": _rich(block.text), "quiet": block.quiet}
        case Bullets():
            return {"texts": [_rich(item) for item in block.items]}
        case Table():
            rows = [
                {"quiet": row.quiet, "closed": row.closed, "cells": [_cell(cell) for cell in row.cells]}
                for row in block.rows
            ]
            return {"layout": block.layout, "caption": block.caption, "header": block.header, "rows": rows}
        case _:
            assert_never(block)


def _cell(texts: tuple[Text, ...]) -> list[RichText]:
    """Return the paragraphs; Word needs at least one in every cell."""
    return [_rich(text) for text in texts or ((),)]


def _rich(text: Text) -> RichText:
    rich = RichText()
    for span in text:
        rich.add(isolated(span.text), style=STYLES[span.style])
    rich.xml = rich.xml.replace("_", "&#95;")  # docxtpl turns {_{ into {{ after rendering, also in our words
    return rich


def _keep_together(word: WordDocument) -> None:
    """Let a table as short as a few rows stay on one page, and no longer one begin with a single row at its end."""
    for table in word.element.body.iter(qn("w:tbl")):
        rows = table.tr_lst
        is_short = sum(len(text.text or "") for text in table.iter(qn("w:t"))) < SHORT_TABLE
        for row in rows[:-1] if is_short else rows[:FIRST_ROWS]:
            for properties in row.iter(qn("w:pPr")):
                properties.get_or_add_keepNext()


def _set_language(word: WordDocument, language: str) -> None:
    for mark in word.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), language)


def _set_properties(word: WordDocument, document: Document) -> None:
    """Say what the document is and nothing of who made it, with which program, from what."""
    properties = word.core_properties
    for name in (
        "author",
        "category",
        "comments",
        "content_status",
        "identifier",
        "keywords",
        "last_modified_by",
        "subject",
    ):
        setattr(properties, name, "")
    properties.title = document.title[:255]
    properties.language = LANGUAGES.get(document.language, document.language)
    properties.version = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(document.dated, time())


def _repacked(saved: BytesIO) -> bytes:
    """Return the same parts in the same order, with one time and no trace of the program."""
    packed = BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = NO_TRACES.get(name) or _without_sessions(name, source.read(name))
            part = zipfile.ZipInfo(name, ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, content)
    return packed.getvalue()


def _without_sessions(name: str, content: bytes) -> bytes:
    """Return a part without the numbers of Word's sessions, and without what others keep in it."""
    is_marked = b"w:rsid" in content or b"<w:docVars>" in content
    if not (name.startswith("word/") and name.endswith(".xml") and is_marked):
        return content
    return _OF_A_SESSION.sub(lambda tag: _SESSION.sub(b"", tag.group()), _SESSIONS.sub(b"", content))
