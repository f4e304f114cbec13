"""What must be done how long before (or after) a round: the milestones, with shipped defaults for each level.

The figures are practice, not facts: no public page states them for these dialogues, and they ship as settings that a
partnership will change. Owns the figures; who is reminded of them is decided in ``reminders``.
"""

from dataclasses import dataclass

from scheduler.words import Words

LEVEL_COLUMNS = ("ministerial", "senior_official", "expert")
"""The levels that have lead times of their own."""

Weeks = tuple[int | None, int | None, int | None]
"""Weeks before the round for ministers, senior officials and experts; negative after it; ``None`` where not done."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step in preparing or following up a round, and who takes it.

    ``audience`` is ``secretariat`` (both sides' secretariats), ``host`` (the host's secretariat), ``lead``
    (each side's lead office) or ``private_office`` (the posts that get a minister's letters).
    """

    key: str
    title: Words
    weeks: Weeks
    audience: str


def _milestone(key: str, english: str, dutch: str, weeks: Weeks, audience: str) -> Milestone:
    return Milestone(key, {"en": english, "nl": dutch}, weeks, audience)


SAVE_THE_DATE = "save_the_date"
SAVE_THE_DATE_WEEKS = (26, 17, 9)

MILESTONES: tuple[Milestone, ...] = (
    _milestone(
        SAVE_THE_DATE,
        "Save-the-date, with two or three options",
        "Vooraankondiging, met twee of drie opties",
        SAVE_THE_DATE_WEEKS,
        "secretariat",
    ),
    _milestone(
        "invitation", "Host, venue and invitation", "Gastland, locatie en uitnodiging", (12, 8, 6), "host"
    ),
    _milestone(
        "first_draft",
        "First draft agenda to the other side",
        "Eerste conceptagenda naar de andere zijde",
        (6, 5, 3),
        "lead",
    ),
    _milestone(
        "briefing_commissioned", "Briefing commissioned", "Opdracht voor het dossier", (4, 3, None), "lead"
    ),
    _milestone("agenda_agreed", "Agenda agreed", "Agenda vastgesteld", (3, 2, 1), "secretariat"),
    _milestone(
        "delegations",
        "Delegation lists and joint papers",
        "Delegatielijsten en gezamenlijke stukken",
        (2, 2, 1),
        "secretariat",
    ),
    _milestone(
        "briefing_pack",
        "Briefing pack to private office",
        "Dossier naar de bewindspersoon",
        (1, 1, None),
        "private_office",
    ),
    _milestone(
        "readout", "Joint readout agreed", "Gezamenlijke terugkoppeling vastgesteld", (0, 0, 0), "secretariat"
    ),
    _milestone(
        "record",
        "Actions and record agreed",
        "Actielijst en verslag vastgesteld",
        (-2, -2, -2),
        "secretariat",
    ),
)
"""The steps of one round, in their order. Figures: practice of ministries, kept as settings."""

BASIS = "assumed"
"""No source states the lead times."""


def effective_level(level: str, post_levels: list[str]) -> str:
    """Return the level whose lead times hold: ``mixed`` counts as senior officials unless a minister is required."""
    if level != "mixed":
        return level
    return "ministerial" if "ministerial" in post_levels else "senior_official"


def weeks_before(milestone: Milestone, level: str) -> int | None:
    """Return the weeks before the round for an effective level; ``None`` where the step is not taken."""
    return milestone.weeks[LEVEL_COLUMNS.index(level)]


def save_the_date_weeks(level: str) -> int:
    """Return how many weeks before a round its date must be sought; every level seeks one."""
    return SAVE_THE_DATE_WEEKS[LEVEL_COLUMNS.index(level)]
