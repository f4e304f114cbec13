"""Who acts: one side, or the operator, who acts for none."""

import pytest

from scheduler.actor import operator, side


def test_a_side_acts_for_itself() -> None:
    desk = side("uk", "FCDO desk")
    assert (desk.party, desk.side, desk.name, desk.is_operator) == ("uk", "uk", "FCDO desk", False)


def test_the_operator_acts_for_no_side() -> None:
    assert (operator().party, operator().is_operator) == (None, True)
    with pytest.raises(ValueError, match="acts for no side"):
        _ = operator().side
