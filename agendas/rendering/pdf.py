"""A document as PDF: tagged for screen readers (PDF/UA-1), by typst.

Owns the only use of typst. The data goes in as JSON, never as source; no file outside the folder of templates
is read, nothing comes from the network, and the fonts are those that typst carries: the same document gives
the same bytes.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal, assert_never

import structlog
import typst

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
)
from agendas.rendering.glyphs import doubtful, kind, names, numbered
from agendas.rendering.templates import FOLDER
from scheduler.errors import BadInput

TEMPLATE = FOLDER / "agenda.typ"


MOST_KINDS = 24
"""Rounds of finding out what the fonts do not have; a text of more kinds is written down without the claim."""

_UNDRAWN = re.compile(r'the text `"(.+)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


@dataclass(frozen=True, slots=True)
class Pdf:
    """The file, and what no font had (by script, or by the name of a character): that is written as its number."""

    content: bytes
    standard: Literal["ua-1"] | None = "ua-1"
    numbered: tuple[str, ...] = ()


def render(document: Document, fonts: Path | None = None) -> Pdf:
    """Return the document as PDF/UA-1; ``fonts`` is a folder of fonts to draw with beside those that typst carries.

    Characters that no font has are shown by their number, and logged by name. Raises ``BadInput`` when the template
    itself is wrong.
    """
    kinds: frozenset[str] = frozenset()
    for _ in range(MOST_KINDS):
        try:
            content = _compiled(numbered(document, kinds) if kinds else document, "ua-1", fonts)
        except typst.TypstError as error:
            undrawn = _undrawn(error.message) - kinds
            if not undrawn:
                raise BadInput(error.message, place=str(TEMPLATE), remedy="mend the template") from error
            kinds |= undrawn
        else:
            return Pdf(content, "ua-1", _told(kinds))
    kinds |= doubtful(json.dumps(data(document), ensure_ascii=False))
    return Pdf(_compiled(numbered(document, kinds), None, fonts), None, _told(kinds))


def _undrawn(message: str) -> frozenset[str]:
    """Return the kinds of the characters that typst names as missing; none where the fault is another one."""
    found = _UNDRAWN.search(message)
    if found is None:
        return frozenset()
    text = _ESCAPE.sub(lambda escape: chr(int(escape.group(1), 16)), found.group(1))
    return frozenset(kind(character) for character in text if not character.isascii())


def _told(kinds: frozenset[str]) -> tuple[str, ...]:
    named = tuple(names(kinds))
    if named:
        structlog.get_logger(__name__).warning("pdf.characters_numbered", names=named)
    return named


def _compiled(document: Document, standard: Literal["ua-1"] | None, fonts: Path | None) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=FOLDER,
        format="pdf",
        sys_inputs={"document": json.dumps(data(document), ensure_ascii=False)},
        pdf_standards=standard,
        font_paths=[fonts] if fonts else [],
        ignore_system_fonts=True,
        timestamp=datetime.combine(document.dated, time(), tzinfo=UTC),
    )


def data(document: Document) -> dict[str, object]:
    """Return what the template is given, as JSON can hold it."""
    furniture = document.furniture
    return {
        "language": document.language,
        "title": document.title,
        "marking": document.marking,
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


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading():
            return {"level": block.level, "text": _text(block.text), "aside": _text(block.aside)}
        case Paragraph():
            return {"text": _text(block.text), "quiet": block.quiet}
        case Bullets():
            return {"items": [_text(item) for item in block.items]}
        case Table():
            rows = [
                {
                    "quiet": row.quiet,
                    "closed": row.closed,
                    "cells": [[_text(text) for text in cell] for cell in row.cells],
                }
                for row in block.rows
            ]
            return {"layout": block.layout, "header": list(block.header), "rows": rows}
        case _:
            assert_never(block)


def _text(text: Text) -> list[tuple[str, str]]:
    return [(span.style, isolated(span.text)) for span in text]
