"""Reading the diaries at addresses, one after the other, each for the side it belongs to.

1. Claim an address that is due, and commit: now nobody else reads it.
2. Outside any transaction, ask for it and read what comes.
3. Keep what it brought, or why it brought nothing, in a transaction of its own.

Any number of these loops may run at once. A host that hangs costs its own diary some seconds, and the next ones wait
for the next tick.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.diaries.actions import Claimed, Good, Unchanged, claim, no_diary, read_file, settle
from scheduler.diaries.addresses import Unfit, checked, read_origins
from scheduler.diaries.fetching import FetchFailed, Limits, fetch
from scheduler.diaries.queries import is_any_due
from scheduler.diaries.reasons import Failure
from scheduler.errors import BadInput
from scheduler.settings import Settings

LONGEST_ROUND = timedelta(seconds=60)
"""After how long no further address is asked at one tick."""

Clock = Callable[[], datetime]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asking:
    """How addresses are read: how often, which origins of the own network may be asked, and what one may cost."""

    every: timedelta
    allowed: frozenset[str]
    limits: Limits


def asking(settings: Settings) -> Asking:
    """Return what the settings say; raise ``BadInput`` for origins that cannot be meant."""
    every = timedelta(minutes=settings.diary_minutes)
    return Asking(every, read_origins(settings.diary_origins), Limits())


def refresh_due(engine: Engine, actor: Actor, how: Asking, clock: Clock) -> None:
    """Read the addresses of the acting side that are due; ``clock`` gives the present instant, aware, in UTC."""
    began = clock()
    with reading(engine, actor, began) as work:
        if not is_any_due(work):
            return  # most ticks end here, without asking for the write lock
    while clock() - began < LONGEST_ROUND:
        with unit_of_work(engine, actor, clock()) as work:
            claimed = claim(work)
        if claimed is None:
            return
        _refresh(engine, actor, claimed, how, clock)


def refresh(engine: Engine, actor: Actor, post: str, how: Asking, clock: Clock) -> None:
    """Read the address of one post of the acting side now; raise ``NotFound`` where its diary has none."""
    with unit_of_work(engine, actor, clock()) as work:
        claimed = claim(work, post)
        if claimed is None:
            raise no_diary(post)
    _refresh(engine, actor, claimed, how, clock)


def _refresh(engine: Engine, actor: Actor, claimed: Claimed, how: Asking, clock: Clock) -> None:
    outcome = _outcome(claimed, how, clock())
    if isinstance(outcome, Failure):
        log.warning("a diary could not be read", party=actor.party, failure=outcome)
    with unit_of_work(engine, actor, clock()) as work:
        settle(work, claimed, outcome, how.every)


def _outcome(claimed: Claimed, how: Asking, now: datetime) -> Good | Unchanged | Failure:
    try:
        address = checked(claimed.address, how.allowed)
        fetched = fetch(address, how.allowed, etag=claimed.etag, modified=claimed.modified, limits=how.limits)
        if fetched.data is None:
            return Unchanged()
        return replace(
            read_file(fetched.data, claimed.zone, now), etag=fetched.etag, modified=fetched.modified
        )
    except (Unfit, FetchFailed) as known:
        return known.failure
    except BadInput:
        return Failure.UNREADABLE
    except Exception as error:  # noqa: BLE001 (one diary stops nothing else)
        # A fault of ours. Its words are kept out of the log: they could repeat what was read.
        log.error("reading a diary failed", party=claimed.party, error=type(error).__name__)  # noqa: TRY400
        return Failure.INTERNAL
