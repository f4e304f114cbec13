"""What may happen to a meeting and to the options on offer for it, and what calendars must be told. Pure.

States: ``planned`` (one side's proposal to itself), ``offered`` (both sides know one to three options), ``agreed``
(every side accepted the same one), ``held``; or ``wanted`` (no option was left standing), ``postponed`` (no date),
``cancelled``, ``skipped``. SEQUENCE rises with a material change, that is of time, place, host or status (RFC 5546,
section 2.1.4), and only once the other side knows the meeting.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from scheduler.words import Words

MOST_OPTIONS = 3
"""How many options may stand at a time: a choice, and not a poll."""


FURTHEST = timedelta(days=10 * 366)
"""How far ahead a round can be, which is farther than anything is planned: no page counts on to the end of time."""


class OptionState(StrEnum):
    """Where an option stands. A meeting takes the one that every side accepted; its other options are closed."""

    STANDING = "standing"
    TAKEN = "taken"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Answer(StrEnum):
    """What a side answers to an option."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class State(StrEnum):
    """Where a round stands."""

    WANTED = "wanted"
    PLANNED = "planned"
    OFFERED = "offered"
    AGREED = "agreed"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


STATE_WORDS: Mapping[State, Words] = {
    State.WANTED: {"en": "date wanted", "nl": "datum gezocht"},
    State.PLANNED: {"en": "planned by your side", "nl": "gepland door uw zijde"},
    State.OFFERED: {"en": "offered", "nl": "voorgelegd"},
    State.AGREED: {"en": "agreed", "nl": "overeengekomen"},
    State.HELD: {"en": "held", "nl": "gehouden"},
    State.POSTPONED: {"en": "postponed", "nl": "uitgesteld"},
    State.CANCELLED: {"en": "cancelled", "nl": "geannuleerd"},
    State.SKIPPED: {"en": "skipped", "nl": "overgeslagen"},
}

OPTION_WORDS: Mapping[OptionState, Words] = {
    OptionState.STANDING: {"en": "on offer", "nl": "ligt voor"},
    OptionState.TAKEN: {"en": "agreed", "nl": "overeengekomen"},
    OptionState.REFUSED: {"en": "refused", "nl": "afgewezen"},
    OptionState.WITHDRAWN: {"en": "withdrawn", "nl": "ingetrokken"},
    OptionState.CLOSED: {"en": "no longer on offer", "nl": "vervallen"},
}

NEXT: Mapping[State, frozenset[State]] = {
    State.WANTED: frozenset({State.PLANNED, State.OFFERED, State.CANCELLED, State.SKIPPED}),
    State.PLANNED: frozenset({State.PLANNED, State.OFFERED, State.CANCELLED}),
    State.OFFERED: frozenset({State.AGREED, State.WANTED, State.POSTPONED, State.CANCELLED, State.OFFERED}),
    State.AGREED: frozenset({State.HELD, State.POSTPONED, State.CANCELLED, State.OFFERED}),
    State.POSTPONED: frozenset({State.OFFERED, State.CANCELLED, State.SKIPPED}),
    State.HELD: frozenset(),
    State.CANCELLED: frozenset(),
    State.SKIPPED: frozenset(),
}
"""Which state may follow which. A new date leaves a plan a plan, and makes an agreed meeting ``offered`` again: consent
was to the old one."""

COMING = frozenset({State.PLANNED, State.OFFERED, State.AGREED})
"""States in which a meeting may still be expected on its day; one that is postponed or wanted again keeps its old day
only for calendars."""

DATED = frozenset(State) - {State.WANTED}
"""States in which the day of a meeting is worth showing: that of a refused offer is nobody's any more."""

KNOWN_TO_BOTH = frozenset(
    {State.WANTED, State.OFFERED, State.AGREED, State.HELD, State.POSTPONED, State.CANCELLED}
)

MATERIAL = frozenset({"first_day", "last_day", "start_time", "end_time", "zone", "host", "place"})
"""The columns that say when and where: their change every invited calendar must hear of as a new version."""


def letters_about(uid: str, method: str) -> str:
    """Return how the keys of letters begin that ask the invited of a meeting for something: REQUEST, CANCEL."""
    return f"invitation/{uid}/{method.lower()}/"


def may_become(current: State, following: State) -> bool:
    """Tell whether a meeting in ``current`` may become ``following``."""
    return following in NEXT[current]


def cannot_become(current: State, following: State) -> Words:
    """What is said of a meeting that may not become what somebody wants."""
    now, then = STATE_WORDS[current]["nl"], STATE_WORDS[following]["nl"]
    return {
        "en": f"a meeting that is {current} cannot become {following}",
        "nl": f"de stand van de bijeenkomst is “{now}” en kan niet “{then}” worden",
    }


def stands_as(state: State) -> Words:
    """What is said of a meeting with which something cannot be done because of where it stands."""
    return {
        "en": f"the meeting is {state}",
        "nl": f"de stand van de bijeenkomst is “{STATE_WORDS[state]['nl']}”",
    }


def is_material(changed: frozenset[str], before: State, after: State) -> bool:
    """Tell whether a change of columns, and of the state from ``before`` to ``after``, raises SEQUENCE.

    That a meeting was held tells a calendar nothing: the day has passed.
    """
    return bool(changed & MATERIAL) or (before is not after and after is not State.HELD)
