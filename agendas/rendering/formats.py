"""The formats in which a document leaves the house, by the ending of their files."""

from pathlib import Path
from typing import Literal, get_args

from agendas.rendering import docx, html, markdown, pdf
from agendas.rendering.document import Document

Format = Literal["docx", "pdf", "html", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)

MEDIA_TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}


def render(document: Document, form: Format, templates: Path | None = None) -> bytes:
    """Return the bytes of a document; ``templates`` is a ministry's own folder, whose ``agenda.docx`` is used.

    Raises ``BadInput`` for a template that cannot be followed.
    """
    match form:
        case "docx":
            return (
                docx.render(document, templates / docx.TEMPLATE.name) if templates else docx.render(document)
            )
        case "pdf":
            return pdf.render(document).content
        case "html":
            return html.page(document).encode()
        case "md":
            return markdown.render(document).encode()
