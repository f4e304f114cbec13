"""What a delegation may be, who sees it, who presses send, and what a press says. Pure.

A delegation is a list of posts of one side with their roles. It belongs to that side: the other side sees the heads
that its side has confirmed for the day of the meeting, and the whole list once it was released to the host.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.dates.slots import Slot
from scheduler.errors import BadInput, Conflict, NotAllowed
from scheduler.ical.scheduling import Participation
from scheduler.meetings.rules import State, stands_as
from scheduler.words import Words


class Role(StrEnum):
    """As what a post is invited, the most important first; the words are those of programme files."""

    CHAIR = "chair"
    REQUIRED = "required"
    OPTIONAL = "optional"
    INFORMED = "informed"

    @property
    def rank(self) -> int:
        """Return the place in the order above, from 0."""
        return list(Role).index(self)

    @property
    def takes_seat(self) -> bool:
        """Tell whether somebody in this role comes, and is not merely informed."""
        return self is not Role.INFORMED


ROLE_WORDS: Mapping[Role, Words] = {
    Role.CHAIR: {"en": "chair", "nl": "voorzitter"},
    Role.REQUIRED: {"en": "required", "nl": "vereist"},
    Role.OPTIONAL: {"en": "optional", "nl": "optioneel"},
    Role.INFORMED: {"en": "for information", "nl": "ter informatie"},
}

PARTICIPATION: Mapping[Role, Participation] = {
    Role.CHAIR: Participation.CHAIR,
    Role.REQUIRED: Participation.REQUIRED,
    Role.OPTIONAL: Participation.OPTIONAL,
    Role.INFORMED: Participation.INFORMED,
}

AT_THE_TABLE = frozenset({Role.CHAIR, Role.REQUIRED})
"""The roles without which a delegation is not complete."""

MOST_SEATS = 500
"""More than any room of a ministry holds: a larger number is a slip of the finger."""

MATERIAL = frozenset({"first_day", "last_day", "start_time", "end_time", "zone", "host", "place"})
"""What of a sending says when and where: its change raises SEQUENCE, and everybody is asked anew."""

CALLED_OFF = frozenset({State.CANCELLED, State.POSTPONED, State.SKIPPED})
"""States in which whoever was invited must hear that the meeting is off."""

OVER_WORDS: Words = {"en": "the meeting is over", "nl": "de bijeenkomst is voorbij"}


@dataclass(frozen=True, slots=True)
class Delegate:
    """A post on a delegation (``uk/foreign-secretary``); its side confirmed it for the day ``confirmed_for``."""

    post: str
    role: Role
    stands_in_for: str | None = None
    confirmed_for: date | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What a person once sent, or called off, and when: ``content`` says when, where and how the meeting was to be.

    ``revision`` is that of the meeting; ``reason`` was written for everybody who is invited.
    """

    number: int
    is_call_off: bool
    sequence: int
    revision: int
    content: Mapping[str, Any]
    reason: str | None
    party: str
    name: str
    at: datetime

    @property
    def slot(self) -> Slot:
        """Return when the meeting was to be."""
        start, end = self.content["start_time"], self.content["end_time"]
        return Slot(
            first_day=date.fromisoformat(self.content["first_day"]),
            last_day=date.fromisoformat(self.content["last_day"]),
            start=time.fromisoformat(start) if start else None,
            end=time.fromisoformat(end) if end else None,
            zone=self.content["zone"],
        )


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the host says of a meeting: seats for each side, its languages, and whether there are interpreters."""

    seats: int | None = None
    languages: tuple[str, ...] = ()
    interpretation: bool | None = None


def in_order(delegates: Iterable[Delegate]) -> tuple[Delegate, ...]:
    """Return delegates by role, then by post: an order that does not tell who was added when."""
    return tuple(sorted(delegates, key=lambda entry: (entry.role.rank, entry.post)))


def seats_taken(delegates: Iterable[Delegate]) -> int:
    """Return how many of a delegation come."""
    return sum(entry.role.takes_seat for entry in delegates)


def refuse_beyond_seats(before: Iterable[Delegate], after: Iterable[Delegate], seats: int | None) -> None:
    """Refuse a change by which more would come than the host has seats for.

    Nobody waits for a seat: whoever wants to bring another takes one away first. A change that lowers the number is
    never refused, also where the host lowered the seats meanwhile.
    """
    coming = seats_taken(after)
    if seats is not None and coming > seats and coming > seats_taken(before):
        raise Conflict(
            {
                "en": f"the host has {seats} seats for each side, and {coming} would come",
                "nl": f"het gastland heeft {seats} plaatsen per zijde, en er zouden er {coming} komen",
            },
            place="delegation",
            remedy={
                "en": "remove somebody first, or add the post for information",
                "nl": "haal eerst iemand van de lijst, of zet de functie erop ter informatie",
            },
        )


def has_ended(slot: Slot | None, now: datetime) -> bool:
    """Tell whether a meeting is over at ``now``, in the zone in which it is held."""
    if slot is None:
        return False
    if slot.ends_at_utc:
        return slot.ends_at_utc <= now
    return now.astimezone(ZoneInfo(slot.zone)).date() > slot.last_day


def of_use_until(slot: Slot, now: datetime, *, is_cancellation: bool) -> datetime | None:
    """Return from when on a letter written at ``now`` about a meeting is not sent any more, in UTC.

    An invitation serves until the meeting begins (one of whole days: until its first day is over), or until it ends
    where it is written later than that; a cancellation until the end. ``None`` where all of that is past already.
    """
    zone = ZoneInfo(slot.zone)

    def after(day: date) -> datetime:
        return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)

    begins = slot.starts_at_utc or after(slot.first_day)
    ends = slot.ends_at_utc or after(slot.last_day)
    if begins > now and not is_cancellation:
        return begins
    return ends if ends > now else None


def refuse_unfit_seats(seats: int | None) -> None:
    """Refuse a number of seats that cannot be meant."""
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        raise BadInput(
            {"en": f"{seats} is no number of seats", "nl": f"{seats} is geen aantal plaatsen"},
            place="seats",
            remedy={
                "en": f"a number from 1 to {MOST_SEATS}",
                "nl": f"een getal van 1 tot en met {MOST_SEATS}",
            },
        )


def seen_by_the_other_side(
    delegates: Iterable[Delegate], day: date | None, *, is_released: bool, is_host: bool
) -> tuple[Delegate, ...]:
    """Return what of a delegation the other side may see: the one place where that is decided.

    Until the side releases its list: its chairs, as far as it has confirmed them for the day of the meeting. Once
    released, to the host who lets people into the building: all who come. A side that hosts itself
    has nobody to release a list to. Who is informed only is the side's own business in any case.
    """
    coming = [entry for entry in in_order(delegates) if entry.role.takes_seat]
    if is_released and not is_host:
        return tuple(coming)
    return tuple(entry for entry in coming if entry.role is Role.CHAIR and day and entry.confirmed_for == day)


def is_sender(party: str, host: str | None, parties: Iterable[str]) -> bool:
    """Tell whether it is for a side to send: the host does, either side where none of them hosts."""
    return party == host or host not in set(parties)


def require_sender(party: str, host: str | None, parties: Iterable[str]) -> None:
    """Raise ``NotAllowed`` unless it is for a side to send."""
    if not is_sender(party, host, parties):
        raise NotAllowed(
            {"en": "the host sends the invitations", "nl": "het gastland verstuurt de uitnodigingen"},
            place="send",
            remedy={"en": "ask its secretariat", "nl": "vraag het secretariaat daar"},
        )


def refuse_unsendable(state: State, *, is_over: bool, is_current: bool) -> None:
    """Raise ``Conflict`` where there is nothing to send: no agreed date, a past one, or nothing new."""
    if state is not State.AGREED:
        raise Conflict(
            stands_as(state),
            place="send",
            remedy={
                "en": "invitations go once both sides have agreed the date",
                "nl": "uitnodigingen gaan zodra beide zijden de datum zijn overeengekomen",
            },
        )
    if is_over:
        remedy = {"en": "move it to a day to come", "nl": "verplaats haar naar een dag die nog komt"}
        raise Conflict(OVER_WORDS, place="send", remedy=remedy)
    if is_current:
        raise Conflict(
            {"en": "what stands was sent", "nl": "wat er staat, is al verstuurd"},
            place="send",
            remedy={
                "en": "changes of a delegation follow by themselves, without sending again",
                "nl": "wijzigingen van een delegatie volgen vanzelf, zonder opnieuw te versturen",
            },
        )


def content_of(slot: Slot, host: str | None, place: Words | None, arrangement: Arrangement) -> dict[str, Any]:
    """Return what a sending says: everything that whoever is invited should hear of when it changes."""
    return {
        "first_day": slot.first_day.isoformat(),
        "last_day": slot.last_day.isoformat(),
        "start_time": f"{slot.start:%H:%M}" if slot.start else None,
        "end_time": f"{slot.end:%H:%M}" if slot.end else None,
        "zone": slot.zone,
        "host": host,
        "place": dict(place) if place else None,
        "languages": list(arrangement.languages),
        "interpretation": arrangement.interpretation,
    }


def is_current(sendings: Iterable[Sending], revision: int, content: Mapping[str, Any]) -> bool:
    """Tell whether what stands was sent: nothing of the meeting changed since somebody pressed send."""
    last = _last(sendings)
    return (
        last is not None
        and not last.is_call_off
        and last.revision == revision
        and dict(last.content) == dict(content)
    )


def next_sequence(sendings: Iterable[Sending], content: Mapping[str, Any]) -> int:
    """Return the SEQUENCE of what is sent now: one more for each sending that says another time or place.

    It counts what was sent, and not what was thought of in between: several edits become one update. Calling off
    raises it too, so that what is sent after that is newer than the cancellation.
    """
    known = list(sendings)
    last = _last(known)
    if last is None:
        return 0
    is_same = not last.is_call_off and not changed(last.content, content) & MATERIAL
    return last.sequence if is_same else last.sequence + 1


def latest_invitation(sendings: Iterable[Sending]) -> Sending | None:
    """Return the last sending that invited."""
    return _last(entry for entry in sendings if not entry.is_call_off)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of what differs between the contents of two sendings."""
    return frozenset(name for name in {*before, *after} if before.get(name) != after.get(name))


def _last(sendings: Iterable[Sending]) -> Sending | None:
    return max(sendings, key=lambda entry: entry.number, default=None)
