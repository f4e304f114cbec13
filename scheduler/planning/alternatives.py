"""Further days to offer for a round that came of a plan: those that the same plan would have taken next."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from scheduler.db.work import Work
from scheduler.meetings.queries import MeetingFacts
from scheduler.planning.explaining import OtherDay, explain, explain_day
from scheduler.planning.problem import Plan, Problem, Round
from scheduler.planning.queries import WANTING_A_DATE, plans
from scheduler.planning.record import problem_from_json


def next_best(work: Work, meeting: MeetingFacts) -> tuple[OtherDay, ...]:
    """Return the next-best days of the newest plan of the acting side that this meeting is of, the best first.

    The plan's own day comes before them where the meeting was never offered on it. Days that have passed and those on
    offer are left out. Empty where no plan of this side has the meeting.
    """
    today = work.now.astimezone(ZoneInfo(meeting.zone)).date()
    known = {meeting.day, *(option.day for option in meeting.on_offer)}
    for found in plans(work, meeting.partnership):
        names = [key for key, uid in found.approved.items() if uid == meeting.uid]
        if names:
            problem = problem_from_json(found.problem)
            round_ = next(entry for entry in problem.rounds if entry.key == names[0])
            return tuple(
                other
                for other in _days(problem, found.plan, round_, meeting)
                if _is_new(other.day, known, today)
            )
    return ()


def _days(problem: Problem, plan: Plan, round_: Round, meeting: MeetingFacts) -> Iterator[OtherDay]:
    placed = next(entry for entry in plan.placements if entry.round == round_.key)
    own = explain_day(problem, plan, round_, placed.first).instead
    if own and lacks(meeting, placed.first):
        yield own
    yield from explain(problem, plan, round_).next_best


def lacks(meeting: MeetingFacts, day: date) -> bool:
    """Tell whether a meeting wants a date, and has never been offered on a day."""
    return meeting.state in WANTING_A_DATE and all(option.day != day for option in meeting.options)


def _is_new(day: date, known: set[date | None], today: date) -> bool:
    return day >= today and day not in known
