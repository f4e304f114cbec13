"""Reading meetings as plain values, and what is owed in their light."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, select

from scheduler.dates.slots import Slot
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.meetings.rules import COMING, Answer, OptionState, State
from scheduler.meetings.tables import (
    Meeting,
    MeetingConsent,
    MeetingDuty,
    MeetingNote,
    MeetingOption,
    OptionAnswer,
)
from scheduler.obligations import rules
from scheduler.obligations.links import discharged
from scheduler.obligations.queries import ObligationFacts, agreed_skips, duty_links, obligations
from scheduler.obligations.tables import Obligation
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What a side answered to an option or a date: who and when."""

    party: str
    answer: Answer
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """A slot, host and place that was offered, by whom, and what each side answered so far, the first answer first."""

    number: int
    state: OptionState
    slot: Slot
    host: str | None
    place: Words | None
    offered_by: str
    answers: tuple[AnswerFacts, ...]

    @property
    def day(self) -> date:
        """Return the first day in the option's own zone."""
        return self.slot.first_day

    def answer_of(self, party: str) -> AnswerFacts | None:
        """Return what a side answered; ``None`` while it has not."""
        return next((entry for entry in self.answers if entry.party == party), None)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A round as other rooms see it. ``duties`` are obligation keys, its own first; ``layer`` ``None`` is joint.

    ``options`` are all that were ever offered, by number; ``consents`` the sides that hold the date of the meeting.
    """

    id: int
    partnership: str
    layer: str | None
    uid: str
    number: int | None
    state: State
    level: str
    slot: Slot | None
    zone: str
    host: str | None
    place: Words | None
    sequence: int
    revision: int
    created_at: datetime
    changed_at: datetime
    title: Words
    duties: tuple[str, ...]
    consents: tuple[str, ...]
    passage_id: int | None
    note: Words | None
    basis: dict[str, Any]
    options: tuple[OptionFacts, ...]

    @property
    def on_offer(self) -> tuple[OptionFacts, ...]:
        """Return the options that can be accepted, the preferred one first."""
        if self.state is not State.OFFERED:
            return ()
        return tuple(option for option in self.options if option.state is OptionState.STANDING)

    def awaits(self, party: str) -> bool:
        """Tell whether an option waits for the answer of a side."""
        return any(option.answer_of(party) is None for option in self.on_offer)

    @property
    def obligation(self) -> str:
        """Return the key of the obligation whose round this is."""
        return self.duties[0]

    @property
    def day(self) -> date | None:
        """Return the first day in the meeting's own zone."""
        return self.slot.first_day if self.slot else None


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation with its duty and its next round that the actor may know of."""

    obligation: ObligationFacts
    duty: rules.Duty
    next_meeting: MeetingFacts | None


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A note on a meeting, visible in its layer; ``option`` is the number of the option that it is about."""

    layer: str | None
    option: int | None
    at: datetime
    name: str
    text: str


def meetings(
    work: Work,
    partnership: str,
    *,
    first: date | None = None,
    last: date | None = None,
    states: Iterable[State] = tuple(State),
) -> tuple[MeetingFacts, ...]:
    """Return the meetings that the actor may see, by day; those without a date only where no days are named."""
    query = select(Meeting).where(
        Meeting.partnership == partnership, Meeting.state.in_([str(state) for state in states])
    )
    if first:
        query = query.where(Meeting.last_day >= first)
    if last:
        query = query.where(Meeting.first_day <= last)
    # Within a day by UID, which tells nothing: by id, what is offered would stand in the order in which it was planned.
    return _facts(work, query.order_by(Meeting.first_day, Meeting.uid))


def meeting(work: Work, uid: str) -> MeetingFacts:
    """Return the meeting with this UID; raise ``NotFound`` for one that is not there or not for the actor's eyes."""
    found = _facts(work, select(Meeting).where(Meeting.uid == uid))
    if not found:
        raise NotFound(
            {"en": f"there is no meeting {uid!r}", "nl": f"er is geen bijeenkomst {uid!r}"},
            remedy={"en": "`dialogues meetings list` shows them", "nl": "`dialogues meetings list` toont ze"},
        )
    return found[0]


def find_meeting(work: Work, partnership: str, reference: str, today: date) -> MeetingFacts:
    """Return a meeting by UID, by obligation and year (``JS-R05/2027``), or by obligation alone: its next round.

    Raise ``NotFound`` where nothing, or nothing visible, answers to ``reference``.
    """
    key, _, year = reference.partition("/")
    known = meetings(work, partnership)
    for entry in known:
        if entry.uid == reference:
            return entry
    named = [entry for entry in known if key in entry.duties and entry.state is not State.CANCELLED]
    if year:
        named = [entry for entry in named if entry.day and str(entry.day.year) == year]
    coming = [entry for entry in named if entry.state in COMING and entry.day and entry.day >= today]
    if not named:
        raise NotFound(
            f"no meeting answers to {reference!r}",
            remedy="give a UID, an obligation such as JS-R05, or JS-R05/2027; `dialogues meetings list` shows them",
        )
    return (coming or named[-1:])[0]


def notes(work: Work, meeting_id: int) -> tuple[NoteFacts, ...]:
    """Return the notes on a meeting that the actor may see, oldest first."""
    rows = work.session.execute(
        select(MeetingNote, MeetingOption.number)
        .join(MeetingOption, MeetingOption.id == MeetingNote.option_id, isouter=True)
        .where(MeetingNote.meeting_id == meeting_id)
        .order_by(MeetingNote.at, MeetingNote.id)
    )
    return tuple(NoteFacts(row.layer, option, row.at, row.name, row.text) for row, option in rows)


def consents(work: Work, meeting_id: int) -> tuple[AnswerFacts, ...]:
    """Return which sides hold the date of a meeting, with who said so and when, the first first."""
    rows = work.session.scalars(
        select(MeetingConsent)
        .where(MeetingConsent.meeting_id == meeting_id)
        .order_by(MeetingConsent.at, MeetingConsent.id)
    )
    return tuple(AnswerFacts(row.party, Answer.ACCEPTED, row.name, row.at) for row in rows)


def slot_of(row: Meeting | MeetingOption, first_day: date) -> Slot:
    """Return the slot that a row says; ``first_day`` is its own, which not every meeting has."""
    return Slot(
        first_day=first_day,
        last_day=row.last_day or first_day,
        start=time.fromisoformat(row.start_time) if row.start_time else None,
        end=time.fromisoformat(row.end_time) if row.end_time else None,
        zone=row.zone,
    )


def owed(work: Work, partnership: str, today: date) -> tuple[Owed, ...]:
    """Return what every obligation of a partnership owes on ``today``, in the order of its file."""
    promised = obligations(work, partnership)
    rounds = meetings(work, partnership)
    skips = agreed_skips(work, partnership)
    by_duty: dict[str, list[MeetingFacts]] = defaultdict(list)
    for entry in rounds:
        for key in entry.duties:
            by_duty[key].append(entry)
    return tuple(
        Owed(
            obligation=entry,
            duty=rules.duty(entry.promise, counted_rounds(entry, by_duty), skips.get(entry.id, ()), today),
            next_meeting=_next(by_duty[entry.key], today),
        )
        for entry in promised
    )


def counted_rounds(
    obligation: ObligationFacts, by_duty: dict[str, list[MeetingFacts]]
) -> tuple[rules.Round, ...]:
    """Return the rounds that count for an obligation: its own, and those of the obligations under its umbrella.

    One meeting counts once, whatever it discharges.
    """
    found: dict[str, rules.Round] = {}
    for key in (obligation.key, *obligation.covers()):
        for entry in by_duty.get(key, []):
            if entry.day and entry.state in {State.HELD, State.AGREED} and entry.uid not in found:
                own = entry.obligation if key == obligation.key else key
                under = None if own == obligation.key else own
                found[entry.uid] = rules.Round(entry.day, entry.state is State.HELD, under)
    return tuple(found.values())


def _next(rounds: list[MeetingFacts], today: date) -> MeetingFacts | None:
    dated = [entry for entry in rounds if entry.state in COMING and entry.day and entry.day >= today]
    return dated[0] if dated else None


def _facts(work: Work, query: Select[Meeting]) -> tuple[MeetingFacts, ...]:
    rows = work.session.scalars(query).all()
    ids = [row.id for row in rows]
    duties: dict[int, list[tuple[str, Words]]] = defaultdict(list)
    for meeting_id, key, title in work.session.execute(
        select(MeetingDuty.meeting_id, Obligation.key, Obligation.title)
        .join(Obligation, Obligation.id == MeetingDuty.obligation_id)
        .where(MeetingDuty.meeting_id.in_(ids))
        .order_by(MeetingDuty.position)
    ):
        duties[meeting_id].append((key, title))
    offered = _options(work, ids)
    consents: dict[int, list[str]] = defaultdict(list)
    for meeting_id, party in work.session.execute(
        select(MeetingConsent.meeting_id, MeetingConsent.party)
        .where(MeetingConsent.meeting_id.in_(ids))
        .order_by(MeetingConsent.party)
    ):
        consents[meeting_id].append(party)
    links = {key: duty_links(work, key) for key in {row.partnership for row in rows}}
    return tuple(
        _one(
            row,
            duties[row.id][0][1],
            discharged(tuple(key for key, _ in duties[row.id]), row.first_day, links[row.partnership]),
            tuple(consents[row.id]),
            tuple(offered[row.id]),
        )
        for row in rows
    )


def _options(work: Work, meetings: Iterable[int]) -> dict[int, list[OptionFacts]]:
    """Return the options of meetings by the id of their meeting, by number."""
    ours = MeetingOption.meeting_id.in_(list(meetings))
    answers: dict[int, list[AnswerFacts]] = defaultdict(list)
    for row in work.session.scalars(
        select(OptionAnswer)
        .join(MeetingOption, MeetingOption.id == OptionAnswer.option_id)
        .where(ours)
        .order_by(OptionAnswer.at, OptionAnswer.id)
    ):
        answers[row.option_id].append(AnswerFacts(row.party, Answer(row.answer), row.name, row.at))
    found: dict[int, list[OptionFacts]] = defaultdict(list)
    for option in work.session.scalars(select(MeetingOption).where(ours).order_by(MeetingOption.number)):
        found[option.meeting_id].append(
            OptionFacts(
                number=option.number,
                state=OptionState(option.state),
                slot=slot_of(option, option.first_day),
                host=option.host,
                place=option.place,
                offered_by=option.offered_by,
                answers=tuple(answers[option.id]),
            )
        )
    return found


def _one(
    row: Meeting,
    title: Words,
    duties: tuple[str, ...],
    consents: tuple[str, ...],
    options: tuple[OptionFacts, ...],
) -> MeetingFacts:
    return MeetingFacts(
        id=row.id,
        partnership=row.partnership,
        layer=row.layer,
        uid=row.uid,
        number=row.number,
        state=State(row.state),
        level=row.level,
        slot=slot_of(row, row.first_day) if row.first_day else None,
        zone=row.zone,
        host=row.host,
        place=row.place,
        sequence=row.sequence,
        revision=row.revision,
        created_at=row.created_at,
        changed_at=row.changed_at,
        title=title,
        duties=duties,
        consents=consents,
        passage_id=row.passage_id,
        note=row.note,
        basis=row.basis,
        options=options,
    )
