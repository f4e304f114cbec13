"""A unit of work: one session, one instant, one actor.

A door opens it; leaving commits, an exception rolls back. Actions take it and never commit, so that a change,
its audit entry and its letters stand or fall together.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.actor import Actor
from scheduler.db.engine import reading_engine
from scheduler.db.layers import guard


@dataclass(frozen=True, slots=True)
class Work:
    """What an action needs to act: where, when (aware, UTC, read once at the door) and for whom."""

    session: Session
    now: datetime
    actor: Actor


@contextmanager
def unit_of_work(engine: Engine, actor: Actor, now: datetime) -> Iterator[Work]:
    """Open a transaction that may write; commit on leaving, roll back on any exception."""
    with Session(engine) as session, session.begin():
        guard(session, actor)
        yield Work(session, now, actor)


@contextmanager
def reading(engine: Engine, actor: Actor, now: datetime) -> Iterator[Work]:
    """Open a consistent snapshot that takes no write lock and cannot write."""
    with Session(reading_engine(engine), autoflush=False) as session, session.begin():
        guard(session, actor)
        yield Work(session, now, actor)
