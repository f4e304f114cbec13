"""A draft as a paper: what was decided, and the facts behind it, as the values that papers are made from.

Owns the passage from a draft to a paper. Pure. Which sections a paper has, and how things are written, is the
business of ``papers``.
"""

from agendas.drafting.draft import Draft, Item, Line
from agendas.drafting.facts import Facts, Progress, Silence
from agendas.drafting.leads import WITHOUT_LEAD
from agendas.papers import agenda, model
from agendas.rendering.document import Document

SUBJECTS = frozenset({"theme", "topic", "report"})
"""The items that are about something on record; the others are there for the order of the meeting."""


def compose(draft: Draft, facts: Facts, language: str, *, marking: str | None = None) -> Document:
    """Return the draft as a document in ``language``.

    ``marking`` is the originator's, as it is; a document without one has none. The document is dated on the
    day of its facts.
    """
    return agenda.compose(paper_of(draft, facts), language, marking=marking)


def paper_of(draft: Draft, facts: Facts) -> model.PaperAgenda:
    """Return the draft as a joint agenda."""
    previous, following = facts.previous, facts.next_round
    return model.PaperAgenda(
        meeting=meeting_of(facts),
        as_of=facts.today,
        items=tuple(item_of(item) for item in draft.items),
        written_procedure=tuple(item_of(item) for item in draft.written_procedure),
        left_out=tuple(model.PaperLeftOut(line_of(left.line), left.because) for left in draft.left_out),
        without_item=tuple(theme.title for theme in draft.without_item),
        previous=model.PaperRound(previous.day, previous.number) if previous else None,
        following=model.PaperRound(following.due, None, following.host, following.host_basis),
        assumptions=facts.assumptions,
        sources=facts.sources,
    )


def meeting_of(facts: Facts) -> model.PaperMeeting:
    """Return the round that a paper is for."""
    meeting = facts.meeting
    return model.PaperMeeting(
        partnership=facts.partnership,
        title=meeting.title,
        parties=facts.parties,
        level=meeting.level,
        minutes=meeting.minutes,
        number=meeting.number,
        first_day=meeting.first_day,
        days=meeting.days,
        start=meeting.start,
        zone=meeting.zone,
        place=meeting.place or {},
        host=meeting.host,
        obligation=meeting.obligation,
        cadence=meeting.cadence,
        pointer=meeting.pointer,
        assumed=meeting.assumed,
    )


def item_of(item: Item) -> model.PaperItem:
    """Return an item as papers write it."""
    report = model.PaperReport(item.report.held, item.report.pointer) if item.report else None
    return model.PaperItem(
        key=item.key,
        kind=item.kind,
        title=item.title,
        minutes=item.minutes,
        day=item.day,
        offset=item.offset,
        is_pause=item.kind in WITHOUT_LEAD,
        is_subject=item.kind in SUBJECTS or bool(item.lines),
        lead=item.lead,
        leads=item.leads,
        wanted=item.wanted,
        lines=tuple(map(line_of, item.lines)),
        progress=tuple(map(progress_of, item.progress)),
        expected=tuple(model.PaperExpected(paper.title, paper.due, paper.side) for paper in item.papers),
        silences=tuple(map(silence_of, item.silences)),
        report=report,
        reasons=item.reasons,
        is_unchanged=item.unchanged,
    )


def line_of(line: Line) -> model.PaperLine:
    """Return a commitment as papers write it."""
    commitment = line.commitment
    return model.PaperLine(
        key=commitment.key,
        text=commitment.text,
        kind=commitment.kind,
        strength=commitment.strength,
        status=commitment.status,
        due=commitment.due,
        owners=commitment.owners,
        pointer=commitment.pointer,
        said=tuple(map(progress_of, line.said)),
        silences=tuple(map(silence_of, line.silences)),
        has_news=line.has_news,
        is_overdue=line.urgency == "overdue",
        since=commitment.since,
        urgency=line.reason,
    )


def progress_of(note: Progress) -> model.PaperProgress:
    """Return what was said as papers write it."""
    return model.PaperProgress(note.day, note.text, note.pointer)


def silence_of(silence: Silence) -> model.PaperSilence:
    """Return what is not known as papers write it."""
    return model.PaperSilence(silence.text, silence.pointer)
