"""Letting people in: accounts, one-time links, sessions, and ending them.

Links and sessions open by secrets of 256 random bits of which the database keeps the digest: nobody guesses one, so
tries are not counted. A link is used up by one compare-and-set, so that of two simultaneous tries one succeeds.
"""

import re
from datetime import timedelta

from sqlalchemy import select, update

from scheduler.accounts.queries import UserFacts
from scheduler.accounts.rules import LINK_LASTS, Role
from scheduler.accounts.tables import SignedIn, SignInLink, User
from scheduler.db.work import Work
from scheduler.errors import BadInput, NotAllowed, NotFound
from scheduler.partnerships.tables import Party
from scheduler.tokens import digest, new_secret
from scheduler.typed import LONGEST_NAME, not_known, one_of, require_readable
from scheduler.words import LANGUAGES

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is known when a session was last used; less would write at every page."""


def add_user(work: Work, user: UserFacts) -> None:
    """Add an account, or give the one with this address its new label, side, role and language.

    One that changes sides has to sign in anew: a browser left open with the one must not show what is the other's.
    Raises ``BadInput`` for an address that is none, a language that the pages lack, a side that is not loaded, and the
    role of operator, who has no side to sign in for.
    """
    _operator_only(work)
    email = user.email.strip().lower()
    if not ADDRESS.fullmatch(email):
        message = {"en": f"{user.email!r} is no e-mail address", "nl": f"{user.email!r} is geen mailadres"}
        remedy = {"en": "office@ministry.example", "nl": "bureau@ministerie.example"}
        raise BadInput(message, place="email", remedy=remedy)
    if user.language not in LANGUAGES:
        raise BadInput(not_known(user.language), place="language", remedy=one_of(LANGUAGES))
    require_readable(user.label, "label", LONGEST_NAME)
    sides = work.session.scalars(select(Party.key).order_by(Party.key)).all()
    if user.party not in sides:
        raise BadInput(not_known(user.party), place="side", remedy=one_of(sides))
    if user.role is Role.OPERATOR:
        raise BadInput(
            {"en": "the operator uses the command line", "nl": "de beheerder gebruikt de opdrachtregel"},
            place="role",
            remedy=one_of(role for role in Role if role is not Role.OPERATOR),
        )
    row = _find(work, email)
    if row is None:
        row = User(email=email, created_at=work.now)
        work.session.add(row)
    elif row.party != user.party:
        _close(work, row)
    row.label, row.party, row.role, row.language = user.label, user.party, user.role, user.language
    work.session.flush()


def issue_link(work: Work, email: str, lasts: timedelta = LINK_LASTS) -> str:
    """Return the secret of a new sign-in link, shown here and never again; raise ``NotFound`` for a stranger."""
    _operator_only(work)
    row = _find(work, email)
    if row is None:
        raise NotFound(f"there is no account {email!r}", remedy="`dialogues accounts list` shows them")
    secret = new_secret()
    work.session.add(
        SignInLink(
            digest=digest(secret),
            user_id=row.id,
            issued_by=work.actor.name,
            issued_at=work.now,
            expires_at=work.now + lasts,
            used_at=None,
        )
    )
    return secret


def redeem(work: Work, secret: str) -> str:
    """Use up a sign-in link and return the secret of the session it opens.

    Raises ``NotFound``, in the same words, for a link that is unknown, used before, or too old.
    """
    used = work.session.execute(
        update(SignInLink)
        .where(
            SignInLink.digest == digest(secret),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > work.now,
        )
        .values(used_at=work.now)
        .returning(SignInLink.user_id)
    ).scalar_one_or_none()
    if used is None:
        raise NotFound("this sign-in link is unknown, used or too old", remedy="ask for a new one")
    key = new_secret()
    work.session.add(
        SignedIn(digest=digest(key), user_id=used, created_at=work.now, seen_at=work.now, revoked_at=None)
    )
    return key


def see(work: Work, secret: str) -> None:
    """Remember that a session is in use."""
    work.session.execute(update(SignedIn).where(SignedIn.digest == digest(secret)).values(seen_at=work.now))


def sign_out(work: Work, secret: str) -> None:
    """End one session; nothing happens where it has ended already."""
    work.session.execute(
        update(SignedIn)
        .where(SignedIn.digest == digest(secret), SignedIn.revoked_at.is_(None))
        .values(revoked_at=work.now)
    )


def revoke(work: Work, email: str) -> None:
    """End every session of an account, and every link that it has not used; raise ``NotFound`` for a stranger."""
    _operator_only(work)
    row = _find(work, email)
    if row is None:
        raise NotFound(f"there is no account {email!r}", remedy="`dialogues accounts list` shows them")
    _close(work, row)


def _close(work: Work, row: User) -> None:
    work.session.execute(
        update(SignedIn)
        .where(SignedIn.user_id == row.id, SignedIn.revoked_at.is_(None))
        .values(revoked_at=work.now)
    )
    work.session.execute(
        update(SignInLink)
        .where(SignInLink.user_id == row.id, SignInLink.expires_at > work.now)
        .values(expires_at=work.now)
    )


def _find(work: Work, email: str) -> User | None:
    return work.session.scalars(select(User).where(User.email == email.strip().lower())).one_or_none()


def _operator_only(work: Work) -> None:
    if not work.actor.is_operator:
        raise NotAllowed(
            {"en": "accounts are the operator's", "nl": "accounts zijn aan de beheerder"},
            remedy={"en": "leave out --as", "nl": "laat --as weg"},
        )
