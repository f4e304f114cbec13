from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import Conflict, NotFound
from scheduler.planning.greedy import greedy_plan
from scheduler.planning.problem import Problem, Slot
from scheduler.planning.queries import plans
from scheduler.planning.requests import actions
from scheduler.planning.requests.actions import Claimed
from scheduler.planning.requests.queries import oldest_waiting, plan_requests
from scheduler.planning.requests.rules import LEASE, LOST, MOST_LOST, RequestState
from scheduler.planning.solver import Progress, solve
from tests.builders import NL, NOW, PARTNERSHIP, UK, load_files, refusal
from tests.planning.instances import a_problem, a_round
from tests.planning.requests.asked import ask, request, short, stored


@pytest.fixture(autouse=True)
def _loaded(engine: Engine) -> None:
    load_files(engine)


def requests(engine: Engine, actor: Actor = UK) -> list[str]:
    with reading(engine, actor, NOW) as work:
        return [entry.key for entry in plan_requests(work, PARTNERSHIP)]


def plan_keys(engine: Engine, actor: Actor = UK) -> list[str]:
    with reading(engine, actor, NOW) as work:
        return [entry.key for entry in plans(work, PARTNERSHIP)]


def stop(engine: Engine, key: str, actor: Actor = UK, after: timedelta = timedelta()) -> RequestState:
    with unit_of_work(engine, actor, NOW + after) as work:
        return actions.ask_to_stop(work, PARTNERSHIP, key).state


def claim(engine: Engine, after: timedelta = timedelta(), actor: Actor = UK) -> Claimed | None:
    """Let a worker look, and take what it saw."""
    with unit_of_work(engine, actor, NOW + after) as work:
        waiting = oldest_waiting(work)
        return actions.claim(work, waiting) if waiting else None


def told(engine: Engine, held: Claimed | None, progress: Progress | None, after: timedelta) -> bool:
    assert held
    with unit_of_work(engine, UK, NOW + after) as work:
        return actions.tell_progress(work, held, progress)


def finished(engine: Engine, held: Claimed | None, problem: Problem, after: timedelta = LEASE) -> bool:
    assert held
    with unit_of_work(engine, UK, NOW + after) as work:
        return actions.finish(work, held, problem, solve(problem))


def test_asking_stores_a_valid_plan_at_once(engine: Engine) -> None:
    problem = short()
    key = ask(engine, problem)
    found = request(engine, key)
    first = stored(engine, found.plan)
    assert first.plan == greedy_plan(problem)
    assert (first.made_by, first.plan.proven) == (UK.name, False)
    assert (found.state, found.is_open, found.asked_by) == (RequestState.QUEUED, True, UK.name)
    assert (found.price, found.bound) == (first.plan.price, first.plan.bound)
    assert (found.first, found.last, found.today) == (problem.first, problem.last, problem.today)


def test_equal_inputs_are_one_search_until_it_is_over(engine: Engine) -> None:
    key = ask(engine, short())
    assert ask(engine, replace(short(), calendars={}), at=NOW + LEASE) == key
    assert ask(engine, short("another")) != key
    assert len(plan_keys(engine)) == 2
    stop(engine, key)
    again = ask(engine, short())
    assert again != key
    assert set(requests(engine)) > {key, again}


def test_the_same_asked_twice_at_the_same_moment_is_one_search(engine: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = list(pool.map(lambda _: ask(engine, short()), range(4)))
    assert requests(engine) == [keys[0]]
    assert set(keys) == {keys[0]}
    assert len(plan_keys(engine)) == 1


def test_pins_that_cannot_hold_are_refused_and_nothing_is_stored(engine: Engine) -> None:
    pinned = a_round(pin=Slot(first=date(2027, 1, 1)))
    assert refusal(Conflict, ask, engine, a_problem(rounds=(pinned,))).startswith("A/2027-1: ")
    assert (requests(engine), plan_keys(engine)) == ([], [])


def test_the_other_side_cannot_tell_that_anything_was_asked(engine: Engine) -> None:
    key = ask(engine, short())
    assert (requests(engine, NL), plan_keys(engine, NL)) == ([], [])
    unknown = refusal(NotFound, request, engine, "0123456789ab", NL)
    assert refusal(NotFound, request, engine, key, NL) == unknown.replace("0123456789ab", key)
    assert refusal(NotFound, stop, engine, key, NL) == unknown.replace("0123456789ab", key)
    assert claim(engine, actor=NL) is None
    own = ask(engine, short(), NL)
    assert own != key
    assert requests(engine, NL) == [own]
    assert request(engine, own, NL).plan != request(engine, key).plan


def test_a_search_that_nobody_has_in_hand_stops_at_once(engine: Engine) -> None:
    key = ask(engine, short())
    assert stop(engine, key) is RequestState.STOPPED
    found = request(engine, key)
    assert (found.final_plan, found.is_open, found.finished_at) == (found.first_plan, False, NOW)
    assert claim(engine) is None
    assert "over already" in refusal(Conflict, stop, engine, key)


def test_a_claim_counts_for_a_lease_and_each_sign_of_life_renews_it(engine: Engine) -> None:
    ask(engine, short())
    held = claim(engine)
    assert held
    assert claim(engine, LEASE) is None
    assert told(engine, held, None, LEASE)
    assert claim(engine, 2 * LEASE) is None
    again = claim(engine, 2 * LEASE + timedelta(seconds=1))
    assert again
    assert (again.key, held.attempt, again.attempt) == (held.key, 1, 2)


def test_progress_is_told_and_never_worse_than_the_first_plan(engine: Engine) -> None:
    key = ask(engine, short())
    price = request(engine, key).price
    held = claim(engine)
    assert told(engine, held, Progress(price + 7, 1, 0.5), timedelta(seconds=1))
    found = request(engine, key)
    assert (found.price, found.bound, found.effort) == (price, 1, 0.5)
    assert found.progress_at == NOW + timedelta(seconds=1)


def test_whoever_lost_a_request_can_write_nothing(engine: Engine) -> None:
    problem = short()
    key = ask(engine, problem)
    stale = claim(engine)
    newest = claim(engine, LEASE + timedelta(seconds=1))
    before = request(engine, key)
    assert not told(engine, stale, Progress(0, 0, 9.0), LEASE)
    assert not finished(engine, stale, problem)
    assert stale
    with unit_of_work(engine, UK, NOW) as work:
        actions.fail(work, stale, LOST)
        actions.give_back(work, stale)
    assert request(engine, key) == before
    assert plan_keys(engine) == [before.first_plan]
    assert finished(engine, newest, problem)
    assert request(engine, key).state is RequestState.DONE
    assert not finished(engine, newest, problem)
    assert len(plan_keys(engine)) == 2


def test_stopping_what_a_lost_worker_holds_ends_it_and_the_worker_is_refused(engine: Engine) -> None:
    problem = short()
    key = ask(engine, problem)
    held = claim(engine)
    assert stop(engine, key, after=timedelta(seconds=1)) is RequestState.RUNNING
    assert not told(engine, held, None, timedelta(seconds=2))
    found = request(engine, key)
    assert (found.is_open, found.standing["en"]) == (True, "being stopped")
    assert stop(engine, key, after=2 * LEASE) is RequestState.STOPPED
    assert not finished(engine, held, problem, after=2 * LEASE)


def test_a_request_with_which_every_worker_disappears_is_given_up(engine: Engine) -> None:
    key = ask(engine, short())
    taken = [claim(engine, number * 2 * LEASE) for number in range(MOST_LOST + 1)]
    assert [held.attempt if held else None for held in taken] == [1, 2, 3, None]
    found = request(engine, key)
    assert (found.state, found.failure, found.plan) == (RequestState.FAILED, LOST, found.first_plan)
    assert claim(engine, 20 * LEASE) is None


def test_a_request_given_back_is_free_at_once_and_not_lost(engine: Engine) -> None:
    key = ask(engine, short())
    for _ in range(MOST_LOST + 1):
        held = claim(engine)
        assert held
        with unit_of_work(engine, UK, NOW) as work:
            actions.give_back(work, held)
    assert request(engine, key).state is RequestState.QUEUED
