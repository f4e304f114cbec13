"""Reading the proposals of one side's posts, where each stands, and what speaks against it by that side's books."""

from dataclasses import dataclass
from datetime import time

from sqlalchemy import select

from scheduler.dates.slots import Slot
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.ical.scheduling import Method
from scheduler.invitations.itip import latest
from scheduler.invitations.proposals.rules import Decision, Proposal, Standing, standings
from scheduler.invitations.proposals.tables import ProposalRow
from scheduler.invitations.queries import Invitation, invitation
from scheduler.meetings.tables import Meeting
from scheduler.planning.objections import against
from scheduler.planning.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal, where it stands, and, while it waits, everything that speaks against it, if anything does."""

    proposal: Proposal
    standing: Standing
    objections: tuple[Refusal, ...] = ()


def proposals(work: Work, found: Invitation, *, with_diaries: bool) -> tuple[Proposed, ...]:
    """Return what the acting side's posts propose for a meeting, the latest first.

    ``with_diaries`` is for readers who may see the side's diaries; those of another side are never asked.
    """
    rows = work.session.scalars(select(ProposalRow).where(ProposalRow.meeting_id == found.meeting.id))
    asked = {
        address: told.sequence
        for address, told in latest(entry.told for entry in found.told).items()
        if told.method is Method.REQUEST
    }
    known = standings((_proposal(row) for row in rows), asked, is_past=found.is_over or found.is_off)
    return tuple(
        Proposed(
            entry,
            stands,
            against(work, found.meeting, entry.slot, with_diaries=with_diaries)
            if stands is Standing.OPEN
            else (),
        )
        for entry, stands in known
    )


def proposal(work: Work, uid: str) -> tuple[Invitation, Proposed]:
    """Return one proposal with its meeting; raise ``NotFound`` for one that is not the acting side's."""
    row = work.session.scalars(select(ProposalRow).where(ProposalRow.uid == uid)).one_or_none()
    if row:
        meeting = work.session.scalars(select(Meeting.uid).where(Meeting.id == row.meeting_id)).one()
        found = invitation(work, meeting)
        for entry in proposals(work, found, with_diaries=False):
            if entry.proposal.uid == uid:
                return found, entry
    raise NotFound(
        f"there is no proposal {uid!r}",
        place="proposal",
        remedy="`dialogues answers proposals MEETING` lists them",
    )


def open_meetings(work: Work, partnership: str) -> dict[str, int]:
    """Return how many proposals wait for the acting side, by meeting."""
    rows = work.session.execute(
        select(Meeting.uid, ProposalRow.id)
        .join(ProposalRow, ProposalRow.meeting_id == Meeting.id)
        .where(ProposalRow.partnership == partnership, ProposalRow.decision.is_(None))
    )
    found: dict[str, int] = {}
    for uid in sorted({row.uid for row in rows}):
        waits = proposals(work, invitation(work, uid), with_diaries=False)
        count = sum(entry.standing is Standing.OPEN for entry in waits)
        if count:
            found[uid] = count
    return found


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        uid=row.uid,
        post=row.post,
        address=row.address,
        sequence=row.sequence,
        stamp=row.stamp,
        slot=Slot(
            row.first_day,
            row.last_day,
            time.fromisoformat(row.start_time) if row.start_time else None,
            time.fromisoformat(row.end_time) if row.end_time else None,
            row.zone,
        ),
        comment=row.comment,
        received_at=row.received_at,
        decision=Decision(row.decision) if row.decision else None,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=row.reason,
        letter=row.letter,
    )
