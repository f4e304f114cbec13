"""The command that says why a plan could not do everything, and what could be given up instead."""

import click

from scheduler.accounts.rules import Act
from scheduler.cli.kit import (
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
from scheduler.errors import NotFound
from scheduler.planning import queries
from scheduler.planning.conflicts import Impossibility, impossibilities
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.record import problem_from_json, to_json
from scheduler.planning.relaxing import Relaxation, relaxations
from scheduler.words import say

EVERYTHING = {
    "en": "The plan gives every round a day and keeps every limit.",
    "nl": "Het plan geeft elke ronde een dag en houdt elke grens aan.",
}
NOTHING_ABOUT = {
    "en": "The plan gives its rounds a day and keeps its limits.",
    "nl": "Het plan geeft de rondes ervan een dag en houdt de grenzen ervan aan.",
}
COULD_NOT = {
    "en": "What the plan could not do: {count}",
    "nl": "Wat het plan niet kon: {count}",
}
WAYS_OUT = {"en": "Ways out, cheapest first:", "nl": "Uitwegen, de goedkoopste eerst:"}
WAY_OUT = {
    "en": "{words}: the whole plan {price} ({more:+})",
    "nl": "{words}: het hele plan {price} ({more:+})",
}
NONE = {"en": "No single rule that gives way would do.", "nl": "Geen enkele regel die wijkt, zou volstaan."}
NAME_ONE = {
    "en": "Name a dialogue (--about JS-R05) to see the ways out.",
    "nl": "Noem een dialoog (--about JS-R05) om de uitwegen te zien.",
}
MANY = 12
"""Beyond how many things their ways out are searched for only when one is named: each takes up to a second."""


@click.command(name="plan")
@click.argument("key", metavar="PLAN", required=False)
@click.option("--about", "name", metavar="OBLIGATION", help="Only what concerns this dialogue or round.")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def explain_plan(
    shell: Shell,
    *,
    key: str | None,
    name: str | None,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Say what a PLAN of your side could not do, which rules cannot hold together, and the cheapest ways out.

    Every set of rules is minimal: without any one of them the others can hold. Every way out was itself planned and
    checked; its price is that of the whole plan.
    """
    with shell.reading(named, Act.PLAN) as work:
        facts = queries.plan(work, chosen_partnership(work, partnership), key)
    problem, plan = problem_from_json(facts.problem), facts.plan
    found = [
        each for each in impossibilities(problem, plan) if name is None or _concerns(problem, each, name)
    ]
    if name and not found and not _is_known(problem, name):
        raise NotFound(f"the plan knows no dialogue or round {name!r}", place="--about")
    ways = {each.about.name: _ways(problem, plan, each, len(found)) for each in found}
    if as_json:
        print_json(
            {
                "plan": facts.key,
                "impossible": [
                    {**to_json(each), "ways_out": [_structure(way) for way in ways[each.about.name] or ()]}
                    for each in found
                ],
            }
        )
        return
    head = COULD_NOT if found else NOTHING_ABOUT if name else EVERYTHING
    click.echo(say(head, language).format(count=len(found)))
    for each in found:
        click.secho(f"\n{say(each.words, language)}", bold=True)
        _show_ways(ways[each.about.name], language)
    if len(found) > MANY:
        click.echo(f"\n{say(NAME_ONE, language)}")


def _ways(problem: Problem, plan: Plan, each: Impossibility, count: int) -> tuple[Relaxation, ...] | None:
    return relaxations(problem, plan, each) if count <= MANY else None


def _show_ways(ways: tuple[Relaxation, ...] | None, language: str) -> None:
    if ways is None:
        return
    click.echo(f"  {say(WAYS_OUT if ways else NONE, language)}")
    for way in ways:
        text = say(WAY_OUT, language)
        click.echo("  - " + text.format(words=say(way.words, language), price=way.price, more=way.more))
        for round_, day in way.moves:
            click.echo(f"      {round_}  {write_day(day, language)}")


def _concerns(problem: Problem, each: Impossibility, name: str) -> bool:
    """Tell whether something is about a dialogue or a round."""
    obligations = {round_.key: round_.obligation for round_ in problem.rounds}
    subject = each.about.subject.split(" ")[0]
    return name in {subject, obligations.get(subject)}


def _is_known(problem: Problem, name: str) -> bool:
    return name in {entry.obligation for entry in problem.series} | {entry.key for entry in problem.rounds}


def _structure(way: Relaxation) -> dict[str, object]:
    return {
        "rule": way.rule,
        "subject": way.subject,
        "days": way.days,
        "words": way.words,
        "price": way.price,
        "more": way.more,
        "moves": [{"round": round_, "first": day} for round_, day in way.moves],
    }
