"""Reading what feeds are made of: subscriptions, whether anything changed, which rounds are shown, what was written.

Everything is read with the eyes of the subscription's side, except the one question whose side a secret belongs to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import String, and_, bindparam, cast, func, or_, select

from scheduler.audit.tables import AuditEntry
from scheduler.dates.slots import Slot
from scheduler.db.layers import ACROSS_SIDES
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.feeds.rules import Deadlines, Duty, Round, Scope, Terms, Tier, is_shown, page_address, window
from scheduler.feeds.tables import Fragment, Subscription
from scheduler.feeds.wording import STATED
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.meetings.rules import State
from scheduler.meetings.tables import Meeting, MeetingDuty
from scheduler.obligations.tables import Obligation, ObligationTheme
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.partnerships.tables import Theme
from scheduler.sources.queries import passages
from scheduler.words import LANGUAGES, Words


class Revoked(NotFound):
    """A feed that existed and whose address was taken back."""


@dataclass(frozen=True, slots=True)
class SubscriptionFacts:
    """A feed as its side's people know it: ``key`` names it, and the secret is not kept."""

    key: str
    partnership: str
    party: str
    label: str
    terms: Terms
    created_by: str
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a feed depends on, in one answer: equal standings give equal bytes.

    ``meetings`` lists every meeting that the side may see, with layer and revision, so that no deletion, offer or
    replacement goes unnoticed; ``programme`` counts what was changed about obligations and the programme, which the
    append-only trail cannot hide; ``day`` is the calendar day in UTC, on which the window and the deadlines depend.
    """

    meetings: str
    programme: int
    day: date


@dataclass(frozen=True, slots=True)
class Listed:
    """A round that a feed shows, in the few columns that tell whether its bytes are still right."""

    id: int
    layer: str | None
    revision: int
    state: State
    level: str
    first_day: date


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes of a meeting as they are kept; ``layer`` is that of what they tell."""

    partnership: str
    layer: str | None
    meeting_id: int
    part: str
    language: str
    tier: Tier
    mark: str
    zone: str | None
    content: bytes


def subscriptions(work: Work, partnership: str) -> tuple[SubscriptionFacts, ...]:
    """Return the feeds of the acting side, the newest first; the operator has none."""
    rows = work.session.scalars(
        select(Subscription)
        .where(Subscription.partnership == partnership)
        .order_by(Subscription.created_at.desc(), Subscription.id.desc())
    )
    return tuple(_facts(row) for row in rows)


def subscription_with(work: Work, digest: str) -> SubscriptionFacts:
    """Return the feed whose secret has this digest, whosever it is; raise ``NotFound``."""
    row = work.session.scalars(
        select(Subscription).where(Subscription.digest == digest), execution_options=ACROSS_SIDES
    ).one_or_none()
    if row is None:
        raise NotFound("there is no such feed")
    return _facts(row)


_MEETINGS = (
    select(
        func.aggregate_strings(
            Meeting.uid + "/" + func.coalesce(Meeting.layer, "") + "/" + cast(Meeting.revision, String), " "
        )
    )
    .where(Meeting.partnership == bindparam("partnership"))
    .scalar_subquery()
)
_PROGRAMME = (
    select(func.count(AuditEntry.id))
    .where(
        AuditEntry.partnership == bindparam("partnership"),
        or_(
            AuditEntry.subject == "partnership/" + bindparam("partnership", type_=String),
            AuditEntry.subject.in_(
                select("obligation/" + Obligation.key).where(
                    Obligation.partnership == bindparam("partnership")
                )
            ),
        ),
    )
    .scalar_subquery()
)
_STANDING = select(Subscription.revoked_at, _MEETINGS, _PROGRAMME).where(Subscription.key == bindparam("key"))


def standing(work: Work, subscription: SubscriptionFacts) -> Standing:
    """Return what the feed depends on now, in one statement; raise ``NotFound`` or ``Revoked``."""
    found = work.session.execute(
        _STANDING, {"partnership": subscription.partnership, "key": subscription.key}
    ).one_or_none()
    if found is None:
        raise NotFound("there is no such feed")
    revoked_at, meetings_, programme = found
    if revoked_at is not None:
        raise Revoked("this feed was taken back")
    return Standing(meetings_ or "", programme, work.now.date())


def changed_at(work: Work, partnership: str) -> datetime:
    """Return when the feeds of a partnership last changed, as far as the side may know.

    Never earlier than the beginning of the day, which moves the window, and never in the future.
    """
    midnight = datetime.combine(work.now.date(), time(), UTC)
    latest = (
        work.session.scalar(select(func.max(column)).where(table.partnership == partnership))
        for table, column in ((Meeting, Meeting.changed_at), (AuditEntry, AuditEntry.at))
    )
    return min(work.now, max(midnight, *(instant for instant in latest if instant)))


def listed(work: Work, partnership: str, terms: Terms) -> tuple[Listed, ...]:
    """Return the rounds that a feed shows today, by day."""
    today = work.now.date()
    first, last = window(today)
    rows = work.session.execute(
        select(
            Meeting.id,
            Meeting.layer,
            Meeting.revision,
            Meeting.state,
            Meeting.level,
            Meeting.first_day,
            Meeting.changed_at,
        )
        .where(Meeting.partnership == partnership, Meeting.last_day >= first, Meeting.first_day <= last)
        .order_by(Meeting.first_day, Meeting.id)
    )
    shown = [
        Listed(row.id, row.layer, row.revision, State(row.state), row.level, row.first_day)
        for row in rows
        if is_shown(State(row.state), row.changed_at.date(), terms.tier, today)
    ]
    return tuple(shown if terms.scope.is_everything else _in_scope(work, partnership, terms.scope, shown))


def kept(
    work: Work, partnership: str, terms: Terms, parts: Collection[str]
) -> dict[tuple[int, str, str], tuple[str | None, bytes]]:
    """Return what is kept of the rounds in the window: zone and bytes by meeting, part and mark."""
    first, last = window(work.now.date())
    rows = work.session.execute(
        select(Fragment.meeting_id, Fragment.part, Fragment.mark, Fragment.zone, Fragment.content)
        .join(Meeting, Meeting.id == Fragment.meeting_id)
        .where(
            Fragment.partnership == partnership,
            Fragment.part.in_(parts),
            Fragment.language == terms.language,
            Fragment.tier == terms.tier,
            Meeting.last_day >= first,
            Meeting.first_day <= last,
        )
    )
    return {(meeting_id, part, mark): (zone, content) for meeting_id, part, mark, zone, content in rows}


def rounds(
    work: Work, partnership: PartnershipFacts, wanted: Collection[Listed], public_url: str
) -> dict[int, Round]:
    """Return the whole of some listed rounds, by the number of the meeting."""
    if not wanted:
        return {}
    days = [entry.first_day for entry in wanted]
    ids = {entry.id for entry in wanted}
    found = meetings(work, partnership.key, first=min(days), last=max(days))
    duties = _duties(work, ids)
    names = {party.key: party.short for party in partnership.parties}
    return {
        entry.id: _round(entry, entry.slot, duties[entry.id], names.get(entry.host or ""), public_url)
        for entry in found
        if entry.id in ids and entry.slot
    }


def titles_of(work: Work, partnership: str, scope: Scope) -> tuple[Words, ...]:
    """Return the titles of the themes and obligations that a scope names."""
    themes = select(Theme.title).where(Theme.partnership == partnership, Theme.key.in_(scope.themes))
    obligations = select(Obligation.title).where(
        Obligation.partnership == partnership, Obligation.key.in_(scope.obligations)
    )
    return (
        *work.session.scalars(themes.order_by(Theme.position)),
        *work.session.scalars(obligations.order_by(Obligation.position)),
    )


def _facts(row: Subscription) -> SubscriptionFacts:
    return SubscriptionFacts(
        key=row.key,
        partnership=row.partnership,
        party=row.layer or "",
        label=row.label,
        terms=Terms(
            row.language,
            Tier(row.tier),
            Deadlines(row.deadlines),
            Scope(tuple(row.themes), tuple(row.levels), tuple(row.obligations)),
        ),
        created_by=row.created_by,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )


def _in_scope(work: Work, partnership: str, scope: Scope, shown: Iterable[Listed]) -> list[Listed]:
    obligations: dict[int, list[str]] = defaultdict(list)
    themes: dict[int, list[str]] = defaultdict(list)
    query = (
        select(MeetingDuty.meeting_id, Obligation.key, Theme.key)
        .join(Obligation, Obligation.id == MeetingDuty.obligation_id)
        .join(ObligationTheme, ObligationTheme.obligation_id == Obligation.id, isouter=True)
        .join(Theme, Theme.id == ObligationTheme.theme_id, isouter=True)
        .where(Obligation.partnership == partnership)
    )
    for meeting_id, obligation, theme in work.session.execute(query):
        obligations[meeting_id].append(obligation)
        themes[meeting_id].append(theme)
    return [entry for entry in shown if scope.admits(entry.level, obligations[entry.id], themes[entry.id])]


def _duties(work: Work, ids: set[int]) -> dict[int, list[Duty]]:
    """Return what each meeting discharges, its own obligation first."""
    rows = work.session.execute(
        select(MeetingDuty.meeting_id, Obligation, Theme.title)
        .join(Obligation, Obligation.id == MeetingDuty.obligation_id)
        .join(
            ObligationTheme,
            and_(ObligationTheme.obligation_id == Obligation.id, ObligationTheme.position == 0),
            isouter=True,
        )
        .join(Theme, Theme.id == ObligationTheme.theme_id, isouter=True)
        .where(MeetingDuty.meeting_id.in_(ids))
        .order_by(MeetingDuty.meeting_id, MeetingDuty.position)
    ).all()
    said = passages(work, {obligation.passage_id for _, obligation, _ in rows})
    duties: dict[int, list[Duty]] = defaultdict(list)
    for meeting_id, obligation, theme in rows:
        passage = said.get(obligation.passage_id or 0)
        source = {language: passage.pointer(language) for language in LANGUAGES} if passage else None
        level_basis = obligation.basis.get("level", STATED)
        duties[meeting_id].append(Duty(obligation.key, obligation.title, theme, source, level_basis))
    return duties


def _round(
    entry: MeetingFacts, slot: Slot, duties: list[Duty], host_name: Words | None, public_url: str
) -> Round:
    return Round(
        uid=entry.uid,
        state=entry.state,
        slot=slot,
        level=entry.level,
        number=entry.number,
        host=entry.host,
        host_name=host_name,
        place=entry.place,
        sequence=entry.sequence,
        created_at=entry.created_at,
        changed_at=entry.changed_at,
        duties=tuple(duties),
        basis=entry.basis,
        page=page_address(public_url, entry.uid),
    )
