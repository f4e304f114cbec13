"""What will be said to whom and when, if nothing changes: the letters of reminders that lie ahead of one side."""

from dataclasses import dataclass
from datetime import date, datetime

from scheduler.db.work import Work
from scheduler.reminders.following import is_escalation
from scheduler.reminders.letter import subject
from scheduler.reminders.queries import AgendaDeadlines, Outlook, outlooks
from scheduler.reminders.rules import Bundle, bundles
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class ReminderAhead:
    """A reminder in a letter to come: about what, which step, by when, and why this post is told on this day.

    ``if_missed`` marks what goes only if nobody says before that the step is in hand.
    """

    key: str
    about: Words
    step: Words
    by: date
    because: tuple[Words, ...]
    if_missed: bool


@dataclass(frozen=True, slots=True)
class LetterAhead:
    """A letter to come. ``send_at`` is in UTC, ``day`` its calendar day where it is read.

    ``once_agreed`` marks a letter that goes only if both sides agree to the date as it stands. ``mailbox`` is ``None``
    where neither the post nor its side's secretariat has one, so that nothing can go.
    """

    partnership: str
    day: date
    send_at: datetime
    post: str
    mailbox: str | None
    subject: str
    once_agreed: bool
    is_digest: bool
    reminders: tuple[ReminderAhead, ...]


def preview(
    work: Work, first: date, last: date, agendas: AgendaDeadlines, partnership: str | None = None
) -> tuple[LetterAhead, ...]:
    """Return the letters that the acting side will get from ``first`` to ``last``, both included, in order."""
    found = [
        entry
        for outlook in outlooks(work, agendas)
        if partnership in {None, outlook.partnership.key}
        for entry in _letters(outlook)
        if first <= entry.day <= last
    ]
    return tuple(sorted(found, key=lambda entry: (entry.send_at, entry.post, entry.once_agreed)))


def _letters(outlook: Outlook) -> list[LetterAhead]:
    certain = [_letter(outlook, bundle, once_agreed=False) for bundle in outlook.bundles]
    return certain + [_letter(outlook, bundle, once_agreed=True) for bundle in bundles(outlook.once_agreed)]


def _letter(outlook: Outlook, bundle: Bundle, *, once_agreed: bool) -> LetterAhead:
    return LetterAhead(
        partnership=outlook.partnership.key,
        day=bundle.reminders[0].day,
        send_at=bundle.send_at,
        post=bundle.post,
        mailbox=bundle.reminders[0].deadline.recipient.mailbox,
        subject=subject(outlook, bundle),
        once_agreed=once_agreed,
        is_digest=bundle.digest is not None,
        reminders=tuple(
            ReminderAhead(
                key=entry.key,
                about=outlook.matters[entry.deadline.subject].duties[0].title,
                step=entry.deadline.title,
                by=outlook.asked[entry.deadline.follows].day
                if entry.deadline.follows
                else entry.deadline.day,
                because=(*entry.because, *entry.deadline.recipient.because),
                if_missed=is_escalation(entry.deadline),
            )
            for entry in bundle.reminders
        ),
    )
