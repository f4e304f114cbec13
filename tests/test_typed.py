"""What people type: what is taken, what is refused, and what is left of it on one line."""

from datetime import date

import pytest

from scheduler.errors import BadInput
from scheduler.typed import day_typed, on_one_line, require_readable


def test_what_is_typed_steers_no_terminal() -> None:
    assert on_one_line(" An\x1b]0;yours\x07 old\r\n\u202ereason – één ") == "An ]0;yours old reason – één"
    assert on_one_line("\x1b\n") == ""


@pytest.mark.parametrize("typed", ["a line\nand another", "naïef\u00a0teken", "👩\u200d⚖️", "x" * 20])
def test_what_people_type_may_hold_whatever_can_be_read(typed: str) -> None:
    require_readable(typed, "note", 20)


@pytest.mark.parametrize("typed", ["null\x00", "escape\x1b[2J", "half a pair \ud83d", "x" * 21])
def test_control_characters_and_what_is_too_long_are_refused_by_name(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        require_readable(typed, "note", 20)
    assert refused.value.place == "note"


def test_a_day_is_read_as_it_is_typed_everywhere() -> None:
    assert day_typed(" 2027-02-01 ", "due") == date(2027, 2, 1)


@pytest.mark.parametrize("typed", ["", "soon", "1 February 2027", "2027-02-30"])
def test_what_is_no_day_is_refused_in_both_languages_by_name(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        day_typed(typed, "due")
    assert [refused.value.line("en"), refused.value.line("nl")] == [
        f"due: {typed!r} is no date (write it as 2027-02-01)",
        f"due: {typed!r} is geen datum (schrijf de datum als 2027-02-01)",
    ]
