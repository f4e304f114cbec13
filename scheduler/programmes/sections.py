"""What a section of a programme file is, so that other wings can add their own.

A section knows its shape, how it is checked, and how its items are read from and written to the database, all in the
normal form of the file.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from scheduler.db.work import Work
from scheduler.programmes.problems import Problem

Entry = dict[str, Any]
"""One item of a section in normal form."""


@dataclass(frozen=True, slots=True)
class Section:
    """A list in the file whose items are compared, loaded and exported one by one.

    ``identity`` names the fields that make two items the same; ``read`` returns the items of a partnership in the
    order of the file, ``in_order`` where that order means something; ``write`` creates or changes one item at its
    position, inside the work of the whole load. Nothing is removed from the lists in its fields ``growing``. ``settle``
    gives the items of a file what people have decided since, which a load does not undo.
    """

    name: str
    identity: tuple[str, ...]
    read: Callable[[Work, str], list[Entry]]
    write: Callable[[Work, str, Entry, int], None]
    in_order: bool = True
    growing: tuple[str, ...] = ()
    shape: type[Schema] | None = None
    check: Callable[[Mapping[str, Any]], Iterable[Problem]] | None = None
    settle: Callable[[Work, str, Sequence[Entry]], list[Entry]] | None = None

    def name_of(self, item: Mapping[str, Any]) -> str:
        """Return what tells an item from the others of its section."""
        return " ".join(str(item[field]) for field in self.identity if item[field] is not None)
