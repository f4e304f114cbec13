"""Keeping a proposal, and what a person makes of it: declined by a letter, or offered as the new date.

A proposal is its side's own: the other side learns of the date that is offered, and of no proposal, nor of what spoke
against it.
"""

from datetime import datetime

from sqlalchemy import select

from scheduler.audit.actions import record
from scheduler.db.work import Work
from scheduler.errors import Conflict
from scheduler.ical.answers import ForeignAnswer
from scheduler.invitations import rules
from scheduler.invitations.itip import latest
from scheduler.invitations.letter import draft_refusal
from scheduler.invitations.proposals.queries import proposal
from scheduler.invitations.proposals.rules import STANDING_WORDS, Decision, Proposal, Standing, proposed_slot
from scheduler.invitations.proposals.tables import ProposalRow
from scheduler.invitations.queries import Invitation, first_message, invitation
from scheduler.meetings import actions as meetings
from scheduler.outbox.actions import enqueue
from scheduler.outbox.mime import Letterhead, one_line
from scheduler.tokens import new_identifier
from scheduler.typed import require_readable

LONGEST_REASON = 1000


def keep_counter(work: Work, post: str, address: str, came: ForeignAnswer) -> None:
    """Keep the time that a COUNTER from an invited address proposes; the same once more changes nothing.

    Raise ``BadInput`` where it proposes nothing, or nothing that can be meant.
    """
    found = invitation(work, came.uid)
    asked = latest(entry.told for entry in found.told)[address].sending.slot
    slot = proposed_slot(came.start, came.end, asked, asked.zone)
    same = (
        ProposalRow.meeting_id == found.meeting.id,
        ProposalRow.address == address,
        ProposalRow.sequence == came.sequence,
        ProposalRow.stamp == came.stamp,
    )
    if work.session.scalars(select(ProposalRow.id).where(*same)).first():
        return
    work.session.add(
        ProposalRow(
            partnership=found.meeting.partnership,
            uid=new_identifier(),
            meeting_id=found.meeting.id,
            post=post,
            address=address,
            sequence=came.sequence,
            stamp=came.stamp,
            first_day=slot.first_day,
            last_day=slot.last_day,
            start_time=f"{slot.start:%H:%M}" if slot.start else None,
            end_time=f"{slot.end:%H:%M}" if slot.end else None,
            zone=slot.zone,
            comment=came.comment,
            received_at=work.now,
            reason="",
        )
    )
    work.session.flush()


def accept(work: Work, uid: str) -> None:
    """Offer the proposed time as the new date of the meeting: the other side agrees to it, or not, as to any move.

    Raise ``Conflict`` for a proposal that does not wait any more, ``BadInput`` for a time that cannot be offered.
    """
    found, entry = _waiting(work, uid)
    meetings.move(work, found.meeting.uid, entry.slot)
    _decide(work, found, entry, Decision.ACCEPTED, "", None)


def decline(work: Work, uid: str, letterhead: Letterhead, reason: str = "") -> None:
    """Answer whoever proposed that the time stays (DECLINECOUNTER), with a reason that is to be read there, or none.

    Raise ``Conflict`` for a proposal that does not wait any more.
    """
    found, entry = _waiting(work, uid)
    said, key = one_line(reason), f"proposal/{found.meeting.uid}/{entry.post}/{uid}"
    require_readable(said, "reason", LONGEST_REASON)
    told = latest(one.told for one in found.told)[entry.address]
    thread = first_message(work, found, entry.address)
    letter = draft_refusal(found, told, (entry.slot, said), letterhead, key=key, thread=thread)
    enqueue(work, letter, letterhead, expires_at=_of_use_until(found, work.now))
    _decide(work, found, entry, Decision.DECLINED, said, key)


def _of_use_until(found: Invitation, now: datetime) -> datetime | None:
    last = rules.latest_invitation(found.sendings)
    return rules.of_use_until(last.slot, now, is_cancellation=False) if last else None


def _waiting(work: Work, uid: str) -> tuple[Invitation, Proposal]:
    """Return a proposal that nobody else can decide until the work ends."""
    found, _ = proposal(work, uid)
    meetings.hold(work, found.meeting.uid)
    found, entry = proposal(work, uid)
    if entry.standing is not Standing.OPEN:
        standing = STANDING_WORDS[entry.standing]
        raise Conflict(
            {"en": f"the proposal is {standing['en']}", "nl": f"het voorstel is {standing['nl']}"},
            place="proposal",
            remedy={
                "en": "only one that waits can be decided",
                "nl": "alleen over een voorstel dat wacht, kan worden beslist",
            },
        )
    return found, entry.proposal


def _decide(
    work: Work, found: Invitation, entry: Proposal, decision: Decision, reason: str, letter: str | None
) -> None:
    row = work.session.scalars(select(ProposalRow).where(ProposalRow.uid == entry.uid)).one()
    row.decision, row.decided_at, row.decided_by = decision, work.now, work.actor.name
    row.reason, row.letter = reason, letter
    work.session.flush()
    record(
        work,
        found.meeting.partnership,
        f"proposal {decision}",
        f"meeting/{found.meeting.uid}",
        layer=work.actor.side,
        proposal=entry.uid,
        post=entry.post,
        day=str(entry.slot.first_day),
    )
