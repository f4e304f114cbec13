"""Both sides answer, by mail and by link; each sees its own, and of the other only the heads that are confirmed."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from scheduler.app import create_app
from tests.invitations.answering import answered, attendee, mail, reply_calendar
from tests.invitations.stage import FIRST_DAY, Got, parsed
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.outlook import signed_in
from tests.journeys.test_invitations import (
    DUTCH,
    MONDAY_MORNING,
    NL_DELEGATES,
    UK_DELEGATES,
    agree_on,
    fill,
    spoken,
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


def link_of(house: House, address: str) -> str:
    """Return the address at which whoever reads ``address`` answers, without the host."""
    for file in house.mail:
        got = Got("", parsed(file.read_bytes()))
        if got.message["To"].addresses[0].addr_spec == address and "/invitations/answer/" in got.text:
            return "/invitations/answer/" + got.text.partition("/invitations/answer/")[2].split()[0]
    raise LookupError(address)


def delegates(house: House, *as_side: str) -> dict[str, str]:
    listed = house.read("delegation", "list", "JS-R05", *as_side)["own"]
    return {entry["post"].partition("/")[2]: entry["address"] for entry in listed}


def test_eight_and_seven_delegates_answer_by_mail_and_by_link(house: House, engine: Engine) -> None:
    uid = agree_on(engine, "JS-R05", FIRST_DAY)
    fill(house)
    house.say("invitations", "send", "JS-R05")
    house.say("tick")
    british, dutch = delegates(house), delegates(house, *DUTCH)
    assert (len(british), len(dutch)) == (8, 7)
    inbox = house.folder / "var" / "inbox"
    inbox.mkdir(parents=True)
    delegated = reply_calendar(
        uid,
        attendee(british["political-director"], "DELEGATED", ';DELEGATED-TO="mailto:deputy@fcdo.example"'),
        attendee("deputy@fcdo.example", "NEEDS-ACTION"),
        stamp=MONDAY_MORNING,
    )
    replies = {
        "director": answered(uid, british["director-organised-crime"], stamp=MONDAY_MORNING),
        "deputy": mail(british["political-director"], delegated),
        "desk": answered(uid, dutch["organised-crime-desk"], "TENTATIVE", stamp=MONDAY_MORNING),
    }
    for name, content in replies.items():
        (inbox / f"{name}.eml").write_bytes(content)
    house.say("tick")
    anybody = create_app(engine=engine)
    anybody.config["WTF_CSRF_ENABLED"] = False
    client = anybody.test_client()
    for address, status in (
        (british["organised-crime-desk"], "no"),
        (dutch["director-organised-crime"], "yes"),
        (dutch["political-director"], "delegate"),
        (dutch["embassy-desk"], "tentative"),
    ):
        link = link_of(house, address)
        assert client.get(link).status_code == 200
        said = {"status": status, "comment": "canary of the link"}
        assert client.post(link, data=said).status_code == 302
    assert answers(house) == {
        **dict.fromkeys(UK_DELEGATES, "none"),
        "director-organised-crime": "yes",
        "political-director": "delegate",
        "organised-crime-desk": "no",
    }
    assert answers(house, *DUTCH) == {
        **dict.fromkeys(NL_DELEGATES, "none"),
        "director-organised-crime": "yes",
        "organised-crime-desk": "tentative",
        "political-director": "delegate",
        "embassy-desk": "tentative",
    }
    (deputy,) = [
        entry
        for entry in house.read("answers", "list", "JS-R05")
        if entry["post"].endswith("political-director")
    ]
    assert deputy["answer"]["delegated_to"] == "deputy@fcdo.example"
    house.say("delegation", "confirm", "JS-R05", "director-organised-crime")
    house.say("delegation", "confirm", "JS-R05", "political-director")
    page = f"/meetings/{uid}/invitations"
    secretariat = signed_in(engine, "nl")
    seen = spoken(secretariat, page)
    heads = house.read("delegation", "list", "JS-R05", *DUTCH)["shown"]
    assert heads["uk"]["delegates"] == [{"post": "uk/director-organised-crime", "role": "chair"}]
    assert "Director, Serious and Organised Crime" in seen
    hidden = ("Political Director", *(british[post] for post in UK_DELEGATES), "deputy@fcdo.example")
    assert [name for name in hidden if name in seen] == []
    assert "canary of the link" in seen
    assert "canary of the link" in spoken(signed_in(engine, "uk"), page)
    # Not even the host's own mails name anybody but their reader.
    for file in house.mail:
        got = Got("", parsed(file.read_bytes()))
        whole = got.text + str(got.message)
        reader = got.message["To"].addresses[0].addr_spec
        others = {*british.values(), *dutch.values()} - {reader}
        if got.message.get_content_type() == "multipart/mixed":
            assert [other for other in others if other in whole + got.calendar.decode()] == []
