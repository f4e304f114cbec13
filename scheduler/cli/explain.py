"""Commands that say why: the day of a round in the plan, and why not another."""

from datetime import date

import click

from scheduler.accounts.rules import Act
from scheduler.cli.impossible import explain_plan
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
from scheduler.dates.written import write_day
from scheduler.planning import queries
from scheduler.planning.explaining import Answer, Explanation, OtherDay, explain, explain_day, round_named
from scheduler.planning.problem import Placement, Problem
from scheduler.planning.record import problem_from_json, to_json
from scheduler.words import Words, say

PLAN_PRICE = {"en": "Price of the whole plan: {price}", "nl": "Prijs van het hele plan: {price}"}
HOST = {"en": "Host: {host}; {reason}", "nl": "Gastland: {host}; {reason}"}
NO_PRICE = {"en": "every wish is met: price 0", "nl": "aan elke wens is voldaan: prijs 0"}
LIMIT_BROKEN = {"en": "limit broken: {reason}", "nl": "grens overschreden: {reason}"}
NEXT_BEST = {
    "en": "Next best, all other rounds staying",
    "nl": "Daarna het beste, als alle andere rondes blijven staan",
}
WHOLE = {"en": "{day} (whole plan {price})", "nl": "{day} (hele plan {price})"}
ROOM = {
    "en": "Other days that the rules permit: {days}, from {first} to {last}",
    "nl": "Andere dagen die de regels toelaten: {days}, van {first} tot en met {last}",
}
NO_ROOM = {"en": "Other days that the rules permit: none", "nl": "Andere dagen die de regels toelaten: geen"}
DEADLINES = {"en": "When a date must be fixed", "nl": "Wanneer een datum vast moet liggen"}
PLANNED = {"en": "{day}: the day of the plan", "nl": "{day}: de dag van het plan"}
REFUSED = {"en": "{day}: not possible", "nl": "{day}: niet mogelijk"}
POSSIBLE = {
    "en": "{day}: possible; the whole plan would cost {price}, {more} against the plan",
    "nl": "{day}: mogelijk; het hele plan zou {price} kosten, {more} ten opzichte van het plan",
}


@click.group(name="explain")
def explain_group() -> None:
    """Reasons: why the plan is as it is."""


explain_group.add_command(explain_plan)


@explain_group.command(name="date")
@click.argument("name", metavar="ROUND_OR_OBLIGATION")
@click.argument("day", type=Day(), required=False)
@click.option("--plan", "key", metavar="PLAN", help="The plan to explain; your side's newest when left out.")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def explain_date(
    shell: Shell,
    *,
    name: str,
    day: date | None,
    key: str | None,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Say why a round has its day in a plan of your side, and until when to fix it; with a DAY, why not that day.

    A round is named as `dialogues plan show` names it, or by its obligation, which means its first round. All other
    rounds are taken to stay where the plan has them.
    """
    with shell.reading(named, Act.PLAN) as work:
        found = queries.plan(work, chosen_partnership(work, partnership), key)
    problem = problem_from_json(found.problem)
    round_ = round_named(problem, name)
    said = explain(problem, found.plan, round_)
    asked = explain_day(problem, found.plan, round_, day) if day else None
    if as_json:
        print_json({"plan": found.key, **to_json(said), "asked": to_json(asked)})
        return
    _head(said, language)
    if asked:
        _show_answer(said, asked, language)
    else:
        _show(problem, said, language)


def _head(said: Explanation, language: str) -> None:
    when = ""
    if isinstance(said.found, Placement):
        days = dict.fromkeys((said.found.first, said.found.last))
        when = " – ".join(write_day(day, language) for day in days)
    click.secho(f"{said.round}  {when}".rstrip(), bold=True)
    click.echo(f"  {say(said.title, language)}")


def _show(problem: Problem, said: Explanation, language: str) -> None:
    found = said.found
    if isinstance(found, Placement):
        reason = say(found.host_reason, language)
        host = say(problem.name(found.host), language) if found.host else ""
        click.echo(f"  {_say(HOST, language, host=host, reason=reason) if host else reason}")
        for line in found.lines:
            click.echo(f"  {line.price:>7}  {say(line.reason, language)}")
        for breach in found.breaches:
            text = _say(LIMIT_BROKEN, language, reason=say(breach.reason, language))
            click.secho(f"  {breach.price:>7}  {text}", fg="red")
        if not (found.lines or found.breaches):
            click.echo(f"  {say(NO_PRICE, language)}")
    else:
        click.secho(f"  {say(found.reason, language)}", fg="red")
    click.echo(f"  {_say(PLAN_PRICE, language, price=said.price)}\n")
    if said.next_best:
        click.echo(say(NEXT_BEST, language))
    for other in said.next_best:
        text = _say(WHOLE, language, day=write_day(other.day, language), price=other.price)
        click.echo(f"  {other.more:>+7}  {text}")
    _show_room(said, language)
    click.echo(f"\n{say(DEADLINES, language)}")
    for deadline in said.deadlines.reasons:
        click.echo(f"  {say(deadline, language)}")


def _show_room(said: Explanation, language: str) -> None:
    room = said.room
    if room.first and room.last:
        first, last = write_day(room.first, language), write_day(room.last, language)
        click.echo(_say(ROOM, language, days=room.days, first=first, last=last))
    else:
        click.echo(say(NO_ROOM, language))


def _show_answer(said: Explanation, asked: Answer, language: str) -> None:
    day = write_day(asked.day, language)
    if asked.instead is None:
        click.echo(f"\n{_say(REFUSED, language, day=day)}")
        for refusal in asked.refusals:
            click.echo(f"  {say(refusal.reason, language)}")
    elif isinstance(said.found, Placement) and said.found.first == asked.day:
        click.echo(f"\n{_say(PLANNED, language, day=day)}")
    else:
        price, more = asked.instead.price, f"{asked.instead.more:+}"
        click.echo(f"\n{_say(POSSIBLE, language, day=day, price=price, more=more)}")
        _show_charges(said, asked.instead, language)


def _show_charges(said: Explanation, instead: OtherDay, language: str) -> None:
    """Print what comes with a plus, what goes with a minus; lines of other rounds name them."""
    signed = [(1, charge) for charge in instead.added] + [(-1, charge) for charge in instead.saved]
    for sign, charge in signed:
        about = "" if charge.about == said.round else f"{charge.about}: "
        click.echo(f"  {sign * charge.price:>+7}  {about}{say(charge.reason, language)}")


def _say(text: Words, language: str, **facts: object) -> str:
    return say(text, language).format(**facts)
