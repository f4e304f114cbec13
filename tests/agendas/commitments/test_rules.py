"""Whose consent and which grounds a change of a commitment needs."""

import pytest

from agendas.commitments.rules import (
    OPEN,
    STATUSES,
    Evidence,
    StatusChange,
    check_merge,
    read_evidence,
    require_grounds,
    ruling,
)
from agendas.commitments.wording import word
from scheduler.errors import BadInput, Conflict
from tests.builders import refusal

PARTIES = ("uk", "nl")
BOTH = frozenset(PARTIES)
JOINT = {"uk": ["fcdo"], "nl": ["bz"]}
OURS = {"uk": ["fcdo"], "nl": []}


@pytest.mark.parametrize("owners", [JOINT, {}], ids=["both", "nobody"])
@pytest.mark.parametrize("before", OPEN)
@pytest.mark.parametrize("after", ["delivered", "merged", "dropped"])
def test_what_both_promised_is_closed_by_both(owners: dict[str, list[str]], before: str, after: str) -> None:
    assert ruling(before, after, owners, PARTIES, "uk").sides == BOTH
    assert ruling(after, "open", owners, PARTIES, "uk").sides == BOTH


@pytest.mark.parametrize("acting", PARTIES)
def test_what_one_side_promised_it_closes_and_either_opens_again(acting: str) -> None:
    assert ruling("open", "delivered", OURS, PARTIES, acting).sides == {"uk"}
    assert ruling("open", "merged", OURS, PARTIES, acting).sides == {"uk"}
    assert ruling("delivered", "open", OURS, PARTIES, acting).sides == {acting}


@pytest.mark.parametrize("owners", [JOINT, OURS, {}])
def test_nobody_drops_alone_nor_takes_that_back_alone(owners: dict[str, list[str]]) -> None:
    assert ruling("open", "dropped", owners, PARTIES, "uk").sides == BOTH
    assert ruling("dropped", "open", owners, PARTIES, "uk").sides == BOTH


def test_how_the_work_stands_an_owner_says_alone() -> None:
    assert ruling("open", "blocked", JOINT, PARTIES, "nl").sides == {"nl"}
    assert ruling("open", "in_progress", OURS, PARTIES, "uk").sides == {"uk"}
    assert ruling("open", "in_progress", OURS, PARTIES, "nl").sides == {"uk"}


@pytest.mark.parametrize("status", STATUSES)
def test_no_change_is_none(status: str) -> None:
    said = refusal(Conflict, ruling, status, status, JOINT, PARTIES, "uk")
    assert said == f"its status is “{word(status, 'en')}” already"


@pytest.mark.parametrize("before", ["delivered", "merged", "dropped"])
def test_an_end_leads_back_to_open_only(before: str) -> None:
    other = "dropped" if before != "dropped" else "delivered"
    said = refusal(Conflict, ruling, before, other, JOINT, PARTIES, "uk")
    assert said == f"its status is “{word(before, 'en')}”, which is an end (open it again first)"


@pytest.mark.parametrize(
    ("change", "before", "place"),
    [
        (StatusChange("delivered"), "open", "evidence"),
        (StatusChange("merged"), "open", "into"),
        (StatusChange("blocked"), "open", "reason"),
        (StatusChange("dropped"), "open", "reason"),
        (StatusChange("open"), "delivered", "reason"),
        (StatusChange("finished"), "open", "status"),
    ],
)
def test_a_change_needs_its_grounds(change: StatusChange, before: str, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        require_grounds(change, before)
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("change", "before"),
    [
        (StatusChange("delivered", evidence="https://a.example"), "open"),
        (StatusChange("merged", into="C2"), "open"),
        (StatusChange("in_progress"), "blocked"),
        (StatusChange("open", reason="not so"), "delivered"),
    ],
)
def test_with_its_grounds_it_passes(change: StatusChange, before: str) -> None:
    require_grounds(change, before)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("in_progress", "in_progress", "de status is al “in uitvoering”"),
        (
            "dropped",
            "delivered",
            "de status is “door beide vervallen verklaard”, en dat is een eindpunt (open de afspraak eerst opnieuw)",
        ),
    ],
)
def test_a_status_is_said_by_its_word_in_dutch(before: str, after: str, said: str) -> None:
    with pytest.raises(Conflict) as refused:
        ruling(before, after, JOINT, PARTIES, "uk")
    assert refused.value.line("nl") == said


def test_a_merge_loses_nobody_who_answers() -> None:
    check_merge("C1", "C2", "open", BOTH, frozenset({"uk"}))
    assert refusal(Conflict, check_merge, "C1", "C1", "open", BOTH, BOTH).startswith("a commitment cannot")
    said = refusal(Conflict, check_merge, "C1", "C2", "dropped", BOTH, BOTH)
    assert said == "C2 is dropped by both, so C1 would end with it (merge it into an open one)"
    said = refusal(Conflict, check_merge, "C1", "C2", "open", frozenset({"uk"}), BOTH)
    assert said.startswith("C2 is not owned by nl")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("document:SR#Progress: all", Evidence("document", "SR", "Progress: all")),
        ("meeting:0f", Evidence("meeting", "0f")),
        (" https://a.example/b ", Evidence("address", "https://a.example/b")),
    ],
)
def test_evidence_is_read_and_written(typed: str, expected: Evidence) -> None:
    assert read_evidence(typed) == expected
    assert read_evidence(str(expected)) == expected


@pytest.mark.parametrize(
    "typed",
    ["", "see mail", "javascript:alert(1)", "https://", "https://a:b@c.example", "document:", "x" * 600],
)
def test_evidence_that_nobody_can_follow_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_evidence(typed)
    assert caught.value.place == "evidence"
