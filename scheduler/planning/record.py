"""Plans and problems as plain JSON values, and back.

Owns the stored form and the fingerprint of a problem; where it is stored is the business of ``tables``. A dataclass
is an object by field names, a day is ``YYYY-MM-DD``, a time ``HH:MM:SS``, an enumeration its value. A field that what
is stored lacks has its default. The walk over thousands of days and reasons is msgspec's.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from scheduler.planning.problem import Plan, Problem


def to_json(value: object) -> Any:
    """Return ``value`` (a dataclass of ``problem``, or anything it holds) as objects, lists, strings and numbers."""
    plain = msgspec.to_builtins(value, str_keys=True, order="deterministic")
    return msgspec.json.decode(msgspec.json.encode(plain))  # tuples are lists only once they are written


def plan_from_json(value: Mapping[str, Any]) -> Plan:
    """Return the plan that ``to_json`` wrote; raises ``msgspec.ValidationError`` for anything else."""
    return msgspec.convert(value, Plan, str_keys=True)


def problem_from_json(value: Mapping[str, Any]) -> Problem:
    """Return the problem that ``to_json`` wrote; raises ``msgspec.ValidationError`` for anything else."""
    return msgspec.convert(value, Problem, str_keys=True)


def fingerprint(problem: Problem) -> str:
    """Return a SHA-256 of the problem that does not depend on the order of its lists of things."""
    return hashlib.sha256(msgspec.json.encode(_sorted(to_json(problem)), order="sorted")).hexdigest()


def _sorted(value: Any) -> Any:
    """Sort lists of objects; lists of strings and numbers keep their order, which may have a meaning."""
    if isinstance(value, dict):
        return {
            key: _sorted(entry) if isinstance(entry, dict | list) else entry for key, entry in value.items()
        }
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        entries = [_sorted(entry) for entry in value]
        if len(entries) > 1 and isinstance(entries[0], dict):
            return sorted(entries, key=lambda entry: msgspec.json.encode(entry, order="sorted"))
        return entries
    return value
