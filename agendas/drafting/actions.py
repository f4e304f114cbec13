"""Drafting an agenda that people go on with, and drafting it anew from newer facts without losing what they did."""

from datetime import date
from typing import Any

from agendas.drafting.content import as_content
from agendas.drafting.facts import Facts
from agendas.drafting.queries import Subject, read_facts
from agendas.drafting.rules import draft
from agendas.drafting.wording import STILL_TO_COME
from agendas.versions.actions import DRAFTED, REDRAFTED, Draft, as_made, keep_draft
from agendas.versions.merge import merge
from agendas.versions.queries import DraftFacts
from agendas.versions.queries import draft as newest_draft
from agendas.versions.stored import digest, written
from scheduler.db.work import Work
from scheduler.errors import Conflict
from scheduler.meetings.queries import MeetingFacts, meeting, meetings
from scheduler.meetings.rules import COMING, State, stands_as
from scheduler.obligations.queries import obligation


def start_draft(work: Work, uid: str, today: date) -> int:
    """Draft the agenda of a round for the acting side and keep it; return the number of the version.

    The agenda of an earlier round of the same obligation that was called off is gone on with. Raises ``Conflict`` where
    the side has an agenda of this round already, or the round is over.
    """
    if newest_draft(work, uid):
        raise Conflict(
            {
                "en": "your side has drafted this agenda already",
                "nl": "uw zijde heeft deze agenda al opgesteld",
            },
            remedy={
                "en": "draft it anew, or go on editing",
                "nl": "stel haar opnieuw op, of ga verder met bewerken",
            },
        )
    about = _about(work, uid)
    facts = read_facts(work, about.obligation.partnership, about, today)
    drafted = as_content(draft(facts), facts)
    made = Draft(uid, about.obligation.partnership, 0, drafted, _stored(facts), drafted)
    parked = _parked(work, about)
    if parked is None:
        return keep_draft(work, made, DRAFTED)
    merged = merge(parked.drafted, parked.content, drafted)
    gone_on = Draft(
        uid,
        made.partnership,
        0,
        merged.content,
        made.facts,
        drafted,
        notes=parked.notes,
        conflicts=merged.conflicts,
    )
    return keep_draft(work, gone_on, DRAFTED, parked.meeting)


def redraft(work: Work, uid: str, today: date) -> int | None:
    """Draft anew from today's facts, merged with what people did since; return the number of the version.

    Returns ``None``, and keeps nothing, where the facts lead to the same draft as before.
    """
    about = _about(work, uid)
    latest = newest_draft(work, uid)
    if latest is None:
        return start_draft(work, uid, today)
    facts = read_facts(work, about.obligation.partnership, about, today)
    drafted, stored = as_content(draft(facts), facts), _stored(facts)
    if drafted == latest.drafted and digest(stored) == digest(latest.facts):
        return None
    merged = merge(latest.drafted, latest.content, drafted)
    before = as_made(latest, about.obligation.partnership)
    made = Draft(
        uid,
        before.partnership,
        before.number,
        merged.content,
        stored,
        drafted,
        before.joint,
        before.notes,
        (*before.conflicts, *merged.conflicts),
    )
    return keep_draft(work, made, REDRAFTED)


def _stored(facts: Facts) -> dict[str, Any]:
    stored: dict[str, Any] = written(facts)
    return stored


def _about(work: Work, uid: str) -> Subject:
    found = meeting(work, uid)
    if found.state not in COMING:
        raise Conflict(stands_as(found.state), place="agenda", remedy=STILL_TO_COME)
    return Subject(obligation(work, found.partnership, found.obligation), found)


def _parked(work: Work, about: Subject) -> DraftFacts | None:
    """Return the side's agenda of the last round of the same obligation that was called off, if none was held since."""
    if about.meeting is None:
        return None
    before: list[MeetingFacts] = [
        entry
        for entry in meetings(work, about.obligation.partnership)
        if about.obligation.key in entry.duties and entry.uid != about.meeting.uid
    ]
    for entry in sorted(before, key=lambda entry: entry.changed_at, reverse=True):
        if entry.state is State.HELD:
            return None
        if entry.state is State.CANCELLED:
            return newest_draft(work, entry.uid)
    return None
