"""The steps of preparing and following up a round: on which day each falls, and in which state it is asked for.

Pure. The figures are those of ``obligations/lead_times``; days are the plain ones, before any shift to a working day.
What comes before a round is counted from its first day, what comes after from its last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.meetings.rules import State
from scheduler.obligations.lead_times import (
    MILESTONES,
    SAVE_THE_DATE,
    Milestone,
    effective_level,
    weeks_before,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone of one round. ``weeks`` lie before the round, negative ones after it."""

    milestone: Milestone
    weeks: int
    day: date

    @property
    def is_before(self) -> bool:
        """Tell whether the step prepares the round, rather than follow it up."""
        return self.weeks > 0

    def is_asked(self, state: State) -> bool:
        """Tell whether the step is asked for: nobody prepares a date that both sides do not hold, but it is sought."""
        match state:
            case State.PLANNED | State.OFFERED:
                return self.milestone.key == SAVE_THE_DATE
            case State.AGREED:
                return self.milestone.key != SAVE_THE_DATE
            case State.HELD:
                return not self.is_before
            case _:
                return False


def steps_of(
    level: str, first_day: date, last_day: date, milestones: Iterable[Milestone] = MILESTONES
) -> tuple[Step, ...]:
    """Return the steps that a round of ``level`` has, in the order of the milestones."""
    found = ((milestone, weeks_before(milestone, effective_level(level, []))) for milestone in milestones)
    return tuple(
        step_of(milestone, weeks, first_day, last_day) for milestone, weeks in found if weeks is not None
    )


def step_of(milestone: Milestone, weeks: int, first_day: date, last_day: date) -> Step:
    """Return the step that a round has ``weeks`` before it."""
    return Step(milestone, weeks, (first_day if weeks > 0 else last_day) - timedelta(weeks=weeks))
