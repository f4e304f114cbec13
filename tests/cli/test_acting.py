"""Who a command acts for, and what it says when it cannot: a message, an exit code, never a traceback."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

READS = (
    "owed",
    "partnerships",
    "meetings list",
    "meetings show JS-R05",
    "plan show",
    "explain date JS-R05",
    "letters list",
    "feed list",
    "skips list",
    "links list",
    "hosts list",
)
CHANGES = (
    "meetings offer JS-R05",
    "meetings agree JS-R05",
    "meetings cancel JS-R05",
    "meetings postpone JS-R05",
    "meetings held JS-R05",
    "meetings move JS-R05 --to 2027-03-23",
    "meetings note JS-R05 word",
    "skips propose JS-R05 --due 2027-03-24 --reason why",
    "skips agree JS-R05 --due 2027-03-24",
    "interval JS-R09 12 --set-by somebody",
    "links propose JS-R01 JS-R12 --year 2027",
    "links agree JS-R01 JS-R12 --year 2027",
    "links end JS-R01 JS-R12 --year 2027",
    "hosts swap JS-R05 --to nl",
    "hosts agree JS-R05",
    "hosts answer JS-R05 --next nl",
)


@pytest.mark.parametrize("words", [*READS, *CHANGES])
def test_the_operator_sees_and_changes_no_content(library: Terminal, words: str) -> None:
    code, said = library.refuses(*words.split(), "--as", "operator")
    assert (code, said.partition(": ")[2].partition(" (")[0]) == (1, "this is not for the role operator")


@pytest.mark.parametrize("words", [*READS, *CHANGES, "export"])
def test_a_side_that_does_not_exist_is_named(library: Terminal, words: str) -> None:
    assert library.refuses(*words.split(), "--as", "fr") == (
        2,
        "--as: there is no side 'fr' (one of nl, uk, us)",
    )


def test_a_side_in_the_settings_that_does_not_exist_is_named(library: Terminal) -> None:
    assert Terminal(library.folder, library.url, side="FR").refuses("owed") == (
        2,
        "DIALOGUES_SIDE: there is no side 'FR' (one of nl, uk, us)",
    )


def test_nobody_is_named(library: Terminal) -> None:
    assert library.refuses("owed") == (
        2,
        "--as: nobody is named to act for (--as uk, --as operator, or set DIALOGUES_SIDE)",
    )


def test_the_option_wins_over_the_setting(library: Terminal) -> None:
    british = Terminal(library.folder, library.url, side="uk")
    assert british.says("partnerships").splitlines()[1:] == ["uk-nl  uk, nl   United Kingdom–Netherlands"]
    assert british.says("partnerships", "--as", "us").splitlines()[1:] == [
        "nl-us  nl, us   Netherlands–United States"
    ]


def test_a_partnership_must_be_named_where_there_are_several(library: Terminal) -> None:
    assert library.refuses("owed", "--as", "nl") == (
        2,
        "--partnership: name the partnership (one of nl-policy, nl-us, uk-nl)",
    )


@pytest.mark.parametrize("key", ["nl-us", "fr-us"])
def test_a_partnership_of_others_and_none_are_refused_alike(library: Terminal, key: str) -> None:
    assert library.refuses("owed", "--as", "uk", "--partnership", key) == (
        2,
        f"--partnership: '{key}' is not known (one of uk-nl)",
    )


def test_before_anything_is_loaded(empty: Terminal) -> None:
    assert empty.refuses("owed", "--as", "uk") == (
        2,
        "--as: there is no side 'uk' (load a programme first: `dialogues load FILE`)",
    )
    assert empty.refuses("export", "--as", "operator") == (
        2,
        "no programme is loaded (`dialogues load FILE`)",
    )


def test_before_the_database_is_migrated(tmp_path: Path) -> None:
    said = Terminal(tmp_path, f"sqlite:///{tmp_path}/new.db").refuses("owed", "--as", "uk")
    assert said == (1, "the database has another revision than this program (run `dialogues migrate`)")


def test_a_database_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "picture.db").write_bytes(b"\x89PNG" * 1000)
    for name, message in (
        ("picture.db", "file is not a database"),
        ("no/such/folder/dialogues.db", "unable to open database file"),
    ):
        assert Terminal(tmp_path, f"sqlite:///{tmp_path}/{name}").refuses("owed", "--as", "uk") == (
            1,
            f"DATABASE_URL: the database cannot be used: {message} (check address, folder and rights)",
        )


def test_a_setting_that_cannot_be_meant(tmp_path: Path) -> None:
    assert Terminal(tmp_path, "oracle://host/name").refuses("owed", "--as", "uk") == (
        2,
        "DATABASE_URL: oracle is not supported (use sqlite:///… or postgresql://…)",
    )
