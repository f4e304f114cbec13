"""Reading letters: the acting side's own, and nobody else's."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.outbox.rules import ATTENTION, LetterState
from scheduler.outbox.tables import Letter, LetterContent


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter and its fate. ``party`` is the side whose post gets it; ``not_before`` when it is tried next."""

    key: str
    partnership: str
    party: str | None
    post: str
    address: str
    subject: str
    message_id: str
    state: LetterState
    attempts: int
    not_before: datetime
    last_error: str | None
    enqueued_at: datetime
    expires_at: datetime | None
    sent_at: datetime | None
    is_possible_duplicate: bool


def letters(
    work: Work,
    partnership: str | None = None,
    *,
    states: Collection[LetterState] = tuple(LetterState),
    keys: Collection[str] | None = None,
    post: str | None = None,
) -> tuple[LetterFacts, ...]:
    """Return the side's letters, newest first: of one partnership or of all; only of ``keys`` or a post, if given."""
    query = select(Letter).where(Letter.state.in_([str(state) for state in states]))
    if partnership:
        query = query.where(Letter.partnership == partnership)
    if keys is not None:
        query = query.where(Letter.key.in_(keys))
    if post is not None:
        query = query.where(Letter.post == post)
    rows = work.session.scalars(query.order_by(Letter.enqueued_at.desc(), Letter.id.desc()))
    return tuple(_facts(row) for row in rows)


def first_to_act_on(found: Iterable[LetterFacts]) -> tuple[LetterFacts, ...]:
    """Return letters with those that need a person first, and otherwise in the order in which they come."""
    return tuple(sorted(found, key=lambda entry: entry.state not in ATTENTION))


def letter(work: Work, key: str) -> tuple[LetterFacts, bytes]:
    """Return a letter of the side and the message itself; raise ``NotFound`` where the side has no such letter."""
    query = select(Letter, LetterContent.content).where(Letter.key == key)
    row = work.session.execute(query.join(LetterContent, LetterContent.letter_id == Letter.id)).one_or_none()
    if row is None:
        raise NotFound(f"there is no letter {key!r}", remedy="`dialogues letters list` shows them")
    return _facts(row[0]), row[1]


def known(work: Work, keys: Collection[str]) -> frozenset[str]:
    """Return the keys of which the side has a letter, whatever became of it."""
    return (
        frozenset(work.session.scalars(select(Letter.key).where(Letter.key.in_(keys))))
        if keys
        else frozenset()
    )


def held_back(work: Work, keys: Collection[str]) -> frozenset[str]:
    """Return which of the side's letters were held back before they left, so that nobody has read them."""
    query = select(Letter.key).where(
        Letter.key.in_(keys), Letter.state == LetterState.REPLACED, Letter.is_possible_duplicate.is_(False)
    )
    return frozenset(work.session.scalars(query))


def _facts(row: Letter) -> LetterFacts:
    return LetterFacts(
        key=row.key,
        partnership=row.partnership,
        party=row.layer,
        post=row.post,
        address=row.address,
        subject=row.subject,
        message_id=row.message_id,
        state=LetterState(row.state),
        attempts=row.attempts,
        not_before=row.not_before,
        last_error=row.last_error,
        enqueued_at=row.enqueued_at,
        expires_at=row.expires_at,
        sent_at=row.sent_at,
        is_possible_duplicate=row.is_possible_duplicate,
    )
