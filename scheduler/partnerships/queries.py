"""Reading partnerships: plain values for every other room, as far as the actor may see them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.db.work import Work
from scheduler.errors import BadInput, NotFound
from scheduler.markings import Markings
from scheduler.partnerships.holders.queries import holders
from scheduler.partnerships.holders.rules import holder_on
from scheduler.partnerships.tables import (
    ClosedDayRow,
    Member,
    Office,
    Partnership,
    PartnershipOffice,
    PartnershipPost,
    Party,
    Post,
    Theme,
)
from scheduler.typed import one_of
from scheduler.words import Words

LOAD_FIRST = {
    "en": "load a programme first: `dialogues load FILE`",
    "nl": "laad eerst een programma: `dialogues load BESTAND`",
}


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A side. ``office_from`` and ``office_until`` are wall times ``HH:MM`` in ``zone``."""

    key: str
    name: Words
    short: Words
    language: str
    zone: str
    capital: Words
    holiday_country: str
    holiday_subdivision: str | None
    office_from: str
    office_until: str
    markings: Markings
    basis: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PartnershipFacts:
    """A partnership with its parties in the order of the documents."""

    key: str
    title: Words
    languages: tuple[str, ...]
    parties: tuple[PartyFacts, ...]

    def party(self, key: str) -> PartyFacts:
        """Return the side ``key``; raise ``NotFound`` for a stranger."""
        for party in self.parties:
            if party.key == key:
                return party
        raise NotFound(f"{key} is no party to {self.key}")


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """A ministry, embassy or agency of a side; ``capacity`` is ``{"meetings_a_week": 3, "comfortable": 2}``."""

    party: str
    key: str
    name: Words
    short: str
    kind: str
    city: Words
    is_secretariat: bool
    capacity: dict[str, int | None] | None
    basis: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post, never a person. ``mailbox`` is where letters to it go unless ``letters_to`` names another post.

    It is that of whoever holds the post now, where anybody said so, else that of the post itself; ``language`` is
    that of the letters where it is not that of the side.
    """

    party: str
    key: str
    office: str
    title: Words
    level: str
    mailbox: str | None
    is_private_office: bool
    letters_to: str | None
    basis: dict[str, Any]
    language: str | None = None

    @property
    def reference(self) -> str:
        """Return the name that files and plans use: ``uk/foreign-secretary``."""
        return f"{self.party}/{self.key}"


@dataclass(frozen=True, slots=True)
class ClosedSpan:
    """Closed days, and whether both sides see them or the acting side alone."""

    closed: ClosedDay
    is_joint: bool


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme; ``leads`` gives the key of the leading office by side."""

    key: str
    position: int
    title: Words
    kind: str
    passage_id: int | None
    leads: dict[str, str]
    basis: dict[str, Any]


def partnerships(work: Work) -> tuple[PartnershipFacts, ...]:
    """Return the partnerships that the actor may know of, by key."""
    query = select(Partnership).order_by(Partnership.key)
    if not work.actor.is_operator:
        query = query.where(
            Partnership.key.in_(select(Member.partnership).where(Member.party == work.actor.side))
        )
    rows = work.session.scalars(query).all()
    return tuple(_partnership(work, row) for row in rows)


def partnership(work: Work, key: str) -> PartnershipFacts:
    """Return one partnership; raise ``NotFound`` for one that does not exist or that the actor is no party to."""
    for facts in partnerships(work):
        if facts.key == key:
            return facts
    raise NotFound(f"there is no partnership {key!r}", remedy="`dialogues partnerships` lists them")


def require_side(work: Work, *, place: str) -> None:
    """Raise ``BadInput``, about what was given at ``place``, unless the actor's side exists in this installation."""
    known = work.session.scalars(select(Party.key).order_by(Party.key)).all()
    if work.actor.side not in known:
        raise BadInput(
            {"en": f"there is no side {work.actor.side!r}", "nl": f"er is geen zijde {work.actor.side!r}"},
            place=place,
            remedy=one_of(known) if known else LOAD_FIRST,
        )


def offices(work: Work, partnership: str) -> tuple[OfficeFacts, ...]:
    """Return the offices that a partnership names, side by side in its order."""
    rows = work.session.execute(
        select(Office)
        .join(PartnershipOffice, PartnershipOffice.office_id == Office.id)
        .join(Member, (Member.partnership == PartnershipOffice.partnership) & (Member.party == Office.party))
        .where(PartnershipOffice.partnership == partnership)
        .order_by(Member.position, PartnershipOffice.position)
    ).scalars()
    return tuple(
        OfficeFacts(
            row.party,
            row.key,
            row.name,
            row.short,
            row.kind,
            row.city,
            row.is_secretariat,
            row.capacity,
            row.basis,
        )
        for row in rows
    )


def posts(work: Work, partnership: str) -> tuple[PostFacts, ...]:
    """Return the posts that a partnership names, side by side in its order, each with its mailbox of today."""
    rows = work.session.execute(
        select(Post, Office.key, Party.zone)
        .join(PartnershipPost, PartnershipPost.post_id == Post.id)
        .join(Office, Office.id == Post.office_id)
        .join(Party, Party.key == Post.party)
        .join(Member, (Member.partnership == PartnershipPost.partnership) & (Member.party == Post.party))
        .where(PartnershipPost.partnership == partnership)
        .order_by(Member.position, PartnershipPost.position)
    )
    known = holders(work, partnership)
    found = []
    for row, office, zone in rows:
        today = work.now.astimezone(ZoneInfo(zone)).date()
        holder = holder_on(known.get(f"{row.party}/{row.key}", ()), today)
        found.append(
            PostFacts(
                row.party,
                row.key,
                office,
                row.title,
                row.level,
                (holder.mailbox if holder else None) or row.mailbox,
                row.is_private_office,
                row.letters_to,
                row.basis,
                holder.language if holder else None,
            )
        )
    return tuple(found)


def themes(work: Work, partnership: str) -> tuple[ThemeFacts, ...]:
    """Return the themes of a partnership in the order of its founding document."""
    rows = work.session.scalars(
        select(Theme).where(Theme.partnership == partnership).order_by(Theme.position)
    )
    return tuple(
        ThemeFacts(row.key, row.position, row.title, row.kind, row.passage_id, row.leads, row.basis)
        for row in rows
    )


def closed_days(work: Work, partnership: str, first: date, last: date) -> tuple[ClosedDay, ...]:
    """Return the loaded closed days that touch ``first`` to ``last`` (inclusive), without public holidays."""
    return tuple(entry.closed for entry in closed_spans(work, partnership, first, last))


def closed_spans(work: Work, partnership: str, first: date, last: date) -> tuple[ClosedSpan, ...]:
    """Return the same, each with who sees it."""
    rows = work.session.scalars(
        select(ClosedDayRow)
        .where(
            ClosedDayRow.partnership == partnership, ClosedDayRow.first <= last, ClosedDayRow.last >= first
        )
        .order_by(ClosedDayRow.first, ClosedDayRow.id)
    )
    return tuple(ClosedSpan(_closed_day(row), is_joint=row.layer is None) for row in rows)


def _closed_day(row: ClosedDayRow) -> ClosedDay:
    return ClosedDay(
        party=row.party,
        first=row.first,
        last=row.last,
        title=row.title,
        effect=Effect(row.effect),
        levels=frozenset(row.levels),
        kind=row.kind,
        source=row.source,
        basis=row.basis,
        offices=frozenset(row.offices),
    )


def _partnership(work: Work, row: Partnership) -> PartnershipFacts:
    parties = work.session.scalars(
        select(Party)
        .join(Member, Member.party == Party.key)
        .where(Member.partnership == row.key)
        .order_by(Member.position)
    )
    return PartnershipFacts(
        row.key, row.title, tuple(row.languages), tuple(_party(party) for party in parties)
    )


def _markings(row: Party) -> Markings:
    known = row.markings or {"allowed": (), "refused": ()}
    return Markings(tuple(known["allowed"]), tuple(known["refused"]))


def _party(row: Party) -> PartyFacts:
    return PartyFacts(
        row.key,
        row.name,
        row.short,
        row.language,
        row.zone,
        row.capital,
        row.holiday_country,
        row.holiday_subdivision,
        row.office_from,
        row.office_until,
        _markings(row),
        row.basis,
    )
