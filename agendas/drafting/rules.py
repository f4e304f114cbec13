"""Facts about a meeting in, a draft agenda out: the same facts give the same draft.

Owns the composition: subjects from themes, topics and reports, their order, and the running order with its
fixed parts. Pure. The judgement of commitments stands in ``selection``, the arithmetic of time in ``minutes``, the
pauses in ``sittings``, the leads in ``leads``.

What a draft guarantees:

- the minutes of each day's items sum exactly to the meeting's minutes, whatever its length;
- nobody sits longer than two hours without a pause;
- every open commitment stands exactly once, in an item, in the written procedure, or left out with a reason;
- what is overdue is never left out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import ge
from typing import Literal

from agendas.drafting.draft import Draft, Item, Line
from agendas.drafting.expected import with_papers
from agendas.drafting.facts import Commitment, Facts, Theme, Topic
from agendas.drafting.leads import with_leads
from agendas.drafting.minutes import Day, Part, days_of, form_of, grain_of, sessions_of, share, spread
from agendas.drafting.past import IN_WRITING, carried, is_left_over, with_past
from agendas.drafting.selection import (
    KIND_WEIGHT,
    LEFT_OVER_WEIGHT,
    STRENGTH_WEIGHT,
    URGENCY_WEIGHT,
    choose,
    judge,
    least_minutes,
    leave_out,
    newest_first,
    settled,
    strongest,
)
from agendas.drafting.sittings import with_pauses
from agendas.drafting.wording import REASONS, TITLES
from agendas.papers.wording import phrase
from agendas.versions.content import Wanted
from agendas.versions.rules import WANTED
from scheduler.errors import BadInput
from scheduler.typed import one_of

FIXED_WANTED: dict[str, Wanted] = {
    "adoption": "decide",
    "actions": "note",
    "next_round": "decide",
    "readout": "decide",
}


def draft(facts: Facts) -> Draft:
    """Return the draft agenda of a meeting.

    Raises ``BadInput`` for facts that cannot be meant: no minutes, no days, a key used twice, a commitment or
    topic under a theme that the meeting does not have, a kind or strength unknown to the product.
    """
    _check(facts)
    meeting = facts.meeting
    form, grain = form_of(meeting.kind), grain_of(meeting.minutes)
    days = days_of(form, meeting.days, meeting.minutes, meeting.start)
    rooms = [day.room for day in days]
    kept, left_out = leave_out(judge(facts), facts)
    subjects = _subjects(kept, facts)
    left_over = facts.previous.left_over() if facts.previous else frozenset()
    choice = choose(subjects, sum(rooms), grain, left_over)
    treated = _in_order([settled(subject) for subject in choice.treated], facts)
    falls_on = spread([min(least_minutes(subject, grain), max(rooms)) for subject in treated], rooms)
    items: list[Item] = []
    for number, day in enumerate(days):
        of_day = [subject for subject, where in zip(treated, falls_on, strict=True) if where == number]
        sessions = sessions_of(day) if form.has_sessions else ()
        of_day += _spare(len(of_day), len(sessions), number)
        shares = _shares(of_day, day.room, grain, sessions)
        timed = [replace(subject, minutes=own) for subject, own in zip(of_day, shares, strict=True)]
        items += _day_items(day, number, timed, facts)
    opened = with_leads(_numbered(items), facts)
    in_room = frozenset(item.key for item in opened)
    crowded = [subject for subject, day_number in zip(treated, falls_on, strict=True) if day_number is None]
    return Draft(
        items=tuple(with_papers(with_past(item, facts), facts) for item in opened),
        written_procedure=tuple(
            _in_writing(settled(subject), facts, in_room) for subject in (*crowded, *choice.written)
        ),
        left_out=left_out,
        without_item=_without_item(subjects, facts),
    )


def _check(facts: Facts) -> None:
    meeting = facts.meeting
    if meeting.minutes < 1 or meeting.days < 1:
        raise BadInput(
            {
                "en": f"{meeting.days} days of {meeting.minutes} minutes leave no time",
                "nl": f"{meeting.days} dagen van {meeting.minutes} minuten laten geen tijd over",
            },
            place=meeting.key,
            remedy={"en": "give at least one of each", "nl": "geef er van elk ten minste één"},
        )
    placed: tuple[Topic | Commitment, ...] = (*facts.topics, *facts.commitments)
    themes = [theme.key for theme in facts.themes]
    parties = [party.key for party in facts.parties]
    keys = Counter([*parties, *themes, *(thing.key for thing in placed)])
    twice = [key for key, count in keys.items() if count > 1]
    if twice:
        raise BadInput(
            {"en": f"used twice: {', '.join(twice)}", "nl": f"tweemaal gebruikt: {', '.join(twice)}"},
            place=meeting.key,
            remedy={"en": "give each fact a key of its own", "nl": "geef elk feit een eigen sleutel"},
        )
    _check_placed(placed, themes)


def _check_placed(placed: Iterable[Topic | Commitment], themes: Collection[str]) -> None:
    for thing in placed:
        if thing.theme not in themes:
            raise BadInput(
                {
                    "en": f"theme {thing.theme} is not one of this meeting",
                    "nl": f"thema {thing.theme} hoort niet bij deze bijeenkomst",
                },
                place=thing.key,
                remedy=one_of(themes),
            )
        if isinstance(thing, Commitment) and not (
            thing.kind in KIND_WEIGHT and thing.strength in STRENGTH_WEIGHT
        ):
            raise BadInput(
                {
                    "en": f"unknown kind {thing.kind!r} or strength {thing.strength!r}",
                    "nl": f"onbekende soort {thing.kind!r} of onbekend werkwoord {thing.strength!r}",
                },
                place=thing.key,
                remedy=one_of([*KIND_WEIGHT, *STRENGTH_WEIGHT]),
            )


def _subjects(lines: Sequence[Line], facts: Facts) -> list[Item]:
    """Return reports, then each theme followed by its topics: what an agenda of endless length would treat.

    A theme with nothing left to treat has no place, unless no theme has anything: then they are what the
    meeting is about, but for those that only frame the others.
    """
    topics = {topic.key: topic for topic in facts.topics}
    by_subject: dict[str, list[Line]] = {}
    for line in lines:
        named = [key for key in line.commitment.topics if key in topics]
        key = f"topic/{named[0]}" if len(named) == 1 else f"theme/{line.commitment.theme}"
        by_subject.setdefault(key, []).append(line)
    subjects = list(_reports(facts))
    for theme in facts.themes:
        of_theme = [topic for topic in facts.topics if topic.theme == theme.key]
        general = tuple(by_subject.get(f"theme/{theme.key}", ()))
        if general or not (of_theme or lines or theme.is_framing):
            subjects.append(
                Item(
                    key=f"theme/{theme.key}", kind="theme", title=theme.title, minutes=0, leads=theme.leads,
                    wanted=strongest(general), lines=general,
                    reasons=(phrase(REASONS["theme" if general else "theme_alone"], count=len(general)),),
                )
            )  # fmt: skip
        subjects += [
            _topic_subject(topic, by_subject.get(f"topic/{topic.key}", []), facts) for topic in of_theme
        ]
    return [*subjects, *carried(facts, [subject.key for subject in subjects])]


def _without_item(subjects: Sequence[Item], facts: Facts) -> tuple[Theme, ...]:
    present = {_theme_of(subject) for subject in subjects}
    return tuple(theme for theme in facts.themes if theme.key not in present)


def _topic_subject(topic: Topic, lines: Sequence[Line], facts: Facts) -> Item:
    """A topic that the obligation names is asked about even where no commitment belongs to it."""
    progress = tuple(note for note in facts.progress if topic.key in note.topics)
    silences = tuple(silence for silence in facts.silences if silence.on == topic.key)
    unfinished = any(note.state in ("outstanding_step", "new_emphasis") for note in progress)
    alone: Wanted = "note" if progress and not silences and not unfinished else "steer"
    theme = next(theme for theme in facts.themes if theme.key == topic.theme)
    reason = "topic" if lines else "topic_alone"
    if _is_what_it_is_about(topic, facts):
        reason = "about"
    return Item(
        key=f"topic/{topic.key}", kind="topic", title=topic.title, minutes=0, leads=theme.leads,
        wanted=strongest(lines) if lines else alone, lines=tuple(lines), topic=topic,
        progress=newest_first(progress), silences=silences,
        reasons=(phrase(REASONS[reason], count=len(lines)),),
    )  # fmt: skip


def _reports(facts: Facts) -> Iterator[Item]:
    for report in facts.reports:
        is_report = report.kind == "report"
        title = report.title if is_report else phrase(TITLES["report"], title=report.title)
        yield Item(
            key=f"report/{report.obligation}", kind="report", title=title, minutes=0, leads=report.leads, wanted="note",
            report=report,
            progress=newest_first(note for note in facts.progress if report.obligation in note.obligations),
            reasons=(REASONS["report"],),
        )  # fmt: skip


def _in_order(subjects: Sequence[Item], facts: Facts) -> list[Item]:
    """Return reports, then themes by urgency, each with its topics behind it; ties keep the order of the facts.

    What a meeting is about by its own title goes before its theme. A theme with something that the last round left
    over goes before the others.
    """
    position = {theme.key: number for number, theme in enumerate(facts.themes)}
    urgency: dict[str, int] = {}
    for subject in subjects:
        theme = _theme_of(subject)
        urgency[theme] = max(urgency.get(theme, 0), _urgency(subject, facts))

    def place(subject: Item) -> tuple[bool, int, int, int, int]:
        theme = _theme_of(subject)
        rank = 1 if subject.topic is None else 0 if _is_what_it_is_about(subject.topic, facts) else 2
        return (
            subject.report is None,
            -urgency[theme],
            position.get(theme, -1),
            rank,
            -_urgency(subject, facts),
        )

    return sorted(subjects, key=place)


def _is_what_it_is_about(topic: Topic, facts: Facts) -> bool:
    return topic.key == facts.meeting.obligation


def _theme_of(subject: Item) -> str:
    return subject.topic.theme if subject.topic else subject.key.partition("/")[2]


def _urgency(subject: Item, facts: Facts) -> int:
    pressing = max((URGENCY_WEIGHT[line.urgency] for line in subject.lines), default=0)
    waited = is_left_over(subject, facts.previous) or any(line.is_left_over for line in subject.lines)
    return pressing + (LEFT_OVER_WEIGHT if waited else 0)


def _spare(known: int, sessions: int, day: int) -> list[Item]:
    """Return items for time that no subject claims: further sessions, or one exchange of views."""
    kind: Literal["session", "discussion"] = "session" if sessions else "discussion"
    return [
        Item(
            f"{kind}/{day + 1}.{number + 1}",
            kind,
            TITLES[kind],
            minutes=0,
            wanted=None if sessions else "note",
            reasons=(REASONS["spare"],),
        )
        for number in range(known, max(sessions, 1))
    ]


def _numbered(items: Sequence[Item]) -> list[Item]:
    """Return the items with the sessions that have no subject yet numbered."""
    count = 0
    result = []
    for item in items:
        count += item.kind == "session"
        title = phrase(item.title, number=count) if item.kind == "session" else item.title
        result.append(replace(item, title=title))
    return result


def _shares(subjects: Sequence[Item], room: int, grain: int, sessions: Sequence[int]) -> Sequence[int]:
    """Return the minutes of each subject: one ``session`` each, where they fit; else what each needs, and a part more.

    Of the time to spare a topic that the obligation names has twice the share: it is what people meet for.
    """
    least = [min(least_minutes(subject, grain), room) for subject in subjects]
    if len(sessions) == len(least) and all(map(ge, sessions, least)):
        return sessions
    weights = [need * (2 if subject.topic else 1) for need, subject in zip(least, subjects, strict=True)]
    return share(room, least, grain, weights)


def _day_items(day: Day, number: int, subjects: Sequence[Item], facts: Facts) -> list[Item]:
    """Return the items of a day in order, each with its offset."""
    sequence = [
        *(_fixed(part, number, facts) for part in day.first),
        *with_pauses(subjects, day, number, form_of(facts.meeting.kind).lunch),
        *(_fixed(part, number, facts) for part in day.last),
    ]
    offset = 0
    items = []
    for item in sequence:
        items.append(replace(item, day=number, offset=offset))
        offset += item.minutes
    return items


def _fixed(part: Part, day: int, facts: Facts) -> Item:
    has_actions = "actions" in part.covers
    first = "first_" if has_actions and facts.previous is None else ""
    wanted = [FIXED_WANTED[kind] for kind in part.covers if kind in FIXED_WANTED]
    item = Item(
        key=part.kind if day == 0 or part.kind != "day_opening" else f"{part.kind}/{day + 1}", kind=part.kind,
        title=TITLES[first + "+".join(part.covers)], minutes=part.minutes,
        wanted=min(wanted, key=WANTED.index, default=None), reasons=(REASONS["standing"],),
    )  # fmt: skip
    if not has_actions:
        return item
    own, since = facts.meeting.obligation, facts.previous.day if facts.previous else date.min
    return replace(
        item,
        progress=newest_first(
            note for note in facts.progress if own in note.obligations and note.day >= since
        ),
        silences=tuple(silence for silence in facts.silences if silence.on == own and silence.day >= since),
    )


def _in_writing(subject: Item, facts: Facts, in_room: Collection[str]) -> Item:
    """Return a subject as it goes round in writing; its title says so where the room treats a part of it."""
    why = phrase(REASONS["no_room"], minutes=facts.meeting.minutes * facts.meeting.days)
    title = phrase(TITLES["rest"], title=subject.title) if subject.key in in_room else subject.title
    written = replace(subject, key=IN_WRITING + subject.key, title=title, minutes=0, reasons=(why,))
    return with_papers(with_past(written, facts), facts, in_writing=True)
