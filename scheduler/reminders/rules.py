"""Which reminders are to be given, to whom and at which moment, each with its reason. Pure.

Nothing is remembered but which reminders were given: what stands now decides, so a meeting that is moved or
cancelled needs no repair. A step of a round is told to a post at the opening of its office, on the working
day of its country on or before the day of the step. Of the steps that have come, only the latest counts for a
post: a round that is booked late brings one reminder and no burst. A reminder whose moment was missed waits
for office hours.

A round that one side has only planned, or that waits for one side's answer, wants nothing but its date: no
step is asked of anybody for a date that both sides do not hold.

What comes after a reminder was given (again, or told to others) is the business of ``following``; which wait for a
digest, of ``digests``; when each step is asked, of ``milestones``.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.dates.slots import working_day_on_or_after, working_day_on_or_before
from scheduler.meetings.rules import COMING, State
from scheduler.meetings.steps import step_of
from scheduler.obligations.lead_times import MILESTONES, SAVE_THE_DATE, Milestone
from scheduler.reminders import reasons
from scheduler.reminders.milestones import Amount, Settings
from scheduler.words import Words

SECRETARIAT = "secretariat"
DATE_WANTED = "date_wanted"
REMINDER = "reminder"
DEFAULTS = Settings()
GRACE = timedelta(days=14)
"""How long after its day a step that follows a round is still worth a reminder."""

UNTIL_RECORDED = 2 * GRACE
"""How long after an agreed round its record is waited for, before its duty counts as lacking a date."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A post that gets a letter, and why it is this one. Without a mailbox nobody can be written to."""

    post: str
    office: str
    mailbox: str | None
    because: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A round with a date, as far as reminders are concerned; ``level`` is one that has lead times of its own.

    ``consented`` tells whether the side that is reminded has answered every option on offer; ``obligations`` are the
    keys of those that the round serves.
    """

    uid: str
    sequence: int
    state: State
    level: str
    first_day: date
    last_day: date
    consented: bool
    obligations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateWanted:
    """An obligation due on a day for which this side knows of no date; ``because`` says how it stands."""

    subject: str
    due: date
    save_the_date: date
    because: tuple[Words, ...]
    level: str = "senior_official"
    obligations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when somebody must have done what, and until when it is worth saying.

    ``subject`` is the UID of a meeting, or ``<partnership>/<obligation>`` where there is no date; ``edition``
    its SEQUENCE, so that a moved round is told anew, or else the day that everything is counted from. It is missed
    after ``lapses``. One that repeats or escalates another is of another ``kind`` and names that one's key in
    ``follows``. ``level`` and ``obligations`` say which settings hold for it.
    """

    subject: str
    step: str
    edition: str
    title: Words
    day: date
    until: date | None
    recipient: Recipient
    because: tuple[Words, ...]
    lapses: date
    level: str
    obligations: tuple[str, ...]
    kind: str = REMINDER
    follows: str = ""

    @property
    def key(self) -> str:
        """Return the name under which this is told once."""
        return f"{self.kind}/{self.subject}/{self.step}/{self.recipient.post}/{self.edition}"

    @property
    def about(self) -> str:
        """Return the key of the reminder that answers to this one are kept for."""
        return self.follows or self.key


@dataclass(frozen=True, slots=True)
class Reminder:
    """A deadline, and the moment (aware, in UTC) at which its post is told.

    ``day`` is that moment's calendar day over there. ``ahead`` are the later steps of the same post in the
    same matter; ``earlier`` those that came before this one and of which it was never told. ``digest`` is the day of
    the digest that it goes in.
    """

    deadline: Deadline
    send_at: datetime
    day: date
    because: tuple[Words, ...]
    ahead: tuple[Deadline, ...]
    earlier: tuple[Deadline, ...]
    is_given: bool
    digest: date | None = None

    @property
    def key(self) -> str:
        """Return the name under which this is told once."""
        return self.deadline.key


@dataclass(frozen=True, slots=True)
class Bundle:
    """The reminders that one post is given at one moment: they go in one letter, which may be a digest."""

    post: str
    send_at: datetime
    reminders: tuple[Reminder, ...]

    @property
    def digest(self) -> date | None:
        """Return the day whose digest this is."""
        return next((entry.digest for entry in self.reminders if entry.digest), None)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When the offices of a side can be written to: wall times in ``zone``, and why an office is closed on a day."""

    zone: str
    opens: time
    closes: time
    why_closed: Callable[[date, str], Words | None]

    def last_working_day(self, day: date, office: str) -> date:
        """Return ``day``, or the last day before it on which the office works."""
        return working_day_on_or_before(day, lambda other: self.why_closed(other, office) is not None)

    def first_working_day(self, day: date, office: str) -> date:
        """Return ``day``, or the first day after it on which the office works."""
        return working_day_on_or_after(day, lambda other: self.why_closed(other, office) is not None)

    def working_days_after(self, day: date, count: int, office: str) -> date:
        """Return the day that is ``count`` working days of the office after ``day``."""
        for _ in range(count):
            day = self.first_working_day(day + ONE_DAY, office)
        return day

    def opening(self, day: date) -> datetime:
        """Return the instant at which offices open on a day."""
        return datetime.combine(day, self.opens, ZoneInfo(self.zone)).astimezone(UTC)

    def next_moment(self, now: datetime, office: str) -> datetime:
        """Return ``now`` while the office works, else when it opens next."""
        local = now.astimezone(ZoneInfo(self.zone))
        is_open = self.opens <= local.time() < self.closes
        if is_open and self.why_closed(local.date(), office) is None:
            return now
        first = local.date() if local.time() < self.opens else local.date() + ONE_DAY
        return self.opening(self.first_working_day(first, office))

    def day_of(self, instant: datetime) -> date:
        """Return the calendar day of an instant over there."""
        return instant.astimezone(ZoneInfo(self.zone)).date()


def is_expected(state: State, last_day: date, today: date) -> bool:
    """Tell whether a round keeps its duty from wanting a date: it lies ahead, or was, and waits for its record."""
    if state is State.AGREED:
        return last_day >= today - UNTIL_RECORDED
    return state in COMING and last_day >= today


def steps(
    round_: Round,
    recipients: Mapping[str, tuple[Recipient, ...]],
    settings: Settings = DEFAULTS,
    settled: Collection[str] = (),
) -> Iterator[Deadline]:
    """Yield what a round asks of the posts of one side; ``recipients`` are its posts by the audience they belong to.

    Posts that settings put in the place of an audience stand among them under their own reference. ``settled`` are the
    milestones that are done, or for which somebody else asks.
    """
    for milestone in MILESTONES:
        if milestone.key in settled:
            continue
        audience = settings.audience(milestone.key, round_.level, round_.obligations)
        for recipient in recipients.get(audience.name, ()):
            weeks = settings.amount(milestone.key, round_.level, round_.obligations, recipient.post)
            if weeks.value is not None:
                yield from _step(round_, milestone, weeks.value, weeks, recipient)


def date_wanted(
    wanted: DateWanted, recipients: Iterable[Recipient], settings: Settings = DEFAULTS
) -> Iterator[Deadline]:
    """Yield what an obligation without a date asks of those who keep the clock."""
    for recipient in recipients:
        weeks = settings.amount(SAVE_THE_DATE, wanted.level, wanted.obligations, recipient.post)
        if weeks.value is None:
            continue
        day, because = wanted.save_the_date, wanted.because
        if weeks.origin:
            day = wanted.due - timedelta(weeks=weeks.value)
            because = (*because, reasons.sought_earlier_or_later(weeks.value, weeks.origin))
        yield Deadline(
            subject=wanted.subject,
            step=DATE_WANTED,
            edition=wanted.due.isoformat(),
            title=reasons.SEEK_A_DATE,
            day=day,
            until=None,
            recipient=recipient,
            because=because,
            lapses=wanted.due,
            level=wanted.level,
            obligations=wanted.obligations,
        )


def reminders(
    deadlines: Iterable[Deadline], hours: WorkingHours, given: Collection[str], now: datetime
) -> tuple[Reminder, ...]:
    """Return every reminder that stands, by moment and day: to be given now, to come, and already given.

    ``given`` are the keys of reminders given before. What is to be given now has its moment at or before
    ``now``.
    """
    tracks: dict[tuple[str, str], list[Deadline]] = defaultdict(list)
    for deadline in deadlines:
        tracks[deadline.subject, deadline.recipient.post].append(deadline)
    found = [entry for track in tracks.values() for entry in _of_track(track, hours, given, now)]
    return tuple(sorted(found, key=lambda entry: (entry.send_at, entry.deadline.day, entry.key)))


def bundles(outstanding: Iterable[Reminder]) -> tuple[Bundle, ...]:
    """Return the reminders that were not given, put together by post and moment."""
    together: dict[tuple[datetime, str], list[Reminder]] = defaultdict(list)
    for entry in outstanding:
        if not entry.is_given:
            together[entry.send_at, entry.deadline.recipient.post].append(entry)
    return tuple(
        Bundle(post, send_at, tuple(entries)) for (send_at, post), entries in sorted(together.items())
    )


def _of_track(
    track: list[Deadline], hours: WorkingHours, given: Collection[str], now: datetime
) -> Iterator[Reminder]:
    days = {entry.key: hours.last_working_day(entry.day, entry.recipient.office) for entry in track}
    come = [day for day in days.values() if hours.opening(day) <= now]
    to_come = [day for day in days.values() if hours.opening(day) > now]
    for entry in track:
        own = days[entry.key]
        if own in to_come:
            send_at = hours.opening(own)
        elif own == max(come):
            send_at = hours.next_moment(now, entry.recipient.office)
            if any(hours.opening(later) <= send_at for later in to_come):
                continue
            if entry.until and hours.day_of(send_at) > entry.until:
                continue
        else:
            continue
        told_on = hours.day_of(send_at)
        yield Reminder(
            deadline=entry,
            send_at=send_at,
            day=told_on,
            because=(*entry.because, *_why_this_day(entry, told_on, hours)),
            ahead=tuple(other for other in track if other.day > entry.day),
            earlier=tuple(other for other in track if days[other.key] < own and other.key not in given),
            is_given=entry.key in given,
        )


def _step(
    round_: Round, milestone: Milestone, weeks: int, amount: Amount, recipient: Recipient
) -> Iterator[Deadline]:
    step = step_of(milestone, weeks, round_.first_day, round_.last_day)
    if not step.is_asked(round_.state) or (round_.state is State.OFFERED and round_.consented):
        return  # who has consented to the offer has nothing to answer
    yield Deadline(
        subject=round_.uid,
        step=milestone.key,
        edition=_edition(round_),
        title=_title(milestone, round_),
        day=step.day,
        until=round_.first_day - ONE_DAY if step.is_before else step.day + GRACE,
        recipient=recipient,
        because=_why(milestone, amount, round_),
        lapses=step.day,
        level=round_.level,
        obligations=round_.obligations,
    )


def _edition(round_: Round) -> str:
    # SEQUENCE stands still while only one side knows the round, so its day has to tell one plan from the next.
    return round_.first_day.isoformat() if round_.state is State.PLANNED else str(round_.sequence)


def _title(step: Milestone, round_: Round) -> Words:
    if step.key != SAVE_THE_DATE:
        return step.title
    return reasons.OFFER_THE_DATE if round_.state is State.PLANNED else reasons.ANSWER_THE_DATE


def _why(step: Milestone, weeks: Amount, round_: Round) -> tuple[Words, ...]:
    lead_time = reasons.lead_time(weeks.value or 0, round_.level, weeks.origin)
    if step.key != SAVE_THE_DATE:
        return (lead_time,)
    return (reasons.ONLY_PLANNED if round_.state is State.PLANNED else reasons.NOT_ANSWERED, lead_time)


def _why_this_day(deadline: Deadline, told_on: date, hours: WorkingHours) -> tuple[Words, ...]:
    if deadline.step == DATE_WANTED:
        return ()  # how it stands says since when
    if told_on > deadline.day:
        return (reasons.late(deadline.day),)
    closed = hours.why_closed(deadline.day, deadline.recipient.office) if told_on < deadline.day else None
    return (reasons.brought_forward(deadline.day, closed),) if closed else ()
