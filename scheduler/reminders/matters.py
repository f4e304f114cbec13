"""What reminders are about: rounds with a date and obligations that want one, and what they ask of one side. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from scheduler.meetings.queries import MeetingFacts, Owed
from scheduler.meetings.rules import State
from scheduler.obligations.lead_times import LEVEL_COLUMNS, SAVE_THE_DATE
from scheduler.obligations.queries import ObligationFacts
from scheduler.reminders import reasons
from scheduler.reminders.following import rungs
from scheduler.reminders.milestones import BY_KEY, TO_HEAD, Settings
from scheduler.reminders.recipients import Side, heads, named, recipients
from scheduler.reminders.rules import (
    SECRETARIAT,
    DateWanted,
    Deadline,
    Recipient,
    Round,
    date_wanted,
    is_expected,
    steps,
)
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class Matter:
    """What a reminder is about: a round with a date, or an obligation that wants one."""

    subject: str
    duties: tuple[ObligationFacts, ...]
    meeting: MeetingFacts | None
    wanted: DateWanted | None

    @property
    def obligations(self) -> tuple[str, ...]:
        """Return the keys of the obligations that this is about."""
        return tuple(duty.key for duty in self.duties)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the matters of a side ask of its posts, by its own settings."""

    partnership: str
    side: Side
    matters: dict[str, Matter]
    settings: Settings

    def deadlines(self) -> list[Deadline]:
        """Return what stands."""
        return [entry for matter in self.matters.values() for entry in self._of(matter)]

    def once_agreed(self) -> list[Deadline]:
        """Return what will stand for rounds whose date both sides do not hold yet, if it is agreed as it stands."""
        found: list[Deadline] = []
        for matter in self.matters.values():
            round_ = _round(self.side, matter)
            if round_ and round_.state in {State.PLANNED, State.OFFERED}:
                found += steps(
                    replace(round_, state=State.AGREED), self._recipients(matter, round_.level), self.settings
                )
        return found

    def chain(self, missed: Deadline, rung: str) -> tuple[Recipient, ...]:
        """Return who of the side is told at a rung when a deadline is missed."""
        matter = self.matters[missed.subject]
        chosen = self.settings.audience(TO_HEAD, missed.level, missed.obligations)
        found = (
            named(self.side, chosen.name, reasons.chosen_post(chosen.origin))
            if chosen.origin
            else heads(self.side, missed.recipient.office)
        )
        return rungs(missed, self._recipients(matter, missed.level)[SECRETARIAT], found, rung)

    def title(self, post: str) -> Words:
        """Return the title of a post of the side."""
        return next(entry.title for entry in self.side.posts if entry.reference == post)

    def _of(self, matter: Matter) -> Iterator[Deadline]:
        round_ = _round(self.side, matter)
        if round_:
            yield from steps(round_, self._recipients(matter, round_.level), self.settings)
        elif matter.wanted:
            wanted = matter.wanted
            audience = self.settings.audience(SAVE_THE_DATE, wanted.level, wanted.obligations).name
            yield from date_wanted(
                wanted, self._recipients(matter, wanted.level).get(audience, ()), self.settings
            )

    def _recipients(self, matter: Matter, level: str) -> dict[str, tuple[Recipient, ...]]:
        meeting = matter.meeting
        found = (
            recipients(self.side, matter.duties, meeting.host, str(meeting.basis.get("host", "stated")))
            if meeting
            else recipients(self.side, matter.duties, None)
        )
        for step in BY_KEY if self.settings.posts_named() else ():
            chosen = self.settings.audience(step, level, matter.obligations)
            if chosen.origin and "/" in chosen.name:
                found[chosen.name] = named(self.side, chosen.name, reasons.chosen_post(chosen.origin))
        return found


def matters_of(
    partnership_key: str, standing: Iterable[Owed], rounds: Iterable[MeetingFacts], today: date
) -> Iterator[Matter]:
    """Yield the rounds, and the obligations that lack one."""
    promised = {entry.obligation.key: entry.obligation for entry in standing}
    for meeting in rounds:
        yield Matter(meeting.uid, tuple(promised[key] for key in meeting.duties), meeting, None)
    dated = {
        key
        for meeting in rounds
        if meeting.slot and is_expected(meeting.state, meeting.slot.last_day, today)
        for key in meeting.duties
    }
    for entry in standing:
        obligation, duty = entry.obligation, entry.duty
        is_dated = duty.agreed_for or not dated.isdisjoint((obligation.key, *obligation.covers()))
        if duty.due and duty.save_the_date and not is_dated:
            subject = f"{partnership_key}/{obligation.key}"
            wanted = DateWanted(
                subject,
                duty.due,
                duty.save_the_date,
                duty.reasons,
                obligation.effective_level,
                (obligation.key,),
            )
            yield Matter(subject, (obligation,), None, wanted)


def _round(side: Side, matter: Matter) -> Round | None:
    meeting = matter.meeting
    if meeting is None or meeting.slot is None:
        return None
    return Round(
        uid=meeting.uid,
        sequence=meeting.sequence,
        state=State(meeting.state),
        level=meeting.level if meeting.level in LEVEL_COLUMNS else matter.duties[0].effective_level,
        first_day=meeting.slot.first_day,
        last_day=meeting.slot.last_day,
        consented=not meeting.awaits(side.party),
        obligations=matter.obligations,
    )
