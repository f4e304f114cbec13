"""Whose turn it is to host, since when and why, and which turns are still owed. Pure.

Sides that host in turn follow the round that stands last, unless both agreed otherwise: the ledger says that a round
was handed over, and who hosts next because of it. A line of the ledger counts only as long as its round stands with the
host it names; a round called off moves no turn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.dates.written import write_date
from scheduler.obligations.consents import Consent
from scheduler.words import Words, say

ALTERNATE = "alternate"
HOSTED_BY_A_PARTY = frozenset({ALTERNATE, "fixed", "either"})
"""The host rules under which a party hosts at all."""


@dataclass(frozen=True, slots=True)
class HostSwapFacts:
    """A line of the host ledger: ``host`` hosts the round ``meeting`` in place of ``turn``, whose turn it was.

    ``layer`` is ``None`` once both sides know of it; ``next`` is who is to host next because of it: proposed by those
    in ``next_consents``, agreed at ``next_agreed_at``. ``asks`` tells whether sides host in turn,
    so that they are asked.
    """

    obligation: str
    meeting: str
    layer: str | None
    year: int
    turn: str
    host: str
    reason: str | None
    consents: tuple[Consent, ...]
    agreed_at: datetime | None
    withdrawn_at: datetime | None
    next: str | None
    next_consents: tuple[Consent, ...]
    next_agreed_at: datetime | None
    asks: bool

    @property
    def is_agreed(self) -> bool:
        """Tell whether every side agreed to the hand-over, and it was not withdrawn."""
        return self.agreed_at is not None and self.withdrawn_at is None

    @property
    def is_open(self) -> bool:
        """Tell whether both sides agreed to the hand-over and not yet on who hosts next."""
        return self.is_agreed and self.asks and self.next_agreed_at is None


@dataclass(frozen=True, slots=True)
class HostedRound:
    """A round that stands, held or agreed by both sides; ``host`` is ``None`` where no record names it."""

    meeting: str
    day: date
    host: str | None
    held: bool


@dataclass(frozen=True, slots=True)
class Debt:
    """A turn that is owed to ``party``: both sides agreed on it because of ``swap``, and it has not come yet."""

    party: str
    swap: HostSwapFacts
    reason: Words


@dataclass(frozen=True, slots=True)
class HostTurn:
    """Whose turn the next round is, ``None`` where that is not known or not agreed; since which day, and why.

    ``question`` is the hand-over after which the sides have not yet agreed who hosts next.
    """

    host: str | None
    since: date | None
    reason: Words
    debts: tuple[Debt, ...]
    question: HostSwapFacts | None


@dataclass(frozen=True, slots=True)
class Hosts:
    """The sides that host in turn, in their order, with the names of their capitals; ``first`` is the programme's word.

    ``basis`` is whose word that is: ``stated``, ``assumed`` or ``set:…``.
    """

    parties: tuple[str, ...]
    capitals: Mapping[str, Words]
    first: str | None
    basis: str

    def after(self, party: str) -> str:
        """Return the side that follows ``party`` in turn."""
        return self.parties[(self.parties.index(party) + 1) % len(self.parties)]


def whose_turn(hosts: Hosts, rounds: Sequence[HostedRound], ledger: Sequence[HostSwapFacts]) -> HostTurn:
    """Return whose turn the round after ``rounds`` is.

    A turn that both sides agreed on goes first, the oldest before others; while they are still asked, it is nobody's.
    """
    standing = sorted(rounds, key=lambda entry: (entry.day, entry.meeting))
    debts = tuple(_debts(hosts, standing, ledger))
    last = standing[-1] if standing else None
    swap = _of(last, ledger) if last else None
    if debts:
        first = debts[0]
        agreed = first.swap.next_agreed_at
        return HostTurn(first.party, agreed.date() if agreed else None, first.reason, debts, None)
    if last and swap and swap.is_open:
        return HostTurn(None, last.day, _open(hosts, swap, last), (), swap)
    if last is None or last.host not in hosts.parties:
        return HostTurn(hosts.first, None, _unknown(hosts), (), None)
    return HostTurn(hosts.after(last.host), last.day, _in_turn(hosts, last.host, last), (), None)


def _of(round_: HostedRound, ledger: Sequence[HostSwapFacts]) -> HostSwapFacts | None:
    """Return the agreed line of a round that stands with the host it names."""
    return next(
        (
            swap
            for swap in ledger
            if swap.meeting == round_.meeting and swap.is_agreed and swap.host == round_.host
        ),
        None,
    )


def _debts(hosts: Hosts, standing: Sequence[HostedRound], ledger: Sequence[HostSwapFacts]) -> list[Debt]:
    found = []
    for number, round_ in enumerate(standing):
        swap = _of(round_, ledger)
        if swap is None or swap.next is None or swap.next_agreed_at is None:
            continue
        if all(later.host != swap.next for later in standing[number + 1 :]):
            found.append(Debt(swap.next, swap, _owed(hosts, swap, round_)))
    return found


def _owed(hosts: Hosts, swap: HostSwapFacts, round_: HostedRound) -> Words:
    agreed = swap.next_agreed_at.date() if swap.next_agreed_at else round_.day
    handed = _handed_over(hosts, swap, round_)
    following = hosts.capitals[swap.next or swap.turn]
    return {
        "en": f"{handed['en']}; both sides agreed on {write_date(agreed, 'en')} that {say(following, 'en')} hosts next",
        "nl": f"{handed['nl']}; beide zijden kwamen op {write_date(agreed, 'nl')} overeen dat "
        f"{say(following, 'nl')} daarna gastheer is",
    }


def _open(hosts: Hosts, swap: HostSwapFacts, round_: HostedRound) -> Words:
    handed = _handed_over(hosts, swap, round_)
    return {
        "en": f"{handed['en']}; both sides have yet to agree who hosts next",
        "nl": f"{handed['nl']}; beide zijden moeten nog overeenkomen wie daarna gastheer is",
    }


def _handed_over(hosts: Hosts, swap: HostSwapFacts, round_: HostedRound) -> Words:
    host, turn, year = hosts.capitals[swap.host], hosts.capitals[swap.turn], round_.day.year
    hosts_en, is_nl = ("hosted", "was") if round_.held else ("hosts", "is")
    return {
        "en": f"{say(host, 'en')} {hosts_en} in {year} in place of {say(turn, 'en')}",
        "nl": f"{say(host, 'nl')} {is_nl} in {year} gastheer in plaats van {say(turn, 'nl')}",
    }


def _in_turn(hosts: Hosts, host: str, round_: HostedRound) -> Words:
    capital, year = hosts.capitals[host], round_.day.year
    hosts_en, is_nl = ("hosted", "was") if round_.held else ("hosts", "is")
    return {
        "en": f"hosts take turns, and {say(capital, 'en')} {hosts_en} in {year}",
        "nl": f"de zijden zijn om de beurt gastheer, en {say(capital, 'nl')} {is_nl} dat in {year}",
    }


def _unknown(hosts: Hosts) -> Words:
    if hosts.first is None:
        return {
            "en": "no host of the last round is on record, and nobody has said whose turn it is",
            "nl": "de gastheer van de laatste ronde is niet geregistreerd, en niemand heeft gezegd wie aan de beurt is",
        }
    assumed = (" (assumed)", " (aangenomen)") if hosts.basis == "assumed" else ("", "")
    capital = hosts.capitals[hosts.first]
    return {
        "en": f"no host of the last round is on record; the programme names {say(capital, 'en')}{assumed[0]}",
        "nl": "de gastheer van de laatste ronde is niet geregistreerd; het programma noemt "
        f"{say(capital, 'nl')}{assumed[1]}",
    }
