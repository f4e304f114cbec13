"""What follows a reminder: it comes again where somebody asked for that, and others hear when its day was missed. Pure.

A step is missed when its post was reminded, its day went by, and nobody said that it is in hand. Then the secretariat
is told, and after it the head of the department: each once, some working days after the day that was missed, while it
is still worth saying. Where the secretariat itself was reminded, only the head is left. A reminder that came late, or
was put off, moves that day: nobody is reported for what they could not know.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from scheduler.reminders import reasons
from scheduler.reminders.answers import NOTHING_SAID, Said
from scheduler.reminders.milestones import TO_HEAD, TO_SECRETARIAT, WORKING_DAYS, Settings
from scheduler.reminders.rules import Deadline, Recipient, Reminder, WorkingHours
from scheduler.words import Words

AGAIN = "again"
ESCALATION = "escalation"


@dataclass(frozen=True, slots=True)
class Ladder:
    """How a side escalates: who is told of a missed deadline at a rung, what a post is called, after how many days."""

    chain: Callable[[Deadline, str], tuple[Recipient, ...]]
    title: Callable[[str], Words]
    settings: Settings
    hours: WorkingHours


def is_escalation(deadline: Deadline) -> bool:
    """Tell whether this tells somebody what somebody else has missed."""
    return deadline.kind.startswith(ESCALATION)


def repeated(
    deadlines: Iterable[Deadline], told: Collection[str], said: Mapping[str, Said]
) -> Iterator[Deadline]:
    """Yield what was put off and comes again on the day that was asked for."""
    for entry in deadlines:
        until = said.get(entry.key, NOTHING_SAID).until
        if until and entry.key in told and not said[entry.key].in_hand:
            yield replace(
                entry,
                kind=f"{AGAIN}-{until}",
                follows=entry.key,
                day=until,
                because=(reasons.again(until), *entry.because),
            )


def escalated(
    deadlines: Iterable[Deadline],
    told: Mapping[str, date],
    said: Mapping[str, Said],
    ladder: Ladder,
) -> Iterator[Deadline]:
    """Yield who is to be told of what is missed, or will be if nobody says that it is in hand.

    ``told`` gives the day on which each reminder was given, or is to be.
    """
    for entry in deadlines:
        answer = said.get(entry.key, NOTHING_SAID)
        if entry.key not in told or answer.in_hand:
            continue
        missed = max(entry.lapses, told[entry.key], answer.until or entry.lapses)
        for rung in WORKING_DAYS:
            days = ladder.settings.amount(rung, entry.level, entry.obligations, entry.recipient.post)
            if days.value is None:
                continue
            why = (
                reasons.missed(ladder.title(entry.recipient.post), missed),
                reasons.escalated(days.value, days.origin),
            )
            for recipient in ladder.chain(entry, rung):
                day = ladder.hours.working_days_after(missed, days.value, recipient.office)
                if entry.until is None or day <= entry.until:
                    yield replace(
                        entry,
                        kind=f"{ESCALATION}-{rung.rpartition('_')[2]}/{entry.recipient.post}",
                        follows=entry.key,
                        day=day,
                        recipient=recipient,
                        because=why,
                    )


def rungs(
    missed: Deadline, secretariat: tuple[Recipient, ...], heads: tuple[Recipient, ...], rung: str
) -> tuple[Recipient, ...]:
    """Return who is told at a rung: nobody who was reminded already, and nobody twice."""
    keepers = {recipient.post for recipient in secretariat}
    if rung == TO_SECRETARIAT:
        return () if missed.recipient.post in keepers else secretariat
    if rung == TO_HEAD:
        return tuple(entry for entry in heads if entry.post not in keepers | {missed.recipient.post})
    return ()


def moments(
    deadlines: Iterable[Deadline], hours: WorkingHours, given: Collection[str], now: datetime
) -> tuple[Reminder, ...]:
    """Return what follows as reminders, each at the opening of its office; none supersedes another."""
    found = []
    for entry in deadlines:
        day = hours.first_working_day(entry.day, entry.recipient.office)
        opening = hours.opening(day)
        send_at = opening if opening > now else hours.next_moment(now, entry.recipient.office)
        told_on = hours.day_of(send_at)
        if entry.until is None or told_on <= entry.until:
            found.append(Reminder(entry, send_at, told_on, entry.because, (), (), entry.key in given))
    return tuple(found)
