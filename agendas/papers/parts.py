"""What several papers have in common: their furniture, the meeting's facts, the running order, sources, signatures.

Owns these sections, in one language. Pure.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from agendas.known import Source
from agendas.papers.model import PaperItem, PaperRound, PaperSignature
from agendas.papers.pen import MARK, Pen
from agendas.papers.wording import LEGAL_STATUSES, LEVELS, WANTED
from agendas.rendering.dates import clock, length_in_words, partial_in_words, span_in_words
from agendas.rendering.document import (
    Block,
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


def furniture(pen: Pen, kicker: str, as_of: date) -> Furniture:
    """Return what stands around the blocks: the kind of paper above the title, the round below it."""
    number = pen.meeting.number
    round_ = [pen.label("round", number=number)] if number else []
    return Furniture(
        kicker=kicker,
        subtitle=" · ".join([pen.say(pen.meeting.partnership), *round_]),
        footer=pen.label("footer", title=pen.say(pen.meeting.title), today=as_of),
        page=pen.label("page"),
        of=pen.label("of"),
    )


def when_and_where(pen: Pen) -> list[tuple[str, Text]]:
    """Return the rows that every paper gives of its meeting; a row without a text is left out later."""
    meeting = pen.meeting
    level = LEVELS.get(meeting.level, {"en": meeting.level})
    return [
        ("date", span(_dates(pen), "strong")),
        ("time", _times(pen)),
        ("place", pen.value("place", pen.say(meeting.place))),
        ("host", pen.value("host", pen.say(pen.party(meeting.host)) if meeting.host else "")),
        ("level", pen.value("level", pen.say(level))),
    ]


def facts_table(caption: str, rows: Sequence[tuple[Text, Text]]) -> Table:
    """Return labels and values; rows without a value are passed over."""
    return Table("facts", caption, (), tuple(Row(((label,), (text,))) for label, text in rows if text))


def labelled(pen: Pen, caption: str, rows: Sequence[tuple[str, Text]]) -> Table:
    """Return a table of facts from the names of its labels."""
    return facts_table(pen.label(caption), [(span(pen.label(name)), text) for name, text in rows])


def running_order(pen: Pen, items: tuple[PaperItem, ...], following: PaperRound) -> Iterator[Block]:
    """Yield the heading, and a table for each day."""
    title = pen.label("running_order")
    yield Heading(2, span(title))
    header = tuple(pen.label(name) for name in ("time", "number", "item", "lead", "wanted", "minutes"))
    known = numbers(items)
    for day, those in groupby(items, key=lambda item: item.day):
        caption = title
        if pen.meeting.days > 1:
            yield Heading(3, span(pen.day_title(day)))
            caption = f"{title}, {pen.day_title(day)}"
        rows = tuple(_order_row(pen, item, known, following) for item in those)
        yield Table("running_order", caption, header, rows)


def numbers(items: tuple[PaperItem, ...]) -> dict[str, str]:
    """Return the numbers of the items by their keys; a pause has none."""
    counted = (item for item in items if not item.is_pause)
    return {item.key: str(number) for number, item in enumerate(counted, start=1)}


def when(pen: Pen, item: PaperItem) -> Text:
    """Return from when until when an item is treated, and on which day where there are several."""
    day = span(pen.day_title(item.day)) if pen.meeting.days > 1 else ()
    return joined([day, span(pen.until(item.day, item.offset, item.minutes))])


def next_round(pen: Pen, following: PaperRound) -> Text:
    """Return when the round after this one is due, and whose turn it is to host it."""
    due = span(pen.label("due_by", due=following.day), "quiet") if following.day else ()
    if not following.host:
        return due
    host = Span(pen.label("hosted_by", party=pen.party(following.host)), "quiet")
    return joined([due, (host, *pen.mark(following.host_basis))])


def speakers(pen: Pen, item: PaperItem) -> Iterator[Text]:
    """Yield who opens and who replies."""
    if item.lead is None:
        offices = joined([pen.office(office, in_full=True) for office in item.leads], ", ")
        yield (Span(f"{pen.label('leads')}: "), *offices) if offices else ()
        return
    if not item.leads:
        yield span(f"{pen.label('opens')}: {pen.short(item.lead)}")
    for office in item.leads:
        role = pen.label("opens" if office.party == item.lead else "replies")
        yield (Span(f"{role}: "), *pen.office(office, in_full=True))


def sources(pen: Pen) -> Iterator[Block]:
    """Yield the documents that pointers in what was written before point to."""
    yield from documents(pen, [source for source in pen.sources if source.key in pen.pointed_to])


def legend(pen: Pen) -> Iterator[Block]:
    """Yield what the mark of assumptions means, where it stands anywhere in what was written before."""
    if MARK.text in pen.pointed_to:
        yield Paragraph(span(pen.label("legend")), quiet=True)


def documents(pen: Pen, named: Sequence[Source]) -> Iterator[Block]:
    """Yield documents, each with its date, its status, and where it lies."""
    if not named:
        return
    yield Heading(2, span(pen.label("sources")))
    rows = []
    for source in named:
        stated = partial_in_words(source.stated_date, pen.language) if source.stated_date else ""
        status = pen.say(LEGAL_STATUSES.get(source.legal_status, {"en": source.legal_status}))
        about = ", ".join(filter(None, [pen.say(source.title), stated, status]))
        address = span(source.address, "quiet") if source.address else ()
        rows.append((span(source.key, "key"), joined([span(about), address])))
    yield facts_table(pen.label("sources"), rows)


def signatures(pen: Pen, signed: tuple[PaperSignature, ...], fingerprint: str) -> Iterator[Block]:
    """Yield who agreed for each side and when; a side that has not is named too."""
    yield Heading(2, span(pen.label("agreed_by")))
    header = tuple(pen.label(name) for name in ("side", "name", "agreed_at"))
    known = {entry.party: entry for entry in signed}
    rows = []
    for party in pen.meeting.parties:
        entry = known.get(party.key)
        name = span(entry.name) if entry else span(pen.label("not_yet_agreed"), "flag")
        moment = (span(pen.signed(entry.moment, entry.party)),) if entry else ()
        rows.append(Row(((span(pen.say(party.name), "strong"),), (name,), moment)))
    yield Table("register", pen.label("agreed_by"), header, tuple(rows))
    if fingerprint:
        yield labelled(pen, "fingerprint", [("fingerprint", span(fingerprint, "quiet"))])


def _order_row(pen: Pen, item: PaperItem, known: dict[str, str], following: PaperRound) -> Row:
    is_content = item.is_subject or item.kind in ("discussion", "session", "continued")
    title = [
        span(pen.say(item.title), "strong" if is_content else "plain"),
        pen.doubt(item.title, item.stale),
    ]
    if item.is_unchanged:
        title.append(span(pen.label("unchanged"), "flag"))
    cells = (
        (span(pen.start(item.day, item.offset)),),
        (span(known.get(item.key, "")),),
        (joined(title), *filter(None, [next_round(pen, following)] if item.kind == "next_round" else [])),
        (_leads(pen, item),),
        (span(pen.say(WANTED[item.wanted]) if item.wanted else ""),),
        (span(str(item.minutes)),),
    )
    return Row(cells, quiet=item.is_pause)


def _leads(pen: Pen, item: PaperItem) -> Text:
    """Return the offices, the opener's first; the side alone where its office is unknown or the whole side leads."""
    if item.lead is None:
        return ()
    if all(office.party != item.lead for office in item.leads):
        return span(pen.short(item.lead))
    return joined([pen.office(office) for office in item.leads])


def _dates(pen: Pen) -> str:
    first = pen.meeting.first_day
    if first is None:
        return pen.label("undated")
    return span_in_words(first, first + timedelta(days=pen.meeting.days - 1), pen.language)


def _times(pen: Pen) -> Text:
    """Return the hours on the clocks of every capital, and the length."""
    meeting = pen.meeting
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
    for party in sorted(pen.meeting.parties, key=lambda party: party.zone != pen.meeting.zone):
        cities.setdefault(party.zone, []).append(pen.say(party.capital))
    for zone, names in cities.items():
        there = [clock(moment.astimezone(ZoneInfo(zone))) for moment in (start, end)]
        yield f"{there[0]}–{there[1]} {', '.join(names)}"
