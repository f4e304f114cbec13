"""Commands about delegations and invitations: who comes, who is told what, and the one that sends."""

from collections.abc import Callable, Iterator
from dataclasses import replace
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
    print_table,
)
from scheduler.db.work import Work
from scheduler.invitations import actions
from scheduler.invitations.letter import draft, write_when
from scheduler.invitations.queries import Invitation, fates, invitation
from scheduler.invitations.rules import ROLE_WORDS, Arrangement, Role
from scheduler.meetings.queries import find_meeting
from scheduler.meetings.rules import STATE_WORDS
from scheduler.outbox.mailers import letterhead
from scheduler.outbox.rules import STATE_WORDS as LETTER_WORDS
from scheduler.words import say

ROLES = [str(role) for role in Role]
Change = Callable[[Work, str], None]


@click.group(name="delegation")
def delegation_group() -> None:
    """Your side's delegation to a meeting, and what the other side sees of it."""


@click.group(name="invitations")
def invitations_group() -> None:
    """Invitations to a meeting: what was sent, what would be sent, and sending."""


@delegation_group.command(name="list")
@click.argument("reference", metavar="MEETING")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_delegation(
    shell: Shell, *, reference: str, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """List who comes from your side, and what other sides show of theirs."""
    with shell.reading(named, Act.READ) as work:
        found = _found(work, partnership, reference)
    if as_json:
        print_json(_delegations(found))
        return
    rows = [
        (
            say(ROLE_WORDS[Role(entry["role"])], language),
            entry["post"],
            entry["address"],
            entry["stands_in_for"],
        )
        for entry in _delegations(found)["own"]
    ]
    print_table(("ROLE", "POST", "ADDRESS", "IN PLACE OF"), rows)
    for party, shared in found.shared.items():
        if party != found.side and shared.delegates:
            click.echo(f"\n{say(found.partnership.party(party).name, language)}:")
            for entry in shared.delegates:
                click.echo(
                    f"  {say(ROLE_WORDS[entry.role], language)}: {_title(found, entry.post, language)}"
                )


@delegation_group.command(name="add")
@click.argument("reference", metavar="MEETING")
@click.argument("post")
@click.option("--role", type=click.Choice(ROLES), default="required", help="As what the post comes.")
@click.option(
    "--instead-of", metavar="POST", help="Whom of the delegation it stands in for, in the same role."
)
@acting
@in_partnership
@pass_shell
def add(
    shell: Shell,
    *,
    reference: str,
    post: str,
    role: str,
    instead_of: str | None,
    named: str | None,
    partnership: str | None,
) -> None:
    """Put a POST of your side on the delegation, give it another role, or let it stand in for another."""

    def change(work: Work, uid: str) -> None:
        if instead_of:
            actions.send_stand_in(work, uid, instead_of, post)
        else:
            actions.set_delegate(work, uid, post, Role(role))

    _change(shell, reference, named, partnership, Act.DELEGATE, change)


def _add_act(name: str, act: Act, change: Callable[[Work, str, str], None], meaning: str) -> None:
    @delegation_group.command(name=name, help=meaning)
    @click.argument("reference", metavar="MEETING")
    @click.argument("post")
    @acting
    @in_partnership
    @pass_shell
    def do(shell: Shell, *, reference: str, post: str, named: str | None, partnership: str | None) -> None:
        _change(shell, reference, named, partnership, act, lambda work, uid: change(work, uid, post))


_add_act("remove", Act.DELEGATE, actions.remove_delegate, "Take a POST off the delegation of your side.")
_add_act(
    "confirm",
    Act.DELEGATE,
    actions.confirm,
    "Say that a POST comes on the day that stands; a confirmed chair is shown to the other side.",
)


@delegation_group.command(name="release")
@click.argument("reference", metavar="MEETING")
@click.option("--take-back", is_flag=True, help="Show what changes from now on to your own side alone again.")
@acting
@in_partnership
@pass_shell
def release(
    shell: Shell, *, reference: str, take_back: bool, named: str | None, partnership: str | None
) -> None:
    """Release your side's list to the host, for letting people into the building."""
    change = actions.take_back if take_back else actions.release
    _change(shell, reference, named, partnership, Act.RELEASE, change)


@invitations_group.command(name="show")
@click.argument("reference", metavar="MEETING")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def show(
    shell: Shell, *, reference: str, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """Show what was sent, whom of your side was told what and what became of the letter, and what is not yet sent."""
    with shell.reading(named, Act.LETTERS_READ) as work:
        found = _found(work, partnership, reference)
        shown = _invitations(work, found)
    if as_json:
        print_json(shown)
        return
    click.echo(f"{say(found.meeting.title, language)}: {say(STATE_WORDS[found.meeting.state], language)}")
    for line in _sent(found, language):
        click.echo(line)
    print_table(
        ("TOLD (UTC)", "POST", "ADDRESS", "METHOD", "SEQUENCE", "WHY", "LETTER"),
        [
            (
                f"{entry['at']:%Y-%m-%d %H:%M}",
                *(entry[name] for name in ("post", "address", "method", "sequence", "cause")),
                say(LETTER_WORDS[entry["state"]], language),
            )
            for entry in shown["told"]
        ],
    )


@invitations_group.command(name="send")
@click.argument("reference", metavar="MEETING")
@click.option("--preview", is_flag=True, help="Print the letters to your side's posts, and send nothing.")
@click.option("--reason", default="", help="A word to everybody who is invited, on both sides.")
@acting
@in_partnership
@pass_shell
def send(
    shell: Shell, *, reference: str, preview: bool, reason: str, named: str | None, partnership: str | None
) -> None:
    """Send what stands to everybody who is invited: the host's secretariat does, either where no side hosts.

    The letters to the other side's posts are its own and follow with its next tick. Several changes since the last
    sending become one update.
    """
    if preview:
        with shell.reading(named, Act.INVITE) as work:
            found = _found(work, partnership, reference)
            found = replace(found, has_joint_agenda=shell.has_joint_agenda(work, found.meeting.uid))
        for text in _previews(shell, found):
            click.echo(text)
        return
    with shell.work(named, Act.INVITE) as work:
        found = _found(work, partnership, reference)
        head = letterhead(shell.settings)
        told = actions.send(work, found.meeting.uid, head, reason, shell.has_joint_agenda)
    click.echo(
        f"Sent. Letters to your side's posts: {told.enqueued}. Those of the other side follow by themselves."
    )
    if told.failed:
        click.echo(f"Letters that could not be written: {told.failed}; the log says why.")


@invitations_group.command(name="arrange")
@click.argument("reference", metavar="MEETING")
@click.option("--seats", type=int, help="So many people of each side at most; no limit when left out.")
@click.option(
    "--spoken", multiple=True, metavar="CODE", help="A language of the meeting, as en; may be given again."
)
@click.option("--interpretation/--no-interpretation", default=None, help="Whether there are interpreters.")
@acting
@in_partnership
@pass_shell
def arrange(
    shell: Shell,
    *,
    reference: str,
    seats: int | None,
    spoken: tuple[str, ...],
    interpretation: bool | None,
    named: str | None,
    partnership: str | None,
) -> None:
    """Say how many seats each side has, which languages are spoken, and whether there are interpreters."""
    wanted = Arrangement(seats, spoken, interpretation)
    with shell.work(named, Act.INVITE) as work:
        found = _found(work, partnership, reference)
        actions.arrange(work, found.meeting.uid, wanted)
    click.echo("Arranged. Who was told before hears of it with the next sending.")


def _found(work: Work, partnership: str | None, reference: str) -> Invitation:
    key = chosen_partnership(work, partnership)
    return invitation(work, find_meeting(work, key, reference, clock.now().date()).uid)


def _change(
    shell: Shell, reference: str, named: str | None, partnership: str | None, act: Act, change: Change
) -> None:
    """Change the delegation to the meeting that ``reference`` names, and print how it then stands."""
    with shell.work(named, act) as work:
        uid = _found(work, partnership, reference).meeting.uid
        change(work, uid)
        found = invitation(work, uid)
    for entry in found.delegates:
        click.echo(f"{say(ROLE_WORDS[entry.role], 'en')}: {entry.post}")


def _delegations(found: Invitation) -> dict[str, Any]:
    return {
        "meeting": found.meeting.uid,
        "own": [
            {
                "post": entry.post,
                "role": str(entry.role),
                "address": found.address_of(entry.post),
                "stands_in_for": entry.stands_in_for,
                "confirmed_for": entry.confirmed_for,
            }
            for entry in found.delegates
        ],
        "list": "own" if found.is_own_list else "programme",
        "seats": found.arrangement.seats,
        "shown": {
            party: {
                "delegates": [{"post": one.post, "role": str(one.role)} for one in shared.delegates],
                "released_at": shared.released_at,
                "released_by": shared.released_by,
            }
            for party, shared in found.shared.items()
        },
    }


def _invitations(work: Work, found: Invitation) -> dict[str, Any]:
    known = fates(work, found)
    return {
        "meeting": found.meeting.uid,
        "state": str(found.meeting.state),
        "sent": found.is_current,
        "sendings": [
            {
                "number": entry.number,
                "called_off": entry.is_call_off,
                "sequence": entry.sequence,
                "first_day": entry.content["first_day"],
                "party": entry.party,
                "name": entry.name,
                "at": entry.at,
                "reason": entry.reason,
            }
            for entry in found.sendings
        ],
        "told": [
            {
                "at": entry.at,
                "post": entry.told.post,
                "address": entry.told.address,
                "method": str(entry.told.method),
                "sequence": entry.told.sequence,
                "cause": str(entry.cause),
                "letter": entry.letter,
                "state": known[entry.letter].state,
            }
            for entry in found.told
        ],
    }


def _sent(found: Invitation, language: str) -> Iterator[str]:
    """Yield what was sent, by whom and when, and whether it is what stands."""
    for entry in found.sendings:
        act = (
            "called off"
            if entry.is_call_off
            else f"sent for {write_when(found.partnership, entry.slot, language)}"
        )
        yield f"  {entry.number}  {act}: {entry.name}, {entry.at:%Y-%m-%d %H:%M} UTC"
    if found.is_off:
        return
    yield "  What stands was sent." if found.is_current else "  What stands is not yet sent."


def _previews(shell: Shell, found: Invitation) -> Iterator[str]:
    head = letterhead(shell.settings)
    for message in found.if_sent:
        written = draft(found, message, head, key="preview", thread="")
        yield f"{message.method} {message.address}\n{written.subject}\n\n{written.text}"
    if not found.if_sent:
        yield "No letter would go to your side's posts."


def _title(found: Invitation, post: str, language: str) -> str:
    return say(found.posts[post].title, language) if post in found.posts else post
