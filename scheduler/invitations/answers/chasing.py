"""What is done about a letter that came back: the side's secretariat is told once, in a letter of its own.

Nothing is ever written to whoever sent a report, whose sender is nobody (RFC 3834, section 2); and a letter of this
kind that comes back itself is shown, but no second one is written about it: so no report can begin a loop.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.dates.written import write_day
from scheduler.db.work import Work
from scheduler.outbox.actions import enqueue
from scheduler.outbox.mime import Draft, Letterhead
from scheduler.outbox.queries import LetterFacts, letters
from scheduler.outbox.rules import CAME_BACK, LetterState
from scheduler.outbox.templates import write
from scheduler.partnerships.queries import (
    OfficeFacts,
    PartnershipFacts,
    PostFacts,
    offices,
    partnership,
    posts,
)
from scheduler.words import say

TEMPLATE = "returned"
WORKING_LEVELS = ("expert", "senior_official", "ministerial", "mixed")
"""Who is asked first in an office: those who do the work."""


def unchased(work: Work) -> tuple[LetterFacts, ...]:
    """Return the letters of the acting side that came back and of which its secretariat is still to be told.

    Not those to an address that is no post's any more: what could be done was done, and of the cancellation that goes
    to an address that failed nobody need hear.
    """
    returned = [
        entry for entry in letters(work, states=CAME_BACK) if not entry.key.startswith(f"{TEMPLATE}/")
    ]
    if not returned:
        return ()
    known = {entry.key for entry in letters(work, keys=[_key(entry) for entry in returned])}
    read = {
        (key, (post.mailbox or "").lower())
        for key in {entry.partnership for entry in returned}
        for post in posts(work, key)
        if post.party == work.actor.side
    }
    return tuple(
        entry
        for entry in returned
        if _key(entry) not in known and (entry.partnership, entry.address.lower()) in read
    )


def chase(work: Work, letterhead: Letterhead) -> int:
    """Tell the acting side's secretariats of the letters that came back; return how many letters that took.

    Where the secretariat reads no other address than the one that failed, nobody can be told: the letter stands first
    on the page of letters all the same.
    """
    written = 0
    for returned in unchased(work):
        draft = _draft(work, returned, letterhead)
        written += draft is not None and enqueue(work, draft, letterhead)
    return written


def _draft(work: Work, returned: LetterFacts, letterhead: Letterhead) -> Draft | None:
    facts = partnership(work, returned.partnership)
    known = {office.key: office for office in offices(work, facts.key) if office.party == work.actor.side}
    own = [post for post in posts(work, facts.key) if post.party == work.actor.side]
    keeper = _keeper(own, known, returned.address)
    if keeper is None or keeper.mailbox is None:
        return None
    language = keeper.language or facts.party(work.actor.side).language
    post = next((entry for entry in own if entry.reference == returned.post), None)
    told: Mapping[str, Any] = {
        "marking": letterhead.marking,
        "post": say(keeper.title, language),
        "office": say(known[keeper.office].name, language),
        "subject": returned.subject.removeprefix(f"{letterhead.marking}: "),
        "addressee": say(post.title, language) if post else returned.post,
        "reference": returned.post,
        "address": returned.address,
        "day": _day(facts, work.actor.side, returned.sent_at or returned.enqueued_at, language),
        "report": returned.last_error or "",
        "is_for_now": returned.state is LetterState.GIVEN_UP,
        "is_invitation": returned.key.startswith("invitation/"),
        "programme": say(facts.title, language),
        "page": f"{letterhead.public_url}/letters/{facts.key}",
    }
    written = write(TEMPLATE, language, told)
    return Draft(
        key=_key(returned),
        partnership=facts.key,
        post=keeper.reference,
        post_title=say(keeper.title, language),
        address=keeper.mailbox,
        language=language,
        subject=written.subject,
        text=written.text,
        html=written.html,
    )


def _key(returned: LetterFacts) -> str:
    """Return the key of the letter about one that came back; sent again, it may come back once more."""
    return f"{TEMPLATE}/{returned.message_id.strip('<>')}/{returned.sent_at or returned.enqueued_at:%Y%m%d%H%M%S}"


def _keeper(own: Iterable[PostFacts], known: Mapping[str, OfficeFacts], failed: str) -> PostFacts | None:
    """Return whoever does the work in the side's secretariat and reads another address than the one that failed."""
    able = [
        post
        for post in own
        if post.office in known
        and known[post.office].is_secretariat
        and post.mailbox
        and post.mailbox.lower() != failed.lower()
    ]
    return min(
        able, key=lambda post: (post.is_private_office, WORKING_LEVELS.index(post.level)), default=None
    )


def _day(facts: PartnershipFacts, side: str, at: datetime, language: str) -> str:
    return write_day(at.astimezone(ZoneInfo(facts.party(side).zone)).date(), language)
