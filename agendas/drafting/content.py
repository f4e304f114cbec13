"""From a draft to what people may edit, and back: what an agenda says with the facts it was made from is a draft again.

Pure. A version keeps its content and its facts apart; every document of it is written from both, laid together here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from agendas.drafting import facts as known
from agendas.drafting.draft import Draft, Item, LeftOut, Line
from agendas.drafting.rules import draft
from agendas.drafting.selection import judge
from agendas.drafting.wording import REASONS
from agendas.known import Office
from agendas.versions import content as kept
from agendas.versions.content import Content, Hours, Place
from agendas.versions.merge import in_order
from agendas.versions.stored import read
from scheduler.words import LANGUAGES, Words, say


def as_content(drafted: Draft, facts: known.Facts) -> Content:
    """Return what a draft says, for people to go on from."""
    return Content(
        hours=hours_of(facts.meeting),
        items=in_order(
            [
                *(_kept(item, Place.ROOM) for item in drafted.items),
                *(_kept(item, Place.WRITING) for item in drafted.written_procedure),
            ]
        ),
        left_out=tuple(
            kept.LeftOut(left.line.commitment.key, left.reason, left.because) for left in drafted.left_out
        ),
        dropped_themes={theme.key: _why_without(theme, drafted) for theme in drafted.without_item},
    )


def hours_of(meeting: known.Meeting) -> Hours:
    """Return when a round is held and how long."""
    return Hours(meeting.minutes, meeting.days, meeting.first_day, meeting.start, meeting.zone, meeting.host)


def as_draft(content: Content, facts: known.Facts) -> Draft:
    """Return an agenda with everything that is known of what it treats; a commitment open no more has no line."""
    drafted = draft(facts)
    lines = {line.commitment.key: line for line in judge(facts)}
    known_items = {item.key: item for item in (*drafted.items, *drafted.written_procedure)}
    offices = _offices(facts)
    items = {
        item.key: _item(item, known_items.get(item.key), lines, offices)
        for item in content.items
        if item.place is not Place.DROPPED
    }
    return Draft(
        items=tuple(_timed([items[item.key] for item in content.in_room])),
        written_procedure=tuple(items[item.key] for item in content.items if item.place is Place.WRITING),
        left_out=tuple(_left_out(content, lines)),
        without_item=tuple(theme for theme in facts.themes if theme.key in content.dropped_themes),
    )


def facts_of(stored: Mapping[str, Any]) -> known.Facts:
    """Return the facts that a version keeps beside its content."""
    return read(known.Facts, stored)


def _kept(item: Item, place: Place) -> kept.Item:
    return kept.Item(
        key=item.key,
        kind=item.kind,
        title=item.title,
        minutes=item.minutes,
        day=item.day,
        lead=item.lead,
        offices=tuple(office.reference for office in item.leads),
        wanted=item.wanted,
        text=item.text,
        papers=item.papers,
        place=place,
        because=item.reasons[-1] if place is Place.WRITING and item.reasons else {},
        commitments=tuple(line.commitment.key for line in item.lines),
    )


def _why_without(theme: known.Theme, drafted: Draft) -> Words:
    """Return why no item treats a theme: why each of its commitments is left out, else that none is open."""
    left = [one.because for one in drafted.left_out if one.line.commitment.theme == theme.key]
    reasons = left or [REASONS["nothing_open"]]
    return {
        language: "; ".join(dict.fromkeys(say(why, language) for why in reasons)) for language in LANGUAGES
    }


def _item(
    item: kept.Item, drafted: Item | None, lines: Mapping[str, Line], offices: Mapping[str, Office]
) -> Item:
    """Return an item as people left it, with what the facts say of it."""
    return replace(
        drafted or Item(item.key, item.kind, item.title, 0),
        kind=item.kind,
        title=item.title,
        minutes=item.minutes,
        day=item.day,
        lead=item.lead,
        leads=tuple(offices[reference] for reference in item.offices if reference in offices),
        wanted=item.wanted,
        lines=tuple(lines[key] for key in item.commitments if key in lines),
        reasons=(item.because,) if item.because else drafted.reasons if drafted else (),
        text=item.text,
        papers=item.papers,
        stale=item.stale,
    )


def _timed(items: list[Item]) -> Iterator[Item]:
    offset, day = 0, 0
    for item in items:
        offset = offset if item.day == day else 0
        day = item.day
        yield replace(item, offset=offset)
        offset += item.minutes


def _left_out(content: Content, lines: Mapping[str, Line]) -> Iterator[LeftOut]:
    for left in content.left_out:
        if left.commitment in lines:
            yield LeftOut(lines[left.commitment], left.reason, left.because)


def _offices(facts: known.Facts) -> dict[str, Office]:
    """Return the offices by reference; one named with a theme or a commitment carries the basis of that."""
    named = [
        *facts.offices,
        *(office for commitment in facts.commitments for office in commitment.owners),
        *(office for report in facts.reports for office in report.leads),
        *(office for theme in facts.themes for office in theme.leads),
    ]
    return {office.reference: office for office in named}
