"""Commands about the year plan: what a proposal says, and which spans can be planned."""

import json

import pytest

from scheduler.planning.rules import RULES
from tests.cli.terminal import Terminal


def test_a_plan_names_hosts_and_marks_what_is_assumed(desk: Terminal) -> None:
    span = ("--from", "2026-11-21", "--to", "2027-12-31", "--on", "2026-11-21")
    told = desk.says("plan", "propose", *span).splitlines()
    soc = told.index("JS-R05/2027-1  Tuesday 30 March 2027")
    turn = (
        "  Host: United Kingdom: its turn to host: no host of the last round is on record; "
        "the programme names London (assumed)"
    )
    assert told[soc + 1 : soc + 3] == ["  Serious and Organised Crime (SOC) Dialogue", turn]
    assert [line for line in told if "preferred weekdays" in line and not line.endswith("(assumed)")] == []
    assert told[-1].startswith("Price ")
    dutch = desk.says("plan", "show", "--language", "nl").splitlines()
    assert dutch[-1].startswith("Prijs ")
    turn = (
        "  Gastland: Verenigd Koninkrijk: aan de beurt als gastland: de gastheer van de laatste ronde is niet "
        "geregistreerd; het programma noemt Londen (aangenomen)"
    )
    assert turn in dutch


def test_one_meeting_for_two_duties_is_proposed_when_asked_with_what_it_saves(desk: Terminal) -> None:
    span = ("--from", "2026-11-21", "--to", "2027-12-31", "--on", "2026-11-21")
    told = desk.says("plan", "propose", *span).splitlines()
    key = json.loads(desk.says("plan", "show", "--json"))["key"]
    assert f"What one meeting for two duties would save: `dialogues plan show {key} --merges`" in told
    asked = desk.says("plan", "show", key, "--merges").splitlines()
    head = asked.index(
        "One meeting may serve two duties, if both sides say so with `dialogues links propose`:"
    )
    assert asked[head + 1].startswith(
        "  Strategic Dialogue of the Foreign Ministers and Foreign Ministers’ review of the partnership as one meeting "
        "in 2027, on "
    )
    (merge,) = json.loads(desk.says("plan", "show", "--merges", "--json"))["merges"]
    assert merge["merge"] == {"obligation": "JS-R01", "other": "JS-R12", "year": 2027}
    assert merge["fewer"] == 1


def test_a_plan_is_shown_without_planning_anything_anew(
    desk: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    span = ("--from", "2026-11-21", "--to", "2027-12-31", "--on", "2026-11-21")
    desk.says("plan", "propose", *span)

    def unasked(*_: object) -> None:
        raise AssertionError("showing a plan solves nothing")

    monkeypatch.setattr("scheduler.cli.plan_shown.solve", unasked)
    assert "merges" not in json.loads(desk.says("plan", "show", "--json"))


def test_every_rule_is_listed_with_its_force_words_and_source(library: Terminal) -> None:
    listed = json.loads(library.says("plan", "rules", "--json"))
    assert [entry["name"] for entry in listed] == [rule.name for rule in RULES]
    told = library.says("plan", "rules", "--language", "nl").splitlines()
    begin = told.index("blackout  hard · een ronde")
    assert told[begin + 1 : begin + 3] == [
        "  Geen dag van een ronde valt in een geblokkeerde periode van een deelnemende partij.",
        "  Bron: de geblokkeerde perioden in het programma, en die welke een zijde voor zich houdt",
    ]


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        (
            "2027-12-31",
            "2027-01-01",
            "last day: 2027-12-31 to 2027-01-01 is no horizon to plan (give a later last day)",
        ),
        (
            "2020-01-01",
            "2020-12-31",
            "last day: 2020-01-01 to 2020-12-31 is no horizon to plan (give a later last day)",
        ),
        ("2027-01-01", "9999-12-31", "last day: 9999-12-31 is too far ahead (plan at most until 2031-11-25)"),
    ],
)
def test_spans_that_cannot_be_planned(desk: Terminal, first: str, last: str, message: str) -> None:
    words = ("plan", "propose", "--from", first, "--to", last, "--on", "2026-11-21")
    assert desk.refuses(*words) == (2, message)
