"""Commands about calendar feeds: make one and print its address, list them, take one back."""

from typing import Any

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
    print_table,
)
from scheduler.feeds import actions
from scheduler.feeds.queries import SubscriptionFacts, subscriptions
from scheduler.feeds.rules import Deadlines, Scope, Terms, Tier, feed_address


@click.group(name="feed")
def feed_group() -> None:
    """Calendar feeds: secret addresses that calendar programs subscribe to."""


@feed_group.command(name="new")
@click.option("--label", required=True, help="Whose it is, or what for; your own side reads it.")
@click.option("--theme", "themes", multiple=True, metavar="KEY", help="Only this theme; may be repeated.")
@click.option("--level", "levels", multiple=True, metavar="LEVEL", help="Only this level; may be repeated.")
@click.option(
    "--obligation", "obligations", multiple=True, metavar="KEY", help="Only this obligation; may be repeated."
)
@click.option(
    "--tier",
    type=click.Choice([str(tier) for tier in Tier]),
    default=str(Tier.FULL),
    show_default=True,
    help="How much it tells.",
)
@click.option(
    "--deadlines",
    type=click.Choice([str(form) for form in Deadlines]),
    default=str(Deadlines.NONE),
    show_default=True,
    help="Deadlines as whole days, as tasks (Outlook shows none), or not at all.",
)
@acting
@in_partnership
@in_language
@pass_shell
def new(
    shell: Shell,
    *,
    named: str | None,
    partnership: str | None,
    label: str,
    themes: tuple[str, ...],
    levels: tuple[str, ...],
    obligations: tuple[str, ...],
    language: str,
    tier: str,
    deadlines: str,
) -> None:
    """Make a feed and print its address, once: the database keeps only its digest."""
    terms = Terms(language, Tier(tier), Deadlines(deadlines), Scope(themes, levels, obligations))
    with shell.work(named, Act.FEEDS_NEW) as work:
        wanted = actions.Wanted(chosen_partnership(work, partnership), label, terms)
        secret = actions.new_subscription(work, wanted)
    click.echo(feed_address(shell.settings.public_url, secret))


@feed_group.command(name="list")
@acting
@in_partnership
@as_json
@pass_shell
def list_feeds(shell: Shell, *, named: str | None, partnership: str | None, as_json: bool) -> None:
    """List the feeds of your own side; their addresses are known to those who hold them."""
    with shell.reading(named, Act.FEEDS_READ) as work:
        found = subscriptions(work, chosen_partnership(work, partnership))
    if as_json:
        print_json([_structure(entry) for entry in found])
        return
    heads = ("KEY", "LABEL", "SHOWS", "LANGUAGE", "TIER", "DEADLINES", "MADE", "TAKEN BACK")
    print_table(heads, [_row(entry) for entry in found])


@feed_group.command(name="revoke")
@click.argument("key")
@acting
@pass_shell
def revoke(shell: Shell, *, key: str, named: str | None) -> None:
    """Take the feed KEY back: its address answers 410 from now on, and programs stop asking."""
    with shell.work(named, Act.FEEDS_REVOKE) as work:
        actions.revoke(work, key)
    click.echo(f"The feed {key} was taken back.")


def _row(entry: SubscriptionFacts) -> tuple[object, ...]:
    terms, scope = entry.terms, entry.terms.scope
    return (
        entry.key,
        entry.label,
        ", ".join((*scope.themes, *scope.levels, *scope.obligations)) or "everything",
        terms.language,
        terms.tier,
        terms.deadlines,
        entry.created_at.date(),
        entry.revoked_at.date() if entry.revoked_at else "",
    )


def _structure(entry: SubscriptionFacts) -> dict[str, Any]:
    terms, scope = entry.terms, entry.terms.scope
    return {
        "key": entry.key,
        "partnership": entry.partnership,
        "side": entry.party,
        "label": entry.label,
        "themes": scope.themes,
        "levels": scope.levels,
        "obligations": scope.obligations,
        "language": terms.language,
        "tier": terms.tier,
        "deadlines": terms.deadlines,
        "created_by": entry.created_by,
        "created_at": entry.created_at,
        "revoked_at": entry.revoked_at,
    }
