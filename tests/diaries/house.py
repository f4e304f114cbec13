"""What tests of diaries share: the small programme, and what a side reads of a calendar."""

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.diaries.actions import keep_file, read_file, set_address
from scheduler.diaries.fetching import Limits
from scheduler.diaries.queries import PostDiary, busy, diary
from scheduler.diaries.refreshing import Asking
from scheduler.diaries.rules import BusyTime
from tests.builders import NOW, PARTNERSHIP, UK

POST = "uk/director"
HOUR = timedelta(hours=1)
FIRST, LAST = datetime(2027, 1, 1, tzinfo=UTC).date(), datetime(2028, 12, 31, tzinfo=UTC).date()


def asking(*origins: str) -> Asking:
    return Asking(HOUR, frozenset(origins), Limits(seconds=2, connecting=1))


def give_file(engine: Engine, post: str, data: bytes, actor: Actor = UK, now: datetime = NOW) -> None:
    good = read_file(data, "Europe/London", now)
    with unit_of_work(engine, actor, now) as work:
        keep_file(work, PARTNERSHIP, post, good)


def give_address(engine: Engine, post: str, address: str, actor: Actor = UK, now: datetime = NOW) -> None:
    origin = re.sub("//.*@", "//", "/".join(address.split("/")[:3]))
    with unit_of_work(engine, actor, now) as work:
        set_address(work, PARTNERSHIP, post, address, frozenset({origin}))


def stands(engine: Engine, post: str, actor: Actor = UK, now: datetime = NOW) -> PostDiary:
    with reading(engine, actor, now) as work:
        return diary(work, PARTNERSHIP, post)


def busy_of(engine: Engine, *posts: str, actor: Actor = UK) -> tuple[BusyTime, ...]:
    with reading(engine, actor, NOW) as work:
        return busy(work, posts, FIRST, LAST)
