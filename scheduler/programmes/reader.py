"""Reading a programme file as YAML 1.2, and remembering the line of every node.

Owns text, not meaning: what the values must be is said in ``schema``, how they must fit together in
``rules``. A file is read whole and never written back; anchors and aliases are refused, since a short file
could unfold into an endless one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError

from scheduler.errors import BadFile, BadInput

LARGEST_FILE = 5_000_000
"""Bytes; the largest shipped programme has a fiftieth of it."""

Steps = tuple[str | int, ...]
"""The way to a value: keys of mappings and indexes of lists."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its name for messages, and its content with positions."""

    name: str
    content: Mapping[str, Any]

    def problem(self, path: Steps, message: str, remedy: str = "") -> BadInput:
        """Return an error that names file, line and field of ``path``."""
        field = _field(self.content, path)
        return BadInput(
            message, place=f"{self.name}, line {_line(self.content, path)}, {field}", remedy=remedy
        )


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
    content = _parse(text, name)
    if not isinstance(content, Mapping):
        raise _unreadable(
            name, 1, "holds no programme", "begin with `format: 1`; docs/programmes.md shows a file"
        )
    return Document(name, content)


class _TextConstructor(RoundTripConstructor):
    """Keeps dates as they are written, so that one that does not exist is reported with its field."""


def _as_written(_constructor: RoundTripConstructor, node: ScalarNode) -> str:
    return str(node.value)


_TextConstructor.add_constructor("tag:yaml.org,2002:timestamp", _as_written)


def _parse(text: str, name: str) -> Any:
    yaml = YAML(typ="rt")
    yaml.version = (1, 2)
    yaml.Constructor = _TextConstructor
    try:
        for event in YAML(typ="rt").parse(StringIO(text)):
            if isinstance(event, AliasEvent):
                line = event.start_mark.line + 1
                raise _unreadable(
                    name, line, f"refers to &{event.anchor}", "write the value out where it is meant"
                )
        return yaml.load(text)
    except DuplicateKeyError as error:
        mark = error.problem_mark
        raise _unreadable(
            name, mark.line + 1 if mark else 1, "says the same key twice", "keep one of the two"
        ) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"is not YAML: {error.problem or error.context}"
        raise _unreadable(
            name, mark.line + 1 if mark else 1, message, "check indentation, colons and quotes"
        ) from error
    except ReaderError as error:
        raise _unreadable(name, 1, f"holds a character that YAML forbids: {error}", "remove it") from error


def _unreadable(name: str, line: int, message: str, remedy: str) -> BadFile:
    return BadFile([BadInput(message, place=f"{name}, line {line}", remedy=remedy)])


def _line(content: Any, path: Steps) -> int:
    """Return the line of the deepest part of ``path`` that the file has, counted from 1."""
    line, node = 1, content
    for step in path:
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
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
        if isinstance(step, int):
            own_name = node.get("key") if isinstance(node, Mapping) else None
            words[-1:] = [f"{words[-1]} {own_name}" if own_name else f"{words[-1]}[{step + 1}]"]
        else:
            words.append(step)
    return ", ".join(words) or "the file"
