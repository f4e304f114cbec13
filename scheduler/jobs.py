"""Ticks: at each, every side is given the reminders that are due, and what lies in the outbox is sent.

A tick keeps nothing in mind: what it finds to do follows from the database, and doing it twice does nothing more. So
any number of processes may tick, on any number of machines, and one that was down for a day has nothing to repair.
APScheduler only wakes this process; it stores nothing.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy import Engine

from scheduler import clock
from scheduler.actor import operator, side
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import Unavailable
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import letterhead, mailer
from scheduler.outbox.rules import Fate
from scheduler.partnerships.queries import partnerships
from scheduler.reminders.actions import Given, give_due
from scheduler.reminders.queries import is_anything_to_do
from scheduler.settings import Settings

NOTHING = Given(0, 0, 0)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick came to: what each side was given, which fates letters met, and whether anything went wrong."""

    given: dict[str, Given]
    fates: Counter[Fate]
    went_wrong: bool


def tick(engine: Engine, settings: Settings, now: datetime) -> Ticked:
    """Do everything that is due at ``now``; what goes wrong for one side is logged and stops nothing else."""
    began = clock.now()
    given: dict[str, Given] = {}
    went_wrong = False
    for party in _parties(engine, now):
        try:
            given[party] = _give(engine, settings, party, now)
        except Exception:
            log.exception("a side could not be given its reminders", party=party)
            went_wrong = True
    fates: Counter[Fate] = Counter()
    try:
        fates = deliver(engine, mailer(settings), lambda: now + (clock.now() - began))
    except Exception:
        log.exception("letters could not be sent")
        went_wrong = True
    return Ticked(given, fates, went_wrong or any(entry.failed for entry in given.values()))


def tick_once(settings: Settings, engine: Engine) -> str:
    """Tick now; say what it came to. Raise ``Unavailable`` where something went wrong."""
    done = tick(engine, settings, clock.now())
    if done.went_wrong:
        raise Unavailable("not everything that is due could be done", remedy="the log says what and why")
    given = ", ".join(f"{party} {entry.enqueued}" for party, entry in done.given.items()) or "none"
    fates = ", ".join(f"{fate} {count}" for fate, count in sorted(done.fates.items())) or "none"
    return f"Letters written: {given}. Letters handed over: {fates}."


def start_ticking(settings: Settings, engine: Engine) -> BackgroundScheduler:
    """Tick in the background of this process, now and then every TICK_SECONDS; ``shutdown()`` ends it."""
    scheduler = _scheduler(BackgroundScheduler, settings, engine)
    scheduler.start()
    return scheduler


def keep_ticking(settings: Settings, engine: Engine) -> None:
    """Do nothing but tick, until the process is told to end; a tick that has begun is finished first."""
    _scheduler(BlockingScheduler, settings, engine).start()


def _give(engine: Engine, settings: Settings, party: str, now: datetime) -> Given:
    actor = side(party, "reminders")
    with reading(engine, actor, now) as work:
        if not is_anything_to_do(work):
            return NOTHING  # most ticks end here, without asking for the write lock
    with unit_of_work(engine, actor, now) as work:
        return give_due(work, letterhead(settings))


def _parties(engine: Engine, now: datetime) -> list[str]:
    with reading(engine, operator("ticks"), now) as work:
        return sorted({party.key for facts in partnerships(work) for party in facts.parties})


def _scheduler(kind: type[BaseScheduler], settings: Settings, engine: Engine) -> BaseScheduler:
    def run() -> None:
        tick(engine, settings, clock.now())

    scheduler = kind(timezone=UTC)
    scheduler.add_job(
        run,
        "interval",
        name="tick",
        seconds=settings.tick_seconds,
        next_run_time=clock.now(),
        coalesce=True,
        misfire_grace_time=None,
        max_instances=1,
    )
    return scheduler
