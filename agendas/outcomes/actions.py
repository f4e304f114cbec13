"""Recording what came of a round: for one's own side, offered to the other, agreed by both, and filed at once."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from agendas.drafting.leads import WITHOUT_LEAD
from agendas.outcomes.checks import checked
from agendas.outcomes.content import ItemOutcome, Record, Seat
from agendas.outcomes.filing import Filing, file_record
from agendas.outcomes.queries import (
    RecordDraftFacts,
    RecordVersionFacts,
    Signing,
    agenda_of,
    agreed_record,
    names_of,
    record_draft,
    record_signatures,
    record_version,
    sealed,
    signing,
    the_record_draft,
    the_record_version,
)
from agendas.outcomes.rules import (
    blank,
    changed_since_read,
    merge,
    offered,
    require_lasting,
    seal,
    signed_by,
    subjects,
)
from agendas.outcomes.tables import RecordDraft, RecordSignature, RecordVersion
from agendas.text import accept
from agendas.versions.actions import KEPT_MEANWHILE, LOOK_AGAIN
from agendas.versions.content import Content, Place
from agendas.versions.stored import written
from scheduler.audit.actions import record as audit
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.meetings.actions import hold, record_held
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.rules import State, stands_as
from scheduler.obligations.consents import Consent
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import partnership

LONGEST_REMARK = 500
STANDING = frozenset({"opening", "adoption", "next_round", "welcome", "day_opening"})
"""Items that are there for the order of the meeting: noted, unless somebody says otherwise."""


def begin(work: Work, uid: str) -> int:
    """Begin the side's own record of a round from its agenda; return the number of the version.

    The frozen agenda is followed, else the newest that both sides see; where none was kept, the record begins empty.
    Raises ``Conflict`` where the side keeps one already, or the round is not one that was held.
    """
    found = _recordable(work, uid)
    if record_draft(work, uid):
        raise Conflict(
            {
                "en": "your side keeps a record of this round already",
                "nl": "uw zijde houdt van deze ronde al een verslag bij",
            },
            remedy={"en": "go on with it", "nl": "ga daarmee verder"},
        )
    joint = record_version(work, uid)
    if joint:
        return _keep(work, found, joint.record, 0, joint=joint.number)
    return _keep(work, found, _begun(work, found), 0)


def keep(work: Work, uid: str, number: int, record: Record) -> int:
    """Keep what somebody of the side made of version ``number``; what two did at once is merged.

    Return the number: of the newest version where nothing differs from it.
    Raises ``BadInput`` or ``BadFile`` naming every part that nobody could file.
    """
    found = _recordable(work, uid)
    record = checked(work, found, record)
    latest = the_record_draft(work, uid)
    conflicts = latest.conflicts
    if latest.number != number:
        base = record_draft(work, uid, number)
        if base is None:
            raise Conflict(
                {
                    "en": f"there is no version {number} of your record",
                    "nl": f"er is geen versie {number} van uw verslag",
                },
                remedy={"en": "look at the newest", "nl": "bekijk de nieuwste"},
            )
        merged = merge(base.record, record, latest.record)
        record, conflicts = merged.record, tuple(dict.fromkeys((*latest.conflicts, *merged.conflicts)))
    if (record, conflicts) == (latest.record, latest.conflicts):
        return latest.number
    return _keep(work, found, record, latest.number, joint=latest.joint, conflicts=conflicts)


def settle(work: Work, uid: str) -> int:
    """Say that the parts in conflict were looked at and stand as they are now; return the number of the version."""
    latest = the_record_draft(work, uid)
    return _keep(work, _recordable(work, uid), latest.record, latest.number, joint=latest.joint)


def take_in(work: Work, uid: str) -> int:
    """Take the newest joint version into the side's own record; return the number of the latter."""
    found = _recordable(work, uid)
    joint, mine = the_record_version(work, uid), record_draft(work, uid)
    if mine is None:
        return _keep(work, found, joint.record, 0, joint=joint.number)
    base = the_record_version(work, uid, mine.joint).record if mine.joint else _untouched(mine.record)
    merged = merge(base, mine.record, joint.record)
    conflicts = (*mine.conflicts, *merged.conflicts)
    return _keep(work, found, merged.record, mine.number, joint=joint.number, conflicts=conflicts)


def offer(work: Work, uid: str, chosen: Collection[str] | None = None, remark: str = "") -> int:
    """Offer the side's record, whole or the ``chosen`` subjects, and return the number of the joint version.

    Offering is agreeing: the side signs what its offer changes. An agreed record is put right in the same way, by a
    new version. Raises ``Conflict`` where the other side was first, or conflicts are not settled.
    """
    found = _recordable(work, uid)
    mine, joint = the_record_draft(work, uid), record_version(work, uid)
    _require_settled(mine, joint)
    before = joint.record if joint else blank(_begun(work, found))
    record = checked(work, found, offered(before, mine.record, chosen))
    agreed = agreed_record(work, uid)
    if agreed:
        require_lasting(agreed.record, record)
    known = subjects(joint.record) if joint else {}
    changed = {subject: now for subject, now in subjects(record).items() if known.get(subject) != now}
    if not changed and joint and set(known) == set(subjects(record)):
        raise Conflict(
            {"en": "there is nothing new to offer", "nl": "er is niets nieuws om voor te leggen"},
            remedy={"en": "change something first", "nl": "wijzig eerst iets"},
        )
    number = (joint.number if joint else 0) + 1
    effects = dict(joint.effects) if joint else {}
    _add(
        work, _version(work, found, number, record, effects, accept(remark, "remark", longest=LONGEST_REMARK))
    )
    audit(work, found.partnership, "record offered", f"meeting/{uid}", layer=JOINT, version=number)
    _sign(work, found, changed)
    _keep(work, found, mine.record, mine.number, joint=number)
    _file_if_agreed(work, uid)
    return number


def sign(work: Work, uid: str, shown: Mapping[str, str] | None = None) -> bool:
    """Agree, for the acting side, to the newest joint version; return whether the record is agreed by both now.

    ``shown`` gives the digest of each subject as it was shown to whoever agrees; all of the version when left out.
    Raises ``Conflict`` for words that have changed since they were shown.
    """
    found = _recordable(work, uid)
    joint = the_record_version(work, uid)
    if joint.agreed_at:
        return True
    now = subjects(joint.record)
    agreed = now if shown is None else dict(shown)
    outdated = [subject for subject, digest in agreed.items() if now.get(subject) != digest]
    if outdated:
        raise Conflict(
            changed_since_read(joint.record, outdated, names_of(partnership(work, found.partnership))),
            remedy={"en": "read it again", "nl": "lees het opnieuw"},
        )
    _sign(work, found, agreed)
    return _file_if_agreed(work, uid)


def _require_settled(mine: RecordDraftFacts, joint: RecordVersionFacts | None) -> None:
    """Raise ``Conflict`` where the joint record has gone on, or something both sides changed waits for a decision."""
    if joint and mine.joint != joint.number:
        raise Conflict(
            {
                "en": f"the joint record has gone on to version {joint.number}",
                "nl": f"het gezamenlijke verslag is inmiddels versie {joint.number}",
            },
            remedy={"en": "take it in, then offer again", "nl": "neem die over en leg dan opnieuw voor"},
        )
    if mine.conflicts:
        raise Conflict(
            {
                "en": f"{len(mine.conflicts)} parts were changed by both",
                "nl": f"{len(mine.conflicts)} delen zijn door beide zijden gewijzigd",
            },
            place="record",
            remedy={"en": "settle them", "nl": "beslecht ze"},
        )


def _file_if_agreed(work: Work, uid: str) -> bool:
    """File the newest joint version if nothing keeps it open any more, and seal it."""
    seen = signing(work, uid)
    if seen.version.agreed_at or seen.obstacles:
        return seen.version.agreed_at is not None
    signed = signed_by(seen.stands, [party.key for party in seen.partnership.parties])
    if seen.meeting.state is State.AGREED:
        record_held(work, uid, _today(work, seen.meeting))
    before = agreed_record(work, uid)
    effects = file_record(
        work,
        Filing(
            partnership=seen.meeting.partnership,
            meeting=uid,
            record=seen.version.record,
            consents=tuple(
                Consent(side, entry["name"], datetime.fromisoformat(entry["at"]))
                for side, entry in signed.items()
            ),
            before=before.record if before else None,
            effects=before.effects if before else {},
        ),
    )
    row = work.session.scalars(
        select(RecordVersion)
        .where(RecordVersion.meeting == uid, RecordVersion.number == seen.version.number)
        .with_for_update()
    ).one()
    row.signed, row.effects, row.agreed_at = signed, effects, work.now
    row.seal = seal(sealed(seen.version, signed))
    _note_agreed(work, seen, row.seal)
    return True


def _note_agreed(work: Work, seen: Signing, sealed_as: str) -> None:
    subject, number = f"meeting/{seen.meeting.uid}", seen.version.number
    key = seen.meeting.partnership
    audit(work, key, "record agreed", subject, layer=JOINT, version=number, seal=sealed_as)


def _recordable(work: Work, uid: str) -> MeetingFacts:
    """Return a round that can be recorded, held against others until the work ends."""
    found = hold(work, uid)
    if found.state not in (State.AGREED, State.HELD):
        raise Conflict(
            stands_as(found.state),
            remedy={
                "en": "record one that both sides agreed, once it is held",
                "nl": "leg een ronde vast die beide zijden zijn overeengekomen, zodra zij is gehouden",
            },
        )
    if _day(found) > _today(work, found):
        raise BadInput(
            {"en": "this round is still to come", "nl": "deze ronde moet nog komen"},
            place="meeting",
            remedy={"en": "record it from its day on", "nl": "leg haar vast vanaf de dag zelf"},
        )
    return found


def _today(work: Work, found: MeetingFacts) -> date:
    return work.now.astimezone(ZoneInfo(found.zone)).date()


def _day(found: MeetingFacts) -> date:
    return found.day or date.max


def _begun(work: Work, found: MeetingFacts) -> Record:
    """Return a record as it begins: with what both sides know, and nothing said of it."""
    agenda = agenda_of(work, found.uid)
    items = tuple(_items(agenda.content)) if agenda else ()
    return Record(_day(found), items, _seats(work, found), agenda=agenda.number if agenda else None)


def _items(content: Content) -> list[ItemOutcome]:
    """Return the items of an agenda as a record begins with them: those of the room, then those in writing."""
    wanted = [
        *content.in_room,
        *(item for item in content.items if item.place is Place.WRITING),
    ]
    return [
        ItemOutcome(
            key=item.key,
            kind=item.kind,
            title=item.title,
            result="noted" if item.kind in STANDING else None,
            wanted=item.wanted,
            commitments=item.commitments,
        )
        for item in wanted
        if item.kind not in WITHOUT_LEAD
    ]


def _seats(work: Work, found: MeetingFacts) -> tuple[Seat, ...]:
    """Return the posts that the programme expects, as both sides know them; delegations are each side's own."""
    seats: dict[str, Seat] = {}
    for duty in found.duties:
        for entry in obligation(work, found.partnership, duty).posts:
            if entry.role != "informed":
                post = entry.post
                seats.setdefault(post.reference, Seat(post.reference, post.party, post.title))
    return tuple(sorted(seats.values(), key=lambda seat: seat.party != found.host))


def _untouched(record: Record) -> Record:
    """Return a record as it began, to compare two that began from the same agenda."""
    items = tuple(
        replace(item, result="noted" if item.kind in STANDING else None, text={}) for item in record.items
    )
    seats = tuple(replace(seat, presence=None, instead={}) for seat in record.seats)
    return Record(record.day, items, seats, agenda=record.agenda)


def _keep(
    work: Work,
    found: MeetingFacts,
    record: Record,
    before: int,
    *,
    joint: int | None = None,
    conflicts: tuple[str, ...] = (),
) -> int:
    row = RecordDraft(
        partnership=found.partnership,
        layer=work.actor.side,
        meeting=found.uid,
        number=before + 1,
        joint=joint,
        content=written(record),
        conflicts=list(dict.fromkeys(conflicts)),
        made_at=work.now,
        made_by=work.actor.name,
    )
    _add(work, row)
    side, subject = work.actor.side, f"meeting/{found.uid}"
    audit(work, found.partnership, "record kept", subject, layer=side, version=before + 1)
    return before + 1


def _version(
    work: Work, found: MeetingFacts, number: int, record: Record, effects: dict[str, str], remark: str
) -> RecordVersion:
    return RecordVersion(
        partnership=found.partnership,
        meeting=found.uid,
        number=number,
        content=written(record),
        remark=remark,
        side=work.actor.side,
        made_at=work.now,
        made_by=work.actor.name,
        agreed_at=None,
        signed=None,
        seal=None,
        effects=effects,
    )


def _sign(work: Work, found: MeetingFacts, agreed: Mapping[str, str]) -> None:
    mine = [entry for entry in record_signatures(work, found.uid) if entry.side == work.actor.side]
    known = {(entry.subject, entry.digest) for entry in mine}
    new = {subject: digest for subject, digest in agreed.items() if (subject, digest) not in known}
    for subject, digest in new.items():
        row = RecordSignature(partnership=found.partnership, meeting=found.uid, side=work.actor.side)
        row.subject, row.digest, row.name, row.at = subject, digest, work.actor.name, work.now
        work.session.add(row)
    work.session.flush()
    if new:
        subject = f"meeting/{found.uid}"
        audit(work, found.partnership, "record signed", subject, layer=JOINT, subjects=sorted(new))


def _add(work: Work, row: RecordDraft | RecordVersion) -> None:
    work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict(KEPT_MEANWHILE, remedy=LOOK_AGAIN) from error
