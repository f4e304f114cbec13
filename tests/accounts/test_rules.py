from datetime import UTC, datetime, timedelta

import pytest

from scheduler.accounts.rules import (
    SESSION_IDLES,
    SESSION_LASTS,
    Act,
    Role,
    may,
    may_see,
    require,
    role_at_the_keyboard,
    session_is_alive,
)
from scheduler.actor import Actor, operator, side
from scheduler.errors import NotAllowed

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

OF_EACH_ROLE = {
    Role.OPERATOR: {Act.LOAD, Act.EXPORT, Act.TICK, Act.ACCOUNTS, Act.MAILS, Act.HAND_ON},
    Role.SECRETARIAT: set(Act) - {Act.TICK, Act.ACCOUNTS, Act.HAND_ON},
    Role.DESK: {
        Act.READ,
        Act.PLAN,
        Act.NOTE,
        Act.DRAFT,
        Act.EDIT_AGENDA,
        Act.NEGOTIATE,
        Act.DELEGATE,
        Act.FEEDS_READ,
        Act.FEEDS_NEW,
        Act.FEEDS_REVOKE,
        Act.DIARIES_READ,
        Act.CLOSE_DAYS,
        Act.LETTERS_READ,
        Act.MAILS,
        Act.REMINDERS_CHANGE,
    },
    Role.READER: {Act.READ, Act.DRAFT, Act.FEEDS_READ, Act.LETTERS_READ},
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_this_and_nothing_else(role: Role) -> None:
    assert {act for act in Act if may(role, act)} == OF_EACH_ROLE[role]


def test_a_refusal_says_what_was_asked_and_whom_it_is_for() -> None:
    with pytest.raises(NotAllowed) as caught:
        require(Role.READER, Act.OFFER)
    assert [caught.value.line("en"), caught.value.line("nl")] == [
        "offer: this is not for the role reader (it is for: secretariat)",
        "offer: de rol lezer is hiertoe niet bevoegd (wel bevoegd: secretariaat)",
    ]


def test_whoever_has_a_shell_speaks_for_the_side_that_is_named() -> None:
    assert role_at_the_keyboard(side("uk", "uk at the command line")) is Role.SECRETARIAT
    assert role_at_the_keyboard(operator()) is Role.OPERATOR


@pytest.mark.parametrize(
    ("actor", "layer", "seen"),
    [
        (side("uk", "desk"), None, True),
        (side("uk", "desk"), "uk", True),
        (side("uk", "desk"), "nl", False),
        (side("us", "desk"), None, False),
        (side("us", "desk"), "us", False),
        (operator(), None, True),
        (operator(), "uk", False),
    ],
)
def test_a_side_sees_what_is_joint_or_its_own_where_it_is_a_party(
    *, actor: Actor, layer: str | None, seen: bool
) -> None:
    assert may_see(actor, layer, {"uk", "nl"}) is seen


def test_a_session_ends_when_it_is_left_idle_gets_old_or_is_revoked() -> None:
    assert session_is_alive(NOW, NOW - SESSION_LASTS + SECOND, NOW - SESSION_IDLES + SECOND, None)
    assert not session_is_alive(NOW, NOW - SESSION_LASTS, NOW, None)
    assert not session_is_alive(NOW, NOW, NOW - SESSION_IDLES, None)
    assert not session_is_alive(NOW, NOW, NOW, NOW)
