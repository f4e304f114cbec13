"""Putting a feed together: what was written of each round is joined, and only what changed is written anew."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from hashlib import sha256

from scheduler.dates.slots import Slot
from scheduler.db.work import Work
from scheduler.feeds.deadlines import Promise, deadline_bytes, limits, steps
from scheduler.feeds.queries import (
    Listed,
    Standing,
    SubscriptionFacts,
    Written,
    changed_at,
    kept,
    listed,
    rounds,
    titles_of,
)
from scheduler.feeds.rules import EDITION, Deadlines, Round, calendar, event, window
from scheduler.ical.components import calendar_bytes, event_bytes
from scheduler.ical.timezones import keeps_wall_time, timezones
from scheduler.meetings.queries import owed
from scheduler.partnerships.queries import PartnershipFacts, partnership

MEETING = "meeting"
"""The part of a round that is its VEVENT; its deadlines go by the name of their form."""

MARK_LENGTH = 16


@dataclass(frozen=True)
class Feed:
    """A whole feed: its bytes, what they are known by, and when they last changed."""

    body: bytes
    tag: str
    changed_at: datetime

    @cached_property
    def compressed(self) -> bytes:
        """Return the bytes in gzip, made once, without a time in them: equal bodies give equal bytes."""
        return gzip.compress(self.body, mtime=0)


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of one round, and the mark under which right bytes of it are kept."""

    entry: Listed
    part: str
    mark: str

    @property
    def key(self) -> tuple[int, str, str]:
        """Return what identifies its bytes within a language and tier."""
        return self.entry.id, self.part, self.mark


def compose(
    work: Work, subscription: SubscriptionFacts, found: Standing, public_url: str
) -> tuple[Feed, tuple[Written, ...]]:
    """Return a feed as it stands, and what had to be written for it."""
    terms = subscription.terms
    facts = partnership(work, subscription.partnership)
    wording = _digest(EDITION, public_url, found.programme, [party.short for party in facts.parties])
    shown = listed(work, facts.key, terms)
    pieces = list(_pieces(shown, subscription, wording))
    known = kept(work, facts.key, terms, {piece.part for piece in pieces})
    missing = [piece for piece in pieces if piece.key not in known]
    written = _write(work, subscription, facts, missing, public_url)
    known |= {(entry.meeting_id, entry.part, entry.mark): (entry.zone, entry.content) for entry in written}
    contents = [known[piece.key] for piece in pieces]
    zones = {zone for zone, _ in contents if zone}
    body = calendar_bytes(
        calendar(facts.title, titles_of(work, facts.key, terms.scope), terms),
        timezones(_noon(found.day, zone) for zone in zones),
        [*(content for _, content in contents), *_limits(work, subscription, found.day)],
    )
    return Feed(body, sha256(body).hexdigest()[:32], changed_at(work, facts.key)), written


def _pieces(shown: tuple[Listed, ...], subscription: SubscriptionFacts, wording: str) -> Iterator[Piece]:
    """Yield the parts of a feed in their order: events first, then the deadlines of each round."""
    for entry in shown:
        yield Piece(entry, MEETING, f"{entry.layer or 'joint'}.{entry.revision}.{wording}")
    form = subscription.terms.deadlines
    if form is not Deadlines.NONE:
        for entry in shown:
            mark = f"{entry.layer or 'joint'}.{entry.revision}.{wording}.{subscription.party}"
            yield Piece(entry, form, mark)


def _write(
    work: Work,
    subscription: SubscriptionFacts,
    facts: PartnershipFacts,
    missing: list[Piece],
    public_url: str,
) -> tuple[Written, ...]:
    whole = rounds(work, facts, [piece.entry for piece in missing], public_url)
    return tuple(_written(piece, whole[piece.entry.id], subscription) for piece in missing)


def _written(piece: Piece, round_: Round, subscription: SubscriptionFacts) -> Written:
    """Write one part; deadlines are those of a side, so nobody else keeps or reads these bytes."""
    terms, is_meeting = subscription.terms, piece.part == MEETING
    if is_meeting:
        content = event_bytes(event(round_, terms))
    else:
        found = steps(round_, subscription.party, terms)
        content = b"".join(deadline_bytes(deadline, terms.deadlines) for deadline in found)
    return Written(
        partnership=subscription.partnership,
        layer=piece.entry.layer if is_meeting else subscription.party,
        meeting_id=piece.entry.id,
        part=piece.part,
        language=terms.language,
        tier=terms.tier,
        mark=piece.mark,
        zone=round_.slot.zone if is_meeting and keeps_wall_time(round_.slot) else None,
        content=content,
    )


def _limits(work: Work, subscription: SubscriptionFacts, today: date) -> Iterable[bytes]:
    """Yield the days of the obligations for which no agreed date stands."""
    terms = subscription.terms
    if terms.deadlines is Deadlines.NONE:
        return
    first, last = window(today)
    for entry in owed(work, subscription.partnership, today):
        obligation = entry.obligation
        promise = Promise(
            subscription.partnership,
            obligation.title,
            obligation.in_force_from,
            entry.duty,
            has_date=entry.next_meeting is not None,
        )
        if terms.scope.admits(obligation.effective_level, (obligation.key,), obligation.themes):
            for deadline in limits(promise, terms):
                if first <= deadline.day <= last:
                    yield deadline_bytes(deadline, terms.deadlines)


def _noon(day: date, zone: str) -> Slot:
    """Return an hour in a zone that is surely written with its rules."""
    return Slot(day, day, time(12), time(13), zone)


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:MARK_LENGTH]
