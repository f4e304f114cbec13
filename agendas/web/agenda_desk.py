"""What somebody has on the desk: the own agenda of the side, or the joint one to which another wording is proposed.

Both are edited with the same forms; they differ in what keeping means.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from agendas.drafting.content import facts_of
from agendas.drafting.facts import Facts, Office
from agendas.drafting.paper import SUBJECTS, meeting_of
from agendas.drafting.selection import judge
from agendas.negotiation.actions import amend
from agendas.papers.pen import Pen
from agendas.papers.wording import WANTED
from agendas.versions.actions import edited
from agendas.versions.content import Content, Item
from agendas.versions.queries import Notes, the_draft, the_version
from agendas.versions.rules import ADDED, spare_minutes
from agendas.web.agenda_texts import words
from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import Conflict
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.partnerships.queries import partnership as find_partnership

Layer = Literal["own", "joint"]

ACTS: Mapping[str, Act] = {"own": Act.EDIT_AGENDA, "joint": Act.NEGOTIATE}
"""The permission that changing each takes."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A version on the desk: ``number`` is its own, which forms carry along."""

    layer: Layer
    meeting: MeetingFacts
    partnership: PartnershipFacts
    side: str
    number: int
    content: Content
    facts: Facts
    notes: Notes

    @property
    def address(self) -> dict[str, str]:
        """Return the values that addresses of this desk have in common."""
        return {"uid": self.meeting.uid, "layer": self.layer}


def open_desk(work: Work, uid: str, layer: Layer, number: int | None = None) -> Desk:
    """Return a version to work on, by default the newest; raise ``NotFound`` where there is none."""
    meeting = find_meeting(work, uid)
    found = the_draft(work, uid, number) if layer == "own" else the_version(work, uid, number)
    notes = the_draft(work, uid, number).notes if layer == "own" else {}
    return Desk(
        layer=layer,
        meeting=meeting,
        partnership=find_partnership(work, meeting.partnership),
        side=work.actor.side,
        number=found.number,
        content=found.content,
        facts=facts_of(found.facts),
        notes=notes,
    )


def keep(
    work: Work, desk: Desk, content: Content, today: date, *, notes: Notes | None = None, remark: str = ""
) -> int:
    """Keep what was made of the version on the desk; return the number of the new one.

    Raises ``Conflict`` where nothing was changed.
    """
    uid = desk.meeting.uid
    if desk.layer == "joint":
        return amend(work, uid, desk.number, content, today, remark)
    kept = desk.notes if notes is None else notes
    if content == desk.content and kept == desk.notes:
        raise Conflict("nothing was changed", place="form", remedy="change something, or go back")
    return edited(work, the_draft(work, uid, desk.number), desk.partnership.key, content, kept)


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
