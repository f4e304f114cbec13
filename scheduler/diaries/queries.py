"""Reading diaries: always those of the acting side alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.dates.closed_days import Effect
from scheduler.dates.slots import days_between, is_weekend
from scheduler.db.work import Work
from scheduler.diaries.addresses import host_of
from scheduler.diaries.reasons import Failure
from scheduler.diaries.rules import SHOWN_AHEAD, BusyTime, Diarist, closed_days_of, hours_on
from scheduler.diaries.tables import Diary, DiaryTime
from scheduler.errors import NotAllowed, NotFound
from scheduler.ical.foreign_events import Skip
from scheduler.ical.foreign_zones import Assumed
from scheduler.partnerships.queries import PostFacts, partnership, posts
from scheduler.partnerships.tables import Party, Post


@dataclass(frozen=True, slots=True)
class DiaryFacts:
    """The diary of a post, without its busy times: from the address at ``host``, or from a file (no host).

    ``read_at`` is the last reading that succeeded, ``age`` how long ago, ``reaches`` the last day it brought;
    ``failure`` is set where a later one did not. ``entries`` counts what was read, ``skipped`` and ``assumed`` what
    was not, or not as written.
    """

    host: str | None
    set_by: str
    set_at: datetime
    due_at: datetime | None
    read_at: datetime | None
    age: timedelta | None
    reaches: date | None
    entries: int
    skipped: Mapping[Skip, int]
    assumed: Mapping[Assumed, int]
    failure: Failure | None
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PostDiary:
    """A post of the acting side with its diary, if it has one, and how many days that takes."""

    post: PostFacts
    diary: DiaryFacts | None
    days: int


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


def diaries(work: Work, key: str) -> tuple[PostDiary, ...]:
    """Return the posts of the acting side in a partnership, each with its diary and the days that it takes.

    Those are days of the next three months on which a post is busy within office hours; tentative times, Saturdays and
    Sundays are not counted.
    """
    own = _own_posts(work, key)
    rows = work.session.execute(
        select(Post.key, Diary).join(Diary, Diary.post_id == Post.id).where(Post.party == work.actor.side)
    )
    found = {post: _facts(row, work.now) for post, row in rows}
    days = _days_taken(work, key, [post.reference for post in own])
    return tuple(PostDiary(post, found.get(post.key), days.get(post.reference, 0)) for post in own)


def diary(work: Work, key: str, post: str) -> PostDiary:
    """Return a post of the acting side with its diary; raise ``NotFound`` for any other post."""
    reference = own_post(work, key, post).reference
    return next(entry for entry in diaries(work, key) if entry.post.reference == reference)


def own_post(work: Work, key: str, post: str) -> PostFacts:
    """Return a post of the acting side, named ``foreign-secretary`` or ``uk/foreign-secretary``.

    Raises ``NotFound`` for any other, and ``NotAllowed`` for the operator, who has no diaries.
    """
    for facts in _own_posts(work, key):
        if post in {facts.key, facts.reference}:
            return facts
    raise NotFound(
        f"your side has no post {post!r}", place="post", remedy="`dialogues diaries list` shows them"
    )


def is_any_due(work: Work) -> bool:
    """Tell whether an address of the acting side is due to be read."""
    return work.session.scalars(select(Diary.id).where(Diary.due_at <= work.now).limit(1)).first() is not None


def _own_posts(work: Work, key: str) -> list[PostFacts]:
    if work.actor.is_operator:
        raise NotAllowed(
            {"en": "the operator has no diaries", "nl": "de beheerder heeft geen agenda’s"},
            remedy={"en": "act as a side with --as", "nl": "handel met --as namens een zijde"},
        )
    partnership(work, key)
    return [post for post in posts(work, key) if post.party == work.actor.side]


def _days_taken(work: Work, key: str, references: list[str]) -> dict[str, int]:
    party = partnership(work, key).party(work.actor.side)
    office = hours_on(
        time.fromisoformat(party.office_from), time.fromisoformat(party.office_until), party.zone
    )
    first = work.now.astimezone(ZoneInfo(party.zone)).date()
    last = first + SHOWN_AHEAD
    times = busy(work, references, first, last)
    counted = {}
    for reference, diarist in diarists(work, references).items():
        rows = closed_days_of(times, office, diarist)
        taken = {
            day for row in rows if row.effect is Effect.FORBIDS for day in days_between(row.first, row.last)
        }
        counted[reference] = sum(first <= day <= last and not is_weekend(day) for day in taken)
    return counted


def _facts(row: Diary, now: datetime) -> DiaryFacts:
    return DiaryFacts(
        host=host_of(row.address) if row.address else None,
        set_by=row.set_by,
        set_at=row.set_at,
        due_at=row.due_at,
        read_at=row.read_at,
        age=now - row.read_at if row.read_at else None,
        reaches=row.reaches,
        entries=row.entries,
        skipped={Skip(reason): count for reason, count in sorted(row.skipped.items())},
        assumed={Assumed(reason): count for reason, count in sorted(row.assumed.items())},
        failure=Failure(row.failure) if row.failure else None,
        failed_at=row.failed_at,
    )


def _own_zone(work: Work) -> ZoneInfo | None:
    if work.actor.is_operator:
        return None
    zone = work.session.scalars(select(Party.zone).where(Party.key == work.actor.side)).one_or_none()
    return None if zone is None else ZoneInfo(zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
