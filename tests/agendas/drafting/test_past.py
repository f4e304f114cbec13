"""What the last round's agenda means for the next draft: what was left over, said, or only repeated; and who opens."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from agendas.commitments.rules import OPEN
from agendas.drafting.draft import Draft, Item
from agendas.drafting.facts import Facts, PastItem, PreviousRound, Theme
from agendas.drafting.leads import BY_TURN
from agendas.drafting.rules import draft
from tests.agendas.drafting.ledgers import KEYS, THEMES, TODAY, facts
from tests.agendas.drafting.soc import BOTH, ROUND_FOUR, commitment, progress, soc_facts, soc_meeting

past_items = st.builds(
    PastItem,
    key=st.sampled_from([f"{start}theme/{theme}" for theme in THEMES for start in ("", "written/")]),
    wanted=st.sampled_from((None, "decide", "steer", "note")),
    commitments=st.lists(st.sampled_from(KEYS), max_size=4, unique=True).map(tuple),
    kind=st.just("theme"),
    lead=st.sampled_from((None, "uk", "nl", "elsewhere")),
    result=st.sampled_from((None, "decided", "steer", "noted", "not_reached")),
    said_last=st.sampled_from(({}, {"en": "said"})),
)
rounds = st.builds(
    PreviousRound,
    day=st.integers(1, 800).map(lambda days: TODAY - timedelta(days=days)),
    agenda=st.none() | st.lists(past_items, max_size=4, unique_by=lambda item: item.key).map(tuple),
    deferred=st.lists(st.sampled_from(KEYS), max_size=3, unique=True).map(tuple),
)


@settings(max_examples=80)
@given(facts, rounds)
def test_whatever_the_last_round_was_everything_open_stands_once_and_each_day_is_full(
    ledger: Facts, previous: PreviousRound
) -> None:
    made = draft(replace(ledger, previous=previous))
    still_open = [one.key for one in ledger.commitments if one.status in OPEN]
    assert sorted(made.commitment_keys()) == sorted(still_open)
    minutes = Counter[int]()
    for item in made.items:
        minutes[item.day] += item.minutes
    assert dict(minutes) == dict.fromkeys(range(ledger.meeting.days), ledger.meeting.minutes)
    left_over = previous.left_over()
    assert [left.line.commitment.key for left in made.left_out if left.line.commitment.key in left_over] == []


def test_what_was_not_reached_comes_first_and_says_so_even_before_what_is_late() -> None:
    themes = tuple(Theme(key, {"en": key, "nl": key}, BOTH) for key in ("T1", "T2"))
    late, calm = commitment("A", theme="T1", due=date(2027, 1, 1)), commitment("B", theme="T2")
    missed = PastItem("theme/T2", "note", ("B",), result="not_reached")
    found = subjects(
        soc_facts(
            themes=themes,
            topics=(),
            commitments=(late, calm),
            previous=PreviousRound(ROUND_FOUR, agenda=(missed,)),
        )
    )
    assert [item.key for item in found] == ["theme/T2", "theme/T1"]
    assert found[0].reasons[0] == {
        "en": "Left over from the round of 24 March 2026",
        "nl": "Over van de ronde van 24 maart 2026",
    }


def test_what_both_sides_left_for_a_later_round_is_on_this_one_and_takes_its_minutes_first() -> None:
    kept = (commitment("A", due=date(2027, 1, 1)), commitment("B", kind="political_position"))
    for deferred, treated in (((), ["A"]), (("B",), ["B"])):
        previous = PreviousRound(ROUND_FOUR, deferred=deferred)
        made = draft(
            soc_facts(topics=(), progress=(), silences=(), commitments=kept, previous=previous,
                      meeting=soc_meeting(minutes=1))
        )  # fmt: skip
        assert [line.commitment.key for item in made.items for line in item.lines] == treated


def test_a_topic_without_commitments_that_was_not_reached_is_not_crowded_out() -> None:
    plain = soc_facts(meeting=soc_meeting(minutes=15))
    crowded = "topic/JS-R05/continued-offending-in-detention"
    assert crowded not in [item.key for item in draft(plain).items]
    missed = PreviousRound(ROUND_FOUR, agenda=(PastItem(crowded, "steer", (), result="not_reached"),))
    assert [item.key for item in subjects(replace(plain, previous=missed))].count(crowded) == 1


def test_what_was_said_last_time_stands_with_its_day_below_what_was_said_since() -> None:
    past = PastItem(
        "theme/JS-T3", "steer", (), result="steer", said_last={"en": "Look at ports.", "nl": "Havens."}
    )
    since = progress("NEW", day=date(2026, 9, 1), obligations=("JS-R05",))
    [theme] = [
        item
        for item in draft(
            soc_facts(progress=(since,), previous=PreviousRound(ROUND_FOUR, agenda=(past,)))
        ).items
        if item.key == "theme/JS-T3"
    ]
    assert [(note.day, note.text) for note in theme.progress] == [
        (
            ROUND_FOUR,
            {
                "en": "Last round: steer given. Look at ports.",
                "nl": "Vorige ronde: richting gegeven. Havens.",
            },
        )
    ]


def test_an_item_that_went_round_in_writing_last_time_is_the_same_item() -> None:
    missed = PastItem("written/theme/JS-T3", "steer", ("JS-C26",), result="noted")
    made = draft(soc_facts(previous=PreviousRound(ROUND_FOUR, agenda=(missed,))))
    [theme] = [item for item in made.items if item.key == "theme/JS-T3"]
    assert [note.text["en"] for note in theme.progress] == ["Last round: noted."]


@settings(max_examples=25)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=6), st.sampled_from((0, 1)))
def test_over_several_rounds_neither_side_opens_more_than_one_subject_more(
    counts: Sequence[int], first: int
) -> None:
    opened = Counter[str]()
    previous: PreviousRound | None = None
    for number, count in enumerate(counts):
        themes = tuple(Theme(f"T{index}", {"en": f"T{index}"}, BOTH) for index in range(count))
        host = ("uk", "nl")[(number + first) % 2]
        made = draft(
            soc_facts(
                themes=themes,
                topics=(),
                progress=(),
                silences=(),
                commitments=tuple(
                    commitment(f"C{index}", theme=theme.key) for index, theme in enumerate(themes)
                ),
                previous=previous,
                meeting=soc_meeting(host=host, minutes=240),
            )
        )
        opened.update(item.lead for item in made.items if item.kind in BY_TURN and item.lead)
        assert abs(opened["uk"] - opened["nl"]) <= 1
        previous = as_past(made)


def subjects(known: Facts) -> list[Item]:
    return [item for item in draft(known).items if item.kind in BY_TURN]


def as_past(made: Draft) -> PreviousRound:
    items = (
        PastItem(
            item.key, item.wanted, tuple(line.commitment.key for line in item.lines), item.kind, item.lead
        )
        for item in made.items
    )
    return PreviousRound(ROUND_FOUR, agenda=tuple(items))
