"""Ticks: at each, mails are read, every side is given the reminders and invitations that are due, and letters are sent.

After them come the diaries at addresses that are due to be read again, so that no host that hangs keeps a letter back.
Beside them, in a thread of their own because they may take minutes, go the searches for plans that were asked for.

A tick keeps nothing in mind: what it finds to do follows from the database, and doing it twice does nothing more. So
any number of processes may tick, on any number of machines, and one that was down for a day has nothing to repair.
APScheduler only wakes this process; it stores nothing.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy import Engine

from scheduler import clock
from scheduler.actor import operator, side
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.diaries.refreshing import asking, refresh_due
from scheduler.errors import Unavailable
from scheduler.invitations.answers.chasing import chase, unchased
from scheduler.invitations.answers.mailbox import mailbox
from scheduler.invitations.answers.reading import Read, read_mailbox
from scheduler.invitations.queries import HasJointAgenda, no_joint_agenda, open_invitations
from scheduler.invitations.telling.actions import Told, tell_due
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import letterhead, mailer, relay_limit
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.rules import Fate
from scheduler.partnerships.queries import partnerships
from scheduler.planning.requests.searching import work_off
from scheduler.reminders.actions import Given, give_due
from scheduler.reminders.queries import AgendaDeadlines, is_anything_to_do, no_agendas
from scheduler.settings import Settings

NOTHING = Given(0, 0, 0)


@dataclass(frozen=True, slots=True)
class AgendaLetters:
    """What a side is told of agendas: whether there is anything to tell, and the writing, which counts its letters."""

    are_due: Callable[[Work], bool] = lambda _work: False
    write: Callable[[Work, Letterhead, Path | None], Told] = lambda _work, _letterhead, _templates: Told()


NO_AGENDA_LETTERS = AgendaLetters()
log = structlog.get_logger()
QUIET = logging.getLogger(__name__)
"""Of the scheduler's own words only errors: that a search takes longer than its interval is no news."""
QUIET.setLevel(logging.ERROR)


class Searches(ThreadPoolExecutor):  # type: ignore[misc]  # apscheduler carries no types
    """Where plans are searched for, apart from the ticks. Told to end, it first has the searches in hand given back."""

    def __init__(self) -> None:
        """Make a thread that looks; the search itself takes one for each side."""
        super().__init__(1)
        self.closing = Event()

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002  # as apscheduler calls it
        """End soon."""
        self.closing.set()
        super().shutdown(wait)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick came to: what each side was given and told, which fates letters met, what mails came."""

    given: dict[str, Given]
    told: dict[str, Told]
    fates: Counter[Fate]
    read: Read
    went_wrong: bool


def tick(
    engine: Engine,
    settings: Settings,
    now: datetime,
    agendas: AgendaDeadlines = no_agendas,
    has_joint_agenda: HasJointAgenda = no_joint_agenda,
    letters: AgendaLetters = NO_AGENDA_LETTERS,
) -> Ticked:
    """Do everything that is due at ``now``; what goes wrong for one side is logged and stops nothing else."""
    began = clock.now()
    given: dict[str, Given] = {}
    told: dict[str, Told] = {}
    went_wrong = False
    parties = _parties(engine, now)
    read = _read(engine, settings, parties, lambda: now + (clock.now() - began))
    for party in parties:
        try:
            _chase(engine, settings, party, now)
        except Exception:
            log.exception("a side could not be told of letters that came back", party=party)
            went_wrong = True
        try:
            given[party] = _give(engine, settings, party, now, agendas)
        except Exception:
            log.exception("a side could not be given its reminders", party=party)
            went_wrong = True
        try:
            told[party] = _tell(engine, settings, party, now, has_joint_agenda, letters)
        except Exception:
            log.exception("the invitations and agendas of a side could not be written", party=party)
            went_wrong = True
    fates: Counter[Fate] = Counter()
    try:
        fates = deliver(engine, mailer(settings), lambda: now + (clock.now() - began), relay_limit(settings))
    except Exception:
        log.exception("letters could not be sent")
        went_wrong = True
    went_wrong |= not _refresh(engine, settings, parties, lambda: now + (clock.now() - began))
    failed = any(entry.failed for entry in given.values()) or any(entry.failed for entry in told.values())
    went_wrong |= failed or bool(read.failed or read.problem) or fates[Fate.UNREACHED] > 0
    return Ticked(given, told, fates, read, went_wrong)


def tick_once(
    settings: Settings,
    engine: Engine,
    agendas: AgendaDeadlines = no_agendas,
    has_joint_agenda: HasJointAgenda = no_joint_agenda,
    letters: AgendaLetters = NO_AGENDA_LETTERS,
) -> str:
    """Tick now and search for every plan that waits; say what it came to. Raise ``Unavailable`` where it went wrong."""
    done = tick(engine, settings, clock.now(), agendas, has_joint_agenda, letters)
    searched = work_off(engine, clock.now, Event())
    if done.went_wrong:
        raise Unavailable(
            "not everything that is due could be done",
            remedy=done.read.problem or "the log says what and why",
        )
    written = {party: entry.enqueued + done.told[party].enqueued for party, entry in done.given.items()}
    given = ", ".join(f"{party} {count}" for party, count in written.items()) or "none"
    fates = ", ".join(f"{fate} {count}" for fate, count in sorted(done.fates.items())) or "none"
    return (
        f"Mails read: {done.read.taken}. Letters written: {given}. Letters handed over: {fates}. "
        f"Plans searched for: {searched or 'none'}."
    )


def start_ticking(
    settings: Settings,
    engine: Engine,
    agendas: AgendaDeadlines = no_agendas,
    has_joint_agenda: HasJointAgenda = no_joint_agenda,
    letters: AgendaLetters = NO_AGENDA_LETTERS,
) -> BackgroundScheduler:
    """Tick and search in the background of this process, now and then every few seconds; ``shutdown()`` ends it."""
    scheduler = _scheduler(BackgroundScheduler, settings, engine, agendas, has_joint_agenda, letters)
    scheduler.start()
    return scheduler


def keep_ticking(
    settings: Settings,
    engine: Engine,
    agendas: AgendaDeadlines = no_agendas,
    has_joint_agenda: HasJointAgenda = no_joint_agenda,
    letters: AgendaLetters = NO_AGENDA_LETTERS,
) -> None:
    """Do nothing but tick and search, until the process is told to end; a tick that has begun is finished first."""
    scheduler = _scheduler(BlockingScheduler, settings, engine, agendas, has_joint_agenda, letters)
    try:
        scheduler.start()
    finally:
        scheduler.shutdown()


def _read(engine: Engine, settings: Settings, parties: list[str], present: Callable[[], datetime]) -> Read:
    try:
        return read_mailbox(engine, mailbox(settings), parties, present, settings.inbox_relay)
    except Exception:
        log.exception("the mailbox could not be read")
        return Read(failed=1)


def _chase(engine: Engine, settings: Settings, party: str, now: datetime) -> None:
    actor = side(party, "mailbox")
    with reading(engine, actor, now) as work:
        if not unchased(work):
            return
    with unit_of_work(engine, actor, now) as work:
        chase(work, letterhead(settings))


def _give(engine: Engine, settings: Settings, party: str, now: datetime, agendas: AgendaDeadlines) -> Given:
    actor = side(party, "reminders")
    with reading(engine, actor, now) as work:
        if not is_anything_to_do(work, agendas):
            return NOTHING  # most ticks end here, without asking for the write lock
    with unit_of_work(engine, actor, now) as work:
        return give_due(work, letterhead(settings), agendas)


def _tell(
    engine: Engine,
    settings: Settings,
    party: str,
    now: datetime,
    has_joint_agenda: HasJointAgenda,
    letters: AgendaLetters,
) -> Told:
    told = Told()
    actor = side(party, "invitations")
    with reading(engine, actor, now) as work:
        is_due = any(entry.due for entry in open_invitations(work))
    if is_due:
        with unit_of_work(engine, actor, now) as work:
            told = tell_due(work, letterhead(settings), has_joint_agenda)
    return told + _tell_of_agendas(engine, settings, party, now, letters)


def _tell_of_agendas(
    engine: Engine, settings: Settings, party: str, now: datetime, letters: AgendaLetters
) -> Told:
    actor = side(party, "agendas")
    with reading(engine, actor, now) as work:
        if not letters.are_due(work):
            return Told()
    with unit_of_work(engine, actor, now) as work:
        return letters.write(work, letterhead(settings), settings.agenda_templates)


def _refresh(engine: Engine, settings: Settings, parties: list[str], present: Callable[[], datetime]) -> bool:
    """Read the diaries that are due to be read again; return whether it went well for every side."""
    went_well = True
    for party in parties:
        try:
            refresh_due(engine, side(party, "diaries"), asking(settings), present)
        except Exception:
            log.exception("the diaries of a side could not be read", party=party)
            went_well = False
    return went_well


def _parties(engine: Engine, now: datetime) -> list[str]:
    with reading(engine, operator("ticks"), now) as work:
        return sorted({party.key for facts in partnerships(work) for party in facts.parties})


def _scheduler(
    kind: type[BaseScheduler],
    settings: Settings,
    engine: Engine,
    agendas: AgendaDeadlines,
    has_joint_agenda: HasJointAgenda,
    letters: AgendaLetters,
) -> BaseScheduler:
    searches = Searches()

    def run() -> None:
        tick(engine, settings, clock.now(), agendas, has_joint_agenda, letters)

    def search() -> None:
        work_off(engine, clock.now, searches.closing)

    scheduler = kind(timezone=UTC, logger=QUIET)
    scheduler.add_executor(searches, "searches")
    for job, executor, seconds in (
        (run, "default", settings.tick_seconds),
        (search, "searches", settings.search_seconds),
    ):
        scheduler.add_job(
            job,
            "interval",
            executor=executor,
            seconds=seconds,
            next_run_time=clock.now(),
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )
    return scheduler
