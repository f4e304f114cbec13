"""Reading who took over a post of the acting side and is invited to what: what a secretariat has to tell."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.db.work import Work
from scheduler.invitations.queries import Invitation, invitations_to
from scheduler.meetings.queries import meetings
from scheduler.meetings.rules import COMING
from scheduler.partnerships.holders.queries import handovers
from scheduler.partnerships.holders.rules import Handover
from scheduler.partnerships.queries import partnership as find_partnership


@dataclass(frozen=True, slots=True)
class Newcomer:
    """That somebody took over a post, and the meetings to come on whose delegation the post is."""

    handover: Handover
    expected_at: tuple[Invitation, ...]

    @property
    def waits(self) -> bool:
        """Tell whether nobody has said yet that the newcomer was told."""
        return self.handover.told_at is None


def newcomers(work: Work, partnership: str) -> tuple[Newcomer, ...]:
    """Return who took over posts of the acting side, the latest first, those who were told included."""
    changed = handovers(work, partnership)
    if not changed:
        return ()
    facts = find_partnership(work, partnership)
    coming = meetings(work, partnership, first=work.now.date(), states=COMING)
    found = invitations_to(work, facts, coming)
    return tuple(
        Newcomer(entry, tuple(one for one in found if entry.holder.post in set(_expected(one))))
        for entry in changed
    )


def _expected(found: Invitation) -> Iterator[str]:
    """Yield the posts of a delegation, and those that read the letters for one of them."""
    for entry in found.delegates:
        yield entry.post
        post = found.posts.get(entry.post)
        if post and post.letters_to:
            yield f"{post.party}/{post.letters_to}"
