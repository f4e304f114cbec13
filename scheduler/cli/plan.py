"""Commands about the year plan: propose one, show it with its reasons, approve it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

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
    print_json,
)
from scheduler.cli.plan_rules import rules_command
from scheduler.cli.replan import compare, replan_command
from scheduler.cli.searches import list_requests, search_for, stop_search
from scheduler.cli.words import text
from scheduler.dates.written import write_date, write_day
from scheduler.errors import BadInput
from scheduler.planning import actions, queries
from scheduler.planning.greedy import greedy_plan
from scheduler.planning.merging import proposals
from scheduler.planning.problem import Line, Placement, Plan, Problem
from scheduler.planning.queries import PlanFacts
from scheduler.planning.record import problem_from_json, to_json
from scheduler.planning.requests.actions import request_plan
from scheduler.planning.rules import BY_NAME
from scheduler.planning.solver import solve
from scheduler.planning.wording import PRACTICE
from scheduler.words import say


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
    _show(found, language, as_json=as_json)


@plan_group.command(name="show")
@click.argument("key", metavar="PLAN", required=False)
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def show(
    shell: Shell, *, key: str | None, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """Show a PLAN of your side with its reasons; the newest when none is named."""
    with shell.reading(named, Act.PLAN) as work:
        found = queries.plan(work, chosen_partnership(work, partnership), key)
    _show(found, language, as_json=as_json)


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


def _show(found: PlanFacts, language: str, *, as_json: bool) -> None:
    merges = proposals(problem_from_json(found.problem), found.plan, solve)
    if as_json:
        print_json(
            {
                "key": found.key,
                "made_at": found.made_at,
                "approved": found.approved,
                "plan": to_json(found.plan),
                "merges": to_json(merges),
            }
        )
        return
    plan = found.plan
    click.echo(
        f"Plan {found.key}: {write_date(found.first, language)} – {write_date(found.last, language)}\n"
    )
    for placement in plan.placements:
        _show_placement(placement, found.problem, language)
    for unplaced in plan.unplaced:
        click.secho(f"{unplaced.round}: {say(unplaced.reason, language)}\n", fg="red")
    if plan.breaches:
        click.echo(text("limits_lost", language))
    for breach in plan.breaches:
        click.secho(f"  {say(breach.reason, language)}", fg="red")
    if merges:
        click.echo("\n" + text("may_merge", language))
    for merge in merges:
        click.echo(f"  {say(merge.words, language)}")
    if plan.unplaced or plan.all_breaches:
        click.echo(text("ask_why", language, plan=found.key))
    proof = (
        text("proved", language) if plan.proven else text("unproved", language, gap=plan.price - plan.bound)
    )
    told = {
        "price": plan.price,
        "proof": proof,
        "solver": plan.solver,
        "version": plan.version,
        "seed": plan.seed,
    }
    click.echo("\n" + text("price", language, **told))


def _show_placement(placement: Placement, problem: dict[str, Any], language: str) -> None:
    titles = {entry["obligation"]: entry["title"] for entry in problem["series"]}
    days = write_day(placement.first, language)
    if placement.last != placement.first:
        days += f" – {write_day(placement.last, language)}"
    host = f"{say(problem['names'][placement.host], language)}: " if placement.host else ""
    click.secho(f"{placement.round}  {days}", bold=True)
    for duty in placement.duties or (placement.round.split("/")[0],):
        click.echo(f"  {say(titles[duty], language)}")
    click.echo(f"  {text('host', language)}: {host}{say(placement.host_reason, language)}")
    for line in placement.lines:
        click.echo(f"  {line.price:>6}  {_reason(line, language)}")
    for breach in placement.breaches:
        click.secho(f"  {text('limit_broken', language)}: {say(breach.reason, language)}", fg="red")
    click.echo()


def _reason(line: Line, language: str) -> str:
    """Return why something costs; what rests on practice alone is marked as assumed."""
    mark = f" ({text('assumed', language)})" if BY_NAME[line.rule].source == PRACTICE else ""
    return say(line.reason, language) + mark
