"""What a load would change: two normal forms compared, item by item and field by field. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.programmes.sections import Entry, Section


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a load would do, or leave.

    ``kind`` is ``new``, ``changed``, ``reordered`` or ``kept`` (in the database and not in the file: it
    stays); ``fields`` gives, for a change, the values before and after.
    """

    section: str
    name: str
    kind: str
    fields: Mapping[str, tuple[Any, Any]]

    def __str__(self) -> str:
        """Return one line for a person."""
        head = f"{self.kind:<9} {self.section} {self.name}".rstrip()
        if not self.fields:
            return head
        changes = "; ".join(
            f"{field}: {_short(old)} → {_short(new)}" for field, (old, new) in self.fields.items()
        )
        return f"{head}: {changes}"


def compare_head(stored: Entry | None, given: Entry) -> list[Difference]:
    """Return what changes about the partnership itself."""
    if stored is None:
        return [Difference("partnership", given["key"], "new", {})]
    fields = _changed_fields(stored, given)
    return [Difference("partnership", given["key"], "changed", fields)] if fields else []


def compare_section(section: Section, stored: Sequence[Entry], given: Sequence[Entry]) -> list[Difference]:
    """Return what changes in one section, in the order of the file; what the file does not name comes last."""
    known = {section.name_of(item): item for item in stored}
    names = [section.name_of(item) for item in given]
    found = []
    for name, item in zip(names, given, strict=True):
        if name not in known:
            found.append(Difference(section.name, name, "new", {}))
        elif fields := _changed_fields(known[name], item):
            found.append(Difference(section.name, name, "changed", fields))
    given_names = set(names)
    shared = [name for name in known if name in given_names]
    if section.in_order and shared != [name for name in names if name in known]:
        found.append(Difference(section.name, "", "reordered", {}))
    found += [Difference(section.name, name, "kept", {}) for name in known if name not in given_names]
    return found


def _changed_fields(stored: Entry, given: Entry) -> dict[str, tuple[Any, Any]]:
    return {field: (stored.get(field), value) for field, value in given.items() if stored.get(field) != value}


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
