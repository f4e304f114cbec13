"""An agenda as it stands, as the values that papers are made from. Pure.

Owns the passage from a version, whoever keeps it, to a paper: what is agreed by whom, what one side wrote for itself,
what a covering note says. Which sections a paper has is the business of ``papers``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, get_args

from agendas.drafting.content import as_draft
from agendas.drafting.draft import Item as DraftItem
from agendas.drafting.facts import Facts
from agendas.drafting.paper import item_of, line_of, meeting_of, paper_of
from agendas.drafting.selection import judge
from agendas.negotiation.rules import Standing
from agendas.papers.model import (
    Brief,
    Briefs,
    PaperAgenda,
    PaperCoveringNote,
    PaperDropped,
    PaperExpected,
    PaperItem,
    PaperMeeting,
    PaperRequest,
    PaperSignature,
    Stage,
)
from agendas.versions.content import LEFT_OUT, Content, Paper, Place
from agendas.versions.rules import ADDED
from agendas.versions.wording import Names, titles
from scheduler.words import Words

Kind = Literal["joint", "annotated", "pack", "covering"]
KINDS: tuple[Kind, ...] = get_args(Kind)

NOTE_KINDS = ("objective", "points", "if_raised", "usable", "not_for_disclosure")
"""What a side may write for itself about an item: the parts of a brief, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A version with all that papers say of it; ``side`` made it, ``stands`` is empty for one side's own."""

    content: Content
    facts: Facts
    stage: Stage
    number: int
    side: str
    remark: str = ""
    stands: tuple[Standing, ...] = ()
    signed: Mapping[str, Any] = field(default_factory=dict)
    seal: str = ""


def agenda_paper(edition: Edition) -> PaperAgenda:
    """Return the agenda as a paper that both sides may read."""
    content, facts = edition.content, edition.facts
    drafted = as_draft(content, facts)
    paper = paper_of(drafted, facts)
    agreed = {
        stand.subject: tuple(signature.side for signature in stand.signatures) for stand in edition.stands
    }
    return replace(
        paper,
        meeting=round_of(edition),
        items=tuple(_item(item, agreed) for item in drafted.items),
        written_procedure=tuple(_item(item, agreed) for item in drafted.written_procedure),
        stage=edition.stage,
        version=edition.number,
        signatures=tuple(
            PaperSignature(side, said["name"], datetime.fromisoformat(said["at"]))
            for side, said in edition.signed.items()
        ),
        fingerprint=edition.seal,
    )


def round_of(edition: Edition) -> PaperMeeting:
    """Return the round that an edition is for, with the hours that its agenda was made for."""
    hours = edition.content.hours
    return replace(
        meeting_of(edition.facts),
        minutes=hours.minutes,
        days=hours.days,
        first_day=hours.first_day,
        start=hours.start,
        zone=hours.zone,
        host=hours.host,
    )


def briefs_of(notes: Mapping[str, Mapping[str, str]], language: str) -> Briefs:
    """Return what a side wrote for itself, in the language in which it works, by the key of the item."""

    def said(texts: Mapping[str, str], kind: str) -> Words:
        return {language: texts[kind]} if texts.get(kind) else {}

    return {
        key: Brief(
            objective=said(texts, "objective"),
            points=said(texts, "points"),
            if_raised=said(texts, "if_raised"),
            usable=said(texts, "usable"),
            not_for_disclosure=said(texts, "not_for_disclosure"),
        )
        for key, texts in notes.items()
    }


def covering_note(
    edition: Edition, recipient: str, language: str, requests: Collection[PaperRequest] = ()
) -> PaperCoveringNote:
    """Return the note that goes with an offer: what the sender says, asks, and does not put on the agenda.

    ``language`` is that in which the sender works. Papers that the recipient owes are asked for with their day.
    """
    expected = [
        PaperRequest(paper.title, paper.due)
        for item in edition.content.items
        if item.place is not Place.DROPPED
        for paper in item.papers
        if paper.side == recipient
    ]
    number = edition.number
    return PaperCoveringNote(
        meeting=round_of(edition),
        as_of=edition.facts.today,
        sender=edition.side,
        recipient=recipient,
        enclosures=({"en": f"Agenda, version {number}", "nl": f"Agenda, versie {number}"},),
        text={language: edition.remark} if edition.remark else {},
        dropped=tuple(dropped_themes(edition.content, edition.facts)),
        requests=(*requests, *expected),
        sources=paper_of(as_draft(edition.content, edition.facts), edition.facts).sources,
    )


def dropped_themes(content: Content, facts: Facts) -> list[PaperDropped]:
    """Return the themes that no item treats although commitments under them are open, each with its reason."""
    where = dict(content.treated())
    reasons = {**_reasons_of_items(content, facts), **content.dropped_themes}
    lines = [line for line in judge(facts) if where.get(line.commitment.key, LEFT_OUT) == LEFT_OUT]
    result = []
    for theme in facts.themes:
        open_lines = tuple(line_of(line) for line in lines if line.commitment.theme == theme.key)
        if theme.key in reasons and open_lines:
            result.append(PaperDropped(theme.title, reasons[theme.key], open_lines))
    return result


def _reasons_of_items(content: Content, facts: Facts) -> dict[str, Words]:
    """Return why the last item of a theme was dropped; why the theme itself is, nobody may have said yet."""
    theme_of = {f"theme/{theme.key}": theme.key for theme in facts.themes}
    theme_of |= {f"topic/{topic.key}": topic.theme for topic in facts.topics}
    of_themes = [(theme_of.get(item.key.removeprefix("written/")), item) for item in content.items]
    alive = {theme for theme, item in of_themes if item.place is not Place.DROPPED}
    return {theme: item.because for theme, item in of_themes if theme and theme not in alive}


def names_of(facts: Facts, *contents: Content) -> Names:
    """Return what is called how in some versions, for saying what differs."""
    return Names(
        sides={party.key: party.short for party in facts.parties},
        offices={office.reference: office.name for office in facts.offices},
        themes={theme.key: theme.title for theme in facts.themes},
        items=titles(*contents),
    )


def _item(item: DraftItem, agreed: Mapping[str, tuple[str, ...]]) -> PaperItem:
    """Return an item as papers write it, with what people wrote and who agreed to it."""
    written = item_of(item)
    return replace(
        written,
        is_subject=written.is_subject or item.kind == ADDED,
        notes=item.text,
        expected=tuple(_expected(paper) for paper in item.papers),
        stale=frozenset(item.stale),
        agreed_by=agreed.get(item.key, ()),
    )


def _expected(paper: Paper) -> PaperExpected:
    return PaperExpected(paper.title, paper.due, paper.side)
