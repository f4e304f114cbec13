"""Writing programme items into the database: create or change one item at its position in the file.

Nothing is ever deleted by a load: what the file no longer names is reported and stays.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from scheduler.audit.actions import record
from scheduler.db.base import Base
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.meetings.rules import MATERIAL, State, is_material
from scheduler.meetings.tables import Meeting, MeetingDuty
from scheduler.obligations.lead_times import effective_level
from scheduler.obligations.tables import (
    Evidence,
    Obligation,
    ObligationPost,
    ObligationTheme,
    Relation,
    Topic,
)
from scheduler.partnerships.holders.tables import PostHolder
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
from scheduler.programmes.schema import NO_TEXT
from scheduler.programmes.sections import Entry
from scheduler.sources.tables import DatedEvent, Passage, Source
from scheduler.tokens import new_identifier


def write_partnership(work: Work, item: Entry) -> None:
    """Create or change the head of a partnership."""
    row = work.session.get(Partnership, item["key"])
    if row is None:
        row = Partnership(key=item["key"], title=item["title"], languages=item["languages"])
        work.session.add(row)
    row.title, row.languages = item["title"], item["languages"]
    work.session.flush()


def write_party(work: Work, partnership: str, item: Entry, position: int) -> None:
    """Create or change a party, its place in the partnership, and the offices and posts that the partnership names."""
    row = work.session.get(Party, item["key"]) or _add(work, Party(key=item["key"]))
    row.name, row.short, row.language = item["name"], item["short"], item["language"]
    row.zone, row.capital, row.basis = item["zone"], item["capital"], item["basis"]
    row.holiday_country = item["holidays"]["country"]
    row.holiday_subdivision = item["holidays"]["subdivision"]
    row.office_from, row.office_until = item["office_hours"]["from"], item["office_hours"]["until"]
    row.markings = item["markings"]
    work.session.flush()
    member = find_or_add(work, Member, partnership=partnership, party=item["key"])
    member.position = position
    for place, office in enumerate(item["offices"]):
        _write_office(work, partnership, item["key"], office, place)
    for place, post in enumerate(item["posts"]):
        _write_post(work, partnership, item["key"], post, place)


def write_source(work: Work, partnership: str, item: Entry, position: int) -> None:
    """Create or change a document."""
    row = find_or_add(work, Source, partnership=partnership, key=item["key"])
    text = item["text"] or NO_TEXT
    row.position = position
    copy_columns(row, text, "sha256 characters headings paragraphs")
    copy_columns(
        row, item, "title kind date date_basis language parties legal_status place signed_by address doubt"
    )
    work.session.flush()


def write_theme(work: Work, partnership: str, item: Entry, position: int) -> None:
    """Create or change a theme."""
    row = find_or_add(work, Theme, partnership=partnership, key=item["key"])
    row.position = position
    copy_columns(row, item, "title kind leads basis")
    row.passage_id = write_passage(work, partnership, row.passage_id, item["passage"])
    work.session.flush()


def write_event(work: Work, partnership: str, item: Entry, position: int) -> None:
    """Create or change a dated event."""
    row = find_or_add(work, DatedEvent, partnership=partnership, key=item["key"])
    row.position = position
    copy_columns(row, item, "title date tense kind posts discharges note basis")
    row.passage_id = write_passage(work, partnership, row.passage_id, item["passage"])
    work.session.flush()


def write_obligation(work: Work, partnership: str, item: Entry, position: int) -> None:
    """Create or change an obligation; relations follow in ``link_obligations``, once every obligation exists."""
    row = find_or_add(work, Obligation, partnership=partnership, key=item["key"])
    row.position = position
    row.in_force_from = date.fromisoformat(item["in_force"]["from"])
    row.in_force_until = date.fromisoformat(item["in_force"]["until"]) if item["in_force"]["until"] else None
    copy_columns(
        row,
        item,
        "title kind level cadence established duration start_time window preferred host leads predecessor note basis",
    )
    row.passage_id = write_passage(work, partnership, row.passage_id, item["passage"])
    work.session.flush()
    _replace_parts(work, partnership, row.id, item)


def link_obligations(work: Work, partnership: str, items: Iterable[Entry]) -> None:
    """Write the relations of obligations that all exist by now."""
    rows = work.session.execute(
        select(Obligation.key, Obligation.id).where(Obligation.partnership == partnership)
    )
    ids = {row.key: row.id for row in rows}
    for item in items:
        own = ids[item["key"]]
        work.session.execute(delete(Relation).where(Relation.obligation_id == own))
        for place, relation in enumerate(item["relations"]):
            other = ids.get(relation["to"])
            work.session.add(
                Relation(
                    obligation_id=own,
                    type=relation["type"],
                    other_id=other,
                    outside=None if other else relation["to"],
                    lag_days=relation["lag_days"],
                    note=relation["note"],
                    basis=relation["basis"],
                    position=place,
                )
            )
    work.session.flush()


def write_round(work: Work, partnership: str, item: Entry, _position: int) -> None:
    """Create or change a round held: joint, since it is on record. One that calendars know gets a new version there."""
    named = {
        row.key: row
        for row in work.session.scalars(select(Obligation).where(Obligation.partnership == partnership))
    }
    row = _held_round(work, named[item["obligation"]], date.fromisoformat(item["date"]))
    known_as = {column: getattr(row, column) for column in (*MATERIAL, "state")}
    row.first_day = date.fromisoformat(item["date"])
    row.last_day = date.fromisoformat(item["until"] or item["date"])
    row.start_time, row.end_time = item["start"], item["end"]
    row.zone = _zone(work, partnership, item["host"])
    copy_columns(row, item, "number state place host note")
    _revise(row, known_as, work.now)
    row.passage_id = write_passage(work, partnership, row.passage_id, item["passage"])
    work.session.execute(
        delete(MeetingDuty).where(MeetingDuty.meeting_id == row.id, MeetingDuty.position > 0)
    )
    for place, key in enumerate(item["discharges"], start=1):
        work.session.add(MeetingDuty(meeting_id=row.id, obligation_id=named[key].id, position=place))
    work.session.flush()


def write_closed_days(work: Work, partnership: str, item: Entry, _position: int) -> None:
    """Create or change a row of a table of closed days."""
    first, last = date.fromisoformat(item["from"]), date.fromisoformat(item["until"])
    named = {"party": item["party"], "kind": item["kind"], "first": first, "last": last}
    row = find_or_add(work, ClosedDayRow, partnership=partnership, layer=JOINT, **named)
    copy_columns(row, item, "title effect levels offices source basis")
    work.session.flush()


def write_passage(work: Work, partnership: str, known: int | None, item: Entry | None) -> int | None:
    """Create or change a passage and return its id."""
    if item is None:
        return None
    source = work.session.scalars(
        select(Source.id).where(Source.partnership == partnership, Source.key == item["source"])
    ).one()
    row = (work.session.get(Passage, known) if known else None) or _add(work, Passage())
    row.source_id, row.heading = source, item["heading"]
    row.first, row.last = item["start"], item["end"]
    row.also = [{"start": start, "end": end} for start, end in item["also"]]
    work.session.flush()
    return row.id


def find_or_add(work: Work, table: Any, **named: Any) -> Any:
    """Return the row with these columns, made when there is none."""
    query = select(table)
    for column, value in named.items():
        query = query.where(
            getattr(table, column).is_(None) if value is None else getattr(table, column) == value
        )
    with work.session.no_autoflush:
        row = work.session.scalars(query).one_or_none()
    return row or _add(work, table(**named))


def copy_columns(row: Base, item: Entry, columns: str) -> None:
    """Give ``row`` the values of ``item`` for each of the named columns."""
    for column in columns.split():
        setattr(row, column, item[column])


def note_load(work: Work, partnership: str, **detail: Any) -> None:
    """Leave the audit entry of a load."""
    record(work, partnership, "programme loaded", f"partnership/{partnership}", layer=JOINT, **detail)


def _write_office(work: Work, partnership: str, party: str, item: Entry, position: int) -> None:
    row = find_or_add(work, Office, party=party, key=item["key"])
    row.is_secretariat = item["secretariat"]
    copy_columns(row, item, "name short kind city capacity basis")
    work.session.flush()
    find_or_add(work, PartnershipOffice, partnership=partnership, office_id=row.id).position = position


def _write_post(work: Work, partnership: str, party: str, item: Entry, position: int) -> None:
    row = find_or_add(work, Post, party=party, key=item["key"])
    row.office_id = work.session.scalars(
        select(Office.id).where(Office.party == party, Office.key == item["office"])
    ).one()
    row.is_private_office = item["private_office"]
    copy_columns(row, item, "title level mailbox letters_to basis")
    work.session.flush()
    find_or_add(work, PartnershipPost, partnership=partnership, post_id=row.id).position = position
    _replace_holders(work, row.id, item["holders"])


def _replace_holders(work: Work, post_id: int, terms: Iterable[Entry]) -> None:
    """Let the file say who holds a post; what a side says of its own posts is not the file's."""
    of_file = (PostHolder.post_id == post_id, PostHolder.layer.is_(JOINT))
    known = {row.first: row for row in work.session.scalars(select(PostHolder).where(*of_file))}
    for term in terms:
        first = date.fromisoformat(term["from"])
        row = known.pop(first, None) or _add(work, PostHolder(post_id=post_id, first=first, layer=JOINT))
        said = (
            date.fromisoformat(term["until"]) if term["until"] else None,
            term["mailbox"],
            term["language"],
        )
        if (row.last, row.mailbox, row.language) != said or row.set_at is None:
            row.last, row.mailbox, row.language = said
            row.set_at, row.set_by = work.now, work.actor.name
    for row in known.values():
        work.session.delete(row)
    work.session.flush()


def _replace_parts(work: Work, partnership: str, obligation_id: int, item: Entry) -> None:
    for table in (ObligationTheme, Topic, ObligationPost, Evidence):
        work.session.execute(delete(table).where(table.obligation_id == obligation_id))
    rows_of_themes = work.session.execute(select(Theme.key, Theme.id).where(Theme.partnership == partnership))
    themes = {row.key: row.id for row in rows_of_themes}
    posts = {
        f"{party}/{key}": identifier
        for party, key, identifier in work.session.execute(select(Post.party, Post.key, Post.id))
    }
    own = {"obligation_id": obligation_id}
    rows: list[Base] = [
        ObligationTheme(**own, theme_id=themes[key], position=place)
        for place, key in enumerate(item["themes"])
    ]
    rows += [Topic(**own, **topic, position=place) for place, topic in enumerate(item["topics"])]
    rows += [
        ObligationPost(**own, post_id=posts[entry["post"]], role=entry["role"], position=place)
        for place, entry in enumerate(item["posts"])
    ]
    for place, passage in enumerate(item["evidence"]):
        identifier = write_passage(work, partnership, None, passage)
        rows.append(Evidence(**own, passage_id=identifier, position=place))
    work.session.add_all(rows)
    work.session.flush()


def _held_round(work: Work, obligation: Obligation, day: date) -> Meeting:
    known = work.session.scalars(
        select(Meeting)
        .join(MeetingDuty, MeetingDuty.meeting_id == Meeting.id)
        .where(
            MeetingDuty.obligation_id == obligation.id,
            MeetingDuty.position == 0,
            Meeting.first_day == day,
            Meeting.layer.is_(None),
            Meeting.state.in_((State.OFFERED, State.AGREED, State.HELD)),
        )
    ).first()
    if known:
        return known
    posts = work.session.execute(
        select(Post.level)
        .join(ObligationPost, ObligationPost.post_id == Post.id)
        .where(ObligationPost.obligation_id == obligation.id, ObligationPost.role.in_(("chair", "required")))
    ).scalars()
    row = Meeting(
        partnership=obligation.partnership,
        layer=JOINT,
        uid=new_identifier(),
        level=effective_level(obligation.level, list(posts)),
        state=State.HELD,
        zone="UTC",
        sequence=0,
        revision=0,
        created_at=work.now,
        changed_at=work.now,
        basis={},
    )
    _add(work, row)
    work.session.flush()
    work.session.add(MeetingDuty(meeting_id=row.id, obligation_id=obligation.id, position=0))
    return row


def _zone(work: Work, partnership: str, host: str | None) -> str:
    query = (
        select(Party.zone).join(Member, Member.party == Party.key).where(Member.partnership == partnership)
    )
    if host:
        query = query.where(Party.key == host)
    return work.session.scalars(query.order_by(Member.position)).first() or "UTC"


def _revise(row: Meeting, known_as: Entry, now: datetime) -> None:
    """Count a revision of ``row``, as calendars count it; ``known_as`` holds its columns before."""
    if row.revision:
        changed = frozenset(column for column in MATERIAL if getattr(row, column) != known_as[column])
        row.sequence += is_material(changed, State(known_as["state"]), State(row.state))
        row.changed_at = max(now, row.changed_at + timedelta(seconds=1))
    row.revision += 1


def _add(work: Work, row: Any) -> Any:
    work.session.add(row)
    return row
