"""The report as ministers read it: its parts in order, and each claim with the source that it rests on."""

from datetime import date, timedelta
from typing import Any

import pytest

from agendas.rendering.formats import render
from agendas.reports.paper import compose
from agendas.reports.rules import Ahead, Claim, Facts, report
from scheduler.words import LANGUAGES, Words
from tests.agendas.reports.test_rules import FIRST, LAST, entry, promised


def told(text: str) -> Words:
    return {language: f"{text} ({language})" for language in LANGUAGES}


HELD = promised(
    "R1",
    title=told("Dialogue"),
    source=told("Statement, 1"),
    held=(Claim(date(2026, 3, 24), {}, told("Release, 2")),),
)
NEWS: dict[str, Any] = {
    "notes": (Claim(date(2026, 5, 1), told("Ports were searched."), told("Minutes, 3")),),
    "silences": (Claim(None, told("No word of the south."), told("Release, 4")),),
}
FACTS = Facts(
    FIRST,
    LAST,
    (HELD, promised("R2", title=told("Late dialogue"), source={}, due=date(2026, 12, 1))),
    (("T1", told("Crime")),),
    (
        entry("C1", text=told("Search ports."), source=told("Statement, 5"), **NEWS),
        entry(
            "C2",
            text=told("Share lists."),
            source=told("Record, 6"),
            status="delivered",
            decided_on=date(2026, 6, 1),
            evidence=told("Letter, 7"),
            is_founding=False,
            since=date(2026, 2, 1),
        ),
        entry("C3", text=told("Meet."), source={}, due=date(2026, 6, 1)),
    ),
    rounds_ahead=(Ahead(date(2027, 3, 1), "agreed", "R1", told("Dialogue")),),
)


def parts(language: str) -> dict[str, list[str]]:
    """Return the lines under each heading of the second level."""
    written = render(compose(report(FACTS), told("A–B"), (), (), language), "md").decode()
    found = [part.splitlines() for part in written.split("\n## ")]
    return {heading: [line.strip() for line in lines if line] for heading, *lines in found}


def test_it_says_first_that_it_binds_nobody_and_then_what_is_asked_and_what_comes() -> None:
    english, dutch = (parts(language) for language in ("en", "nl"))
    assert "**This report is not legally binding.**" in english["Report to the ministers"]
    assert "**Deze rapportage is niet juridisch bindend.**" in dutch["Rapportage aan de ministers"]
    assert list(english)[1:] == [
        "At a glance",
        "Decisions asked of the ministers",
        "The next twelve months",
        "What was owed, and what was held",
        "Commitments by theme",
        "New in this year",
        "What this report rests on",
    ]
    assert len(dutch) == len(english)
    assert english["Decisions asked of the ministers"] == [
        "**1. Decide on what has slipped: a new day, help, or an end.**",
        "- **C3** Meet. (en)",
        "**2. Have a date agreed for what is due within twelve months and has none.**",
        "- **R1** Dialogue (en)",
        "- **R2** Late dialogue (en)",
    ]
    assert dutch["De komende twaalf maanden"] == [
        "- 1 december 2026",
        "- Wat: **R2** Late dialogue (nl)",
        "- Stand: uiterste datum verstreken; nog geen datum afgesproken",
        "- 1 maart 2027",
        "- Wat: **R1** Dialogue (nl)",
        "- Stand: door beide zijden afgesproken",
    ]


def test_each_claim_stands_with_its_source_and_one_without_says_so() -> None:
    found = parts("en")
    said = [
        line.partition(": ")[2]
        for name in ("What was owed, and what was held", "Commitments by theme", "New in this year")
        for line in found[name]
        if line.startswith(("- Obligation:", "- Rounds", "- Commitment", "- Source"))
    ]
    assert said == [
        "**Dialogue (en)**; annual · Statement, 1 (en);",
        (
            "**held on 24 March 2026**; Release, 2 (en); 282 days since the round of 24 March 2026; "
            "*due by 3 December 2026*"
        ),
        "**Late dialogue (en)**; annual · *no source given*;",
        "No round on record; *due by 1 December 2026*",
        (
            "Search ports. (en); Statement, 5 (en); 1 May 2026: Ports were searched. (en) · Minutes, 3 (en); "
            "*No news:* No word of the south. (en) · Release, 4 (en)"
        ),
        "Share lists. (en); Record, 6 (en); 1 June 2026: Recorded as delivered · Letter, 7 (en)",
        "Meet. (en); *no source given*",
        "Share lists. (en); promised on 1 February 2026",
        "Record, 6 (en)",
    ]


@pytest.mark.parametrize(("days", "expected"), [(365, ["R1"]), (367, [])])
def test_the_next_twelve_months_end_after_a_year(days: int, expected: list[str]) -> None:
    coming = Ahead(LAST + timedelta(days=days), "agreed", "R1", told("Dialogue"))
    assert [
        ahead.key for ahead in report(Facts(FIRST, LAST, (), (), (), rounds_ahead=(coming,))).ahead
    ] == expected
