"""Searching for a plan while somebody waits, and the commands about searches that the worker makes."""

import sys
from datetime import timedelta
from shutil import get_terminal_size

import click

from scheduler import clock
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
    print_table,
)
from scheduler.cli.words import text
from scheduler.dates.written import write_date
from scheduler.planning.problem import Plan, Problem
from scheduler.planning.requests import actions, queries
from scheduler.planning.requests.queries import RequestFacts
from scheduler.planning.requests.search import Search
from scheduler.words import say

GLANCE = timedelta(seconds=0.5)
"""How often the line of progress is written anew."""

NEW_LINE = "\r\x1b[2K"
"""Back to the begin of a terminal's line, and clear it."""


@click.command(name="requests")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_requests(
    shell: Shell, *, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """List the plans that your side asked the worker for, newest first, and how far it is with each."""
    with shell.reading(named, Act.PLAN) as work:
        found = queries.plan_requests(work, chosen_partnership(work, partnership))
    if as_json:
        print_json([_structure(entry) for entry in found])
        return
    heads = ("asked", "span", "state", "plan", "progress", "request")
    print_table(
        [text(f"head.{head}", language) for head in heads], [_row(entry, language) for entry in found]
    )


@click.command(name="stop")
@click.argument("key", metavar="REQUEST")
@acting
@in_partnership
@in_language
@pass_shell
def stop_search(shell: Shell, *, key: str, named: str | None, partnership: str | None, language: str) -> None:
    """Have the worker end the search for a REQUEST; the best plan that it found is kept."""
    with shell.work(named, Act.PLAN) as work:
        request = actions.ask_to_stop(work, chosen_partnership(work, partnership), key)
    click.echo(f"{key}: {say(request.standing, language)}")


def search_for(problem: Problem, language: str = "en") -> Plan:
    """Search while somebody waits, and tell them on their terminal how far it is; Ctrl-C ends it with the best plan."""
    watched = sys.stderr.isatty()
    began = clock.now()
    search = Search(problem)
    stopped = False
    while True:
        try:
            while not search.is_over(GLANCE):
                if watched and not stopped:
                    _tell(search, (clock.now() - began).seconds, language)
            break
        except KeyboardInterrupt:
            search.stop()
            stopped = True
    found = search.result()
    if watched:
        click.echo(NEW_LINE, nl=False, err=True)
    if stopped and not found.proven:
        click.echo(text("search_stopped", language), err=True)
    return found


def _tell(search: Search, seconds: int, language: str) -> None:
    far = search.progress
    if far and far.price is not None:
        gap = far.price - far.bound
        line = text("searched", language, price=far.price, bound=far.bound, gap=gap, seconds=seconds)
    else:
        line = text("searching", language, seconds=seconds)
    width = get_terminal_size().columns - 1  # a line that runs over could not be written anew
    click.echo(NEW_LINE + line[:width], nl=False, err=True)


def _row(entry: RequestFacts, language: str) -> tuple[str, ...]:
    return (
        f"{entry.asked_at:%Y-%m-%d %H:%M}",
        f"{write_date(entry.first, language)} – {write_date(entry.last, language)}",
        say(entry.standing, language),
        entry.plan,
        say(entry.failure or entry.gap, language),
        entry.key,
    )


def _structure(entry: RequestFacts) -> dict[str, object]:
    return {
        "key": entry.key,
        "asked_at": entry.asked_at,
        "asked_by": entry.asked_by,
        "first": entry.first,
        "last": entry.last,
        "today": entry.today,
        "state": str(entry.state),
        "plan": entry.plan,
        "price": entry.price,
        "bound": entry.bound,
        "effort": entry.effort,
        "progress_at": entry.progress_at,
        "stop_asked_at": entry.stop_asked_at,
        "finished_at": entry.finished_at,
        "failure": entry.failure,
    }
