"""Plans and problems as plain JSON values, and back.

Owns the stored form and the fingerprint of a problem; where it is stored is the business of ``tables``. A dataclass
is an object by field names, a day is ``YYYY-MM-DD``, a time ``HH:MM:SS``, an enumeration its value. A field that what
is stored lacks has its default.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date, time
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from scheduler.planning.problem import Plan, Problem

T = TypeVar("T")


def to_json(value: object) -> Any:
    """Return ``value`` (a dataclass of ``problem``, or anything it holds) as objects, lists, strings and numbers."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {entry.name: to_json(getattr(value, entry.name)) for entry in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(to_json(key)): to_json(entry) for key, entry in value.items()}
    if isinstance(value, frozenset):
        return sorted(to_json(entry) for entry in value)
    if isinstance(value, tuple | list):
        return [to_json(entry) for entry in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | time) else value


def plan_from_json(value: Mapping[str, Any]) -> Plan:
    """Return the plan that ``to_json`` wrote; raises ``TypeError`` or ``ValueError`` for anything else."""
    return _read(Plan, value)


def problem_from_json(value: Mapping[str, Any]) -> Problem:
    """Return the problem that ``to_json`` wrote; raises ``TypeError`` or ``ValueError`` for anything else."""
    return _read(Problem, value)


def fingerprint(problem: Problem) -> str:
    """Return a SHA-256 of the problem that does not depend on the order of its lists of things."""
    canonical = json.dumps(
        _sorted(to_json(problem)), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _sorted(value: Any) -> Any:
    """Sort lists of objects; lists of strings and numbers keep their order, which may have a meaning."""
    if isinstance(value, dict):
        return {key: _sorted(entry) for key, entry in value.items()}
    if isinstance(value, list):
        entries = [_sorted(entry) for entry in value]
        if len(entries) > 1 and isinstance(entries[0], dict):
            return sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))
        return entries
    return value


def _read(kind: type[T], value: Mapping[str, Any]) -> T:
    hints = _hints(kind)  # type: ignore[arg-type]  # every class is hashable
    return kind(**{name: _value(hints[name], value[name]) for name in hints if name in value})


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(hint, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        return _value(kinds[0], value) if len(kinds) == 1 else value
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (tuple, frozenset):
        return origin(_value(inner[0], entry) for entry in value)
    if origin is Mapping:
        return {_value(inner[0], key): _value(inner[1], entry) for key, entry in value.items()}
    return _one(hint, value)


def _one(hint: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _read(hint, value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return hint.fromisoformat(value) if hint in (date, time) else value
