"""Telling a side's own posts what they must hear by now, each in a letter of its own, entered in the ledger.

A letter that waits in the outbox while something newer is to be said to its address is replaced by that, and then
nobody was told what it said: several changes become one letter. What has gone is followed by another letter.
"""

from dataclasses import dataclass, replace

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from scheduler.db.work import Work
from scheduler.errors import DialoguesError
from scheduler.ical.scheduling import Method
from scheduler.invitations import rules
from scheduler.invitations.answers.tables import AnswerLink
from scheduler.invitations.itip import Message, stamp_after
from scheduler.invitations.letter import draft
from scheduler.invitations.queries import (
    HasJointAgenda,
    Invitation,
    first_message,
    invitation,
    no_joint_agenda,
    open_invitations,
)
from scheduler.invitations.tables import InvitationSending, ToldRow
from scheduler.meetings.rules import letters_about
from scheduler.outbox.actions import enqueue, replace_queued
from scheduler.outbox.mime import Letterhead
from scheduler.tokens import digest, new_secret

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Told:
    """What came of telling: letters enqueued, and letters that could not be written."""

    enqueued: int = 0
    failed: int = 0

    def __add__(self, other: "Told") -> "Told":
        """Return both together."""
        return Told(self.enqueued + other.enqueued, self.failed + other.failed)


def tell_due(work: Work, letterhead: Letterhead, has_joint_agenda: HasJointAgenda = no_joint_agenda) -> Told:
    """Write to the acting side's posts whatever they must hear by now, of every meeting; again, it writes nothing."""
    return sum((tell(work, found, letterhead, has_joint_agenda) for found in open_invitations(work)), Told())


def tell(
    work: Work,
    found: Invitation,
    letterhead: Letterhead,
    has_joint_agenda: HasJointAgenda = no_joint_agenda,
) -> Told:
    """Write to the acting side's posts what they must hear of one meeting, and enter it in the ledger.

    A letter that cannot be written is logged, leaves no trace, and stops no other.
    """
    done = Told()
    found = _without_what_is_overtaken(work, found)
    if found.due:
        found = replace(found, has_joint_agenda=has_joint_agenda(work, found.meeting.uid))
    counted = len(found.ledger)
    for number, message in enumerate(found.due, start=counted + 1):
        try:
            with work.session.begin_nested():
                done += Told(enqueued=_tell(work, found, message, letterhead, number))
        except (DialoguesError, SQLAlchemyError) as error:
            log.warning("an invitation cannot be written", post=message.post, reason=str(error))
            done += Told(failed=1)
    return done


def _without_what_is_overtaken(work: Work, found: Invitation) -> Invitation:
    """Take out of the outbox what waits for addresses to which something newer is to be said now."""
    addresses = {message.address.lower() for message in found.due}
    keys = [entry.letter for entry in found.told if entry.told.address.lower() in addresses]
    return invitation(work, found.meeting.uid) if keys and replace_queued(work, keys) else found


def _tell(work: Work, found: Invitation, message: Message, letterhead: Letterhead, number: int) -> int:
    """Write one letter and enter it; two processes that try it at once use the same key, so that one of them writes."""
    key = f"{letters_about(found.meeting.uid, message.method)}{message.post}/{number}"
    thread = first_message(work, found, message.address)
    until = rules.of_use_until(
        message.sending.slot, found.now, is_cancellation=message.method is Method.CANCEL
    )
    secret = new_secret() if message.wants_answer else ""
    letter = draft(found, message, letterhead, key=key, thread=thread, secret=secret)
    if not enqueue(work, letter, letterhead, expires_at=until):
        return 0
    if secret:
        work.session.add(_link(work, found, message, secret))
    sending = select(InvitationSending.id).where(
        InvitationSending.meeting_id == found.meeting.id, InvitationSending.number == message.sending.number
    )
    work.session.add(
        ToldRow(
            partnership=found.meeting.partnership,
            meeting_id=found.meeting.id,
            sending_id=work.session.scalars(sending).one(),
            post=message.post,
            role=message.role,
            address=message.address,
            method=message.method,
            cause=message.cause,
            sequence=message.sequence,
            stamp=stamp_after(found.now, message.before),
            letter=key,
            told_at=work.now,
        )
    )
    return 1


def _link(work: Work, found: Invitation, message: Message, secret: str) -> AnswerLink:
    """Return the link in a letter by which its post answers without a calendar program."""
    return AnswerLink(
        partnership=found.meeting.partnership,
        digest=digest(secret),
        meeting_id=found.meeting.id,
        post=message.post,
        address=message.address.lower(),
        sequence=message.sequence,
        made_at=work.now,
    )
