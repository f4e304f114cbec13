"""The sentences themselves: nothing is called missed, and each exists in both languages."""

from collections.abc import Callable
from datetime import date

import pytest

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.obligations import reasons
from scheduler.words import LANGUAGES, Words

DAY = date(2027, 3, 24)

SENTENCES: dict[str, Callable[[], Words]] = {
    "in force only from 24 March 2027": lambda: reasons.not_yet_in_force(DAY),
    "no longer in force since 24 March 2027": lambda: reasons.no_longer_in_force(DAY),
    "the text asks for contact, not for meetings; no date is ever owed": lambda: reasons.never_owed(
        is_contact=True
    ),
    "the text names no interval; nothing is scheduled until a named person sets one": lambda: (
        reasons.no_interval(None)
    ),
    "the text says “{regular}” and names no interval; nothing is scheduled until a named person sets one": (
        lambda: reasons.no_interval("{regular}")
    ),
    "12 months set by Director {x}, not by the text": lambda: reasons.interval_source(
        Cadence(CadenceRule.REGULAR, months=12, set_by="Director {x}")
    )[0],
    "no round on record; counted from 24 March 2027": lambda: reasons.none_on_record(DAY, in_force=False),
    "last held 24 March 2027 (as a round of JS-R05)": lambda: reasons.last_held(DAY, "JS-R05"),
    "4.5 months after 24 March 2027": lambda: reasons.gap_passes(4.5, DAY),
    "2027 closes with no round held": lambda: reasons.year_closes(2027, 1, is_over=False),
    "2027 closed with no round held": lambda: reasons.year_closes(2027, 1, is_over=True),
    "2027 closes with fewer than 3 rounds held": lambda: reasons.year_closes(2027, 3, is_over=False),
    "2027 closed with fewer than 3 rounds held": lambda: reasons.year_closes(2027, 3, is_over=True),
}


@pytest.mark.parametrize("english", SENTENCES)
def test_a_sentence(english: str) -> None:
    """What came from outside stays as it is, braces included."""
    words = SENTENCES[english]()
    assert words["en"] == english
    assert tuple(words) == LANGUAGES
    assert words["nl"] != english


def test_dutch_dates_stand_in_dutch_sentences() -> None:
    assert reasons.red_after(DAY)["nl"] == "rood na 24 maart 2027"
    assert reasons.agreed_too_late(DAY)["nl"] == (
        "de door beide zijden overeengekomen datum, 24 maart 2027, ligt na de grens"
    )


def test_an_interval_of_the_text_is_nobodys() -> None:
    assert reasons.interval_source(Cadence(CadenceRule.ANNUAL)) == []
