"""Who may do what, and who may see what. Pure.

One table gives every act a named predicate; doors ask it before they call an action. What exists for whom is another
question, answered by ``may_see``: the same rule as the filter that ``db/layers.py`` puts into every statement, kept
equal to it by a test.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.actor import Actor
from scheduler.errors import NotAllowed
from scheduler.words import Words

LINK_LASTS = timedelta(minutes=15)
"""How long a sign-in link can be used."""

FIRST_LINK_LASTS = timedelta(hours=24)
"""How long the link printed by the first start can be used: nobody else can issue one yet."""

SESSION_IDLES = timedelta(hours=8)
"""After how long without a request a session ends."""

SESSION_LASTS = timedelta(days=7)
"""After how long a session ends in any case."""


class Role(StrEnum):
    """What somebody is to the programme. All but the operator belong to one side."""

    OPERATOR = "operator"
    SECRETARIAT = "secretariat"
    DESK = "desk"
    READER = "reader"


ROLE_WORDS: Mapping[Role, Words] = {
    Role.OPERATOR: {"en": "operator", "nl": "beheerder"},
    Role.SECRETARIAT: {"en": "secretariat", "nl": "secretariaat"},
    Role.DESK: {"en": "desk", "nl": "dossierhouder"},
    Role.READER: {"en": "reader", "nl": "lezer"},
}


class Act(StrEnum):
    """What can be done through a door."""

    READ = "read"
    PLAN = "plan"
    OFFER = "offer"
    AGREE = "agree"
    MOVE = "move"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    RECORD = "record"
    SKIP = "skip"
    SET_INTERVAL = "set_interval"
    LINK = "link"
    HAND_OVER = "hand_over"
    DELEGATE = "delegate"
    RELEASE = "release"
    INVITE = "invite"
    NOTE = "note"
    DRAFT = "draft"
    EDIT_AGENDA = "edit_agenda"
    NEGOTIATE = "negotiate"
    FEEDS_READ = "feeds_read"
    FEEDS_NEW = "feeds_new"
    FEEDS_REVOKE = "feeds_revoke"
    DIARIES_READ = "diaries_read"
    DIARIES_CHANGE = "diaries_change"
    CLOSE_DAYS = "close_days"
    CLOSE_DAYS_JOINTLY = "close_days_jointly"
    LETTERS_READ = "letters_read"
    LETTERS_CHANGE = "letters_change"
    MAILS = "mails"
    HAND_ON = "hand_on"
    REMINDERS_CHANGE = "reminders_change"
    LOAD = "load"
    EXPORT = "export"
    TICK = "tick"
    ACCOUNTS = "accounts"


Predicate = Callable[[Role], bool]


def runs_the_installation(role: Role) -> bool:
    """The operator: keeps it running and sees no side's content."""
    return role is Role.OPERATOR


def belongs_to_a_side(role: Role) -> bool:
    """Anybody of a side, readers included."""
    return role is not Role.OPERATOR


def works_for_a_side(role: Role) -> bool:
    """Desk officers and the secretariat: they write what stays on their own side."""
    return role in {Role.DESK, Role.SECRETARIAT}


def speaks_for_a_side(role: Role) -> bool:
    """The secretariat: what it does, the other side hears."""
    return role is Role.SECRETARIAT


def works_or_runs(role: Role) -> bool:
    """Everybody but readers: each sees the mails of their own side, the operator those that are nobody's."""
    return works_for_a_side(role) or runs_the_installation(role)


def speaks_or_runs(role: Role) -> bool:
    """The secretariat of a side, or the operator."""
    return speaks_for_a_side(role) or runs_the_installation(role)


PERMISSIONS: Mapping[Act, Predicate] = {
    Act.READ: belongs_to_a_side,
    Act.PLAN: works_for_a_side,
    Act.OFFER: speaks_for_a_side,
    Act.AGREE: speaks_for_a_side,
    Act.MOVE: speaks_for_a_side,
    Act.POSTPONE: speaks_for_a_side,
    Act.CANCEL: speaks_for_a_side,
    Act.RECORD: speaks_for_a_side,
    Act.SKIP: speaks_for_a_side,
    Act.SET_INTERVAL: speaks_for_a_side,
    Act.LINK: speaks_for_a_side,
    Act.HAND_OVER: speaks_for_a_side,
    Act.DELEGATE: works_for_a_side,
    Act.RELEASE: speaks_for_a_side,
    Act.INVITE: speaks_for_a_side,
    Act.NOTE: works_for_a_side,
    Act.DRAFT: belongs_to_a_side,
    Act.EDIT_AGENDA: works_for_a_side,
    Act.NEGOTIATE: works_for_a_side,
    Act.FEEDS_READ: belongs_to_a_side,
    Act.FEEDS_NEW: works_for_a_side,
    Act.FEEDS_REVOKE: works_for_a_side,
    Act.DIARIES_READ: works_for_a_side,
    Act.DIARIES_CHANGE: speaks_for_a_side,
    Act.CLOSE_DAYS: works_for_a_side,
    Act.CLOSE_DAYS_JOINTLY: speaks_for_a_side,
    Act.LETTERS_READ: belongs_to_a_side,
    Act.LETTERS_CHANGE: speaks_for_a_side,
    Act.MAILS: works_or_runs,
    Act.HAND_ON: runs_the_installation,
    Act.REMINDERS_CHANGE: works_for_a_side,
    Act.LOAD: speaks_or_runs,
    Act.EXPORT: speaks_or_runs,
    Act.TICK: runs_the_installation,
    Act.ACCOUNTS: runs_the_installation,
}
"""The permission table: which roles each act is for."""


def may(role: Role, act: Act) -> bool:
    """Tell whether the table gives ``act`` to ``role``."""
    return PERMISSIONS[act](role)


def require(role: Role, act: Act) -> None:
    """Raise ``NotAllowed`` unless the table gives ``act`` to ``role``."""
    if not may(role, act):
        holders = [ROLE_WORDS[other] for other in Role if may(other, act)]
        message = {
            "en": f"this is not for the role {ROLE_WORDS[role]['en']}",
            "nl": f"de rol {ROLE_WORDS[role]['nl']} is hiertoe niet bevoegd",
        }
        remedy = {
            "en": f"it is for: {', '.join(words['en'] for words in holders)}",
            "nl": f"wel bevoegd: {', '.join(words['nl'] for words in holders)}",
        }
        raise NotAllowed(message, place=act.replace("_", " "), remedy=remedy)


def role_at_the_keyboard(actor: Actor) -> Role:
    """Return the role of whoever has a shell on the machine: the operator, or with ``--as`` a side's secretariat."""
    return Role.OPERATOR if actor.is_operator else Role.SECRETARIAT


def may_see(actor: Actor, layer: str | None, members: Collection[str]) -> bool:
    """Tell whether a row of ``layer`` in a partnership of ``members`` exists for ``actor``.

    A side sees the joint rows and its own, in partnerships that it is a party to; the operator what is joint.
    """
    if actor.is_operator:
        return layer is None
    return actor.side in members and layer in {None, actor.side}


def session_is_alive(
    now: datetime, created_at: datetime, seen_at: datetime, revoked_at: datetime | None
) -> bool:
    """Tell whether a session still counts: neither revoked, nor left idle, nor too old."""
    return revoked_at is None and now < seen_at + SESSION_IDLES and now < created_at + SESSION_LASTS
