"""Reading records: the working versions of the acting side, and those that both sides see, with who agreed to what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from agendas.negotiation.rules import Obstacle, Signature, Standing
from agendas.outcomes.content import Record
from agendas.outcomes.rules import SealedRecord, obstacles, readout_is_agreed, seal, standing
from agendas.outcomes.tables import RecordDraft, RecordSignature, RecordVersion
from agendas.versions.content import Item, Paper
from agendas.versions.queries import VersionFacts, frozen, version
from agendas.versions.stored import read
from agendas.versions.tables import AgendaDraft, AgendaVersion
from scheduler.db.work import Work
from scheduler.errors import Conflict, NotFound
from scheduler.meetings.queries import MeetingFacts, meeting
from scheduler.partnerships.queries import PartnershipFacts, partnership
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class RecordDraftFacts:
    """A working version of the acting side's record; ``conflicts`` names parts that two changed at once."""

    meeting: str
    number: int
    joint: int | None
    record: Record
    conflicts: tuple[str, ...]
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class RecordVersionFacts:
    """A version that both sides see; ``effects`` gives the keys of what it brought into the ledger, by part."""

    meeting: str
    partnership: str
    number: int
    record: Record
    remark: str
    side: str
    made_at: datetime
    made_by: str
    agreed_at: datetime | None
    signed: dict[str, Any] | None
    seal: str | None
    effects: dict[str, str]


@dataclass(frozen=True, slots=True)
class Signing:
    """Where the joint record of a round stands."""

    meeting: MeetingFacts
    partnership: PartnershipFacts
    version: RecordVersionFacts
    stands: tuple[Standing, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Return the sides whose agreement to something is missing, in the partnership's order."""
        missing = {side for stand in self.stands for side in stand.waits_for}
        return tuple(party.key for party in self.partnership.parties if party.key in missing)


def record_draft(work: Work, uid: str, number: int | None = None) -> RecordDraftFacts | None:
    """Return the side's newest working version, or the one with a number; ``None`` where there is none."""
    query = select(RecordDraft).where(RecordDraft.meeting == uid)
    row = work.session.scalars(_chosen(query, RecordDraft, number)).first()
    return row and RecordDraftFacts(
        row.meeting,
        row.number,
        row.joint,
        read(Record, row.content),
        tuple(row.conflicts),
        row.made_at,
        row.made_by,
    )


def the_record_draft(work: Work, uid: str) -> RecordDraftFacts:
    """Return the side's newest working version; raise ``NotFound`` where there is none."""
    found = record_draft(work, uid)
    if found is None:
        raise NotFound(
            {
                "en": "your side keeps no record of this round",
                "nl": "uw zijde houdt van deze ronde geen verslag bij",
            },
            remedy={"en": "begin one first", "nl": "begin er eerst aan"},
        )
    return found


def record_version(work: Work, uid: str, number: int | None = None) -> RecordVersionFacts | None:
    """Return the newest version that both sides see, or the one with a number; ``None`` where there is none."""
    query = select(RecordVersion).where(RecordVersion.meeting == uid)
    row = work.session.scalars(_chosen(query, RecordVersion, number)).first()
    return _version(row) if row else None


def the_record_version(work: Work, uid: str, number: int | None = None) -> RecordVersionFacts:
    """Return a version that both sides see; raise ``NotFound`` where there is none."""
    found = record_version(work, uid, number)
    if found is None:
        english = f"version {number} of the record" if number else "record that both sides see"
        dutch = f"versie {number} van het verslag" if number else "verslag dat beide zijden zien"
        raise NotFound(
            {"en": f"there is no {english}", "nl": f"er is geen {dutch}"},
            remedy={"en": "either side offers one", "nl": "een van beide zijden legt er een voor"},
        )
    return found


def record_versions(work: Work, uid: str) -> tuple[RecordVersionFacts, ...]:
    """Return the versions that both sides see, the first one first."""
    query = select(RecordVersion).where(RecordVersion.meeting == uid).order_by(RecordVersion.number)
    return tuple(_version(row) for row in work.session.scalars(query))


def agreed_record(work: Work, uid: str) -> RecordVersionFacts | None:
    """Return the newest version that both sides agreed, or ``None``."""
    agreed = [found for found in record_versions(work, uid) if found.agreed_at]
    return agreed[-1] if agreed else None


def signing(work: Work, uid: str, number: int | None = None) -> Signing:
    """Return where a version of the record stands, by default the newest; ``NotFound`` where there is none."""
    about = meeting(work, uid)
    facts = partnership(work, about.partnership)
    found = the_record_version(work, uid, number)
    stands = standing(found.record, record_signatures(work, uid), [party.key for party in facts.parties])
    kept = () if found.agreed_at else obstacles(found.record, stands, names_of(facts))
    return Signing(about, facts, found, stands, kept)


def record_signatures(work: Work, uid: str) -> tuple[Signature, ...]:
    """Return every agreement that a side gave to anything of this record, the first one first."""
    query = (
        select(RecordSignature)
        .where(RecordSignature.meeting == uid)
        .order_by(RecordSignature.at, RecordSignature.id)
    )
    return tuple(
        Signature(row.subject, row.digest, row.side, row.name, row.at) for row in work.session.scalars(query)
    )


def is_true_to_its_seal(work: Work, uid: str, number: int | None = None) -> bool:
    """Tell whether an agreed version, by default the newest, is what both sides agreed.

    Raises ``NotFound`` where none is agreed, and ``Conflict`` for a version that is not.
    """
    found = the_record_version(work, uid, number) if number else agreed_record(work, uid)
    if found is None:
        raise NotFound(
            {"en": "no record of this round is agreed", "nl": "geen verslag van deze ronde is vastgesteld"},
            remedy={"en": "both sides agree to it first", "nl": "eerst stemmen beide zijden ermee in"},
        )
    if found.seal is None:
        raise Conflict(
            {
                "en": f"version {found.number} of the record is not agreed",
                "nl": f"versie {found.number} van het verslag is niet vastgesteld",
            },
            remedy={"en": "name one that is", "nl": "noem een versie die dat wel is"},
        )
    return seal(sealed(found, found.signed or {})) == found.seal


def sealed(found: RecordVersionFacts, signed: Mapping[str, Any]) -> SealedRecord:
    """Return everything that the seal of a version covers."""
    return SealedRecord(found.meeting, found.number, found.record, signed)


def agenda_of(work: Work, uid: str) -> VersionFacts | None:
    """Return the agenda that a record follows: the frozen one, else the newest that both see, else ``None``."""
    return frozen(work, uid) or version(work, uid)


def names_of(facts: PartnershipFacts) -> dict[str, Words]:
    """Return the short names of the sides."""
    return {party.key: party.short for party in facts.parties}


def _chosen(query: Select[Any], table: Any, number: int | None) -> Select[Any]:
    return query.where(table.number == number) if number else query.order_by(table.number.desc()).limit(1)


def _version(row: RecordVersion) -> RecordVersionFacts:
    return RecordVersionFacts(
        meeting=row.meeting,
        partnership=row.partnership,
        number=row.number,
        record=read(Record, row.content),
        remark=row.remark,
        side=row.side,
        made_at=row.made_at,
        made_by=row.made_by,
        agreed_at=row.agreed_at,
        signed=row.signed,
        seal=row.seal,
        effects=row.effects,
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the acting side sees the agendas and records of a partnership, each as UIDs of rounds.

    ``papers`` gives the papers that the newest joint agenda of a round expects, item by item.
    """

    offered: frozenset[str]
    frozen: frozenset[str]
    briefed: frozenset[str]
    recorded: frozenset[str]
    read_out: frozenset[str]
    agreed: frozenset[str]
    papers: Mapping[str, tuple[tuple[Item, Paper], ...]]


def how_far(work: Work, partnership_key: str, coming: Collection[str]) -> Progress:
    """Return how far agendas and records are; papers are read for the rounds in ``coming`` alone."""
    ours = AgendaVersion.partnership == partnership_key
    newest: dict[str, int] = {}
    frozen_ones = set()
    columns = select(AgendaVersion.meeting, AgendaVersion.number, AgendaVersion.frozen_at)
    for uid, number, frozen_at in work.session.execute(columns.where(ours).order_by(AgendaVersion.number)):
        newest[uid] = number
        if frozen_at:
            frozen_ones.add(uid)
    noted = select(AgendaDraft.meeting, AgendaDraft.notes).where(AgendaDraft.partnership == partnership_key)
    records = select(RecordVersion.meeting, RecordVersion.agreed_at).where(
        RecordVersion.partnership == partnership_key
    )
    agreed: dict[str, bool] = {}
    for uid, agreed_at in work.session.execute(records):
        agreed[uid] = agreed.get(uid, False) or agreed_at is not None
    done = frozenset(uid for uid, is_agreed in agreed.items() if is_agreed)
    return Progress(
        offered=frozenset(newest),
        frozen=frozenset(frozen_ones),
        briefed=frozenset(uid for uid, notes in work.session.execute(noted) if notes),
        recorded=frozenset(agreed),
        read_out=done | {uid for uid in set(agreed) - done if _is_read_out(work, uid)},
        agreed=done,
        papers={uid: _papers(work, uid) for uid in coming if uid in newest},
    )


def _is_read_out(work: Work, uid: str) -> bool:
    seen = signing(work, uid)
    return readout_is_agreed(seen.version.record, seen.stands)


def _papers(work: Work, uid: str) -> tuple[tuple[Item, Paper], ...]:
    found = version(work, uid)
    items = found.content.items if found else ()
    return tuple((item, paper) for item in items for paper in item.papers)
