from datetime import date
from string import Formatter
from typing import get_args

from agendas.commitments.wording import WORDS
from agendas.drafting import wording
from agendas.drafting.draft import Urgency
from agendas.drafting.minutes import CONFERENCE, DIALOGUE, TRAINING, days_of
from agendas.drafting.selection import KIND_WEIGHT, STRENGTH_WEIGHT
from agendas.drafting.wording import TITLES
from agendas.papers import wording as paper_wording
from agendas.versions.content import LeftOutReason, Wanted

TABLES = {
    name: {"": table} if isinstance(table.get("en"), str) else table
    for name, table in (vars(wording) | vars(paper_wording)).items()
    if name.isupper() and isinstance(table, dict)
}
"""The phrases of each table; one that stands alone has no name."""


def test_every_phrase_exists_in_both_languages_with_the_same_values() -> None:
    phrases = {(table, name): words for table, entries in TABLES.items() for name, words in entries.items()}
    assert [at for at, words in phrases.items() if set(words) != {"en", "nl"}] == []
    assert [at for at, words in phrases.items() if fields(words["en"]) != fields(words["nl"])] == []


def test_every_value_that_is_decided_has_its_phrase() -> None:
    assert set(paper_wording.WANTED) == set(get_args(Wanted))
    assert set(get_args(Urgency)) <= set(wording.URGENCIES)
    assert set(get_args(LeftOutReason)) <= set(wording.LEFT_OUT)
    assert {*STRENGTH_WEIGHT, *KIND_WEIGHT} <= set(WORDS)


def test_values_are_said_in_the_language_of_the_phrase() -> None:
    template = {"en": "{who} by {day}: {count}", "nl": "{who} op {day}: {count}"}
    who = {"en": "Netherlands", "nl": "Nederland"}
    assert paper_wording.phrase(template, who=who, day=date(2027, 3, 23), count=2) == {
        "en": "Netherlands by 23 March 2027: 2",
        "nl": "Nederland op 23 maart 2027: 2",
    }


def test_braces_in_a_value_are_only_words() -> None:
    template = {"en": "About {title}", "nl": "Over {title}"}
    assert paper_wording.phrase(template, title="{0.__class__}")["en"] == "About {0.__class__}"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_fixed_part_of_every_length_has_a_title_of_its_own() -> None:
    parts = [
        part
        for form in (CONFERENCE, DIALOGUE, TRAINING)
        for tier in form.tiers
        for day in days_of(form, 2, tier.at_least, None)
        for part in (*day.first, *day.last)
    ]
    titles = {first + "+".join(part.covers) for part in parts for first in firsts(part.covers)}
    assert titles - set(TITLES) == set()


def firsts(covers: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a title may begin with; where the commitments stand is said otherwise in a first round."""
    return ("", "first_") if "actions" in covers else ("",)
