"""Whatever is wrong with a file: file, line, field and remedy are said, exit code 2, and nothing is stored."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from scheduler.errors import BadFile, BadInput
from scheduler.programmes.loading import parse_programme, read_programme
from scheduler.programmes.reader import LARGEST_FILE
from tests.builders import SECTIONS, SMALL, refusal
from tests.cli.terminal import Terminal

TEXT = SMALL.read_text(encoding="utf-8")
MISTAKES = YAML(typ="safe").load(SMALL.with_name("mistakes.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def terminal(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """One empty database for all of them, since none may leave anything behind."""
    folder = tmp_path_factory.mktemp("bad-input")
    return Terminal(folder, f"sqlite:///{shutil.copy(sqlite_template, folder / 'dialogues.db')}")


def loads(terminal: Terminal, content: bytes, name: str) -> tuple[int, list[str]]:
    """Load a file; return the exit code and what is said, and check that nothing was stored."""
    (terminal.folder / name).write_bytes(content)
    code, said = terminal.refuses("load", name)
    with sqlite3.connect(terminal.folder / "dialogues.db") as database:
        for table in ("partnerships", "parties", "audit_entries"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
    database.close()
    return code, said.split("\n")


def changed(right: str, wrong: str) -> bytes:
    assert TEXT.count(right) == 1
    return TEXT.replace(right, wrong).encode()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_programme(terminal: Terminal, name: str) -> None:
    mistake = MISTAKES[name]
    content = changed(mistake["right"], mistake["wrong"])
    said = [f"small.yaml, {line}" for line in mistake["said"]]
    assert loads(terminal, content, "small.yaml") == (2, said)


def test_every_mistake_is_reported_at_once_in_the_order_of_the_file(terminal: Terminal) -> None:
    """They lie in different sections, are found by different checks, and stand here in no order."""
    content = changed("    themes: [T1]\n", "    themes: [T2]\n").decode()
    for right, wrong in (
        ("  - {on: SOC, text", "  - {on: SOCK, text"),
        ("until: 2027-02-28", "until: 2027-02-01"),
        ("{type: supports, to: ROOF}", "{type: supports, to: WALL}"),
        ("        office: bz\n", "        office: jenv\n"),
        ("rule: n_per_year, times: 2", "rule: annual, times: 2"),
    ):
        content = content.replace(right, wrong)
    assert loads(terminal, content.encode(), "small.yaml") == (
        2,
        [
            "small.yaml, line 47, parties nl, posts director, office: 'jenv' is no office of this file (known: bz)",
            "small.yaml, line 79, obligations SOC, themes[1]: 'T2' is no theme of this file (known: T1)",
            (
                "small.yaml, line 89, obligations SOC, relations[1], to: 'WALL' is no obligation of this file "
                "(known: ROOF, SOC, TALK)"
            ),
            (
                "small.yaml, line 94, obligations ROOF, cadence, times: times means nothing with annual "
                "(write rule: n_per_year, or drop it)"
            ),
            (
                "small.yaml, line 124, silences[1], on: 'SOCK' is no commitment or obligation of this file "
                "(known: C1, ROOF, SOC, TALK)"
            ),
            (
                "small.yaml, line 129, closed_days[1], until: ends (2027-02-01) before it begins (2027-02-20) "
                "(give a later day)"
            ),
        ],
    )


def test_every_malformed_value_is_reported_at_once_in_the_order_of_the_file(terminal: Terminal) -> None:
    content = changed("    kind: exchange\n", "    kind: chat\n    sort: talk\n").replace(
        b"zone: Europe/London", b"zone: GMT+25"
    )
    assert loads(terminal, content.replace(b"format: 1\n", b""), "small.yaml") == (
        2,
        [
            "small.yaml, line 1, format: is missing (add it; docs/programmes.md says what belongs there)",
            "small.yaml, line 12, parties uk, zone: 'GMT+25' is no time zone (write for example Europe/London)",
            (
                "small.yaml, line 99, obligations TALK, kind: 'chat' is not known "
                "(one of dialogue, conference, training, exchange, review, report, contact)"
            ),
            (
                "small.yaml, line 100, obligations TALK, sort: is not a key of the format "
                "(remove it, or see docs/programmes.md for its right name)"
            ),
        ],
    )


NO_PROGRAMME = "holds no programme (begin with `format: 1`; docs/programmes.md shows a file)"
NO_TEXT = "is no text: it looks like a picture or another binary file (give a YAML file in UTF-8)"

FILES: dict[str, tuple[bytes, str]] = {
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(1000), f"line 1: {NO_TEXT}"),
    "half-a-picture.yaml": (b"format: 1\n# \xff\xd8\xff", f"line 2: {NO_TEXT}"),
    "utf-16.yaml": (TEXT.encode("utf-16"), f"line 1: {NO_TEXT}"),
    "empty.yaml": (b"", f"line 1: {NO_PROGRAMME}"),
    "comment.yaml": (b"# format: 1\n", f"line 1: {NO_PROGRAMME}"),
    "list.yaml": (b"- format: 1\n", f"line 1: {NO_PROGRAMME}"),
    "letter.yaml": (b"Dear colleague,", f"line 1: {NO_PROGRAMME}"),
    "huge.yaml": (
        b"#" * 6_000_000,
        f"line 1: has 6000000 bytes (a programme has at most {LARGEST_FILE})",
    ),
    "bomb.yaml": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        "line 2: refers to &a (write the value out where it is meant)",
    ),
    "deep.yaml": (
        b"format: 1\nparties: " + b"[" * 100_000,
        "line 2: is nested more than 20 deep (docs/programmes.md shows a file)",
    ),
    "deeper.yaml": (b"- " * 100_000, "line 1: is nested more than 20 deep (docs/programmes.md shows a file)"),
    "control.yaml": (
        changed("nl: Misdaad}", "nl: Mis\adaad}"),
        "line 61: holds the control character U+0007 (remove it)",
    ),
    "hidden-control.yaml": (
        changed("nl: Misdaad}", r'nl: "Mis\0daad"}'),
        "line 61: holds the control character U+0000 (remove it)",
    ),
    "half-a-character.yaml": (
        changed("nl: Misdaad}", r'nl: "Mis\ud83ddaad"}'),
        "line 61: holds the control character U+D83D (remove it)",
    ),
    "twice.yaml": (
        changed("    zone: Europe/London\n", "    zone: Europe/London\n    zone: Europe/Paris\n"),
        "line 14: says zone twice (keep one of the two)",
    ),
    "tag.yaml": (
        changed("format: 1\n", "format: !!python/object/apply:os.getpid []\n"),
        "line 2: gives a value the tag tag:yaml.org,2002:python/object/apply:os.getpid (remove the tag)",
    ),
    "old.yaml": (
        b"%YAML 1.1\n---\n" + TEXT.encode(),
        "line 2: says it is YAML 1.1 (remove that line: this is YAML 1.2)",
    ),
    "two.yaml": (
        TEXT.encode() + b"---\nformat: 1\n",
        "line 135: is not YAML: but found another document (check indentation, colons and quotes)",
    ),
    "open.yaml": (
        b"format: 1\npartnership: {key: uk-nl\n",
        "line 3: is not YAML: expected ',' or '}', but got '<stream end>' (check indentation, colons and quotes)",
    ),
    "indentation.yaml": (
        b"format: 1\n  partnership:\n",
        "line 2: is not YAML: mapping values are not allowed here (check indentation, colons and quotes)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_programme(terminal: Terminal, name: str) -> None:
    content, said = FILES[name]
    assert loads(terminal, content, name) == (2, [f"{name}, {said}"])


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda _: None, "file.yaml: No such file or directory (give an existing file)"),
        (Path.mkdir, "file.yaml: Is a directory (give an existing file)"),
    ],
)
def test_what_is_no_file(
    sqlite_template: Path, tmp_path: Path, prepare: Callable[[Path], None], said: str
) -> None:
    prepare(tmp_path / "file.yaml")
    terminal = Terminal(tmp_path, f"sqlite:///{sqlite_template}")
    assert terminal.refuses("load", "file.yaml") == (2, said)
    assert refusal(BadInput, read_programme, tmp_path / "file.yaml").endswith(said)


KEYS_OF_ANY_KIND = {
    "1: x\n": "line 2, 1",
    "~: x\n": "line 2, None",
    "true: x\n": "line 2, True",
    "2027-01-01: x\n": "line 2, 2027-01-01",
    "? [a, b]\n: x\n": "line 2, ('a', 'b')",
}


@pytest.mark.parametrize("line", KEYS_OF_ANY_KIND)
def test_a_key_may_be_anything_yaml_allows(line: str) -> None:
    content = TEXT.replace("format: 1\n", f"{line}format: 1\n").encode()
    assert refusal(BadFile, parse_programme, content, "a.yaml", SECTIONS) == (
        f"a.yaml, {KEYS_OF_ANY_KIND[line]}: is not a key of the format "
        "(remove it, or see docs/programmes.md for its right name)"
    )


def test_a_number_longer_than_python_reads_is_no_number() -> None:
    content = TEXT.replace("number: 4", f"number: {'4' * 5000}").encode()
    assert refusal(BadFile, parse_programme, content, "a.yaml", SECTIONS) == (
        "a.yaml, line 106, rounds[1], number: is no whole number (write digits alone, without quotes)"
    )
