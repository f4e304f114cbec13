"""What a sender records: letters claimed, attempts begun and settled, those lost or late looked after.

A sender works on both sides' letters, one statement each, and compares the state and the lease in the same statement
that changes them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from itertools import chain, islice, zip_longest
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Table, Update, bindparam, or_, select, update

from scheduler.db.adding import add_new
from scheduler.db.layers import ACROSS_SIDES
from scheduler.db.work import Work
from scheduler.outbox.actions import across_sides
from scheduler.outbox.rules import (
    CLOCK_SET_BACK,
    LEASE,
    LONGEST_WAIT,
    LOST,
    PEACE,
    Fate,
    LetterState,
    Pace,
    Verdict,
    after_lost_lease,
    settlement,
    used_up,
)
from scheduler.outbox.tables import Letter, LetterContent, RelayShare
from scheduler.partnerships.tables import Party
from scheduler.tokens import new_identifier

# What is recorded of every letter is put together once, for a sender has no time to lose between two letters. A sender
# works on the letters of both sides, which the filter would hide from it, so these name the table.
_LETTERS = cast(Table, Letter.__table__)
_CONTENTS = cast(Table, LetterContent.__table__)
_OF_USE = _LETTERS.c.expires_at.is_(None) | (_LETTERS.c.expires_at > bindparam("now"))
_DUE = (
    select(_LETTERS.c.id)
    .where(
        _LETTERS.c.state == LetterState.QUEUED,
        _LETTERS.c.layer == bindparam("side"),
        # No letter waits as long as that, unless the clock was set back.
        (_LETTERS.c.not_before <= bindparam("now")) | (_LETTERS.c.not_before > bindparam("too_far")),
        _OF_USE,
    )
    .order_by(_LETTERS.c.not_before, _LETTERS.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NAMED = _LETTERS.c.id.in_(bindparam("ids", expanding=True))
_TAKEN = (
    update(_LETTERS)
    .where(_NAMED)
    .values(state=LetterState.CLAIMED, lease_token=bindparam("token"), lease_until=bindparam("lease"))
)
_HELD = (
    select(
        _LETTERS.c.id,
        _LETTERS.c.layer.label("side"),
        bindparam("token").label("token"),
        (_LETTERS.c.attempts + 1).label("attempt"),
        _LETTERS.c.key,
        _LETTERS.c.address,
        _LETTERS.c.message_id,
        _CONTENTS.c.content,
    )
    .join_from(_LETTERS, _CONTENTS, _CONTENTS.c.letter_id == _LETTERS.c.id)
    .where(_NAMED)
)
_OURS = _NAMED & (_LETTERS.c.lease_token == bindparam("token"))
_FREE: dict[str, Any] = {"lease_until": None, "lease_token": None}
_CLAIMED = update(_LETTERS).where(_OURS, _LETTERS.c.state == LetterState.CLAIMED)
_LATE = _CLAIMED.where(_LETTERS.c.expires_at <= bindparam("now")).values(state=LetterState.EXPIRED, **_FREE)
_BEGUN = (
    _CLAIMED.where(_OF_USE)
    .values(state=LetterState.SENDING, attempts=_LETTERS.c.attempts + 1, lease_until=bindparam("lease"))
    .returning(_LETTERS.c.id)
)
_SETTLED = (
    update(_LETTERS)
    .where(_OURS, _LETTERS.c.state.in_([LetterState.SENDING, LetterState.UNCERTAIN]))
    .values(
        state=LetterState.SENT,
        not_before=bindparam("now"),
        last_error=None,
        sent_at=bindparam("now"),
        **_FREE,
    )
)


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


def claim(work: Work, limit: int, resting: Collection[str] = ()) -> tuple[ClaimedLetter, ...]:
    """Take up to ``limit`` letters that are due for one sender and one lease; none of sides that are ``resting``.

    The sides take turns, so that a heap of one side's letters keeps those of another waiting for one letter each;
    of a side the longest waiting goes first. On PostgreSQL rows that another sender is claiming are passed over; on
    SQLite there is only one writer at a time.
    """
    ids = _due(work, limit, resting)
    if not ids:
        return ()
    connection, named = work.session.connection(), {"ids": ids, "token": new_identifier()}
    connection.execute(_TAKEN, {**named, "lease": work.now + LEASE})
    found = {row.id: ClaimedLetter(*row) for row in connection.execute(_HELD, named)}
    return tuple(found[identifier] for identifier in ids)


def begin(work: Work, letter: ClaimedLetter, pace: Pace | None = None) -> Beginning:
    """Record that an attempt begins, where the letter is still ours, of use, and within its side's share."""
    if not _begin(work, (letter,)):
        return Beginning.TOO_LATE if _take_out_late(work, (letter,)) else Beginning.LOST
    if pace and not _take_share(work, letter.side, pace):
        back = {"state": LetterState.QUEUED, "attempts": letter.attempt - 1}
        across_sides(work, _held(letter).values(**back, **_FREE))
        return Beginning.MUST_WAIT
    return Beginning.BEGUN


def begin_several(work: Work, letters: Sequence[ClaimedLetter]) -> tuple[ClaimedLetter, ...]:
    """Record that attempts of letters of one claim begin; return those that are still ours and of use."""
    begun = _begin(work, letters)
    if len(begun) < len(letters):
        _take_out_late(work, letters)
    return tuple(letter for letter in letters if letter.id in begun)


def put_back(work: Work, letters: Sequence[ClaimedLetter]) -> None:
    """Record that attempts were not made after all and do not count: the letters are merely claimed again."""
    for letter in letters:
        ours = _held(letter).where(Letter.state == LetterState.SENDING)
        across_sides(work, ours.values(state=LetterState.CLAIMED, attempts=letter.attempt - 1))


def settle(work: Work, letter: ClaimedLetter, verdict: Verdict) -> None:
    """Record what came of an attempt, even where its lease has run out meanwhile and nobody else took the letter."""
    outcome = settlement(verdict, letter.key, letter.attempt, work.now)
    ours = _held(letter).where(Letter.state.in_([LetterState.SENDING, LetterState.UNCERTAIN]))
    across_sides(
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


def settle_several(work: Work, attempts: Sequence[tuple[ClaimedLetter, Verdict]]) -> None:
    """Record what came of attempts; those that were accepted, as most are, in one statement."""
    accepted = [letter for letter, verdict in attempts if verdict.fate is Fate.ACCEPTED]
    if accepted:
        _execute(work, _SETTLED, accepted, now=work.now)
    for letter, verdict in attempts:
        if verdict.fate is not Fate.ACCEPTED:
            settle(work, letter, verdict)


def release(work: Work, letters: tuple[ClaimedLetter, ...], *, verdict: Verdict) -> None:
    """Give back letters that were claimed and not attempted, because of something that keeps all of them waiting.

    What a relay says of another letter may name its recipient, which may be the other side's: it is not passed on.
    """
    if verdict.fate is not Fate.UNREACHED:
        verdict = Verdict(Fate.UNREACHED, PEACE)
    for letter in letters:
        outcome = settlement(verdict, letter.key, 1, work.now)
        ours = _held(letter).where(Letter.state == LetterState.CLAIMED)
        across_sides(
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
    found = across_sides(
        work,
        lost.where(Letter.state == LetterState.CLAIMED).values(
            state=after_lost_lease(LetterState.CLAIMED), lease_until=None, lease_token=None
        ),
    )
    # The token stays: should the sender be alive after all, it may still say what became of the letter.
    return found + across_sides(
        work,
        lost.where(Letter.state == LetterState.SENDING).values(
            state=after_lost_lease(LetterState.SENDING), lease_until=None, last_error=LOST
        ),
    )


def expire(work: Work) -> int:
    """Take letters out of the queue that are of no use any more; return how many there were."""
    late = update(Letter).where(Letter.state == LetterState.QUEUED, Letter.expires_at <= work.now)
    return across_sides(work, late.values(state=LetterState.EXPIRED))


def _due(work: Work, limit: int, resting: Collection[str]) -> list[int]:
    """Return the letters to claim, one of each side in turn; however long the queue is, only these are read."""
    sides = work.session.scalars(select(Party.key).where(Party.key.not_in(resting)).order_by(Party.key)).all()
    due = {"now": work.now, "too_far": work.now + LONGEST_WAIT, "most": limit}
    connection = work.session.connection()
    found = [connection.execute(_DUE, {**due, "side": side}).scalars().all() for side in sides]
    in_turn = (entry for entry in chain.from_iterable(zip_longest(*found)) if entry is not None)
    return list(islice(in_turn, limit))


def _take_share(work: Work, side: str, pace: Pace) -> bool:
    """Use up one letter's worth of a side's share; return ``False`` where nothing is left of it for now."""
    new = {"relay": pace.relay, "layer": side, "used_until": None}
    add_new(work, RelayShare, [new], unique=("relay", "layer"), told="id")
    share = (RelayShare.relay == pace.relay, RelayShare.layer == side)
    before = work.session.scalars(
        select(RelayShare.used_until).where(*share).with_for_update(), execution_options=ACROSS_SIDES
    ).one()
    after = used_up(before, pace, work.now)
    if after is None:
        return False
    across_sides(work, update(RelayShare).where(*share).values(used_until=after))
    return True


def _take_out_late(work: Work, letters: Sequence[ClaimedLetter]) -> int:
    return _execute(work, _LATE, letters, now=work.now).rowcount


def _begin(work: Work, letters: Sequence[ClaimedLetter]) -> frozenset[int]:
    begun = _execute(work, _BEGUN, letters, now=work.now, lease=work.now + LEASE)
    return frozenset(begun.scalars())


def _execute(
    work: Work, statement: Executable, letters: Sequence[ClaimedLetter], **values: datetime
) -> CursorResult[Any]:
    """Run one of the statements above on letters of one claim, which share its token."""
    named = {"ids": [letter.id for letter in letters], "token": letters[0].token, **values}
    return work.session.connection().execute(statement, named)


def _held(letter: ClaimedLetter) -> Update:
    return update(Letter).where(Letter.id == letter.id, Letter.lease_token == letter.token)
