"""What waits for the reader's side, and what it waits for itself: days on offer, links, skips, who hosts next."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from flask import url_for

from scheduler.db.work import Work
from scheduler.invitations.proposals.queries import open_meetings
from scheduler.invitations.telling.queries import newcomers
from scheduler.meetings.hosting import host_turns
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.rules import State
from scheduler.obligations.consents import Consent
from scheduler.obligations.queries import ObligationFacts, duty_links, skips
from scheduler.partnerships.queries import posts
from scheduler.web.kit.language import in_words, text
from scheduler.web.kit.written import full_date

UNDATED = (State.WANTED, State.POSTPONED)
"""Rounds whose days were refused or taken away: either side may offer new ones."""


class Waiting(NamedTuple):
    """A decision that is asked of the reader's side: the address where it is made, and in words."""

    address: str
    said: str


def waiting(
    work: Work, key: str, promised: Mapping[str, ObligationFacts], rounds: Iterable[MeetingFacts]
) -> Iterator[Waiting]:
    """Yield what the reader's side is asked; what it has said already waits for others, and is not asked again."""
    for meeting in rounds:
        if meeting.awaits(work.actor.side):
            days = ", ".join(full_date(option.day) for option in meeting.on_offer)
            said = text("offers.asked", title=in_words(meeting.title), days=days)
            yield Waiting(url_for("meeting.show", uid=meeting.uid, _anchor="offer"), said)
        elif meeting.state in UNDATED:
            said = text("offers.wanted", title=in_words(meeting.title))
            yield Waiting(url_for("meeting.show", uid=meeting.uid, _anchor="offering"), said)
    yield from _from_the_invited(work, key, {meeting.uid: in_words(meeting.title) for meeting in rounds})
    yield from _decisions(work, key, promised)


def waited_for(
    work: Work, key: str, promised: Mapping[str, ObligationFacts], rounds: Iterable[MeetingFacts]
) -> Iterator[Waiting]:
    """Yield what the reader's side has said and now waits for the other side to answer."""
    for meeting in rounds:
        if meeting.on_offer and not meeting.awaits(work.actor.side):
            days = ", ".join(full_date(option.day) for option in meeting.on_offer)
            said = text("offers.made", title=in_words(meeting.title), days=days)
            yield Waiting(url_for("meeting.show", uid=meeting.uid, _anchor="offer"), said)
    yield from _decisions(work, key, promised, asked=False)


def _from_the_invited(work: Work, key: str, titles: Mapping[str, str]) -> Iterator[Waiting]:
    """Yield what delegates propose, and who is new in a post and must be told."""
    for uid, count in open_meetings(work, key).items():
        many = "proposals.count.one" if count == 1 else "proposals.count"
        said = text(many, title=titles.get(uid, uid), count=count)
        yield Waiting(url_for("invitations.show", uid=uid, _anchor="proposals"), said)
    named = {entry.reference: in_words(entry.title) for entry in posts(work, key)}
    for entry in newcomers(work, key):
        if entry.waits:
            said = text("posts.new.waits", post=named[entry.handover.holder.post])
            yield Waiting(url_for("posts.show", partnership=key, _anchor="new"), said)


def _decisions(
    work: Work, key: str, promised: Mapping[str, ObligationFacts], *, asked: bool = True
) -> Iterator[Waiting]:
    """Yield what the reader's side is asked about obligations, or else what it has said and others are asked."""

    def page(name: str, section: str) -> str:
        return url_for("obligation.show", partnership=key, key=name, _anchor=section)

    def is_asked(consents: tuple[Consent, ...]) -> bool:
        return asked != (work.actor.side in {consent.party for consent in consents})

    titles = {name: in_words(entry.title) for name, entry in promised.items()}
    for link in duty_links(work, key):
        if link.is_proposed and is_asked(link.consents):
            first, other = titles[link.obligation], titles[link.other]
            said = text("links.asked", year=link.year, first=first, other=other)
            yield Waiting(page(link.obligation, "links"), said)
    for skip in skips(work, key):
        if not skip.agreed_at and is_asked(skip.consents):
            said = text("skips.asked", title=titles[skip.obligation], due=full_date(skip.due))
            yield Waiting(page(skip.obligation, "skips"), said)
    for name, turn in host_turns(work, key).items():
        if turn.question and is_asked(turn.question.next_consents):
            yield Waiting(page(name, "hosts"), f"{titles[name]}: {in_words(turn.reason)}")
