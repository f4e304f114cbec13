"""The shipped programme over 2027 and 2028, planned in December 2026: what a diplomat would look at first."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import holidays
import pytest
from ruamel.yaml import YAML

from tests.journeys.house import UK_NL, House, open_house

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
YEARS = (2027, 2028)
ANNUAL = {"JS-R01", "JS-R05", "JS-R07", "JS-R10", "JS-R11", "JS-R12"}
NOT_TO_BE_PLANNED = {"JS-R03", "JS-R04", "JS-R06", "JS-R08", "JS-R09", "JS-R13"}
"""No interval is stated or set for these, or they are no meetings."""

Round = dict[str, Any]


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    opened = open_house(database_url, tmp_path, monkeypatch, NOW)
    opened.say("load", str(UK_NL))
    for year in map(str, YEARS):
        opened.say("links", "propose", "JS-R01", "JS-R12", "--year", year)
        opened.say("links", "agree", "JS-R01", "JS-R12", "--year", year, "--as", "nl")
    return opened


def days_of(placed: Round) -> list[date]:
    first, last = date.fromisoformat(placed["first"]), date.fromisoformat(placed["last"])
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def first_days(rounds: list[Round]) -> dict[str, list[date]]:
    """Return the first days by obligation, a merged round under each of its duties."""
    found: dict[str, list[date]] = defaultdict(list)
    for placed in rounds:
        for duty in placed["duties"] or [placed["round"].split("/")[0]]:
            found[duty].append(date.fromisoformat(placed["first"]))
    return {duty: sorted(days) for duty, days in found.items()}


def programme() -> Any:
    return YAML(typ="safe").load(UK_NL.read_text())


def test_a_plan_for_two_years_that_a_diplomat_can_defend(house: House) -> None:
    plan = house.read("plan", "propose", "--from", "2027-01-01", "--to", "2028-12-31")["plan"]
    rounds: list[Round] = plan["placements"]
    assert (plan["proven"], plan["unplaced"]) == (True, [])
    held = first_days(rounds)
    assert held.keys() - {"JS-R02"} == ANNUAL
    assert not held.keys() & NOT_TO_BE_PLANNED

    for duty in ANNUAL:  # once in each calendar year, and never more than fifteen months apart
        assert [day.year for day in held[duty]] == list(YEARS), duty
        assert all((later - early).days <= 15 * 30.5 for early, later in pairwise(held[duty])), duty

    closed = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    closed_too = holidays.country_holidays("NL", years=YEARS)
    every_day = [day for placed in rounds for day in days_of(placed)]
    assert [day for day in every_day if day.weekday() >= 5 or day in closed or day in closed_too] == []

    weeks = [day.isocalendar()[:2] for day in {days_of(placed)[0] for placed in rounds}]
    assert len(weeks) == len(rounds) == len(set(weeks))  # no secretariat has two of them in one week

    assert {day.month for day in held["JS-R07"]} <= {9, 10, 11}  # before the winter that it prepares for
    assert [day.weekday() for day in held["JS-R11"]] == [0, 0]
    assert {len(days_of(placed)) for placed in rounds if placed["round"].startswith("JS-R11")} == {5}

    hosts = defaultdict(list)
    for placed in sorted(rounds, key=lambda placed: placed["first"]):
        hosts[placed["round"].split("/")[0]].append(placed["host"])
    assert {frozenset(pair) for pair in hosts.values()} == {frozenset({"uk", "nl"})}
    assert hosts["JS-R10"] == ["uk", "nl"]  # the last edition on record was in The Hague


def test_ministers_meet_outside_recess_summits_and_elections_and_both_duties_on_one_day(house: House) -> None:
    plan = house.read("plan", "propose", "--from", "2027-01-01", "--to", "2028-12-31")["plan"]
    ministers = [placed for placed in plan["placements"] if placed["round"].startswith("JS-R01")]
    assert [placed["duties"] for placed in ministers] == [["JS-R01", "JS-R12"]] * 2
    rows = [row for row in programme()["closed_days"] if "ministerial" in row["levels"]]
    kinds = {row["kind"] for row in rows}
    assert {"recess", "summit", "election", "absence"} <= kinds
    touched = [
        (placed["first"], row["title"]["en"])
        for placed in ministers
        for row in rows
        if row["from"] <= date.fromisoformat(placed["first"]) <= row["until"]
    ]
    assert touched == []


def test_both_years_of_recess_summits_and_elections_are_there_and_say_when_nobody_stated_them() -> None:
    rows = programme()["closed_days"]
    for year in YEARS:
        of_the_year = [row for row in rows if row["from"].year == year]
        assert {(row["party"], row["kind"]) for row in of_the_year} >= {
            *(("uk", kind) for kind in ("recess", "summit")),
            *(("nl", kind) for kind in ("recess", "summit", "absence")),
        }
        named = {row["title"]["en"] for row in of_the_year}
        assert {"Prinsjesdag", "UN high-level week", "NATO summit"} <= named
    stated = {row["title"]["en"] for row in rows if row["basis"] == "stated"}
    assert stated == {"Prinsjesdag"}  # the one that the law gives a rule for
    assert [row["from"] for row in rows if row["title"]["en"] == "Prinsjesdag"] == [
        date(2027, 9, 21),
        date(2028, 9, 19),
    ]


def test_every_day_of_the_plan_is_printed_with_its_reasons_in_both_languages(house: House) -> None:
    plan = house.read("plan", "propose", "--from", "2027-01-01", "--to", "2028-12-31")["plan"]
    english, dutch = (house.say("plan", "show", "--language", language) for language in ("en", "nl"))
    for placed in plan["placements"]:
        for entry in (*placed["lines"], *placed["breaches"]):
            assert entry["reason"]["en"] in english
            assert entry["reason"]["nl"] in dutch
        assert placed["host_reason"]["en"] in english
        assert placed["host_reason"]["nl"] in dutch
    broken = {entry["obligation"] for placed in plan["placements"] for entry in placed["breaches"]}
    # Nothing was held in 2026: whoever begins then finds these late whatever is planned, and is told so.
    assert broken == {"JS-R01", "JS-R07", "JS-R10", "JS-R12"}
