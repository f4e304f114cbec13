"""The joint agenda: which sections it has, and what stands in them.

Owns their order, in one language. Pure. It takes no briefs, so that nothing of one side can stand in it; the papers
that add a side's own layer do so through ``annotate``.
"""

from collections.abc import Callable, Iterator

from agendas.papers import parts
from agendas.papers.model import PaperAgenda, PaperItem, PaperLine
from agendas.papers.pen import Pen
from agendas.papers.wording import CADENCES, WANTED
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

WRITTEN = "A"
"""The letter of the first annex; what was left out has the next one where there are both."""

Annotate = Callable[[PaperItem], Iterator[Block]]
"""What stands under an item beside what is joint."""


def compose(agenda: PaperAgenda, language: str, *, marking: str | None = None) -> Document:
    """Return the agenda in ``language``, under the originator's ``marking`` as it is; dated on the day of its facts."""
    pen = pen_of(agenda, language)
    furniture = parts.furniture(pen, stage(pen, agenda), agenda.as_of)
    return Document(
        language, pen.say(agenda.meeting.title), marking, agenda.as_of, furniture, tuple(blocks(pen, agenda))
    )


def pen_of(agenda: PaperAgenda, language: str) -> Pen:
    """Return the pen that writes about this agenda."""
    return Pen(agenda.meeting, language, agenda.sources, agenda.previous.day if agenda.previous else None)


def stage(pen: Pen, agenda: PaperAgenda) -> str:
    """Return "Draft agenda", or "Agreed agenda, version 3"."""
    version = [pen.label("version", number=agenda.version)] if agenda.version else []
    return ", ".join([pen.label(f"stage_{agenda.stage}"), *version])


def blocks(pen: Pen, agenda: PaperAgenda) -> Iterator[Block]:
    """Yield everything below the title."""
    yield meeting(pen, agenda)
    yield from parts.running_order(pen, agenda.items, agenda.following)
    yield from annotations(pen, agenda, _nothing)
    yield from written_procedure(pen, agenda, _nothing)
    yield from _left_out(pen, agenda)
    yield from parts.sources(pen)
    yield from parts.legend(pen)
    if agenda.signatures:
        yield from parts.signatures(pen, agenda.signatures, agenda.fingerprint)


def meeting(pen: Pen, agenda: PaperAgenda) -> Block:
    """Return the facts of the meeting."""
    about, previous = agenda.meeting, agenda.previous
    last = pen.label("no_previous")
    if previous and previous.day:
        number = [pen.label("that_round", number=previous.number)] if previous.number else []
        last = ", ".join([pen.day(previous.day), *number])
    cadence = pen.say(CADENCES[about.cadence]) if about.cadence in CADENCES else ""
    obligation = [span(about.obligation, "key"), span(cadence) if cadence else (), pen.pointer(about.pointer)]
    before: list[tuple[str, Text]] = [
        *parts.when_and_where(pen),
        ("obligation", joined(obligation) if about.obligation else ()),
    ]
    after: list[tuple[str, Text]] = [("previous", span(last)), ("commitments", _counts(pen, agenda))]
    named = [[(span(pen.label(name)), text) for name, text in rows] for rows in (before, after)]
    return parts.facts_table(pen.label("meeting"), [*named[0], *_assumptions(pen, agenda), *named[1]])


def annotations(pen: Pen, agenda: PaperAgenda, annotate: Annotate) -> Iterator[Block]:
    """Yield what stands behind each item that has something behind it."""
    known = parts.numbers(agenda.items)
    written = [(item, tuple(annotate(item))) for item in agenda.items]
    shown = [(item, own) for item, own in written if item.is_subject or own or _has_annotations(item)]
    if shown:
        yield Heading(2, span(pen.label("annotations")))
    for item, own in shown:
        number = f"{known[item.key]}. " if item.key in known else ""
        yield Heading(3, span(f"{number}{pen.say(item.title)}"), parts.when(pen, item))
        yield from item_blocks(pen, item)
        yield from own


def item_blocks(pen: Pen, item: PaperItem) -> Iterator[Block]:
    """Yield what is joint about an item."""
    wanted = span(pen.say(WANTED[item.wanted]), "strong") if item.wanted else ()
    unchanged = span(pen.label("unchanged"), "flag") if item.is_unchanged else ()
    speaking = joined([wanted, *parts.speakers(pen, item), unchanged])
    if speaking:
        yield Paragraph(speaking)
    if item.is_subject and item.reasons:
        yield Paragraph(span(" ".join(f"{pen.say(reason)}." for reason in item.reasons)), quiet=True)
    yield from pen.prose(item.notes, item.stale)
    if item.report:
        held = item.report.held
        text = pen.label("held_on", held=held) if held else pen.label("never_held")
        yield Paragraph(joined([span(text), pen.pointer(item.report.pointer)]))
    if item.progress or item.silences:
        yield Bullets((*map(pen.progress, item.progress), *map(pen.silence, item.silences)))
    if item.lines:
        yield _lines(pen, item)
    if item.expected:
        yield Paragraph(span(f"{pen.label('expected')}:"))
        yield Bullets(tuple(_expected(pen, item)))
    is_told = item.reasons or item.lines or item.progress or item.silences or item.report or item.notes
    if item.is_subject and not is_told:
        yield Paragraph(span(pen.label("nothing_open")), quiet=True)


def written_procedure(pen: Pen, agenda: PaperAgenda, annotate: Annotate) -> Iterator[Block]:
    """Yield the annex of what goes round in writing."""
    if not agenda.written_procedure:
        return
    yield Heading(2, span(pen.label("written", letter=WRITTEN)))
    yield Paragraph(span(pen.label("written_why")), quiet=True)
    for item in agenda.written_procedure:
        yield Heading(3, span(pen.say(item.title)))
        yield from item_blocks(pen, item)
        yield from annotate(item)


def _nothing(_: PaperItem) -> Iterator[Block]:
    return iter(())


def _has_annotations(item: PaperItem) -> bool:
    return bool(item.progress or item.silences or item.notes or item.expected)


def _lines(pen: Pen, item: PaperItem) -> Table:
    header = tuple(pen.label(name) for name in ("reference", "commitment", "said"))
    rows = tuple(
        Row((pen.reference(line), pen.commitment(line, item.leads), pen.said(line))) for line in item.lines
    )
    return Table("annotations", f"{pen.label('commitments')}: {pen.say(item.title)}", header, rows)


def _expected(pen: Pen, item: PaperItem) -> Iterator[Text]:
    for paper in item.expected:
        office = (
            pen.office(paper.office) if paper.office else span(pen.short(paper.side)) if paper.side else ()
        )
        by = span(pen.label("due_by", due=paper.by), "flag") if paper.by else ()
        yield joined([span(pen.say(paper.title)), pen.doubt(paper.title), office, by])


def _counts(pen: Pen, agenda: PaperAgenda) -> Text:
    treated = [line for item in agenda.items for line in item.lines]
    written = [line for item in agenda.written_procedure for line in item.lines]
    overdue = sum(line.is_overdue for line in (*treated, *written))
    left = len(agenda.left_out)
    overdue_count = span(pen.label("overdue_count", count=overdue), "alarm") if overdue else ()
    return joined([span(_shares(pen, len(treated), len(written), left)), overdue_count])


def _shares(pen: Pen, treated: int, written: int, left: int) -> str:
    """Return "51 in all: 32 on the agenda, 19 left out"."""
    total = treated + written + left
    if total in (0, treated):
        return pen.label("all_treated", total=total) if total else pen.label("none_open")
    counts = (("treated_count", treated), ("written_count", written), ("left_count", left))
    where = ", ".join(pen.label(name, count=count) for name, count in counts if count)
    return pen.label("counts", total=total, where=where)


def _left_out(pen: Pen, agenda: PaperAgenda) -> Iterator[Block]:
    if not agenda.left_out and not agenda.without_item:
        return
    letter = "B" if agenda.written_procedure else WRITTEN
    yield Heading(2, span(pen.label("left_out", letter=letter)))
    yield Paragraph(span(pen.label("left_out_why")), quiet=True)
    if agenda.without_item:
        themes = ", ".join(pen.say(title) for title in agenda.without_item)
        yield Paragraph(span(f"{pen.label('without_item', themes=themes)}."), quiet=True)
    by_reason: dict[str, list[PaperLine]] = {}
    for left in agenda.left_out:
        by_reason.setdefault(pen.say(left.because), []).append(left.line)
    for reason, lines in by_reason.items():
        yield Heading(3, span(reason), span(str(len(lines))))
        yield Table(
            "facts", reason, (), tuple(Row((pen.reference(line), pen.commitment(line))) for line in lines)
        )


def _assumptions(pen: Pen, agenda: PaperAgenda) -> Iterator[tuple[Text, Text]]:
    """Yield what the draft rests on and nobody agreed, each marked or with whoever set it."""
    for assumption in agenda.assumptions:
        who = assumption.basis.removeprefix("set:")
        by = span(pen.label("set_by", who=who), "quiet") if who != assumption.basis else ()
        note = span(pen.say(assumption.note), "quiet") if assumption.note else ()
        value = (Span(pen.say(assumption.value)), *pen.mark(assumption.basis))
        yield span(pen.say(assumption.what)), joined([value, by, note])
