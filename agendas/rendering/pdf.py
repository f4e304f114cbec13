"""A document as PDF: tagged for screen readers (PDF/UA-1), by typst.

Owns the only use of typst. The data goes in as JSON, never as source; no file outside the folder of templates
is read, nothing comes from the network, and the fonts are those that typst carries: the same document gives
the same bytes.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal, assert_never

import structlog
import typst

from agendas.rendering.document import Block, Bullets, Document, Heading, Paragraph, Table, Text, leads_on
from agendas.rendering.templates import FOLDER
from scheduler.errors import BadInput

TEMPLATE = FOLDER / "agenda.typ"


@dataclass(frozen=True, slots=True)
class Pdf:
    """The file; without a ``standard`` where a character that no font has kept it from PDF/UA: see ``remark``."""

    content: bytes
    standard: Literal["ua-1"] | None = "ua-1"
    remark: str = ""


def render(document: Document) -> Pdf:
    """Return the document as PDF/UA-1; as a tagged PDF without that claim if a character is in none of the fonts.

    Raises ``BadInput`` when the template itself is wrong.
    """
    inputs = {"document": json.dumps(_document(document), ensure_ascii=False)}
    try:
        return Pdf(_compiled(document, inputs, "ua-1"))
    except typst.TypstError as error:
        remark = error.message
    structlog.get_logger(__name__).warning(
        "pdf.without_standard"
    )  # the remark quotes the text, so no log may hold it
    try:
        return Pdf(_compiled(document, inputs, None), None, remark)
    except typst.TypstError as error:
        raise BadInput(error.message, place=str(TEMPLATE), remedy="mend the template") from error


def _compiled(document: Document, inputs: dict[str, str], standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=FOLDER,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standard,
        ignore_system_fonts=True,
        timestamp=datetime.combine(document.dated, time(), tzinfo=UTC),
    )


def _document(document: Document) -> dict[str, object]:
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
    return [(span.style, span.text) for span in text]
