"""Commands that decide about obligations: an interval where the text has none, rounds left out, duties linked."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

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
from scheduler.cli.words import text
from scheduler.dates.written import write_date
from scheduler.db.work import Work
from scheduler.obligations.actions import (
    agree_link,
    agree_skip,
    end_link,
    propose_link,
    propose_skip,
    set_interval,
)
from scheduler.obligations.consents import Consent
from scheduler.obligations.queries import ObligationFacts, duty_links, obligation, skips
from scheduler.obligations.records import Reader, of_link, of_skip
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.words import say


@click.command(name="interval")
@click.argument("key", metavar="OBLIGATION")
@click.argument("months", type=int)
@click.option("--set-by", "who", required=True, help="Post or office whose interval this is.")
@acting
@in_partnership
@pass_shell
def interval(
    shell: Shell, *, key: str, months: int, who: str, named: str | None, partnership: str | None
) -> None:
    """Set MONTHS as the interval of an OBLIGATION whose text names none.

    It is shown as yours, and both sides see it at once.
    """
    with shell.work(named, Act.SET_INTERVAL) as work:
        set_interval(work, obligation(work, chosen_partnership(work, partnership), key), months, who)
    click.echo(f"{key}: every {months} months, set by {who}; both sides see this now.")


@click.group(name="skips")
def skips_group() -> None:
    """Rounds that both sides agree to leave out."""


@skips_group.command(name="propose")
@click.argument("key", metavar="OBLIGATION")
@click.option("--due", type=Day(), required=True, help="Due date of the round that is left out.")
@click.option("--reason", required=True, help="Why; the other side reads it.")
@acting
@in_partnership
@pass_shell
def propose(
    shell: Shell, *, key: str, due: date, reason: str, named: str | None, partnership: str | None
) -> None:
    """Propose that the round of OBLIGATION due on a date be left out."""
    with shell.work(named, Act.SKIP) as work:
        propose_skip(work, obligation(work, chosen_partnership(work, partnership), key), due, reason)
    click.echo(f"Proposed to skip {key} due {due}; it counts once every side has agreed.")


@skips_group.command(name="agree")
@click.argument("key", metavar="OBLIGATION")
@click.option("--due", type=Day(), required=True, help="Due date of the round that is left out.")
@acting
@in_partnership
@pass_shell
def agree_to_skip(shell: Shell, *, key: str, due: date, named: str | None, partnership: str | None) -> None:
    """Agree to a skip that the other side proposed."""
    with shell.work(named, Act.SKIP) as work:
        agree_skip(work, obligation(work, chosen_partnership(work, partnership), key), due)
    click.echo(f"Agreed to skip {key} due {due}.")


@skips_group.command(name="list")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_skips(
    shell: Shell, *, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """List the skips that were proposed or agreed, with who and when."""
    with shell.reading(named, Act.READ) as work:
        key = chosen_partnership(work, partnership)
        found, reader = skips(work, key), reader_of(work, key)
    if as_json:
        print_json(
            [
                {
                    "obligation": skip.obligation,
                    "due": skip.due,
                    "reason": skip.reason,
                    "consents": [consent_structure(consent) for consent in skip.consents],
                    "agreed_at": skip.agreed_at,
                }
                for skip in found
            ]
        )
        return
    for skip in found:
        click.echo(text("skip", language, obligation=skip.obligation, due=write_date(skip.due, language)))
        click.echo(f"       {skip.reason}")
        click.echo(f"       {say(of_skip(skip, reader), language)}")
    if not found:
        click.echo(text("no_skips", language))


@click.group(name="links")
def links_group() -> None:
    """Years in which the rounds of one obligation discharge another one too."""


def _add_link_act(
    name: str, change: Callable[[Work, ObligationFacts, ObligationFacts, int], None], done: str
) -> None:
    """Add a command that does one thing to the link it names."""

    @links_group.command(name=name, help=LINK_ACTS[name])
    @click.argument("key", metavar="OBLIGATION")
    @click.argument("other", metavar="OTHER")
    @click.option("--year", type=int, required=True, help="Calendar year of the rounds.")
    @acting
    @in_partnership
    @pass_shell
    def do(
        shell: Shell, *, key: str, other: str, year: int, named: str | None, partnership: str | None
    ) -> None:
        with shell.work(named, Act.LINK) as work:
            chosen = chosen_partnership(work, partnership)
            change(work, obligation(work, chosen, key), obligation(work, chosen, other), year)
            standing = [
                link
                for link in duty_links(work, chosen)
                if (link.obligation, link.other, link.year) == (key, other, year)
            ][-1]
            state = "in force" if standing.in_force else "proposed; it counts once every side has agreed"
        click.echo(f"{key} and {other} in {year}: {done or state}.")


LINK_ACTS = {
    "propose": "Propose that the rounds of OBLIGATION in a year discharge OTHER too.",
    "agree": "Agree to a link that the other side proposed.",
    "end": "End a link, or take back or decline a proposal; OTHER is then owed rounds of its own again.",
}
"""What each command says of itself."""

_add_link_act("propose", propose_link, "")
_add_link_act("agree", agree_link, "")
_add_link_act("end", end_link, "ended")


@links_group.command(name="list")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_links(
    shell: Shell, *, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """List every link that was ever proposed, with who and when."""
    with shell.reading(named, Act.READ) as work:
        key = chosen_partnership(work, partnership)
        found, reader = duty_links(work, key), reader_of(work, key)
    if as_json:
        print_json(
            [
                {
                    "obligation": link.obligation,
                    "other": link.other,
                    "year": link.year,
                    "in_force": link.in_force,
                    "consents": [consent_structure(consent) for consent in link.consents],
                    "agreed_at": link.agreed_at,
                    "ended": consent_structure(link.ended) if link.ended else None,
                }
                for link in found
            ]
        )
        return
    for link in found:
        state = "in_force" if link.in_force else "proposed" if link.is_proposed else "ended"
        click.echo(
            text(
                "link",
                language,
                year=link.year,
                obligation=link.obligation,
                other=link.other,
                state=text(f"link.{state}", language),
            )
        )
        click.echo(f"       {say(of_link(link, reader), language)}")
    if not found:
        click.echo(text("no_links", language))


def reader_of(work: Work, key: str) -> Reader:
    """Return how the acting side reads of decisions; the operator as the first side of the partnership."""
    facts = find_partnership(work, key)
    own = facts.parties[0] if work.actor.is_operator else facts.party(work.actor.side)
    return Reader({party.key: party.short for party in facts.parties}, own.zone)


def consent_structure(consent: Consent) -> dict[str, Any]:
    """Return a consent as JSON shows it."""
    return {"party": consent.party, "name": consent.name, "at": consent.at}
