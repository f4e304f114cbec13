"""What speaks against the days on offer, by the books of the side that reads: for its own eyes, and never binding.

The books are the closed days that the side knows, its own meetings and the joint ones in all its partnerships, and its
own diaries. Nothing is stored, so that the other side cannot tell what, or whether anything, was found.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, time, timedelta

from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.dates.slots import Slot, days_between
from scheduler.db.work import Work
from scheduler.diaries.queries import busy, diarists
from scheduler.diaries.rules import DIARY, closed_days_of, hours_on
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.meetings.rules import COMING, STATE_WORDS
from scheduler.obligations.queries import ObligationFacts, obligations
from scheduler.partnerships.queries import PartnershipFacts, partnership, partnerships
from scheduler.planning import rules, wishes
from scheduler.planning.days import forbidden_by
from scheduler.planning.queries import closed_on
from scheduler.planning.refusals import Refusal
from scheduler.words import LANGUAGES, Words, say

NEEDED = frozenset({"chair", "required"})


def objections(
    work: Work, meeting: MeetingFacts, *, with_diaries: bool = True
) -> dict[int, tuple[Refusal, ...]]:
    """Return what speaks against each option on offer, by its number; diaries are not for every reader of a side."""
    books = _Books(work, meeting, with_diaries=with_diaries)
    return {option.number: tuple(books.against(option.slot)) for option in meeting.on_offer}


def against(
    work: Work, meeting: MeetingFacts, slot: Slot, *, with_diaries: bool = True
) -> tuple[Refusal, ...]:
    """Return what speaks against holding a meeting in a slot; diaries are not for every reader of a side."""
    return tuple(_Books(work, meeting, with_diaries=with_diaries).against(slot))


class _Books:
    """What the acting side knows, read once for all the days of one meeting."""

    def __init__(self, work: Work, meeting: MeetingFacts, *, with_diaries: bool = True) -> None:
        self.work, self.meeting, self.with_diaries = work, meeting, with_diaries
        self.facts: PartnershipFacts = partnership(work, meeting.partnership)
        promised = {entry.key: entry for entry in obligations(work, meeting.partnership)}
        self.needed = {
            reference: title for key in meeting.duties for reference, title in _posts(promised[key]).items()
        }
        self.taken = tuple(_taken(work, meeting))

    def against(self, slot: Slot) -> Iterator[Refusal]:
        """Yield what speaks against a slot: closed days, then other meetings, then diaries."""
        closed = closed_on(self.work, self.facts, slot, self.meeting.level, effects=tuple(Effect))
        yield from self._closed(closed)
        for taken in self.taken:
            begins = max(taken.first, slot.first_day)
            if begins <= min(taken.last, slot.last_day) and taken.posts & self.needed.keys():
                words = rules.ONE_MEETING_A_DAY.explain(
                    day=begins, post=self._named(taken.posts & self.needed.keys()), other=taken.name
                )
                yield Refusal(rule=rules.ONE_MEETING_A_DAY.name, reason=words)
        if self.with_diaries:
            yield from self._closed(self._diaries(slot))

    def _named(self, shared: Set[str]) -> Words:
        """Return the posts that two meetings share: those of the acting side, where it has any."""
        own = {post for post in shared if post.startswith(f"{self.work.actor.side}/")}
        return {
            language: ", ".join(say(self.needed[post], language) for post in sorted(own or shared))
            for language in LANGUAGES
        }

    def _closed(self, closed: list[tuple[date, ClosedDay]]) -> Iterator[Refusal]:
        for day, row in closed:
            if row.effect is Effect.FORBIDS:
                rule = forbidden_by(row)
                yield Refusal(rule=rule.name, reason=rule.explain(day=day, **self._said(row)))
        costing = {(row.party, row.first, row.source): row for _, row in closed if row.effect is Effect.COSTS}
        for row in costing.values():
            rule = wishes.TENTATIVE if row.kind == DIARY else wishes.COSTLY_DAY
            days = timedelta(sum(entry == row for _, entry in closed))
            yield Refusal(rule=rule.name, reason=rule.explain(days=days, **self._said(row)))

    def _said(self, row: ClosedDay) -> dict[str, object]:
        return {"party": self.facts.party(row.party).name, "closed": row.title, "source": row.source}

    def _diaries(self, slot: Slot) -> list[tuple[date, ClosedDay]]:
        """Return the days of a slot that the diaries of the acting side take."""
        own = self.facts.party(self.work.actor.side)
        first, last = slot.first_day - timedelta(days=1), slot.last_day + timedelta(days=1)
        times = busy(self.work, self.needed, first, last)
        hours = (
            hours_on(slot.start, slot.end, slot.zone)
            if slot.start and slot.end
            else hours_on(time.fromisoformat(own.office_from), time.fromisoformat(own.office_until), own.zone)
        )
        rows = [
            row
            for diarist in diarists(self.work, self.needed).values()
            for row in closed_days_of(times, hours, diarist)
        ]
        days = days_between(slot.first_day, slot.last_day)
        return [(day, row) for day in days for row in rows if row.first <= day <= row.last]


@dataclass(frozen=True, slots=True)
class _Taken:
    """Days that another meeting takes, or may take, from the posts it needs."""

    first: date
    last: date
    name: Words
    posts: frozenset[str]


def _taken(work: Work, meeting: MeetingFacts) -> Iterator[_Taken]:
    """Yield the days of every other meeting that the side knows, those on offer among them.

    What the side itself has planned for one of the same duties is the same wish, and no objection to it.
    """
    for facts in partnerships(work):
        needs = {entry.key: _posts(entry).keys() for entry in obligations(work, facts.key)}
        for other in meetings(work, facts.key, states=COMING):
            is_same_wish = (
                other.layer
                and other.partnership == meeting.partnership
                and not set(meeting.duties).isdisjoint(other.duties)
            )
            if other.uid == meeting.uid or not other.slot or is_same_wish:
                continue
            name = {
                language: f"{say(other.title, language)} ({say(STATE_WORDS[other.state], language)})"
                for language in LANGUAGES
            }
            posts = frozenset[str]().union(*(needs[key] for key in other.duties))
            for slot in dict.fromkeys((other.slot, *(option.slot for option in other.on_offer))):
                yield _Taken(slot.first_day, slot.last_day, name, posts)


def _posts(obligation: ObligationFacts) -> dict[str, Words]:
    """Return the posts that an obligation needs, by reference."""
    return {entry.post.reference: entry.post.title for entry in obligation.posts if entry.role in NEEDED}
