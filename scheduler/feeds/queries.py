"""Reading what feeds are made of: subscriptions, whether anything changed, which rounds are shown, what was written.

Everything is read with the eyes of the subscription's side, except the one question whose side a secret belongs to.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from sqlalchemy import String, and_, bindparam, cast, func, or_, select, union_all

from scheduler.audit.tables import AuditEntry
from scheduler.dates.slots import Slot
from scheduler.db.layers import ACROSS_SIDES
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.feeds.rules import (
    CALLED_OFF,
    STANDING,
    Deadlines,
    Duty,
    Round,
    Scope,
    Terms,
    Tier,
    called_off_since,
    page_address,
    window,
)
from scheduler.feeds.tables import Fragment, Subscription
from scheduler.feeds.wording import STATED
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.meetings.tables import Meeting, MeetingDuty
from scheduler.obligations.links import discharged
from scheduler.obligations.queries import duty_links
from scheduler.obligations.tables import Obligation, ObligationTheme
from scheduler.partnerships.tables import Member, Partnership, Party, Theme
from scheduler.reminders.tables import ReminderSetting
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
    append-only trail cannot hide; ``sides`` are their names, which a file of another partnership may change;
    ``settings`` names what the side has set for steps of its own; ``day`` is
    the calendar day in UTC, on which the window and the deadlines depend.
    """

    meetings: str
    programme: int
    sides: str
    settings: str
    day: date


class Piece(NamedTuple):
    """One part of a round that a feed shows: the mark under which right bytes of it are kept, and those, if any."""

    part: str
    meeting_id: int
    layer: str | None
    level: str
    first_day: date | None
    mark: str
    zone: str | None
    content: bytes | None


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


# The statements that answer a program are put together once: that takes longer than most of them run.
_MEETINGS = (
    select(
        func.aggregate_strings(
            Meeting.uid + "/" + func.coalesce(Meeting.layer, "") + "/" + cast(Meeting.revision, String), " "
        )
    )
    .where(Meeting.partnership == bindparam("partnership"))
    .scalar_subquery()
)
_SUBJECTS = union_all(
    select("partnership/" + bindparam("partnership", type_=String)),
    select("obligation/" + Obligation.key).where(Obligation.partnership == bindparam("partnership")),
)
_OF_PROGRAMME = and_(AuditEntry.partnership == bindparam("partnership"), AuditEntry.subject.in_(_SUBJECTS))
_PROGRAMME = select(func.count(AuditEntry.id)).where(_OF_PROGRAMME).scalar_subquery()
_SIDES = (
    select(func.aggregate_strings(cast(Party.short, String), " "))
    .join(Member, Member.party == Party.key)
    .where(Member.partnership == bindparam("partnership"))
    .scalar_subquery()
)
_SETTINGS = (
    select(
        func.aggregate_strings(
            cast(ReminderSetting.id, String) + "/" + cast(ReminderSetting.set_at, String), " "
        )
    )
    .where(ReminderSetting.partnership == bindparam("partnership"))
    .scalar_subquery()
)
_STANDING = select(Subscription.revoked_at, _MEETINGS, _PROGRAMME, _SIDES, _SETTINGS).where(
    Subscription.key == bindparam("key")
)

_NAMES = (
    select(Partnership.title, Party.key, Party.short)
    .join(Member, Member.partnership == Partnership.key)
    .join(Party, Party.key == Member.party)
    .where(Partnership.key == bindparam("partnership"))
    .order_by(Member.position)
)
_MARK = (
    func.coalesce(Meeting.layer, "*")
    + "."
    + cast(Meeting.revision, String)
    + bindparam("made_of", type_=String)
)
_PIECES = (
    select(
        Meeting.id, Meeting.layer, Meeting.level, Meeting.first_day, _MARK, Fragment.zone, Fragment.content
    )
    .join(
        Fragment,
        and_(
            Fragment.meeting_id == Meeting.id,
            Fragment.part == bindparam("part"),
            Fragment.language == bindparam("language"),
            Fragment.tier == bindparam("tier"),
            Fragment.mark == _MARK,
        ),
        isouter=True,
    )
    .where(
        Meeting.partnership == bindparam("partnership"),
        Meeting.last_day >= bindparam("first"),
        Meeting.first_day <= bindparam("last"),
        or_(
            Meeting.state.in_(sorted(STANDING)),
            and_(Meeting.state.in_(sorted(CALLED_OFF)), Meeting.changed_at >= bindparam("since")),
        ),
    )
    .order_by(Meeting.first_day, Meeting.uid)
)
_DUTIES = (
    select(Obligation, Theme.title)
    .join(
        ObligationTheme,
        and_(ObligationTheme.obligation_id == Obligation.id, ObligationTheme.position == 0),
        isouter=True,
    )
    .join(Theme, Theme.id == ObligationTheme.theme_id, isouter=True)
    .where(Obligation.partnership == bindparam("partnership"))
)
_PROGRAMME_CHANGED = select(func.max(AuditEntry.at)).where(_OF_PROGRAMME)
_LATEST = select(
    select(func.max(Meeting.changed_at))
    .where(Meeting.partnership == bindparam("partnership"))
    .scalar_subquery(),
    _PROGRAMME_CHANGED.scalar_subquery(),
)


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


def standing(work: Work, subscription: SubscriptionFacts) -> Standing:
    """Return what the feed depends on now, in one statement; raise ``NotFound`` or ``Revoked``."""
    found = work.session.execute(
        _STANDING, {"partnership": subscription.partnership, "key": subscription.key}
    ).one_or_none()
    if found is None:
        raise NotFound("there is no such feed")
    revoked_at, meetings_, programme, sides, settings = found
    if revoked_at is not None:
        raise Revoked("this feed was taken back")
    return Standing(meetings_ or "", programme, sides, settings or "", work.now.date())


def changed_at(work: Work, partnership: str) -> datetime:
    """Return when the feeds of a partnership last changed, as far as the side may know.

    Never earlier than the beginning of the day, which moves the window. As the stamp of a meeting may, it may run a
    second ahead of the clock.
    """
    midnight = datetime.combine(work.now.date(), time(), UTC)
    latest = work.session.execute(_LATEST, {"partnership": partnership}).one()
    known: list[datetime] = [instant for instant in latest if instant]
    return max([midnight, *known])


def names(work: Work, partnership: str) -> tuple[Words, dict[str, Words]]:
    """Return the title of a partnership, and what its sides are called in short."""
    rows = work.session.execute(_NAMES, {"partnership": partnership}).all()
    return rows[0][0], {key: short for _, key, short in rows}


def pieces(work: Work, subscription: SubscriptionFacts, part: str, made_of: str) -> list[Piece]:
    """Return one part of every round that a feed shows today, by day.

    A mark is the layer and the revision of the meeting, and ``made_of``: whatever else goes into the bytes.
    """
    terms, today = subscription.terms, work.now.date()
    first, last = window(today)
    since = called_off_since(terms.tier, today)
    rows = work.session.execute(
        _PIECES,
        {
            "partnership": subscription.partnership,
            "part": part,
            "language": terms.language,
            "tier": terms.tier,
            "made_of": f".{made_of}",
            "first": first,
            "last": last,
            "since": datetime.combine(since or date.max, time(), UTC),
        },
    )
    found = [Piece(part, *row) for row in rows]
    return found if terms.scope.is_everything else _in_scope(work, subscription, found)


def rounds(
    work: Work, partnership: str, sides: Mapping[str, Words], wanted: Collection[Piece], public_url: str
) -> dict[int, Round]:
    """Return the whole of the rounds that these pieces belong to, by the number of the meeting.

    Titles, sources and themes are the programme's: a change of those changes what is told of every round.
    """
    if not wanted:
        return {}
    programme_changed = work.session.scalar(_PROGRAMME_CHANGED, {"partnership": partnership})
    days = [entry.first_day for entry in wanted if entry.first_day]
    ids = {entry.meeting_id for entry in wanted}
    duties = _duties(work, partnership)
    return {
        entry.id: _round(
            replace(entry, changed_at=max(entry.changed_at, programme_changed or entry.changed_at)),
            entry.slot,
            [duties[key] for key in entry.duties],
            sides.get(entry.host or ""),
            public_url,
        )
        for entry in meetings(work, partnership, first=min(days), last=max(days))
        if entry.id in ids and entry.slot
    }


def titles_of(work: Work, partnership: str, scope: Scope) -> tuple[Words, ...]:
    """Return the titles of the themes and obligations that a scope names."""
    if scope.is_everything:
        return ()
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


def _in_scope(work: Work, subscription: SubscriptionFacts, shown: Sequence[Piece]) -> list[Piece]:
    scope, partnership = subscription.terms.scope, subscription.partnership
    obligations: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for meeting_id, obligation in work.session.execute(
        select(MeetingDuty.meeting_id, Obligation.key)
        .join(Obligation, Obligation.id == MeetingDuty.obligation_id)
        .where(Obligation.partnership == partnership)
    ):
        obligations[meeting_id] += (obligation,)
    themes: dict[str, list[str]] = defaultdict(list)
    for obligation, theme in work.session.execute(
        select(Obligation.key, Theme.key)
        .join(ObligationTheme, ObligationTheme.obligation_id == Obligation.id)
        .join(Theme, Theme.id == ObligationTheme.theme_id)
        .where(Obligation.partnership == partnership)
    ):
        themes[obligation].append(theme)
    links = duty_links(work, partnership)
    duties = {
        entry.meeting_id: discharged(obligations[entry.meeting_id], entry.first_day, links) for entry in shown
    }
    return [
        entry
        for entry in shown
        if scope.admits(
            entry.level,
            duties[entry.meeting_id],
            [theme for key in duties[entry.meeting_id] for theme in themes[key]],
        )
    ]


def _duties(work: Work, partnership: str) -> dict[str, Duty]:
    """Return what a meeting may discharge, by key."""
    rows = work.session.execute(_DUTIES, {"partnership": partnership}).all()
    said = passages(work, {obligation.passage_id for obligation, _ in rows})
    duties = {}
    for obligation, theme in rows:
        passage = said.get(obligation.passage_id or 0)
        source = {language: passage.pointer(language) for language in LANGUAGES} if passage else None
        level_basis = obligation.basis.get("level", STATED)
        duties[obligation.key] = Duty(obligation.key, obligation.title, theme, source, level_basis)
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
