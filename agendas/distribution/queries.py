"""Reading what was sent of packs, to whom one goes, and which version of it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from agendas.distribution.tables import PackSending
from agendas.versions.queries import draft, version
from scheduler.db.work import Work
from scheduler.errors import NotFound
from scheduler.invitations.queries import Invitation, invitation
from scheduler.invitations.rules import AT_THE_TABLE
from scheduler.partnerships.queries import PostFacts

MINISTERIAL = "ministerial"


@dataclass(frozen=True, slots=True)
class SentPack:
    """A pack that went to a post: which version, in which letter, when, and who sent it."""

    edition: str
    post: str
    letter: str
    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class PackFacts:
    """The pack of a round as it stands: its version, who gets it, who has no mailbox, and what was sent before."""

    edition: str
    readers: tuple[PostFacts, ...]
    without_mailbox: tuple[PostFacts, ...]
    sent: tuple[SentPack, ...]

    @property
    def outstanding(self) -> tuple[PostFacts, ...]:
        """Return the readers who were not sent this version."""
        have = {entry.post for entry in self.sent if entry.edition == self.edition}
        return tuple(post for post in self.readers if post.reference not in have)


def pack_of(work: Work, uid: str) -> PackFacts:
    """Return the pack of a round as the acting side has it; ``NotFound`` where there is no agenda to make it from."""
    found = invitation(work, uid)
    readers = list(_readers(found))
    return PackFacts(
        edition=edition_of(work, uid),
        readers=tuple(post for post in readers if post.mailbox),
        without_mailbox=tuple(post for post in readers if not post.mailbox),
        sent=sent_packs(work, uid),
    )


def edition_of(work: Work, uid: str) -> str:
    """Return which version a pack of today would be: of the joint agenda, and of the side's own with its briefs."""
    joint, mine = version(work, uid), draft(work, uid)
    if joint is None and mine is None:
        raise NotFound("there is no agenda to make a pack from", remedy="draft one first")
    named = [("joint", joint), ("own", mine)]
    return ".".join(f"{layer}-{found.number}" for layer, found in named if found)


def sent_packs(work: Work, uid: str) -> tuple[SentPack, ...]:
    """Return every pack of a round that the side sent, the first one first."""
    rows = work.session.scalars(
        select(PackSending).where(PackSending.meeting == uid).order_by(PackSending.at, PackSending.post)
    )
    return tuple(SentPack(row.edition, row.post, row.letter, row.at, row.name) for row in rows)


def rounds_with_pack(work: Work, partnership: str) -> frozenset[str]:
    """Return the rounds of a partnership of which the acting side has sent a pack, by UID."""
    query = select(PackSending.meeting).where(PackSending.partnership == partnership).distinct()
    return frozenset(work.session.scalars(query))


def _readers(found: Invitation) -> Iterator[PostFacts]:
    """Yield who reads for the side's delegation: those at the table, and every minister who is told of it.

    A post whose letters another one reads, such as a private office, is sent none itself.
    """
    seen = set()
    for entry in found.delegates:
        post = found.posts.get(entry.post)
        if post is None or not (entry.role in AT_THE_TABLE or post.level == MINISTERIAL):
            continue
        reader = found.posts.get(f"{post.party}/{post.letters_to}", post) if post.letters_to else post
        if reader.reference not in seen:
            seen.add(reader.reference)
            yield reader
