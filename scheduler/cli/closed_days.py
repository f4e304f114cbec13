"""Commands about closed days: what closes days for whom, and closing and opening days of one's own side."""

from datetime import date, timedelta
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
    print_table,
)
from scheduler.cli.words import text
from scheduler.dates.closed_days import Effect
from scheduler.partnerships.actions import KINDS, Closing, close_days, open_days
from scheduler.partnerships.queries import ClosedSpan, closed_spans
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.words import say

LEVELS = ("ministerial", "senior_official", "expert")
A_YEAR = timedelta(days=366)

jointly = click.option("--joint", is_flag=True, help="For both sides to see; otherwise your own side alone.")
of_kind = click.option(
    "--kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True, help="What closes the days."
)


@click.group(name="closed-days")
def closed_days_group() -> None:
    """Days on which a side cannot or would rather not meet: blackouts, absences, recess, summits."""


@closed_days_group.command(name="list")
@click.option("--from", "first", type=Day(), help="First day; today when left out.")
@click.option("--to", "last", type=Day(), help="Last day; a year on when left out.")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_closed_days(
    shell: Shell,
    *,
    first: date | None,
    last: date | None,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """List the closed days of both sides that you may see, without weekends and public holidays."""
    begin = first or clock.now().date()
    with shell.reading(named, Act.READ) as work:
        found = closed_spans(work, chosen_partnership(work, partnership), begin, last or begin + A_YEAR)
    if as_json:
        print_json([_structure(entry) for entry in found])
        return
    heads = [text(f"head.{name}", language) for name in ("side", "from", "until", "effect", "kind")]
    heads += [text(f"head.{name}", language) for name in ("title", "for", "seen_by", "source")]
    print_table(heads, [_row(entry, language) for entry in found])


@closed_days_group.command(name="add")
@click.argument("first", metavar="FROM", type=Day())
@click.argument("last", metavar="UNTIL", type=Day(), required=False)
@click.option("--title", required=True, help="What the days are, in the language of your side.")
@of_kind
@click.option("--costs", is_flag=True, help="Rather not than never: plans avoid the days and may use them.")
@click.option(
    "--level", "levels", type=click.Choice(LEVELS), multiple=True, help="Only this level; may be given again."
)
@click.option(
    "--office", "offices", metavar="OFFICE", multiple=True, help="Only this office; may be given again."
)
@jointly
@acting
@in_partnership
@pass_shell
def add(
    shell: Shell,
    *,
    first: date,
    last: date | None,
    title: str,
    kind: str,
    costs: bool,
    levels: tuple[str, ...],
    offices: tuple[str, ...],
    joint: bool,
    named: str | None,
    partnership: str | None,
) -> None:
    """Close the days FROM until UNTIL for your side; one day without UNTIL."""
    with shell.work(named, Act.CLOSE_DAYS_JOINTLY if joint else Act.CLOSE_DAYS) as work:
        key = chosen_partnership(work, partnership)
        language = find_partnership(work, key).party(work.actor.side).language
        closing = Closing(
            first=first,
            last=last or first,
            title={language: title},
            kind=kind,
            effect=Effect.COSTS if costs else Effect.FORBIDS,
            levels=levels,
            offices=offices,
            joint=joint,
        )
        close_days(work, key, closing)
    click.echo(f"Closed: {kind} {first} – {last or first}; {_seen(joint=joint)}.")


@closed_days_group.command(name="remove")
@click.argument("first", metavar="FROM", type=Day())
@click.argument("last", metavar="UNTIL", type=Day(), required=False)
@of_kind
@jointly
@acting
@in_partnership
@pass_shell
def remove(
    shell: Shell,
    *,
    first: date,
    last: date | None,
    kind: str,
    joint: bool,
    named: str | None,
    partnership: str | None,
) -> None:
    """Open days of your side again that were closed from FROM until UNTIL."""
    with shell.work(named, Act.CLOSE_DAYS_JOINTLY if joint else Act.CLOSE_DAYS) as work:
        open_days(work, chosen_partnership(work, partnership), kind, first, last or first, joint=joint)
    click.echo(f"Open again: {kind} {first} – {last or first}; {_seen(joint=joint)}.")


def _seen(*, joint: bool) -> str:
    return "both sides see it" if joint else "your side alone knows"


def _row(entry: ClosedSpan, language: str) -> tuple[str, ...]:
    row = entry.closed
    only = ", ".join((*sorted(row.levels), *sorted(row.offices)))
    return (
        row.party,
        row.first.isoformat(),
        row.last.isoformat(),
        text(f"effect.{row.effect}", language),
        row.kind,
        say(row.title, language),
        only,
        text("seen.joint" if entry.is_joint else "seen.own", language),
        f"{row.source} ({text('assumed', language)})" if row.basis == "assumed" else row.source,
    )


def _structure(entry: ClosedSpan) -> dict[str, Any]:
    row = entry.closed
    return {
        "party": row.party,
        "from": row.first,
        "until": row.last,
        "effect": row.effect.value,
        "kind": row.kind,
        "title": row.title,
        "levels": sorted(row.levels),
        "offices": sorted(row.offices),
        "joint": entry.is_joint,
        "source": row.source,
        "basis": row.basis,
    }
