"""Reading who holds which post of a partnership, and which posts of the acting side changed hands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.db.work import Work
from scheduler.partnerships.holders.rules import Handover, Holder, by_post, handover_on
from scheduler.partnerships.holders.tables import HolderTold, PostHolder
from scheduler.partnerships.tables import PartnershipPost, Party, Post


def holders(work: Work, partnership: str) -> Mapping[str, tuple[Holder, ...]]:
    """Return all that ever held, hold or will hold a post of a partnership, by post, as far as the actor may know."""
    rows = work.session.execute(
        select(PostHolder, Post.party, Post.key)
        .join(Post, Post.id == PostHolder.post_id)
        .join(PartnershipPost, PartnershipPost.post_id == Post.id)
        .where(PartnershipPost.partnership == partnership)
    )
    return by_post(_holder(row, f"{party}/{key}") for row, party, key in rows)


def handovers(work: Work, partnership: str) -> tuple[Handover, ...]:
    """Return for the posts of the acting side who took over, the latest first, and who told the newcomer."""
    if work.actor.is_operator:
        return ()
    told = {(row.post_id, row.first): row for row in work.session.scalars(select(HolderTold))}
    ids = {
        f"{party}/{key}": identifier
        for identifier, party, key in work.session.execute(
            select(Post.id, Post.party, Post.key).where(Post.party == work.actor.side)
        )
    }
    day = today_of(work, work.actor.side)
    found = []
    for post, entries in holders(work, partnership).items():
        change = handover_on(entries, day) if post in ids else None
        if change:
            row = told.get((ids[post], change.holder.first))
            seen = replace(change, told_at=row.told_at, told_by=row.told_by) if row else change
            found.append(seen)
    return tuple(sorted(found, key=lambda entry: (entry.holder.first, entry.holder.post), reverse=True))


def today_of(work: Work, party: str) -> date:
    """Return the day that a side writes now."""
    zone = work.session.scalars(select(Party.zone).where(Party.key == party)).one()
    return work.now.astimezone(ZoneInfo(zone)).date()


def _holder(row: PostHolder, post: str) -> Holder:
    return Holder(
        post=post,
        first=row.first,
        last=row.last,
        mailbox=row.mailbox,
        language=row.language,
        is_joint=row.layer is None,
        set_at=row.set_at,
        set_by=row.set_by,
    )
