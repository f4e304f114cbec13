"""Reading accounts: who a session belongs to, and who may sign in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from scheduler.accounts.rules import Role, session_is_alive
from scheduler.accounts.tables import SignedIn, User
from scheduler.actor import Actor, side
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.tokens import digest


@dataclass(frozen=True, slots=True)
class UserFacts:
    """Somebody who may sign in, for one side, in one role."""

    email: str
    label: str
    party: str
    role: Role
    language: str

    @property
    def actor(self) -> Actor:
        """Return whom this account acts for."""
        return side(self.party, self.label)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session that is alive, and whose it is."""

    user: UserFacts
    seen_at: datetime


def signed_in(work: Work, secret: str) -> SessionFacts | None:
    """Return the session that this secret opens now; ``None`` for one that is unknown, ended or too old."""
    found = work.session.execute(
        select(SignedIn, User)
        .join(User, User.id == SignedIn.user_id)
        .where(SignedIn.digest == digest(secret))
    ).one_or_none()
    if found is None:
        return None
    row, owner = found
    if not session_is_alive(work.now, row.created_at, row.seen_at, row.revoked_at):
        return None
    return SessionFacts(_facts(owner), row.seen_at)


def users(work: Work) -> tuple[UserFacts, ...]:
    """Return the accounts of the acting side, all of them for the operator, by address."""
    query = select(User).order_by(User.email)
    if not work.actor.is_operator:
        query = query.where(User.party == work.actor.side)
    return tuple(_facts(row) for row in work.session.scalars(query))


def user(work: Work, email: str) -> UserFacts:
    """Return the account with this address; raise ``NotFound`` also for one of another side."""
    for facts in users(work):
        if facts.email == email.strip().lower():
            return facts
    raise NotFound(f"there is no account {email!r}", remedy="`dialogues accounts list` shows them")


def _facts(row: User) -> UserFacts:
    return UserFacts(row.email, row.label, row.party, Role(row.role), row.language)
