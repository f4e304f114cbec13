"""Reading versions: those of the acting side, and those that both sides see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from agendas.versions.content import Content
from agendas.versions.merge import Conflict
from agendas.versions.stored import read
from agendas.versions.tables import AgendaDraft, AgendaVersion
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.words import Words

Notes = dict[str, dict[str, str]]
"""A side's own words on items: by the key of the item, then by kind of note."""

NO_DRAFT: Words = {"en": "there is no agenda of your side", "nl": "er is geen agenda van uw zijde"}
NO_SUCH_DRAFT: Words = {
    "en": "there is no version {number} of your side’s agenda",
    "nl": "er is geen versie {number} van de agenda van uw zijde",
}
NO_VERSION: Words = {
    "en": "there is no joint version of this agenda",
    "nl": "er is geen gezamenlijke versie van deze agenda",
}
NO_SUCH_VERSION: Words = {
    "en": "there is no joint version {number} of this agenda",
    "nl": "er is geen gezamenlijke versie {number} van deze agenda",
}


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A working version of the acting side. ``facts`` are as stored; drafting reads them. Instants are UTC."""

    meeting: str
    number: int
    joint: int | None
    content: Content
    facts: dict[str, Any]
    drafted: Content
    notes: Notes
    conflicts: tuple[Conflict, ...]
    act: str
    remark: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version that both sides see; ``signed`` gives for each side who agreed and when, once it is frozen."""

    meeting: str
    partnership: str
    number: int
    content: Content
    facts: dict[str, Any]
    act: str
    remark: str
    side: str
    made_at: datetime
    made_by: str
    frozen_at: datetime | None
    signed: dict[str, Any] | None
    seal: str | None

    @property
    def is_frozen(self) -> bool:
        """Tell whether both sides have agreed to all of it and closed it."""
        return self.frozen_at is not None


@dataclass(frozen=True, slots=True)
class NewestVersion:
    """The newest version of a round's agenda that both sides see, without what it says."""

    meeting: str
    number: int
    side: str
    made_at: datetime
    is_frozen: bool


def drafts(work: Work, meeting: str) -> tuple[DraftFacts, ...]:
    """Return the working versions of the acting side, the first one first."""
    query = select(AgendaDraft).where(AgendaDraft.meeting == meeting).order_by(AgendaDraft.number)
    return tuple(_draft(row) for row in work.session.scalars(query))


def draft(work: Work, meeting: str, number: int | None = None) -> DraftFacts | None:
    """Return one working version of the acting side: the newest, or the one with a number; ``None`` where none is."""
    query = select(AgendaDraft).where(AgendaDraft.meeting == meeting)
    row = work.session.scalars(_chosen(query, AgendaDraft, number)).first()
    return _draft(row) if row else None


def versions(work: Work, meeting: str) -> tuple[VersionFacts, ...]:
    """Return the versions that both sides see, the first one first."""
    query = select(AgendaVersion).where(AgendaVersion.meeting == meeting).order_by(AgendaVersion.number)
    return tuple(_version(row) for row in work.session.scalars(query))


def version(work: Work, meeting: str, number: int | None = None) -> VersionFacts | None:
    """Return one version that both sides see: the newest, or the one with a number; ``None`` where none is."""
    query = select(AgendaVersion).where(AgendaVersion.meeting == meeting)
    row = work.session.scalars(_chosen(query, AgendaVersion, number)).first()
    return _version(row) if row else None


def newest_versions(work: Work, *, since: datetime) -> tuple[NewestVersion, ...]:
    """Return the newest version of each round of which one was made since then, for both sides to see."""
    columns = (AgendaVersion.meeting, AgendaVersion.number, AgendaVersion.side, AgendaVersion.made_at)
    query = select(*columns, AgendaVersion.frozen_at.is_not(None)).where(AgendaVersion.made_at >= since)
    rows = work.session.execute(query.order_by(AgendaVersion.meeting, AgendaVersion.number)).all()
    return tuple({row.meeting: NewestVersion(*row) for row in rows}.values())


def has_joint_agenda(work: Work, meeting: str) -> bool:
    """Tell whether there is an agenda of a meeting that both sides see; what one side has not offered is none."""
    query = select(AgendaVersion.number).where(AgendaVersion.meeting == meeting).limit(1)
    return work.session.scalars(query).first() is not None


def frozen(work: Work, meeting: str) -> VersionFacts | None:
    """Return the newest frozen version of a meeting's agenda, or ``None``."""
    query = (
        select(AgendaVersion)
        .where(AgendaVersion.meeting == meeting, AgendaVersion.frozen_at.is_not(None))
        .order_by(AgendaVersion.number.desc())
        .limit(1)
    )
    row = work.session.scalars(query).first()
    return _version(row) if row else None


def the_draft(work: Work, meeting: str, number: int | None = None) -> DraftFacts:
    """Return a working version of the acting side; raise ``NotFound`` where there is none."""
    found = draft(work, meeting, number)
    if found is None:
        missing = NO_DRAFT if number is None else NO_SUCH_DRAFT
        raise NotFound(
            {language: text.format(number=number) for language, text in missing.items()},
            remedy={"en": "draft one first", "nl": "stel er eerst een op"},
        )
    return found


def the_version(work: Work, meeting: str, number: int | None = None) -> VersionFacts:
    """Return a version that both sides see; raise ``NotFound`` where there is none."""
    found = version(work, meeting, number)
    if found is None:
        missing = NO_VERSION if number is None else NO_SUCH_VERSION
        raise NotFound(
            {language: text.format(number=number) for language, text in missing.items()},
            remedy={"en": "either side offers one", "nl": "een van beide zijden stelt er een voor"},
        )
    return found


def _chosen(query: Select[Any], table: type[AgendaDraft | AgendaVersion], number: int | None) -> Select[Any]:
    return (
        query.where(table.number == number)
        if number is not None
        else query.order_by(table.number.desc()).limit(1)
    )


def _draft(row: AgendaDraft) -> DraftFacts:
    return DraftFacts(
        meeting=row.meeting,
        number=row.number,
        joint=row.joint,
        content=read(Content, row.content),
        facts=row.facts,
        drafted=read(Content, row.drafted),
        notes=row.notes,
        conflicts=tuple(read(Conflict, entry) for entry in row.conflicts),
        act=row.act,
        remark=row.remark,
        made_at=row.made_at,
        made_by=row.made_by,
    )


def _version(row: AgendaVersion) -> VersionFacts:
    return VersionFacts(
        meeting=row.meeting,
        partnership=row.partnership,
        number=row.number,
        content=read(Content, row.content),
        facts=row.facts,
        act=row.act,
        remark=row.remark,
        side=row.side,
        made_at=row.made_at,
        made_by=row.made_by,
        frozen_at=row.frozen_at,
        signed=row.signed,
        seal=row.seal,
    )
