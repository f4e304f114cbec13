from dataclasses import replace
from datetime import date, time
from itertools import accumulate, groupby
from typing import Any

import pytest
from hypothesis import given, settings

from agendas.commitments.rules import OPEN
from agendas.drafting.draft import Draft
from agendas.drafting.facts import Facts, PreviousRound, Report, Silence, Theme
from agendas.drafting.leads import WITHOUT_LEAD
from agendas.drafting.minutes import LONGEST_SITTING
from agendas.drafting.rules import draft
from scheduler.errors import BadInput
from tests.agendas.drafting.ledgers import TODAY, facts
from tests.agendas.drafting.soc import BOTH, commitment, progress, soc_facts, soc_meeting


@settings(max_examples=100)
@given(facts)
def test_every_open_commitment_stands_exactly_once_and_what_is_overdue_is_not_left_out(ledger: Facts) -> None:
    made = draft(ledger)
    assert sorted(made.commitment_keys()) == sorted(
        one.key for one in ledger.commitments if one.status in OPEN
    )
    left = [left.line.commitment for left in made.left_out]
    assert [one.key for one in left if one.due and one.due < TODAY] == []


@settings(max_examples=100)
@given(facts)
def test_each_day_is_filled_to_the_minute_without_gap(ledger: Facts) -> None:
    days = [list(of_day) for _, of_day in groupby(draft(ledger).items, lambda item: item.day)]
    assert len(days) == ledger.meeting.days
    for items in days:
        ends = list(accumulate(item.minutes for item in items))
        assert [item.offset for item in items] == [0, *ends[:-1]]
        assert min(item.minutes for item in items) > 0
        assert ends[-1] == ledger.meeting.minutes


@settings(max_examples=80)
@given(facts)
def test_the_same_facts_give_the_same_draft_and_every_item_has_a_key_of_its_own_and_a_reason(
    ledger: Facts,
) -> None:
    made = draft(ledger)
    assert draft(replace(ledger, progress=ledger.progress[::-1])) == made
    items = (*made.items, *made.written_procedure)
    assert len({item.key for item in items}) == len(items)
    assert [item.key for item in items if not item.reasons] == []


@settings(max_examples=150)
@given(facts)
def test_nobody_sits_longer_than_two_hours_without_a_pause(ledger: Facts) -> None:
    for _, of_day in groupby(draft(ledger).items, lambda item: item.day):
        sittings = [0]
        for item in of_day:
            if item.kind in WITHOUT_LEAD:
                sittings.append(0)
            else:
                sittings[-1] += item.minutes
        assert max(sittings) <= LONGEST_SITTING


@pytest.mark.parametrize("minutes", [30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 360, 420, 480])
def test_from_half_an_hour_every_length_is_one_that_people_read_off_a_clock(
    minutes: int,
) -> None:
    items = draft(soc_facts(meeting=soc_meeting(minutes=minutes))).items
    assert [item.key for item in items if item.minutes % 5] == []
    assert [item.key for item in items if item.kind in ("theme", "topic") and item.minutes < 10] == []


@settings(max_examples=150)
@given(facts)
def test_whole_fives_stay_whole_fives(ledger: Facts) -> None:
    meeting = replace(ledger.meeting, minutes=-(-ledger.meeting.minutes // 5) * 5 + 25)
    made = draft(replace(ledger, meeting=meeting))
    assert [item.key for item in made.items if item.minutes % 5] == []


def test_a_subject_that_a_pause_would_part_lends_its_neighbour_minutes_that_it_can_spare() -> None:
    made = draft(soc_facts(meeting=soc_meeting(minutes=240, start=time(9))))
    assert [(item.kind, item.minutes) for item in made.items[3:9]] == [
        ("theme", 25), ("topic", 45), ("break", 15), ("topic", 25), ("topic", 35), ("topic", 35),
    ]  # fmt: skip


@pytest.mark.parametrize("minutes", range(30, 481, 30))
def test_no_length_parts_a_subject_where_there_are_enough_of_them(minutes: int) -> None:
    made = draft(soc_facts(meeting=soc_meeting(minutes=minutes)))
    assert [item.key for item in made.items if item.kind == "continued"] == []


def test_the_running_order_of_the_fifth_round() -> None:
    assert order(draft(soc_facts())) == [
        ("opening", 0, 10),
        ("adoption", 10, 5),
        ("actions", 15, 20),
        ("theme/JS-T3", 35, 30),
        ("break/1.1", 65, 15),
        ("topic/JS-R05/drug-smuggling", 80, 45),
        ("topic/JS-R05/illicit-firearms", 125, 45),
        ("lunch/1.2", 170, 60),
        ("topic/JS-R05/illicit-financial-flows", 230, 45),
        ("break/1.3", 275, 15),
        ("topic/JS-R05/continued-offending-in-detention", 290, 45),
        ("other_business", 335, 10),
        ("next_round", 345, 5),
        ("readout", 350, 10),
    ]


def test_commitments_stand_under_their_one_topic_and_those_of_several_under_the_theme() -> None:
    found = {
        item.key: [line.commitment.key for line in item.lines]
        for item in draft(soc_facts()).items
        if item.lines
    }
    assert found == {
        "theme/JS-T3": ["SR-C01", "JS-C27", "JS-C26"],
        "topic/JS-R05/drug-smuggling": ["SR-C03"],
        "topic/JS-R05/illicit-firearms": ["SR-C04"],
        "topic/JS-R05/illicit-financial-flows": ["SR-C02"],
    }


def test_a_topic_without_commitments_has_an_item_with_what_was_reported_on_it() -> None:
    [item] = [item for item in draft(soc_facts()).items if item.key.endswith("detention")]
    assert (item.kind, item.wanted, item.lines, [note.key for note in item.progress]) == (
        "topic",
        "steer",
        (),
        ["SR-P3"],
    )


def test_what_was_reported_on_the_obligation_itself_stands_under_the_actions() -> None:
    [item] = [item for item in draft(soc_facts()).items if item.kind == "actions"]
    assert [note.key for note in item.progress] == ["SR-P5"]


def test_an_item_that_asks_the_same_as_last_time_with_nothing_said_since_is_flagged() -> None:
    assert [item.key for item in draft(soc_facts()).items if item.unchanged] == [
        "topic/JS-R05/illicit-firearms"
    ]


def test_an_item_with_news_after_the_last_round_is_not_flagged() -> None:
    news = progress("X", day=date(2026, 9, 1), commitments=("SR-C04",))
    facts = soc_facts(progress=(*soc_facts().progress, news))
    assert [item.key for item in draft(facts).items if item.unchanged] == []


def test_half_an_hour_sends_what_does_not_fit_round_in_writing() -> None:
    made = draft(soc_facts(meeting=soc_meeting(minutes=30)))
    assert sum(item.minutes for item in made.items) == 30
    assert [(item.key, [line.commitment.key for line in item.lines]) for item in made.written_procedure] == [
        ("written/theme/JS-T3", ["SR-C01", "JS-C27", "JS-C26"]),
        ("written/topic/JS-R05/drug-smuggling", ["SR-C03"]),
        ("written/topic/JS-R05/continued-offending-in-detention", []),
    ]
    assert made.items[0].title["en"] == "Opening, and actions since the last round"
    assert [note.key for note in made.items[0].progress] == ["SR-P5"]


def test_in_one_minute_the_weightiest_commitment_alone_is_treated() -> None:
    made = draft(soc_facts(meeting=soc_meeting(minutes=1)))
    assert [
        (item.key, item.minutes, [line.commitment.key for line in item.lines]) for item in made.items
    ] == [("topic/JS-R05/illicit-financial-flows", 1, ["SR-C02"])]


def test_what_is_late_goes_first() -> None:
    themes = (*soc_facts().themes, Theme("T9", {"en": "Late theme", "nl": "Laat thema"}, BOTH))
    late = commitment("X-1", theme="T9", due=date(2027, 1, 1))
    items = draft(soc_facts(themes=themes, commitments=(*soc_facts().commitments, late))).items
    assert next((item.key, item.wanted) for item in items if item.lines) == ("theme/T9", "decide")


def test_a_meeting_about_nothing_on_record_still_has_all_its_time() -> None:
    facts = soc_facts(
        themes=(), topics=(), commitments=(), progress=(), silences=(), meeting=soc_meeting(minutes=90)
    )
    assert [(item.kind, item.minutes) for item in draft(facts).items] == [
        ("opening", 5), ("adoption", 5), ("actions", 5), ("discussion", 60),
        ("other_business", 5), ("next_round", 5), ("readout", 5),
    ]  # fmt: skip


def test_what_outlasts_a_sitting_goes_on_after_a_pause_under_the_same_lead() -> None:
    facts = soc_facts(topics=(), commitments=(commitment("X-1"),), meeting=soc_meeting(minutes=300))
    found = [(item.key, item.minutes, item.lead) for item in draft(facts).items[3:8]]
    assert found == [
        ("theme/JS-T3", 30, "nl"),
        ("break/1.1", 15, None),
        ("theme/JS-T3/2", 70, "nl"),
        ("lunch/1.2", 60, None),
        ("theme/JS-T3/3", 65, "nl"),
    ]


def test_ministers_hear_the_dialogues_that_support_theirs_and_leave_them_their_continuing_work() -> None:
    report = Report(
        "JS-R05", {"en": "SOC Dialogue", "nl": "SOC-dialoog"}, ("JS-T3",), date(2026, 3, 24), BOTH
    )
    made = draft(soc_facts(meeting=soc_meeting(level="ministerial", obligation="JS-R01"), reports=(report,)))
    assert (
        next(item.key for item in made.items if item.kind in ("report", "theme", "topic")) == "report/JS-R05"
    )
    assert {left.line.commitment.key: left.because["en"] for left in made.left_out} == dict.fromkeys(
        ("SR-C04", "SR-C01", "SR-C03", "JS-C26"), "Not for this level: SOC Dialogue treats it"
    )


def test_actions_since_the_last_round_leave_out_what_was_said_before_it() -> None:
    own = ("JS-R05",)
    known = soc_facts(
        progress=(progress("P-1", obligations=own), progress("P-2", day=date(2026, 11, 22), obligations=own)),
        silences=(Silence("JS-R05", {"en": "No date is given."}, date(2026, 3, 24)),),
    )
    shown = []
    for day in (date(2026, 3, 24), date(2026, 11, 22)):
        items = draft(replace(known, previous=PreviousRound(day))).items
        actions = next(item for item in items if item.kind == "actions")
        shown.append(([note.key for note in actions.progress], len(actions.silences)))
    assert shown == [(["P-2", "P-1"], 1), (["P-2"], 0)]


def test_a_theme_with_nothing_to_say_has_no_item_and_is_named() -> None:
    themes = (*soc_facts().themes, Theme("T0", {"en": "Introduction", "nl": "Inleiding"}))
    made = draft(soc_facts(themes=themes))
    assert (
        [theme.key for theme in made.without_item],
        [item.key for item in made.items if "T0" in item.key],
    ) == (["T0"], [])


def test_what_has_no_commitment_to_treat_counts_none() -> None:
    made = {item.key: item for item in draft(soc_facts(commitments=())).items}
    assert made["topic/JS-R05/drug-smuggling"].reasons[0]["en"] == "Topic that the obligation names"
    alone = draft(soc_facts(meeting=soc_meeting(kind="training"), topics=(), commitments=()))
    assert next(item for item in alone.items if item.kind == "theme").reasons[0] == {
        "en": "Theme of this meeting",
        "nl": "Thema van deze bijeenkomst",
    }


def test_a_training_has_sessions_on_every_day_and_negotiates_nothing() -> None:
    meeting = soc_meeting(kind="training", level="expert", days=3, minutes=420)
    late = commitment("X-1", due=date(2026, 1, 1))
    made = draft(soc_facts(meeting=meeting, topics=(), commitments=(*soc_facts().commitments, late)))
    assert [[item.kind for item in of_day] for _, of_day in groupby(made.items, lambda item: item.day)] == [
        ["welcome", "theme", "break", "session", "lunch", "session", "break", "session"],
        ["day_opening", "session", "break", "session", "lunch", "session", "break", "session"],
        ["day_opening", "session", "break", "session", "lunch", "session", "break", "session", "evaluation"],
    ]
    numbers = [item.title["en"].split(",")[0] for item in made.items if item.kind == "session"]
    assert numbers == [f"Session {number}" for number in range(1, 12)]
    assert {left.reason for left in made.left_out} == {"level"}
    assert [line.commitment.key for item in made.items for line in item.lines] == ["X-1"]


def test_a_conference_has_sessions_and_conclusions() -> None:
    made = draft(soc_facts(meeting=soc_meeting(kind="conference", level="mixed", minutes=240), topics=()))
    assert [(item.kind, item.minutes) for item in made.items] == [
        ("welcome", 20), ("theme", 45), ("break", 15), ("session", 70), ("lunch", 60),
        ("conclusions", 20), ("next_round", 10),
    ]  # fmt: skip
    assert next(item.title["en"] for item in made.items if item.kind == "session").startswith("Session 1,")


@pytest.mark.parametrize(
    ("kind", "lunch"),
    [
        ("dialogue", {"en": "Working lunch", "nl": "Werklunch"}),
        ("conference", {"en": "Lunch", "nl": "Lunch"}),
        ("training", {"en": "Lunch", "nl": "Lunch"}),
    ],
)
def test_only_those_who_negotiate_work_at_lunch(kind: str, lunch: dict[str, str]) -> None:
    made = draft(soc_facts(meeting=soc_meeting(kind=kind, minutes=420)))
    assert [item.title for item in made.items if item.kind == "lunch"] == [lunch]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"meeting": soc_meeting(minutes=0)}, "JS-R05/5"),
        ({"meeting": soc_meeting(days=0)}, "JS-R05/5"),
        ({"commitments": (commitment("A"), commitment("A"))}, "JS-R05/5"),
        ({"commitments": (commitment("A", theme="T9"),)}, "A"),
        ({"commitments": (commitment("A", strength="shout"),)}, "A"),
        ({"commitments": (commitment("A", kind="wish"),)}, "A"),
    ],
)
def test_facts_that_cannot_be_meant_are_refused(change: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInput) as refused:
        draft(soc_facts(**change))
    assert refused.value.place == place


def test_a_first_round_has_no_earlier_one_to_compare_with() -> None:
    made = draft(soc_facts(previous=None))
    assert (
        next(item.title["en"] for item in made.items if item.kind == "actions")
        == "Where the commitments stand"
    )
    assert not any(item.unchanged for item in made.items)
    assert draft(soc_facts(previous=PreviousRound(date(2026, 3, 24)))).items[3].unchanged is False


def order(made: Draft) -> list[tuple[str, int, int]]:
    return [(item.key, item.offset, item.minutes) for item in made.items]
