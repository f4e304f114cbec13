"""The agenda with one side's own layer: what it wants of each item, says, keeps in hand, and keeps to itself.

Owns the sheets of a brief, in one language. Pure. A paper that holds briefs says on its cover, and on every sheet,
whose it is; its title and its file say no more of that than the joint one does.
"""

from collections.abc import Iterator

from agendas.papers import agenda as joint
from agendas.papers import parts
from agendas.papers.model import Brief, Briefs, PaperAgenda, PaperItem
from agendas.papers.pen import Pen
from agendas.rendering.document import Block, Document, Paragraph, Row, Table, joined, plain, span

SHEET = ("objective", "points", "if_raised", "usable", "not_for_disclosure")
"""The parts of a brief in the order in which a reader in the room needs them."""


def compose(
    agenda: PaperAgenda, side: str, briefs: Briefs, language: str, *, marking: str | None = None
) -> Document:
    """Return the agenda with the briefs of ``side`` under its items; for that side alone."""
    pen = joint.pen_of(agenda, language)
    title = pen.say(agenda.meeting.title)
    kicker = pen.label("kind_annotated", side=pen.party(side))
    furniture = parts.furniture(pen, kicker, agenda.as_of)
    return Document(
        language,
        title,
        marking,
        agenda.as_of,
        furniture,
        tuple(_blocks(pen, agenda, side, briefs)),
        "annotated",
    )


def sheet(pen: Pen, side: str, brief: Brief) -> Iterator[Block]:
    """Yield the brief as a table of its own colour; nothing for an empty one.

    What a reader must know of all its texts, such as that they are in another language, is said once above them.
    """
    written = {name: words for name in SHEET if (words := getattr(brief, name))}
    doubts = {pen.doubt(words, brief.stale) for words in written.values()}
    shared = doubts.pop() if len(doubts) == 1 else ()
    rows = []
    for name, words in written.items():
        lines = pen.lines(words, brief.stale)[bool(shared) :]
        rows.append(Row(((span(pen.label(name)),), lines), closed=name == "not_for_disclosure"))
    if rows:
        warning = plain(joined([span(pen.label("own_layer")), shared]))
        yield Table("brief", own(pen, side), (own(pen, side), warning), tuple(rows))


def own(pen: Pen, side: str) -> str:
    """Return "United Kingdom only"."""
    return pen.label("own", side=pen.party(side))


def _blocks(pen: Pen, agenda: PaperAgenda, side: str, briefs: Briefs) -> Iterator[Block]:
    def annotate(item: PaperItem) -> Iterator[Block]:
        yield from sheet(pen, side, briefs[item.key]) if item.key in briefs else ()

    yield Paragraph(span(pen.label("own_paper", side=pen.party(side)), "alarm"))
    yield joint.meeting(pen, agenda)
    yield from parts.running_order(pen, agenda.items, agenda.following)
    yield from joint.annotations(pen, agenda, annotate)
    yield from joint.written_procedure(pen, agenda, annotate)
    yield from parts.sources(pen)
    yield from parts.legend(pen)
