"""What a draft knows: the obligations that its round serves, and the last round with its agenda and its record."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from agendas.drafting.actions import start_draft
from agendas.drafting.content import as_content
from agendas.drafting.facts import Facts, PastItem
from agendas.drafting.queries import read_facts, subject
from agendas.drafting.rules import draft
from agendas.versions import actions, rules
from agendas.versions.content import LEFT_OUT, Content
from agendas.versions.queries import the_draft
from agendas.versions.results import ResultFacts, keep_results
from agendas.versions.tables import AgendaVersion
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.actions import agree, record_held
from scheduler.meetings.hosting import swap_host
from scheduler.obligations.actions import answer_next_host
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


def test_an_assumed_window_says_why_in_both_languages(engine: Engine) -> None:
    load_files(engine, SHIPPED / "uk_nl.yaml")
    known = coming(engine, TODAY)
    assert [entry.note for entry in known.assumptions] == [
        {
            "en": "the rounds on record fell in January and March",
            "nl": "de bekende rondes vielen in januari en maart",
        }
    ]


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


@pytest.mark.parametrize("today", [HELD, date(2027, 9, 1)])
def test_from_the_day_of_a_round_that_was_held_the_next_one_follows_it(engine: Engine, today: date) -> None:
    load_files(engine, SHIPPED / "uk_nl.yaml")
    uid = agreed(engine, HELD, key=SOC)
    with unit_of_work(engine, UK, AFTER) as work:
        record_held(work, uid, HELD)
    known = coming(engine, today)
    assert known.previous is not None
    assert (known.previous.day, known.previous.number) == (HELD, 5)
    assert (known.meeting.number, known.meeting.host, known.next_round.host) == (6, "nl", None)


def test_the_next_host_is_whoever_both_sides_agreed_on_after_a_hand_over(engine: Engine) -> None:
    load_files(engine, SHIPPED / "uk_nl.yaml")
    uid = agreed(engine, HELD, key=SOC)
    assert coming(engine, TODAY).next_round.host == "nl"
    with unit_of_work(engine, NL, NOW) as work:
        swap_host(work, uid, "nl")
    with unit_of_work(engine, UK, NOW) as work:
        agree(work, uid)
    handed = coming(engine, TODAY)
    assert (handed.meeting.host, "host" in handed.meeting.assumed, handed.next_round.host) == (
        "nl",
        False,
        None,
    )
    for side in (UK, NL):
        with unit_of_work(engine, side, NOW) as work:
            answer_next_host(work, uid, "nl")
    following = coming(engine, TODAY).next_round
    assert (following.host, following.host_basis) == ("nl", "stated")
    with unit_of_work(engine, UK, AFTER) as work:
        record_held(work, uid, HELD)
    after = coming(engine, HELD).meeting
    assert (after.host, "host" in after.assumed) == ("nl", False)


def coming(engine: Engine, today: date) -> Facts:
    """Return the facts of the round of the crime dialogue that comes next, with a date or without."""
    with reading(engine, UK, NOW) as work:
        return read_facts(work, PARTNERSHIP, subject(work, PARTNERSHIP, SOC, today), today)


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


def test_ministers_hear_the_dialogues_that_an_umbrella_covers_and_only_those_held_owe_a_report(
    engine: Engine,
) -> None:
    known = facts_of(engine, "JS-R01", date(2027, 10, 5))
    assert [(one.obligation, one.held) for one in known.reports] == [
        ("JS-R05", date(2026, 3, 24)),
        ("JS-R07", None),
    ]
    reports = [item for item in draft(known).items if item.report]
    assert [(item.key, len(item.papers)) for item in reports] == [("report/JS-R05", 1), ("report/JS-R07", 0)]


def test_a_round_that_serves_another_obligation_too_has_its_topics_and_its_report(engine: Engine) -> None:
    known = facts_of(engine, "JS-R01", date(2027, 10, 5), merged="JS-R12")
    assert [(topic.key, topic.theme) for topic in known.topics] == [
        ("progress-review", "JS-T8"),
        ("new-initiatives", "JS-T8"),
        ("further-cooperation", "JS-T8"),
    ]
    items = {item.key: item for item in draft(known).items}
    assert "topic/progress-review" in items
    report = items["report/JS-R13"]
    assert (report.title["en"], [paper.title["en"] for paper in report.papers]) == (
        "Progress report to the ministers",
        ["Progress report to the ministers"],
    )


def test_themes_stand_in_the_order_in_which_the_obligation_names_them(engine: Engine) -> None:
    known = facts_of(engine, "JS-R12", date(2027, 12, 7))
    assert [theme.key for theme in known.themes] == ["JS-T8", *(f"JS-T{number}" for number in range(8))]
    subjects = [item.key for item in draft(known).items if item.kind in ("theme", "topic")]
    assert subjects[:4] == [
        "theme/JS-T8",
        "topic/progress-review",
        "topic/new-initiatives",
        "topic/further-cooperation",
    ]


@pytest.mark.parametrize(
    ("key", "topics"),
    [
        ("JS-R07", [("JS-R07", "Dialogue on winter preparedness and security of energy supply")]),
        ("JS-R03", []),  # takes the theme it is called for
        ("JS-R10", []),  # a conference has sessions
        ("JS-R02", []),  # is about every theme
    ],
)
def test_a_dialogue_on_one_theme_without_topics_is_about_what_its_title_says(
    engine: Engine, key: str, topics: list[tuple[str, str]]
) -> None:
    known = facts_of(engine, key, date(2027, 10, 12))
    assert [(topic.key, topic.title["en"]) for topic in known.topics] == topics
    made = [item for item in draft(known).items if item.topic]
    assert [(item.key, item.reasons[0]["en"]) for item in made] == [
        (f"topic/{topic}", "What this meeting is about") for topic, _ in topics
    ]


def test_a_theme_without_an_item_says_why_what_is_open_under_it_is_left_out(engine: Engine) -> None:
    known = facts_of(engine, "JS-R01", date(2027, 10, 5))
    content = as_content(draft(known), known)
    assert content.dropped_themes == {
        "JS-T0": {"en": "Political position without news", "nl": "Politiek standpunt zonder nieuws"}
    }
    closed = replace(known, commitments=tuple(one for one in known.commitments if one.theme != "JS-T0"))
    assert as_content(draft(closed), closed).dropped_themes["JS-T0"]["en"] == "No commitment under it is open"


def facts_of(engine: Engine, key: str, day: date, *, merged: str = "") -> Facts:
    """Return the facts of a round of the shipped programme, known to both sides."""
    load_files(engine, SHIPPED / "uk_nl.yaml")
    offered(engine, day, key=key, merged=merged)
    with reading(engine, UK, NOW) as work:
        return read_facts(work, PARTNERSHIP, subject(work, PARTNERSHIP, key, TODAY), TODAY)
