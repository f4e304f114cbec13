"""Changing letters: enqueue, drop and resend for a side; claim, begin, settle and recover for whoever sends.

What a side does goes through the filter like everything else. What a sender does works on both sides'
letters, one statement each, and compares the state and the lease in the same statement that changes them.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.audit.actions import record
from scheduler.db.layers import ACROSS_SIDES
from scheduler.db.work import Work
from scheduler.errors import Conflict, NotAllowed, NotFound
from scheduler.outbox.mime import Draft, Letterhead, compose, message_identifier, subject_line
from scheduler.outbox.rules import (
    DROPPABLE,
    LEASE,
    RESENDABLE,
    LetterState,
    Verdict,
    after_lost_lease,
    settlement,
)
from scheduler.outbox.tables import Letter
from scheduler.tokens import digest, new_identifier

INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
"""Both know ON CONFLICT DO NOTHING, each under a name of its own."""
LOST = "the sender stopped between handing the letter over and recording it; it may or may not have arrived"


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """A letter in the hands of one sender; ``token`` proves that it still is, ``attempt`` counts the one to come."""

    id: int
    token: str
    attempt: int
    key: str
    address: str
    message_id: str
    content: bytes


def enqueue(work: Work, draft: Draft, letterhead: Letterhead) -> bool:
    """Put a letter to a post of the acting side into the outbox; return ``False`` where its key is known.

    The message is fixed here, bytes and all. A second letter for the same key changes nothing and fails
    nothing, also when two units of work try it at once. Raises ``NotAllowed`` for a post of another side.
    """
    side, _, _ = draft.post.partition("/")
    if work.actor.party != side:
        raise NotAllowed(
            f"{work.actor.name} cannot write to {draft.post}", remedy="each side writes to its own posts"
        )
    identifier = message_identifier(digest(draft.key)[:32], letterhead.sender)
    new = INSERT[work.session.get_bind().dialect.name](Letter).values(
        partnership=draft.partnership,
        layer=side,
        key=draft.key,
        post=draft.post,
        address=draft.address,
        subject=subject_line(draft.subject, letterhead.marking),
        content=compose(draft, letterhead, identifier, work.now),
        message_id=identifier,
        state=LetterState.QUEUED,
        attempts=0,
        not_before=work.now,
        enqueued_at=work.now,
    )
    added = new.on_conflict_do_nothing(index_elements=[Letter.key]).returning(Letter.id)
    return work.session.scalars(added).one_or_none() is not None


def drop(work: Work, key: str, why: str) -> None:
    """Drop a letter that has not gone; raise ``Conflict`` where it has, or where a sender holds it."""
    letter = _own(work, key)
    _change(work, letter, DROPPABLE, state=LetterState.DROPPED, last_error=why, lease_token=None)
    record(work, letter.partnership, "letter dropped", f"letter/{key}", layer=letter.layer, why=why)


def resend(work: Work, key: str) -> None:
    """Send the same bytes again; raise ``Conflict`` for a letter that is on its way, or that is known to have gone."""
    letter = _own(work, key)
    _change(
        work,
        letter,
        RESENDABLE,
        state=LetterState.QUEUED,
        attempts=0,
        not_before=work.now,
        lease_until=None,
        lease_token=None,
        last_error=None,
    )
    record(work, letter.partnership, "letter sent again", f"letter/{key}", layer=letter.layer)


def claim(work: Work, limit: int) -> tuple[ClaimedLetter, ...]:
    """Take up to ``limit`` letters that are due, the longest waiting first, for one sender and one lease.

    On PostgreSQL rows that another sender is claiming are passed over; on SQLite there is only one writer at
    a time.
    """
    due = (
        select(Letter.id)
        .where(Letter.state == LetterState.QUEUED, Letter.not_before <= work.now)
        .order_by(Letter.not_before, Letter.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = work.session.scalars(due, execution_options=ACROSS_SIDES).all()
    if not ids:
        return ()
    token = new_identifier()
    taken = update(Letter).where(Letter.id.in_(ids))
    _run(work, taken.values(state=LetterState.CLAIMED, lease_token=token, lease_until=work.now + LEASE))
    held = select(Letter.id, Letter.attempts, Letter.key, Letter.address, Letter.message_id, Letter.content)
    rows = work.session.execute(
        held.where(Letter.id.in_(ids)).order_by(Letter.not_before, Letter.id), execution_options=ACROSS_SIDES
    )
    return tuple(
        ClaimedLetter(row.id, token, row.attempts + 1, row.key, row.address, row.message_id, row.content)
        for row in rows
    )


def begin(work: Work, letter: ClaimedLetter) -> bool:
    """Record that an attempt begins; return ``False`` where the lease was lost, and the letter is not ours to send."""
    ours = _held(letter).where(Letter.state == LetterState.CLAIMED)
    values = {"state": LetterState.SENDING, "attempts": letter.attempt, "lease_until": work.now + LEASE}
    return _run(work, ours.values(values)) == 1


def settle(work: Work, letter: ClaimedLetter, verdict: Verdict) -> None:
    """Record what came of an attempt, even where its lease has run out meanwhile and nobody else took the letter."""
    outcome = settlement(verdict, letter.key, letter.attempt, work.now)
    ours = _held(letter).where(Letter.state.in_([LetterState.SENDING, LetterState.UNCERTAIN]))
    _run(
        work,
        ours.values(
            state=outcome.state,
            attempts=outcome.attempts,
            not_before=outcome.not_before,
            last_error=outcome.error,
            sent_at=work.now if outcome.state is LetterState.SENT else None,
            lease_until=None,
            lease_token=None,
        ),
    )


def release(work: Work, letters: tuple[ClaimedLetter, ...], *, verdict: Verdict) -> None:
    """Give back letters that were claimed and not attempted, because of something that keeps all of them waiting."""
    for letter in letters:
        outcome = settlement(verdict, letter.key, 1, work.now)
        ours = _held(letter).where(Letter.state == LetterState.CLAIMED)
        _run(
            work,
            ours.values(
                state=LetterState.QUEUED,
                not_before=outcome.not_before,
                last_error=outcome.error,
                lease_until=None,
                lease_token=None,
            ),
        )


def recover(work: Work) -> int:
    """Look after letters whose sender gave no sign of life for a lease; return how many there were."""
    lost = update(Letter).where(Letter.lease_until < work.now)
    found = _run(
        work,
        lost.where(Letter.state == LetterState.CLAIMED).values(
            state=after_lost_lease(LetterState.CLAIMED), lease_until=None, lease_token=None
        ),
    )
    # The token stays: should the sender be alive after all, it may still say what became of the letter.
    return found + _run(
        work,
        lost.where(Letter.state == LetterState.SENDING).values(
            state=after_lost_lease(LetterState.SENDING), lease_until=None, last_error=LOST
        ),
    )


def _own(work: Work, key: str) -> Letter:
    found = work.session.scalars(select(Letter).where(Letter.key == key)).one_or_none()
    if found is None:
        raise NotFound(f"there is no letter {key!r}", remedy="`dialogues letters list` shows them")
    return found


def _change(work: Work, letter: Letter, allowed: frozenset[LetterState], **values: Any) -> None:
    wanted = update(Letter).where(Letter.id == letter.id, Letter.state.in_(sorted(allowed)))
    changed: CursorResult[Any] = work.session.execute(wanted.values(**values))  # type: ignore[assignment]
    if changed.rowcount == 0:
        names = ", ".join(sorted(allowed))
        raise Conflict(f"the letter is {letter.state}", place=letter.key, remedy=f"it must be {names}")


def _held(letter: ClaimedLetter) -> Update:
    return update(Letter).where(Letter.id == letter.id, Letter.lease_token == letter.token)


def _run(work: Work, statement: Update) -> int:
    options = {**ACROSS_SIDES, "synchronize_session": False}
    result: CursorResult[Any] = work.session.execute(statement, execution_options=options)  # type: ignore[assignment]
    return result.rowcount
