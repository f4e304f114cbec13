"""Changing letters of a side: enqueue them, drop them, send them again. Sending is the business of ``sending``."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Table, Update, insert, select, update

from scheduler.audit.actions import record
from scheduler.db.adding import add_new
from scheduler.db.layers import ACROSS_SIDES
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotAllowed, NotFound
from scheduler.outbox.mime import Draft, Letterhead, compose, message_identifier, one_line, subject_line
from scheduler.outbox.rules import (
    DROPPABLE,
    GONE,
    MAY_HAVE_ARRIVED,
    RESENDABLE,
    STATE_WORDS,
    LetterState,
)
from scheduler.outbox.tables import Letter, LetterContent
from scheduler.tokens import digest

_NEW_CONTENT = insert(cast(Table, LetterContent.__table__))


def enqueue(work: Work, draft: Draft, letterhead: Letterhead, *, expires_at: datetime | None = None) -> bool:
    """Put a letter to a post of the acting side into the outbox; return ``False`` where its key is known.

    The message is fixed here, bytes and all. From ``expires_at`` on it is of no use and is not sent. A second letter
    for the same key changes nothing and fails nothing, also when two units of work try it at once. Raises
    ``NotAllowed`` for a post of another side.
    """
    side, _, _ = draft.post.partition("/")
    if work.actor.party != side:
        raise NotAllowed(
            {
                "en": f"{work.actor.name} cannot write to {draft.post}",
                "nl": f"{work.actor.name} kan niet aan {draft.post} schrijven",
            },
            remedy={
                "en": "each side writes to its own posts",
                "nl": "elke zijde schrijft aan haar eigen functies",
            },
        )
    identifier = message_identifier(digest(draft.key)[:32], letterhead.sender)
    whose = {"partnership": draft.partnership, "layer": side}
    new = {
        "key": draft.key,
        "post": draft.post,
        "address": draft.address,
        "subject": subject_line(draft.subject, letterhead.marking),
        "message_id": identifier,
        "state": LetterState.QUEUED,
        "attempts": 0,
        "not_before": work.now,
        "enqueued_at": work.now,
        "expires_at": expires_at,
        "is_possible_duplicate": False,
    }
    for number in add_new(work, Letter, [{**whose, **new}], unique=("key",), told="id"):
        content = compose(draft, letterhead, identifier, work.now)
        work.session.connection().execute(_NEW_CONTENT, {**whose, "letter_id": number, "content": content})
        return True
    return False


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
        until = f"{letter.expires_at:%Y-%m-%d %H:%M} UTC"
        raise Conflict(
            {
                "en": f"the letter is of no use since {until}",
                "nl": f"de brief heeft sinds {until} geen zin meer",
            },
            place=key,
        )
    was = LetterState(letter.state)
    if was not in RESENDABLE:
        raise _not_in_state(letter, RESENDABLE)
    doubles = letter.is_possible_duplicate or was in MAY_HAVE_ARRIVED
    _change(
        work,
        letter,
        frozenset({was}),
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
    return across_sides(work, _replaced().where(Letter.key.in_(sorted(keys))))


def hold_back(work: Work, beginning: str) -> int:
    """Take the letters out of the queue whose keys begin so, of every side: what they say no longer holds.

    For a change that every side knows of, in its own transaction, so that none of them can leave after it.
    """
    return across_sides(work, _replaced().where(Letter.key.startswith(beginning, autoescape=True)))


def across_sides(work: Work, statement: Update) -> int:
    """Change letters of both sides, for whoever sends them or a change that both know of; return how many."""
    options = {**ACROSS_SIDES, "synchronize_session": False}
    result: CursorResult[Any] = work.session.execute(statement, execution_options=options)  # type: ignore[assignment]
    return result.rowcount


def _reason(why: str) -> str:
    reason = one_line(why)
    if not reason:
        raise BadInput(
            {"en": "no reason is given", "nl": "er is geen reden gegeven"},
            place="why",
            remedy={
                "en": "say why in a few words, for the record",
                "nl": "zeg in een paar woorden waarom; het wordt vastgelegd",
            },
        )
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
        raise _not_in_state(letter, allowed)


def _not_in_state(letter: Letter, allowed: frozenset[LetterState]) -> Conflict:
    """Return what is wrong with doing to a letter what only letters of some states allow."""
    now, fitting = STATE_WORDS[LetterState(letter.state)], [STATE_WORDS[state] for state in sorted(allowed)]
    return Conflict(
        {"en": f"the letter stands as “{now['en']}”", "nl": f"de brief staat op “{now['nl']}”"},
        place=letter.key,
        remedy={
            "en": f"it can be done with one that stands as: {'; '.join(words['en'] for words in fitting)}",
            "nl": f"het kan met een brief die staat op: {'; '.join(words['nl'] for words in fitting)}",
        },
    )
