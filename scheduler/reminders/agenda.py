"""What an agenda wants of the posts of one side by a day: the values that come in, and what is asked for them. Pure.

Which agendas there are, and what of them is done, is known elsewhere: whoever keeps agendas states it for the acting
side, at each tick anew, with what that side may see. What states a milestone stands in its place, so that nobody hears
of one thing twice and silence follows when it is done.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.meetings.rules import State
from scheduler.meetings.steps import step_of
from scheduler.reminders import reasons
from scheduler.reminders.milestones import BY_KEY, Amount, Settings
from scheduler.reminders.rules import GRACE, ONE_DAY, Deadline, Recipient, Round
from scheduler.words import Words

_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class AgendaDeadline:
    """Something that the agenda of a round wants by a day.

    ``key`` names it within its meeting (the UID) for good: small letters, digits, ``-``, ``_`` and ``.``, at most 40.
    What is wanted by another day is told anew only under another key, or once the round has moved. ``step`` is the
    milestone that it is the doing of, empty where it is none. ``day`` is a date where the acting side works; ``None``
    leaves it to the milestone, and what a side has set for a milestone of its own holds in any case. ``audience`` names
    posts (``uk/desk``), offices or audiences, of which those of the acting side are told; empty means whom the
    milestone tells. ``title`` says what is owed; ``because`` in sentences why, or how it is known to be done. Raises
    ``ValueError`` for what can never be told.
    """

    key: str
    meeting: str
    step: str
    day: date | None
    audience: tuple[str, ...]
    title: Words
    done: bool
    because: tuple[Words, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what a provider can only have meant otherwise."""
        if not _KEY.fullmatch(self.key) or (not self.step and self.key in BY_KEY):
            raise ValueError(f"{self.key!r} is no key of its own for a deadline of an agenda")
        if self.step and self.step not in BY_KEY:
            raise ValueError(f"{self.step!r} is no milestone; one of {', '.join(BY_KEY)}")
        if not self.step and not (self.day and self.audience):
            raise ValueError(f"{self.key!r} is no milestone, so it needs a day and an audience")


def stated(of_round: Iterable[AgendaDeadline]) -> frozenset[str]:
    """Return the milestones that agendas state, done or not: they alone decide on these."""
    return frozenset(entry.step for entry in of_round if entry.step)


def agenda_steps(
    round_: Round,
    of_round: Collection[AgendaDeadline],
    recipients: Callable[[tuple[str, ...]], tuple[Recipient, ...]],
    settings: Settings,
) -> Iterator[Deadline]:
    """Yield what the agenda of a round asks of posts; of several deadlines for one step of a post the first counts."""
    found: dict[str, Deadline] = {}
    for entry in of_round:
        if entry.done:
            continue
        own = settings.audience(entry.step, round_.level, round_.obligations)
        is_own = not entry.audience or own.origin is not None
        for recipient in recipients((own.name,) if is_own else entry.audience):
            deadline = _asked(entry, round_, recipient, settings)
            if deadline and not (deadline.key in found and found[deadline.key].day <= deadline.day):
                found[deadline.key] = deadline
    yield from found.values()


def _asked(entry: AgendaDeadline, round_: Round, recipient: Recipient, settings: Settings) -> Deadline | None:
    weeks = Amount(None, None)
    if entry.step:
        weeks = settings.amount(entry.step, round_.level, round_.obligations, recipient.post)
    day, because = _when(entry, round_, weeks)
    if day is None or not _is_asked(round_, day):
        return None
    return Deadline(
        subject=round_.uid,
        step=entry.step or entry.key,
        edition=str(round_.sequence),
        title=entry.title,
        day=day,
        until=round_.first_day - ONE_DAY if day < round_.first_day else day + GRACE,
        recipient=recipient,
        because=because,
        lapses=day,
        level=round_.level,
        obligations=round_.obligations,
    )


def _when(entry: AgendaDeadline, round_: Round, weeks: Amount) -> tuple[date | None, tuple[Words, ...]]:
    """Return the day of a deadline and why it is that: by the side's own setting, by the agenda, by the default."""
    if weeks.origin is None and entry.day:
        return entry.day, entry.because or (reasons.OF_AGENDA,)
    if weeks.value is None:
        return None, ()
    step = step_of(BY_KEY[entry.step], weeks.value, round_.first_day, round_.last_day)
    return step.day, (*entry.because, reasons.lead_time(weeks.value, round_.level, weeks.origin))


def _is_asked(round_: Round, day: date) -> bool:
    """Tell whether the state of the round lets an agenda ask: no date that only one side holds is prepared."""
    return round_.state is State.AGREED or (round_.state is State.HELD and day >= round_.first_day)
