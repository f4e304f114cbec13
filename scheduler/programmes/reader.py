"""Reading a programme file as YAML 1.2, and remembering the line of every node.

Owns text, not meaning: what the values must be is said in ``schema``, how they must fit together in
``rules``. A file is read whole and never written back. Aliases are refused, since a short file could unfold into an
endless one; so are tags, deep nesting and control characters, which no programme needs and no database takes.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    ScalarEvent,
)
from ruamel.yaml.nodes import ScalarNode

from scheduler.errors import BadFile, BadInput
from scheduler.programmes.problems import Steps

LARGEST_FILE = 2_000_000
"""Bytes; the largest shipped programme has a fifteenth of it."""

DEEPEST_NESTING = 20
"""Lists and mappings inside one another; the format needs eight. Time to parse grows with the square of the depth."""

FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no printable character (YAML 1.2, section 5.1), as it stands or as an escape."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its name for messages, and its content with positions."""

    name: str
    content: Mapping[str, Any]

    def problem(self, path: Steps, message: str, remedy: str = "") -> BadInput:
        """Return an error that names file, line and field of ``path``."""
        field = _field(self.content, path)
        return BadInput(message, place=f"{self.name}, line {self.line(path)}, {field}", remedy=remedy)

    def line(self, path: Steps) -> int:
        """Return the line of the deepest part of ``path`` that the file has, counted from 1."""
        return _line(self.content, path)


def read_document(file: Path) -> Document:
    """Read ``file``; raise ``BadFile`` when it is no YAML 1.2 text with a mapping at its top."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise BadInput(
            error.strerror or "cannot be read", place=str(file), remedy="give an existing file"
        ) from error
    return parse_document(raw, file.name)


def parse_document(raw: bytes, name: str) -> Document:
    """Parse the bytes of a programme file; ``name`` stands in messages."""
    if len(raw) > LARGEST_FILE:
        raise _unreadable(name, 1, f"has {len(raw)} bytes", f"a programme has at most {LARGEST_FILE}")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _unreadable(
            name,
            line,
            "is no text: it looks like a picture or another binary file",
            "give a YAML file in UTF-8",
        ) from error
    if found := FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _unreadable(name, line, f"holds the control character {_code(found.group())}", "remove it")
    content = _parse(text, name)
    if not isinstance(content, Mapping):
        raise _unreadable(
            name, 1, "holds no programme", "begin with `format: 1`; docs/programmes.md shows a file"
        )
    return Document(name, content)


class _TextConstructor(RoundTripConstructor):
    """Keeps dates and endless numbers as they are written, so that a wrong one is reported with its field."""


def _as_written(_constructor: RoundTripConstructor, node: ScalarNode) -> str:
    return str(node.value)


def _number_or_as_written(constructor: RoundTripConstructor, node: ScalarNode) -> Any:
    try:
        return constructor.construct_yaml_int(node)
    except ValueError:
        return _as_written(constructor, node)


_TextConstructor.add_constructor("tag:yaml.org,2002:timestamp", _as_written)
_TextConstructor.add_constructor("tag:yaml.org,2002:int", _number_or_as_written)


def _parse(text: str, name: str) -> Any:
    yaml = YAML(typ="rt")
    yaml.version = (1, 2)
    yaml.Constructor = _TextConstructor
    try:
        _refuse_tricks(YAML(typ="rt").parse(StringIO(text)), name)
        return yaml.load(text)
    except DuplicateKeyError as error:
        mark = error.problem_mark
        key = re.search(r'duplicate key "(.*?)"', str(error.problem))
        message = f"says {key[1] if key else 'a key'} twice"
        raise _unreadable(name, mark.line + 1 if mark else 1, message, "keep one of the two") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"is not YAML: {error.problem or error.context}"
        raise _unreadable(
            name, mark.line + 1 if mark else 1, message, "check indentation, colons and quotes"
        ) from error


def _refuse_tricks(events: Iterable[Event], name: str) -> None:
    depth = 0
    for event in events:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        message, remedy = _trick(event, depth)
        if message:
            raise _unreadable(name, event.start_mark.line + 1, message, remedy)


def _trick(event: Event, depth: int) -> tuple[str, str]:
    if isinstance(event, AliasEvent):
        return f"refers to &{event.anchor}", "write the value out where it is meant"
    if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag:
        return f"gives a value the tag {event.tag}", "remove the tag"
    if isinstance(event, DocumentStartEvent) and event.version not in (None, (1, 2)):
        return f"says it is YAML {'.'.join(map(str, event.version))}", "remove that line: this is YAML 1.2"
    if isinstance(event, ScalarEvent) and (found := FORBIDDEN.search(_as_meant(event))):
        return f"holds the control character {_code(found.group())}", "remove it"
    if depth > DEEPEST_NESTING:
        return f"is nested more than {DEEPEST_NESTING} deep", "docs/programmes.md shows a file"
    return "", ""


def _as_meant(event: ScalarEvent) -> str:
    # The parser marks the line breaks of a folded text with a bell, to write it back as it was.
    return str(event.value).replace("\a", "") if event.style == ">" else str(event.value)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _unreadable(name: str, line: int, message: str, remedy: str) -> BadFile:
    return BadFile([BadInput(message, place=f"{name}, line {line}", remedy=remedy)])


def _line(content: Any, path: Steps) -> int:
    """Return the line of the deepest part of ``path`` that the file has, counted from 1."""
    line, node = 1, content
    for step in path:
        node = _claim(node, step)
        position: Any = getattr(node, "lc", None)
        try:
            place = position.key(step) if isinstance(node, Mapping) else position.item(step)
            node = node[step]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
        line = place[0] + 1
    return line


def _field(content: Any, path: Steps) -> str:
    """Return ``path`` as a person would say it, items by their own key: ``obligations JS-R05, window``."""
    words: list[str] = []
    node = content
    for step in path:
        inside = _claim(node, step)
        node = _below(inside, step)
        if isinstance(inside, list) and isinstance(step, int) and words:
            own_name = node.get("key") if isinstance(node, Mapping) else None
            words[-1] += f" {own_name}" if own_name else f"[{step + 1}]"
        elif isinstance(inside, Mapping):
            words.append(str(step))
    return ", ".join(words) or "the file"


def _claim(node: Any, step: str | int) -> Any:
    """Return the value itself where it stands beside its basis and ``step`` leads into it."""
    if isinstance(node, Mapping) and step not in node and isinstance(node.get("value"), Mapping | list):
        return node["value"]
    return node


def _below(node: Any, step: str | int) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None
