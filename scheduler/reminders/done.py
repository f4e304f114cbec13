"""Which steps of a round a side has done already, as far as its doing is on record elsewhere: then there is silence.

Pure. A save-the-date needs no rule of its own: once both sides hold the date, or a side has answered every option,
nobody is asked any more.

- The invitation is sent once somebody pressed send for the day on which the round stands. A round that is moved is to
  be sent anew; a change of room or languages waits for whoever edits it, without a reminder.
- The delegation list of a guest is done once it is released to the host, who lets people into the building. A side
  that hosts, or meets the other online or elsewhere, has nobody to release it to: its list is done once everybody at
  the table is confirmed for the day. Names that only the programme gives are no list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.reminders import reasons
from scheduler.reminders.milestones import STEP_WORDS
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record of preparing a round.

    ``sent_for`` is its first day as it stood when somebody last pressed send, at ``sent_at``, and the round was not
    called off since. ``released_at`` is when the side released its list; ``confirmed`` tells of everybody at its table
    whether they are confirmed for the day, none of them while it keeps no list.
    """

    first_day: date
    sent_for: date | None
    sent_at: datetime | None
    is_guest: bool
    released_at: datetime | None
    confirmed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A step that is done, what it is called, and how it is known."""

    step: str
    title: Words
    because: Words


def done(record: OnRecord) -> Iterator[Done]:
    """Yield the steps of a round that are done."""
    if record.sent_at and record.sent_for == record.first_day:
        yield _done("invitation", reasons.invited(record.sent_at.date()))
    if record.released_at:
        yield _done("delegations", reasons.released(record.released_at.date()))
    elif not record.is_guest and record.confirmed and all(record.confirmed):
        yield _done("delegations", reasons.CONFIRMED)


def _done(step: str, because: Words) -> Done:
    return Done(step, STEP_WORDS[step], because)
