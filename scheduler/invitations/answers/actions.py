"""Taking in what came to the mailbox, answers by link, and what a person decides of the mails that fit nowhere.

A mail is stored whole, as an answer or for a person, in the transaction that marks it as taken: it is never lost,
never applied twice, and nothing else follows from it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import undefer

from scheduler.audit.actions import record
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.ical.answers import ForeignAttendee
from scheduler.ical.scheduling import Method
from scheduler.invitations.actions import own_post
from scheduler.invitations.answers.mails import Mail, problem_of, read_mail
from scheduler.invitations.answers.queries import Claim, Concern, concern, is_open, link_with, puzzle
from scheduler.invitations.answers.reports import Delivery
from scheduler.invitations.answers.rules import AHEAD, NOTED, PARTICIPATION, Answer, Channel, Reason, Status
from scheduler.invitations.answers.tables import AnswerRow, PuzzlingMail, StrayMail, TakenMail
from scheduler.invitations.answers.verification import Verification
from scheduler.invitations.itip import latest
from scheduler.invitations.proposals.actions import keep_counter
from scheduler.invitations.queries import invitation
from scheduler.invitations.tables import AskedAgainRow
from scheduler.outbox.actions import mark_returned
from scheduler.outbox.mime import one_line
from scheduler.outbox.rules import LetterState
from scheduler.partnerships.queries import partnership as partnership_of
from scheduler.tokens import new_identifier
from scheduler.typed import require_readable
from scheduler.words import FALLBACK, say

LONGEST_COMMENT = 500
APPLIED, DISMISSED, KEPT, HANDED_OVER = "applied", "dismissed", "noted", "handed_over"
RETURNED: Mapping[Delivery | None, LetterState] = {
    Delivery.BOUNCED: LetterState.BOUNCED,
    Delivery.GIVEN_UP: LetterState.GIVEN_UP,
}
"""What becomes of a letter by the report that it came back."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that a mail gives."""

    status: Status
    delegated_to: str


def take(work: Work, mail: Mail, mark: str, content: bytes, found: Concern | None) -> bool:
    """Store a mail that was not stored yet, as whoever it concerns; return whether this was the first time.

    ``found`` is in what way it concerns the acting side; without it, the operator keeps it.
    """
    try:
        with work.session.begin_nested():
            work.session.add(TakenMail(mark=mark, taken_at=work.now))
    except IntegrityError:
        return False
    if found is None:
        _keep_stray(work, mail, content)
        return True
    mail, given = _understood(mail, found, work)
    if isinstance(given, Reason):
        _keep_for_a_person(work, mail, content, found, given)
    elif given and mail.answer and found.meeting_id and found.post:
        came = Answer(
            post=found.post,
            address=found.address,
            status=given.status,
            sequence=mail.answer.sequence,
            stamp=mail.answer.stamp,
            comment=mail.answer.comment,
            delegated_to=given.delegated_to,
            channel=Channel.MAIL,
            received_at=work.now,
            is_verified=mail.verification is Verification.VERIFIED,
        )
        _enter(work, found.partnership, found.meeting_id, came)
    return True


def record_answer(work: Work, uid: str, post: str, status: Status, comment: str = "") -> None:
    """Enter what a post of the acting side answers to what it was last asked, for example by telephone.

    Raise ``Conflict`` for a post that was not asked.
    """
    found = invitation(work, uid)
    reference = own_post(found, post)
    address = (found.address_of(reference) or "").lower()
    told = latest(entry.told for entry in found.told).get(address)
    if told is None or told.method is Method.CANCEL:
        raise Conflict(
            {"en": f"{reference} was not invited", "nl": f"{reference} is niet uitgenodigd"},
            place="post",
            remedy={
                "en": "an answer needs an invitation",
                "nl": "voor een antwoord is een uitnodiging nodig",
            },
        )
    answer = _given_now(work, reference, address, told.sequence, status, comment)
    _enter(work, found.meeting.partnership, found.meeting.id, answer)
    record(
        work,
        found.meeting.partnership,
        "answer entered",
        f"meeting/{uid}",
        layer=work.actor.side,
        post=reference,
        status=str(status),
    )


def answer_by_link(work: Work, secret: str, status: Status, comment: str = "") -> None:
    """Enter what whoever holds a link answers, to the version that its letter asked about.

    Raise ``NotFound`` for no link, and ``Conflict`` once there is nothing to answer any more.
    """
    link = link_with(work, secret)
    found = invitation(work, link.meeting)
    if not is_open(found, link):
        message = {
            "en": "there is nothing to answer any more",
            "nl": "er is niets meer om op te antwoorden",
        }
        raise Conflict(message, place="answer")
    answer = replace(
        _given_now(work, link.post, link.address, link.sequence, status, comment), channel=Channel.LINK
    )
    _enter(work, found.meeting.partnership, found.meeting.id, answer)


def dismiss(work: Work, uid: str) -> None:
    """Say that nothing more is to be done with a mail that needed a person; it is kept."""
    _settle(work, uid, DISMISSED)


def apply(work: Work, uid: str, status: Status, post: str = "") -> None:
    """Enter what a mail that needed a person turned out to answer, and settle it.

    ``post`` is whose answer it is, where the mail does not tell. Raise ``Conflict`` where it tells no meeting.
    """
    facts, _ = puzzle(work, uid)
    if facts.meeting is None:
        raise Conflict(
            {
                "en": "nobody knows which meeting this mail is about",
                "nl": "niemand weet over welke bijeenkomst deze mail gaat",
            },
            place="mail",
            remedy={
                "en": "enter the answer at its meeting, then say that nothing is to be done with the mail",
                "nl": "voer het antwoord in bij de bijeenkomst en geef daarna aan dat met de mail niets te doen is",
            },
        )
    whose = post or facts.post
    if not whose:
        raise BadInput(
            {"en": "nobody is named whose answer this is", "nl": "niet genoemd is van wie dit antwoord is"},
            place="post",
            remedy={"en": "name a post of your side", "nl": "noem een functie van uw zijde"},
        )
    record_answer(work, facts.meeting, whose, status)
    _settle(work, uid, APPLIED)


def take_over(work: Work, uid: str, partnership: str) -> None:
    """Take a mail of which nobody knew whose it is into the acting side's, whose person reads it.

    The operator names the side. Nothing of it is applied. Raise ``Conflict`` where somebody was done with it before.
    """
    facts = partnership_of(work, partnership)
    stray = _settle_stray(work, uid, HANDED_OVER)
    mail = read_mail(stray.content)
    found = concern(work, mail)
    known = found if found and found.partnership == facts.key else Concern(Claim.REFERS_TO_LETTER, facts.key)
    _keep_for_a_person(work, mail, stray.content, known, Reason(stray.reason))
    record(work, facts.key, "mail handed over", f"mail/{uid}", layer=work.actor.side, reason=stray.reason)


def _understood(mail: Mail, found: Concern, work: Work) -> tuple[Mail, Given | Reason | None]:
    """Return what a mail answers; one that proposes what cannot be meant is for a person, with what is wrong."""
    try:
        return mail, _given(mail, found, work)
    except BadInput as error:
        return replace(mail, problem=problem_of(error)), Reason.PROPOSAL


def _given(mail: Mail, found: Concern, work: Work) -> Given | Reason | None:
    """Return what a mail answers, or why that is for a person to say; nothing where it answers nothing.

    A proposal, and that somebody asks for the invitation once more, are kept here; what follows comes with the tick.
    """
    answer = mail.answer
    if answer is None:
        return mail.reason or Reason.UNREADABLE
    whose = _attendee(answer.attendees, mail.sender)
    refused = _refused(mail, found, whose, work)
    if refused:
        return refused
    status = PARTICIPATION.get(whose.status) if whose else None
    if answer.method == "REFRESH" and found.meeting_id:
        row = {"partnership": found.partnership, "meeting_id": found.meeting_id}
        work.session.add(AskedAgainRow(**row, address=found.address, asked_at=work.now))
        return None
    if answer.method == "COUNTER" and found.post:
        keep_counter(work, found.post, found.address, answer)
        return Given(status, "") if status else None
    return Given(status, whose.delegated_to[:254]) if status and whose else Reason.NO_STATUS


def _refused(mail: Mail, found: Concern, whose: ForeignAttendee | None, work: Work) -> Reason | None:
    """Return the first reason for which an answer cannot be taken as it is.

    To ask again is open also to whoever was told that it is off, and names no version (RFC 5546, section 3.2.6).
    """
    answer = mail.answer
    if answer is None:
        return mail.reason
    asks = answer.method == "REFRESH"
    reasons = (
        (mail.verification is Verification.FAILED, Reason.UNPROVEN),
        (found.claim is Claim.NAMES_INVITED, Reason.OTHER_ADDRESS),
        (found.claim is not Claim.FROM_INVITED, Reason.NOT_INVITED),
        (whose is None, Reason.OTHER_ADDRESS),
        (not asks and found.asked_sequence is None, Reason.NOT_INVITED),
        (not asks and answer.sequence > (found.asked_sequence or 0), Reason.NEVER_SENT),
        (answer.stamp > work.now + AHEAD, Reason.AHEAD),
    )
    return next((reason for is_so, reason in reasons if is_so), None)


def _attendee(attendees: tuple[ForeignAttendee, ...], sender: str) -> ForeignAttendee | None:
    """Return who of those that a calendar names is the sender; whoever names nobody answers for himself."""
    if not attendees:
        return ForeignAttendee(sender, "NEEDS-ACTION")
    return next((entry for entry in attendees if entry.address == sender), None)


def _given_now(work: Work, post: str, address: str, sequence: int, status: Status, comment: str) -> Answer:
    written = one_line(comment)
    require_readable(written, "comment", LONGEST_COMMENT)
    return Answer(
        post=post,
        address=address,
        status=status,
        sequence=sequence,
        stamp=work.now,
        comment=written,
        delegated_to="",
        channel=Channel.PERSON,
        received_at=work.now,
    )


def _enter(work: Work, partnership: str, meeting_id: int, answer: Answer) -> None:
    work.session.add(AnswerRow(partnership=partnership, meeting_id=meeting_id, **asdict(answer)))
    work.session.flush()


def _keep_for_a_person(work: Work, mail: Mail, content: bytes, found: Concern, reason: Reason) -> None:
    """Keep a mail for a person, or as one that is done with; a letter that it reports as returned is marked so."""
    if found.letter and mail.delivery in RETURNED:
        mark_returned(work, found.letter, RETURNED[mail.delivery], say(mail.problem, FALLBACK))
    is_noted = reason in NOTED
    work.session.add(
        PuzzlingMail(
            partnership=found.partnership,
            uid=new_identifier(),
            reason=reason,
            problem=mail.problem,
            meeting_id=found.meeting_id,
            post=found.post,
            letter=found.letter,
            sender=mail.sender,
            subject=mail.subject,
            content=content,
            received_at=work.now,
            settled_at=work.now if is_noted else None,
            settled_by=work.actor.name if is_noted else None,
            outcome=KEPT if is_noted else None,
        )
    )
    work.session.flush()


def _keep_stray(work: Work, mail: Mail, content: bytes) -> None:
    work.session.add(
        StrayMail(
            uid=new_identifier(),
            reason=mail.reason or Reason.NOT_INVITED,
            sender=mail.sender,
            subject=mail.subject,
            content=content,
            received_at=work.now,
        )
    )
    work.session.flush()


def _settle(work: Work, uid: str, outcome: str) -> None:
    """Mark a mail as done with; raise ``Conflict`` where somebody was before."""
    if work.actor.is_operator:
        _settle_stray(work, uid, outcome)
        return
    puzzle(work, uid)
    row = work.session.scalars(select(PuzzlingMail).where(PuzzlingMail.uid == uid).with_for_update()).one()
    _refuse_settled(row)
    row.settled_at, row.settled_by, row.outcome = work.now, work.actor.name, outcome
    record(work, row.partnership, f"mail {outcome}", f"mail/{uid}", layer=work.actor.side, reason=row.reason)


def _settle_stray(work: Work, uid: str, outcome: str) -> StrayMail:
    stray = work.session.scalars(
        select(StrayMail).where(StrayMail.uid == uid).options(undefer(StrayMail.content)).with_for_update()
    ).one_or_none()
    if stray is None:
        raise NotFound(
            f"there is no mail {uid!r}",
            place="mail",
            remedy="`dialogues answers needs-person --as operator` lists them",
        )
    _refuse_settled(stray)
    stray.settled_at, stray.settled_by, stray.outcome = work.now, work.actor.name, outcome
    return stray


def _refuse_settled(row: PuzzlingMail | StrayMail) -> None:
    if row.settled_at:
        raise Conflict(
            {
                "en": f"{row.settled_by} was done with it already",
                "nl": f"{row.settled_by} heeft deze mail al afgehandeld",
            },
            place="mail",
        )
