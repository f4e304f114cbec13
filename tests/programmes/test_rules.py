"""How a programme must fit together: what holds for every programme, beyond the mistakes that have a message each."""

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.programmes.loading import SHIPPED
from scheduler.programmes.problems import Problem
from scheduler.programmes.promises import ORDER
from scheduler.programmes.rules import passages, problems
from tests.builders import SMALL, programme

NAMES = "ABCDEF"


@pytest.mark.parametrize("file", [SMALL, *sorted(SHIPPED.glob("*.yaml"))], ids=lambda file: file.stem)
def test_programmes_that_are_right_have_no_problems(file: Path) -> None:
    assert problems(programme(file)) == []


def ordered(edges: set[tuple[str, str, str]]) -> dict[str, Any]:
    """Return the small programme with six obligations, which stand to each other as ``edges`` say."""
    changed = programme(SMALL)
    plain = {**changed["obligations"][2], "relations": []}
    changed["obligations"] = [
        {
            **plain,
            "key": name,
            "relations": [
                {"type": type_, "to": to, "note": None, "basis": "stated", "lag_days": None}
                for start, type_, to in sorted(edges)
                if start == name
            ],
        }
        for name in NAMES
    ]
    changed["rounds"] = []
    return changed


@given(
    st.sets(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from([*ORDER, "overlaps", "may_discharge"]),
            st.sampled_from(NAMES),
        ).filter(lambda edge: edge[0] != edge[2]),
        max_size=9,
    )
)
def test_an_order_is_refused_when_and_only_when_it_is_circular(edges: set[tuple[str, str, str]]) -> None:
    """The standard library knows whether there is an order at all."""
    later: dict[str, set[str]] = {name: set() for name in NAMES}
    for start, type_, to in edges:
        if type_ in ORDER:
            first, second = (start, to) if ORDER[type_] == 1 else (to, start)
            later[second].add(first)
    try:
        list(TopologicalSorter(later).static_order())
        has_order = True
    except CycleError:
        has_order = False
    found = problems(ordered(edges))
    assert (found == []) is has_order
    for problem in found:
        _check_circle(problem, later)


def _check_circle(problem: Problem, later: dict[str, set[str]]) -> None:
    circle = problem.message.removeprefix("the order is circular: ").split(" before ")
    assert circle[0] == circle[-1]
    assert all(first in later[second] for first, second in pairwise(circle))


def test_a_long_chain_is_no_circle_and_takes_no_time() -> None:
    """A chain deeper than Python calls functions, with every shortcut one step long."""
    changed = ordered(set())
    plain = changed["obligations"][0]
    relation = {"type": "supports", "note": None, "basis": "stated", "lag_days": None}
    names = [f"K{number}" for number in range(1200)]
    changed["obligations"] = [
        {**plain, "key": name, "relations": [{**relation, "to": following} for following in after]}
        for name, *after in zip(
            names, [*names[1:], names[-2]], [*names[2:], names[-3], names[-4]], strict=True
        )
    ]
    assert [problem.steps for problem in problems(changed)] == [("obligations", 1198, "relations")]


MONTHS = st.lists(st.integers(1, 12), min_size=1, unique=True)


@given(times=st.integers(2, 12), months=MONTHS)
def test_a_window_that_leaves_room_for_every_round_is_accepted(times: int, months: list[int]) -> None:
    """Rounds 12/n months apart fit when no gap between open months is longer than what breaks the promise."""
    changed = programme(SMALL)
    roof = changed["obligations"][1]
    roof["cadence"]["times"], roof["window"] = times, {"months": months}
    opened = sorted(months)
    gaps = [after - before - 1 for before, after in zip(opened, [*opened[1:], opened[0] + 12], strict=True)]
    assert (problems(changed) == []) is (max(gaps) <= 18 / times)


def test_passages_are_found_wherever_they_stand() -> None:
    changed = programme(SHIPPED / "uk_nl.yaml")
    evidence = [steps for steps, _ in passages(changed, "obligations") if "evidence" in steps]
    assert evidence == [("obligations", 4, "evidence", 0)]


LIMITS = {
    "weeks and months": (
        "preferred",
        {"months": [3], "weeks": [11]},
        "preferred: names both months and weeks",
    ),
    "a place at home": (
        "host",
        {"rule": "either", "next": None, "party": None, "place": {"en": "Brussels"}, "zone": None},
        "host, place: is given, and the rule is either",
    ),
    "days after a supporter": (
        "relations",
        [{"type": "supports", "to": "ROOF", "note": None, "basis": "stated", "lag_days": 3}],
        "relations, 0, lag_days: supports keeps no days apart",
    ),
}


@pytest.mark.parametrize(("field", "value", "said"), LIMITS.values(), ids=LIMITS)
def test_what_planning_could_not_use_is_refused(field: str, value: object, said: str) -> None:
    given = programme(SMALL)
    given["obligations"][0][field] = value
    found = [(", ".join(map(str, problem.steps[2:])), problem.message) for problem in problems(given)]
    assert [": ".join(each) for each in found] == [said]


def test_an_office_is_not_at_ease_with_more_than_it_can_bear() -> None:
    given = programme(SMALL)
    given["parties"][0]["offices"][0]["capacity"] = {"meetings_a_week": 1, "comfortable": 2}
    assert [problem.message for problem in problems(given)] == ["is more than the office can bear"]
