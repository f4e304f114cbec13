"""Reading a negotiation: the joint agenda with who has agreed to what, what is still open, and the remarks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from agendas.commitments.queries import commitments
from agendas.drafting.content import facts_of
from agendas.negotiation.rules import (
    BOTH_THEN_EITHER,
    NONE_FROZEN,
    Obstacle,
    Signature,
    Standing,
    moved,
    no_joint_version,
    not_frozen,
    obstacles,
    standing,
)
from agendas.negotiation.seals import SEALED, Sealed, Verified
from agendas.negotiation.tables import AgendaComment, AgendaSignature
from agendas.versions.queries import VersionFacts, the_version
from agendas.versions.stored import digest
from agendas.versions.tables import AgendaVersion
from scheduler.db.work import Work
from scheduler.errors import Conflict, NotFound
from scheduler.meetings.queries import MeetingFacts, meeting
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import partnership


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """A remark on an item or on the running order; ``layer`` ``None`` is for both sides."""

    uid: str
    layer: str | None
    subject: str
    text: str
    side: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Negotiation:
    """Where the joint agenda of a round stands."""

    meeting: MeetingFacts
    sides: tuple[str, ...]
    version: VersionFacts
    stands: tuple[Standing, ...]
    obstacles: tuple[Obstacle, ...]
    comments: tuple[CommentFacts, ...]

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Return the sides whose agreement to something is missing, in the partnership's order."""
        missing = {side for stand in self.stands for side in stand.waits_for}
        return tuple(side for side in self.sides if side in missing)


def negotiation(work: Work, uid: str, number: int | None = None) -> Negotiation:
    """Return where the joint agenda stands, or stood in version ``number``; raise ``NotFound`` where there is none."""
    found = meeting(work, uid)
    version = the_version(work, uid, number)
    sides = sides_of(work, found.partnership)
    stands = standing(version.content, signatures(work, uid), sides)
    kept = () if version.is_frozen else obstacles_of(work, found, version, stands)
    return Negotiation(found, sides, version, stands, kept, comments(work, uid))


def obstacles_of(
    work: Work, found: MeetingFacts, version: VersionFacts, stands: tuple[Standing, ...]
) -> tuple[Obstacle, ...]:
    """Return what keeps a version from being frozen: by the day of the meeting and the commitments open now."""
    themes = obligation(work, found.partnership, found.obligation).themes
    known = commitments(work, found.partnership, themes=themes, only_open=True)
    return (
        *moved(version.content, found.slot if found.state != "held" else None),
        *obstacles(version.content, facts_of(version.facts), [entry.key for entry in known], stands),
    )


def signatures(work: Work, uid: str) -> tuple[Signature, ...]:
    """Return every agreement that a side gave to anything of this agenda, the first one first."""
    query = (
        select(AgendaSignature)
        .where(AgendaSignature.meeting == uid)
        .order_by(AgendaSignature.at, AgendaSignature.id)
    )
    return tuple(
        Signature(row.subject, row.digest, row.side, row.name, row.at) for row in work.session.scalars(query)
    )


def comments(work: Work, uid: str) -> tuple[CommentFacts, ...]:
    """Return the remarks that the acting side may read, the first one first: those to both, and its own."""
    query = (
        select(AgendaComment)
        .where(AgendaComment.meeting == uid)
        .order_by(AgendaComment.at, AgendaComment.uid)
    )
    return tuple(
        CommentFacts(row.uid, row.layer, row.subject, row.text, row.side, row.name, row.at)
        for row in work.session.scalars(query)
    )


def verify(work: Work, uid: str, number: int | None = None) -> Verified:
    """Return whether a frozen version, by default the newest, is what both sides froze, as it is stored, byte by byte.

    Raises ``NotFound`` where none is frozen, and ``Conflict`` for a version that is not.
    """
    query = select(AgendaVersion.number, AgendaVersion.seal).where(AgendaVersion.meeting == uid)
    if number is None:
        query = query.where(AgendaVersion.seal.is_not(None)).order_by(AgendaVersion.number.desc()).limit(1)
    else:
        query = query.where(AgendaVersion.number == number)
    found = work.session.execute(query).one_or_none()
    if found is None:
        raise NotFound(
            no_joint_version(number) if number else NONE_FROZEN,
            remedy=BOTH_THEN_EITHER,
        )
    if found.seal is None:
        raise Conflict(
            not_frozen(found.number),
            remedy={"en": "name one that is", "nl": "noem een versie die dat wel is"},
        )
    return Verified(found.number, found.seal, _seal_of_stored(work, uid, found.number))


def sealed(found: VersionFacts, signed: Mapping[str, Any], frozen_at: datetime) -> Sealed:
    """Return everything that the seal of a version covers; ``signed`` is who agreed to what for each side, and when."""
    return Sealed(found.meeting, found.number, found.content, found.facts, signed, frozen_at)


def sides_of(work: Work, key: str) -> tuple[str, ...]:
    """Return the keys of the parties, in the partnership's order."""
    return tuple(party.key for party in partnership(work, key).parties)


def _seal_of_stored(work: Work, uid: str, number: int) -> str:
    """Return the seal of what is stored, without reading it as values first; empty where it is not even JSON."""
    query = select(*(getattr(AgendaVersion, name) for name in SEALED)).where(
        AgendaVersion.meeting == uid, AgendaVersion.number == number
    )
    try:
        return digest(dict(work.session.execute(query).mappings().one()))
    except ValueError:
        return ""
