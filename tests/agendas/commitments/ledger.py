"""The small programme with its one commitment, and somebody of each side who acts on it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from agendas.commitments.entry import Entry
from agendas.commitments.queries import proposals
from scheduler.actor import Actor
from scheduler.db.work import unit_of_work
from tests.builders import NOW, PARTNERSHIP

SHARED = Entry("T1", {"en": "Meet each year"}, "action", "will", {"uk": ("fcdo",), "nl": ("bz",)})
OURS = Entry("T1", {"en": "Open the archive"}, "action", "will", {"uk": ("fcdo",)})
ADDRESS = "https://report.example/1"


def do(engine: Engine, actor: Actor, act: Callable[..., Any], *words: Any, **named: Any) -> Any:
    """Act on the partnership in a unit of work of its own."""
    with unit_of_work(engine, actor, NOW) as work:
        return act(work, PARTNERSHIP, *words, **named)


def decide(engine: Engine, actor: Actor, act: Callable[..., Any], uid: str, *words: Any) -> Any:
    """Decide about a proposal in a unit of work of its own."""
    with unit_of_work(engine, actor, NOW) as work:
        return act(work, uid, *words)


def waiting(engine: Engine, actor: Actor) -> list[tuple[str, str | None]]:
    """Return what waits as far as somebody sees it: which commitment, and whose it is."""
    return [(entry.commitment, entry.layer) for entry in do(engine, actor, proposals)]


def only_uid(engine: Engine, actor: Actor) -> str:
    """Return the UID of the one proposal that somebody sees."""
    (entry,) = do(engine, actor, proposals)
    return str(entry.uid)
