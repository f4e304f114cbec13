"""Commands about commitments: proposing, agreeing, noting, searching, and tables."""

import json

from tests.cli.terminal import Terminal

NL = ("--as", "nl", "--partnership", "uk-nl")


def test_delivered_takes_evidence_and_both(desk: Terminal) -> None:
    code, message = desk.refuses("commitments", "propose", "JS-C26", "delivered")
    assert (code, message.partition(" (")[0]) == (2, "evidence: delivered needs evidence")
    told = desk.says("commitments", "propose", "JS-C26", "delivered", "--evidence", "document:SR")
    uid = told.removeprefix("Proposed: ").rstrip(".\n")
    assert desk.says("commitments", "agree", uid, "--as", "nl") == "Agreed, and done.\n"
    shown = json.loads(desk.says("commitments", "show", "JS-C26", "--json"))
    assert (shown["status"], shown["evidence"]) == ("delivered", "document:SR")


def test_a_note_of_one_side_is_found_by_it_alone(desk: Terminal) -> None:
    desk.says("commitments", "note", "JS-C27", "Zanzibar was named")
    found = {
        side: json.loads(desk.says("commitments", "search", "zanzibar", "--json", *who))["commitments"]
        for side, who in (("uk", ()), ("nl", NL))
    }
    assert {side: [entry["key"] for entry in entries] for side, entries in found.items()} == {
        "uk": ["JS-C27"],
        "nl": [],
    }


def test_a_table_goes_out_and_comes_in_unchanged(desk: Terminal) -> None:
    desk.says("commitments", "export", "--out", "ledger.csv")
    assert desk.says("commitments", "import", "ledger.csv", "--preview") == (
        "51 rows, 0 proposals kept to your side.\n"
    )
