"""What the next draft knows of the last round: its frozen agenda, and what the agreed record says of each item."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from agendas.drafting.actions import start_draft
from agendas.drafting.facts import PastItem
from agendas.drafting.queries import read_facts, subject
from agendas.drafting.rules import draft
from agendas.versions import actions, rules
from agendas.versions.content import LEFT_OUT, Content
from agendas.versions.queries import the_draft
from agendas.versions.results import ResultFacts, keep_results
from agendas.versions.tables import AgendaVersion
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.actions import record_held
from scheduler.programmes.loading import SHIPPED
from tests.builders import NL, NOW, PARTNERSHIP, TODAY, UK, agreed, load_files, offered

SOC = "JS-R05"
HELD, NEXT = date(2027, 3, 23), date(2028, 3, 21)
AFTER = datetime(2027, 9, 1, 9, tzinfo=UTC)
LATER = {"en": "next year", "nl": "volgend jaar"}
FIREARMS, DRUGS = "topic/illicit-firearms", "topic/drug-smuggling"


def test_papers_are_due_by_the_lead_time_of_the_level(engine: Engine) -> None:
    load_files(engine, SHIPPED / "uk_nl.yaml")
    offered(engine, HELD, key=SOC)
    with reading(engine, UK, NOW) as work:
        known = read_facts(work, PARTNERSHIP, subject(work, PARTNERSHIP, SOC, TODAY), TODAY)
    assert known.meeting.papers_due == date(2027, 3, 9)
    due = {paper.due for item in draft(known).items for paper in item.papers}
    assert due == {date(2027, 3, 9)}


def test_the_next_draft_goes_on_from_the_frozen_agenda_and_from_its_record(engine: Engine) -> None:
    load_files(engine, SHIPPED / "uk_nl.yaml")
    uid = agreed(engine, HELD, key=SOC)
    content = held(engine, uid)
    came_to = ResultFacts(DRUGS, "topic", {}, "steer", "not_reached", {}, ("SR-C03",))
    said = ResultFacts(
        FIREARMS, "topic", {}, "steer", "decided", {"en": "One desk.", "nl": "Eén loket."}, ("SR-C04",)
    )
    with unit_of_work(engine, UK, AFTER) as work:
        keep_results(work, PARTNERSHIP, uid, (came_to, said))
    for side in (UK, NL):
        with reading(engine, side, AFTER) as work:
            known = read_facts(work, PARTNERSHIP, subject(work, PARTNERSHIP, SOC, AFTER.date()), AFTER.date())
        assert known.previous is not None
        assert (known.previous.day, known.previous.deferred) == (HELD, ("JS-C26",))
        past = {item.key: item for item in known.previous.agenda or ()}
        firearms = content.item(FIREARMS)
        assert firearms is not None
        assert past[FIREARMS] == PastItem(
            FIREARMS,
            "steer",
            ("SR-C04",),
            "topic",
            firearms.lead,
            "decided",
            {"en": "One desk.", "nl": "Eén loket."},
            firearms.title,
        )
        items = [item for item in draft(known).items if item.kind in ("theme", "topic")]
        assert [item.key for item in items][:2] == ["theme/JS-T3", DRUGS]
        assert [line.commitment.key for line in items[0].lines if line.is_left_over] == ["JS-C26"]


def held(engine: Engine, uid: str) -> Content:
    """Draft, leave a commitment for a later round, freeze, and hold the round; return its agenda."""
    with unit_of_work(engine, UK, NOW) as work:
        start_draft(work, uid, TODAY)
        latest = the_draft(work, uid)
        content = rules.put(latest.content, "JS-C26", LEFT_OUT, LATER)
        made = actions.Draft(uid, PARTNERSHIP, 0, content, latest.facts, latest.drafted)
        actions.keep_version(work, made, "offered")
        for row in work.session.query(AgendaVersion):
            row.frozen_at = NOW
    with unit_of_work(engine, UK, AFTER) as work:
        record_held(work, uid, AFTER.date())
    return content
