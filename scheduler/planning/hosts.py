"""Who hosts each round of a plan.

No rule joins the host of a round to its day, so hosts are chosen after the days, series by series, and still at the
lowest price there is. Owns that choice and its reasons. Pure.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.planning import wishes, wording
from scheduler.planning.days import Days
from scheduler.planning.problem import HOSTED_BY_A_PARTY, Line, Problem, Round, Series
from scheduler.words import Words

NO_HOST = {"en": "no side hosts", "nl": "geen van beide zijden is gastland"}
FIXED = {"en": "the host is fixed", "nl": "het gastland ligt vast"}
PINNED = {"en": "the host is pinned", "nl": "het gastland is vastgezet"}
EITHER = {"en": "either side may host", "nl": "beide zijden kunnen gastland zijn"}
TURN = {"en": "its turn to host", "nl": "aan de beurt als gastland"}
OUT_OF_TURN = {"en": "out of turn", "nl": "buiten de beurt"}
FREE = {
    "en": "whose turn it is, is not on record: free to choose",
    "nl": "wie aan de beurt is, is niet geregistreerd: vrij te kiezen",
}


@dataclass(frozen=True, slots=True)
class Hosted:
    """The host of a round, where it takes place (``setting``), why, and what it costs."""

    host: str | None
    setting: str
    reason: Words
    lines: tuple[Line, ...] = ()


def choose_hosts(days: Days, chosen: Mapping[str, date]) -> dict[str, Hosted]:
    """Return the host of every round that has a day; where the choice is free, the side that hosts least."""
    hosted: dict[str, Hosted] = {}
    load: Counter[str | None] = Counter()
    for obligation in sorted(days.series):
        series = days.series[obligation]
        rounds = [round_ for round_ in days.chains[obligation] if round_.key in chosen]
        if series.hosting.rule not in HOSTED_BY_A_PARTY:
            hosted |= {
                round_.key: Hosted(None, series.hosting.rule, _basis(series, NO_HOST)) for round_ in rounds
            }
            continue
        ranked = sorted(series.parties, key=lambda party: (load[party], series.parties.index(party)))
        turn = first_turn(days.problem, series)
        hosts = _cheapest(series, [_allowed(series, round_, ranked) for round_ in rounds], turn)
        for round_, host, expected in zip(rounds, hosts, _turns(series, hosts, turn), strict=False):
            hosted[round_.key] = _hosted(days.problem, series, round_, host, expected)
            load[host] += 1
    return hosted


def may_host(series: Series, host: str) -> bool:
    """Tell whether the host rule allows a party to host."""
    allowed = (series.hosting.party,) if series.hosting.rule == "fixed" else series.parties
    return series.hosting.rule in HOSTED_BY_A_PARTY and host in allowed


def first_turn(problem: Problem, series: Series) -> str | None:
    """Return whose turn the next round of a series is; ``None`` where no record says."""
    if series.hosting.next:
        return series.hosting.next
    held = [meeting for meeting in problem.fixed if series.obligation in meeting.obligations]
    last = max(held, key=lambda meeting: meeting.first, default=None)
    return _after(series, last.host) if last and last.host in series.parties else None


def _after(series: Series, host: str) -> str:
    return series.parties[(series.parties.index(host) + 1) % len(series.parties)]


def _allowed(series: Series, round_: Round, ranked: Sequence[str]) -> Sequence[str]:
    if series.hosting.party:
        return (series.hosting.party,)
    return (round_.pin.host,) if round_.pin and round_.pin.host else ranked


def _cheapest(series: Series, allowed: Sequence[Sequence[str]], turn: str | None) -> tuple[str, ...]:
    """Return the hosts of a chain of rounds with the fewest broken turns; among equals the first allowed ones."""
    if not allowed:
        return ()
    paths: list[tuple[int, tuple[str, ...]]] = [
        (int(turn not in {None, host}), (host,)) for host in allowed[0]
    ]
    for options in allowed[1:]:
        paths = [
            min(
                ((broken + (_after(series, path[-1]) != host), (*path, host)) for broken, path in paths),
                key=lambda entry: entry[0],
            )
            for host in options
        ]
    return min(paths, key=lambda entry: entry[0])[1]


def _turns(series: Series, hosts: Sequence[str], turn: str | None) -> Iterator[str | None]:
    yield turn
    yield from (_after(series, host) for host in hosts)


def _hosted(problem: Problem, series: Series, round_: Round, host: str, turn: str | None) -> Hosted:
    if series.hosting.rule != "alternate":
        reason = FIXED if series.hosting.party else EITHER
        return Hosted(host, "party", _basis(series, reason))
    out_of_turn = turn not in {None, host}
    facts = {"turn": problem.name(turn or ""), "host": problem.name(host)}
    line = Line(
        rule=wishes.HOST_TURN.name, price=problem.prices.turn, reason=wishes.HOST_TURN.explain(**facts)
    )
    if round_.pin and round_.pin.host:
        reason = PINNED
    elif turn is None:
        reason = FREE
    else:
        reason = OUT_OF_TURN if out_of_turn else TURN
    return Hosted(host, "party", _basis(series, reason), (line,) if out_of_turn else ())


def _basis(series: Series, reason: Words) -> Words:
    if "host" not in series.assumed:
        return reason
    return {language: text + wording.ASSUMED[language] for language, text in reason.items()}
