"""Whose mailbox a post has on a day, and whether its change of hands is news for the secretariat. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a post from ``first`` until ``last``, both included: no name, only where and in what language.

    Without a mailbox the letters go to that of the post; without a language they are in that of its side. Joint is
    what a programme file says; what a side says of its own posts is for its own eyes.
    """

    post: str
    first: date
    last: date | None
    mailbox: str | None
    language: str | None
    is_joint: bool
    set_at: datetime
    set_by: str


@dataclass(frozen=True, slots=True)
class Handover:
    """That a post changed hands: who came, who was there before, as far as anybody said, and who told the newcomer."""

    holder: Holder
    before: Holder | None
    told_at: datetime | None = None
    told_by: str | None = None


def holder_on(holders: Iterable[Holder], day: date) -> Holder | None:
    """Return who holds a post on a day, of all that ever held it.

    Whoever came last counts, also where nobody said until when the one before stayed; what a side says itself counts
    before what the programme says of the same day. Once the last one has gone, the post is vacant.
    """
    came = (entry for entry in holders if entry.first <= day)
    latest = max(came, key=lambda entry: (entry.first, not entry.is_joint), default=None)
    return latest if latest and (latest.last is None or latest.last >= day) else None


def handover_on(holders: Iterable[Holder], day: date) -> Handover | None:
    """Return the change of hands that brought the holder of a day; ``None`` where nobody knows of a change.

    That a post has a holder whom somebody entered long after he came, the first one, is no change.
    """
    known = tuple(holders)
    now = holder_on(known, day)
    if now is None:
        return None
    earlier = [entry for entry in known if entry.first < now.first]
    before = max(earlier, key=lambda entry: (entry.first, not entry.is_joint), default=None)
    is_news = before is not None or now.first >= now.set_at.date()
    return Handover(now, before) if is_news else None


def by_post(holders: Iterable[Holder]) -> Mapping[str, tuple[Holder, ...]]:
    """Return holders by post, the first first."""
    found: dict[str, list[Holder]] = {}
    for entry in sorted(holders, key=lambda one: (one.post, one.first, one.is_joint)):
        found.setdefault(entry.post, []).append(entry)
    return {post: tuple(entries) for post, entries in found.items()}
