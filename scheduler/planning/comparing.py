"""What differs between two plans, or between a plan and the calendar it would change.

Owns the matching of rounds and the words of a difference; it is shown before anything is approved. What a plan costs is
told by ``account`` and ``explaining``. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from scheduler.planning.account import Account, account
from scheduler.planning.days import Days
from scheduler.planning.explaining import Charge, come_and_go
from scheduler.planning.problem import Placement, Plan, Problem, Round, last_day
from scheduler.planning.wording import written_out
from scheduler.words import Words


class Kind(StrEnum):
    """What became of a round, in the order in which a difference is read."""

    MOVED = "moved"
    HOST = "host"
    DROPPED = "dropped"
    PLACED = "placed"
    STAYS = "stays"


SENTENCES: dict[Kind, Words] = {
    Kind.MOVED: {
        "en": "{title}: from {before} to {after}, {days} {way}{host}",
        "nl": "{title}: van {before} naar {after}, {days} {way}{host}",
    },
    Kind.HOST: {"en": "{title}: stays on {after}{host}", "nl": "{title}: blijft op {after}{host}"},
    Kind.DROPPED: {
        "en": "{title}: no longer has a day (was {before})",
        "nl": "{title}: heeft geen dag meer (was {before})",
    },
    Kind.PLACED: {"en": "{title}: newly placed on {after}", "nl": "{title}: nieuw geplaatst op {after}"},
    Kind.STAYS: {"en": "{title}: stays on {after}", "nl": "{title}: blijft op {after}"},
}
WAY = ({"en": "earlier", "nl": "eerder"}, {"en": "later", "nl": "later"})
OTHER_HOST = {"en": "; {host} hosts instead of {other}", "nl": "; {host} is gastland in plaats van {other}"}
NO_DAY = {"en": "{title}: still has no day", "nl": "{title}: heeft nog steeds geen dag"}
NOBODY = {"en": "nobody", "nl": "niemand"}
NO_WORDS = {"en": "", "nl": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one round stands: its days and host, without days where it found none.

    ``key`` names a round of a plan, ``meeting`` is the UID of a meeting on the calendar. ``issued`` says that both
    sides know the date.
    """

    key: str
    obligation: str
    title: Words
    first: date | None
    last: date | None
    host: str | None = None
    meeting: str | None = None
    issued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one round; ``days`` is how much later it stands, negative where earlier."""

    kind: Kind
    about: str
    obligation: str
    title: Words
    issued: bool
    before: Standing | None
    after: Standing | None
    days: int
    words: Words

    @property
    def host_changed(self) -> bool:
        """Tell whether another party hosts it."""
        return bool(self.before and self.after and self.before.host != self.after.host)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Every round with what became of it, and which lines of the price come and go.

    ``price_before`` and ``price_after`` are those of the two wholes, ``None`` where one has no price.
    """

    changes: tuple[Change, ...]
    added: tuple[Charge, ...] = ()
    saved: tuple[Charge, ...] = ()
    price_before: int | None = None
    price_after: int | None = None

    def of_kind(self, *kinds: Kind) -> tuple[Change, ...]:
        """Return the changes of some kinds, in their order."""
        return tuple(change for change in self.changes if change.kind in kinds)

    @property
    def issued_moves(self) -> tuple[Change, ...]:
        """Return what happens to meetings that both sides know: approving it tells the other side."""
        return tuple(change for change in self.changes if change.issued and change.kind is not Kind.STAYS)


def compare_plans(one: tuple[Problem, Plan], other: tuple[Problem, Plan]) -> Difference:
    """Return what differs in the ``other`` plan; each comes with the problem that it answers."""
    return difference(
        {**one[0].names, **other[0].names},
        (standings_of_plan(*one), standings_of_plan(*other)),
        (one[1], other[1]),
    )


def compare_with_calendar(
    problem: Problem, plan: Plan, calendar: Sequence[Standing] | None = None
) -> Difference:
    """Return what approving ``plan`` would change on a calendar: where none is given, the one it was made from.

    Prices are compared only with the calendar that the plan was made from.
    """
    after = standings_of_plan(problem, plan)
    if calendar is not None:
        return difference(problem.names, (calendar, after))
    now = account(
        Days(problem),
        {round_.key: slot.first for round_ in problem.rounds if (slot := round_.issued or round_.planned)},
    )
    return difference(problem.names, (standings_of_calendar(problem), after), (now, plan))


def standings_of_plan(problem: Problem, plan: Plan) -> tuple[Standing, ...]:
    """Return where a plan has every round, and the meetings to come that it works around."""
    rounds = {round_.key: round_ for round_ in problem.rounds}
    titles = {series.obligation: series.title for series in problem.series}
    known = {entry.round: entry for entry in plan.placements}
    placed = (_standing(round_, titles, known.get(key)) for key, round_ in sorted(rounds.items()))
    return (*_fixed(problem, titles), *placed)


def standings_of_calendar(problem: Problem) -> tuple[Standing, ...]:
    """Return where the calendar had every round when the problem was put together, and the meetings that stand."""
    titles = {series.obligation: series.title for series in problem.series}
    days = {series.obligation: series.days for series in problem.series}
    found = []
    for round_ in sorted(problem.rounds, key=lambda entry: entry.key):
        slot = round_.issued or round_.planned
        last = last_day(slot.first, days[round_.obligation]) if slot else None
        bare = _standing(round_, titles, None)
        found.append(replace(bare, first=slot.first, last=last, host=slot.host) if slot else bare)
    return (*_fixed(problem, titles), *found)


def difference(
    names: Mapping[str, Words],
    standings: tuple[Sequence[Standing], Sequence[Standing]],
    wholes: tuple[Plan | Account, Plan | Account] | None = None,
) -> Difference:
    """Return what differs between two sets of standings, and between the prices of two wholes where they are given.

    Rounds are the same where their meeting or key is; what is left of a series is matched in the order of its days.
    """
    changes = sorted(
        (_change(names, before, after) for before, after in _matched(*standings)),
        key=lambda change: (list(Kind).index(change.kind), not change.issued, _day(change), change.about),
    )
    added, saved = come_and_go(*wholes) if wholes else ((), ())
    return Difference(
        changes=tuple(changes),
        added=added,
        saved=saved,
        price_before=wholes[0].price if wholes else None,
        price_after=wholes[1].price if wholes else None,
    )


def _fixed(problem: Problem, titles: Mapping[str, Words]) -> Iterator[Standing]:
    """Return the meetings to come that stand; other partnerships' are nothing that a plan of this one changes."""
    for meeting in problem.fixed:
        if meeting.last >= problem.today and meeting.obligations and meeting.obligations[0] in titles:
            yield Standing(
                key=meeting.key,
                obligation=meeting.obligations[0],
                title=titles[meeting.obligations[0]],
                first=meeting.first,
                last=meeting.last,
                host=meeting.host,
                meeting=meeting.key,
                issued=True,
            )


def _standing(round_: Round, titles: Mapping[str, Words], placed: Placement | None) -> Standing:
    return Standing(
        key=round_.key,
        obligation=round_.obligation,
        title=titles[round_.obligation],
        first=placed.first if placed else None,
        last=placed.last if placed else None,
        host=placed.host if placed else None,
        meeting=round_.meeting,
        issued=round_.issued is not None,
    )


def _matched(
    one: Sequence[Standing], other: Sequence[Standing]
) -> Iterator[tuple[Standing | None, Standing | None]]:
    """Pair what is the same round: by meeting, then by key, then within a series by day."""
    left, right = list(one), list(other)
    for same in (_same_meeting, _same_key, _same_series):
        for before in sorted(left, key=_when):
            after = next((entry for entry in sorted(right, key=_when) if same(before, entry)), None)
            if after:
                left.remove(before)
                right.remove(after)
                yield before, after
    yield from ((before, None) for before in left)
    yield from ((None, after) for after in right)


def _same_meeting(one: Standing, other: Standing) -> bool:
    return one.meeting is not None and one.meeting == other.meeting


def _same_key(one: Standing, other: Standing) -> bool:
    return one.key == other.key


def _same_series(one: Standing, other: Standing) -> bool:
    return one.obligation == other.obligation and None in {one.meeting, other.meeting}


def _when(standing: Standing) -> tuple[date, str]:
    return standing.first or date.max, standing.key


def _day(change: Change) -> date:
    days = (entry.first for entry in (change.after, change.before) if entry and entry.first)
    return next(days, date.max)


def _change(names: Mapping[str, Words], before: Standing | None, after: Standing | None) -> Change:
    """Say what became of one round. Neither plan gave it a day: it stays without one."""
    known = after or before
    assert known is not None  # noqa: S101  # a pair has at least one round
    was, now = before.first if before else None, after.first if after else None
    days = (now - was).days if was and now else 0
    swapped = bool(was and now and before and after and before.host != after.host)
    if was and now:
        kind = Kind.MOVED if days else Kind.HOST if swapped else Kind.STAYS
    else:
        kind = Kind.DROPPED if was else Kind.PLACED if now else Kind.STAYS
    sentence = NO_DAY if was == now is None else SENTENCES[kind]
    words = written_out(
        sentence,
        title=known.title,
        before=was or "",
        after=now or "",
        days=timedelta(days=abs(days)),
        way=WAY[days > 0],
        host=_hosts(names, before, after) if swapped else NO_WORDS,
    )
    return Change(
        kind=kind,
        about=known.meeting or known.key,
        obligation=known.obligation,
        title=known.title,
        issued=bool((before and before.issued) or (after and after.issued)),
        before=before,
        after=after,
        days=days,
        words=words,
    )


def _hosts(names: Mapping[str, Words], before: Standing | None, after: Standing | None) -> Words:
    called = [
        names.get(entry.host, {"en": entry.host}) if entry and entry.host else NOBODY
        for entry in (after, before)
    ]
    return written_out(OTHER_HOST, host=called[0], other=called[1])
