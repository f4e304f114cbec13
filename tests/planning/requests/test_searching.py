"""Searches as workers make them: in threads and in real processes, which are stopped, killed and overtaken."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, update

from scheduler import clock
from scheduler.db.work import reading, unit_of_work
from scheduler.jobs import start_ticking
from scheduler.planning.queries import plans
from scheduler.planning.requests.actions import ask_to_stop
from scheduler.planning.requests.queries import oldest_waiting
from scheduler.planning.requests.rules import FAULT, LEASE, STOPPING, RequestState
from scheduler.planning.requests.searching import work_off
from scheduler.planning.requests.tables import PlanRequest
from scheduler.planning.solver import solve
from scheduler.settings import read_settings
from tests.builders import NL, NOW, PARTNERSHIP, UK, load_files
from tests.planning.requests.asked import ask, endless, request, search_all, short, stored

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _loaded(engine: Engine) -> None:
    load_files(engine)


def until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for what another thread or process does."""
    last = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < last
        time.sleep(0.05)


def stop(engine: Engine, key: str) -> None:
    with unit_of_work(engine, UK, clock.now()) as work:
        ask_to_stop(work, PARTNERSHIP, key)


def test_a_worker_finds_the_plan_that_a_search_alone_would(engine: Engine) -> None:
    problem = short()
    key = ask(engine, problem)
    assert search_all(engine) == 1
    found = request(engine, key)
    best = stored(engine, found.plan)
    assert best.plan == solve(problem)
    assert (found.state, found.price, found.bound) == (RequestState.DONE, best.plan.price, best.plan.price)
    assert (best.made_by, best.plan.proven, found.plan == found.first_plan) == (UK.name, True, False)
    assert search_all(engine) == 0


def test_workers_at_once_search_each_request_once(engine: Engine) -> None:
    sides = {
        ask(engine, short(str(number)), actor, NOW): actor
        for number, actor in enumerate((UK, NL, NL, UK, NL, UK))
    }
    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(lambda _: search_all(engine), range(2))) == len(sides)
    assert {request(engine, key, actor).state for key, actor in sides.items()} == {RequestState.DONE}
    for actor in (UK, NL):
        with reading(engine, actor, NOW) as work:
            assert oldest_waiting(work) is None
            assert len(plans(work, PARTNERSHIP)) == 2 * 3


def test_each_side_gets_its_oldest_request_first(engine: Engine) -> None:
    sides = {
        ask(engine, short(str(number)), actor, NOW - timedelta(seconds=number)): actor
        for number, actor in enumerate((UK, NL, NL, UK))
    }
    seconds = count()  # a clock that never shows the same second twice
    assert work_off(engine, lambda: NOW + timedelta(seconds=next(seconds)), Event()) == len(sides)
    for side_ in (UK, NL):
        finished = [
            request(engine, key, actor).finished_at or NOW for key, actor in sides.items() if actor is side_
        ]
        assert sorted(finished, reverse=True) == finished
        assert len(set(finished)) == 2


def test_no_side_waits_for_the_search_of_another_so_that_none_can_tell_that_there_is_one(
    engine: Engine,
) -> None:
    long = ask(engine, endless())
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(search_all, engine)
        until(lambda: request(engine, long).progress_at is not None)
        quick = ask(engine, short("quick"), NL, clock.now())
        until(lambda: request(engine, quick, NL).state is RequestState.DONE)
        assert request(engine, long).state is RequestState.RUNNING
        stop(engine, long)
        assert ended.result(timeout=30) == 2


def test_a_search_is_stopped_in_its_middle_and_keeps_its_best(engine: Engine) -> None:
    key = ask(engine, endless())
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(search_all, engine)
        until(lambda: request(engine, key).progress_at is not None)
        stop(engine, key)
        assert ended.result(timeout=30) == 1
    found = request(engine, key)
    best = stored(engine, found.plan).plan
    assert (found.state, best.proven) == (RequestState.STOPPED, False)
    assert best.bound <= best.price <= stored(engine, found.first_plan).plan.price
    assert (found.price, found.bound) == (best.price, best.bound)


def test_a_killed_worker_is_followed_by_another(engine: Engine, database_url: str, tmp_path: Path) -> None:
    key = ask(engine, endless())
    environment = {**os.environ, "DATABASE_URL": database_url, "MAIL_FOLDER": str(tmp_path)}
    command = (sys.executable, "-c", "from scheduler.app import main; main()", "worker")
    with subprocess.Popen(command, cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT)}) as worker:
        until(lambda: request(engine, key).progress_at is not None)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert search_all(engine) == 0
    stop(engine, key)
    assert request(engine, key).standing == STOPPING
    assert search_all(engine, LEASE + timedelta(seconds=2)) == 1
    found = request(engine, key)
    assert (found.state, found.plan == found.first_plan) == (RequestState.STOPPED, False)


def test_a_process_that_ends_gives_its_search_back(engine: Engine, tmp_path: Path) -> None:
    key = ask(engine, endless())
    settings = replace(read_settings(tmp_path / "none.env"), mail_folder=tmp_path, search_seconds=1)
    ticks = start_ticking(settings, engine)
    until(lambda: request(engine, key).progress_at is not None)
    ticks.shutdown()
    assert request(engine, key).state is RequestState.QUEUED


def test_a_request_that_cannot_be_read_fails_and_holds_up_nobody(engine: Engine) -> None:
    broken = ask(engine, short("broken"))
    with unit_of_work(engine, UK, NOW) as work:
        work.session.execute(update(PlanRequest).values(problem={}))
    behind = ask(engine, short("behind"), at=NOW + timedelta(seconds=1))
    assert search_all(engine) == 2
    found = request(engine, broken)
    assert (found.state, found.failure, found.plan) == (RequestState.FAILED, FAULT, found.first_plan)
    assert request(engine, behind).state is RequestState.DONE
