"""Commands that plan again with the least change, and that show what two plans, or plan and calendar, differ in."""

from collections.abc import Iterable, Sequence
from datetime import date

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
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.meetings.queries import find_meeting
from scheduler.planning import actions, queries
from scheduler.planning.comparing import Difference, Kind, compare_plans, compare_with_calendar
from scheduler.planning.explaining import Charge
from scheduler.planning.problem import Problem
from scheduler.planning.record import problem_from_json, to_json
from scheduler.planning.replanning import Broken, broken_now, problem_with_released, replan
from scheduler.words import Words, say

HEADS: dict[Kind, Words] = {
    Kind.MOVED: {"en": "Moves", "nl": "Verschuift"},
    Kind.HOST: {"en": "Other host", "nl": "Ander gastland"},
    Kind.DROPPED: {"en": "No longer placed", "nl": "Niet meer geplaatst"},
    Kind.PLACED: {"en": "Newly placed", "nl": "Nieuw geplaatst"},
    Kind.STAYS: {"en": "Stays", "nl": "Blijft"},
}
BOTH_SIDES = {"en": " (both sides know it)", "nl": " (bij beide zijden bekend)"}
PRICE = {"en": "Price: {before} → {after}", "nl": "Prijs: {before} → {after}"}
COMES = {
    "en": "What comes (+) and goes (-) in the price",
    "nl": "Wat er in de prijs bij komt (+) en af gaat (-)",
}
BROKEN = {
    "en": "Issued meetings that break a rule now (release them with --release or --release-broken):",
    "nl": "Uitgegeven bijeenkomsten die nu een regel breken (vrijgeven met --release of --release-broken):",
}
STORED = {
    "en": "Plan {key} is stored. Nothing has changed yet; `dialogues plan approve {key}` makes it so.",
    "nl": "Plan {key} is bewaard. Er is nog niets veranderd; `dialogues plan approve {key}` voert het uit.",
}


@click.command(name="replan")
@click.option("--from", "first", type=Day(), required=True, help="First day of the span.")
@click.option("--to", "last", type=Day(), required=True, help="Last day of the span.")
@click.option("--on", "on", type=Day(), help="The day on which the plan is made; today when left out.")
@click.option(
    "--release",
    "freed",
    multiple=True,
    metavar="MEETING",
    help="Let this issued meeting move; may be given again.",
)
@click.option("--release-broken", is_flag=True, help="Let every issued meeting move that breaks a rule now.")
@click.option(
    "--host", "hosts", multiple=True, metavar="MEETING=PARTY", help="Release this meeting, for PARTY to host."
)
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def replan_command(
    shell: Shell,
    *,
    first: date,
    last: date,
    on: date | None,
    freed: tuple[str, ...],
    release_broken: bool,
    hosts: tuple[str, ...],
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Plan again after a change, moving as few issued meetings as can be by as few days, and show what would change.

    What was held stays, what was issued stays unless it is released. The plan is stored for your own side; nothing
    moves before it is approved.
    """
    today = on or clock.now().date()
    with shell.reading(named, Act.PLAN) as work:
        chosen = chosen_partnership(work, partnership)
        problem = queries.problem(work, chosen, first, last, today)
        uids = {_uid(work, chosen, reference, today) for reference in freed}
        asked = {_uid(work, chosen, reference, today): party for reference, party in _split(hosts)}
    broken = broken_now(problem)
    if release_broken:
        uids |= {entry.meeting.key for entry in broken}
    released = problem_with_released(problem, uids, asked)
    found = replan(released)
    with shell.work(named, Act.PLAN) as work:
        key = actions.store_plan(work, chosen, released, found)
    difference = compare_with_calendar(released, found)
    left = [entry for entry in broken if entry.meeting.key not in {*uids, *asked}]
    if as_json:
        print_json({"key": key, "difference": to_json(difference), "broken": to_json(left)})
        return
    _show_broken(problem, left, language)
    show_difference(difference, language)
    click.echo(f"\n{say(STORED, language).format(key=key)}")


@click.command(name="compare")
@click.argument("key", metavar="PLAN")
@click.argument("other", metavar="OTHER", required=False)
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def compare(
    shell: Shell,
    *,
    key: str,
    other: str | None,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Show what differs in the plan OTHER against PLAN; without OTHER, what PLAN would change on the calendar now."""
    with shell.reading(named, Act.PLAN) as work:
        chosen = chosen_partnership(work, partnership)
        keys: Sequence[str] = (key, other) if other else (key,)
        facts = [queries.plan(work, chosen, entry) for entry in keys]
        calendar = queries.calendar(work, chosen, clock.now().date())
    told = [(problem_from_json(entry.problem), entry.plan) for entry in facts]
    difference = compare_plans(told[0], told[1]) if other else compare_with_calendar(*told[0], calendar)
    if as_json:
        print_json(to_json(difference))
        return
    show_difference(difference, language)


def show_difference(difference: Difference, language: str) -> None:
    """Print what moves, what is new and what stays, and the lines of the price that come and go."""
    for kind, head in HEADS.items():
        changes = difference.of_kind(kind)
        if changes:
            click.secho(f"{say(head, language)} ({len(changes)})", bold=True)
        for change in changes:
            mark = say(BOTH_SIDES, language) if change.issued else ""
            click.echo(f"  {say(change.words, language)}{mark}")
    if difference.price_before is None:
        return
    before, after = difference.price_before, difference.price_after
    click.echo("\n" + say(PRICE, language).format(before=before, after=after))
    if difference.added or difference.saved:
        click.echo(say(COMES, language))
    _show_charges("+", difference.added, language)
    _show_charges("-", difference.saved, language)


def _show_charges(sign: str, charges: Iterable[Charge], language: str) -> None:
    for charge in charges:
        click.echo(f"  {sign + str(charge.price):>8}  {charge.about}: {say(charge.reason, language)}")


def _show_broken(problem: Problem, broken: Sequence[Broken], language: str) -> None:
    if not broken:
        return
    titles = {series.obligation: series.title for series in problem.series}
    click.secho(say(BROKEN, language), fg="red")
    for entry in broken:
        title = say(titles[entry.meeting.obligations[0]], language)
        click.echo(f"  {title}  {entry.meeting.key}")
        for refusal in entry.refusals:
            click.echo(f"    {say(refusal.reason, language)}")
    click.echo()


def _uid(work: Work, partnership: str, reference: str, today: date) -> str:
    return find_meeting(work, partnership, reference, today).uid


def _split(hosts: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for entry in hosts:
        reference, sign, party = entry.rpartition("=")
        if not (sign and reference and party):
            raise BadInput(f"{entry!r} names no host", place="--host", remedy="write JS-R05=nl")
        found.append((reference, party))
    return found
