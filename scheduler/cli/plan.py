"""Commands about the year plan: propose one, show it with its reasons, approve it."""

from collections.abc import Callable
from datetime import date
from functools import partial

import click

from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.cli.kit import (
    Day,
    Shell,
    acting,
    as_json,
    chosen_partnership,
    in_language,
    in_partnership,
    pass_shell,
)
from scheduler.cli.plan_rules import rules_command
from scheduler.cli.plan_shown import show_plan
from scheduler.cli.replan import compare, replan_command
from scheduler.cli.searches import list_requests, search_for, stop_search
from scheduler.cli.words import text
from scheduler.errors import BadInput
from scheduler.planning import actions, queries
from scheduler.planning.greedy import greedy_plan
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.requests.actions import request_plan


@click.group(name="plan")
def plan_group() -> None:
    """Dates for every round that a span of time owes, with the reasons."""


plan_group.add_command(list_requests)
plan_group.add_command(stop_search)
plan_group.add_command(replan_command)
plan_group.add_command(compare)
plan_group.add_command(rules_command)


@plan_group.command(name="propose")
@click.option("--from", "first", type=Day(), required=True, help="First day of the span.")
@click.option("--to", "last", type=Day(), required=True, help="Last day of the span.")
@click.option("--on", "on", type=Day(), help="The day on which the plan is made; today when left out.")
@click.option("--first", "first_valid", is_flag=True, help="Only the first valid plan, without a search.")
@click.option(
    "--in-worker", is_flag=True, help="The first valid plan now; the worker searches for the cheapest."
)
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def propose(
    shell: Shell,
    *,
    first: date,
    last: date,
    on: date | None,
    first_valid: bool,
    in_worker: bool,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Find the best days for every round owed, store the plan for your own side, and show it.

    Ctrl-C ends a long search; the best plan found until then is stored.
    """
    if first_valid and in_worker:
        raise BadInput("asks for two things", place="--first, --in-worker", remedy="give one of them")
    span = (first, last, on or clock.now().date())
    if in_worker:
        key, chosen = _ask_worker(shell, named, partnership, span, language)
    else:
        find = greedy_plan if first_valid else partial(search_for, language=language)
        key, chosen = propose_plan(shell, named, partnership, *span, find=find)
    with shell.reading(named, Act.PLAN) as work:
        found = queries.plan(work, chosen, key)
    show_plan(found, language, as_json=as_json)


@plan_group.command(name="show")
@click.argument("key", metavar="PLAN", required=False)
@click.option(
    "--merges", is_flag=True, help="Say too what one meeting for two duties would save; takes planning."
)
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def show(
    shell: Shell,
    *,
    key: str | None,
    merges: bool,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Show a PLAN of your side with its reasons; the newest when none is named."""
    with shell.reading(named, Act.PLAN) as work:
        found = queries.plan(work, chosen_partnership(work, partnership), key)
    show_plan(found, language, with_merges=merges, as_json=as_json)


@plan_group.command(name="approve")
@click.argument("key", metavar="PLAN", required=False)
@click.option(
    "--round", "rounds", multiple=True, metavar="ROUND", help="Only this round; may be given again."
)
@acting
@in_partnership
@pass_shell
def approve(
    shell: Shell, *, key: str | None, rounds: tuple[str, ...], named: str | None, partnership: str | None
) -> None:
    """Put a PLAN on your own side's calendar, whole or in part; the newest when none is named.

    The other side sees nothing of it until a round is offered with `dialogues meetings offer`; but a released meeting
    that the plan moves is offered to it anew at once.
    """
    with shell.reading(named, Act.PLAN) as work:
        found = queries.plan(work, chosen_partnership(work, partnership), key)
    moves = bool(actions.issued_moves(found))
    with shell.work(named, Act.MOVE if moves else Act.PLAN) as work:
        chosen = chosen_partnership(work, partnership)
        made = actions.approve(work, chosen, found, rounds, moves_issued=moves)
    click.echo(f"Plan {found.key}: on your side's calendar are now planned")
    for round_, uid in made.items():
        click.echo(f"  {round_}  {uid}")


def propose_plan(
    shell: Shell,
    named: str | None,
    partnership: str | None,
    first: date,
    last: date,
    today: date,
    *,
    find: Callable[[Problem], Plan] = search_for,
) -> tuple[str, str]:
    """Find and store a plan; return its key and its partnership. No transaction is open while it is searched for."""
    with shell.reading(named, Act.PLAN) as work:
        chosen = chosen_partnership(work, partnership)
        problem = queries.problem(work, chosen, first, last, today)
    found = find(problem)
    with shell.work(named, Act.PLAN) as work:
        return actions.store_plan(work, chosen, problem, found), chosen


def _ask_worker(
    shell: Shell, named: str | None, partnership: str | None, span: tuple[date, date, date], language: str
) -> tuple[str, str]:
    """Ask for a plan; return the key of the first valid one, and its partnership."""
    with shell.work(named, Act.PLAN) as work:
        chosen = chosen_partnership(work, partnership)
        request = request_plan(work, chosen, queries.problem(work, chosen, *span))
    click.echo(text("search_goes_on", language, request=request.key), err=True)
    return request.plan, chosen
