"""Commands about reminders: what will be said to whom and why, what was said, and what a side sets for itself."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

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
    print_table,
)
from scheduler.dates.written import write_date, write_day
from scheduler.db.work import Work
from scheduler.obligations.lead_times import LEVEL_COLUMNS
from scheduler.obligations.queries import obligation as find_obligation
from scheduler.outbox.rules import STATE_WORDS
from scheduler.reminders import actions
from scheduler.reminders.answers import Said
from scheduler.reminders.digests import RHYTHMS, Digest
from scheduler.reminders.milestones import (
    STEPS,
    WORKING_DAYS,
    Setting,
    Settings,
    origin_words,
    step_words,
)
from scheduler.reminders.preview import LetterAhead, preview
from scheduler.reminders.queries import GivenFacts, digests_of, ledger, settings_of, title_of
from scheduler.words import Words, say

USUAL_STRETCH = timedelta(days=90)
ONCE_AGREED: Words = {
    "en": "only once both sides agree to the date",
    "nl": "pas zodra beide zijden het over de datum eens zijn",
}
IF_MISSED: Words = {
    "en": "only if nobody says before that it is in hand",
    "nl": "alleen als niemand eerder meldt dat het in behandeling is",
}
BY: Words = {"en": "by", "nl": "uiterlijk"}
IN_A_DIGEST: Words = {"en": "a digest", "nl": "een overzicht"}
IN_HAND: Words = {"en": "in hand", "nl": "in behandeling"}
AGAIN_ON: Words = {"en": "again on {day}", "nl": "opnieuw op {day}"}
OFF: Words = {"en": "off", "nl": "uit"}
OFF_NAME = "off"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
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
        found = preview(work, begins, ends, shell.agenda_deadlines, chosen_partnership(work, partnership))
    if as_json:
        print_json([_structure(letter) for letter in found])
        return
    for letter in found:
        _print(letter, language)
    if not found:
        click.echo(say(NOTHING, language))


@reminders_group.command(name="list")
@acting
@in_partnership
@in_language
@as_json
@pass_shell
def show_list(
    shell: Shell, *, named: str | None, partnership: str | None, language: str, as_json: bool
) -> None:
    """List the reminders that the side was given, newest first, each with its fate."""
    with shell.reading(named, Act.LETTERS_READ) as work:
        found = ledger(work, chosen_partnership(work, partnership))
        titles = {subject: title_of(work, subject) for subject in {entry.subject for entry in found}}
    if as_json:
        print_json([_ledger_structure(entry, titles[entry.subject]) for entry in found])
        return
    print_table(
        ("given", "post", "about", "step", "by", "kind", "letter", "answer", "reminder"),
        (
            (
                entry.given_at.date(),
                entry.post,
                say(titles[entry.subject], language),
                say(step_words(entry.step), language),
                entry.day or "",
                entry.kind,
                say(STATE_WORDS[entry.state], language) if entry.state else "",
                _said_words(entry.said, language),
                entry.key,
            )
            for entry in found
        ),
    )


@reminders_group.command(name="settings")
@acting
@in_partnership
@click.option("--obligation", metavar="KEY", default="", help="As they hold for this obligation.")
@click.option("--post", metavar="POST", default="", help="As they hold for this post of your side.")
@in_language
@as_json
@pass_shell
def show_settings(
    shell: Shell,
    *,
    named: str | None,
    partnership: str | None,
    obligation: str,
    post: str,
    language: str,
    as_json: bool,
) -> None:
    """Show when each step is asked for and who is told, each value with its origin; and who wants a digest."""
    with shell.reading(named, Act.LETTERS_READ) as work:
        key = chosen_partnership(work, partnership)
        if obligation:
            find_obligation(work, key, obligation)
        settings, digests = settings_of(work, key), digests_of(work, key)
    rows = list(_settled(settings, (obligation,) if obligation else (), post, language))
    if as_json:
        print_json({"steps": rows, "digests": [_digest_structure(entry) for entry in digests]})
        return
    print_table(
        ("step", "level", "weeks or days", "told", "origin"),
        (
            (
                row["step"],
                row["level"],
                say(OFF, language) if row["amount"] is None else row["amount"],
                row["audience"],
                row["origin"],
            )
            for row in rows
        ),
    )
    for entry in digests:
        click.echo(f"digest: {entry.post} {entry.rhythm}, {WEEKDAYS[entry.weekday]} (set by {entry.set_by})")


def _scoped(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what a setting is for."""
    for option in (
        click.option("--obligation", metavar="KEY", default="", help="Only for this obligation."),
        click.option("--post", metavar="POST", default="", help="Only for this post of your side."),
        click.option("--level", type=click.Choice(LEVEL_COLUMNS), help="Only for rounds of this level."),
        in_partnership,
        acting,
    ):
        command = option(command)
    return command


@reminders_group.command(name="set")
@click.argument("step", type=click.Choice(STEPS))
@click.option("--weeks", type=int, help="Weeks before the round; negative after it.")
@click.option("--days", type=int, help="Working days after a missed day, for the two steps of escalation.")
@click.option("--off", is_flag=True, help="Do not remind of this step.")
@click.option(
    "--audience", metavar="WHO", help="secretariat, host, lead, private_office or a post of your side."
)
@_scoped
@pass_shell
def set_step(
    shell: Shell,
    /,
    *,
    step: str,
    weeks: int | None,
    days: int | None,
    off: bool,
    audience: str | None,
    **scope: str | None,
) -> None:
    """Set when your side is reminded of STEP and who is told; the other side's reminders stay as they are."""
    if (weeks if step in WORKING_DAYS else days) is not None:
        raise click.BadParameter("escalation is counted in --days, all else in --weeks", param_hint="STEP")
    amount = weeks if days is None else days
    with shell.work(scope.pop("named"), Act.REMINDERS_CHANGE) as work:
        key = chosen_partnership(work, scope.pop("partnership"))
        actions.set_value(work, key, _setting(work, step, scope, amount, audience=audience, is_off=off))


@reminders_group.command(name="reset")
@click.argument("step", type=click.Choice(STEPS))
@_scoped
@pass_shell
def reset_step(shell: Shell, /, *, step: str, **scope: str | None) -> None:
    """Take back what your side has set for STEP, exactly as it was set."""
    with shell.work(scope.pop("named"), Act.REMINDERS_CHANGE) as work:
        key = chosen_partnership(work, scope.pop("partnership"))
        actions.reset(work, key, _setting(work, step, scope))


@reminders_group.command(name="digest")
@click.argument("post")
@click.argument("rhythm", type=click.Choice((*RHYTHMS, OFF_NAME)))
@click.option("--weekday", type=click.Choice(WEEKDAYS), default=WEEKDAYS[0], help="Day of a weekly digest.")
@acting
@in_partnership
@pass_shell
def set_digest(
    shell: Shell, *, post: str, rhythm: str, weekday: str, named: str | None, partnership: str | None
) -> None:
    """Gather the reminders of POST in one letter every working day or week, or (off) give each by itself."""
    with shell.work(named, Act.REMINDERS_CHANGE) as work:
        key = chosen_partnership(work, partnership)
        if rhythm == OFF_NAME:
            actions.end_digest(work, key, post)
        else:
            actions.set_digest(work, key, post, rhythm, WEEKDAYS.index(weekday))


@reminders_group.command(name="acknowledge")
@click.argument("reminder")
@acting
@in_partnership
@pass_shell
def acknowledge(shell: Shell, *, reminder: str, named: str | None, partnership: str | None) -> None:
    """Say that what REMINDER asks for is in hand: nobody else is told that it was missed."""
    with shell.work(named, Act.REMINDERS_CHANGE) as work:
        actions.answer(work, chosen_partnership(work, partnership), reminder, shell.agenda_deadlines)


@reminders_group.command(name="snooze")
@click.argument("reminder")
@click.argument("day", type=Day())
@acting
@in_partnership
@pass_shell
def snooze(shell: Shell, *, reminder: str, day: date, named: str | None, partnership: str | None) -> None:
    """Have REMINDER given again on DAY, or on the first working day after it."""
    with shell.work(named, Act.REMINDERS_CHANGE) as work:
        actions.answer(work, chosen_partnership(work, partnership), reminder, shell.agenda_deadlines, day)


def _setting(
    work: Work,
    step: str,
    scope: dict[str, str | None],
    amount: int | None = None,
    *,
    audience: str | None = None,
    is_off: bool = False,
) -> Setting:
    return Setting(
        step=step,
        obligation=scope["obligation"] or "",
        post=scope["post"] or "",
        level=scope["level"] or "",
        amount=amount,
        is_off=is_off,
        audience=audience,
        set_by=work.actor.name,
        set_at=work.now,
    )


def _settled(
    settings: Settings, obligations: tuple[str, ...], post: str, language: str
) -> Iterator[dict[str, Any]]:
    """Yield every step at every level as it holds for some obligations and a post."""
    for step in STEPS:
        for level in LEVEL_COLUMNS:
            amount = settings.amount(step, level, obligations, post)
            audience = settings.audience(step, level, obligations)
            yield {
                "step": step,
                "level": level,
                "amount": amount.value,
                "audience": audience.name,
                "origin": say(origin_words(amount.origin or audience.origin), language),
            }


def _said_words(said: Said, language: str) -> str:
    if said.in_hand:
        return say(IN_HAND, language)
    return say(AGAIN_ON, language).format(day=said.until) if said.until else ""


def _ledger_structure(entry: GivenFacts, title: Words) -> dict[str, object]:
    return {
        "key": entry.key,
        "about": entry.about,
        "kind": entry.kind,
        "subject": entry.subject,
        "title": title,
        "step": entry.step,
        "post": entry.post,
        "day": entry.day,
        "given_at": entry.given_at,
        "letter": entry.letter,
        "state": entry.state,
        "error": entry.error,
        "in_hand": entry.said.in_hand,
        "again_on": entry.said.until,
    }


def _digest_structure(entry: Digest) -> dict[str, object]:
    return {
        "post": entry.post,
        "rhythm": entry.rhythm,
        "weekday": WEEKDAYS[entry.weekday],
        "set_by": entry.set_by,
        "set_at": entry.set_at,
    }


def _print(letter: LetterAhead, language: str) -> None:
    to = letter.mailbox or say(NO_MAILBOX, language)
    click.echo(click.style(write_day(letter.day, language), bold=True) + f"  {letter.post} <{to}>")
    click.echo(f"  {letter.subject}")
    if letter.once_agreed:
        click.echo(f"  {say(ONCE_AGREED, language)}")
    if letter.is_digest:
        click.echo(f"  {say(IN_A_DIGEST, language)}")
    for reminder in letter.reminders:
        by = write_date(reminder.by, language)
        click.echo(
            f"    {say(reminder.about, language)}: {say(reminder.step, language)}, {say(BY, language)} {by}"
        )
        if reminder.if_missed:
            click.echo(f"      {say(IF_MISSED, language)}")
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
        "is_digest": letter.is_digest,
        "reminders": [
            {
                "key": reminder.key,
                "about": reminder.about,
                "step": reminder.step,
                "by": reminder.by,
                "because": list(reminder.because),
                "if_missed": reminder.if_missed,
            }
            for reminder in letter.reminders
        ],
    }
