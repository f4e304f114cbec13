"""No statement, in whatever form, shows or changes a row of the other side or of a partnership of others."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, delete, exists, func, literal, select, update
from sqlalchemy.orm import Session, aliased

from scheduler.actor import operator, side
from scheduler.db.base import Base, Layered, OfOneSide, OfPartnership
from scheduler.db.layers import ACROSS_SIDES, JOINT
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.errors import NotAllowed
from scheduler.meetings.tables import Meeting, MeetingNote
from scheduler.partnerships.tables import Theme
from scheduler.programmes.loading import SHIPPED
from tests.builders import NL, NOW, OPERATOR, UK, US, load_files, offered
from tests.builders import TODAY as DAY

FRANCE = side("fr", "fr desk")
ACTORS = {"uk": UK, "nl": NL, "us": US, "fr": FRANCE, "operator": operator()}

NOTES = {
    ("uk-nl", None): "joint",
    ("uk-nl", "uk"): "of the UK",
    ("uk-nl", "nl"): "of the Netherlands",
    ("nl-us", None): "joint with the US",
    ("nl-us", "us"): "of the US",
}
SEEN = {
    "uk": {"joint", "of the UK"},
    "nl": {"joint", "of the Netherlands", "joint with the US"},
    "us": {"joint with the US", "of the US"},
    "fr": set[str](),
    "operator": {"joint", "joint with the US"},
}
"""Which of the notes exist for whom."""


@pytest.fixture
def written(engine: Engine) -> Engine:
    """Two partnerships, and a note in every layer of each, all on meetings that the actors could otherwise see."""
    load_files(engine, SHIPPED / "nl_us.yaml")
    load_files(engine)
    offered(engine, DAY)
    with unit_of_work(engine, OPERATOR, NOW) as work:
        work.session.add(_meeting("nl-us", JOINT))
        work.session.flush()
    for (partnership, layer), text in NOTES.items():
        with unit_of_work(engine, ACTORS[layer or "operator"], NOW) as work:
            on = work.session.scalars(
                select(Meeting.id).where(Meeting.partnership == partnership).limit(1)
            ).one()
            work.session.add(_note(partnership, layer, text, on))
    return engine


def _meeting(partnership: str, layer: str | None) -> Meeting:
    times = {"created_at": NOW, "changed_at": NOW}
    kind = {"state": "held", "level": "expert", "zone": "Europe/London", "basis": {}}
    return Meeting(
        partnership=partnership,
        layer=layer,
        uid=f"{partnership}-{layer}",
        sequence=0,
        revision=1,
        **times,
        **kind,
    )


def _note(partnership: str, layer: str | None, text: str, meeting_id: int) -> MeetingNote:
    return MeetingNote(
        partnership=partnership, layer=layer, meeting_id=meeting_id, at=NOW, name="a desk", text=text
    )


Note = aliased(MeetingNote)


def _by_subquery(session: Session) -> set[str]:
    inner = select(MeetingNote.id, MeetingNote.text).subquery()
    return set(session.scalars(select(inner.c.text)))


def _by_common_table_expression(session: Session) -> set[str]:
    inner = select(MeetingNote.text).cte()
    return set(session.scalars(select(inner.c.text)))


def _by_exists(session: Session) -> set[str]:
    return {
        text
        for text in NOTES.values()
        if session.scalar(select(literal(1)).where(exists().where(MeetingNote.text == text)))
    }


def _by_join(session: Session) -> set[str]:
    query = (
        select(MeetingNote.text).select_from(Meeting).join(MeetingNote, MeetingNote.meeting_id == Meeting.id)
    )
    return set(session.scalars(query))


def _by_outer_join(session: Session) -> set[str]:
    query = select(MeetingNote.text).select_from(Meeting)
    found = session.scalars(query.outerjoin(MeetingNote, MeetingNote.meeting_id == Meeting.id))
    return {text for text in found if text}


def _by_identity(session: Session) -> set[str]:
    with session.no_autoflush:
        every = session.scalars(select(MeetingNote.id), execution_options=ACROSS_SIDES).all()
    rows = [session.get(MeetingNote, identifier) for identifier in every]
    return {row.text for row in rows if row}


def _by_scalar_subquery(session: Session) -> set[str]:
    query = select(select(func.min(MeetingNote.text)).where(MeetingNote.text == Note.text).scalar_subquery())
    return {text for text in session.scalars(query.select_from(Note)) if text}


WAYS: dict[str, Callable[[Session], set[str]]] = {
    "entities": lambda session: {row.text for row in session.scalars(select(MeetingNote))},
    "columns": lambda session: set(session.scalars(select(MeetingNote.text))),
    "alias": lambda session: set(session.scalars(select(Note.text))),
    "old-style query": lambda session: {row.text for row in session.query(MeetingNote)},
    "subquery": _by_subquery,
    "common table expression": _by_common_table_expression,
    "exists": _by_exists,
    "join": _by_join,
    "outer join": _by_outer_join,
    "identity": _by_identity,
    "scalar subquery": _by_scalar_subquery,
    "union": lambda session: set(
        session.scalars(select(MeetingNote.text).union(select(Note.text)).subquery().select())
    ),
}


def test_what_is_seen_whatever_way_one_looks(written: Engine) -> None:
    """The sides take turns in one process, so that a statement kept for one of them is not used for another."""
    for way, look in WAYS.items():
        seen = {}
        for name in SEEN:
            with reading(written, ACTORS[name], NOW) as work:
                seen[name] = look(work.session)
        assert (way, seen) == (way, SEEN)


def test_what_is_counted(written: Engine) -> None:
    ways = (
        select(func.count()).select_from(MeetingNote),
        select(func.count(MeetingNote.id)),
        select(func.count()).select_from(select(MeetingNote.id).subquery()),
    )
    for name, seen in SEEN.items():
        with reading(written, ACTORS[name], NOW) as work:
            assert [work.session.scalar(query) for query in ways] == [len(seen)] * 3


class Undone(Exception):
    """Ends a unit of work without a trace."""


def test_what_is_changed(written: Engine) -> None:
    for name, seen in SEEN.items():
        with contextlib.suppress(Undone), unit_of_work(written, ACTORS[name], NOW) as work:
            work.session.execute(update(MeetingNote).values(name="changed"))
            changed = select(MeetingNote.text).where(MeetingNote.name == "changed")
            assert set(work.session.scalars(changed, execution_options=ACROSS_SIDES)) == seen
            raise Undone


def test_what_is_deleted(written: Engine) -> None:
    for name, seen in SEEN.items():
        with contextlib.suppress(Undone), unit_of_work(written, ACTORS[name], NOW) as work:
            work.session.execute(delete(MeetingNote))
            left = select(MeetingNote.text)
            assert (
                set(work.session.scalars(left, execution_options=ACROSS_SIDES)) == set(NOTES.values()) - seen
            )
            raise Undone


def _everything(engine: Engine, condition: Any) -> set[str]:
    with reading(engine, OPERATOR, NOW) as work:
        query = select(MeetingNote.text).where(condition)
        return set(work.session.scalars(query, execution_options=ACROSS_SIDES))


def test_a_row_that_says_nothing_belongs_to_its_writer(written: Engine) -> None:
    for actor, layer in ((UK, "uk"), (NL, "nl"), (OPERATOR, None)):
        with unit_of_work(written, actor, NOW) as work:
            row = _meeting("uk-nl", JOINT)
            row.uid = f"written by {actor.name}"
            del row.layer
            work.session.add(row)
            work.session.flush()
            assert row.layer == layer


def _write_new(work: Work) -> None:
    work.session.add(_meeting("uk-nl", "nl"))


def _hand_over(work: Work) -> None:
    work.session.scalars(select(MeetingNote).where(MeetingNote.layer == "uk")).one().layer = "nl"


def _foist(work: Work) -> None:
    work.session.scalars(select(MeetingNote).where(MeetingNote.layer.is_(None))).one().layer = "nl"


def test_nobody_writes_for_the_other_side(written: Engine) -> None:
    for write in (_write_new, _hand_over, _foist):
        with (
            pytest.raises(NotAllowed, match=r"^uk secretariat cannot write for the side nl$"),
            unit_of_work(written, UK, NOW) as work,
        ):
            write(work)
    assert _everything(written, MeetingNote.layer == "nl") == {"of the Netherlands"}


def test_a_row_across_the_sides_can_be_changed_without_changing_hands(written: Engine) -> None:
    """Letters of both sides are sent by the operator, who records on each that it has gone."""
    with unit_of_work(written, OPERATOR, NOW) as work:
        query = select(MeetingNote).where(MeetingNote.layer == "uk")
        work.session.scalars(query, execution_options=ACROSS_SIDES).one().name = "sent"
    assert _everything(written, MeetingNote.name == "sent") == {"of the UK"}


def test_across_the_sides_means_all_of_them(written: Engine) -> None:
    for actor in ACTORS.values():
        with reading(written, actor, NOW) as work:
            found = work.session.scalars(select(MeetingNote.text), execution_options=ACROSS_SIDES)
            assert set(found) == set(NOTES.values())


def test_joint_rows_of_a_partnership_are_for_its_parties_alone(written: Engine) -> None:
    known = {}
    for name, actor in ACTORS.items():
        with reading(written, actor, NOW) as work:
            known[name] = set(work.session.scalars(select(Theme.partnership)))
    assert known == {
        "uk": {"uk-nl"},
        "nl": {"uk-nl", "nl-us"},
        "us": {"nl-us"},
        "fr": set(),
        "operator": {"uk-nl", "nl-us"},
    }


REACHED_THROUGH_OTHERS = {
    "parties": "governments, known to everybody",
    "partnerships": "read through their members",
    "offices": "read through what a partnership names",
    "posts": "read through what a partnership names",
    "passages": "pointers, read through the rows that point",
    "obligation_themes": "parts of an obligation",
    "topics": "parts of an obligation",
    "obligation_posts": "parts of an obligation",
    "relations": "parts of an obligation",
    "obligation_evidence": "parts of an obligation",
    "meeting_duties": "parts of a meeting",
    "meeting_consents": "parts of a meeting",
    "meeting_option_answers": "parts of an option of a meeting",
    "users": "accounts, managed by the operator",
    "sign_in_links": "accounts, managed by the operator",
    "sessions": "accounts, managed by the operator",
    "mails_taken": "digests of mails, without content",
    "stray_mails": "mails of which nobody knows whose they are, for the operator alone",
}
"""Tables whose rows the filter does not know, and why nobody reads them on their own."""

SHARED_THROUGH_OTHERS = {"post_holders": "what a file says of a post, read through what a partnership names"}
"""Tables whose joint rows belong to no partnership of their own."""


def test_every_other_table_is_filtered() -> None:
    unfiltered = {
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if not issubclass(mapper.class_, OfPartnership | Layered)
    }
    assert unfiltered == set(REACHED_THROUGH_OTHERS)


def test_whatever_can_be_joint_has_a_partnership_too() -> None:
    """A joint row is seen by every party of its partnership; without one it would be seen by everybody."""
    layered = [mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Layered)]
    anywhere = [mapper for mapper in layered if not issubclass(mapper.class_, OfPartnership)]
    shared = [mapper for mapper in anywhere if not issubclass(mapper.class_, OfOneSide)]
    assert {mapper.class_.__tablename__ for mapper in shared} == set(SHARED_THROUGH_OTHERS)
    assert {mapper.columns["layer"].nullable for mapper in anywhere if mapper not in shared} == {False}
