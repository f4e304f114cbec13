"""Reading a partnership out of the database in the normal form of a programme file.

The inverse of ``actions``: what one writes, the other reads back equal, which is what makes loading idempotent.
"""

from sqlalchemy import select

from scheduler.db.work import Work
from scheduler.meetings.rules import State
from scheduler.meetings.tables import Meeting, MeetingDuty
from scheduler.obligations.tables import (
    Evidence,
    Obligation,
    ObligationPost,
    ObligationTheme,
    Relation,
    Topic,
)
from scheduler.partnerships.holders.queries import holders
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
from scheduler.programmes.schema import NO_HOST, NO_TEXT
from scheduler.programmes.sections import Entry
from scheduler.sources.tables import DatedEvent, Passage, Source


def stored_partnership(work: Work, key: str) -> Entry | None:
    """Return the head of a partnership, or ``None`` when there is none of that key that the actor may know of."""
    row = work.session.get(Partnership, key)
    parties = work.session.scalars(
        select(Member.party).where(Member.partnership == key).order_by(Member.position)
    ).all()
    if row is None or not parties:
        return None
    return {"key": key, "title": row.title, "parties": list(parties), "languages": list(row.languages)}


def stored_parties(work: Work, partnership: str) -> list[Entry]:
    """Return the parties with the offices and posts that this partnership names."""
    rows = work.session.scalars(
        select(Party)
        .join(Member, Member.party == Party.key)
        .where(Member.partnership == partnership)
        .order_by(Member.position)
    )
    return [
        {
            "key": row.key,
            "name": row.name,
            "short": row.short,
            "language": row.language,
            "zone": row.zone,
            "capital": row.capital,
            "holidays": {"country": row.holiday_country, "subdivision": row.holiday_subdivision},
            "office_hours": {"from": row.office_from, "until": row.office_until},
            "markings": row.markings,
            "offices": _offices(work, partnership, row.key),
            "posts": _posts(work, partnership, row.key),
            "basis": row.basis,
        }
        for row in rows
    ]


def stored_sources(work: Work, partnership: str) -> list[Entry]:
    """Return the documents."""
    rows = work.session.scalars(
        select(Source).where(Source.partnership == partnership).order_by(Source.position)
    )
    return [
        {
            "key": row.key,
            "title": row.title,
            "kind": row.kind,
            "date": row.date,
            "date_basis": row.date_basis,
            "language": row.language,
            "parties": row.parties,
            "legal_status": row.legal_status,
            "place": row.place,
            "signed_by": row.signed_by,
            "text": _text(row),
            "address": row.address,
            "doubt": row.doubt,
        }
        for row in rows
    ]


def stored_themes(work: Work, partnership: str) -> list[Entry]:
    """Return the themes."""
    rows = work.session.scalars(
        select(Theme).where(Theme.partnership == partnership).order_by(Theme.position)
    )
    return [
        {
            "key": row.key,
            "title": row.title,
            "kind": row.kind,
            "passage": stored_passage(work, row.passage_id),
            "leads": row.leads,
            "basis": row.basis,
        }
        for row in rows
    ]


def stored_events(work: Work, partnership: str) -> list[Entry]:
    """Return the dated events."""
    rows = work.session.scalars(
        select(DatedEvent).where(DatedEvent.partnership == partnership).order_by(DatedEvent.position)
    )
    return [
        {
            "key": row.key,
            "title": row.title,
            "date": row.date,
            "tense": row.tense,
            "kind": row.kind,
            "passage": stored_passage(work, row.passage_id),
            "posts": row.posts,
            "discharges": row.discharges,
            "note": row.note,
            "basis": row.basis,
        }
        for row in rows
    ]


def stored_obligations(work: Work, partnership: str) -> list[Entry]:
    """Return the obligations with everything below them."""
    rows = work.session.scalars(
        select(Obligation).where(Obligation.partnership == partnership).order_by(Obligation.position)
    )
    return [
        {
            "key": row.key,
            "title": row.title,
            "kind": row.kind,
            "level": row.level,
            "passage": stored_passage(work, row.passage_id),
            "evidence": _evidence(work, row.id),
            "cadence": row.cadence,
            "established": row.established,
            "in_force": {
                "from": row.in_force_from.isoformat(),
                "until": row.in_force_until.isoformat() if row.in_force_until else None,
            },
            "themes": _themes(work, row.id),
            "topics": _topics(work, row.id),
            "duration": row.duration,
            "start_time": row.start_time,
            "window": row.window,
            "preferred": row.preferred,
            "host": {**NO_HOST, **row.host},
            "leads": row.leads,
            "posts": _delegation(work, row.id),
            "relations": _relations(work, row.id),
            "predecessor": row.predecessor,
            "note": row.note,
            "basis": row.basis,
        }
        for row in rows
    ]


def stored_rounds(work: Work, partnership: str) -> list[Entry]:
    """Return the rounds held, oldest first within each obligation."""
    rows = work.session.execute(
        select(Meeting, Obligation.key, Obligation.position)
        .join(MeetingDuty, MeetingDuty.meeting_id == Meeting.id)
        .join(Obligation, Obligation.id == MeetingDuty.obligation_id)
        .where(
            Meeting.partnership == partnership,
            Meeting.layer.is_(None),
            Meeting.state == State.HELD,
            MeetingDuty.position == 0,
        )
        .order_by(Obligation.position, Meeting.first_day)
    )
    return [
        {
            "obligation": obligation,
            "number": row.number,
            "date": row.first_day.isoformat() if row.first_day else None,
            "until": row.last_day.isoformat() if row.last_day and row.last_day != row.first_day else None,
            "start": row.start_time,
            "end": row.end_time,
            "place": row.place,
            "host": row.host,
            "state": row.state,
            "discharges": _discharged(work, row.id),
            "passage": stored_passage(work, row.passage_id),
            "note": row.note,
        }
        for row, obligation, _ in rows
    ]


def stored_closed_days(work: Work, partnership: str) -> list[Entry]:
    """Return the joint closed days; what one side blocks for itself is no part of a programme."""
    rows = work.session.scalars(
        select(ClosedDayRow)
        .where(ClosedDayRow.partnership == partnership, ClosedDayRow.layer.is_(None))
        .order_by(ClosedDayRow.id)
    )
    return [
        {
            "party": row.party,
            "title": row.title,
            "from": row.first.isoformat(),
            "until": row.last.isoformat(),
            "effect": row.effect,
            "levels": row.levels,
            "offices": row.offices,
            "kind": row.kind,
            "source": row.source,
            "basis": row.basis,
        }
        for row in rows
    ]


def stored_passage(work: Work, passage_id: int | None) -> Entry | None:
    """Return a passage in the form of the file."""
    if passage_id is None:
        return None
    row, source = work.session.execute(
        select(Passage, Source.key)
        .join(Source, Source.id == Passage.source_id)
        .where(Passage.id == passage_id)
    ).one()
    also = [[span["start"], span["end"]] for span in row.also]
    return {"source": source, "heading": row.heading, "start": row.first, "end": row.last, "also": also}


def _offices(work: Work, partnership: str, party: str) -> list[Entry]:
    rows = work.session.scalars(
        select(Office)
        .join(PartnershipOffice, PartnershipOffice.office_id == Office.id)
        .where(PartnershipOffice.partnership == partnership, Office.party == party)
        .order_by(PartnershipOffice.position)
    )
    return [
        {
            "key": row.key,
            "name": row.name,
            "short": row.short,
            "kind": row.kind,
            "city": row.city,
            "secretariat": row.is_secretariat,
            "capacity": row.capacity,
            "basis": row.basis,
        }
        for row in rows
    ]


def _posts(work: Work, partnership: str, party: str) -> list[Entry]:
    rows = work.session.execute(
        select(Post, Office.key)
        .join(PartnershipPost, PartnershipPost.post_id == Post.id)
        .join(Office, Office.id == Post.office_id)
        .where(PartnershipPost.partnership == partnership, Post.party == party)
        .order_by(PartnershipPost.position)
    ).all()
    named = {row.key for row, _ in rows}
    known = holders(work, partnership)
    return [
        {
            "key": row.key,
            "office": office,
            "title": row.title,
            "level": row.level,
            "mailbox": row.mailbox,
            "private_office": row.is_private_office,
            # A post of another partnership is not named here, also where it gets this one's letters.
            "letters_to": row.letters_to if row.letters_to in named else None,
            "holders": [
                {
                    "from": term.first.isoformat(),
                    "until": term.last.isoformat() if term.last else None,
                    "mailbox": term.mailbox,
                    "language": term.language,
                }
                for term in known.get(f"{party}/{row.key}", ())
                if term.is_joint
            ],
            "basis": row.basis,
        }
        for row, office in rows
    ]


def _text(row: Source) -> Entry | None:
    return {name: getattr(row, name) for name in NO_TEXT} if row.sha256 else None


def _evidence(work: Work, obligation_id: int) -> list[Entry]:
    ids = work.session.scalars(
        select(Evidence.passage_id).where(Evidence.obligation_id == obligation_id).order_by(Evidence.position)
    )
    return [entry for entry in (stored_passage(work, identifier) for identifier in ids) if entry]


def _themes(work: Work, obligation_id: int) -> list[str]:
    query = (
        select(Theme.key)
        .join(ObligationTheme, ObligationTheme.theme_id == Theme.id)
        .where(ObligationTheme.obligation_id == obligation_id)
        .order_by(ObligationTheme.position)
    )
    return list(work.session.scalars(query))


def _discharged(work: Work, meeting_id: int) -> list[str]:
    query = (
        select(Obligation.key)
        .join(MeetingDuty, MeetingDuty.obligation_id == Obligation.id)
        .where(MeetingDuty.meeting_id == meeting_id, MeetingDuty.position > 0)
        .order_by(MeetingDuty.position)
    )
    return list(work.session.scalars(query))


def _topics(work: Work, obligation_id: int) -> list[Entry]:
    rows = work.session.scalars(
        select(Topic).where(Topic.obligation_id == obligation_id).order_by(Topic.position)
    )
    return [{"key": row.key, "title": row.title} for row in rows]


def _delegation(work: Work, obligation_id: int) -> list[Entry]:
    rows = work.session.execute(
        select(Post.party, Post.key, ObligationPost.role)
        .join(Post, Post.id == ObligationPost.post_id)
        .where(ObligationPost.obligation_id == obligation_id)
        .order_by(ObligationPost.position)
    )
    return [{"post": f"{party}/{key}", "role": role} for party, key, role in rows]


def _relations(work: Work, obligation_id: int) -> list[Entry]:
    rows = work.session.execute(
        select(Relation, Obligation.key)
        .outerjoin(Obligation, Obligation.id == Relation.other_id)
        .where(Relation.obligation_id == obligation_id)
        .order_by(Relation.position)
    )
    return [
        {
            "type": row.type,
            "to": other or row.outside,
            "note": row.note,
            "basis": row.basis,
            "lag_days": row.lag_days,
        }
        for row, other in rows
    ]
