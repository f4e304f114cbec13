"""What a load would change: two normal forms compared, item by item and field by field. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.dates.cadence import WITHOUT_INTERVAL
from scheduler.programmes.sections import Entry, Section

LONGEST_SHOWN = 60
"""Characters of a value that a line for a person shows."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a load would do, or leave.

    ``kind`` is ``new``, ``changed``, ``reordered`` or ``kept`` (in the database and not in the file: it
    stays); ``fields`` gives, for a change, the values before and after of each field at the depth where they differ.
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
    """Return what changes about the partnership itself; a party that the file no longer names stays one."""
    if stored is None:
        return [Difference("partnership", given["key"], "new", {})]
    named = [party for party in stored["parties"] if party in given["parties"]]
    fields = dict(_changes({**stored, "parties": named}, given))
    return [Difference("partnership", given["key"], "changed", fields)] if fields else []


def compare_section(section: Section, stored: Sequence[Entry], given: Sequence[Entry]) -> list[Difference]:
    """Return what changes in one section, in the order of the file; what the file does not name comes last."""
    known = {section.name_of(item): item for item in stored}
    names = [section.name_of(item) for item in given]
    found, kept = [], []
    for name, item in zip(names, given, strict=True):
        if name not in known:
            found.append(Difference(section.name, name, "new", {}))
            continue
        before = dict(known[name])
        for field in section.growing:
            before[field], left = _named_again(before[field], item[field])
            kept += [Difference(section.name, f"{name}, {field} {key}", "kept", {}) for key in left]
        if fields := dict(_changes(before, item)):
            found.append(Difference(section.name, name, "changed", fields))
    given_names = set(names)
    shared = [name for name in known if name in given_names]
    if section.in_order and shared != [name for name in names if name in known]:
        found.append(Difference(section.name, "", "reordered", {}))
    kept += [Difference(section.name, name, "kept", {}) for name in known if name not in given_names]
    return [*found, *kept]


def keep_intervals(stored: Sequence[Entry], given: Sequence[Entry]) -> tuple[list[Entry], list[Difference]]:
    """Return obligations of a file with the intervals that people set where it names none, and a line for each.

    A file is silent of what its text lacks; silence takes nothing away that somebody has set. An interval of the file's
    own, or a cadence that needs none, holds.
    """
    known = {item["key"]: item["cadence"] for item in stored}
    settled, kept = [], []
    for item in given:
        before, cadence = known.get(item["key"]), item["cadence"]
        if before and before["set_by"] and _leaves_open(cadence) and cadence["rule"] == before["rule"]:
            interval = {name: before[name] for name in ("months", "set_by")}
            settled.append({**item, "cadence": {**cadence, **interval}})
            name = f"{item['key']}, cadence, months: {before['months']}, set by {before['set_by']}"
            kept.append(Difference("obligations", name, "kept", {}))
        else:
            settled.append(item)
    return settled, kept


def _leaves_open(cadence: Entry) -> bool:
    return cadence["rule"] in WITHOUT_INTERVAL and cadence["months"] is None and cadence["set_by"] is None


def _named_again(stored: Sequence[Entry], given: Sequence[Entry]) -> tuple[list[Entry], list[str]]:
    """Return the stored items that the file names too, and the keys of the others."""
    named = {item["key"] for item in given}
    return [item for item in stored if item["key"] in named], [
        item["key"] for item in stored if item["key"] not in named
    ]


def _changes(stored: Any, given: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Yield the fields that differ, as deep as both sides have the same keys."""
    if stored == given:
        return
    pairs = _pairs(stored, given)
    if pairs is None:
        yield ", ".join(path), (stored, given)
        return
    for name, (old, new) in pairs.items():
        yield from _changes(old, new, (*path, name))


def _pairs(stored: Any, given: Any) -> dict[str, tuple[Any, Any]] | None:
    """Return what to compare one level deeper by name, or ``None`` where the values are compared whole."""
    if isinstance(stored, Mapping) and isinstance(given, Mapping):
        names = [*given, *(name for name in stored if name not in given)]
        return {str(name): (stored.get(name), given.get(name)) for name in names}
    old, new = _by_key(stored), _by_key(given)
    if old is None or new is None or list(old) != list(new):
        return None
    return {key: (old[key], new[key]) for key in new}


def _by_key(items: Any) -> dict[str, Entry] | None:
    if not isinstance(items, list) or not all(isinstance(item, Mapping) and "key" in item for item in items):
        return None
    return {item["key"]: item for item in items}


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
