"""The agreed record of a round: who came, what each item came to, who does what by when, who agreed the record.

Owns their order, in one language. Pure, and joint in every word.
"""

from collections.abc import Iterator
from itertools import groupby

from agendas.papers import parts
from agendas.papers.model import PaperAction, PaperAttendance, PaperChange, PaperOutcome, PaperRecord
from agendas.papers.pen import Pen
from agendas.papers.wording import PRESENCE, RESULTS, in_language
from agendas.rendering.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    Text,
    joined,
    span,
)


def compose(record: PaperRecord, language: str, *, marking: str | None = None) -> Document:
    """Return the record in ``language``; a draft record until every side has agreed."""
    pen = Pen(record.meeting, language, record.sources)
    agreed = {entry.party for entry in record.signatures}
    is_agreed = all(party.key in agreed for party in record.meeting.parties)
    kicker = pen.label("kind_record" if is_agreed else "kind_record_draft")
    furniture = parts.furniture(pen, kicker, record.as_of)
    return Document(
        language,
        pen.say(record.meeting.title),
        marking,
        record.as_of,
        furniture,
        tuple(_blocks(pen, record)),
        "record",
    )


def _blocks(pen: Pen, record: PaperRecord) -> Iterator[Block]:
    following = parts.next_round(pen, record.following)
    yield parts.labelled(pen, "meeting", [*parts.when_and_where(pen), ("next", following)])
    yield from _attendance(pen, record.attendance)
    yield from _results(pen, record)
    yield from _actions(pen, record)
    yield from _changes(pen, record.changes)
    yield from parts.sources(pen)
    yield from parts.legend(pen)
    yield from parts.signatures(pen, record.signatures, record.fingerprint)


def _attendance(pen: Pen, attendance: tuple[PaperAttendance, ...]) -> Iterator[Block]:
    if not attendance:
        return
    yield Heading(2, span(pen.label("attendance")))
    header = tuple(pen.label(name) for name in ("side", "post", "presence"))
    rows = []
    for party, seats in groupby(attendance, key=lambda seat: seat.party):
        for position, seat in enumerate(seats):
            side = (span(pen.say(pen.party(party)), "strong"),) if position == 0 else ()
            came = in_language(PRESENCE[seat.presence], pen.language, post=seat.instead_of)
            rows.append(Row((side, (span(pen.say(seat.post)),), (span(came),))))
    yield Table("register", pen.label("attendance"), header, tuple(rows))


def _results(pen: Pen, record: PaperRecord) -> Iterator[Block]:
    yield Heading(2, span(pen.label("results")))
    known = parts.numbers(tuple(outcome.item for outcome in record.outcomes))
    for outcome in record.outcomes:
        item = outcome.item
        aside = span(pen.say(RESULTS[outcome.result]), "strong")
        number = f"{known[item.key]}. " if item.key in known else ""
        yield Heading(3, span(f"{number}{pen.say(item.title)}"), aside)
        yield from _outcome(pen, outcome)


def _outcome(pen: Pen, outcome: PaperOutcome) -> Iterator[Block]:
    doubt = pen.doubt(outcome.item.title, outcome.item.stale)
    if doubt:
        yield Paragraph(doubt, quiet=True)
    yield from pen.prose(outcome.text)
    if outcome.progress:
        yield Bullets(tuple(map(pen.progress, outcome.progress)))
    if outcome.actions:
        keys = joined([span(action.key, "key") for action in outcome.actions], ", ")
        yield Paragraph((*span(f"{pen.label('actions_here')}: ", "quiet"), *keys))
    if outcome.result == "not_reached":
        yield Paragraph(span(pen.label("goes_on")), quiet=True)


def _actions(pen: Pen, record: PaperRecord) -> Iterator[Block]:
    actions = [action for outcome in record.outcomes for action in outcome.actions]
    yield Heading(2, span(pen.label("agreed_actions")))
    if not actions:
        yield Paragraph(span(pen.label("no_actions")), quiet=True)
        return
    header = tuple(pen.label(name) for name in ("reference", "action", "by_when"))
    rows = tuple(Row(_action(pen, action)) for action in actions)
    yield Table("register", pen.label("agreed_actions"), header, rows)


def _action(pen: Pen, action: PaperAction) -> tuple[Cell, ...]:
    owners: Text = joined([pen.office(owner, in_full=True) for owner in action.owners], ", ")
    due = span(pen.day(action.due), "strong") if action.due else span(pen.label("no_due"), "flag")
    said = (joined([span(pen.say(action.text)), pen.doubt(action.text)]), *filter(None, [owners]))
    return ((span(action.key, "key"),), said, (due,))


def _changes(pen: Pen, changes: tuple[PaperChange, ...]) -> Iterator[Block]:
    if not changes:
        return
    yield Heading(2, span(pen.label("changes")))
    header = tuple(pen.label(name) for name in ("reference", "commitment", "agreed_now"))
    yield Table("register", pen.label("changes"), header, tuple(Row(_change(pen, one)) for one in changes))


def _change(pen: Pen, change: PaperChange) -> tuple[Cell, ...]:
    status = span(pen.say(change.status), "strong") if change.status else ()
    into = (*span(" → "), *span(change.into, "key")) if change.into else ()
    due = span(pen.label("new_due", day=pen.day(change.due))) if change.due else ()
    text = joined([span(pen.say(change.text)), pen.doubt(change.text)]) if change.text else ()
    reason = span(change.reason, "quiet") if change.reason else ()
    said = ((*status, *into), due, text, reason, pen.pointer(change.pointer))
    return (span(change.key, "key"),), (span(pen.say(change.called)),), tuple(filter(None, said))
