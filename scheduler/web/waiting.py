"""What waits for a decision of the reader's side: links and skips that the other side proposed, and who hosts next."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scheduler.db.work import Work
from scheduler.meetings.hosting import host_turns
from scheduler.obligations.consents import Consent
from scheduler.obligations.queries import ObligationFacts, duty_links, skips
from scheduler.web.kit.language import in_words, text
from scheduler.web.kit.written import full_date


class Waiting(NamedTuple):
    """A decision that is asked of the reader's side: on which page, in which section, and in words."""

    obligation: str
    section: str
    said: str


def waiting(work: Work, key: str, promised: Mapping[str, ObligationFacts]) -> Iterator[Waiting]:
    """Yield what the reader's side is asked; what it has said already waits for others, and is not asked again."""

    def is_asked(consents: tuple[Consent, ...]) -> bool:
        return work.actor.side not in {consent.party for consent in consents}

    titles = {name: in_words(entry.title) for name, entry in promised.items()}
    for link in duty_links(work, key):
        if link.is_proposed and is_asked(link.consents):
            first, other = titles[link.obligation], titles[link.other]
            yield Waiting(
                link.obligation, "links", text("links.line", year=link.year, first=first, other=other)
            )
    for skip in skips(work, key):
        if not skip.agreed_at and is_asked(skip.consents):
            said = text("skips.asked", title=titles[skip.obligation], due=full_date(skip.due))
            yield Waiting(skip.obligation, "skips", said)
    for name, turn in host_turns(work, key).items():
        if turn.question and is_asked(turn.question.next_consents):
            yield Waiting(name, "hosts", f"{titles[name]}: {in_words(turn.reason)}")
