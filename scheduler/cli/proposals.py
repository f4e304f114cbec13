"""Commands about other times that the invited propose: reading them, taking one up, declining one."""

from typing import Any

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
)
from scheduler.invitations.letter import write_when
from scheduler.invitations.proposals.actions import accept, decline
from scheduler.invitations.proposals.queries import Proposed, proposals
from scheduler.invitations.proposals.rules import STANDING_WORDS, Standing
from scheduler.invitations.queries import invitation
from scheduler.meetings.queries import find_meeting
from scheduler.outbox.mailers import letterhead
from scheduler.words import Words, say

NO_OBJECTION: Words = {"en": "no rule objects", "nl": "geen regel verzet zich ertegen"}
NONE: Words = {
    "en": "Nobody of your side proposed another time.",
    "nl": "Niemand van uw zijde stelde iets anders voor.",
}


@click.command(name="proposals")
@click.argument("reference", metavar="MEETING")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_proposals(
    shell: Shell, *, reference: str, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """List the other times that posts of your side propose, each with everything that speaks against it."""
    with shell.reading(named, Act.DIARIES_READ) as work:
        key = chosen_partnership(work, partnership)
        meeting = find_meeting(work, key, reference, clock.now().date())
        found = invitation(work, meeting.uid)
        known = proposals(work, found, with_diaries=True)
    if as_json:
        print_json([_structure(entry) for entry in known])
        return
    for entry in known:
        came = entry.proposal
        click.echo(f"{came.uid}  {write_when(found.partnership, came.slot, language)}")
        click.echo(f"  {came.post} ({came.address}): {say(STANDING_WORDS[entry.standing], language)}")
        if came.comment:
            click.echo(f"  “{came.comment}”")
        if entry.standing is Standing.OPEN:
            for line in _against(entry, language):
                click.echo(f"  - {line}")
    if not known:
        click.echo(say(NONE, language))


@click.command(name="accept")
@click.argument("proposal")
@acting
@pass_shell
def accept_proposal(shell: Shell, *, proposal: str, named: str | None) -> None:
    """Offer the time of a PROPOSAL as the new date: it stands once the other side agrees, as with any move."""
    with shell.work(named, Act.MOVE) as work:
        accept(work, proposal)
    click.echo("Offered to the other side. Whoever is invited hears of it once it is agreed and sent.")


@click.command(name="decline")
@click.argument("proposal")
@click.option("--reason", default="", help="A word to whoever proposed it; they read it.")
@acting
@pass_shell
def decline_proposal(shell: Shell, *, proposal: str, reason: str, named: str | None) -> None:
    """Decline a PROPOSAL: whoever proposed it gets a letter, and the meeting stays as it is."""
    with shell.work(named, Act.MAILS) as work:
        decline(work, proposal, letterhead(shell.settings), reason)
    click.echo("Declined. The letter goes with the next tick.")


def _against(entry: Proposed, language: str) -> list[str]:
    said = [say(refusal.reason, language) for refusal in entry.objections]
    return said or [say(NO_OBJECTION, language)]


def _structure(entry: Proposed) -> dict[str, Any]:
    came = entry.proposal
    return {
        "proposal": came.uid,
        "post": came.post,
        "address": came.address,
        "sequence": came.sequence,
        "first_day": came.slot.first_day,
        "last_day": came.slot.last_day,
        "start": came.slot.start,
        "end": came.slot.end,
        "zone": came.slot.zone,
        "comment": came.comment,
        "standing": str(entry.standing),
        "objections": [
            {"rule": refusal.rule, "reason": dict(refusal.reason)} for refusal in entry.objections
        ],
        "received_at": came.received_at,
        "decided_at": came.decided_at,
        "decided_by": came.decided_by,
        "reason": came.reason,
        "letter": came.letter,
    }
