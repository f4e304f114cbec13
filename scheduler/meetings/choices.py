"""When and where a meeting could be: what an option offers, and how one round is put on another day. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from scheduler.dates.slots import Slot, all_day_slot, timed_slot
from scheduler.errors import BadInput
from scheduler.meetings.queries import MeetingFacts
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.typed import one_of
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot with its host and place."""

    slot: Slot
    host: str | None
    place: Words | None


def choice_on(
    day: date,
    meeting: MeetingFacts,
    facts: PartnershipFacts,
    *,
    start: time | None = None,
    host: str | None = None,
) -> Choice:
    """Return a meeting as it would be on another day: as long as it is, from the hour at which it begins or ``start``.

    At another host the same hours are those of its zone, and the place is its capital. Raise ``BadInput`` for a host
    that is no party, an hour for whole days, and an hour that the day does not have.
    """
    if not host or host == meeting.host:
        return Choice(moved(meeting.slot, day, start, meeting.zone), meeting.host, meeting.place)
    known = {party.key: party for party in facts.parties}
    if host not in known:
        message = {"en": f"{host!r} is no party", "nl": f"{host!r} is geen partij"}
        raise BadInput(message, place="host", remedy=one_of(known))
    return Choice(moved(meeting.slot, day, start, known[host].zone), host, known[host].capital)


def moved(slot: Slot | None, day: date, start: time | None, zone: str) -> Slot:
    """Return ``slot`` on another day, from another hour where one is given, on the clocks of ``zone``."""
    if slot is None or slot.start is None or slot.end is None:
        if start:
            raise BadInput(
                {"en": "the round lasts whole days", "nl": "de ronde duurt hele dagen"},
                place="start",
                remedy={"en": "leave the hour out", "nl": "laat het uur weg"},
            )
        length = (slot.last_day - slot.first_day) if slot else timedelta()
        return all_day_slot(day, day + length, zone)
    begins = start or slot.start
    lasts = datetime.combine(slot.last_day, slot.end) - datetime.combine(slot.first_day, slot.start)
    ends = datetime.combine(day, begins) + lasts
    return timed_slot(day, begins, ends.time(), zone, last_day=ends.date())
