"""Commands about accounts: add one, print a sign-in link, end what is open, list."""

import click

from scheduler.accounts import actions
from scheduler.accounts.queries import UserFacts, users
from scheduler.accounts.rules import Act, Role
from scheduler.cli.kit import OPERATOR, Shell, as_json, pass_shell, print_json, print_table


@click.group(name="accounts")
def accounts_group() -> None:
    """Who may sign in to the pages, for which side (as operator)."""


@accounts_group.command(name="add")
@click.argument("email")
@click.option("--side", required=True, help="Key of the side that the account belongs to.")
@click.option(
    "--label", required=True, help="Post or office that the audit trail shows, never a person's name."
)
@click.option(
    "--role",
    type=click.Choice([str(role) for role in (Role.SECRETARIAT, Role.DESK, Role.READER)]),
    default=str(Role.DESK),
    show_default=True,
)
@click.option("--language", type=click.Choice(("en", "nl")), default="en", show_default=True)
@pass_shell
def add(shell: Shell, *, email: str, side: str, label: str, role: str, language: str) -> None:
    """Add an account for EMAIL, or change the one it has."""
    with shell.work(OPERATOR, Act.ACCOUNTS) as work:
        actions.add_user(work, UserFacts(email, label, side, Role(role), language))
    click.echo(f"{email} may sign in for {side} as {role}.")


@accounts_group.command(name="link")
@click.argument("email")
@pass_shell
def link(shell: Shell, *, email: str) -> None:
    """Print a one-time sign-in link for EMAIL; it works once, for a quarter of an hour."""
    with shell.work(OPERATOR, Act.ACCOUNTS) as work:
        secret = actions.issue_link(work, email)
    click.echo(f"{shell.settings.public_url}/sign-in/{secret}")


@accounts_group.command(name="revoke")
@click.argument("email")
@pass_shell
def revoke(shell: Shell, *, email: str) -> None:
    """End every session of EMAIL and every link that it has not used."""
    with shell.work(OPERATOR, Act.ACCOUNTS) as work:
        actions.revoke(work, email)
    click.echo(f"Everything open for {email} has ended.")


@accounts_group.command(name="list")
@as_json
@pass_shell
def list_accounts(shell: Shell, *, as_json: bool) -> None:
    """List the accounts of all sides."""
    with shell.reading(OPERATOR, Act.ACCOUNTS) as work:
        known = users(work)
    if as_json:
        print_json([{"email": u.email, "side": u.party, "role": u.role, "label": u.label} for u in known])
        return
    print_table(("E-MAIL", "SIDE", "ROLE", "LABEL"), [(u.email, u.party, u.role, u.label) for u in known])
