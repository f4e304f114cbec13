"""Saying who holds a post of one's own side, from when until when, and that whoever came was told what is to come.

Nothing that went to a former holder is changed by it: which letters go where follows from who holds the post that day.
"""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from scheduler.audit.actions import record
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.partnerships.holders.queries import handovers, holders
from scheduler.partnerships.holders.tables import HolderTold, PostHolder
from scheduler.partnerships.tables import PartnershipPost, Post
from scheduler.typed import one_of
from scheduler.words import LANGUAGES

_ADDRESS = re.compile(r"[^\s@<>\",;:\\()\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,187}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """From when until when somebody holds a post, both days included, and where and in what language they read."""

    first: date
    last: date | None = None
    mailbox: str = ""
    language: str = ""


def set_holder(work: Work, partnership: str, post: str, term: Term) -> None:
    """Say who holds a post of the acting side from a day on; said again of the same day, it replaces what was said.

    Raises ``BadInput`` for a post that is not the side's, days out of order, no mail address or an unknown language.
    """
    reference, post_id = _own(work, partnership, post)
    _refuse_unfit(term)
    of_day = (PostHolder.post_id == post_id, PostHolder.first == term.first)
    row = work.session.scalars(
        select(PostHolder).where(*of_day, PostHolder.layer == work.actor.side)
    ).one_or_none()
    if row is None:
        row = PostHolder(post_id=post_id, first=term.first, layer=work.actor.side)
        work.session.add(row)
    row.last, row.mailbox, row.language = term.last, term.mailbox or None, term.language or None
    row.set_at, row.set_by = work.now, work.actor.name
    work.session.flush()
    _audit(work, partnership, "post holder set", reference, term.first)


def remove_holder(work: Work, partnership: str, post: str, first: date) -> None:
    """Take back what the acting side said of a post from a day on; raise ``NotFound`` where it said nothing."""
    reference, post_id = _own(work, partnership, post)
    of_day = (PostHolder.post_id == post_id, PostHolder.first == first)
    row = work.session.scalars(
        select(PostHolder).where(*of_day, PostHolder.layer == work.actor.side)
    ).one_or_none()
    if row is None:
        known = [entry for entry in holders(work, partnership).get(reference, ()) if not entry.is_joint]
        days = ", ".join(str(entry.first) for entry in known)
        raise NotFound(
            {
                "en": f"your side named no holder of {reference} from {first} on",
                "nl": f"uw zijde noemde geen bekleder van {reference} vanaf {first}",
            },
            place="from",
            remedy={"en": f"known: {days or 'no day'}", "nl": f"bekend: {days or 'geen dag'}"},
        )
    work.session.delete(row)
    work.session.flush()
    _audit(work, partnership, "post holder removed", reference, first)


def record_told(work: Work, partnership: str, post: str) -> None:
    """Record that whoever took over a post was told what is to come; raise ``Conflict`` where nobody is to be told."""
    reference, post_id = _own(work, partnership, post)
    change = next((entry for entry in handovers(work, partnership) if entry.holder.post == reference), None)
    if change is None or change.told_at:
        message = {
            "en": f"nobody new at {reference} is to be told",
            "nl": f"bij {reference} is niemand nieuw die nog moet worden ingelicht",
        }
        raise Conflict(message, place="post")
    told = HolderTold(post_id=post_id, first=change.holder.first, told_at=work.now, told_by=work.actor.name)
    work.session.add(told)
    work.session.flush()
    _audit(work, partnership, "post holder told", reference, change.holder.first)


def _own(work: Work, partnership: str, post: str) -> tuple[str, int]:
    """Return a post of the acting side, also when it is named without its side."""
    side = work.actor.side
    rows = work.session.execute(
        select(Post.key, Post.id)
        .join(PartnershipPost, PartnershipPost.post_id == Post.id)
        .where(PartnershipPost.partnership == partnership, Post.party == side)
        .order_by(PartnershipPost.position)
    )
    known = {f"{side}/{row.key}": row.id for row in rows}
    reference = post if "/" in post else f"{side}/{post}"
    if reference not in known:
        message = {
            "en": f"{post!r} is no post of your side",
            "nl": f"{post!r} is geen functie van uw zijde",
        }
        raise BadInput(message, place="post", remedy=one_of(known))
    return reference, known[reference]


def _refuse_unfit(term: Term) -> None:
    if term.last and term.last < term.first:
        raise BadInput(
            {"en": f"{term.last} lies before {term.first}", "nl": f"{term.last} ligt vóór {term.first}"},
            place="until",
            remedy={"en": "give a later day", "nl": "geef een latere dag"},
        )
    if term.mailbox and not (term.mailbox.isascii() and _ADDRESS.fullmatch(term.mailbox)):
        raise BadInput(
            {"en": f"{term.mailbox!r} is no mail address", "nl": f"{term.mailbox!r} is geen mailadres"},
            place="mailbox",
            remedy={
                "en": "for example desk@ministry.example",
                "nl": "bijvoorbeeld desk@ministry.example",
            },
        )
    if term.language and term.language not in LANGUAGES:
        message = {
            "en": f"{term.language!r} is not spoken here",
            "nl": f"{term.language!r} wordt hier niet gebruikt",
        }
        raise BadInput(message, place="language", remedy=one_of(LANGUAGES))


def _audit(work: Work, partnership: str, act: str, post: str, first: date) -> None:
    record(work, partnership, act, f"post/{post}", layer=work.actor.side, first=str(first))
