"""Reading obligations as plain values, with themes, topics, posts and relations, and what was decided about rounds."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.obligations.consents import Consent, SkipFacts, read_consents
from scheduler.obligations.host_turns import ALTERNATE, HostSwapFacts
from scheduler.obligations.lead_times import effective_level, save_the_date_weeks
from scheduler.obligations.links import MAY_DISCHARGE, DutyLinkFacts
from scheduler.obligations.rules import Promise
from scheduler.obligations.tables import (
    DutyLink,
    HostSwap,
    Obligation,
    ObligationPost,
    ObligationTheme,
    Relation,
    Skip,
    Topic,
)
from scheduler.partnerships.queries import PostFacts, posts
from scheduler.partnerships.tables import Post, Theme
from scheduler.words import Words


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """A subject that the text puts on the agenda."""

    key: str
    title: Words


@dataclass(frozen=True, slots=True)
class DelegationPost:
    """A post on the delegation: ``chair``, ``required``, ``optional`` or ``informed``."""

    post: PostFacts
    role: str


@dataclass(frozen=True, slots=True)
class RelationFacts:
    """A relation to another obligation (``other``) or to a body outside (``outside``).

    Where one reports to the other, ``lag_days`` lie between the two at least. ``note`` says why they stand so.
    """

    type: str
    other: str | None
    outside: str | None
    basis: str
    lag_days: int | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class ObligationFacts:
    """An obligation as every other room sees it.

    ``duration`` is ``{"hours": 6}`` or ``{"days": 5}``; ``window`` ``{"months": [9, 10, 11]}``; ``host``
    ``{"rule": …, "next": party}``; ``leads`` the leading office by side. ``basis`` names the values no source
    states and whose they are, and says why by language as ``<field>.note``.
    """

    id: int
    partnership: str
    key: str
    title: Words
    kind: str
    level: str
    passage_id: int | None
    cadence: Cadence
    cadence_stated: str | None
    cadence_reading: Words
    established: bool
    in_force_from: date
    in_force_until: date | None
    duration: dict[str, int] | None
    start_time: str | None
    window: dict[str, Any] | None
    preferred: dict[str, Any] | None
    host: dict[str, Any]
    leads: dict[str, str]
    note: Words | None
    basis: dict[str, Any]
    themes: tuple[str, ...]
    topics: tuple[TopicFacts, ...]
    posts: tuple[DelegationPost, ...]
    relations: tuple[RelationFacts, ...]

    @property
    def effective_level(self) -> str:
        """Return the level whose lead times hold (``mixed`` is resolved by the required posts)."""
        required = [entry.post.level for entry in self.posts if entry.role in {"chair", "required"}]
        return effective_level(self.level, required)

    @property
    def promise(self) -> Promise:
        """Return what the colour of this obligation depends on."""
        return Promise(
            key=self.key,
            cadence=self.cadence,
            in_force_from=self.in_force_from,
            in_force_until=self.in_force_until,
            save_the_date_weeks=save_the_date_weeks(self.effective_level),
            cadence_stated=self.cadence_stated,
        )

    def covers(self) -> tuple[str, ...]:
        """Return the keys of the obligations whose rounds count for this umbrella too."""
        return tuple(entry.other for entry in self.relations if entry.type == "umbrella_of" and entry.other)

    def may_discharge(self) -> tuple[str, ...]:
        """Return the keys of the obligations that a round of this one may serve too, if both sides say so."""
        return tuple(entry.other for entry in self.relations if entry.type == MAY_DISCHARGE and entry.other)


def obligations(work: Work, partnership: str) -> tuple[ObligationFacts, ...]:
    """Return the obligations of a partnership in the order of its file."""
    rows = work.session.scalars(
        select(Obligation).where(Obligation.partnership == partnership).order_by(Obligation.position)
    ).all()
    parts = _Parts(work, partnership, {row.id: row.key for row in rows})
    return tuple(parts.facts(row) for row in rows)


def obligation(work: Work, partnership: str, key: str) -> ObligationFacts:
    """Return one obligation; raise ``NotFound``."""
    for facts in obligations(work, partnership):
        if facts.key == key:
            return facts
    raise NotFound(
        {
            "en": f"{partnership} has no obligation {key!r}",
            "nl": f"{partnership} heeft geen verplichting {key!r}",
        },
        remedy={"en": "`dialogues owed` lists them", "nl": "`dialogues owed` toont ze"},
    )


def agreed_skips(work: Work, partnership: str) -> dict[int, tuple[date, ...]]:
    """Return, by obligation id, the due dates of the rounds that both sides agreed to leave out."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = work.session.execute(
        select(Skip.obligation_id, Skip.due).where(
            Skip.partnership == partnership, Skip.agreed_at.is_not(None)
        )
    )
    for obligation_id, due in rows:
        found[obligation_id].append(due)
    return {key: tuple(sorted(days)) for key, days in found.items()}


def skips(work: Work, partnership: str) -> tuple[SkipFacts, ...]:
    """Return the skips of a partnership, proposed and agreed, by due date."""
    rows = work.session.execute(
        select(Obligation.key, Skip)
        .join(Obligation, Obligation.id == Skip.obligation_id)
        .where(Skip.partnership == partnership)
        .order_by(Skip.due, Obligation.position)
    )
    return tuple(
        SkipFacts(key, row.due, row.reason, read_consents(row.consents), row.agreed_at) for key, row in rows
    )


def duty_links(work: Work, partnership: str) -> tuple[DutyLinkFacts, ...]:
    """Return every link of duties that was ever proposed, by year and in the order of the proposals."""
    other = aliased(Obligation)
    rows = work.session.execute(
        select(Obligation.key, other.key, DutyLink)
        .join(Obligation, Obligation.id == DutyLink.obligation_id)
        .join(other, other.id == DutyLink.other_id)
        .where(DutyLink.partnership == partnership)
        .order_by(DutyLink.year, Obligation.position, other.position, DutyLink.number)
    )
    return tuple(
        DutyLinkFacts(
            obligation=key,
            other=second,
            year=row.year,
            number=row.number,
            consents=read_consents(row.consents),
            agreed_at=row.agreed_at,
            ended=_ended(row),
        )
        for key, second, row in rows
    )


def host_ledger(work: Work, partnership: str) -> tuple[HostSwapFacts, ...]:
    """Return the lines of the host ledger that the actor may see, withdrawn ones too, by year and round."""
    rows = work.session.execute(
        select(Obligation.key, Obligation.host, HostSwap)
        .join(Obligation, Obligation.id == HostSwap.obligation_id)
        .where(HostSwap.partnership == partnership)
        .order_by(HostSwap.year, Obligation.position, HostSwap.meeting, HostSwap.number)
    )
    return tuple(
        HostSwapFacts(
            obligation=key,
            meeting=row.meeting,
            layer=row.layer,
            year=row.year,
            turn=row.turn,
            host=row.host,
            reason=row.reason,
            consents=read_consents(row.consents),
            agreed_at=row.agreed_at,
            withdrawn_at=row.withdrawn_at,
            next=row.next,
            next_consents=read_consents(row.next_consents),
            next_agreed_at=row.next_agreed_at,
            asks=host["rule"] == ALTERNATE,
        )
        for key, host, row in rows
    )


class _Parts:
    """The rows below the obligations of one partnership, read once each and grouped."""

    def __init__(self, work: Work, partnership: str, keys: dict[int, str]) -> None:
        self.themes: dict[int, list[str]] = defaultdict(list)
        self.topics: dict[int, list[TopicFacts]] = defaultdict(list)
        self.posts: dict[int, list[DelegationPost]] = defaultdict(list)
        self.relations: dict[int, list[RelationFacts]] = defaultdict(list)
        run = work.session.execute
        ours = set(keys)
        for owner, theme in run(
            select(ObligationTheme.obligation_id, Theme.key)
            .join(Theme, Theme.id == ObligationTheme.theme_id)
            .where(ObligationTheme.obligation_id.in_(ours))
            .order_by(ObligationTheme.position)
        ):
            self.themes[owner].append(theme)
        for topic in work.session.scalars(
            select(Topic).where(Topic.obligation_id.in_(ours)).order_by(Topic.position)
        ):
            self.topics[topic.obligation_id].append(TopicFacts(topic.key, topic.title))
        known = {(post.party, post.key): post for post in posts(work, partnership)}
        for owner, party, key, role in run(
            select(ObligationPost.obligation_id, Post.party, Post.key, ObligationPost.role)
            .join(Post, Post.id == ObligationPost.post_id)
            .where(ObligationPost.obligation_id.in_(ours))
            .order_by(ObligationPost.position)
        ):
            self.posts[owner].append(DelegationPost(known[party, key], role))
        for row in work.session.scalars(
            select(Relation).where(Relation.obligation_id.in_(ours)).order_by(Relation.position)
        ):
            other = keys[row.other_id] if row.other_id else None
            self.relations[row.obligation_id].append(
                RelationFacts(row.type, other, row.outside, row.basis, row.lag_days, row.note)
            )

    def facts(self, row: Obligation) -> ObligationFacts:
        return ObligationFacts(
            id=row.id,
            partnership=row.partnership,
            key=row.key,
            title=row.title,
            kind=row.kind,
            level=row.level,
            passage_id=row.passage_id,
            cadence=_cadence(row.cadence),
            cadence_stated=row.cadence["stated"],
            cadence_reading=row.cadence["reading"],
            established=row.established,
            in_force_from=row.in_force_from,
            in_force_until=row.in_force_until,
            duration=row.duration,
            start_time=row.start_time,
            window=row.window,
            preferred=row.preferred,
            host=row.host,
            leads=row.leads,
            note=row.note,
            basis={**row.basis, "cadence": row.cadence["basis"]},
            themes=tuple(self.themes[row.id]),
            topics=tuple(self.topics[row.id]),
            posts=tuple(self.posts[row.id]),
            relations=tuple(self.relations[row.id]),
        )


def _cadence(stored: dict[str, Any]) -> Cadence:
    anchor = stored.get("anchor")
    return Cadence(
        rule=CadenceRule(stored["rule"]),
        times=stored["times"],
        years=stored["years"],
        months=stored["months"],
        set_by=stored["set_by"],
        anchor=date.fromisoformat(anchor) if anchor else None,
    )


def _ended(row: DutyLink) -> Consent | None:
    if row.ended_at is None:
        return None
    return Consent(row.ended_side or "", row.ended_by or "", row.ended_at)
