import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from scheduler.accounts.actions import add_user, issue_link, redeem, revoke, see, sign_out
from scheduler.accounts.queries import SessionFacts, UserFacts, signed_in, user, users
from scheduler.accounts.rules import LINK_LASTS, SESSION_IDLES, Role
from scheduler.accounts.tables import SignedIn, SignInLink
from scheduler.actor import Actor, operator, side
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput, DialoguesError, NotAllowed, NotFound
from tests.accounts.founding import NOW, found

DESK = UserFacts("desk@fcdo.example", "FCDO desk", "uk", Role.DESK, "en")
SECRETARIAT = UserFacts("secretariat@bz.example", "Secretariaat BZ", "nl", Role.SECRETARIAT, "nl")
REFUSED = "this sign-in link is unknown, used or too old (ask for a new one)"


@pytest.fixture
def house(engine: Engine) -> Engine:
    found(engine)
    with unit_of_work(engine, operator(), NOW) as work:
        add_user(work, DESK)
        add_user(work, SECRETARIAT)
    return engine


def link(engine: Engine, email: str = DESK.email) -> str:
    with unit_of_work(engine, operator(), NOW) as work:
        return issue_link(work, email)


def use(engine: Engine, secret: str, now: datetime = NOW) -> str:
    with unit_of_work(engine, operator("sign-in"), now) as work:
        return redeem(work, secret)


def session(engine: Engine, secret: str, now: datetime = NOW) -> SessionFacts | None:
    with reading(engine, operator("sign-in"), now) as work:
        return signed_in(work, secret)


def test_a_link_opens_a_session_of_its_account(house: Engine) -> None:
    assert session(house, use(house, link(house))) == SessionFacts(DESK, NOW)
    assert DESK.actor == Actor("uk", "FCDO desk")


def test_a_link_works_once(house: Engine) -> None:
    secret = link(house)
    use(house, secret)
    with pytest.raises(NotFound) as caught:
        use(house, secret)
    assert str(caught.value) == REFUSED


def test_a_link_works_until_its_quarter_of_an_hour_is_over(house: Engine) -> None:
    secret = link(house)
    with pytest.raises(NotFound) as caught:
        use(house, secret, NOW + LINK_LASTS)
    assert str(caught.value) == REFUSED
    assert session(house, use(house, secret, NOW + LINK_LASTS - timedelta(seconds=1))) is not None


def test_an_unknown_link_is_refused_in_the_same_words(house: Engine) -> None:
    with pytest.raises(NotFound) as caught:
        use(house, "never-issued")
    assert str(caught.value) == REFUSED


def test_of_many_simultaneous_tries_one_succeeds(house: Engine) -> None:
    secret = link(house)

    def attempt(_: int) -> bool:
        try:
            return bool(use(house, secret))
        except NotFound:
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(attempt, range(6))) == [False] * 5 + [True]


def test_no_secret_is_stored(house: Engine) -> None:
    secret = link(house)
    key = use(house, secret)
    with reading(house, operator(), NOW) as work:
        stored = [
            *work.session.scalars(select(SignInLink.digest)),
            *work.session.scalars(select(SignedIn.digest)),
        ]
    assert len(stored) == 2
    assert not {secret, key} & set(stored)


def test_a_session_lives_as_long_as_it_is_used(house: Engine) -> None:
    key = use(house, link(house))
    later = NOW + SESSION_IDLES - timedelta(minutes=1)
    with unit_of_work(house, operator("sign-in"), later) as work:
        see(work, key)
    assert session(house, key, NOW + SESSION_IDLES) == SessionFacts(DESK, later)
    assert session(house, key, later + SESSION_IDLES) is None


def test_signing_out_ends_this_session_and_no_other(house: Engine) -> None:
    here, there = use(house, link(house)), use(house, link(house))
    with unit_of_work(house, operator("sign-in"), NOW) as work:
        sign_out(work, here)
    assert session(house, here) is None
    assert session(house, there) == SessionFacts(DESK, NOW)


def test_revoking_ends_every_session_and_open_link_of_one_account(house: Engine) -> None:
    theirs, ours = use(house, link(house)), use(house, link(house, SECRETARIAT.email))
    unused = link(house)
    with unit_of_work(house, operator(), NOW) as work:
        revoke(work, DESK.email)
    assert session(house, theirs) is None
    assert session(house, ours) == SessionFacts(SECRETARIAT, NOW)
    with pytest.raises(NotFound):
        use(house, unused)


def test_adding_an_account_again_changes_it(house: Engine) -> None:
    promoted = UserFacts("Desk@FCDO.example ", "FCDO secretariat", "uk", Role.SECRETARIAT, "nl")
    with unit_of_work(house, operator(), NOW) as work:
        add_user(work, promoted)
    with reading(house, operator(), NOW) as work:
        assert users(work) == (
            UserFacts("desk@fcdo.example", "FCDO secretariat", "uk", Role.SECRETARIAT, "nl"),
            SECRETARIAT,
        )


def test_an_account_that_changes_sides_signs_in_anew(house: Engine) -> None:
    before, unused = use(house, link(house)), link(house)
    moved = dataclasses.replace(DESK, party="nl")
    with unit_of_work(house, operator(), NOW) as work:
        add_user(work, moved)
    assert session(house, before) is None
    with pytest.raises(NotFound):
        use(house, unused)
    assert session(house, use(house, link(house))) == SessionFacts(moved, NOW)


def test_a_side_knows_of_its_own_accounts_only(house: Engine) -> None:
    with reading(house, side("nl", "desk"), NOW) as work:
        assert users(work) == (SECRETARIAT,)
        with pytest.raises(NotFound):
            user(work, DESK.email)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            UserFacts("desk", "FCDO desk", "uk", Role.DESK, "en"),
            "email: 'desk' is no e-mail address (office@ministry.example)",
        ),
        (
            UserFacts("a@b.example", "FCDO desk", "uk", Role.DESK, "fr"),
            "language: 'fr' is not known (one of en, nl)",
        ),
        (
            UserFacts("a@b.example", "FCDO desk", "fr", Role.DESK, "en"),
            "side: 'fr' is not known (one of nl, uk, us)",
        ),
        (
            UserFacts("a@b.example", "FCDO desk", "uk", Role.OPERATOR, "en"),
            "role: the operator uses the command line (one of secretariat, desk, reader)",
        ),
    ],
)
def test_an_account_that_cannot_be_meant_is_refused(house: Engine, wrong: UserFacts, message: str) -> None:
    with pytest.raises(BadInput) as caught, unit_of_work(house, operator(), NOW) as work:
        add_user(work, wrong)
    assert str(caught.value) == message


def test_nobody_gets_a_link_without_an_account(house: Engine) -> None:
    with pytest.raises(NotFound):
        link(house, "stranger@nowhere.example")


def test_accounts_are_the_operators(house: Engine) -> None:
    for act in (lambda work: add_user(work, DESK), lambda work: issue_link(work, DESK.email)):
        with pytest.raises(NotAllowed), unit_of_work(house, side("uk", "desk"), NOW) as work:
            act(work)
    with pytest.raises(DialoguesError), unit_of_work(house, side("uk", "desk"), NOW) as work:
        revoke(work, DESK.email)
