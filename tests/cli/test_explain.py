"""`dialogues explain date` on the shipped programme, planned by the UK on 21 November 2026."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from scheduler.programmes.loading import SHIPPED
from tests.builders import load_files
from tests.cli.terminal import Terminal

WHY = """\
JS-R05/2027-1  Tuesday 30 March 2027
  Serious and Organised Crime (SOC) Dialogue
  Host: United Kingdom; its turn to host: no host of the last round is on record; the programme names London (assumed)
       12  6 days from the aim, Wednesday 24 March 2027
  Price of the whole plan: {price}

Next best, all other rounds staying
       +2  Wednesday 31 March 2027 (whole plan {first})
       +4  Thursday 1 April 2027 (whole plan {second})
      +14  Friday 2 April 2027 (whole plan {third})
Other days that the rules permit: 65, from Monday 22 March 2027 to Wednesday 30 June 2027

When a date must be fixed
  Counted from Tuesday 24 March 2026.
  Amber: unless both sides agree a date by Tuesday 24 November 2026; from the next day the save-the-date is due.
  Red: unless a round is held by Thursday 24 June 2027. The last day that the rules permit is Thursday 24 June 2027; \
with 17 weeks’ notice it must be fixed by Thursday 25 February 2027.
"""


@pytest.fixture
def desk(engine: Engine, database_url: str, tmp_path: Path) -> Terminal:
    """A fresh database of either kind with the shipped programme and one plan of the UK."""
    load_files(engine, SHIPPED / "uk_nl.yaml")
    desk = Terminal(tmp_path, database_url, side="uk")
    desk.says("plan", "propose", "--from", "2027-01-01", "--to", "2027-06-30", "--on", "2026-11-21")
    return desk


def test_why_a_day(desk: Terminal) -> None:
    said = json.loads(desk.says("explain", "date", "JS-R05", "--json"))
    price = said["price"]
    assert [other["price"] - price for other in said["next_best"]] == [2, 4, 14]
    assert said["asked"] is None
    expected = WHY.format(price=price, first=price + 2, second=price + 4, third=price + 14)
    assert desk.says("explain", "date", "JS-R05/2027-1", "--plan", said["plan"]) == expected


def test_why_not_another(desk: Terminal) -> None:
    closed = desk.says("explain", "date", "JS-R05", "2027-03-29", "--language", "nl").splitlines()
    assert closed[0] == "JS-R05/2027-1  dinsdag 30 maart 2027"
    assert closed[3] == "maandag 29 maart 2027: niet mogelijk"
    assert [line.partition(":")[0] for line in closed[4:]] == [
        "  maandag 29 maart 2027 is gesloten (Verenigd Koninkrijk)",
        "  maandag 29 maart 2027 is gesloten (Nederland)",
    ]
    dearer = desk.says("explain", "date", "JS-R05", "2027-03-25").splitlines()
    assert dearer[3].startswith("Thursday 25 March 2027: possible; the whole plan would cost ")
    crowded = "meetings in the week of Monday 22 March 2027; comfortable: 1"
    assert dearer[4:] == [
        "       +2  1 day from the aim, Wednesday 24 March 2027",
        f"      +30  Ministry of Foreign Affairs has 2 {crowded}",
        f"      +30  Foreign, Commonwealth and Development Office has 2 {crowded}",
        "      -12  6 days from the aim, Wednesday 24 March 2027",
    ]
    same = desk.says("explain", "date", "JS-R05", "2027-03-30", "--language", "nl").splitlines()
    assert same[3:] == ["dinsdag 30 maart 2027: de dag van het plan"]


def test_a_plan_is_explained_to_its_own_side_and_for_its_own_rounds(desk: Terminal) -> None:
    code, said = desk.refuses("explain", "date", "JS-R05", "--as", "nl")
    assert (code, said.partition(" (")[0]) == (1, "there is no plan yet")
    code, said = desk.refuses("explain", "date", "JS-R04")
    assert (code, said.partition(" (")[0]) == (1, "the plan was asked for no round of 'JS-R04'")
