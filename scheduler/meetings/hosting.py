"""Handing a round over to another host, and whose turn it is in the light of the rounds that stand.

Owns what ledger and rounds mean together; the ledger itself is kept by ``obligations``, which knows no meetings.
"""

from collections import defaultdict

from scheduler.dates.slots import Slot, all_day_slot, timed_slot
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.meetings.actions import hold, move, say_whose
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.meetings.rules import COMING, State
from scheduler.obligations.actions import HandOver, hand_over
from scheduler.obligations.host_turns import (
    ALTERNATE,
    HOSTED_BY_A_PARTY,
    HostedRound,
    Hosts,
    HostTurn,
    whose_turn,
)
from scheduler.obligations.queries import ObligationFacts, host_ledger, obligation, obligations
from scheduler.partnerships.queries import PartnershipFacts, partnership


def swap_host(work: Work, uid: str, host: str, *, reason: str = "") -> None:
    """Hand a round to ``host``: its capital, on its clocks at the same hour; the other side is asked anew.

    The ledger keeps in whose place it hosts, for a plan of one side on that side alone. ``reason`` is for both sides to
    read. Raise ``BadInput`` for a stranger or the host it has, ``Conflict`` for a round that is not to come, or that no
    side hosts.
    """
    found = hold(work, uid)
    facts = partnership(work, found.partnership)
    promised = obligation(work, found.partnership, found.obligation)
    slot = _slot_to_hand_over(facts, promised, found, host)
    turn = found.host or _turn(work, facts, promised)
    move(work, uid, slot, host=host, place=facts.party(host).capital)
    whose: str | None = f"set:{work.actor.name}"
    if turn:
        given = HandOver(uid, found.layer, slot.first_day.year, turn, host, reason)
        if not hand_over(work, promised, given) and found.layer:
            whose = promised.basis.get(
                "host"
            )  # of a plan that has its host back nothing tells that it had another
    say_whose(work, uid, {"host": whose, "place": "assumed"})


def host_turns(work: Work, key: str) -> dict[str, HostTurn]:
    """Return whose turn the next round is, by obligation whose sides host in turn.

    What stands are rounds held, and rounds agreed by both sides: the turn is that of the round after the last of them.
    """
    facts = partnership(work, key)
    ledger = [swap for swap in host_ledger(work, key) if swap.layer is None]
    rounds = defaultdict(list)
    for entry in meetings(work, key, states=(State.HELD, State.AGREED)):
        if entry.day:
            held = entry.state is State.HELD
            rounds[entry.obligation].append(HostedRound(entry.uid, entry.day, entry.host, held))
    return {
        entry.key: whose_turn(
            _hosts(facts, entry),
            rounds[entry.key],
            [swap for swap in ledger if swap.obligation == entry.key],
        )
        for entry in obligations(work, key)
        if entry.host["rule"] == ALTERNATE
    }


def _slot_to_hand_over(
    facts: PartnershipFacts, promised: ObligationFacts, found: MeetingFacts, host: str
) -> Slot:
    """Return the slot of a round on the clocks of its new host; raise what speaks against the hand-over."""
    parties = [party.key for party in facts.parties]
    if host not in parties:
        raise BadInput(
            f"{host!r} is no party to {facts.key}", place="host", remedy=f"one of {', '.join(parties)}"
        )
    if promised.host["rule"] not in HOSTED_BY_A_PARTY:
        raise Conflict(f"no side hosts {promised.key}", remedy="its host rule stands in the programme file")
    if found.state not in COMING or found.slot is None:
        raise Conflict(f"the round is {found.state}", remedy="only a round still to come can be handed over")
    if found.host == host:
        others = ", ".join(party for party in parties if party != host)
        raise BadInput(f"{host} hosts this round already", place="host", remedy=f"hand it to {others}")
    slot, zone = found.slot, facts.party(host).zone
    if slot.start is None or slot.end is None:
        return all_day_slot(slot.first_day, slot.last_day, zone)
    return timed_slot(slot.first_day, slot.start, slot.end, zone, last_day=slot.last_day)


def _turn(work: Work, facts: PartnershipFacts, promised: ObligationFacts) -> str | None:
    turns = host_turns(work, facts.key)
    return turns[promised.key].host if promised.key in turns else None


def _hosts(facts: PartnershipFacts, promised: ObligationFacts) -> Hosts:
    return Hosts(
        parties=tuple(party.key for party in facts.parties),
        capitals={party.key: party.capital for party in facts.parties},
        first=promised.host.get("next"),
        basis=str(promised.basis.get("host", "stated")),
    )
