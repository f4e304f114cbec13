"""An agenda negotiated at the command line: edited, offered, taken in, changed, agreed, frozen, verified."""

import json
from datetime import date

import pytest

from scheduler.db.engine import make_engine
from tests.builders import agreed
from tests.cli.terminal import Terminal

DAY = date(2027, 3, 23)
CRIME = "theme/JS-T3"
NL = ("--as", "nl", "--partnership", "uk-nl")


@pytest.fixture
def uid(desk: Terminal) -> str:
    engine = make_engine(desk.url)
    found = agreed(engine, DAY, key="JS-R05")
    engine.dispose()
    return found


def test_two_sides_agree_on_one_agenda_and_anybody_can_verify_it(desk: Terminal, uid: str) -> None:
    desk.says("agenda", "start", uid)
    desk.says("agenda", "add", uid, "--title-en", "Ports", "--title-nl", "Havens", "--minutes", "0")
    desk.says("agenda", "set", uid, "opening", "--title-en", "Welcome", "--minutes", "5")
    desk.says("agenda", "brief", uid, "opening", "not_for_disclosure", "The minister leaves early.")
    assert desk.says("agenda", "offer", uid, "--remark", "Please look") == "Offered as joint version 1.\n"

    assert desk.says("agenda", "take-in", uid, *NL) == "Version 1 of your side is kept.\n"
    shown = desk.says("agenda", "show", uid, *NL)
    assert "leaves early" not in shown
    assert "Welcome: the Dutch text waits for a look, since the other was edited" in shown
    desk.says("agenda", "sign", uid, "--version", "1", *NL)
    stale = desk.refuses("agenda", "freeze", uid)
    assert stale == (
        1,
        "agenda: Welcome: the Dutch text waits for a look, since the other was edited (settle these)",
    )

    desk.says("agenda", "set", uid, "opening", "--joint", *NL, "--title-nl", "Welkom")
    assert desk.says("agenda", "diff", uid, "joint-1", "joint-2") == (
        "The title of “Welcome” was changed from “Opening” (in Dutch) to “Welkom” (in Dutch).\n"
    )
    assert desk.refuses("agenda", "sign", uid, "--version", "1")[1] == (
        "changed since you read it: “Welcome” (read it again before you agree)"
    )
    assert desk.says("agenda", "sign", uid, "--version", "2") == "Agreed: 1 items.\n"
    assert desk.says("agenda", "freeze", uid) == "Version 2 is frozen.\n"

    desk.says("agenda", "export", uid, "--out", "agenda.json", *NL)
    desk.says("agenda", "export", uid, "--out", "again.json")
    exported = (desk.folder / "agenda.json").read_bytes()
    assert exported == (desk.folder / "again.json").read_bytes()
    assert desk.says("agenda", "verify", "agenda.json") == desk.says("agenda", "verify", uid)
    (desk.folder / "altered.json").write_bytes(exported.replace(b"Welkom", b"Welkon"))
    assert desk.refuses("agenda", "verify", "altered.json")[1].startswith(
        "version 2 was altered: its seal is "
    )


def test_an_agenda_tells_times_what_is_wanted_and_what_each_commitment_weighs(
    desk: Terminal, uid: str
) -> None:
    desk.says("agenda", "start", uid)
    crime = next(row for row in desk.says("agenda", "show", uid).splitlines() if CRIME in row)
    assert crime.split()[:6] == ["4", "1", "10:35", "30", "NL", "Steer"]
    weights = json.loads(desk.says("agenda", "show", uid, "--json"))["weights"]
    assert sorted(weights) == ["JS-C26", "JS-C27", "SR-C01", "SR-C02", "SR-C03", "SR-C04"]
    assert weights["JS-C27"] == {
        "weight": 124,
        "because": {
            "en": "Weight 124 = 100 (Part of it without news) + 20 (explore) + 4 (action)",
            "nl": "Gewicht 124 = 100 (Deels zonder nieuws) + 20 (verkennen) + 4 (actie)",
        },
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("set", "1", "--title-en", "Pay\x1b[2Jments"),
            "--title-en: U+001B in line 1, column 4 is a control character (take it out)",
        ),
        (
            ("comment", "opening", "abc\u202egpj"),
            (
                "comment: U+202E in line 1, column 4 turns the direction of writing, unseen "
                "(any script may be typed as it is)"
            ),
        ),
        (
            ("comment", "opening", "x" * 100_000),
            "comment: 100,000 characters are too many (at most 20,000; send the rest as a paper of its own)",
        ),
        (
            ("place", CRIME, "dropped"),
            "because: this needs a reason (say why; both sides agree to it)",
        ),
        (("set", "99", "--minutes", "5"), "ITEM: there is no item 99 (from 1 to 14)"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_place_and_nothing_is_kept(
    desk: Terminal, uid: str, words: tuple[str, ...], message: str
) -> None:
    desk.says("agenda", "start", uid)
    command, *rest = words
    before = desk.says("agenda", "show", uid, "--json")
    code, said = desk.refuses("agenda", command, uid, *rest)
    assert (code, said) == (2, message)
    assert desk.says("agenda", "show", uid, "--json") == before
