import dataclasses
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from scheduler import clock
from scheduler.actor import operator
from scheduler.db.work import unit_of_work
from scheduler.errors import Unavailable
from scheduler.jobs import start_ticking, tick, tick_once
from scheduler.outbox.actions import enqueue
from scheduler.outbox.rules import Fate
from scheduler.partnerships.tables import Party
from scheduler.reminders.actions import Given
from scheduler.settings import Settings, read_settings
from tests.outbox.drafts import LETTERHEAD, UK, draft
from tests.reminders.stage import agreed, found

ROOT = Path(__file__).parents[1]
SPRING = datetime(2027, 4, 28, 8, 30, tzinfo=UTC)


@pytest.fixture
def settings(engine: Engine, tmp_path: Path) -> Settings:
    found(engine)
    agreed(engine)
    defaults = read_settings(tmp_path / "none.env")
    return dataclasses.replace(defaults, mail_folder=tmp_path / "mail", tick_seconds=1)


def files(settings: Settings) -> list[str]:
    folder = settings.mail_folder
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what another thread or process does."""
    last = time.monotonic() + 60
    while not is_so() and time.monotonic() < last:
        time.sleep(0.05)


def break_side(engine: Engine, party: str) -> None:
    """Give a side office hours that are no hours."""
    with unit_of_work(engine, operator(), SPRING) as work:
        work.session.execute(update(Party).where(Party.key == party).values(office_from="early"))


def test_a_tick_tells_both_sides_and_a_second_one_nobody(engine: Engine, settings: Settings) -> None:
    first = tick(engine, settings, SPRING)
    assert first.given == {"nl": Given(2, 0, 0), "uk": Given(2, 0, 0)}
    assert first.fates == Counter({Fate.ACCEPTED: 4})
    written = files(settings)
    assert len(written) == 4
    second = tick(engine, settings, SPRING + timedelta(minutes=1))
    assert (second.given, second.fates) == ({"nl": Given(0, 0, 0), "uk": Given(0, 0, 0)}, Counter())
    assert files(settings) == written


def test_any_number_of_processes_may_tick(engine: Engine, settings: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        ticks = list(pool.map(lambda _: tick(engine, settings, SPRING), range(4)))
    assert [entry.went_wrong for entry in ticks] == [False] * 4
    assert sum(entry.fates[Fate.ACCEPTED] for entry in ticks) == 4
    assert len(files(settings)) == 4


def test_what_goes_wrong_for_one_side_stops_nothing_else(engine: Engine, settings: Settings) -> None:
    break_side(engine, "nl")
    done = tick(engine, settings, SPRING)
    assert done.went_wrong
    assert done.given == {"uk": Given(2, 0, 0)}
    assert done.fates == Counter({Fate.ACCEPTED: 2})


def test_a_tick_by_hand_says_what_it_did(engine: Engine, settings: Settings) -> None:
    assert tick_once(settings, engine).startswith("Mails read: 0. Letters written: nl ")
    assert tick_once(settings, engine) == (
        "Mails read: 0. Letters written: nl 0, uk 0. Letters handed over: none. Plans searched for: none."
    )
    break_side(engine, "nl")
    with pytest.raises(Unavailable):
        tick_once(settings, engine)


def test_ticking_begins_at_once_and_ends_when_told(engine: Engine, settings: Settings) -> None:
    with unit_of_work(engine, UK, clock.now()) as work:
        enqueue(work, draft(), LETTERHEAD)
    scheduler = start_ticking(settings, engine)
    until(lambda: files(settings) != [])
    scheduler.shutdown()
    assert [file for file in files(settings) if file.startswith("note-1-")] != []
    assert [thread for thread in threading.enumerate() if "APScheduler" in thread.name] == []


def test_a_worker_ticks_until_it_is_told_to_end(
    engine: Engine, settings: Settings, database_url: str
) -> None:
    with unit_of_work(engine, UK, clock.now()) as work:
        enqueue(work, draft(), LETTERHEAD)
    environment = {**os.environ, "DATABASE_URL": database_url, "MAIL_FOLDER": str(settings.mail_folder)}
    command = (sys.executable, "-c", "from scheduler.app import main; main()", "worker")
    with subprocess.Popen(command, cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT)}) as worker:
        until(lambda: files(settings) != [])
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    assert len([file for file in files(settings) if file.startswith("note-1-")]) == 1


def test_a_missed_turn_is_made_up_for_once_and_two_never_overlap(engine: Engine, settings: Settings) -> None:
    scheduler = start_ticking(settings, engine)
    jobs = scheduler.get_jobs()
    scheduler.shutdown()
    assert {(job.executor, job.trigger.interval) for job in jobs} == {
        ("default", timedelta(seconds=settings.tick_seconds)),
        ("searches", timedelta(seconds=settings.search_seconds)),
    }
    for job in jobs:
        assert (job.coalesce, job.misfire_grace_time, job.max_instances) == (True, None, 1)
        assert job.next_run_time <= clock.now() + timedelta(seconds=3)
