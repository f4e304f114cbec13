"""`dialogues owed` on the shipped programme: story 1, in words and as JSON."""

import json
from typing import Any

import pytest

from tests.cli.terminal import Terminal

SOC = """\
AMBER  JS-R05  Serious and Organised Crime (SOC) Dialogue
       last held 24 March 2026
       due 24 March 2027
       no date agreed by both sides
       save-the-date due since 25 November 2026 (assumed lead time)
       red after 24 June 2027
       15 months after 24 March 2026
       assumed, stated by no source: length, host, lead offices, posts, start time, window
"""

SOC_IN_DUTCH = """\
ORANJE  JS-R05  Dialoog over zware en georganiseerde criminaliteit (SOC-dialoog)
       laatst gehouden 24 maart 2026
       uiterlijk 24 maart 2027
       geen datum door beide zijden overeengekomen
       de vooraankondiging had uiterlijk 25 november 2026 moeten uitgaan (termijn aangenomen)
       rood na 24 juni 2027
       15 maanden na 24 maart 2026
       aangenomen, door geen bron vermeld: duur, gastland, eerstverantwoordelijken, functies, aanvangstijd, periode
"""


def owed(library: Terminal, day: str) -> dict[str, Any]:
    found = json.loads(library.says("owed", "--as", "uk", "--on", day, "--json"))
    assert found["on"] == day
    return {entry["obligation"]: entry for entry in found["owed"]}


@pytest.mark.parametrize(
    ("words", "heading", "expected"),
    [
        ((), "Owed on 1 February 2027", SOC),
        (("--language", "nl"), "Openstaande verplichtingen op 1 februari 2027", SOC_IN_DUTCH),
    ],
)
def test_story_1_the_soc_dialogue_is_amber(
    library: Terminal, words: tuple[str, ...], heading: str, expected: str
) -> None:
    blocks = library.says("owed", "--as", "uk", "--on", "2027-02-01", *words).split("\n\n")
    assert blocks[0] == heading
    assert [block for block in blocks if "JS-R05  " in block] == [expected.rstrip("\n")]


def test_the_most_pressing_comes_first(library: Terminal) -> None:
    blocks = library.says("owed", "--as", "uk", "--on", "2027-02-01").split("\n\n")[1:-1]
    assert [tuple(block.split()[:2]) for block in blocks] == [
        *(("RED", f"JS-R{number}") for number in ("01", "02", "07", "10", "11", "12")),
        ("AMBER", "JS-R05"),
        *(("–", f"JS-R{number}") for number in ("03", "04", "06", "08", "09", "13")),
    ]


def test_story_1_as_json(library: Terminal) -> None:
    found = owed(library, "2027-02-01")["JS-R05"]
    basis, reasons = found.pop("basis"), found.pop("reasons")
    assert found == {
        "obligation": "JS-R05",
        "title": {
            "en": "Serious and Organised Crime (SOC) Dialogue",
            "nl": "Dialoog over zware en georganiseerde criminaliteit (SOC-dialoog)",
        },
        "kind": "dialogue",
        "level": "senior_official",
        "cadence": {
            "stated": "annual",
            "rule": "annual",
            "times": 1,
            "years": 1,
            "months": None,
            "set_by": None,
        },
        "colour": "amber",
        "due": "2027-03-24",
        "save_the_date": "2026-11-25",
        "red_after": "2027-06-24",
        "last_held": "2026-03-24",
        "agreed_for": None,
        "next_meeting": None,
    }
    assert [reason["nl"] for reason in reasons] == [line.strip() for line in SOC_IN_DUTCH.splitlines()[1:-1]]
    assert {field for field, whose in basis.items() if whose == "assumed"} == {
        "duration", "host", "leads", "posts", "start_time", "window",
    }  # fmt: skip


def test_a_year_that_closes_turns_what_was_never_held_red(library: Terminal) -> None:
    """JS-R12 was due on 3 December 2026; the year closes with none."""
    colours = {
        day: (entry["JS-R12"]["colour"], entry["JS-R12"]["due"], entry["JS-R12"]["red_after"])
        for day in ("2026-06-03", "2026-06-04", "2026-12-31", "2027-01-01")
        for entry in (owed(library, day),)
    }
    assert colours == {
        "2026-06-03": ("green", "2026-12-03", "2026-12-31"),
        "2026-06-04": ("amber", "2026-12-03", "2026-12-31"),
        "2026-12-31": ("amber", "2026-12-03", "2026-12-31"),
        "2027-01-01": ("red", "2026-12-03", "2026-12-31"),
    }


def test_the_soc_dialogue_counts_for_the_senior_officials(library: Terminal) -> None:
    found = owed(library, "2026-09-01")["JS-R02"]
    assert (found["last_held"], found["due"], found["red_after"], found["cadence"]["times"]) == (
        "2026-03-24",
        "2026-09-24",
        "2026-12-24",
        2,
    )


def test_contact_and_regular_owe_no_date_however_late_it_is(library: Terminal) -> None:
    found = owed(library, "2040-01-01")
    assert {key for key, entry in found.items() if entry["colour"] == "none"} == {
        "JS-R03", "JS-R04", "JS-R06", "JS-R08", "JS-R09", "JS-R13",
    }  # fmt: skip


def test_a_programme_that_promises_nothing_says_so(library: Terminal) -> None:
    said = {
        key: library.says("owed", "--as", "nl", "--partnership", key, "--on", "2027-02-01")
        for key in ("nl-us", "nl-policy")
    }
    assert set(said.values()) == {"Owed on 1 February 2027\n\nThis programme promises nothing that recurs.\n"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--on", "2027-02-30"), "'2027-02-30' is no day that exists; write it as 2027-02-01"),
        (("--on", "tomorrow"), "'tomorrow' is no day that exists; write it as 2027-02-01"),
        (("--language", "fr"), "'fr' is not one of 'en', 'nl'."),
        (("--colour",), "No such option '--colour'."),
    ],
)
def test_an_option_that_cannot_be_meant(library: Terminal, words: tuple[str, ...], message: str) -> None:
    code, said = library.refuses("owed", "--as", "uk", *words)
    assert code == 2
    assert said.splitlines()[-1].removeprefix("Error: Invalid value for ").split(": ", 1)[-1] == message
