"""Handing a round over to another host, and whose turn it is in the light of the rounds that stand.

Owns what ledger and rounds mean together; the ledger itself is kept by ``obligations``, which knows no meetings.
"""

from collections import defaultdict
from collections.abc import Mapping

from scheduler.dates.slots import Slot, all_day_slot, timed_slot
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.meetings.actions import hold, move, say_whose
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.meetings.rules import COMING, State, stands_as
from scheduler.obligations.actions import HandOver, hand_over
from scheduler.obligations.host_turns import (
    ALTERNATE,
    HOSTED_BY_A_PARTY,
    HostedRound,
    Hosts,
    HostSwapFacts,
    HostTurn,
    whose_turn,
)
from scheduler.obligations.queries import ObligationFacts, host_ledger, obligation, obligations
from scheduler.partnerships.queries import PartnershipFacts, partnership
from scheduler.typed import one_of
from scheduler.words import say


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
    facts, rounds, ledger = partnership(work, key), _standing(work, key), _known_to_both(work, key)
    return {
        entry.key: whose_turn(_hosts(facts, entry), rounds[entry.key], ledger[entry.key])
        for entry in obligations(work, key)
        if entry.host["rule"] == ALTERNATE
    }


def turn_after(work: Work, promised: ObligationFacts, found: MeetingFacts) -> HostTurn | None:
    """Return whose turn the round of ``promised`` after ``found`` is, if that is held on its day by its host.

    ``None`` where sides do not host in turn, or the round lacks a day or a host to follow.
    """
    facts, key = partnership(work, found.partnership), promised.key
    parties = [party.key for party in facts.parties]
    if promised.host["rule"] != ALTERNATE or found.day is None or found.host not in parties:
        return None
    before = [entry for entry in _standing(work, facts.key)[key] if entry.day < found.day]
    this = HostedRound(found.uid, found.day, found.host, held=False)
    return whose_turn(_hosts(facts, promised), (*before, this), _known_to_both(work, facts.key)[key])


def _standing(work: Work, key: str) -> Mapping[str, list[HostedRound]]:
    """Return the rounds held, and those agreed by both sides, by their own obligation."""
    rounds = defaultdict(list)
    for entry in meetings(work, key, states=(State.HELD, State.AGREED)):
        if entry.day:
            held = entry.state is State.HELD
            rounds[entry.obligation].append(HostedRound(entry.uid, entry.day, entry.host, held))
    return rounds


def _known_to_both(work: Work, key: str) -> Mapping[str, list[HostSwapFacts]]:
    """Return the lines of the host ledger that both sides know of, by obligation."""
    ledger = defaultdict(list)
    for swap in host_ledger(work, key):
        if swap.layer is None:
            ledger[swap.obligation].append(swap)
    return ledger


def _slot_to_hand_over(
    facts: PartnershipFacts, promised: ObligationFacts, found: MeetingFacts, host: str
) -> Slot:
    """Return the slot of a round on the clocks of its new host; raise what speaks against the hand-over."""
    _refuse_host(facts, promised, host)
    if found.state not in COMING or found.slot is None:
        raise Conflict(
            stands_as(found.state),
            remedy={
                "en": "only a round still to come can be handed over",
                "nl": "alleen een ronde die nog komt, kan worden overgedragen",
            },
        )
    if found.host == host:
        raise _hosts_already(facts, host)
    slot, zone = found.slot, facts.party(host).zone
    if slot.start is None or slot.end is None:
        return all_day_slot(slot.first_day, slot.last_day, zone)
    return timed_slot(slot.first_day, slot.start, slot.end, zone, last_day=slot.last_day)


def _refuse_host(facts: PartnershipFacts, promised: ObligationFacts, host: str) -> None:
    """Refuse a stranger, and any host of a round that no side hosts."""
    parties = [party.key for party in facts.parties]
    if host not in parties:
        message = {
            "en": f"{host!r} is no party to {facts.key}",
            "nl": f"{host!r} is geen partij bij {facts.key}",
        }
        raise BadInput(message, place="host", remedy=one_of(parties))
    if promised.host["rule"] not in HOSTED_BY_A_PARTY:
        raise Conflict(
            {
                "en": f"no side hosts {promised.key}",
                "nl": f"geen van de zijden is gastland van {promised.key}",
            },
            remedy={
                "en": "its host rule stands in the programme file",
                "nl": "de regel hiervoor staat in het programmabestand",
            },
        )


def _hosts_already(facts: PartnershipFacts, host: str) -> BadInput:
    def of_host(language: str) -> str:
        return say(facts.party(host).name, language)

    def others(language: str) -> str:
        return ", ".join(say(party.name, language) for party in facts.parties if party.key != host)

    return BadInput(
        {
            "en": f"{of_host('en')} hosts this round already",
            "nl": f"{of_host('nl')} is al gastland van deze ronde",
        },
        place="host",
        remedy={"en": f"hand it to {others('en')}", "nl": f"draag haar over aan {others('nl')}"},
    )


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
