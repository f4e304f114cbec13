"""What reminders are about: rounds with a date and obligations that want one, and what they ask of one side. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from scheduler.meetings.queries import MeetingFacts, Owed
from scheduler.meetings.rules import State
from scheduler.obligations.lead_times import LEVEL_COLUMNS, SAVE_THE_DATE
from scheduler.obligations.queries import ObligationFacts
from scheduler.reminders import reasons
from scheduler.reminders.agenda import AgendaDeadline, agenda_steps, stated
from scheduler.reminders.done import Done
from scheduler.reminders.following import rungs
from scheduler.reminders.milestones import BY_KEY, TO_HEAD, Settings
from scheduler.reminders.recipients import Side, addressed, heads, named, recipients
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
    """What the matters of a side ask of its posts, by its own settings.

    ``agenda`` is what agendas want, by the meeting's UID; ``on_record`` the steps whose doing is on record elsewhere.
    """

    partnership: str
    side: Side
    matters: dict[str, Matter]
    settings: Settings
    agenda: Mapping[str, tuple[AgendaDeadline, ...]] = field(default_factory=dict)
    on_record: Mapping[str, tuple[Done, ...]] = field(default_factory=dict)
    _found: dict[tuple[str, str], dict[str, tuple[Recipient, ...]]] = field(default_factory=dict, init=False)

    def deadlines(self) -> list[Deadline]:
        """Return what stands."""
        return [entry for matter in self.matters.values() for entry in self._of(matter)]

    def once_agreed(self) -> list[Deadline]:
        """Return what will stand for rounds whose date both sides do not hold yet, if it is agreed as it stands."""
        found: list[Deadline] = []
        for matter in self.matters.values():
            round_ = _round(self.side, matter)
            if round_ and round_.state in {State.PLANNED, State.OFFERED}:
                found += self._of_round(matter, replace(round_, state=State.AGREED))
        return found

    def done(self, subject: str) -> tuple[Done, ...]:
        """Return the steps of a matter that are done: what an agenda states it alone decides."""
        by_agenda: dict[str, list[AgendaDeadline]] = defaultdict(list)
        for entry in self.agenda.get(subject, ()):
            by_agenda[entry.step or entry.key].append(entry)
        recorded = (entry for entry in self.on_record.get(subject, ()) if entry.step not in by_agenda)
        return (
            *recorded,
            *(
                Done(
                    step,
                    entries[0].title,
                    next((why for entry in entries for why in entry.because), reasons.ON_AGENDA),
                )
                for step, entries in by_agenda.items()
                if all(entry.done for entry in entries)
            ),
        )

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
        return self.side.post[post].title

    def _of(self, matter: Matter) -> Iterator[Deadline]:
        round_ = _round(self.side, matter)
        if round_:
            yield from self._of_round(matter, round_)
        elif matter.wanted:
            wanted = matter.wanted
            audience = self.settings.audience(SAVE_THE_DATE, wanted.level, wanted.obligations).name
            yield from date_wanted(
                wanted, self._recipients(matter, wanted.level).get(audience, ()), self.settings
            )

    def _of_round(self, matter: Matter, round_: Round) -> Iterator[Deadline]:
        found = self._recipients(matter, round_.level)
        wanted = self.agenda.get(matter.subject, ())
        settled = stated(wanted) | {entry.step for entry in self.on_record.get(matter.subject, ())}
        yield from steps(round_, found, self.settings, settled)

        def told(audience: tuple[str, ...]) -> tuple[Recipient, ...]:
            known = [entry for name in audience for entry in found.get(name, ())]
            return (*known, *addressed(self.side, audience, reasons.NAMED_BY_AGENDA))

        yield from agenda_steps(round_, wanted, told, self.settings)

    def _recipients(self, matter: Matter, level: str) -> dict[str, tuple[Recipient, ...]]:
        """Return who is told of a matter, by audience: worked out once, although every step and escalation asks."""
        own = (matter.subject, level)
        if own not in self._found:
            self._found[own] = self._find_recipients(matter, level)
        return self._found[own]

    def _find_recipients(self, matter: Matter, level: str) -> dict[str, tuple[Recipient, ...]]:
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
