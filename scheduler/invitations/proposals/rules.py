"""Which time a proposal means, and what of the proposals to a meeting still waits for somebody. Pure.

RFC 5546, section 3.2.7: a COUNTER proposes another time and changes nothing. So it is kept, and a person decides. Only
the latest of one address to the version that it was last asked about can be decided; everything else is shown as what
it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.dates.slots import Slot, all_day_slot, timed_slot
from scheduler.errors import BadInput
from scheduler.words import Words

A_DAY = timedelta(days=1)


class Decision(StrEnum):
    """What a person decided of a proposal."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class Standing(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"
    SUPERSEDED = "superseded"
    PAST = "past"


STANDING_WORDS: Mapping[Standing, Words] = {
    Standing.OPEN: {"en": "waits for a decision", "nl": "wacht op een beslissing"},
    Standing.ACCEPTED: {
        "en": "taken up: offered as the new date",
        "nl": "overgenomen: voorgelegd als nieuwe datum",
    },
    Standing.DECLINED: {"en": "declined", "nl": "afgewezen"},
    Standing.REPLACED: {
        "en": "replaced by a later proposal from the same address",
        "nl": "vervangen door een later voorstel van hetzelfde adres",
    },
    Standing.SUPERSEDED: {
        "en": "to an earlier version of the meeting, which no longer stands",
        "nl": "op een eerdere versie van de bijeenkomst, die niet meer geldt",
    },
    Standing.PAST: {
        "en": "lapsed: the meeting is over or called off",
        "nl": "vervallen: de bijeenkomst is voorbij of gaat niet door",
    },
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another time for a meeting, as it came from one address; ``sequence`` is the version that it answers."""

    uid: str
    post: str
    address: str
    sequence: int
    stamp: datetime
    slot: Slot
    comment: str
    received_at: datetime
    decision: Decision | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str = ""
    letter: str | None = None


def proposed_slot(start: date | datetime | None, end: date | datetime | None, asked: Slot, zone: str) -> Slot:
    """Return the slot that a COUNTER proposes beside the one that was ``asked`` about, on the clocks of ``zone``.

    Instants are aware; the end of whole days is exclusive (RFC 5545, section 3.6.1). Without an end it lasts as long
    as what was asked. Raises ``BadInput`` where nothing is proposed, or nothing that can be meant.
    """
    if start is None:
        raise BadInput({"en": "no time is proposed", "nl": "er is geen tijd voorgesteld"}, place="DTSTART")
    slot = (
        _timed(start, end, asked, zone)
        if isinstance(start, datetime)
        else _whole_days(start, end, asked, zone)
    )
    if slot == asked:
        raise BadInput(
            {"en": "the time that stands is proposed", "nl": "de tijd die al staat is voorgesteld"},
            place="DTSTART",
        )
    return slot


def standings(
    proposals: Iterable[Proposal], asked: Mapping[str, int], *, is_past: bool
) -> tuple[tuple[Proposal, Standing], ...]:
    """Return proposals, the latest first, each with where it stands.

    ``asked`` holds the version that each address was last asked about, and nothing for one that is invited no more.
    """
    known = sorted(proposals, key=_order, reverse=True)
    latest: dict[str, Proposal] = {}
    for entry in known:
        latest.setdefault(entry.address, entry)
    return tuple(
        (entry, _standing(entry, latest[entry.address], asked.get(entry.address), is_past=is_past))
        for entry in known
    )


def _standing(entry: Proposal, latest: Proposal, asked: int | None, *, is_past: bool) -> Standing:
    if entry.decision:
        return Standing(entry.decision)
    if is_past:
        return Standing.PAST
    if asked is None or entry.sequence < asked:
        return Standing.SUPERSEDED
    return Standing.OPEN if entry == latest else Standing.REPLACED


def _order(entry: Proposal) -> tuple[int, datetime, datetime, str]:
    return entry.sequence, entry.stamp, entry.received_at, entry.uid


def _timed(start: datetime, end: date | datetime | None, asked: Slot, zone: str) -> Slot:
    if end is None and asked.starts_at_utc and asked.ends_at_utc:
        end = start + (asked.ends_at_utc - asked.starts_at_utc)
    if not isinstance(end, datetime):
        raise BadInput(
            {"en": "says no hour, while the start does", "nl": "noemt geen uur, het begin wel"}, place="DTEND"
        )
    clock = ZoneInfo(zone)
    begins, ends = start.astimezone(clock), end.astimezone(clock)
    if begins.second or ends.second:
        raise BadInput(
            {"en": "is not certain to the minute", "nl": "is niet op de minuut bepaald"}, place="DTSTART"
        )
    slot = timed_slot(begins.date(), begins.time(), ends.time(), zone, last_day=ends.date())
    if (slot.starts_at_utc, slot.ends_at_utc) != (start.astimezone(UTC), end.astimezone(UTC)):
        raise BadInput(
            {
                "en": "lies in an hour that the clocks repeat",
                "nl": "ligt in een uur dat door het verzetten van de klok tweemaal komt",
            },
            place="DTSTART",
            remedy={"en": "another hour", "nl": "een ander uur"},
        )
    return slot


def _whole_days(start: date, end: date | datetime | None, asked: Slot, zone: str) -> Slot:
    if isinstance(end, datetime):
        raise BadInput(
            {"en": "says an hour, while the start does not", "nl": "noemt een uur, het begin niet"},
            place="DTEND",
        )
    lasts = asked.last_day - asked.first_day
    return all_day_slot(start, end - A_DAY if end else start + lasts, zone)
