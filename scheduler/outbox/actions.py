"""Changing letters: enqueue, drop and resend for a side; claim, begin, settle and recover for whoever sends.

What a side does goes through the filter like everything else. What a sender does works on both sides'
letters, one statement each, and compares the state and the lease in the same statement that changes them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from itertools import chain, zip_longest
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Update, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.audit.actions import record
from scheduler.db.layers import ACROSS_SIDES
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotAllowed, NotFound
from scheduler.outbox.mime import Draft, Letterhead, compose, message_identifier, one_line, subject_line
from scheduler.outbox.rules import (
    CLOCK_SET_BACK,
    DROPPABLE,
    GONE,
    LEASE,
    LONGEST_WAIT,
    LOST,
    MAY_HAVE_ARRIVED,
    PEACE,
    RESENDABLE,
    Fate,
    LetterState,
    Pace,
    Verdict,
    after_lost_lease,
    settlement,
    used_up,
)
from scheduler.outbox.tables import Letter, RelayShare
from scheduler.tokens import digest, new_identifier

INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
"""Both know ON CONFLICT DO NOTHING, each under a name of its own."""


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """A letter in the hands of one sender; ``token`` proves that it still is, ``attempt`` counts the one to come."""

    id: int
    side: str
    token: str
    attempt: int
    key: str
    address: str
    message_id: str
    content: bytes


class Beginning(Enum):
    """Whether an attempt may begin."""

    BEGUN = auto()
    LOST = auto()
    """Another sender has the letter by now."""
    TOO_LATE = auto()
    """It is of no use any more."""
    MUST_WAIT = auto()
    """Its side has used up its share of what the relay takes; the letter is given back."""


def enqueue(work: Work, draft: Draft, letterhead: Letterhead, *, expires_at: datetime | None = None) -> bool:
    """Put a letter to a post of the acting side into the outbox; return ``False`` where its key is known.

    The message is fixed here, bytes and all. From ``expires_at`` on it is of no use and is not sent. A second letter
    for the same key changes nothing and fails nothing, also when two units of work try it at once. Raises
    ``NotAllowed`` for a post of another side.
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
        expires_at=expires_at,
        is_possible_duplicate=False,
    )
    added = new.on_conflict_do_nothing(index_elements=[Letter.key]).returning(Letter.id)
    return work.session.scalars(added).one_or_none() is not None


def drop(work: Work, key: str, why: str) -> None:
    """Drop a letter that has not gone; raise ``Conflict`` where it has, or where a sender holds it."""
    letter = _own(work, key)
    reason = _reason(why)
    _change(work, letter, DROPPABLE, state=LetterState.DROPPED, last_error=reason, lease_token=None)
    record(work, letter.partnership, "letter dropped", f"letter/{key}", layer=letter.layer, why=reason)


def resend(work: Work, key: str, why: str) -> None:
    """Send the same bytes again, and mark the letter where it may have arrived before.

    The message is not changed for it: under the same Message-ID and with the same bytes, servers and programs that
    know such twins show one. Raises ``Conflict`` for a letter that is on its way, or that is of no use any more.
    """
    letter = _own(work, key)
    reason = _reason(why)
    if letter.expires_at is not None and letter.expires_at <= work.now:
        raise Conflict(f"the letter is of no use since {letter.expires_at:%Y-%m-%d %H:%M} UTC", place=key)
    was = LetterState(letter.state)
    doubles = letter.is_possible_duplicate or was in MAY_HAVE_ARRIVED
    _change(
        work,
        letter,
        RESENDABLE & {was},
        state=LetterState.QUEUED,
        attempts=0,
        not_before=work.now,
        lease_until=None,
        lease_token=None,
        last_error=None,
        is_possible_duplicate=doubles,
    )
    record(
        work,
        letter.partnership,
        "letter sent again",
        f"letter/{key}",
        layer=letter.layer,
        why=reason,
        was=str(was),
        possible_duplicate=doubles,
    )


def mark_returned(work: Work, key: str, state: LetterState, words: str) -> None:
    """Mark a letter that went as one that came back, with the words of the report; any other stays as it is."""
    wanted = update(Letter).where(Letter.key == key, Letter.state.in_(sorted(GONE)))
    work.session.execute(wanted.values(state=state, last_error=words or None, lease_token=None))


def replace_queued(work: Work, keys: Collection[str]) -> int:
    """Take letters out of the queue because something newer is to be said instead; return how many there were.

    One that a sender has begun to hand over goes: it was true when it left.
    """
    return _run(work, _replaced().where(Letter.key.in_(sorted(keys))))


def hold_back(work: Work, beginning: str) -> int:
    """Take the letters out of the queue whose keys begin so, of every side: what they say no longer holds.

    For a change that every side knows of, in its own transaction, so that none of them can leave after it.
    """
    return _run(work, _replaced().where(Letter.key.startswith(beginning, autoescape=True)))


def claim(work: Work, limit: int, resting: Collection[str] = ()) -> tuple[ClaimedLetter, ...]:
    """Take up to ``limit`` letters that are due for one sender and one lease; none of sides that are ``resting``.

    The sides take turns, so that a heap of one side's letters keeps those of another waiting for one letter each;
    of a side the longest waiting goes first. On PostgreSQL rows that another sender is claiming are passed over; on
    SQLite there is only one writer at a time.
    """
    ids = _due(work, limit, resting)
    if not ids:
        return ()
    token = new_identifier()
    taken = update(Letter).where(Letter.id.in_(ids))
    _run(work, taken.values(state=LetterState.CLAIMED, lease_token=token, lease_until=work.now + LEASE))
    held = select(
        Letter.id,
        Letter.layer,
        Letter.attempts,
        Letter.key,
        Letter.address,
        Letter.message_id,
        Letter.content,
    )
    rows = work.session.execute(held.where(Letter.id.in_(ids)), execution_options=ACROSS_SIDES)
    found = {
        row.id: ClaimedLetter(
            row.id, row.layer, token, row.attempts + 1, row.key, row.address, row.message_id, row.content
        )
        for row in rows
    }
    return tuple(found[identifier] for identifier in ids)


def begin(work: Work, letter: ClaimedLetter, pace: Pace | None = None) -> Beginning:
    """Record that an attempt begins, where the letter is still ours, of use, and within its side's share."""
    ours = _held(letter).where(Letter.state == LetterState.CLAIMED)
    back: dict[str, Any] = {"lease_until": None, "lease_token": None}
    if _run(work, ours.where(Letter.expires_at <= work.now).values(state=LetterState.EXPIRED, **back)):
        return Beginning.TOO_LATE
    values = {"state": LetterState.SENDING, "attempts": letter.attempt, "lease_until": work.now + LEASE}
    if not _run(work, ours.values(values)):
        return Beginning.LOST
    if pace and not _take_share(work, letter.side, pace):
        _run(work, _held(letter).values(state=LetterState.QUEUED, attempts=letter.attempt - 1, **back))
        return Beginning.MUST_WAIT
    return Beginning.BEGUN


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
    """Give back letters that were claimed and not attempted, because of something that keeps all of them waiting.

    What a relay says of another letter may name its recipient, which may be the other side's: it is not passed on.
    """
    if verdict.fate is not Fate.UNREACHED:
        verdict = Verdict(Fate.UNREACHED, PEACE)
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
    lost = update(Letter).where(
        or_(Letter.lease_until < work.now, Letter.lease_until > work.now + CLOCK_SET_BACK)
    )
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


def expire(work: Work) -> int:
    """Take letters out of the queue that are of no use any more; return how many there were."""
    late = update(Letter).where(Letter.state == LetterState.QUEUED, Letter.expires_at <= work.now)
    return _run(work, late.values(state=LetterState.EXPIRED))


def _due(work: Work, limit: int, resting: Collection[str]) -> list[int]:
    """Return the letters to claim, one of each side in turn."""
    due = _is_due(work.now)
    sides = work.session.scalars(
        select(Letter.layer).where(due, Letter.layer.not_in(resting)).distinct().order_by(Letter.layer),
        execution_options=ACROSS_SIDES,
    ).all()
    found = [
        work.session.scalars(
            select(Letter.id)
            .where(due, Letter.layer == side)
            .order_by(Letter.not_before, Letter.id)
            .limit(-(-limit // len(sides)))
            .with_for_update(skip_locked=True),
            execution_options=ACROSS_SIDES,
        ).all()
        for side in sides
    ]
    return [entry for entry in chain.from_iterable(zip_longest(*found)) if entry is not None]


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Return the condition for what may be claimed; no letter waits longer than that unless the clock was set back."""
    waited = or_(Letter.not_before <= now, Letter.not_before > now + LONGEST_WAIT)
    lasting = or_(Letter.expires_at.is_(None), Letter.expires_at > now)
    return and_(Letter.state == LetterState.QUEUED, waited, lasting)


def _take_share(work: Work, side: str, pace: Pace) -> bool:
    """Use up one letter's worth of a side's share; return ``False`` where nothing is left of it for now."""
    new = INSERT[work.session.get_bind().dialect.name](RelayShare).values(
        relay=pace.relay, layer=side, used_until=None
    )
    work.session.execute(new.on_conflict_do_nothing(index_elements=[RelayShare.relay, RelayShare.layer]))
    share = (RelayShare.relay == pace.relay, RelayShare.layer == side)
    before = work.session.scalars(
        select(RelayShare.used_until).where(*share).with_for_update(), execution_options=ACROSS_SIDES
    ).one()
    after = used_up(before, pace, work.now)
    if after is None:
        return False
    _run(work, update(RelayShare).where(*share).values(used_until=after))
    return True


def _reason(why: str) -> str:
    reason = one_line(why)
    if not reason:
        raise BadInput("no reason is given", place="why", remedy="say why in a few words, for the record")
    return reason


def _replaced() -> Update:
    waiting = update(Letter).where(Letter.state.in_([LetterState.QUEUED, LetterState.CLAIMED]))
    return waiting.values(state=LetterState.REPLACED, lease_until=None, lease_token=None)


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
