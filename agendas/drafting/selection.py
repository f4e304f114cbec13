"""Which commitments are pressing, which are left out and why, and which fit into the time there is.

Owns the judgement of each commitment and the choice among them. Pure. The order of the agenda, its minutes
and leads are decided in ``rules``, ``minutes`` and ``leads``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, reduce
from typing import NamedTuple

from agendas.commitments.rules import OPEN
from agendas.commitments.wording import WORDS
from agendas.drafting.draft import Item, LeftOut, Line, Urgency
from agendas.drafting.facts import Commitment, Facts, Progress, Silence
from agendas.drafting.wording import LEFT_OUT, REASONS, URGENCIES
from agendas.papers.wording import phrase
from agendas.versions.content import LeftOutReason, Wanted
from agendas.versions.rules import WANTED
from scheduler.words import LANGUAGES, Words, say

URGENCY_WEIGHT: Mapping[Urgency, int] = {
    "overdue": 400,
    "due_soon": 300,
    "blocked": 200,
    "no_news": 100,
    "news": 0,
}
"""A step is larger than strength and kind together: no wording makes a thing that moves more urgent than one
that is late."""

STRENGTH_WEIGHT: Mapping[str, int] = {
    "will": 60, "commit_to": 50, "continue_to": 40, "aim": 30, "explore": 20, "reaffirm": 10, "welcome": 0,
}  # fmt: skip
"""The stronger the verb, the more the other side may count on it. A step is larger than kind."""

KIND_WEIGHT: Mapping[str, int] = {"action": 4, "continuing_cooperation": 2, "political_position": 0}
"""An action can be finished, so asking pays; of a position there is only to ask whether it still holds."""

PRESSING: frozenset[Urgency] = frozenset({"overdue", "due_soon", "blocked"})
"""What neither level nor lack of news can leave out."""

LEAST_MINUTES: Mapping[Wanted, int] = {"decide": 8, "steer": 3, "note": 2}
"""Below this, saying it in the room is not worth more than writing it: a decision needs both sides to speak
twice, a steer both to speak once, a note one side."""

LEFT_OVER_WEIGHT = 1000
"""What the last round did not reach, or both sides left for this one, comes before everything else."""

LEFT_OUT_ORDER: tuple[LeftOutReason, ...] = ("deferred", "covered", "level", "position")

ITEM_MINUTES = 2
"""What any item takes before its first commitment: the lead is given the floor and says where things stand."""

LEAST_ITEM_MINUTES: Mapping[Wanted, int] = {"decide": 10, "steer": 10, "note": 5}
"""Below this no chair calls an item, in a meeting long enough to be counted in fives."""


class Need(NamedTuple):
    """What a subject needs: the minutes of all that is asked under it, and the least that any item has."""

    minutes: int
    floor: int


NOTHING = Need(0, 0)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is treated in the room and what goes round in writing, as items without minutes yet."""

    treated: tuple[Item, ...]
    written: tuple[Item, ...]


def judge(facts: Facts) -> tuple[Line, ...]:
    """Return a line for every open commitment, the weightiest first; ties keep the order of the facts."""
    said: dict[str, list[Progress]] = {}
    for note in facts.progress:
        for key in note.commitments:
            said.setdefault(key, []).append(note)
    silences: dict[str, list[Silence]] = {}
    for silence in facts.silences:
        silences.setdefault(silence.on, []).append(silence)
    left_over = facts.previous.left_over() if facts.previous else frozenset()
    lines = [
        _line(
            commitment,
            said.get(commitment.key, []),
            silences.get(commitment.key, []),
            facts,
            is_left_over=commitment.key in left_over,
        )
        for commitment in facts.commitments
        if commitment.status in OPEN
    ]
    return tuple(sorted(lines, key=lambda line: (-line.weight, line.commitment.due or date.max)))


def leave_out(lines: Iterable[Line], facts: Facts) -> tuple[tuple[Line, ...], tuple[LeftOut, ...]]:
    """Return the lines to treat, and those to leave out with the reason.

    What is overdue, or was left over by the last round, is always treated.
    """
    kept: list[Line] = []
    left: list[LeftOut] = []
    covering: dict[str, str] = {}
    for line in lines:
        matter = (line.commitment.key, *line.commitment.same_matter_as)
        covered_by = next((covering[key] for key in matter if key in covering), None)
        must = line.urgency == "overdue" or line.is_left_over
        reason = None if must else _reason_to_leave_out(line, covered_by, facts)
        if reason is None:
            kept.append(line)
            covering |= dict.fromkeys(matter, line.commitment.key)
        else:
            left.append(LeftOut(line, *reason))
            if covered_by:
                covering |= dict.fromkeys(matter, covered_by)
    return tuple(kept), tuple(sorted(left, key=lambda one: LEFT_OUT_ORDER.index(one.reason)))


def choose(
    subjects: Sequence[Item], room: int, grain: int, left_over: frozenset[str] = frozenset()
) -> Choice:
    """Return the subjects with the lines that fit into ``room`` minutes, and the others with what does not.

    What is in ``left_over`` comes first, whatever its subject. Then every subject in turn gets its weightiest pressing
    line, what the obligation names and what reports to it their place, every subject its second pressing line; then
    the other lines in the same way. So no subject is crowded out by a fuller one. Minutes are reckoned in multiples
    of ``grain``.
    """
    inside: dict[str, set[str]] = {}
    need: dict[str, Need] = {}
    used = 0
    for subject, line in _in_turn(subjects, left_over):
        before = need.get(subject.key, NOTHING)
        after = _with(before, line.wanted if line else subject.wanted or "note")
        extra = _counted(after, grain) - _counted(before, grain)
        if used + extra <= room or (room > 0 and not inside):
            used += extra
            need[subject.key] = after
            inside.setdefault(subject.key, set()).update([line.commitment.key] if line else [])
    treated, written = [], []
    for subject in subjects:
        chosen = inside.get(subject.key, set())
        within = tuple(line for line in subject.lines if line.commitment.key in chosen)
        outside = tuple(line for line in subject.lines if line.commitment.key not in chosen)
        if subject.key in inside:
            treated.append(replace(subject, lines=within))
            if outside:
                written.append(replace(subject, lines=outside, progress=(), silences=()))
        else:
            written.append(subject)
    return Choice(tuple(treated), tuple(written))


def least_minutes(subject: Item, grain: int) -> int:
    """Return the minutes below which the subject is not worth an item, as a multiple of ``grain``."""
    wants = [line.wanted for line in subject.lines] or [subject.wanted or "note"]
    return _counted(reduce(_with, wants, NOTHING), grain)


def weighed(line: Line) -> Words:
    """Return what a commitment weighs, and of what that is made: what orders an agenda, for whoever asks why."""
    commitment = line.commitment
    parts = [
        (URGENCY_WEIGHT[line.urgency], line.reason),
        (STRENGTH_WEIGHT[commitment.strength], WORDS[commitment.strength]),
        (KIND_WEIGHT[commitment.kind], WORDS[commitment.kind]),
    ]
    parts += [(LEFT_OVER_WEIGHT, REASONS["waited"])] if line.is_left_over else []
    return {
        language: f"{say(REASONS['weight'], language)} {line.weight} = "
        + " + ".join(f"{weight} ({say(words, language)})" for weight, words in parts)
        for language in LANGUAGES
    }


def strongest(lines: Sequence[Line]) -> Wanted:
    """Return the most that any of the lines asks for; to note, where there is none."""
    return min((line.wanted for line in lines), key=WANTED.index, default="note")


def settled(subject: Item) -> Item:
    """Return the subject asking for what the lines that it has ask for."""
    return replace(subject, wanted=strongest(subject.lines)) if subject.lines else subject


def newest_first(notes: Iterable[Progress]) -> tuple[Progress, ...]:
    """Return the notes from the newest to the oldest; those of one day by their keys."""
    return tuple(sorted(notes, key=lambda note: (-note.day.toordinal(), note.key)))


def _line(
    commitment: Commitment,
    notes: list[Progress],
    silences: list[Silence],
    facts: Facts,
    *,
    is_left_over: bool,
) -> Line:
    ordered = newest_first(notes)
    recent = [note for note in ordered if facts.previous is None or note.day >= facts.previous.day]
    urgency = _urgency(commitment, recent, silences, facts)
    return Line(
        commitment=commitment,
        urgency=urgency,
        wanted=_wanted(commitment, urgency),
        weight=URGENCY_WEIGHT[urgency]
        + STRENGTH_WEIGHT[commitment.strength]
        + KIND_WEIGHT[commitment.kind]
        + (LEFT_OVER_WEIGHT if is_left_over else 0),
        said=tuple(recent) or ordered[:1],
        silences=tuple(silences),
        has_news=bool(recent),
        reason=_urgency_reason(commitment, urgency, recent, facts),
        is_left_over=is_left_over,
    )


def _urgency(
    commitment: Commitment, recent: list[Progress], silences: list[Silence], facts: Facts
) -> Urgency:
    if commitment.due and commitment.due < facts.today:
        return "overdue"
    limit = facts.next_round.due or facts.meeting.first_day
    if commitment.due and limit and commitment.due <= limit:
        return "due_soon"
    if commitment.status == "blocked":
        return "blocked"
    return "news" if recent and not silences else "no_news"


def _urgency_reason(commitment: Commitment, urgency: Urgency, recent: list[Progress], facts: Facts) -> Words:
    if urgency == "no_news" and recent:
        return phrase(URGENCIES["partly_silent"])
    is_newer = facts.previous and commitment.since and commitment.since > facts.previous.day
    if urgency == "no_news" and (facts.previous is None or is_newer):
        return phrase(URGENCIES["no_news_ever"])
    return _urgency_in_words(urgency, commitment.due, facts.previous and facts.previous.day)


@lru_cache(maxsize=4096)
def _urgency_in_words(urgency: Urgency, due: date | None, previous: date | None) -> Words:
    """Return an urgency in words, put once for all commitments that share the days."""
    days = {"due": due, "previous": previous}
    return phrase(URGENCIES[urgency], **{name: day for name, day in days.items() if day})


def _wanted(commitment: Commitment, urgency: Urgency) -> Wanted:
    """Late or stuck: a decision (a new day, help, or an end). Due, silent, or still being looked for: a steer."""
    if urgency in ("overdue", "blocked"):
        return "decide"
    if urgency in ("due_soon", "no_news") or commitment.strength == "explore":
        return "steer"
    return "note"


def _reason_to_leave_out(
    line: Line, covered_by: str | None, facts: Facts
) -> tuple[LeftOutReason, Words] | None:
    commitment = line.commitment
    if commitment.deferred_by and commitment.deferred_by >= {party.key for party in facts.parties}:
        return "deferred", LEFT_OUT["deferred"]
    if line.urgency not in PRESSING:
        not_here = _not_for_this_level(line, facts)
        if not_here:
            return "level", not_here
        if commitment.kind == "political_position" and not line.has_news and not line.silences:
            since = facts.previous and phrase(LEFT_OUT["position_since"], previous=facts.previous.day)
            return "position", since or LEFT_OUT["position"]
    return ("covered", phrase(LEFT_OUT["covered_by"], key=covered_by)) if covered_by else None


def _not_for_this_level(line: Line, facts: Facts) -> Words | None:
    commitment = line.commitment
    if facts.meeting.kind == "training":
        return LEFT_OUT["level_training"]
    if facts.meeting.level == "expert" and commitment.kind == "political_position":
        return LEFT_OUT["level_expert"]
    if (
        facts.meeting.level == "ministerial"
        and commitment.kind == "continuing_cooperation"
        and not line.silences
    ):
        for report in facts.reports:
            if report.held and commitment.theme in report.themes:
                return phrase(LEFT_OUT["level_report"], title=report.title)
    return None


def _in_turn(subjects: Sequence[Item], left_over: frozenset[str]) -> list[tuple[Item, Line | None]]:
    """Return (subject, line) in the order in which they ask for time; a subject without lines asks once, as itself."""
    asking: list[tuple[tuple[int, int, int], Item, Line | None]] = []
    for subject in subjects:
        is_named = subject.topic is not None or subject.report is not None
        turns = [0, 0, 0]
        for number, line in enumerate(subject.lines):
            is_first = is_named and not number
            rank = 0 if line.is_left_over else 1 if line.urgency in PRESSING or is_first else 2
            asking.append(((rank, turns[rank] if rank else 0, -line.weight), subject, line))
            turns[rank] += 1
        if not subject.lines:
            is_bare = not (subject.progress or subject.silences)
            rank = 0 if subject.key in left_over else 1 if is_named else 2
            asking.append(((rank, 0, int(is_bare)), subject, None))
    return [(subject, line) for _, subject, line in sorted(asking, key=lambda asked: asked[0])]


def _with(need: Need, wanted: Wanted) -> Need:
    minutes = (need.minutes or ITEM_MINUTES) + LEAST_MINUTES[wanted]
    return Need(minutes, max(need.floor, LEAST_ITEM_MINUTES[wanted]))


def _counted(need: Need, grain: int) -> int:
    """Return the minutes of a need as a multiple of ``grain``; the floor is for meetings counted in fives."""
    minutes = max(need) if grain > 1 else need.minutes
    return -(-minutes // grain) * grain
