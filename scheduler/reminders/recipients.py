"""Which posts of one side belong to which audience of a step, and why. Pure.

Owns the choice among an office's posts: letters go to those who do the work, and to nobody without a mailbox.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from scheduler.obligations.queries import DelegationPost, ObligationFacts
from scheduler.partnerships.queries import OfficeFacts, PostFacts
from scheduler.reminders import reasons
from scheduler.reminders.rules import SECRETARIAT, Recipient
from scheduler.words import Words

WORKING_LEVELS = ("expert", "senior_official", "ministerial")
"""Who is written to first in an office: those who do the work."""

HEADING = "senior_official"
"""The level of those who head an office."""

AT_THE_TABLE = frozenset({"chair", "required"})
INFORMED = "informed"


@dataclass(frozen=True)
class Side:
    """The offices and posts of one side, as far as a partnership names them, found at once however many there are."""

    party: str
    offices: tuple[OfficeFacts, ...]
    posts: tuple[PostFacts, ...]

    @cached_property
    def office(self) -> Mapping[str, OfficeFacts]:
        """Return the offices by key."""
        return {entry.key: entry for entry in self.offices}

    @cached_property
    def post(self) -> Mapping[str, PostFacts]:
        """Return the posts by reference."""
        return {entry.reference: entry for entry in self.posts}

    @cached_property
    def secretariats(self) -> tuple[OfficeFacts, ...]:
        """Return the offices that keep the clock."""
        return tuple(entry for entry in self.offices if entry.is_secretariat)

    def posts_of(self, office: str) -> tuple[PostFacts, ...]:
        """Return the posts of an office, in their order."""
        return tuple(self._posts_by_office.get(office, ()))

    @cached_property
    def _posts_by_office(self) -> Mapping[str, list[PostFacts]]:
        found: dict[str, list[PostFacts]] = defaultdict(list)
        for entry in self.posts:
            found[entry.office].append(entry)
        return found


def recipients(
    side: Side, duties: Iterable[ObligationFacts], host: str | None, host_basis: str = "stated"
) -> dict[str, tuple[Recipient, ...]]:
    """Return the posts of ``side`` by audience, for a round that discharges ``duties``.

    A round with a host asks the host's secretariat alone for what a host does; one without, that of either
    side.
    """
    own = tuple(duties)
    delegation = [entry for duty in own for entry in duty.posts if entry.post.party == side.party]
    keepers = tuple(_secretariat(side, delegation))
    hosting = (
        tuple((post, (reasons.host(host_basis), *because)) for post, because in keepers)
        if host == side.party
        else keepers
    )
    chosen = {
        SECRETARIAT: keepers,
        "host": hosting if host in {side.party, None} else (),
        "lead": tuple(_leads(side, own)),
        "private_office": tuple(_delegates(delegation, own)),
    }
    return {audience: _written_to(side, posts, keepers) for audience, posts in chosen.items()}


def named(side: Side, reference: str, because: Words) -> tuple[Recipient, ...]:
    """Return the post that the side put in the place of an audience, or who reads its letters."""
    post = side.post.get(reference)
    return _written_to(side, ((post, (because,)),), ()) if post else ()


def addressed(side: Side, names: Iterable[str], because: Words) -> tuple[Recipient, ...]:
    """Return the posts of the side among ``names``, which are references of posts or keys of offices, each once."""
    wanted = frozenset(names)
    chosen = [post for post in side.posts if post.reference in wanted]
    for office in side.offices:
        if office.key in wanted:
            chosen += _working_post(side, office.key, ())
    return _written_to(side, tuple((post, (because,)) for post in chosen), tuple(_secretariat(side, [])))


def heads(side: Side, office: str) -> tuple[Recipient, ...]:
    """Return who heads an office: its first senior official, else that of the secretariat. Nobody without a mailbox."""
    for key in (office, *(entry.key for entry in side.secretariats)):
        for post in side.posts_of(key):
            if post.level == HEADING and not post.is_private_office:
                found = _written_to(side, ((post, (reasons.head(post.title),)),), ())
                return tuple(entry for entry in found if entry.mailbox)
    return ()


Chosen = tuple[PostFacts, tuple[Words, ...]]


def _secretariat(side: Side, delegation: list[DelegationPost]) -> Iterator[Chosen]:
    """Yield for each secretariat the post that follows the delegation's file, else the one that does its work."""
    following = [entry.post for entry in delegation if entry.role == INFORMED]
    for office in side.secretariats:
        because = (reasons.secretariat(office.short, office.basis.get("secretariat", "stated")),)
        yield from ((post, because) for post in _working_post(side, office.key, following))


def _leads(side: Side, duties: tuple[ObligationFacts, ...]) -> Iterator[Chosen]:
    """Yield for each duty the working post of its leading office, one of the delegation where there is one."""
    for duty in duties:
        office = side.office.get(duty.leads.get(side.party, ""))
        if office:
            because = (reasons.lead(office.short, duty.basis.get("leads", "stated")),)
            seated = [
                entry.post
                for entry in duty.posts
                if entry.post.party == side.party and entry.role != INFORMED
            ]
            yield from ((post, because) for post in _working_post(side, office.key, seated))


def _delegates(delegation: list[DelegationPost], duties: tuple[ObligationFacts, ...]) -> Iterator[Chosen]:
    """Yield the ministers at the table; where no minister comes, the chair."""
    basis = next((duty.basis["posts"] for duty in duties if "posts" in duty.basis), "stated")
    seated = [entry for entry in delegation if entry.role in AT_THE_TABLE]
    ministers = [entry.post for entry in seated if entry.post.level == "ministerial"]
    for post in ministers or [entry.post for entry in seated if entry.role == "chair"]:
        yield post, (reasons.delegate(post.title, basis),)


def _working_post(side: Side, office: str, preferred: Iterable[PostFacts]) -> tuple[PostFacts, ...]:
    candidates = [post for post in preferred if post.office == office]
    candidates = candidates or list(side.posts_of(office))
    candidates.sort(key=lambda post: (post.is_private_office, WORKING_LEVELS.index(post.level)))
    return tuple(candidates[:1])


def _written_to(
    side: Side, chosen: tuple[Chosen, ...], secretariat: tuple[Chosen, ...]
) -> tuple[Recipient, ...]:
    """Return who gets the letters of the chosen posts, each once."""
    found: dict[str, Recipient] = {}
    for post, because in chosen:
        reader, why = _reader(side, post, because)
        if not reader.mailbox and secretariat:
            reader, why = secretariat[0][0], (*why, reasons.no_mailbox(post.title))
        found.setdefault(reader.reference, Recipient(reader.reference, reader.office, reader.mailbox, why))
    return tuple(found.values())


def _reader(side: Side, post: PostFacts, because: tuple[Words, ...]) -> Chosen:
    redirected = side.post.get(f"{side.party}/{post.letters_to}")
    return (redirected, (*because, reasons.stands_in(post.title))) if redirected else (post, because)
