"""Making, listing and taking back feeds."""

from typing import Any

import pytest
from sqlalchemy import Engine, select

from scheduler.actor import operator, side
from scheduler.audit.queries import latest_changes
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput, NotAllowed, NotFound
from scheduler.feeds.actions import Wanted, new_subscription, revoke
from scheduler.feeds.queries import subscriptions
from scheduler.feeds.rules import Deadlines, Scope, Terms, Tier
from scheduler.feeds.tables import Subscription
from tests.feeds.house import NOW, found_partnership, subscribe

UK, NL = side("uk", "UK desk"), side("nl", "Bureau NL")


@pytest.fixture(autouse=True)
def partnership(engine: Engine) -> None:
    found_partnership(engine)


def make(engine: Engine, **changes: Any) -> str:
    with unit_of_work(engine, UK, NOW) as work:
        return new_subscription(work, Wanted(**{"partnership": "uk-nl", "label": "Desk", **changes}))


def test_a_feed_is_kept_as_it_was_wanted(engine: Engine) -> None:
    terms = Terms("nl", Tier.TITLE, Deadlines.EVENTS, Scope(("T1",), ("expert",), ("R1", "R2")))
    make(engine, label="  Desk officer  ", terms=terms)
    with reading(engine, UK, NOW) as work:
        (found,) = subscriptions(work, "uk-nl")
    assert (found.label, found.party, found.partnership, found.terms) == (
        "Desk officer",
        "uk",
        "uk-nl",
        terms,
    )
    assert (found.created_by, found.created_at, found.revoked_at) == ("UK desk", NOW, None)


def test_the_database_does_not_know_the_secret(engine: Engine) -> None:
    secret = make(engine)
    with reading(engine, UK, NOW) as work:
        row = work.session.scalars(select(Subscription)).one()
        assert len(secret) == 43
        assert secret not in str({column.name: getattr(row, column.name) for column in row.__table__.columns})


def test_a_side_lists_and_takes_back_its_own_alone(engine: Engine) -> None:
    make(engine)
    subscribe(engine, "nl")
    with reading(engine, NL, NOW) as work:
        assert [found.label for found in subscriptions(work, "uk-nl")] == ["nl desk"]
    with reading(engine, UK, NOW) as work:
        (ours,) = subscriptions(work, "uk-nl")
    with unit_of_work(engine, NL, NOW) as work, pytest.raises(NotFound):
        revoke(work, ours.key)
    with reading(engine, operator(), NOW) as work:
        assert subscriptions(work, "uk-nl") == ()


def test_taking_back_is_once_and_leaves_a_trail_of_its_side(engine: Engine) -> None:
    make(engine)
    for _ in range(2):
        with unit_of_work(engine, UK, NOW) as work:
            revoke(work, subscriptions(work, "uk-nl")[0].key)
    with reading(engine, UK, NOW) as work:
        (ours,) = subscriptions(work, "uk-nl")
        trail = [change.act for change in latest_changes(work, "uk-nl", 5)]
    assert (ours.revoked_at, trail) == (NOW, ["feed taken back", "feed made"])
    with reading(engine, NL, NOW) as work:
        assert latest_changes(work, "uk-nl", 5) == ()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"label": "  "}, "label"),
        ({"label": "two\nlines"}, "label"),
        ({"label": "x" * 201}, "label"),
        ({"terms": Terms("de")}, "language"),
        ({"terms": Terms(scope=Scope(themes=("T9",)))}, "theme"),
        ({"terms": Terms(scope=Scope(levels=("royal",)))}, "level"),
        ({"terms": Terms(scope=Scope(obligations=("R1", "R9")))}, "obligation"),
        ({"terms": Terms(tier=Tier.BUSY, deadlines=Deadlines.TODOS)}, "deadlines"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(engine: Engine, changes: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInput) as refused:
        make(engine, **changes)
    assert refused.value.place == place
    assert refused.value.remedy
    with reading(engine, UK, NOW) as work:
        assert subscriptions(work, "uk-nl") == ()


def test_only_a_side_has_feeds_and_only_of_its_partnerships(engine: Engine) -> None:
    with unit_of_work(engine, operator(), NOW) as work, pytest.raises(NotAllowed):
        new_subscription(work, Wanted("uk-nl", "Operator"))
    with pytest.raises(NotFound):
        make(engine, partnership="nl-us")
