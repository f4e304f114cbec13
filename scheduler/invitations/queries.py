"""Reading delegations, what was sent, who was told what, and what is to be said now."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Select, select

from scheduler.db.work import Work
from scheduler.errors import Conflict
from scheduler.ical.scheduling import Method
from scheduler.invitations import rules
from scheduler.invitations.itip import Cause, Message, Seat, Standing, Told, asks_again, messages
from scheduler.invitations.rules import Arrangement, Delegate, Role, Sending
from scheduler.invitations.tables import (
    AskedAgainRow,
    DelegateRow,
    DelegationRow,
    InvitationSending,
    MeetingArrangement,
    SharedDelegation,
    ToldRow,
)
from scheduler.meetings.queries import MeetingFacts, meeting, meetings
from scheduler.meetings.rules import State
from scheduler.obligations.queries import ObligationFacts, obligations
from scheduler.outbox.queries import LetterFacts, held_back, letter, letters
from scheduler.partnerships.queries import (
    OfficeFacts,
    PartnershipFacts,
    PostFacts,
    offices,
    partnership,
    partnerships,
    posts,
)

HasJointAgenda = Callable[[Work, str], bool]
"""What tells whether a meeting, by its UID, has an agenda that both sides see."""

Row = TypeVar(
    "Row",
    AskedAgainRow,
    DelegateRow,
    DelegationRow,
    InvitationSending,
    MeetingArrangement,
    SharedDelegation,
    ToldRow,
)
A_DAY = timedelta(days=1)


def no_joint_agenda(_work: Work, _uid: str) -> bool:
    """Tell of no agenda: for an installation without agendas."""
    return False


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """What an address was told, why, when and in which letter."""

    told: Told
    cause: Cause
    letter: str
    at: datetime
    is_held_back: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """What another side shows of its delegation; released by whom and when, ``None`` where only heads are shown."""

    delegates: tuple[Delegate, ...]
    released_at: datetime | None
    released_by: str | None


@dataclass(frozen=True)
class Invitation:
    """All that there is to inviting to one meeting, as the acting side sees it.

    ``delegates`` are the side's own, from its list or, while it keeps none, from the programme. ``shared`` holds what
    each side that shows something shows, by side. ``ledger`` is every letter to the addresses of the own side,
    ``asked`` when which of them asked for what it was told once more. ``has_joint_agenda`` only adds to letters that go
    anyway: nobody is written to because of it.
    """

    meeting: MeetingFacts
    partnership: PartnershipFacts
    side: str
    duties: tuple[ObligationFacts, ...]
    posts: Mapping[str, PostFacts]
    offices: Mapping[str, OfficeFacts]
    delegates: tuple[Delegate, ...]
    is_own_list: bool
    arrangement: Arrangement
    sendings: tuple[Sending, ...]
    ledger: tuple[ToldFacts, ...]
    asked: tuple[tuple[str, datetime], ...]
    shared: Mapping[str, Shared]
    now: datetime
    has_joint_agenda: bool = False

    @cached_property
    def told(self) -> tuple[ToldFacts, ...]:
        """Return what the addresses of the own side were told, without what was held back before it left."""
        return tuple(entry for entry in self.ledger if not entry.is_held_back)

    @cached_property
    def content(self) -> dict[str, Any]:
        """Return what a sending would say now; nothing while there is no date."""
        facts = self.meeting
        if facts.slot is None:
            return {}
        return rules.content_of(facts.slot, facts.host, facts.place, self.arrangement)

    @property
    def is_over(self) -> bool:
        """Tell whether there is nothing to invite to any more."""
        return self.meeting.state is State.HELD or rules.has_ended(self.meeting.slot, self.now)

    @property
    def is_current(self) -> bool:
        """Tell whether what stands was sent."""
        return rules.is_current(self.sendings, self.meeting.revision, self.content)

    @property
    def is_off(self) -> bool:
        """Tell whether the meeting was called off."""
        return self.meeting.state in rules.CALLED_OFF

    @property
    def is_sender(self) -> bool:
        """Tell whether it is for the acting side to send."""
        parties = (party.key for party in self.partnership.parties)
        return rules.is_sender(self.side, self.meeting.host, parties)

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Return whom to invite."""
        return tuple(Seat(entry.post, entry.role, self.address_of(entry.post)) for entry in self.delegates)

    @property
    def standing(self) -> Standing:
        """Return what may be said of the meeting now."""
        state, may_invite = self.meeting.state, self.meeting.state is State.AGREED and self.is_current
        cause = Cause.POSTPONED if state is State.POSTPONED else Cause.CANCELLED
        return Standing(
            invitation=rules.latest_invitation(self.sendings) if may_invite else None,
            off=cause if self.is_off else None,
            is_over=self.is_over,
            asking=frozenset(address for address, at in self.asked if self._wants_again(address, at)),
        )

    def _wants_again(self, address: str, at: datetime) -> bool:
        told = [(entry.cause, entry.at) for entry in self.told if entry.told.address.lower() == address]
        return asks_again(at, told)

    @property
    def due(self) -> tuple[Message, ...]:
        """Return what must be said to the acting side's own posts now."""
        return messages(self.seats, (entry.told for entry in self.told), self.standing)

    @property
    def if_sent(self) -> tuple[Message, ...]:
        """Return what would be said to the acting side's own posts if somebody pressed send now."""
        if not self.content or self.meeting.state is not State.AGREED:
            return ()
        standing = Standing(invitation=self.next_sending("", None), is_over=self.is_over)
        return messages(self.seats, (entry.told for entry in self.told), standing)

    def next_sending(self, name: str, reason: str | None) -> Sending:
        """Return what is sent when somebody called ``name`` presses send now."""
        return Sending(
            number=len(self.sendings) + 1,
            is_call_off=False,
            sequence=rules.next_sequence(self.sendings, self.content),
            revision=self.meeting.revision,
            content=self.content,
            reason=reason,
            party=self.side,
            name=name,
            at=self.now,
        )

    def address_of(self, post: str) -> str | None:
        """Return where the letters of a post are read: its mailbox, or that of the post which reads them for it."""
        found = self.posts.get(post)
        if found is None:
            return None
        reader = self.posts.get(f"{found.party}/{found.letters_to}", found) if found.letters_to else found
        return reader.mailbox


def invitation(work: Work, uid: str) -> Invitation:
    """Return one meeting with its invitations; raise ``NotFound`` for one that is not for the actor's eyes."""
    found = meeting(work, uid)
    return invitations_to(work, partnership(work, found.partnership), (found,))[0]


def open_invitations(work: Work) -> tuple[Invitation, ...]:
    """Return the meetings that were ever sent and are not over, of every partnership of the acting side."""
    return tuple(entry for facts in partnerships(work) for entry in _open(work, facts))


def invitations_to(
    work: Work, facts: PartnershipFacts, found: tuple[MeetingFacts, ...]
) -> tuple[Invitation, ...]:
    """Return several meetings with their invitations: what they have in common and each kind of row is read once."""
    if not found:
        return ()
    side, ids = work.actor.side, [entry.id for entry in found]
    promised = {entry.key: entry for entry in obligations(work, facts.key)}
    known_posts = {entry.reference: entry for entry in posts(work, facts.key)}
    own_offices = {entry.key: entry for entry in offices(work, facts.key) if entry.party == side}
    rows = _Rows(work, ids)
    return tuple(
        Invitation(
            meeting=entry,
            partnership=facts,
            side=side,
            duties=(duties := tuple(promised[key] for key in entry.duties)),
            posts=known_posts,
            offices=own_offices,
            delegates=rules.in_order(
                rows.delegates(entry.id) if rows.keeps_list(entry.id) else _of_programme(duties, side)
            ),
            is_own_list=rows.keeps_list(entry.id),
            arrangement=rows.arrangement(entry.id),
            sendings=rows.sendings(entry.id),
            ledger=rows.told(entry.id),
            asked=rows.asked(entry.id),
            shared=rows.shared(entry),
            now=work.now,
        )
        for entry in found
    )


def fates(work: Work, found: Invitation) -> dict[str, LetterFacts]:
    """Return the letters in which the acting side's posts were told of a meeting, by key."""
    wanted = [entry.letter for entry in found.ledger]
    return {entry.key: entry for entry in letters(work, found.meeting.partnership, keys=wanted)}


def first_message(work: Work, found: Invitation, address: str) -> str:
    """Return the Message-ID of the first letter that went to an address about a meeting; empty before there is one."""
    for entry in found.told:
        if entry.told.address.lower() == address.lower():
            return letter(work, entry.letter)[0].message_id
    return ""


def require_known_to_both(found: Invitation) -> None:
    """Raise ``Conflict`` for a meeting of which only one side knows."""
    if found.meeting.layer is not None:
        raise Conflict(
            {
                "en": "the other side does not know of this meeting",
                "nl": "de andere zijde kent deze bijeenkomst niet",
            },
            place="meeting",
            remedy={"en": "offer it first", "nl": "leg haar eerst voor"},
        )


def _open(work: Work, facts: PartnershipFacts) -> tuple[Invitation, ...]:
    sent = set(
        work.session.scalars(
            select(InvitationSending.meeting_id).where(InvitationSending.partnership == facts.key).distinct()
        )
    )
    if not sent:
        return ()
    coming = meetings(work, facts.key, first=(work.now - A_DAY).date())
    found = invitations_to(work, facts, tuple(entry for entry in coming if entry.id in sent))
    return tuple(entry for entry in found if not entry.is_over)


def _of_programme(duties: Iterable[ObligationFacts], side: str) -> tuple[Delegate, ...]:
    """Return the posts of a side that the programme names, each in the most important of its roles."""
    found: dict[str, Role] = {}
    for entry in (entry for duty in duties for entry in duty.posts if entry.post.party == side):
        role = Role(entry.role)
        known = found.setdefault(entry.post.reference, role)
        found[entry.post.reference] = min(known, role, key=lambda one: one.rank)
    return tuple(Delegate(post, role) for post, role in found.items())


class _Rows:
    """The rows of some meetings, each table asked once."""

    def __init__(self, work: Work, meetings: list[int]) -> None:
        """Read them."""
        self._lists = _grouped(work, select(DelegationRow).where(DelegationRow.meeting_id.in_(meetings)))
        self._delegates = _grouped(work, select(DelegateRow).where(DelegateRow.meeting_id.in_(meetings)))
        self._arrangements = _grouped(
            work, select(MeetingArrangement).where(MeetingArrangement.meeting_id.in_(meetings))
        )
        self._shared = _grouped(
            work, select(SharedDelegation).where(SharedDelegation.meeting_id.in_(meetings))
        )
        self._sendings = _grouped(
            work,
            select(InvitationSending)
            .where(InvitationSending.meeting_id.in_(meetings))
            .order_by(InvitationSending.number),
        )
        self._told = _grouped(
            work, select(ToldRow).where(ToldRow.meeting_id.in_(meetings)).order_by(ToldRow.id)
        )
        self._asked = _grouped(work, select(AskedAgainRow).where(AskedAgainRow.meeting_id.in_(meetings)))
        self._held_back = held_back(work, [row.letter for rows in self._told.values() for row in rows])

    def keeps_list(self, meeting: int) -> bool:
        return bool(self._lists[meeting])

    def delegates(self, meeting: int) -> tuple[Delegate, ...]:
        return tuple(
            Delegate(row.post, Role(row.role), row.stands_in_for, row.confirmed_for)
            for row in self._delegates[meeting]
        )

    def arrangement(self, meeting: int) -> Arrangement:
        for row in self._arrangements[meeting]:
            return Arrangement(row.seats, tuple(row.languages), row.interpretation)
        return Arrangement()

    def sendings(self, meeting: int) -> tuple[Sending, ...]:
        return tuple(_sending(row) for row in self._sendings[meeting])

    def told(self, meeting: int) -> tuple[ToldFacts, ...]:
        sendings = {row.id: _sending(row) for row in self._sendings[meeting]}
        return tuple(
            _told(row, sendings[row.sending_id], is_held_back=row.letter in self._held_back)
            for row in self._told[meeting]
        )

    def asked(self, meeting: int) -> tuple[tuple[str, datetime], ...]:
        return tuple((row.address, row.asked_at) for row in self._asked[meeting])

    def shared(self, of: MeetingFacts) -> dict[str, Shared]:
        """Return what sides show of a meeting as it stands: heads confirmed for another day do not count for this."""
        found = {}
        for row in self._shared[of.id]:
            listed = (_delegate(entry) for entry in row.delegates)
            seen = rules.seen_by_the_other_side(
                listed, of.day, is_released=row.released_at is not None, is_host=of.host == row.party
            )
            found[row.party] = Shared(seen, row.released_at, row.released_by)
        return found


def _grouped(work: Work, query: Select[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in work.session.scalars(query):
        found[row.meeting_id].append(row)
    return found


def _sending(row: InvitationSending) -> Sending:
    return Sending(
        number=row.number,
        is_call_off=row.is_call_off,
        sequence=row.sequence,
        revision=row.revision,
        content=row.content,
        reason=row.reason,
        party=row.party,
        name=row.name,
        at=row.at,
    )


def _told(row: ToldRow, sending: Sending, *, is_held_back: bool) -> ToldFacts:
    told = Told(row.post, Role(row.role), row.address, Method(row.method), row.sequence, row.stamp, sending)
    return ToldFacts(told, Cause(row.cause), row.letter, row.told_at, is_held_back)


def _delegate(entry: Mapping[str, Any]) -> Delegate:
    day = date.fromisoformat(entry["confirmed_for"]) if entry["confirmed_for"] else None
    return Delegate(entry["post"], Role(entry["role"]), entry["stands_in_for"], day)
