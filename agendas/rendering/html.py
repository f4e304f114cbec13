"""A document as HTML: a page that stands alone, or a fragment for a page of the application.

Owns the choice of template. The fragment needs ``stylesheet()`` from wherever the page that embeds it keeps
its styles, since that page allows no styles in its text.
"""

from agendas.rendering.document import Block, Document, isolated
from agendas.rendering.templates import FOLDER, pages


def page(document: Document) -> str:
    """Return a whole page, complete without any other file."""
    return pages().get_template("page.html").render(document=document, kind=_kind, isolated=isolated)


def fragment(document: Document) -> str:
    """Return one ``article`` element; its headings start at level 1."""
    return pages().get_template("fragment.html").render(document=document, kind=_kind, isolated=isolated)


def stylesheet() -> str:
    """Return the styles of the fragment, all under ``.agenda``."""
    return (FOLDER / "agenda.css").read_text(encoding="utf-8")


def _kind(block: Block) -> str:
    return type(block).__name__
