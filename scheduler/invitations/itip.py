"""Who must hear what of a meeting: from who comes, what was sent last, and what each address was last told. Pure.

Nothing here remembers an edit: the same delegation, sending and ledger give the same messages whatever happened in
between (level, not edge). RFC 5546: one UID for a meeting (section 2.1.4), a SEQUENCE that never falls for any address
and rises with every cancellation, a REQUEST or a CANCEL to each attendee alone (sections 3.2.2 and 3.2.5).

A calendar belongs to an address. So where two posts are read at one address, one message goes there, for the more
important role; and where a post is read elsewhere now, the old address gets a CANCEL and the new one a REQUEST.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.ical.scheduling import Method
from scheduler.invitations.rules import Role, Sending


class Cause(StrEnum):
    """Why somebody hears of a meeting."""

    INVITED = "invited"
    MOVED = "moved"
    DETAILS = "details"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    REMOVED = "removed"
    READDRESSED = "readdressed"
    ASKED_AGAIN = "asked_again"
    UNMOVED = "unmoved"


ONCE_IN = timedelta(days=1)
"""How often an invitation goes again to an address that asks for it: once a day."""

UNCHANGED = frozenset({Cause.DETAILS, Cause.ASKED_AGAIN})
"""Causes for which the time that a calendar holds stays as it is, and with it the SEQUENCE."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody to invite: the post, as what, and where its letters are read (``None``: nowhere)."""

    post: str
    role: Role
    address: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What an address was last told, on which sending that was, and with which DTSTAMP."""

    post: str
    role: Role
    address: str
    method: Method
    sequence: int
    stamp: datetime
    sending: Sending


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a meeting stands: what may be said of it now.

    ``invitation`` is the sending to tell of, ``None`` while what stands was not sent; ``off`` why the meeting is off.
    ``asking`` are the addresses, in one case of letters, that asked for what they were told last once more.
    """

    invitation: Sending | None = None
    off: Cause | None = None
    is_over: bool = False
    asking: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one address; ``before`` is what that address was told last, and ``sending`` what it tells of."""

    post: str
    role: Role
    address: str
    method: Method
    cause: Cause
    sequence: int
    sending: Sending
    before: Told | None

    @property
    def wants_answer(self) -> bool:
        """Tell whether whoever gets this is asked to answer."""
        return self.method is Method.REQUEST and self.role is not Role.INFORMED


def messages(seats: Iterable[Seat], told: Iterable[Told], standing: Standing) -> tuple[Message, ...]:
    """Return what must be said now: cancellations first, then invitations, each in the order of the addresses."""
    if standing.is_over:
        return ()
    invited = () if standing.off else tuple(seats)
    last, wanted = latest(told), by_address(invited)
    posts = {seat.post for seat in invited if seat.address}
    off = [
        _cancel(entry, standing.off or (Cause.READDRESSED if entry.post in posts else Cause.REMOVED))
        for address, entry in sorted(last.items())
        if address not in wanted and entry.method is Method.REQUEST
    ]
    return (*off, *_withdrawn_again(wanted, last, standing), *_requests(wanted, last, standing))


def by_address(seats: Iterable[Seat]) -> dict[str, Seat]:
    """Return whom to invite at each address, in one case of letters: the more important role, then the first post."""
    found: dict[str, Seat] = {}
    for seat in sorted(seats, key=lambda entry: (entry.role.rank, entry.post)):
        if seat.address:
            found.setdefault(seat.address.lower(), seat)
    return dict(sorted(found.items()))


def latest(told: Iterable[Told]) -> dict[str, Told]:
    """Return the last thing that each address was told: the highest SEQUENCE, then the latest DTSTAMP."""
    found: dict[str, Told] = {}
    for entry in sorted(told, key=lambda one: (one.sequence, one.stamp)):
        found[entry.address.lower()] = entry
    return found


def stamp_after(now: datetime, before: Told | None) -> datetime:
    """Return a DTSTAMP that is later than the one before, also within a second or after a clock was set back.

    Calendars keep whole seconds (RFC 5545, section 3.3.5).
    """
    whole = now.replace(microsecond=0)
    return max(whole, before.stamp + timedelta(seconds=1)) if before else whole


def asks_again(asked_at: datetime, told: Iterable[tuple[Cause, datetime]]) -> bool:
    """Tell whether a REFRESH (RFC 5546, section 3.2.6) wants an answer: ``told`` is why and when its address was told.

    Whatever goes to the address later answers it. And at most one letter a day goes out because it was asked for, so
    that a program which asks whenever it gets one comes to an end.
    """
    return all(
        at < asked_at and not (cause is Cause.ASKED_AGAIN and asked_at < at + ONCE_IN) for cause, at in told
    )


def _cancel(entry: Told, cause: Cause) -> Message:
    return Message(
        entry.post, entry.role, entry.address, Method.CANCEL, cause, entry.sequence + 1, entry.sending, entry
    )


def _withdrawn_again(
    wanted: Mapping[str, Seat], last: Mapping[str, Told], standing: Standing
) -> Iterator[Message]:
    """Yield the cancellation once more to whoever is not invited any more and asks: the same version, stamped later."""
    for address, entry in sorted(last.items()):
        if address in standing.asking and address not in wanted and entry.method is Method.CANCEL:
            yield replace(_cancel(entry, Cause.ASKED_AGAIN), sequence=entry.sequence)


def _requests(wanted: Mapping[str, Seat], last: Mapping[str, Told], standing: Standing) -> Iterator[Message]:
    invitation = standing.invitation
    if invitation is None:
        return
    for address, seat in wanted.items():
        before = last.get(address)
        asked = Cause.ASKED_AGAIN if address in standing.asking else None
        cause = _why(seat, before, invitation) or asked
        if cause and seat.address:
            yield Message(
                seat.post,
                seat.role,
                seat.address,
                Method.REQUEST,
                cause,
                _sequence(cause, before, invitation),
                invitation,
                before,
            )


def _why(seat: Seat, before: Told | None, invitation: Sending) -> Cause | None:
    if before is None or before.method is Method.CANCEL:
        return Cause.INVITED
    if before.sending.sequence < invitation.sequence:
        return Cause.MOVED
    is_same = (before.sending.number, before.post, before.role) == (invitation.number, seat.post, seat.role)
    return None if is_same else Cause.DETAILS


def _sequence(cause: Cause, before: Told | None, invitation: Sending) -> int:
    if before is None:
        return invitation.sequence
    return max(invitation.sequence, before.sequence + (cause not in UNCHANGED))
