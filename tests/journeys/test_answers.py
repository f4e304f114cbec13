"""Both sides answer by mail; each sees its own, and of the other only the heads that are confirmed."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.invitations.answering import answered, mail
from tests.invitations.stage import FIRST_DAY
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.test_invitations import (
    DUTCH,
    MONDAY_MORNING,
    NL_DELEGATES,
    UK_DELEGATES,
    agree_on,
    fill,
)

CANARY = "canary of the Dutch delegation"


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = open_house(database_url, tmp_path, monkeypatch, MONDAY_MORNING)
    house.say("load", str(UK_NL))
    return house


def answers(house: House, *as_side: str) -> dict[str, str]:
    listed: list[dict[str, Any]] = house.read("answers", "list", "JS-R05", *as_side)
    return {entry["post"].partition("/")[2]: entry["answer"].get("status", "none") for entry in listed}


def test_answers_come_back_by_themselves_and_stay_with_their_side(house: House, engine: Engine) -> None:
    uid = agree_on(engine, "JS-R05", FIRST_DAY)
    fill(house)
    house.say("invitations", "send", "JS-R05")
    house.say("tick")
    dutch = {
        entry["post"]: entry["address"] for entry in house.read("delegation", "list", "JS-R05", *DUTCH)["own"]
    }
    british = {entry["post"]: entry["address"] for entry in house.read("delegation", "list", "JS-R05")["own"]}
    inbox = house.folder / "var" / "inbox"
    inbox.mkdir(parents=True)
    said = {
        british["uk/director-organised-crime"]: "ACCEPTED",
        british["uk/organised-crime-desk"]: "TENTATIVE",
        british["uk/embassy-desk"]: "DECLINED",
        dutch["nl/director-organised-crime"]: "DELEGATED",
        dutch["nl/organised-crime-desk"]: "DECLINED",
    }
    for number, (sender, status) in enumerate(said.items()):
        reply = answered(uid, sender, status, stamp=MONDAY_MORNING, more=(f"COMMENT:{number}",))
        (inbox / f"{number}.eml").write_bytes(reply)
    (inbox / "words.eml").write_bytes(mail(dutch["nl/embassy-desk"], text=CANARY))
    assert house.say("tick").startswith("Mails read: 6.")
    assert house.say("tick").startswith("Mails read: 0.")
    assert answers(house) == {
        **dict.fromkeys(UK_DELEGATES, "none"),
        "director-organised-crime": "yes",
        "organised-crime-desk": "tentative",
        "embassy-desk": "no",
    }
    assert answers(house, *DUTCH) == {
        **dict.fromkeys(NL_DELEGATES, "none"),
        "director-organised-crime": "delegate",
        "organised-crime-desk": "no",
    }
    (waits,) = house.read("answers", "needs-person", *DUTCH)
    assert (waits["reason"], waits["post"]) == ("in_words", "nl/embassy-desk")
    assert CANARY in house.say("answers", "show", waits["mail"], *DUTCH)
    for stranger in ((), ("--as", "operator")):
        assert house.read("answers", "needs-person", *stranger) == []
        assert house.run("answers", "show", waits["mail"], *stranger).exit_code == 1
    assert house.read("delegation", "list", "JS-R05")["shown"] == {}
    house.say("delegation", "confirm", "JS-R05", "director-organised-crime", *DUTCH)
    house.say("delegation", "confirm", "JS-R05", "organised-crime-desk", *DUTCH)
    shown = house.read("delegation", "list", "JS-R05")["shown"]["nl"]["delegates"]
    assert [entry["post"] for entry in shown] == ["nl/director-organised-crime"]
