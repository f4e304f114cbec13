"""Searches at the command line: only the first plan, in the worker, and a person who does not wait for the end."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scheduler.cli.searches import search_for
from scheduler.planning.checker import check
from tests.cli.terminal import Terminal
from tests.planning.requests.asked import endless, short

ROOT = Path(__file__).parents[2]
SPAN = ("--from", "2026-11-21", "--to", "2027-12-31", "--on", "2026-11-21")


def test_the_first_valid_plan_alone(desk: Terminal) -> None:
    plan = json.loads(desk.says("plan", "propose", *SPAN, "--first", "--json"))["plan"]
    assert (plan["solver"], plan["proven"]) == ("greedy", False)
    assert json.loads(desk.says("plan", "requests", "--json")) == []


def test_a_plan_from_the_worker(desk: Terminal) -> None:
    asked = desk.run("plan", "propose", *SPAN, "--in-worker", "--json")
    first = json.loads(asked.stdout)
    (request,) = json.loads(desk.says("plan", "requests", "--json"))
    assert asked.stderr == (
        f"This is the first valid plan. The worker searches for the cheapest: request {request['key']}.\n"
    )
    assert (request["state"], request["plan"]) == ("queued", first["key"])
    assert desk.says("tick").endswith("Plans searched for: 1.\n")
    (request,) = json.loads(desk.says("plan", "requests", "--json"))
    best = json.loads(desk.says("plan", "show", "--json"))
    assert (request["state"], request["plan"]) == ("done", best["key"])
    assert best["plan"]["proven"]
    assert best["plan"]["price"] == request["price"] == request["bound"] <= first["plan"]["price"]
    assert desk.says("plan", "requests", "--language", "nl").splitlines()[1].endswith(request["key"])
    over = f"{request['key']}: this search is over already (`dialogues plan show` shows what it found)"
    assert desk.refuses("plan", "stop", request["key"]) == (1, over)


def test_a_search_is_stopped_before_anybody_began_it(desk: Terminal) -> None:
    desk.run("plan", "propose", *SPAN, "--in-worker")
    (request,) = json.loads(desk.says("plan", "requests", "--json"))
    unknown = f"there is no request '{request['key']}' (`dialogues plan requests` shows those of your side)"
    elsewhere = ("--as", "nl", "--partnership", "uk-nl")
    assert desk.refuses("plan", "stop", request["key"], *elsewhere) == (1, unknown)
    assert desk.says("plan", "stop", request["key"]) == (
        f"{request['key']}: stopped; the best plan found is kept\n"
    )
    assert desk.says("tick").endswith("Plans searched for: none.\n")


def test_one_of_two_ways_is_chosen(desk: Terminal) -> None:
    said = "--first, --in-worker: asks for two things (give one of them)"
    assert desk.refuses("plan", "propose", *SPAN, "--first", "--in-worker") == (2, said)


def test_ctrl_c_keeps_the_best_plan_found(capsys: pytest.CaptureFixture[str]) -> None:
    problem = endless()
    ctrl_c = threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT))
    ctrl_c.start()
    found = search_for(problem)
    ctrl_c.join()
    assert (found.proven, check(problem, found)) == (False, ())
    assert found.bound <= found.price
    assert capsys.readouterr().err == (
        "Stopped: this is the best plan found until then; nothing proves it the cheapest.\n"
    )


def test_only_a_search_imports_the_solver() -> None:
    """It takes a second and seventy megabytes, which no other command and no server that never searches shall pay."""
    asked = "import sys, scheduler.app; print({'ortools', 'pandas'} & sys.modules.keys())"
    told = subprocess.run((sys.executable, "-c", asked), cwd=ROOT, check=True, capture_output=True, text=True)
    assert told.stdout == "set()\n"


def test_nothing_is_said_where_nobody_looks_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert search_for(short()).proven
    assert capsys.readouterr() == ("", "")
