"""What an obligation owes on a given day: the duty, its colour, and the reason in words.

Pure: facts and ``today`` come in, a ``Duty`` comes out. The table of colours is the one in the design: amber when the
save-the-date is due, or the aim has passed, and no date agreed by both sides stands within the limit; red
when the limit has passed. Only such a date clears amber; only a round held, or a skip that both sides agreed,
clears red.

The clock starts at the later of the last round held and the day the obligation came into force: earlier
rounds inform, they do not oblige.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.dates.cadence import (
    COUNTED_FROM_ANCHOR,
    NEVER_OWED,
    WITHOUT_INTERVAL,
    Cadence,
    CadenceRule,
    due_on,
    last_day_within_limit,
    red_months,
    rounds_a_year,
    year_is_wholly_in_force,
)
from scheduler.obligations import reasons
from scheduler.words import Words


class Colour(StrEnum):
    """How a duty stands; ``NONE`` where nothing is owed by a date."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Promise:
    """What the colour of an obligation depends on; ``save_the_date_weeks`` is that of its effective level."""

    key: str
    cadence: Cadence
    in_force_from: date
    in_force_until: date | None
    save_the_date_weeks: int
    cadence_stated: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A round that counts for an obligation: held on, or agreed by both sides for, ``day``.

    ``under`` names the other obligation whose round it is, where that one is covered by an umbrella.
    """

    day: date
    held: bool
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What is owed: by when, since when it presses, until when it is kept, and why the colour is what it is."""

    obligation: str
    colour: Colour
    due: date | None
    save_the_date: date | None
    red_after: date | None
    last_held: date | None
    agreed_for: date | None
    reasons: tuple[Words, ...]


def duty(promise: Promise, rounds: tuple[Round, ...], skips: tuple[date, ...], today: date) -> Duty:
    """Decide what ``promise`` owes on ``today``.

    ``skips`` are the due dates of rounds that both sides agreed to leave out; each counts as kept in its year
    and starts the clock anew.
    """
    held = sorted(
        (entry for entry in rounds if entry.held and entry.day <= today), key=lambda entry: entry.day
    )
    last = held[-1] if held else None
    if today < promise.in_force_from:
        return _nothing_owed(promise, last, reasons.not_yet_in_force(promise.in_force_from))
    if promise.in_force_until and today > promise.in_force_until:
        return _nothing_owed(promise, last, reasons.no_longer_in_force(promise.in_force_until))
    silence = _why_no_date_is_owed(promise)
    if silence:
        return _nothing_owed(promise, last, silence)
    return _dated_duty(promise, rounds, last, skips, today)


def clock_start(promise: Promise, last_held: date | None, skips: tuple[date, ...]) -> date:
    """Return the day from which the next round is counted."""
    if promise.cadence.rule in COUNTED_FROM_ANCHOR and promise.cadence.anchor:
        return promise.cadence.anchor
    return max(day for day in (last_held, promise.in_force_from, *skips) if day)


def red_after(
    promise: Promise, start: date, kept: tuple[date, ...], today: date
) -> tuple[date, Words] | None:
    """Return the last day on which the promise is kept, and which limit that is; ``None`` where there is none.

    ``kept`` are the days of rounds held and of skips agreed: a calendar year wholly in force must not close
    with fewer than the cadence asks for.
    """
    gap = last_day_within_limit(promise.cadence, start)
    if gap is None:
        return None
    wanted = rounds_a_year(promise.cadence)
    year = start.year
    while wanted and not (
        year_is_wholly_in_force(year, promise.in_force_from, promise.in_force_until)
        and sum(day.year == year for day in kept) < wanted
    ):
        year += 1
        if date(year, 12, 31) >= gap:
            break
    closing = date(year, 12, 31)
    if wanted and closing < gap:
        return closing, reasons.year_closes(year, wanted, is_over=today > closing)
    return gap, reasons.gap_passes(red_months(promise.cadence) or 0, start)


def _dated_duty(
    promise: Promise, rounds: tuple[Round, ...], last: Round | None, skips: tuple[date, ...], today: date
) -> Duty:
    last_held = last.day if last else None
    start = clock_start(promise, last_held, skips)
    due = due_on(promise.cadence, start)
    kept = (*(entry.day for entry in rounds if entry.held and entry.day <= today), *skips)
    is_once = promise.cadence.rule in COUNTED_FROM_ANCHOR
    if due is None or (is_once and max(kept, default=date.min) >= start):
        return _nothing_owed(promise, last, reasons.kept_for_this_event())
    limit = red_after(promise, start, kept, today)
    save_the_date = due - timedelta(weeks=promise.save_the_date_weeks)
    agreed = min((entry.day for entry in rounds if not entry.held and entry.day >= today), default=None)
    overdue_record = max(
        (entry.day for entry in rounds if not entry.held and entry.day < today), default=None
    )
    colour, why = _colour(due, save_the_date, limit, agreed, today)
    known = [*_last_known(promise, last, start, skips), *reasons.interval_source(promise.cadence), *why]
    if overdue_record:
        known.append(reasons.not_recorded(overdue_record))
    return Duty(
        obligation=promise.key,
        colour=colour,
        due=due,
        save_the_date=save_the_date,
        red_after=limit[0] if limit else None,
        last_held=last_held,
        agreed_for=agreed,
        reasons=tuple(known),
    )


def _colour(
    due: date, save_the_date: date, limit: tuple[date, Words] | None, agreed: date | None, today: date
) -> tuple[Colour, list[Words]]:
    if limit and today > limit[0]:
        why = [reasons.due_was(due), reasons.limit_passed(limit[0]), limit[1]]
        return Colour.RED, [*why, reasons.agreed_but_not_held(agreed)] if agreed else why
    within = agreed is not None and (limit is None or agreed <= limit[0])
    fell_due = reasons.due(due) if today <= due else reasons.due_was(due)
    if agreed and within:
        return Colour.GREEN, [fell_due, reasons.agreed_for(agreed)]
    if today < save_the_date:
        return Colour.GREEN, [
            reasons.due(due),
            reasons.save_the_date_from(save_the_date),
            *_limit_words(limit),
        ]
    lacking = reasons.agreed_too_late(agreed) if agreed else reasons.no_date_agreed()
    return Colour.AMBER, [
        fell_due,
        lacking,
        reasons.save_the_date_since(save_the_date),
        *_limit_words(limit),
    ]


def _limit_words(limit: tuple[date, Words] | None) -> list[Words]:
    return [reasons.red_after(limit[0]), limit[1]] if limit else [reasons.never_red()]


def _last_known(
    promise: Promise, last: Round | None, start: date, skips: tuple[date, ...]
) -> tuple[Words, ...]:
    skipped = (reasons.skipped(start),) if start in skips else ()
    if last is None:
        return (reasons.none_on_record(start, in_force=start == promise.in_force_from), *skipped)
    if last.day < promise.in_force_from:
        return (reasons.held_before_in_force(last.day, start), *skipped)
    return (reasons.last_held(last.day, last.under), *skipped)


def _why_no_date_is_owed(promise: Promise) -> Words | None:
    cadence = promise.cadence
    if cadence.rule in NEVER_OWED:
        return reasons.never_owed(is_contact=cadence.rule is CadenceRule.CONTACT)
    if cadence.rule in WITHOUT_INTERVAL and cadence.months is None:
        return reasons.no_interval(promise.cadence_stated)
    if cadence.rule in COUNTED_FROM_ANCHOR and (cadence.anchor is None or cadence.months is None):
        return reasons.waits_for_event()
    return None


def _nothing_owed(promise: Promise, last: Round | None, why: Words) -> Duty:
    known = (why, reasons.last_held(last.day, last.under)) if last else (why,)
    return Duty(
        obligation=promise.key,
        colour=Colour.NONE,
        due=None,
        save_the_date=None,
        red_after=None,
        last_held=last.day if last else None,
        agreed_for=None,
        reasons=known,
    )
