"""Reading answers: how those of one side stand, which mails need a person, and whose a mail is.

All of it with one side's eyes; only what belongs to nobody known is for the operator.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from scheduler.db.work import Work
from scheduler.errors import NotAllowed, NotFound
from scheduler.ical.scheduling import Method
from scheduler.invitations.answers.mails import Mail
from scheduler.invitations.answers.rules import Answer, Channel, Fate, Reason, Status, fates, standing
from scheduler.invitations.answers.tables import AnswerLink, AnswerRow, PuzzlingMail, StrayMail
from scheduler.invitations.itip import Told, latest
from scheduler.invitations.queries import Invitation
from scheduler.invitations.tables import ToldRow
from scheduler.meetings.tables import Meeting
from scheduler.outbox.queries import held_back
from scheduler.outbox.tables import Letter
from scheduler.partnerships.queries import partnerships, posts
from scheduler.tokens import digest
from scheduler.words import Words


class Claim(IntEnum):
    """How surely a mail belongs to a side: the surest claim wins, so that a mail belongs to whoever wrote it."""

    REFERS_TO_LETTER = 1
    NAMES_INVITED = 2
    FROM_MAILBOX = 3
    FROM_INVITED = 4


@dataclass(frozen=True, slots=True)
class Concern:
    """That a mail concerns a side: in which partnership, and as far as known which meeting, post and letter.

    ``address`` was invited; ``asked_sequence`` is the version that it was last asked about, ``None`` once cancelled.
    """

    claim: Claim
    partnership: str
    meeting_id: int | None = None
    asked_sequence: int | None = None
    address: str = ""
    post: str | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """How one post of a delegation stands: the answer that counts, and whether it was asked at all."""

    is_asked: bool
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class PuzzleFacts:
    """A mail that needs a person. ``meeting`` is the UID; ``outcome`` is empty while it waits.

    ``partnership`` is ``None`` for a mail of which nobody knows whose it is.
    """

    uid: str
    partnership: str | None
    reason: Reason
    problem: Words
    meeting: str | None
    post: str | None
    letter: str | None
    sender: str
    subject: str
    received_at: datetime
    settled_at: datetime | None
    settled_by: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What a link in an invitation asked of whom; ``meeting`` is the UID."""

    partnership: str
    meeting: str
    post: str
    address: str
    sequence: int


def answers(work: Work, found: Invitation) -> dict[str, Answered]:
    """Return how every post of the acting side's delegation to a meeting stands."""
    asked, came = latest(entry.told for entry in found.told), _by_address(work, found.meeting.id)
    return {entry.post: _stands(found.address_of(entry.post), asked, came) for entry in found.delegates}


def history(work: Work, found: Invitation) -> tuple[tuple[Answer, Fate], ...]:
    """Return every answer that came from the acting side's posts to a meeting, the latest first, with its fate."""
    asked = latest(entry.told for entry in found.told)
    every = [
        one
        for address, entries in _by_address(work, found.meeting.id).items()
        for one in fates(entries, asked[address].sequence if address in asked else 0)
    ]
    return tuple(sorted(every, key=lambda one: one[0].received_at, reverse=True))


def puzzles(
    work: Work, *, meeting_id: int | None = None, with_settled: bool = False
) -> tuple[PuzzleFacts, ...]:
    """Return the acting side's mails that need a person, the latest first; only of one meeting, if given.

    For the operator, instead, those of which nobody knows whose they are.
    """
    if work.actor.is_operator:
        stray = select(StrayMail).order_by(StrayMail.received_at.desc(), StrayMail.id.desc())
        if not with_settled:
            stray = stray.where(StrayMail.settled_at.is_(None))
        return tuple(_stray(row) for row in work.session.scalars(stray))
    query = select(PuzzlingMail).order_by(PuzzlingMail.received_at.desc(), PuzzlingMail.id.desc())
    if meeting_id is not None:
        query = query.where(PuzzlingMail.meeting_id == meeting_id)
    if not with_settled:
        query = query.where(PuzzlingMail.settled_at.is_(None))
    rows = work.session.scalars(query).all()
    uids = _uids(work, {row.partnership for row in rows})
    return tuple(_puzzle(row, uids) for row in rows)


def puzzle(work: Work, uid: str) -> tuple[PuzzleFacts, bytes]:
    """Return one mail that needs a person, and its bytes; raise ``NotFound`` where it is not the actor's.

    Raise ``NotAllowed`` for the operator, who sees of a mail of which nobody knows whose it is only who sent it and
    when: it may be anybody's.
    """
    if work.actor.is_operator:
        raise NotAllowed(
            {"en": "the operator reads no mails", "nl": "de beheerder leest geen mails"},
            place="mail",
            remedy={
                "en": "`dialogues answers hand-over` gives it to the side that it is for",
                "nl": "`dialogues answers hand-over` geeft hem aan de zijde voor wie hij is",
            },
        )
    query = select(PuzzlingMail).where(PuzzlingMail.uid == uid).options(undefer(PuzzlingMail.content))
    row = work.session.scalars(query).one_or_none()
    if row:
        return _puzzle(row, _uids(work, {row.partnership})), row.content
    raise NotFound(
        f"there is no mail {uid!r}", place="mail", remedy="`dialogues answers needs-person` lists them"
    )


def link_with(work: Work, secret: str) -> LinkFacts:
    """Return the acting side's link with this secret; raise ``NotFound`` where there is none."""
    row = work.session.scalars(select(AnswerLink).where(AnswerLink.digest == digest(secret))).one_or_none()
    if row is None:
        raise NotFound("there is no such link")
    uids = _uids(work, {row.partnership})
    if row.meeting_id not in uids:
        raise NotFound("there is no such link")
    return LinkFacts(row.partnership, uids[row.meeting_id], row.post, row.address, row.sequence)


def is_open(found: Invitation, link: LinkFacts) -> bool:
    """Tell whether a link can still be answered: its post is invited, and the meeting is to come."""
    told = asked_of(found, link)
    return told is not None and told.method is Method.REQUEST and not (found.is_over or found.is_off)


def asked_of(found: Invitation, link: LinkFacts) -> Told | None:
    """Return what the address of a link was last told."""
    return latest(entry.told for entry in found.told).get(link.address)


def given_by(work: Work, found: Invitation, link: LinkFacts) -> Answer | None:
    """Return the answer that counts for the address of a link."""
    return _stands(
        link.address, latest(entry.told for entry in found.told), _by_address(work, found.meeting.id)
    ).answer


def concern(work: Work, mail: Mail) -> Concern | None:
    """Return in what way a mail concerns the acting side, or ``None``."""
    if work.actor.is_operator:
        raise NotAllowed({"en": "the operator is no side", "nl": "de beheerder is geen zijde"}, place="mail")
    return _invited(work, mail) or _mailbox(work, mail) or _named(work, mail) or _letter(work, mail)


def _invited(work: Work, mail: Mail) -> Concern | None:
    """Return the claim of a mail that comes from an address which was invited to the meeting that it answers."""
    return _of_told(work, mail, mail.sender, Claim.FROM_INVITED) if mail.answer and mail.sender else None


def _mailbox(work: Work, mail: Mail) -> Concern | None:
    for facts in partnerships(work) if mail.sender else ():
        for post in posts(work, facts.key):
            if post.party == work.actor.side and (post.mailbox or "").lower() == mail.sender:
                letter = _letter(work, mail)
                known = letter if letter and letter.partnership == facts.key else None
                return Concern(
                    Claim.FROM_MAILBOX,
                    facts.key,
                    meeting_id=known.meeting_id if known else _meeting_named(work, facts.key, mail),
                    post=post.reference,
                    letter=known.letter if known else None,
                )
    return None


def _named(work: Work, mail: Mail) -> Concern | None:
    """Return the claim of a mail from elsewhere that answers for somebody who was invited."""
    for attendee in mail.answer.attendees if mail.answer else ():
        for address in (attendee.address, attendee.delegated_from):
            found = _of_told(work, mail, address, Claim.NAMES_INVITED) if address else None
            if found:
                return found
    return None


def _letter(work: Work, mail: Mail) -> Concern | None:
    if not mail.refers_to:
        return None
    query = select(Letter).where(Letter.message_id.in_(mail.refers_to), Letter.layer == work.actor.side)
    row = work.session.scalars(query.order_by(Letter.id.desc())).first()
    if row is None:
        return None
    meeting = work.session.scalars(select(ToldRow.meeting_id).where(ToldRow.letter == row.key)).first()
    return Concern(Claim.REFERS_TO_LETTER, row.partnership, meeting_id=meeting, post=row.post, letter=row.key)


def _of_told(work: Work, mail: Mail, address: str, claim: Claim) -> Concern | None:
    """Return the claim by the last thing that an address was told of the meeting that a mail answers."""
    if mail.answer is None:
        return None
    query = select(ToldRow).where(func.lower(ToldRow.address) == address)
    found = work.session.scalars(query.order_by(ToldRow.sequence, ToldRow.stamp)).all()
    unread = held_back(work, [row.letter for row in found])
    rows = [row for row in found if row.letter not in unread]
    uids = _uids(work, {row.partnership for row in rows})
    told = [row for row in rows if uids.get(row.meeting_id) == mail.answer.uid]
    if not told:
        return None
    row = told[-1]
    asked = row.sequence if Method(row.method) is Method.REQUEST else None
    return Concern(
        claim,
        row.partnership,
        meeting_id=row.meeting_id,
        asked_sequence=asked,
        address=row.address.lower(),
        post=row.post,
        letter=row.letter,
    )


def _meeting_named(work: Work, partnership: str, mail: Mail) -> int | None:
    known = {uid: number for number, uid in _uids(work, {partnership}).items()}
    return known.get(mail.answer.uid) if mail.answer else None


def _by_address(work: Work, meeting_id: int) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    query = select(AnswerRow).where(AnswerRow.meeting_id == meeting_id).order_by(AnswerRow.id)
    for row in work.session.scalars(query):
        found.setdefault(row.address, []).append(_answer(row))
    return found


def _stands(address: str | None, asked: Mapping[str, Told], came: Mapping[str, Iterable[Answer]]) -> Answered:
    told = asked.get((address or "").lower())
    if told is None or told.method is Method.CANCEL:
        return Answered(is_asked=False, answer=None)
    return Answered(is_asked=True, answer=standing(came.get(told.address.lower(), ()), told.sequence))


def _uids(work: Work, keys: Iterable[str]) -> dict[int, str]:
    """Return the UIDs of the meetings of partnerships that exist for the actor."""
    rows = work.session.execute(select(Meeting.id, Meeting.uid).where(Meeting.partnership.in_(sorted(keys))))
    return {row.id: row.uid for row in rows}


def _answer(row: AnswerRow) -> Answer:
    return Answer(
        post=row.post,
        address=row.address,
        status=Status(row.status),
        sequence=row.sequence,
        stamp=row.stamp,
        comment=row.comment,
        delegated_to=row.delegated_to,
        channel=Channel(row.channel),
        received_at=row.received_at,
        is_verified=row.is_verified,
    )


def _puzzle(row: PuzzlingMail, uids: Mapping[int, str]) -> PuzzleFacts:
    return PuzzleFacts(
        uid=row.uid,
        partnership=row.partnership,
        reason=Reason(row.reason),
        problem=row.problem,
        meeting=uids.get(row.meeting_id) if row.meeting_id else None,
        post=row.post,
        letter=row.letter,
        sender=row.sender,
        subject=row.subject,
        received_at=row.received_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        outcome=row.outcome,
    )


def _stray(row: StrayMail) -> PuzzleFacts:
    """Return what the operator sees of a mail: neither what it says nor what it is about."""
    return PuzzleFacts(
        uid=row.uid,
        partnership=None,
        reason=Reason(row.reason),
        problem={},
        meeting=None,
        post=None,
        letter=None,
        sender=row.sender,
        subject="",
        received_at=row.received_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        outcome=row.outcome,
    )
