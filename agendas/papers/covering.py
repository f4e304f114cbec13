"""The covering note: what goes to the other side, what is not on the agenda although it is open, what is asked.

Owns its order, in one language. Pure, and joint from the moment it is sent: it takes no briefs.
"""

from collections.abc import Iterator

from agendas.papers import parts
from agendas.papers.model import PaperCoveringNote, PaperDropped
from agendas.papers.pen import Pen
from agendas.rendering.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    joined,
    span,
)


def compose(note: PaperCoveringNote, language: str, *, marking: str | None = None) -> Document:
    """Return the note in ``language``."""
    pen = Pen(note.meeting, language, note.sources)
    furniture = parts.furniture(pen, pen.label("kind_note"), note.as_of)
    return Document(
        language,
        pen.say(note.meeting.title),
        marking,
        note.as_of,
        furniture,
        tuple(_blocks(pen, note)),
        "note",
    )


def _blocks(pen: Pen, note: PaperCoveringNote) -> Iterator[Block]:
    rows = [
        ("from", span(pen.say(pen.party(note.sender)))),
        ("to", span(pen.say(pen.party(note.recipient)))),
        *parts.when_and_where(pen)[:3],
    ]
    yield parts.labelled(pen, "meeting", rows)
    yield from pen.prose(note.text)
    if note.enclosures:
        yield Heading(2, span(pen.label("enclosures")))
        yield Bullets(tuple(joined([span(pen.say(what)), pen.doubt(what)]) for what in note.enclosures))
    if note.requests:
        yield Heading(2, span(pen.label("asked")))
        yield _requests(pen, note)
    if note.dropped:
        yield Heading(2, span(pen.label("dropped")))
        yield Paragraph(span(pen.label("dropped_why")), quiet=True)
        for theme in note.dropped:
            yield from _dropped(pen, theme)
    yield from parts.sources(pen)
    yield from parts.legend(pen)


def _requests(pen: Pen, note: PaperCoveringNote) -> Table:
    rows = []
    for request in note.requests:
        by = span(pen.day(request.by), "strong") if request.by else span(pen.label("no_day"))
        rows.append((by, joined([span(pen.say(request.text)), pen.doubt(request.text)])))
    return parts.facts_table(pen.label("asked"), rows)


def _dropped(pen: Pen, theme: PaperDropped) -> Iterator[Block]:
    yield Heading(3, span(pen.say(theme.theme)))
    reason = joined([span(pen.say(theme.reason)), pen.doubt(theme.reason)])
    yield Paragraph((*span(f"{pen.label('reason')}: ", "quiet"), *reason))
    if theme.lines:
        header = tuple(pen.label(name) for name in ("reference", "commitment", "said"))
        rows = tuple(Row((pen.reference(line), pen.commitment(line), pen.said(line))) for line in theme.lines)
        yield Table("annotations", f"{pen.label('dropped')}: {pen.say(theme.theme)}", header, rows)
