"""How paragraphs are counted: under the heading that is named, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.sources.rules import paragraph_at

HEADINGS = (30, 90)
PARAGRAPHS = (0, 20, 40, 60, 100)
"""A preamble of two paragraphs, a heading with two, a heading with one."""


@pytest.mark.parametrize(
    ("offset", "heading", "number"),
    [
        (0, None, 1),
        (29, None, 2),
        (30, "Crime", None),
        (39, "Crime", None),
        (40, "Crime", 1),
        (59, "Crime", 1),
        (60, "Crime", 2),
        (89, "Crime", 2),
        (90, "Trade", None),
        (5000, "Trade", 1),
        (None, "Crime", None),
        (60, None, None),
        (20, "Crime", None),
    ],
)
def test_the_paragraph_of_an_offset(offset: int | None, heading: str | None, number: int | None) -> None:
    assert paragraph_at(offset, heading, HEADINGS, PARAGRAPHS) == number


@pytest.mark.parametrize(("heading", "number"), [(None, 4), ("Crime", None)])
def test_a_text_without_headings_is_counted_from_its_beginning(
    heading: str | None, number: int | None
) -> None:
    assert paragraph_at(60, heading, (), PARAGRAPHS) == number


@pytest.mark.parametrize("headings", [(), HEADINGS])
def test_what_states_no_paragraphs_has_none(headings: tuple[int, ...]) -> None:
    assert paragraph_at(60, "Crime" if headings else None, headings, ()) is None


@settings(max_examples=60)
@given(st.lists(st.sampled_from("hp"), max_size=12))
def test_numbers_begin_at_one_under_each_heading_and_go_up_by_one(parts: list[str]) -> None:
    headings = [place for place, part in enumerate(parts) if part == "h"]
    paragraphs = [place for place, part in enumerate(parts) if part == "p"]
    number, heading = 0, None
    for place, part in enumerate(parts):
        number, heading = (0, "Crime") if part == "h" else (number + 1, heading)
        assert paragraph_at(place, heading, headings, paragraphs) == (number or None)
