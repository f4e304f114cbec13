"""Who leads each item: by ownership, else by turn, so that no side opens more than its share.

Owns the choice of the side that opens and the order in which the sides' offices are named. Pure.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agendas.drafting.draft import Item
from agendas.drafting.facts import Facts, PreviousRound
from agendas.drafting.wording import REASONS
from agendas.known import Office
from agendas.papers.wording import phrase

BY_HOST = frozenset({"opening", "adoption", "readout", "welcome", "day_opening", "conclusions", "evaluation"})
"""The host receives, drafts the agenda and the record."""

BY_GUEST = frozenset({"actions", "other_business"})
WITHOUT_LEAD = frozenset({"break", "lunch"})
BY_TURN = frozenset({"report", "theme", "topic", "discussion", "session", "added"})
"""What the sides open by ownership or by turn; who opened more of them last time opens later this time."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """The sides in the order in which they take turns: the first guest before the host, who has the opening."""

    host: str
    guest: str
    next_host: str
    turns: tuple[str, ...]


def with_leads(items: Sequence[Item], facts: Facts) -> tuple[Item, ...]:
    """Return the items, in the order given, each with the side that opens it, its offices and the reason."""
    if not facts.parties:
        return tuple(items)
    sides = _sides(facts)
    opened, last = _opened_before(sides, facts.previous)
    result = []
    for item in items:
        if item.kind in WITHOUT_LEAD:
            result.append(item)
            continue
        lead, reason = (last, "same_leads") if item.kind == "continued" else _fixed_lead(item.kind, sides)
        if lead is None:
            lead, reason = _opener(item, sides, opened, last)
            opened[lead] += 1
            last = lead
        name = next(party.name for party in facts.parties if party.key == lead)
        reasons = (*item.reasons, phrase(REASONS[reason], party=name))
        result.append(replace(item, lead=lead, leads=_offices(item, lead, facts), reasons=reasons))
    return tuple(result)


def _sides(facts: Facts) -> _Sides:
    keys = [party.key for party in facts.parties]
    host = facts.meeting.host if facts.meeting.host in keys else keys[0]
    guests = [key for key in keys if key != host]
    following = facts.next_round.host if facts.next_round.host in keys else (*guests, host)[0]
    return _Sides(host, (*guests, host)[0], following, (*guests, host))


def _opened_before(sides: _Sides, previous: PreviousRound | None) -> tuple[dict[str, int], str]:
    """Return how many more subjects each side opened last time than the one that opened fewest, and who opened last.

    So the turns go on from round to round as if all rounds were one; without an agenda on record the host had the last.
    """
    openers = [
        item.lead
        for item in (previous and previous.agenda) or ()
        if item.kind in BY_TURN and item.lead in sides.turns
    ]
    counted = Counter(openers)
    fewest = min(counted[side] for side in sides.turns)
    last = next((lead for lead in reversed(openers) if lead), sides.host)
    return {side: counted[side] - fewest for side in sides.turns}, last


def _fixed_lead(kind: str, sides: _Sides) -> tuple[str | None, str]:
    if kind in BY_HOST:
        return sides.host, "host_leads"
    if kind in BY_GUEST:
        return sides.guest, "guest_leads"
    if kind == "next_round":
        return sides.next_host, "next_host_leads"
    return None, ""


def _opener(item: Item, sides: _Sides, opened: dict[str, int], last: str) -> tuple[str, str]:
    """The only owner of all that is open; else whoever opened least, and of those not whoever opened last."""
    owners = {office.party for line in item.lines for office in line.commitment.owners} & set(sides.turns)
    if len(owners) == 1 and len(sides.turns) > 1:
        return owners.pop(), "owner_leads"
    return min(sides.turns, key=lambda side: (opened[side], side == last)), "turn_leads"


def _offices(item: Item, lead: str, facts: Facts) -> tuple[Office, ...]:
    """Return one office a side, the opener's first: the theme's lead, else the owner of the weightiest commitment."""
    known: dict[str, Office] = {}
    for office in (*item.leads, *(office for line in item.lines for office in line.commitment.owners)):
        known.setdefault(office.party, office)
    order = [lead, *(party.key for party in facts.parties if party.key != lead)]
    return tuple(known[party] for party in order if party in known)
