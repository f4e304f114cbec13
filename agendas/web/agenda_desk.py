"""What the forms of an agenda show of the version on the desk: times, spare minutes, offices, commitments."""

from collections.abc import Iterator, Mapping
from typing import Any

from agendas.drafting.facts import Facts
from agendas.drafting.paper import SUBJECTS, meeting_of
from agendas.drafting.selection import judge, weighed
from agendas.known import Office
from agendas.negotiation.desk import Desk
from agendas.papers.pen import Pen
from agendas.papers.wording import WANTED
from agendas.versions.content import Content, Item
from agendas.versions.rules import ADDED, spare_minutes
from agendas.web.agenda_texts import words
from scheduler.accounts.rules import Act

ACTS: Mapping[str, Act] = {"own": Act.EDIT_AGENDA, "joint": Act.NEGOTIATE}
"""The permission that changing each takes."""


def shown(desk: Desk, content: Content, language: str) -> dict[str, Any]:
    """Return what every template about a desk needs, for the content as it would be."""
    return {
        "desk": desk,
        "meeting": desk.meeting,
        "partnership": desk.partnership,
        "content": content,
        "spare": spare_minutes(content),
        "clock": clock_times(content, desk.facts, language),
        "lines": {line.commitment.key: line for line in judge(desk.facts)},
        "weighed": weighed,
        "wanted_words": WANTED,
        "offices": list(offices_of(desk.facts)),
        "is_subject": is_subject,
        "words": words,
    }


def is_subject(item: Item) -> bool:
    """Tell whether an item is about something; the others are there for the order of the meeting."""
    return item.kind in SUBJECTS or item.kind == ADDED


def clock_times(content: Content, facts: Facts, language: str) -> dict[str, str]:
    """Return for each item of the running order when it starts, by key."""
    pen = Pen(meeting_of(facts), language, (), None)
    times, offset, day = {}, 0, 0
    for item in content.in_room:
        offset = offset if item.day == day else 0
        day = item.day
        times[item.key] = pen.start(day, offset)
        offset += item.minutes
    return times


def offices_of(facts: Facts) -> Iterator[tuple[str, list[Office]]]:
    """Yield each side with the offices that may lead an item."""
    for party in facts.parties:
        yield party.key, [office for office in facts.offices if office.party == party.key]
