"""Giving posts their diaries, and keeping what a reading brought: busy times, and how it went.

Reading itself happens outside any unit of work: a file by ``read_file`` before ``keep_file``, an address between
``claim`` and ``settle`` (``refreshing``). What is unreadable replaces nothing: the last good busy times stand until
better ones come.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select

from scheduler.audit.actions import record
from scheduler.db.work import Work
from scheduler.diaries.addresses import read_address
from scheduler.diaries.queries import own_post
from scheduler.diaries.reasons import Failure, none_of_use
from scheduler.diaries.rules import WHOLE_EVERY, days_read, wait_after
from scheduler.diaries.tables import Diary, DiaryTime
from scheduler.errors import BadInput, NotFound
from scheduler.ical.busy import BusyReading, NothingReadable, read_busy
from scheduler.partnerships.tables import Party, Post
from scheduler.tokens import new_identifier

LEASE = timedelta(minutes=5)
"""For how long nobody else reads an address that was claimed."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """An address to be read now for a side, and the marks of what was read last; ``zone`` is that of the side."""

    key: str
    party: str
    zone: str
    address: str = field(repr=False)
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Good:
    """A reading that brought busy times until ``reaches``, and the marks to ask with next time."""

    reading: BusyReading
    reaches: date
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A reading that found everything as it was."""


def read_file(data: bytes, zone: str, now: datetime) -> Good:
    """Return what a calendar file says to an owner in ``zone``; needs no unit of work.

    Raises ``BadInput`` for a file of which nothing can be used.
    """
    first, last = days_read(now.astimezone(ZoneInfo(zone)).date())
    try:
        return Good(read_busy(data, zone, first, last), last)
    except NothingReadable as nothing:
        raise BadInput(none_of_use(nothing.skipped), place="file") from None


def keep_file(work: Work, partnership: str, post: str, good: Good) -> None:
    """Give a post of the acting side the diary that was read from a file, in the place of any other."""
    diary = _put(work, partnership, post, address=None)
    _keep(work, diary, good)


def set_address(work: Work, partnership: str, post: str, address: str, allowed: frozenset[str]) -> None:
    """Give a post of the acting side the diary at an address, which is due to be read at once.

    Busy times of a diary that stood there before stay until then. Raises ``BadInput`` for an address that must not be
    asked for.
    """
    read_address(address, allowed)
    _put(work, partnership, post, address=address.strip())


def remove(work: Work, partnership: str, post: str) -> None:
    """Take the diary of a post of the acting side away, with its busy times."""
    reference = own_post(work, partnership, post).reference
    diary = _found(work, reference)
    if diary is None:
        raise no_diary(reference)
    work.session.execute(delete(DiaryTime).where(DiaryTime.diary_id == diary.id))
    work.session.delete(diary)
    record(work, partnership, "diary removed", f"post/{reference}", layer=work.actor.side)


def claim(work: Work, post: str | None = None) -> Claimed | None:
    """Take the address that has been due longest, or that of ``post`` whether due or not; ``None`` if there is none."""
    query = (
        select(Diary, Post.party, Party.zone)
        .join(Post, Diary.post_id == Post.id)
        .join(Party, Post.party == Party.key)
        .where(Post.party == work.actor.side, Diary.address.is_not(None))
        .order_by(Diary.due_at, Diary.id)
        .limit(1)
        .with_for_update(of=Diary, skip_locked=True)
    )
    wanted = Diary.due_at <= work.now if post is None else Post.key == post.partition("/")[2]
    found = work.session.execute(query.where(wanted)).one_or_none()
    if found is None:
        return None
    diary, party, zone = found
    diary.due_at = work.now + LEASE
    known = diary.whole_at is not None and work.now - diary.whole_at < WHOLE_EVERY
    return Claimed(
        key=diary.key,
        party=party,
        zone=zone,
        address=diary.address or "",
        etag=diary.etag if known else None,
        modified=diary.modified if known else None,
    )


def settle(work: Work, claimed: Claimed, outcome: Good | Unchanged | Failure, every: timedelta) -> None:
    """Keep what came of reading an address; nothing, where people put another diary in its place meanwhile."""
    diary = work.session.scalars(select(Diary).where(Diary.key == claimed.key)).one_or_none()
    if diary is None:
        return
    match outcome:
        case Failure():
            diary.failure, diary.failed_at = outcome, work.now
            diary.failures += 1
            diary.due_at = work.now + wait_after(diary.failures, every)
            return
        case Good():
            _keep(work, diary, outcome)
        case Unchanged():
            _stands(diary, work.now)
    diary.due_at = work.now + every


def no_diary(post: str) -> NotFound:
    """Return what is said of a post without a diary."""
    return NotFound(f"{post} has no diary", remedy="`dialogues diaries list` shows them")


def _put(work: Work, partnership: str, post: str, *, address: str | None) -> Diary:
    """Return the diary row of a post, as a new setting."""
    reference = own_post(work, partnership, post).reference
    diary = _found(work, reference)
    act = "diary added" if diary is None else "diary replaced"
    if diary is None:
        diary = Diary(post_id=_post_id(work, reference), entries=0, skipped={}, assumed={})
        work.session.add(diary)
    diary.layer = work.actor.side
    diary.key, diary.address = new_identifier(), address
    diary.set_by, diary.set_at = work.actor.name, work.now
    diary.due_at = work.now if address else None
    diary.etag = diary.modified = diary.failure = diary.failed_at = None
    diary.failures = 0
    work.session.flush()
    form = "address" if address else "file"
    record(work, partnership, act, f"post/{reference}", layer=work.actor.side, form=form)
    return diary


def _keep(work: Work, diary: Diary, good: Good) -> None:
    diary.etag, diary.modified, diary.reaches = good.etag, good.modified, good.reaches
    diary.whole_at = work.now
    diary.entries = good.reading.entries
    diary.skipped = {str(reason): count for reason, count in good.reading.skipped.items()}
    diary.assumed = {str(reason): count for reason, count in good.reading.assumed.items()}
    _stands(diary, work.now)
    fresh = [(busy.start, busy.end, busy.all_day, busy.tentative) for busy in good.reading.times]
    kept = work.session.execute(
        select(DiaryTime.starts_at, DiaryTime.ends_at, DiaryTime.all_day, DiaryTime.tentative)
        .where(DiaryTime.diary_id == diary.id)
        .order_by(DiaryTime.id)
    )
    if [tuple(row) for row in kept] == fresh:
        return
    work.session.execute(delete(DiaryTime).where(DiaryTime.diary_id == diary.id))
    names = ("starts_at", "ends_at", "all_day", "tentative")
    own = {"diary_id": diary.id, "layer": work.actor.side}
    if fresh:
        work.session.execute(insert(DiaryTime), [own | dict(zip(names, row, strict=True)) for row in fresh])


def _stands(diary: Diary, now: datetime) -> None:
    diary.read_at, diary.failure, diary.failed_at, diary.failures = now, None, None, 0


def _found(work: Work, reference: str) -> Diary | None:
    return work.session.scalars(select(Diary).where(Diary.post_id == _post_id(work, reference))).one_or_none()


def _post_id(work: Work, reference: str) -> int:
    party, _, key = reference.partition("/")
    return work.session.scalars(select(Post.id).where(Post.party == party, Post.key == key)).one()
