"""Giving reminders: putting letters that are due into the outbox, and taking back those whose reason is gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.db.work import Work
from scheduler.errors import Conflict, DialoguesError
from scheduler.outbox.actions import drop, enqueue
from scheduler.outbox.mime import Letterhead
from scheduler.reminders.letter import draft
from scheduler.reminders.queries import Outlook, groundless, outlooks
from scheduler.reminders.rules import Bundle
from scheduler.reminders.tables import GivenReminder
from scheduler.tokens import digest

INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
GROUNDLESS = "what it says no longer stands"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Given:
    """What one side's turn came to: letters enqueued, letters dropped, and letters that could not be written."""

    enqueued: int
    dropped: int
    failed: int


def give_due(work: Work, letterhead: Letterhead) -> Given:
    """Enqueue one letter to each post of the acting side for whatever it is to be reminded of by now.

    Doing it again enqueues nothing, also when several processes do it at once: each reminder is entered in
    the ledger before its letter is written, and only who enters it writes. A letter that cannot be written is
    logged, leaves no trace, and stops no other.
    """
    enqueued = dropped = failed = 0
    for outlook in outlooks(work):
        dropped += _drop_groundless(work, outlook)
        for bundle in outlook.bundles:
            if bundle.send_at > work.now:
                continue
            try:
                with work.session.begin_nested():
                    enqueued += _give(work, outlook, bundle, letterhead)
            except DialoguesError as error:
                log.warning("a reminder cannot be written", post=bundle.post, reason=str(error))
                failed += 1
            except Exception:
                log.exception("writing a reminder failed", post=bundle.post)
                failed += 1
    return Given(enqueued, dropped, failed)


def _give(work: Work, outlook: Outlook, bundle: Bundle, letterhead: Letterhead) -> bool:
    new = _entered(work, outlook.partnership.key, [entry.key for entry in bundle.reminders])
    told = tuple(entry for entry in bundle.reminders if entry.key in new)
    if not told:
        return False
    own = Bundle(bundle.post, bundle.send_at, told)
    key = letter_key(bundle.post, sorted(new))
    enqueue(work, draft(outlook, own, letterhead, key), letterhead)
    work.session.execute(update(GivenReminder).where(GivenReminder.key.in_(new)).values(letter=key))
    return True


def letter_key(post: str, reminders: list[str]) -> str:
    """Return the key of the letter that carries some reminders: that of the only one, or one made of them all."""
    if len(reminders) == 1:
        return reminders[0]
    return f"reminders/{post}/{digest(' '.join(reminders))[:16]}"


def _entered(work: Work, partnership: str, keys: Iterable[str]) -> set[str]:
    """Enter reminders in the ledger; return those that were not there, and that are therefore ours to give."""
    rows = [
        {"partnership": partnership, "layer": work.actor.side, "key": key, "given_at": work.now}
        for key in sorted(keys)
    ]
    new = INSERT[work.session.get_bind().dialect.name](GivenReminder).values(rows)
    entered = new.on_conflict_do_nothing(index_elements=[GivenReminder.key]).returning(GivenReminder.key)
    return set(work.session.scalars(entered))


def _drop_groundless(work: Work, outlook: Outlook) -> int:
    dropped = 0
    for key in groundless(work, outlook):
        try:
            drop(work, key, GROUNDLESS)
        except Conflict:  # a sender took it in the meantime
            continue
        dropped += 1
    return dropped
