"""Nothing that one side keeps to itself reaches a feed of the other, not even as another tag or another date."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update

from scheduler.actor import side
from scheduler.db.work import unit_of_work
from scheduler.feeds.rules import Deadlines, Terms, Tier
from scheduler.feeds.shelf import Shelf
from scheduler.meetings.tables import Meeting
from scheduler.partnerships.tables import ClosedDayRow
from scheduler.reminders.actions import reset, set_value
from scheduler.reminders.milestones import Setting
from tests.feeds.house import NOW, OTHER, PUBLIC_URL, act, at, found_partnership, put, read, subscribe

MARCH = date(2027, 3, 23)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def partnership(engine: Engine) -> None:
    found_partnership(engine)


@pytest.mark.parametrize("by", ["uk", "nl"])
def test_the_other_side_cannot_tell_that_a_private_thing_exists(engine: Engine, by: str) -> None:
    joint = put(engine, at(MARCH))
    other = OTHER[by]
    terms = [Terms(tier=tier) for tier in Tier] + [
        Terms(deadlines=Deadlines.EVENTS),
        Terms(deadlines=Deadlines.TODOS),
    ]
    secrets = [subscribe(engine, other, chosen) for chosen in terms]
    before = [read(engine, secret, LATER) for secret in secrets]
    plant(engine, by, joint)
    assert b"CANARY" in read(engine, subscribe(engine, by), LATER).body
    shelf = Shelf(engine, PUBLIC_URL)
    after = [shelf.read(secret, LATER) for secret in secrets]
    assert [(feed.body, feed.tag, feed.changed_at) for feed in after] == [
        (feed.body, feed.tag, feed.changed_at) for feed in before
    ]
    assert all(b"CANARY" not in feed.body for feed in after)


@pytest.mark.parametrize("by", ["uk", "nl"])
def test_not_even_by_when_a_feed_changes(engine: Engine, by: str) -> None:
    joint = put(engine, at(MARCH))
    secret, shelf = subscribe(engine, OTHER[by]), Shelf(engine, PUBLIC_URL)
    ready = shelf.read(secret, NOW)
    plant(engine, by, joint)
    assert shelf.read(secret, LATER) is ready


@pytest.mark.parametrize("by", ["uk", "nl"])
def test_when_a_side_is_reminded_shows_in_its_own_feed_alone(engine: Engine, by: str) -> None:
    put(engine, at(MARCH))
    terms = Terms(deadlines=Deadlines.EVENTS)
    own, other = subscribe(engine, by, terms), subscribe(engine, OTHER[by], terms)
    shelf = Shelf(engine, PUBLIC_URL)
    ready = shelf.read(other, NOW)
    before = read(engine, own, LATER)
    with unit_of_work(engine, side(by, "CANARY"), LATER) as work:
        set_value(work, "uk-nl", Setting("first_draft", "", "", "", 8, False, None, "", LATER))  # noqa: FBT003
    assert shelf.read(other, LATER) is ready
    assert b"CANARY" in shelf.read(own, LATER).body
    assert read(engine, own, LATER).body != before.body
    with unit_of_work(engine, side(by, "CANARY"), LATER) as work:
        reset(work, "uk-nl", Setting("first_draft", "", "", "", None, False, None, "", LATER))  # noqa: FBT003
    assert read(engine, own, LATER).body == before.body


def test_nor_by_the_order_within_a_day(engine: Engine) -> None:
    known = [put(engine, at(MARCH), by=by) for by in ("nl", "uk") * 4]
    body = read(engine, subscribe(engine, "uk")).body.decode()
    assert re.findall(r"^UID:(\w+)", body, re.MULTILINE) == sorted(known)


def plant(engine: Engine, by: str, joint: str) -> None:
    """Leave a private plan, a private note on a joint round and a private closed day, each with a canary in it."""
    with unit_of_work(engine, side(by, "CANARY"), LATER) as work:
        work.session.add(
            ClosedDayRow(
                partnership="uk-nl",
                party=by,
                title={"en": "CANARY"},
                first=date(2027, 3, 9),
                last=date(2027, 3, 9),
                effect="forbids",
                levels=[],
                offices=[],
                kind="absence",
                source="CANARY",
                basis="stated",
            )
        )
    act(engine, by, "write_note", joint, "CANARY", now=LATER)
    hidden = put(engine, at(date(2027, 5, 4)), "planned", by=by, now=LATER)
    with unit_of_work(engine, side(by, "test"), LATER) as work:
        work.session.execute(update(Meeting).where(Meeting.uid == hidden).values(place={"en": "CANARY"}))
    act(engine, by, "write_note", hidden, "CANARY", now=LATER)


def test_a_note_reaches_no_feed_not_even_its_own_sides(engine: Engine) -> None:
    uid = put(engine, at(MARCH))
    act(engine, "uk", "write_note", uid, "CANARY")
    assert all(b"CANARY" not in read(engine, subscribe(engine, party)).body for party in OTHER)
