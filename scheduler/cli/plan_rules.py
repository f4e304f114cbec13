"""The command that lists the rules of planning: what is asked of every plan, how hard, and who set it."""

import click

from scheduler.cli.kit import as_json, in_language, print_json
from scheduler.cli.words import text
from scheduler.planning.rules import RULES
from scheduler.words import say


@click.command(name="rules")
@in_language
@as_json
def rules_command(*, language: str, as_json: bool) -> None:
    """List every rule of planning: what it speaks of, how hard it is, its words, and who set it or where it stands."""
    if as_json:
        print_json(
            [
                {
                    "name": rule.name,
                    "scope": rule.scope,
                    "force": rule.force.value,
                    "words": rule.words,
                    "source": rule.source,
                }
                for rule in RULES
            ]
        )
        return
    for rule in RULES:
        force, scope = text(f"force.{rule.force}", language), text(f"scope.{rule.scope}", language)
        click.secho(f"{rule.name}  {force} · {scope}", bold=True)
        click.echo(f"  {say(rule.words, language)}")
        click.echo(f"  {text('head.source', language).capitalize()}: {say(rule.source, language)}\n")
