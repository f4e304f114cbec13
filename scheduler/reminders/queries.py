"""What stands for one side: the facts that reminders follow from, gathered with that side's eyes and no others.

A round that the other side only planned does not exist here, so no letter and no line of a preview can come
of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.dates.closed_days import ClosedDay, ClosedDays, public_holidays
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.invitations.queries import Invitation, invitations_to
from scheduler.invitations.rules import AT_THE_TABLE, latest_invitation
from scheduler.meetings.queries import MeetingFacts, meeting, meetings, owed
from scheduler.meetings.rules import State
from scheduler.obligations.queries import obligation
from scheduler.outbox.queries import letters
from scheduler.outbox.rules import LetterState
from scheduler.partnerships.queries import (
    PartnershipFacts,
    PostFacts,
    closed_days,
    offices,
    partnership,
    partnerships,
    posts,
)
from scheduler.reminders.agenda import AgendaDeadline
from scheduler.reminders.answers import NOTHING_SAID, Answer, Said, said
from scheduler.reminders.digests import DIGEST, Digest, gathered
from scheduler.reminders.done import Done, OnRecord, done
from scheduler.reminders.following import Ladder, escalated, moments, repeated
from scheduler.reminders.matters import Asked, Matter, matters_of
from scheduler.reminders.milestones import Setting, Settings
from scheduler.reminders.recipients import Side
from scheduler.reminders.rules import (
    Bundle,
    Deadline,
    Reminder,
    WorkingHours,
    bundles,
    reminders,
)
from scheduler.reminders.tables import (
    GivenReminder,
    ReminderAnswer,
    ReminderDigest,
    ReminderLink,
    ReminderSetting,
)
from scheduler.tokens import digest
from scheduler.words import Words

LOOKS_BACK = timedelta(days=92)
"""How old a round may be whose last steps are still of interest."""

AgendaDeadlines = Callable[[Work, str], tuple[AgendaDeadline, ...]]
"""What tells the deadlines of the agendas of a partnership, as the acting side may see them."""


def no_agendas(_work: Work, _partnership: str) -> tuple[AgendaDeadline, ...]:
    """Tell of no deadlines: for an installation without agendas."""
    return ()


@dataclass(frozen=True)
class Outlook:
    """Everything a side will be reminded of in one partnership, if nothing changes; ``matters`` by subject.

    ``asked`` are all steps that stand, told or not, by the key of their reminder; ``done`` those that nobody is told
    of because their doing is on record, by subject.

    ``once_agreed`` are the reminders to come of rounds whose date both sides do not hold yet: they will be given if it
    is agreed as it stands.
    """

    partnership: PartnershipFacts
    side: Side
    matters: dict[str, Matter]
    reminders: tuple[Reminder, ...]
    once_agreed: tuple[Reminder, ...]
    settings: Settings
    digests: Mapping[str, Digest]
    asked: Mapping[str, Deadline]
    done: Mapping[str, tuple[Done, ...]]

    @cached_property
    def bundles(self) -> tuple[Bundle, ...]:
        """Return what is still to be given, letter by letter, the next one first."""
        return bundles(self.reminders)

    @cached_property
    def keeper(self) -> PostFacts | None:
        """Return the post of the secretariat whom to ask for a change: one that is told itself, where one is."""
        keys = [office.key for office in self.side.secretariats]
        told = (entry.deadline.recipient for entry in self.reminders)
        kept = [self.side.post[entry.post] for entry in told if entry.office in keys]
        return next(iter(kept or (post for key in keys for post in self.side.posts_of(key))), None)

    def today(self, now: datetime) -> date:
        """Return the calendar day of an instant where the side works."""
        return now.astimezone(ZoneInfo(self.partnership.party(self.side.party).zone)).date()


def outlooks(work: Work, agendas: AgendaDeadlines) -> tuple[Outlook, ...]:
    """Return the outlook of the acting side in each partnership that it is a party to."""
    return tuple(outlook(work, facts.key, agendas) for facts in partnerships(work))


def outlook(work: Work, partnership_key: str, agendas: AgendaDeadlines) -> Outlook:
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
    matters = {matter.subject: matter for matter in matters_of(facts.key, standing, rounds, today)}
    settings = settings_of(work, facts.key)
    asked = Asked(
        facts.key,
        side,
        matters,
        settings,
        _by_meeting(agendas(work, facts.key)),
        _on_record(work, facts, rounds),
    )
    deadlines, supposed = asked.deadlines(), asked.once_agreed()
    hours = _working_hours(work, facts, [entry.day for entry in (*deadlines, *supposed)], today)
    given = _given(work, facts.key, hours)
    told = reminders(deadlines, hours, given, work.now)
    follow = _following(work, asked, deadlines, told, given, hours)
    wanted = {entry.post: entry for entry in digests_of(work, facts.key)}
    everything = gathered((*told, *follow), wanted, facts.key, hours, given, work.now)
    to_come = (entry for entry in reminders(supposed, hours, (), work.now) if entry.send_at > work.now)
    return Outlook(
        facts,
        side,
        matters,
        everything,
        tuple(to_come),
        settings,
        wanted,
        {entry.key: entry for entry in deadlines},
        {subject: found for subject in matters if (found := asked.done(subject))},
    )


def is_anything_to_do(work: Work, agendas: AgendaDeadlines) -> bool:
    """Tell whether the acting side has a letter to write now, or one to take back."""
    return any(
        groundless(work, entry) or any(bundle.send_at <= work.now for bundle in entry.bundles)
        for entry in outlooks(work, agendas)
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


def _by_meeting(found: Iterable[AgendaDeadline]) -> dict[str, tuple[AgendaDeadline, ...]]:
    together: dict[str, list[AgendaDeadline]] = defaultdict(list)
    for entry in found:
        together[entry.meeting].append(entry)
    return {uid: tuple(entries) for uid, entries in together.items()}


def _on_record(
    work: Work, facts: PartnershipFacts, rounds: Iterable[MeetingFacts]
) -> dict[str, tuple[Done, ...]]:
    """Return what of the rounds to prepare is on record as done."""
    prepared = tuple(entry for entry in rounds if entry.state is State.AGREED)
    return {
        entry.meeting.uid: tuple(done(_preparation(entry))) for entry in invitations_to(work, facts, prepared)
    }


def _preparation(found: Invitation) -> OnRecord:
    meeting_, shared = found.meeting, found.shared.get(found.side)
    sent = None if found.is_off else latest_invitation(found.sendings)
    parties = {party.key for party in found.partnership.parties}
    return OnRecord(
        first_day=meeting_.slot.first_day if meeting_.slot else date.max,
        sent_for=sent.slot.first_day if sent else None,
        sent_at=sent.at if sent else None,
        is_guest=meeting_.host in parties - {found.side},
        released_at=shared.released_at if shared else None,
        confirmed=tuple(
            entry.confirmed_for == meeting_.day
            for entry in found.delegates
            if found.is_own_list and entry.role in AT_THE_TABLE
        ),
    )


def _following(
    work: Work,
    asked: Asked,
    deadlines: list[Deadline],
    reminded: tuple[Reminder, ...],
    given: Mapping[str, date],
    hours: WorkingHours,
) -> tuple[Reminder, ...]:
    """Return what comes again, and what is told to others when nobody says that it is in hand."""
    answers = said_of(work, asked.partnership)
    told = {entry.key: entry.day for entry in reminded} | dict(given)
    ladder = Ladder(asked.chain, asked.title, asked.settings, hours)
    missed = escalated(deadlines, told, answers, ladder)
    return moments((*repeated(deadlines, given, answers), *missed), hours, given, work.now)


def _given(work: Work, partnership_key: str, hours: WorkingHours) -> dict[str, date]:
    rows = work.session.execute(
        select(GivenReminder.key, GivenReminder.given_at).where(GivenReminder.partnership == partnership_key)
    )
    return {key: hours.day_of(given_at) for key, given_at in rows}


def settings_of(work: Work, partnership_key: str) -> Settings:
    """Return what the acting side has set in a partnership."""
    rows = work.session.scalars(
        select(ReminderSetting)
        .where(ReminderSetting.partnership == partnership_key)
        .order_by(
            ReminderSetting.step, ReminderSetting.obligation, ReminderSetting.post, ReminderSetting.level
        )
    )
    return Settings(
        tuple(
            Setting(
                row.step,
                row.obligation,
                row.post,
                row.level,
                row.amount,
                row.is_off,
                row.audience,
                row.set_by,
                row.set_at,
            )
            for row in rows
        )
    )


def digests_of(work: Work, partnership_key: str) -> tuple[Digest, ...]:
    """Return which posts of the acting side want a digest."""
    rows = work.session.scalars(
        select(ReminderDigest)
        .where(ReminderDigest.partnership == partnership_key)
        .order_by(ReminderDigest.post)
    )
    return tuple(Digest(row.post, row.rhythm, row.weekday, row.set_by, row.set_at) for row in rows)


def said_of(work: Work, partnership_key: str) -> dict[str, Said]:
    """Return what was said to each reminder of the acting side."""
    rows = work.session.execute(
        select(ReminderAnswer.about, ReminderAnswer.until).where(
            ReminderAnswer.partnership == partnership_key
        )
    )
    return said(Answer(about, until) for about, until in rows)


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
        cache(lambda day, office: table.why_closed(own.key, day, offices=(office,))),
    )


@cache
def _public_holidays(
    party: str, country: str, subdivision: str | None, first: int, last: int, languages: tuple[str, ...]
) -> tuple[ClosedDay, ...]:
    """Return holidays worked out once for each process: they follow from their arguments, and every tick asks."""
    return public_holidays(party, country, subdivision, range(first, last + 1), languages)


@dataclass(frozen=True, slots=True)
class GivenFacts:
    """A reminder that was given, and its fate: that of its letter, and what was said to it.

    ``follows`` tells whether it repeats or escalates the reminder ``about``; ``day`` is that of the step.
    """

    key: str
    about: str
    subject: str
    step: str
    post: str
    day: date | None
    given_at: datetime
    letter: str | None
    state: LetterState | None
    error: str | None
    said: Said

    @property
    def kind(self) -> str:
        """Return ``reminder``, ``again``, ``escalation``."""
        return self.key.partition("/")[0].partition("-")[0]


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What the link in a letter is good for."""

    partnership: str
    letter: str
    post: str
    expires_at: datetime


def ledger(work: Work, partnership_key: str, letter: str | None = None) -> tuple[GivenFacts, ...]:
    """Return the reminders that the acting side was given, the newest first; of one letter alone if it is named."""
    query = (
        select(GivenReminder)
        .where(GivenReminder.partnership == partnership_key, GivenReminder.step != DIGEST)
        .order_by(GivenReminder.given_at.desc(), GivenReminder.id)
    )
    if letter:
        query = query.where(GivenReminder.letter == letter)
    fates = {entry.key: entry for entry in letters(work, partnership_key)}
    answers = said_of(work, partnership_key)
    return tuple(
        GivenFacts(
            key=row.key,
            about=row.about,
            subject=row.subject,
            step=row.step,
            post=row.post,
            day=row.day,
            given_at=row.given_at,
            letter=row.letter,
            state=fates[row.letter].state if row.letter else None,
            error=fates[row.letter].last_error if row.letter else None,
            said=answers.get(row.about, NOTHING_SAID),
        )
        for row in work.session.scalars(query)
    )


def link_with(work: Work, secret: str) -> LinkFacts:
    """Return what a link of the acting side is good for; raise ``NotFound`` for one that never was or has expired."""
    row = work.session.scalars(
        select(ReminderLink).where(ReminderLink.digest == digest(secret))
    ).one_or_none()
    if row is None or row.expires_at <= work.now:
        raise NotFound("this link does not work, or not any more")
    return LinkFacts(row.partnership, row.letter, row.post, row.expires_at)


def title_of(work: Work, subject: str) -> Words:
    """Return the title of what a reminder was about; empty where it is no more."""
    partnership_key, _, key = subject.partition("/")
    try:
        return obligation(work, partnership_key, key).title if key else meeting(work, subject).title
    except NotFound:
        return {}
