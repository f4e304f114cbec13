import json
from datetime import date

import pytest

from scheduler.db.engine import make_engine
from tests.builders import agreed
from tests.cli.terminal import Terminal

DAY = date(2027, 3, 16)
DUTCH = ("--as", "nl", "--partnership", "uk-nl")


@pytest.fixture
def uid(desk: Terminal) -> str:
    engine = make_engine(desk.url)
    try:
        return agreed(engine, DAY, key="JS-R05")
    finally:
        engine.dispose()


def test_a_delegation_is_listed_and_changed(desk: Terminal, uid: str) -> None:
    assert desk.says("delegation", "list", uid).splitlines()[1].split()[:3] == [
        "chair",
        "uk/director-organised-crime",
        "director-organised-crime@home-office.example",
    ]
    assert desk.says("delegation", "add", uid, "political-director", "--role", "optional") == (
        "chair: uk/director-organised-crime\n"
        "required: uk/organised-crime-desk\n"
        "optional: uk/embassy-desk\n"
        "optional: uk/political-director\n"
        "for information: uk/home-secretary\n"
        "for information: uk/secretariat\n"
    )
    assert "uk/embassy-desk" not in desk.says("delegation", "remove", uid, "embassy-desk")
    code, said = desk.refuses("delegation", "remove", uid, "embassy-desk")
    assert (code, said.split(" (")[0]) == (1, "post: 'embassy-desk' is not on your delegation")


def test_a_preview_prints_the_letters_and_sends_nothing(desk: Terminal, uid: str) -> None:
    printed = desk.says("invitations", "send", uid, "--preview")
    assert printed.count("REQUEST ") == 5
    assert "Invitation: Serious and Organised Crime (SOC) Dialogue, Tuesday 16 March 2027" in printed
    assert json.loads(desk.says("invitations", "show", uid, "--json"))["sendings"] == []


def test_sending_is_shown_with_whom_was_told_what(desk: Terminal, uid: str) -> None:
    assert desk.says("invitations", "send", uid, "--reason", "Welcome") == (
        "Sent. Letters to your side's posts: 5. Those of the other side follow by themselves.\n"
    )
    shown = json.loads(desk.says("invitations", "show", uid, "--json"))
    assert shown["sent"] is True
    assert [(entry["party"], entry["sequence"], entry["reason"]) for entry in shown["sendings"]] == [
        ("uk", 0, "Welcome")
    ]
    assert {(entry["method"], entry["cause"], entry["state"]) for entry in shown["told"]} == {
        ("REQUEST", "invited", "queued")
    }
    assert "What stands was sent." in desk.says("invitations", "show", uid)
    code, said = desk.refuses("invitations", "send", uid)
    assert (code, said.split(" (")[0]) == (1, "send: what stands was sent")


def test_the_host_arranges_the_meeting(desk: Terminal, uid: str) -> None:
    desk.says("invitations", "arrange", uid, "--seats", "3", "--spoken", "en", "--interpretation")
    printed = desk.says("invitations", "send", uid, "--preview")
    assert "Languages          English\n" in printed
    assert "Interpretation     provided\n" in printed
    code, said = desk.refuses("delegation", "add", uid, "political-director")
    assert (code, said.split(" (")[0]) == (
        1,
        "delegation: the host has 3 seats for each side, and 4 would come",
    )


def test_a_list_is_released_by_a_guest(desk: Terminal, uid: str) -> None:
    desk.says("delegation", "confirm", uid, "director-organised-crime", *DUTCH)
    assert desk.says("delegation", "list", uid).splitlines()[-2] == "Netherlands:"
    desk.says("delegation", "release", uid, *DUTCH)
    shown = json.loads(desk.says("delegation", "list", uid, "--json"))["shown"]["nl"]
    assert len(shown["delegates"]) == 3
    desk.says("delegation", "release", uid, "--take-back", *DUTCH)
    assert len(json.loads(desk.says("delegation", "list", uid, "--json"))["shown"]["nl"]["delegates"]) == 1


def test_a_round_is_called_off_with_a_word_to_everybody(desk: Terminal, uid: str) -> None:
    desk.says("invitations", "send", uid)
    desk.says("meetings", "postpone", uid, "--tell", "A new date follows.")
    shown = json.loads(desk.says("invitations", "show", uid, "--json"))
    assert [(entry["called_off"], entry["reason"]) for entry in shown["sendings"]] == [
        (False, None),
        (True, "A new date follows."),
    ]
