"""The briefing pack of one side: cover, agenda, a sheet for each item, who comes.

Owns their order, in one language. Pure.
"""

from collections.abc import Iterator

from agendas.papers import agenda as joint
from agendas.papers import parts
from agendas.papers.annotated import own, sheet
from agendas.papers.model import Brief, PaperItem, PaperPack
from agendas.papers.pen import Pen
from agendas.papers.wording import WANTED
from agendas.rendering.document import Block, Document, Heading, Paragraph, Row, Table, joined, span


def compose(pack: PaperPack, language: str, *, marking: str | None = None) -> Document:
    """Return the pack in ``language``; for its side alone."""
    agenda = pack.agenda
    pen = joint.pen_of(agenda, language)
    furniture = parts.furniture(pen, pen.label("kind_pack", side=pen.party(pack.side)), agenda.as_of)
    return Document(
        language,
        pen.say(agenda.meeting.title),
        marking,
        agenda.as_of,
        furniture,
        tuple(_blocks(pen, pack)),
        "briefing",
    )


def _blocks(pen: Pen, pack: PaperPack) -> Iterator[Block]:
    agenda = pack.agenda
    yield Paragraph(span(pen.label("own_paper", side=pen.party(pack.side)), "alarm"))
    yield parts.labelled(
        pen,
        "meeting",
        [
            *parts.when_and_where(pen),
            ("prepared_for", span(pen.say(pack.prepared_for))),
            ("agenda_stands", span(joint.stage(pen, agenda))),
        ],
    )
    yield from parts.running_order(pen, agenda.items, agenda.following)
    yield Heading(2, span(pen.label("briefs")))
    known = parts.numbers(agenda.items)
    for item in agenda.items:
        brief = pack.briefs.get(item.key)
        if item.is_subject or brief:
            number = f"{known[item.key]}. " if item.key in known else ""
            heading = Heading(3, span(f"{number}{pen.say(item.title)}"), parts.when(pen, item))
            yield from _item(pen, pack.side, item, brief, heading)
    for item in agenda.written_procedure:
        heading = Heading(3, span(pen.say(item.title)), span(pen.label("in_writing")))
        yield from _item(pen, pack.side, item, pack.briefs.get(item.key), heading)
    yield from _delegations(pen, pack)
    yield from parts.sources(pen)
    yield from parts.legend(pen)


def _item(pen: Pen, side: str, item: PaperItem, brief: Brief | None, heading: Heading) -> Iterator[Block]:
    yield heading
    wanted = span(pen.say(WANTED[item.wanted]), "strong") if item.wanted else ()
    speaking = joined([wanted, *parts.speakers(pen, item)])
    if speaking:
        yield Paragraph(speaking)
    own_sheet = tuple(sheet(pen, side, brief or Brief()))
    yield from own_sheet
    if not own_sheet:
        yield Paragraph(span(pen.label("no_brief", own=own(pen, side)), "flag"))
    yield from pen.prose(item.notes, item.stale)
    yield from _history(pen, item)


def _history(pen: Pen, item: PaperItem) -> Iterator[Block]:
    """Yield what was said last, and each commitment with its state and its place in the source."""
    if not (item.progress or item.silences or item.lines):
        return
    yield Paragraph(span(pen.label("history"), "strong"))
    for note in item.progress:
        yield Paragraph(pen.progress(note))
    for silence in item.silences:
        yield Paragraph(pen.silence(silence))
    if item.lines:
        header = tuple(pen.label(name) for name in ("reference", "commitment", "said"))
        rows = tuple(
            Row((pen.reference(line), pen.commitment(line, item.leads), pen.said(line)))
            for line in item.lines
        )
        yield Table("annotations", f"{pen.label('history')}: {pen.say(item.title)}", header, rows)


def _delegations(pen: Pen, pack: PaperPack) -> Iterator[Block]:
    if not pack.delegations:
        return
    yield Heading(2, span(pen.label("delegations")))
    header = tuple(pen.label(name) for name in ("side", "post", "role"))
    rows = []
    for seat in pack.delegations:
        head = span(pen.label("head"), "strong") if seat.is_head else ()
        office = span(seat.office, "quiet") if seat.office else ()
        role = joined([head, span(pen.say(seat.role)) if seat.role else ()])
        rows.append(
            Row(
                (
                    (span(pen.short(seat.party), "key"),),
                    (joined([span(pen.say(seat.post)), office]),),
                    (role,),
                )
            )
        )
    yield Table("register", pen.label("delegations"), header, tuple(rows))
