"""Putting a feed together: what was written of each round is joined, and only what changed is written anew."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256

from scheduler.db.work import Work
from scheduler.feeds.deadlines import Promise, basis_of, deadline_bytes, limits, steps
from scheduler.feeds.queries import (
    Piece,
    Standing,
    SubscriptionFacts,
    Written,
    changed_at,
    names,
    pieces,
    rounds,
    titles_of,
)
from scheduler.feeds.rules import EDITION, Deadlines, Round, calendar, event, window
from scheduler.feeds.wording import STATED
from scheduler.ical.components import calendar_bytes, event_bytes
from scheduler.ical.timezones import keeps_wall_time, timezones_named
from scheduler.meetings.queries import Owed, owed
from scheduler.obligations.lead_times import SAVE_THE_DATE
from scheduler.obligations.queries import ObligationFacts
from scheduler.obligations.rules import Duty
from scheduler.reminders.milestones import Setting, Settings
from scheduler.reminders.queries import settings_of

MEETING = "meeting"
"""The part of a round that is its VEVENT; its deadlines go by the name of their form."""

MARK_LENGTH = 16
TAG_LENGTH = 32


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


def compose(
    work: Work, subscription: SubscriptionFacts, found: Standing, public_url: str
) -> tuple[Feed, tuple[Written, ...]]:
    """Return a feed as it stands, and what had to be written for it."""
    terms = subscription.terms
    title, sides = names(work, subscription.partnership)
    made_of = _digest(EDITION, public_url, found.programme, sides)
    settings = settings_of(work, subscription.partnership)
    shown = pieces(work, subscription, MEETING, made_of)
    if terms.deadlines is not Deadlines.NONE:
        own = f"{subscription.party}.{_digest(settings)}" if settings.entries else subscription.party
        shown += pieces(work, subscription, terms.deadlines, f"{made_of}.{own}")
    missing = [piece for piece in shown if piece.content is None]
    whole = rounds(work, subscription.partnership, sides, missing, public_url)
    written = tuple(_written(piece, whole[piece.meeting_id], subscription, settings) for piece in missing)
    fresh = {(entry.meeting_id, entry.part): entry for entry in written}
    parts = [piece if piece.content is not None else fresh[piece.meeting_id, piece.part] for piece in shown]
    latest = changed_at(work, subscription.partnership)
    body = calendar_bytes(
        calendar(title, titles_of(work, subscription.partnership, terms.scope), terms),
        timezones_named(part.zone for part in parts if part.zone),
        [*(part.content for part in parts if part.content), *_limits(work, subscription, settings, latest)],
    )
    return Feed(body, sha256(body).hexdigest()[:TAG_LENGTH], min(work.now, latest)), written


def _written(piece: Piece, round_: Round, subscription: SubscriptionFacts, settings: Settings) -> Written:
    """Write one part; deadlines are those of a side, so nobody else keeps or reads these bytes."""
    terms, is_meeting = subscription.terms, piece.part == MEETING
    if is_meeting:
        content = event_bytes(event(round_, terms))
    else:
        found = steps(round_, subscription.party, terms, settings)
        content = b"".join(deadline_bytes(deadline, terms.deadlines) for deadline in found)
    return Written(
        partnership=subscription.partnership,
        layer=piece.layer if is_meeting else subscription.party,
        meeting_id=piece.meeting_id,
        part=piece.part,
        language=terms.language,
        tier=terms.tier,
        mark=piece.mark,
        zone=round_.slot.zone if is_meeting and keeps_wall_time(round_.slot) else None,
        content=content,
    )


def _limits(
    work: Work, subscription: SubscriptionFacts, settings: Settings, latest: datetime
) -> Iterable[bytes]:
    """Yield the days of the obligations for which no agreed date stands."""
    terms, today = subscription.terms, work.now.date()
    if terms.deadlines is Deadlines.NONE:
        return
    first, last = window(today)
    for entry in owed(work, subscription.partnership, today):
        obligation = entry.obligation
        duty, setting = _sought(entry, settings)
        promise = Promise(
            subscription.partnership,
            obligation.title,
            obligation.in_force_from,
            latest,
            duty,
            has_date=entry.next_meeting is not None,
            cadence_basis=_whose_cadence(obligation),
            sought_basis=basis_of(setting),
        )
        if terms.scope.admits(obligation.effective_level, (obligation.key,), obligation.themes):
            for deadline in limits(promise, terms):
                if first <= deadline.day <= last:
                    yield deadline_bytes(deadline, terms.deadlines)


def _sought(entry: Owed, settings: Settings) -> tuple[Duty, Setting | None]:
    """Return what is owed with the day on which the side seeks a date, and its setting where it has made one."""
    obligation, duty = entry.obligation, entry.duty
    weeks = settings.amount(SAVE_THE_DATE, obligation.effective_level, (obligation.key,))
    if weeks.origin is None or duty.due is None:
        return duty, None
    day = None if weeks.value is None else duty.due - timedelta(weeks=weeks.value)
    return replace(duty, save_the_date=day), weeks.origin


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:MARK_LENGTH]


def _whose_cadence(obligation: ObligationFacts) -> str:
    """Return whose the interval is: that of a person who set it, else as the programme says of its reading."""
    if obligation.cadence.set_by:
        return f"set:{obligation.cadence.set_by}"
    return str(obligation.basis.get("cadence", STATED))
