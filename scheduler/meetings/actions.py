"""Changing meetings: plan, offer, agree, move, postpone, cancel, record as held, note.

Every act checks the state table, raises the revision, and leaves an audit entry in the meeting's layer. A plan of one
side becomes joint only when it is offered; its count of revisions then starts anew, so that nothing tells how
often the side changed its mind.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from scheduler.audit.actions import record
from scheduler.dates.slots import Slot
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotAllowed, NotFound
from scheduler.meetings.rules import COMING, KNOWN_TO_BOTH, State, is_material, may_become
from scheduler.meetings.tables import Meeting, MeetingConsent, MeetingDuty, MeetingNote
from scheduler.obligations.queries import ObligationFacts
from scheduler.partnerships.queries import partnership
from scheduler.tokens import new_identifier
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class Round:
    """A round to be put on the calendar; ``duties`` are the obligations that it discharges, its own first."""

    duties: tuple[ObligationFacts, ...]
    slot: Slot
    host: str | None
    place: Words | None
    basis: dict[str, Any]
    number: int | None = None


def plan_round(work: Work, round_: Round) -> str:
    """Put a round on the calendar of the acting side alone, as ``planned``; return its UID."""
    own = round_.duties[0]
    meeting = Meeting(
        partnership=own.partnership,
        layer=work.actor.side,
        uid=new_identifier(),
        number=round_.number,
        state=State.PLANNED,
        level=own.effective_level,
        host=round_.host,
        place=round_.place,
        sequence=0,
        revision=1,
        created_at=work.now,
        changed_at=work.now,
        basis=round_.basis,
        **_slot_columns(round_.slot),
    )
    work.session.add(meeting)
    work.session.flush()
    for position, duty in enumerate(round_.duties):
        work.session.add(MeetingDuty(meeting_id=meeting.id, obligation_id=duty.id, position=position))
    _audit(work, meeting, "planned", day=str(round_.slot.first_day))
    return meeting.uid


def offer(work: Work, uid: str) -> None:
    """Show a planned round to the other side; offering is the offering side's own consent to the date."""
    meeting = _find(work, uid)
    before = meeting.state
    _become(meeting, State.OFFERED)
    if before != State.PLANNED:
        raise Conflict(
            f"both sides know this meeting: it is {before}", remedy="move it to offer another date"
        )
    _refuse_past(work, meeting.first_day, meeting.zone)
    meeting.layer = JOINT
    meeting.sequence, meeting.revision = 0, 1
    meeting.created_at = meeting.changed_at = work.now
    _consent(work, meeting)
    _audit(work, meeting, "offered", day=str(meeting.first_day))


def agree(work: Work, uid: str) -> None:
    """Record the acting side's consent; with every side's consent the meeting is ``agreed``."""
    meeting = _find(work, uid)
    if meeting.state != State.OFFERED:
        raise Conflict(
            f"the meeting is {meeting.state}, not offered", remedy="only an offered date can be agreed"
        )
    _consent(work, meeting)
    consented = set(
        work.session.scalars(select(MeetingConsent.party).where(MeetingConsent.meeting_id == meeting.id))
    )
    if consented >= {party.key for party in partnership(work, meeting.partnership).parties}:
        _change(work, meeting, State.AGREED)
    _audit(work, meeting, "consented", state=meeting.state)


def move(work: Work, uid: str, slot: Slot, *, host: str | None = None, place: Words | None = None) -> None:
    """Give a meeting another slot, host or place; one that both sides know is thereby offered anew.

    Nothing happens where nothing would change, so that calendars are not told of a move that is none.
    """
    meeting = _find(work, uid)
    wanted = {**_slot_columns(slot), "host": host or meeting.host, "place": place or meeting.place}
    changed = frozenset(column for column, value in wanted.items() if value != getattr(meeting, column))
    if not changed and meeting.state in COMING:
        return
    _refuse_past(work, slot.first_day, slot.zone)
    for column in changed:
        setattr(meeting, column, wanted[column])
    _change(work, meeting, State.PLANNED if meeting.state == State.PLANNED else State.OFFERED, changed)
    if meeting.state == State.OFFERED:
        work.session.execute(delete(MeetingConsent).where(MeetingConsent.meeting_id == meeting.id))
        _consent(work, meeting)
    _audit(work, meeting, "moved", changed=sorted(changed))


def postpone(work: Work, uid: str) -> None:
    """Take the date away without a new one; the duty is open again."""
    meeting = _find(work, uid)
    _change(work, meeting, State.POSTPONED)
    _audit(work, meeting, "postponed")


def cancel(work: Work, uid: str) -> None:
    """Cancel a meeting; it stays visible as cancelled, and its duty is open again."""
    meeting = _find(work, uid)
    _change(work, meeting, State.CANCELLED)
    _audit(work, meeting, "cancelled")


def record_held(work: Work, uid: str, today: date) -> None:
    """Record that an agreed meeting took place; this alone discharges its duties."""
    meeting = _find(work, uid)
    if meeting.first_day is None or meeting.first_day > today:
        raise BadInput("the meeting lies in the future", place="meeting", remedy="record it once it was held")
    _change(work, meeting, State.HELD)
    _audit(work, meeting, "held", day=str(meeting.first_day))


def write_note(work: Work, uid: str, text: str) -> None:
    """Write a note on a meeting, for the acting side's eyes alone."""
    meeting = _find(work, uid)
    if not text.strip():
        raise BadInput("the note is empty", place="text", remedy="write what should be remembered")
    work.session.add(
        MeetingNote(
            partnership=meeting.partnership,
            layer=work.actor.side,
            meeting_id=meeting.id,
            at=work.now,
            name=work.actor.name,
            text=text.strip(),
        )
    )
    record(work, meeting.partnership, "noted", f"meeting/{uid}", layer=work.actor.side)


def _find(work: Work, uid: str) -> Meeting:
    if work.actor.is_operator:
        raise NotAllowed("the operator changes no meetings", remedy="act as a side with --as")
    # The row is held until the work ends, or two sides that act at once would each miss what the other did.
    found = work.session.scalars(select(Meeting).where(Meeting.uid == uid).with_for_update()).one_or_none()
    if found is None:
        raise NotFound(f"there is no meeting {uid!r}", remedy="`dialogues meetings list` shows them")
    return found


def _become(meeting: Meeting, following: State) -> None:
    current = State(meeting.state)
    if not may_become(current, following):
        raise Conflict(f"a meeting that is {current} cannot become {following}")
    meeting.state = following


def _change(work: Work, meeting: Meeting, state: State, changed: frozenset[str] = frozenset()) -> None:
    before = State(meeting.state)
    _become(meeting, state)
    meeting.revision += 1
    if state in KNOWN_TO_BOTH and is_material(changed, before, state):
        meeting.sequence += 1
    # DTSTAMP is the tie-breaker between two versions of one SEQUENCE, so it must rise even within one second.
    meeting.changed_at = max(work.now, meeting.changed_at + timedelta(seconds=1))


def _consent(work: Work, meeting: Meeting) -> None:
    known = work.session.scalars(
        select(MeetingConsent).where(
            MeetingConsent.meeting_id == meeting.id, MeetingConsent.party == work.actor.side
        )
    ).one_or_none()
    if known is None:
        work.session.add(
            MeetingConsent(meeting_id=meeting.id, party=work.actor.side, name=work.actor.name, at=work.now)
        )
        work.session.flush()


def _refuse_past(work: Work, day: date | None, zone: str) -> None:
    today = work.now.astimezone(ZoneInfo(zone)).date()
    if day and day < today:
        raise BadInput(f"{day} lies in the past", place="day", remedy=f"choose a day from {today} on")


def _slot_columns(slot: Slot) -> dict[str, Any]:
    return {
        "first_day": slot.first_day,
        "last_day": slot.last_day,
        "start_time": f"{slot.start:%H:%M}" if slot.start else None,
        "end_time": f"{slot.end:%H:%M}" if slot.end else None,
        "zone": slot.zone,
    }


def _audit(work: Work, meeting: Meeting, act: str, **detail: Any) -> None:
    record(work, meeting.partnership, act, f"meeting/{meeting.uid}", layer=meeting.layer, **detail)
