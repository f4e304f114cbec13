import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from agendas.drafting.facts import Commitment, Facts, NextRound, PastItem, PreviousRound, Silence, Theme
from agendas.drafting.rules import draft
from agendas.drafting.selection import KIND_WEIGHT, STRENGTH_WEIGHT, URGENCY_WEIGHT, judge, leave_out, weighed
from tests.agendas.drafting.soc import ROUND_FOUR, commitment, progress, soc_facts, soc_meeting

EARLIER = date(2025, 1, 29)
NEWS = progress("P", commitments=("A",))
OLD_NEWS = progress("P", day=EARLIER, commitments=("A",))
SILENCE = Silence("A", {"en": "nothing on the coast", "nl": "niets over de kust"}, ROUND_FOUR)


@pytest.mark.parametrize(
    ("changes", "facts", "urgency", "wanted", "reason"),
    [
        ({"due": date(2027, 2, 9)}, {}, "overdue", "decide", "Overdue since 9 February 2027"),
        ({"due": date(2027, 2, 10)}, {}, "due_soon", "steer", "Due 10 February 2027, before the next round"),
        ({"due": date(2028, 3, 23)}, {}, "due_soon", "steer", "Due 23 March 2028, before the next round"),
        ({"due": date(2028, 3, 24)}, {}, "no_news", "steer", "No news since 24 March 2026"),
        ({"due": date(2028, 3, 23)}, {"next_round": NextRound()}, "no_news", "steer", "No news since 24 March 2026"),
        ({"due": date(2027, 3, 23)}, {"next_round": NextRound()}, "due_soon", "steer",
         "Due 23 March 2027, before the next round"),
        ({"status": "blocked"}, {}, "blocked", "decide", "Blocked"),
        ({}, {}, "no_news", "steer", "No news since 24 March 2026"),
        ({}, {"previous": None}, "no_news", "steer", "No news on record"),
        ({}, {"progress": (NEWS,)}, "news", "note", "Progress reported"),
        ({}, {"progress": (OLD_NEWS,)}, "no_news", "steer", "No news since 24 March 2026"),
        ({}, {"progress": (NEWS,), "silences": (SILENCE,)}, "no_news", "steer", "Part of it without news"),
        ({"strength": "explore"}, {"progress": (NEWS,)}, "news", "steer", "Progress reported"),
    ],
)  # fmt: skip
def test_urgency_and_what_is_wanted_follow_from_the_facts(
    changes: dict[str, Any], facts: dict[str, Any], urgency: str, wanted: str, reason: str
) -> None:
    [line] = judge(alone(commitment("A", **changes), **facts))
    assert (line.urgency, line.wanted, line.reason["en"]) == (urgency, wanted, reason)


def test_everything_since_the_last_round_was_said_last_the_newest_first() -> None:
    later = progress("Q", day=date(2026, 9, 1), commitments=("A",))
    [line] = judge(alone(commitment("A"), progress=(OLD_NEWS, NEWS, later)))
    assert ([note.day for note in line.said], line.has_news) == ([date(2026, 9, 1), ROUND_FOUR], True)


def test_without_news_the_last_thing_said_before_is_kept() -> None:
    older = progress("O", day=date(2024, 1, 1), commitments=("A",))
    [line] = judge(alone(commitment("A"), progress=(older, OLD_NEWS)))
    assert ([note.day for note in line.said], line.has_news) == ([EARLIER], False)


def test_urgency_outweighs_strength_and_strength_outweighs_kind() -> None:
    heaviest_kind, heaviest_strength = max(KIND_WEIGHT.values()), max(STRENGTH_WEIGHT.values())
    assert smallest_step(STRENGTH_WEIGHT.values()) > heaviest_kind
    assert smallest_step(URGENCY_WEIGHT.values()) > heaviest_strength + heaviest_kind


def test_lines_come_by_weight_then_by_due_day_then_in_the_order_of_the_facts() -> None:
    given = (
        commitment("A"),
        commitment("B", strength="will"),
        commitment("C", due=date(2026, 5, 1)),
        commitment("D", due=date(2026, 4, 1)),
        commitment("E"),
    )
    assert [
        line.commitment.key for line in judge(soc_facts(topics=(), commitments=given, progress=()))
    ] == list("DCBAE")


POSITION = {"kind": "political_position"}
BOTH_SIDES = frozenset({"uk", "nl"})


@pytest.mark.parametrize(
    ("changes", "facts", "because"),
    [
        ({}, {}, None),
        (POSITION, {}, ("position", "Political position without news since 24 March 2026")),
        (POSITION, {"previous": None}, ("position", "Political position without news")),
        (POSITION, {"progress": (NEWS,)}, None),
        (POSITION, {"silences": (SILENCE,)}, None),
        (POSITION | {"status": "blocked"}, {}, None),
        (POSITION | {"due": date(2026, 1, 1)}, {}, None),
        ({"deferred_by": frozenset({"uk"})}, {}, None),
        ({"deferred_by": BOTH_SIDES}, {}, ("deferred", "Deferred by both sides")),
        ({"deferred_by": BOTH_SIDES, "due": date(2026, 1, 1)}, {}, None),
        (POSITION, {"progress": (NEWS,), "meeting": soc_meeting(level="expert")},
         ("level", "Not for this level: experts take no political positions")),
        ({}, {"meeting": soc_meeting(kind="training")},
         ("level", "Not for this level: a training negotiates no commitments")),
        ({"due": date(2026, 1, 1)}, {"meeting": soc_meeting(kind="training")}, None),
    ],
)  # fmt: skip
def test_a_commitment_is_left_out_only_for_a_reason_of_the_closed_list(
    changes: dict[str, Any], facts: dict[str, Any], because: tuple[str, str] | None
) -> None:
    given = alone(commitment("A", **changes), **facts)
    kept, left = leave_out(judge(given), given)
    assert [(one.reason, one.because["en"]) for one in left] == ([because] if because else [])
    assert len(kept) + len(left) == 1


def test_of_one_matter_only_the_weightiest_is_treated() -> None:
    given = soc_facts(
        topics=(),
        progress=(),
        commitments=(
            commitment("A", same_matter_as=("B",)),
            commitment("B", strength="will"),
            commitment("C", same_matter_as=("A",)),
            commitment("D"),
        ),
    )
    kept, left = leave_out(judge(given), given)
    assert [line.commitment.key for line in kept] == ["B", "D"]
    assert [(one.line.commitment.key, one.because["en"]) for one in left] == [
        ("A", "Covered by B, on the same matter"),
        ("C", "Covered by B, on the same matter"),
    ]


def test_a_commitment_says_what_it_weighs_and_why() -> None:
    missed = PreviousRound(
        ROUND_FOUR, agenda=(PastItem("theme/JS-T3", "steer", ("A",), result="not_reached"),)
    )
    [line] = judge(alone(commitment("A", status="blocked"), previous=missed))
    assert weighed(line) == {
        "en": "Weight 1212 = 200 (Blocked) + 10 (reaffirm) + 2 (continuing cooperation) "
        "+ 1000 (left over from the last round)",
        "nl": "Gewicht 1212 = 200 (Geblokkeerd) + 10 (bevestigen) + 2 (doorlopende samenwerking) "
        "+ 1000 (over van de vorige ronde)",
    }
    sums = [int(number) for number in re.findall(r"\d+", weighed(line)["en"])]
    assert sums[0] == sum(sums[1:]) == line.weight


def test_pressing_commitments_take_turns_so_that_none_of_the_subjects_is_crowded_out() -> None:
    late = [commitment(f"A{number}", theme="T1", due=date(2026, 1, 1)) for number in range(30)]
    facts = soc_facts(
        themes=(Theme("T1", {"en": "Full"}), Theme("T2", {"en": "Small"})),
        topics=(),
        commitments=(*late, commitment("B", theme="T2", strength="welcome", due=date(2027, 2, 1))),
        meeting=soc_meeting(minutes=60),
    )
    made = draft(facts)
    assert [(item.key, len(item.lines)) for item in made.items if item.lines] == [
        ("theme/T1", 3),
        ("theme/T2", 1),
    ]
    assert [(item.key, item.title["en"], len(item.lines)) for item in made.written_procedure] == [
        ("written/theme/T1", "Full: other commitments", 27)
    ]


def smallest_step(weights: Iterable[int]) -> int:
    return min(after - before for before, after in pairwise(sorted(weights)))


def alone(one: Commitment, **changes: Any) -> Facts:
    plain = soc_facts(topics=(), progress=(), silences=(), previous=PreviousRound(ROUND_FOUR))
    return replace(plain, commitments=(one,), **changes)


def test_what_was_promised_after_the_last_round_has_no_news_since_then() -> None:
    facts = soc_facts(
        topics=(), progress=(), silences=(), commitments=(replace(commitment("A"), since=date(2026, 9, 1)),)
    )
    assert [line.reason["en"] for line in judge(facts)] == ["No news on record"]
