"""Commands about reminders: what will be said to whom, and why."""

from datetime import date, timedelta

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
)
from scheduler.dates.written import write_day
from scheduler.reminders.preview import LetterAhead, preview
from scheduler.words import Words, say

USUAL_STRETCH = timedelta(days=90)
ONCE_AGREED: Words = {
    "en": "only once both sides agree to the date",
    "nl": "pas zodra beide zijden het over de datum eens zijn",
}
NOTHING: Words = {"en": "No letter falls into these days.", "nl": "In deze dagen valt geen brief."}
NO_MAILBOX: Words = {"en": "no mailbox, so it cannot go", "nl": "geen postbus, kan dus niet weg"}


@click.group(name="reminders")
def reminders_group() -> None:
    """Reminders: who will be told what, when and why."""


@reminders_group.command(name="preview")
@acting
@in_partnership
@click.option("--from", "first", type=Day(), help="First day; today when left out.")
@click.option("--to", "last", type=Day(), help="Last day; 90 days on when left out.")
@in_language
@as_json
@pass_shell
def show_preview(
    shell: Shell,
    *,
    named: str | None,
    partnership: str | None,
    first: date | None,
    last: date | None,
    language: str,
    as_json: bool,
) -> None:
    """Show every letter of reminders that will go to the side, if nothing changes, with its reason."""
    begins = first or clock.now().date()
    ends = last or begins + USUAL_STRETCH
    if ends < begins:
        raise click.BadParameter("lies before --from", param_hint="--to")
    with shell.reading(named, Act.LETTERS_READ) as work:
        found = preview(work, begins, ends, chosen_partnership(work, partnership))
    if as_json:
        print_json([_structure(letter) for letter in found])
        return
    for letter in found:
        _print(letter, language)
    if not found:
        click.echo(say(NOTHING, language))


def _print(letter: LetterAhead, language: str) -> None:
    to = letter.mailbox or say(NO_MAILBOX, language)
    click.echo(click.style(write_day(letter.day, language), bold=True) + f"  {letter.post} <{to}>")
    click.echo(f"  {letter.subject}")
    if letter.once_agreed:
        click.echo(f"  {say(ONCE_AGREED, language)}")
    for reminder in letter.reminders:
        click.echo(f"    {say(reminder.about, language)}: {say(reminder.step, language)}")
        for sentence in reminder.because:
            click.echo(f"      {say(sentence, language)}")
    click.echo()


def _structure(letter: LetterAhead) -> dict[str, object]:
    return {
        "partnership": letter.partnership,
        "day": letter.day,
        "send_at": letter.send_at,
        "post": letter.post,
        "mailbox": letter.mailbox,
        "subject": letter.subject,
        "once_agreed": letter.once_agreed,
        "reminders": [
            {
                "key": reminder.key,
                "about": reminder.about,
                "step": reminder.step,
                "by": reminder.by,
                "because": list(reminder.because),
            }
            for reminder in letter.reminders
        ],
    }
