"""What a side has made of the milestones: its own settings, laid over the shipped defaults. Pure.

A side sets what its own posts are reminded of, and nobody else's. Of the settings that fit, the most specific holds: of
a post before an obligation, of an obligation before the partnership, of one level before every level; where one meeting
serves several obligations, the first of them. Each value has an origin: the default, or who set it and when.

The figures of escalation are of the same kind: working days after a step's day, in the place of weeks before a round.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.dates.written import write_date
from scheduler.errors import BadInput
from scheduler.meetings.steps import Step, step_of
from scheduler.obligations.lead_times import (
    LEVEL_COLUMNS,
    MILESTONES,
    Milestone,
    effective_level,
    weeks_before,
)
from scheduler.typed import not_known, one_of
from scheduler.words import Words

TO_SECRETARIAT = "escalation_secretariat"
TO_HEAD = "escalation_head"
ESCALATIONS: dict[str, Words] = {
    TO_SECRETARIAT: {
        "en": "A missed step is told to the secretariat",
        "nl": "Een gemiste stap wordt het secretariaat gemeld",
    },
    TO_HEAD: {
        "en": "A missed step is told to the head of department",
        "nl": "Een gemiste stap wordt het afdelingshoofd gemeld",
    },
}
WORKING_DAYS = {TO_SECRETARIAT: 5, TO_HEAD: 10}
"""Working days after a missed day at which each is told: practice of ours, which no source states."""

BY_KEY: dict[str, Milestone] = {milestone.key: milestone for milestone in MILESTONES}
STEPS = (*BY_KEY, *WORKING_DAYS)
STEP_WORDS: dict[str, Words] = {
    **{key: milestone.title for key, milestone in BY_KEY.items()},
    **ESCALATIONS,
    "date_wanted": {"en": "Seek a date", "nl": "Zoek een datum"},
}
"""What the steps that have settings are called, and the search for a date."""

OF_AGENDA: Words = {"en": "A step of the agenda", "nl": "Een stap van de agenda"}

AUDIENCES = ("secretariat", "host", "lead", "private_office")
MOST_WEEKS = 104
MOST_DAYS = 60

NOTHING_SET = {"en": "nothing is set", "nl": "er is niets ingesteld"}
GIVE_SOMETHING = {
    "en": "give weeks, off or an audience",
    "nl": "geef weken, uit of wie het hoort",
}
OFF_AND_WEEKS = {
    "en": "a step is off or has weeks, not both",
    "nl": "een stap staat uit of heeft weken, niet allebei",
}
TOLD_IS_FOR_ALL = {
    "en": "who is told is set for everybody, not for one post",
    "nl": "wie het hoort, geldt voor iedereen, niet voor één functie",
}
SECRETARIAT_IS_TOLD = {
    "en": "the secretariat is told; only when can be set",
    "nl": "het secretariaat hoort het; alleen wanneer is in te stellen",
}
NAME_THE_POST = {
    "en": "name the post that is told",
    "nl": "noem de functie die het hoort",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that a side has set; an empty ``obligation``, ``post`` or ``level`` means all of them.

    ``amount`` is in weeks, or in working days for an escalation. ``None`` for it or for ``audience`` sets nothing.
    """

    step: str
    obligation: str
    post: str
    level: str
    amount: int | None
    is_off: bool
    audience: str | None
    set_by: str
    set_at: datetime

    @property
    def set_on(self) -> date:
        """Return the day on which it was set, in UTC."""
        return self.set_at.date()

    def fits(self, step: str, level: str, obligations: Sequence[str], post: str) -> bool:
        """Tell whether the setting is about this step of these obligations for this post."""
        return (
            self.step == step
            and self.level in {"", level}
            and self.post in {"", post}
            and (not self.obligation or self.obligation in obligations)
        )

    def rank(self, obligations: Sequence[str]) -> tuple[bool, bool, bool, int]:
        """Return how specific the setting is, to be compared."""
        position = obligations.index(self.obligation) if self.obligation else 0
        return bool(self.post), bool(self.obligation), bool(self.level), -position


@dataclass(frozen=True, slots=True)
class Amount:
    """Weeks or working days, ``None`` where the step is off; ``origin`` is the setting, ``None`` for the default."""

    value: int | None
    origin: Setting | None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told: an audience, or the reference of a post; ``origin`` as above."""

    name: str
    origin: Setting | None


@dataclass(frozen=True, slots=True)
class Settings:
    """All that one side has set in one partnership."""

    entries: tuple[Setting, ...] = ()

    def amount(self, step: str, level: str, obligations: Sequence[str] = (), post: str = "") -> Amount:
        """Return the weeks or days of a step for a post; ``level`` may be ``mixed``, which counts as officials."""
        level = effective_level(level, [])
        chosen = self._chosen(
            [entry for entry in self.entries if entry.is_off or entry.amount is not None],
            (step, level, obligations, post),
        )
        if chosen:
            return Amount(None if chosen.is_off else chosen.amount, chosen)
        if step in WORKING_DAYS:
            return Amount(WORKING_DAYS[step], None)
        return Amount(weeks_before(BY_KEY[step], level), None)

    def audience(self, step: str, level: str, obligations: Sequence[str] = ()) -> Audience:
        """Return who is told of a step."""
        chosen = self._chosen(
            [entry for entry in self.entries if entry.audience],
            (step, effective_level(level, []), obligations, ""),
        )
        if chosen and chosen.audience:
            return Audience(chosen.audience, chosen)
        return Audience(BY_KEY[step].audience if step in BY_KEY else "", None)

    def posts_named(self) -> frozenset[str]:
        """Return the posts that were put in the place of an audience."""
        return frozenset(entry.audience for entry in self.entries if entry.audience and "/" in entry.audience)

    @staticmethod
    def _chosen(entries: list[Setting], about: tuple[str, str, Sequence[str], str]) -> Setting | None:
        fitting = [entry for entry in entries if entry.fits(*about)]
        return max(fitting, key=lambda entry: entry.rank(about[2]), default=None)


def own_steps(
    settings: Settings, level: str, obligations: Sequence[str], first_day: date, last_day: date
) -> tuple[tuple[Step, Setting | None], ...]:
    """Return the steps that a round has for one side as a whole, each with the setting that it follows, if any."""
    found = ((milestone, settings.amount(milestone.key, level, obligations)) for milestone in MILESTONES)
    return tuple(
        (step_of(milestone, weeks.value, first_day, last_day), weeks.origin)
        for milestone, weeks in found
        if weeks.value is not None
    )


def step_words(step: str) -> Words:
    """Return what a step of the ledger is called; what only an agenda knows by name has one while it stands."""
    return STEP_WORDS.get(step, OF_AGENDA)


def origin_words(origin: Setting | None) -> Words:
    """Return where a value comes from: the default, or who set it when, and for what."""
    if origin is None:
        return {"en": "default (assumed)", "nl": "standaard (aangenomen)"}
    scope = " ".join(part for part in (origin.post, origin.obligation) if part)
    own = f" ({scope})" if scope else ""
    return {
        "en": f"set by {origin.set_by} on {write_date(origin.set_on, 'en')}{own}",
        "nl": f"vastgesteld door {origin.set_by} op {write_date(origin.set_on, 'nl')}{own}",
    }


def problem_of(setting: Setting) -> BadInput | None:
    """Return what cannot be meant of a setting, and at which value; ``None`` where all can."""
    if setting.step not in STEPS:
        return BadInput(not_known(setting.step), place="milestone", remedy=one_of(STEPS))
    if setting.level and setting.level not in LEVEL_COLUMNS:
        return BadInput(not_known(setting.level), place="level", remedy=one_of(LEVEL_COLUMNS))
    if not setting.is_off and setting.amount is None and setting.audience is None:
        return BadInput(NOTHING_SET, place="weeks", remedy=GIVE_SOMETHING)
    if setting.is_off and setting.amount is not None:
        return BadInput(OFF_AND_WEEKS, place="weeks")
    least, most = (1, MOST_DAYS) if setting.step in WORKING_DAYS else (-MOST_WEEKS, MOST_WEEKS)
    if setting.amount is not None and not least <= setting.amount <= most:
        message = {
            "en": f"{setting.amount} is not between {least} and {most}",
            "nl": f"{setting.amount} ligt niet tussen {least} en {most}",
        }
        return BadInput(message, place="weeks")
    return _problem_of_audience(setting)


def _problem_of_audience(setting: Setting) -> BadInput | None:
    if setting.audience is None:
        return None
    if setting.post:
        return BadInput(TOLD_IS_FOR_ALL, place="audience")
    if setting.step == TO_SECRETARIAT:
        return BadInput(SECRETARIAT_IS_TOLD, place="audience")
    if setting.step == TO_HEAD and "/" not in setting.audience:
        return BadInput(NAME_THE_POST, place="audience")
    if "/" not in setting.audience and setting.audience not in AUDIENCES:
        one = one_of(AUDIENCES)
        remedy = {"en": f"{one['en']}, or a post", "nl": f"{one['nl']}, of een functie"}
        return BadInput(not_known(setting.audience), place="audience", remedy=remedy)
    return None
