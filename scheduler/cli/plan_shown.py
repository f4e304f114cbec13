"""How a plan is printed: each round with its reasons, what could not be, what could be asked next, and the price."""

from typing import Any

import click

from scheduler.cli.kit import print_json
from scheduler.cli.words import text
from scheduler.dates.written import write_date, write_day
from scheduler.planning.merging import Proposal, proposals
from scheduler.planning.problem import Line, Placement, Plan
from scheduler.planning.queries import PlanFacts
from scheduler.planning.record import problem_from_json, to_json
from scheduler.planning.rules import BY_NAME
from scheduler.planning.solver import solve
from scheduler.planning.wording import PRACTICE
from scheduler.words import say


def show_plan(found: PlanFacts, language: str, *, with_merges: bool = False, as_json: bool = False) -> None:
    """Print a plan; what one meeting for two duties would save only when asked: each answer is planned anew."""
    merges = proposals(problem_from_json(found.problem), found.plan, solve) if with_merges else ()
    if as_json:
        told = {"key": found.key, "made_at": found.made_at, "approved": found.approved}
        asked = {"merges": to_json(merges)} if with_merges else {}
        print_json({**told, "plan": to_json(found.plan), **asked})
        return
    span = f"{write_date(found.first, language)} – {write_date(found.last, language)}"
    click.echo(f"Plan {found.key}: {span}\n")
    for placement in found.plan.placements:
        _show_placement(placement, found.problem, language)
    _show_failures(found.plan, language)
    if with_merges:
        _show_merges(merges, language)
    elif found.plan.proven and found.problem.get("may_merge"):
        click.echo(text("ask_merges", language, plan=found.key))
    if found.plan.unplaced or found.plan.all_breaches:
        click.echo(text("ask_why", language, plan=found.key))
    _show_price(found.plan, language)


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


def _show_failures(plan: Plan, language: str) -> None:
    for unplaced in plan.unplaced:
        click.secho(f"{unplaced.round}: {say(unplaced.reason, language)}\n", fg="red")
    if plan.breaches:
        click.echo(text("limits_lost", language))
    for breach in plan.breaches:
        click.secho(f"  {say(breach.reason, language)}", fg="red")
    if plan.breaches:
        click.echo()


def _show_merges(merges: tuple[Proposal, ...], language: str) -> None:
    click.echo(text("may_merge" if merges else "no_merges", language))
    for merge in merges:
        click.echo(f"  {say(merge.words, language)}")


def _show_price(plan: Plan, language: str) -> None:
    gap = plan.price - plan.bound
    proof = text("proved", language) if plan.proven else text("unproved", language, gap=gap)
    told = {"solver": plan.solver, "version": plan.version, "seed": plan.seed}
    click.echo("\n" + text("price", language, price=plan.price, proof=proof, **told))


def _reason(line: Line, language: str) -> str:
    """Return why something costs; what rests on practice alone is marked as assumed."""
    mark = f" ({text('assumed', language)})" if BY_NAME[line.rule].source == PRACTICE else ""
    return say(line.reason, language) + mark
