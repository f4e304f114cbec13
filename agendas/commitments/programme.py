"""The sections ``commitments``, ``progress`` and ``silences`` of a programme file: shape, checks, and rows."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from marshmallow import fields, validate
from sqlalchemy import delete, select

from agendas.commitments.entry import owned_by, searchable
from agendas.commitments.rules import KINDS, PROGRESS_STATES, STATUSES, STRENGTHS
from agendas.commitments.tables import Commitment, Progress, ProgressSubject, Silence
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.partnerships.tables import Theme
from scheduler.programmes import fields as values
from scheduler.programmes import schema
from scheduler.programmes.actions import copy_columns, find_or_add, write_passage
from scheduler.programmes.fields import Day, Item, Key, Valued, Words, one_of
from scheduler.programmes.problems import Problem, duplicates, keys, unknown
from scheduler.programmes.queries import stored_passage
from scheduler.programmes.rules import passage_problems
from scheduler.programmes.sections import Entry, Section
from scheduler.sources.tables import Source


class CommitmentShape(Item):
    """A commitment; its text is in our own words."""

    key = Key(required=True)
    theme = Key(required=True)
    text = Words(required=True)
    kind = one_of(*KINDS)
    strength = one_of(*STRENGTHS)
    verb = values.text(required=True)
    owners = Valued(schema.by_party(fields.List(Key())), load_default=dict)
    posts = fields.Dict(keys=Key(), values=fields.List(Key()), load_default=dict)
    passage = schema.passage()
    topics = values.many(values.text())
    due = Day(load_default=None, allow_none=True)
    deliverable = Words(load_default=None, allow_none=True)
    optional = fields.Boolean(load_default=False)
    doubt = values.optional_text()
    same_matter_as = values.many(Key())
    status = fields.String(load_default="open", validate=validate.OneOf(STATUSES))


class ProgressShape(Item):
    """What was said since."""

    key = Key(required=True)
    on = values.many(Key())
    topics = values.many(values.text())
    events = values.many(Key())
    obligations = values.many(Key())
    date = Day(required=True)
    text = Words(required=True)
    state = one_of(*PROGRESS_STATES)
    passage = schema.passage()


class SilenceShape(Item):
    """What a source says nothing of."""

    on = Key(required=True)
    text = Words(required=True)
    source = Key(required=True)


def sections() -> tuple[Section, ...]:
    """Return what this wing adds to programme files."""
    return (
        Section(
            "commitments",
            ("key",),
            _stored_commitments,
            _write_commitment,
            shape=CommitmentShape,
            check=_check,
            settle=_keep_decisions,
        ),
        Section(
            "progress",
            ("key",),
            _stored_progress,
            _write_progress,
            shape=ProgressShape,
            check=_check_progress,
        ),
        Section(
            "silences",
            ("on", "source"),
            _stored_silences,
            _write_silence,
            shape=SilenceShape,
            check=_check_silences,
        ),
    )


def _check(programme: Mapping[str, Any]) -> Iterator[Problem]:
    yield from duplicates(programme, "commitments")
    yield from passage_problems(programme, "commitments")
    themes = keys(programme, "themes")
    offices, posts = (
        {party["key"]: keys(party, part) for party in programme["parties"]} for part in ("offices", "posts")
    )
    for index, item in enumerate(programme["commitments"]):
        yield from unknown(("commitments", index, "theme"), item["theme"], themes, "theme")
        for party, owners in item["owners"].items():
            steps = ("commitments", index, "owners", party)
            yield from unknown(steps, party, offices, "party")
            for place, office in enumerate(owners if party in offices else ()):
                yield from unknown((*steps, place), office, offices[party], f"office of {party}")
        for party, named in item["posts"].items():
            steps = ("commitments", index, "posts", party)
            yield from unknown(steps, party, offices, "party")
            for place, post in enumerate(named if party in posts else ()):
                yield from unknown((*steps, place), post, posts[party], f"post of {party}")
        yield from _topics(programme, ("commitments", index), item)


def _check_progress(programme: Mapping[str, Any]) -> Iterator[Problem]:
    yield from duplicates(programme, "progress")
    yield from passage_problems(programme, "progress")
    known = {name: keys(programme, name) for name in ("commitments", "events", "obligations")}
    for index, item in enumerate(programme["progress"]):
        for field, section in (("on", "commitments"), ("events", "events"), ("obligations", "obligations")):
            for place, key in enumerate(item[field]):
                yield from unknown(("progress", index, field, place), key, known[section], section[:-1])
        yield from _topics(programme, ("progress", index), item)


def _check_silences(programme: Mapping[str, Any]) -> Iterator[Problem]:
    yield from duplicates(programme, "silences", identity=("on", "source"))
    known = keys(programme, "commitments") | keys(programme, "obligations")
    sources = keys(programme, "sources")
    for index, item in enumerate(programme["silences"]):
        yield from unknown(("silences", index, "on"), item["on"], known, "commitment or obligation")
        yield from unknown(("silences", index, "source"), item["source"], sources, "source")


def _topics(
    programme: Mapping[str, Any], steps: tuple[str | int, ...], item: Mapping[str, Any]
) -> Iterator[Problem]:
    known = {
        f"{entry['key']}/{topic['key']}" for entry in programme["obligations"] for topic in entry["topics"]
    }
    for place, topic in enumerate(item["topics"]):
        yield from unknown((*steps, "topics", place), topic, known, "agenda topic")


def _stored_commitments(work: Work, partnership: str) -> list[Entry]:
    rows = work.session.execute(
        select(Commitment, Theme.key)
        .join(Theme, Theme.id == Commitment.theme_id)
        .where(Commitment.partnership == partnership)
        .order_by(Commitment.position)
    )
    return [
        {
            "key": row.key,
            "theme": theme,
            "text": row.text,
            "kind": row.kind,
            "strength": row.strength,
            "verb": row.verb,
            "owners": row.owners,
            "posts": row.posts,
            "passage": stored_passage(work, row.passage_id),
            "topics": row.topics,
            "due": row.due.isoformat() if row.due else None,
            "deliverable": row.deliverable,
            "optional": row.optional,
            "doubt": row.doubt,
            "same_matter_as": row.same_matter_as,
            "status": row.status,
            "basis": row.basis,
        }
        for row, theme in rows
    ]


def _keep_decisions(work: Work, partnership: str, items: Sequence[Entry]) -> list[Entry]:
    """Return commitments of a file with the status that the sides have decided since, which no file undoes."""
    rows = work.session.execute(
        select(Commitment.key, Commitment.status).where(
            Commitment.partnership == partnership, Commitment.decided_at.is_not(None)
        )
    )
    decided = {row.key: row.status for row in rows}
    return [{**item, "status": decided.get(item["key"], item["status"])} for item in items]


def _stored_progress(work: Work, partnership: str) -> list[Entry]:
    rows = work.session.scalars(
        select(Progress)
        .where(
            Progress.partnership == partnership, Progress.layer.is_(None), Progress.superseded_by.is_(None)
        )
        .order_by(Progress.position, Progress.day, Progress.written_at)
    )
    return [
        {
            "key": row.key,
            "on": row.commitments,
            "topics": row.topics,
            "events": row.events,
            "obligations": row.obligations,
            "date": row.day.isoformat(),
            "text": row.text,
            "state": row.state,
            "passage": stored_passage(work, row.passage_id),
        }
        for row in rows
    ]


def _stored_silences(work: Work, partnership: str) -> list[Entry]:
    rows = work.session.execute(
        select(Silence, Source.key)
        .join(Source, Source.id == Silence.source_id)
        .where(Silence.partnership == partnership)
        .order_by(Silence.position)
    )
    return [{"on": row.subject, "text": row.text, "source": source} for row, source in rows]


def _write_commitment(work: Work, partnership: str, item: Entry, position: int) -> None:
    row = find_or_add(work, Commitment, partnership=partnership, key=item["key"])
    row.position = position
    row.theme_id = work.session.scalars(
        select(Theme.id).where(Theme.partnership == partnership, Theme.key == item["theme"])
    ).one()
    row.due = date.fromisoformat(item["due"]) if item["due"] else None
    copy_columns(
        row,
        item,
        "text kind strength verb owners posts topics deliverable optional doubt same_matter_as status basis",
    )
    row.owned_by, row.words = owned_by(item["owners"]), searchable(item["text"])
    row.passage_id = write_passage(work, partnership, row.passage_id, item["passage"])
    row.since = _since(work, partnership, item["passage"]) or row.since
    work.session.flush()


def _write_progress(work: Work, partnership: str, item: Entry, position: int) -> None:
    row = find_or_add(work, Progress, partnership=partnership, layer=JOINT, key=item["key"])
    row.position, row.day, row.commitments = position, date.fromisoformat(item["date"]), item["on"]
    copy_columns(row, item, "text state topics obligations events")
    row.words = searchable(item["text"])
    row.passage_id = write_passage(work, partnership, row.passage_id, item["passage"])
    work.session.flush()
    if row.superseded_by is None:
        work.session.execute(delete(ProgressSubject).where(ProgressSubject.progress_id == row.id))
        work.session.add_all(
            ProgressSubject(
                partnership=partnership, layer=JOINT, progress_id=row.id, commitment=key, day=row.day
            )
            for key in item["on"]
        )
        work.session.flush()


def _write_silence(work: Work, partnership: str, item: Entry, position: int) -> None:
    source = work.session.scalars(
        select(Source.id).where(Source.partnership == partnership, Source.key == item["source"])
    ).one()
    row = find_or_add(work, Silence, partnership=partnership, subject=item["on"], source_id=source)
    row.position, row.text = position, item["text"]
    work.session.flush()


def _since(work: Work, partnership: str, passage: Entry | None) -> date | None:
    """Return the last day that the date of the source can mean: nothing is made older than it is known to be."""
    if passage is None:
        return None
    query = select(Source.date).where(Source.partnership == partnership, Source.key == passage["source"])
    stated = work.session.scalars(query).one()
    if not stated:
        return None
    year, month, day = (*map(int, stated.split("-")), 0, 0)[:3]
    return date(year, month or 12, day or monthrange(year, month or 12)[1])
