"""Reading diaries: always those of the acting side alone."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.db.work import Work
from scheduler.diaries.rules import BusyTime, Diarist
from scheduler.diaries.tables import Diary, DiaryTime
from scheduler.partnerships.tables import Party, Post


def busy(work: Work, posts: Iterable[str], first: date, last: date) -> tuple[BusyTime, ...]:
    """Return when these posts (``uk/foreign-secretary``) are busy from ``first`` to ``last``, both included, in order.

    The days are those of the post's own country. Posts of another side, and posts without a diary, are never busy.
    """
    wanted = frozenset(posts)
    zone = _own_zone(work)
    if zone is None or not wanted:
        return ()
    starts, ends = _midnight(first, zone), _midnight(last + timedelta(days=1), zone)
    rows = work.session.execute(
        select(
            Post.party,
            Post.key,
            DiaryTime.starts_at,
            DiaryTime.ends_at,
            DiaryTime.all_day,
            DiaryTime.tentative,
        )
        .select_from(DiaryTime)
        .join(Diary, DiaryTime.diary_id == Diary.id)
        .join(Post, Diary.post_id == Post.id)
        .where(
            Post.party == work.actor.side,
            Post.key.in_(reference.partition("/")[2] for reference in wanted),
            DiaryTime.ends_at > starts,
            DiaryTime.starts_at < ends,
        )
        .order_by(DiaryTime.starts_at, DiaryTime.ends_at, Post.key, DiaryTime.id)
    )
    found = (
        BusyTime(f"{party}/{key}", start, end, all_day, tentative)
        for party, key, start, end, all_day, tentative in rows
    )
    return tuple(entry for entry in found if entry.post in wanted)


def diarists(work: Work, posts: Iterable[str]) -> Mapping[str, Diarist]:
    """Return those of these posts whose diary was read at least once, by reference: of the acting side alone."""
    wanted = frozenset(posts)
    if work.actor.is_operator or not wanted:
        return {}
    rows = work.session.execute(
        select(Post.party, Post.key, Post.title, Party.zone, Diary.read_at)
        .select_from(Diary)
        .join(Post, Diary.post_id == Post.id)
        .join(Party, Post.party == Party.key)
        .where(Post.party == work.actor.side, Diary.read_at.is_not(None))
        .order_by(Post.key)
    )
    found = (
        Diarist(f"{party}/{key}", title, zone, read_at)
        for party, key, title, zone, read_at in rows
        if read_at is not None
    )
    return {entry.post: entry for entry in found if entry.post in wanted}


def _own_zone(work: Work) -> ZoneInfo | None:
    if work.actor.is_operator:
        return None
    zone = work.session.scalars(select(Party.zone).where(Party.key == work.actor.side)).one_or_none()
    return None if zone is None else ZoneInfo(zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
