"""Further days to offer for a round that came of a plan: those that the same plan would have taken next."""

from datetime import date
from zoneinfo import ZoneInfo

from scheduler.db.work import Work
from scheduler.meetings.queries import MeetingFacts
from scheduler.planning.explaining import OtherDay, explain
from scheduler.planning.queries import plans
from scheduler.planning.record import problem_from_json


def next_best(work: Work, meeting: MeetingFacts) -> tuple[OtherDay, ...]:
    """Return the next-best days of the newest plan of the acting side that made this meeting, the best first.

    Days that have passed and those on offer are left out. Empty where no plan of this side made it.
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
                for other in explain(problem, found.plan, round_).next_best
                if _is_new(other.day, known, today)
            )
    return ()


def _is_new(day: date, known: set[date | None], today: date) -> bool:
    return day >= today and day not in known
