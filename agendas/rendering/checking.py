"""A ministry's templates tried out before anybody needs them: a document with every block, written with each.

Owns that document. What a template may be and say is examined where it is followed, in ``docx``.
"""

from datetime import date
from pathlib import Path
from typing import get_args

from agendas.rendering import docx
from agendas.rendering.document import (
    Block,
    Bullets,
    Document,
    Furniture,
    Heading,
    Layout,
    Paragraph,
    Row,
    Table,
    span,
)
from agendas.rendering.formats import own_templates

COLUMNS: dict[Layout, int] = {"facts": 2, "running_order": 6, "annotations": 3, "register": 3, "brief": 2}
"""How many cells a row of each table has."""


def check_templates(templates: Path) -> tuple[Path, ...]:
    """Write a document with every Word template of a folder, and return them.

    Raises ``BadInput`` naming the file, and the place in it, of the first that could not be used: a name that nothing
    asks for, a file that may not serve as a template, tags that cannot be followed.
    """
    found = own_templates(templates)
    for template in found:
        docx.render(_specimen(), template)
    return found


def _specimen() -> Document:
    texts: tuple[Block, ...] = (
        Heading(2, span("Heading")),
        Heading(3, span("Heading"), span("aside")),
        Paragraph(span("Text")),
        Paragraph(span("Explanation"), quiet=True),
        Bullets((span("Point"),)),
    )
    tables = tuple(_table(layout, COLUMNS[layout]) for layout in get_args(Layout))
    furniture = Furniture("Kind", "Subtitle", "Foot", "Page", "of")
    return Document("en", "Title", "OFFICIAL", date(2000, 1, 1), furniture, (*texts, *tables))


def _table(layout: Layout, columns: int) -> Table:
    cells = ((span("Cell"),),) * columns
    header = ("Column",) * columns if layout != "facts" else ()
    return Table(layout, "Table", header, (Row(cells), Row(cells, quiet=True), Row(cells, closed=True)))
