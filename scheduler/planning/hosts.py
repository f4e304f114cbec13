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
from scheduler.planning.venues import candidates, lasts_long_enough, offices_at, stated_start, working_time
from scheduler.words import Words, say

NO_HOST = {"en": "no side hosts", "nl": "geen van beide zijden is gastland"}
FIXED = {"en": "the host is fixed", "nl": "het gastland ligt vast"}
PINNED = {"en": "the host is pinned", "nl": "het gastland is vastgezet"}
KNOWN = {"en": "both sides know it as the host", "nl": "beide zijden kennen het als gastland"}
EITHER = {"en": "either side may host", "nl": "beide zijden kunnen gastland zijn"}
TURN = {"en": "its turn to host", "nl": "aan de beurt als gastland"}
OUT_OF_TURN = {"en": "out of turn", "nl": "buiten de beurt"}
UNDECIDED = {
    "en": "the sides have yet to agree whose turn it is: free to choose",
    "nl": "de zijden moeten nog overeenkomen wie aan de beurt is: vrij te kiezen",
}
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
        chain = [entry for entry in days.chains[obligation] if entry.obligation == obligation]
        rounds = [round_ for round_ in chain if round_.key in chosen]
        if series.hosting.rule not in HOSTED_BY_A_PARTY:
            hosted |= {
                round_.key: Hosted(None, series.hosting.rule, _basis(series, NO_HOST)) for round_ in rounds
            }
            continue
        ranked = sorted(series.parties, key=lambda party: (load[party], series.parties.index(party)))
        turn = first_turn(days.problem, series)
        allowed = [_allowed(days, round_, chosen[round_.key], ranked) for round_ in rounds]
        hosts = _cheapest(days.problem, series, allowed, turn)
        for round_, host, expected in zip(rounds, hosts, _turns(series, hosts, turn), strict=False):
            hosted[round_.key] = _hosted(
                days.problem, series, round_, host, expected, is_next=round_ == rounds[0]
            )
            load[host] += 1
    return hosted


def first_turn(problem: Problem, series: Series) -> str | None:
    """Return whose turn the next round of a series is; ``None`` where no record says."""
    hosting = series.hosting
    if hosting.undecided or hosting.owed_by or hosting.next:
        return hosting.owed_by or hosting.next
    held = [meeting for meeting in problem.fixed if series.obligation in meeting.obligations]
    last = max(held, key=lambda meeting: (meeting.first, meeting.key), default=None)
    return _after(series, last.host) if last and last.host in series.parties else None


def _after(series: Series, host: str) -> str:
    return series.parties[(series.parties.index(host) + 1) % len(series.parties)]


def _allowed(days: Days, round_: Round, day: date, ranked: Sequence[str]) -> Sequence[str]:
    """Return who may host a round on its day, best first: by rule, by what people asked, and by office hours."""
    series = days.series[round_.obligation]
    allowed = candidates(series, round_)
    fitting = [host for host in allowed if _is_working_time(days, series, host, day)]
    asked = [host for host in fitting or allowed if host]
    return sorted(asked, key=lambda host: (host not in ranked, ranked.index(host) if host in ranked else 0))


def _is_working_time(days: Days, series: Series, host: str | None, day: date) -> bool:
    offices = offices_at(days.problem.office_hours, series.hosting, series.parties, host)
    if not series.hours or not offices:
        return True
    return lasts_long_enough(working_time(day, offices), series.hours, stated_start(series))


def _cheapest(
    problem: Problem, series: Series, allowed: Sequence[Sequence[str]], turn: str | None
) -> tuple[str, ...]:
    """Return the hosts of a chain of rounds whose broken turns cost least; among equals the first allowed ones."""
    if not allowed:
        return ()
    broken = _broken_turn(problem, series, is_next=True)[1]
    paths: list[tuple[int, tuple[str, ...]]] = [
        (broken * (turn not in {None, host}), (host,)) for host in allowed[0]
    ]
    broken = _broken_turn(problem, series, is_next=False)[1]
    for options in allowed[1:]:
        paths = [
            min(
                ((cost + broken * (_after(series, path[-1]) != host), (*path, host)) for cost, path in paths),
                key=lambda entry: entry[0],
            )
            for host in options
        ]
    return min(paths, key=lambda entry: entry[0])[1]


def _broken_turn(problem: Problem, series: Series, *, is_next: bool) -> tuple[wording.Rule, int]:
    """Return the rule by which a turn costs when it is not kept, and its price: the next one may be owed."""
    if is_next and series.hosting.owed_by:
        return wishes.HOST_DEBT, problem.prices.debt
    return wishes.HOST_TURN, problem.prices.turn


def _turns(series: Series, hosts: Sequence[str], turn: str | None) -> Iterator[str | None]:
    yield turn
    yield from (_after(series, host) for host in hosts)


def _hosted(
    problem: Problem, series: Series, round_: Round, host: str, turn: str | None, *, is_next: bool
) -> Hosted:
    if series.hosting.rule != "alternate":
        reason = FIXED if series.hosting.party else EITHER
        return Hosted(host, "party", _basis(series, reason))
    out_of_turn = turn not in {None, host}
    rule, price = _broken_turn(problem, series, is_next=is_next)
    facts = {"turn": problem.name(turn or ""), "host": problem.name(host)}
    line = Line(rule=rule.name, price=price, reason=rule.explain(**facts))
    if round_.pin and round_.pin.host:
        reason = PINNED
    elif round_.issued and round_.issued.host == host and not round_.host:
        reason = KNOWN
    elif turn is None:
        reason = UNDECIDED if is_next and series.hosting.undecided else FREE
    else:
        reason = OUT_OF_TURN if out_of_turn else TURN
    why = series.hosting.why if is_next and turn and not out_of_turn else None
    words = _because(reason, why) if why else _basis(series, reason)
    return Hosted(host, "party", words, (line,) if out_of_turn else ())


def _because(reason: Words, why: Words) -> Words:
    """Return a reason with what the record says of the turn, which says itself what of it is assumed."""
    return {language: f"{text}: {say(why, language)}" for language, text in reason.items()}


def _basis(series: Series, reason: Words) -> Words:
    if "host" not in series.assumed:
        return reason
    return {language: text + wording.ASSUMED[language] for language, text in reason.items()}
