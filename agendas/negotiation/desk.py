"""What somebody has on the desk: the own agenda of the side, or the joint one to which another wording is proposed.

Both are edited in the same way; they differ in what keeping means.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from agendas.drafting.content import facts_of
from agendas.drafting.facts import Facts
from agendas.negotiation.actions import amend
from agendas.versions.actions import edited
from agendas.versions.content import Content
from agendas.versions.queries import Notes, the_draft, the_version
from scheduler.db.work import Work
from scheduler.errors import Conflict
from scheduler.meetings.queries import MeetingFacts, meeting
from scheduler.partnerships.queries import PartnershipFacts, partnership

Layer = Literal["own", "joint"]


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
    about = meeting(work, uid)
    found = the_draft(work, uid, number) if layer == "own" else the_version(work, uid, number)
    notes = the_draft(work, uid, number).notes if layer == "own" else {}
    return Desk(
        layer=layer,
        meeting=about,
        partnership=partnership(work, about.partnership),
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
        raise Conflict(
            {"en": "nothing was changed", "nl": "er is niets gewijzigd"},
            place="form",
            remedy={"en": "change something, or go back", "nl": "wijzig iets, of ga terug"},
        )
    return edited(work, the_draft(work, uid, desk.number), desk.partnership.key, content, kept)
