"""What is owed, arranged for reading: counted by colour, the pressing first, and what the next days bring."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from scheduler.meetings.queries import MeetingFacts, Owed
from scheduler.meetings.rules import COMING, State
from scheduler.obligations.lead_times import SAVE_THE_DATE, Milestone
from scheduler.obligations.rules import Colour
from scheduler.reminders.milestones import Setting, Settings, own_steps
from scheduler.sources.queries import DatedEventFacts
from scheduler.words import Words

LOOK_AHEAD = timedelta(days=90)
PRESSING = (Colour.RED, Colour.AMBER)
COLOURS = (*PRESSING, Colour.GREEN, Colour.NONE)
ORDER = ("agreed", "offered", "planned", "red_after", "due", "save_the_date", "milestone", "event")
"""What stands first on one day."""

ON_THE_DAY = (0, 0, 0)
EXACT_DAY = 10
"""Length of a date that is known to the day."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something that a day of the near future brings: a round, a limit, a step of preparation or a dated event.

    ``kind`` is a state of a meeting, or ``due``, ``save_the_date``, ``red_after``, ``milestone`` or ``event``.
    """

    day: date
    kind: str
    title: Words
    obligation: str | None = None
    meeting: MeetingFacts | None = None
    step: Milestone | None = None


def count_colours(owed: Iterable[Owed]) -> Mapping[Colour, int]:
    """Return how many obligations stand in each colour."""
    counted = Counter(entry.duty.colour for entry in owed)
    return {colour: counted[colour] for colour in COLOURS}


def pressing(owed: Iterable[Owed]) -> tuple[Owed, ...]:
    """Return what is red, then what is amber, each by the day it turns worse."""
    chosen = [entry for entry in owed if entry.duty.colour in PRESSING]
    return tuple(
        sorted(
            chosen,
            key=lambda entry: (
                PRESSING.index(entry.duty.colour),
                entry.duty.red_after or entry.duty.due or date.max,
            ),
        )
    )


def coming(
    owed: Iterable[Owed],
    meetings: Iterable[MeetingFacts],
    events: Iterable[DatedEventFacts],
    today: date,
    settings: Settings,
) -> tuple[Ahead, ...]:
    """Return what the next 90 days bring, by day; ``settings`` are those of the reader's side."""
    found = [entry for part in owed for entry in _limits(part)]
    for meeting in meetings:
        found += _round(meeting, settings)
    for event in events:
        if event.date and len(event.date) == EXACT_DAY:
            found.append(Ahead(date.fromisoformat(event.date), "event", event.title))
    soon = [entry for entry in found if today <= entry.day <= today + LOOK_AHEAD]
    return tuple(sorted(soon, key=lambda entry: (entry.day, ORDER.index(entry.kind))))


def by_day_and_kind(ahead: Iterable[Ahead]) -> tuple[tuple[date, str, tuple[Ahead, ...]], ...]:
    """Return what is ahead with what is alike on one day taken together: five limits on 31 December are one line."""
    groups = groupby(ahead, key=lambda entry: (entry.day, entry.kind, entry.step))
    return tuple((day, kind, tuple(entries)) for (day, kind, _), entries in groups)


def steps(meeting: MeetingFacts, settings: Settings) -> tuple[tuple[date, Milestone, Setting | None], ...]:
    """Return the milestones of a meeting with their days, before any shift to a working day.

    They are those of the reader's side: with each comes what the side has set in the place of the default, if it has.
    """
    if meeting.day is None:
        return ()
    last_day = meeting.slot.last_day if meeting.slot else meeting.day
    found = own_steps(settings, meeting.level, meeting.duties, meeting.day, last_day)
    return tuple((step.day, step.milestone, setting) for step, setting in found)


def _limits(entry: Owed) -> list[Ahead]:
    duty = entry.duty
    if duty.agreed_for and duty.colour is Colour.GREEN:
        return []
    sought = (
        None if entry.next_meeting else duty.save_the_date
    )  # a round on the calendar has that step of its own
    days = (("save_the_date", sought), ("due", duty.due), ("red_after", duty.red_after))
    return [Ahead(day, kind, entry.obligation.title, entry.obligation.key) for kind, day in days if day]


def _round(meeting: MeetingFacts, settings: Settings) -> list[Ahead]:
    """Return a round and its steps: until both sides hold its date, only the one that seeks the date."""
    if meeting.day is None or meeting.state not in COMING:
        return []
    own = Ahead(meeting.day, meeting.state, meeting.title, meeting.obligation, meeting)
    return [own] + [
        Ahead(day, "milestone", meeting.title, meeting.obligation, meeting, step)
        for day, step, _ in steps(meeting, settings)
        if step.weeks != ON_THE_DAY and (step.key == SAVE_THE_DATE) is not (meeting.state is State.AGREED)
    ]
