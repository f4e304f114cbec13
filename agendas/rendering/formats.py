"""The formats in which a document leaves the house, by the ending of their files."""

from pathlib import Path
from typing import Literal, get_args

from agendas.rendering import docx, html, markdown, pdf
from agendas.rendering.document import Document
from scheduler.errors import BadInput

Format = Literal["docx", "pdf", "html", "md"]
FONTS = "fonts"
FORMATS: tuple[Format, ...] = get_args(Format)

MEDIA_TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}


def render(document: Document, form: Format, templates: Path | None = None) -> bytes:
    """Return the bytes of a document.

    ``templates`` is a ministry's own folder: the Word template of the document's kind is used (``record.docx``), else
    its ``agenda.docx``, else the shipped one; the fonts in its folder ``fonts`` draw what typst's own cannot. Raises
    ``BadInput`` for a template that cannot be followed.
    """
    match form:
        case "docx":
            return docx.render(document, _word_template(document, templates) if templates else docx.TEMPLATE)
        case "pdf":
            fonts = templates / FONTS if templates and (templates / FONTS).is_dir() else None
            return pdf.render(document, fonts).content
        case "html":
            return html.page(document).encode()
        case "md":
            return markdown.render(document).encode()


def _word_template(document: Document, templates: Path) -> Path:
    """Return the ministry's template of a kind. Raises ``BadInput`` where the folder itself is missing."""
    if not templates.is_dir():
        raise BadInput(
            "is no folder", place=str(templates), remedy="set AGENDA_TEMPLATES to a folder, or to nothing"
        )
    own = (templates / f"{document.kind}.docx", templates / docx.TEMPLATE.name)
    return next((path for path in own if path.is_file()), docx.TEMPLATE)
