"""Every text exists in both languages, is used, and takes the same values in both."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.dates.cadence import CadenceRule
from scheduler.feeds.rules import Deadlines, Tier
from scheduler.invitations.itip import Cause
from scheduler.obligations.lead_times import MILESTONES
from scheduler.obligations.rules import Colour
from scheduler.web.texts.joined import SUBJECTS, TEXTS
from scheduler.words import LANGUAGES

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "templates/web").glob("*.html"), *(ROOT / "scheduler/web").rglob("*.py")]
LEVELS = ("ministerial", "senior_official", "expert", "mixed")
FAMILIES = {
    "colour": tuple(Colour),
    "count": tuple(Colour),
    "cadence": (*CadenceRule, "interval"),
    "level": LEVELS,
    "kind": ("dialogue", "conference", "training", "exchange", "review", "report", "contact"),
    "host": ("alternate", "fixed", "either", "third_place", "online", "none"),
    "role": ("chair", "required", "optional", "informed"),
    "effect": ("forbids", "costs"),
    "closed": ("recess", "summit", "election", "absence", "holiday", "blackout"),
    "relation": (
        "builds_on",
        "supports",
        "umbrella_of",
        "may_discharge",
        "reports_to",
        "overlaps",
        "works_through",
    ),
    "tier": tuple(Tier),
    "deadlines": tuple(Deadlines),
    "cause": tuple(Cause),
    "audience": tuple({step.audience for step in MILESTONES}),
}
"""What the words of the trade must cover: everything that data can say."""


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def keys_named() -> Iterator[str]:
    for source in SOURCES:
        if source.parent.name != "texts":
            yield from re.findall(r"""["']([a-z_]+(?:\.[a-z_A-Z0-9 ]+)*)["']""", source.read_text())


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_exists_in_both_languages_and_takes_the_same_values(key: str) -> None:
    assert set(TEXTS[key]) == set(LANGUAGES)
    assert all(TEXTS[key].values())
    assert fields(TEXTS[key]["en"]) == fields(TEXTS[key]["nl"])


def test_no_two_subjects_say_the_same_key() -> None:
    assert sum(len(subject) for subject in SUBJECTS) == len(TEXTS)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_word_of_the_data_has_its_text(family: str) -> None:
    known = {key.partition(".")[2] for key in TEXTS if re.fullmatch(rf"{family}\.[a-z_]+", key)}
    assert known == set(FAMILIES[family])


def test_every_text_asked_for_exists() -> None:
    asked = set()
    for source in SOURCES:
        asked |= set(re.findall(r"""(?<![\w.])(?:t|text)\(\s*["']([\w. ]+)["'][,)]""", source.read_text()))
    assert asked - set(TEXTS) == set()


def test_no_text_is_left_over() -> None:
    composed = re.compile(
        r"(colour|count|cadence|level|kind|host|role|effect|closed|relation|relation\.inverse|audience|ahead|act|fault"
        r"|meeting\.act|meeting\.done|decided|column|tier|deadlines|language|feeds\.only|feeds"
        r"|cause|invitations\.done|invitations\.interpretation|plan\.day|plan\.change|plan\.compare|reminders\.audience"
        r"|reminders\.weekday|answers\.link)\."
    )
    assert set(TEXTS) - set(keys_named()) - {key for key in TEXTS if composed.match(key)} == set()
