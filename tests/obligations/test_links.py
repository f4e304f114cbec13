"""Linked duties: what a round counts for in a year, by whose decision."""

from datetime import UTC, date, datetime

import pytest

from scheduler.obligations.consents import Consent
from scheduler.obligations.links import DutyLinkFacts, discharged

THEN = datetime(2027, 2, 1, tzinfo=UTC)
UK = Consent("uk", "UK secretariat", THEN)


def link(year: int = 2027, *, agreed: bool = True, ended: bool = False) -> DutyLinkFacts:
    return DutyLinkFacts("A", "B", year, 1, (UK,), THEN if agreed else None, UK if ended else None)


@pytest.mark.parametrize(
    ("duties", "day", "links", "expected"),
    [
        (("A",), date(2027, 10, 5), [link()], ("A", "B")),
        (("A",), date(2027, 1, 1), [link()], ("A", "B")),
        (("A",), date(2027, 12, 31), [link()], ("A", "B")),
        (("A",), date(2028, 1, 1), [link()], ("A",)),
        (("A",), None, [link()], ("A",)),
        (("B",), date(2027, 10, 5), [link()], ("B",)),
        (("A", "B"), date(2027, 10, 5), [link()], ("A", "B")),
        (("C", "A"), date(2027, 10, 5), [link()], ("C", "A", "B")),
        (("A",), date(2027, 10, 5), [link(agreed=False)], ("A",)),
        (("A",), date(2027, 10, 5), [link(ended=True)], ("A",)),
        (("A",), date(2027, 10, 5), [link(ended=True), link()], ("A", "B")),
        (("A",), date(2027, 10, 5), [link(2026), link(2028)], ("A",)),
    ],
)
def test_what_a_round_counts_for(
    duties: tuple[str, ...], day: date | None, links: list[DutyLinkFacts], expected: tuple[str, ...]
) -> None:
    assert discharged(duties, day, links) == expected


def test_links_do_not_chain() -> None:
    further = DutyLinkFacts("B", "C", 2027, 1, (UK,), THEN, None)
    assert discharged(("A",), date(2027, 10, 5), [link(), further]) == ("A", "B")


@pytest.mark.parametrize(
    ("agreed", "ended", "in_force", "proposed"),
    [
        (False, False, False, True),
        (True, False, True, False),
        (True, True, False, False),
        (False, True, False, False),
    ],
)
def test_a_link_is_proposed_then_in_force_then_ended(
    *, agreed: bool, ended: bool, in_force: bool, proposed: bool
) -> None:
    found = link(agreed=agreed, ended=ended)
    assert (found.in_force, found.is_proposed) == (in_force, proposed)
