"""Commands about answers to invitations: how a delegation stands, and mails that need a person."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import click

from scheduler import clock
from scheduler.accounts.rules import Act
from scheduler.cli.kit import (
    OPERATOR,
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
from scheduler.cli.proposals import accept_proposal, decline_proposal, list_proposals
from scheduler.invitations.answers import actions
from scheduler.invitations.answers.queries import Answered, PuzzleFacts, answers, history, puzzle, puzzles
from scheduler.invitations.answers.reading import hand_over
from scheduler.invitations.answers.rules import (
    CHANNEL_WORDS,
    FATE_WORDS,
    NO_ANSWER,
    NOT_ASKED,
    NOT_VERIFIED,
    REASON_WORDS,
    STATUS_WORDS,
    Answer,
    Fate,
    Status,
)
from scheduler.invitations.queries import invitation
from scheduler.invitations.rules import ROLE_WORDS, Delegate, Role
from scheduler.meetings.queries import find_meeting
from scheduler.words import FALLBACK, say

STATUSES = click.Choice([str(status) for status in Status])


@click.group(name="answers")
def answers_group() -> None:
    """Answers to invitations, and mails that need a person."""


for command in (list_proposals, accept_proposal, decline_proposal):
    answers_group.add_command(command)


@answers_group.command(name="list")
@click.argument("reference", metavar="MEETING")
@click.option("--history", "every", is_flag=True, help="Every answer that came, with what became of it.")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def list_answers(
    shell: Shell,
    *,
    reference: str,
    every: bool,
    named: str | None,
    partnership: str | None,
    language: str,
    as_json: bool,
) -> None:
    """List what each post of your side's delegation answers. What the other side's posts answer is theirs."""
    with shell.reading(named, Act.LETTERS_READ) as work:
        today = clock.now().date()
        meeting = find_meeting(work, chosen_partnership(work, partnership), reference, today)
        found = invitation(work, meeting.uid)
        standing, came = answers(work, found), history(work, found)
    if as_json:
        print_json(
            [{**_structure(entry), "fate": str(fate)} for entry, fate in came]
            if every
            else [
                {"post": post, "asked": entry.is_asked, "answer": _structure(entry.answer)}
                for post, entry in standing.items()
            ]
        )
    elif every:
        _print_history(came, language)
    else:
        _print_standing(found.delegates, standing, language)


@answers_group.command(name="record")
@click.argument("reference", metavar="MEETING")
@click.argument("post")
@click.argument("status", type=STATUSES)
@click.option("--comment", default="", help="What was said besides.")
@acting
@in_partnership
@pass_shell
def record(
    shell: Shell,
    *,
    reference: str,
    post: str,
    status: str,
    comment: str,
    named: str | None,
    partnership: str | None,
) -> None:
    """Enter what a POST of your side answered, for example by telephone."""
    with shell.work(named, Act.MAILS) as work:
        today = clock.now().date()
        meeting = find_meeting(work, chosen_partnership(work, partnership), reference, today)
        actions.record_answer(work, meeting.uid, post, Status(status), comment)
    click.echo("Done.")


@answers_group.command(name="needs-person")
@click.option("--all", "with_settled", is_flag=True, help="Also those that somebody was done with.")
@acting
@in_language
@as_json
@pass_shell
def needs_person(
    shell: Shell, *, with_settled: bool, named: str | None, language: str, as_json: bool
) -> None:
    """List the mails to your side that a person must read; as operator, nobody's mails, without their words."""
    with shell.reading(named, Act.MAILS) as work:
        found = puzzles(work, with_settled=with_settled)
    if as_json:
        print_json([_puzzle(entry) for entry in found])
        return
    print_table(
        ("MAIL", "CAME (UTC)", "WHY", "FROM", "SUBJECT", "MEETING", "SETTLED"),
        [
            (
                entry.uid,
                f"{entry.received_at:%Y-%m-%d %H:%M}",
                say(REASON_WORDS[entry.reason], language),
                entry.sender,
                entry.subject,
                entry.meeting,
                entry.outcome,
            )
            for entry in found
        ],
    )


@answers_group.command(name="show")
@click.argument("mail")
@acting
@pass_shell
def show(shell: Shell, *, mail: str, named: str | None) -> None:
    """Print the bytes of one MAIL, as they came; nothing in it is safe to open."""
    with shell.reading(named, Act.MAILS) as work:
        _, content = puzzle(work, mail)
    sys.stdout.buffer.write(content)


@answers_group.command(name="apply")
@click.argument("mail")
@click.argument("status", type=STATUSES)
@click.option("--post", default="", help="Whose answer it is, where the mail does not tell.")
@acting
@pass_shell
def apply(shell: Shell, *, mail: str, status: str, post: str, named: str | None) -> None:
    """Enter what a MAIL turned out to answer, and settle it."""
    with shell.work(named, Act.MAILS) as work:
        actions.apply(work, mail, Status(status), post)
    click.echo("Done.")


@answers_group.command(name="dismiss")
@click.argument("mail")
@acting
@pass_shell
def dismiss(shell: Shell, *, mail: str, named: str | None) -> None:
    """Say that nothing more is to be done with a MAIL; it is kept."""
    with shell.work(named, Act.MAILS) as work:
        actions.dismiss(work, mail)
    click.echo("Done.")


@answers_group.command(name="hand-over")
@click.argument("mail")
@click.argument("party", metavar="SIDE")
@in_partnership
@pass_shell
def hand_over_mail(shell: Shell, *, mail: str, party: str, partnership: str | None) -> None:
    """As operator: give a MAIL of which nobody knows whose it is to a SIDE, where a person reads it."""
    with shell.reading(OPERATOR, Act.HAND_ON) as work:
        chosen = chosen_partnership(work, partnership)
    hand_over(shell.engine, mail, party, chosen, clock.now())
    click.echo(f"{party} finds it among its mails that need a person.")


def _channel(entry: Answer, language: str) -> str:
    how = say(CHANNEL_WORDS[entry.channel], language)
    return f"{how}, {say(NOT_VERIFIED, language)}" if entry.is_doubtful else how


def _print_history(came: Iterable[tuple[Answer, Fate]], language: str) -> None:
    print_table(
        ("CAME (UTC)", "POST", "ANSWER", "TO SEQUENCE", "HOW", "FATE", "COMMENT"),
        [
            (
                f"{entry.received_at:%Y-%m-%d %H:%M}",
                entry.post,
                _status(entry, language),
                entry.sequence,
                _channel(entry, language),
                say(FATE_WORDS[fate], language),
                entry.comment,
            )
            for entry, fate in came
        ],
    )


def _print_standing(delegates: Iterable[Delegate], standing: Mapping[str, Answered], language: str) -> None:
    print_table(
        ("POST", "ANSWER", "COMMENT"),
        [
            (
                entry.post,
                _answer(entry.role, standing[entry.post], language),
                answer.comment if (answer := standing[entry.post].answer) else "",
            )
            for entry in delegates
        ],
    )


def _answer(role: Role, stands: Answered, language: str) -> str:
    """Return what a post answers; whoever is merely informed is asked for nothing."""
    if stands.answer:
        return _status(stands.answer, language)
    if not role.takes_seat:
        return say(ROLE_WORDS[role], language)
    return say(NO_ANSWER if stands.is_asked else NOT_ASKED, language)


def _status(entry: Answer, language: str) -> str:
    words = say(STATUS_WORDS[entry.status], language)
    return f"{words} ({entry.delegated_to})" if entry.delegated_to else words


def _structure(entry: Answer | None) -> dict[str, Any]:
    if entry is None:
        return {}
    return {
        "post": entry.post,
        "address": entry.address,
        "status": str(entry.status),
        "sequence": entry.sequence,
        "stamp": entry.stamp,
        "comment": entry.comment,
        "delegated_to": entry.delegated_to,
        "channel": str(entry.channel),
        "verified": entry.is_verified,
        "received_at": entry.received_at,
    }


def _puzzle(entry: PuzzleFacts) -> dict[str, Any]:
    return {
        "mail": entry.uid,
        "reason": str(entry.reason),
        "problem": say(entry.problem, FALLBACK),
        "meeting": entry.meeting,
        "post": entry.post,
        "letter": entry.letter,
        "sender": entry.sender,
        "subject": entry.subject,
        "received_at": entry.received_at,
        "settled_at": entry.settled_at,
        "settled_by": entry.settled_by,
        "outcome": entry.outcome,
    }
