"""What the last round's agenda says about an item of this one: what it came to, what was left over, what is unchanged.

Pure. What the last round left over comes first; that choice is made in ``selection``.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from agendas.drafting.draft import Item
from agendas.drafting.facts import Facts, PastItem, PreviousRound, Progress
from agendas.drafting.wording import REASONS, RESULTS
from agendas.papers.wording import phrase
from agendas.versions.content import Wanted
from agendas.versions.rules import ADDED, WANTED
from scheduler.words import LANGUAGES, Words, say

COMPARED = frozenset({"theme", "topic", "report", "continued"})
IN_WRITING = "written/"
"""How the key of an item begins that goes round in writing; what follows is the key it has in the room."""


def carried(facts: Facts, known: Collection[str]) -> Iterator[Item]:
    """Yield what people had put on the last agenda by hand and the round did not reach: nothing else brings it back."""
    for past in (facts.previous and facts.previous.agenda) or ():
        if past.kind == ADDED and past.result == "not_reached" and past.title and past.key not in known:
            wanted: Wanted = next((one for one in WANTED if one == past.wanted), "note")
            yield Item(key=past.key, kind=ADDED, title=past.title, minutes=0, wanted=wanted)


def with_past(item: Item, facts: Facts) -> Item:
    """Return an item with what it came to last time, flagged where it only says the same again."""
    previous = facts.previous
    if previous is None:
        return item
    past = _past(item.key, previous)
    unchanged = item.kind in COMPARED and past is not None and _is_unchanged(item, past, previous)
    left_over = is_left_over(item, previous) or any(line.is_left_over for line in item.lines)
    why = (phrase(REASONS["left_over"], previous=previous.day),) if left_over else ()
    return replace(
        item,
        unchanged=unchanged,
        reasons=(*why, *item.reasons),
        progress=(*item.progress, *(_said(past, previous) if past else ())),
    )


def is_left_over(item: Item, previous: PreviousRound | None) -> bool:
    """Tell whether the last round did not reach an item."""
    return previous is not None and item.key.removeprefix(IN_WRITING) in previous.left_over()


def _past(key: str, previous: PreviousRound) -> PastItem | None:
    """Return what an item was last time; what was treated in the room says more than what went round in writing."""
    known = {past.key: past for past in previous.agenda or ()}
    subject = key.removeprefix(IN_WRITING)
    return known.get(subject) or known.get(IN_WRITING + subject)


def _is_unchanged(item: Item, past: PastItem, previous: PreviousRound) -> bool:
    """Tell whether an item asks the same of the same commitments as last time, with nothing said since."""
    same = set(past.commitments) == {line.commitment.key for line in item.lines}
    notes = (*item.progress, *(note for line in item.lines for note in line.said))
    return past.wanted == item.wanted and same and all(note.day <= previous.day for note in notes)


def _said(past: PastItem, previous: PreviousRound) -> tuple[Progress, ...]:
    if past.result is None:
        return ()
    text: Words = {
        language: f"{say(RESULTS[past.result], language)} {say(past.said_last, language)}".strip()
        for language in LANGUAGES
    }
    return (Progress(f"last/{past.key}", previous.day, text, past.result),)
