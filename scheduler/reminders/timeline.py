"""The reminders of one side as a timeline: by round or obligation, what was given, with its fate, and what comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.db.work import Work
from scheduler.meetings.queries import MeetingFacts
from scheduler.reminders.following import is_escalation
from scheduler.reminders.milestones import step_words
from scheduler.reminders.queries import GivenFacts, Outlook, ledger, title_of
from scheduler.reminders.rules import Reminder
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder at its moment (in UTC). ``given`` is its entry in the ledger; ``None`` for one to come.

    ``if_missed`` and ``once_agreed`` mark what goes only if a step is missed, or a date agreed.
    """

    at: datetime
    post: str
    step: Words
    by: date | None
    because: tuple[Words, ...]
    given: GivenFacts | None
    if_missed: bool = False
    once_agreed: bool = False
    is_digest: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """All reminders about one round or obligation, in their order; ``meeting`` and ``obligation`` while it stands.

    ``done`` are the steps of which nobody is told because they are done, each with how that is known.
    """

    subject: str
    title: Words
    meeting: MeetingFacts | None
    obligation: str | None
    lines: tuple[Line, ...]
    done: tuple[tuple[Words, Words], ...]

    @property
    def next_at(self) -> datetime | None:
        """Return when somebody is told next."""
        return next((line.at for line in self.lines if line.given is None), None)


def tracks(work: Work, view: Outlook, post: str = "") -> tuple[Track, ...]:
    """Return the tracks of an outlook, the next first and what is over last; of one post alone if it is named."""
    lines: dict[str, list[Line]] = {}
    for subject, line in (*_given(work, view), *_ahead(view)):
        if post in {"", line.post}:
            lines.setdefault(subject, []).append(line)
    found = [_track(work, view, subject, entries) for subject, entries in lines.items()]
    last = max((line.at for track in found for line in track.lines), default=work.now)
    return tuple(
        sorted(found, key=lambda track: (track.next_at is None, track.next_at or last, track.subject))
    )


def _given(work: Work, view: Outlook) -> Iterator[tuple[str, Line]]:
    standing = {entry.key: entry for entry in view.reminders}
    for entry in ledger(work, view.partnership.key):
        reminder = standing.get(entry.key)
        yield (
            entry.subject,
            Line(
                at=entry.given_at,
                post=entry.post,
                step=reminder.deadline.title if reminder else step_words(entry.step),
                by=entry.day if entry.kind == "reminder" else None,
                because=reminder.because if reminder else (),
                given=entry,
                if_missed=entry.kind == "escalation",
            ),
        )


def _ahead(view: Outlook) -> Iterator[tuple[str, Line]]:
    for entry in view.reminders:
        if not entry.is_given:
            yield entry.deadline.subject, _line(entry, once_agreed=False)
    for entry in view.once_agreed:
        yield entry.deadline.subject, _line(entry, once_agreed=True)


def _line(entry: Reminder, *, once_agreed: bool) -> Line:
    return Line(
        at=entry.send_at,
        post=entry.deadline.recipient.post,
        step=entry.deadline.title,
        by=None if entry.deadline.follows else entry.deadline.day,
        because=(*entry.because, *entry.deadline.recipient.because),
        given=None,
        if_missed=is_escalation(entry.deadline),
        once_agreed=once_agreed,
        is_digest=entry.digest is not None,
    )


def _track(work: Work, view: Outlook, subject: str, lines: list[Line]) -> Track:
    matter = view.matters.get(subject)
    return Track(
        subject=subject,
        title=matter.duties[0].title if matter else title_of(work, subject),
        meeting=matter.meeting if matter else None,
        obligation=matter.duties[0].key if matter and matter.meeting is None else None,
        lines=tuple(sorted(lines, key=lambda line: (line.at, line.post))),
        done=tuple((entry.title, entry.because) for entry in view.done.get(subject, ())),
    )
