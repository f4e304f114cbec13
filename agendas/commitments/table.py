"""The ledger as a table for spreadsheets (CSV, RFC 4180): no cell runs as a formula; every mistake is told at once.

Pure.

Columns: ``key theme text_en text_nl kind strength status due``, ``owners_<side>`` and ``posts_<side>`` (keys parted
by spaces), ``document heading first last meeting item`` for the source; ``evidence into reason`` when a status changes.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from agendas.commitments.entry import LONGEST_TEXT, Entry, Known, faults, key_of
from agendas.commitments.rules import STATUSES
from agendas.text import accept_line
from scheduler.errors import BadFile, BadInput
from scheduler.typed import not_known, one_of
from scheduler.words import LANGUAGES, Words

LARGEST = 16_000_000
"""Octets of a table: fifty thousand commitments, and some."""

MOST_ROWS = 60_000
MOST_FAULTS = 100
"""Mistakes that are listed; who has more has another kind of table."""

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
DANGEROUS = ("=", "+", "-", "@", "'")
"""How a cell begins that a spreadsheet would take for a formula (CWE-1236), and the sign that stops it."""

_WOULD_BEGIN = re.compile(r"([;,]\"*)(?=[=+\-@'])")
_STOPPED = re.compile(r"([;,]\"*)'(?=[=+\-@'])")
"""Where a cell would begin for a spreadsheet that parts cells by the other sign: Dutch ones take the semicolon."""

PLAIN = ("key", "theme", *(f"text_{language}" for language in LANGUAGES), "kind", "strength", "status", "due")
SOURCE = ("document", "heading", "first", "last", "meeting", "item")
GROUNDS = ("evidence", "into", "reason")
REQUIRED = ("theme", "kind", "strength")
LEAVE_ONE: Words = {"en": "leave one of the two rows out", "nl": "laat een van beide rijen weg"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the commitment, the status it shall have, and the grounds for it; ``line`` counts from 1."""

    line: int
    entry: Entry
    status: str
    evidence: str = ""
    into: str = ""
    reason: str = ""


def columns(sides: Iterable[str]) -> tuple[str, ...]:
    """Return the names of all columns in their order."""
    sides = tuple(sides)
    lists = tuple(f"{name}_{side}" for name in ("owners", "posts") for side in sides)
    return (*PLAIN, *lists, *SOURCE, *GROUNDS)


def write_table(rows: Iterable[TableRow], sides: Iterable[str]) -> str:
    """Return rows as CSV with a byte order mark, as spreadsheets want it; ``read_table`` reads them back the same."""
    heads = columns(sides)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    for row in rows:
        cells = _cells(row)
        writer.writerow([_guarded(cells.get(head, "")) for head in heads])
    return BOM + text.getvalue()


def read_table(content: bytes, known: Known) -> tuple[TableRow, ...]:
    """Return the rows of a table; raise ``BadFile`` naming line, column and remedy of every mistake in it."""
    text = _decoded(content)
    problems: list[BadInput] = []
    rows: list[TableRow] = []
    seen: dict[str, int] = {}
    for line, cells in _records(text, frozenset(columns(known.offices))):
        row, found = _row(line, cells, known)
        problems += found
        if not found:
            key = key_of(row.entry, known)
            if key in seen:
                message = {
                    "en": f"{key} stands in line {seen[key]} already",
                    "nl": f"{key} staat al in regel {seen[key]}",
                }
                problems.append(_problem(line, "key", message, LEAVE_ONE))
            seen.setdefault(key, line)
            rows.append(row)
        if len(problems) > MOST_FAULTS:
            break
    if problems:
        raise BadFile(problems[:MOST_FAULTS])
    return tuple(rows)


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        remedy = {
            "en": f"at most {LARGEST:,}; divide it by theme",
            "nl": f"hoogstens {LARGEST:,}; verdeel haar per thema",
        }
        raise BadInput(
            {
                "en": f"the table has {len(content):,} octets",
                "nl": f"de tabel heeft {len(content):,} octetten",
            },
            place="table",
            remedy=remedy,
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message, remedy = (
            {"en": f"octet {error.start + 1} is no UTF-8", "nl": f"octet {error.start + 1} is geen UTF-8"},
            {"en": "save it as CSV UTF-8", "nl": "bewaar haar als CSV UTF-8"},
        )
        raise BadInput(message, place=f"table, line {line}", remedy=remedy) from error


def _records(text: str, known: frozenset[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells of each row that holds something."""
    head, _, _ = text.partition("\n")
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=";" if head.count(";") > head.count(",") else ",",
        strict=True,
    )
    try:
        heads = [name.strip().casefold() for name in next(reader, [])]
        _check_heads(heads, known)
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise BadInput(
                    {"en": f"more than {MOST_ROWS:,} rows", "nl": f"meer dan {MOST_ROWS:,} rijen"},
                    place="table",
                    remedy={"en": "divide it by theme", "nl": "verdeel haar per thema"},
                )
            if len(cells) > len(heads) and any(cells[len(heads) :]):
                message = {
                    "en": f"{len(cells)} cells under {len(heads)} heads",
                    "nl": f"{len(cells)} cellen onder {len(heads)} kopjes",
                }
                place = f"line {reader.line_num}"
                raise BadInput(
                    message,
                    place=place,
                    remedy={
                        "en": "put cells with a separator in quotes",
                        "nl": "zet cellen met een scheidingsteken tussen aanhalingstekens",
                    },
                )
            if any(cells):
                yield reader.line_num, dict(zip(heads, map(_unguarded, cells), strict=False))
    except csv.Error as error:
        raise BadInput(
            {"en": f"cannot be read: {error}", "nl": f"is niet te lezen: {error}"},
            place=f"line {reader.line_num}",
            remedy={"en": "save it as CSV again", "nl": "bewaar haar opnieuw als CSV"},
        ) from error


def _check_heads(heads: list[str], known: frozenset[str]) -> None:
    problems = [
        BadInput(
            {"en": f"the column {name} is missing", "nl": f"de kolom {name} ontbreekt"},
            place="line 1",
            remedy={"en": "add it to the first line", "nl": "voeg die toe aan de eerste regel"},
        )
        for name in REQUIRED
        if name not in heads
    ]
    if not {f"text_{language}" for language in LANGUAGES} & set(heads):
        problems.append(
            BadInput(
                {"en": "no column holds the text", "nl": "geen kolom bevat de tekst"},
                place="line 1",
                remedy={"en": "add text_en or text_nl", "nl": "voeg text_en of text_nl toe"},
            )
        )
    for place, name in enumerate(heads, start=1):
        if name and name not in known:
            problems.append(
                BadInput(not_known(name[:60]), place=f"line 1, column {place}", remedy=one_of(sorted(known)))
            )
        if name and heads.index(name) != place - 1:
            problems.append(
                BadInput(
                    {"en": f"{name} stands twice", "nl": f"{name} staat er tweemaal"},
                    place=f"line 1, column {place}",
                    remedy={"en": "leave one out", "nl": "laat er een weg"},
                )
            )
    if problems:
        raise BadFile(problems)


def _row(line: int, cells: Mapping[str, str], known: Known) -> tuple[TableRow, list[BadInput]]:
    """Return a row as far as it can be read, and everything that is wrong with it."""
    problems: list[BadInput] = []
    read: dict[str, str] = {}
    for name, cell in cells.items():
        try:
            read[name] = _checked(name, cell)
        except BadInput as error:
            problems.append(_problem(line, name, error.message, error.remedy))
    told = {problem.place for problem in problems}
    entry = _entry(read, known)
    problems += [
        problem
        for name, message, remedy in faults(entry, known)
        if (problem := _problem(line, name, message, remedy)).place not in told
    ]
    grounds = {name: read.get(name, "") for name in GROUNDS}
    return TableRow(line, entry, read.get("status") or "open", **grounds), problems


def _checked(name: str, cell: str) -> str:
    """Return a cell as it is kept; raise ``BadInput`` for one that its column cannot hold."""
    value = accept_line(cell, name, longest=LONGEST_TEXT)
    if name == "status" and value and value not in STATUSES:
        raise BadInput(not_known(value), remedy=one_of(STATUSES))
    if name == "due" and value and not _is_day(value):
        raise BadInput(
            {"en": f"{value!r} is no date", "nl": f"{value!r} is geen datum"},
            remedy={"en": "write it as 2027-02-01", "nl": "schrijf 2027-02-01"},
        )
    if name in {"first", "last"} and value and not (value.isascii() and value.isdigit() and len(value) < 10):
        raise BadInput(
            {"en": f"{value!r} is no whole number", "nl": f"{value!r} is geen geheel getal"},
            remedy={"en": "count in characters, from 0", "nl": "tel in tekens, vanaf 0"},
        )
    return value


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _entry(read: Mapping[str, str], known: Known) -> Entry:
    texts = {language: read.get(f"text_{language}", "") for language in LANGUAGES}
    lists = {
        name: {
            side: tuple(keys)
            for side in known.offices
            if (keys := read.get(f"{name}_{side}", "").replace(",", " ").split())
        }
        for name in ("owners", "posts")
    }
    due, first, last = (read.get(name, "") for name in ("due", "first", "last"))
    return Entry(
        theme=read.get("theme", ""),
        text={language: words for language, words in texts.items() if words},
        kind=read.get("kind", ""),
        strength=read.get("strength", ""),
        owners=lists["owners"],
        posts=lists["posts"],
        due=date.fromisoformat(due) if due else None,
        meeting=read.get("meeting", ""),
        item=read.get("item", ""),
        document=read.get("document", ""),
        heading=read.get("heading", ""),
        first=int(first) if first else None,
        last=int(last) if last else None,
        key=read.get("key", ""),
    )


def _cells(row: TableRow) -> dict[str, str]:
    entry = row.entry
    plain = ("key", "theme", "kind", "strength", "document", "heading", "meeting", "item")
    return {
        **{name: getattr(entry, name) for name in plain},
        **{f"text_{language}": words for language, words in entry.text.items()},
        **{f"owners_{side}": " ".join(keys) for side, keys in entry.owners.items()},
        **{f"posts_{side}": " ".join(keys) for side, keys in entry.posts.items()},
        **{name: getattr(row, name) for name in ("status", *GROUNDS)},
        "due": entry.due.isoformat() if entry.due else "",
        "first": "" if entry.first is None else str(entry.first),
        "last": "" if entry.last is None else str(entry.last),
    }


def _guarded(cell: str) -> str:
    inner = _WOULD_BEGIN.sub(r"\1'", cell)
    return f"'{inner}" if _is_dangerous(cell) else inner


def _unguarded(cell: str) -> str:
    is_stopped = cell.startswith("'") and _is_dangerous(cell[1:])
    return _STOPPED.sub(r"\1", cell[1:] if is_stopped else cell)


def _is_dangerous(cell: str) -> bool:
    return cell.lstrip('"').startswith(DANGEROUS)


def _problem(line: int, column: str, message: Words, remedy: Words) -> BadInput:
    return BadInput(message, place=f"line {line}, {column}", remedy=remedy)
