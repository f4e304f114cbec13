"""What the applications of rules are called among others that they cannot hold together with.

Owns the words of an impossible year; the applications themselves are found in ``applications``. Pure.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta

from scheduler.dates.cadence import red_months
from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.planning import rules
from scheduler.planning.days import Days, forbidden_by
from scheduler.planning.problem import Fixed, Minimum, Round, Series
from scheduler.planning.wording import Rule, written_out
from scheduler.words import LANGUAGES, Words, say

Naming = Callable[[], Words]
"""Finds the words when they are needed."""

NOUNS: Mapping[str, Words] = {
    rules.WINDOW.name: {
        "en": "the window of {title} ({window})",
        "nl": "het venster van {title} ({window})",
    },
    rules.LEAD_TIME.name: {
        "en": "the {weeks} weeks’ notice of {title} (not before {earliest})",
        "nl": "de {weeks} weken vooraankondiging van {title} (niet voor {earliest})",
    },
    rules.PIN.name: {
        "en": "the pin of {title} to {pinned}",
        "nl": "het vastzetten van {title} op {pinned}",
    },
    rules.ONE_MEETING_A_DAY.name: {
        "en": "one meeting a day for {post}",
        "nl": "één bijeenkomst per dag voor {post}",
    },
    rules.CAPACITY.name: {
        "en": "at most {most} meetings a week for {office}",
        "nl": "hoogstens {most} bijeenkomsten per week voor {office}",
    },
    rules.SMALLEST_GAP.name: {
        "en": "at least {months} months between rounds of {title}",
        "nl": "ten minste {months} maanden tussen rondes van {title}",
    },
    rules.ORDER.name: {"en": "{title} before {other}", "nl": "{title} vóór {other}"},
    rules.HOST.name: {"en": "the host rule of {title}", "nl": "de gastlandregel van {title}"},
    rules.LONGEST_GAP.name: {
        "en": "at most {months} months after {since} for {title}",
        "nl": "hoogstens {months} maanden na {since} voor {title}",
    },
    rules.CALENDAR_YEAR.name: {
        "en": "the calendar year {year} of {title} (rounds owed: {owed})",
        "nl": "het kalenderjaar {year} van {title} (vereiste rondes: {owed})",
    },
    rules.PLACED.name: {"en": "a day for {title} ({key})", "nl": "een dag voor {title} ({key})"},
}
"""What an application is called among others; a rule that is not here is called by its general words."""

STANDING = {"en": "{noun} (already needed for {others})", "nl": "{noun} (al nodig voor {others})"}
BY_RULE = {"en": "{title}: {rule}", "nl": "{title}: {rule}"}
CLOSED: Mapping[str, Words] = {
    rules.CLOSED_DAY.name: {
        "en": "the days closed to {title} ({closed})",
        "nl": "de dagen die gesloten zijn voor {title} ({closed})",
    },
    rules.BLACKOUT.name: {
        "en": "the blackouts for {title} ({closed})",
        "nl": "de geblokkeerde perioden voor {title} ({closed})",
    },
    rules.DIARY.name: {
        "en": "the diaries of the posts that {title} needs ({closed})",
        "nl": "de agenda’s van de functies die {title} nodig heeft ({closed})",
    },
}
ROUND_BEFORE = {"en": "the round before", "nl": "de ronde ervoor"}
ON_DAY = {"en": "{title} on {day}", "nl": "{title} op {day}"}

MORE = {"en": "and {count} more", "nl": "en nog {count}"}
AND = {"en": "and", "nl": "en"}
NAMED_AT_MOST = 3
"""How many of several entries or meetings a name lists."""


def of_series(days: Days, round_: Round, rule: Rule, permitted: Mapping[str, int]) -> Words:
    """Call an application of a rule that is one for all rounds of a series."""
    series = days.series[round_.obligation]
    if rule is rules.SMALLEST_GAP:
        return gap_words(series)
    if rule.name in NOUNS:
        return noun(
            rule,
            title=series.title,
            window=series.window.in_words(),
            weeks=series.lead_weeks,
            earliest=round_.earliest,
        )
    closed = _closed(days, round_, rule, permitted) if rule.name in CLOSED else None
    text = CLOSED[rule.name] if closed else BY_RULE
    return written_out(text, title=series.title, rule=_inside(rule.words), closed=closed)


def of_post(days: Days, post: str, standing: Sequence[Fixed]) -> Words:
    """Call the rule that a post sits in one meeting a day, with the meetings to come that stand."""
    words = noun(rules.ONE_MEETING_A_DAY, post=days.problem.name(post))
    coming = [_meeting(days, meeting) for meeting in standing if meeting.last >= days.problem.first]
    return written_out(STANDING, noun=words, others=_listed(coming)) if coming else words


def of_year(series: Series, minimum: Minimum, owed: int) -> Words:
    """Call the rule that a year, or the longest gap of an umbrella, has its rounds."""
    return noun(
        rules.BY_NAME[minimum.rule],
        year=minimum.until.year,
        title=series.title,
        owed=owed,
        months=float(red_months(series.cadence) or 0),
        since=minimum.since - timedelta(days=1),
    )


def _closed(days: Days, round_: Round, rule: Rule, permitted: Mapping[str, int]) -> Words | None:
    """List the entries of calendars that take days away which every other rule would permit."""
    others = (1 << days.count) - 1
    for name, mask in permitted.items():
        others &= mask if name != rule.name else -1
    titles: Counter[str] = Counter()
    words: dict[str, Words] = {}
    length = days.series[round_.obligation].days
    for first in _numbered(others & ~permitted[rule.name]):
        for number in range(first, min(first + length, days.count)):
            for row in _forbidding(days, round_, number):
                if forbidden_by(row) is rule:
                    titles[repr(row.title)] += 1
                    words[repr(row.title)] = row.title
    return _listed([words[title] for title, _ in titles.most_common()]) if titles else None


def _forbidding(days: Days, round_: Round, number: int) -> Iterator[ClosedDay]:
    """Return the entries of calendars that forbid a day to a round."""
    for name in dict.fromkeys(name for duty in days.duties(round_) for name in duty.calendars):
        for row in days.problem.calendars[name].get(days.every[number], ()):
            if row.effect == Effect.FORBIDS:
                yield row


def noun(rule: Rule, **facts: object) -> Words:
    """Return what a rule is called where it applies."""
    return written_out(NOUNS[rule.name], **facts)


def gap_words(series: Series) -> Words:
    """Call the rule that rounds of a series lie apart."""
    return noun(rules.SMALLEST_GAP, months=float(series.smallest_gap), title=series.title)


def _inside(words: Words) -> Words:
    """Return a sentence as it stands within another one."""
    return {language: text[0].lower() + text[1:].rstrip(".") for language, text in words.items()}


def _meeting(days: Days, meeting: Fixed) -> Words:
    """Return what a meeting that stands is called, with its day."""
    known = next((days.series[key].title for key in meeting.obligations if key in days.series), None)
    return written_out(ON_DAY, title=known or meeting.title or {"en": meeting.key}, day=meeting.first)


def _listed(entries: list[Words]) -> Words:
    """Return the first of several names, and how many more there are."""
    more = len(entries) - NAMED_AT_MOST
    shown = [*entries[:NAMED_AT_MOST], *([written_out(MORE, count=more)] if more > 0 else [])]
    return (
        joined(shown)
        if more <= 0
        else {
            language: ", ".join(say(entry, language) for entry in shown[:-1]) + " " + say(shown[-1], language)
            for language in LANGUAGES
        }
    )


def joined(entries: list[Words]) -> Words:
    """Return several names as one list: with commas, and with “and” before the last."""
    return {
        language: _joined([say(entry, language) for entry in entries], language) for language in LANGUAGES
    }


def _joined(texts: list[str], language: str) -> str:
    if len(texts) < 2:  # a list of one has no comma
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {AND[language]} {texts[-1]}"


def _numbered(mask: int) -> Iterator[int]:
    return (number for number in range(mask.bit_length()) if mask >> number & 1)
