"""A document as Markdown (CommonMark with GitHub's tables), for mail and for comparing by eye.

Owns the escaping: what the words contain stays words. Tables of more than one paragraph a cell are written as lists,
since Markdown's tables hold one line a cell.
"""

import re
from collections.abc import Iterator
from typing import assert_never

from agendas.rendering.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    joined,
    span,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_START = re.compile(r"^(\s*\d*)([-+=.)])")
_SOURCE_ADDRESS = re.compile(r"https?://[^\s<>]+")
"""Where a source lies, which readers want to follow; an address within somebody's text stays words."""

_ADDRESS = re.compile(r"\b(https?|ftp|mailto):", re.IGNORECASE)
_FORMATS = {"strong": "**{}**", "key": "**{}**", "alarm": "**{}**", "flag": "*{}*"}


def render(document: Document) -> str:
    """Return the document as Markdown, ending in a newline."""
    furniture = document.furniture
    head = [f"**{_words(document.marking)}**"] if document.marking else []
    head += [_line(span(furniture.kicker)), f"# {_words(document.title)}", _line(span(furniture.subtitle))]
    foot = ["---", _line(span(furniture.footer)), *head[: bool(document.marking)]]
    return (
        "\n\n".join(
            [*filter(None, head), *(part for block in document.blocks for part in _block(block)), *foot]
        )
        + "\n"
    )


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text, aside=aside):
            yield f"{'#' * level} {_inline(joined([text, aside]))}"
        case Paragraph(text=text):
            yield _line(text)
        case Bullets(items=items):
            yield "\n".join(f"- {_line(item)}" for item in items)
        case Table(layout="running_order"):
            yield _table(block)
        case Table(layout="brief", header=header):
            yield _line(joined([span(name, "strong") for name in header]))
            yield "\n".join(line for row in block.rows for line in _row_as_list(row, ()))
        case Table():
            yield "\n".join(line for row in block.rows for line in _row_as_list(row, block.header))
        case _:
            assert_never(block)


def _table(table: Table) -> str:
    header = [_words(cell) for cell in table.header]
    rows = [[_line(joined(list(cell))) for cell in row.cells] for row in table.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *rows))


def _row_as_list(row: Row, header: tuple[str, ...]) -> Iterator[str]:
    first, *others = row.cells
    label = _line(joined(list(first)))
    if not header:
        yield f"- {label}: {'; '.join(_line(text) for cell in others for text in cell)}"
        return
    yield f"- {label}"
    for name, cell in zip(header[1:], others, strict=True):
        if cell:
            yield f"  - {_words(name)}: {'; '.join(map(_line, cell))}"


def _line(text: Text) -> str:
    """Return a line that starts no list or rule, and ends in no break."""
    return _START.sub(r"\1\\\2", _inline(text).rstrip())


def _inline(text: Text) -> str:
    return "".join(map(_span, text))


def _span(part: Span) -> str:
    """Return the words with their style; spaces stay outside the marks, which would not close after one."""
    words = part.text.strip()
    if part.style == "quiet" and _SOURCE_ADDRESS.fullmatch(words):
        return part.text.replace(words, f"<{words}>")
    if not words or part.style not in _FORMATS:
        return _words(part.text)
    before, _, after = part.text.partition(words)
    return f"{before}{_FORMATS[part.style].format(_words(words))}{after}"


def _words(text: str) -> str:
    return _ADDRESS.sub(r"\1\\:", _SPECIAL.sub(r"\\\1", text))
