"""A draft agenda as a document: which sections it has, and what stands in them.

Owns the order of the sections and their blocks, in one language. Pure. How a single thing is written stands
in ``pen``; how blocks look is the business of ``rendering``.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from agendas.drafting.draft import Draft, Item, Line
from agendas.drafting.facts import Facts
from agendas.drafting.leads import WITHOUT_LEAD
from agendas.drafting.pen import Pen
from agendas.drafting.wording import CADENCES, LEGAL_STATUSES, LEVELS, WANTED
from agendas.rendering.dates import clock, day_in_words, length_in_words, partial_in_words, span_in_words
from agendas.rendering.document import (
    Block,
    Bullets,
    Document,
    Furniture,
    Heading,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    joined,
    span,
)

SUBJECTS = frozenset({"theme", "topic", "report"})
"""The items that are about something on record; the others are there for the order of the meeting."""


def compose(draft: Draft, facts: Facts, language: str, *, marking: str | None = None) -> Document:
    """Return the draft as a document in ``language``.

    ``marking`` is the originator's, as it is; a document without one has none. The document is dated on the
    day of its facts.
    """
    pen = Pen(facts, language)
    title = pen.say(facts.meeting.title)
    number = facts.meeting.number
    furniture = Furniture(
        kicker=pen.label("kicker"),
        subtitle=" · ".join(
            [pen.say(facts.partnership), *([pen.label("round", number=number)] if number else [])]
        ),
        footer=pen.label("footer", title=title, today=facts.today),
        page=pen.label("page"),
        of=pen.label("of"),
    )
    blocks = (
        _meeting(pen, draft),
        *_running_order(pen, draft),
        *_annotations(pen, draft),
        *_written_procedure(pen, draft),
        *_left_out(pen, draft),
        *_sources(pen),
        *_assumptions(pen, draft),
    )
    return Document(language, title, marking, facts.today, furniture, blocks)


def _meeting(pen: Pen, draft: Draft) -> Block:
    meeting, previous = pen.facts.meeting, pen.facts.previous
    last = pen.label("no_previous")
    if previous:
        number = [pen.label("that_round", number=previous.number)] if previous.number else []
        last = ", ".join([day_in_words(previous.day, pen.language), *number])
    cadence = pen.say(CADENCES[meeting.cadence]) if meeting.cadence in CADENCES else ""
    level = LEVELS.get(meeting.level, {"en": meeting.level})
    obligation = [
        span(meeting.obligation, "key"),
        span(cadence) if cadence else (),
        pen.pointer(meeting.pointer),
    ]
    rows = [
        ("date", span(_dates(pen), "strong")),
        ("time", _times(pen)),
        ("place", pen.value("place", pen.say(meeting.place or {}))),
        ("host", pen.value("host", pen.say(pen.party(meeting.host)) if meeting.host else "")),
        ("level", pen.value("level", pen.say(level))),
        ("obligation", joined(obligation)),
        ("previous", span(last)),
        ("commitments", _counts(pen, draft)),
    ]
    return _facts_table(pen.label("meeting"), [(span(pen.label(name)), text) for name, text in rows if text])


def _dates(pen: Pen) -> str:
    first = pen.facts.meeting.first_day
    if first is None:
        return pen.label("undated")
    return span_in_words(first, first + timedelta(days=pen.facts.meeting.days - 1), pen.language)


def _times(pen: Pen) -> Text:
    """Return the hours on the clocks of every capital, and the length."""
    meeting = pen.facts.meeting
    length = length_in_words(meeting.minutes, pen.language)
    if meeting.days > 1:
        length = pen.label("a_day", length=length, days=meeting.days)
    start, end = pen.moment(0, 0), pen.moment(0, meeting.minutes)
    hours = " · ".join(_hours(pen, start, end)) if start and end else ""
    return joined([pen.value("start", hours), pen.value("minutes", length)])


def _hours(pen: Pen, start: datetime, end: datetime) -> Iterator[str]:
    """Yield the hours for each zone, the host's first; capitals with the same clock are named together."""
    if start.tzinfo is None:
        yield f"{clock(start)}–{clock(end)} ({pen.label('local_time')})"
        return
    cities: dict[str, list[str]] = {}
    for party in sorted(pen.facts.parties, key=lambda party: party.zone != pen.facts.meeting.zone):
        cities.setdefault(party.zone, []).append(pen.say(party.capital))
    for zone, names in cities.items():
        there = [clock(moment.astimezone(ZoneInfo(zone))) for moment in (start, end)]
        yield f"{there[0]}–{there[1]} {', '.join(names)}"


def _counts(pen: Pen, draft: Draft) -> Text:
    treated = [line for item in draft.items for line in item.lines]
    written = [line for item in draft.written_procedure for line in item.lines]
    overdue = sum(line.urgency == "overdue" for line in (*treated, *written))
    left = len(draft.left_out)
    total = len(treated) + len(written) + left
    counts = pen.label("counts", total=total, treated=len(treated), written=len(written), left=left)
    return joined([span(counts), span(pen.label("overdue_count", count=overdue), "alarm") if overdue else ()])


def _running_order(pen: Pen, draft: Draft) -> Iterator[Block]:
    title = pen.label("running_order")
    yield Heading(2, span(title))
    header = tuple(pen.label(name) for name in ("time", "number", "item", "lead", "wanted", "minutes"))
    numbers = _numbers(draft)
    for day, items in groupby(draft.items, key=lambda item: item.day):
        caption = title
        if pen.facts.meeting.days > 1:
            yield Heading(3, span(pen.day_title(day)))
            caption = f"{title}, {pen.day_title(day)}"
        yield Table("running_order", caption, header, tuple(_order_row(pen, item, numbers) for item in items))


def _numbers(draft: Draft) -> dict[str, str]:
    counted = (item for item in draft.items if item.kind not in WITHOUT_LEAD)
    return {item.key: str(number) for number, item in enumerate(counted, start=1)}


def _order_row(pen: Pen, item: Item, numbers: dict[str, str]) -> Row:
    is_content = item.kind in SUBJECTS or item.kind in ("discussion", "session", "continued")
    title = [span(pen.say(item.title), "strong" if is_content else "plain")]
    if item.unchanged:
        title.append(span(pen.label("unchanged"), "flag"))
    cells = (
        (span(pen.start(item.day, item.offset)),),
        (span(numbers.get(item.key, "")),),
        (joined(title), *filter(None, [_next_round(pen)] if item.kind == "next_round" else [])),
        (_leads(pen, item),),
        (span(pen.say(WANTED[item.wanted]) if item.wanted else ""),),
        (span(str(item.minutes)),),
    )
    return Row(cells, quiet=item.kind in WITHOUT_LEAD)


def _next_round(pen: Pen) -> Text:
    following = pen.facts.next_round
    due = span(pen.label("due_by", due=following.due), "quiet") if following.due else ()
    if not following.host:
        return due
    host = Span(pen.label("hosted_by", party=pen.party(following.host)), "quiet")
    return joined([due, (host, *pen.mark(following.host_basis))])


def _leads(pen: Pen, item: Item) -> Text:
    """Return the offices, the opener's first; the side alone where its office is unknown or the whole side leads."""
    if item.lead is None:
        return ()
    if all(office.party != item.lead for office in item.leads):
        return span(pen.short(item.lead))
    return joined([pen.office(office) for office in item.leads])


def _annotations(pen: Pen, draft: Draft) -> Iterator[Block]:
    numbers = _numbers(draft)
    items = [item for item in draft.items if item.kind in SUBJECTS or item.progress or item.silences]
    if items:
        yield Heading(2, span(pen.label("annotations")))
    for item in items:
        day = span(pen.day_title(item.day)) if pen.facts.meeting.days > 1 else ()
        aside = joined([day, span(pen.until(item.day, item.offset, item.minutes))])
        yield Heading(3, span(f"{numbers[item.key]}. {pen.say(item.title)}"), aside)
        yield from _item(pen, item)


def _item(pen: Pen, item: Item) -> Iterator[Block]:
    wanted = span(pen.say(WANTED[item.wanted]), "strong") if item.wanted else ()
    unchanged = span(pen.label("unchanged"), "flag") if item.unchanged else ()
    yield Paragraph(joined([wanted, *_speakers(pen, item), unchanged]))
    if item.kind in SUBJECTS and item.reasons:
        yield Paragraph(span(" ".join(f"{pen.say(reason)}." for reason in item.reasons)), quiet=True)
    if item.report:
        held = item.report.held
        text = pen.label("held_on", held=held) if held else pen.label("never_held")
        yield Paragraph(joined([span(text), pen.pointer(item.report.pointer)]))
    if item.progress or item.silences:
        yield Bullets((*map(pen.progress, item.progress), *map(pen.silence, item.silences)))
    if item.lines:
        header = tuple(pen.label(name) for name in ("reference", "commitment", "said"))
        rows = tuple(
            Row((pen.reference(line), pen.commitment(line, item.leads), pen.said(line)))
            for line in item.lines
        )
        yield Table("annotations", f"{pen.label('commitments')}: {pen.say(item.title)}", header, rows)
    if item.kind in SUBJECTS and not (item.lines or item.progress or item.silences or item.report):
        yield Paragraph(span(pen.label("nothing_open")), quiet=True)


def _speakers(pen: Pen, item: Item) -> Iterator[Text]:
    if item.lead is None:
        offices = joined([pen.office(office, in_full=True) for office in item.leads], ", ")
        yield (Span(f"{pen.label('leads')}: "), *offices) if offices else ()
        return
    if not item.leads:
        yield span(f"{pen.label('opens')}: {pen.short(item.lead)}")
    for office in item.leads:
        role = pen.label("opens" if office.party == item.lead else "replies")
        yield (Span(f"{role}: "), *pen.office(office, in_full=True))


def _written_procedure(pen: Pen, draft: Draft) -> Iterator[Block]:
    if not draft.written_procedure:
        return
    yield Heading(2, span(pen.label("written")))
    yield Paragraph(span(pen.label("written_why")), quiet=True)
    for item in draft.written_procedure:
        yield Heading(3, span(pen.say(item.title)))
        yield from _item(pen, item)


def _left_out(pen: Pen, draft: Draft) -> Iterator[Block]:
    if not draft.left_out and not draft.without_item:
        return
    yield Heading(2, span(pen.label("left_out")))
    yield Paragraph(span(pen.label("left_out_why")), quiet=True)
    if draft.without_item:
        themes = ", ".join(pen.say(theme.title) for theme in draft.without_item)
        yield Paragraph(span(f"{pen.label('without_item', themes=themes)}."), quiet=True)
    if draft.left_out:
        yield _register(pen, [(left.line, pen.say(left.because)) for left in draft.left_out])


def _register(pen: Pen, entries: list[tuple[Line, str]]) -> Table:
    header = tuple(pen.label(name) for name in ("reference", "commitment", "reason"))
    rows = tuple(Row((pen.reference(line), pen.commitment(line, ()), (span(why),))) for line, why in entries)
    return Table("register", pen.label("left_out"), header, rows)


def _sources(pen: Pen) -> Iterator[Block]:
    if not pen.facts.sources:
        return
    yield Heading(2, span(pen.label("sources")))
    rows = []
    for source in pen.facts.sources:
        stated = partial_in_words(source.stated_date, pen.language) if source.stated_date else ""
        status = pen.say(LEGAL_STATUSES.get(source.legal_status, {"en": source.legal_status}))
        about = ", ".join(filter(None, [pen.say(source.title), stated, status]))
        rows.append(
            (
                span(source.key, "key"),
                joined([span(about), span(source.address, "quiet") if source.address else ()]),
            )
        )
    yield _facts_table(pen.label("sources"), rows)


def _assumptions(pen: Pen, draft: Draft) -> Iterator[Block]:
    offices = [office for item in (*draft.items, *draft.written_procedure) for office in item.leads]
    is_marked = bool(pen.facts.meeting.assumed) or any(office.basis == "assumed" for office in offices)
    if not pen.facts.assumptions and not is_marked:
        return
    yield Heading(2, span(pen.label("assumptions")))
    yield Paragraph(span(pen.label("legend")), quiet=True)
    rows = []
    for assumption in pen.facts.assumptions:
        who = assumption.basis.removeprefix("set:")
        by = span(pen.label("set_by", who=who), "quiet") if who != assumption.basis else ()
        note = span(pen.say(assumption.note), "quiet") if assumption.note else ()
        value = (Span(pen.say(assumption.value)), *pen.mark(assumption.basis))
        rows.append((span(pen.say(assumption.what)), joined([value, by, note])))
    if rows:
        yield _facts_table(pen.label("assumptions"), rows)


def _facts_table(caption: str, rows: list[tuple[Text, Text]]) -> Table:
    return Table("facts", caption, (), tuple(Row(((label,), (text,))) for label, text in rows))
