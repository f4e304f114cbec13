"""`dialogues load`, `export` and `partnerships`: preview, change once, and a file that loads back to the same."""

import json

from scheduler.programmes.loading import SHIPPED
from tests.builders import SMALL
from tests.cli.terminal import Terminal

FILE = str(SMALL)


def test_a_preview_says_what_a_load_then_does(empty: Terminal) -> None:
    seen = empty.says("load", FILE, "--preview").splitlines()
    assert seen[:2] == ["  new       partnership uk-nl", "  new       parties uk"]
    assert seen[-1] == "small.yaml: 14 would change."
    assert empty.refuses("owed", "--as", "uk")[0] == 2
    assert empty.says("load", FILE).splitlines() == [*seen[:-1], "small.yaml: 14 changed."]
    assert empty.says("load", FILE) == "small.yaml: nothing to change.\n"


def test_a_changed_file_shows_what_changed_and_what_is_kept(empty: Terminal) -> None:
    empty.says("load", FILE)
    text = SMALL.read_text(encoding="utf-8").replace("title: {en: Crime, ", "title: {en: Organised crime, ")
    changed = empty.folder / "changed.yaml"
    changed.write_text(text[: text.index("closed_days:")], encoding="utf-8")
    assert empty.says("load", "changed.yaml").splitlines() == [
        "  changed   themes T1: title, en: Crime → Organised crime",
        "  kept      closed_days nl recess 2027-02-20 2027-02-28",
        "changed.yaml: 1 changed.",
    ]


def test_an_export_loads_back_to_the_same_whoever_made_it(library: Terminal, empty: Terminal) -> None:
    texts = {
        library.says("export", "--as", who, "--partnership", "uk-nl") for who in ("uk", "nl", "operator")
    }
    assert len(texts) == 1
    text = texts.pop()
    (empty.folder / "exported.yaml").write_text(text, encoding="utf-8")
    empty.says("load", "exported.yaml")
    assert empty.says("export", "--as", "operator") == text
    assert empty.says("load", str(SHIPPED / "uk_nl.yaml")) == "uk_nl.yaml: nothing to change.\n"


def test_an_export_goes_where_it_is_told(library: Terminal) -> None:
    printed = library.says("export", "--as", "us")
    assert library.says("export", "--as", "us", "--out", "us.yaml") == "Wrote us.yaml.\n"
    assert (library.folder / "us.yaml").read_text(encoding="utf-8") == printed
    assert library.refuses("export", "--as", "us", "--out", "no/such/folder.yaml") == (
        2,
        "no/such/folder.yaml: cannot be written: No such file or directory",
    )


def test_partnerships_as_json(library: Terminal) -> None:
    found = json.loads(library.says("partnerships", "--as", "nl", "--json"))
    assert [(entry["key"], entry["parties"]) for entry in found] == [
        ("nl-policy", ["nl"]),
        ("nl-us", ["nl", "us"]),
        ("uk-nl", ["uk", "nl"]),
    ]
