"""What stands for one side: the facts that reminders follow from, gathered with that side's eyes and no others.

A round that the other side only planned does not exist here, so no letter and no line of a preview can come
of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.dates.closed_days import ClosedDay, ClosedDays, public_holidays
from scheduler.db.work import Work
from scheduler.meetings.queries import MeetingFacts, Owed, meetings, owed
from scheduler.meetings.rules import State
from scheduler.obligations.lead_times import LEVEL_COLUMNS
from scheduler.obligations.queries import ObligationFacts
from scheduler.outbox.queries import letters
from scheduler.outbox.rules import LetterState
from scheduler.partnerships.queries import (
    PartnershipFacts,
    closed_days,
    offices,
    partnership,
    partnerships,
    posts,
)
from scheduler.reminders.recipients import Side, recipients
from scheduler.reminders.rules import (
    SECRETARIAT,
    Bundle,
    DateWanted,
    Deadline,
    Recipient,
    Reminder,
    Round,
    WorkingHours,
    bundles,
    date_wanted,
    is_expected,
    reminders,
    steps,
)
from scheduler.reminders.tables import GivenReminder

LOOKS_BACK = timedelta(days=92)
"""How old a round may be whose last steps are still of interest."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a reminder is about: a round with a date, or an obligation that wants one."""

    subject: str
    duties: tuple[ObligationFacts, ...]
    meeting: MeetingFacts | None
    wanted: DateWanted | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything a side will be reminded of in one partnership, if nothing changes; ``matters`` by subject.

    ``once_agreed`` are the reminders to come of rounds whose date both sides do not hold yet: they will be given if it
    is agreed as it stands.
    """

    partnership: PartnershipFacts
    side: Side
    matters: dict[str, Matter]
    reminders: tuple[Reminder, ...]
    once_agreed: tuple[Reminder, ...]

    @property
    def bundles(self) -> tuple[Bundle, ...]:
        """Return what is still to be given, letter by letter, the next one first."""
        return bundles(self.reminders)


def outlooks(work: Work) -> tuple[Outlook, ...]:
    """Return the outlook of the acting side in each partnership that it is a party to."""
    return tuple(outlook(work, facts.key) for facts in partnerships(work))


def outlook(work: Work, partnership_key: str) -> Outlook:
    """Return the outlook of the acting side in one partnership, seen at ``work.now``."""
    facts = partnership(work, partnership_key)
    own = facts.party(work.actor.side)
    today = work.now.astimezone(ZoneInfo(own.zone)).date()
    side = Side(
        own.key,
        tuple(office for office in offices(work, facts.key) if office.party == own.key),
        tuple(post for post in posts(work, facts.key) if post.party == own.key),
    )
    standing = owed(work, facts.key, today)
    rounds = meetings(work, facts.key, first=today - LOOKS_BACK)
    matters = {matter.subject: matter for matter in _matters(facts.key, standing, rounds, today)}
    deadlines = [entry for matter in matters.values() for entry in _deadlines(side, matter)]
    supposed = [entry for matter in matters.values() for entry in _deadlines_once_agreed(side, matter)]
    hours = _working_hours(work, facts, [entry.day for entry in (*deadlines, *supposed)], today)
    given = set(work.session.scalars(select(GivenReminder.key).where(GivenReminder.partnership == facts.key)))
    to_come = (entry for entry in reminders(supposed, hours, (), work.now) if entry.send_at > work.now)
    return Outlook(facts, side, matters, reminders(deadlines, hours, given, work.now), tuple(to_come))


def is_anything_to_do(work: Work) -> bool:
    """Tell whether the acting side has a letter to write now, or one to take back."""
    return any(
        groundless(work, entry) or any(bundle.send_at <= work.now for bundle in entry.bundles)
        for entry in outlooks(work)
    )


def groundless(work: Work, outlook: Outlook) -> tuple[str, ...]:
    """Return the keys of letters that wait to be sent although nothing they say stands any longer."""
    waiting = [entry.key for entry in letters(work, outlook.partnership.key, states=(LetterState.QUEUED,))]
    standing = {entry.key for entry in outlook.reminders}
    carried = work.session.execute(
        select(GivenReminder.letter, GivenReminder.key).where(GivenReminder.letter.in_(waiting))
    ).all()
    grounded = {letter for letter, key in carried if key in standing}
    return tuple(sorted({letter for letter, _ in carried if letter} - grounded))


def _matters(
    partnership_key: str, standing: Iterable[Owed], rounds: Iterable[MeetingFacts], today: date
) -> Iterator[Matter]:
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
            wanted = DateWanted(subject, duty.due, duty.save_the_date, duty.reasons)
            yield Matter(subject, (obligation,), None, wanted)


def _deadlines(side: Side, matter: Matter) -> Iterator[Deadline]:
    round_ = _round(side, matter)
    if round_:
        yield from steps(round_, _recipients(side, matter))
    elif matter.wanted:
        yield from date_wanted(matter.wanted, _recipients(side, matter)[SECRETARIAT])


def _deadlines_once_agreed(side: Side, matter: Matter) -> Iterator[Deadline]:
    round_ = _round(side, matter)
    if round_ and round_.state in {State.PLANNED, State.OFFERED}:
        yield from steps(replace(round_, state=State.AGREED), _recipients(side, matter))


def _recipients(side: Side, matter: Matter) -> dict[str, tuple[Recipient, ...]]:
    meeting = matter.meeting
    if meeting is None:
        return recipients(side, matter.duties, None)
    return recipients(side, matter.duties, meeting.host, str(meeting.basis.get("host", "stated")))


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
    )


def _working_hours(work: Work, facts: PartnershipFacts, days: list[date], today: date) -> WorkingHours:
    own = facts.party(work.actor.side)
    # Working days are looked for up to a year away: from today onwards, and from each deadline backwards.
    first, last = min([today, *days]) - timedelta(days=366), max([today, *days]) + timedelta(days=366)
    public = _public_holidays(
        own.key, own.holiday_country, own.holiday_subdivision, first.year, last.year, facts.languages
    )
    table = ClosedDays(public, closed_days(work, facts.key, first, last))
    return WorkingHours(
        own.zone,
        time.fromisoformat(own.office_from),
        time.fromisoformat(own.office_until),
        lambda day, office: table.why_closed(own.key, day, offices=(office,)),
    )


@cache
def _public_holidays(
    party: str, country: str, subdivision: str | None, first: int, last: int, languages: tuple[str, ...]
) -> tuple[ClosedDay, ...]:
    """Return holidays worked out once for each process: they follow from their arguments, and every tick asks."""
    return public_holidays(party, country, subdivision, range(first, last + 1), languages)
