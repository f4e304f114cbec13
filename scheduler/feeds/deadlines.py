"""Deadlines in a feed: the steps that a round asks for, and the days that an obligation without a date brings. Pure.

The days are those of the meeting's page, before any shift to a working day: by what the feed's own side has set, else
by the defaults. A step is asked only for a date that both sides hold, except the save-the-date, which seeks one; steps
of the host are told to the host alone.

Every entry has a UID of its own that follows from what it is about. SEQUENCE and DTSTAMP are those of the meeting. An
obligation keeps no history of its days: each day makes a UID of its own, so that another day is another entry. Why it
is owed is reckoned anew each day, so DTSTAMP is when the feed last changed, at the earliest the beginning of the day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256

from scheduler.dates.slots import Slot
from scheduler.dates.written import write_day
from scheduler.feeds import wording
from scheduler.feeds.rules import Deadlines, Round, Terms, Tier, title
from scheduler.ical.components import Event, EventStatus, Todo, event_bytes, todo_bytes
from scheduler.meetings.rules import State
from scheduler.meetings.steps import Step
from scheduler.obligations.lead_times import BASIS, SAVE_THE_DATE
from scheduler.obligations.rules import Colour, Duty
from scheduler.reminders.milestones import Setting, Settings, own_steps
from scheduler.words import Words, say

UID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something to be done by a day. Texts are in the feed's language."""

    uid: str
    day: date
    summary: str
    description: str
    page: str
    stamp: datetime
    created: datetime
    sequence: int
    related_to: tuple[str, ...]
    is_tentative: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """An obligation and what it owes; ``has_date`` tells whether a round is on the calendar, agreed or not.

    ``cadence_basis`` is whose the reading of the cadence is, from which due date and limit follow, ``sought_basis``
    whose the day is on which a date is sought. ``changed_at`` is when anything that it is reckoned from may last have
    changed.
    """

    partnership: str
    title: Words
    in_force_from: date
    changed_at: datetime
    duty: Duty
    has_date: bool
    cadence_basis: str = wording.STATED
    sought_basis: str = BASIS


def steps(round_: Round, party: str, terms: Terms, settings: Settings) -> Iterator[Deadline]:
    """Yield the steps of a round that concern the side ``party``, whose own ``settings`` are."""
    obligations = tuple(duty.key for duty in round_.duties)
    found = own_steps(settings, round_.level, obligations, round_.slot.first_day, round_.slot.last_day)
    for step, setting in found:
        audience = settings.audience(step.milestone.key, round_.level, obligations).name
        is_theirs = audience != "host" or round_.host in {None, party}
        if is_theirs and step.is_asked(round_.state):
            yield _step(step, setting, audience, round_, terms)


def limits(promise: Promise, terms: Terms) -> Iterator[Deadline]:
    """Yield the days of an obligation for which no agreed date stands."""
    duty = promise.duty
    if duty.agreed_for and duty.colour is Colour.GREEN:
        return
    sought = None if promise.has_date else duty.save_the_date
    for kind, day in ((SAVE_THE_DATE, sought), ("due", duty.due), ("red_after", duty.red_after)):
        if day:
            yield _limit(kind, day, promise, terms)


def basis_of(setting: Setting | None) -> str:
    """Return whose a lead time is."""
    return f"set:{setting.set_by}" if setting else BASIS


def deadline_bytes(deadline: Deadline, form: Deadlines) -> bytes:
    """Return a deadline as a whole day that leaves its reader free, or as a task."""
    if form is Deadlines.TODOS:
        return todo_bytes(
            Todo(
                uid=deadline.uid,
                stamp=deadline.stamp,
                created=deadline.created,
                last_modified=deadline.stamp,
                sequence=deadline.sequence,
                summary=deadline.summary,
                description=deadline.description,
                url=deadline.page,
                related_to=deadline.related_to,
                due=deadline.day,
            )
        )
    return event_bytes(
        Event(
            uid=deadline.uid,
            stamp=deadline.stamp,
            created=deadline.created,
            last_modified=deadline.stamp,
            sequence=deadline.sequence,
            summary=deadline.summary,
            description=deadline.description,
            url=deadline.page,
            related_to=deadline.related_to,
            slot=Slot(deadline.day, deadline.day, None, None, "UTC"),
            status=EventStatus.TENTATIVE if deadline.is_tentative else EventStatus.CONFIRMED,
            is_transparent=True,
        )
    )


def _limit(kind: str, day: date, promise: Promise, terms: Terms) -> Deadline:
    language, duty = terms.language, promise.duty
    why = "; ".join(say(reason, language) for reason in duty.reasons)
    counted_from = datetime.combine(duty.last_held or promise.in_force_from, time(), UTC)
    about = f"{promise.partnership}/{duty.obligation}/{kind}/{day}"
    summary = say(wording.LIMITS[kind], language).replace("{title}", say(promise.title, language))
    basis = promise.sought_basis if kind == SAVE_THE_DATE else promise.cadence_basis
    return Deadline(
        uid=sha256(about.encode()).hexdigest()[:UID_LENGTH],
        day=day,
        summary=wording.with_basis(summary, basis, language),
        description=wording.line("why", why, language) if terms.tier is Tier.FULL else "",
        page="",
        stamp=promise.changed_at,
        created=counted_from,
        sequence=0,
        related_to=(),
        is_tentative=False,
    )


def _step(step: Step, setting: Setting | None, audience: str, round_: Round, terms: Terms) -> Deadline:
    language, is_full = terms.language, terms.tier is Tier.FULL
    return Deadline(
        uid=f"{round_.uid}-{step.milestone.key}",
        day=step.day,
        summary=title(round_, language, f"{say(step.milestone.title, language)}: {{title}}"),
        description="\n".join(_about_step(step, setting, audience, round_, language)) if is_full else "",
        page=round_.page if is_full else "",
        stamp=round_.changed_at,
        created=round_.created_at,
        sequence=round_.sequence,
        related_to=(round_.uid,),
        is_tentative=round_.state in {State.PLANNED, State.OFFERED},
    )


def _about_step(
    step: Step, setting: Setting | None, audience: str, round_: Round, language: str
) -> list[str]:
    lead_time = wording.lead_time_words(step.weeks, language)
    told = say(wording.AUDIENCES[audience], language) if audience in wording.AUDIENCES else audience
    return [
        wording.line("audience", told, language),
        wording.line("round", write_day(round_.slot.first_day, language), language),
        wording.line("lead_time", wording.with_basis(lead_time, basis_of(setting), language), language),
        wording.line("page", round_.page, language),
    ]
