"""The formats in which a document leaves the house, by the ending of their files; and a ministry's own templates."""

from pathlib import Path
from typing import Literal, get_args

from agendas.rendering import docx, html, markdown, pdf
from agendas.rendering.document import Document, Kind
from scheduler.errors import BadInput

Format = Literal["docx", "pdf", "html", "md"]
FONTS = "fonts"
TEMPLATES: tuple[str, ...] = tuple(f"{kind}.docx" for kind in get_args(Kind))
"""The names by which templates of a ministry are found: one for each kind of document."""

NOTES = (".md", ".txt")
"""Endings of files beside the templates that are there for people, such as ``README.md``."""

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


def own_templates(templates: Path) -> tuple[Path, ...]:
    """Return the Word templates in a ministry's folder, in the order of their names.

    Raises ``BadInput`` where the folder is missing, and for a file by whose name nothing would ever find it. Hidden
    files, and those that Word keeps beside an open one, are passed over.
    """
    if not templates.is_dir():
        raise BadInput(
            "is no folder", place=str(templates), remedy="set AGENDA_TEMPLATES to a folder, or to nothing"
        )
    found = sorted(path for path in templates.iterdir() if not path.name.startswith((".", "~$")))
    for path in found:
        is_known = path.name == FONTS if path.is_dir() else path.name in TEMPLATES
        if not is_known and path.suffix.lower() not in NOTES:
            raise BadInput(
                "is the name of no template",
                place=str(path),
                remedy=f"only Word templates can be replaced: {', '.join(TEMPLATES)}; fonts lie in the folder {FONTS}",
            )
    return tuple(path for path in found if path.name in TEMPLATES)


def _word_template(document: Document, templates: Path) -> Path:
    """Return the template of a kind: the ministry's own, else its general one, else ours."""
    own = {path.name: path for path in own_templates(templates)}
    return own.get(f"{document.kind}.docx") or own.get(docx.TEMPLATE.name) or docx.TEMPLATE
