"""Documents to write down: one with every kind of block, one full of words that mean harm."""

from datetime import date

from agendas.rendering.document import (
    Bullets,
    Document,
    Furniture,
    Heading,
    Kind,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    span,
)

ARABIC, HEBREW = "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643", "\u05e9\u05dc\u05d5\u05dd"
HOSTILE = (
    "a\x00b\x1b[31mc",
    "{{ 7*7 }} {% for x in y %} {# note #} {_{ x }_} {_% y %_}",
    "<script>alert(1)</script> &amp; <b>bold</b> ]]> <!-- -->",
    '#set page(fill: red) #read("/etc/passwd") $x$ *b* _i_ `c` @ref <lbl> \\',
    "| a | b |\n|---|---|\n# H\n- x\n1. y [l](javascript:alert(1)) ![i](http://x.example)",
    "\u202eevil\u2066x\u200f",
    "שלום עולם مرحبا بالعالم",
    "\ud800lone \ufffe \U0001fffe",
    "word" * 3000,
)


STYLED: Text = (Span("Key", "key"), Span(" strong", "strong"), Span(" quiet", "quiet"), Span("†", "mark"))
ALARMING: Text = (Span("Late", "alarm"), Span(" and flagged ", "flag"))
ORDER = (
    Row(
        (
            (span("10:00"),),
            (span("1"),),
            (span("Opening", "strong"),),
            (span("UK"),),
            (span("Note"),),
            (span("10"),),
        )
    ),
    Row(((span("10:10"),), (), (span("Break"),), (), (), (span("5"),)), quiet=True),
)


def specimen(
    *,
    language: str = "en",
    marking: str | None = "OFFICIAL",
    texts: tuple[str, ...] = ("Plain words",),
    kind: Kind = "agenda",
) -> Document:
    """Return a document with every block, layout and style; ``texts`` stand in the rows of its annotations."""
    return Document(
        kind=kind,
        language=language,
        title="Dialogue on dikes",
        marking=marking,
        dated=date(2027, 2, 10),
        furniture=Furniture(
            "Draft agenda", "Somewhere–Elsewhere", "Dialogue on dikes, as of today", "Page", "of"
        ),
        blocks=(
            Table("facts", "The meeting", (), (Row(((span("Date"),), (span("Tuesday"),))),)),
            Heading(2, span("Running order")),
            Table(
                "running_order", "Running order", ("Time", "No.", "Item", "Opens", "Wanted", "Min."), ORDER
            ),
            Heading(3, span("1. Opening"), span("10:00–10:10")),
            Paragraph(STYLED),
            Paragraph(span("Because"), quiet=True),
            Bullets((span("First"), span("Second"))),
            annotations(texts),
            brief(),
            Table(
                "register",
                "Left out",
                ("Reference", "Commitment", "Reason"),
                (Row(((span("L-1"),), (), (span("Why"),))),),
            ),
        ),
    )


def brief() -> Table:
    """Return what one side alone may read."""
    rows = (
        Row(((span("Objective"),), (span("Agreement"), span("– soon")))),
        Row(((span("Background"),), (span("Do not tell"),)), closed=True),
    )
    return Table("brief", "Norway only", ("Norway only", "Not for the other side"), rows)


def annotations(texts: tuple[str, ...]) -> Table:
    """Return a table with a row for each text."""
    rows = tuple(
        Row(((span(f"K-{number}", "key"),), (span(text),), (STYLED, ALARMING)))
        for number, text in enumerate(texts)
    )
    return Table("annotations", "Commitments", ("Reference", "Commitment", "Said"), rows)
