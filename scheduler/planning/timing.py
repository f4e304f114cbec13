"""When exactly and where a round of a plan takes place: its hours on the clocks of the place, and the place itself.

Owns the step from a day and a host to a slot. Which days and hosts there are is decided elsewhere. Pure.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from scheduler.dates.slots import OfficeHours, Slot, all_day_slot, timed_slot
from scheduler.obligations.queries import ObligationFacts
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.planning.problem import Hosting
from scheduler.planning.venues import Offices, lasts_long_enough, offices_at, working_time
from scheduler.words import Words

FIRST_HOUR = time(10)
"""When a round of hours begins where its obligation says nothing: local time of the host; assumed."""

LAST_MINUTE = time(23, 59)
ONLINE = {"en": "Online", "nl": "Online"}


def office_hours_of(facts: PartnershipFacts) -> dict[str, OfficeHours]:
    """Return the office hours of every party."""
    return {
        party.key: OfficeHours(
            party.zone, time.fromisoformat(party.office_from), time.fromisoformat(party.office_until)
        )
        for party in facts.parties
    }


def hosting_of(host: Mapping[str, object]) -> Hosting:
    """Return the host rule of a stored obligation as planning knows it; whose turn it is, is known elsewhere."""
    known = {name: host.get(name) for name in ("party", "next", "place", "zone")}
    return Hosting(rule=host["rule"], **known)  # type: ignore[arg-type]  # as the programme's shape has checked


def slot_of(
    facts: PartnershipFacts, obligation: ObligationFacts, first: date, last: date, host: str | None
) -> Slot:
    """Return the slot of a round: whole days, or hours from its start time on the clocks of the place.

    A start that is assumed gives way to the first hour of the working time there (online, of the hours that all sides
    share) where it lies outside, unless that is too short for the round; one that is stated stays.
    """
    parties = tuple(party.key for party in facts.parties)
    offices = offices_at(office_hours_of(facts), hosting_of(obligation.host), parties, host)
    zone = offices[0].zone
    hours = (obligation.duration or {}).get("hours")
    if not hours:
        return all_day_slot(first, last, zone)
    start = time.fromisoformat(obligation.start_time) if obligation.start_time else FIRST_HOUR
    if not obligation.start_time or obligation.basis.get("start_time") == "assumed":
        start = start_within(first, offices, hours, start)
    end = datetime.combine(first, start) + timedelta(hours=hours)
    return timed_slot(first, start, end.time() if end.date() == first else LAST_MINUTE, zone)


def place_of(facts: PartnershipFacts, obligation: ObligationFacts, host: str | None) -> Words | None:
    """Return where a round takes place: the host's capital, the third place that the programme names, or online."""
    if host:
        return facts.party(host).capital
    if obligation.host["rule"] == "online":
        return ONLINE
    place: Words | None = obligation.host.get("place")
    return place


def start_within(day: date, offices: Offices, hours: int, start: time) -> time:
    """Return ``start``, or the first hour of the working time where a round from ``start`` on would not lie in it."""
    span = working_time(day, offices)
    if span is None or not lasts_long_enough(span, hours):
        return start
    opens, closes = span
    begins = datetime.combine(day, start, tzinfo=opens.tzinfo)
    within = opens <= begins and begins + timedelta(hours=hours) <= closes
    return start if within else opens.time()
