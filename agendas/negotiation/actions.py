"""Offering an agenda and agreeing to it: what a side offers becomes joint, what both agreed to is frozen and sealed."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from agendas.drafting.content import as_content, facts_of, hours_of
from agendas.drafting.queries import Subject, read_facts
from agendas.drafting.rules import draft as drafted_from
from agendas.negotiation.queries import negotiation, sealed, signatures
from agendas.negotiation.rules import changed_since_read, offered, signed_by, told
from agendas.negotiation.seals import seal
from agendas.negotiation.tables import AgendaComment, AgendaSignature
from agendas.text import accept
from agendas.versions.actions import TAKEN_IN, Draft, as_made, keep_draft, keep_version
from agendas.versions.content import Content
from agendas.versions.merge import Conflict as Disagreement
from agendas.versions.merge import merge
from agendas.versions.queries import DraftFacts, VersionFacts, draft, the_draft, the_version, version
from agendas.versions.stored import ORDER, subjects, written
from agendas.versions.tables import AgendaVersion
from scheduler.audit.actions import record
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.meetings.queries import MeetingFacts, meeting
from scheduler.obligations.queries import obligation
from scheduler.tokens import new_identifier
from scheduler.words import LANGUAGES, say

OFFERED, AMENDED = "offered", "amended"
LONGEST_REMARK = 500


def offer(work: Work, uid: str, chosen: Collection[str] | None = None, remark: str = "") -> int:
    """Offer the side's agenda, whole or the ``chosen`` items, and return the number of the joint version.

    Offering is agreeing: the side signs what its offer changes. Raises ``Conflict`` for a round that the other side
    does not know of or that has moved since, for a joint version that was not taken in, and for conflicts nobody has
    settled.
    """
    found = _known_to_both(work, uid)
    mine, joint = the_draft(work, uid), version(work, uid)
    if joint and mine.joint != joint.number:
        raise Conflict(
            {
                "en": f"the joint agenda has gone on to version {joint.number}",
                "nl": f"de gezamenlijke agenda is inmiddels versie {joint.number}",
            },
            remedy={"en": "take it in, then offer again", "nl": "neem die over en stel dan opnieuw voor"},
        )
    if mine.conflicts:
        raise Conflict(
            {
                "en": f"still to settle: {len(mine.conflicts)}",
                "nl": f"nog te beslechten: {len(mine.conflicts)}",
            },
            place="agenda",
            remedy={"en": "settle them first", "nl": "beslecht ze eerst"},
        )
    _require_as_scheduled(work, found, mine)
    before = joint.content if joint else None
    content = offered(before, mine.content, chosen)
    known = subjects(before) if before else {}
    changed = {subject: now for subject, now in subjects(content).items() if known.get(subject) != now}
    if before and told(before) == told(content):
        raise Conflict(
            {"en": "there is nothing new to offer", "nl": "er is niets nieuws om voor te stellen"},
            remedy={"en": "change something first", "nl": "wijzig eerst iets"},
        )
    made = Draft(uid, found.partnership, joint.number if joint else 0, content, mine.facts, content)
    number = keep_version(work, made, OFFERED, accept(remark, "remark", longest=LONGEST_REMARK))
    _sign(work, found, changed)
    keep_draft(work, replace(as_made(mine, found.partnership), joint=number), OFFERED, str(number))
    return number


def take_in(work: Work, uid: str, today: date) -> int:
    """Take the newest joint version into the side's own agenda, with today's facts; return the number of the latter.

    The side's own edits stay; what both sides changed is named among the conflicts.
    """
    found = meeting(work, uid)
    joint, mine = the_version(work, uid), draft(work, uid)
    about = Subject(obligation(work, found.partnership, found.obligation), found)
    facts = read_facts(work, found.partnership, about, today)
    drafted = as_content(drafted_from(facts), facts)
    base, taken, known = _with_joint(work, joint, mine)
    merged = merge(base, taken, drafted)
    made = Draft(
        meeting=uid,
        partnership=found.partnership,
        number=mine.number if mine else 0,
        content=merged.content,
        facts=written(facts),
        drafted=drafted,
        joint=joint.number,
        notes=mine.notes if mine else {},
        conflicts=(*known, *merged.conflicts),
    )
    return keep_draft(work, made, TAKEN_IN, str(joint.number))


def amend(work: Work, uid: str, number: int, content: Content, today: date, remark: str = "") -> int:
    """Propose other wording of the joint agenda at once: ``content``, made by hand from version ``number``.

    Return the number of the new joint version. What the side has been working on by itself stays its own, and takes the
    proposal in. Raises ``Conflict`` where the other side was first.
    """
    found, joint = _known_to_both(work, uid), the_version(work, uid)
    before = the_version(work, uid, number).content
    known = subjects(before)
    changed = {subject: now for subject, now in subjects(content).items() if known.get(subject) != now}
    if told(before) == told(content):
        raise Conflict(
            {
                "en": "this is what the joint agenda says already",
                "nl": "dit staat al in de gezamenlijke agenda",
            },
            remedy={"en": "change something first", "nl": "wijzig eerst iets"},
        )
    made = Draft(uid, found.partnership, number, content, joint.facts, content)
    made_number = keep_version(work, made, AMENDED, accept(remark, "remark", longest=LONGEST_REMARK))
    _sign(work, found, changed)
    if draft(work, uid):
        take_in(work, uid, today)
    return made_number


def sign(work: Work, uid: str, shown: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Agree, for the acting side, to subjects of the newest joint version; return those newly agreed to.

    ``shown`` gives the digest of each as it was shown to whoever agrees; all of the version when left out. Raises
    ``Conflict`` for words that have changed since they were shown.
    """
    found = _known_to_both(work, uid)
    content = the_version(work, uid).content
    now = subjects(content)
    agreed = now if shown is None else dict(shown)
    outdated = [subject for subject, digest in agreed.items() if now.get(subject) != digest]
    if outdated:
        raise Conflict(
            changed_since_read(content, outdated),
            remedy={"en": "read it again before you agree", "nl": "lees het opnieuw voordat u instemt"},
        )
    return _sign(work, found, agreed)


def withdraw(work: Work, uid: str, subject: str) -> None:
    """Take the acting side's agreement to a subject back, as long as the version is not frozen."""
    found, joint = meeting(work, uid), the_version(work, uid)
    if joint.is_frozen:
        raise Conflict(
            {
                "en": "both sides have frozen this version",
                "nl": "beide zijden hebben deze versie vastgesteld",
            },
            remedy={"en": "offer another wording instead", "nl": "stel een andere tekst voor"},
        )
    digest = subjects(joint.content).get(subject)
    gone = work.session.scalars(
        delete(AgendaSignature)
        .where(
            AgendaSignature.meeting == uid,
            AgendaSignature.subject == subject,
            AgendaSignature.digest == digest,
            AgendaSignature.side == work.actor.side,
        )
        .returning(AgendaSignature.id)
    ).all()
    if not gone:
        raise NotFound(
            {"en": "your side has not agreed to it", "nl": "uw zijde heeft er niet mee ingestemd"},
            place="item",
        )
    record(
        work,
        found.partnership,
        "agenda agreement withdrawn",
        f"meeting/{uid}",
        layer=JOINT,
        subject_of=subject,
    )


def comment(work: Work, uid: str, subject: str, text: str, *, joint: bool = False) -> str:
    """Write a remark on an item or the running order: for the side itself, or for both; return its identifier."""
    found = _known_to_both(work, uid) if joint else meeting(work, uid)
    said = accept(text, "comment")
    if not said:
        raise BadInput(
            {"en": "a remark needs words", "nl": "een opmerking heeft tekst nodig"},
            place="comment",
            remedy={"en": "write some", "nl": "schrijf iets"},
        )
    here = version(work, uid) if joint else draft(work, uid) or version(work, uid)
    if here is None or (subject != ORDER and here.content.item(subject) is None):
        raise NotFound(
            {"en": f"the agenda has no item {subject}", "nl": f"de agenda heeft geen punt {subject}"},
            place="item",
        )
    row = AgendaComment(
        partnership=found.partnership,
        layer=JOINT if joint else work.actor.side,
        uid=new_identifier(),
        meeting=uid,
        subject=subject,
        text=said,
        side=work.actor.side,
        name=work.actor.name,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.uid


def freeze(work: Work, uid: str) -> int:
    """Freeze the newest joint version, to which both sides have agreed in all; return its number.

    Raises ``Conflict`` naming everything that is still open.
    """
    _known_to_both(work, uid)
    seen = negotiation(work, uid)
    if seen.version.is_frozen:
        raise Conflict(
            {
                "en": f"version {seen.version.number} is frozen already",
                "nl": f"versie {seen.version.number} is al vastgesteld",
            },
            remedy={"en": "`agenda verify` checks it", "nl": "`agenda verify` controleert haar"},
        )
    if seen.obstacles:
        raise Conflict(
            {code: "; ".join(say(open_one.words, code) for open_one in seen.obstacles) for code in LANGUAGES},
            place="agenda",
            remedy={"en": "settle these", "nl": "los dit eerst op"},
        )
    row = work.session.scalars(
        select(AgendaVersion)
        .where(AgendaVersion.meeting == uid, AgendaVersion.number == seen.version.number)
        .with_for_update()
    ).one()
    row.signed = signed_by(seen.stands, seen.sides)
    row.frozen_at = work.now
    row.seal = seal(sealed(seen.version, row.signed, work.now))
    record(
        work,
        row.partnership,
        "agenda frozen",
        f"meeting/{uid}",
        layer=JOINT,
        version=row.number,
        seal=row.seal,
    )
    return row.number


def _with_joint(
    work: Work, joint: VersionFacts, mine: DraftFacts | None
) -> tuple[Content, Content, tuple[Disagreement, ...]]:
    """Return what drafting made before, the side's agenda with the joint one in it, and what both changed."""
    if mine is None:
        facts = facts_of(joint.facts)
        return as_content(drafted_from(facts), facts), joint.content, ()
    earlier = the_version(work, joint.meeting, mine.joint).content if mine.joint else mine.drafted
    merged = merge(earlier, mine.content, joint.content)
    return mine.drafted, merged.content, (*mine.conflicts, *merged.conflicts)


def _require_as_scheduled(work: Work, found: MeetingFacts, mine: DraftFacts) -> None:
    """Raise ``Conflict`` for an agenda made for another day or place: perhaps one that the side alone had planned."""
    stored = facts_of(mine.facts)
    about = Subject(obligation(work, found.partnership, found.obligation), found)
    now = read_facts(work, found.partnership, about, stored.today).meeting
    if (stored.meeting, mine.content.hours) != (now, hours_of(now)):
        raise Conflict(
            {
                "en": "the round has changed since this agenda was drafted",
                "nl": "de ronde is gewijzigd sinds deze agenda is opgesteld",
            },
            place="agenda",
            remedy={
                "en": "draft it anew, then offer it",
                "nl": "stel de agenda opnieuw op en stel die dan voor",
            },
        )


def _known_to_both(work: Work, uid: str) -> MeetingFacts:
    found = meeting(work, uid)
    if found.layer is not None:
        raise Conflict(
            {
                "en": "the other side does not know of this round",
                "nl": "de andere zijde kent deze ronde niet",
            },
            remedy={"en": "offer the round first", "nl": "stel eerst de ronde voor"},
        )
    return found


def _sign(work: Work, found: MeetingFacts, agreed: Mapping[str, str]) -> tuple[str, ...]:
    known = {
        (entry.subject, entry.digest)
        for entry in signatures(work, found.uid)
        if entry.side == work.actor.side
    }
    new = {subject: digest for subject, digest in agreed.items() if (subject, digest) not in known}
    for subject, digest in new.items():
        work.session.add(
            AgendaSignature(
                partnership=found.partnership,
                meeting=found.uid,
                subject=subject,
                digest=digest,
                side=work.actor.side,
                name=work.actor.name,
                at=work.now,
            )
        )
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict(
            {
                "en": "somebody of your side has just agreed to it",
                "nl": "iemand van uw zijde heeft er zojuist mee ingestemd",
            },
            remedy={"en": "look again", "nl": "kijk opnieuw"},
        ) from error
    if new:
        subject = f"meeting/{found.uid}"
        record(work, found.partnership, "agenda agreed", subject, layer=JOINT, subjects=sorted(new))
    return tuple(new)
