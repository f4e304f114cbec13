"""Digests: the reminders of a post that wants them gathered, every working day or once a week. Pure.

A digest brings what falls due before the next one, so it is never later than the reminders it gathers: it comes on its
day, at the opening of the office, on the working day before where that day is closed. What comes up after a digest has
gone, and cannot wait for the next, goes by itself on its own day; only what is not tied to a day (an obligation
without a date) waits. Whatever follows a reminder (asked for again, or missed by others) is never gathered.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.reminders import reasons
from scheduler.reminders.rules import DATE_WANTED, ONE_DAY, Reminder, WorkingHours

DIGEST = "digest"
DAILY = "daily"
WEEKLY = "weekly"
RHYTHMS = (DAILY, WEEKLY)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Digest:
    """That a post wants a digest: ``weekday`` (0 is Monday) counts for a weekly one."""

    post: str
    rhythm: str
    weekday: int
    set_by: str
    set_at: datetime

    @property
    def set_on(self) -> date:
        """Return the day on which it was set, in UTC."""
        return self.set_at.date()

    def last_day(self, day: date, office: str, hours: WorkingHours) -> date:
        """Return ``day``, or the last day before it that brings a digest."""
        if self.rhythm == DAILY:
            return hours.last_working_day(day, office)
        own = day - timedelta(days=(day.weekday() - self.weekday) % 7)
        coming = hours.last_working_day(own + WEEK, office)  # its own day may be closed
        return coming if coming <= day else hours.last_working_day(own, office)

    def next_day(self, day: date, office: str, hours: WorkingHours) -> date:
        """Return the first day after ``day`` that brings a digest."""
        later = day + ONE_DAY
        while (found := self.last_day(later, office, hours)) <= day:
            later += ONE_DAY
        return found


def marker(partnership: str, post: str, day: date) -> str:
    """Return the name under which the digest of a day is given once."""
    return f"{DIGEST}/{partnership}/{post}/{day}"


def gathered(
    found: Iterable[Reminder],
    digests: Mapping[str, Digest],
    partnership: str,
    hours: WorkingHours,
    given: Collection[str],
    now: datetime,
) -> tuple[Reminder, ...]:
    """Return reminders with those moved into digests that their posts want so; none is lost and none is later."""

    def is_open(day: date, post: str) -> bool:
        local = now.astimezone(ZoneInfo(hours.zone))
        comes = day > local.date() or (day == local.date() and local.time() < hours.closes)
        return comes and marker(partnership, post, day) not in given

    def placed(entry: Reminder) -> Reminder:
        post, office = entry.deadline.recipient.post, entry.deadline.recipient.office
        digest = digests.get(post)
        if digest is None or entry.is_given or entry.deadline.follows:
            return entry
        day = digest.last_day(entry.day, office, hours)
        if not is_open(day, post) and entry.deadline.step == DATE_WANTED:
            day = digest.next_day(entry.day, office, hours)
        if not is_open(day, post):
            return entry
        why = reasons.in_digest(digest.next_day(day, office, hours))
        opening = hours.opening(day)
        return replace(
            entry,
            send_at=max(now, opening),
            day=day,
            because=entry.because if day >= entry.day else (*entry.because, why),
            digest=day,
        )

    in_order = sorted(map(placed, found), key=lambda entry: (entry.send_at, entry.deadline.day, entry.key))
    return tuple(in_order)
