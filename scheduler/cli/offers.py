"""Commands about what is on offer for a round: offer options, accept one, refuse, withdraw."""

from collections.abc import Sequence
from datetime import date, time

import click

from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.cli.kit import Clock, Day, Shell, acting, chosen_partnership, in_partnership, pass_shell
from scheduler.cli.rounds import change_round, print_state
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.meetings import actions
from scheduler.meetings.choices import Choice, choice_on
from scheduler.meetings.queries import MeetingFacts, find_meeting
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.planning.alternatives import next_best


@click.command(name="offer")
@click.argument("reference", metavar="MEETING")
@click.option(
    "--or", "days", type=Day(), multiple=True, help="A further day to choose from; may be given again."
)
@click.option(
    "--next-best", type=click.IntRange(1, 2), help="So many of the next-best days of your plan as well."
)
@click.option(
    "--at", "start", type=Clock(), metavar="HH:MM", help="Start on further days; as ever when left out."
)
@click.option("--host", metavar="SIDE", help="Host on further days; the round's own when left out.")
@acting
@in_partnership
@pass_shell
def offer(
    shell: Shell,
    *,
    reference: str,
    days: tuple[date, ...],
    next_best: int | None,
    start: time | None,
    host: str | None,
    named: str | None,
    partnership: str | None,
) -> None:
    """Offer a round to the other side, with up to three options; this is your own side's consent to each of them.

    Of a planned round its own date is the first option. To a round on offer further days are added; one whose date was
    refused, withdrawn or postponed is offered anew on the days given.
    """
    with shell.work(named, Act.OFFER) as work:
        found = find_meeting(work, chosen_partnership(work, partnership), reference, clock.now().date())
        chosen = (*days, *_from_plan(work, found, next_best or 0))
        actions.offer(work, found.uid, _choices(work, found, chosen, start, host))
    print_state(shell, named, found.uid)


@click.command(name="accept")
@click.argument("reference", metavar="MEETING")
@click.argument("option", type=int, required=False)
@acting
@in_partnership
@pass_shell
def accept(
    shell: Shell, *, reference: str, option: int | None, named: str | None, partnership: str | None
) -> None:
    """Accept an OPTION, or the only one; what every side accepted is agreed, and the other options are closed."""

    def change(work: Work, uid: str) -> None:
        if option is None:
            actions.agree(work, uid)
        else:
            actions.accept(work, uid, option)

    change_round(shell, reference, named, partnership, Act.AGREE, change)


@click.command(name="refuse")
@click.argument("reference", metavar="MEETING")
@click.argument("option", type=int, required=False)
@click.option("--reason", default="", help="Why; only your own side ever reads it.")
@acting
@in_partnership
@pass_shell
def refuse(
    shell: Shell,
    *,
    reference: str,
    option: int | None,
    reason: str,
    named: str | None,
    partnership: str | None,
) -> None:
    """Refuse an OPTION, or all that others offered; a round without any left wants a date again."""
    change_round(
        shell,
        reference,
        named,
        partnership,
        Act.AGREE,
        lambda work, uid: actions.refuse(work, uid, option, reason),
    )


@click.command(name="withdraw")
@click.argument("reference", metavar="MEETING")
@click.argument("option", type=int, required=False)
@acting
@in_partnership
@pass_shell
def withdraw(
    shell: Shell, *, reference: str, option: int | None, named: str | None, partnership: str | None
) -> None:
    """Take back an OPTION that your own side offered, or all of them."""
    change_round(
        shell, reference, named, partnership, Act.OFFER, lambda work, uid: actions.withdraw(work, uid, option)
    )


def _from_plan(work: Work, found: MeetingFacts, count: int) -> list[date]:
    days = [other.day for other in next_best(work, found)][:count] if count else []
    if len(days) < count:
        raise BadInput(
            f"your plans know {len(days)} further days", place="--next-best", remedy="give days with --or"
        )
    return days


def _choices(
    work: Work, found: MeetingFacts, days: Sequence[date], start: time | None, host: str | None
) -> list[Choice]:
    if not days and (start or host):
        raise BadInput("no further day is given", place="--or", remedy="give one with --or")
    facts = find_partnership(work, found.partnership)
    return [choice_on(day, found, facts, start=start, host=host) for day in days]
