"""Tables of commitments: written and read back the same, no cell a formula, every mistake told at once."""

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agendas.commitments.entry import Entry, Known, settled
from agendas.commitments.rules import KINDS, OPEN, STRENGTHS
from agendas.commitments.table import BOM, LARGEST, TableRow, columns, read_table, write_table
from agendas.text import accept_line
from scheduler.errors import BadFile, BadInput

KNOWN = Known(
    themes=frozenset({"T1", "T2"}),
    offices={"uk": frozenset({"fcdo", "ho"}), "nl": frozenset({"bz"})},
    posts={"uk": frozenset({"director"}), "nl": frozenset()},
    documents=frozenset({"JS"}),
    meetings={"0f": "SOC-2027"},
)
HEAD = "theme;text_en;kind;strength;status;due;owners_uk\n"
RIGHT = "T1;Share findings;action;will;open;2027-03-01;fcdo ho\n"


def lines() -> st.SearchStrategy[str]:
    """Texts as the ledger keeps them, with the beginnings that spreadsheets run."""
    letters = st.text(st.sampled_from("abé=+-@'\",;| 日1"), min_size=1, max_size=20)
    return letters.map(lambda text: accept_line(text, "text")).filter(bool)


def keys(side: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(KNOWN.offices[side])), unique=True).map(tuple)


def owners() -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    both = st.fixed_dictionaries({"uk": keys("uk"), "nl": keys("nl")})
    return both.map(lambda given_: {side: named for side, named in given_.items() if named})


ENTRIES = st.builds(
    Entry,
    theme=st.sampled_from(sorted(KNOWN.themes)),
    text=st.dictionaries(st.sampled_from(["en", "nl"]), lines(), min_size=1),
    kind=st.sampled_from(KINDS),
    strength=st.sampled_from(STRENGTHS),
    owners=owners(),
    due=st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    document=st.sampled_from(["", "JS"]),
    heading=st.just("") | lines(),
    first=st.none() | st.integers(0, 9_999),
)


@settings(max_examples=60)
@given(st.lists(ENTRIES, max_size=6), st.sampled_from(OPEN))
def test_what_is_written_is_read_back_the_same(entries: list[Entry], status: str) -> None:
    keyed = {(entry := settled(given_, KNOWN)).key: entry for given_ in entries}
    rows = tuple(
        TableRow(line, entry, status, reason="why") for line, entry in enumerate(keyed.values(), start=2)
    )
    text = write_table(rows, KNOWN.offices)
    assert read_table(text.encode(), KNOWN) == rows
    cells = [cell for record in csv.reader(io.StringIO(text.removeprefix(BOM))) for cell in record]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    # A spreadsheet may part cells by the other sign, and then knows nothing of our quotes.
    assert re.findall(r"[;,]\"*[=+@-].*", text) == []


@pytest.mark.parametrize("mark", ["", BOM])
@pytest.mark.parametrize("separator", [";", ","])
def test_separators_and_byte_order_mark_do_not_matter(mark: str, separator: str) -> None:
    table = (mark + HEAD + RIGHT).replace(";", separator)
    entry = Entry("T1", {"en": "Share findings"}, "action", "will", {"uk": ("fcdo", "ho")})
    expected = Entry(entry.theme, entry.text, entry.kind, entry.strength, entry.owners, due=date(2027, 3, 1))
    assert read_table(table.encode(), KNOWN) == (TableRow(2, expected, "open"),)


def test_every_mistake_is_told_with_line_column_and_remedy() -> None:
    table = HEAD + "T9;;deed;must;done;tomorrow;fcdo\n" + "T1;a\x01b;action;will;;;nobody\n" + RIGHT + RIGHT
    with pytest.raises(BadFile) as caught:
        read_table(table.encode(), KNOWN)
    assert [problem.place for problem in caught.value.problems] == [
        "line 2, status",
        "line 2, due",
        "line 2, theme",
        "line 2, kind",
        "line 2, strength",
        "line 2, text_en",
        "line 3, text_en",
        "line 3, owners_uk",
        "line 5, key",
    ]
    assert all(problem.remedy for problem in caught.value.problems)
    assert str(caught.value.problems[7]) == "line 3, owners_uk: 'nobody' is no office of uk (one of fcdo, ho)"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"theme;kind\nT1;action\n", "line 1"),
        (b"theme;text_en;kind;strength;colour\n", "line 1, column 5"),
        (b"theme;text_en;kind;strength;theme\n", "line 1, column 5"),
    ],
)
def test_heads_that_do_not_fit_are_refused(content: bytes, place: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_table(content, KNOWN)
    assert place in {problem.place for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (HEAD.encode() + b"T1;caf\xe9;action;will;;;\n", "table, line 2"),
        (HEAD.encode() + b'T1;"open', "line 2"),
        (HEAD.encode() + b"T1;a;action;will;;;;more\n", "line 2"),
        (b"x" * (LARGEST + 1), "table"),
        (HEAD.encode() + b"T1;" + b"a" * 5_000_000 + b";action;will;;;\n", "line 2"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(content: bytes, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_table(content, KNOWN)
    assert caught.value.place == place


def test_the_columns_are_those_of_the_sides() -> None:
    assert [name for name in columns(("uk", "nl")) if "_" in name] == [
        "text_en",
        "text_nl",
        "owners_uk",
        "owners_nl",
        "posts_uk",
        "posts_nl",
    ]
